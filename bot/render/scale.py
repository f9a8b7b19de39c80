"""The axis of figures: from where to where, linear or logarithmic, where the marks are and what stands at them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.models import Bound, Figure

ABOUT = 0.1
"""How far "some 150,000" is drawn to both sides. By judgement, as it is compared by."""

_FAR = 40.0
"""From this multiple of the smallest the largest squeezes the others to the edge: the axis is logarithmic."""

_NEAR = 4.0
"""Up to this multiple the axis need not begin at nought to show how the figures differ."""

_LEAST, _MOST = 1e-9, 1e15
"""What is smaller or larger is no figure of the news, and floating point would have its own ideas of it."""

_PAD = 0.12
_MARKS = 5
"""Marks of an axis at most."""

_PLURALS = {"inch": "inches", "foot": "feet", "century": "centuries"}
_WORDS = frozenset(
    "second minute hour day fortnight week month year decade century time mile yard inch foot acre hectare".split()
)
_BIG = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from ``low`` to ``high``."""

    low: float
    high: float
    logarithmic: bool
    ticks: tuple[float, ...]

    def share(self, value: float) -> float:
        """Where a value stands, 0 to 1 within the axis."""
        low, high = (math.log10(self.low), math.log10(self.high)) if self.logarithmic else (self.low, self.high)
        at = math.log10(max(value, self.low / 10)) if self.logarithmic else value
        return min(max((at - low) / (high - low), 0.0), 1.0)


def drawable(figure: Figure) -> bool:
    """Whether a figure has a place on an axis at all; its words can be read in any case."""
    return all(end == 0 or _LEAST <= abs(end) <= _MOST for end in (figure.low, figure.high))


def far_apart(figures: Sequence[Figure]) -> bool:
    """Whether these need a logarithmic axis to be seen side by side."""
    ends = [end for figure in figures if drawable(figure) for end in extent(figure)]
    return bool(ends) and min(ends) > 0 and max(ends) / min(ends) > _FAR


def extent(figure: Figure) -> tuple[float, float]:
    """What a figure spans: a range, "about" a number, or the number itself."""
    if figure.bound is Bound.ABOUT:
        return figure.low - ABOUT * abs(figure.low), figure.high + ABOUT * abs(figure.high)
    return figure.low, figure.high


def scale_of(figures: Sequence[Figure]) -> Scale:
    """One axis for figures of one unit, all of them drawable."""
    ends = [end for figure in figures for end in extent(figure)]
    low, high = min(ends), max(ends)
    if far_apart(figures):
        return _logarithmic(low, high)
    pad = (high - low) * _PAD or abs(high) * _PAD or 1.0
    # An arrow needs more room than a point.
    below = 2 * pad if any(figure.bound is Bound.AT_MOST for figure in figures) else pad
    above = 2 * pad if any(figure.bound is Bound.AT_LEAST for figure in figures) else pad
    from_, to = low - below, high + above
    # One number alone is told from nought by its size; several from each other by where they stand.
    alone = len({end for figure in figures for end in (figure.low, figure.high)}) == 1 or len(figures) == 1
    if low >= 0 and (alone or low == 0 or high / low > _NEAR or from_ < 0):
        from_ = 0.0
    whole = _linear_ticks(from_, to, 1.0) if figures[0].unit is None else ()
    return Scale(from_, to, False, whole if len(whole) > 1 else _linear_ticks(from_, to, 0.0))


def axis_label(figures: Sequence[Figure]) -> str:
    """The unit, or what is counted; empty where the marks say it (per cent) or nothing does."""
    unit = figures[0].unit
    if unit is None:
        return " / ".join(_distinct([figure.counted for figure in figures]))
    if unit == "%":
        return ""
    return _PLURALS.get(unit, f"{unit}s") if unit in _WORDS else unit


def tick_label(value: float, unit: str | None) -> str:
    """``130,000``, ``1.5 million``, ``40%``."""
    for size, name in _BIG:
        if abs(value) >= size:
            return f"{_short(value / size)} {name}{'%' if unit == '%' else ''}"
    return f"{_short(value)}{'%' if unit == '%' else ''}"


def _short(value: float) -> str:
    if not value:
        return "0"
    digits = max(0, 3 - math.floor(math.log10(abs(value))) - 1)
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _distinct(counted: Sequence[str]) -> list[str]:
    """What is counted, each once in any case; nothing where it is too much for an axis."""
    names: dict[str, str] = {}
    for name in counted:
        if name:
            names.setdefault(name.casefold(), name)
    found = list(names.values())
    return found if len(found) <= 3 and all(len(name) <= 24 for name in found) else []


def _linear_ticks(low: float, high: float, finest: float) -> tuple[float, ...]:
    """Round numbers within the axis, few, and none between multiples of ``finest``: there are no half soldiers."""
    power = 10.0 ** math.floor(math.log10((high - low) / (_MARKS - 1)))
    for step in (times * power for times in (1, 2, 2.5, 5, 10, 20)):
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first < _MARKS and (not finest or step % finest == 0):
            return tuple(n * step for n in range(first, last + 1))
    return ()


def _logarithmic(low: float, high: float) -> Scale:
    first, last = math.floor(math.log10(low * 0.8)), math.ceil(math.log10(high * 1.25))
    every = max(1, math.ceil((last - first + 1) / _MARKS))
    ticks = tuple(10.0**n for n in range(first, last + 1, every))
    return Scale(10.0**first, 10.0**last, True, ticks)
