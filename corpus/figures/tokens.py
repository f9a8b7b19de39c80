"""One sentence as the rules read it: words, numerals and marks, each with its place in the body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

# A numeral keeps the marks between its digits, so that dates, clock times and versions stay one token; a word keeps
# its possessive ending. Hyphens stand alone: "40-minute" is a number, a hyphen and a unit.
_TOKEN: Final = re.compile(
    r"[^\W\d_](?:\.[A-Za-z](?![^\W_]))+\.?|[^\W\d_]+(?:[’'][^\W\d_]+)*|[0-9]+(?:[.,:/][0-9]+)*|\S"
)
# As many empty tokens follow the last, so that looking a few ahead, or back past the first, needs no check.
_MARGIN: Final = 6

SHOUTED: Final = frozenset(("US", "IT", "WHO"))
"""Names that only their capitals tell from pronouns."""


@dataclass(slots=True)
class Tokens:
    """Parallel lists over one sentence; ``lows`` is lower case. Empty tokens follow the last one."""

    words: list[str]
    lows: list[str]
    starts: list[int]
    ends: list[int]
    count: int

    def glued(self, at: int) -> bool:
        """Whether nothing stands between a token and the one before it."""
        return self.starts[at] == self.ends[at - 1]

    def capital(self, at: int) -> bool:
        """Whether a token is a capitalised word."""
        return self.words[at][:1].isupper()

    def numeral(self, at: int) -> bool:
        """Whether a token begins with a digit, number or not."""
        return "0" <= self.words[at][:1] <= "9"

    def hyphen(self, at: int) -> bool:
        """Whether a token is a hyphen within a word."""
        return self.lows[at] in HYPHENS and self.glued(at) and self.glued(at + 1)


HYPHENS: Final = frozenset("-‐‑")
DASHES: Final = frozenset("-‐‑–—−")


def read_tokens(body: str, start: int, end: int) -> Tokens:
    """The tokens of one range of a body."""
    spans = [match.span() for match in _TOKEN.finditer(body, start, end)]
    words = [body[first:last] for first, last in spans]
    margin = [""] * _MARGIN
    return Tokens(
        words + margin,
        [*map(str.lower, words), *margin],
        [first for first, _ in spans] + [-2] * _MARGIN,
        [last for _, last in spans] + [-1] * _MARGIN,
        len(words),
    )
