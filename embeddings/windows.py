"""Windows: a long passage in stretches that a model reads whole, whoever counts its tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

_OVERLAP = 48
"""Tokens that two neighbouring windows share, about two sentences, so that none is lost in a cut."""

_SPECIAL_TOKENS = 2
"""[CLS] and [SEP], which count against the model's limit."""

_LEAST_ROOM = 32
"""Tokens of a passage in a window, however long the prefix is."""


class Pieces(Protocol):
    """A text in a model's own tokens, the special ones left out."""

    def count(self, text: str) -> int:
        """How many tokens ``text`` has."""

    def split(self, text: str) -> tuple[Sequence[tuple[int, int]], Sequence[int | None]]:
        """For each token where it stands in ``text`` (characters, end excluded) and the number of its word."""


def windows(text: str, prefix: str, most: int, pieces: Pieces) -> list[tuple[int, int]]:
    """Character ranges that cover ``text``, each read whole behind ``prefix`` by a model of ``most`` tokens."""
    limit = most - _SPECIAL_TOKENS
    # A token covers at least one byte, if not one character ("한" is three): a short text needs no tokenising.
    if len((prefix + text).encode("utf-8", "replace")) <= limit:
        return [(0, len(text))]
    room = max(limit - pieces.count(prefix), _LEAST_ROOM)
    offsets, words = pieces.split(text)
    if len(offsets) <= room:
        return [(0, len(text))]
    return list(_slide(offsets, words, room, len(text)))


def _slide(
    offsets: Sequence[tuple[int, int]], words: Sequence[int | None], room: int, length: int
) -> Iterator[tuple[int, int]]:
    overlap = min(_OVERLAP, room // 4)
    first = 0
    while True:
        last = min(first + room, len(offsets))
        # Not within a character that several tokens stand for: the window would hold the whole of it.
        while first + 1 < last < len(offsets) and offsets[last][0] < offsets[last - 1][1]:
            last -= 1
        start = 0 if first == 0 else offsets[first][0]
        end = length if last == len(offsets) else offsets[last - 1][1]
        yield start, end
        if last == len(offsets):
            return
        # From the beginning of a word: one half of it would be read as other tokens, and perhaps as more of them.
        word = last - overlap
        while word > first + overlap and words[word] == words[word - 1]:
            word -= 1
        first = word if word > first + overlap else last - overlap
