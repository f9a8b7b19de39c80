"""The times a text names: each word that may begin one is tried in turn, from left to right, none twice."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from corpus.datelines import AGENCIES
from corpus.models import Block, Moment, PassageKind
from corpus.moments.context import Context, Reading
from corpus.moments.dated import read_month, read_year
from corpus.moments.expressions import CAPITALS, KINDS, SMALL, WORD
from corpus.moments.reckoning import publication_day
from corpus.moments.relative import read_day_word, read_unit, read_weekday
from corpus.sentences import sentences

_READERS: dict[str, Callable[[Context, int, int, str], list[Reading]]] = {
    "weekday": read_weekday,
    "month": read_month,
    "word": read_day_word,
    "unit": read_unit,
    "year": read_year,
}
_SAID = re.compile(
    r"\b(?:said|told|wrote|tweeted|added|announced|declared|posted|warned|argued|insisted|noted|stated|commented"
    r"|explained|asked|replied|says|tells)\b[^.“”\"]{0,80}$"
)
"""What stands before the day of an utterance."""


def find_moments(body: str, blocks: Sequence[Block], published_at: str | None) -> tuple[Moment, ...]:
    """Return the days and periods that an article names, sorted, without overlap; never raises.

    ``published_at`` is an ISO 8601 date or date-time; its day as printed there is what "on Monday" is counted from.
    Without it, or where it is no date, only what the text states with its year is found. Takes time linear in
    the length of the body.
    """
    if not blocks:
        return ()
    day = publication_day(published_at)
    context = Context(body, day)
    starts = [block.start for block in blocks]
    moments: list[Moment] = []
    waiting: list[tuple[int, int, str]] = []
    current, done = -1, 0
    for at, end, word, kind in _candidates(body):
        if at < done:
            continue
        number = bisect_right(starts, at) - 1
        if number < 0 or at >= blocks[number].end:
            continue
        if number != current:
            moments += _said(context, waiting)
            waiting, current = [], number
            context.enter(blocks[number])
        if (kind == "word" or word in _PARTS_OF_DAY) and context.quoted(at):
            if kind == "word":
                waiting.append((at, end, word))
            continue
        for reading in _read(kind, context, at, end, word):
            if reading.start >= done:
                context.readings.append(reading)
                moments.append(_moment(reading, context.day))
                done = reading.end
                if len(moments) == 1 and number < _TOP:
                    context.day = _day_of_writing(context, reading)
    moments += _said(context, waiting)
    return tuple(sorted(moments, key=lambda moment: moment.start))


_TOP = 8  # blocks within which a dateline stands
_AFTER_A_DATELINE = re.compile(rf"(?:\s\((?:{AGENCIES})\))?\s?(?:—|–|--|―|\s-\s)")
_LONGEST_PLACE = 60
_PRINTED_LATE = 3
"""Days between writing and printing: what is further apart is no dateline, or the date of a republication."""


def _day_of_writing(context: Context, reading: Reading) -> date | None:
    """The day to count from after the first time of an article: a dateline's, where it prints one.

    "KYIV, Feb. 7 (UPI) --" in a paper of the 8th: its "on Monday" was written on the 7th.
    """
    day = context.day
    if (
        day is not None
        and reading.is_day
        and reading.start - context.low <= _LONGEST_PLACE
        and 0 <= (day - reading.period[0]).days <= _PRINTED_LATE
        and _AFTER_A_DATELINE.match(context.body, reading.end, context.high)
    ):
        return reading.period[0]
    return day


def _candidates(body: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield start, end, word and kind of each word that may begin a time."""
    places = [found.start() for found in CAPITALS.finditer(body)]
    places += [found.start() + 1 for found in SMALL.finditer(body)]
    places.sort()
    for at in places:
        if at and (body[at - 1].isalnum() or body[at - 1] == "_"):
            continue
        found = WORD.match(body, at)
        if found is None:
            continue
        word = found.group()
        kind = "year" if word.isdigit() else KINDS.get(word)
        if kind is not None:
            yield at, found.end(), word, kind


def moments_in(text: str, published_at: str | None) -> tuple[Moment, ...]:
    """Return the days and periods that a short text such as a question names; offsets are into ``text``."""
    block = Block(1, 0, len(text), text, PassageKind.PARAGRAPH, sentences(text))
    return find_moments(text, (block,), published_at)


_PARTS_OF_DAY = frozenset(("morning", "afternoon", "evening", "night"))


def _read(kind: str, context: Context, at: int, end: int, word: str) -> list[Reading]:
    try:
        return _READERS[kind](context, at, end, word)
    except (ValueError, OverflowError):
        return []  # 30 February, the year 0: no such day


def _said(context: Context, waiting: list[tuple[int, int, str]]) -> list[Moment]:
    """Resolve "today" and its like inside quotation marks, by the day on which their block says it was said.

    Words of a speaker are counted from the day of speaking, which the day of printing is often not.
    """
    if not waiting:
        return []
    days = [
        reading
        for reading in context.readings
        if reading.is_day and not context.quoted(reading.start) and _SAID.search(context.left(reading.start, 96))
    ]
    resolved: list[Moment] = []
    if not days:
        return resolved
    for at, end, word in waiting:
        base = _base(days, at)
        try:
            readings = read_day_word(context, at, end, word, base)
        except OverflowError:
            continue
        resolved += [_moment(reading, context.day) for reading in readings]
    return resolved


def _base(days: Sequence[Reading], at: int) -> date:
    """The day of speaking that is named nearest to a place."""
    number = bisect_right(days, at, key=lambda reading: reading.start)
    return min(days[max(0, number - 1) : number + 1], key=lambda reading: abs(reading.start - at)).period[0]


def _moment(reading: Reading, day: date | None) -> Moment:
    counted_from = None if reading.stated or day is None else day.isoformat()
    first, last = reading.period
    return Moment(reading.start, reading.end, first.isoformat(), last.isoformat(), counted_from)
