"""What times look like in print: the regular expressions, each anchored where a first word gave it away.

Only ``CAPITALS`` and ``SMALL`` are run over a whole text, the others are matched at what these find.
"""

from __future__ import annotations

import re

from corpus.dates import MONTHS

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_FULL = [name.capitalize() for name in MONTHS if len(name) > 4 or name in ("may", "june", "july")]
_SHORT = [name.capitalize() for name in MONTHS if name.capitalize() not in _FULL]
_NAMES = sorted([*_FULL, *(name.upper() for name in _FULL)], key=len, reverse=True)
_ABBREVIATIONS = sorted([*_SHORT, *(name.upper() for name in _SHORT)], key=len, reverse=True)
MONTH = rf"(?:(?:{'|'.join(_NAMES)})(?![A-Za-z])|(?:{'|'.join(_ABBREVIATIONS)})(?![A-Za-z])\.?)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d%°:]|[,.]\d|[a-z]|-[a-z]|’s\b|/)"
YEAR = r"(?:1[5-9]|20)\d\d(?![\d%]|[-‑–/]\d|[a-z])"
_TO = r"(?:\s?[-–—]\s?|\s(?:to|through|until|till|and)\s)"

_WEEKDAY_NAMES = "|".join([day.capitalize() for day in WEEKDAYS] + [day.upper() for day in WEEKDAYS])
_SHORT_WEEKDAYS = ("Mon", "Tues", "Tue", "Wed", "Thurs", "Thur", "Thu", "Fri", "Sat", "Sun")
_WEEKDAY_SHORT = "(?:" + "|".join(_SHORT_WEEKDAYS) + ")"

_CAPITALS = [name[:3] for name in (*(name.capitalize() for name in (*WEEKDAYS, *MONTHS)),)]
CAPITALS = re.compile(
    "|".join(dict.fromkeys([*_CAPITALS, *(name.upper() for name in _CAPITALS)]))
    + "|Today|Tonight|Tomorrow|Yesterday|1[5-9][0-9]{2}|20[0-9]{2}"
)
SMALL = re.compile(" (?:today|tonight|tomorrow|yesterday|day|week|month|year|morning|afternoon|evening|night)")
"""What gives a time away. Every alternative of either begins with a plain character: only then does ``re`` skip quickly
over all the rest, and two such patterns are several times faster than one with classes or look-behinds in it."""
WORD = re.compile(r"[A-Za-z]+|[0-9]+")

KINDS: dict[str, str] = {
    **{form: "weekday" for name in WEEKDAYS for form in (name.capitalize(), name.upper())},
    **{form: "weekday" for name in _SHORT_WEEKDAYS for form in (name, name.upper())},
    **{form: "month" for name in MONTHS for form in (name.capitalize(), name.upper())},
    **{form: "word" for name in ("today", "tonight", "tomorrow", "yesterday") for form in (name, name.capitalize())},
    **dict.fromkeys(
        "day days week weeks weekend month months year years morning afternoon evening night".split(), "unit"
    ),
}
"""What a word that was given away may begin."""

WEEKDAY_LEAD = re.compile(rf"(?P<weekday>{_WEEKDAY_NAMES}|{_WEEKDAY_SHORT})\.?(?:,\s?|\s\(?)(?:the\s)?")
"""The weekday printed before a date: "Monday, Feb. 14"."""

MONTH_FIRST = re.compile(
    rf"(?P<month>{MONTH})\s(?P<day>{_DAY})(?:,?\s(?P<year>{YEAR}))?"
    rf"(?:(?P<to>{_TO})(?:(?P<month2>{MONTH})\s)?(?P<day2>{_DAY})(?!\s[a-z]+s\b)(?:,?\s(?P<year2>{YEAR}))?)?"
)
DAY_FIRST = re.compile(
    rf"(?:(?P<day0>{_DAY})(?P<to0>{_TO}))?(?P<day>{_DAY})\s(?:of\s)?(?P<month>{MONTH})(?:,?\s(?P<year>{YEAR}))?"
    rf"(?:(?P<to>{_TO})(?P<day2>{_DAY})\s(?P<month2>{MONTH})(?:,?\s(?P<year2>{YEAR}))?)?"
)
MONTH_RANGE = re.compile(
    rf"(?P<month>{MONTH})(?:,?\s(?P<year>{YEAR}))?(?P<to>{_TO})(?P<month2>{MONTH})(?:,?\s(?:of\s)?(?P<year2>{YEAR}))?"
    rf"(?!\s\d)"
)
MONTH_YEAR = re.compile(rf"(?P<month>{MONTH}),?\s(?:of\s)?(?P<year>{YEAR})")
ISO = re.compile(r"(?P<year>\d{4})([-/])(?P<month>\d\d)\2(?P<day>\d\d)(?!\d|[-/]\d)")
NUMERIC = re.compile(r"(?<![\d.,/-])(?P<one>\d{1,2})([./])(?P<two>\d{1,2})\2$")
"""What stands before the year in "14/02/2022"."""
DAY_BEFORE = re.compile(rf"(?<![\w$€£¥#.,:/-])(?:{_DAY}{_TO})?{_DAY}\s(?:of\s)?$")
"""What stands before the month in "3 to 5 March"."""
YEARS = re.compile(rf"(?P<year>(?:1[5-9]|20)\d\d)(?P<to>{_TO})(?P<year2>(?:1[5-9]|20)\d\d)(?![\d%:]|[-‑–/]\d|[a-z])")
A_YEAR = re.compile(YEAR)

WEEKDAY_RANGE = re.compile(
    rf"(?P<one>{_WEEKDAY_NAMES})(?:\s(?:morning|afternoon|evening|night))?(?P<to>{_TO})"
    rf"(?P<two>{_WEEKDAY_NAMES})(?![a-z])"
)
PART_OF_DAY = re.compile(r"\s(?:morning|afternoon|evening|night|lunchtime|overnight)(?![a-z])|[’']s(?![a-z])")
OF_WHICH_WEEK = re.compile(r",?\s(?:of\s)?(?P<which>last|next|this)\sweek(?![a-z])")

BEFORE_A_DAY = re.compile(r"(?:\b(?:[Ll]ate|[Ee]arly)\s)?\b[Oo]n\s(?:the\s)?$|\b(?:[Ll]ate|[Ee]arly)\s$|\b[Tt]he\s$")
WHICH_BEFORE = re.compile(
    r"(?:\b[Oo]n\s)?\b(?:[Tt]his\s)?(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Cc]oming|[Pp]ast|[Uu]pcoming)\s$"
)
RANGE_BEFORE = re.compile(r"\b(?P<word>[Ff]rom|[Bb]etween)\s(?:the\s)?$")
IN_BEFORE = re.compile(r"\b(?:[Bb]ack\s)?[Ii]n\s$")
PART_BEFORE = re.compile(
    r"(?:\b[Ii]n\s)?(?:\b(?:[Ii]n|[Aa]t|[Bb]y|[Ff]rom|[Ss]ince|[Uu]ntil|[Tt]owards?)\s)?(?:the\s)?"
    r"\b(?P<part>[Mm]id|[Ee]arly|[Ll]ate|[Mm]iddle\sof|[Bb]eginning\sof|[Ss]tart\sof|[Ee]nd\sof)(?:\s|-)$"
)
PARTS = {
    "mid": "mid", "middle of": "mid", "early": "early", "beginning of": "early", "start of": "early",
    "late": "late", "end of": "late",
}  # fmt: skip
"""How the third of a month or a year is said."""

UNIT_BEFORE = re.compile(
    r"(?:\b(?P<part>[Ee]arlier|[Ll]ater|[Ll]ate|[Ee]arly)\s)?\b(?P<which>[Ll]ast|[Nn]ext|[Tt]his)"
    r"(?P<more>\s(?:past|coming|same|current))?\s$"
)
THE_DAY_BEFORE = re.compile(r"\b[Tt]he\s(?P<which>next|following|previous|same|very\snext)\s$")
WEEKEND_BEFORE = re.compile(r"\b(?:[Oo]ver|[Dd]uring|[Aa]t)\sthe\s$")
_COUNTS = "an? one two three four five six seven eight nine ten eleven twelve".split()
COUNTS = {"a": 1, "an": 1} | {word: number for number, word in enumerate(_COUNTS[1:], start=1)}
"""Numbers as news spells them before "days ago"."""
COUNT_BEFORE = re.compile(
    rf"(?P<hedge>\b(?:than|least|most|nearly|almost|about|around|roughly|some|over|under|every|exactly|to|or|and|every"
    rf"|approximately|virtually)\s)?(?<![\w-])(?P<count>{'|'.join(_COUNTS)}|\d{{1,3}})\s$",
    re.IGNORECASE,
)
AGO = re.compile(r"\s(?P<word>ago|later|earlier)(?![a-z])(?!\s(?:today|this|on\b|[MTWFS][a-z]+day))")
