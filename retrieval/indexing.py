"""Index time, top to bottom: read, prepare, encode what is new, switch, publish.

    files ─► read ─► prepare ─► encode what is new ─► vectors, by hash of the embedded text
                                    └─► one transaction switches articles, passages, sentences, full text
                                                  └─► publish the index file

A crash at any point leaves the last complete state serving; running again does what is left.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from filelock import FileLock, Timeout

from corpus import preparation
from corpus.errors import StoreError
from corpus.store import ArticleDraft, Change, PassageDraft, Store, explained
from embeddings.encoder import Encoder
from embeddings.index import IndexLoader
from retrieval.errors import IngestBusyError
from retrieval.intake import Intake, Progress, Reader, Summary
from retrieval.publishing import publish, verify
from retrieval.vectors import model_name, pack, passage_prefix, text_hash

_ENCODE_AT_ONCE = 512
"""Texts per call of the encoder: enough to sort by length, few enough for a moving progress bar."""

_ARTICLES_AT_ONCE = 64
"""Articles per switch: a short write transaction, and little to repeat after a crash."""


class Indexer:
    """Brings files into one collection.

    Every public method raises :class:`corpus.errors.StoreError` when the database cannot be used,
    :class:`embeddings.errors.ModelError` when the model cannot, and :class:`IngestBusyError` when another
    process is at it.
    """

    def __init__(self, store: Store, encoder: Encoder, loader: IndexLoader, progress: Progress | None = None) -> None:
        self._store = store
        self._encoder = encoder
        self._loader = loader
        self._progress = progress or (lambda stage, done, total: None)
        self._folder = store.path.parent

    def ingest(self, paths: Sequence[str], *, prune: bool = False) -> Summary:
        """Read files, folders, globs and URLs; store what is new or changed.

        A source that cannot be read is refused, named in the summary, and the rest goes on. With ``prune``,
        articles that came from the same paths before and are no longer there are removed.
        """
        started = time.monotonic()
        summary = Summary()
        with self._alone(), explained(self._store.path):
            intake = Reader(self._store, summary, self._progress).read(paths)
            self._encode_and_store(intake, summary)
            self._note_sources(intake, summary)
            if prune:
                self._prune(intake, summary)
            planned = self._plan_missing(summary)
            if planned or summary.new or summary.changed or summary.removed or self._unpublished():
                publish(self._store, self._model_key(), self._encoder.dimension, self._loader)
        summary.seconds = time.monotonic() - started
        return summary

    def remove(self, article_ids: Sequence[str]) -> list[str]:
        """Remove articles by id; the ids that were there."""
        with self._alone(), explained(self._store.path):
            removed = self._store.writer.remove(article_ids)
            known = self._store.vectors.known_model(model_name(self._encoder.name))
            if removed and known is not None:
                publish(self._store, known, self._encoder.dimension, self._loader)
        return removed

    def complete(self) -> int:
        """Encode whatever this model has not seen yet, e.g. after another was chosen; how many texts."""
        summary = Summary()
        with self._alone(), explained(self._store.path):
            if self._plan_missing(summary) or self._unpublished():
                publish(self._store, self._model_key(), self._encoder.dimension, self._loader)
        return summary.encoded

    # Encoding and switching

    def _encode_and_store(self, intake: Intake, summary: Summary) -> None:
        writer = self._store.writer
        waiting: list[tuple[str, preparation.Prepared]] = []
        for article_id, prepared in intake.articles:
            bare = ArticleDraft(
                article_id, prepared.document, prepared.fields, prepared.body, prepared.edits, prepared.blocks, ()
            )
            if writer.stored_hash(article_id) == bare.content_hash:
                summary.unchanged += 1
                found = [(block, prepared.knowledge_of(block)) for block in prepared.blocks]
                writer.refresh(article_id, found, prepared.copy_print)
            else:
                waiting.append((article_id, prepared))
        total = sum(len(prepared.blocks) for _, prepared in waiting)
        done = 0
        for first in range(0, len(waiting), _ARTICLES_AT_ONCE):
            batch = waiting[first : first + _ARTICLES_AT_ONCE]
            texts: dict[bytes, str] = {}
            drafts = [self._draft(article_id, prepared, texts) for article_id, prepared in batch]
            passages = sum(len(prepared.blocks) for _, prepared in batch)
            summary.encoded += self._encode(texts, partial(self._report, done, passages, total))
            for draft, change in zip(drafts, writer.store(drafts, self._model_key()), strict=True):
                if change is Change.UNCHANGED:
                    summary.unchanged += 1
                else:
                    (summary.new if change is Change.NEW else summary.changed).append(draft.id)
            done += passages
            self._progress("passages", done, total)

    def _report(self, done: int, passages: int, total: int, share: float) -> None:
        self._progress("passages", done + int(share * passages), total)

    def _draft(self, article_id: str, prepared: preparation.Prepared, texts: dict[bytes, str]) -> ArticleDraft:
        title = prepared.fields.get("title")
        passages = []
        for block in prepared.blocks:
            windows = self._windows(title.value if title else None, block.text)
            sentences = [prepared.body[span.start : span.end].strip() for span in block.sentences]
            for text in (*windows, *sentences):
                texts[text_hash(text)] = text
            passages.append(
                PassageDraft(
                    block,
                    tuple(dict.fromkeys(text_hash(text) for text in windows)),
                    tuple(text_hash(text) for text in sentences),
                    prepared.knowledge_of(block),
                )
            )
        return ArticleDraft(
            article_id, prepared.document, prepared.fields, prepared.body, prepared.edits, prepared.blocks,
            tuple(passages), prepared.copy_print,
        )  # fmt: skip

    def _windows(self, title: str | None, text: str) -> list[str]:
        prefix = passage_prefix(title)
        return [prefix + text[start:end] for start, end in self._encoder.windows(text, prefix)]

    def _encode(self, texts: dict[bytes, str], report: Callable[[float], None]) -> int:
        """Run the model on the texts whose vectors are not stored; each batch is kept when it is done."""
        vectors = self._store.vectors
        key = self._model_key()
        unknown = vectors.unknown(key, list(texts))
        # By length, so that a batch holds little padding.
        todo = sorted((digest for digest in texts if digest in unknown), key=lambda digest: len(texts[digest]))
        for first in range(0, len(todo), _ENCODE_AT_ONCE):
            batch = todo[first : first + _ENCODE_AT_ONCE]
            encoded = self._encoder.encode_passages([texts[digest] for digest in batch])
            vectors.save(key, zip(batch, pack(encoded), strict=True))
            report((first + len(batch)) / len(todo))
        return len(todo)

    def _plan_missing(self, summary: Summary) -> bool:
        """Windows and vectors for passages that were stored under another model; whether there were any."""
        vectors = self._store.vectors
        key = self._model_key()
        missing = vectors.passages_without_windows(key)
        for first in range(0, len(missing), _ENCODE_AT_ONCE):
            self._progress("passages", first, len(missing))
            ids = missing[first : first + _ENCODE_AT_ONCE]
            texts: dict[bytes, str] = {}
            planned: list[tuple[int, bytes]] = []
            for passage_id, title, text in self._store.articles.titled_texts(ids):
                for window in self._windows(title, text):
                    texts[text_hash(window)] = window
                    planned.append((passage_id, text_hash(window)))
                for sentence in self._store.articles.sentence_texts(passage_id):
                    texts[text_hash(sentence)] = sentence
            summary.encoded += self._encode(texts, lambda share: None)
            vectors.add_windows(key, planned)
        if missing:
            self._progress("passages", len(missing), len(missing))
        return bool(missing)

    # Book-keeping

    def _note_sources(self, intake: Intake, summary: Summary) -> None:
        """Remember what was read; a row that left a file that is still there leaves with it."""
        gone: list[str] = []
        for source in intake.read:
            gone += self._store.writer.note_source(source.origin, source.root, source.fingerprint, source.ids)
        if gone:
            summary.removed += self._store.writer.remove(i for i in gone if i not in intake.taken)

    def _prune(self, intake: Intake, summary: Summary) -> None:
        writer = self._store.writer
        vanished: dict[str, None] = {}
        for root in dict.fromkeys(intake.roots):
            vanished.update(dict.fromkeys(writer.sources_below(root)))
            # A file that came by its own name belongs to its folder as well, once it is gone.
            inside = writer.sources_inside(os.path.realpath(root))
            vanished.update(dict.fromkeys(origin for origin in inside if not os.path.exists(origin)))
        summary.removed += writer.remove(writer.forget_sources(o for o in vanished if o not in intake.origins))

    def _unpublished(self) -> bool:
        vectors = self._store.vectors
        published = vectors.published(self._model_key())
        if published is None or published.sequence < vectors.sequence():
            return True
        # A missing or damaged file serves nobody: readers would rebuild it in memory, each for itself.
        return verify(self._store, self._model_key()) is not None

    def _model_key(self) -> int:
        return self._store.vectors.model_key(model_name(self._encoder.name))

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        lock = FileLock(self._folder / "ingest.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise IngestBusyError(
                f"Another process is changing the collection {self._store.collection!r}; try again when it is done."
            ) from error
        except OSError as error:
            raise StoreError(
                f"The data folder {self._folder} cannot be written ({error.strerror}); "
                "set DATELINE_HOME to a folder that can be."
            ) from error
        try:
            yield
        finally:
            lock.release()
