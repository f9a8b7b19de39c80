"""Near-identical passages, e.g. one agency text in four outlets, shown as one hit that lists them all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from corpus.models import Passage
from retrieval.question import tokens

_SHINGLE = 3
"""Words per shingle: short enough for a paragraph with one word changed, long enough to mean the same text."""

_SAME = 0.7
"""Jaccard similarity of shingle sets from which two passages count as one printed text (Broder 1997)."""


class HasPassage(Protocol):
    """Anything that carries a passage."""

    @property
    def passage(self) -> Passage:
        """The passage."""


T = TypeVar("T", bound=HasPassage)


def fold(ranked: Sequence[T]) -> list[tuple[T, list[T]]]:
    """Group a ranked list: each first of its text with those further down that print the same."""
    groups: list[tuple[T, list[T]]] = []
    shingles: list[frozenset[tuple[str, ...]]] = []
    for item in ranked:
        own = _shingles(item.passage.text)
        for (_, others), known in zip(groups, shingles, strict=True):
            if _alike(own, known):
                others.append(item)
                break
        else:
            groups.append((item, []))
            shingles.append(own)
    return groups


def same_text(one: str, other: str) -> bool:
    """Whether two texts are near-identical."""
    return _alike(_shingles(one), _shingles(other))


def _alike(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    # Sizes alone rule most pairs out: a Jaccard similarity is at most the ratio of the sizes.
    small, large = sorted((len(one), len(other)))
    if large == 0 or small < _SAME * large:
        return False
    shared = len(one & other)
    return shared >= _SAME * (small + large - shared)


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = [word.lower() for word in tokens(text)]
    if len(words) <= _SHINGLE:
        return frozenset([tuple(words)])
    return frozenset(tuple(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1))
