"""From the raw text of an article to its body, by recorded edits only.

Each pass reads what the one before left and says what it would change; ``chain`` turns that into edits of
the raw text. Nothing is reworded: a character is deleted, or replaced by one that prints the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from corpus.edits import apply_edits, chain, spans_agree, to_raw
from corpus.furniture import furniture
from corpus.markup import strip_markup
from corpus.models import Edit

__all__ = ["Cleaned", "apply_edits", "clean", "spans_agree", "to_raw"]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A body and the edits that make it: ``apply_edits(raw, edits) == body``."""

    body: str
    edits: tuple[Edit, ...]


def clean(raw: str, *, markdown: bool = False) -> Cleaned:
    """Return the body of an article and every difference from ``raw``.

    The body is blank when ``raw`` holds nothing but page furniture.
    """
    passes: list[Callable[[str], Iterable[Edit]]] = [_characters, _composed]
    if markdown:
        passes.append(strip_markup)
    passes += [_lines, _unwrapped]
    body = raw
    edits: tuple[Edit, ...] = ()
    for find in passes:
        found = tuple(find(body))
        if found:
            edits = chain(edits, body, found)
            body = apply_edits(body, found)
    return Cleaned(body, edits)


# Letters of these scripts (Arabic and its neighbours, Indic, South-East Asian, Mongolian) change their form
# at a joiner, so a joiner after one of them is spelling and stays.
_JOINING = re.compile("[\u0600-\u08ff\u0900-\u0dff\u0e80-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc]")
_EMOJI = re.compile("[\u2190-\u2bff\u3030\u303d\ufe0f\U0001f000-\U0001faff\U000e0020-\U000e007f]")
_INVISIBLE = re.compile("\r\n|[\x00-\x08\x0b-\x1f\x7f-\xa0\xad\u2007\u200b-\u200d\u2028\u2029\u202f\u2060\ufeff]")
_LINE_ENDS = frozenset(("\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"))
_HIDDEN = frozenset("\u200b\ufeff\u2060\u00ad")
_JOINERS = frozenset("\u200c\u200d")
_WIDE_SPACES = frozenset("\xa0\u2007\u202f")


def _characters(text: str) -> Iterator[Edit]:
    for found in _INVISIBLE.finditer(text):
        start, end = found.span()
        what = found.group()
        if what in _WIDE_SPACES:
            yield Edit(start, end, " ", "non-breaking space")
        elif what in _LINE_ENDS:
            yield Edit(start, end, "\n", "line ending")
        elif what in _HIDDEN:
            yield Edit(start, end, "", "zero-width character")
        elif what in _JOINERS:
            before, after = text[start - 1 : start], text[end : end + 1]
            if _JOINING.match(before) or (_EMOJI.match(before) and _EMOJI.match(after)):
                continue
            yield Edit(start, end, "", "zero-width character")
        else:
            yield Edit(start, end, "", "control character")


def _composed(text: str) -> Iterator[Edit]:
    if unicodedata.is_normalized("NFC", text):
        return
    at = 0
    for line in text.split("\n"):
        if not unicodedata.is_normalized("NFC", line):
            yield from _composed_line(line, at)
        at += len(line) + 1


def _composed_line(line: str, at: int) -> Iterator[Edit]:
    nfc = partial(unicodedata.normalize, "NFC")
    start = 0
    for end in range(1, len(line) + 1):
        if end < len(line):
            char = line[end]
            if unicodedata.combining(char):
                continue
            # A starter may join as well (Hangul, Indic vowel signs); the bound keeps odd text linear.
            if char >= "\u0300" and end - start < 32:
                composed = nfc(line[start:end])
                if nfc(composed + char) != composed + nfc(char):
                    continue
        cluster = line[start:end]
        composed = nfc(cluster)
        if composed != cluster:
            yield Edit(at + start, at + end, composed, "composed character")
        start = end


def _lines(text: str) -> Iterator[Edit]:
    # Counting letters takes longer than all else here, and most articles have no other script.
    latin = _OTHER_SCRIPT.search(text) is not None and _mostly_latin(text)
    at = 0
    for line in text.split("\n"):
        end = at + len(line)
        kind = furniture(line)
        if kind:
            yield Edit(at, min(end + 1, len(text)), "", kind)
        elif latin and not line.isascii() and _OTHER_SCRIPT.search(line):
            for start, stop in _stray(line):
                yield Edit(at + start, at + stop, "", "stray words in another script")
        at = end + 1


_LATIN_LETTER = "A-Za-zªº\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u1e00-\u1eff\ufb00-\ufb06"
_LATIN = re.compile(f"[{_LATIN_LETTER}]")
# Scripts with letters of their own that no Latin sentence runs into. Greek stays out (TNFα), and so do the
# scripts written without spaces after a letter: a gloss like "Tokyo東京" is meant.
_FOREIGN = "\u0400-\u08ff\u0900-\u0e7f\u10a0-\u10ff\ufb1d-\ufdff\ufe70-\ufefc"
_SPACELESS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_OTHER_SCRIPT = re.compile(f"[{_FOREIGN}{_SPACELESS}]")
_STRAY_TAIL = re.compile(
    rf"(?:(?<=[{_LATIN_LETTER}.!?,;”’)])|(?<=\S[\"']))[{_FOREIGN}][{_FOREIGN} ]{{2,80}}$"
    rf"|(?:(?<=[.!?”’])|(?<=[.!?][\"']))[{_SPACELESS}][{_SPACELESS} ]{{1,80}}$"
)
_STRAY_HEAD = re.compile(rf"\s*[{_FOREIGN}][{_FOREIGN} ]{{1,79}}[{_FOREIGN}](?=[{_LATIN_LETTER}“‘\"])")


def _stray(line: str) -> Iterator[tuple[int, int]]:
    """Find words of another script that stand glued, without a space, to the end or start of the line."""
    letters = sum(char.isalpha() for char in line)
    if len(_LATIN.findall(line)) * 2 < letters:
        return
    if head := _STRAY_HEAD.match(line):
        yield head.start(), head.end()
    body = line.rstrip()
    # The pattern is bounded, so that only the end of a long line need be looked at.
    tail = _STRAY_TAIL.search(body, max(len(body) - 90, head.end() if head else 0))
    if tail:
        word = body[: tail.start()].rpartition(" ")[2]
        if not word.startswith(("www.", "http", "#", "@")):
            yield tail.start(), tail.end()


def _mostly_latin(text: str) -> bool:
    if text.isascii():
        return True
    letters = sum(map(str.isalpha, text))
    return len(_LATIN.findall(text)) * 5 >= letters * 4


_NARROWEST, _WIDEST = 50, 100
_NEW_ITEM = re.compile(r"\s{2,}|[-*•–—·]\s|\d{1,3}[.)]\s|[QA]:")


@dataclass(frozen=True, slots=True)
class _Break:
    """A line end, with white space around it, between two lines that might be one paragraph."""

    start: int
    end: int
    length: int
    next_word: int
    runs_on: bool


def _unwrapped(text: str) -> Iterator[Edit]:
    """Join lines that were broken at a fixed width, told by each being as full as the width allows."""
    breaks = list(_breaks(text))
    narrow = [found.length for found in breaks if found.length <= _WIDEST]
    if len(narrow) * 10 < len(breaks) * 8 or not narrow:
        return
    width = max(narrow)
    full = [b for b in breaks if _NARROWEST <= b.length <= _WIDEST and b.length + 1 + b.next_word > width]
    # Lines of a list look full at times, and so does a headline above a byline; but they rarely run on.
    running_on = sum(found.runs_on for found in full)
    if len(full) * 10 < len(breaks) * 6 or running_on * 10 < len(full) * (4 if len(full) > 2 else 10):
        return
    for found in full:
        hyphen = text[found.start - 1] == "-" and text[found.start - 2 : found.start - 1].isalpha()
        replacement = "" if hyphen and found.runs_on else " "
        yield Edit(found.start, found.end, replacement, "line broken at a fixed width")


def _breaks(text: str) -> Iterator[_Break]:
    before = ""
    at = 0
    for line in text.split("\n"):
        here = line.strip()
        if before.strip() and here and not _NEW_ITEM.match(line):
            kept = len(before.rstrip())
            yield _Break(
                start=at - 1 - len(before) + kept,
                end=at + len(line) - len(line.lstrip()),
                length=len(before.strip()),
                next_word=len(here.split(None, 1)[0]),
                runs_on=here[0].islower(),
            )
        before = line
        at += len(line) + 1
