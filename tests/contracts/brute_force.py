"""What :class:`embeddings.index.VectorIndex` promises, in the plainest way: the yardstick for the real one."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from embeddings.encoder import Vectors
from embeddings.errors import IndexFileError
from embeddings.index import Ids, Neighbour, VectorIndex, as_ids


class BruteForceIndex:
    """A dictionary of vectors; each search looks at all of them."""

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension
        self.stored: dict[int, Vectors] = {}

    def __len__(self) -> int:
        return len(self.stored)

    def ids(self) -> Ids:
        return as_ids(list(self.stored))

    def add(self, ids: Ids, vectors: Vectors) -> None:
        if len(ids) != len(vectors):
            raise ValueError("not as many ids as vectors")
        if len(ids) == 0:
            return
        if vectors.ndim != 2 or vectors.shape[1] != self.dimension:
            raise ValueError("vectors of another dimension")
        if len(set(ids.tolist())) != len(ids) or self.stored.keys() & set(ids.tolist()):
            raise ValueError("an id is stored already, or given twice")
        self.stored.update(zip(ids.tolist(), vectors, strict=True))

    def remove(self, ids: Ids) -> int:
        return sum(self.stored.pop(i, None) is not None for i in ids.tolist())

    def search(self, query: Vectors, top_k: int, allowed: Ids | None = None) -> list[Neighbour]:
        wanted = self.stored.keys() if allowed is None else self.stored.keys() & set(allowed.tolist())
        scored = [Neighbour(i, float(np.dot(self.stored[i], query))) for i in wanted]
        return sorted(scored, key=lambda neighbour: (-neighbour.score, neighbour.id))[: max(top_k, 0)]

    def save(self, path: Path) -> None:
        with path.open("wb") as file:
            rows = np.stack(list(self.stored.values())) if self.stored else np.zeros((0, self.dimension), np.float32)
            np.savez(file, ids=self.ids(), vectors=rows)
            file.flush()
            os.fsync(file.fileno())


class BruteForceLoader:
    """Makes :class:`BruteForceIndex` objects."""

    def create(self, dimension: int) -> VectorIndex:
        return BruteForceIndex(dimension)

    def load(self, path: Path, dimension: int) -> VectorIndex:
        index = BruteForceIndex(dimension)
        try:
            with np.load(path) as file:
                ids, vectors = file["ids"], file["vectors"]
        except Exception as error:  # zipfile and numpy raise what they please
            raise IndexFileError(f"{path} is not a readable index; it will be rebuilt") from error
        if vectors.shape != (len(ids), dimension):
            raise IndexFileError(f"{path} holds an index of another kind; it will be rebuilt")
        index.add(ids, vectors)
        return index
