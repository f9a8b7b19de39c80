"""An encoder without a model: deterministic, quick, and near to itself where words are shared."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np

from embeddings.encoder import Vectors

_WORDS_AT_ONCE = 60


class FakeEncoder:
    """Bags of hashed words as unit vectors; counts what it encodes."""

    def __init__(self, name: str = "fake@1", dimension: int = 64) -> None:
        self.name = name
        self.dimension = dimension
        self.encoded: list[str] = []

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        return self._vectors(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.encoded += texts
        return self._vectors(texts)

    def windows(self, text: str, prefix: str = "") -> list[tuple[int, int]]:
        words = list(re.finditer(r"\S+", text))
        if len(words) <= _WORDS_AT_ONCE:
            return [(0, len(text))]
        ranges = []
        for first in range(0, len(words), _WORDS_AT_ONCE):
            last = min(first + _WORDS_AT_ONCE, len(words))
            ranges.append((words[first].start() if first else 0, words[last - 1].end()))
        return [*ranges[:-1], (ranges[-1][0], len(text))]

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in re.findall(r"\w+", text.lower()):
                row[_slot(word, self.dimension)] += 1.0
            # A text without a word still needs a direction.
            row[0] += 0.01
            row /= np.linalg.norm(row)
        return rows


def _slot(word: str, dimension: int) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=4).digest(), "big") % dimension
