"""Several processes and threads at one collection: nobody sees half an article, nothing is lost."""

from __future__ import annotations

import contextlib
import re
import sqlite3
import threading
from pathlib import Path

import pytest
from filelock import FileLock

from bot import lookups, wiring
from bot.settings import load_settings
from corpus.store import Filters
from tests.fakes import FakeEncoder
from tests.journeys.conftest import Dateline

PARAGRAPHS = 12
ROUNDS = 60


def test_a_second_process_is_turned_away_and_nothing_is_lost(home: Path, dateline: Dateline, articles: Path) -> None:
    folder = home / "collections" / "main"
    folder.mkdir(parents=True)
    with FileLock(folder / "ingest.lock"):
        ran = dateline("ingest", str(articles))
        assert (ran.code, ran.out) == (1, "")
        assert ran.err == "Another process is changing the collection 'main'; try again when it is done.\n"
        removed = dateline("remove", "harbour")
        assert (removed.code, removed.err) == (1, ran.err)
    assert dateline("ingest", str(articles)).out.startswith("3 new, ")


def write_version(folder: Path, version: int) -> None:
    folder.mkdir(exist_ok=True)
    paragraphs = [f"Paragraph {n} of the long report says version{version} in plain words." for n in range(PARAGRAPHS)]
    (folder / "report.md").write_text("---\nid: report\n---\n\n" + "\n\n".join(paragraphs) + "\n", encoding="utf-8")


def versions(text: str) -> set[str]:
    return set(re.findall(r"version\d+", text))


class Writer(threading.Thread):
    """Brings in one revision after the other, as another process would: with its own connection."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            with wiring.Wiring(load_settings(), print) as wired:
                for version in range(1, ROUNDS):
                    write_version(self._folder, version)
                    wired.ingest("main", [str(self._folder)], prune=False)
        except BaseException as error:
            self.error = error


@pytest.fixture
def written(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the first version of a report, ingested without a model."""
    monkeypatch.setattr(wiring, "make_encoder", lambda settings: FakeEncoder())
    folder = tmp_path / "reports"
    write_version(folder, 0)
    with wiring.Wiring(load_settings(), print) as wired:
        wired.ingest("main", [str(folder)], prune=False)
    return folder


def test_a_reader_never_sees_half_an_article(written: Path) -> None:
    writer = Writer(written)
    seen: set[str] = set()
    with wiring.Wiring(load_settings(), print) as wired:
        library = wired.library(["main"])
        asker = wired.asker(library)
        writer.start()
        while True:
            last_round = not writer.is_alive()
            article, passages = lookups.article(library.stores, "report")
            assert len(passages) == PARAGRAPHS
            assert len(versions(article.body)) == 1
            assert versions(" ".join(passage.text for passage in passages)) == versions(article.body)
            ((_, listed),) = lookups.sources(library.stores, Filters())
            assert listed.passages == PARAGRAPHS

            answer = asker.ask("Which paragraph of the long report says it in plain words?")
            hits = {hit.passage.revision for hit in answer.hits}
            assert len(hits) == 1
            assert len(versions(" ".join(hit.passage.text for hit in answer.hits))) == 1
            assert all(hit.ranks for hit in answer.hits)
            assert len({citation.passage.revision for citation in answer.citations}) <= 1
            seen |= versions(article.body)
            if last_round:
                break
    writer.join()
    assert writer.error is None
    assert f"version{ROUNDS - 1}" in seen
    # Else the reader was never there while something changed.
    assert len(seen) > 3


def test_a_backup_made_meanwhile_is_whole(written: Path, tmp_path: Path) -> None:
    writer = Writer(written)
    targets = [tmp_path / f"copy-{n}.db" for n in range(5)]
    with wiring.Wiring(load_settings(), print) as wired:
        writer.start()
        for target in targets:
            wired.store("main").backup(target)
    writer.join()
    assert writer.error is None
    for target in targets:
        with contextlib.closing(sqlite3.connect(target)) as copy:
            assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            rows = copy.execute("SELECT text FROM passages WHERE live = 1").fetchall()
        assert len(rows) == PARAGRAPHS
        assert len(versions(" ".join(text for (text,) in rows))) == 1


def test_two_ingest_one_after_the_other_lose_nothing(home: Path, tmp_path: Path, written: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "note.txt").write_text("A note on the side was found in the archive on Monday.\n", encoding="utf-8")
    with wiring.Wiring(load_settings(), print) as one, wiring.Wiring(load_settings(), print) as two:
        write_version(written, 1)
        one.ingest("main", [str(written)], prune=False)
        two.ingest("main", [str(other)], prune=False)
        assert one.store("main").articles.ids() == ["note", "report"]
