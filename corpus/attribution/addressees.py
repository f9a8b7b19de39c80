"""Addressees: to whom something was said, where the clause of saying tells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from corpus.attribution.asides import TITLES, Aside
from corpus.attribution.cues import Cue
from corpus.attribution.items import POSSESSIVE, Items
from corpus.attribution.phrases import STOPS, is_adverb, phrase_after
from corpus.attribution.validity import noun_of_people
from corpus.attribution.vocabulary import DAYS, DETERMINERS, NP_PREPOSITIONS, PRONOUNS

# Who is told stands right after these verbs ...
_TELLS: Final = frozenset("tell inform assure remind".split())
# ... and after these where it is somebody, not what is asked for or warned of.
_TURNS_TO: Final = frozenset("ask warn advise urge email implore exhort beg promise call thank".split())
# One is reminded of something.
_OF: Final = frozenset("remind inform assure warn advise".split())
_SOME: Final = frozenset(
    "members member leaders leader heads head group groups crowd audience representatives chairman president minister "
    "secretary readers residents people parents families ministry department".split()
)
# "said to reporters", "wrote to the mayor"
_TO: Final = frozenset(
    "say write explain complain confirm announce reply admit reveal suggest repeat stress apologize apologise appeal "
    "confide disclose testify boast brag joke quip vow pledge promise swear remark recount mention shout yell whisper "
    "declare plead emphasize emphasise reiterate insist comment".split()
)
# "in a letter to the mayor", "an interview with the Herald"
_SENT: Final = frozenset(
    "letter statement email e-mail speech address remarks remark comment comments message testimony note interview "
    "interviews memo text".split()
)
_BEHIND: Final = frozenset(
    "that to not about of over against whether if how why what who in on at after before".split()
)
_WEEKDAYS: Final = DAYS - TITLES
_NOBODY: Final = frozenset("me us you it itself himself herself themselves one".split())


def addressed(items: Items, cue: Cue, limit: int) -> tuple[int, int] | None:
    """Whom the verb of saying itself names as its hearer, as first and last item; a pronoun may be one."""
    at = cue.source[1] + 1 if cue.inverted and cue.source is not None else cue.last + 1
    lows = items.lows
    if cue.according or cue.relays is not None:
        return None
    direct = cue.lemma in _TELLS or cue.lemma in _TURNS_TO
    if cue.lemma == "call" and lows[cue.last] != "on":
        return None
    if direct and not cue.inverted:
        told = _listener(items, at, limit)
        if told is not None and cue.lemma in _OF:
            told = _before_of(items, told)
        if told is None or cue.lemma in _TELLS:
            return told
        behind = told[1] + 1
        closed = behind >= limit or lows[behind] in STOPS or lows[behind] in _BEHIND or lows[behind] in DAYS
        return told if closed or is_adverb(lows[behind]) else None
    while at < limit and (lows[at] in DAYS or is_adverb(lows[at])):
        at += 1
    if cue.inverted or cue.lemma not in _TO or at + 1 >= limit or lows[at] != "to":
        return None
    named = lows[at + 1] in DETERMINERS or items.capital(at + 1) or lows[at + 1] in PRONOUNS
    if not named and not lows[at + 1].endswith("ing") and not noun_of_people(lows[at + 1]):
        return None  # "vowed to block the nominee"
    told = _listener(items, at + 1, limit)
    return _before_of(items, told) if told is not None else None


def _listener(items: Items, start: int, limit: int) -> tuple[int, int] | None:
    """The noun phrase for somebody at ``start``, without when and where."""
    lows = items.lows
    phrase = phrase_after(items, start, limit)
    if phrase is None and start + 1 < limit and lows[start] == "the" and items.capital(start + 1):
        phrase = start, start + 1  # "the Morning Herald"
    if phrase is None:
        return None
    first, last = phrase
    if first == last and lows[first] in PRONOUNS:
        return phrase if lows[first] not in _NOBODY else None
    while last + 1 < limit and _names_on(items, last + 1):
        last += 1
    end = last + 1
    for at in range(first + 1, last + 1):
        if lows[at] == "that" or (lows[at] in NP_PREPOSITIONS and lows[at] not in ("of", "for")):
            end = at
            break
    while end > first and not _names_on(items, end - 1):
        if lows[end - 1] not in POSSESSIVE and lows[end - 1] not in DAYS and not is_adverb(lows[end - 1]):
            break
        end -= 1  # "told the Herald’s “Boat Show”"
    return (first, end - 1) if end > first else None


def _before_of(items: Items, told: tuple[int, int]) -> tuple[int, int]:
    """ "reminded voters of the storm": what follows "of" is what they hear, but for "members of the council"."""
    for at in range(told[0] + 1, told[1]):
        if items.lows[at] == "of" and items.lows[at - 1] not in _SOME:
            return told[0], at - 1
    return told


def _names_on(items: Items, at: int) -> bool:
    """Whether a day or a number belongs to the name before it: "Oslo Today", "Radio 1"."""
    low = items.lows[at]
    if not items.capital(at - 1):
        return False
    named = items.lows[at - 1] in TITLES and low not in _WEEKDAYS  # "the Morning Herald"
    return low.isdigit() or (items.capital(at) and (low in TITLES or named))


def addressed_beside(items: Items, found: Sequence[Aside]) -> tuple[int, int] | None:
    """Whom the asides name as hearer: "in a letter to the mayor", "speaking to reporters"."""
    lows = items.lows
    for aside in found:
        for at in range(aside.start + 1, aside.end - 1):
            if lows[at] not in ("to", "with"):
                continue
            before = lows[at - 1]
            if before in DAYS and at - 2 >= aside.start:
                before = lows[at - 2]
            if before in _SENT or before in ("speaking", "talking"):
                return _listener(items, at + 1, aside.end)
    return None
