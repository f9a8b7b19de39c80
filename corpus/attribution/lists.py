"""Joint speakers: "Roe, Lind and Moe said" has three, and to name one or two of them would be to invent."""

from __future__ import annotations

from typing import Final

from corpus.attribution.items import POSSESSIVE, QUOTE, Items
from corpus.attribution.phrases import MARKS, is_adverb, nominal, phrase_before
from corpus.attribution.validity import noun_of_people
from corpus.attribution.vocabulary import COORDINATORS, DETERMINERS, PARTICLES, ROLES, SUBORDINATORS

# A list of speakers has no more members than this.
_MOST: Final = 8
_WITHIN: Final = PARTICLES | POSSESSIVE
_OPENS: Final = COORDINATORS | SUBORDINATORS | (MARKS - {","}) | {QUOTE}


def whole_list(items: Items, source: tuple[int, int], low: int) -> tuple[int, int]:
    """The subject with the members of a list that stand before it; the subject itself where it closes none."""
    lows = items.lows
    first, last = source
    oxford = first - 2 > low and lows[first - 1] == "and" and lows[first - 2] == ","
    joined = any(lows[at] == "and" for at in range(first + 1, last))
    if not oxford and not (joined and first - 1 > low and lows[first - 1] == ","):
        return source
    at = first - (2 if oxford else 1)
    found = [(first, last)]
    while len(found) < _MOST and at > low and lows[at] == ",":
        if at - 1 == low and is_adverb(lows[low]):
            break  # "Meanwhile, Roe and Lind said"
        member = phrase_before(items, at - 1, low)
        if member is None or not _is_member(items, *member):
            return source
        found.insert(0, member)
        at = member[0] - 1
        if at < low or lows[at] in _OPENS:
            break
        if lows[at] != ",":
            return source
    if len(found) + joined < 3 or (len(found) == 2 and oxford and not joined):
        return source
    if _full_name(items, found[0]) and any(_describes(items, *one) for one in found[1:]):
        return found[0]  # "Anna Roe, head of the union and a nurse, said"
    return found[0][0], last


def list_after(items: Items, source: tuple[int, int], high: int) -> tuple[int, int]:
    """The subject after its verb with the names that go on a list: "said Anna Roe, Peter Lind and Tove Moe"."""
    lows = items.lows
    last, closed = source[1], False
    while not closed and last + 2 < high and lows[last + 1] in (",", "and"):
        at = last + 2
        closed = lows[last + 1] == "and"
        if lows[at] == "and":
            at, closed = at + 1, True
        end = at
        while end < high and (items.capital(end) or (end > at and lows[end] in PARTICLES)):
            end += 1
        joined = end + 1 < high and lows[end] == "and" and items.capital(end + 1)
        if end - at < 2 or not (end == high or lows[end] in MARKS or joined or lows[end] == QUOTE):
            return source
        last = end - 1
    return (source[0], last) if closed and items.capital(source[1]) else source


def members(items: Items, first: int, last: int) -> list[tuple[int, int]]:
    """The members of a list of three or more that a source is; none where it is something else."""
    lows = items.lows
    if "," not in lows[first:last] or "and" not in lows[first:last]:
        return []
    found: list[tuple[int, int]] = []
    start = first
    for at in range(first, last + 2):
        if at <= last and lows[at] not in (",", "and"):
            continue
        if at > start:
            found.append((start, at - 1))
        start = at + 1
    if len(found) == 3 and _office_of(items, found[0]) and items.capital(found[1][1]):
        found = found[1:]  # "the mayor, Peter Lind, and Tove Moe"
    return found if all(_is_member(items, *one) for one in found) else []


def _is_member(items: Items, first: int, last: int) -> bool:
    lows = items.lows
    named = all(items.capital(at) or lows[at] in _WITHIN for at in range(first, last + 1))
    if named and lows[first] not in DETERMINERS:
        return True
    return noun_of_people(lows[last]) and all(
        nominal(items, at) or lows[at] in DETERMINERS for at in range(first, last)
    )


def _office_of(items: Items, member: tuple[int, int]) -> bool:
    first, last = member
    return items.lows[first] in DETERMINERS and not items.capital(last)


def _full_name(items: Items, member: tuple[int, int]) -> bool:
    first, last = member
    return last > first and all(items.capital(at) and items.words[at].isalpha() for at in range(first, last + 1))


def _describes(items: Items, first: int, last: int) -> bool:
    """Whether a phrase says who the one named before it is: "a nurse", "the city’s mayor", "head of the union"."""
    lows = items.lows
    if lows[first] in ("a", "an", "the") or any(lows[at] in POSSESSIVE for at in range(first, last)):
        return not items.capital(last) or not items.capital(first)
    return any(lows[at] in ROLES for at in range(first, last + 1) if not items.capital(at))
