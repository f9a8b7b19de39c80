"""Reporting clauses of one sentence: which speak for the article itself, and which are within another's report."""

from __future__ import annotations

from typing import Final

from corpus.attribution.complements import complement, has_complement
from corpus.attribution.contents import fill, only_quotes
from corpus.attribution.cues import Cue
from corpus.attribution.items import QUOTE, Items
from corpus.attribution.phrases import DASHES, REACH
from corpus.attribution.vocabulary import CLAUSE_BREAKS, COORDINATORS, PREPOSITIONS, SUBORDINATORS

_RELATIVES: Final = frozenset(("who", "which", "that", "whose"))


def arrange(items: Items, cues: list[Cue], low: int, high: int) -> list[Cue]:
    """The cues that speak for the article itself, each with its contents; reports within a report are nested."""
    top = _nest(items, cues, low, high)
    edge = low
    for number, cue in enumerate(top):
        limit = top[number + 1].clause if number + 1 < len(top) else high
        if limit <= cue.last:
            limit = top[number + 1].verb  # "Smith, who endorsed her, said": the insertion ends at the verb
        if cue.form == "ing" and cue.source is not None and cue.source[0] > cue.verb:
            limit = min(limit, cue.source[0])  # "Welcoming Macron as a friend, Putin said ..."
        if cue.channel:
            edge = max(edge, cue.last + 1, cue.source[1] + 1 if cue.source else 0)
            continue
        fill(items, cue, edge, max(limit, cue.last + 1), high)
        covered = max((end for _, end in cue.contents), default=cue.last + 1)
        edge = max(edge, covered, cue.last + 1)
    return top


def _nest(items: Items, cues: list[Cue], low: int, high: int) -> list[Cue]:
    lows = items.lows
    top: list[Cue] = []
    for cue in cues:
        before = cue.clause - 1
        word = lows[before] if before >= low else ""
        if cue.channel or (top and top[-1].channel and not cue.inherited):
            if cue.channel and word == ",":
                cue.clause = before
            top.append(cue)
            continue
        if word in ("whether", "if", "unless") and not cue.according:
            continue  # nothing was said yet
        if top and cue.inherited and cue.form == "ing":
            _inherit_inner(items, cue, top[-1])
        if top and _around(items, cue, top[-1]):
            top[-1].nested.append(cue)
            continue
        if not top or cue.inherited or cue.clause <= top[-1].clause:
            top.append(cue)
            continue
        and_that = word == "that" and before - 1 >= low and lows[before - 1] in COORDINATORS
        if cue.according:
            top.append(cue)
        elif word in CLAUSE_BREAKS and not and_that:
            cue.clause = before - 1 if before - 1 > top[-1].last and lows[before - 1] == "," else before
            top.append(cue)
        elif (
            word == ","
            and has_complement(items, cue, high)
            and (_leads_in(items, top[0], low) or _announces(items, cue, high) or _contrasts(items, cue, top[-1]))
        ):
            cue.clause = before
            top.append(cue)
        elif word == QUOTE and (
            has_complement(items, cue, high) or only_quotes(items, max(low, top[-1].last + 1), before + 1)
        ):
            top.append(cue)
        elif (word in (",", QUOTE) or word in DASHES or cue.inverted) and not has_complement(items, cue, high):
            if not _utterance_before(items, before, low):
                cue.nested, top = [*top], []
            top.append(cue)
        elif not top[-1].according and top[-1].last < cue.clause and _quote_between(items, top[-1].last, cue.clause):
            top.append(cue)
        else:
            top[-1].nested.append(cue)
    return top


def _around(items: Items, cue: Cue, outer: Cue) -> bool:
    """ "Putin, Macron said, had promised to leave": the clause around an inserted report is what it reports."""
    if cue.source is None or outer.source is None or cue.inherited or cue.according or outer.inherited:
        return False
    between = items.lows[cue.source[1] + 1 : outer.clause] == [","] and items.lows[outer.last + 1] == ","
    return between and cue.clause < outer.clause and items.lows[outer.source[0]] not in _RELATIVES


def _inherit_inner(items: Items, cue: Cue, outer: Cue) -> None:
    """ "... that Moscow has scoffed at, accusing Washington": the clause right before is Moscow's."""
    inner = outer.nested[-1] if outer.nested else None
    if inner is None or inner.source is None or cue.clause - inner.last > 3:
        return
    if inner.clause > 0 and items.lows[inner.clause - 1] in ("that", "which"):
        cue.source = inner.source


def _quote_between(items: Items, start: int, end: int) -> bool:
    """Whether a whole utterance ends between two clauses: the second one is then not within the first."""
    return any(
        items.lows[at] == QUOTE and items.quotes[at].utterance for at in range(max(start, end - REACH), end)
    ) and items.lows[end - 1] in (QUOTE, ".", ",")


def _leads_in(items: Items, cue: Cue, low: int) -> bool:
    """Whether a cue stands in a clause that only leads in: "While not all Smith says is true, Jones said ..."."""
    opening = items.lows[low]
    if opening not in SUBORDINATORS and opening not in PREPOSITIONS and not opening.endswith("ing"):
        return False
    return cue.verb - low < REACH and "," not in items.lows[low : cue.verb]


def _announces(items: Items, cue: Cue, high: int) -> bool:
    """Whether a whole utterance follows the verb: "..., Smith said, “We are ready.”"."""
    start = complement(items, cue, high)
    return start is not None and items.lows[start] == QUOTE and items.quotes[start].utterance


def _contrasts(items: Items, cue: Cue, earlier: Cue) -> bool:
    """ "Some say ..., others say ..."."""
    return (
        cue.source is not None
        and cue.lemma == earlier.lemma
        and items.lows[cue.source[0]] in ("others", "some", "many")
    )


def _utterance_before(items: Items, before: int, low: int) -> bool:
    """Whether whole sentences in quote marks end here, at a mark or the comma after it."""
    at = before - 1 if items.lows[before] == "," else before
    return at >= low and items.lows[at] == QUOTE and items.quotes[at].utterance
