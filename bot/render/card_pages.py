"""Units on pages with a question above and sources below, in fewer words where a page could not hold them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot import words
from bot.render.card_sources import in_brief, numbered_sources
from bot.render.lines import shortened
from bot.render.markdown import escaped, escaped_line
from bot.render.pages import Page, Sources, Unit, paged

UNITS_A_PAGE = 12
"""Quotes on a page at most; rows of panels are not counted."""

_LONGEST_QUESTION = 600
_LONGEST_NOTE = 500

_FULL = 3_700
"""Characters of a page from which it would leave no room for what is said around it."""

_BRIEF = 120
"""Characters of a question where a page could not hold more."""

_A_PART = 1_200
"""Characters of a quote's parts, in the same case."""

Head = Callable[[int], list[str]]
"""What stands above each page, with a question of at most so many characters."""


def fitted(
    head: Head,
    units: Sequence[Unit],
    tail: Sequence[str] = (),
    most: int = UNITS_A_PAGE,
    list_sources: Sources | None = None,
) -> tuple[Page, ...]:
    """Pages with the sources of their quotes. Where a page would be too full (endless titles, addresses, questions
    made of marks alone) the head is cut and sources bear no links; quotes stay whole.
    """
    listed = list_sources or numbered_sources
    pages = paged(head(_LONGEST_QUESTION), units, tail, listed, most)
    if all(page.characters <= _FULL for page in pages):
        return pages
    smaller = [part for unit in units for part in _in_parts(unit)]
    return paged(head(_BRIEF), smaller, tail, lambda citations: listed(in_brief(citations)), most)


def question_head(asked: str, typed: str | None = None, below: str = "") -> Head:
    """The question in the person's words, how it was understood, and a line of our own."""

    def head(longest: int) -> list[str]:
        question = " ".join((asked if typed is None else typed).split())
        lines = [f"**{escaped(_cut(question, longest))}**"] if question else []
        if question and typed is not None and asked != typed:
            lines.append(f"-# {words.UNDERSTOOD.format(question=escaped_line(_cut(asked, longest)))}")
        if below:
            lines.append(f"-# {below}")
        return ["\n".join(lines)] if lines else []

    return head


def note_lines(notes: Sequence[str]) -> list[str]:
    """Sentences beside an answer, as a section of its own."""
    lines = [f"-# {words.NOTE.format(note=escaped_line(shortened(note, _LONGEST_NOTE)))}" for note in notes]
    return ["\n".join(lines)] if lines else []


def _in_parts(unit: Unit) -> Iterator[Unit]:
    """A unit between words, or where it must be: a backslash and what it escapes stay together."""
    text = unit.text
    while len(text) > _A_PART:
        cut = max(text.rfind(" ", _A_PART // 2, _A_PART), text.rfind("\n", _A_PART // 2, _A_PART))
        cut = cut if cut > 0 else _A_PART - len(text[:_A_PART]) + len(text[:_A_PART].rstrip("\\"))
        yield replace(unit, text=text[:cut])
        text = text[cut:].lstrip()
    yield replace(unit, text=text)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest].rstrip()}…"
