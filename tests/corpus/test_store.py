"""What is stored, kept, replaced and removed; what a reader sees meanwhile; what a backup holds."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import corpus.store
from corpus.cleaning import spans_agree
from corpus.errors import ArticleNotFoundError, ReadError, StoreBusyError, StoreError
from corpus.models import Knowledge, PassageKind, StatementKind
from corpus.store import Change, Filters, Store, explained
from tests.making import digest, draft, paragraphs, put, vector_of

HARBOUR = paragraphs(
    "The harbour of Port Ellery will close in June, the town council decided on Monday.",
    "“We cannot pay for another winter,” Mayor Ada Brook said.",
    "Fishermen protested outside the town hall.",
)
BRIDGE = paragraphs("A bridge over the Tarn opened on Sunday.", "“It has cost 42 million crowns,” Ivo Lund said.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "main"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with Store.open(folder, create=True) as opened:
        yield opened


def found(store: Store, *words: str) -> set[int]:
    return set(store.text.shares(store.text.words(words)))


def texts(store: Store, article_id: str, revision: int) -> list[str]:
    return [passage.text for passage in store.articles.passages(article_id, revision)]


def live(store: Store) -> list[str]:
    ids = store.articles.live_ids(Filters())
    return [passage.text for _, passage in sorted(store.articles.live_passages(ids).items())]


def rows(folder: Path) -> dict[str, int]:
    """How many rows each table has."""
    with contextlib.closing(sqlite3.connect(folder / "articles.db")) as database:
        names = [
            name
            for (name,) in database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
                "AND name NOT LIKE 'passages_text_%'"
            )
        ]
        return {name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}


# Storing


def test_an_article_is_read_back_as_it_was_stored(store: Store) -> None:
    made = draft(
        "harbour", HARBOUR, title="Harbour to close", outlet="Test Courier", author="Jo Mills",
        url="https://courier.example/harbour", published_at="2023-05-02T10:00:00Z", page=b"<html>",
    )  # fmt: skip
    assert put(store, made) == [Change.NEW]
    article = store.articles.get("harbour")
    assert (article.collection, article.id, article.revision) == ("main", "harbour", 1)
    assert (article.title, article.outlet, article.author) == ("Harbour to close", "Test Courier", "Jo Mills")
    assert (article.url, article.published_at) == ("https://courier.example/harbour", "2023-05-02T10:00:00Z")
    assert (article.raw, article.body, article.edits) == (HARBOUR, made.body, made.edits)
    assert article.origin == "/articles/harbour.txt"
    assert article.provenance["title"] == "test"
    assert article.ingested_at.startswith("20")

    passages = store.articles.passages("harbour", 1)
    assert [passage.ordinal for passage in passages] == [1, 2, 3]
    for passage in passages:
        assert article.body[passage.start : passage.end] == passage.text
        assert (passage.article_id, passage.revision, passage.kind) == ("harbour", 1, PassageKind.PARAGRAPH)
    sentences = store.articles.sentences([passage.id for passage in passages])
    assert list(sentences) == [passage.id for passage in passages]
    for passage in passages:
        ((sentence, key),) = sentences[passage.id]
        assert (sentence.passage_id, sentence.start, sentence.end) == (passage.id, passage.start, passage.end)
        assert key == digest(passage.text)
        assert store.articles.sentence_texts(passage.id) == [passage.text]
    said = store.articles.statements_in([passage.id for passage in passages])
    (statement,) = said[passages[1].id]
    assert statement == made.passages[1].knowledge.statements[0]
    assert (statement.speaker, statement.cue, statement.kind) == ("Ada Brook", "said", StatementKind.DIRECT)
    assert "We cannot pay for another winter" in article.body[statement.start : statement.end]


def test_what_is_not_stated_is_null(store: Store) -> None:
    put(store, draft("note", "Rain ended it early."))
    article = store.articles.get("note")
    assert (article.title, article.outlet, article.author, article.url, article.published_at) == (None,) * 5
    assert article.display_title == "note"
    (summary,) = store.articles.listed()
    assert (summary.title, summary.outlet, summary.passages) == (None, None, 1)


def test_new_unchanged_changed(store: Store) -> None:
    harbour, bridge = draft("harbour", HARBOUR), draft("bridge", BRIDGE)
    assert put(store, harbour, bridge) == [Change.NEW, Change.NEW]
    ids, sequence = store.articles.live_ids(Filters()), store.vectors.sequence()
    assert put(store, harbour, bridge) == [Change.UNCHANGED, Change.UNCHANGED]
    # Unchanged leaves everything alone, the change log too.
    assert (store.articles.live_ids(Filters()), store.vectors.sequence()) == (ids, sequence)
    again = draft("harbour", HARBOUR.replace("June", "July"))
    assert put(store, again, bridge) == [Change.CHANGED, Change.UNCHANGED]
    assert [store.articles.get(i).revision for i in ("harbour", "bridge")] == [2, 1]


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another title"},
        {"outlet": "Another outlet"},
        {"author": "Another author"},
        {"published_at": "2024-01-01"},
        {"url": "https://other.example/"},
    ],
)
def test_a_changed_fact_is_a_changed_article(store: Store, change: dict[str, Any]) -> None:
    facts: dict[str, Any] = {
        "title": "A title",
        "outlet": "An outlet",
        "author": "An author",
        "published_at": "2023-01-01",
    }
    put(store, draft("harbour", HARBOUR, **facts))
    assert put(store, draft("harbour", HARBOUR, **{**facts, **change})) == [Change.CHANGED]
    ((key, value),) = change.items()
    assert getattr(store.articles.get("harbour"), key) == value
    assert getattr(store.articles.get("harbour", 1), key) == facts.get(key)


def test_the_stored_hash_tells_whether_storing_would_change_anything(store: Store) -> None:
    made = draft("harbour", HARBOUR)
    assert store.writer.stored_hash("harbour") is None
    put(store, made)
    assert store.writer.stored_hash("harbour") == made.content_hash
    assert replace(made, passages=()).content_hash == made.content_hash
    store.writer.remove(["harbour"])
    assert store.writer.stored_hash("harbour") is None


def test_an_older_revision_stays_readable_and_is_not_found(store: Store) -> None:
    put(store, draft("harbour", HARBOUR, title="Harbour to close"))
    put(store, draft("harbour", HARBOUR.replace("Fishermen", "Anglers"), title="Harbour closes"))
    old, new = store.articles.get("harbour", 1), store.articles.get("harbour", 2)
    assert store.articles.get("harbour") == new
    assert (old.title, new.title) == ("Harbour to close", "Harbour closes")
    assert "Fishermen" in old.body
    assert "Anglers" in new.body
    assert texts(store, "harbour", 1)[2] == "Fishermen protested outside the town hall."
    assert live(store) == texts(store, "harbour", 2)
    for passage in store.articles.passages("harbour", 1):
        assert old.body[passage.start : passage.end] == passage.text
        assert passage.id not in store.articles.live_passages([passage.id])
    assert found(store, "Fishermen") == set()
    assert len(found(store, "Anglers")) == 1
    # The words of Ada Brook stand in both, and are on record once.
    assert dict(store.articles.speakers())["Ada Brook"] == 1


@pytest.mark.parametrize("revision", [0, 2, 3, -1])
def test_a_revision_that_never_was(store: Store, revision: int) -> None:
    put(store, draft("harbour", HARBOUR))
    with pytest.raises(ArticleNotFoundError, match=f"has revisions 1 to 1, not {revision}"):
        store.articles.get("harbour", revision)


def test_an_article_that_never_was(store: Store) -> None:
    with pytest.raises(ArticleNotFoundError, match="There is no article 'nowhere'; list them with: dateline sources"):
        store.articles.get("nowhere")
    assert store.articles.fate("nowhere") is None
    assert store.articles.passages("nowhere", 1) == []


def test_a_batch_is_stored_whole_or_not_at_all(store: Store, folder: Path) -> None:
    put(store, draft("harbour", HARBOUR))
    before = rows(folder)
    good, bad = draft("bridge", BRIDGE), draft("mill", "The mill burned down.")
    bad = replace(bad, passages=(replace(bad.passages[0], sentence_hashes=()),))
    changed = draft("harbour", HARBOUR.replace("June", "July"))
    with pytest.raises(ValueError, match="shorter"):
        store.writer.store([good, changed, bad], store.vectors.model_key("model@1"))
    assert rows(folder) == before
    assert store.articles.ids() == ["harbour"]
    assert store.articles.get("harbour").revision == 1
    assert found(store, "bridge", "July") == set()
    # And the connection is of use afterwards.
    assert put(store, good) == [Change.NEW]


def test_better_attribution_changes_statements_alone(store: Store, folder: Path) -> None:
    made = draft("harbour", HARBOUR)
    put(store, made, draft("bridge", BRIDGE))
    before = rows(folder) | {"statements": 2}
    ids = store.articles.live_ids(Filters())
    said = made.passages[1].knowledge.statements[0]
    better = [
        (
            passage.block,
            Knowledge((replace(said, speaker="Ada Louise Brook"),) if said in passage.knowledge.statements else ()),
        )
        for passage in made.passages
    ]
    store.writer.refresh("harbour", better)
    assert store.articles.speakers() == [("Ada Louise Brook", 1), ("Ivo Lund", 1)]
    store.writer.refresh("harbour", better)
    assert rows(folder) == before
    assert store.articles.live_ids(Filters()) == ids


# Removing


def test_a_removed_article_is_gone_and_remembered(store: Store) -> None:
    put(store, draft("harbour", HARBOUR), draft("bridge", BRIDGE))
    put(store, draft("harbour", HARBOUR.replace("June", "July")))
    assert store.writer.remove(["harbour", "nowhere"]) == ["harbour"]
    assert store.writer.remove(["harbour"]) == []
    assert store.articles.ids() == ["bridge"]
    assert live(store) == texts(store, "bridge", 1)
    assert found(store, "harbour", "winter", "Fishermen", "July", "June") == set()
    assert store.articles.speakers() == [("Ivo Lund", 1)]
    assert store.articles.size().articles == 1
    for revision in (None, 1, 2):
        with pytest.raises(ArticleNotFoundError, match=r"The article 'harbour' was removed on 20\d\d-\d\d-\d\d\."):
            store.articles.get("harbour", revision)
    fate = store.articles.fate("harbour")
    assert fate is not None
    assert fate[0] == 2
    assert fate[1] is not None


def test_what_comes_back_is_the_next_revision(store: Store) -> None:
    put(store, draft("harbour", HARBOUR))
    put(store, draft("harbour", HARBOUR.replace("June", "July")))
    ids = {passage.id for passage in store.articles.passages("harbour", 1) + store.articles.passages("harbour", 2)}
    store.writer.remove(["harbour"])
    # The very same text: removed is removed, it is new.
    assert put(store, draft("harbour", HARBOUR.replace("June", "July"))) == [Change.NEW]
    assert store.articles.get("harbour").revision == 3
    assert store.articles.fate("harbour") == (3, None)
    for gone in (1, 2):
        with pytest.raises(ArticleNotFoundError):
            store.articles.get("harbour", gone)
    assert not ids & set(store.articles.live_ids(Filters()))


def test_no_id_is_ever_given_out_again(store: Store) -> None:
    key = store.vectors.model_key("model@1")
    passages: set[int] = set()
    windows: set[int] = set()
    for n in range(4):
        put(store, draft(f"article-{n}", HARBOUR))
        fresh = set(store.articles.live_ids(Filters()))
        fresh_windows = {window.id for window in store.vectors.windows(key)}
        assert len(fresh) == len(fresh_windows) == 3
        assert not fresh & passages
        assert not fresh_windows & windows
        passages |= fresh
        windows |= fresh_windows
        assert store.writer.remove([f"article-{n}"]) == [f"article-{n}"]


def test_vectors_leave_with_the_last_text_that_needs_them(store: Store) -> None:
    shared = "The same agency line stands in both."
    one = draft("one", paragraphs("Only the first paper prints this.", shared))
    two = draft("two", paragraphs("Only the second paper prints that.", shared))
    put(store, one, two)
    key = store.vectors.model_key("model@1")
    own, common = digest("Only the first paper prints this."), digest(shared)
    assert store.vectors.load(key, [own, common]).keys() == {own, common}
    store.writer.remove(["one"])
    assert store.vectors.load(key, [own, common]).keys() == {common}
    # An older revision keeps nothing of a removed article.
    put(store, draft("two", "Now it prints something else altogether."))
    store.writer.remove(["two"])
    assert store.vectors.load(key, [common]) == {}


def test_removing_leaves_an_empty_house(store: Store, folder: Path) -> None:
    before = rows(folder)
    put(store, draft("harbour", HARBOUR), draft("bridge", BRIDGE))
    put(store, draft("harbour", HARBOUR.replace("June", "July")))
    store.writer.note_source("/articles/harbour.txt", "/articles", "1:2:3", ["harbour"])
    store.writer.remove(["harbour", "bridge"])
    after = rows(folder)
    kept = {"articles", "changes", "models"}
    assert {name: count for name, count in after.items() if name not in kept} == {
        name: count for name, count in before.items() if name not in kept
    }
    assert after["articles"] == 2
    with contextlib.closing(sqlite3.connect(folder / "articles.db")) as database:
        columns = [row[1] for row in database.execute("PRAGMA table_info(articles)")]
    assert columns == ["key", "id", "revision", "content_hash", "origin", "removed_at"]


SECRETS = ("zanzibarium", "quuxwell", "brantley", "grumblewick", "vortiginous", "plonkington")


def secret_article(article_id: str) -> tuple[str, dict[str, str]]:
    text = paragraphs(
        "The zanzibarium of the town was opened on Monday.",
        "“We love the vortiginous day,” Quuxwell Brantley said.",
    )
    return text, {"title": "Grumblewick opens", "outlet": "The Plonkington Post", "author": "Quuxwell Brantley"}


@pytest.mark.parametrize("others", [0, 40])
def test_nothing_of_a_removed_article_is_left_in_the_file(folder: Path, others: int) -> None:
    text, facts = secret_article("secret")
    page = b"<html>" + bytes(range(256)) + b"zanzibarium</html>"
    secret = draft("secret", text, page=page, title=facts["title"], outlet=facts["outlet"], author=facts["author"])
    with Store.open(folder, create=True) as store:
        for n in range(others):
            put(store, draft(f"other-{n}", HARBOUR.replace("June", f"day {n}"), title=f"Harbour {n}"))
        put(store, secret)
        put(store, draft("secret", text + "\nMore of it.\n", page=page, **facts))
        hashes = [h for passage in secret.passages for h in (*passage.window_hashes, *passage.sentence_hashes)]
        vectors = [vector_of(h.hex()) for h in hashes]
    assert all(left(folder, word.encode()) for word in SECRETS)
    assert all(left(folder, vector) for vector in vectors)
    assert left(folder, zlib.compress(page)[10:60])

    with Store.open(folder, create=False) as store:
        assert store.writer.remove(["secret"]) == ["secret"]
        # While another process has the database open it is true of the file and its log alike.
        assert [word for word in SECRETS if left(folder, word.encode())] == []
        assert [vector for vector in vectors if left(folder, vector)] == []
        assert not left(folder, zlib.compress(page)[10:60])
        assert not left(folder, digest("We love the vortiginous day")[:8])
        assert len(found(store, "harbour")) == 3 * others
        assert store.check() == []
    assert [word for word in SECRETS if left(folder, word.encode())] == []


def left(folder: Path, secret: bytes) -> bool:
    """Whether the bytes, in any case, are in any file of the collection."""
    return any(secret.lower() in path.read_bytes().lower() for path in folder.iterdir())


# Sources


def test_sources_know_their_articles(store: Store) -> None:
    put(store, draft("one", "The first row."), draft("two", "The second row."), draft("three", "The third row."))
    writer = store.writer
    assert writer.fingerprint("/a/rows.jsonl") is None
    assert writer.note_source("/a/rows.jsonl", "/a", "5:6:7", ["one", "two"]) == []
    assert writer.fingerprint("/a/rows.jsonl") == "5:6:7"
    assert writer.source_article_ids("/a/rows.jsonl") == ["one", "two"]
    assert writer.sources_below("/a") == ["/a/rows.jsonl"]
    assert writer.sources_below("/b") == []
    # Read again, it holds another row and no longer the first.
    assert writer.note_source("/a/rows.jsonl", "/a", "8:9:7", ["three", "two"]) == ["one"]
    assert writer.fingerprint("/a/rows.jsonl") == "8:9:7"
    assert writer.source_article_ids("/a/rows.jsonl") == ["three", "two"]


def test_a_forgotten_source_leaves_what_another_one_holds(store: Store) -> None:
    put(store, draft("one", "The first row."), draft("two", "The second row."))
    writer = store.writer
    writer.note_source("/a/rows.jsonl", "/a", "x", ["one", "two"])
    writer.note_source("/b/copy.jsonl", "/b", "x", ["two"])
    assert writer.forget_sources(["/a/rows.jsonl"]) == ["one"]
    assert writer.fingerprint("/a/rows.jsonl") is None
    assert writer.forget_sources(["/b/copy.jsonl", "/never/there"]) == ["two"]


def test_a_source_is_read_again_when_its_articles_were_removed(store: Store) -> None:
    put(store, draft("one", "The first row."), draft("two", "The second row."))
    store.writer.note_source("/a/one.txt", "/a", "x", ["one"])
    store.writer.note_source("/a/rows.jsonl", "/a", "x", ["one", "two"])
    store.writer.remove(["one"])
    assert store.writer.fingerprint("/a/one.txt") is None
    assert store.writer.source_article_ids("/a/rows.jsonl") == ["two"]


def test_an_id_is_kept_with_where_it_first_came_from(store: Store) -> None:
    put(store, draft("one", "The first text.", origin="/a/one.txt"))
    put(store, draft("one", "The second text.", origin="/b/one.txt"))
    assert store.writer.origin_of_id("one") == "/a/one.txt"
    assert store.writer.id_of_origin("/a/one.txt") == "one"
    assert store.writer.id_of_origin("/b/one.txt") is None
    store.writer.remove(["one"])
    assert store.writer.id_of_origin("/a/one.txt") == "one"


# What a reader sees


def state(store: Store) -> tuple[object, ...]:
    """Everything a question looks at."""
    key = store.vectors.known_model("model@1")
    assert key is not None
    ids = store.articles.live_ids(Filters())
    return (
        store.articles.get("harbour"), store.articles.listed(), store.articles.size(), store.articles.speakers(),
        store.articles.outlets(), live(store), store.articles.sentences(ids), store.articles.statements_in(ids),
        store.text.words(["harbour", "fishermen", "anglers", "bridge"]), found(store, "fishermen", "anglers", "bridge"),
        list(store.vectors.windows(key)), store.vectors.sequence(), store.vectors.changed_since(0),
    )  # fmt: skip


def test_a_snapshot_is_of_one_instant(store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus.store, "_BUSY_SECONDS", 0.05)
    put(store, draft("harbour", HARBOUR, outlet="Test Courier"))
    old = state(store)
    with Store.open(folder, create=False) as writer:
        with store.snapshot():
            assert state(store) == old
            put(writer, draft("bridge", BRIDGE))
            assert state(store) == old
            put(writer, draft("harbour", HARBOUR.replace("Fishermen", "Anglers"), outlet="Test Herald"))
            with store.snapshot():
                assert state(store) == old
            # A nested one that ends does not end the outer one.
            assert state(store) == old
        new = state(store)
        assert new != old
        assert new == state(writer)
        with store.snapshot():
            assert state(store) == new
            # To overwrite what it removed it waits for those who still read, but not for ever.
            assert writer.writer.remove(["harbour"]) == ["harbour"]
            assert state(store) == new
        with pytest.raises(ArticleNotFoundError):
            state(store)


def test_an_error_inside_a_snapshot_ends_it(store: Store) -> None:
    put(store, draft("harbour", HARBOUR))
    with pytest.raises(KeyError), store.snapshot():
        raise KeyError("x")
    assert put(store, draft("bridge", BRIDGE)) == [Change.NEW]


def test_what_sqlite_raises_inside_a_snapshot_is_a_sentence(store: Store) -> None:
    with pytest.raises(StoreError, match="run: dateline doctor"), store.snapshot():
        raise sqlite3.OperationalError("no such table: x")


def test_a_database_that_another_process_writes_to_is_busy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus.store, "_BUSY_SECONDS", 0.05)
    with Store.open(folder, create=True) as store:
        put(store, draft("harbour", HARBOUR))
        with contextlib.closing(sqlite3.connect(folder / "articles.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreBusyError, match="is in use by another process; try again"), explained(store.path):
                store.writer.store([draft("bridge", BRIDGE)], store.vectors.model_key("model@1"))
            # Readers are not in anybody's way.
            assert store.articles.get("harbour").revision == 1
        assert put(store, draft("bridge", BRIDGE)) == [Change.NEW]


# Opening


def test_a_collection_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no collection 'news'; create it with: dateline ingest PATH"):
        Store.open(tmp_path / "news", create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="set DATELINE_HOME to a folder that can be written"):
        Store.open(tmp_path / "file" / "main", create=True)


def test_a_folder_in_the_place_of_the_database(folder: Path) -> None:
    (folder / "articles.db").mkdir(parents=True)
    with pytest.raises(StoreError, match="set DATELINE_HOME"):
        Store.open(folder, create=True)


def test_each_collection_has_a_uuid_of_its_own(tmp_path: Path) -> None:
    with Store.open(tmp_path / "one", create=True) as one, Store.open(tmp_path / "two", create=True) as two:
        assert len(one.uuid) == 36
        assert one.uuid != two.uuid
        first = one.uuid
    with Store.open(tmp_path / "one", create=False) as again:
        assert again.uuid == first


def test_a_sound_database_has_no_complaints(store: Store) -> None:
    put(store, draft("harbour", HARBOUR), draft("bridge", BRIDGE))
    store.writer.remove(["bridge"])
    assert store.check() == []


def test_a_full_text_index_that_does_not_fit_its_content_is_noticed(store: Store, folder: Path) -> None:
    put(store, draft("harbour", HARBOUR))
    with contextlib.closing(sqlite3.connect(folder / "articles.db", isolation_level=None)) as database:
        database.execute("UPDATE passages_text_content SET c0 = 'something else altogether'")
    assert store.check() != []


def test_damaged_pages_are_noticed(store: Store, folder: Path) -> None:
    for n in range(30):
        put(store, draft(f"harbour-{n}", HARBOUR))
    store.close()
    path = folder / "articles.db"
    content = bytearray(path.read_bytes())
    for page in range(4, len(content) // 4096, 3):
        content[page * 4096 : page * 4096 + 200] = b"\xa5" * 200
    path.write_bytes(content)
    try:
        with Store.open(folder, create=False) as damaged:
            complaints = damaged.check()
    except StoreError as error:
        complaints = [str(error)]
    assert complaints
    assert "Traceback" not in complaints[0]


# Backups


def test_a_backup_is_a_collection(store: Store, tmp_path: Path) -> None:
    put(store, draft("harbour", HARBOUR), draft("bridge", BRIDGE))
    copy = tmp_path / "copy"
    copy.mkdir()
    store.backup(copy / "articles.db")
    # One file that can be moved about.
    assert [path.name for path in copy.iterdir()] == ["articles.db"]
    with Store.open(copy, create=False) as restored:
        assert restored.uuid == store.uuid
        assert replace(restored.articles.get("harbour"), collection="main") == store.articles.get("harbour")
        assert live(restored) == live(store)
        assert found(restored, "winter", "crowns") == found(store, "winter", "crowns")
        key = store.vectors.model_key("model@1")
        hashes = [window.hash for window in store.vectors.windows(key)]
        assert restored.vectors.load(key, hashes) == store.vectors.load(key, hashes)
        assert restored.check() == []


def test_a_backup_never_writes_over_a_file(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("precious")
    with pytest.raises(StoreError, match="exists already; name a file that does not"):
        store.backup(target)
    assert target.read_text() == "precious"


def test_a_backup_that_cannot_be_written_leaves_nothing(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"cannot be written .*; choose another place\."):
        store.backup(tmp_path / "no such folder" / "copy.db")
    assert not (tmp_path / "no such folder").exists()


def test_backups_made_while_somebody_writes_are_of_one_instant(store: Store, folder: Path, tmp_path: Path) -> None:
    # Enough that a copy takes several steps.
    for n in range(30):
        put(store, draft(f"filler-{n}", HARBOUR * 20))

    def version(n: int) -> str:
        return paragraphs(*(f"Paragraph {m} says version {n}." for m in range(10)))

    put(store, draft("report", version(0)))
    stop = threading.Event()

    def write() -> None:
        with Store.open(folder, create=False) as writer:
            n = 0
            while not stop.is_set():
                n += 1
                put(writer, draft("report", version(n)), draft("shadow", version(n)))

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for n in range(6):
            store.backup(tmp_path / f"copy-{n}.db")
    finally:
        stop.set()
        thread.join()
    for n in range(6):
        with contextlib.closing(sqlite3.connect(tmp_path / f"copy-{n}.db")) as copy:
            assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            printed = copy.execute("SELECT text FROM passages WHERE live = 1 AND text LIKE '%says version%'").fetchall()
        said = {text.rsplit(" ", 1)[1] for (text,) in printed}
        # Both articles are stored in one transaction, so they are always of one version.
        assert len(said) == 1
        assert len(printed) in (10, 20)


# Any text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
            st.sampled_from(["\n\n", "“No,” he said. ", "👩‍🚒", "e\u0301", "\x00", "\u2028", "\x85", "Source link\n"]),
        ),
        max_size=12,
    ).map("".join)
)
def test_any_text_is_kept_character_for_character(store: Store, text: str) -> None:
    try:
        made = draft("any", text)
    except ReadError:
        return
    put(store, made)
    article = store.articles.get("any")
    assert (article.raw, article.body, article.edits) == (text, made.body, made.edits)
    passages = store.articles.passages("any", article.revision)
    assert [passage.text for passage in passages] == [block.text for block in made.blocks]
    titled = {passage_id: printed for passage_id, _, printed in store.articles.titled_texts([p.id for p in passages])}
    for passage, block in zip(passages, made.blocks, strict=True):
        assert article.body[passage.start : passage.end] == passage.text == titled[passage.id]
        assert spans_agree(article.raw, article.body, article.edits, passage.start, passage.end)
        spans = [(sentence.start, sentence.end) for sentence, _ in store.articles.sentences([passage.id])[passage.id]]
        assert spans == [(span.start, span.end) for span in block.sentences]
        trimmed = [article.body[start:end].strip() for start, end in spans]
        assert store.articles.sentence_texts(passage.id) == trimmed
