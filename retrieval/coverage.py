"""Which of a question's content words stand in a text, weighted by how rare they are."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from corpus.attribution.vocabulary import COUNTRIES
from corpus.store.text import Word, shared_stemmer

_FAMILY = 6
"""Letters that tell a word's family well enough among the words of one question."""


@dataclass(frozen=True, slots=True)
class ContentWords:
    """The weights of a question's content words, and of its neighbouring pairs."""

    weights: dict[str, float]
    """Stem -> inverse document frequency."""
    pairs: tuple[tuple[str, str], ...]
    _countries: dict[str, frozenset[str]]
    """Stem of a country or its adjective -> the stems of the same country."""

    @classmethod
    def of(cls, words: Sequence[Word]) -> ContentWords:
        """Words in the order of the question."""
        stems = list(dict.fromkeys(word.stem for word in words))
        return cls(
            {word.stem: word.idf for word in words},
            tuple(pairwise(stems)),
            {stem: same for stem in stems if (same := _same_country(stem))},
        )

    def share(self, stems: Iterable[str]) -> float:
        """By weight, the share of the words that are among ``stems``; 0 when there are none.

        A country is there where its adjective is, and the other way round.
        """
        present = set(stems)
        for one, others in self._countries.items():
            if not others.isdisjoint(present):
                present.add(one)
        return share(present, self.weights)

    @property
    def places(self) -> tuple[str, ...]:
        """The stems that :meth:`shares` has a column for: the words', then those of the same countries."""
        others = (stem for same in self._countries.values() for stem in sorted(same))
        return tuple(dict.fromkeys([*self.weights, *others]))

    def shares(self, present: NDArray[np.bool_]) -> NDArray[np.float64]:
        """:meth:`share` of many texts: ``present`` is (texts, places), the result (texts,)."""
        column = {stem: n for n, stem in enumerate(self.places)}
        words = present[:, : len(self.weights)].copy()
        for stem, same in self._countries.items():
            words[:, column[stem]] |= present[:, [column[other] for other in sorted(same)]].any(axis=1)
        return _weighed(words, list(self.weights.values()))

    def pair_shares(self, together: NDArray[np.bool_]) -> NDArray[np.float64]:
        """By weight, the share of the pairs that stand ``together`` (texts, pairs), shape (texts,)."""
        return _weighed(together, [self._weight(pair) for pair in self.pairs])

    def _weight(self, pair: tuple[str, str]) -> float:
        return self.weights[pair[0]] + self.weights[pair[1]]


def word_keys(stems: Iterable[str]) -> set[str]:
    """The key of each stem."""
    return {word_key(stem) for stem in stems}


def word_key(stem: str) -> str:
    """What words of one family share: Porter leaves "criticis" and "critic" apart, and "French" and "France"."""
    return _country_stems().get(stem, stem)[:_FAMILY]


@functools.cache
def _country_stems() -> dict[str, str]:
    """Stem of an adjective -> stem of its country."""
    stems = shared_stemmer().stems([*COUNTRIES, *COUNTRIES.values()])
    pairs = zip(stems[: len(COUNTRIES)], stems[len(COUNTRIES) :], strict=True)
    return {adjective[0]: country[0] for adjective, country in pairs if len(adjective) == len(country) == 1}


@functools.cache
def _same_country(stem: str) -> frozenset[str]:
    country = _country_stems().get(stem, stem)
    found = {one for one, other in _country_stems().items() if other == country}
    return frozenset({country, *found} - {stem}) if found else frozenset()


def _weighed(present: NDArray[np.bool_], weights: Sequence[float]) -> NDArray[np.float64]:
    whole = sum(weights)
    found: NDArray[np.float64] = present @ np.array(weights) / whole if whole else np.zeros(len(present))
    return found


def share(present: Set[str], weights: dict[str, float]) -> float:
    """By weight, the share of the weighted keys that are among ``present``; 0 when there are none."""
    whole = sum(weights.values())
    return sum(weight for key, weight in weights.items() if key in present) / whole if whole else 0.0
