"""What was read of a database and still holds: remembered until anything is written to it, by whatever process."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Hashable, Iterator
from typing import Any, TypeVar

_KEPT = 20_000
"""Results remembered at most; the words of questions make most of them."""

T = TypeVar("T")

State = tuple[int, int]
"""Equal for two moments between which nothing was written."""


class Memo:
    """Results of reads, kept for one state of the database."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._state: State | None = None
        self._kept: dict[Hashable, Any] = {}
        self._held: State | None = None

    def state(self) -> State:
        """What other connections have committed, by SQLite's count, and what this one has written."""
        return self._held or (self._db.execute("PRAGMA data_version").fetchone()[0], self._db.total_changes)

    @contextlib.contextmanager
    def hold(self) -> Iterator[None]:
        """Inside, nothing is written and nothing of others is seen: the state is asked for once."""
        self._held = self.state()
        try:
            yield
        finally:
            self._held = None

    def once(self, key: Hashable, read: Callable[[], T]) -> T:
        """What ``read`` gives, run again only after a write; to be read, not changed."""
        state = self.state()
        if state != self._state or len(self._kept) > _KEPT:
            self._state = state
            self._kept.clear()
        if key not in self._kept:
            self._kept[key] = read()
        found: T = self._kept[key]
        return found
