"""What a vector index promises, whatever library is behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Vectors

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A stored vector near a question: its id and the inner product (cosine, as all have length 1)."""

    id: int
    score: float


class VectorIndex(Protocol):
    """Vectors under 64-bit ids, in the precision of float16 at least. Not safe for changes from two threads at once;
    searches are.
    """

    def __len__(self) -> int:
        """How many vectors are stored."""

    def ids(self) -> Ids:
        """All stored ids, in no promised order, shape (len(self),)."""

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Store ``vectors`` (n, dimension) under ``ids`` (n,); ValueError for an id that is there already."""

    def remove(self, ids: Ids) -> int:
        """Forget ``ids``; how many of them were there."""

    def search(self, query: Vectors, top_k: int, allowed: Ids | None = None) -> list[Neighbour]:
        """The ``top_k`` nearest to ``query`` (dimension,), best first; only among ``allowed`` if given."""

    def save(self, path: Path) -> None:
        """Write to ``path``, whole and flushed to the disk, or raise OSError."""


class IndexLoader(Protocol):
    """Makes indexes of one kind."""

    def create(self, dimension: int) -> VectorIndex:
        """An empty index."""

    def load(self, path: Path, dimension: int) -> VectorIndex:
        """Read a saved index; IndexFileError when it is missing, torn or of another dimension."""


def as_ids(values: Sequence[int]) -> Ids:
    """Ids as the index wants them."""
    return np.asarray(values, dtype=np.int64)
