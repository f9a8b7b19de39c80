"""Vectors that cost next to nothing, for collections whose size is measured and not their meaning.

A text is the sum of its words' directions, drawn by the hash of each, common words weighing little; unit length, as
many dimensions as the default model has. Where words are shared, texts are near.
"""

from __future__ import annotations

import functools
import re
import time
import zlib
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

DIMENSION = 384

_SLOTS = 1 << 14
_SHORT = 0.08
"""Weight of a word of up to four letters, which most function words are."""

_WORD = re.compile(r"\w+")


class Questions(Protocol):
    """The model that reads questions beside it."""

    def encode_query(self, texts: Sequence[str]) -> object:
        """As an encoder does."""


class QuickVectors:
    """:class:`embeddings.encoder.Encoder`; ``beside`` reads each question as well, so that its cost counts."""

    name = "hashed-words@1"
    dimension = DIMENSION

    def __init__(self, beside: Questions | None = None) -> None:
        self._beside = beside
        self._directions = np.random.default_rng(6).standard_normal((_SLOTS, DIMENSION), dtype=np.float32)
        self.question_seconds = 0.0
        """Spent by the model beside it."""
        self.passage_seconds = 0.0
        self.passages = 0

    def encode_query(self, texts: Sequence[str]) -> NDArray[np.float32]:
        started = time.perf_counter()
        if self._beside is not None:
            self._beside.encode_query(texts)
        self.question_seconds += time.perf_counter() - started
        return self._vectors(texts)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        started = time.perf_counter()
        vectors = self._vectors(texts)
        self.passage_seconds += time.perf_counter() - started
        self.passages += len(texts)
        return vectors

    def windows(self, text: str, prefix: str = "") -> list[tuple[int, int]]:
        return [(0, len(text))]

    def _vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.empty((len(texts), DIMENSION), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            found = [_slot(word) for word in _WORD.findall(text.lower())] or [(0, 1.0)]
            slots, weights = zip(*found, strict=True)
            np.matmul(np.array(weights, dtype=np.float32), self._directions[list(slots)], out=row)
            row /= np.linalg.norm(row)
        return rows


@functools.lru_cache(maxsize=1 << 17)
def _slot(word: str) -> tuple[int, float]:
    return zlib.crc32(word.encode()) % _SLOTS, _SHORT if len(word) <= 4 else 1.0
