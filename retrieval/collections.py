"""A collection opened for questions: its store and its vector index, at one instant."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence

from corpus.models import Sentence
from corpus.store import Filters, Store
from corpus.store.articles import ArticleSummary
from corpus.store.memo import State
from embeddings.encoder import Encoder, Vectors
from embeddings.index import IndexLoader, Neighbour, VectorIndex, as_ids
from retrieval import publishing
from retrieval.readings import Reading, read_words
from retrieval.vectors import as_stored, model_name, stored_size

_READINGS_KEPT = 4000
"""Passages that stay read, the last used: some 50 MB of news at most."""

_SUMMARIES_KEPT = 10_000

_OWNERS_KEPT = 100_000
"""Windows of which the passage is remembered, 10 MB."""

_SPARE = 2
"""So many times more windows are looked for than passages: one may have several, and be removed but still in the file.
"""

_NO_MODEL = 0
"""The key of none: nothing is encoded."""


class Collection:
    """Reads one collection, and keeps what the questions of a process share: the loaded index, passages once read."""

    def __init__(self, store: Store, encoder: Encoder, loader: IndexLoader) -> None:
        self.store = store
        self._encoder = encoder
        self._loader = loader
        self._loaded: publishing.LoadedIndex | None = None
        self._model: int | None = None
        self._state: State | None = None
        self._indexed = False
        self._readings: dict[int, Reading] = {}
        self._owners: dict[int, int] = {}
        self._summaries: dict[str, ArticleSummary] = {}

    @property
    def name(self) -> str:
        """The name of the collection's folder."""
        return self.store.collection

    @property
    def indexed(self) -> bool:
        """Whether every live passage has vectors of this encoder's model."""
        self._notice_changes()
        if not self._indexed:
            model = self._key()
            self._indexed = model is not None and not self.store.vectors.passages_without_windows(model)
        return self._indexed

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything asked inside is answered from one instant."""
        with self.store.snapshot():
            yield

    def looking_near(self) -> Callable[[Vectors, int], list[Neighbour]] | None:
        """What looks for the windows nearest to a query for so many passages, on any thread; None without an index."""
        model = self._key()
        if model is None:
            return None
        index = self._index(model)
        return lambda query, top_k: index.search(query, top_k * _SPARE)

    def nearest(
        self, query: Vectors, top_k: int, filters: Filters | None = None, found_ahead: list[Neighbour] | None = None
    ) -> dict[int, float]:
        """Passage id -> cosine of its best window, for the passages nearest to ``query`` (dimension,).

        :param found_ahead: without filters, what :meth:`looking_near` gave.
        """
        model = self._key()
        if model is None:
            return {}
        allowed = None
        if filters:
            passages = self.store.articles.live_ids(filters)
            allowed = as_ids([window.id for window in self.store.vectors.windows(model, passages)])
        index = self._index(model)
        asked = top_k * _SPARE
        while True:
            neighbours = index.search(query, asked, allowed) if found_ahead is None else found_ahead
            found_ahead = None
            owners = self._owners_of([neighbour.id for neighbour in neighbours])
            found: dict[int, float] = {}
            for neighbour in neighbours:
                passage = owners.get(neighbour.id)
                if passage is not None and len(found) < top_k:
                    found.setdefault(passage, neighbour.score)
            if len(found) == top_k or len(neighbours) < asked:
                return found
            asked *= 4

    def _owners_of(self, windows: Sequence[int]) -> dict[int, int]:
        """The passages that some windows are of; those of the index are asked for again and again."""
        self._notice_changes()
        if new := [window for window in windows if window not in self._owners]:
            if len(self._owners) > _OWNERS_KEPT:
                self._owners.clear()
                new = list(windows)
            self._owners |= self.store.vectors.passages_of_windows(new)
        return self._owners

    def readings(self, passage_ids: Sequence[int]) -> dict[int, Reading]:
        """Those of the passages that are live, read whole; what was read for an earlier question is not read again."""
        self._notice_changes()
        kept = self._readings
        found = {i: reading for i in passage_ids if (reading := kept.pop(i, None)) is not None}
        found |= self._read([i for i in passage_ids if i not in found])
        kept |= found  # the last used stand last
        for oldest in list(kept)[: max(len(kept) - _READINGS_KEPT, 0)]:
            del kept[oldest]
        return found

    def _read(self, passage_ids: Sequence[int]) -> dict[int, Reading]:
        if not passage_ids:
            return {}
        articles = self.store.articles
        passages = articles.live_passages(passage_ids)
        ids = list(passages)
        statements = articles.statements_in(ids)
        self._summarise({passage.article_id for passage in passages.values()})
        sentences: dict[int, list[Sentence]] = {i: [] for i in ids}
        vectors: dict[int, list[bytes]] = {i: [] for i in ids}
        windows: dict[int, list[bytes]] = {i: [] for i in ids}
        model, dimension = self._key() or _NO_MODEL, self._encoder.dimension
        missing = bytes(stored_size(dimension))
        for passage, start, end, vector in self.store.vectors.of_sentences(model, ids):
            sentences[passage].append(Sentence(passage, start, end))
            # In a damaged store a vector may have lost a part.
            vectors[passage].append(vector if vector and len(vector) == len(missing) else missing)
        for passage, vector in self.store.vectors.of_windows(model, ids):
            if len(vector) == len(missing):
                windows[passage].append(vector)
        found = {
            i: Reading(
                passage,
                self._summaries[passage.article_id],
                sentences[i],
                statements[i],
                as_stored(vectors[i], dimension),
                as_stored(windows[i], dimension),
            )
            for i, passage in passages.items()
        }
        read_words(list(found.values()))
        return found

    def _summarise(self, article_ids: set[str]) -> None:
        """Many passages are of one article, and next questions ask about it again."""
        if len(self._summaries) > _SUMMARIES_KEPT:
            self._summaries.clear()
        new = sorted(article_ids - self._summaries.keys())
        self._summaries.update((article.id, article) for article in self.store.articles.summaries(new))

    def _notice_changes(self) -> None:
        """Forget what was read before something was written; statements, too, may be other ones now."""
        state = self.store.state
        if state != self._state:
            self._state, self._indexed = state, False
            self._readings.clear()
            self._owners.clear()
            self._summaries.clear()

    def _index(self, model: int) -> VectorIndex:
        self._loaded = publishing.load(self.store, model, self._encoder.dimension, self._loader, self._loaded)
        return self._loaded.index

    def _key(self) -> int | None:
        if self._model is None:
            self._model = self.store.vectors.known_model(model_name(self._encoder.name))
        return self._model
