"""Near-identical passages, e.g. one agency text in four outlets, shown as one hit that lists them all."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from retrieval.vocabulary import Numbers, vocabulary

Shingles = NDArray[np.uint64]

_SHINGLE = 3
"""Words per shingle: short enough for a paragraph with one word changed, long enough to mean the same text."""

_SAME = 0.7
"""Jaccard similarity of shingle sets from which two passages count as one printed text (Broder 1997)."""

_ODD = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)
"""Multipliers of the words of a run (those of the Fibonacci and xxHash hashes)."""

_FOLD = np.uint64(29)

_SHARED = 4
"""Shingles of their prefixes that two texts must share before they are compared whole."""

_KEPT = 4096
"""Texts whose shingles are kept: those of some tens of questions, 10 MB of sentences."""


class HasShingles(Protocol):
    """Anything that carries the shingles of a text."""

    @property
    def shingles(self) -> Shingles:
        """As :func:`shingles_of` gives them."""


T = TypeVar("T", bound=HasShingles)


def fold(ranked: Sequence[T]) -> list[tuple[T, list[T]]]:
    """Group a ranked list: each first of its text with those further down that print the same."""
    own = [item.shingles for item in ranked]
    repeated = _repeated(own)
    groups: dict[int, list[T]] = {}
    """By the place of the first of each."""
    holders: dict[int, list[int]] = {}
    """By shingle the firsts that hold it."""
    for n, item in enumerate(ranked):
        shared = Counter(first for shingle in repeated.get(n, ()) for first in holders.get(shingle, ()))
        near = (first for first, times in sorted(shared.items()) if _may_be_alike(times, own[first], own[n]))
        same = next((first for first in near if _alike(own[first], own[n])), None)
        if same is None:
            groups[n] = []
            for shingle in repeated.get(n, ()):
                holders.setdefault(shingle, []).append(n)
        else:
            groups[same].append(item)
    return [(ranked[n], others) for n, others in groups.items()]


def same_text(one: str, other: str) -> bool:
    """Whether two texts are near-identical."""
    own, others = _shingles(one), _shingles(other)
    # For lines of some words this takes a quarter of the time of arrays.
    return _near_in_size(len(own), len(others)) and _near(len(own), len(others), len(own & others))


def shingles_of(words: Numbers) -> Shingles:
    """Hashes of the runs of some words, sorted, each once; fewer words are one run."""
    (own,) = shingles_of_each(words, [(0, len(words))])
    return own


def shingles_of_each(words: Numbers, texts: Sequence[tuple[int, int]]) -> list[Shingles]:
    """The same for many texts, each given as a range of ``words``."""
    numbers = np.concatenate([words, np.zeros(_SHINGLE, words.dtype)]).astype(np.uint64)
    # Multiplied and folded, so that their order is the same for all texts and else as good as any.
    mixed = (numbers[:-2] * _ODD[0] + numbers[1:-1] * _ODD[1] + numbers[2:] * _ODD[2]) * _ODD[0]
    mixed ^= mixed >> _FOLD
    found = []
    for start, end in texts:
        if end - start < _SHINGLE:
            few = np.concatenate([words[start:end], np.zeros(_SHINGLE - (end - start), words.dtype)])
            found.append(shingles_of(few))
            continue
        own = np.sort(mixed[start : end - _SHINGLE + 1])
        first = np.ones(len(own), dtype=bool)
        np.not_equal(own[1:], own[:-1], out=first[1:])
        found.append(own[first])
    return found


def _alike(one: Shingles, other: Shingles) -> bool:
    if not _near_in_size(len(one), len(other)):
        return False
    return _near(len(one), len(other), len(np.intersect1d(one, other, assume_unique=True)))


def _near_in_size(one: int, other: int) -> bool:
    # Sizes alone rule most pairs out: a Jaccard similarity is at most the ratio of the sizes.
    return one >= _SAME * other and other >= _SAME * one


def _near(one: int, other: int, shared: int) -> bool:
    return shared >= _SAME * (one + other - shared)


def _repeated(own: Sequence[Shingles]) -> dict[int, list[int]]:
    """For each text the shingles of its prefix that stand in the prefix of another one too; few do."""
    if not own:
        return {}
    prefixes = [_prefix(shingles) for shingles in own]
    shingles = np.concatenate(prefixes)
    order = np.argsort(shingles)
    same = shingles[order[1:]] == shingles[order[:-1]]
    if not same.any():
        return {}
    again = order[np.concatenate([same, [False]]) | np.concatenate([[False], same])]
    owners = np.repeat(np.arange(len(prefixes)), [len(prefix) for prefix in prefixes])
    found: dict[int, list[int]] = {}
    for owner, shingle in zip(owners[again].tolist(), shingles[again].tolist(), strict=True):
        found.setdefault(owner, []).append(shingle)
    return found


def _may_be_alike(shared: int, one: Shingles, other: Shingles) -> bool:
    """Whether two texts may be alike whose prefixes have so many shingles in common."""
    return shared >= _SHARED or shared >= _least_shared(min(len(one), len(other)))


@lru_cache(maxsize=_KEPT)
def _shingles(text: str) -> frozenset[int]:
    return frozenset(shingles_of(vocabulary().words(text)).tolist())


def _prefix(own: Shingles) -> Shingles:
    """So many shingles, in one order for all texts, that alike texts share :data:`_SHARED` of them, or all they have.

    The prefix filter (Chaudhuri 2006), made longer by some: one run of words stands in many texts of one matter.
    """
    return own[: len(own) - _least_shared(len(own)) + _SHARED]


def _least_shared(size: int) -> int:
    """How many of so many shingles an alike text has too, at the least."""
    return math.ceil(_SAME * size - 1e-9)
