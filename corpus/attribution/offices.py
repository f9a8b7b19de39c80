"""Offices: what a title, an apposition or a description says somebody is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.attribution.matching import bare
from corpus.attribution.vocabulary import COUNTRIES, LEADERS, PREPOSITIONS, ROLE_MODIFIERS, ROLES, VERBS

OF: Final = re.compile(r"\s(?:of|for)\s(?:the\s)?([A-Z][\w.]*)")
_APPOSED: Final = re.compile(r",\s")
_APPOSED_WORD: Final = re.compile(r"[\w.&-]+(?:[’']s)?")
_GOES_ON: Final = re.compile(r"\s(?:of|for|who|at|in|to|on|with|whose)\b")
_NO_APPOSITION: Final = frozenset("and who which met as while or when he she it according was is has had".split())
_HONORIFICS: Final = frozenset("mr. mrs. ms. miss sir hon. adv. mr mrs ms dr dr. prof prof. rev rev.".split())
COUNTRY_NAMES: Final = frozenset(COUNTRIES.values())
HEADS: Final = LEADERS | {"prime minister", "leader"}
MINISTERS: Final = frozenset(("minister", "secretary", "foreign minister", "defense minister", "defence minister"))
_OTHER_LEADERS: Final = frozenset(
    "opposition separatist rebel party majority minority house senate conservative liberal republican democratic labor "
    "council church religious campaign deputy".split()
)
_PAST: Final = frozenset(("former", "ex-president", "late", "then", "vice", "deputy"))


@dataclass(frozen=True, slots=True)
class Office:
    """An office as a description names it: its words, its countries and the place in the text."""

    roles: frozenset[str]
    places: frozenset[str]
    at: int
    proper: frozenset[str] = frozenset()
    """Further names in it: "the Vale manager" is not the manager of another club."""


def offices(words: Sequence[str]) -> set[str]:
    """The offices in a title: each alone and with the word before it ("minister", "foreign minister")."""
    found: set[str] = set()
    for index, word in enumerate(words):
        if word not in ROLES or word in _HONORIFICS:
            continue
        before = words[index - 1] if index else ""
        lesser = next((earlier for earlier in words[:index] if earlier in _PAST), None)
        if lesser is not None:
            found.add(f"{lesser} {word}")  # "the president" is not the former one
            continue
        modified = before in ROLE_MODIFIERS or before in _OTHER_LEADERS
        if modified:
            found.add(f"{before} {word}")
        if not (word == "leader" and before in _OTHER_LEADERS) and not (word == "minister" and before == "prime"):
            found.add(word)
    if "prime minister" in found:
        found.add("premier")
    return found


def places(words: Sequence[str]) -> set[str]:
    """The countries that words name, a nationality being its country."""
    return {COUNTRIES.get(word, word) for word in words if word in COUNTRIES or word in COUNTRY_NAMES}


def apposition(after: str) -> list[str]:
    """The words of ", the Kremlin spokesman" or ", Ukraine's president" after a name; empty when there is none."""
    match = _APPOSED.match(after)
    if match is None:
        return []
    words: list[str] = []
    for token in _APPOSED_WORD.finditer(after, match.end()):
        low = bare(token.group().lower())
        narrates = low in PREPOSITIONS and low not in ("of", "for")
        if narrates or low in VERBS or low in _NO_APPOSITION or len(words) > 5:
            return []
        words.append(low)
        following = after[token.end() :]
        if low in ROLES and (following[:1] in ",.;)—" or _GOES_ON.match(following)):
            of = OF.match(following)
            return [*words, *([of.group(1).lower()] if of is not None else [])]
        if following[:1] != " ":
            return []
    return []
