"""Links that open an article at the quoted words (URL fragment text directives, WICG scroll-to-text-fragment)."""

from __future__ import annotations

import re
from urllib.parse import quote as percent_encode
from urllib.parse import urlsplit

_WORD = re.compile(r"\w+(?:[’'.-]\w+)*")

_WHOLE = 200
"""Characters up to which the quote itself is put into the link; a longer one is named by its ends."""

_END_WORDS = 6
"""Words of each end of a long quote: few enough for a short link, enough to be found."""

_CONTEXT_WORDS = 4
"""Words of context where the words alone occur more than once."""


def deep_link(url: str | None, body: str, start: int, end: int) -> str | None:
    """The article's address with a directive that marks ``body[start:end]``; None without a web address.

    A prefix or a suffix is added only where the words occur more than once in the article.
    """
    if not url or not _is_web_address(url):
        return None
    words = list(_WORD.finditer(body[start:end]))
    if not words:
        return url
    # Browsers match whole words only: marks at either end would only risk a mismatch.
    first, last = start + words[0].start(), start + words[-1].end()
    parts = _ends(body[first:last])
    directive = ",".join(_encode(part) for part in parts)
    if _occurs_twice(body, parts[0]):
        before, after = _before(body, first), _after(body, last)
        if before:
            directive = f"{_encode(before)}-,{directive}"
        elif after:
            directive = f"{directive},-{_encode(after)}"
    # An address that has a fragment already keeps it; the directive follows after ":~:".
    return f"{url}{'' if '#' in url else '#'}:~:text={directive}"


def _ends(text: str) -> list[str]:
    """The text itself, or the words at its two ends, which do not overlap and lie in one line each."""
    if "\n" in text:
        opening, closing = text.partition("\n")[0], text.rpartition("\n")[2]
        count = _END_WORDS
    else:
        opening = closing = text
        count = min(_END_WORDS, len(_WORD.findall(text)) // 2)
        if len(text) <= _WHOLE or not count:
            return [text]
    head, tail = list(_WORD.finditer(opening))[:count], list(_WORD.finditer(closing))[-count:]
    return [opening[: head[-1].end()], closing[tail[0].start() :]]


def _occurs_twice(body: str, text: str) -> bool:
    # Matching in browsers ignores case.
    return len(re.findall(rf"(?<!\w)(?={re.escape(text)}(?!\w))", body, re.IGNORECASE)) > 1


def _before(body: str, at: int) -> str:
    """The last words of the line before ``at``: from the start of a word, and with the marks that follow the last.

    A browser takes a prefix only where the words come right after it, white space aside.
    """
    line = body[body.rfind("\n", 0, at) + 1 : at]
    words = list(re.finditer(r"\S+", line))[-_CONTEXT_WORDS:]
    word = re.search(r"\w", line[words[0].start() :]) if words else None
    context = line[words[0].start() + word.start() :].rstrip() if word else ""
    return context if len(context) <= _WHOLE else ""


def _after(body: str, at: int) -> str:
    """The first words of the line after ``at``, the marks before them included, to the end of a word."""
    end = body.find("\n", at)
    line = body[at : end if end >= 0 else len(body)]
    words = list(re.finditer(r"\S+", line))[:_CONTEXT_WORDS]
    context = re.sub(r"\W+\Z", "", line[: words[-1].end()]).lstrip() if words else ""
    return context if len(context) <= _WHOLE else ""


def _is_web_address(url: str) -> bool:
    try:
        return urlsplit(url).scheme in ("http", "https")
    except ValueError:  # e.g. a bracket that opens no IPv6 address
        return False


def _encode(text: str) -> str:
    # "-", "," and "&" are syntax inside a directive; quote() leaves "-" alone.
    return percent_encode(text, safe="").replace("-", "%2D")
