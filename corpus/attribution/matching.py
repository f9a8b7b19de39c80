"""Whether two names mean one person, with no article at hand."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from corpus.attribution.spellings import spelled
from corpus.attribution.vocabulary import COUNTRIES, NICKNAMES, ROLE_MODIFIERS, ROLES

_POSSESSIVE: Final = re.compile(r"[’']s?$")
_ENDING: Final = re.compile(r"(?:iy|yy|ij|yi|ii|y|i)$")
_JOINED: Final = re.compile(r"\band\b|,")


@functools.lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """A name for comparison: lower case, no accents, one spelling for the endings -y, -yy, -iy, -ij, -i."""
    plain = text.lower().replace("’", "'")
    if not plain.isascii():
        plain = "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))
    return _ENDING.sub("y", plain)


def same_person(asked: str, speaker: str) -> bool:
    """Whether a name somebody typed can mean a speaker, with no article at hand.

    Full names must agree in first name and surname; a surname alone agrees with every bearer. Case, accents,
    titles and the usual transliterations do not matter.
    """
    wanted = name_words(asked)
    if not wanted:
        return False
    return any(_same(wanted, name_words(part)) for part in _JOINED.split(speaker))


def name_words(text: str) -> list[str]:
    """The words of a name without titles and suffixes."""
    words = [word.strip(".,;:'\"“”()") for word in text.replace("\u00a0", " ").split()]
    words = [bare(word.replace(".", "") if word.isupper() else word) for word in words if word]
    office = bool(words) and words[-1].lower() in ROLES  # "Russian officials" are nobody without their country
    while (
        len(words) > 1
        and (not office or words[0].lower() == "the")
        and (
            (low := words[0].lower()) in ROLES
            or low + "." in ROLES
            or low in COUNTRIES
            or low in ROLE_MODIFIERS
            or low == "the"
        )
    ):
        words = words[1:]
    while len(words) > 1 and words[-1].lower().rstrip(".") in ("jr", "sr", "ii", "iii"):
        words = words[:-1]
    return [word for word in words if word]


def _same(wanted: Sequence[str], named: Sequence[str]) -> bool:
    if not named:
        return False
    left, right = [spelled(word) for word in wanted], [spelled(word) for word in named]
    if left == right:
        return True
    if len(left) == 1:
        return left[0] == right[-1] and len(right) <= 5
    if len(right) == 1:
        return right[0] == left[-1]
    if left[-1] != right[-1]:
        return False
    if left == right[-len(left) :]:
        return True  # "Guajardo Villarreal" for Ildefonso Guajardo Villarreal
    return spelled(named[0]) == spelled(wanted[0]) or same_first(" ".join(named), wanted[0])


def first_name(word: str) -> str:
    """A first name for comparison: folded, a short form as the name it is short for."""
    low = fold(word)
    return NICKNAMES.get(low, low)


def same_first(name: str, first: str) -> bool:
    """Whether two first names are one person's: equal, short for each other, or one letter apart."""
    other = first_name(name.split()[0]) if " " in name else ""
    mine = first_name(first)
    if not other or other == mine:
        return True
    if other[:3] == mine[:3] and min(len(other), len(mine)) == 3:
        return True
    if len(mine) == 1 or len(other) == 1 or mine.endswith(".") or other.endswith("."):
        return mine[0] == other[0]
    return (
        len(mine) == len(other) > 3
        and mine[0] == other[0]
        and sum(a != b for a, b in zip(mine, other, strict=True)) == 1
    )


def bare(word: str) -> str:
    """A word without its possessive ending."""
    return _POSSESSIVE.sub("", word) if "’" in word or "'" in word else word
