"""Near-identical passages, e.g. one agency text in four outlets, shown as one hit that lists them all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol, TypeVar

from corpus.models import Passage
from retrieval.lexicon import tokens

_SHINGLE = 3
"""Words per shingle: short enough for a paragraph with one word changed, long enough to mean the same text."""

_SAME = 0.7
"""Jaccard similarity of shingle sets from which two passages count as one printed text (Broder 1997)."""

_KEPT = 2048
"""Texts whose shingles are kept: those of about ten questions, 12 MB at most."""


class HasPassage(Protocol):
    """Anything that carries a passage."""

    @property
    def passage(self) -> Passage:
        """The passage."""


T = TypeVar("T", bound=HasPassage)


def fold(ranked: Sequence[T]) -> list[tuple[T, list[T]]]:
    """Group a ranked list: each first of its text with those further down that print the same."""
    groups: list[tuple[T, list[T]]] = []
    first: dict[int, int] = {}
    """Shingle -> the first group that has it in its prefix."""
    further: dict[int, list[int]] = {}
    """Shingle -> the other groups; few have any."""
    for item in ranked:
        prefix = _prefix(item.passage.text)
        own = _shingles(item.passage.text)
        shared = prefix & first.keys()
        near = {group for shingle in shared for group in (first[shingle], *further.get(shingle, ()))}
        same = next((group for group in sorted(near) if _alike(own, _shingles(groups[group][0].passage.text))), None)
        if same is not None:
            groups[same][1].append(item)
            continue
        for shingle in shared:
            further.setdefault(shingle, []).append(len(groups))
        first.update(dict.fromkeys(prefix - shared, len(groups)))
        groups.append((item, []))
    return groups


def same_text(one: str, other: str) -> bool:
    """Whether two texts are near-identical."""
    return _alike(_shingles(one), _shingles(other))


def _alike(one: frozenset[int], other: frozenset[int]) -> bool:
    # Sizes alone rule most pairs out: a Jaccard similarity is at most the ratio of the sizes.
    small, large = (len(one), len(other)) if len(one) < len(other) else (len(other), len(one))
    if small < _SAME * large:
        return False
    shared = len(one & other)
    return shared >= _SAME * (small + large - shared)


@lru_cache(maxsize=_KEPT)
def _shingles(text: str) -> frozenset[int]:
    """Hashes of the runs of words of a text; a text of fewer words is one run."""
    words = [word.lower() for word in tokens(text)]
    return frozenset(hash(tuple(words[i : i + _SHINGLE])) for i in range(max(1, len(words) - _SHINGLE + 1)))


@lru_cache(maxsize=_KEPT)
def _prefix(text: str) -> frozenset[int]:
    """So many shingles, in one order for all texts, that alike texts share one (prefix filter, Chaudhuri 2006)."""
    own = sorted(_shingles(text))
    return frozenset(own[: len(own) - math.ceil(_SAME * len(own) - 1e-9) + 1])
