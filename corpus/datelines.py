"""What the printed text says of its own origin: dateline, agency, byline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from corpus.dates import MONTHS, iso_date

_MONTH = "(?:" + "|".join(name.capitalize() for name in sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_MONTH = rf"(?:{_MONTH}|{_MONTH.upper()})"
_DATE = rf"(?P<date>{_MONTH}\s\d{{1,2}}(?:,?\s\d{{4}})?|\d{{1,2}}\s{_MONTH}(?:,?\s\d{{4}})?)"
_UPPER = r"[A-ZÀ-ÖØ-Þ]"
_PLACE = rf"{_UPPER}[A-ZÀ-ÖØ-Þ'’.-]+(?:[ /]{_UPPER}[A-ZÀ-ÖØ-Þ'’.-]*){{0,4}}"
_WORDS = r"[A-ZÀ-ÖØ-Þ][\w'’.-]+(?:[ /][A-ZÀ-ÖØ-Þ][\w'’.-]*){0,3}"
# Only these: a bracket after a place may as well hold a country.
AGENCIES = (
    "AP|The Associated Press|Associated Press|Reuters|Thomson Reuters Foundation|UPI|AFP|Agence France-Presse|dpa|DPA"
    "|EFE|ANSA|TASS|Interfax|Sputnik|RIA Novosti|Ukrinform|UNIAN|Xinhua|Kyodo|Kyodo News|Jiji Press|Yonhap|Bernama"
    "|Antara|PTI|ANI|IANS|AAP|PA|PA Media|The Canadian Press|Bloomberg|CNN|BBC|NPR|Anadolu|Anadolu Agency|WAM|RNS|JTA"
    "|NHK"
    # Smaller ones are known by how they are called.
    r"|(?:[A-Z][\w.’'-]+ ){1,3}(?:Service|News|Press|Agency|Wire|Media)"
)
"""News agencies that print their name in a dateline, as alternatives of a pattern."""
_DASH = r"\s*(?:—|–|--|―)\s*|\s+-\s+"
_DATELINE = (
    rf"(?P<all>(?P<place>{_PLACE})(?:,\s(?P<region>{_WORDS}))??(?:,\s{_DATE})?(?:\s\((?P<agency>{AGENCIES})\))?"
    rf"|{_DATE.replace('date', 'date2')}\s\((?P<agency2>{AGENCIES})\)"
    rf"|{_WORDS}(?:,\s{_WORDS})?(?:,\s{_DATE.replace('date', 'date3')})?\s\((?P<agency3>{AGENCIES})\))"
    rf"(?:{_DASH})(?!{_MONTH}\s\d{{1,2}}:)(?=[“‘\"'(]?[\w$€£])"
)
_ANY_DASH = re.compile("[—–―-]")
_NO_PLACE = re.compile(
    r"(?:UPDATED?|BREAKING|WATCH|EXCLUSIVE|OPINION|ANALYSIS|NOTE|CORRECTION|VIDEO|LIVE|NEWS|READ|RELATED|ALSO|REVIEW|MORE"
    r"|WARNING|SPOILERS?|EDITOR|PHOTOS?|Q&A|FAQ|FINAL|HALFTIME|GOAL|TOUCHDOWN|WINNER|HOME RUN|YES|NO|OK|TV|AI|US|UK|EU"
    r"|PROS?|CONS?|PICK|SCORE|RESULT|[A-Z])\b"
)


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    # When it is first needed: compiling them takes longer than reading a dateline.
    return re.compile(pattern)


@dataclass(frozen=True, slots=True)
class Dateline:
    """The words before the dash that opens a news report."""

    text: str
    end: int
    """Where the report itself begins in the block."""
    agency: str | None
    date: str | None
    """ISO 8601, only where the year is printed."""


def read_dateline(block: str) -> Dateline | None:
    """Return the dateline that a block begins with, None where there is none."""
    opening = block[:120]
    # Most blocks have none.
    if not _ANY_DASH.search(opening):
        return None
    found = _pattern(_DATELINE).match(opening)
    if found is None:
        return None
    agency = found["agency"] or found["agency2"] or found["agency3"]
    printed = found["date"] or found["date2"] or found["date3"]
    if found["place"] and not agency and not printed:
        rest = block[found.end() :].lstrip("“‘\"'(")
        if _NO_PLACE.match(found["all"]) or len(found["place"]) < 3 or not rest[:1].isupper():
            return None
    return Dateline(found["all"], found.end(), agency, iso_date(printed) if printed else None)


_NAME = (
    r"(?:[A-ZÀ-ÖØ-Þ][\w'’.-]*(?:\s(?:de|da|van|von|der|den|bin|al|el|la|le|du|di)){0,2}(?:\s[A-ZÀ-ÖØ-Þ][\w'’.-]*){1,3})"
)
_BYLINE = (
    rf"(?:By|BY)\s(?P<names>{_NAME}(?:,\s{_NAME})*(?:,?\s(?:and|AND|&)\s{_NAME})?)"
    rf"(?P<rest>(?:\s*[,|/•·–—-]+\s*|\s+(?:of|for|in)\s+).{{1,80}})?"
)
_AGENCY_NAME = rf"(?:{AGENCIES}|.*\b(?:Press|News|Times|Post|Writer|Staff|Reporter|Editor|Correspondent)\b.*)"


def read_byline(block: str) -> str | None:
    """Return the names in a line such as "By Jane Doe and John Roe", None where the block is none."""
    if len(block) > 160 or not block.startswith(("By", "BY")):
        return None
    found = _pattern(_BYLINE).fullmatch(block)
    if found is None or block.endswith((".", "!", "?")) or (found["rest"] or "").count(" ") > 9:
        return None
    names = [name for name in found["names"].split(", ") if not _pattern(_AGENCY_NAME).fullmatch(name)]
    return ", ".join(names) or None
