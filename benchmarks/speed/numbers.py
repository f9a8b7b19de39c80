"""Medians, percentiles, and how they are written down."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence


def percentile(values: Sequence[float], share: float) -> float:
    """By linear interpolation; ``share`` from 0 to 1."""
    ordered = sorted(values)
    at = share * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)


def ratios(above: Sequence[float], below: Sequence[float]) -> list[float]:
    """Round by round, as both sides were measured in turn."""
    return [one / other for one, other in zip(above, below, strict=True)]


def spread(values: Sequence[float], unit: str = "", digits: int | None = None) -> str:
    """``4.1x (3.9 to 4.3)``: median, least and most."""
    middle, least, most = statistics.median(values), min(values), max(values)
    return f"{number(middle, digits)}{unit} ({number(least, digits)} to {number(most, digits)})"


def number(value: float, digits: int | None = None) -> str:
    """With three significant digits unless told how many stand after the point."""
    if digits is None:
        digits = 0 if abs(value) >= 99.95 else 1 if abs(value) >= 9.995 else 2
    return f"{value:,.{digits}f}"


def rounded(values: Iterable[float], digits: int = 5) -> list[float]:
    """As they are stored: what a clock cannot tell anyway is left out."""
    return [float(f"{value:.{digits}g}") for value in values]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Markdown; the first column to the left, the others to the right."""
    lines = [f"| {' | '.join(head)} |", f"|---|{'---:|' * (len(head) - 1)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])
