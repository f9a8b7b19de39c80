"""Posts of a network as articles print them: "The pier is gone. — Anna Roe (@annaroe) February 7, 2022"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.attribution.names import Names
from corpus.attribution.vocabulary import FEMALE_NAMES, MALE_NAMES
from corpus.models import Block, PassageKind

_SIGNED: Final = re.compile(
    r"(?P<dash>[—–]|--?)[ \u00a0]?(?P<name>[^—–\n@“”\"]{1,60}?)[ \u00a0]\(@(?P<handle>\w{1,30})\)[^\n@]{0,40}$"
)
_LABELLED: Final = re.compile(r"(?P<handle>@\w{1,30})(?P<dash>:)\s+(?=\S)")
_ALONE: Final = re.compile(r"(?P<handle>@\w{1,30})\.?$")
# "Anna Roe @annaroe · Feb 7"
_HEADED: Final = re.compile(
    r"(?P<name>[^\n@“”\"]{2,50}?)[ \u00a0]\(?(?P<handle>@\w{1,30})\)?(?:\s?(?P<dash>[·•])[^\n]{1,30})$"
)
_MARKS: Final = frozenset('“”"«»„')
_WORD: Final = re.compile(r"[A-Za-z\u00c0-\u024f]{2}")
_LETTERS: Final = re.compile(r"[^\w\s.’'&-]+")


@dataclass(frozen=True, slots=True)
class Post:
    """What somebody posted: ranges of the body, ``dash`` being what stands between words and name."""

    speaker: str
    handle: str
    source: tuple[int, int]
    dash: tuple[int, int]
    words: tuple[int, int]


def posts(body: str, blocks: Sequence[Block], names: Names) -> dict[int, Post | None]:
    """The paragraphs that are posts, by their place in ``blocks``; None for a line that only names who posted."""
    if "@" not in body:
        return {}
    found: dict[int, Post | None] = {}
    for number, block in enumerate(blocks):
        if "@" not in block.text:
            continue
        signed = _SIGNED.search(body, block.start, block.end)
        if signed is not None:
            words = body[block.start : signed.start()].rstrip()
            at = number
            if not words:
                at = _before(blocks, number, found)
                words = blocks[at].text if at >= 0 else ""
                found[number] = None
            start = blocks[at].start if words else 0
            if words and not _quotes_another(words, signed.group("name"), names):
                found[at] = _post(body, signed, (start, start + len(words)), names)
            continue
        labelled = _LABELLED.match(body, block.start, block.end)
        if labelled is not None:
            found[number] = _post(body, labelled, (labelled.end(), block.end), names)
            continue
        headed = _HEADED.match(body, block.start, block.end)
        if headed is not None and number + 1 < len(blocks) and blocks[number + 1].kind is PassageKind.PARAGRAPH:
            found[number] = None
            found[number + 1] = _post(body, headed, (blocks[number + 1].start, blocks[number + 1].end), names)
    found.update(_listed(body, blocks))
    return found


def _quotes_another(words: str, name: str, names: Names) -> bool:
    """Whether a post is nothing but a quote that no person signs: an account that passes on what somebody said."""
    first = name.split()[0].lower() if name.split() else ""
    person = names.find(name.split()) is not None or first in MALE_NAMES or first in FEMALE_NAMES
    return not person and words[0] in _MARKS and words[-1] in _MARKS


def _before(blocks: Sequence[Block], number: int, found: dict[int, Post | None]) -> int:
    """The paragraph that a line signs, -1 where it is somebody else's."""
    at = number - 1
    return at if at >= 0 and at not in found and blocks[at].kind is PassageKind.PARAGRAPH else -1


def _listed(body: str, blocks: Sequence[Block]) -> dict[int, Post | None]:
    """Posts with nothing but a handle on the line after each, where the last line of the article is one."""
    lines = [number for number, block in enumerate(blocks) if _ALONE.match(block.text)]
    found: dict[int, Post | None] = {}
    if len(lines) < 2 or lines[-1] != len(blocks) - 1:
        return found
    for number in lines:
        if number == 0 or number - 1 in lines:
            continue
        handle = _ALONE.match(body, blocks[number].start, blocks[number].end)
        assert handle is not None
        source = handle.span("handle")
        words = blocks[number - 1].start, blocks[number - 1].end
        found[number] = None
        found[number - 1] = Post(handle.group("handle"), handle.group("handle"), source, source, words)
    return found


def _post(body: str, match: re.Match[str], words: tuple[int, int], names: Names) -> Post:
    name = " ".join(_LETTERS.sub("", match.groupdict().get("name") or "").split()).strip(" .-&")
    name = name if _WORD.search(name) is not None else ""
    source = match.span("name") if name else match.span("handle")
    person = names.find(name.split()) if name else None
    handle = "@" + match.group("handle").lstrip("@")
    return Post(person.name if person is not None else name or handle, handle, source, match.span("dash"), words)
