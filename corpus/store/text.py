"""Full-text search with FTS5 and the word statistics that weigh it."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.store.filters import Filters

_K1_PLUS_1 = 2.2
"""FTS5's bm25() has k1 = 1.2 and b = 0.75 built in; a word's share of a score approaches idf * (k1 + 1)."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question as the full-text index sees it."""

    printed: str
    stem: str
    passages: int
    """In how many live passages it occurs."""
    idf: float
    """ln((N - n + 0.5) / (n + 0.5)), as FTS5 computes it (Robertson and Zaragoza 2009), at least 0.01."""


class TextSearch:
    """Searches the live passages of one collection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._scratch: sqlite3.Connection | None = None

    def words(self, printed: Sequence[str]) -> list[Word]:
        """Stem and weight each word. A word that the tokenizer splits or drops is left out."""
        total = self._db.execute("SELECT count(*) FROM passages WHERE live = 1").fetchone()[0]
        stems = self._stems(printed)
        found = []
        for word, stem in stems:
            row = self._db.execute("SELECT doc FROM passages_terms WHERE term = ?", (stem,)).fetchone()
            n = 0 if row is None else int(row[0])
            idf = max(math.log((total - n + 0.5) / (n + 0.5)) if total else 0.0, 0.01)
            found.append(Word(word, stem, n, idf))
        return found

    def search(
        self, words: Iterable[Word], limit: int, filters: Filters | None = None
    ) -> dict[int, float]:
        """The best ``limit`` passages by BM25, as passage id -> share.

        The share is the BM25 score divided by the most that these words could ever score, so it lies
        between 0 and about 1 and means the same in a collection of 30 passages and of 300,000.
        """
        return self._scored(words, filters, None, limit)

    def score(self, words: Iterable[Word], passage_ids: Sequence[int]) -> dict[int, float]:
        """The share of each of the named passages; those that match no word are absent."""
        return self._scored(words, None, passage_ids, len(passage_ids))

    def _scored(
        self, words: Iterable[Word], filters: Filters | None, ids: Sequence[int] | None, limit: int
    ) -> dict[int, float]:
        words = [word for word in words if word.passages]
        most = sum(word.idf for word in words) * _K1_PLUS_1
        if not words or limit < 1:
            return {}
        # Each word quoted and joined by OR: a raw question is a syntax error for FTS5.
        values: list[object] = [_match(words)]
        condition = ""
        if filters:
            inner, parameters = filters.condition()
            condition = (
                " AND rowid IN (SELECT p.id FROM passages p JOIN articles a ON a.key = p.article "
                f"JOIN revisions r ON r.article = p.article AND r.revision = p.revision WHERE {inner})"
            )
            values += parameters
        if ids is not None:
            condition += f" AND rowid IN ({', '.join('?' * len(ids))})"
            values += ids
        rows = self._db.execute(
            # bm25() is negative, smaller is better. The headline counts less than the passage itself.
            "SELECT rowid, -bm25(passages_text, 1.0, 0.6, 0.4, 0.2) AS score FROM passages_text "
            f"WHERE passages_text MATCH ?{condition} ORDER BY score DESC LIMIT ?",
            (*values, limit),
        )
        return {row[0]: row[1] / most for row in rows}

    def _stems(self, printed: Sequence[str]) -> list[tuple[str, str]]:
        """Ask the same tokenizer that the index uses; a copy of its rules would drift."""
        if self._scratch is None:
            self._scratch = sqlite3.connect(":memory:", isolation_level=None)
            self._scratch.execute(
                "CREATE VIRTUAL TABLE words USING fts5 (word, tokenize = 'porter unicode61 remove_diacritics 2')"
            )
            self._scratch.execute("CREATE VIRTUAL TABLE stems USING fts5vocab (words, instance)")
        self._scratch.execute("DELETE FROM words")
        self._scratch.executemany(
            "INSERT INTO words (rowid, word) VALUES (?, ?)", enumerate(printed, start=1)
        )
        found: dict[int, list[str]] = {}
        for doc, term in self._scratch.execute("SELECT doc, term FROM stems ORDER BY doc, offset"):
            found.setdefault(doc, []).append(term)
        return [(printed[doc - 1], terms[0]) for doc, terms in sorted(found.items()) if len(terms) == 1]


def _match(words: Iterable[Word]) -> str:
    # One query term a stem: a word given twice would count twice.
    unique = {word.stem: word.printed for word in words}
    return " OR ".join('"' + printed.replace('"', '""') + '"' for printed in unique.values())
