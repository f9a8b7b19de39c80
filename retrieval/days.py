"""The days, months and years that a question names, and whether an article was published then."""

from __future__ import annotations

import re

from corpus.dates import MONTHS

_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_NAMED = re.compile(
    rf"\b(?:(?P<iso>\d{{4}}-\d{{2}}(?:-\d{{2}})?)"
    rf"|(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<year>\d{{4}})\b)?"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month2>{_MONTH})(?:,?\s+(?P<year2>\d{{4}})\b)?"
    rf"|(?P<month3>{_MONTH}),?\s+(?:of\s+)?(?P<year3>\d{{4}}))",
    re.IGNORECASE,
)


def named_days(question: str) -> tuple[re.Pattern[str], ...]:
    """What the publication date of an article of each named day or month looks like; a year left out may be any."""
    return tuple(dict.fromkeys(_published(match) for match in _NAMED.finditer(question)))


def published_then(published_at: str | None, days: tuple[re.Pattern[str], ...]) -> bool:
    """Whether an ISO date lies in one of the named days or months; False without a date."""
    return published_at is not None and any(day.match(published_at) for day in days)


def _published(match: re.Match[str]) -> re.Pattern[str]:
    if match["iso"]:
        return re.compile(re.escape(match["iso"]))
    month = MONTHS[(match["month"] or match["month2"] or match["month3"]).rstrip(".").lower()]
    year = match["year"] or match["year2"] or match["year3"] or r"\d{4}"
    day = match["day"] or match["day2"]
    return re.compile(f"{year}-{month:02}" + (f"-{int(day):02}" if day else ""))
