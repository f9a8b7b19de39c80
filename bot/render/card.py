"""An answer as a card for Discord: a pure function from values to Markdown, cut into pages that Discord takes.

Quotes stand apart below who said them, each page has the sources of its own quotes. How pages are filled:
``pages.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot import words
from bot.render.card_pages import UNITS_A_PAGE, fitted, note_lines, question_head
from bot.render.card_panels import independence_line, panel_units
from bot.render.card_sources import kind_note as kind_note
from bot.render.card_sources import numbered_sources as numbered_sources
from bot.render.card_sources import source_line as source_line
from bot.render.lines import shortened
from bot.render.markdown import block_quote, escaped, escaped_line
from bot.render.pages import Page, Unit, paged
from corpus.models import Passage
from retrieval.models import Answer, Citation, Outcome

_NEAR_MISSES = 3
_NEAR_MISS_CHARACTERS = 300
_ALSO_FOUND = 3
_HITS_A_PAGE = 4
_LONGEST_NAME = 100
_LONGEST_LEAD = 200

_NUMBER = re.compile(r"\s*(?:\[\d+\]|…|;)\s*")
_SENTENCE_END = re.compile(r"(?<=[.!?])[”’\"»)]*\s+")


@dataclass(frozen=True, slots=True)
class Card:
    """An answer ready to be shown; ``pages`` after the first, and ``further``, open by a button."""

    answered: bool
    pages: tuple[Page, ...]
    further: tuple[Page, ...] = ()
    """Passages that were found beside what is cited."""
    cites: bool = False

    @property
    def more(self) -> tuple[Page, ...]:
        """Everything behind the first page."""
        return (*self.pages[1:], *self.further)


def answer_card(answer: Answer, *, typed: str | None = None) -> Card:
    """The card of an answer or a decline; ``typed``: the question in the person's words, where they differ."""
    head = question_head(answer.question, typed)
    if answer.outcome is Outcome.ANSWERED:
        tail = [*independence_line(answer), *_also_found(answer), *note_lines(answer.notes)]
        quotes, panels = quote_units(answer), panel_units(answer)
        pages = fitted(head, [*quotes, *panels], tail, UNITS_A_PAGE + len(panels))
    else:
        tail = [*_near_misses(answer), *note_lines(answer.notes)]
        pages = fitted(head, [Unit(escaped(answer.text))], tail)
    return Card(answer.outcome is Outcome.ANSWERED, pages, further_pages(answer), bool(answer.citations))


def further_pages(answer: Answer) -> tuple[Page, ...]:
    """The passages that were found beside those cited, whole, with their sources."""
    cited = {(citation.collection, citation.passage.id) for citation in answer.citations}
    others = [hit for hit in answer.hits if (hit.collection, hit.passage.id) not in cited]
    units = [Unit(escaped(hit.passage.text), True, source_line(hit.article, hit.passage)) for hit in others]
    return paged([f"**{words.ALSO_FOUND}**"], units, most=_HITS_A_PAGE) if units else ()


def context_pages(
    citations: Sequence[Citation], passages: Sequence[Passage], note: str | None = None
) -> tuple[Page, ...]:
    """A cited paragraph with its neighbours, the quoted words in bold."""
    first = citations[0]
    units = []
    for passage in passages:
        quoted = passage.id == first.passage.id
        text = _with_bold(passage, citations) if quoted else escaped(passage.text)
        units.append(Unit(text, True, f"-# ¶ {passage.ordinal}{kind_note(passage)}"))
    head = [f"**\\[{first.number}\\]** {source_line(first.article, first.passage, first.link)}"]
    return paged(head, units, [f"-# {note}"] if note else [])


def plain_card(sentence: str) -> Card:
    """One sentence of our own."""
    return Card(False, (Page((sentence,)),))


# The parts of an answer


def quote_units(answer: Answer) -> list[Unit]:
    """Each quote set apart below who said it; whatever else the answer's text says stays where it stands."""
    speakers = {citation.speaker for citation in answer.citations if citation.speaker}
    units: list[Unit] = []
    at = 0
    lead = ""
    for citation in answer.citations:
        start = answer.text.find(citation.quote, at)
        between = answer.text[at : max(start, at)]
        named = _lead(between)
        joined = bool(units) and not named and "\n" not in between
        lead = lead if joined else _styled_lead(named, speakers)
        units.append(Unit(f"“{escaped(citation.quote)}” **\\[{citation.number}\\]**", True, lead, joined, (citation,)))
        at = start + len(citation.quote) if start >= 0 else at
    rest = _NUMBER.sub(" ", answer.text[at:]).strip(" ”\n")
    return [*units, Unit(escaped(rest))] if rest else units


def _lead(between: str) -> str:
    """Who is said to speak, out of the text between two quotes; "" where the quote goes on or nobody is named."""
    text = _NUMBER.sub(" ", between).strip().strip("“”").strip()
    return text.removesuffix(":").strip()


def _styled_lead(lead: str, speakers: Iterable[str]) -> str:
    """The speaker in bold, the rest of the lead in italics: *Reported of* **Macron**."""
    for name in sorted(speakers, key=len, reverse=True):
        before, found, after = lead.partition(name)
        if found:
            rest = after.lstrip(" ,")
            comma = "," if rest != after.lstrip() else ""
            parts = [_italic(before), f"**{escaped_line(shortened(name, _LONGEST_NAME))}**{comma}", _italic(rest)]
            return " ".join(part for part in parts if part)
    return _italic(lead)


def _italic(text: str) -> str:
    text = shortened(text, _LONGEST_LEAD)
    return f"*{escaped_line(text)}*" if text.strip(" ,:") else escaped_line(text)


def _also_found(answer: Answer) -> list[str]:
    """Other articles with a passage on it, by their titles; the passages open by the button."""
    cited = {(citation.collection, citation.article.id) for citation in answer.citations}
    cited |= {(citation.collection, other.id) for citation in answer.citations for other in citation.also}
    lines: dict[tuple[str, str], str] = {}
    for hit in answer.hits:
        key = (hit.collection, hit.article.id)
        if key not in cited:
            lines.setdefault(key, f"-# {source_line(hit.article, hit.passage)}")
    shown = list(lines.values())[:_ALSO_FOUND]
    return ["\n".join([f"-# **{words.ALSO_FOUND}**", *shown])] if shown else []


def _near_misses(answer: Answer) -> list[str]:
    lines = []
    for hit in answer.hits[:_NEAR_MISSES]:
        lines += [source_line(hit.article, hit.passage), block_quote(opening(hit.passage.text))]
    return ["\n".join([f"-# **{words.NEAR_MISSES}**", *lines])] if lines else []


def opening(text: str) -> str:
    """The first whole sentences of a passage, in quote marks, marked where it goes on; never half a sentence."""
    text = " ".join(text.split())
    if len(text) <= _NEAR_MISS_CHARACTERS:
        return f"“{escaped(text)}”"
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    within = [end for end in ends if end <= _NEAR_MISS_CHARACTERS]
    end = within[-1] if within else (ends[0] if ends else len(text))
    return f"“{escaped(text[:end].strip())}”" + (" \\[…\\]" if end < len(text) else "")


def _with_bold(passage: Passage, citations: Sequence[Citation]) -> str:
    text, at = "", passage.start
    for citation in sorted(citations, key=lambda one: one.start):
        if citation.start < at:
            continue
        inside = passage.text[citation.start - passage.start : citation.end - passage.start]
        # Marks hold within one line only.
        bold = "\n".join(f"**{escaped(line)}**" if line.strip() else line for line in inside.split("\n"))
        text += escaped(passage.text[at - passage.start : citation.start - passage.start]) + bold
        at = citation.end
    return text + escaped(passage.text[at - passage.start :])
