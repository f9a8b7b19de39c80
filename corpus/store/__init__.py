"""One collection's database, ``articles.db``: the truth that everything else is derived from.

    store.articles   articles, passages, sentences, statements as they stand (``articles.py``)
    store.knowledge  figures, moments, fingerprints (``knowledge.py``)
    store.text       full-text search and word statistics (``text.py``)
    store.vectors    stored vectors, windows, the published index (``vectors.py``)
    store.writer     the only way to change any of it (``writer.py``)

All SQL of the corpus is in this folder.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from corpus.errors import StoreBusyError, StoreError
from corpus.migrations import migrate
from corpus.store.articles import Articles
from corpus.store.filters import Filters, folded
from corpus.store.knowledge import KnowledgeRows
from corpus.store.memo import Memo, State
from corpus.store.text import TextSearch
from corpus.store.vectors import VectorRows
from corpus.store.writer import ArticleDraft, Change, PassageDraft, Writer

__all__ = ["ArticleDraft", "Change", "Filters", "PassageDraft", "Store"]

_BUSY_SECONDS = 10.0


class Store:
    """An open database. Belongs to the thread that opened it.

    Readers see the state of one instant inside :meth:`snapshot`; WAL lets them read while another
    process writes.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, collection: str) -> None:
        self._connection = connection
        self.path = path
        self.collection = collection
        self._memo = Memo(connection)
        self.articles = Articles(connection, collection, self._memo)
        self.knowledge = KnowledgeRows(connection)
        self.text = TextSearch(connection, self._memo)
        self.vectors = VectorRows(connection)
        self.writer = Writer(connection)

    @classmethod
    def open(cls, folder: Path, *, create: bool) -> Store:
        """Open ``folder/articles.db``, bringing it to the current schema.

        Raises :class:`StoreError` when it is missing (and ``create`` is false), is not a Dateline database or
        cannot be used; :class:`corpus.errors.StoreTooNewError` when a newer version wrote it.
        """
        path = folder / "articles.db"
        if create:
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreError(
                    f"The data folder {folder} cannot be created ({error.strerror}); "
                    "set DATELINE_HOME to a folder that can be written."
                ) from error
        elif not path.exists():
            raise StoreError(
                f"There is no collection {folder.name!r}; create it with: "
                f"dateline ingest PATH --collection {folder.name}"
            )
        try:
            connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
            try:
                _configure(connection)
                migrate(connection)
            except BaseException:
                connection.close()
                raise
        except sqlite3.Error as error:
            raise _explained(error, path) from error
        return cls(connection, path, folder.name)

    def close(self) -> None:
        """Release the database; the object is of no use afterwards."""
        self._connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def uuid(self) -> str:
        """Set when the database was made: a rebuilt one is another one."""
        row = self._connection.execute("SELECT value FROM about WHERE key = 'uuid'").fetchone()
        return str(row[0])

    @property
    def state(self) -> State:
        """Another one after anything was written, here or by another process; of the snapshot, inside one."""
        return self._memo.state()

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything read inside is of one instant. Nested uses join the outer one. Do not write inside."""
        if self._connection.in_transaction:
            yield
            return
        with explained(self.path):
            self._connection.execute("BEGIN")
            try:
                with self._memo.hold():
                    yield
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def backup(self, target: Path) -> None:
        """Write a consistent copy to ``target``, also while another process writes.

        Raises :class:`StoreError` when it exists already or cannot be written.
        """
        if target.exists():
            raise StoreError(f"{target} exists already; name a file that does not.")
        beside = target.with_name(target.name + ".part")
        try:
            beside.unlink(missing_ok=True)
            with contextlib.closing(sqlite3.connect(beside)) as copy:
                self._connection.backup(copy, pages=4096)
                # The copy is one file that can be moved about: no -wal, no -shm beside it.
                copy.execute("PRAGMA journal_mode = DELETE")
            os.replace(beside, target)
        except (sqlite3.Error, OSError) as error:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
            raise StoreError(f"The backup {target} cannot be written ({error}); choose another place.") from error

    def check(self) -> list[str]:
        """What SQLite itself finds wrong; empty when all is well."""
        try:
            rows = [str(r[0]) for r in self._connection.execute("PRAGMA integrity_check")]
            # Raises when the full-text index and its content disagree.
            self._connection.execute("INSERT INTO passages_text (passages_text) VALUES ('integrity-check')")
        except sqlite3.Error as error:
            return [str(error)]
        return [] if rows == ["ok"] else rows


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what sqlite3 raises into a :class:`StoreError` with a sentence."""
    try:
        yield
    except sqlite3.Error as error:
        raise _explained(error, path) from error


def _configure(connection: sqlite3.Connection) -> None:
    connection.create_function("folded", 1, lambda text: None if text is None else folded(text), deterministic=True)
    connection.execute("PRAGMA foreign_keys = ON")
    _use_wal(connection)
    # In WAL mode NORMAL can lose the last commits in a power cut, never the consistency.
    connection.execute("PRAGMA synchronous = NORMAL")
    # Removed articles are other people's text: overwrite them.
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA temp_store = MEMORY")


def _use_wal(connection: sqlite3.Connection) -> None:
    # Where several open a new database at once, the change of mode fails for some at once instead of waiting.
    deadline = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
        time.sleep(0.01)


def _explained(error: sqlite3.Error, path: Path) -> StoreError:
    text = str(error)
    if "locked" in text or "busy" in text:
        return StoreBusyError(f"{path} is in use by another process; try again in a moment.")
    if "readonly" in text or "unable to open" in text:
        return StoreError(f"{path} cannot be written; set DATELINE_HOME to a folder that can be.")
    if "not a database" in text or "malformed" in text:
        return StoreError(
            f"{path} is damaged or no database ({text}); restore a backup, or remove it and ingest again."
        )
    if "disk is full" in text:
        return StoreError(f"The disk is full, nothing was changed in {path}; free some space and try again.")
    return StoreError(f"{path} cannot be used ({text}); run: dateline doctor")
