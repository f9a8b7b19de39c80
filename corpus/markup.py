"""Markdown marks within a text, as edits that take them out and leave the words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.models import Edit

_PREFIX = re.compile(r"[ \t]*(?:>[ \t]?)*(?:#{1,6}[ \t]+|[ \t]*[-*+][ \t]+)?")
_DEFINITION = re.compile(r""" {0,3}\[[^\]\n]{1,200}\]:[ \t]+\S+[ \t]*(?:"[^"\n]*"|'[^'\n]*'|\([^)\n]*\))?[ \t]*""")
_TARGET = r"""\(\s*(?:<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)?)(?:\s+(?:"[^"\n]*"|'[^'\n]*'))?\s*\)"""
_IMAGE = re.compile(rf"\[!\[[^\[\]\n]*\]{_TARGET}\]{_TARGET}|!\[[^\[\]\n]*\](?:{_TARGET}|\[[^\[\]\n]*\])")
_LINK = re.compile(rf"\[(?P<text>[^\[\]\n]+)\](?:{_TARGET}|\[[^\[\]\n]*\])")
_AUTOLINK = re.compile(r"<(?P<text>(?:https?://|mailto:)[^<>\s]+)>")
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_MARKS = re.compile(r"\*+|_+")


def strip_markup(text: str) -> Iterator[Edit]:
    """Yield, in order, the edits that remove the Markdown marks of ``text``."""
    at = 0
    for line in text.split("\n"):
        yield from _line(line, at)
        at += len(line) + 1


def _line(line: str, at: int) -> Iterator[Edit]:
    if not line.strip():
        return
    if _DEFINITION.fullmatch(line):
        yield Edit(at, at + len(line), "", "markdown link definition")
        return
    found = _PREFIX.match(line)
    begin = found.end() if found and found.group().strip() else 0
    cuts: list[tuple[int, int, str]] = []
    if begin:
        cuts.append((0, begin, "markdown heading, list or quotation mark"))
    stop = len(line)
    unhashed = line.rstrip().rstrip("#")
    if "#" in line[:begin] and len(unhashed.rstrip()) < len(unhashed) and len(unhashed) > begin:
        stop = len(unhashed.rstrip())
        cuts.append((stop, len(line), "markdown heading, list or quotation mark"))
    taken = bytearray(len(line))  # characters that are no emphasis marks: addresses, escaped marks
    if "[" in line or "<" in line or "\\" in line:
        for start, end, reason in _links(line, begin, stop):
            if not any(taken[start:end]):
                cuts.append((start, end, reason))
                taken[start:end] = b"\x01" * (end - start)
                if reason == "markdown escape" and end < len(line):
                    taken[end] = 1
    if "*" in line or "_" in line:
        cuts.extend((start, end, "markdown emphasis") for start, end in _emphasis(line, begin, stop, taken))
    for start, end, reason in sorted(cuts):
        yield Edit(at + start, at + end, "", reason)


def _links(line: str, begin: int, stop: int) -> Iterator[tuple[int, int, str]]:
    for found in _IMAGE.finditer(line, begin, stop):
        yield found.start(), found.end(), "markdown image"
    for found in _LINK.finditer(line, begin, stop):
        if line[found.start() - 1 : found.start()] != "!":
            yield found.start(), found.start("text"), "markdown link"
            yield found.end("text"), found.end(), "markdown link"
    for found in _AUTOLINK.finditer(line, begin, stop):
        yield found.start(), found.start("text"), "markdown link"
        yield found.end("text"), found.end(), "markdown link"
    for found in _ESCAPE.finditer(line, begin, stop):
        yield found.start(), found.end(), "markdown escape"


def _emphasis(line: str, begin: int, stop: int, taken: bytearray) -> Iterator[tuple[int, int]]:
    """Pair the runs of ``*`` and ``_`` that open and close emphasis; a run that has no partner is text."""
    waiting: list[tuple[int, int]] = []
    for found in _MARKS.finditer(line, begin, stop):
        start, end = found.span()
        if taken[start] or end - start > 3:
            continue
        before = line[start - 1] if start > begin else " "
        after = line[end] if end < stop else " "
        inside_word = before.isalnum() and after.isalnum()
        may_open = not after.isspace() and (before.isspace() or not before.isalnum() or line[start] == "*")
        may_close = not before.isspace() and (after.isspace() or not after.isalnum() or line[start] == "*")
        if inside_word and (line[start] == "_" or (before.isdigit() and after.isdigit())):
            continue
        if may_close:
            # Only the innermost three are looked at: deeper nesting is not emphasis that anybody wrote.
            for back in range(1, min(3, len(waiting)) + 1):
                opener = waiting[-back]
                if line[opener[0]] == line[start] and opener[1] - opener[0] == end - start:
                    del waiting[-back:]
                    yield opener
                    yield start, end
                    break
            else:
                if may_open:
                    waiting.append((start, end))
        elif may_open:
            waiting.append((start, end))
