"""Lines for a terminal, and text that is safe to show in one."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from rich.text import Text

_REORDERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that show text in another order than it is stored."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line; a terminal wraps it under its indent unless it is to stay ``whole``, like a link."""

    text: Text
    indent: int = 0
    whole: bool = False

    @property
    def plain(self) -> str:
        """The line without any style."""
        return (" " * self.indent + self.text.plain).rstrip()


def visible(text: str) -> str:
    """The text with everything that would act on a terminal written out, e.g. ``\\x1b``.

    Articles are other people's text: an escape sequence in one must not move a cursor, set a title or
    hide a word.
    """
    return "".join(_shown(character) for character in text)


def one_line(text: str) -> str:
    """The same on one line, white space to single spaces."""
    return visible(" ".join(text.split()))


def shortened(text: str, limit: int) -> str:
    """At most ``limit`` characters on one line, cut between words and marked with an ellipsis."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return visible(text)
    head = text[:limit]
    # A text without spaces (Chinese, one endless word) is cut where it must be.
    if not text[limit].isspace() and " " in head:
        head = head.rpartition(" ")[0]
    return visible(head.rstrip(" ,;:–—-")) + " …"


def _shown(character: str) -> str:
    if character in "\n\t":
        return character
    if character in _REORDERING or unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp"):
        code = ord(character)
        return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
    return character
