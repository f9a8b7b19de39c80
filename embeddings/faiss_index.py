"""The vector index on FAISS: exact inner product under our own ids.

Every vector is compared: an approximate index would lose most neighbours under a narrow filter. They are kept in
float16, as they are stored, which takes half the disk and memory of float32 and 0.4 of the time (6 ms for 100,000
vectors of 384 dimensions).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np

from embeddings.encoder import Vectors
from embeddings.errors import IndexFileError
from embeddings.index import Ids, Neighbour, VectorIndex


class FaissIndex:
    """:class:`embeddings.index.VectorIndex` on ``IndexIDMap2`` over a flat index.

    IDMap2 over a flat index keeps its ids through removals; over IVF it corrupts them silently (FAISS 1.15.1).
    """

    def __init__(self, inner: Any) -> None:
        self._index = inner
        self._known: set[int] = set(_faiss().vector_to_array(inner.id_map).tolist())

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def ids(self) -> Ids:
        """See the protocol."""
        ids: Ids = _faiss().vector_to_array(self._index.id_map)
        return ids

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """See the protocol. FAISS itself would accept an id twice and answer with both."""
        if len(ids) != len(vectors):
            raise ValueError(f"{len(ids)} ids for {len(vectors)} vectors")
        if len(ids) == 0:
            return
        if vectors.ndim != 2 or vectors.shape[1] != self._index.d:
            raise ValueError(f"vectors of shape {vectors.shape} do not fit dimension {self._index.d}")
        fresh = set(ids.tolist())
        if len(fresh) != len(ids) or fresh & self._known:
            raise ValueError("an id is stored already, or given twice")
        self._index.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), ids.astype(np.int64))
        self._known |= fresh

    def remove(self, ids: Ids) -> int:
        """See the protocol."""
        gone = self._known.intersection(ids.tolist())
        if gone:
            self._index.remove_ids(np.asarray(sorted(gone), dtype=np.int64))
            self._known.difference_update(gone)
        return len(gone)

    def search(self, query: Vectors, top_k: int, allowed: Ids | None = None) -> list[Neighbour]:
        """See the protocol."""
        if top_k < 1 or len(self) == 0 or (allowed is not None and len(allowed) == 0):
            return []
        faiss = _faiss()
        parameters = None
        if allowed is not None:
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBatch(allowed.astype(np.int64)))
        row = np.ascontiguousarray(query, dtype=np.float32).reshape(1, -1)
        scores, ids = self._index.search(row, min(top_k, len(self)), params=parameters)
        # Where fewer than top_k are admitted FAISS fills up with id -1 and score -3.4e38.
        return [Neighbour(i, score) for i, score in zip(ids[0].tolist(), scores[0].tolist(), strict=True) if i >= 0]

    def save(self, path: Path) -> None:
        """See the protocol."""
        faiss = _faiss()
        try:
            faiss.write_index(self._index, str(path))
        except RuntimeError as error:
            raise OSError(f"{path} cannot be written: {error}") from error
        with path.open("rb") as file:
            os.fsync(file.fileno())


class FaissLoader:
    """Makes :class:`FaissIndex` objects."""

    def prepare(self) -> None:
        """Load the library, beside something else that is being loaded."""
        _faiss()

    def create(self, dimension: int) -> VectorIndex:
        """See :class:`embeddings.index.IndexLoader`."""
        faiss = _faiss()
        kind = faiss.ScalarQuantizer.QT_fp16
        return FaissIndex(faiss.IndexIDMap2(faiss.IndexScalarQuantizer(dimension, kind, faiss.METRIC_INNER_PRODUCT)))

    def load(self, path: Path, dimension: int) -> VectorIndex:
        """See :class:`embeddings.index.IndexLoader`. Flipped bits are not noticed here: the hash is for that."""
        faiss = _faiss()
        try:
            inner = faiss.read_index(str(path))
        except RuntimeError as error:
            raise IndexFileError(f"{path} is not a readable index; it will be rebuilt") from error
        if not isinstance(inner, faiss.IndexIDMap2) or inner.d != dimension:
            raise IndexFileError(f"{path} holds an index of another kind; it will be rebuilt")
        return FaissIndex(inner)


def _faiss() -> Any:
    # One question on two threads of busy cores took 29.5 ms, on one 0.94 ms (FAISS 1.15.1); threads that
    # wait actively would slow everything else down, and the policy is read when the library loads.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    import faiss

    if faiss.omp_get_max_threads() != 1:
        faiss.omp_set_num_threads(1)
    return faiss
