"""The schema of ``people.db``, step by step; each step is applied and recorded in one transaction."""

from __future__ import annotations

import sqlite3
import uuid

from bot.errors import SettingsError
from corpus.transactions import schema_version, take_steps

_STEPS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
        """CREATE TABLE answers (
            key TEXT PRIMARY KEY,
            asked_at REAL NOT NULL,
            asker INTEGER NOT NULL,
            channel INTEGER NOT NULL,
            guild INTEGER,
            private INTEGER NOT NULL,
            outcome TEXT NOT NULL,
            reason TEXT,
            citations TEXT NOT NULL,
            hits TEXT NOT NULL,
            words TEXT,
            message INTEGER,
            shared_at REAL
        ) STRICT""",
        "CREATE INDEX answers_message ON answers (message)",
        "CREATE INDEX answers_asked_at ON answers (asked_at)",
        "CREATE INDEX answers_asker ON answers (asker)",
        """CREATE TABLE turns (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            person INTEGER NOT NULL,
            place INTEGER NOT NULL,
            asked_at REAL NOT NULL,
            turn TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX turns_place ON turns (person, place, number)",
        """CREATE TABLE feedback (
            answer TEXT NOT NULL REFERENCES answers (key) ON DELETE CASCADE,
            person INTEGER NOT NULL,
            helpful INTEGER NOT NULL,
            given_at REAL NOT NULL,
            PRIMARY KEY (answer, person)
        ) STRICT, WITHOUT ROWID""",
        """CREATE TABLE channels (
            channel INTEGER PRIMARY KEY,
            guild INTEGER NOT NULL,
            settings TEXT NOT NULL
        ) STRICT""",
    ),
    (
        """CREATE TABLE lookups (
            key TEXT PRIMARY KEY,
            made_at REAL NOT NULL,
            person INTEGER NOT NULL,
            guild INTEGER,
            request TEXT NOT NULL
        ) STRICT""",
        "CREATE INDEX lookups_made_at ON lookups (made_at)",
    ),
    (
        """CREATE TABLE uploads (
            key INTEGER PRIMARY KEY AUTOINCREMENT,
            guild INTEGER NOT NULL,
            person INTEGER NOT NULL,
            name TEXT NOT NULL,
            file TEXT NOT NULL,
            begun_at REAL NOT NULL,
            application INTEGER NOT NULL,
            token TEXT NOT NULL,
            message INTEGER NOT NULL
        ) STRICT""",
        "CREATE INDEX uploads_guild ON uploads (guild, begun_at)",
        "CREATE TABLE departures (guild INTEGER PRIMARY KEY, left_at REAL NOT NULL) STRICT",
    ),
)

VERSION = len(_STEPS)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a database to :data:`VERSION`.

    Raises :class:`SettingsError` for one from a newer Dateline.
    """
    found = schema_version(connection)
    if found > VERSION:
        raise SettingsError(
            f"The bot's record is of schema {found}, this Dateline knows up to {VERSION}; "
            "upgrade with: pip install --upgrade dateline"
        )
    take_steps(connection, _STEPS[:VERSION], _name)


def _name(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO about VALUES ('uuid', ?)", (uuid.uuid4().hex,))
