"""One question outlet by outlet, as a card for Discord: each outlet's words with their sources right below them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot import words
from bot.render.card import Card, answer_card, quote_units
from bot.render.card_pages import fitted, note_lines, question_head
from bot.render.card_panels import independence_line
from bot.render.card_sources import also_printed, in_order, source_line
from bot.render.lines import shortened
from bot.render.lookups import counted
from bot.render.markdown import escaped_line
from bot.render.pages import PAGE_CHARACTERS, Page
from retrieval.by_outlet import MOST_OUTLETS, Comparison, OutletAnswer
from retrieval.models import Citation

_LONGEST_NAME = 100
_LONGEST_QUESTION = 300


def comparison_card(comparison: Comparison) -> Card:
    """What each outlet prints, then which do not say; where none does, the answer of all together or its decline.

    The numbers are those of :func:`numbered_through`.
    """
    if not comparison.outlets:
        card = answer_card(comparison.together)
        alone = [f"-# {words.NOT_ALONE}"] if card.answered else []
        return replace(card, pages=tuple(_with([*card.pages], [], alone)))
    below = counted(len(comparison.outlets), words.COMPARED)
    head = question_head(comparison.question, below=below)(_LONGEST_QUESTION)
    asked = len(comparison.outlets) + len(comparison.silent)
    notes = [words.ALL_COMPARED.format(most=MOST_OUTLETS)] if asked >= MOST_OUTLETS else []
    blocks = [block for one in comparison.outlets for block in _blocks(one, head)]
    blocks += [
        *_silent(comparison.silent),
        *independence_line(comparison.together),
        *note_lines([*comparison.together.notes, *notes]),
    ]
    return Card(True, tuple(_with([], head, blocks)), cites=True)


def numbered_through(comparison: Comparison) -> Comparison:
    """The same with each source numbered once for all outlets: alone each of them begins with [1]."""
    numbers: dict[tuple[str, int], int] = {}
    outlets = []
    for one in comparison.outlets:
        citations = tuple(
            replace(citation, number=numbers.setdefault((citation.collection, citation.passage.id), len(numbers) + 1))
            for citation in one.answer.citations
        )
        outlets.append(replace(one, answer=replace(one.answer, citations=citations)))
    return replace(comparison, outlets=tuple(outlets))


def _blocks(one: OutletAnswer, head: Sequence[str]) -> Iterator[str]:
    """An outlet's words with their sources; several where no page could hold them, each below the outlet's name."""
    name = f"### {escaped_line(shortened(one.outlet, _LONGEST_NAME))}"
    pages = fitted(lambda _: [*head, name], quote_units(one.answer), list_sources=_sources_of_one)
    for page in pages:
        yield "\n".join(page.sections[len(head) :])


def _sources_of_one(citations: Sequence[Citation]) -> str:
    """Without the outlet, whose name stands above."""
    lines = []
    for one in in_order(citations):
        source = source_line(replace(one.article, outlet=None), one.passage, one.link)
        lines += [f"-# **\\[{one.number}\\]** {source}", *also_printed(one)]
    return "\n".join(lines)


def _silent(outlets: Sequence[str]) -> list[str]:
    names = ", ".join(escaped_line(shortened(name, _LONGEST_NAME)) for name in outlets)
    return [words.SILENT.format(outlets=names)] if names else []


def _with(pages: list[Page], head: Sequence[str], sections: Sequence[str]) -> list[Page]:
    """Sections on the last of the pages as long as they fit, then on further ones, each below the head."""
    for section in sections:
        longer = Page((*(pages[-1].sections if pages else head), section))
        if pages and longer.characters > PAGE_CHARACTERS:
            pages.append(Page((*head, section)))
        else:
            pages = [*pages[:-1], longer]
    return pages
