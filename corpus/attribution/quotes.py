"""Quote marks: where quoted words begin and end, whatever marks an article uses and however it loses them.

Each block is read on its own, so that one bad mark costs at most one paragraph. A quote that is still open at
the end of its block runs on when the next paragraph opens with a mark again (the convention for quotes of
several paragraphs); otherwise it ends with the sentence it began in.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.models import Block, PassageKind

# An apostrophe within a word is no mark.
_MARK: Final = re.compile(
    r"(?=['`\"“”„‟«»‹›‘’‚])(?!(?<=[^\W_])['’](?=[^\W_]))"
    r"(?:(?<=\S)'(?=''(?!'))|''|``|[\"“”„‟«»‹›‘’‚'])"
)
_ANY: Final = re.compile("['`\"“”„‟«»‹›‘’‚]")
_OPENERS: Final = frozenset("“„‟«`` ‹".split()) | {"“", "„", "‟", "«", "``"}
_CLOSERS: Final = frozenset("”»")
_SINGLE: Final = frozenset("‘’‚'‹›")
_DOUBLE_START: Final = ("“", '"', "„", "«", "''", "``")
_BEFORE_OPENING: Final = frozenset('([{—–-/“‘«"…:>')
_UTTERANCE_END: Final = frozenset(".,?!…—-")


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted words with their marks: ``body[start:end]``.

    ``last`` is the last character within the marks. ``utterance``: the words look like something said, not
    like a single word or a title set in marks. ``continued``: the block opens with a quote that the block
    before left open.
    """

    start: int
    end: int
    utterance: bool
    last: str = ""
    continued: bool = False


def find_quotes(body: str, blocks: Sequence[Block]) -> list[list[Quote]]:
    """The quotes of each block, sorted, without overlap, each within its block. Never raises."""
    found: list[list[Quote]] = []
    open_before = False
    for number, block in enumerate(blocks):
        quotes, left_open = _in_block(body, blocks, number) if _ANY.search(block.text) is not None else ([], False)
        if open_before and quotes and not body[block.start : quotes[0].start].strip():
            first = quotes[0]
            quotes[0] = Quote(first.start, first.end, True, first.last, continued=True)
        if block.kind is PassageKind.PARAGRAPH:
            open_before = left_open
        found.append(quotes)
    return found


def _runs_on(blocks: Sequence[Block], number: int) -> bool:
    """Whether the next paragraph opens with a quote mark."""
    following = blocks[number + 1 : number + 4]
    for block in following:
        if block.kind is PassageKind.PARAGRAPH:
            return block.text.lstrip().startswith(_DOUBLE_START)
    return False


def _in_block(body: str, blocks: Sequence[Block], number: int) -> tuple[list[Quote], bool]:
    """The quotes of one block, and whether the last one runs on into the next paragraph."""
    block = blocks[number]
    marks = [(m.start(), m.group()) for m in _MARK.finditer(body, block.start, block.end)]
    quotes: list[Quote] = []
    opened: tuple[int, str] | None = None
    nested = 0
    for index, (at, mark) in enumerate(marks):
        side = _side(body, block, marks, index, opened)
        if side == "open":
            if opened is None:
                opened = (at, mark)
            elif not _is_single(opened[1]):
                if _is_nested(body, block, marks, index):
                    nested += 1
                    continue
                # The closing mark was lost: what came before ends where its sentence does.
                _add(quotes, body, opened[0], min(_sentence_end(block, opened[0]), at))
                opened, nested = (at, mark), 0
            elif not _is_single(mark):
                opened = (at, mark)
        elif side == "close" and opened is not None:
            if nested:
                nested -= 1
                continue
            _add(quotes, body, opened[0], at + len(mark))
            opened = None
    if opened is None or _is_single(opened[1]):
        return quotes, False
    runs_on = _runs_on(blocks, number)
    end = block.end if runs_on else _sentence_end(block, opened[0])
    _add(quotes, body, opened[0], end)
    return quotes, runs_on


def _is_single(mark: str) -> bool:
    return mark in _SINGLE


def _side(body: str, block: Block, marks: list[tuple[int, str]], index: int, opened: tuple[int, str] | None) -> str:
    """Whether a mark opens, closes, or is neither (an apostrophe, a stray)."""
    at, mark = marks[index]
    before = body[at - 1] if at > block.start else " "
    after_at = at + len(mark)
    after = body[after_at] if after_at < block.end else " "
    left_free = before.isspace() or before in _BEFORE_OPENING
    right_word = not after.isspace() and (after.isalnum() or after in "$£€[(…“‘'\"#@-.«’¿¡")
    if _is_single(mark):
        return _single_side(body, block, marks, index, opened, before, after)
    if mark in _OPENERS:
        if opened is not None and mark == "“" and (opened[1] == "„" or not right_word):
            return "close"  # German order, or the wrong mark of a pair
        return "open" if opened is None or right_word else "stray"
    if mark in _CLOSERS:
        if opened is None:
            return "open" if mark == "”" and left_free and right_word else "stray"
        return "close" if not _is_single(opened[1]) else "stray"
    if opened is None or _is_single(opened[1]):
        return "open" if left_free and right_word else "stray"
    return "open" if left_free and right_word and before.isspace() else "close"


def _single_side(
    body: str,
    block: Block,
    marks: list[tuple[int, str]],
    index: int,
    opened: tuple[int, str] | None,
    before: str,
    after: str,
) -> str:
    """Single marks are quotes only outside double ones, and never where an apostrophe may stand."""
    mark = marks[index][1]
    if opened is not None and not _is_single(opened[1]):
        return "stray"
    if before.isalnum() and after.isalnum():
        return "stray"
    if mark in "‘‚‹" or (mark == "'" and opened is None):
        free = before.isspace() or before in _BEFORE_OPENING
        return "open" if opened is None and free and after.isalpha() else "stray"
    if opened is None or before.isspace() or after.isalnum():
        return "stray"
    if before == "s" and after == " " and index + 1 < len(marks) and body[marks[index + 1][0] - 1] in ".,?!":
        return "stray"  # a plural's apostrophe ("the workers’ rights,’")
    return "close"


def _is_nested(body: str, block: Block, marks: list[tuple[int, str]], index: int) -> bool:
    """An opening mark inside an open quote is nested when the next two marks both close."""
    following = [mark for _, mark in marks[index + 1 : index + 6] if not _is_single(mark)][:2]
    return len(following) == 2 and all(mark in _CLOSERS for mark in following)


def _sentence_end(block: Block, at: int) -> int:
    index = bisect.bisect_right(block.sentences, at, key=lambda sentence: sentence.start) - 1
    return block.sentences[index].end if index >= 0 else block.end


def _add(quotes: list[Quote], body: str, start: int, end: int) -> None:
    while end > start and body[end - 1].isspace():
        end -= 1
    closed = body[end - 1] in "\"'”’»`›“"
    inner = body[start + 1 : end - 1 if closed else end].strip("'“”‘’\"`«» ")
    if not any(c.isalnum() for c in inner[:400]):
        return
    head = inner[:400]
    words = head.count(" ") + 1
    first = next((c for c in head if c.isalnum()), " ")
    starts_full = first.isupper() or first.isdigit() or head.startswith(("…", "..."))
    ends_full = inner[-1] in _UTTERANCE_END
    outside = body[end : end + 1] == ","
    utterance = (starts_full and (ends_full or words >= 6 or (outside and words >= 3))) or (words >= 8)
    if words > 1 and all(word[0].isupper() or len(word) < 4 for word in head.split()):
        utterance = inner[-1] in "?!"  # “Fox News Sunday.” is a title
    quotes.append(Quote(start, end, utterance, inner[-1]))
