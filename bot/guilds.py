"""What the bot's record holds of servers: files that are being added, and servers that the bot has left.

A part of ``people.db``: ``people.guilds``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

_DAY = 24 * 60 * 60.0


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody adds to their server's collection."""

    key: int
    """0 until it is noted."""
    guild: int
    person: int
    name: str
    """As the person called it."""
    file: str
    """Where it waits, below the data folder."""
    begun_at: float
    application: int
    token: str
    """Of the interaction: for 15 minutes it lets the bot edit its answer, also after a restart. Wiped when done."""
    message: int
    """The answer that tells how far it is."""


class Guilds:
    """Uploads and departures. Shares the connection, and the thread, of :class:`bot.people.People`."""

    def __init__(self, connection: sqlite3.Connection, now: Callable[[], float]) -> None:
        self._db = connection
        self._now = now

    # Uploads

    def begin(self, upload: Upload) -> int:
        """Note a file before it is read; its key."""
        cursor = self._db.execute(
            "INSERT INTO uploads (guild, person, name, file, begun_at, application, token, message) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                upload.guild, upload.person, upload.name, upload.file, self._now(), upload.application, upload.token,
                upload.message,
            ),
        )  # fmt: skip
        return int(cursor.lastrowid or 0)

    def finish(self, key: int) -> None:
        """What is left of it counts towards the day's quota, and tells nothing more."""
        self._db.execute("UPDATE uploads SET person = 0, name = '', file = '', token = '' WHERE key = ?", (key,))

    def unfinished(self) -> list[Upload]:
        """Files that were being read when the bot stopped, in order."""
        rows = self._db.execute(
            "SELECT key, guild, person, name, file, begun_at, application, token, message FROM uploads "
            "WHERE file != '' ORDER BY key"
        )
        return [Upload(*row) for row in rows]

    def uploads_today(self, guild: int) -> int:
        """How many files a server added in the last 24 hours."""
        row = self._db.execute(
            "SELECT count(*) FROM uploads WHERE guild = ? AND begun_at > ?", (guild, self._now() - _DAY)
        ).fetchone()
        return int(row[0])

    def prune(self) -> None:
        """Forget what counts towards no quota any more."""
        self._db.execute("DELETE FROM uploads WHERE file = '' AND begun_at <= ?", (self._now() - _DAY,))

    # Departures

    def leave(self, guild: int) -> None:
        """The bot is no longer in a server; the first notice counts."""
        self._db.execute("INSERT OR IGNORE INTO departures (guild, left_at) VALUES (?, ?)", (guild, self._now()))

    def come_back(self, guild: int) -> None:
        """The bot is in the server again."""
        self._db.execute("DELETE FROM departures WHERE guild = ?", (guild,))

    def gone_for(self, days: float) -> list[int]:
        """Servers that the bot left so long ago."""
        rows = self._db.execute("SELECT guild FROM departures WHERE left_at <= ?", (self._now() - days * _DAY,))
        return [row[0] for row in rows]

    def with_settings(self) -> set[int]:
        """Servers in which somebody has set something up."""
        return {row[0] for row in self._db.execute("SELECT DISTINCT guild FROM channels")}

    # Forgetting

    def forget_person(self, person: int) -> None:
        """Whoever it was; what they added belongs to the server."""
        self._db.execute("UPDATE uploads SET person = 0 WHERE person = ?", (person,))

    def forget(self, guild: int) -> None:
        """All of a server."""
        self._db.execute("DELETE FROM uploads WHERE guild = ?", (guild,))
        self._db.execute("DELETE FROM departures WHERE guild = ?", (guild,))
