"""The figures of an article: every number with its bound, its unit, what it counts, when and who says so."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from corpus.figures.bounds import bound_after, bound_before
from corpus.figures.claimants import Claim, Claimants, claimed
from corpus.figures.counted import Counted, counted_after
from corpus.figures.dating import Dates, as_of, covered
from corpus.figures.excluded import counts_people, excluded
from corpus.figures.numbers import SMALL, STARTS, number_at
from corpus.figures.quantities import Quantity, quantities_at
from corpus.figures.tokens import Tokens, read_tokens
from corpus.figures.units import TIMES, unit_at
from corpus.models import Block, Bound, Figure, Moment, PassageKind, Statement

_WORD: Final = re.compile(r"[a-z]+")
_DIGIT: Final = re.compile(r"[0-9½¼¾⅓⅔]")
# "Over" and "in over" a time say how long something took only after these: "lasted over three hours".
_LASTS: Final = frozenset(
    "well just for lasted lasting lasts took takes take taken after is was were been be spent spends of in little "
    "slightly wait waited spanning spans spanned than every".split()
)
_SMALL: Final = 10
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+")
# "One in five", "three in ten": no other second numbers are printed so.
_PORTIONS: Final = frozenset((3, 4, 5, 6, 7, 8, 9, 10, 20, 50, 100, 1000))
_HIGHEST: Final = 1e18


@dataclass(frozen=True, slots=True)
class _Draft:
    """A figure whose date and claimant are still to be found; tokens from ``first`` up to ``end``."""

    quantity: Quantity
    first: int
    end: int
    low: float
    high: float
    bound: Bound
    unit: str | None
    counted: Counted


def find_figures(
    body: str, blocks: Sequence[Block], statements: Sequence[Statement], moments: Sequence[Moment] = ()
) -> tuple[Figure, ...]:
    """The figures of an article, sorted by start.

    ``blocks`` are the printed blocks of ``body``, ``statements`` what was said in it, ``moments`` the dates it names.
    Ages, years, clock times, scores, numbers in names and numbers of nothing are no figures. A share in words
    ("half of the voters") is given in per cent; of "hundreds of" and "several thousand" ``low`` and ``high`` are the
    limits of the word, with the bound *about*. Only "three of the 12 jurors" gives two figures that overlap. Never
    raises, for any text, and takes time linear in its length.
    """
    claimants, dates = Claimants(body, statements), Dates(moments)
    addresses = [match.span() for match in _ADDRESS.finditer(body)] if "www." in body or "://" in body else []
    found: list[Figure] = []
    for block in blocks:
        if block.kind is PassageKind.CREDIT:
            continue
        for sentence in block.sentences:
            text = body[sentence.start : sentence.end]
            if _DIGIT.search(text) is None and STARTS.isdisjoint(_WORD.findall(text.lower())):
                continue
            tokens = read_tokens(body, sentence.start, sentence.end)
            here = dates.within(sentence.start, sentence.end)
            found.extend(_figures(body, tokens, here, claimants, addresses))
    found.sort(key=lambda figure: (figure.start, figure.end))
    return tuple(found)


def figures_in(text: str) -> tuple[Figure, ...]:
    """The figures of a text that is no article, a question for instance: without dates and claimants."""
    return tuple(_figures(text, read_tokens(text, 0, len(text)), [], Claimants(text, ()), []))


def _figures(
    body: str,
    tokens: Tokens,
    moments: Sequence[Moment],
    claimants: Claimants,
    addresses: Sequence[tuple[int, int]],
) -> Iterator[Figure]:
    """The figures of one sentence."""
    drafts = [
        draft
        for draft in _drafts(tokens)
        if not covered(moments, tokens.starts[draft.quantity.at], tokens.ends[draft.quantity.end - 1])
        and not _within(addresses, tokens.starts[draft.quantity.at])
    ]
    claims: list[Claim] | None = None
    for number, draft in enumerate(drafts):
        start, end = tokens.starts[draft.quantity.at], tokens.ends[draft.quantity.end - 1]
        claimant, stated = claimants.stated(start, end)
        if not stated:
            if claims is None:
                claims = claimants.claims(tokens)
            claimant = claimed(claims, draft.quantity.at)
        floor = drafts[number - 1].end if number else 0
        ceiling = drafts[number + 1].first if number + 1 < len(drafts) else tokens.count
        counted = draft.counted
        yield Figure(
            start=tokens.starts[draft.first],
            end=tokens.ends[draft.end - 1],
            low=draft.low,
            high=draft.high,
            bound=draft.bound,
            unit=draft.unit,
            counted=body[tokens.starts[counted.first] : tokens.ends[counted.last - 1]]
            if counted.first < counted.last
            else "",
            as_of=as_of(tokens, moments, draft.first, draft.end, floor, ceiling),
            claimant=claimant.name if claimant is not None else None,
            claimant_start=claimant.start if claimant is not None else None,
            claimant_end=claimant.end if claimant is not None else None,
        )


def _within(ranges: Sequence[tuple[int, int]], offset: int) -> bool:
    at = bisect.bisect_right(ranges, (offset, offset)) - 1
    return at >= 0 and ranges[at][1] > offset


def _drafts(tokens: Tokens) -> Iterator[_Draft]:
    """Reads a sentence once, from left to right."""
    at, lows = 0, tokens.lows
    while at < tokens.count:
        low = lows[at]
        if low not in STARTS and not "0" <= low[0] <= "9":
            at += 1
            continue
        quantities = _portion(tokens, at) or quantities_at(tokens, at)
        at += 1
        for quantity in quantities:
            draft, nested = _draft(tokens, quantity)
            if draft is not None:
                yield draft
            # A number that is part of what is counted stands for itself only in "three of the 12 jurors".
            at = max(at, quantity.after if draft is None or nested else draft.end)


def _draft(tokens: Tokens, quantity: Quantity) -> tuple[_Draft | None, bool]:
    """The figure that a quantity makes, and whether another number stands within it."""
    before = bound_before(tokens, quantity.first)
    if before is not None and not _bounds(tokens, quantity, before[1]):
        before = None
    behind = bound_after(tokens, quantity.after)
    if behind is not None and quantity.unit is None:
        unit = unit_at(tokens, behind[1], quantity.high >= 1e5)  # "15 or so years"
        if unit is not None:
            quantity = replace(quantity, unit=unit.name, after=unit.after, attributive=unit.attributive)
    reach = quantity.after if behind is None else max(behind[1], quantity.after)
    counted = counted_after(tokens, quantity if reach == quantity.after else replace(quantity, after=reach))
    nested = counted.number is not None
    if counted.number is not None:
        counted = _inner(tokens, quantity, counted.number)
    bounded = before or behind
    if behind is None:
        behind = bound_after(tokens, counted.end)
        bounded = before or behind
    if excluded(tokens, quantity, counted, before[1] if before is not None else quantity.first if bounded else None):
        return None, nested
    low, high = quantity.low, quantity.high
    if high > _HIGHEST:
        return None, nested
    first = before[1] if before is not None else quantity.first
    if _negative(tokens, quantity):
        low, high = -high, -low
        first = min(first, quantity.first - 1)
    end = max(quantity.after, counted.end, behind[1] if behind is not None else 0)
    bound = Bound.BETWEEN if quantity.ranged else Bound.ABOUT if low != high else Bound.EXACT
    if bounded is not None and not quantity.ranged:
        bound = bounded[0]
    return _Draft(quantity, first, end, low, high, bound, quantity.unit, counted), nested


def _bounds(tokens: Tokens, quantity: Quantity, at: int) -> bool:
    """Whether a bound word bounds: "over three days" is during them, "under two presidents" is no number's."""
    lead = tokens.lows[quantity.first - 1]
    if lead == "over" and quantity.unit in TIMES:
        return at < quantity.first - 1 or tokens.lows[at - 1] in _LASTS
    if lead in ("over", "under", "above", "below", "some") and quantity.unit is None:
        return quantity.digits or quantity.high >= _SMALL
    return True


def _negative(tokens: Tokens, quantity: Quantity) -> bool:
    """ "minus 20 degrees", "-5%"."""
    if quantity.unit not in ("%", "°C", "°F", "degree"):
        return False
    at = quantity.first - 1
    return tokens.lows[at] == "minus" or (tokens.lows[at] in ("-", "−") and tokens.glued(quantity.first))


def _inner(tokens: Tokens, quantity: Quantity, at: int) -> Counted:
    """What is counted where another number stands before it: "three of the 12 jurors", "10% of its 2,300 workers"."""
    none = Counted(quantity.after, quantity.after, quantity.after)
    inner = quantities_at(tokens, at)
    if len(inner) != 1 or inner[0].unit is not None:
        return none
    counted = counted_after(tokens, inner[0])
    return counted if counted.number is None and counted.first < counted.last else none


def _portion(tokens: Tokens, at: int) -> tuple[Quantity, ...]:
    """ "one in five voters", "nine out of 10": a share, in per cent."""
    lows = tokens.lows
    loose = lows[at + 1] == "in"
    if not loose and not (lows[at + 1] == "out" and lows[at + 2] == "of"):
        return ()
    part = number_at(tokens, at)
    if part is None or part.share or part.low != part.high or part.after > at + 1 or part.high > 100:
        return ()
    step = part.after + (1 if loose else 2)
    step += lows[step] == "every"
    whole = number_at(tokens, step) if tokens.numeral(step) or lows[step] in SMALL else None
    if whole is None or whole.low != whole.high or whole.high <= part.high or whole.grouped:
        return ()
    if unit_at(tokens, whole.after, False) is not None or lows[whole.after] == "stars":
        return ()
    value = 100 * part.low / whole.low
    quantity = Quantity(at, at, whole.after, whole.after, value, value, None, False, part.digits, False, False)
    counted = counted_after(tokens, quantity)
    if loose and not (whole.high in _PORTIONS and counts_people(tokens, counted)):
        return ()
    if counted.first == counted.last and not lows[whole.after].isalpha():
        return ()  # "gave it 8 out of 10."
    return (replace(quantity, unit="%", attributive=False),)
