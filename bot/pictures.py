"""Pictures beside what is told in words, drawn in the worker: an answer never fails for want of one."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.render.phrases import LONGEST, alternative_text
from retrieval.models import Difference, ShownFigure, Timeline

_log = logging.getLogger(__name__)

_FIGURES = 3
"""Different figures from which a chart says more than a table; two are compared at a glance."""

_DAYS = 2
"""Days from which a timeline is one."""

_MOST_BYTES = 8 * 1024 * 1024
"""Discord takes 10 MB of a bot."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A file that a message shows."""

    name: str
    """ASCII: Discord finds it by this name."""
    data: bytes
    description: str
    """What it shows, for whoever does not see it."""


def of_figures(question: str, figures: Sequence[ShownFigure]) -> Picture | None:
    """A chart of an answer's figures; None where the table says as much, or where it could not be drawn."""
    shown = comparable(figures)
    if len({(one.figure.low, one.figure.high, one.figure.bound) for one in shown}) < _FIGURES:
        return None

    def draw() -> bytes:
        from bot.render.plot import figures_picture

        return figures_picture(question, shown, "png")

    return _drawn("figures.png", draw, lambda: alternative_text(shown))


def comparable(figures: Sequence[ShownFigure]) -> tuple[ShownFigure, ...]:
    """Those that belong on one axis: of the first one's unit, and counting the same."""
    return tuple(
        one
        for one in figures
        if one.figure.unit == figures[0].figure.unit and one.difference is not Difference.OTHER_SCOPE
    )


def of_timeline(timeline: Timeline) -> Picture | None:
    """The events by day; None where there are not several days, or where it could not be drawn."""
    if len({(event.first, event.last) for event in timeline.events}) < _DAYS:
        return None
    return _timeline(timeline)


def warm_up() -> None:
    """Whatever the first picture would otherwise wait for: matplotlib and its list of fonts."""
    _timeline(Timeline("Dateline"))


def _timeline(timeline: Timeline) -> Picture | None:
    def draw() -> bytes:
        from bot.render.plot import timeline_picture

        return timeline_picture(timeline, "png")

    return _drawn("timeline.png", draw, lambda: alternative_text(timeline))


def _drawn(name: str, draw: Callable[[], bytes], describe: Callable[[], str]) -> Picture | None:
    try:
        picture = Picture(name, draw(), describe()[:LONGEST])
    except Exception:
        _log.exception("no picture could be drawn")
        return None
    if len(picture.data) > _MOST_BYTES:
        _log.warning("a picture of %s bytes is left out", len(picture.data))
        return None
    return picture
