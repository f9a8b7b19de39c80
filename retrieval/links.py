"""Links that open an article at the quoted words (URL fragment text directives, WICG scroll-to-text-fragment)."""

from __future__ import annotations

import re
from urllib.parse import quote as percent_encode
from urllib.parse import urlsplit

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
    if not url or urlsplit(url).scheme not in ("http", "https"):
        return None
    words = list(re.finditer(r"\w+(?:[’'.-]\w+)*", body[start:end]))
    if not words:
        return url
    # Browsers match whole words only: marks at either end would only risk a mismatch.
    first, last = start + words[0].start(), start + words[-1].end()
    if last - first <= _WHOLE and "\n" not in body[first:last]:
        parts = [body[first:last]]
    else:
        head, tail = words[:_END_WORDS], words[-_END_WORDS:]
        parts = [body[first : start + head[-1].end()], body[start + tail[0].start() : last]]
    directive = ",".join(_encode(part) for part in parts)
    if _occurs_twice(body, parts[0]):
        before = re.findall(r"\S+", body[max(0, first - 120) : first].rpartition("\n")[2])[-_CONTEXT_WORDS:]
        after = re.findall(r"\S+", body[last : last + 120].partition("\n")[0])[:_CONTEXT_WORDS]
        before_text, after_text = _bare(" ".join(before)), _bare(" ".join(after))
        if before_text:
            directive = f"{_encode(before_text)}-,{directive}"
        elif after_text:
            directive = f"{directive},-{_encode(after_text)}"
    # An address that has a fragment already keeps it; the directive follows after ":~:".
    return f"{url}{'' if '#' in url else '#'}:~:text={directive}"


def _occurs_twice(body: str, text: str) -> bool:
    # Matching in browsers ignores case.
    return len(re.findall(rf"(?<!\w){re.escape(text)}(?!\w)", body, re.IGNORECASE)) > 1


def _bare(text: str) -> str:
    return text.strip(" \t\"“”‘’'.,;:!?()[]«»—–-")


def _encode(text: str) -> str:
    # "-", "," and "&" are syntax inside a directive; quote() leaves "-" alone.
    return percent_encode(text, safe="").replace("-", "%2D")
