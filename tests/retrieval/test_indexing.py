"""From files to an index: ids, what is read and encoded again, crashes, models, and readers who look on."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from filelock import FileLock

from corpus import preparation, readers
from corpus.errors import ArticleNotFoundError, ReadError, StoreError
from corpus.models import Document
from corpus.store import Filters, Store
from embeddings.encoder import Vectors
from embeddings.errors import ModelError
from embeddings.faiss_index import FaissLoader
from embeddings.index import IndexLoader, VectorIndex
from retrieval import encoding, indexing, intake, preparers, publishing
from retrieval.asking import Asker
from retrieval.collections import Collection
from retrieval.errors import IngestBusyError
from retrieval.indexing import Indexer
from retrieval.readings import SideBySide
from retrieval.vectors import model_name, pack, text_hash
from tests.fakes import FakeEncoder
from tests.making import bundled_encoder, paragraphs, write_article
from tests.retrieval.conftest import Shelf

OpenShelf = Callable[..., Shelf]

HARBOUR = (
    "The harbour of Port Ellery will close in June.",
    "“We cannot pay for another winter,” Mayor Ada Brook said.",
    "Fishermen protested outside the town hall.",
)


def counted(summary: intake.Summary) -> tuple[int, int, int, int, int]:
    """New, changed, unchanged, removed, refused."""
    return (
        len(summary.new), len(summary.changed), summary.unchanged, len(summary.removed), len(summary.refused)
    )  # fmt: skip


def touch(path: Path) -> None:
    """A change of time that no file system is too coarse for."""
    stat = path.stat()
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 2_000_000_000))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    touch(path)


# Ids


def test_an_id_that_is_given_is_the_id(shelf: Shelf) -> None:
    shelf.write("a.md", *HARBOUR, id="harbour-42")
    shelf.write_rows("rows.jsonl", {"id": "row-1", "text": "A mill burned down."})
    assert sorted(shelf.ingest().new) == ["harbour-42", "row-1"]


def test_an_address_is_the_id_of_what_has_none(shelf: Shelf) -> None:
    shelf.write("a.md", *HARBOUR, url="https://courier.example/harbour")
    shelf.write_rows("rows.jsonl", {"url": "https://herald.example/mill", "text": "A mill burned down."})
    shelf.write("b.md", "A bridge was built.", id="bridge", url="https://herald.example/bridge")
    assert sorted(shelf.ingest().new) == ["bridge", "https://courier.example/harbour", "https://herald.example/mill"]


def test_else_it_is_the_path_below_the_folder(shelf: Shelf) -> None:
    shelf.write("May 2023/The Harbour!.md", *HARBOUR)
    shelf.write("note.txt", "A mill burned down.")
    assert sorted(shelf.ingest().new) == ["May-2023/The-Harbour", "note"]


def test_the_id_stays_when_the_file_changes(shelf: Shelf) -> None:
    file = shelf.write("note.txt", "A mill burned down.")
    shelf.ingest()
    edit(file, "A mill", "The old mill")
    assert shelf.ingest().changed == ["note"]
    # From another folder up, the slug would be another one; the article is the same.
    edit(file, "The old mill", "The very old mill")
    assert shelf.ingest(shelf.folder.parent / "main-articles" / ".." / "main-articles").changed == ["note"]
    edit(file, "The very old mill", "The mill")
    assert shelf.ingest(shelf.home).changed == ["note"]
    assert shelf.store.articles.get("note").revision == 4


def test_the_id_is_kept_for_a_file_that_comes_back(shelf: Shelf) -> None:
    file = shelf.write("note.txt", "A mill burned down.")
    shelf.ingest()
    file.unlink()
    assert shelf.ingest(prune=True).removed == ["note"]
    shelf.write("note.txt", "A mill burned down.")
    assert shelf.ingest().new == ["note"]
    assert shelf.store.articles.get("note").revision == 2


def test_files_of_one_name_in_two_folders_are_two_articles(shelf: Shelf, tmp_path: Path) -> None:
    one = write_article(tmp_path / "one", "note.txt", "A mill burned down.")
    two = write_article(tmp_path / "two", "note.txt", "A bridge was built.")
    assert shelf.ingest(one.parent).new == ["note"]
    assert shelf.ingest(two.parent).new == ["note-2"]
    three = write_article(tmp_path / "three", "note.txt", "A harbour was closed.")
    # All in one run, in whatever order.
    edit(one, "mill", "watermill")
    edit(two, "bridge", "footbridge")
    summary = shelf.ingest(three.parent, two.parent, one.parent)
    assert (summary.new, sorted(summary.changed)) == (["note-3"], ["note", "note-2"])
    bodies = {name: shelf.store.articles.get(name).body.strip() for name in shelf.ids}
    assert bodies == {
        "note": "A watermill burned down.", "note-2": "A footbridge was built.", "note-3": "A harbour was closed."
    }  # fmt: skip


def test_two_files_of_one_slug_in_one_run(shelf: Shelf) -> None:
    shelf.write("a note.txt", "A mill burned down.")
    shelf.write("a-note.txt", "A bridge was built.")
    shelf.write("a_note.md", "A harbour was closed.")
    shelf.write("a-note.md", "A tower fell.")
    assert sorted(shelf.ingest().new) == ["a-note", "a-note-2", "a-note-3", "a_note"]
    assert counted(shelf.ingest()) == (0, 0, 4, 0, 0)


def test_rows_without_an_id_are_known_by_their_text(shelf: Shelf) -> None:
    mill, bridge = {"text": "A mill burned down."}, {"text": "A bridge was built."}
    file = shelf.write_rows("rows.jsonl", mill, bridge)
    first = shelf.ingest().new
    assert len(set(first)) == 2
    assert all(name.startswith("rows-") for name in first)
    # Where a row stands does not matter.
    shelf.write_rows("rows.jsonl", {"text": "A harbour was closed."}, bridge, mill)
    touch(file)
    summary = shelf.ingest()
    assert counted(summary) == (1, 0, 2, 0, 0)
    assert set(first) < set(shelf.ids)
    # Another text is another article, and the one that is gone leaves.
    shelf.write_rows("rows.jsonl", bridge, {"text": "A mill burned down twice."})
    touch(file)
    assert counted(shelf.ingest()) == (1, 0, 1, 2, 0)


@pytest.mark.parametrize("name", ["ROWS.JSONL", "Rows.JsonL"])
def test_rows_are_rows_however_the_file_is_called(shelf: Shelf, name: str) -> None:
    mill, bridge = {"text": "A mill burned down."}, {"text": "A bridge was built."}
    file = shelf.write_rows(name, mill, bridge)
    first = set(shelf.ingest().new)
    assert len(first) == 2
    shelf.write_rows(name, {"text": "A harbour was closed."}, bridge, mill)
    touch(file)
    assert counted(shelf.ingest()) == (1, 0, 2, 0, 0)
    assert first < set(shelf.ids)


# Duplicates


def test_an_id_given_twice_is_refused_and_both_places_named(shelf: Shelf) -> None:
    one = shelf.write("a.md", "A mill burned down.", id="same")
    two = shelf.write("b.md", "A bridge was built.", id="same")
    summary = shelf.ingest()
    assert counted(summary) == (1, 0, 0, 0, 1)
    (refused,) = summary.refused
    assert str(refused) == (f"{two}: the id 'same' is taken by {one}; that article was kept, give this one another id.")
    assert shelf.store.articles.get("same").body.strip() == "A mill burned down."
    # And again: neither takes turns with the other.
    again = shelf.ingest()
    assert (counted(again), str(again.refused[0])) == ((0, 0, 1, 0, 1), str(refused))
    assert shelf.store.articles.get("same").revision == 1


def test_a_newcomer_never_takes_the_id_of_an_article_that_is_still_there(shelf: Shelf) -> None:
    old = shelf.write("m.md", "A mill burned down.", id="same")
    shelf.ingest()
    # It is read first, and yet it is the one to give way.
    new = shelf.write("a.md", "A bridge was built.", id="same")
    summary = shelf.ingest()
    assert counted(summary) == (0, 0, 1, 0, 1)
    assert str(new) in str(summary.refused[0])
    assert str(old) in str(summary.refused[0])
    assert shelf.store.articles.get("same").body.strip() == "A mill burned down."


def test_an_id_given_twice_in_one_file(shelf: Shelf) -> None:
    shelf.write_rows(
        "rows.jsonl", {"id": "same", "text": "A mill burned down."}, {"id": "same", "text": "A bridge was built."},
        {"id": "other", "text": "A harbour was closed."},
    )  # fmt: skip
    summary = shelf.ingest()
    assert counted(summary) == (2, 0, 0, 0, 1)
    assert shelf.store.articles.get("same").body == "A mill burned down."


def test_one_file_reached_by_two_paths_is_read_once(shelf: Shelf) -> None:
    file = shelf.write("note.txt", "A mill burned down.")
    link = shelf.folder / "link.txt"
    link.symlink_to(file)
    assert counted(shelf.ingest(shelf.folder)) == (1, 0, 0, 0, 0)


@pytest.mark.parametrize("times", [2, 3])
def test_one_path_given_several_times_is_read_once(shelf: Shelf, times: int) -> None:
    file = shelf.write("note.txt", "A mill burned down.")
    assert counted(shelf.ingest(*[file] * times, shelf.folder)) == (1, 0, 0, 0, 0)
    assert counted(shelf.ingest(*[file] * times, shelf.folder)) == (0, 0, 1, 0, 0)


def test_one_address_in_two_runs_is_one_article_that_changed(shelf: Shelf) -> None:
    shelf.write("a.md", "A mill burned down.", url="https://courier.example/mill")
    shelf.ingest()
    shelf.write("a.md", "A mill burned down. Nobody was hurt.", url="https://courier.example/mill")
    touch(shelf.folder / "a.md")
    assert shelf.ingest().changed == ["https://courier.example/mill"]


# What is read and encoded again


def test_nothing_is_read_or_encoded_twice(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.write("harbour.md", *HARBOUR, title="Harbour to close")
    shelf.write_rows("rows.jsonl", {"id": "mill", "text": "A mill burned down."})
    first = shelf.ingest()
    # Three paragraphs under a headline, each a window and a sentence; a text without one is its own sentence.
    assert first.encoded == len(shelf.fake.encoded) == 7
    assert len(set(shelf.fake.encoded)) == 7
    for module in (intake, preparers):
        monkeypatch.setattr(module, "read", lambda *_, **__: pytest.fail("a file that did not change was read"))
    second = shelf.ingest()
    assert (counted(second), second.encoded) == ((0, 0, 2, 0, 0), 0)
    assert len(shelf.fake.encoded) == 7
    assert [path.name for path in shelf.files()] == [shelf.store.vectors.published(1).file]  # type: ignore[union-attr]


def test_a_file_that_was_only_touched_is_read_and_nothing_encoded(shelf: Shelf) -> None:
    file = shelf.write("harbour.md", *HARBOUR)
    shelf.ingest()
    touch(file)
    summary = shelf.ingest()
    assert (counted(summary), summary.encoded) == ((0, 0, 1, 0, 0), 0)
    assert shelf.store.articles.get("harbour").revision == 1


def test_a_newer_preparation_reads_everything_again(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.write("harbour.md", *HARBOUR)
    shelf.ingest()
    monkeypatch.setattr(preparation, "VERSION", preparation.VERSION + 1)
    read: list[str | Path] = []

    def reading(source: str | Path, *, root: Path | None = None) -> Iterator[Document | ReadError]:
        read.append(source)
        return readers.read(source, root=root)

    monkeypatch.setattr(preparers, "read", reading)
    assert counted(shelf.ingest()) == (0, 0, 1, 0, 0)
    assert len(read) == 1
    assert counted(shelf.ingest()) == (0, 0, 1, 0, 0)
    assert len(read) == 1


def test_a_changed_paragraph_encodes_its_own_texts_alone(shelf: Shelf) -> None:
    file = shelf.write("harbour.md", *HARBOUR, title="Harbour to close")
    shelf.ingest()
    shelf.fake.encoded.clear()
    edit(file, "Fishermen protested", "Anglers protested")
    summary = shelf.ingest()
    assert (counted(summary), summary.encoded) == ((0, 1, 0, 0, 0), 2)
    assert sorted(shelf.fake.encoded) == [
        "Anglers protested outside the town hall.",
        "Harbour to close\nAnglers protested outside the town hall.",
    ]


def test_a_changed_headline_encodes_windows_but_no_sentence(shelf: Shelf) -> None:
    file = shelf.write("harbour.md", *HARBOUR, title="Harbour to close")
    shelf.ingest()
    shelf.fake.encoded.clear()
    edit(file, "Harbour to close", "Harbour closes")
    assert shelf.ingest().encoded == 3
    assert all(text.startswith("Harbour closes\n") for text in shelf.fake.encoded)


def test_a_changed_date_encodes_nothing(shelf: Shelf) -> None:
    file = shelf.write("harbour.md", *HARBOUR, published_at="2023-05-02")
    shelf.ingest()
    edit(file, "2023-05-02", "2023-05-03")
    summary = shelf.ingest()
    assert (counted(summary), summary.encoded) == ((0, 1, 0, 0, 0), 0)
    assert shelf.store.articles.get("harbour").published_at == "2023-05-03"


def test_the_same_text_in_two_articles_is_encoded_once(shelf: Shelf) -> None:
    shelf.write("one.txt", *HARBOUR)
    shelf.write("two.txt", *HARBOUR[::-1])
    assert shelf.ingest().encoded == len(set(shelf.fake.encoded)) == 3


def test_what_was_moved_is_not_encoded_again(shelf: Shelf) -> None:
    file = shelf.write("one.txt", *HARBOUR)
    shelf.ingest()
    file.rename(shelf.folder / "two.txt")
    summary = shelf.ingest(prune=True)
    assert (summary.new, summary.removed, summary.encoded) == (["two"], ["one"], 0)


def test_a_long_paragraph_has_several_windows(shelf: Shelf) -> None:
    words = [f"word{n}" for n in range(150)]
    shelf.write("long.txt", " ".join(words))
    summary = shelf.ingest()
    (passage,) = shelf.live().values()
    windows = list(shelf.store.vectors.windows(1))
    assert {window.passage_id for window in windows} == {passage.id}
    assert len(windows) == 3
    # Three windows and the one sentence.
    assert summary.encoded == 4
    # What stands in the last window only is found, and the passage comes once.
    answer = shelf.ask("word149 word148 word147")
    assert [hit.passage.id for hit in answer.hits] == [passage.id]
    assert answer.hits[0].signals.passage > 0.2


def test_many_articles_are_switched_in_batches(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "_ARTICLES_AT_ONCE", 3)
    monkeypatch.setattr(encoding, "texts_at_once", lambda: 4)
    for n in range(10):
        shelf.write(f"note-{n}.txt", f"A mill number{n} burned down.", f"Nobody was hurt in mill number{n}.")
    reports: list[tuple[str, int, int]] = []
    indexer = Indexer(shelf.store, shelf.encoder, shelf.loader, lambda *report: reports.append(report))
    summary = indexer.ingest([str(shelf.folder)])
    assert counted(summary) == (10, 0, 0, 0, 0)
    assert summary.encoded == len(shelf.fake.encoded) == 20
    assert shelf.ids == [f"note-{n}" for n in range(10)]
    for stage, total in (("files", 10), ("passages", 20)):
        done = [report[1] for report in reports if report[0] == stage]
        assert done == sorted(done)
        assert done[-1] == total
        assert {report[2] for report in reports if report[0] == stage} == {total}
    assert summary.seconds > 0


# What is refused


def test_what_is_refused_leaves_the_rest_alone_and_is_tried_again(shelf: Shelf) -> None:
    shelf.write("good.txt", "A mill burned down.")
    bad = shelf.folder / "bad.txt"
    bad.write_bytes(b"caf\xe9")
    summary = shelf.ingest()
    assert counted(summary) == (1, 0, 0, 0, 1)
    assert summary.refused[0].source == str(bad)
    # Unchanged, and yet it is read again and named again.
    assert counted(shelf.ingest()) == (0, 0, 1, 0, 1)
    bad.write_text("A café burned down.", encoding="utf-8")
    assert counted(shelf.ingest()) == (1, 0, 1, 0, 0)


def test_a_file_that_breaks_keeps_the_article_it_had(shelf: Shelf) -> None:
    file = shelf.write("note.txt", "A mill burned down.")
    shelf.ingest()
    file.write_bytes(b"caf\xe9")
    touch(file)
    assert counted(shelf.ingest(prune=True)) == (0, 0, 0, 0, 1)
    assert shelf.ids == ["note"]
    file.write_text("A mill burned down again.", encoding="utf-8")
    touch(file)
    assert shelf.ingest().changed == ["note"]


def test_a_broken_row_removes_nothing(shelf: Shelf) -> None:
    rows = [{"id": name, "text": f"A {name} burned down."} for name in ("mill", "bridge", "tower")]
    file = shelf.write_rows("rows.jsonl", *rows)
    shelf.ingest()
    content = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([content[0], content[1][:-5], content[2].replace("burned", "fell")]), encoding="utf-8")
    touch(file)
    summary = shelf.ingest(prune=True)
    assert counted(summary) == (0, 1, 1, 0, 1)
    assert "line 2" in str(summary.refused[0])
    assert shelf.ids == ["bridge", "mill", "tower"]
    # Read again as long as something is wrong with it.
    assert counted(shelf.ingest()) == (0, 0, 2, 0, 1)
    shelf.write_rows("rows.jsonl", rows[0], rows[2])
    touch(file)
    assert shelf.ingest().removed == ["bridge"]


def test_an_article_of_nothing_is_refused(shelf: Shelf) -> None:
    (shelf.folder / "empty.txt").write_text("\u200b\n \u200b", encoding="utf-8")
    shelf.write("good.txt", "A mill burned down.")
    assert counted(shelf.ingest()) == (1, 0, 0, 0, 1)


def test_a_path_that_is_not_there_is_refused_and_the_others_are_read(shelf: Shelf) -> None:
    shelf.write("good.txt", "A mill burned down.")
    summary = shelf.ingest("/no/such/folder", shelf.folder)
    assert counted(summary) == (1, 0, 0, 0, 1)
    assert str(summary.refused[0]) == "/no/such/folder: there is no such file or folder; check the path."


def test_an_empty_folder_is_noted(shelf: Shelf) -> None:
    summary = shelf.ingest()
    assert counted(summary) == (0, 0, 0, 0, 0)
    assert summary.notes[0].startswith(f"{shelf.folder}: the folder holds no articles")


def test_a_date_that_does_not_parse_is_noted_with_its_article(shelf: Shelf) -> None:
    shelf.write("note.md", "A mill burned down.", published_at="the other day")
    (note,) = shelf.ingest().notes
    assert note.startswith("note: The date 'the other day' was left out")
    assert shelf.store.articles.get("note").published_at is None


# What is no longer there


def test_pruning_removes_what_is_gone_and_nothing_else(shelf: Shelf, tmp_path: Path) -> None:
    gone = shelf.write("gone.txt", "A mill burned down.")
    shelf.write("kept.txt", "A bridge was built.")
    elsewhere = write_article(tmp_path / "elsewhere", "other.txt", "A tower fell.")
    shelf.ingest(shelf.folder, elsewhere.parent)
    gone.unlink()
    elsewhere.unlink()
    # Not without being told to.
    assert counted(shelf.ingest()) == (0, 0, 1, 0, 0)
    summary = shelf.ingest(prune=True)
    assert summary.removed == ["gone"]
    assert shelf.ids == ["kept", "other"]
    assert "gone" not in shelf.hits("Which mill burned down?")
    with pytest.raises(ArticleNotFoundError, match="was removed on"):
        shelf.store.articles.get("gone")
    assert shelf.ingest(elsewhere.parent, prune=True).removed == ["other"]


def test_pruning_follows_the_rows_of_a_file_that_is_gone(shelf: Shelf) -> None:
    file = shelf.write_rows("rows.jsonl", {"id": "mill", "text": "A mill."}, {"id": "bridge", "text": "A bridge."})
    shelf.write("kept.txt", "A tower fell.")
    shelf.ingest()
    file.unlink()
    assert sorted(shelf.ingest(prune=True).removed) == ["bridge", "mill"]


def test_a_row_that_left_its_file_leaves_also_without_pruning(shelf: Shelf) -> None:
    file = shelf.write_rows("rows.jsonl", {"id": "mill", "text": "A mill."}, {"id": "bridge", "text": "A bridge."})
    shelf.ingest()
    shelf.write_rows("rows.jsonl", {"id": "bridge", "text": "A bridge."})
    touch(file)
    summary = shelf.ingest()
    assert (summary.removed, summary.unchanged) == (["mill"], 1)
    assert shelf.ids == ["bridge"]


def test_a_row_that_moved_to_another_file_stays(shelf: Shelf) -> None:
    mill, bridge = {"id": "mill", "text": "A mill."}, {"id": "bridge", "text": "A bridge."}
    one, two = shelf.write_rows("one.jsonl", mill), shelf.write_rows("two.jsonl", bridge)
    shelf.ingest()
    shelf.write_rows("one.jsonl", {"id": "tower", "text": "A tower."})
    shelf.write_rows("two.jsonl", bridge, mill)
    touch(one)
    touch(two)
    assert counted(shelf.ingest(prune=True)) == (1, 0, 2, 0, 0)
    assert shelf.ids == ["bridge", "mill", "tower"]


def test_what_another_file_still_holds_is_not_pruned(shelf: Shelf, tmp_path: Path) -> None:
    row = {"id": "mill", "text": "A mill."}
    file = shelf.write_rows("rows.jsonl", row)
    copy = write_article(tmp_path / "copy", "copy.jsonl", file.read_text(encoding="utf-8"))
    shelf.ingest()
    shelf.ingest(copy.parent)
    file.unlink()
    assert shelf.ingest(prune=True).removed == []
    copy.unlink()
    assert shelf.ingest(copy.parent, prune=True).removed == ["mill"]


@pytest.mark.parametrize("first", ["file", "folder"])
def test_pruning_a_folder_does_not_depend_on_how_its_files_came(shelf: Shelf, first: str) -> None:
    file = shelf.write("note.txt", "A mill burned down.")
    shelf.write("kept.txt", "A bridge was built.")
    if first == "file":
        shelf.ingest(file)
        shelf.ingest()
    else:
        shelf.ingest()
        edit(file, "mill", "watermill")
        shelf.ingest(file)
    file.unlink()
    assert shelf.ingest(prune=True).removed == ["note"]
    assert shelf.ids == ["kept"]


def test_pruning_a_folder_spares_what_it_does_not_list(shelf: Shelf) -> None:
    hidden = shelf.write(".hidden/note.txt", "A mill burned down.")
    shelf.write("kept.txt", "A bridge was built.")
    shelf.ingest(hidden)
    shelf.ingest()
    # It is still there: whoever gave it by name meant it.
    assert shelf.ingest(prune=True).removed == []
    beside = write_article(shelf.home / "main-articles-2", "note.txt", "A tower fell.")
    shelf.ingest(beside)
    beside.unlink()
    assert shelf.ingest(prune=True).removed == []


def test_pruning_a_pattern(shelf: Shelf) -> None:
    gone, kept = shelf.write("a1.txt", "A mill burned down."), shelf.write("a2.txt", "A bridge was built.")
    other = shelf.write("b1.txt", "A tower fell.")
    pattern = str(shelf.folder / "a*.txt")
    shelf.ingest(pattern, other)
    gone.unlink()
    other.unlink()
    assert shelf.ingest(pattern, prune=True).removed == ["a1"]
    assert shelf.ids == ["a2", "b1"]
    assert kept.exists()


def test_pruning_a_folder_that_is_not_there_removes_nothing(shelf: Shelf) -> None:
    shelf.write("note.txt", "A mill burned down.")
    shelf.ingest()
    shelf.folder.rename(shelf.folder.with_name("moved"))
    assert counted(shelf.ingest(prune=True)) == (0, 0, 0, 0, 1)
    assert shelf.ids == ["note"]


def test_removing_by_id(shelf: Shelf) -> None:
    file = shelf.write("harbour.md", *HARBOUR, id="harbour")
    shelf.write("mill.txt", "A mill burned down.")
    shelf.ingest()
    assert "harbour" in shelf.hits("Who protested outside the town hall?")
    assert shelf.indexer.remove(["harbour", "nowhere"]) == ["harbour"]
    assert shelf.indexer.remove(["harbour"]) == []
    assert "harbour" not in shelf.hits("Who protested outside the town hall?")
    assert [window.passage_id for window in shelf.store.vectors.windows(1)] == list(shelf.live())
    # The file is still there: who ingests it again wants it again.
    assert shelf.ingest(file).new == ["harbour"]
    assert shelf.store.articles.get("harbour").revision == 2


# Crashes


class Breaking(FakeEncoder):
    """Fails after a number of calls, as a machine may."""

    def __init__(self, calls: int, error: type[BaseException] = RuntimeError) -> None:
        super().__init__()
        self.calls = calls
        self.error = error

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        if self.calls == 0:
            raise self.error("out of luck")
        self.calls -= 1
        return super().encode_passages(texts)


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, MemoryError, ModelError])
@pytest.mark.parametrize("calls", [0, 1, 2, 3])
def test_after_a_crash_the_old_state_serves_and_what_is_left_is_done(
    open_shelf: OpenShelf, monkeypatch: pytest.MonkeyPatch, calls: int, error: type[BaseException]
) -> None:
    monkeypatch.setattr(encoding, "texts_at_once", lambda: 2)
    shelf = open_shelf()
    file = shelf.write("harbour.md", *HARBOUR)
    shelf.write("mill.txt", "A mill burned down.")
    shelf.ingest()
    before = (shelf.live(), shelf.hits("Who protested outside the town hall?"), shelf.files())
    file.write_text(paragraphs(*(f"Anglers number{n} protested outside the town hall." for n in range(8))), "utf-8")
    touch(file)
    shelf.write("tower.txt", "A tower fell.")

    breaking = Breaking(calls, error)
    with pytest.raises(error):
        Indexer(shelf.store, breaking, shelf.loader).ingest([str(shelf.folder)])
    assert len(breaking.encoded) == 2 * calls
    assert (shelf.live(), shelf.hits("Who protested outside the town hall?"), shelf.files()) == before

    shelf.fake.encoded.clear()
    summary = shelf.ingest()
    assert counted(summary) == (1, 1, 1, 0, 0)
    # What was encoded before the crash was kept.
    assert summary.encoded == 9 - 2 * calls
    assert not set(shelf.fake.encoded) & set(breaking.encoded)
    assert len(shelf.live()) == 10


def test_a_crash_between_two_batches_leaves_the_first_in_place(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "_ARTICLES_AT_ONCE", 2)
    for n in range(5):
        shelf.write(f"note-{n}.txt", f"A mill number{n} burned down.")
    with pytest.raises(KeyboardInterrupt):
        Indexer(shelf.store, Breaking(2, KeyboardInterrupt), shelf.loader).ingest([str(shelf.folder)])
    assert shelf.ids == ["note-0", "note-1", "note-2", "note-3"]
    # Whole and answerable, though no index file was ever published.
    assert shelf.files() == []
    assert set(shelf.hits("Which mill number2 burned down?")) == set(shelf.ids)
    summary = shelf.ingest()
    assert (counted(summary), summary.encoded) == ((1, 0, 4, 0, 0), 1)


class Unwritable(FaissLoader):
    """Makes indexes that cannot be saved, as on a full disk."""

    def create(self, dimension: int) -> VectorIndex:
        index = super().create(dimension)

        def save(path: Path) -> None:
            path.write_bytes(b"half of it")
            raise OSError(28, "No space left on device", str(path))

        index.save = save  # type: ignore[method-assign]
        return index


def test_an_index_that_cannot_be_written_loses_nothing(shelf: Shelf) -> None:
    shelf.write("mill.txt", "A mill burned down.")
    shelf.ingest()
    (first,) = shelf.files()
    shelf.write("harbour.txt", *HARBOUR)
    with pytest.raises((OSError, StoreError), match="No space left"):
        Indexer(shelf.store, shelf.encoder, Unwritable()).ingest([str(shelf.folder)])
    # Stored and answerable; readers add to the old file what the change log holds since.
    assert shelf.hits("Who protested outside the town hall?")[0] == "harbour"
    published = shelf.store.vectors.published(1)
    assert published is not None
    assert published.file == first.name
    # The next run writes it.
    summary = shelf.ingest()
    assert (counted(summary), summary.encoded) == ((0, 0, 2, 0, 0), 0)
    published = shelf.store.vectors.published(1)
    assert published is not None
    assert (published.file, published.count) == (shelf.files()[-1].name, 4)


# Another model


def test_another_model_plans_everything_anew_and_the_first_stays(open_shelf: OpenShelf) -> None:
    shelf = open_shelf()
    shelf.write("harbour.md", *HARBOUR, title="Harbour to close")
    shelf.ingest()
    other = open_shelf(encoder=FakeEncoder("other@1", 32))
    assert not other.collection.indexed
    assert other.ask("Who protested outside the town hall?").hits[0].ranks.keys() == {"lexical"}
    assert other.indexer.complete() == 6
    assert other.collection.indexed
    assert other.ask("Who protested outside the town hall?").hits[0].ranks.keys() == {"lexical", "dense"}
    assert other.indexer.complete() == 0
    # The same articles, untouched; each model with windows, vectors and an index file of its own.
    assert (other.store.articles.get("harbour").revision, len(other.files())) == (1, 2)
    assert shelf.collection.indexed
    assert shelf.ask("Who protested outside the town hall?").hits[0].ranks.keys() == {"lexical", "dense"}
    assert shelf.ingest().encoded == 0


def test_ingest_with_another_model_completes_what_was_there(open_shelf: OpenShelf) -> None:
    shelf = open_shelf()
    shelf.write("harbour.md", *HARBOUR)
    shelf.ingest()
    shelf.write("mill.txt", "A mill burned down.")
    other = open_shelf(encoder=FakeEncoder("other@1", 32))
    summary = other.ingest()
    assert (counted(summary), summary.encoded) == ((1, 0, 1, 0, 0), 4)
    assert other.collection.indexed
    assert not shelf.collection.indexed
    assert shelf.ingest().encoded == 0 or shelf.collection.indexed


def test_another_template_is_another_model(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.write("harbour.md", *HARBOUR)
    shelf.ingest()
    monkeypatch.setattr("retrieval.vectors.TEMPLATE_VERSION", 99)
    assert not Collection(shelf.store, shelf.encoder, shelf.loader).indexed
    assert shelf.indexer.complete() == 3


class Halfway(FakeEncoder):
    """Another model that is interrupted in the middle of its first work."""

    def __init__(self) -> None:
        super().__init__("other@1", 32)
        self.interrupted = False

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        if len(self.encoded) >= 4 and not self.interrupted:
            self.interrupted = True
            raise KeyboardInterrupt
        return super().encode_passages(texts)


@pytest.fixture
def halfway(open_shelf: OpenShelf, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A collection of which another model has encoded a part when it was interrupted."""
    monkeypatch.setattr(encoding, "texts_at_once", lambda: 4)
    monkeypatch.setattr(indexing, "_PASSAGES_AT_ONCE", 4)
    shelf = open_shelf()
    for n in range(10):
        shelf.write(f"note-{n}.txt", f"A mill number{n} burned down.")
    shelf.ingest()
    other = open_shelf(encoder=Halfway())
    with pytest.raises(KeyboardInterrupt):
        other.indexer.complete()
    assert 0 < len(list(other.store.vectors.windows(2))) < 10
    return other


def everything_is_near(shelf: Shelf) -> None:
    """Every live passage is among the neighbours, for the one who wrote the index and for whoever opens it now."""
    (query,) = shelf.encoder.encode_query(["mill burned down"])
    fresh = Collection(shelf.store, shelf.encoder, shelf.loader)
    for collection in (shelf.collection, fresh):
        with collection.snapshot():
            assert collection.nearest(query, 100).keys() == set(shelf.live())
    published = shelf.store.vectors.published(shelf.store.vectors.model_key(model_name(shelf.encoder.name)))
    assert published is not None
    assert published.count == len(shelf.live())


def test_an_interrupted_model_is_completed_later(halfway: Shelf) -> None:
    assert not halfway.collection.indexed
    assert halfway.indexer.complete() == 6
    everything_is_near(halfway)


def test_a_removal_in_between_hides_nothing(halfway: Shelf) -> None:
    # Publishes what there is of this model, which is not everything.
    halfway.indexer.remove(["note-9"])
    assert counted(halfway.ingest(halfway.folder / "note-0.txt")) == (0, 0, 1, 0, 0)
    everything_is_near(halfway)


def test_vectors_that_were_saved_without_their_windows_hide_nothing(halfway: Shelf) -> None:
    halfway.indexer.remove(["note-9"])
    # Everything is encoded, as if the crash had come a moment before the windows were planned.
    texts = [passage.text for passage in halfway.live().values()]
    encoded = zip(texts, pack(halfway.encoder.encode_passages(texts)), strict=True)
    halfway.store.vectors.save(2, ((text_hash(text), vector) for text, vector in encoded))
    assert halfway.indexer.complete() == 0
    everything_is_near(halfway)


def test_a_reader_who_loaded_a_part_sees_the_rest(halfway: Shelf, open_shelf: OpenShelf) -> None:
    reader = open_shelf(encoder=FakeEncoder("other@1", 32))
    before = reader.ask("Which mill number9 burned down?")
    assert before.hits
    halfway.indexer.complete()
    everything_is_near(reader)


def test_an_encoder_that_is_broken_from_the_start_changes_nothing(shelf: Shelf) -> None:
    shelf.write("mill.txt", "A mill burned down.")
    with pytest.raises(ModelError):
        Indexer(shelf.store, Breaking(0, ModelError), shelf.loader).ingest([str(shelf.folder)])
    assert (shelf.ids, shelf.files()) == ([], [])
    assert shelf.ask("Which mill burned down?").hits == ()


# One at a time


def test_a_second_one_is_turned_away(shelf: Shelf) -> None:
    shelf.write("mill.txt", "A mill burned down.")
    with FileLock(shelf.store.path.parent / "ingest.lock"):
        for way in (shelf.ingest, lambda: shelf.indexer.remove(["mill"]), shelf.indexer.complete):
            with pytest.raises(IngestBusyError) as raised:
                way()
            assert str(raised.value) == (
                "Another process is changing the collection 'main'; try again when it is done."
            )
    assert shelf.ids == []
    assert shelf.ingest().new == ["mill"]


def test_the_lock_is_given_back_after_an_error(shelf: Shelf) -> None:
    shelf.write("mill.txt", "A mill burned down.")
    with pytest.raises(RuntimeError):
        Indexer(shelf.store, Breaking(0), shelf.loader).ingest([str(shelf.folder)])
    assert shelf.ingest().new == ["mill"]


# The index file


def test_the_pointer_names_the_newest_file_and_two_are_kept(shelf: Shelf) -> None:
    seen: list[str] = []
    for n in range(5):
        shelf.write(f"note-{n}.txt", f"A mill number{n} burned down.")
        shelf.ingest()
        published = shelf.store.vectors.published(1)
        assert published is not None
        assert (published.sequence, published.count) == (shelf.store.vectors.sequence(), n + 1)
        assert published.file not in seen
        seen.append(published.file)
        assert {path.name for path in shelf.files()} == set(seen[-2:])


def test_the_newest_file_is_kept_whatever_the_clock_says(shelf: Shelf) -> None:
    shelf.write("a.txt", "A mill burned down.")
    shelf.ingest()
    shelf.write("b.txt", "A bridge was built.")
    shelf.ingest()
    for path in shelf.files():
        os.utime(path, (time.time() + 10**6,) * 2)
    shelf.write("c.txt", "A tower fell.")
    shelf.ingest()
    published = shelf.store.vectors.published(1)
    assert published is not None
    assert (shelf.store.path.parent / published.file).exists()
    assert publishing.verify(shelf.store, 1) is None


def flip(path: Path) -> None:
    """In the middle, where the vectors are: the file is read without an error and answers wrongly."""
    data = bytearray(path.read_bytes())
    for at in range(len(data) // 3, 2 * len(data) // 3):
        data[at] ^= 0x41
    path.write_bytes(data)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "missing": Path.unlink,
    "torn": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "flipped": flip,
    "empty": lambda path: path.write_bytes(b""),
    "another": lambda path: path.write_bytes(b"no index at all" * 100),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_changes_no_answer(open_shelf: OpenShelf, damage: Callable[[Path], object]) -> None:
    shelf = open_shelf()
    shelf.write("harbour.md", *HARBOUR, title="Harbour to close")
    shelf.write("mill.txt", "A mill burned down.", " ".join(f"word{n}" for n in range(150)))
    shelf.ingest()
    questions = ["Who protested outside the town hall?", "word149 word3", "Which mill?"]

    def answers(one: Shelf) -> list[object]:
        return [
            [(hit.passage.id, hit.ranks, round(hit.score, 6), round(hit.signals.passage, 6)) for hit in one.ask(q).hits]
            for q in questions
        ]

    expected = answers(open_shelf())
    assert all(expected)
    damage(shelf.files()[0])
    assert publishing.verify(shelf.store, 1) is not None
    fresh = open_shelf()
    assert answers(fresh) == expected
    # Built once, not for each question.
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(publishing, "_build", lambda *_: pytest.fail("built again"))
        assert answers(fresh) == expected
    # Whoever has it open goes on with it, and whoever ingests next mends it.
    assert answers(shelf) == expected
    assert shelf.ingest().encoded == 0
    assert publishing.verify(shelf.store, 1) is None
    assert answers(open_shelf()) == expected


def test_a_flip_after_the_file_was_verified_is_noticed_by_the_next_reader(open_shelf: OpenShelf) -> None:
    shelf = open_shelf()
    shelf.write("harbour.md", *HARBOUR)
    shelf.ingest()
    open_shelf().ask("Who protested?")
    (file,) = shelf.files()
    assert file.with_suffix(".checked").exists()
    flip(file)
    loaded = publishing.load(shelf.store, 1, 64, shelf.loader, None)
    assert loaded.sequence == shelf.store.vectors.sequence()
    assert len(loaded.index) == 3
    (query,) = shelf.encoder.encode_query([HARBOUR[2]])
    assert loaded.index.search(query, 1)[0].score == pytest.approx(1.0, abs=1e-3)


def test_a_file_is_read_in_full_once(open_shelf: OpenShelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = open_shelf()
    shelf.write("harbour.md", *HARBOUR)
    shelf.ingest()
    open_shelf().ask("Who protested?")
    monkeypatch.setattr(publishing, "_sha256", lambda path: pytest.fail("hashed again"))
    assert open_shelf().hits("Who protested outside the town hall?")


def test_a_file_that_counts_otherwise_than_its_pointer_is_not_trusted(open_shelf: OpenShelf) -> None:
    shelf = open_shelf()
    shelf.write("harbour.md", *HARBOUR)
    shelf.ingest()
    with contextlib.closing(sqlite3.connect(shelf.store.path)) as database:
        database.execute("UPDATE published SET count = 2")
        database.commit()
    built: list[Store] = []
    original = publishing._build

    def building(store: Store, model: int, dimension: int, loader: IndexLoader) -> VectorIndex:
        built.append(store)
        return original(store, model, dimension, loader)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(publishing, "_build", building)
        assert open_shelf().hits("Who protested outside the town hall?")
    assert len(built) == 1


# Readers who look on


def test_a_reader_with_a_loaded_index_follows_what_others_do(open_shelf: OpenShelf) -> None:
    writer, reader = open_shelf(), open_shelf()
    file = writer.write("harbour.md", *HARBOUR, id="harbour")
    writer.write("mill.txt", "A mill burned down.")
    writer.ingest()
    question = "Who protested outside the town hall?"

    def sees() -> list[tuple[str, str]]:
        hits = reader.ask(question).hits
        # Words and meaning see the same state.
        assert all(hit.ranks for hit in hits)
        return [(hit.article.id, hit.passage.text) for hit in hits]

    assert sees()[0] == ("harbour", HARBOUR[2])
    writer.write("tower.txt", "Neighbours protested outside the town hall.")
    writer.ingest()
    assert ("tower", "Neighbours protested outside the town hall.") in sees()
    edit(file, "Fishermen protested outside", "Anglers protested outside")
    writer.ingest()
    texts = [text for _, text in sees()]
    assert "Anglers protested outside the town hall." in texts
    assert HARBOUR[2] not in texts
    writer.indexer.remove(["harbour"])
    assert {name for name, _ in sees()} == {"mill", "tower"}
    writer.indexer.remove(["mill", "tower"])
    assert sees() == []
    writer.ingest()
    assert len(sees()) == 5


def test_a_reader_needs_no_new_file_to_follow(open_shelf: OpenShelf, monkeypatch: pytest.MonkeyPatch) -> None:
    writer, reader = open_shelf(), open_shelf()
    writer.write("harbour.md", *HARBOUR)
    writer.ingest()
    assert reader.ask("Who protested?").hits
    # As if the writer had died between the switch and the new index file.
    monkeypatch.setattr(indexing, "publish", lambda *_: None)
    writer.write("tower.txt", "Neighbours protested outside the town hall.")
    writer.ingest()
    answers = [one.ask("Neighbours protested outside the town hall") for one in (reader, open_shelf())]
    for answer in answers:
        assert answer.hits[0].article.id == "tower"
        assert answer.hits[0].ranks["dense"] == 1
        assert answer.hits[0].signals.passage == pytest.approx(answers[0].hits[0].signals.passage)


def test_what_was_removed_crowds_nothing_out(open_shelf: OpenShelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.asking.FEW", 5)
    writer, reader = open_shelf(), open_shelf()
    for n in range(60):
        writer.write(f"near-{n:02}.txt", f"Neighbours protested outside the town hall {n}.")
    for n in range(8):
        writer.write(f"far-{n}.txt", f"Some neighbours {n} kept bees.")
    writer.ingest()
    assert reader.ask("neighbours protested outside the town hall").hits
    # The index file is not renewed, so it still holds them all.
    monkeypatch.setattr(indexing, "publish", lambda *_: None)
    writer.indexer.remove([f"near-{n:02}" for n in range(60)])
    for one in (reader, open_shelf()):
        (query,) = one.encoder.encode_query(["neighbours protested outside the town hall"])
        with one.collection.snapshot():
            assert len(one.collection.nearest(query, 5)) == 5
            assert len(one.collection.nearest(query, 100)) == 8
            assert len(one.collection.nearest(query, 5, Filters(articles=("far-0", "near-00")))) == 1


def test_one_passage_of_many_windows_crowds_nothing_out(shelf: Shelf) -> None:
    shelf.write("long.txt", " ".join(["bees"] * 60 * 40))
    for n in range(8):
        shelf.write(f"note-{n}.txt", f"Some neighbours {n} kept bees.")
    shelf.ingest()
    (query,) = shelf.encoder.encode_query(["bees"])
    with shelf.collection.snapshot():
        assert len(shelf.collection.nearest(query, 5)) == 5
        assert len(shelf.collection.nearest(query, 100)) == 9


def cosines_of(shelf: Shelf, query: Vectors) -> dict[int, float]:
    """Passage id -> cosine of its best window, from stored vectors."""
    readings = shelf.collection.readings(list(shelf.live()))
    return dict(zip(readings, SideBySide(list(readings.values())).window_cosines(query).tolist(), strict=True))


def test_neighbours_are_those_that_the_stored_vectors_give(shelf: Shelf) -> None:
    for n in range(30):
        shelf.write(f"note-{n:02}.txt", f"A mill number{n % 7} burned down near{n % 5}.", f"Nobody{n} was hurt.")
    shelf.write("long.txt", " ".join(f"mill{n}" for n in range(150)), outlet="none")
    shelf.ingest()
    (query,) = shelf.encoder.encode_query(["mill number3 burned near2"])
    with shelf.collection.snapshot():
        exact = cosines_of(shelf, query)
        assert len(exact) == len(shelf.live())
        near = shelf.collection.nearest(query, 10)
        assert len(near) == 10
        worst = min(near.values())
        assert all(score == pytest.approx(exact[passage], abs=1e-5) for passage, score in near.items())
        assert all(exact[passage] <= worst + 1e-5 for passage in exact.keys() - near.keys())
        some = Filters(articles=("note-03", "note-04", "long"))
        admitted = set(shelf.store.articles.live_ids(some))
        near = shelf.collection.nearest(query, 10, some)
        assert near.keys() == admitted
        assert near == pytest.approx({i: exact[i] for i in admitted}, abs=1e-5)
        assert shelf.collection.nearest(query, 10, Filters(articles=("nowhere",))) == {}


@pytest.mark.parametrize("of", ["windows", "sentences"])
@pytest.mark.parametrize("left", ["substr(vector, 1, 10)", "x''"])
def test_a_vector_that_lost_a_part_is_none(shelf: Shelf, of: str, left: str) -> None:
    shelf.write("mill.txt", "The mill at Orr burned down on Monday.", "Nobody was hurt at the mill.")
    shelf.ingest()
    with contextlib.closing(sqlite3.connect(shelf.store.path)) as database:
        database.execute(f"UPDATE vectors SET vector = {left} WHERE hash IN (SELECT hash FROM {of} LIMIT 1)")
        database.commit()
    assert shelf.ask("Which mill burned down on Monday?").hits[0].article.id == "mill"
    shelf.write("other.txt", "The mill at Vell burned down on Tuesday.")
    shelf.ingest()
    assert {hit.article.id for hit in shelf.ask("Which mill burned down?").hits} == {"mill", "other"}


# With the real model


def test_an_endless_headline_leaves_room_for_the_words(open_shelf: OpenShelf) -> None:
    shelf = open_shelf(encoder=bundled_encoder())
    headline = "The council of the town met and spoke of many things and of others " * 20
    shelf.write_rows(
        "rows.jsonl",
        {
            "id": "long",
            "title": headline,
            "text": paragraphs("A walrus was seen in the harbour.", "The bank raised its rates."),
        },
    )
    shelf.ingest()
    (query,) = shelf.encoder.encode_query(["Where was the walrus seen?"])
    cosines = {shelf.live()[passage].text: cosine for passage, cosine in cosines_of(shelf, query).items()}
    assert cosines["A walrus was seen in the harbour."] > cosines["The bank raised its rates."] + 0.1


def test_an_asker_of_nothing_answers(tmp_path: Path) -> None:
    assert Asker([], FakeEncoder()).ask("Who protested?").hits == ()


def test_a_name_that_is_no_text_is_refused(shelf: Shelf) -> None:
    shelf.write("good.txt", "A mill burned down.")
    Path(os.fsdecode(os.fsencode(shelf.folder) + b"/caf\xe9.txt")).write_text("A café burned down.", encoding="utf-8")
    summary = shelf.ingest()
    assert counted(summary) == (1, 0, 0, 0, 1)
    assert str(summary.refused[0]).endswith("/caf?.txt: the name is not valid UTF-8; rename the file.")
    assert counted(shelf.ingest(prune=True)) == (0, 0, 1, 0, 1)
