"""Near-identical passages, e.g. one agency text in four outlets, shown as one hit that lists them all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from corpus.models import Passage
from retrieval.vocabulary import vocabulary

Shingles = NDArray[np.uint64]

_SHINGLE = 3
"""Words per shingle: short enough for a paragraph with one word changed, long enough to mean the same text."""

_SAME = 0.7
"""Jaccard similarity of shingle sets from which two passages count as one printed text (Broder 1997)."""

_ODD = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)
"""Multipliers of the words of a run (those of the Fibonacci and xxHash hashes)."""

_KEPT = 4096
"""Texts whose shingles are kept: those of some tens of questions, 5 MB of paragraphs."""


class HasPassage(Protocol):
    """Anything that carries a passage."""

    @property
    def passage(self) -> Passage:
        """The passage."""


T = TypeVar("T", bound=HasPassage)


def fold(ranked: Sequence[T]) -> list[tuple[T, list[T]]]:
    """Group a ranked list: each first of its text with those further down that print the same."""
    texts = [item.passage.text for item in ranked]
    near = _sharing([_prefix(text) for text in texts])
    groups: dict[int, list[T]] = {}
    """By the place of the first of each."""
    for n, item in enumerate(ranked):
        same = next((one for one in near.get(n, ()) if one in groups and same_text(texts[one], texts[n])), None)
        if same is None:
            groups[n] = []
        else:
            groups[same].append(item)
    return [(ranked[n], others) for n, others in groups.items()]


def same_text(one: str, other: str) -> bool:
    """Whether two texts are near-identical."""
    # Sizes alone rule most pairs out: a Jaccard similarity is at most the ratio of the sizes.
    size, other_size = len(_shingles(one)), len(_shingles(other))
    if size < _SAME * other_size or other_size < _SAME * size:
        return False
    shared = len(_shingle_set(one) & _shingle_set(other))
    return shared >= _SAME * (size + other_size - shared)


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
    """Hashes of the runs of words of a text, sorted, each once; a text of fewer words is one run."""
    words = vocabulary().words(text).astype(np.uint64)
    if len(words) < _SHINGLE:
        words = np.concatenate([words, np.zeros(_SHINGLE - len(words), np.uint64)])
    runs = np.lib.stride_tricks.sliding_window_view(words, _SHINGLE)
    # Multiplied and folded, so that their order is the same for all texts and else as good as any.
    mixed = (runs * _ODD).sum(axis=1, dtype=np.uint64) * _ODD[0]
    return np.unique(mixed ^ (mixed >> np.uint64(29)))


@lru_cache(maxsize=_KEPT)
def _shingle_set(text: str) -> frozenset[int]:
    return frozenset(_shingles(text).tolist())


def _prefix(text: str) -> Shingles:
    """So many shingles, in one order for all texts, that alike texts share one (prefix filter, Chaudhuri 2006)."""
    own = _shingles(text)
    return own[: len(own) - math.ceil(_SAME * len(own) - 1e-9) + 1]
