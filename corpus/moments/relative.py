"""Expressions that are counted from the day of printing, or from a time named just before."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from corpus.moments import expressions as printed
from corpus.moments import reckoning
from corpus.moments.context import Context, Reading, one_day
from corpus.moments.dated import read_date
from corpus.moments.names import no_day_word, no_weekday
from corpus.moments.reckoning import Tense


def read_weekday(context: Context, at: int, end: int, word: str) -> list[Reading]:
    """Read a weekday alone, a range of them, or the date it is printed before."""
    number = _weekday(word)
    lead = printed.WEEKDAY_LEAD.match(context.body, at, context.high)
    if lead and (dated := read_date(context, lead.end(), start=at, weekday=number)):
        return dated
    if context.day is None or not word.lower().rstrip(".").endswith("day"):
        return []
    left, right = context.left(at), context.right(end)
    if no_weekday(left, right):
        return []
    if ranged := printed.WEEKDAY_RANGE.match(context.body, at, context.high):
        readings = _weekday_range(context, ranged, left)
        if readings is not None:
            return readings
    while tail := printed.PART_OF_DAY.match(context.body, end, context.high):
        end = tail.end()
    tense = context.tense(at, end)
    if of_week := printed.OF_WHICH_WEEK.match(context.body, end, context.high):
        weeks = {"last": -1, "next": 1, "this": 0}[of_week["which"]]
        day = reckoning.week(context.day, weeks)[0] + timedelta(days=number)
        return [one_day(_before(left, at), of_week.end(), day)]
    which = printed.WHICH_BEFORE.search(left)
    if which is None:
        return [one_day(_before(left, at), end, reckoning.weekday(number, context.day, tense))]
    start, named = at - len(which.group()), which["which"].lower()
    if _THE.search(left[: len(left) - len(which.group())]):
        return []  # "the last Sunday in March"
    if named in ("coming", "upcoming", "past"):
        return [one_day(start, end, reckoning.weekday_beside(number, context.day, -1 if named == "past" else 1))]
    # On a Monday "next Wednesday" is nine days away, on a Saturday "last Friday" is eight days ago: of another week.
    day = reckoning.week(context.day, _STEPS[named])[0] + timedelta(days=number)
    if named == "this" and day < context.day and tense is Tense.FUTURE:
        day += timedelta(weeks=1)
    return [one_day(start, end, day)]


_THE = re.compile(r"\b[Tt]he\s$")


def _weekday_range(context: Context, found: re.Match[str], left: str) -> list[Reading] | None:
    """Readings of "Monday to Wednesday"; None where the two weekdays are to be read one by one."""
    assert context.day is not None
    lead = printed.RANGE_BEFORE.search(left)
    if "and" in found["to"] and not (lead and lead["word"].lower() == "between"):
        return None
    one, two = _weekday(found["one"]), _weekday(found["two"])
    tense = context.tense(found.start(), found.end())
    if one == 0 and two >= 4 and not (lead and tense is not Tense.UNKNOWN):
        return []  # opening hours
    first = reckoning.weekday(one, context.day, tense)
    last = reckoning.weekday_beside(two, first, 1)
    start = found.start() - (len(lead.group()) if lead else 0)
    return [Reading(start, found.end(), (first, last), "span", False)]


def _before(left: str, at: int) -> int:
    found = printed.BEFORE_A_DAY.search(left)
    return at - len(found.group()) if found and not found.group().lower().endswith("the ") else at


def _weekday(word: str) -> int:
    short = word[:3].lower()
    return next(number for number, name in enumerate(printed.WEEKDAYS) if name.startswith(short))


_POSSESSIVE = re.compile(r"[’']s(?![a-z])")
_OTHER_COUNT = re.compile(r"\b(?:[Tt]he|of|time)\s$")
_DAYS_OFF = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}


def read_day_word(context: Context, at: int, end: int, word: str, base: date | None = None) -> list[Reading]:
    """Read "today", "yesterday", "tomorrow", "tonight".

    :param base: the day on which it was said, where that is not the day of printing.
    """
    day = base or context.day
    word = word.lower()
    if day is None or no_day_word(word, context.left(at), context.right(end)):
        return []
    if word == "today" and not _POSSESSIVE.match(context.body, end) and not context.happens(at, end):
        return []
    while tail := printed.PART_OF_DAY.match(context.body, end, context.high):
        end = tail.end()
    return [one_day(at, end, day + timedelta(days=_DAYS_OFF[word]))]


def read_unit(context: Context, at: int, end: int, word: str) -> list[Reading]:
    """Read "last week", "earlier this year", "a month ago", "a day later", "this morning"."""
    left = context.left(at)
    unit = word.rstrip("s")
    if context.body[end : end + 1] == "-":
        return []
    if counted := printed.AGO.match(context.body, end, context.high):
        return _counted(context, at, unit, counted, left)
    if word != unit:
        return []
    if unit == "day":
        return _the_day(context, at, end, left)
    if context.day is None:
        return []
    if unit == "weekend" and (lead := printed.WEEKEND_BEFORE.search(left)):
        return [Reading(at - len(lead.group()), end, _the_weekend(context, at, end), "span", False)]
    found = printed.UNIT_BEFORE.search(left)
    if found is None or _OTHER_COUNT.search(left[: found.start()]):
        return []
    period = _PERIODS[unit](context, found, at, end) if unit in _PERIODS else None
    if period is None:
        return []
    if tail := _POSSESSIVE.match(context.body, end, context.high):
        end = tail.end()
    kind = "day" if period[0] == period[1] else "year" if unit == "year" and not found["part"] else "span"
    return [Reading(at - len(found.group()), end, period, kind, False)]


def _counted(context: Context, at: int, unit: str, tail: re.Match[str], left: str) -> list[Reading]:
    found = printed.COUNT_BEFORE.search(left)
    if found is None or found["hedge"]:
        return []  # "more than a year ago" names no year
    count = printed.COUNTS.get(found["count"].lower()) or int(found["count"])
    start = at - len(left) + found.start("count")
    if tail["word"] == "ago":
        if context.day is None or (unit == "day" and count > 60):
            return []
        period = reckoning.ago(count, unit, context.day)
        return [Reading(start, tail.end(), period, "day" if period[0] == period[1] else "span", False)]
    anchor = context.anchor(at)
    if anchor is None:
        return []
    shifted = reckoning.shifted(anchor.period, count if tail["word"] == "later" else -count, unit)
    if shifted is None:
        return []
    return [Reading(start, tail.end(), shifted, "year" if unit == "year" else "day", anchor.stated)]


def _the_day(context: Context, at: int, end: int, left: str) -> list[Reading]:
    found = printed.THE_DAY_BEFORE.search(left)
    anchor = context.anchor(at)
    if found is None or anchor is None or not anchor.is_day:
        return []
    days = {"next": 1, "very next": 1, "following": 1, "previous": -1, "same": 0}[found["which"].lower()]
    day = anchor.period[0] + timedelta(days=days)
    return [one_day(at - len(found.group()), end, day, stated=anchor.stated)]


def _the_weekend(context: Context, at: int, end: int) -> reckoning.Period:
    assert context.day is not None
    this = reckoning.weekend(context.day)
    ahead = context.tense(at, end) is Tense.FUTURE
    return this if ahead or this[0] <= context.day else reckoning.weekend(context.day, -1)


def _week(context: Context, found: re.Match[str], at: int, end: int) -> reckoning.Period | None:
    assert context.day is not None
    if found["more"]:
        more = found["more"].strip()
        if more == "past" and context.day.weekday() >= 5:
            more = "current"  # on a weekend that is the week which ends
        return None if more == "same" else reckoning.week(context.day, _STEPS_MORE[more])
    weeks = _STEPS[found["which"].lower()]
    if weeks == 0 and context.day.weekday() == 6 and context.tense(at, end) is Tense.FUTURE:
        weeks = 1  # what a Sunday paper announces for "this week"
    return _narrowed(reckoning.week(context.day, weeks), found, context.day)


def _weekend(context: Context, found: re.Match[str], at: int, end: int) -> reckoning.Period | None:
    assert context.day is not None
    which, more = found["which"].lower(), (found["more"] or "").strip()
    if which == "this" and (more == "past" or (not more and context.tense(at, end) is Tense.PAST)):
        this = reckoning.weekend(context.day)
        return this if this[0] <= context.day else reckoning.weekend(context.day, -1)
    return reckoning.weekend(context.day, _STEPS[which])


def _month(context: Context, found: re.Match[str], at: int, end: int) -> reckoning.Period | None:
    assert context.day is not None
    if found["more"]:
        return None
    then = context.day + relativedelta(months=_STEPS[found["which"].lower()])
    return _narrowed(reckoning.month(then.year, then.month), found, context.day)


def _year(context: Context, found: re.Match[str], at: int, end: int) -> reckoning.Period | None:
    assert context.day is not None
    if found["more"]:
        return None
    return _narrowed(reckoning.year(context.day.year + _STEPS[found["which"].lower()]), found, context.day)


def _part_of_day(context: Context, found: re.Match[str], at: int, end: int) -> reckoning.Period | None:
    assert context.day is not None
    which = found["which"].lower()
    if which == "next" or found["more"]:
        return None
    return reckoning.single(context.day + timedelta(days=_STEPS[which]))


def _narrowed(period: reckoning.Period, found: re.Match[str], day: date) -> reckoning.Period:
    """End "earlier this year" with the day of printing, begin "later this year" with it."""
    part = (found["part"] or "").lower()
    if found["which"].lower() == "this" and part == "earlier":
        return period[0], day
    if found["which"].lower() == "this" and part == "later":
        return day, period[1]
    if part in ("early", "late") and (period[1] - period[0]).days > 7:
        return reckoning.part(period, part)
    return period


_STEPS = {"last": -1, "this": 0, "next": 1}
_STEPS_MORE = {"past": -1, "coming": 1, "current": 0}
_PERIODS: dict[str, Callable[[Context, re.Match[str], int, int], reckoning.Period | None]] = {
    "week": _week,
    "weekend": _weekend,
    "month": _month,
    "year": _year,
    "morning": _part_of_day,
    "afternoon": _part_of_day,
    "evening": _part_of_day,
    "night": _part_of_day,
}
