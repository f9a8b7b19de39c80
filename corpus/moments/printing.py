"""A moment as it is shown: "14 Feb 2022", "14–15 Feb 2022", "Feb 2022", "2014"."""

from __future__ import annotations

from datetime import date, timedelta

from corpus.models import Moment

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def describe(moment: Moment) -> str:
    """Return the time a moment stands for, in the shortest unambiguous form; never longer than two dates.

    Raises ``ValueError`` for a moment whose ``first`` or ``last`` is no ISO date.
    """
    first, last = date.fromisoformat(moment.first), date.fromisoformat(moment.last)
    if first == last:
        return _day(first)
    whole_months = first.day == 1 and _ends_month(last)
    if whole_months and first.month == 1 and last.month == 12:
        return _joined(str(first.year), str(last.year), "–")
    if whole_months:
        short = _MONTHS[first.month - 1] if first.year == last.year else _month(first)
        return _month(first) if (first.year, first.month) == (last.year, last.month) else f"{short}–{_month(last)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_day(last)}"
    # The spaces tell a dash between two dates from one between two days.
    return f"{_day(first).removesuffix(f' {first.year}') if first.year == last.year else _day(first)} – {_day(last)}"


def _joined(one: str, other: str, dash: str) -> str:
    return one if one == other else one + dash + other


def _day(day: date) -> str:
    return f"{day.day} {_month(day)}"


def _month(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.year}"


def _ends_month(day: date) -> bool:
    return day == date.max or (day + timedelta(days=1)).day == 1
