"""Near-identical passages, e.g. one agency text in four outlets, shown as one hit that lists them all."""

from __future__ import annotations

import math
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

_KEPT = 4096
"""Texts whose shingles are kept: those of some tens of questions, 5 MB of paragraphs."""


class HasShingles(Protocol):
    """Anything that carries the shingles of a text."""

    @property
    def shingles(self) -> Shingles:
        """As :func:`shingles_of` gives them."""


T = TypeVar("T", bound=HasShingles)


def fold(ranked: Sequence[T]) -> list[tuple[T, list[T]]]:
    """Group a ranked list: each first of its text with those further down that print the same."""
    own = [item.shingles for item in ranked]
    near = _sharing([_prefix(shingles) for shingles in own])
    groups: dict[int, list[T]] = {}
    """By the place of the first of each."""
    for n, item in enumerate(ranked):
        same = next((one for one in near.get(n, ()) if one in groups and _alike(own[one], own[n])), None)
        if same is None:
            groups[n] = []
        else:
            groups[same].append(item)
    return [(ranked[n], others) for n, others in groups.items()]


def same_text(one: str, other: str) -> bool:
    """Whether two texts are near-identical."""
    return _alike(_shingles(one), _shingles(other))


def shingles_of(words: Numbers) -> Shingles:
    """Hashes of the runs of some words, sorted, each once; fewer words are one run."""
    if len(words) < _SHINGLE:
        words = np.concatenate([words, np.zeros(_SHINGLE - len(words), words.dtype)])
    numbers = words.astype(np.uint64)
    # Multiplied and folded, so that their order is the same for all texts and else as good as any.
    mixed = (numbers[:-2] * _ODD[0] + numbers[1:-1] * _ODD[1] + numbers[2:] * _ODD[2]) * _ODD[0]
    mixed ^= mixed >> _FOLD
    mixed.sort()
    once: Shingles = mixed[np.flatnonzero(np.diff(mixed, prepend=~mixed[:1]))]
    return once


def _alike(one: Shingles, other: Shingles) -> bool:
    # Sizes alone rule most pairs out: a Jaccard similarity is at most the ratio of the sizes.
    if len(one) < _SAME * len(other) or len(other) < _SAME * len(one):
        return False
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return shared >= _SAME * (len(one) + len(other) - shared)


def _sharing(prefixes: Sequence[Shingles]) -> dict[int, list[int]]:
    """For each text those before it, in order, whose prefix has a shingle in common with its own."""
    if not prefixes:
        return {}
    shingles = np.concatenate(prefixes)
    owners = np.repeat(np.arange(len(prefixes)), [len(prefix) for prefix in prefixes])
    order = np.lexsort((owners, shingles))
    shingles, owners = shingles[order], owners[order]
    found: dict[int, set[int]] = {}
    run: list[int] = []
    # Few shingles stand in two texts: only these are gone through.
    again = np.flatnonzero(shingles[1:] == shingles[:-1]) + 1
    last = -1
    for n in again.tolist():
        run = [*run, int(owners[n - 1])] if n == last + 1 else [int(owners[n - 1])]
        found.setdefault(int(owners[n]), set()).update(run)
        last = n
    return {n: sorted(others) for n, others in found.items()}


@lru_cache(maxsize=_KEPT)
def _shingles(text: str) -> Shingles:
    return shingles_of(vocabulary().words(text))


def _prefix(own: Shingles) -> Shingles:
    """So many shingles, in one order for all texts, that alike texts share one (prefix filter, Chaudhuri 2006)."""
    return own[: len(own) - math.ceil(_SAME * len(own) - 1e-9) + 1]
