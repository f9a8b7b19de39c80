"""Index time, top to bottom: read, prepare, encode what is new, switch, publish.

    files ─► read ─► prepare ─► encode what is new ─► vectors, by hash of the embedded text
                                    └─► one transaction switches articles, passages, sentences, full text
                                                  └─► publish the index file

All but the last at the same time: while some articles are encoded, the next ones are read and prepared and those
before them stored (``encoding.py``, ``preparers.py``). However many there are, only few are in memory.

A crash at any point leaves the last complete state serving; running again does what is left.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from filelock import FileLock, Timeout

from corpus.errors import StoreError
from corpus.preparation import Prepared
from corpus.store import ArticleDraft, Change, PassageDraft, Store, explained
from embeddings.encoder import Encoder
from embeddings.index import IndexLoader
from retrieval.encoding import Encoding, Plan
from retrieval.errors import IngestBusyError
from retrieval.intake import Intake, Progress, Reader, Summary
from retrieval.publishing import publish, verify
from retrieval.vectors import model_name, passage_prefix, text_hash

_ARTICLES_AT_ONCE = 64
"""Articles per switch: a short write transaction, little to repeat after a crash, enough texts to sort by length."""

_ARTICLES_AT_FIRST = 8

_CHARACTERS_AT_ONCE = 1_000_000
"""As many as 64 articles have; of longer ones there are fewer in memory."""

_PASSAGES_AT_ONCE = 2048
"""The same for passages that are encoded anew."""


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
            reader = Reader(self._store, summary, self._progress)
            intake = reader.find(paths)
            self._take_in(intake, reader, summary)
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

    def _take_in(self, intake: Intake, reader: Reader, summary: Summary) -> None:
        """Everything at once and little of it at a time: read, prepared, encoded, stored."""

        def show(done: int) -> None:
            self._progress("passages", done, max(done, intake.passages_in_all()))

        def plans() -> Iterator[Callable[[], Plan[list[ArticleDraft]]]]:
            for batch in self._batches(reader.articles(intake), intake, summary, encoding):
                yield partial(self._plan, batch)

        with self._encoding(show) as encoding:
            for drafts in encoding.in_turn(plans()):
                self._switch(drafts, summary)
            summary.encoded += encoding.encoded

    def _batches(
        self, articles: Iterable[tuple[str, Prepared]], intake: Intake, summary: Summary, encoding: Encoding
    ) -> Iterator[list[tuple[str, Prepared]]]:
        """What is new or changed, in batches that grow, so that the encoder gets its first soon."""
        batch: list[tuple[str, Prepared]] = []
        most, characters = min(_ARTICLES_AT_FIRST, _ARTICLES_AT_ONCE), 0
        for article_id, prepared in articles:
            if self._store.writer.stored_hash(article_id) == _draft_of(article_id, prepared, ()).content_hash:
                summary.unchanged += 1
                self._refresh(article_id, prepared)
            else:
                batch.append((article_id, prepared))
                intake.passages += len(prepared.blocks)
                characters += len(prepared.body)
            encoding.save()
            if len(batch) >= most or characters >= _CHARACTERS_AT_ONCE:
                yield batch
                batch, characters = [], 0
                most = min(2 * most, _ARTICLES_AT_ONCE)
        if batch:
            yield batch

    def _refresh(self, article_id: str, prepared: Prepared) -> None:
        """Of a text that did not change more may be known by now."""
        found = [(block, prepared.knowledge_of(block)) for block in prepared.blocks]
        self._store.writer.refresh(article_id, found, prepared.copy_print)

    def _plan(self, batch: list[tuple[str, Prepared]]) -> Plan[list[ArticleDraft]]:
        texts: dict[bytes, str] = {}
        drafts = [self._draft(article_id, prepared, texts) for article_id, prepared in batch]
        return Plan(drafts, texts, sum(len(draft.blocks) for draft in drafts))

    def _draft(self, article_id: str, prepared: Prepared, texts: dict[bytes, str]) -> ArticleDraft:
        title = prepared.fields.get("title")
        passages = []
        for block in prepared.blocks:
            windows = self._windows(title.value if title else None, block.text)
            sentences = [prepared.body[span.start : span.end].strip() for span in block.sentences]
            hashes = [text_hash(text) for text in windows], [text_hash(text) for text in sentences]
            texts.update(zip(hashes[0], windows, strict=True))
            texts.update(zip(hashes[1], sentences, strict=True))
            passages.append(
                PassageDraft(block, tuple(dict.fromkeys(hashes[0])), tuple(hashes[1]), prepared.knowledge_of(block))
            )
        return _draft_of(article_id, prepared, tuple(passages))

    def _windows(self, title: str | None, text: str) -> list[str]:
        prefix = passage_prefix(title)
        return [prefix + text[start:end] for start, end in self._encoder.windows(text, prefix)]

    def _switch(self, drafts: list[ArticleDraft], summary: Summary) -> None:
        for draft, change in zip(drafts, self._store.writer.store(drafts, self._model_key()), strict=True):
            if change is Change.UNCHANGED:
                summary.unchanged += 1
            else:
                (summary.new if change is Change.NEW else summary.changed).append(draft.id)

    def _plan_missing(self, summary: Summary) -> bool:
        """Windows and vectors for passages that were stored under another model; whether there were any."""
        key = self._model_key()
        missing = self._store.vectors.passages_without_windows(key)
        if not missing:
            return False
        articles = self._store.articles

        def plans() -> Iterator[Callable[[], Plan[list[tuple[int, bytes]]]]]:
            for first in range(0, len(missing), _PASSAGES_AT_ONCE):
                found = [
                    (passage_id, title, text, articles.sentence_texts(passage_id))
                    for passage_id, title, text in articles.titled_texts(missing[first : first + _PASSAGES_AT_ONCE])
                ]
                yield partial(self._plan_windows, found)

        self._progress("passages", 0, len(missing))
        with self._encoding(lambda done: self._progress("passages", done, len(missing))) as encoding:
            for planned in encoding.in_turn(plans()):
                self._store.vectors.add_windows(key, planned)
            summary.encoded += encoding.encoded
        return True

    def _plan_windows(self, found: list[tuple[int, str | None, str, list[str]]]) -> Plan[list[tuple[int, bytes]]]:
        texts: dict[bytes, str] = {}
        planned: list[tuple[int, bytes]] = []
        for passage_id, title, text, sentences in found:
            windows = self._windows(title, text)
            planned += [(passage_id, text_hash(window)) for window in windows]
            texts.update((text_hash(one), one) for one in (*windows, *sentences))
        return Plan(planned, texts, len(found))

    def _encoding(self, saved: Callable[[int], None]) -> Encoding:
        return Encoding(self._encoder, self._store.vectors, self._model_key(), saved)

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


def _draft_of(article_id: str, prepared: Prepared, passages: tuple[PassageDraft, ...]) -> ArticleDraft:
    return ArticleDraft(
        article_id, prepared.document, prepared.fields, prepared.body, prepared.edits, prepared.blocks, passages,
        prepared.copy_print,
    )  # fmt: skip
