"""BM25 over the full-text index, word by word and as arrays.

FTS5's own bm25() goes through the passages one by one, and again for every question. What one word gives a passage does
not depend on the other words, so it is worked out once, here, from what the index holds; the figures are the same.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.store.memo import Memo, State

K1 = 1.2
"""As FTS5 has it built in; a word's share of a score approaches idf * (k1 + 1)."""

_B = 0.75

_WEIGHTS = {"text": 1.0, "headline": 0.6, "outlet": 0.4, "date": 0.2}
"""The headline counts less than the passage itself."""

_LEAST_IDF = 1e-6
"""What FTS5 gives a word that stands in more than half of the passages."""

_KEPT = 2_000_000
"""Pairs of a word and a passage that are remembered, 32 MB: the frequent words of news over 100,000 passages."""

Postings = tuple[NDArray[np.int64], NDArray[np.float64]]
"""Ids of passages, ascending, and the score of one word in each."""


class WordScores:
    """What each word gives each passage (BM25, Robertson and Zaragoza 2009)."""

    def __init__(self, connection: sqlite3.Connection, memo: Memo) -> None:
        self._db = connection
        self._memo = memo
        self._state: State | None = None
        self._kept: dict[str, Postings] = {}
        self._size = 0

    def postings(self, stem: str) -> Postings:
        """The passages that hold a stem; kept for the stems that were last asked for.

        Raises ``sqlite3.DatabaseError`` when the full-text index is damaged.
        """
        state = self._memo.state()
        if state != self._state:
            self._state, self._size = state, 0
            self._kept.clear()
        found = self._kept.pop(stem, None)
        if found is None:
            found = self._read(stem)
            self._size += len(found[0])
        self._kept[stem] = found  # the last used stands last
        while self._size > _KEPT and len(self._kept) > 1:
            passages, _ = self._kept.pop(next(iter(self._kept)))
            self._size -= len(passages)
        return found

    def _read(self, stem: str) -> Postings:
        # As two texts: rows fetched one by one take three times as long, and cutting the names in SQL twice as long.
        places, columns = self._db.execute(
            "SELECT group_concat(doc), group_concat(col, '') FROM passages_occurrences WHERE term = ?", (stem,)
        ).fetchone()
        each = _numbers(places)
        if not len(each):
            return each, np.zeros(0)
        # No name of a column holds another, nor do the end of one and the beginning of another make one.
        for column in _WEIGHTS:
            columns = columns.replace(column, column[0])
        weights = _WEIGHT_OF[np.frombuffer(columns.encode(), dtype=np.uint8)]
        firsts = np.flatnonzero(np.diff(each, prepend=-1))
        passages, frequencies = each[firsts], np.add.reduceat(weights, firsts)
        count, mean, lengths = self._memo.once("lengths", self._lengths)
        if passages[-1] >= len(lengths) or not lengths[passages].all():
            # What FTS5 says of an index that names passages of which it holds nothing.
            raise sqlite3.DatabaseError("database disk image is malformed")
        idf = np.log((count - len(passages) + 0.5) / (len(passages) + 0.5))
        norms = K1 * (1 - _B + _B * lengths[passages] / mean)
        return passages, max(idf, _LEAST_IDF) * frequencies * (K1 + 1) / (frequencies + norms)

    def _lengths(self) -> tuple[int, float, NDArray[np.float32]]:
        """How many passages there are, their mean length in words, and by id the length of each."""
        ids, sizes = self._db.execute(
            "SELECT group_concat(id), group_concat(hex(sz), '') FROM passages_text_docsize"
        ).fetchone()
        passages = _numbers(ids)
        if not len(passages):
            return 0, 1.0, np.zeros(1, dtype=np.float32)
        # Of each row the words in each column, as SQLite writes integers: seven bits a byte, the last without a mark.
        encoded = np.frombuffer(bytes.fromhex(sizes), dtype=np.uint8)
        ends = np.flatnonzero(encoded < 0x80)
        firsts = np.concatenate([[0], ends[:-1] + 1])
        below = np.repeat(ends, ends - firsts + 1) - np.arange(len(encoded))
        numbers = np.add.reduceat((encoded & 0x7F).astype(np.int64) << (7 * below), firsts)
        lengths = numbers.reshape(len(passages), -1).sum(axis=1)
        by_id = np.zeros(passages.max() + 1, dtype=np.float32)
        by_id[passages] = lengths
        return len(passages), float(lengths.sum() / len(passages)), by_id


class Shares(Mapping[int, float]):
    """Passage id -> its share of the best possible score, for the passages that match."""

    def __init__(self, by_id: NDArray[np.float64]) -> None:
        self._by_id = by_id

    def __getitem__(self, passage: int) -> float:
        share = float(self._by_id[passage]) if 0 <= passage < len(self._by_id) else 0.0
        if not share:
            raise KeyError(passage)
        return share

    def of(self, passages: Sequence[int]) -> list[float]:
        """The share of each of some passages, 0 for one that does not match."""
        ids = np.asarray(passages, dtype=np.int64)
        found = np.zeros(len(ids))
        known = (ids >= 0) & (ids < len(self._by_id))
        found[known] = self._by_id[ids[known]]
        shares: list[float] = found.tolist()
        return shares

    def __iter__(self) -> Iterator[int]:
        return iter(np.flatnonzero(self._by_id).tolist())

    def __len__(self) -> int:
        return int(np.count_nonzero(self._by_id))

    def best(self, most: int, allowed: Sequence[int] | None = None) -> dict[int, float]:
        """The best of them, best first; only among ``allowed`` if given."""
        if allowed is None:
            passages = np.flatnonzero(self._by_id)
        else:
            passages = np.array([i for i in allowed if i in self], dtype=np.int64)
        shares = self._by_id[passages]
        if len(passages) > most:
            # With all that are as good as the last one: of equals the first ids are taken.
            near = shares >= np.partition(shares, -most)[-most]
            passages, shares = passages[near], shares[near]
        order = np.lexsort((passages, -shares))[:most]
        return dict(zip(passages[order].tolist(), shares[order].tolist(), strict=True))


def _numbers(text: str | None) -> NDArray[np.int64]:
    return np.fromstring(text or "", dtype=np.int64, sep=",")


_WEIGHT_OF = np.zeros(128)
for _column, _weight in _WEIGHTS.items():
    _WEIGHT_OF[ord(_column[0])] = _weight
