"""Stored vectors, the windows of passages, the change log and the published index file.

Vectors come and go as bytes (float16, little-endian): what they mean is not known here. They are kept
under the hash of the text that was embedded, so a text that was ever encoded is not encoded again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.store.articles import batches
from corpus.transactions import immediate


@dataclass(frozen=True, slots=True)
class Published:
    """The index file that serves: complete up to ``sequence`` of the change log."""

    file: str
    sequence: int
    count: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Window:
    """One embedded window: the id in the vector index, its passage, the hash of the embedded text."""

    id: int
    passage_id: int
    hash: bytes


class VectorRows:
    """Reads and writes vectors; each write is a transaction of its own."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def model_key(self, name: str) -> int:
        """The short key under which vectors of the model are stored, made on first use."""
        row = self._db.execute("SELECT key FROM models WHERE name = ?", (name,)).fetchone()
        if row is None:
            self._db.execute("INSERT OR IGNORE INTO models (name) VALUES (?)", (name,))
            row = self._db.execute("SELECT key FROM models WHERE name = ?", (name,)).fetchone()
        return int(row[0])

    def known_model(self, name: str) -> int | None:
        """The key of a model that vectors are stored of, else None. Never writes."""
        row = self._db.execute("SELECT key FROM models WHERE name = ?", (name,)).fetchone()
        return None if row is None else int(row[0])

    def unknown(self, model: int, hashes: Sequence[bytes]) -> set[bytes]:
        """Those of ``hashes`` for which no vector is stored."""
        missing = set(hashes)
        for marks, batch in batches(list(missing)):
            rows = self._db.execute(f"SELECT hash FROM vectors WHERE model = ? AND hash IN ({marks})", (model, *batch))
            missing.difference_update(row[0] for row in rows)
        return missing

    def save(self, model: int, vectors: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep (hash, vector) pairs."""
        with immediate(self._db):
            self._db.executemany(
                "INSERT OR IGNORE INTO vectors (model, hash, vector) VALUES (?, ?, ?)",
                ((model, digest, vector) for digest, vector in vectors),
            )

    def load(self, model: int, hashes: Sequence[bytes]) -> dict[bytes, bytes]:
        """The stored vectors of ``hashes``, as far as there are any."""
        found: dict[bytes, bytes] = {}
        for marks, batch in batches(hashes):
            found.update(
                self._db.execute(
                    f"SELECT hash, vector FROM vectors WHERE model = ? AND hash IN ({marks})", (model, *batch)
                )
            )
        return found

    def of_sentences(self, model: int, passage_ids: Sequence[int]) -> Iterator[tuple[int, int, int, bytes | None]]:
        """(passage, start, end, vector or None) of the sentences of passages, in order."""
        for marks, batch in batches(passage_ids):
            yield from self._db.execute(
                "SELECT s.passage, s.start, s.end, v.vector FROM sentences s "
                "LEFT JOIN vectors v ON v.model = ? AND v.hash = s.hash "
                f"WHERE s.passage IN ({marks}) ORDER BY s.passage, s.ordinal",
                (model, *batch),
            )

    def of_windows(self, model: int, passage_ids: Sequence[int]) -> Iterator[tuple[int, bytes]]:
        """(passage, vector) of the windows of passages, as far as they are encoded."""
        for marks, batch in batches(passage_ids):
            yield from self._db.execute(
                "SELECT w.passage, v.vector FROM windows w JOIN vectors v ON v.model = w.model AND v.hash = w.hash "
                f"WHERE w.model = ? AND w.passage IN ({marks}) ORDER BY w.id",
                (model, *batch),
            )

    def windows(self, model: int, passage_ids: Sequence[int] | None = None) -> Iterator[Window]:
        """The windows of live passages; all of them, or those of the passages named."""
        select = (
            "SELECT w.id, w.passage, w.hash FROM windows w JOIN passages p ON p.id = w.passage "
            "WHERE w.model = ? AND p.live = 1"
        )
        if passage_ids is None:
            for row in self._db.execute(select + " ORDER BY w.id", (model,)):
                yield Window(*row)
            return
        for marks, batch in batches(passage_ids):
            for row in self._db.execute(f"{select} AND w.passage IN ({marks}) ORDER BY w.id", (model, *batch)):
                yield Window(*row)

    def passages_of_windows(self, window_ids: Sequence[int]) -> dict[int, int]:
        """Window id -> passage id, for windows of live passages; unknown ids are absent."""
        found: dict[int, int] = {}
        for marks, batch in batches(window_ids):
            found.update(
                self._db.execute(
                    "SELECT w.id, w.passage FROM windows w JOIN passages p ON p.id = w.passage "
                    f"WHERE p.live = 1 AND w.id IN ({marks})",
                    tuple(batch),
                )
            )
        return found

    def passages_without_windows(self, model: int) -> list[int]:
        """Live passages that have not been planned for this model."""
        rows = self._db.execute(
            "SELECT p.id FROM passages p WHERE p.live = 1 AND NOT EXISTS "
            "(SELECT 1 FROM windows w WHERE w.passage = p.id AND w.model = ?) ORDER BY p.id",
            (model,),
        )
        return [row[0] for row in rows]

    def add_windows(self, model: int, windows: Iterable[tuple[int, bytes]]) -> None:
        """Plan (passage id, hash) windows for passages that were stored for another model."""
        with immediate(self._db):
            self._db.executemany(
                "INSERT INTO windows (model, passage, hash) SELECT ?, id, ? FROM passages WHERE id = ?",
                ((model, digest, passage) for passage, digest in windows),
            )

    def sequence(self) -> int:
        """The last entry of the change log, 0 when it is empty."""
        row = self._db.execute("SELECT coalesce(max(sequence), 0) FROM changes").fetchone()
        return int(row[0])

    def changed_since(self, sequence: int) -> list[int]:
        """Passages that were added or removed after ``sequence``."""
        rows = self._db.execute("SELECT DISTINCT passage FROM changes WHERE sequence > ?", (sequence,))
        return [row[0] for row in rows]

    def published(self, model: int) -> Published | None:
        """The index file that serves for this model."""
        row = self._db.execute(
            "SELECT file, sequence, count, sha256 FROM published WHERE model = ?", (model,)
        ).fetchone()
        return None if row is None else Published(*row)

    def publish(self, model: int, published: Published) -> bool:
        """Point readers to a new file; False when a later one serves already."""
        cursor = self._db.execute(
            "INSERT INTO published (model, file, sequence, count, sha256) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (model) DO UPDATE SET file = excluded.file, sequence = excluded.sequence, "
            "count = excluded.count, sha256 = excluded.sha256 WHERE excluded.sequence >= published.sequence",
            (model, published.file, published.sequence, published.count, published.sha256),
        )
        return cursor.rowcount > 0
