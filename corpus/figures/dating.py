"""At which date a figure holds: the date that its own clause gives, from the moments of the article."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from typing import Final

from corpus.attribution.vocabulary import FUNCTION, VERBS
from corpus.figures.tokens import Tokens
from corpus.models import Moment

# "by Monday", "as of Monday", "in February"; what holds "since" or "before" a day holds on no day named.
_LEADS: Final = frozenset("by of on in at during through until late early mid".split())
_NAMED: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tonight last this next earlier "
    "currently now".split()
)
_NOT_AFTER: Final = frozenset(
    "since from after before ahead to between than following starting beginning effective".split()
)
_BREAKS: Final = frozenset(
    "; : — – -- but while whereas although though because which who whom where when after before since that if "
    "unless following despite amid ( )".split()
)
_DASHES: Final = frozenset(("—", "–", "--"))
_REACH: Final = 24
_FARTHEST: Final = 60
# A date opens its sentence where it begins among the first tokens: "As of late Monday, ...".
_OPENING: Final = 3


class Dates:
    """The moments of an article, asked sentence by sentence."""

    def __init__(self, moments: Sequence[Moment]) -> None:
        self._moments = sorted(moments, key=lambda one: (one.start, one.end))
        self._starts = [one.start for one in self._moments]

    def within(self, start: int, end: int) -> list[Moment]:
        """The moments that begin in a range of the body."""
        if not self._moments:
            return []
        first = bisect.bisect_left(self._starts, start)
        return self._moments[first : bisect.bisect_left(self._starts, end)]


def covered(moments: Sequence[Moment], start: int, end: int) -> bool:
    """Whether a number is a part of a date."""
    at = bisect.bisect_right(moments, start, key=lambda one: one.start) - 1
    return at >= 0 and moments[at].end >= end


def as_of(tokens: Tokens, moments: Sequence[Moment], first: int, end: int, floor: int, ceiling: int) -> str | None:
    """The ISO date at which the figure of the tokens from ``first`` to ``end`` holds.

    ``floor`` and ``ceiling`` are the tokens where the figure before ends and the next one begins: a date belongs to
    the figure next to it, one that opens the sentence to all of them. Of a longer time it is the last day, or the day
    of writing where that lies within it.
    """
    if not moments:
        return None
    after = bisect.bisect_left(moments, tokens.ends[end - 1], key=lambda one: one.start)
    if after < len(moments):
        at = bisect.bisect_left(tokens.starts, moments[after].start, 0, tokens.count)
        lead = _lead(tokens, at)
        if (
            lead >= end
            and not _owns(tokens, moments[after])
            and at < min(ceiling, end + _REACH)
            and _same_clause(tokens, first, end, lead)
        ):
            return _day(moments[after], tokens.lows[lead])
    before = after - 1
    while before >= 0 and moments[before].end > tokens.starts[first]:
        before -= 1
    if before < 0:
        return None
    opening = moments[0]
    for moment in (moments[before], opening):
        at = bisect.bisect_left(tokens.starts, moment.start, 0, tokens.count)
        lead = _lead(tokens, at)
        if lead < 0 or lead >= first or _owns(tokens, moment):
            continue
        if first - at > _FARTHEST:
            continue
        opens = lead <= _OPENING
        if not opens and (at < floor or tokens.lows[lead - 1] not in ("that", ",", "and") or first - at > _REACH):
            continue
        last = bisect.bisect_left(tokens.ends, moment.end, 0, tokens.count)
        if last + 1 < first + 1 and not _broken(tokens, last + 1, first, commas=opens):
            return _day(moment, tokens.lows[lead])
    return None


def _day(moment: Moment, lead: str) -> str:
    """The last day of a time, or the day of writing within it: what is so "this year" is so when it is written."""
    today = moment.resolved_from
    if today is not None and lead != "by" and moment.first <= today <= moment.last:
        return today
    return moment.last


def _owns(tokens: Tokens, moment: Moment) -> bool:
    """ "Tuesday night’s games" are no date."""
    last = bisect.bisect_left(tokens.ends, moment.end, 0, tokens.count)
    return tokens.words[last].endswith(("’s", "'s"))


def _lead(tokens: Tokens, at: int) -> int:
    """Where a date begins with its preposition; -1 where it does not say when something holds."""
    lows = tokens.lows
    start = at
    if lows[at] not in _LEADS and lows[at - 1] in _LEADS:
        start = at - 1
    elif lows[at] not in _LEADS and lows[at - 1] in ("the", "early", "late", "mid") and lows[at - 2] in _LEADS:
        start = at - 2
    elif lows[at] not in _LEADS and lows[at] not in _NAMED:
        return -1
    if lows[start] == "of":
        if lows[start - 1] != "as":
            return -1  # "the evening of Monday"
        start -= 1
    before = lows[start - 1]
    verb = VERBS.get(before)
    if before in _NOT_AFTER or (verb is not None and not verb.noun):
        return -1  # "said on Monday" is when it was said
    return start


def _same_clause(tokens: Tokens, first: int, end: int, lead: int) -> bool:
    """Whether a date after a figure belongs to it; an insertion between dashes may end before the date."""
    inserted = any(tokens.lows[at] in _DASHES for at in range(max(0, first - 6), first))
    start = end
    if inserted:
        closing = next((at for at in range(end, min(lead, end + 6)) if tokens.lows[at] in _DASHES), None)
        if closing is not None:
            start = closing + 1
    return not _broken(tokens, start, lead, commas=False)


def _broken(tokens: Tokens, start: int, end: int, commas: bool) -> bool:
    """Whether a clause ends between two tokens; a date before its clause is set off by a comma."""
    lows = tokens.lows
    for at in range(start, end):
        low = lows[at]
        if low in _BREAKS and not (commas and low == "that"):
            return True
        if low == "," and not commas and at + 1 < end:
            return True
        if low == "and" and not commas:
            follows = lows[at + 1]
            if follows in FUNCTION or follows in VERBS or follows.endswith("ed"):
                return True
        verb = VERBS.get(low) if commas else None
        if verb is not None and verb.form in ("s", "past") and not verb.noun:
            return True  # "On Monday, the ministry said ..."
    return False
