"""What lines and pictures both say of an event or a figure, and a picture in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from bot.render.lines import one_line, shortened
from bot.render.terminal import day
from corpus.models import Moment
from corpus.moments import describe
from retrieval.models import Citation, Event, ShownFigure, Timeline

PUBLISHED = "published"
"""Said of an event of which only the day of publication is known."""

LONGEST = 1024
"""Characters of a picture's description: what Discord takes."""

_MARKS = ('"', "“", "«", "„")

_QUOTE = 110
"""Characters of a quote in a description."""


def quoted(quote: str) -> str:
    """The words in quote marks, unless they bring their own."""
    text = one_line(quote)
    return text if text.startswith(_MARKS) else f"“{text}”"


def day_of(event: Event) -> str:
    """The day or the longer time of an event, as a person writes it."""
    try:
        return describe(event.moment or Moment(0, 0, event.first, event.last, None))
    except ValueError:
        return one_line(event.first)


def how_known(event: Event) -> str:
    """How the day of an event is known; empty where the quote prints it in full."""
    if event.moment is None:
        return PUBLISHED
    return f"derived from “{one_line(event.printed or '')}”" if event.moment.resolved_from else ""


def speaker_of(citation: Citation) -> str:
    """Whose words a quote holds, where it does not name them itself ("he said")."""
    if not citation.speaker or any(part in citation.quote for part in citation.speaker.split() if part[:1].isupper()):
        return ""
    return one_line(citation.speaker)


def nothing_dated(undated: int) -> str:
    """Why a matter has no timeline although something is printed on it."""
    if not undated:
        return "Nothing that is printed on this can be put on a day."
    named = "it names none, and its article bears" if undated == 1 else "they name none, and their articles bear"
    return f"{counted(undated, 'quote')} on this cannot be put on a day: {named} no date."


def outlet_of(citation: Citation) -> str:
    """Who prints a quote."""
    article = citation.article
    return one_line(article.outlet or article.title or article.id)


def told_by(shown: ShownFigure) -> str:
    """Who says a figure, and where and when it is printed."""
    figure = shown.figure
    claimed = [f"according to {one_line(figure.claimant)}"] if figure.claimant else []
    if figure.as_of:
        claimed.append(f"as of {day(figure.as_of)}")
    places: dict[str, dict[str, None]] = {}
    for citation in shown.citations:
        days = places.setdefault(outlet_of(citation), {})
        days.update(dict.fromkeys([day(citation.article.published_at) or ""]))
    printed = "; ".join(
        ", ".join(part for part in (outlet, " and ".join(days)) if part) for outlet, days in places.items()
    )
    comma = "," if figure.as_of else ""
    return f"{', '.join(claimed)}{comma} in {printed}" if claimed else printed


def alternative_text(shown: Timeline | Sequence[ShownFigure]) -> str:
    """What a picture of these shows, in plain words, for whoever does not see it; at most ``LONGEST`` characters."""
    if isinstance(shown, Timeline):
        return _timeline_in_words(shown)
    parts = [
        f"{one_line(one.printed)}{f' ({one.difference.value})' if one.difference else ''}, {told_by(one)}"
        for one in shown
    ]
    return _within(f"Chart of {counted(len(shown), 'figure')}.", parts)


def counted(n: int, what: str) -> str:
    """``1 event``, ``2 events``."""
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def _timeline_in_words(timeline: Timeline) -> str:
    if not timeline.events:
        return "An empty timeline."
    first, last = timeline.events[0], timeline.events[-1]
    days = day_of(first) if day_of(first) == day_of(last) else f"from {day_of(first)} to {day_of(last)}"
    parts = []
    for label, group in groupby(timeline.events, key=day_of):
        for n, event in enumerate(group):
            quote = f"{quoted(shortened(event.citation.quote, _QUOTE))} ({outlet_of(event.citation)})"
            parts.append(quote if n else f"{label}: {quote}")
    head = f"Timeline of {counted(len(timeline.events), 'event')}, {days}, on: {shortened(timeline.question, 200)}"
    return _within(head if head[-1] in ".?!" else f"{head}.", parts)


def _within(head: str, parts: Sequence[str]) -> str:
    """As many parts as there is room for; how many more there are is said."""
    text = head
    for n, part in enumerate(parts):
        left = len(parts) - n
        room = LONGEST if left == 1 else LONGEST - len(f" And {left:,} more.")
        longer = f"{text} {part}{'' if part.endswith('.') else '.'}"
        if len(longer) > room:
            return f"{text} And {left:,} more."
        text = longer
    return text
