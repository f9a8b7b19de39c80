"""What a number counts or measures, as printed after it: "Russian troops", "of voters", "a year"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from corpus.attribution.vocabulary import NOT_ADVERBS, PREPOSITIONS, VERBS
from corpus.figures.quantities import Quantity
from corpus.figures.tokens import SHOUTED, Tokens
from corpus.figures.units import TIMES, base_unit
from corpus.figures.vocabulary import (
    ADJECTIVES,
    EITHER,
    HURT,
    MORE,
    NO_MEN,
    NO_PLURALS,
    NOUNS_IN_ING,
    NUMBERS,
    OBJECTS,
    OF_DETERMINERS,
    ORDER,
    PER,
    PLURALS,
    RATES,
    SAYS,
    STOPS,
    TRAILING,
)


@dataclass(frozen=True, slots=True)
class Counted:
    """The tokens that say what is counted, and where the figure ends; ``first == last`` where nothing says it.

    ``number``: another number stands before what is counted, as in "three of the 12 jurors".
    """

    first: int
    last: int
    end: int
    number: int | None = None


# A noun phrase is no longer than this.
_REACH: Final = 8


def counted_after(tokens: Tokens, quantity: Quantity) -> Counted:
    """What a quantity counts or measures."""
    at = quantity.after
    if quantity.share or quantity.unit in ("%", "percentage point"):
        found = _shared(tokens, at, quantity.share)
    elif quantity.unit is None:
        found = _things(tokens, quantity)
    else:
        found = _measured(tokens, quantity)
    return _with_rate(tokens, found, at)


def _none(after: int) -> Counted:
    return Counted(after, after, after)


def _things(tokens: Tokens, quantity: Quantity) -> Counted:
    """What is counted: the words up to the first plural noun, "of" phrases with it."""
    lows, at = tokens.lows, quantity.after
    if tokens.hyphen(at):
        if lows[at + 1] != "strong" or not nominal(tokens, at + 2):
            return _none(at)
        found = phrase(tokens, at + 2)  # "a 100,000-strong force"
        return found if found is not None else _none(at)
    while lows[at] in MORE:
        at += 1
    if lows[at] == "of":
        return phrase(tokens, at + 1) or _none(at)
    if quantity.high == 1:
        return _one(tokens, at)
    both = lows[at].endswith("ed") and quantity.low == 2 and lows[quantity.first - 1] == "the"
    head = _plural_head(tokens, at) if not both else -1  # "the two addressed concerns"
    if head < 0:
        if lows[at] in HURT:
            return Counted(at, at + 1, at + 1)
        return Counted(at, at, at)
    return _with_of(tokens, at, head)


def _with_of(tokens: Tokens, first: int, head: int) -> Counted:
    """ "members of parliament", "rounds of ammunition"; not "fighters of their own"."""
    if tokens.lows[head + 1] == "of":
        rest = phrase(tokens, head + 2)
        own = tokens.lows[head + 2] in ("their", "its", "his", "her", "our")
        if rest is not None and rest.number is None and not own:
            return Counted(first, rest.last, rest.end)
    return Counted(first, head + 1, head + 1)


def _one(tokens: Tokens, at: int) -> Counted:
    """The noun after "one": its last word, which nothing marks as such, is taken where the phrase must end."""
    last = at
    while last < at + 3 and nominal(tokens, last) and not tokens.lows[last].endswith(("ed", "ing")):
        last += 1
    if last == at or tokens.capital(last - 1):
        return _none(at)
    return Counted(at, last, last)


def _shared(tokens: Tokens, at: int, words: bool) -> Counted:
    """Of what it is a share: "70% of respondents", "half the seats", "a 25 per cent share"."""
    lows = tokens.lows
    if lows[at] == "of":
        return phrase(tokens, at + 1) or _none(at)
    if words and lows[at] in OF_DETERMINERS and lows[at] not in ("a", "an"):
        return phrase(tokens, at) or _none(at)
    return _attributed(tokens, at)


def _measured(tokens: Tokens, quantity: Quantity) -> Counted:
    """What is measured or paid: "tonnes of grain", "$2 billion in aid", "a 40-minute call"."""
    lows, at = tokens.lows, quantity.after
    money = quantity.unit is not None and len(quantity.unit) == 3 and quantity.unit.isupper()
    if lows[at] in ("’", "'") and tokens.glued(at):
        at += 1  # "five days’ leave"
        return _attributed(tokens, at)
    if money and lows[at] == "worth" and lows[at + 1] == "of":
        at += 1
    if lows[at] == "of":
        return phrase(tokens, at + 1) or _none(quantity.after)
    if money and lows[at] in ("in", "for"):
        return _spent(tokens, at) or _none(at)
    return _attributed(tokens, at) if quantity.attributive else _none(at)


def _spent(tokens: Tokens, at: int) -> Counted | None:
    """ "in financial aid", "for a ticket"; not "in Germany", "for years", "for using it"."""
    start = at + 1
    if tokens.lows[at] == "in" and (tokens.capital(start) or tokens.lows[start] in OF_DETERMINERS):
        return None
    found = phrase(tokens, start)
    if found is None or found.number is not None or tokens.lows[found.first].endswith("ing"):
        return None
    units = (base_unit(tokens.words[at]) for at in range(found.first, found.last))
    if any(unit in TIMES for unit in units) or tokens.capital(found.last - 1):
        return None
    return found


def _attributed(tokens: Tokens, at: int) -> Counted:
    """The noun that a measure stands before as an adjective does; it ends in a small letter, as names do not."""
    if tokens.hyphen(at):
        at += 1
    elif tokens.glued(at):
        return _none(at)
    found = phrase(tokens, at) if nominal(tokens, at) else None
    if found is None or found.number is not None or tokens.capital(found.last - 1):
        return _none(at)
    if tokens.words[found.last] == "/" or tokens.lows[found.last] in OBJECTS:
        return _none(at)  # "10 per cent support the plan"
    return found


def _with_rate(tokens: Tokens, found: Counted, at: int) -> Counted:
    """A figure with "a year", "per person" behind it."""
    lows, start = tokens.lows, found.end
    if lows[start] not in PER or (lows[start] != "per" and lows[start + 1] not in RATES):
        return found
    rate = phrase(tokens, start + 1) if lows[start] == "per" and lows[start + 1] not in RATES else None
    last = rate.last if rate is not None and rate.number is None else start + 2
    if last == start + 2 and not nominal(tokens, start + 1) and lows[start + 1] not in RATES:
        return found
    first = found.first if found.last > found.first else start
    return Counted(first, last, last)


def phrase(tokens: Tokens, at: int) -> Counted | None:
    """The noun phrase that begins at a token, its article left out; its end is where the figure ends.

    Where a number stands before the noun, ``number`` is its token.
    """
    lows = tokens.lows
    start = at
    while lows[start] in OF_DETERMINERS and start < at + 2:
        start += 1
    number = start + 1 if lows[start] in ORDER else start
    if tokens.numeral(number) or lows[number] in NUMBERS:
        return Counted(number, number, number, number=number)
    while lows[start] in MORE:
        start += 1
    last, index, words = start, start, 0
    while words < _REACH:
        if tokens.hyphen(index) and index > start:
            index, words = index + 1, words + 1
            continue
        if index > start and tokens.hyphen(index - 1) and (tokens.numeral(index) or lows[index].isalpha()):
            index += 1
            last = index
            continue
        if index > start and lows[index] in ("’", "'") and tokens.glued(index) and nominal(tokens, index + 1):
            index += 1  # "of the voters’ ballots"
            continue
        if tokens.numeral(index) and tokens.words[index - 1].endswith(("’s", "'s")) and index > start:
            return Counted(index, index, index, number=index)  # "24 of the team’s 28 games"
        if not nominal(tokens, index) or (index > start and _closes(tokens, index)):
            break
        index, words = index + 1, words + 1
        last = index
        owned = lows[index] in ("’", "'") and tokens.glued(index)
        if is_plural(tokens, index - 1) and not (tokens.capital(index - 1) or owned or _compound(tokens, index)):
            break
    while last > start and lows[last - 1] in TRAILING:
        last -= 1
    if last == start or lows[last - 1].endswith(("’s", "'s")):
        return None
    return Counted(start, last, last)


def _closes(tokens: Tokens, at: int) -> bool:
    """Whether a word within a phrase is rather a verb or participle after it: "grain shipped", "voters polled"."""
    low = tokens.lows[at]
    if tokens.capital(at):
        return False
    if low in NOUNS_IN_ING:
        return False
    if low.endswith(("ed", "ing")) or _adverb(low):
        if tokens.capital(at + 1):
            return True  # "a discount called ..."
        return not nominal(tokens, at + 1) or tokens.lows[at + 1].endswith(("ed", "ing"))
    return False


def _adverb(low: str) -> bool:
    return low.endswith("ly") and len(low) > 4 and low not in NOT_ADVERBS


def _plural_head(tokens: Tokens, at: int) -> int:
    """The token of the first plural noun of the phrase that begins at a token, -1 where there is none."""
    lows = tokens.lows
    head, index, words = -1, at, 0
    while words < _REACH:
        if index > at and tokens.hyphen(index):
            index += 2
            words += 1
            if is_plural(tokens, index - 1) and not tokens.hyphen(index) and lows[index - 1] not in PREPOSITIONS:
                head = index - 1
                if not _compound(tokens, index):
                    break
            continue
        if tokens.numeral(index) and index > at and tokens.capital(index - 1) and not tokens.glued(index):
            index += 1  # "14 Challenger 2 tanks"
            continue
        verb = VERBS.get(lows[index])
        if lows[index] in EITHER or (verb is not None and verb.form == "s" and lows[index] not in SAYS):
            head = index
            break
        if not nominal(tokens, index):
            break
        if lows[index].endswith("ing") and index > at and not nominal(tokens, index + 1):
            break
        if is_plural(tokens, index) and not tokens.hyphen(index + 1):
            head = index
            if not _compound(tokens, index + 1) and not (tokens.capital(index) and nominal(tokens, index + 1)):
                break
        index, words = index + 1, words + 1
    return head


def _compound(tokens: Tokens, at: int) -> bool:
    """Whether a plural goes on a compound whose first noun is one too: "sports cars", "women voters"."""
    if tokens.capital(at) and not tokens.capital(at - 1):
        return False
    return nominal(tokens, at) and is_plural(tokens, at) and tokens.lows[at] not in HURT


def is_plural(tokens: Tokens, at: int) -> bool:
    """Whether a word has the form of a plural noun."""
    low = tokens.lows[at]
    if low in PLURALS:
        return True
    if low.endswith("s"):
        return len(low) > 2 and not low.endswith(("ss", "us", "is", "’s", "'s")) and low not in NO_PLURALS
    return low.endswith(("men", "people")) and low not in NO_MEN


def nominal(tokens: Tokens, at: int) -> bool:
    """Whether a token may be a word of a noun phrase."""
    word, low = tokens.words[at], tokens.lows[at]
    if not low[:1].isalpha():
        return False
    if word in SHOUTED or (tokens.hyphen(at + 1) and tokens.lows[at + 2].isalpha()):
        return True  # "long-range"
    if low in STOPS:
        return low in ADJECTIVES and _noun_may_follow(tokens, at)
    verb = VERBS.get(low)
    if verb is None or verb.noun or verb.form == "base" or tokens.capital(at):
        return True
    # "12 confirmed cases", "15 watts of charging power"
    return low.endswith(("ed", "ing")) and _noun_may_follow(tokens, at)


def _noun_may_follow(tokens: Tokens, at: int) -> bool:
    return tokens.lows[at + 1][:1].isalpha() and tokens.lows[at + 1] not in STOPS
