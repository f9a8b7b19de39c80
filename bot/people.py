"""``people.db``: what people did with the bot. Its own database, apart from every article.

    answers        what was shown where to whom; what tells of the question is wiped after a day
    turns          the last three questions of each person in each place, for a day
    feedback       one opinion a person and answer
    channels       settings per channel
    uploads, departures    see ``guilds.py``
    lookups        what was looked up, for a day: what turns its pages
    about          its UUID, the hash of the commands that were registered

Belongs to one thread (``clerk.py`` keeps it away from the event loop).
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.errors import SettingsError
from bot.guilds import Guilds
from bot.kept import (
    Held,
    KeptAnswer,
    citations_as_json,
    citations_from_json,
    hits_as_json,
    hits_from_json,
    words_as_json,
    words_from_json,
)
from bot.migrations import migrate
from corpus.transactions import immediate
from retrieval.followups import Turn

DAY = 24 * 60 * 60.0
"""How long anything that tells of a question is kept."""

YEAR = 366 * DAY
"""How long an answer can be opened and verified."""

TURNS = 3
"""Questions of a conversation that are kept."""

_BUSY_SECONDS = 10.0

_HOLDS_WORDS_OF = "words IS NOT NULL AND ?1 IN (SELECT value FROM json_each(words, '$.others'))"


class People:
    """The open database. ``now`` is the clock, for tests."""

    def __init__(self, connection: sqlite3.Connection, now: Callable[[], float] = time.time) -> None:
        self._db = connection
        self._now = now
        self.guilds = Guilds(connection, now)

    @classmethod
    def open(cls, home: Path, now: Callable[[], float] = time.time) -> People:
        """Open ``home/people.db``, made or brought to the current schema.

        Raises :class:`SettingsError` with one sentence when it cannot be used.
        """
        path = home / "people.db"
        try:
            home.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = NORMAL")
                connection.execute("PRAGMA foreign_keys = ON")
                # What somebody did is overwritten when it is forgotten, not only unlinked.
                connection.execute("PRAGMA secure_delete = ON")
                migrate(connection)
            except BaseException:
                connection.close()
                raise
        except (sqlite3.Error, OSError) as error:
            raise SettingsError(
                f"The bot's record {path} cannot be used ({error}); set DATELINE_HOME to a folder that can be written."
            ) from error
        return cls(connection, now)

    def close(self) -> None:
        """Release the database."""
        self._db.close()

    # About

    @property
    def uuid(self) -> str:
        """Set when the database was made: buttons of another one are not answered from this one."""
        return str(self._about("uuid"))

    @property
    def commands(self) -> str | None:
        """Which commands were registered last, as a hash."""
        return self._about("commands")

    def set_commands(self, digest: str) -> None:
        """Remember which commands are registered."""
        self._db.execute("INSERT OR REPLACE INTO about VALUES ('commands', ?)", (digest,))

    def _about(self, key: str) -> str | None:
        row = self._db.execute("SELECT value FROM about WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    # Answers

    def add_answer(self, answer: KeptAnswer) -> None:
        """Before it is sent: its buttons may be pressed at once."""
        self._db.execute(
            "INSERT INTO answers (key, asked_at, asker, channel, guild, private, outcome, reason, citations, hits, "
            "words, message) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                answer.key, answer.asked_at, answer.asker, answer.channel, answer.guild, answer.private,
                answer.outcome, answer.reason, citations_as_json(answer.citations), hits_as_json(answer.hits),
                None if answer.words is None else words_as_json(answer.words), answer.message,
            ),
        )  # fmt: skip

    def place_answer(self, key: str, channel: int, message: int, *, public: bool = False) -> None:
        """Where it came to stand; ``public``: others can see it there."""
        self._db.execute(
            "UPDATE answers SET channel = ?, message = ?, private = private AND NOT ? WHERE key = ?",
            (channel, message, public, key),
        )

    def answer(self, key: str) -> KeptAnswer | None:
        """The answer that a button belongs to."""
        return self._answer("key = ?", (key,))

    def answer_under(self, message: int) -> KeptAnswer | None:
        """The answer that stands under a message."""
        return self._answer("message = ?", (message,))

    def answer_opening(self, thread: int) -> KeptAnswer | None:
        """The answer for which a thread was opened: the thread bears its number, or it stands first in the thread."""
        return self._answer("message = ?1 OR channel = ?1 ORDER BY asked_at LIMIT 1", (thread,))

    def share(self, key: str) -> bool:
        """Whether this call is the one that shares it: two presses share once."""
        changed = self._db.execute(
            "UPDATE answers SET shared_at = ? WHERE key = ? AND shared_at IS NULL", (self._now(), key)
        )
        return changed.rowcount == 1

    def unshare(self, key: str) -> None:
        """It could not be posted after all."""
        self._db.execute("UPDATE answers SET shared_at = NULL WHERE key = ?", (key,))

    def _answer(self, condition: str, values: tuple[Any, ...]) -> KeptAnswer | None:
        row = self._db.execute(
            "SELECT key, asked_at, asker, channel, guild, private, outcome, reason, citations, hits, words, message "
            f"FROM answers WHERE {condition}",
            values,
        ).fetchone()
        if row is None:
            return None
        key, asked_at, asker, channel, guild, private, outcome, reason, citations, hits, words, message = row
        fresh = words is not None and asked_at > self._now() - DAY
        return KeptAnswer(
            key, asked_at, asker, channel, guild, bool(private), outcome, reason, citations_from_json(citations),
            hits_from_json(hits), words_from_json(words) if fresh else None, message,
        )  # fmt: skip

    # Conversations

    def turns(self, person: int, place: int) -> tuple[Turn, ...]:
        """The last questions of somebody in a channel, thread or direct message, the oldest first."""
        rows = self._db.execute(
            "SELECT turn FROM turns WHERE person = ? AND place = ? AND asked_at > ? ORDER BY number DESC LIMIT ?",
            (person, place, self._now() - DAY, TURNS),
        ).fetchall()
        return tuple(Turn.from_dict(json.loads(row[0])) for row in reversed(rows))

    def add_turn(self, person: int, place: int, turn: Turn) -> None:
        """A question more; those before the last three are forgotten."""
        with immediate(self._db):
            self._db.execute(
                "INSERT INTO turns (person, place, asked_at, turn) VALUES (?, ?, ?, ?)",
                (person, place, self._now(), json.dumps(turn.as_dict())),
            )
            self._db.execute(
                "DELETE FROM turns WHERE person = ?1 AND place = ?2 AND number NOT IN (SELECT number FROM turns "
                "WHERE person = ?1 AND place = ?2 ORDER BY number DESC LIMIT ?3)",
                (person, place, TURNS),
            )

    # Look-ups

    def add_lookup(self, key: str, person: int, guild: int | None, request: str) -> None:
        """What was looked up, so that its pages can be turned."""
        self._db.execute(
            "INSERT INTO lookups (key, made_at, person, guild, request) VALUES (?, ?, ?, ?, ?)",
            (key, self._now(), person, guild, request),
        )

    def lookup(self, key: str) -> tuple[int | None, str] | None:
        """(guild, what was looked up), for a day."""
        row = self._db.execute(
            "SELECT guild, request FROM lookups WHERE key = ? AND made_at > ?", (key, self._now() - DAY)
        ).fetchone()
        return None if row is None else (row[0], str(row[1]))

    # Feedback

    def set_feedback(self, key: str, person: int, *, helpful: bool) -> None:
        """The last opinion counts."""
        self._db.execute(
            "INSERT OR REPLACE INTO feedback (answer, person, helpful, given_at) VALUES (?, ?, ?, ?)",
            (key, person, helpful, self._now()),
        )

    def feedback(self, key: str) -> dict[int, bool]:
        """Person -> whether it helped."""
        rows = self._db.execute("SELECT person, helpful FROM feedback WHERE answer = ?", (key,))
        return {person: bool(helpful) for person, helpful in rows}

    # Channels

    def channel_settings(self) -> dict[int, tuple[int, dict[str, Any]]]:
        """Channel -> (guild, settings), of all channels that have any: read once, then held in memory."""
        rows = self._db.execute("SELECT channel, guild, settings FROM channels")
        return {channel: (guild, json.loads(settings)) for channel, guild, settings in rows}

    def set_channel(self, channel: int, guild: int, settings: dict[str, Any]) -> None:
        """The settings of a channel from now on."""
        self._db.execute(
            "INSERT OR REPLACE INTO channels (channel, guild, settings) VALUES (?, ?, ?)",
            (channel, guild, json.dumps(settings)),
        )

    # Forgetting

    def prune(self) -> None:
        """What is older than promised goes, overwritten."""
        now = self._now()
        with immediate(self._db):
            self._db.execute("UPDATE answers SET words = NULL WHERE words IS NOT NULL AND asked_at <= ?", (now - DAY,))
            self._db.execute("DELETE FROM turns WHERE asked_at <= ?", (now - DAY,))
            self._db.execute("DELETE FROM lookups WHERE made_at <= ?", (now - DAY,))
            self._db.execute("DELETE FROM answers WHERE asked_at <= ?", (now - YEAR,))
            self.guilds.prune()
        self._truncate()

    def held(self, person: int) -> Held:
        """What :meth:`forget` would delete."""
        row = self._db.execute(
            "SELECT (SELECT count(*) FROM answers WHERE asker = ?1), (SELECT count(*) FROM turns WHERE person = ?1), "
            "(SELECT count(*) FROM lookups WHERE person = ?1), (SELECT count(*) FROM feedback WHERE person = ?1), "
            f"(SELECT count(*) FROM answers WHERE asker != ?1 AND {_HOLDS_WORDS_OF})",
            (person,),
        ).fetchone()
        return Held(*row)

    def forget(self, person: int) -> int:
        """Everything about a person; how many answers that were."""
        with immediate(self._db):
            self._db.execute(f"UPDATE answers SET words = NULL WHERE {_HOLDS_WORDS_OF}", (person,))
            self._db.execute("DELETE FROM turns WHERE person = ?", (person,))
            self._db.execute("DELETE FROM lookups WHERE person = ?", (person,))
            self._db.execute("DELETE FROM feedback WHERE person = ?", (person,))
            self.guilds.forget_person(person)
            gone = self._db.execute("DELETE FROM answers WHERE asker = ?", (person,)).rowcount
        self._truncate()
        return gone

    def forget_guild(self, guild: int) -> None:
        """Everything about a server that the bot has left for good."""
        with immediate(self._db):
            places = "SELECT channel FROM answers WHERE guild = ?1 UNION SELECT channel FROM channels WHERE guild = ?1"
            self._db.execute(f"DELETE FROM turns WHERE place IN ({places})", (guild,))
            self._db.execute("DELETE FROM answers WHERE guild = ?", (guild,))
            self._db.execute("DELETE FROM lookups WHERE guild = ?", (guild,))
            self._db.execute("DELETE FROM channels WHERE guild = ?", (guild,))
            self.guilds.forget(guild)
        self._truncate()

    def _truncate(self) -> None:
        # Overwritten pages stay readable in the write-ahead log until it is cut off.
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
