"""Contents: the range of a sentence that a cue reports, to its left, to its right or around it."""

from __future__ import annotations

from typing import Final

from corpus.attribution.complements import complement
from corpus.attribution.cues import CLAUSE_STARTS, Cue
from corpus.attribution.items import QUOTE, Items
from corpus.attribution.phrases import DASHES, MARKS, REACH, STOPS, phrase_before
from corpus.attribution.vocabulary import ADDRESSING, BE, COORDINATORS, HAVE, MODAL, PREPOSITIONS, SUBORDINATORS

# After a comma these mostly open what the narrator adds (measured on PolNeAR's training part).
_NARRATES: Final = frozenset("which as while where who whose echoing referring".split())


_VOWS: Final = frozenset("vow pledge promise repeat reiterate swear protest".split())
_WHERE: Final = frozenset("at in on during after before".split())


def fill(items: Items, cue: Cue, edge: int, limit: int, high: int) -> None:
    """Find what a cue reports: to its left, to its right or around it."""
    lows = items.lows
    right = complement(items, cue, limit)
    begin = cue.clause if cue.source is None or cue.inverted else min(cue.source[0], cue.verb)
    begin = max(begin, edge)
    for at in range(begin - 1, max(edge, begin - REACH), -1):
        if lows[at] == ";":
            edge = at + 1
            break
    if cue.according:
        _fill_according(items, cue, edge, limit, high)
        return
    before = begin - 1
    left_end = 0
    if before >= edge and lows[before] == QUOTE:
        left_end = begin
    elif before - 1 >= edge and (lows[before] == "," or lows[before] in DASHES or lows[before] in "?!"):
        left_end = before
    if left_end > edge and _stands_after(items, cue, right, edge, left_end, limit):
        cue.contents.append((edge, limit if right is not None and lows[right - 1] == ":" else left_end))
        return
    left_quote = left_end > edge and lows[left_end - 1] == QUOTE
    if (
        left_quote
        and lows[before] == ","
        and not only_quotes(items, edge, left_end)
        and _goes_on(items, cue, limit, high)
    ):
        cue.contents.append((edge, limit))
        return
    if left_quote and right is not None and not cue.inverted:
        left_quote = items.quotes[left_end - 1].utterance or (only_quotes(items, edge, left_end) and not cue.act)
    if left_quote and not cue.inherited:
        _left(items, cue, edge, left_end)
        _split_quotes(items, cue, limit)
        return
    if right is not None and not cue.inverted:
        start = _act_start(items, cue, right)
        if cue.act and lows[right] in ("as", "in", "for"):
            start = _antecedent(items, cue, edge)
        cue.contents.append((start, _narrator(items, right, limit)))
        return
    if left_end > edge and not cue.inherited and (right is None or cue.inverted):
        if _goes_on(items, cue, limit, high):
            cue.contents.append((edge, limit))
            return
        _left(items, cue, edge, left_end)
        _split_quotes(items, cue, limit)
        return
    if right is None and cue.source is not None and cue.source[0] - 1 >= edge and lows[cue.source[0] - 1] == "as":
        if cue.lemma == "put":  # "“…,” as she put it on Friday"
            before = cue.source[0] - 2
            before = before - 1 if before > edge and lows[before] == "," else before
            if before >= edge and lows[before] == QUOTE:
                cue.contents.append((before, before + 1))
            return
        comma = next((at for at in range(cue.last + 1, min(limit, cue.last + REACH)) if lows[at] == ","), None)
        if comma is not None and comma + 1 < limit:
            cue.contents.append((comma + 1, limit))  # "As Smith noted, the vote is over"
            return
    if cue.act and cue.last + 1 < limit:
        cue.contents.append((_antecedent(items, cue, edge), limit))
    elif cue.last + 1 < limit:
        _split_quotes(items, cue, limit)


def _goes_on(items: Items, cue: Cue, limit: int, high: int) -> bool:
    """ "Europe, he said, faces ...": one clause around the cue."""
    after = cue.last + 1
    if cue.lemma in ADDRESSING:
        after = next((at for at in range(after, min(after + 6, limit)) if items.lows[at] == ","), after)
    if cue.inverted or limit != high or after + 2 >= limit or items.lows[after] != ",":
        return False
    following = items.lows[after + 1]
    return following not in ("who", "which", "a", "an", "as", "when", QUOTE) and not following.endswith("ing")


def _stands_after(items: Items, cue: Cue, right: int | None, edge: int, left_end: int, limit: int) -> bool:
    """ "The pipe would close, Smith promised in Oslo" and "Nobody would win, he said: “...”": it began before."""
    lows = items.lows
    if right is None or cue.inverted or cue.inherited or lows[left_end] != ",":
        return False
    opening = next((at for at in range(edge, left_end) if lows[at] not in STOPS and lows[at] not in COORDINATORS), edge)
    first = lows[opening]
    if first in PREPOSITIONS or first in SUBORDINATORS or first.endswith("ing") or first in ("asked", "pressed"):
        return False
    left = lows[opening : min(left_end, opening + REACH)]
    if QUOTE in left or not any(low in MODAL or low in BE or low in HAVE for low in left):
        return False
    if lows[right - 1] == ":":
        return not cue.act and lows[right] != QUOTE
    rest = lows[right : min(limit, right + REACH)]
    return cue.lemma in _VOWS and lows[right] in _WHERE and not any(low in ("to", "that", QUOTE) for low in rest)


def only_quotes(items: Items, start: int, end: int) -> bool:
    """Whether nothing but quotes and punctuation stands between two items."""
    while start < end and items.lows[start] in MARKS:
        start += 1
    return end - start < REACH and all(low == QUOTE or low in STOPS for low in items.lows[start:end])


def _antecedent(items: Items, cue: Cue, edge: int) -> int:
    """ "demands that NATO rejects": what is rejected stands before the relative clause."""
    that = cue.clause - 1
    if cue.source is None or that - 1 < edge or items.lows[that] not in ("that", "which"):
        return cue.verb
    noun = phrase_before(items, that - 1 if items.lows[that - 1] != "," else that - 2, edge)
    return noun[0] if noun is not None else cue.verb


def _narrator(items: Items, start: int, limit: int) -> int:
    """Where reported words end before a last clause of the narrator's; quoted words are never cut off."""
    lows = items.lows
    for at in range(limit - 2, start + 3, -1):
        if lows[at] == QUOTE:
            return limit
        if lows[at] == ",":
            fixed = lows[at + 1] == "as" and lows[at + 2 : at + 3] in (["long"], ["if"], ["well"], ["of"])
            return at if lows[at + 1] in _NARRATES and not fixed else limit
    return limit


def _act_start(items: Items, cue: Cue, right: int) -> int:
    """Where the content begins: at the verb where the verb is part of the message, else after it."""
    low = items.lows[right]
    if not cue.act:
        return right
    if cue.lemma in ("vow", "pledge", "promise", "repeat", "reiterate", "swear") and (
        low == "that" or low == QUOTE or low in CLAUSE_STARTS
    ):
        return right
    return cue.verb


def _left(items: Items, cue: Cue, edge: int, end: int) -> None:
    """Content before the cue: the quotes alone where nothing else stands there, else the whole clause."""
    start = edge
    while start < end and (items.lows[start] in MARKS or items.lows[start] in ("and", "but")):
        start += 1
    if start >= end:
        return
    words = items.lows[start:end]
    finite = any(low == QUOTE or low in MODAL or low in BE or low in HAVE for low in words)
    if words[0].endswith("ing") and not finite and words[1:2] and words[1] in PREPOSITIONS:
        return  # "Commenting in a statement, Smith said"
    if only_quotes(items, start, end):
        cue.contents.extend((at, at + 1) for at in range(start, end) if items.lows[at] == QUOTE)
        return
    cue.contents.append((start, end))


def _split_quotes(items: Items, cue: Cue, limit: int) -> None:
    """The second half of “…,” he said, “…”."""
    after = cue.last + 1 if cue.source is None else max(cue.last, cue.source[1]) + 1
    for at in range(after, min(limit, after + REACH)):
        if items.lows[at] == QUOTE and (items.lows[at - 1] in (",", ":", ".", "?", "!", "—", "–", "--")):
            cue.contents.append((at, at + 1))


def _fill_according(items: Items, cue: Cue, edge: int, limit: int, high: int) -> None:
    lows = items.lows
    assert cue.source is not None
    after = cue.source[1] + 1
    if cue.clause < edge:
        return  # within what an earlier cue covers
    if cue.clause - edge <= 3 and all(lows[at] in STOPS or lows[at] in COORDINATORS for at in range(edge, cue.clause)):
        comma = next((at for at in range(after, min(high, after + REACH)) if lows[at] == ","), None)
        start = comma + 1 if comma is not None else after
        if start < high:
            cue.contents.append((start, high))
        return
    if (
        after + 1 < high
        and lows[after] == ","
        and not lows[after + 1].endswith("ing")
        and lows[after + 1] not in _NARRATES
    ):
        cue.contents.append((edge, high))
        return
    end = cue.clause
    while end > edge and lows[end - 1] in MARKS:
        end -= 1
    if end > edge:
        cue.contents.append((edge, end))
