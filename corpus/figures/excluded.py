"""Numbers that are no figures: years and dates, clock times, ages, names, labels, tables, numbers of nothing."""

from __future__ import annotations

from typing import Final

from corpus.attribution.vocabulary import ADVERBS, DAYS, DETERMINERS, FUNCTION, PREPOSITIONS, VERBS
from corpus.dates import MONTHS
from corpus.figures.counted import Counted
from corpus.figures.numbers import METRES, SMALL
from corpus.figures.quantities import Quantity
from corpus.figures.tokens import DASHES, HYPHENS, Tokens
from corpus.figures.units import TIMES

_YEARS: Final = (1500, 2099)
_CLOCK: Final = frozenset("a.m. p.m. am pm a.m p.m o’clock o'clock gmt utc et est edt pt pst ist bst cet noon".split())
_CLOCK_LEADS: Final = frozenset("at until till from since before after by".split())
_ELAPSED: Final = frozenset("ago later earlier old".split())
_AGES: Final = frozenset("age ages aged turned turning turns".split())
_OLDEST: Final = 120
# "page 3", "section 230", "type 2 diabetes", "top 10"
_LABELS: Final = frozenset(
    "page pages chapter chapters section sections article articles verse no nos number numbers no. nos. figure table "
    "step phase level stage type grade class room route highway flight channel lane gate box version volume vol "
    "episode inning minute paragraph rule item size model gen generation area district zone platform floor apartment "
    "apt suite exit interstate psalm proposition prop title resolution amendment appendix annex category tier ranked "
    "seed seeded top bottom pick question chapter sub-section subsection scenario tip formula bus train line "
    "fig vol. pp p".split()
)
_TIME_LABELS: Final = frozenset("day week month year season game match round quarter night".split())
_NO_LABEL: Final = frozenset("last this next past every each that a the per same one".split())
# "Round of 16", "Group of Seven", "best of five"
_OF_NAMES: Final = frozenset(("round", "group", "best", "league"))
# Before a number, these say that people are counted though nothing follows: "killing 14".
_HARM: Final = frozenset(
    "killed killing kills kill wounded wounding injured injuring injures arrested arresting detained detaining hurt "
    "hurting hospitalized hospitalised displaced displacing".split()
)
_GOES_ON: Final = frozenset("were are have had more dead killed wounded injured remain took fled".split())
_OPENING: Final = frozenset("“ \" ‘ ' « ( [ : ; — – - . ! ? …".split())
_HALVES: Final = frozenset(
    "first second other latter better final back top bottom this that each either opening last past next third "
    "fourth fiscal previous another early late earlier half".split()
)
_ORDINARY: Final = FUNCTION | DETERMINERS | PREPOSITIONS | ADVERBS | VERBS.keys() | frozenset("all over".split())
# Nouns of people (and of what befalls them) that no name of a thing ends with, as "iPhone 15 users" may.
_PEOPLE: Final = frozenset(
    "person people man men woman women child children adult boy girl soldier troops civilian hostage migrant refugee "
    "passenger prisoner death casualty casualties victim fatality fatalities dead killed wounded injured missing "
    "personnel lives body bodies injury injuries arrest job worker employee resident citizen voter patient student "
    "pupil teacher doctor nurse officer official protester demonstrator policeman policemen fighter militant gunman "
    "gunmen worshipper villager respondent household family families american russian ukrainian palestinian israeli "
    "european journalist detainee inmate survivor member lawmaker suspect tourist bystander pensioner".split()
)


def excluded(tokens: Tokens, quantity: Quantity, counted: Counted, bounded: int | None) -> bool:
    """Whether a quantity is no figure; ``bounded`` is where its bound begins, None where it has none."""
    first = quantity.first if bounded is None else bounded
    if _within_a_word(tokens, quantity) or _in_a_name(tokens, quantity, counted, bounded is not None):
        return True
    if quantity.unit is not None:
        return _no_measure(tokens, quantity, counted, bounded is not None)
    return (
        _in_a_table(tokens, quantity)
        or _labelled(tokens, quantity)
        or _is_date(tokens, quantity, counted, bounded is not None)
        or _is_age(tokens, quantity, counted, bounded)
        or _is_time(tokens, quantity, first)
        or _counts_nothing(tokens, quantity, counted, bounded is not None)
    )


def counts_people(tokens: Tokens, counted: Counted) -> bool:
    """Whether people are counted, or what befell them."""
    for at in range(counted.first, counted.last):
        low = tokens.lows[at]
        if low == "of":
            break
        if low in _PEOPLE or (low.endswith("s") and low[:-1] in _PEOPLE):
            return True
    return False


def _within_a_word(tokens: Tokens, quantity: Quantity) -> bool:
    """ "F-16", "G7", "#26", ".264", "@1843", "under-21"; a currency belongs to the quantity."""
    at = quantity.first
    if at == 0 or not tokens.glued(at):
        return False
    before = tokens.words[at - 1]
    if before in HYPHENS or before == "−":
        return tokens.glued(at - 1) or quantity.unit not in ("%", "°C", "°F", "degree")
    if before in DASHES:
        return tokens.numeral(at - 2) and tokens.glued(at - 1)
    if before == "+":
        return quantity.unit is None
    return before[0].isalnum() or before in "/#@._\\=&*^"


def _in_a_name(tokens: Tokens, quantity: Quantity, counted: Counted, bounded: bool) -> bool:
    """ "Nord Stream 2", "the Seven Sisters", "Group of 20", “60 Minutes”."""
    before = tokens.words[quantity.first - 1]
    at = quantity.at
    if not quantity.digits:
        # "Big Ten" after a small or a capital letter, but not at the opening of a sentence or a quotation
        if not tokens.capital(at) or bounded:
            return False
        if not before[:1].isalpha():
            return at > 0 and before not in _OPENING and tokens.capital(quantity.after)  # "the “extra man” Ten Hag has"
        titled = tokens.capital(quantity.first - 1) and tokens.capital(counted.first)
        titled = titled and not tokens.words[quantity.first - 2].islower()
        return not titled or counted.first == counted.last
    printed = tokens.words[quantity.after - 1]
    titled = quantity.unit is not None and len(printed) > 3 and printed.istitle()
    if titled and (before.islower() or quantity.first == 0):
        return True  # “60 Minutes”, "48 Miles Davis"
    if bounded or quantity.unit is not None or quantity.grouped or quantity.scaled or quantity.low >= 1e4:
        return False
    group = tokens.lows[quantity.first - 2] if before == "of" else ""
    if group in _OF_NAMES and (tokens.capital(quantity.first - 2) or group == "best"):
        return True
    if before.islower() or not before[:1].isalpha() or before.endswith(("’s", "'s")):
        return False
    if before.lower() in _ORDINARY and before.lower() not in _LABELS:
        return False
    return before.lower() in _LABELS or before.lower() in _TIME_LABELS or not counts_people(tokens, counted)


def _in_a_table(tokens: Tokens, quantity: Quantity) -> bool:
    """Whether other numerals stand beside it with nothing between: a row of a table, a telephone number."""
    return tokens.numeral(quantity.first - 1) or tokens.numeral(quantity.after)


def _labelled(tokens: Tokens, quantity: Quantity) -> bool:
    if quantity.grouped or quantity.scaled:
        return tokens.lows[quantity.first - 1] == "per"
    at = quantity.first - 1
    low = tokens.lows[at]
    if low == "." and tokens.glued(at):
        low = tokens.lows[at - 1]
        return low in ("no", "nos", "vol", "fig", "pp", "p", "sec", "art", "ch")
    if low in _TIME_LABELS:
        return tokens.lows[at - 1] not in _NO_LABEL
    if low == "per":
        return True
    return low in _LABELS and tokens.lows[at - 1] not in ("large", "record", "high")


def _is_date(tokens: Tokens, quantity: Quantity, counted: Counted, bounded: bool) -> bool:
    if not quantity.digits or quantity.grouped or quantity.scaled:
        return False
    at = quantity.first - 2 if tokens.words[quantity.first - 1] == "." else quantity.first - 1
    if tokens.capital(at) and tokens.lows[at] in MONTHS:
        return True
    if tokens.capital(quantity.after) and tokens.lows[quantity.after] in MONTHS:
        return True
    if not _YEARS[0] <= quantity.high <= _YEARS[1] or quantity.high != int(quantity.high):
        return False
    if counted.first == counted.last:
        return True
    return not (bounded or counts_people(tokens, counted)) or tokens.lows[quantity.first - 1] in ("in", "since", "by")


def _is_age(tokens: Tokens, quantity: Quantity, counted: Counted, bounded: int | None) -> bool:
    at = quantity.first - 1 if bounded is None else bounded - 1
    low = tokens.lows[at]
    if low in _AGES or (low in ("of", "between", ":") and tokens.lows[at - 1] in _AGES):
        return quantity.high <= _OLDEST
    if tokens.lows[quantity.after] in ("years", "year") and tokens.lows[quantity.after + 1] == "old":
        return True
    if bounded is None or not quantity.digits or counted.first != counted.last:
        return False
    return quantity.high <= _OLDEST and tokens.lows[quantity.first - 1] in ("over", "under", "above", "below")


def _is_time(tokens: Tokens, quantity: Quantity, first: int) -> bool:
    """ "7 p.m.", "at about 7"."""
    if tokens.lows[quantity.after] in _CLOCK and quantity.high <= 24:
        return True
    bare = quantity.high <= 12 and first != quantity.first
    return bare and tokens.lows[first - 1] in _CLOCK_LEADS and not tokens.lows[quantity.after][:1].isalpha()


def _counts_nothing(tokens: Tokens, quantity: Quantity, counted: Counted, bounded: bool) -> bool:
    """Whether neither form nor neighbours make it a figure: "scored 15", "one of them", "hundreds"."""
    named = counted.first < counted.last
    vague = quantity.low != quantity.high and not quantity.ranged
    if quantity.high == 1:
        if not named or tokens.lows[quantity.after] == "of":
            return True
        return not bounded and not counts_people(tokens, counted)
    if named:
        # "25 Ann Roe" is a line of a list
        listed = quantity.digits and quantity.first == 0 and not bounded and quantity.high <= 100
        return listed and tokens.capital(counted.last - 1) and tokens.capital(quantity.after)
    if vague and not quantity.scaled:
        loose = tokens.lows[quantity.at] in ("scores", "tens") or tokens.lows[quantity.after] not in _GOES_ON
        return not bounded and loose
    if tokens.lows[quantity.after] == "out" and tokens.lows[quantity.after + 1] == "of":
        return True  # a mark: "8 out of 10"
    if bounded or quantity.grouped or (quantity.scaled and quantity.high >= 1000):
        return False
    return tokens.lows[quantity.first - 1] not in _HARM or quantity.ranged


def _no_measure(tokens: Tokens, quantity: Quantity, counted: Counted, bounded: bool) -> bool:
    lows, last = tokens.lows, quantity.after - 1
    if quantity.unit in TIMES:
        if lows[quantity.after] in _ELAPSED or lows[quantity.after : quantity.after + 2] == ["of", "age"]:
            return True
        if tokens.hyphen(quantity.after) and lows[quantity.after + 1].startswith("old"):
            return True
        if lows[last] == "second" and quantity.high != 1 and not tokens.hyphen(last - 1):
            return True  # "two second goals"
        if lows[last] in DAYS and quantity.high == 1 and not bounded and not tokens.hyphen(last - 1):
            return lows[last] == "day"  # "one day they will"
        return lows[quantity.first - 1] in _AGES
    if quantity.unit == "%" and quantity.share:
        return _no_share(tokens, quantity, counted, bounded)
    if quantity.unit == "m" and tokens.words[last] == "m" and tokens.glued(last):
        return counted.first == counted.last and lows[quantity.after] not in METRES  # "1h 34m" are minutes
    if quantity.attributive and lows[last] in ("foot", "yard", "pound", "ton", "mile", "degree", "cent", "mark"):
        # "the 20 yard line" is a place
        return counted.last > counted.first and lows[counted.first] in ("line", "mark")
    return False


def _no_share(tokens: Tokens, quantity: Quantity, counted: Counted, bounded: bool) -> bool:
    """ "the second half", "half-time", "a third term", "half measures"."""
    lows = tokens.lows
    if lows[quantity.first - 1] in _HALVES or counted.number is not None or tokens.hyphen(quantity.after):
        return True
    several = lows[quantity.at] in SMALL
    whole = lows[quantity.after] in ("of", "the", "its", "their", "his", "her", "our", "those", "these", "all", "that")
    if whole and counted.first < counted.last:
        return False
    return not bounded and lows[quantity.first - 1] != "by" and not several
