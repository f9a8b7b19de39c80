"""Asides: the words of a reporting clause that are neither its subject, its verb, nor what was said.

"At a rally in Oslo, Roe, speaking to reporters, said on Friday that ..." has three.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from corpus.attribution.cues import Cue
from corpus.attribution.items import POSSESSIVE, QUOTE, Items
from corpus.attribution.phrases import STOPS, is_adverb, is_place, nominal
from corpus.attribution.validity import noun_of_people
from corpus.attribution.vocabulary import (
    ADVERBS,
    DAY_LEADS,
    DAYS,
    DETERMINERS,
    PARTICLES,
    PREPOSITIONS,
    SUBORDINATORS,
    VERBS,
)

# No phrase of time or place is longer.
_LONGEST: Final = 22
_BREAKS: Final = frozenset("as like per since until despite without amid against upon".split())
_LINKS: Final = PREPOSITIONS - _BREAKS
_OBJECTS: Final = frozenset("him her them us it me himself herself themselves".split())
_TRAILING: Final = (
    PREPOSITIONS
    | DETERMINERS
    | ADVERBS
    | frozenset("and late early last published aired broadcast released conducted held".split())
)
_DAY_LEADS: Final = frozenset(("late", "early", "last", "this", "and"))
# A clause that one of these opens has no share in what stands before it.
_BELOW: Final = frozenset("who which that as if".split())
# What a programme or a paper may be named by.
TITLES: Final = frozenset("today tonight week morning evening night month".split())


@dataclass(frozen=True, slots=True)
class Aside:
    """A range of items that belongs to the clause of saying; ``leads`` says that it stands before the verb."""

    start: int
    end: int
    leads: bool


def asides(items: Items, cue: Cue, low: int, limit: int) -> list[Aside]:
    """The asides of a cue whose clause lies between ``low`` and ``limit``, in order."""
    found: list[Aside] = []
    if cue.according:
        return found  # "according to people at the meeting": that is who speaks
    begin, end = low, cue.verb
    subject = cue.source
    if cue.carrier is not None and cue.carrier[0] < cue.verb:
        subject = cue.carrier  # "Interfax quoted Peskov as saying"
    if subject is not None and subject[0] < cue.verb:
        end = subject[0]
        between = (subject[1] + 1, cue.verb)
        if between[0] < between[1] and items.lows[between[0]] in (",", "("):
            found.append(Aside(*between, True))
    below = end > begin and (items.lows[end - 1] in SUBORDINATORS or items.lows[end - 1] in _BELOW)
    if begin < end and not below and not any(start < end and begin < stop for start, stop in cue.contents):
        found.insert(0, Aside(begin, end, True))
    after = cue.source[1] + 1 if cue.inverted and cue.source is not None else cue.last + 1
    stop = min((start for start, _ in cue.contents if start >= after), default=limit)
    if any(start < cue.verb and after < end for start, end in cue.contents):
        # What was said stands around the verb: "Europe, he said on Monday, faces ..."
        stop = next((at for at in range(after, stop) if items.lows[at] in STOPS), stop)
    if after < stop:
        found.append(Aside(after, stop, False))
    return found


def extent(items: Items, start: int, limit: int) -> int:
    """Where a noun phrase with all that hangs on it ends, from its first word; ``start`` where there is none."""
    at = start
    limit = min(limit, start + _LONGEST)
    while at < limit and (step := _step(items, start, at, limit)):
        at += step
    whole = at
    while at > start and _hangs_loose(items, start, at - 1, dated=at < whole):
        at -= 1
    return at


def _hangs_loose(items: Items, start: int, at: int, *, dated: bool) -> bool:
    """Whether the last word of a phrase belongs to what follows, or says only on what day it was."""
    low = items.lows[at]
    if low in DAYS:
        weekend = at - 1 == start and items.lows[start] in DETERMINERS  # "after the weekend"
        title = items.capital(at) and items.capital(at - 1) and low in TITLES  # "on Boats Tonight"
        before = items.lows[at - 1]
        named = (
            low not in ADVERBS and items.words[at].islower() and nominal(items, at - 1) and before.isalpha()
        )  # "on opening night"
        named = named and before not in DAYS and before not in DAY_LEADS and not is_adverb(before)
        return not weekend and not (title and at > start) and not named
    return low in _TRAILING or low in POSSESSIVE or (dated and low.isdigit())


def ends_well(items: Items, end: int, limit: int) -> bool:
    """Whether a phrase is over at ``end``: no verb follows whose subject it would be."""
    if end >= limit:
        return True
    low = items.lows[end]
    if low in STOPS or low in PREPOSITIONS or low in DAYS or low in SUBORDINATORS or is_adverb(low):
        return True
    return low in ("and", "but", "who", "which", "whose", "to", "late", "early", "last", "this")


def leads_on(items: Items, end: int, limit: int) -> bool:
    """Whether nothing but time, place and commas stands between a phrase and ``limit``."""
    lows = items.lows
    at = end
    while at < limit:
        low = lows[at]
        placed = extent(items, at + 1, limit) if low in PREPOSITIONS else at + 1
        if low in ("where", "which", "who", "when"):
            at = next((comma for comma in range(at, limit) if lows[comma] == ","), limit)
        elif placed > at + 1:
            at = placed
        elif low in STOPS or low in DAYS or low in PREPOSITIONS or low.isdigit() or is_adverb(low) or low in _DAY_LEADS:
            at += 1
        else:
            return False
    return True


def _step(items: Items, start: int, at: int, limit: int) -> int:
    """How many items go on a phrase at ``at``; 0 where it ends."""
    lows = items.lows
    low = lows[at]
    if low == "that" and at > start and lows[at - 1] not in PREPOSITIONS:
        return 0
    if low in DETERMINERS or low in POSSESSIVE or low in DAYS or nominal(items, at):
        return 1
    if at == start:
        return 0
    before, last = lows[at - 1], at + 1 >= limit
    if low == QUOTE:  # "on the programme “Old Boats”"
        return 1 if not items.quotes[at].utterance and before not in STOPS else 0
    if low in _OBJECTS:
        return 1 if before in PREPOSITIONS or before.endswith("ing") else 0
    if last:
        return 0
    following = lows[at + 1]
    if low == "to":
        return 1 if _somebody(items, at + 1) else 0  # not "a chance to speak"
    if low in _LINKS:
        return 1 if following[0].isalnum() or following == QUOTE else 0
    if low == "and":
        return 1 if following in DETERMINERS or nominal(items, at + 1) else 0
    if low in PARTICLES:
        return 1 if items.capital(at + 1) else 0
    return 2 if low == "," and items.capital(at - 1) and _place_goes_on(items, at, limit) else 0


def head(items: Items, start: int, end: int) -> int:
    """The noun that a phrase is about: the last one before anything hangs on it."""
    lows = items.lows
    last = start
    for at in range(start, end):
        low = lows[at]
        if at > start and (low in PREPOSITIONS or low == "and"):
            break
        if low in STOPS and low != QUOTE:
            break
        if low not in DAYS and not low[0].isdigit() and not is_adverb(low) and nominal(items, at):
            last = at
    return last


def _somebody(items: Items, at: int) -> bool:
    """Whether a noun follows "to", not a verb."""
    low = items.lows[at]
    if low in DETERMINERS or low in _OBJECTS or items.capital(at):
        return True
    return noun_of_people(low) or (low.endswith("s") and low not in VERBS)


def _place_goes_on(items: Items, comma: int, limit: int) -> bool:
    """ "in Salem, N.H.", "in Kyiv, Ukraine,"."""
    at = comma + 1
    if not items.capital(at) or not is_place(items, at):
        return False
    return at + 1 >= limit or items.lows[at + 1] in STOPS or items.lows[at + 1] in DAYS
