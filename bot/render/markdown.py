"""Text that is safe to show in Discord: its words stay as they are, nothing in them acts.

A backslash before a mark keeps the mark and takes its effect; a reader sees, and copies, what was printed.
"""

from __future__ import annotations

import re
from urllib.parse import quote as percent_encode
from urllib.parse import urlsplit

from bot.render.lines import visible

_MARKS = re.compile(r"([\\*_~`|<>\[\]()@#])")
_LIST = re.compile(r"^([ \t]*)(\d*)([-+.])(?=\s)", re.MULTILINE)
_ADDRESS = re.compile(r"\b(https?|discord|ftp|mailto|steam)(:)", re.IGNORECASE)

_LONGEST_LINK = 500
"""Characters of an address that a card can bear: it counts towards the text of a message."""


def escaped(text: str) -> str:
    """The text with everything that Discord would act on switched off: marks, mentions, links, lists, spoilers."""
    text = _MARKS.sub(r"\\\1", visible(text))
    text = _LIST.sub(r"\1\2\\\3", text)
    return _ADDRESS.sub(r"\1\\\2", text)


def escaped_line(text: str) -> str:
    """The same on one line."""
    return escaped(" ".join(text.split()))


def block_quote(text: str) -> str:
    """Markdown set apart as a quote, line by line."""
    return "\n".join(f"> {line}" for line in text.split("\n"))


def web_link(url: str | None) -> str | None:
    """An address that may stand in a masked link; None for anything but a short http(s) address with a host."""
    if not url or len(url) > _LONGEST_LINK or any(character.isspace() for character in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    # A bracket or a quote mark would end the link early.
    return percent_encode(url, safe="!#$%&'*+,-./:;=?@_~")


def masked_link(label: str, url: str | None) -> str:
    """``[label](url)`` with the label escaped, or the label alone where the address cannot be used."""
    usable = web_link(url)
    return f"[{escaped_line(label)}]({usable})" if usable else escaped_line(label)
