"""Which of a question's content words stand in a text, weighted by how rare they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.store.text import Word

_FAMILY = 6
"""Letters that tell a word's family well enough among the words of one question."""

_PHRASE_REACH = 2
"""Two content words stand together when at most one word is between them: "shares of the company"."""


@dataclass(frozen=True, slots=True)
class ContentWords:
    """The weights of a question's content words, and of its neighbouring pairs."""

    weights: dict[str, float]
    """Stem -> inverse document frequency."""
    pairs: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, words: Sequence[Word]) -> ContentWords:
        """Words in the order of the question."""
        stems = list(dict.fromkeys(word.stem for word in words))
        return cls({word.stem: word.idf for word in words}, tuple(pairwise(stems)))

    def share(self, stems: Iterable[str]) -> float:
        """By weight, the share of the words that are among ``stems``; 0 when there are none."""
        return share(set(stems), self.weights)

    def phrases(self, stems: Sequence[str]) -> float:
        """By weight, the share of the pairs that stand together, in order, in ``stems``."""
        if not self.pairs:
            return 0.0
        together = {pair for reach in range(1, _PHRASE_REACH + 1) for pair in zip(stems, stems[reach:], strict=False)}
        whole = sum(self._weight(pair) for pair in self.pairs)
        return sum(self._weight(pair) for pair in self.pairs if pair in together) / whole if whole else 0.0

    def _weight(self, pair: tuple[str, str]) -> float:
        return self.weights[pair[0]] + self.weights[pair[1]]


def word_keys(stems: Iterable[str]) -> set[str]:
    """The key of each stem."""
    return {word_key(stem) for stem in stems}


def word_key(stem: str) -> str:
    """What words of one family share: Porter leaves "criticis", "critic" and "critiqu" apart."""
    return stem[:_FAMILY]


def share(present: set[str], weights: dict[str, float]) -> float:
    """By weight, the share of the weighted keys that are among ``present``; 0 when there are none."""
    whole = sum(weights.values())
    return sum(weight for key, weight in weights.items() if key in present) / whole if whole else 0.0
