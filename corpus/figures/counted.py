"""What a number counts or measures, as printed after it: "Russian troops", "of voters", "a year"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from corpus.attribution.vocabulary import (
    ADVERBS,
    AUXILIARY,
    DAYS,
    DETERMINERS,
    FUNCTION,
    NOT_ADVERBS,
    PREPOSITIONS,
    PRONOUNS,
    VERBS,
)
from corpus.figures.quantities import Quantity
from corpus.figures.tokens import SHOUTED, Tokens
from corpus.figures.units import base_unit


@dataclass(frozen=True, slots=True)
class Counted:
    """The tokens that say what is counted, and where the figure ends; ``first == last`` where nothing says it.

    ``number``: another number stands before what is counted, as in "three of the 12 jurors".
    """

    first: int
    last: int
    end: int
    number: int | None = None


# Of these the first noun, or a number, is looked for: "five of their last six games".
_ORDER: Final = frozenset("last first next past final previous remaining other top opening".split())
_NUMBERS: Final = frozenset("two three four five six seven eight nine ten dozen".split())
# Adjectives only where a noun follows: "350 paid subscriptions", "5% of its total budget".
_ADJECTIVES: Final = frozenset("paid lost stolen sold given unpaid total combined".split())
# A noun phrase is no longer than this.
_REACH: Final = 8
# "350 more British troops" are British troops.
_MORE: Final = frozenset("more additional other further extra such".split())
_STOPS: Final = (
    FUNCTION
    | DETERMINERS
    | PRONOUNS
    | AUXILIARY
    | ADVERBS
    | (DAYS - {"march", "may", "night", "morning", "evening", "afternoon", "years", "weeks", "months", "days"})
    | frozenset(
        "spent made given sent won built sold bought set due needed left taken shown done gone seen known next last "
        "worth rose fell rises falls died fled hit hits hitting remain remains remained become becomes became "
        "began begin begins stood stands comes goes includes include followed versus vs apiece each alone overall "
        "right away back off out up lost sold down abroad overseas north south east west higher lower above below "
        "annually offshore tall long wide deep high thick heavy old ago later earlier longer shorter faster slower "
        "better worse "
        "available online total combined enough less least minus plus afterwards downstairs outdoors indoors "
        "unless whereas anymore extra apart such et al flat cash now today "
        "because although though despite whether whose whom according depending based due".split()
    )
)
_PLURALS: Final = frozenset(
    "people men women children feet teeth mice troops police personnel staff cattle sheep deer fish aircraft "
    "spacecraft crew youth data media species series dead wounded injured folk offspring bacteria criteria "
    "infantry cavalry artillery livestock poultry swine geese oxen lives headquarters crossroads".split()
)
_NO_PLURALS: Final = frozenset(
    "always perhaps yes besides its his was has this as thus plus versus across unless does less series' news "
    "sometimes towards backwards forwards upwards downwards overseas regardless nevertheless nonetheless us".split()
)
# These end as plurals do, and another noun follows: "two news outlets", "five arms dealers".
_NO_MEN: Final = frozenset("specimen regimen omen abdomen semen acumen yemen".split())
# Verbs elsewhere, but nouns where things are counted: "four wins".
_EITHER: Final = frozenset("runs wins shows needs hopes hits leaves means".split())
_HURT: Final = frozenset(
    "killed wounded injured dead missing arrested hurt displaced homeless detained infected hospitalized "
    "hospitalised unaccounted drowned".split()
)
# "31 million euros a year", "12 people per 100"
_RATES: Final = frozenset(
    "year month week day hour night minute second quarter season head person share barrel piece ton tonne gallon "
    "litre liter pound kilo kilogram game ticket unit household family week weekend decade kilometre kilometer mile "
    "match visit".split()
)
_PER: Final = frozenset(("a", "an", "per", "each", "every"))
_OBJECTS: Final = frozenset("the a an his her its their him them it this that".split())
_OF_DETERMINERS: Final = frozenset("the a an its his her our my your their this that these those all both".split())


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
    while lows[at] in _MORE:
        at += 1
    if lows[at] == "of":
        return phrase(tokens, at + 1) or _none(at)
    if quantity.high == 1:
        return _one(tokens, at)
    head = _plural_head(tokens, at)
    if head < 0:
        if lows[at] in _HURT:
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
    if words and lows[at] in _OF_DETERMINERS and lows[at] not in ("a", "an"):
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
    if tokens.lows[at] == "in" and (tokens.capital(start) or tokens.lows[start] in _OF_DETERMINERS):
        return None
    found = phrase(tokens, start)
    if found is None or found.number is not None or tokens.lows[found.first].endswith("ing"):
        return None
    if base_unit(tokens.words[found.first]) is not None or tokens.capital(found.last - 1):
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
    if tokens.words[found.last] == "/" or tokens.lows[found.last] in _OBJECTS:
        return _none(at)  # "10 per cent support the plan"
    return found


def _with_rate(tokens: Tokens, found: Counted, at: int) -> Counted:
    """A figure with "a year", "per person" behind it."""
    lows, start = tokens.lows, found.end
    if lows[start] not in _PER or (lows[start] != "per" and lows[start + 1] not in _RATES):
        return found
    if not nominal(tokens, start + 1) and lows[start + 1] not in _RATES:
        return found
    first = found.first if found.last > found.first else start
    return Counted(first, start + 2, start + 2)


def phrase(tokens: Tokens, at: int) -> Counted | None:
    """The noun phrase that begins at a token, its article left out; its end is where the figure ends.

    Where a number stands before the noun, ``number`` is its token.
    """
    lows = tokens.lows
    start = at
    while lows[start] in _OF_DETERMINERS and start < at + 2:
        start += 1
    number = start + 1 if lows[start] in _ORDER else start
    if tokens.numeral(number) or lows[number] in _NUMBERS:
        return Counted(number, number, number, number=number)
    while lows[start] in _MORE:
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
    while last > start and lows[last - 1] in ("'", "’", "-"):
        last -= 1
    if last == start or lows[last - 1].endswith(("’s", "'s")):
        return None
    return Counted(start, last, last)


def _closes(tokens: Tokens, at: int) -> bool:
    """Whether a word within a phrase is rather a verb or participle after it: "grain shipped", "voters polled"."""
    low = tokens.lows[at]
    if tokens.capital(at):
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
        if lows[index] in _EITHER:
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
    return nominal(tokens, at) and is_plural(tokens, at) and tokens.lows[at] not in _HURT


def is_plural(tokens: Tokens, at: int) -> bool:
    """Whether a word has the form of a plural noun."""
    low = tokens.lows[at]
    if low in _PLURALS:
        return True
    if low.endswith("s"):
        return len(low) > 2 and not low.endswith(("ss", "us", "is", "’s", "'s")) and low not in _NO_PLURALS
    return low.endswith(("men", "people")) and low not in _NO_MEN


def nominal(tokens: Tokens, at: int) -> bool:
    """Whether a token may be a word of a noun phrase."""
    word, low = tokens.words[at], tokens.lows[at]
    if not low[:1].isalpha():
        return False
    if word in SHOUTED:
        return True
    if low in _STOPS:
        return low in _ADJECTIVES and _noun_may_follow(tokens, at)
    verb = VERBS.get(low)
    if verb is None or verb.noun or verb.form == "base" or tokens.capital(at):
        return True
    # "12 confirmed cases", "15 watts of charging power"
    return low.endswith(("ed", "ing")) and _noun_may_follow(tokens, at)


def _noun_may_follow(tokens: Tokens, at: int) -> bool:
    return tokens.lows[at + 1][:1].isalpha() and tokens.lows[at + 1] not in _STOPS
