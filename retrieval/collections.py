"""A collection opened for questions: its store and its vector index, at one instant."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from corpus.store import Filters, Store
from embeddings.encoder import Encoder, Vectors
from embeddings.index import IndexLoader, VectorIndex, as_ids
from retrieval import publishing
from retrieval.vectors import model_name, unpack


class Collection:
    """Reads one collection. What the questions of a process share, the loaded index, is kept here."""

    def __init__(self, store: Store, encoder: Encoder, loader: IndexLoader) -> None:
        self.store = store
        self._encoder = encoder
        self._loader = loader
        self._loaded: publishing.LoadedIndex | None = None
        self._model: int | None = None

    @property
    def name(self) -> str:
        """The name of the collection's folder."""
        return self.store.collection

    @property
    def indexed(self) -> bool:
        """Whether every live passage has vectors of this encoder's model."""
        model = self._key()
        return model is not None and not self.store.vectors.passages_without_windows(model)

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything asked inside is answered from one instant."""
        with self.store.snapshot():
            yield

    def nearest(self, query: Vectors, top_k: int, filters: Filters | None = None) -> dict[int, float]:
        """Passage id -> cosine of its best window, for the passages nearest to ``query`` (dimension,)."""
        model = self._key()
        if model is None:
            return {}
        allowed = None
        if filters:
            passages = self.store.articles.live_ids(filters)
            allowed = as_ids([window.id for window in self.store.vectors.windows(model, passages)])
        index = self._index(model)
        # More than asked for: a passage may have several windows, and a removed one may still be in the file.
        asked = top_k * 2
        while True:
            neighbours = index.search(query, asked, allowed)
            owners = self.store.vectors.passages_of_windows([neighbour.id for neighbour in neighbours])
            found: dict[int, float] = {}
            for neighbour in neighbours:
                passage = owners.get(neighbour.id)
                if passage is not None and len(found) < top_k:
                    found.setdefault(passage, neighbour.score)
            if len(found) == top_k or len(neighbours) < asked:
                return found
            asked *= 4

    def passage_cosines(self, query: Vectors, passage_ids: list[int]) -> dict[int, float]:
        """Passage id -> cosine of its best window, exactly, from stored vectors."""
        model = self._key()
        if model is None or not passage_ids:
            return {}
        windows = list(self.store.vectors.windows(model, passage_ids))
        scores = self._cosines(model, query, [window.hash for window in windows])
        found: dict[int, float] = {}
        for window in windows:
            score = scores.get(window.hash)
            if score is not None:
                found[window.passage_id] = max(score, found.get(window.passage_id, -1.0))
        return found

    def sentence_cosines(self, query: Vectors, hashes: list[bytes]) -> dict[bytes, float]:
        """Hash of a sentence -> its cosine with ``query``; sentences without a vector are absent."""
        model = self._key()
        return {} if model is None else self._cosines(model, query, hashes)

    def _cosines(self, model: int, query: Vectors, hashes: list[bytes]) -> dict[bytes, float]:
        stored = self.store.vectors.load(model, list(dict.fromkeys(hashes)))
        if not stored:
            return {}
        scores = unpack(list(stored.values()), len(query)) @ query
        return dict(zip(stored, scores.tolist(), strict=True))

    def _index(self, model: int) -> VectorIndex:
        self._loaded = publishing.load(self.store, model, self._encoder.dimension, self._loader, self._loaded)
        return self._loaded.index

    def _key(self) -> int | None:
        if self._model is None:
            self._model = self.store.vectors.known_model(model_name(self._encoder.name))
        return self._model
