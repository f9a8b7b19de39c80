"""Dates as news prints them, to ISO 8601; what is not said is not filled in."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from functools import cache

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
"""English month names and their abbreviations, in lower case."""

_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,?\s+)?"
_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
# The zones that RFC 2822 defines; any other name leaves the date alone standing, without a time.
_ZONES = {"utc": 0, "gmt": 0, "z": 0, "edt": -4, "est": -5, "cdt": -5, "cst": -6, "mdt": -6, "mst": -7}
_ZONES |= {"pdt": -7, "pst": -8}
_TIME = (
    r"(?:(?:,|\s+at|\s+[-–—|])?\s+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
    r"\s*(?P<half>[ap]\.?m\.?)?(?:\s*\(?(?P<zone>[a-z]{1,5}|[+-]\d{2}:?\d{2})\)?)?)?"
)
_WORDS = (
    rf"{_WEEKDAY}(?:{_MONTH}\s+{_DAY},?\s+{_YEAR}|{_DAY.replace('day', 'day2')}\s+(?:of\s+)?"
    rf"{_MONTH.replace('month', 'month2')},?\s+{_YEAR.replace('year', 'year2')}){_TIME}"
)
_ISO = (
    r"(\d{4})[-/](\d{2})[-/](\d{2})"
    r"(?:(?:T|\s+)(\d{2}:\d{2}(?::\d{2})?)(?:[.,](\d{1,9}))?\s*(Z|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?"
)
_RFC_2822 = (
    r"(?:[a-z]{3},\s*)?\d{1,2}\s+[a-z]{3}\s+\d{4}\s+\d{2}:\d{2}(?::\d{2})?\s+(?:[+-]\d{4}|gmt|ut|utc|[ecmp][sd]t)"
)


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    # When it is first needed: most questions name no date.
    return re.compile(pattern, re.IGNORECASE)


def iso_date(text: str) -> str | None:
    """Return a printed date or date-time in ISO 8601, or None where it is not a whole, real date."""
    text = " ".join(text.split())
    if len(text) > 60:
        return None
    try:
        if found := _pattern(_ISO).fullmatch(text):
            return _from_iso(found)
        if _pattern(_RFC_2822).fullmatch(text):
            from email.utils import parsedate_to_datetime

            return parsedate_to_datetime(text).isoformat()
        if found := _pattern(_WORDS).fullmatch(text):
            return _from_words(found)
    except (ValueError, OverflowError):
        return None
    return None


def _from_iso(found: re.Match[str]) -> str:
    year, month, day, time, fraction, zone = found.groups()
    if time is None:
        return date(int(year), int(month), int(day)).isoformat()
    digits = f".{fraction[:6].ljust(6, '0')}" if fraction else ""
    seconds = time if len(time) > 5 else f"{time}:00"
    return datetime.fromisoformat(f"{year}-{month}-{day}T{seconds}{digits}{(zone or '').upper()}").isoformat()


def _from_words(found: re.Match[str]) -> str:
    year = int(found["year"] or found["year2"])
    month = MONTHS[(found["month"] or found["month2"]).lower()]
    day = date(year, month, int(found["day"] or found["day2"]))
    if found["hour"] is None:
        return day.isoformat()
    hour = int(found["hour"])
    if found["half"]:
        if not 1 <= hour <= 12:
            raise ValueError("no such hour")
        hour = hour % 12 + (12 if found["half"][0] in "pP" else 0)
    moment = datetime(day.year, day.month, day.day, hour, int(found["minute"]), int(found["second"] or 0))
    zone = found["zone"]
    if zone is None:
        return moment.isoformat()
    if zone[0] in "+-":
        sign = -1 if zone[0] == "-" else 1
        offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        return moment.replace(tzinfo=timezone(sign * offset)).isoformat()
    if zone.lower() in _ZONES:
        return moment.replace(tzinfo=timezone(timedelta(hours=_ZONES[zone.lower()]))).isoformat()
    return day.isoformat()
