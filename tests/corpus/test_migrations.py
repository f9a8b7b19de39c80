"""The schema comes to be in whole steps, whoever crashes or meets whom on the way."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus import migrations
from corpus.errors import StoreError, StoreTooNewError
from corpus.migrations import VERSION, migrate
from corpus.store import Store
from tests.making import draft, put


def connect(path: Path | str) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with contextlib.closing(connect(":memory:")) as database:
        yield database


def schema(database: sqlite3.Connection) -> list[tuple[str, str]]:
    return database.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


def version(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def uuid(database: sqlite3.Connection) -> str:
    return str(database.execute("SELECT value FROM about WHERE key = 'uuid'").fetchone()[0])


def test_a_fresh_database_is_brought_to_the_newest_version(connection: sqlite3.Connection) -> None:
    migrate(connection)
    assert version(connection) == VERSION
    assert not connection.in_transaction
    tables = {name for name, _ in schema(connection)}
    assert tables >= {"articles", "revisions", "passages", "sentences", "statements", "vectors", "windows", "changes"}


def test_every_table_is_strict_and_every_id_unique_for_ever(connection: sqlite3.Connection) -> None:
    migrate(connection)
    rows = connection.execute("PRAGMA table_list").fetchall()
    own = {name: strict for _, name, kind, _, _, strict in rows if kind == "table" and not name.startswith("sqlite_")}
    assert {name for name, strict in own.items() if not strict} == set()
    definitions = dict(schema(connection))
    for table in ("articles", "passages", "windows", "changes"):
        assert "INTEGER PRIMARY KEY AUTOINCREMENT" in definitions[table]


def test_each_database_is_another(connection: sqlite3.Connection) -> None:
    migrate(connection)
    with contextlib.closing(connect(":memory:")) as other:
        migrate(other)
        assert uuid(other) != uuid(connection)


def test_running_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "articles.db"
    with contextlib.closing(connect(path)) as database:
        migrate(database)
        before = schema(database), uuid(database)
    content = path.read_bytes()
    with contextlib.closing(connect(path)) as database:
        migrate(database)
        assert (schema(database), uuid(database)) == before
    assert path.read_bytes() == content


def test_a_database_from_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    with Store.open(tmp_path / "main", create=True) as store:
        put(store, draft("a", "The mill burned down."))
    path = tmp_path / "main" / "articles.db"
    with contextlib.closing(connect(path)) as database:
        database.execute(f"PRAGMA user_version = {VERSION + 1}")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    for create in (False, True):
        with pytest.raises(StoreTooNewError) as raised:
            Store.open(tmp_path / "main", create=create)
        assert str(raised.value) == (
            f"The database is of schema {VERSION + 1}, this Dateline knows up to {VERSION}; "
            "upgrade with: pip install --upgrade dateline"
        )
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


# Crashes


class Crash(BaseException):
    """What no handler of errors expects, as when the process is killed."""


class Crashing(sqlite3.Connection):
    """Dies before the n-th statement."""

    left = 10**9

    def execute(self, sql: str, parameters: object = (), /) -> sqlite3.Cursor:
        if sql != "ROLLBACK":
            if self.left == 0:
                raise Crash
            self.left -= 1
        return super().execute(sql, parameters)  # type: ignore[arg-type]


def schema_of(steps: int, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    with monkeypatch.context() as patched, contextlib.closing(connect(":memory:")) as database:
        patched.setattr(migrations, "VERSION", steps)
        migrate(database)
        return schema(database)


def test_a_crash_at_any_statement_leaves_no_half_of_a_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = {0: [], **{steps: schema_of(steps, monkeypatch) for steps in range(1, VERSION + 1)}}
    seen = set()
    for at in range(1000):
        path = tmp_path / f"{at}.db"
        database = sqlite3.connect(path, isolation_level=None, factory=Crashing)
        database.left = at
        try:
            migrate(database)
        except Crash:
            database.close()
        else:
            database.close()
            break
        with contextlib.closing(connect(path)) as again:
            seen.add(version(again))
            assert schema(again) == whole[version(again)]
            migrate(again)
            assert version(again) == VERSION
    # One statement for each table and index, and some around them; a crash was met before each step.
    assert at > 20
    assert seen == set(range(VERSION))


def two_steps(monkeypatch: pytest.MonkeyPatch, *second: str) -> None:
    monkeypatch.setattr(migrations, "_STEPS", (*migrations._STEPS, second))
    monkeypatch.setattr(migrations, "VERSION", VERSION + 1)


def test_a_step_that_fails_is_taken_back_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(tmp_path / "main", create=True) as store:
        put(store, draft("a", "The mill burned down."))
    first, last = "CREATE TABLE extra (x TEXT) STRICT", "ALTER TABLE articles ADD COLUMN extra TEXT"
    with monkeypatch.context() as patched:
        two_steps(patched, first, last, "INSERT INTO no_such_table VALUES (1)")
        with pytest.raises(StoreError, match="no such table"):
            Store.open(tmp_path / "main", create=False)
    with Store.open(tmp_path / "main", create=False) as store:
        assert store.articles.get("a").body == "The mill burned down."
    with contextlib.closing(connect(tmp_path / "main" / "articles.db")) as database:
        assert version(database) == VERSION
        assert "extra" not in {name for name, _ in schema(database)}
        assert "extra" not in dict(schema(database))["articles"]
    # The next try, with the step mended, takes up where it was.
    two_steps(monkeypatch, first, last)
    with Store.open(tmp_path / "main", create=False) as store:
        assert store.articles.ids() == ["a"]
    with contextlib.closing(connect(tmp_path / "main" / "articles.db")) as database:
        assert version(database) == VERSION + 1
        assert "extra" in {name for name, _ in schema(database)}


def test_many_at_once_make_one_database(tmp_path: Path) -> None:
    for n in range(6):
        found: list[str] = []
        failed: list[BaseException] = []
        together = threading.Barrier(6)

        def start(
            folder: Path, found: list[str], failed: list[BaseException], together: threading.Barrier
        ) -> Callable[[], None]:
            def run() -> None:
                together.wait()
                try:
                    with Store.open(folder, create=True) as store:
                        found.append(store.uuid)
                except BaseException as error:
                    failed.append(error)

            return run

        threads = [threading.Thread(target=start(tmp_path / str(n), found, failed, together)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []
        assert len(found) == 6
        assert len(set(found)) == 1


# What is no database of ours


def test_somebody_elses_database_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "main"
    folder.mkdir()
    with contextlib.closing(connect(folder / "articles.db")) as database:
        database.execute("CREATE TABLE articles (headline TEXT)")
        database.execute("INSERT INTO articles VALUES ('mine')")
        before = schema(database)
    with pytest.raises(StoreError, match=r"cannot be used \(table articles already exists\)"):
        Store.open(folder, create=True)
    with contextlib.closing(connect(folder / "articles.db")) as database:
        assert schema(database) == before
        assert database.execute("SELECT headline FROM articles").fetchall() == [("mine",)]


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    content = b"no database at all, but long enough to look like one " * 40
    folder = tmp_path / "main"
    folder.mkdir()
    (folder / "articles.db").write_bytes(content)
    with pytest.raises(StoreError, match="is damaged or no database"):
        Store.open(folder, create=True)
    assert (folder / "articles.db").read_bytes() == content
