"""A collection with a folder of articles beside it, without a model."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from corpus.models import Passage
from corpus.store import Filters, Store
from embeddings.encoder import Encoder
from embeddings.faiss_index import FaissLoader
from embeddings.index import IndexLoader
from retrieval.asking import Asker, Options
from retrieval.collections import Collection
from retrieval.indexing import Indexer
from retrieval.intake import Summary
from retrieval.models import Answer
from tests.fakes import FakeEncoder
from tests.making import bundled_encoder, write_article


class Shelf:
    """One collection as one process has it open, and a folder of articles that it is ingested from."""

    def __init__(self, home: Path, name: str = "main", encoder: Encoder | None = None) -> None:
        self.home = home
        self.folder = home / f"{name}-articles"
        self.folder.mkdir(exist_ok=True)
        self.fake = FakeEncoder()
        self.encoder: Encoder = encoder or self.fake
        self.loader: IndexLoader = FaissLoader()
        self.store = Store.open(home / name, create=True)
        self.collection = Collection(self.store, self.encoder, self.loader)
        self.asker = Asker([self.collection], self.encoder)

    def write(self, name: str, *body: str, **front_matter: str) -> Path:
        return write_article(self.folder, name, body, **front_matter)

    def write_rows(self, name: str, *rows: Mapping[str, object]) -> Path:
        path = self.folder / name
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        return path

    @property
    def indexer(self) -> Indexer:
        return Indexer(self.store, self.encoder, self.loader)

    def ingest(self, *paths: Path | str, prune: bool = False) -> Summary:
        """The folder, unless paths are given."""
        return self.indexer.ingest([str(path) for path in paths or (self.folder,)], prune=prune)

    def ask(self, question: str, options: Options | None = None) -> Answer:
        return self.asker.ask(question, options)

    def hits(self, question: str) -> list[str]:
        """The articles of the hits, best first."""
        return [hit.article.id for hit in self.ask(question).hits]

    @property
    def ids(self) -> list[str]:
        return self.store.articles.ids()

    def live(self) -> dict[int, Passage]:
        return self.store.articles.live_passages(self.store.articles.live_ids(Filters()))

    def files(self) -> list[Path]:
        """The index files, oldest first."""
        found = (self.store.path.parent).glob("*.faiss")
        return sorted(found, key=lambda path: path.stat().st_mtime_ns)

    def close(self) -> None:
        self.store.close()


@pytest.fixture
def open_shelf(tmp_path: Path) -> Iterator[Callable[..., Shelf]]:
    """Opens collections by name; the same name again is the same collection in another process."""
    opened: list[Shelf] = []

    def open_one(name: str = "main", encoder: Encoder | None = None) -> Shelf:
        opened.append(Shelf(tmp_path, name, encoder))
        return opened[-1]

    yield open_one
    for shelf in opened:
        shelf.close()


@pytest.fixture
def shelf(open_shelf: Callable[..., Shelf]) -> Shelf:
    return open_shelf()


def fill_newsroom(shelf: Shelf) -> None:
    """A town's news in several papers: agency copy, differing figures, people of one surname, an undated note."""
    agency = "PORT ELLERY — The harbour of Port Ellery will close in June, the town council decided on Monday."
    shelf.write(
        "harbour-courier.md",
        agency,
        "“We cannot pay for another winter of repairs to the harbour,” Mayor Ada Brook told reporters.",
        "Brook said the town had spent 42 million crowns on the harbour in nine years.",
        "Fishermen protested outside the town hall and some 300 people joined them, police said.",
        title="Harbour to close in June", outlet="Test Courier", published_at="2023-05-02",
        url="https://courier.example/harbour", id="harbour-courier",
    )  # fmt: skip
    shelf.write(
        "harbour-herald.md",
        agency,
        "“We cannot pay for another winter of repairs to the harbour,” Mayor Ada Brook said.",
        "Organisers put the number of people who joined the protest outside the town hall at 1,200.",
        "“The council has never once asked the fishermen what they think of the harbour,” said Carl Brook, "
        "a fisherman who is no relation of the mayor.",
        title="Fishermen protest over harbour", outlet="Test Herald", published_at="2023-05-03", id="harbour-herald",
    )  # fmt: skip
    shelf.write(
        "bridge.md",
        "A bridge over the river Tarn opened on Sunday after nine years of work.",
        "“It has cost 42 million crowns, and it was worth every one of them,” engineer Ivo Lund said at the opening.",
        "Lund warned that the bridge would need new cables within twenty years.",
        title="Bridge over the Tarn opens", outlet="Test Herald", published_at="2023-06-11", id="bridge",
    )  # fmt: skip
    shelf.write(
        "orchard.md",
        "The orchard festival in Vell drew visitors from all over the valley on Saturday.",
        "“Never have so many apples been eaten in a single day,” said Odile Marchetti, who runs the festival.",
        id="orchard", title="Apples in Vell", outlet="Élan du Val",
    )  # fmt: skip
    shelf.ingest()


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """With the real model. For reading only."""
    shelf = Shelf(tmp_path_factory.mktemp("newsroom"), encoder=bundled_encoder())
    fill_newsroom(shelf)
    yield shelf
    shelf.close()


@pytest.fixture(scope="session")
def plain_newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """The same without a model. For reading only."""
    shelf = Shelf(tmp_path_factory.mktemp("plain-newsroom"))
    fill_newsroom(shelf)
    yield shelf
    shelf.close()
