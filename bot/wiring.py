"""Settings to objects: the only place that puts the parts together.

Collections are folders below ``home/collections``. While a person has no articles of their own, questions go
to the sample articles that come with Dateline; these live in a folder apart and are never mixed with others.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import platformdirs

import corpus.sample
from bot.console import say
from bot.errors import UsageError
from bot.progress import Report, progress_bar
from bot.settings import Settings
from corpus.errors import StoreError
from corpus.store import Store
from embeddings.encoder import SentenceTransformerEncoder
from embeddings.faiss_index import FaissLoader
from embeddings.presets import prefixes_of
from embeddings.reranker import CrossEncoderReranker, Reranker
from embeddings.runtime.encoder import RuntimeEncoder
from retrieval.errors import DatasetError, IngestBusyError

if TYPE_CHECKING:
    from retrieval.asking import Asker
    from retrieval.collections import Collection
    from retrieval.indexing import Indexer
    from retrieval.intake import Summary

MAIN = "main"
SAMPLE = "sample"

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")

_WAIT_SECONDS = 300
"""How long to wait for another process that is preparing the sample articles: far longer than it takes."""


def make_encoder(settings: Settings) -> RuntimeEncoder | SentenceTransformerEncoder:
    """The encoder that the settings name. Loads nothing yet."""
    known = prefixes_of(settings.model)
    query = known.query if settings.query_prefix is None else settings.query_prefix
    passage = known.passage if settings.passage_prefix is None else settings.passage_prefix
    if settings.runtime == "sentence-transformers" or settings.device not in ("auto", "cpu"):
        return SentenceTransformerEncoder(
            settings.model, device=settings.device, batch_size=settings.batch_size, query_prefix=query,
            passage_prefix=passage,
        )  # fmt: skip
    return RuntimeEncoder(
        settings.model,
        folders=(settings.home / "models", platformdirs.user_cache_path("dateline", appauthor=False) / "models"),
        device=settings.device,
        batch_size=settings.batch_size,
        query_prefix=query,
        passage_prefix=passage,
        say=say,
    )


def make_reranker(settings: Settings) -> Reranker | None:
    """The cross-encoder that the settings name, if any. Loads nothing yet."""
    return CrossEncoderReranker(settings.reranker, device=settings.device) if settings.reranker else None


@dataclass(frozen=True, slots=True)
class Library:
    """The collections that one command or session reads."""

    collections: tuple[Collection, ...]
    samples: bool
    """Whether these are the sample articles, for want of a person's own."""

    @property
    def stores(self) -> tuple[Store, ...]:
        """Their databases."""
        return tuple(collection.store for collection in self.collections)

    @property
    def names(self) -> str:
        """The names of the collections, for a prompt."""
        return "+".join(collection.name for collection in self.collections)


class Wiring:
    """Makes objects from settings and closes what it opened. Belongs to one thread, as a store does."""

    def __init__(self, settings: Settings, say: Callable[[str], None]) -> None:
        self.settings = settings
        self.encoder = make_encoder(settings)
        self._reranker = make_reranker(settings)
        self._say = say
        self._prepared = False
        self._loader = FaissLoader()
        self._open = contextlib.ExitStack()
        self._stores: dict[str, Store] = {}

    def __enter__(self) -> Wiring:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()
        if isinstance(self.encoder, RuntimeEncoder):
            self.encoder.wait()

    def store(self, name: str, *, create: bool = False) -> Store:
        """Open a person's own collection.

        Raises :class:`UsageError` for a name that is none, :class:`corpus.errors.StoreError` when it is missing
        (and ``create`` is false) or cannot be used.
        """
        if name not in self._stores:
            folder = collection_folder(self.settings.home, name)
            self._stores[name] = self._open.enter_context(Store.open(folder, create=create))
        return self._stores[name]

    def close(self, name: str) -> None:
        """Close a collection, for instance before its folder is removed."""
        store = self._stores.pop(name, None)
        if store is not None:
            store.close()

    def library(self, names: Sequence[str]) -> Library:
        """Open collections for reading; the samples where ``main`` is asked for and holds nothing."""
        names = tuple(dict.fromkeys(names)) or (MAIN,)
        if names == (SAMPLE,):
            return self._samples()
        if names == (MAIN,) and not self.has_articles():
            samples = self._samples()
            begun = (collection_folder(self.settings.home, MAIN) / "articles.db").exists()
            why = (
                "your collection is empty; if an ingest was interrupted, run it again"
                if begun
                else "you have not added any"
            )
            self._say(f"Answering from the sample articles that come with Dateline, since {why}: dateline ingest PATH")
            return samples
        for name in names:
            collection_folder(self.settings.home, name)
        return Library(tuple(self._collection(self.store(name)) for name in names), samples=False)

    def has_articles(self) -> bool:
        """Whether the person's own collection holds anything."""
        folder = collection_folder(self.settings.home, MAIN)
        return (folder / "articles.db").exists() and self.store(MAIN).articles.size().articles > 0

    def prepare(self) -> None:
        """Load the model on a thread beside whatever comes before the first question; may be called again."""
        if not self._prepared and isinstance(self.encoder, RuntimeEncoder):
            self._prepared = True
            self.encoder.prepare()

    def asker(self, library: Library, *, ahead: Sequence[str] = (), progress: Report | None = None) -> Asker:
        """Who answers from these collections, everything in them encoded for the model.

        ``ahead`` are questions that are going to be asked: encoded in batches, they take half the time.
        """
        for collection in library.collections:
            self._complete(collection)
        self.prepare()
        self._loader.prepare()
        from retrieval.asking import Asker

        if not ahead:
            return Asker(library.collections, self.encoder, self._reranker)
        from retrieval.evaluation.evaluation import AheadEncoder

        return Asker(library.collections, AheadEncoder(self.encoder, ahead, progress), self._reranker)

    def ingest(self, name: str, paths: Sequence[str], *, prune: bool, report: Report | None = None) -> Summary:
        """Bring files into a collection, which is made if need be. ``report`` is told how far it is, else a bar."""
        store = self.store(name, create=True)
        if report is not None:
            return self._indexer(store, report).ingest(paths, prune=prune)
        with progress_bar() as report:
            return self._indexer(store, report).ingest(paths, prune=prune)

    def evaluation_library(
        self,
        name: str,
        articles: Path | None,
        beir_corpus: Path | None,
        say_some: Callable[[str, Sequence[str]], None],
    ) -> Library:
        """The articles of a set of questions, in a collection of their own that a second evaluation finds again.

        Raises :class:`DatasetError` when there are none.
        """
        from retrieval.evaluation.dataset import Problem, beir_articles

        source = articles or beir_corpus
        assert source is not None, "a set without articles is asked of a person's own"
        where = str(source.resolve())
        slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40] or "set"
        digest = hashlib.sha256(where.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        folder = self.settings.home / "evaluations" / f"{slug}-{digest}"
        store = self._open.enter_context(Store.open(folder, create=True))
        if beir_corpus is not None and articles is None:
            skipped: list[Problem] = []  # told already when the set was read
            articles = folder / "articles.jsonl"
            _write_if_changed(articles, (json.dumps(row) for row in beir_articles(beir_corpus, skipped)))
        with progress_bar() as report:
            summary = self._indexer(store, report).ingest([str(articles)], prune=True)
        say_some("Refused", [str(error) for error in summary.refused])
        if store.articles.size().articles == 0:
            raise DatasetError(f"{source} holds no article that can be read; give others with --articles PATH.")
        return Library((self._collection(store),), samples=False)

    def remove(self, name: str, article_ids: Sequence[str]) -> list[str]:
        """Remove articles; the ids that were there."""
        return self._indexer(self.store(name)).remove(article_ids)

    def _indexer(self, store: Store, report: Report | None = None) -> Indexer:
        # With it comes all that reads files, a tenth of what a question costs; who only asks does without.
        from retrieval.indexing import Indexer

        return Indexer(store, self.encoder, self._loader, report)

    def _collection(self, store: Store) -> Collection:
        from retrieval.collections import Collection

        return Collection(store, self.encoder, self._loader)

    def _complete(self, collection: Collection) -> None:
        if collection.indexed or collection.store.articles.size().articles == 0:
            return
        self._say(f"Encoding the collection {collection.name!r} for the model {self.settings.model}, once.")
        with progress_bar() as report:
            self._indexer(collection.store, report).complete()

    # The sample articles

    def _samples(self) -> Library:
        store = self._open.enter_context(Store.open(self.settings.home / "samples" / SAMPLE, create=True))
        if store.articles.size().articles == 0:
            self._say("Preparing the sample articles, once.")
        deadline = time.monotonic() + _WAIT_SECONDS
        while True:
            try:
                self._refresh_samples(store)
                break
            except IngestBusyError:
                # Another process is at it: what it has stored may be half of the articles.
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)
            except StoreError:
                # Nothing can be written; what was prepared before still answers.
                if store.articles.size().articles == 0:
                    raise
                break
        return Library((self._collection(store),), samples=True)

    def _refresh_samples(self, store: Store) -> None:
        """Cheap when nothing changed: a file that was read before is not opened again."""
        shipped = sample_files()
        with progress_bar() as report:
            indexer = self._indexer(store, report)
            indexer.ingest([str(path) for path in shipped])
            # A sample that a newer version no longer ships; each is named after its id.
            stale = set(store.articles.ids()) - {path.stem for path in shipped}
            if stale:
                indexer.remove(sorted(stale))


def _write_if_changed(path: Path, lines: Iterable[str]) -> None:
    """A file that stays as it is keeps its time, so that nobody reads it again."""
    content = "".join(f"{line}\n" for line in lines).encode()
    if path.exists() and path.read_bytes() == content:
        return
    beside = path.with_name(f"{path.name}.part")
    beside.write_bytes(content)
    os.replace(beside, path)


def collection_folder(home: Path, name: str) -> Path:
    """Where a person's collection lives; the name is checked, so that it never leads elsewhere."""
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"{name!r} cannot name a collection; use up to 64 small letters, digits, - and _, "
            "beginning with a letter or digit."
        )
    if name == SAMPLE:
        raise UsageError(
            f"{SAMPLE!r} is the collection of the sample articles, which stands alone and cannot be changed; "
            "choose another name."
        )
    return home / "collections" / name


def collection_names(home: Path) -> list[str]:
    """Every collection that a person has made."""
    return sorted(path.parent.name for path in (home / "collections").glob("*/articles.db"))


def sample_files() -> list[Path]:
    """The articles that come with Dateline."""
    return sorted(Path(str(corpus.sample.__file__)).parent.glob("*.md"))
