"""Signed quotes: "“…” — Anna Roe, Oslo", where a dash and a name stand for a verb.

A signature closes a paragraph that is nothing but a quote, or is the whole of the line after one. Outlets, credits
and ordinary clauses after a dash sign nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.attribution.items import QUOTE, Items
from corpus.attribution.names import Names
from corpus.attribution.quotes import Quote
from corpus.attribution.vocabulary import (
    AUXILIARY,
    COUNTRIES,
    DETERMINERS,
    FEMALE_NAMES,
    FUNCTION,
    MALE_NAMES,
    NOT_PERSONAL,
    OCCUPATIONS,
    OUTLETS,
    PARTICLES,
    ROLE_MODIFIERS,
    ROLES,
    VERBS,
)
from corpus.models import Block

_SIGNED: Final = re.compile(r"[ \u00a0]*(―|—|–|--?)[ \u00a0]*([^\n]{2,120}?)[ \u00a0.]*$")
# Where the name ends: before "(D-Vt.)", before ", 34, Oslo".
_NAME_ENDS: Final = re.compile(r",\s|\s\(")
_AGE: Final = re.compile(r",\s\d{1,3}\b|\s\(\d{1,3}\)")
_WORD: Final = re.compile(r"[\w.’'‐‑-]+")
_CREDITS: Final = frozenset(
    "photo photos photograph image images picture pictures credit credits courtesy staff file getty video illustration "
    "graphic source sources by via compiled reporting editing additional contributed anonymous more related read "
    "watch update editor editors translation translated".split()
)
_TITLES: Final = ROLES | ROLE_MODIFIERS | OCCUPATIONS
# A name has no more words than this.
_LONGEST: Final = 5


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs a paragraph: ``body[start:end]`` is the printed name, ``dash`` the place of the dash."""

    speaker: str
    start: int
    end: int
    dash: tuple[int, int]
    words: tuple[int, int]
    """What is signed, marks included."""


def signature(body: str, blocks: Sequence[Block], items: Items, names: Names) -> Signature | None:
    """The signature of a paragraph that is a quote, at its end or on the line after it.

    ``blocks`` are the paragraph and the two after it.
    """
    block = blocks[0]
    at = max(items.quotes, default=-1)
    if at < 0 or items.lows[0] != QUOTE or items.quotes[0].start != block.start:
        return None
    last = items.quotes[at]
    if not last.utterance and at == 0:
        return None
    if any(low in VERBS or low in ROLES for low in items.lows[:at]):
        return None  # somebody else says a part of it
    rest = body[last.end : block.end]
    if rest.strip(" .\u00a0"):
        return _read(body, last.end, block.end, items.quotes[0], last, names)
    dashed = [body[one.start] in "―—–-" for one in blocks[1:]]
    if not dashed or not dashed[0] or dashed == [True, True]:
        return None  # or a list follows
    return _read(body, blocks[1].start, blocks[1].end, items.quotes[0], last, names)


def _read(body: str, start: int, end: int, first: Quote, last: Quote, names: Names) -> Signature | None:
    match = _SIGNED.match(body[start:end])
    if match is None:
        return None
    text = match.group(2)
    name_end = _NAME_ENDS.search(text)
    name = text[: name_end.start()] if name_end is not None else text
    aged = name_end is not None and _AGE.match(text, name_end.start()) is not None
    if name_end is not None and not AUXILIARY.isdisjoint(text[name_end.start() :].lower().split()):
        return None  # "- Anna Roe, 34, was late" is an item of a list
    words = list(_WORD.finditer(name))
    if not words or _WORD.sub("", name).strip() or len(words) > _LONGEST + 3:
        return None
    while len(words) > 1 and words[0].group().lower() in _TITLES:
        words.pop(0)
    speaker = _signer([word.group() for word in words], names, aged)
    if speaker is None:
        return None
    offset = start + match.start(2)
    return Signature(
        speaker,
        offset + words[0].start(),
        offset + words[-1].end(),
        (start + match.start(1), start + match.end(1)),
        (first.start, last.end),
    )


def _signer(words: Sequence[str], names: Names, aged: bool) -> str | None:
    """The name in full where the words can be somebody's, else None."""
    if not 1 <= len(words) <= _LONGEST or not words[0][0].isupper() or not words[-1][0].isupper():
        return None
    if not all(word[0].isupper() or word in PARTICLES for word in words):
        return None
    lows = {word.lower() for word in words}
    if lows & OUTLETS or lows & _CREDITS:
        return None
    known = names.find(words)
    if known is not None:
        return known.name
    first = words[0].lower()
    if lows & DETERMINERS or first in FUNCTION or first in COUNTRIES:
        return None
    given = first in MALE_NAMES or first in FEMALE_NAMES
    if len(words) == 1:
        return words[0] if aged or (given and len(words[0]) > 2) else None
    if not given and (lows & NOT_PERSONAL or all(len(word) > 2 and word.isupper() for word in words)):
        return None
    return " ".join(words)
