"""Pictures of a timeline and of figures: what is printed, by day and by size. Words come first, marks stand beside."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import groupby

from bot.render.phrases import (
    PUBLISHED,
    alternative_text,
    counted,
    day_of,
    how_known,
    outlet_of,
    quoted,
    speaker_of,
    told_by,
)
from bot.render.scale import Scale, axis_label, drawable, extent, far_apart, scale_of, tick_label
from bot.render.sheet import ACCENT, CARD, FAINT, INK, MARK, SOFT, Format, Sheet, width_of, wrapped
from corpus.models import Bound
from retrieval.models import Citation, Difference, Event, ShownFigure, Timeline

__all__ = ["MOST_EVENTS", "Format", "alternative_text", "figures_picture", "timeline_picture"]

MOST_EVENTS = 40
"""Events in one picture; a taller one cannot be read anywhere. How many are left out stands below."""

_MARGIN = 20.0
_TITLE, _TEXT, _SMALL = 14.0, 10.0, 8.0
_LEADING = 1.32
"""Height of a line by its size."""

_DAY = 92.0
"""Room for the day of an event."""

_MIDDLE = 6.4
"""Of a line of text, from its top."""

_KINDS = ("day that the quote names", "day of publication", "a longer time")
_NARROW, _WIDE = 520.0, 640.0
_LONG = 12
"""Events from which a card is wider and quotes are shorter."""


def timeline_picture(timeline: Timeline, format: Format) -> bytes:
    """The events from the top down, days on the left, gaps between them broken and named."""
    events = timeline.events[:MOST_EVENTS]
    many = len(events) > _LONG
    sheet = Sheet(_WIDE if many else _NARROW)
    y = _heading(sheet, timeline.question, _counts([event.citation for event in events]))
    most = 2 if many else 3 if len(events) > 6 else 4
    axis, left = _MARGIN + _DAY + 14, _MARGIN + _DAY + 30
    marks: list[tuple[Event, float]] = []
    reached: str | None = None
    for (first, last), group in groupby(events, key=lambda event: (event.first, event.last)):
        own = list(group)
        gap = _gap(reached, first)
        start = y
        y += 34 if gap else 18
        top = y
        for n, line in enumerate(wrapped(day_of(own[0]), _DAY, _TEXT, 2, bold=True)):
            sheet.text(_MARGIN + _DAY, y + _TEXT + n * _TEXT * _LEADING, line, _TEXT, ACCENT, bold=True, align="right")
        for n, event in enumerate(own):
            y += 9 if n else 0
            if marks:
                # From the mark before to this one; broken where days lie between that nothing is told of.
                broken = gap and not n
                end = start + 3 if broken else y + _MIDDLE
                sheet.line((axis, marks[-1][1]), (axis, end), FAINT, 1.6)
                if broken:
                    sheet.line((axis, end), (axis, y + _MIDDLE), FAINT, 1.6, dashed=True)
            marks.append((event, y + _MIDDLE))
            y = _event(sheet, event, left, y, most)
        if gap:
            sheet.text(left, start + 22, gap, _SMALL, SOFT)
        y = max(y, top + 2 * _TEXT * _LEADING)
        reached = max(reached or "", last)
    for event, at in marks:
        _event_mark(sheet, event, axis, at)
    y = _legend(sheet, events, y + 24)
    left_out = len(timeline.events) - len(events)
    if left_out:
        y += 14
        sheet.text(_MARGIN, y, f"{counted(left_out, 'later event')} not in the picture", _SMALL, SOFT)
    return sheet.picture(y + _MARGIN - 4, format, timeline.question, alternative_text(timeline))


def figures_picture(question: str, figures: Sequence[ShownFigure], format: Format) -> bytes:
    """A row for each figure, in the order of the table: its words on the left, its size on an axis of its unit."""
    sheet = Sheet(_WIDE)
    below = _counts([citation for shown in figures for citation in shown.citations])
    y = _heading(sheet, question, f"{counted(len(figures), 'figure')} in {below}") + 14
    labels = [width_of(shown.difference.value, _SMALL) + 8 for shown in figures if shown.difference]
    right = sheet.width - _MARGIN - 8 - max(labels, default=0.0)
    for n, panel in enumerate(_panels(figures)):
        y = _panel(sheet, panel, right, y + (22 if n else 0))
    if any(shown.difference for shown in figures):
        y += 18
        sheet.text(_MARGIN, y, "Rounded, later, …: how a figure stands to the first one", _SMALL, SOFT)
    return sheet.picture(y + _MARGIN, format, question, alternative_text(figures))


def _heading(sheet: Sheet, title: str, below: str) -> float:
    y = _MARGIN
    for line in wrapped(title, sheet.width - 2 * _MARGIN, _TITLE, 3, bold=True):
        y += _TITLE * _LEADING
        sheet.text(_MARGIN, y - 5, line, _TITLE, INK, bold=True)
    sheet.text(_MARGIN, y + 9, below, _SMALL, SOFT)
    return y + 12


def _counts(citations: Sequence[Citation]) -> str:
    """How many quotes of how many articles and outlets."""
    quotes = {(citation.collection, citation.article.id, citation.start) for citation in citations}
    articles = {(citation.collection, citation.article.id) for citation in citations}
    outlets = {citation.article.outlet for citation in citations}
    from_ = f" of {counted(len(outlets), 'outlet')}" if None not in outlets else ""
    return f"{counted(len(quotes), 'quote')} from {counted(len(articles), 'article')}{from_}"


# Timelines


def _event(sheet: Sheet, event: Event, left: float, y: float, most: int) -> float:
    """The quote, and below it who prints it; where it ends."""
    citation = event.citation
    width = sheet.width - _MARGIN - left
    for line in wrapped(quoted(citation.quote), width, _TEXT, most):
        sheet.text(left, y + _TEXT, line, _TEXT, INK)
        y += _TEXT * _LEADING
    beside = " · ".join(part for part in (speaker_of(citation), outlet_of(citation), how_known(event)) if part)
    number = f"[{citation.number}]"
    for line in wrapped(beside, width - width_of(f"{number} ", _SMALL), _SMALL, 1):
        sheet.text(left, y + _SMALL, number, _SMALL, ACCENT)
        sheet.text(left + width_of(f"{number} ", _SMALL), y + _SMALL, line, _SMALL, SOFT)
    return y + _SMALL * _LEADING


def _event_mark(sheet: Sheet, event: Event, x: float, y: float) -> None:
    if event.first != event.last:
        sheet.bar((x - 3.4, y - 6), (x + 3.4, y + 6), MARK, rounding=3.4)
    else:
        sheet.dot(x, y, 3.6, ACCENT, filled=how_known(event) != PUBLISHED)


def _legend(sheet: Sheet, events: Sequence[Event], y: float) -> float:
    """What the marks mean, where there are several kinds of them."""
    named, published, longer = _KINDS
    kinds: dict[str, Event] = {}
    for event in events:
        kinds.setdefault(published if event.moment is None else named if event.first == event.last else longer, event)
    if len(kinds) < 2 and published not in kinds:
        return y - 12
    x = _MARGIN + 4
    for name, event in sorted(kinds.items(), key=lambda kind: _KINDS.index(kind[0])):
        _event_mark(sheet, event, x, y - 3)
        sheet.text(x + 9, y, name, _SMALL, SOFT)
        x += 9 + width_of(name, _SMALL) + 18
    return y


def _gap(reached: str | None, first: str) -> str:
    """How long nothing is told of, in the words of a person; empty where one day follows the other."""
    try:
        days = (datetime.date.fromisoformat(first) - datetime.date.fromisoformat(reached or first)).days
    except ValueError:
        return ""
    if days < 2:
        return ""
    months = round(days / 30.44)
    if months >= 24 or months == 12:
        return f"{counted(round(days / 365.25), 'year')} later"
    if months >= 2:
        return f"{counted(months, 'month')} later"
    if days >= 14:
        return f"{counted(round(days / 7), 'week')} later"
    return f"{counted(days, 'day')} later"


# Figures


def _panels(figures: Sequence[ShownFigure]) -> list[list[ShownFigure]]:
    """By unit; what counts something else goes to an axis of its own where it would squeeze the others."""
    panels = []
    for unit in dict.fromkeys(shown.figure.unit for shown in figures):
        own = [shown for shown in figures if shown.figure.unit == unit]
        other = [shown for shown in own if shown.difference is Difference.OTHER_SCOPE]
        if other and len(other) < len(own) and far_apart([shown.figure for shown in own]):
            panels += [[shown for shown in own if shown not in other], other]
        else:
            panels.append(own)
    return panels


def _panel(sheet: Sheet, figures: Sequence[ShownFigure], right: float, y: float) -> float:
    """The figures of one unit over their axis, which goes as far as ``right``; where it ends."""
    sizes = [shown.figure for shown in figures if drawable(shown.figure)]
    words = (sheet.width - 2 * _MARGIN) * 0.44
    ends = (_MARGIN + words + 20, right)
    top, rows = y, []
    for shown in figures:
        start = y
        y = _figure_words(sheet, shown, words, y)
        rows.append((shown, (start + y) / 2))
        y += 12
    if not sizes:
        return y
    scale = scale_of(sizes)
    ways = [(tick, ends[0] + scale.share(tick) * (ends[1] - ends[0])) for tick in scale.ticks]
    for _, x in ways:
        sheet.line((x, top - 4), (x, y - 4), FAINT, 0.6)
    for shown, middle in rows:
        if drawable(shown.figure):
            _figure_mark(sheet, shown, scale, ends, middle)
    return _axis(sheet, axis_label(sizes), sizes[0].unit, scale, ways, ends, y)


def _figure_words(sheet: Sheet, shown: ShownFigure, width: float, y: float) -> float:
    for line in wrapped(shown.printed, width, _TEXT, 2, bold=True):
        y += _TEXT * _LEADING
        sheet.text(_MARGIN, y - 3, line, _TEXT, INK, bold=True)
    numbers = " ".join(f"[{n}]" for n in dict.fromkeys(citation.number for citation in shown.citations))
    for n, line in enumerate(wrapped(f"{numbers} {told_by(shown)}", width, _SMALL, 3)):
        y += _SMALL * _LEADING
        head = numbers if not n and line.startswith(f"{numbers} ") else ""
        if head:
            sheet.text(_MARGIN, y - 2, head, _SMALL, ACCENT)
        sheet.text(
            _MARGIN + width_of(f"{head} " if head else "", _SMALL), y - 2, line[len(head) :].strip(), _SMALL, SOFT
        )
    return y


def _axis(
    sheet: Sheet, what: str, unit: str | None, scale: Scale, ways: Sequence[tuple[float, float]],
    ends: tuple[float, float], y: float,
) -> float:  # fmt: skip
    sheet.line((ends[0], y - 4), (ends[1], y - 4), SOFT, 0.8)
    taken = 0.0
    for tick, x in ways:
        text = tick_label(tick, unit)
        half = width_of(text, _SMALL) / 2
        if x - half > taken:
            x = min(x, sheet.width - _MARGIN / 2 - half)
            sheet.text(x, y + 7, text, _SMALL, SOFT, align="center")
            taken = x + half + 6
    parts = [what] if what else []
    if scale.logarithmic:
        parts.append(f"each mark {tick_label(scale.ticks[1] / scale.ticks[0], None)} times the one before")
    for line in wrapped(", ".join(parts), ends[1] - ends[0], _SMALL, 2):
        y += 12
        sheet.text((ends[0] + ends[1]) / 2, y + 8, line, _SMALL, SOFT, align="center")
    return y + 8


def _figure_mark(sheet: Sheet, shown: ShownFigure, scale: Scale, ends: tuple[float, float], y: float) -> None:
    """The size, and beside it how the figure stands to the first."""
    figure = shown.figure
    left, right = ends
    low, high = (left + scale.share(end) * (right - left) for end in extent(figure))
    colour = ACCENT if shown.difference is None else MARK
    if high - low > 1:
        sheet.bar((low, y - 5), (high, y + 5), colour, opacity=0.35, edge=colour)
    if figure.bound is Bound.AT_LEAST:
        sheet.arrow(low, y, min(low + 34, right + 6), colour)
        high = min(low + 34, right + 6)
    elif figure.bound is Bound.AT_MOST:
        sheet.arrow(high, y, max(high - 34, left - 6), colour)
    if figure.low == figure.high:
        at = left + scale.share(figure.low) * (right - left)
        sheet.dot(at, y, 4.0, colour, filled=figure.bound in (Bound.EXACT, Bound.ABOUT))
        high = max(high, at + 4)
    if shown.difference is not None:
        text = shown.difference.value
        at = high + 6
        # A line of the axis must not run through the words.
        sheet.bar((at - 2, y - 6), (at + width_of(text, _SMALL) + 2, y + 6), CARD)
        sheet.text(at, y + 3, text, _SMALL, colour)
