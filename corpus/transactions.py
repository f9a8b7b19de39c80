"""Transactions of SQLite databases, and schemas as numbered steps. The connections are in autocommit mode."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence


@contextlib.contextmanager
def immediate(connection: sqlite3.Connection) -> Iterator[None]:
    """Whole or not at all: committed at the end, rolled back when anything is raised inside."""
    # IMMEDIATE: a read transaction that starts to write fails at once with SQLITE_BUSY_SNAPSHOT.
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A full disk has rolled back already; a second ROLLBACK would hide the reason.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def schema_version(connection: sqlite3.Connection) -> int:
    """How many steps the database has taken, 0 for a new one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def take_steps(
    connection: sqlite3.Connection, steps: Sequence[Sequence[str]], first: Callable[[sqlite3.Connection], object]
) -> None:
    """Bring a database to the last of the steps; ``first`` is called in the transaction of the first one.

    Each step runs in one transaction together with the ``PRAGMA user_version`` that records it, so a crash leaves the
    database at one version or the next. A database with more steps is left as it is. Raises ``sqlite3.Error``.
    """
    found = schema_version(connection)
    while found < len(steps):
        with immediate(connection):
            found = schema_version(connection)  # another process may have migrated while we waited
            if found < len(steps):
                # Not executescript(): it commits what is pending before it starts.
                for statement in steps[found]:
                    connection.execute(statement)
                if found == 0:
                    first(connection)
                found += 1
                connection.execute(f"PRAGMA user_version = {found}")
