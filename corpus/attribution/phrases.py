"""Noun phrases, found without a grammar: who stands before a verb, who after it, who a sentence is about.

Nouns and adjectives are open classes, so a phrase is what the closed classes leave: it ends at a function word,
at punctuation, at a reporting verb. Nothing here looks further than ``REACH`` items, so that the time stays
linear whatever the text.
"""

from __future__ import annotations

import functools
from typing import Final

from corpus.attribution.items import POSSESSIVE, QUOTE, Items
from corpus.attribution.vocabulary import (
    ADVERBS,
    COORDINATORS,
    COUNTRIES,
    DAY_LEADS,
    DAYS,
    DETERMINERS,
    FUNCTION,
    NOMINATIVE,
    NOT_ADVERBS,
    NOT_PERSONAL,
    NP_PREPOSITIONS,
    OCCUPATIONS,
    PARTICLES,
    PREPOSITIONS,
    PRONOUNS,
    ROLE_MODIFIERS,
    ROLES,
    SPEAKING_NOUNS,
    SUBORDINATORS,
    VERBS,
)

REACH: Final = 40
STOPS: Final = frozenset(",.;:—–?!()[]") | {"--", "...", "…", QUOTE}
MARKS: Final = STOPS - {QUOTE}
# "a source close to", "people briefed on"
POSTPOSED: Final = frozenset("familiar close briefed involved privy opposed loyal aligned surveyed interviewed".split())
_SPEAKING: Final = ROLES | SPEAKING_NOUNS
_HANGS_BY: Final = frozenset("to with on by in about".split())
_PLACES: Final = NOT_PERSONAL | frozenset(COUNTRIES.values())
_DESCRIBING: Final = DETERMINERS | ROLES | ROLE_MODIFIERS
_TIMES: Final = DAYS | {"day", "hour", "minute"}
_LEADING: Final = PREPOSITIONS | SUBORDINATORS | {"asked", "pressed"}
_AWAY: Final = frozenset("back out up down far early late".split())
_SOON: Final = frozenset("last this earlier early late next".split())
_LATER: Final = frozenset("later ago earlier before after".split())
DASHES: Final = frozenset(("—", "–", "--"))


@functools.lru_cache(maxsize=16384)
def is_adverb(low: str) -> bool:
    """Whether a word may stand between a subject and its verb."""
    return low in ADVERBS or (low.endswith("ly") and len(low) > 4 and low not in NOT_ADVERBS)


def nominal(items: Items, index: int) -> bool:
    """Whether an item may be a word of a noun phrase (nouns and adjectives are open classes)."""
    low = items.lows[index]
    if not low[0].isalnum() or low in FUNCTION:
        return False
    if items.words[index][0].isupper():
        return True
    verb = VERBS.get(low)
    return verb is None or verb.noun or verb.form == "base"


def phrase_after(items: Items, start: int, high: int) -> tuple[int, int] | None:
    """The noun phrase that begins at ``start``, with its "of" and "for" phrases."""
    lows = items.lows
    if start >= high or lows[start] in STOPS:
        return None
    if lows[start] in PRONOUNS and not (
        lows[start] in ("her", "one")
        and start + 1 < high
        and (nominal(items, start + 1) or (lows[start] == "one" and lows[start + 1] == "of"))
    ):
        return start, start
    at = start
    limit = min(high, start + 25)
    while at < limit:
        word = lows[at]
        if word in PARTICLES and at > start and not items.capital(at) and _goes_on_name(items, at, limit):
            at += 1  # "Ursula von der Leyen"
        elif word in DETERMINERS or word in POSSESSIVE or nominal(items, at):
            named = at > start and items.capital(at - 1) and lows[at - 1] not in DETERMINERS
            if named and not items.capital(at) and not _after_name(word):
                break  # "Biden upped the ante"
            if at > start and word.endswith("ed") and lows[at - 1].endswith("s") and lows[at - 1] not in DETERMINERS:
                break  # "officials conducted polls"
            if at > start and word.endswith("ed") and lows[at - 1] in _SPEAKING and word not in POSTPOSED:
                break  # "a judge sided with them"
            if word in DAYS and at > start and items.capital(at) and lows[at - 1] not in POSSESSIVE:
                break
            at += 1
        elif at > start and word in ("of", "for", "in", "at", "and", "on", "from") and at + 1 < limit:
            following = lows[at + 1]
            capital = items.capital(at + 1)
            if word == "and" and not (nominal(items, at + 1) and at + 2 <= limit):
                break
            placed = capital and following not in DAYS
            placed = placed or (following == "the" and at + 2 < limit and items.capital(at + 2))
            if word in ("in", "at", "on", "from") and not placed:
                break
            if not (nominal(items, at + 1) or following in DETERMINERS):
                break
            at += 1
        elif word in PARTICLES and _goes_on_name(items, at, limit):
            at += 1
        else:
            break
    while at - 1 > start and lows[at - 1] in ("of", "for", "in", "at", "on", "from"):
        at -= 1  # "wrote Anna Roe for Morning News"
    if at == start or (at == start + 1 and lows[start] in ("a", "an", "the")):
        return None
    if lows[at - 1] in POSTPOSED and at + 1 < high and lows[at] in _HANGS_BY and at - 2 >= start:
        rest = phrase_after(items, at + 1, min(high, at + 9))  # "people briefed on the plan"
        return start, rest[1] if rest is not None else at - 1
    return start, at - 1


def _goes_on_name(items: Items, at: int, limit: int) -> bool:
    """Whether particles lead on to another part of a name."""
    while at < limit and items.lows[at] in PARTICLES and not items.capital(at):
        at += 1
    return at < limit and items.capital(at)


def _after_name(low: str) -> bool:
    """Whether a lower-case word after a name goes on the noun phrase ("Clinton aides", "Kremlin spokesman")."""
    if low in ROLES or low in ROLE_MODIFIERS or low in POSSESSIVE or low in ("campaign", "administration"):
        return True
    if low in VERBS or low in FUNCTION:
        return False
    return low in SPEAKING_NOUNS or (low.endswith("s") and not low.endswith("ss"))


def phrase_before(items: Items, head: int, low: int) -> tuple[int, int] | None:
    """The noun phrase that ends at ``head``, with what hangs on it by "of", "for" or "in"."""
    lows = items.lows
    if head < low:
        return None
    if lows[head] in NOMINATIVE:
        return head, head
    if lows[head] in ("others", "many", "some", "both", "most", "one", "all", "this", "these", "those"):
        return head, head
    if (
        not nominal(items, head)
        or lows[head] in DAYS
        or lows[head][0].isdigit()
        or (is_adverb(lows[head]) and not items.capital(head))
    ):
        return None
    at = head
    floor = max(low, head - 22)
    while at > floor:
        before = lows[at - 1]
        if before in DETERMINERS and before != "that":
            at -= 1
            if (
                at - 1 > floor
                and lows[at] not in ("one",)
                and lows[at - 1] in NP_PREPOSITIONS
                and _governs(items, at - 2)
            ):
                at -= 2
                continue
            if at > floor and lows[at - 1] in DETERMINERS and lows[at - 1] != "that":
                at -= 1
            if (
                at - 2 >= floor
                and lows[at - 1] == "and"
                and (nominal(items, at - 2) or lows[at - 2] in ("he", "she", "they", "it"))
                and lows[at] in ("other", "his", "her", "the")
            ):
                coordinated = phrase_before(items, at - 2, max(low, at - 12))
                if coordinated is not None and _at_boundary(items, coordinated[0], low):
                    return coordinated[0], head
            break
        if before in NP_PREPOSITIONS and at - 2 >= floor:
            if _governs(items, at - 2):
                at -= 2
                continue
            if (
                lows[at - 2] == "and"
                and at - 5 >= floor
                and lows[at - 4] in NP_PREPOSITIONS
                and _governs(items, at - 5)
            ):
                at -= 5  # "critics at home and in allied countries"
                continue
            break
        if before in POSSESSIVE and at - 2 >= floor and (nominal(items, at - 2)):
            at -= 2
            continue
        if (
            before == "and"
            and at - 2 >= floor
            and (nominal(items, at - 2) or lows[at - 2] in ("he", "she", "they", "it"))
            and lows[at - 2] not in DAYS
        ):
            coordinated = phrase_before(items, at - 2, max(low, at - 12))
            if coordinated is not None and _at_boundary(items, coordinated[0], low):
                return coordinated[0], head
            break
        if before in PARTICLES and items.capital(at):
            at -= 1
            continue
        if is_adverb(before) and not items.capital(at - 1) and at - 2 >= floor and lows[at - 2] in ("a", "an", "the"):
            at -= 1  # "a newly formed group"
            continue
        dated = (
            at - 2 >= floor
            and (before.isdigit() or before in DAYS)
            and (lows[at - 2] in DETERMINERS or lows[at - 2] in DAYS)
        )
        if dated or (nominal(items, at - 1) and not is_adverb(before) and before not in DAYS):
            at -= 1
            continue
        if before == "per" and lows[at] == "cent" and at - 2 >= floor and lows[at - 2][0].isdigit():
            at -= 2
        break
    return at, head


def _governs(items: Items, index: int) -> bool:
    """Whether the word before a preposition is a noun that the phrase can hang on."""
    low = items.lows[index]
    return nominal(items, index) and low not in DAYS and not (low.endswith("ed") and not items.capital(index))


def subject_before(items: Items, head: int, low: int) -> tuple[int, int] | None:
    """The noun phrase that ends at ``head``, or before the insertion between commas that ends there."""
    if head < low:
        return None
    lows = items.lows
    word = lows[head]
    if word in (",", ")", "-") or word in DASHES:
        return _before_insertion(items, head, low)
    if word in NOMINATIVE or word == "that":
        return head, head
    return phrase_before(items, head, low)


def whole_subject(items: Items, source: tuple[int, int], low: int) -> tuple[int, int]:
    """The subject whose last words were found: "a source close to the mayor", "Roe, R-Oslo, and Peter Lind"."""
    lows = items.lows
    first, last = source
    if first - 2 < low:
        return source
    before = lows[first - 1]
    if before in _HANGS_BY:
        at = first - 2
        described = lows[at] in POSTPOSED
        noun = phrase_before(items, at - 1 if described else at, low)
        if (described or before == "to") and noun is not None and _at_boundary(items, noun[0], low):
            head = lows[noun[1]]
            return (noun[0], last) if described or head in ROLES or head[:-1] in ROLES else source
    relative = _relative(items, first, low)
    if relative is not None:
        return relative
    if before == "," and lows[first] in _DESCRIBING:
        named = phrase_before(items, first - 2, low)
        if named is not None and _full_name(items, named) and _at_boundary(items, named[0], low):
            return named  # "Ada Roe, head of the union, which speaks for the drivers, said"
    if before == "and" and items.capital(first):
        at = first - 2
        at = at - 1 if lows[at] == "," else at
        name = _before_tag(items, at, low)
        if name is not None and items.capital(name) and not items.words[name].isupper():
            other = phrase_before(items, name, low)
            if other is not None and other[0] < other[1] and _at_boundary(items, other[0], low):
                return other[0], last
    return source


def _full_name(items: Items, phrase: tuple[int, int]) -> bool:
    first, last = phrase
    return last > first and all(items.capital(at) and items.words[at][0].isalpha() for at in range(first, last + 1))


def _relative(items: Items, first: int, low: int) -> tuple[int, int] | None:
    """ "An official who heard the talk said": who speaks, where what stands before the verb is no subject."""
    lows = items.lows
    if lows[first - 1] in STOPS:
        return None
    for at in range(first - 2, max(low, first - 14), -1):
        word = lows[at]
        if word in ("who", "whose"):
            if lows[first - 1] in VERBS or lows[first - 1] in SUBORDINATORS or lows[first - 1] in COORDINATORS:
                return None
            noun = phrase_before(items, at - 1, low)
            head = lows[noun[1]] if noun is not None else ""
            people = any(one in ROLES or one in SPEAKING_NOUNS or one in OCCUPATIONS for one in (head, head[:-1]))
            return noun if noun is not None and people and _at_boundary(items, noun[0], low) else None
        if word in STOPS:
            return None
    return None


def _before_tag(items: Items, at: int, low: int) -> int | None:
    """Where a name ends before ", R-Tenn." or "(D-Vt.)" that ends at ``at``; None where there is none."""
    if at <= low:
        return None
    if items.lows[at] == ")":
        name = _before_bracket(items, at, low)
        return name if low <= name < at else None
    tag = at - 1 if items.lows[at] == "." else at
    if tag - 2 < low or items.lows[tag - 1] != "," or items.lows[tag][:2] not in ("r-", "d-", "i-"):
        return None
    return tag - 2


def _before_insertion(items: Items, head: int, low: int) -> tuple[int, int] | None:
    lows = items.lows
    close = lows[head]
    if close == ",":
        if lows[head - 1] == ")" and head - 1 > low:
            return _before_insertion(items, head - 1, low)
        opener = ","
    elif close == ")":
        opener = "("
    else:
        opener = close
    tries = 0
    nearest: tuple[int, int] | None = None
    for at in range(head - 1, max(low, head - REACH), -1):
        if lows[at] != opener:
            continue
        tries += 1
        if tries > 4:
            break
        if opener == "(":
            before = at - 2 if lows[at - 1] == "," else at - 1
            return phrase_before(items, before, low) if before >= low else None
        source = phrase_before(items, _before_bracket(items, at - 1, low), low)
        if source is None or not _at_boundary(items, source[0], low):
            continue
        if not _insertion(items, at + 1, head):
            continue
        if source[0] == source[1] and source[0] > low and lows[source[0] - 1] == "," and _placed(items, source[0], low):
            nearest = nearest or source  # "Smith, who was born in Aurora, Colorado, in 1950, said"
            continue
        if source[0] < source[1] and not items.capital(source[1]):
            named = phrase_before(items, head - 1, at + 1)
            if named is not None and named[0] == at + 1 and items.capital(head - 1) and lows[at + 1] not in DETERMINERS:
                return source[0], named[1]  # "the Kremlin’s spokesman, Dmitry Peskov, said"
        if lows[source[0]] in DETERMINERS and source[0] > low and lows[source[0] - 1] == ",":
            nearest = nearest or source  # itself an insertion: "Smith, a voter from Houston, Texas, said"
            continue
        return source
    return nearest


def _before_bracket(items: Items, at: int, low: int) -> int:
    """Step left over "(D-Vt.)"."""
    if items.lows[at] != ")":
        return at
    for opening in range(at - 1, max(low, at - 12), -1):
        if items.lows[opening] == "(":
            return opening - 1
    return at


def _placed(items: Items, index: int, low: int) -> bool:
    """Whether a word after a comma says where the place before it lies: "in Aurora, Colorado"."""
    if is_place(items, index):
        return True
    at = index - 2
    while at > low and items.capital(at):
        at -= 1
    return at < index - 2 and items.lows[at] in PREPOSITIONS


def is_place(items: Items, index: int) -> bool:
    """Whether a word is known for a place or looks like the short form of one ("N.H.", "Ill" before its stop)."""
    low = items.lows[index]
    if not items.capital(index):
        return False
    return low in _PLACES or low.endswith(".") or items.lows[index + 1 : index + 2] == ["."]


def _insertion(items: Items, start: int, end: int) -> bool:
    """Whether what stands between two commas describes the noun before it."""
    if start >= end:
        return False
    word = items.lows[start]
    if word in ("who", "whose", "which", "whom") or word in DETERMINERS or word in ROLES or word.isdigit():
        return True
    if word in ("and", "but", "said", "when") or word in NOMINATIVE:
        return False
    if (
        word in PREPOSITIONS
        or is_adverb(word)
        or word.endswith(("ing", "ed"))
        or word in ("himself", "now", "then", "when")
    ):
        return True
    if any(low in ROLES for low in items.lows[start : min(start + 5, end)]):
        return True
    return items.capital(start) or end - start <= 6


def _at_boundary(items: Items, start: int, low: int) -> bool:
    """Whether a clause may begin here."""
    if start <= low:
        return True
    before = items.lows[start - 1]
    return (
        before in STOPS
        or before in COORDINATORS
        or before in SUBORDINATORS
        or before in VERBS
        or before in DAYS
        or is_adverb(before)
    )


def with_name(items: Items, source: tuple[int, int], high: int) -> tuple[int, int]:
    """The name in apposition belongs to the source: "said its leader, Anna Roe"."""
    last = source[1]
    described = items.lows[last] in ROLES or items.lows[last] in SPEAKING_NOUNS
    if items.capital(last) or not described or items.lows[last + 1 : last + 2] != [","]:
        return source
    end = last + 2
    while end < high and (items.capital(end) or (end > last + 2 and items.lows[end] in PARTICLES)):
        end += 1
    if end - last < 4 or not (end == high or items.lows[end] in STOPS or items.lows[end] == "who"):
        return source
    return source[0], end - 1


def skip_days(items: Items, head: int, low: int) -> int:
    """Step left over "on Monday", "late Tuesday", "last week" before a verb."""
    lows = items.lows
    at = head
    while at > low and (lows[at] in DAYS or (lows[at].isdigit() and lows[at - 1] in DAYS)):
        at -= 1
    if at == head or at < low:
        return head
    if lows[at] == "’s":
        return head
    while at > low and lows[at] in DAY_LEADS:
        at -= 1
    return at


def first_subject(items: Items, low: int, high: int) -> tuple[int, int] | None:
    """The subject of a unit's main clause as far as position tells: the first noun phrase outside a lead-in."""
    lows = items.lows
    at = low
    while at < high and (lows[at] in COORDINATORS or lows[at] in STOPS or is_adverb(lows[at])):
        at += 1
    for _ in range(3):
        if at >= high:
            return None
        dated = _dateline(items, at, high)
        if not dated and not _leads_in(items, at, high):
            break
        reach = lows[at : min(high, at + REACH)]
        if dated:
            comma = next((at + i for i, low in enumerate(reach) if low in DASHES or low == "-"), None)
        else:
            comma = at + reach.index(",") if "," in reach else None
        if comma is None:
            return None
        at = comma + 1
        if at + 1 < high and items.capital(comma - 1) and is_place(items, at):
            stop = at + 2 if lows[at + 1] == "." else at + 1
            if lows[stop : stop + 1] == [","]:  # "At a rally in Salem, N.H., Smith ..."
                at = stop + 1
    source = phrase_after(items, at, high)
    if source is None or source[1] + 1 >= high:
        return None
    return with_name(items, source, high)


def _leads_in(items: Items, at: int, high: int) -> bool:
    """Whether a clause begins with something else than its subject."""
    low = items.lows[at]
    if low in _LEADING or low.endswith("ing") or _time(items, at, high):
        return True
    return low in _AWAY and at + 1 < high and items.lows[at + 1] in PREPOSITIONS


def dateline_end(items: Items, low: int, high: int) -> int:
    """Where the sentence begins after "KYIV (Reuters) —"; ``low`` where there is no dateline."""
    if not _dateline(items, low, high):
        return low
    for at in range(low + 1, min(high - 1, low + 12)):
        if items.lows[at] in DASHES or items.lows[at] == "-":
            return at + 1
        if not (items.capital(at) or items.words[at].isdigit() or items.lows[at] in ("(", ")", ",", ".")):
            return low
    return low


def _dateline(items: Items, start: int, high: int) -> bool:
    """ "PARIS, May 11 (Reuters) -" before the first sentence."""
    word = items.words[start]
    if not word[0].isupper():
        return False
    if len(word) < 3 or not word.isupper():
        return _agency_line(items, start, high)
    return any(low in DASHES or low == "-" for low in items.lows[start : min(high, start + 12)])


def _agency_line(items: Items, start: int, high: int) -> bool:
    """ "Oslo (NTB) –" before the first sentence."""
    lows = items.lows
    if "(" not in lows[start : start + 5]:
        return False
    at = start
    while at < min(high, start + 4) and items.capital(at):
        at += 1
    if at == start or lows[at : at + 1] != ["("] or at + 3 >= high or not items.words[at + 1].isupper():
        return False
    return lows[at + 2] == ")" and (lows[at + 3] in DASHES or lows[at + 3] == "-")


def _time(items: Items, start: int, high: int) -> bool:
    """ "Hours later," and "Two weeks ago," are no subjects."""
    if items.lows[start] in _SOON and start + 1 < high and items.lows[start + 1] in DAYS:
        return True
    if items.lows[start] == "the" and items.lows[start + 1 : start + 2] in (["next"], ["same"], ["following"]):
        return items.lows[start + 2 : start + 3] != [] and items.lows[start + 2] in _TIMES
    near = items.lows[start : min(high, start + 7)]
    return "," in near and near[near.index(",") - 1] in _LATER and near[0] != ","
