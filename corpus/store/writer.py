"""The only code that changes articles: each call is one transaction, whole or not at all."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.models import Block, CopyPrint, Document, Edit, Field, Knowledge
from corpus.transactions import immediate

_KNOWLEDGE = ("statements", "figures", "moments")
"""The tables of what a passage's text was found to hold."""


class Change(StrEnum):
    """What storing an article did."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class PassageDraft:
    """A block to store, the hash of each embedded window, and of each sentence."""

    block: Block
    window_hashes: tuple[bytes, ...]
    sentence_hashes: tuple[bytes, ...]
    knowledge: Knowledge


@dataclass(frozen=True, slots=True)
class ArticleDraft:
    """Everything that is stored of one article at once."""

    id: str
    document: Document
    fields: dict[str, Field]
    body: str
    edits: tuple[Edit, ...]
    blocks: tuple[Block, ...]
    passages: tuple[PassageDraft, ...]
    copy_print: CopyPrint | None = None

    @property
    def content_hash(self) -> str:
        """Changes whenever what is printed, stated about the article, or how it is split changes."""
        facts = {name: field.value for name, field in sorted(self.fields.items())}
        shape = [[b.start, b.end, b.kind.value, [span.start for span in b.sentences]] for b in self.blocks]
        printed = json.dumps([self.document.raw, self.body, facts, shape])
        return hashlib.sha256(printed.encode()).hexdigest()


class Writer:
    """Stores, replaces and removes articles."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def id_of_origin(self, origin: str) -> str | None:
        """The id once given to the article that came from this path or URL: kept for good."""
        row = self._db.execute("SELECT id FROM articles WHERE origin = ? ORDER BY key LIMIT 1", (origin,)).fetchone()
        return None if row is None else str(row[0])

    def origin_of_id(self, article_id: str) -> str | None:
        """Where the article that bears this id first came from, None when the id is free."""
        row = self._db.execute("SELECT origin FROM articles WHERE id = ?", (article_id,)).fetchone()
        return None if row is None else str(row[0])

    def stored_hash(self, article_id: str) -> str | None:
        """The content hash of a live article."""
        row = self._db.execute(
            "SELECT content_hash FROM articles WHERE id = ? AND removed_at IS NULL", (article_id,)
        ).fetchone()
        return None if row is None else str(row[0])

    def store(self, drafts: Sequence[ArticleDraft], model: int) -> list[Change]:
        """Make the drafts answerable, all in one short transaction. Their vectors must be saved before."""
        with immediate(self._db):
            return [self._store(draft, model) for draft in drafts]

    def refresh(
        self, article_id: str, found: Iterable[tuple[Block, Knowledge]], copy_print: CopyPrint | None = None
    ) -> None:
        """Replace what was found in an article whose text did not change: read better, nothing encoded.

        Without ``copy_print`` the stored one stays.
        """
        with immediate(self._db):
            rows = self._db.execute(
                "SELECT p.ordinal, p.id, p.article FROM passages p JOIN articles a ON a.key = p.article "
                "WHERE a.id = ? AND p.live = 1",
                (article_id,),
            ).fetchall()
            ids = {ordinal: passage_id for ordinal, passage_id, _ in rows}
            for block, knowledge in found:
                passage_id = ids.get(block.ordinal)
                if passage_id is not None:
                    for table in _KNOWLEDGE:
                        self._db.execute(f"DELETE FROM {table} WHERE passage = ?", (passage_id,))
                    self._insert_knowledge(passage_id, knowledge)
            if rows and copy_print is not None:
                self._replace_print(rows[0][2], copy_print)

    def remove(self, article_ids: Iterable[str]) -> list[str]:
        """Delete text, passages and vectors of articles; which of the ids were there.

        What stays is the id, its last revision and its hash.
        """
        removed = []
        with immediate(self._db):
            for article_id in article_ids:
                row = self._db.execute(
                    "SELECT key FROM articles WHERE id = ? AND removed_at IS NULL", (article_id,)
                ).fetchone()
                if row is None:
                    continue
                self._retire_passages(row[0])
                self._db.execute("DELETE FROM revisions WHERE article = ?", row)
                self._replace_print(row[0], None)
                self._db.execute("DELETE FROM source_articles WHERE article = ?", row)
                self._db.execute("UPDATE articles SET removed_at = ? WHERE key = ?", (_now(), row[0]))
                removed.append(article_id)
            # A source whose articles are gone must be read again when it is ingested again.
            self._db.execute(
                "DELETE FROM sources WHERE NOT EXISTS (SELECT 1 FROM source_articles s WHERE s.origin = sources.origin)"
            )
            self._drop_unused_vectors()
            if removed:
                # FTS5 only marks words as deleted until their part of the index is merged (a third of a second for
                # 60,000 passages); its own "secure-delete" needs SQLite 3.42 to write and to read.
                self._db.execute("INSERT INTO passages_text (passages_text) VALUES ('optimize')")
        if removed:
            # What was written before stands in the log until it is folded into the file, overwritten there.
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return removed

    def fingerprint(self, origin: str) -> str | None:
        """What was noted of a source when it was last read."""
        row = self._db.execute("SELECT fingerprint FROM sources WHERE origin = ?", (origin,)).fetchone()
        return None if row is None else str(row[0])

    def source_article_ids(self, origin: str) -> list[str]:
        """Ids of the live articles that a source holds."""
        rows = self._db.execute(
            "SELECT a.id FROM source_articles s JOIN articles a ON a.key = s.article "
            "WHERE s.origin = ? AND a.removed_at IS NULL ORDER BY a.id",
            (origin,),
        )
        return [row[0] for row in rows]

    def note_source(self, origin: str, root: str, fingerprint: str, article_ids: Iterable[str]) -> list[str]:
        """Record that a source was read to its end; the ids it held before and holds no longer."""
        now = set(article_ids)
        with immediate(self._db):
            before = set(self.source_article_ids(origin))
            self._db.execute("DELETE FROM sources WHERE origin = ?", (origin,))
            self._db.execute(
                "INSERT INTO sources (origin, root, fingerprint) VALUES (?, ?, ?)",
                (origin, root, fingerprint),
            )
            self._db.executemany(
                "INSERT OR IGNORE INTO source_articles (origin, article) SELECT ?, key FROM articles WHERE id = ?",
                ((origin, article_id) for article_id in sorted(now)),
            )
        return sorted(before - now)

    def sources_below(self, root: str) -> list[str]:
        """Origins that were once ingested from this folder, glob or file."""
        return [r[0] for r in self._db.execute("SELECT origin FROM sources WHERE root = ? ORDER BY origin", (root,))]

    def sources_inside(self, folder: str) -> list[str]:
        """Origins that lie in this folder or below it, whatever they were ingested from."""
        prefix = folder.rstrip(os.sep) + os.sep
        rows = self._db.execute(
            "SELECT origin FROM sources WHERE substr(origin, 1, ?) = ? ORDER BY origin", (len(prefix), prefix)
        )
        return [row[0] for row in rows]

    def forget_sources(self, origins: Iterable[str]) -> list[str]:
        """Drop sources; the ids of articles that no other source holds."""
        orphans = []
        with immediate(self._db):
            for origin in origins:
                ids = self.source_article_ids(origin)
                self._db.execute("DELETE FROM sources WHERE origin = ?", (origin,))
                for article_id in ids:
                    held = self._db.execute(
                        "SELECT 1 FROM source_articles s JOIN articles a ON a.key = s.article WHERE a.id = ?",
                        (article_id,),
                    ).fetchone()
                    if held is None:
                        orphans.append(article_id)
        return orphans

    def _store(self, draft: ArticleDraft, model: int) -> Change:
        row = self._db.execute(
            "SELECT key, revision, content_hash, removed_at FROM articles WHERE id = ?", (draft.id,)
        ).fetchone()
        digest = draft.content_hash
        if row is not None and row[2] == digest and row[3] is None:
            return Change.UNCHANGED
        if row is None:
            cursor = self._db.execute(
                "INSERT INTO articles (id, revision, content_hash, origin) VALUES (?, 1, ?, ?)",
                (draft.id, digest, draft.document.origin),
            )
            key, revision, change = int(cursor.lastrowid or 0), 1, Change.NEW
        else:
            key, revision = row[0], row[1] + 1
            change = Change.NEW if row[3] is not None else Change.CHANGED
            self._retire_passages(key)
            self._db.execute(
                "UPDATE articles SET revision = ?, content_hash = ?, removed_at = NULL WHERE key = ?",
                (revision, digest, key),
            )
        facts = {name: field.value for name, field in draft.fields.items()}
        self._db.execute(
            "INSERT INTO revisions (article, revision, title, outlet, author, url, published_at, dateline, category, "
            "provenance, raw, body, edits, page, ingested_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                key, revision, facts.get("title"), facts.get("outlet"), facts.get("author"), facts.get("url"),
                facts.get("published_at"), facts.get("dateline"), facts.get("category"),
                json.dumps({name: field.source for name, field in draft.fields.items()}),
                draft.document.raw, draft.body,
                json.dumps([[e.raw_start, e.raw_end, e.replacement, e.reason] for e in draft.edits]),
                None if draft.document.page is None else zlib.compress(draft.document.page),
                _now(),
            ),
        )  # fmt: skip
        for passage in draft.passages:
            self._insert_passage(key, revision, passage, model, facts)
        self._replace_print(key, draft.copy_print)
        return change

    def _insert_passage(self, key: int, revision: int, draft: PassageDraft, model: int, facts: dict[str, str]) -> None:
        block = draft.block
        cursor = self._db.execute(
            "INSERT INTO passages (article, revision, ordinal, start, end, text, kind, live) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, 1)",
            (key, revision, block.ordinal, block.start, block.end, block.text, block.kind.value),
        )
        passage_id = int(cursor.lastrowid or 0)
        self._db.executemany(
            "INSERT INTO sentences (passage, ordinal, start, end, hash) VALUES (?, ?, ?, ?, ?)",
            (
                (passage_id, n, span.start, span.end, digest)
                for n, (span, digest) in enumerate(zip(block.sentences, draft.sentence_hashes, strict=True), start=1)
            ),
        )
        self._insert_knowledge(passage_id, draft.knowledge)
        self._db.executemany(
            "INSERT INTO windows (model, passage, hash) VALUES (?, ?, ?)",
            ((model, passage_id, digest) for digest in draft.window_hashes),
        )
        self._db.execute(
            "INSERT INTO passages_text (rowid, text, headline, outlet, date) VALUES (?, ?, ?, ?, ?)",
            (
                passage_id, block.text, facts.get("title", ""), facts.get("outlet", ""),
                facts.get("published_at", "")[:10],
            ),
        )  # fmt: skip
        self._db.execute("INSERT INTO changes (passage, added) VALUES (?, 1)", (passage_id,))

    def _insert_knowledge(self, passage_id: int, knowledge: Knowledge) -> None:
        self._db.executemany(
            "INSERT INTO statements (passage, speaker, source_start, source_end, cue, start, end, kind, relayed, "
            "addressee, via, occasion_start, occasion_end) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    passage_id, s.speaker, s.source_start, s.source_end, s.cue, s.start, s.end, s.kind.value, s.relayed,
                    s.addressee, s.via, s.occasion and s.occasion.start, s.occasion and s.occasion.end,
                )
                for s in knowledge.statements
            ),
        )  # fmt: skip
        self._db.executemany(
            "INSERT INTO figures (passage, start, end, low, high, bound, unit, counted, as_of, claimant, "
            "claimant_start, claimant_end) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    passage_id, f.start, f.end, f.low, f.high, f.bound.value, f.unit, f.counted, f.as_of, f.claimant,
                    f.claimant_start, f.claimant_end,
                )
                for f in knowledge.figures
            ),
        )  # fmt: skip
        self._db.executemany(
            "INSERT INTO moments (passage, start, end, first, last, resolved_from) VALUES (?, ?, ?, ?, ?, ?)",
            ((passage_id, m.start, m.end, m.first, m.last, m.resolved_from) for m in knowledge.moments),
        )

    def _replace_print(self, key: int, copy_print: CopyPrint | None) -> None:
        self._db.execute("DELETE FROM fingerprints WHERE article = ?", (key,))
        if copy_print is None:
            return
        self._db.execute(
            "INSERT INTO fingerprints (article, signature, agency) VALUES (?, ?, ?)",
            (key, copy_print.signature, copy_print.agency),
        )

    def _retire_passages(self, key: int) -> None:
        ids = [row[0] for row in self._db.execute("SELECT id FROM passages WHERE article = ? AND live = 1", (key,))]
        for passage_id in ids:
            self._db.execute("DELETE FROM passages_text WHERE rowid = ?", (passage_id,))
            self._db.execute("INSERT INTO changes (passage, added) VALUES (?, 0)", (passage_id,))
        self._db.execute("UPDATE passages SET live = 0 WHERE article = ? AND live = 1", (key,))

    def _drop_unused_vectors(self) -> None:
        self._db.execute(
            "DELETE FROM vectors WHERE hash NOT IN (SELECT hash FROM windows) "
            "AND hash NOT IN (SELECT hash FROM sentences)"
        )


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
