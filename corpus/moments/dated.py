"""Expressions that print a day, a month or a year of the calendar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.dates import MONTHS
from corpus.moments import expressions as printed
from corpus.moments import reckoning
from corpus.moments.context import Context, Reading, one_day
from corpus.moments.names import a_bare_month, a_bare_year, names_an_event
from corpus.moments.reckoning import Tense

_NEVER_CUT = frozenset(("May", "June", "July", "MAY", "JUNE", "JULY"))
_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th)")


_Parts = tuple[int, int, int | None]
"""Month, day and, where it is printed, year."""


@dataclass(frozen=True, slots=True)
class _Written:
    """What a date in words says, before it is placed in the calendar."""

    first: _Parts
    second: _Parts | None
    joint: str
    """What stands between two days: "-", "to", "and"."""
    cut: int
    """Where the first of two days ends."""
    resumed: int
    """Where the second begins."""


def _written(found: re.Match[str]) -> _Written:
    groups = found.groupdict()
    month = _month(groups["month"])
    year, year2 = (int(groups[name]) if groups[name] else None for name in ("year", "year2"))
    day = _number(groups["day"])
    if groups.get("day0"):
        first = (month, _number(groups["day0"]), year)
        return _Written(first, (month, day, year), groups["to0"], found.end("day0"), found.start("day"))
    if not groups["day2"]:
        return _Written((month, day, year), None, "", found.end(), found.end())
    month2 = _month(groups["month2"]) if groups["month2"] else month
    second = (month2, _number(groups["day2"]), year2 or year)
    if year is None and year2 is not None:
        year = year2 - (second[:2] < (month, day))  # "Dec. 30 to Jan. 2, 2022"
    resumed = found.start("month2" if groups["month2"] else "day2")
    return _Written((month, day, year), second, groups["to"], found.start("to"), resumed)


def read_date(context: Context, at: int, *, start: int | None = None, weekday: int | None = None) -> list[Reading]:
    """Read a date in words that begins at ``at`` ("Feb. 14", "14–15 February 2022"), with all that belongs to it.

    :param start: where the whole expression begins if a weekday stands before.
    """
    body = context.body
    found = printed.MONTH_FIRST.match(body, at, context.high) or printed.DAY_FIRST.match(body, at, context.high)
    if found is None:
        return []
    words = _written(found)
    begin, end = at if start is None else start, found.end()
    stated = words.first[2] is not None
    one: date | None
    if not stated and context.day and (of_year := _OF_WHICH_YEAR.match(body, end, context.high)):
        end = of_year.end()
        one = date(context.day.year + _YEARS[of_year["which"]], *words.first[:2])
    else:
        one = _resolve(context, words.first, begin, end, weekday)
    if one is None:
        return []
    other = _after(one, words.second) if words.second else None
    ranged = printed.RANGE_BEFORE.search(context.left(begin))
    lead = _lead(context, begin, found.group())
    if other is None:
        if words.second and not found.groupdict().get("day0"):
            end = words.cut  # what followed was no second day: a score, a time
        if "(" in body[begin : begin + 16] and body[end : end + 1] == ")":
            end += 1  # "Tuesday (Sept. 26)"
        return [one_day(lead, end, one, stated=stated)]
    if "and" in words.joint and not ranged and other - one != timedelta(days=1):
        # "on Feb. 14 and 20": two days, not the time between them.
        days = one_day(lead, words.cut, one, stated=stated), one_day(words.resumed, end, other, stated=stated)
        return list(days)
    return [Reading(begin - len(ranged.group()) if ranged else lead, end, (one, other), "span", stated)]


def _lead(context: Context, begin: int, text: str) -> int:
    """Where the words before a date begin that belong to it: "on", "late on", "on the" 14th."""
    found = printed.BEFORE_A_DAY.search(context.left(begin, 16))
    if found is None or (found.group().lower().endswith("the ") and not _ORDINAL.match(text)):
        return begin
    return begin - len(found.group())


_OF_WHICH_YEAR = re.compile(r",?\s(?:of\s)?(?P<which>last|this|next)\syear(?![a-z])")
_OF_OTHER_YEAR = re.compile(
    r",?\s(?:of\s)?(?P<which>that|the\ssame|the\sfollowing|the\snext)\syear(?![a-z])|\sof\s(?P<other>h|t|e|a|w|i)"
)
_AFTER_ANCHOR = {"that": 0, "the same": 0, "the following": 1, "the next": 1}
_YEARS = {"last": -1, "this": 0, "next": 1}


def _resolve(context: Context, parts: _Parts, start: int, end: int, weekday: int | None) -> date | None:
    month, day, year = parts
    if year is not None:
        return date(year, month, day)
    if context.day is None:
        return None
    then = reckoning.day_of_year(month, day, context.day, context.tense(start, end), weekday)
    if weekday is None and names_an_event(month, day, context.right(end), (then - context.day).days):
        return None
    return then


def _after(one: date, second: _Parts) -> date | None:
    """The last day of a range that begins with ``one``, None where the two make no range."""
    month, day, year = second
    try:
        other = date(year or one.year, month, day)
        if other < one and year is None and month < one.month:
            other = date(one.year + 1, month, day)
    except ValueError:
        return None
    return other if other > one else None


def read_month(context: Context, at: int, end: int, word: str) -> list[Reading]:
    """Read a date that begins with its month, a month with its year, or a month alone."""
    body, left = context.body, context.left(at)
    before = printed.DAY_BEFORE.search(left[-24:])
    month_first = printed.MONTH_FIRST.match(body, at, context.high)
    if before and not (month_first and body[end : end + 1] == "."):  # "Lions 3, Bears 1 Oct. 4 Jets 7" is Oct. 4
        return read_date(context, at - len(before.group()))
    if month_first:
        return read_date(context, at)
    if body[end : end + 1] == "." and len(word) < 5 and word not in _NEVER_CUT:
        end += 1
    if (ranged := printed.MONTH_RANGE.match(body, at, context.high)) and (
        months := _month_range(context, ranged, left)
    ):
        return months
    full = printed.MONTH_YEAR.match(body, at, context.high)
    if full is not None:
        return [_with_part(context, at, full.end(), reckoning.month(int(full["year"]), _month(word)), True)]
    right = context.right(end)
    # "Jan", "Mar" and "Dec" without a full stop, a day or a year are as likely people, places and slips.
    if context.day is None or (len(word) < 4 and body[end - 1] != "." and word not in _NEVER_CUT):
        return []
    if not a_bare_month(word, left, right, context.follows(at, "month"), context.body):
        return []
    number = _month(word)
    if which := _LAST_OR_NEXT.search(left):
        period = _beside(number, context.day, which["which"].lower())
        return [Reading(at - len(which.group()), end, period, "month", False)]
    if of_year := _OF_WHICH_YEAR.match(body, end, context.high):
        period = reckoning.month(context.day.year + _YEARS[of_year["which"]], number)
        return [_with_part(context, at, of_year.end(), period, False)]
    if of_other := _OF_OTHER_YEAR.match(body, end, context.high):
        anchor = context.readings[-1] if context.readings and of_other["which"] in _AFTER_ANCHOR else None
        if anchor is None:
            return []  # "in February of his first year"
        year = anchor.period[0].year + _AFTER_ANCHOR[of_other["which"]]
        return [_with_part(context, at, of_other.end(), reckoning.month(year, number), anchor.stated)]
    period = reckoning.month_of_year(number, context.day, context.tense(at, end))
    return [_with_part(context, at, end, period, False)]


_LAST_OR_NEXT = re.compile(r"\b(?:this\s)?(?P<which>last|next|past)\s$", re.IGNORECASE)


def _beside(number: int, day: date, which: str) -> reckoning.Period:
    """Such a month before or after the one that holds ``day``."""
    first, last = reckoning.month(day.year, day.month)
    if which == "next":
        return reckoning.month_of_year(number, last + timedelta(days=1), Tense.FUTURE)
    return reckoning.month_of_year(number, first - timedelta(days=1), Tense.PAST)


def _month_range(context: Context, found: re.Match[str], left: str) -> list[Reading]:
    lead = printed.RANGE_BEFORE.search(left)
    year = int(found["year"] or found["year2"] or 0)
    if not (lead or year) or ("and" in found["to"] and not (lead and lead["word"].lower() == "between")):
        return []
    one, two = _month(found["month"]), _month(found["month2"])
    if year:
        if not found["year"] and two < one:
            year -= 1
        first = reckoning.month(year, one)[0]
    elif context.day is None:
        return []
    else:
        first = _nearest_start(one, two, context.day, context.tense(found.start(), found.end()))
    last = reckoning.month(int(found["year2"] or first.year + (two < one)), two)[1]
    if last < first:
        return []
    start = found.start() - (len(lead.group()) if lead else 0)
    return [Reading(start, found.end(), (first, last), "span", bool(year))]


def _nearest_start(one: int, two: int, day: date, tense: Tense) -> date:
    """The first day of a range of months without a year: of one that holds the day of printing, if any does."""
    this = reckoning.month_of_year(one, day, Tense.PAST)[0]
    months = (two - one) % 12
    holds = (day.year - this.year) * 12 + day.month - this.month <= months
    return this if holds or tense is Tense.PAST else reckoning.month_of_year(one, day, tense)[0]


def _with_part(context: Context, at: int, end: int, period: reckoning.Period, stated: bool) -> Reading:
    """Take in "early", "mid-", "the end of" before a month or a year, else the "in"."""
    left = context.left(at, 32)
    unit = "month" if (period[1] - period[0]).days < 31 else "year"
    if found := printed.PART_BEFORE.search(left):
        which = printed.PARTS[" ".join(found["part"].lower().split())]
        return Reading(at - len(found.group()), end, reckoning.part(period, which), "span", stated)
    lead = printed.IN_BEFORE.search(left)
    return Reading(at - (len(lead.group()) if lead else 0), end, period, unit, stated)


def read_year(context: Context, at: int, end: int, word: str) -> list[Reading]:
    """Read a year, alone or at the beginning of a range or an ISO date, or at the end of "14/02/2022"."""
    body = context.body
    before = body[at - 1] if at > context.low else " "
    if before in "./" and (numeric := printed.NUMERIC.search(context.left(at, 8))):
        return _numeric(at - len(numeric.group()), end, int(numeric["one"]), int(numeric["two"]), int(word))
    if before in "$€£¥#.,:/@+=&'’" or len(word) != 4:
        return []
    if found := printed.ISO.match(body, at, context.high):
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
        return [one_day(_lead(context, at, ""), found.end(), day, stated=True)]
    left = context.left(at)
    if found := printed.YEARS.match(body, at, context.high):
        first, last = int(found["year"]), int(found["year2"])
        lead = printed.RANGE_BEFORE.search(left)
        worded = found["to"].strip() not in ("-", "–", "—")
        if first < last <= first + 200 and (lead or not worded) and not ("and" in found["to"] and not lead):
            start = at - (len(lead.group()) if lead else 0)
            period = reckoning.year(first)[0], reckoning.year(last)[1]
            return [Reading(start, found.end(), period, "span", True)]
    if printed.A_YEAR.match(body, at, context.high) and a_bare_year(
        int(word), left, context.right(end), context.follows(at, "year")
    ):
        return [_with_part(context, at, end, reckoning.year(int(word)), True)]
    return []


def _numeric(start: int, end: int, one: int, two: int, year: int) -> list[Reading]:
    """Read "14/02/2022" and "02/14/2022"; "08/02/2022" is August or February, nobody can tell."""
    if one > 12 >= two or one == two:
        return [one_day(start, end, date(year, two, one), stated=True)]
    if two > 12 >= one:
        return [one_day(start, end, date(year, one, two), stated=True)]
    return []


def _month(word: str) -> int:
    return MONTHS[word.rstrip(".").lower()]


def _number(word: str) -> int:
    return int(re.sub(r"\D", "", word))
