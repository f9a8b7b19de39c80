"""What a reading of an expression may look at: the text around it, the day of printing, what was read before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from corpus.models import Block, PassageKind, Span
from corpus.moments.reckoning import Period, Tense, single
from corpus.moments.tense import happens, tense_at

REACH = 48
"""Characters before and behind an expression that decide what it is."""

_GAP = 4
"""Characters of white space that may stand between a heading and the text below it."""
_LONGEST_QUOTE = 4000
"""Characters looked back for the mark that opens a quotation."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An expression ``body[start:end]`` and the time it stands for."""

    start: int
    end: int
    period: Period
    unit: str
    """How exact the words are: ``day``, ``week``, ``month``, ``year``, or ``span`` for any other length."""
    stated: bool
    """The words alone give the time, without the day of printing."""

    @property
    def is_day(self) -> bool:
        """Whether it is a single day."""
        return self.period[0] == self.period[1]


@dataclass(slots=True)
class Context:
    """The place of reading: ``body[low:high]`` is the block, ``day`` the day of printing or None."""

    body: str
    day: date | None
    low: int = 0
    high: int = 0
    sentences: Sequence[Span] = ()
    kind: PassageKind = PassageKind.PARAGRAPH
    readings: list[Reading] = field(default_factory=list)
    """Of this block so far, in order."""

    def enter(self, block: Block) -> None:
        """Go on to another block."""
        self.low, self.high, self.sentences, self.kind = block.start, block.end, block.sentences, block.kind
        self.readings = []

    def left(self, at: int, reach: int = REACH) -> str:
        """The characters of the block before ``at``."""
        return self.body[max(self.low, at - reach) : at]

    def right(self, at: int) -> str:
        """The characters of the block from ``at`` on."""
        return self.body[at : min(self.high, at + REACH)]

    def sentence(self, at: int) -> Span:
        """The sentence at a place, the block where it has none."""
        number = bisect_right(self.sentences, at, key=lambda span: span.start) - 1
        if number >= 0 and at < self.sentences[number].end:
            return self.sentences[number]
        return Span(self.low, self.high)

    def tense(self, start: int, end: int) -> Tense:
        """See :func:`tense_at`."""
        span = self.sentence(start)
        stop = span.end
        if (start, end) == (self.low, self.high):
            # A heading that is nothing but a time: what stands below it tells.
            below = self.body.find("\n", end + _GAP)
            stop = below if below >= 0 else len(self.body)
        return tense_at(self.body, span.start, stop, start, end, self.kind)

    def happens(self, start: int, end: int) -> bool:
        """See :func:`happens`."""
        span = self.sentence(start)
        return happens(self.body, span.start, span.end, start, end)

    def follows(self, at: int, unit: str) -> bool:
        """Whether an expression of that unit stands right before ``at``, with "and", "or" or a comma between."""
        if not self.readings or self.readings[-1].unit != unit:
            return False
        between = self.body[self.readings[-1].end : at]
        return len(between) <= 7 and between.strip(" ,") in ("and", "or", "to", "in", "and in", "or in", "")

    def anchor(self, at: int) -> Reading | None:
        """The last time read before ``at`` in the same sentence."""
        if not self.readings:
            return None
        return self.readings[-1] if self.readings[-1].start >= self.sentence(at).start else None

    def quoted(self, at: int) -> bool:
        """Whether a place stands inside quotation marks of its block, as far as they are paired."""
        low = max(self.low, at - _LONGEST_QUOTE)
        opened = self.body.rfind("“", low, at)
        if opened >= 0:
            return self.body.rfind("”", low, at) < opened
        return self.body.count('"', low, at) % 2 == 1


def one_day(start: int, end: int, day: date, *, stated: bool = False) -> Reading:
    """A reading that is a single day."""
    return Reading(start, end, single(day), "day", stated)
