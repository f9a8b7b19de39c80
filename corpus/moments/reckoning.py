"""Calendar arithmetic: from what is printed and the day of printing to a first and a last day.

Weeks begin on Monday (ISO 8601). Everything here may raise ``ValueError`` or ``OverflowError`` where a day does not
exist or lies outside the years 1 to 9999; whoever calls takes that as "no moment".
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum

from dateutil.relativedelta import relativedelta

from corpus.dates import iso_date


class Tense(Enum):
    """Where the words around an expression place it, seen from the day of printing."""

    PAST = -1
    UNKNOWN = 0
    FUTURE = 1


Period = tuple[date, date]
"""First and last day, both included."""

_SLACK = 30
"""Days by which a date may contradict the tense before it is moved to another year: rules misread tenses, and news
prints the year of a date that is not in the current one, so the nearest day is right more often."""
_SOON = 45
"""Days within which a month of no tense may lie ahead; news speaks of what was."""


def publication_day(published_at: str | None) -> date | None:
    """The calendar day of an ISO 8601 date or date-time as printed there; None for anything else."""
    printed = iso_date(published_at) if published_at else None
    return date.fromisoformat(printed[:10]) if printed else None


def single(day: date) -> Period:
    """A day as a period."""
    return day, day


def month(year: int, number: int) -> Period:
    """A whole month."""
    first = date(year, number, 1)
    return first, first + relativedelta(day=31)


def year(number: int) -> Period:
    """A whole year."""
    return date(number, 1, 1), date(number, 12, 31)


def week(day: date, weeks: int = 0) -> Period:
    """The week that holds ``day``, or one so many weeks later."""
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=weeks)
    return monday, monday + timedelta(days=6)


def weekend(day: date, weeks: int = 0) -> Period:
    """Saturday and Sunday of the week that holds ``day``, or of one so many weeks later."""
    monday, sunday = week(day, weeks)
    return monday + timedelta(days=5), sunday


def part(period: Period, which: str) -> Period:
    """The ``early``, ``mid`` or ``late`` third of a month (to the 10th, to the 20th, the rest) or of a year."""
    first, last = period
    if (last - first).days > 31:
        months = {"early": 1, "mid": 5, "late": 9}[which]
        return date(first.year, months, 1), month(first.year, months + 3)[1]
    days = {"early": (1, 10), "mid": (11, 20), "late": (21, last.day)}[which]
    return first.replace(day=days[0]), first.replace(day=days[1])


def weekday(number: int, day: date, tense: Tense) -> date:
    """The last such weekday up to and including ``day``; where the text looks ahead, the next from ``day`` on.

    :param number: 0 for Monday.
    """
    step = (number - day.weekday()) % 7
    return day + timedelta(days=step if tense is Tense.FUTURE or step == 0 else step - 7)


def weekday_beside(number: int, day: date, side: int) -> date:
    """The nearest such weekday strictly before (``side`` -1) or strictly after (+1) ``day``."""
    step = (number - day.weekday()) % 7
    return day + timedelta(days=(step or 7) if side > 0 else (step - 7))


def day_of_year(month_number: int, number: int, near: date, tense: Tense, weekday_number: int | None = None) -> date:
    """A date printed without its year: the nearest to ``near``, unless the tense or a weekday beside it objects."""
    candidates = []
    for offset in (-1, 0, 1):
        try:
            candidates.append(date(near.year + offset, month_number, number))
        except ValueError:
            continue  # 29 February, or a year that does not exist
    if not candidates:
        raise ValueError("no such day")
    if weekday_number is not None:
        candidates = [day for day in candidates if day.weekday() == weekday_number] or candidates
    nearest = min(candidates, key=lambda day: abs((day - near).days))
    ahead = (nearest - near).days
    if tense is Tense.PAST and ahead > _SLACK:
        return max((day for day in candidates if day <= near), default=nearest)
    if tense is Tense.FUTURE and ahead < -_SLACK:
        return min((day for day in candidates if day >= near), default=nearest)
    return nearest


def month_of_year(number: int, near: date, tense: Tense) -> Period:
    """A month printed without its year. A month that has begun may be spoken of in either tense."""
    this = month(near.year, number)
    before, after = (month(near.year + offset, number) for offset in (-1, 1))
    if tense is Tense.PAST:
        return this if this[0] <= near else before
    if tense is Tense.FUTURE:
        return this if this[1] >= near else after
    nearest = min((before, this, after), key=lambda one: abs((one[0] + timedelta(days=15) - near).days))
    return nearest if (nearest[0] - near).days <= _SOON else month_of_year(number, near, Tense.PAST)


def ago(count: int, unit: str, day: date) -> Period:
    """So many ``day``, ``week``, ``month`` or ``year`` before ``day``, no more exact than the unit is.

    "A week ago" is the same weekday; two weeks or more are calendar weeks, months and years calendar ones.
    """
    if unit == "day":
        return single(day - timedelta(days=count))
    if unit == "week":
        return single(day - timedelta(weeks=1)) if count == 1 else week(day, -count)
    if unit == "month":
        then = day - relativedelta(months=count)
        return month(then.year, then.month)
    return year(day.year - count)


def shifted(anchor: Period, count: int, unit: str) -> Period | None:
    """So many days, weeks or years after (or before) an anchor of the same text; None where that says too little."""
    first, last = anchor
    if unit == "year":
        return year(first.year + count)
    if first != last or (unit == "week" and abs(count) > 1) or unit == "month":
        return None
    return single(first + timedelta(days=count * (7 if unit == "week" else 1)))
