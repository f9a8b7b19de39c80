"""The encoder beside everything else: what runs at the same time, on which thread, and what is encoded once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from corpus import readers
from corpus.errors import ReadError
from corpus.models import Document
from embeddings.encoder import Vectors
from retrieval import encoding, indexing, preparers
from retrieval.indexing import Indexer
from tests.fakes import FakeEncoder
from tests.retrieval.conftest import Shelf

OpenShelf = Callable[..., Shelf]

_PATIENCE = 30
"""Seconds until a test gives up waiting for what should happen at the same time."""


class Watched(FakeEncoder):
    """Knows on which threads it worked, and can be made to wait."""

    def __init__(self) -> None:
        super().__init__()
        self.threads: set[int] = set()
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.waited_in_vain = False

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.threads.add(threading.get_ident())
        self.waited_in_vain |= not self.may_go_on.wait(_PATIENCE)
        return super().encode_passages(texts)

    def windows(self, text: str, prefix: str = "") -> list[tuple[int, int]]:
        self.threads.add(threading.get_ident())
        return super().windows(text, prefix)


@pytest.fixture
def shelf(open_shelf: OpenShelf, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """Six articles, stored two at a time."""
    monkeypatch.setattr(indexing, "_ARTICLES_AT_ONCE", 2)
    shelf = open_shelf(encoder=Watched())
    for n in range(6):
        shelf.write(f"note-{n}.txt", f"A mill number{n} burned down.")
    return shelf


def encoder_of(shelf: Shelf) -> Watched:
    assert isinstance(shelf.encoder, Watched)
    return shelf.encoder


def test_the_next_articles_are_read_while_the_model_runs(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = encoder_of(shelf)
    encoder.may_go_on.clear()

    def reading(source: str | Path, *, root: Path | None = None) -> Iterator[Document | ReadError]:
        # The first two are being encoded, or are going to be.
        if Path(source).name == "note-3.txt":
            encoder.may_go_on.set()
        return readers.read(source, root=root)

    monkeypatch.setattr(preparers, "read", reading)
    assert len(shelf.ingest().new) == 6
    assert not encoder.waited_in_vain


def test_the_encoder_is_asked_on_one_thread_that_is_its_own(shelf: Shelf) -> None:
    shelf.ingest()
    (thread,) = encoder_of(shelf).threads
    assert thread != threading.get_ident()
    assert thread not in {one.ident for one in threading.enumerate()}


def test_a_text_that_is_being_encoded_is_not_encoded_again(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "_ARTICLES_AT_ONCE", 1)
    for n in range(6, 12):
        shelf.write(f"note-{n}.txt", "A bridge was built.", f"Number{n} is its name.")
    encoder = encoder_of(shelf)
    assert shelf.ingest().encoded == len(encoder.encoded) == len(set(encoder.encoded)) == 13


def test_an_article_is_stored_when_all_its_vectors_are(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "texts_at_once", lambda: 1)
    stored: list[tuple[str, int, int]] = []

    def report(stage: str, done: int, total: int) -> None:
        if stage == "passages":
            stored.append((stage, done, total))
            # What is live has its vectors.
            windows = list(shelf.store.vectors.windows(1))
            assert len(shelf.store.vectors.load(1, [window.hash for window in windows])) == len(windows)

    Indexer(shelf.store, shelf.encoder, shelf.loader, report).ingest([str(shelf.folder)])
    assert [done for _, done, _ in stored] == [1, 2, 3, 4, 5, 6]
    assert {total for *_, total in stored} == {6}


def test_few_articles_are_in_memory_whatever_their_number(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(6, 60):
        shelf.write(f"note-{n:02}.txt", f"A mill number{n} burned down.")
    most = 0
    read = 0

    def reading(source: str | Path, *, root: Path | None = None) -> Iterator[Document | ReadError]:
        nonlocal read, most
        read += 1
        most = max(most, read - len(shelf.ids))
        return readers.read(source, root=root)

    monkeypatch.setattr(preparers, "read", reading)
    assert len(shelf.ingest().new) == 60
    # Two that are being encoded, two that are waiting to be, and the one that is read.
    assert most <= 5
