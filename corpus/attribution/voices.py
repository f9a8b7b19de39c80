"""Quotes without a cue of their own: whose words they are, by what stands around them."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.attribution.cues import Cue
from corpus.attribution.names import Names
from corpus.attribution.phrases import DASHES
from corpus.attribution.quotes import Quote
from corpus.attribution.signatures import Signature
from corpus.attribution.speakers import Speaker, Speakers
from corpus.attribution.units import Unit
from corpus.models import Span, Statement, StatementKind


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker with the mention and the cue that a quote without a cue of its own takes over."""

    speaker: str
    source_start: int
    source_end: int
    cue: str
    relayed: str | None = None
    addressee: str | None = None
    via: str | None = None
    occasion: Span | None = None


def says(voice: Voice | Statement, start: int, end: int) -> Statement:
    """The words from ``start`` to ``end``, a whole utterance, as a voice's statement.

    A statement is the voice of what follows it: that was said to the same people on the same occasion.
    """
    return Statement(
        voice.speaker,
        voice.source_start,
        voice.source_end,
        voice.cue,
        start,
        end,
        StatementKind.DIRECT,
        voice.relayed,
        voice.addressee,
        voice.via,
        voice.occasion,
    )


class _Cover:
    """Answers in logarithmic time whether a range lies within one of many statements."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        spans = sorted((one.start, one.end) for one in statements)
        self._starts = [start for start, _ in spans]
        self._ends = list(itertools.accumulate((end for _, end in spans), max))

    def holds(self, start: int, end: int) -> bool:
        """Whether some statement reaches from before ``start`` to ``end`` or further."""
        index = bisect.bisect_right(self._starts, start) - 1
        return index >= 0 and self._ends[index] >= end


class Voices:
    """Who speaks in the quotes of an article whose sentence names nobody: whoever spoke last, or speaks next."""

    def __init__(self, body: str, names: Names, speakers: Speakers) -> None:
        self._body = body
        self._names = names
        self._speakers = speakers
        self._voice: Voice | Statement | None = None
        # The paragraph in which the voice was heard last.
        self._since = -2
        self._waiting: list[Quote] = []

    def last(self, paragraph: int) -> Voice | Statement | None:
        """Who spoke last, where that was in this paragraph or the one before."""
        return self._voice if paragraph - self._since <= 1 else None

    def sign(self, signed: Signature, continued: bool) -> list[Statement]:
        """Signed words are their signer's, with the paragraphs of quotes before that they go on from."""
        voice = Voice(signed.speaker, signed.start, signed.end, self._body[signed.dash[0] : signed.dash[1]])
        before = self._waiting if continued else []
        found = [*(says(voice, quote.start, quote.end) for quote in before), says(voice, *signed.words)]
        self.hush()
        return found

    def hush(self) -> None:
        """Nobody who spoke so far speaks in what follows."""
        self._waiting = []
        self._voice = None

    def loose(self, unit: Unit, emitted: list[Statement], here: Sequence[Speaker], paragraph: int) -> None:
        """Quotes that no cue of their sentence covers: somebody named around them says them."""
        items = unit.items
        loose = [at for at in unit.quotes if items.quotes[at].utterance]
        if loose and emitted:
            covered = _Cover(emitted)
            loose = [at for at in loose if not covered.holds(items.starts[at], items.ends[at])]
        only = bool(loose) and unit.only_quotes
        for at in loose:
            voice: Voice | Statement | None = None
            if emitted:
                voice = emitted[-1]
            elif only:
                voice = self.last(paragraph)
                if voice is None:
                    self._waiting.append(items.quotes[at])
            elif unit.subject is not None and at > unit.low and items.lows[at - 1] == ":":
                voice = self._of(unit, unit.subject, here)
            if voice is not None:
                emitted.append(says(voice, items.starts[at], items.ends[at]))

    def dashed(self, unit: Unit, emitted: list[Statement]) -> None:
        """Whole utterances between dashes after a name: "critics like Anna Roe — “It is late” — and others"."""
        items = unit.items
        for at in unit.quotes:
            if at < unit.low + 2 or items.lows[at - 1] not in DASHES or not items.quotes[at].utterance:
                continue
            if at + 1 < unit.high and items.lows[at + 1] not in DASHES:
                continue
            for mention in self._names.mentioned(items.starts[max(unit.low, at - 7)], items.starts[at - 1]):
                own = any(one.start <= items.starts[at] and one.source_start == mention.start for one in emitted)
                if mention.end == items.ends[at - 2] and not own:
                    cue = self._body[items.starts[at - 1] : items.ends[at - 1]]
                    voice = Voice(mention.person.name, mention.start, mention.end, cue)
                    emitted.append(says(voice, items.starts[at], items.ends[at]))

    def listen(
        self, unit: Unit, top: Sequence[Cue], emitted: list[Statement], here: Sequence[Speaker], paragraph: int
    ) -> None:
        """Settle who speaks next where nobody is named, and who said the quotes that waited for a name."""
        voice: Voice | Statement | None = None
        if unit.items.lows[unit.high - 1] == ":":  # "Smith said in a statement:"
            source = next((cue.source for cue in reversed(top) if cue.source is not None), unit.subject)
            voice = self._of(unit, source, here) if source is not None else None
        elif emitted:
            voice = emitted[-1]
        elif unit.main and unit.subject is not None:  # "Smith was blunt. “We lost.”"
            voice = self._of(unit, unit.subject, here) if self._speakers.about(unit).person is not None else None
        if voice is not None:
            emitted.extend(says(voice, quote.start, quote.end) for quote in self._waiting)
            self._voice, self._since = voice, paragraph
        if not unit.only_quotes:
            self._waiting = []

    def _of(self, unit: Unit, source: tuple[int, int], here: Sequence[Speaker]) -> Voice:
        if here:
            speaker = here[0]
        elif source == unit.subject:
            speaker = self._speakers.about(unit)
        else:
            speaker = self._speakers.resolve(unit.items, source, [])
        return Voice(speaker.name, unit.items.starts[source[0]], unit.items.ends[source[1]], ":")
