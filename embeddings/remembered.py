"""The vectors of the last questions: one that is asked again, of each outlet for instance, is not read again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from embeddings.encoder import Vectors

_QUESTIONS_KEPT = 500
"""Less than a megabyte."""

_TOGETHER = 32
"""Texts that are encoded at once, before the first of them is answered."""


class Remembered:
    """An encoding function that remembers. May be used by several threads.

    :param encode: texts to float32 of shape (len(texts), dimension).
    :param most: how many texts are remembered, those asked for last.
    """

    def __init__(self, encode: Callable[[list[str]], Vectors], most: int = _QUESTIONS_KEPT) -> None:
        self._encode = encode
        self._most = most
        self._lock = threading.Lock()
        self._kept: dict[str, Vectors] = {}

    def __contains__(self, text: str) -> bool:
        return text in self._kept

    def foresee(self, texts: Iterable[str]) -> None:
        """Have the vectors ready of texts that are going to be asked for, the next of them first.

        Many together take a third of the time of one by one; so, once the next one is not ready, all are made ready.
        While it is, the others are not even looked at.
        """
        coming = iter(texts)
        following = next(coming, None)
        if following is not None and following not in self:
            self.vectors([following, *islice(coming, _TOGETHER - 1)])

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """What ``encode`` gives for the texts; it is given only those that are not remembered, each once."""
        if not texts:
            return self._encode([])
        with self._lock:
            found = {text: vector for text in texts if (vector := self._kept.pop(text, None)) is not None}
        # Not under the lock: two threads may encode at once, and seldom the same text.
        new = [text for text in dict.fromkeys(texts) if text not in found]
        if new:
            # Copies: each would else hold on to the vectors of all that it was encoded with.
            found.update((text, vector.copy()) for text, vector in zip(new, self._encode(new), strict=True))
        with self._lock:
            self._kept.update(found)  # the last asked for stand last
            for oldest in list(self._kept)[: max(len(self._kept) - self._most, 0)]:
                del self._kept[oldest]
        return np.stack([found[text] for text in texts])
