"""Words and stems as numbers, so that texts are compared as arrays and not word by word."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterable, Sequence
from itertools import chain, repeat

import numpy as np
from numpy.typing import NDArray

from corpus.store.text import shared_stemmer
from retrieval.lexicon import tokens

Numbers = NDArray[np.int32]

_ROOM = 1 << 12


class Vocabulary:
    """Gives each word, in lower case, and each stem a number, counted from 1. May be used by several threads.

    It only grows: by Heaps' law millions of words of news hold some hundred thousand different ones, some 10 MB.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stemmer = shared_stemmer()
        self._words: dict[str, int] = {"": 0}
        self._stems: dict[str, int] = {"": 0}
        self._spelled = [""]
        self._stem_of = np.zeros(_ROOM, dtype=np.int32)

    def words(self, text: str) -> Numbers:
        """The words of a text in order, shape (words,)."""
        return self.words_of([text])[0]

    def words_of(self, texts: Sequence[str]) -> tuple[Numbers, Numbers]:
        """The words of some texts one after another, shape (words,), and how many each has, shape (texts,)."""
        typed = [tokens(text.lower()) for text in texts]
        sizes = np.fromiter(map(len, typed), dtype=np.int32, count=len(typed))
        every = list(chain.from_iterable(typed))
        numbers = np.fromiter(map(self._words.get, every, repeat(-1)), dtype=np.int32, count=len(every))
        unknown = np.flatnonzero(numbers < 0)
        if len(unknown):
            new = [every[n] for n in unknown.tolist()]
            self._learn(new)
            numbers[unknown] = [self._words[word] for word in new]
        return numbers, sizes

    def stems_of(self, words: Numbers) -> Numbers:
        """The stem of each word, same shape; 0 where the full-text index takes it for none."""
        return self._stem_of[words]

    def spelled(self, stems: Numbers) -> set[str]:
        """The stems that some numbers stand for."""
        return {self._spelled[number] for number in stems.tolist()}

    def stem(self, stem: str) -> int:
        """The number of a stem, 0 for one that no text has had yet."""
        return self._stems.get(stem, 0)

    def __len__(self) -> int:
        """One more than the highest number of a stem."""
        return len(self._stems)

    def _learn(self, typed: Iterable[str]) -> None:
        with self._lock:
            new = [word for word in dict.fromkeys(typed) if word not in self._words]
            while len(self._words) + len(new) > len(self._stem_of):
                self._stem_of = np.concatenate([self._stem_of, np.zeros_like(self._stem_of)])
            for word, stem in zip(new, self._stemmer.stems_of_words(new), strict=True):
                number = len(self._words)
                self._stem_of[number] = self._numbered(stem)
                self._words[word] = number  # last: who finds it without the lock finds its stem

    def _numbered(self, stem: str) -> int:
        if stem not in self._stems:
            self._spelled.append(stem)
            self._stems[stem] = len(self._spelled) - 1
        return self._stems[stem]


def vocabulary() -> Vocabulary:
    """The one of this process: numbers of different ones could not be compared."""
    with _making:
        return _made()


_making = threading.Lock()


@functools.cache
def _made() -> Vocabulary:
    return Vocabulary()
