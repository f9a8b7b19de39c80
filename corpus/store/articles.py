"""Reading articles, passages, sentences and statements."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.errors import ArticleNotFoundError
from corpus.models import (
    Article,
    Edit,
    Passage,
    PassageKind,
    Sentence,
    Span,
    Statement,
    StatementKind,
)
from corpus.store.filters import Filters, folded
from corpus.store.memo import Memo

_BATCH = 500
"""Ids per SELECT; SQLite's own limit on variables is far higher, long IN lists only parse slowly."""

_LIVE = (
    "passages p JOIN articles a ON a.key = p.article "
    "JOIN revisions r ON r.article = p.article AND r.revision = p.revision"
)


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """What a list of articles shows of one."""

    id: str
    revision: int
    title: str | None
    outlet: str | None
    author: str | None
    url: str | None
    published_at: str | None
    passages: int


@dataclass(frozen=True, slots=True)
class Size:
    """How much a collection holds."""

    articles: int
    passages: int
    outlets: int
    first_date: str | None
    last_date: str | None


@dataclass(frozen=True, slots=True)
class SpokenStatement:
    """A statement with the passage it stands in."""

    passage_id: int
    statement: Statement


class Articles:
    """Reads only. ``collection`` is carried into the values."""

    def __init__(self, connection: sqlite3.Connection, collection: str, memo: Memo) -> None:
        self._db = connection
        self._collection = collection
        self._memo = memo

    def size(self) -> Size:
        """Counts of what is live."""
        return self._memo.once("size", self._size)

    def _size(self) -> Size:
        row = self._db.execute(
            "SELECT count(*), count(DISTINCT r.outlet), min(substr(r.published_at, 1, 10)), "
            "max(substr(r.published_at, 1, 10)) FROM articles a JOIN revisions r "
            "ON r.article = a.key AND r.revision = a.revision WHERE a.removed_at IS NULL"
        ).fetchone()
        passages = self._db.execute("SELECT count(*) FROM passages WHERE live = 1").fetchone()[0]
        return Size(row[0], passages, row[1], row[2], row[3])

    def stored_bytes(self) -> int:
        """What the articles take as they were read, all revisions together: what a quota counts."""
        row = self._db.execute(
            "SELECT coalesce(sum(length(CAST(raw AS BLOB)) + coalesce(length(page), 0)), 0) FROM revisions"
        ).fetchone()
        return int(row[0])

    def get(self, article_id: str, revision: int | None = None) -> Article:
        """One article, its newest revision unless another is named.

        Raises :class:`ArticleNotFoundError` with a sentence that says whether it was removed.
        """
        head = self._db.execute(
            "SELECT key, revision, removed_at, origin FROM articles WHERE id = ?", (article_id,)
        ).fetchone()
        if head is None:
            raise ArticleNotFoundError(f"There is no article {article_id!r}; list them with: dateline sources")
        key, newest, removed_at, origin = head
        if removed_at is not None:
            raise ArticleNotFoundError(f"The article {article_id!r} was removed on {removed_at[:10]}.")
        row = self._db.execute(
            "SELECT revision, title, body, raw, edits, outlet, author, url, published_at, dateline, category, "
            "provenance, ingested_at FROM revisions WHERE article = ? AND revision = ?",
            (key, newest if revision is None else revision),
        ).fetchone()
        if row is None:
            raise ArticleNotFoundError(f"The article {article_id!r} has revisions 1 to {newest}, not {revision}.")
        return Article(
            collection=self._collection, id=article_id, revision=row[0], title=row[1], body=row[2], raw=row[3],
            edits=tuple(Edit(*edit) for edit in json.loads(row[4])),
            outlet=row[5], author=row[6], url=row[7], published_at=row[8], dateline=row[9], category=row[10],
            provenance=json.loads(row[11]), origin=origin, ingested_at=row[12],
        )  # fmt: skip

    def listed(self, filters: Filters | None = None, query: str | None = None) -> list[ArticleSummary]:
        """All live articles that the filters admit, newest first; ``query`` is a part of title or id."""
        condition, values = (filters or Filters()).condition()
        if query:
            condition += " AND (instr(folded(coalesce(r.title, '')), ?) OR instr(folded(a.id), ?))"
            values += [folded(query), folded(query)]
        rows = self._db.execute(
            "SELECT a.id, r.revision, r.title, r.outlet, r.author, r.url, r.published_at, count(p.id) "
            f"FROM {_LIVE} WHERE {condition} GROUP BY a.key ORDER BY r.published_at IS NULL, r.published_at DESC, a.id",
            values,
        )
        return [ArticleSummary(*row) for row in rows]

    def summaries(self, article_ids: Sequence[str]) -> list[ArticleSummary]:
        """The live articles of the ids named."""
        found = []
        for marks, batch in batches(article_ids):
            rows = self._db.execute(
                "SELECT a.id, r.revision, r.title, r.outlet, r.author, r.url, r.published_at, "
                "(SELECT count(*) FROM passages p WHERE p.article = a.key AND p.live = 1) "
                "FROM articles a JOIN revisions r ON r.article = a.key AND r.revision = a.revision "
                f"WHERE a.removed_at IS NULL AND a.id IN ({marks})",
                batch,
            )
            found += [ArticleSummary(*row) for row in rows]
        return found

    def ids(self) -> list[str]:
        """Ids of all live articles, sorted."""
        return [r[0] for r in self._db.execute("SELECT id FROM articles WHERE removed_at IS NULL ORDER BY id")]

    def outlets(self) -> list[str]:
        """Outlets that live articles name, by number of articles."""
        return self._memo.once("outlets", self._outlets)

    def _outlets(self) -> list[str]:
        rows = self._db.execute(
            "SELECT r.outlet, count(*) AS n FROM articles a JOIN revisions r ON r.article = a.key "
            "AND r.revision = a.revision WHERE a.removed_at IS NULL AND r.outlet IS NOT NULL "
            "GROUP BY r.outlet ORDER BY n DESC, r.outlet"
        )
        return [row[0] for row in rows]

    def speakers(self) -> list[tuple[str, int]]:
        """Everyone who is on record in live passages, with the number of statements, most first."""
        return self._memo.once("speakers", self._speakers)

    def _speakers(self) -> list[tuple[str, int]]:
        rows = self._db.execute(
            "SELECT s.speaker, count(*) AS n FROM statements s JOIN passages p ON p.id = s.passage "
            "WHERE p.live = 1 GROUP BY s.speaker ORDER BY n DESC, s.speaker"
        )
        return [(row[0], row[1]) for row in rows]

    def undated(self, filters: Filters) -> int:
        """How many articles a dated question leaves out because they bear no date."""
        condition, values = filters.without_dates().condition()
        row = self._db.execute(
            f"SELECT count(DISTINCT a.key) FROM {_LIVE} WHERE {condition} AND r.published_at IS NULL", values
        ).fetchone()
        return int(row[0])

    def passages(self, article_id: str, revision: int) -> list[Passage]:
        """All passages of one revision, in order."""
        return list(self._read_passages("a.id = ? AND p.revision = ? ORDER BY p.ordinal", (article_id, revision)))

    def live_passages(self, ids: Sequence[int]) -> dict[int, Passage]:
        """Those of ``ids`` that are live."""
        found: dict[int, Passage] = {}
        for marks, batch in batches(ids):
            for passage in self._read_passages(f"p.live = 1 AND p.id IN ({marks})", batch):
                found[passage.id] = passage
        return found

    def live_ids(self, filters: Filters) -> list[int]:
        """Ids of all live passages that the filters admit."""
        condition, values = filters.condition()
        return [r[0] for r in self._db.execute(f"SELECT p.id FROM {_LIVE} WHERE {condition}", values)]

    def sentences(self, passage_ids: Sequence[int]) -> dict[int, list[tuple[Sentence, bytes]]]:
        """For each passage its sentences, each with the hash under which its vector is stored."""
        found: dict[int, list[tuple[Sentence, bytes]]] = {i: [] for i in passage_ids}
        for marks, batch in batches(passage_ids):
            rows = self._db.execute(
                f"SELECT passage, start, end, hash FROM sentences WHERE passage IN ({marks}) ORDER BY passage, ordinal",
                batch,
            )
            for passage, start, end, digest in rows:
                found[passage].append((Sentence(passage, start, end), digest))
        return found

    def titled_texts(self, passage_ids: Sequence[int]) -> list[tuple[int, str | None, str]]:
        """(passage id, title of its article, text) of the passages named."""
        found: list[tuple[int, str | None, str]] = []
        for marks, batch in batches(passage_ids):
            found += self._db.execute(f"SELECT p.id, r.title, p.text FROM {_LIVE} WHERE p.id IN ({marks})", batch)
        return found

    def sentence_texts(self, passage_id: int) -> list[str]:
        """The sentences of one passage as they are embedded: trimmed."""
        rows = self._db.execute(
            "SELECT substr(p.text, s.start - p.start + 1, s.end - s.start) FROM sentences s "
            "JOIN passages p ON p.id = s.passage WHERE p.id = ? ORDER BY s.ordinal",
            (passage_id,),
        )
        return [row[0].strip() for row in rows]

    def statements_in(self, passage_ids: Sequence[int]) -> dict[int, list[Statement]]:
        """For each passage what is said in it, in order."""
        found: dict[int, list[Statement]] = {i: [] for i in passage_ids}
        for marks, batch in batches(passage_ids):
            for passage, statement in self._read_statements(f"s.passage IN ({marks})", batch):
                found[passage].append(statement)
        return found

    def statements_by(self, speakers: Sequence[str], filters: Filters | None = None) -> list[SpokenStatement]:
        """Everything live that the named speakers said, in order of articles and offsets."""
        condition, values = (filters or Filters()).condition()
        found = []
        for marks, batch in batches(list(speakers)):
            for passage, statement in self._read_statements(
                f"s.speaker IN ({marks}) AND s.passage IN (SELECT p.id FROM {_LIVE} WHERE {condition})",
                [*batch, *values],
            ):
                found.append(SpokenStatement(passage, statement))
        return sorted(found, key=lambda s: (s.passage_id, s.statement.start))

    def fate(self, article_id: str) -> tuple[int, str | None] | None:
        """(last revision, date of removal or None) of an id ever given out, else None."""
        row = self._db.execute("SELECT revision, removed_at FROM articles WHERE id = ?", (article_id,)).fetchone()
        return None if row is None else (row[0], row[1])

    def _read_passages(self, condition: str, values: Iterable[object]) -> Iterator[Passage]:
        rows = self._db.execute(
            "SELECT p.id, a.id, p.revision, p.ordinal, p.start, p.end, p.text, p.kind "
            f"FROM passages p JOIN articles a ON a.key = p.article WHERE {condition}",
            tuple(values),
        )
        for row in rows:
            yield Passage(
                id=row[0], article_id=row[1], revision=row[2], ordinal=row[3], start=row[4], end=row[5], text=row[6],
                kind=PassageKind(row[7]),
            )  # fmt: skip

    def _read_statements(self, condition: str, values: Iterable[object]) -> Iterator[tuple[int, Statement]]:
        rows = self._db.execute(
            "SELECT s.passage, s.speaker, s.source_start, s.source_end, s.cue, s.start, s.end, s.kind, s.relayed, "
            "s.addressee, s.via, s.occasion_start, s.occasion_end "
            f"FROM statements s WHERE {condition} ORDER BY s.passage, s.start",
            tuple(values),
        )
        for row in rows:
            yield row[0], Statement(
                speaker=row[1], source_start=row[2], source_end=row[3], cue=row[4], start=row[5], end=row[6],
                kind=StatementKind(row[7]), relayed=row[8], addressee=row[9], via=row[10],
                occasion=None if row[11] is None else Span(row[11], row[12]),
            )  # fmt: skip


def batches(values: Sequence[object]) -> Iterator[tuple[str, Sequence[object]]]:
    """The values in lists short enough for one statement, each with its question marks."""
    for first in range(0, len(values), _BATCH):
        batch = values[first : first + _BATCH]
        yield ", ".join("?" * len(batch)), batch
