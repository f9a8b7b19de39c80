"""A timeline as a card for Discord: events by day, oldest first, each in the words that were printed."""

from __future__ import annotations

from dataclasses import replace

from bot import words
from bot.render.card import Card
from bot.render.card_pages import fitted, note_lines, question_head
from bot.render.lines import shortened
from bot.render.lookups import counted
from bot.render.markdown import escaped, escaped_line
from bot.render.pages import Unit
from bot.render.phrases import day_of, how_known, nothing_dated, speaker_of
from retrieval.models import Citation, Event, Timeline

_LONGEST_NOTE = 120
_MARKS = ('"', "“", "«", "„")


def timeline_card(timeline: Timeline) -> Card:
    """The events of a timeline whose numbers are :func:`in_order_of_days`, or why there are none."""
    if not timeline.events:
        sentence = Unit(escaped(timeline.text or nothing_dated(timeline.undated)))
        return Card(False, fitted(question_head(timeline.question), [sentence], note_lines(timeline.notes)))
    notes = list(timeline.notes)
    if timeline.undated:
        notes.append(counted(timeline.undated, words.UNDATED))
    below = words.TIMELINE_HEAD.format(events=counted(len(timeline.events), words.COUNTED_EVENTS))
    if any(event.moment is None for event in timeline.events):
        below += f" · {words.TIMELINE_PUBLISHED}"
    head = question_head(timeline.question, below=below)
    pages = fitted(head, [_unit(event) for event in timeline.events], note_lines(notes))
    return Card(True, pages, cites=True)


def in_order_of_days(timeline: Timeline) -> Timeline:
    """The same with sources numbered as they come: [1] is the oldest event's."""
    numbers: dict[tuple[str, int], int] = {}
    events = []
    for event in timeline.events:
        citation = event.citation
        number = numbers.setdefault((citation.collection, citation.passage.id), len(numbers) + 1)
        events.append(replace(event, citation=replace(citation, number=number)))
    return replace(timeline, events=tuple(events))


def _unit(event: Event) -> Unit:
    citation = event.citation
    text = f"{_said(citation)} **\\[{citation.number}\\]**"
    known = escaped_line(shortened(how_known(event), _LONGEST_NOTE))
    if known:
        text += f" · *{known}*"
    return Unit(text, True, f"**{escaped_line(day_of(event))}**", joined=True, citations=(citation,))


def _said(citation: Citation) -> str:
    """The words, in quote marks unless they bring their own; the speaker where the words do not name them."""
    quote = citation.quote
    shown = escaped(quote) if quote[:1] in _MARKS else f"“{escaped(quote)}”"
    speaker = speaker_of(citation)
    if speaker.casefold() in quote.casefold():
        return shown
    return f"**{escaped_line(shortened(speaker, _LONGEST_NOTE))}:** {shown}"
