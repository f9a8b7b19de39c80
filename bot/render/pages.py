"""Sections of text on pages that Discord takes. Pure: text in, pages out.

What belongs together stays together: a unit (a quote with who said it) moves to the next page as a whole, and only
what no page could hold at all is divided, between words. Nothing is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.render.markdown import block_quote
from retrieval.models import Citation

PAGE_CHARACTERS = 3_500
"""Discord takes 4,000 in a message; the rest is for what is said around a page."""

_UNITS_A_PAGE = 12

Sources = Callable[[Sequence[Citation]], str]
"""The list of sources beneath the quotes of a page."""


@dataclass(frozen=True, slots=True)
class Page:
    """What one message shows: sections with a line between them."""

    sections: tuple[str, ...]

    @property
    def characters(self) -> int:
        """As Discord counts them."""
        return sum(len(section) for section in self.sections)


@dataclass(frozen=True, slots=True)
class Unit:
    """Words that stay together."""

    text: str
    """Markdown; without the marks of a block quote where ``quoted``."""
    quoted: bool = False
    lead: str = ""
    """Who says it, above the words; said once for units that are ``joined``."""
    joined: bool = False
    """Whether it goes on directly below the unit before it."""
    citations: tuple[Citation, ...] = ()


def paged(
    head: Sequence[str],
    units: Sequence[Unit],
    tail: Sequence[str] = (),
    sources: Sources | None = None,
    most: int = _UNITS_A_PAGE,
) -> tuple[Page, ...]:
    """Units in order, each page with the head and the sources of its own quotes; the tail follows on the last."""

    def page(now: Sequence[Unit]) -> list[str]:
        citations = [citation for unit in now for citation in unit.citations]
        below = [sources(citations)] if sources and citations else []
        return [*head, *([_joined(now)] if now else []), *below]

    pages: list[Page] = []
    now: list[Unit] = []
    for unit in (part for whole in units for part in _divided(whole)):
        if now and (len(now) == most or _characters(page([*now, unit])) > PAGE_CHARACTERS):
            pages.append(Page(tuple(page(now))))
            now = []
        now.append(unit)
    sections = page(now)
    for text in (part.text for whole in tail for part in _divided(Unit(whole))):
        if sections and _characters([*sections, text]) > PAGE_CHARACTERS:
            pages.append(Page(tuple(sections)))
            sections = list(head)
        sections.append(text)
    if sections:
        pages.append(Page(tuple(sections)))
    return tuple(pages)


def _joined(units: Sequence[Unit]) -> str:
    text = ""
    for n, unit in enumerate(units):
        goes_on = n > 0 and unit.joined and unit.lead == units[n - 1].lead
        if n:
            text += "\n" if goes_on else "\n\n"
        if unit.lead and not goes_on:
            text += f"{unit.lead}\n"
        text += block_quote(unit.text) if unit.quoted else unit.text
    return text


def _divided(unit: Unit) -> Iterator[Unit]:
    """The unit itself, or, where no page could hold it, parts of it between words."""
    room = PAGE_CHARACTERS // 2
    text = unit.text
    while len(text) > room + room // 2:
        cut = max(text.rfind(" ", room // 2, room), text.rfind("\n", room // 2, room))
        if cut < 0:
            cut = room
            while text[cut - 1] == "\\":  # a backslash and what it escapes stay together
                cut -= 1
        yield replace(unit, text=text[:cut])
        text = text[cut:].lstrip()
    yield replace(unit, text=text)


def _characters(sections: Sequence[str]) -> int:
    return sum(len(section) for section in sections)
