"""Full-text search with FTS5 and the word statistics that weigh it."""

from __future__ import annotations

import functools
import math
import re
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from corpus.spelling import mistyped
from corpus.store.bm25 import K1, Shares, WordScores
from corpus.store.memo import Memo
from corpus.tokens import tokens

TOKENIZER = "porter unicode61 remove_diacritics 2"
"""As the index is declared in :mod:`corpus.migrations`."""

_STEMS_KEPT = 200_000
"""Words whose stems are remembered, some 30 MB at most."""

_TEXTS_KEPT = 20_000
"""Texts whose stems are remembered, some 10 MB of sentences: one question looks at about a thousand, and the next
at many of them again."""

_ENDINGS = ("", "e", "ion", "ing", "s", "ed", "y", "al", "ment", "er", "es")
"""One of them brings nearly every Porter stem back to a word of that stem."""

_NAME_SAMPLE = 20
_NAME_SHARE = 0.8
"""In how many of up to 20 passages a word must bear a capital to count as a name."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question as the full-text index sees it."""

    printed: str
    stem: str
    passages: int
    """In how many live passages it occurs."""
    read_as: str | None = None
    """A word of the stem it was taken for, where it stands nowhere itself and one letter makes it a word that does."""
    idf: float = 0.0
    """ln((N - n + 0.5) / (n + 0.5)), as FTS5 computes it (Robertson and Zaragoza 2009), at least 0.01."""


class Stemmer:
    """The words of a text as the full-text index sees them.

    Asks the tokenizer that the index uses, in a database in memory; a copy of its rules would drift. May be used by
    several threads.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._db: sqlite3.Connection | None = None
        self._known: dict[str, str] = {}
        self._texts: dict[str, list[str]] = {}

    def stems(self, texts: Sequence[str]) -> list[list[str]]:
        """For each text its stems in order; to be read, not changed."""
        with self._lock:
            if len(self._texts) > _TEXTS_KEPT:
                self._texts.clear()
            new = [text for text in texts if text not in self._texts]
            if new:
                self._texts.update(zip(new, self._stems(new), strict=True))
            return [self._texts[text] for text in texts]

    def stems_of_words(self, words: Sequence[str]) -> list[str]:
        """The stem of each word, "" where the index takes it for none."""
        with self._lock:
            self._learn({word for word in words if word not in self._known})
            return [self._known[word] for word in words]

    def _stems(self, texts: Sequence[str]) -> list[list[str]]:
        if len(self._known) > _STEMS_KEPT:
            self._known.clear()
        split = [tokens(text) for text in texts]
        known = self._known
        # Not a difference of sets: that would walk through everything that is known.
        self._learn({word for words in split for word in words if word not in known})
        return [[stem for word in words if (stem := known[word])] for words in split]

    def _learn(self, words: set[str]) -> None:
        # Asking SQLite costs microseconds a word, so each word is asked about once in a process.
        if not words:
            return
        # Of these it is certain that the tokenizer takes each for one word: one text of all is read in a third of the
        # time of a text each.
        plain = sorted(word for word in words if word.isascii())
        if plain:
            self._known.update(zip(plain, (stem for _, _, stem in self._instances([" ".join(plain)])), strict=True))
        others = sorted(word for word in words if not word.isascii())
        self._known.update(dict.fromkeys(others, ""))
        if others:
            self._known.update((others[text], stem) for text, place, stem in self._instances(others) if place == 0)

    def _instances(self, texts: Sequence[str]) -> list[tuple[int, int, str]]:
        """(text, place in it, stem) of each word of some texts."""
        if self._db is None:
            # Which thread asks does not matter: the lock lets in one at a time.
            self._db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
            self._db.execute(f"CREATE VIRTUAL TABLE texts USING fts5 (text, tokenize = '{TOKENIZER}')")
            self._db.execute("CREATE VIRTUAL TABLE stems USING fts5vocab (texts, instance)")
        self._db.execute("BEGIN")
        try:
            self._db.executemany("INSERT INTO texts (rowid, text) VALUES (?, ?)", enumerate(texts))
            return sorted(self._db.execute("SELECT doc, offset, term FROM stems"))
        finally:
            self._db.execute("ROLLBACK")  # half the time of deleting and committing


@functools.cache
def shared_stemmer() -> Stemmer:
    """The one of this process: whoever asks for the stem of a word, SQLite is asked about it once."""
    return Stemmer()


_CUT_OFF = frozenset({"won", "don"})
"""Words that are also what the tokenizer leaves of "won't" and "don't"."""


class TextSearch:
    """Searches the live passages of one collection."""

    def __init__(self, connection: sqlite3.Connection, memo: Memo) -> None:
        self._db = connection
        self._memo = memo
        self._stemmer = shared_stemmer()
        self._scores = WordScores(connection, memo)

    def words(self, printed: Sequence[str]) -> list[Word]:
        """Stem and weight each word. A word that the tokenizer splits or drops is left out."""
        found = []
        for word, terms in zip(printed, self._stemmer.stems(printed), strict=True):
            if len(terms) == 1:
                # Counting the passages of a frequent word means walking through all of them.
                known = self._memo.once(("word", terms[0]), partial(self._word, terms[0]))
                found.append(replace(known, printed=word))
        return found

    def _word(self, stem: str) -> Word:
        total, read_as = self._memo.once("live passages", self._live), None
        n = len(self._scores.postings(stem)[0])
        if not n and (meant := self._meant(stem)) is not None:
            stem, n = meant
            read_as = self._spelled(stem)
        if n and stem in _CUT_OFF:
            n -= self._contracted(stem)
        idf = max(math.log((total - n + 0.5) / (n + 0.5)) if total else 0.0, 0.01)
        return Word(stem, stem, n, read_as, idf)

    def _live(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM passages WHERE live = 1").fetchone()[0])

    def _contracted(self, stem: str) -> int:
        """In how many passages a word is the first half of "won't"."""
        # Passages that print both are counted as if they printed the contraction alone: few do.
        query = f'"{stem} t"'
        row = self._db.execute("SELECT count(*) FROM passages_text WHERE passages_text MATCH ?", (query,)).fetchone()
        return int(row[0])

    def _meant(self, stem: str) -> tuple[str, int] | None:
        """(stem, passages) of the most frequent word that ``stem`` may be a slip for."""
        rows = self._db.execute(
            "SELECT term, doc FROM passages_terms WHERE term >= ? AND term < ? AND length(term) BETWEEN ? AND ?",
            (stem[:2], stem[:2] + "\U0010ffff", len(stem) - 1, len(stem) + 1),
        )
        near = [(term, int(doc)) for term, doc in rows if mistyped(stem, term)]
        return max(near, key=lambda item: (item[1], item[0])) if near else None

    def _spelled(self, stem: str) -> str:
        """A word of that stem: FTS5 stems what it is asked for, and a stem may be cut once more ("defens", "defen")."""
        spelled = [stem + ending for ending in _ENDINGS]
        return next(
            (word for word, own in zip(spelled, self._stemmer.stems(spelled), strict=True) if own == [stem]), stem
        )

    def names_among(self, words: Sequence[str]) -> frozenset[str]:
        """Those of ``words``, in lower case, that the articles print with a capital nearly wherever they stand."""
        found = set()
        for word in self.words([word.lower() for word in words]):
            rows = self._db.execute(
                "SELECT text FROM passages_text WHERE passages_text MATCH ? LIMIT ?",
                (f'"{word.printed}"', _NAME_SAMPLE),
            )
            # Not at the start of a sentence, where every word has a capital.
            pattern = re.compile(rf"(?<=[\w,;] )({re.escape(word.printed)})\b", re.IGNORECASE)
            printed = [match for (text,) in rows for match in pattern.findall(text)]
            capitals = sum(not match[0].islower() for match in printed)
            if printed and capitals >= _NAME_SHARE * len(printed):
                found.add(word.printed)
        return frozenset(found)

    def passages_with(self, words: Sequence[str], limit: int) -> list[str]:
        """Texts of up to ``limit`` live passages that hold all of the words, in any form."""
        stems = [part for word in words for part in tokens(word)]
        if not stems:
            return []
        query = " AND ".join(f'text:"{stem}"' for stem in stems)
        rows = self._db.execute("SELECT text FROM passages_text WHERE passages_text MATCH ? LIMIT ?", (query, limit))
        return [row[0] for row in rows]

    def shares(self, words: Iterable[Word]) -> Shares:
        """For every live passage that matches a word: its share of the best possible BM25 score.

        The share is the BM25 score divided by the most that these words could ever score, so it lies
        between 0 and about 1 and means the same in a collection of 30 passages and of 300,000.
        """
        # A word given twice counts once.
        unique = {word.stem: word for word in words if word.passages}
        if not unique:
            return Shares(np.zeros(0))
        most = sum(word.idf for word in unique.values()) * (K1 + 1)
        passages, scores = zip(*(self._scores.postings(stem) for stem in unique), strict=True)
        found = np.bincount(np.concatenate(passages), weights=np.concatenate(scores) / most)
        return Shares(found.astype(np.float64))
