"""How all pictures look: on an opaque light ground, so that they can be read on a dark page as well."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.speed import numbers

OURS, OTHERS, THIRD, FOURTH = "#1f5fa8", "#8a8f98", "#c2762b", "#4f8a5b"
"""Dateline's colour, then those of the others."""

COLOURS = {
    "Dateline": OURS,
    "sentence-transformers + FAISS": OTHERS,
    "txtai": THIRD,
    "Haystack": FOURTH,
}

_STYLE = {
    "figure.facecolor": "#fbfbf9",
    "savefig.facecolor": "#fbfbf9",
    "axes.facecolor": "#fbfbf9",
    "axes.edgecolor": "#9a9a94",
    "axes.labelcolor": "#33332f",
    "axes.titlesize": 10.5,
    "axes.titlelocation": "left",
    "axes.titlecolor": "#22221f",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "grid.color": "#e4e4de",
    "grid.linewidth": 0.8,
    "xtick.color": "#55554f",
    "ytick.color": "#55554f",
    "font.size": 9.5,
    "legend.frameon": False,
    # The same numbers give the same file.
    "svg.hashsalt": "dateline",
}


def canvas(width: float = 7.2, height: float = 3.0, columns: int = 1, **options: Any) -> tuple[Any, list[Any]]:
    """A figure and its axes, side by side."""
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams.update(_STYLE)
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, columns, figsize=(width, height), layout="constrained", squeeze=False, **options)
    return figure, list(axes[0])


def save(figure: Any, folder: Path, name: str) -> None:
    """As SVG, without the day on which it was drawn."""
    from matplotlib import pyplot

    folder.mkdir(parents=True, exist_ok=True)
    figure.savefig(folder / f"{name}.svg", metadata={"Date": None})
    pyplot.close(figure)


def bars(axis: Any, sides: Mapping[str, Sequence[float]], unit: str) -> None:
    """Lying bars, the first on top: each side's median, a line from the least to the most, the median written out."""
    for at, (name, values) in enumerate(sides.items()):
        middle = statistics.median(values)
        axis.barh(at, middle, color=COLOURS.get(name, OURS), height=0.62)
        axis.plot([min(values), max(values)], [at, at], color="#22221f", linewidth=1.2, solid_capstyle="butt")
        written(axis, max(values), at, numbers.number(middle))
    axis.set_yticks(range(len(sides)), list(sides))
    axis.invert_yaxis()
    axis.grid(False, axis="y")
    axis.set_xlabel(unit)
    axis.set_xlim(0, 1.18 * max(max(values) for values in sides.values()))


def ranges(axis: Any, rows: Sequence[tuple[str, Sequence[float], str]], unit: str) -> None:
    """Lying lines, the first on top, from p5 to p95, thick in the middle half, a dot at p50: (name, values, colour)."""
    for at, (_, values, colour) in enumerate(rows):
        low, quarter, middle, three, high = (numbers.percentile(values, s) for s in (0.05, 0.25, 0.5, 0.75, 0.95))
        axis.plot([low, high], [at, at], color=colour, linewidth=1.6, solid_capstyle="butt")
        axis.plot([quarter, three], [at, at], color=colour, linewidth=9, solid_capstyle="butt", alpha=0.5)
        axis.plot(middle, at, "o", color=colour, markersize=6)
        written(axis, high, at, numbers.number(middle))
    axis.set_yticks(range(len(rows)), [name for name, _, _ in rows])
    axis.set_ylim(len(rows) - 0.5, -0.5)
    axis.grid(False, axis="y")
    axis.set_xlim(0, 1.16 * max(numbers.percentile(values, 0.95) for _, values, _ in rows))
    axis.set_xlabel(f"{unit}: p50 (dot), the middle half (bar), p5 to p95 (line)")


def written(axis: Any, x: float, y: float, text: str) -> None:
    """Something just right of a place."""
    axis.annotate(text, (x, y), xytext=(6, 0), textcoords="offset points", va="center", fontsize=9)


def plain_numbers(axis: Any) -> None:
    """On a logarithmic axis: 1,000, not a power of ten."""
    from matplotlib.ticker import FuncFormatter, NullFormatter

    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}" if value >= 1 else f"{value:g}"))
    axis.set_minor_formatter(NullFormatter())
