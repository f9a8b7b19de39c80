"""Timelines, comparisons by outlet and tables of figures as lines for a terminal. Nothing here prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from rich.text import Text

from bot.render.lines import Line, one_line, shortened, visible
from bot.render.panels import independence_sentence
from bot.render.phrases import counted, day_of, how_known, nothing_dated, quoted, speaker_of, told_by
from bot.render.terminal import answer_lines, source_lines
from retrieval.by_outlet import MOST_OUTLETS, Comparison
from retrieval.models import Answer, Event, Outcome, ShownFigure, Timeline

NO_FIGURE = (
    "The articles answer this, but no figure was found in what they print; ask for an answer instead to read it."
)
NO_OUTLET = "The articles that answer this name no outlet; all together:"
NOT_ALONE = "No outlet answers this on its own; all together:"

_GREY = "bright_black"
_NUMBER = "bold cyan"
_PRINTED = 60
"""Characters of a figure before what stands beside it goes to a line of its own."""


def timeline_lines(timeline: Timeline, *, several: bool = False) -> list[Line]:
    """Events by day, oldest first, then their sources; or why there are none."""
    if not timeline.events:
        return [
            Line(Text(line)) for line in visible(timeline.text or nothing_dated(timeline.undated)).split("\n")
        ] + _notes(timeline)
    lines: list[Line] = []
    for day, group in groupby(timeline.events, key=day_of):
        lines.append(Line(Text(day, style="bold")))
        lines += [_event(event) for event in group]
    citations = sorted((event.citation for event in timeline.events), key=lambda citation: citation.number)
    return [*lines, Line(Text()), *source_lines(citations, several=several), *_notes(timeline)]


def comparison_lines(comparison: Comparison, *, several: bool = False) -> list[Line]:
    """What each outlet prints, with its sources, then which do not say; or all of them together where none does."""
    together = comparison.together
    if not comparison.outlets:
        answered = together.outcome is Outcome.ANSWERED
        head = (NOT_ALONE if comparison.silent else NO_OUTLET) if answered else ""
        lines = [Line(Text(head)), Line(Text())] if head else []
        return lines + answer_lines(together, several=several)
    lines = []
    for one in comparison.outlets:
        lines.append(Line(Text(one_line(one.outlet), style="bold")))
        # What all share is said once, below.
        own = answer_lines(replace(one.answer, notes=(), independence=None), several=several)
        sources = len(source_lines(one.answer.citations, several=several))
        lines += own[:-sources] + [replace(line, indent=line.indent + 2) for line in own[-sources:]]
        lines.append(Line(Text()))
    if comparison.silent:
        names = ", ".join(one_line(outlet) for outlet in comparison.silent)
        lines.append(Line(Text.assemble(("Near it, but do not say: ", "bold"), names)))
    if len(comparison.outlets) + len(comparison.silent) >= MOST_OUTLETS:
        lines.append(Line(Text(f"The {MOST_OUTLETS} outlets nearest to the question were asked.", style=_GREY)))
    independence = independence_sentence(together.independence)
    if independence:
        lines.append(Line(Text(independence, style=_GREY)))
    lines += [Line(Text(f"Note: {visible(note)}")) for note in together.notes]
    return lines if lines[-1].plain else lines[:-1]


def figures_lines(answer: Answer, *, several: bool = False) -> list[Line]:
    """The figures of an answer side by side, then the quotes they stand in; or why there are none."""
    if not answer.figures:
        return [Line(Text(NO_FIGURE))] if answer.outcome is Outcome.ANSWERED else answer_lines(answer, several=several)
    lines = [*_table(answer.figures)]
    if any(shown.difference for shown in answer.figures):
        lines.append(Line(Text("Rounded, later, …: how a figure stands to the first one.", style=_GREY), indent=2))
    return [*lines, Line(Text()), *answer_lines(replace(answer, figures=()), several=several)]


def _event(event: Event) -> Line:
    citation = event.citation
    speaker = speaker_of(citation)
    beside = "; ".join(part for part in (f"said by {speaker}" if speaker else "", _known(event)) if part)
    text = Text.assemble(quoted(citation.quote), " ", (f"[{citation.number}]", _NUMBER))
    return Line(text.append(f" ({beside})" if beside else "", style=_GREY), indent=2)


def _known(event: Event) -> str:
    return shortened(how_known(event), 120)


def _table(figures: Sequence[ShownFigure]) -> Iterator[Line]:
    """A line for each: the figure as printed, its numbers, how it stands to the first, who says so and where."""
    rows = [
        (
            shortened(shown.printed, _PRINTED),
            " ".join(f"[{n}]" for n in dict.fromkeys(citation.number for citation in shown.citations)),
            shown.difference.value if shown.difference else "",
            told_by(shown),
        )
        for shown in figures
    ]
    widths = [max(len(row[n]) for row in rows) for n in range(3)]
    for printed, numbers, difference, beside in rows:
        text = Text.assemble((printed.ljust(widths[0]), "bold"), "  ", (numbers.ljust(widths[1]), _NUMBER))
        if widths[2]:
            text.append(f"  {difference.ljust(widths[2])}", style="italic")
        yield Line(text.append(f"  {beside}", style=_GREY), indent=2)


def _notes(timeline: Timeline) -> list[Line]:
    notes = [f"Note: {visible(note)}" for note in timeline.notes]
    if timeline.undated and timeline.events:
        left_out = counted(timeline.undated, "more quote")
        notes.insert(0, f"{left_out} on this {'bears' if timeline.undated == 1 else 'bear'} no day.")
    return [Line(Text()), *(Line(Text(note)) for note in notes)] if notes else []
