"""Numbers with their currency or unit, alone or as a range: "$3–4 billion", "between 5 and 7 per cent"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from corpus.figures.numbers import Number, number_at
from corpus.figures.tokens import DASHES, HYPHENS, Tokens
from corpus.figures.units import MEASURES, Unit, currency_before, unit_at

# What rises "from 20 to 350" is no range, nor what "rose 20 to 350".
_CHANGES: Final = frozenset(
    "from up down rose rise rises rising risen fell fall falls falling fallen increased increases increase grew grow "
    "grown climbed jumped dropped drop slid slipped gained lost added cut raised declined soared plunged surged".split()
)
_RANGING: Final = frozenset("range ranges ranging ranged anywhere vary varies varied varying somewhere".split())
# A person's choice between two counts is small: "two or three".
_OR_LIMIT: Final = 2.5
_MANY: Final = 1e5


@dataclass(frozen=True, slots=True)
class Quantity:
    """What the tokens from ``first`` up to ``after`` say; ``at`` is the number's own first token, ``end`` its end.

    ``ranged``: two values are printed; ``share``: a fraction in words; ``attributive``: a noun may follow the unit.
    """

    first: int
    at: int
    end: int
    after: int
    low: float
    high: float
    unit: str | None
    attributive: bool
    digits: bool
    grouped: bool
    scaled: bool
    ranged: bool = False
    share: bool = False


def quantities_at(tokens: Tokens, at: int) -> tuple[Quantity, ...]:
    """The quantity whose number begins at a token, or both of two that share a unit without being a range.

    Empty where no number begins there, or where what is glued to it makes a name or a code of it.
    """
    one = _single(tokens, at, pair=tokens.lows[at - 1] == "between" or tokens.lows[at - 2] == "between")
    if one is None:
        return ()
    first = one[0]
    joint = _joint(tokens, first)
    if joint is None:
        return (first,) if first.unit is not None or not _glued(tokens, first.after) else ()
    other = _single(tokens, joint, pair=False)
    if other is None:
        return (first,) if not _glued(tokens, first.after) else ()
    second = other[0]
    low, shared = _shared(one[1], first, second, other[1])
    if not _matches(tokens, first, second, joint) or _glued(tokens, second.after):
        return (first,) if not _glued(tokens, first.after) else ()
    unit = first.unit or second.unit
    before = tokens.lows[first.first - 1]
    changes = before in _CHANGES and tokens.lows[first.first - 2] not in _RANGING
    if tokens.lows[joint - 1] == "to" and changes:
        return replace(first, low=low, high=low, unit=unit), second
    if low >= second.low:
        # "3-1" is a score, "from 7 to 5" are two figures
        if tokens.lows[joint - 1] != "to":
            return ()
        return (replace(first, low=low, high=low, unit=unit), second) if unit is not None else (first,)
    start = first.first - 1 if tokens.lows[joint - 1] == "and" else first.first
    return (
        Quantity(
            start,
            first.at,
            second.end,
            second.after,
            low,
            second.high,
            unit,
            second.attributive,
            first.digits or second.digits,
            first.grouped or second.grouped,
            first.scaled or second.scaled or shared,
            ranged=True,
        ),
    )


def _glued(tokens: Tokens, after: int) -> bool:
    """Whether something is glued to a number that is neither its unit nor a mark of the sentence."""
    if not tokens.glued(after):
        return False
    word = tokens.words[after]
    if word in DASHES:
        return tokens.numeral(after + 1) and tokens.glued(after + 1)
    return word[:1].isalnum() or word in "/_#@*^="


def _single(tokens: Tokens, at: int, pair: bool) -> tuple[Quantity, Number] | None:
    """One number with the currency before it or the unit after it."""
    money = currency_before(tokens, at) if tokens.numeral(at) else None
    if money is None and not tokens.words[at][:1].isalnum():
        at = _sign(tokens, at)
        money = currency_before(tokens, at)
    number = number_at(tokens, at, money is not None, pair)
    if number is None:
        return None
    after, low, high, first = number.after, number.low, number.high, number.first
    share = number.share
    scaled = number.scale != 1.0
    if money is not None:
        first = min(first, money[1])
        unit: Unit | None = Unit(money[0], after, True)
        if money[0] == "INR" and tokens.words[after] == "L" and not scaled:
            after, low, high, scaled = after + 1, low * 1e5, high * 1e5, True  # lakhs
            unit = Unit(money[0], after, True)
        named = unit_at(tokens, after, True)
        if named is not None and named.name == money[0]:
            unit = named
    elif share:
        unit = _share_of(tokens, number)
        if unit is None:
            unit = Unit("%", after, True)
        else:
            low, high, share = low * unit.factor, high * unit.factor, False
    else:
        of = 1 if high != low and tokens.lows[after] == "of" else 0
        unit = unit_at(tokens, after + of, high >= _MANY)
        if unit is None and not of and tokens.lows[after] == "of" and tokens.lows[after - 1] == "couple":
            unit = unit_at(tokens, after + 1, False)
    if unit is not None:
        after = unit.after
    name, attributive = (unit.name, unit.attributive) if unit is not None else (None, False)
    quantity = Quantity(
        first,
        number.first,
        number.after,
        after,
        low,
        high,
        name,
        attributive,
        number.digits,
        number.grouped,
        scaled,
        share=share,
    )
    return quantity, number


def _sign(tokens: Tokens, at: int) -> int:
    """The numeral after a currency sign that a range's second number begins with: "$3bn-$4bn"."""
    for ahead in range(at + 1, at + 3):
        if tokens.numeral(ahead):
            return ahead if currency_before(tokens, ahead) is not None else at
    return at


def _share_of(tokens: Tokens, number: Number) -> Unit | None:
    """ "half an hour", "a quarter of a mile", "half-hour": a part of a unit and no share."""
    lows, at = tokens.lows, number.after
    if lows[at] == "of" and lows[at + 1] in ("a", "an"):
        at += 1
    if lows[at] in ("a", "an"):
        at += 1
    elif not tokens.hyphen(at):
        return None
    unit = unit_at(tokens, at, False)
    if unit is None or unit.name == "%":
        return None
    return Unit(unit.name, unit.after, True, 0.01)


def _joint(tokens: Tokens, first: Quantity) -> int | None:
    """Where the second number of a pair begins; None where no pair is printed."""
    at, low = first.after, tokens.lows[first.after]
    if tokens.hyphen(at) and tokens.lows[at + 1] == "to":
        at, low = at + 1, "to"  # "18- to 34-year-olds" has its hyphen before the space
    elif low == "-" and tokens.glued(at) and tokens.lows[at + 1] == "to":
        at, low = at + 1, "to"
    if low in DASHES:
        whole = tokens.glued(at) == tokens.glued(at + 1)
        return at + 1 if whole or tokens.glued(at + 1) else None
    if low == "to":
        return at + 2 if tokens.hyphen(at + 1) else at + 1
    if low == "and":
        return at + 1 if tokens.lows[first.first - 1] == "between" else None
    if low == "or":
        return at + 1
    return None


def _matches(tokens: Tokens, first: Quantity, second: Quantity, joint: int) -> bool:
    """Whether two numbers can be the two ends of one thing."""
    link = tokens.lows[joint - 1]
    if first.unit is not None and second.unit is not None and first.unit != second.unit:
        return False
    if first.unit is None and second.first < second.at:
        return False  # "in 2022 to $7.3 trillion"
    if first.share != second.share or first.low != first.high or second.low != second.high:
        return False
    if link == "or":
        return first.digits == second.digits and first.low < second.low <= first.low * _OR_LIMIT
    if link in HYPHENS and first.unit in MEASURES and second.unit is None:
        return False  # "6-foot-11"
    if link == "-" and not tokens.glued(joint - 1) and not tokens.glued(joint):
        return first.unit is not None and second.unit is not None
    if link == "to" and first.unit is not None and second.unit is None:
        # "gave $5 million to 20 schools", but "$3 to 4 billion"
        return second.scaled and not first.scaled
    # "gave 2 million to 20 schools"
    return not (link == "to" and first.scaled and not second.scaled and second.unit is None)


def _shared(number: Number, first: Quantity, second: Quantity, other: Number) -> tuple[float, bool]:
    """The first value with the multiplier that is printed at the second one only."""
    if first.scaled or first.grouped:
        return first.low, False
    if other.scale > 1.0 and number.low <= second.low / other.scale:
        return first.low * other.scale, True
    # "20-30,000 people", but "5 to 20,000 people"
    if other.grouped and first.low < 1000 <= second.low and second.low / 3 < first.low * 1000 < second.low:
        return first.low * 1000, True
    return first.low, False
