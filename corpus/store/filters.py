"""Which passages a question may see."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Filters:
    """What the person set as an option; an empty filter admits everything.

    ``since`` and ``until`` are ISO dates, both included; articles without a date are left out of a dated
    question. ``speakers`` are names exactly as stored with statements.
    """

    outlets: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    articles: tuple[str, ...] = ()
    speakers: tuple[str, ...] | None = None

    def __bool__(self) -> bool:
        return bool(self.outlets or self.since or self.until or self.articles or self.speakers is not None)

    def without_dates(self) -> Filters:
        """The same, all dates admitted."""
        return Filters(self.outlets, None, None, self.articles, self.speakers)

    def condition(self) -> tuple[str, list[str]]:
        """SQL over ``passages p``, ``articles a`` and ``revisions r``, and its parameters."""
        parts = ["p.live = 1"]
        values: list[str] = []
        if self.outlets:
            parts.append(f"folded(r.outlet) IN ({_marks(self.outlets)})")
            values += [folded(outlet) for outlet in self.outlets]
        if self.since:
            parts.append("substr(r.published_at, 1, 10) >= ?")
            values.append(self.since)
        if self.until:
            parts.append("substr(r.published_at, 1, 10) <= ?")
            values.append(self.until)
        if self.articles:
            parts.append(f"a.id IN ({_marks(self.articles)})")
            values += self.articles
        if self.speakers is not None:
            parts.append(f"p.id IN (SELECT passage FROM statements WHERE speaker IN ({_marks(self.speakers)}))")
            values += self.speakers
        return " AND ".join(parts), values


def folded(text: str) -> str:
    """Text as it is compared where case does not matter; SQLite's own lower() knows only the letters of ASCII."""
    return unicodedata.normalize("NFC", text).casefold()


def _marks(values: tuple[str, ...]) -> str:
    return ", ".join("?" * len(values))
