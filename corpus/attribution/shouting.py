"""Text in capitals throughout, where a capital tells no name from a noun: only what is sure is read there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from corpus.attribution.cues import Cue
from corpus.attribution.items import Items
from corpus.attribution.names import Names
from corpus.attribution.validity import noun_of_people
from corpus.attribution.vocabulary import (
    COUNTRIES,
    DETERMINERS,
    FEMALE_NAMES,
    FUNCTION,
    MALE_NAMES,
    OCCUPATIONS,
    ROLE_MODIFIERS,
    ROLES,
)

_SMALL: Final = re.compile("[a-z]")
_LEAST: Final = 20
_FEW_SMALL: Final = 0.08
_LONGEST: Final = 3
_TITLES: Final = ROLES | ROLE_MODIFIERS | OCCUPATIONS | DETERMINERS | COUNTRIES.keys()


def shouts(text: str) -> bool:
    """Whether a block is printed in capitals."""
    if len(text) < _LEAST or not text[:_LEAST].isupper():
        return False
    return len(_SMALL.findall(text)) <= _FEW_SMALL * len(text)


def surely_said(items: Items, cues: Sequence[Cue], names: Names) -> list[Cue]:
    """The cues whose subject is sure to be somebody, and those that take it over."""
    kept: list[Cue] = []
    sure = False
    for cue in cues:
        sure = sure if cue.source is None else _surely_somebody(items, cue.source, names)
        if sure:
            kept.append(cue)
    return kept


def _surely_somebody(items: Items, source: tuple[int, int], names: Names) -> bool:
    """Whether a subject is known without capitals: a person named elsewhere, a first name, an office."""
    first, last = source
    while first <= last and items.lows[first] in _TITLES:
        first += 1
    words = [word.capitalize() for word in items.words[first : last + 1]]
    if len(words) <= 1 and noun_of_people(items.lows[last]):
        return True  # "THE MAYOR", "CITY OFFICIALS"
    if not words or len(words) > _LONGEST or not FUNCTION.isdisjoint(items.lows[first : last + 1]):
        return False
    if names.find(words) is not None:
        return True
    return len(words) > 1 and (items.lows[first] in FEMALE_NAMES or items.lows[first] in MALE_NAMES)
