"""What stands below an answer's quotes in Discord: figures side by side, resolved days, shared origins.

A row is never divided: it moves to the next page as a whole, and what is too long for that (no figure is, a hostile
text may be) is shortened where it is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot import words
from bot.render.lines import shortened
from bot.render.markdown import escaped_line
from bot.render.pages import Unit
from bot.render.panels import Row, figure_rows, independence_sentence, moment_rows
from retrieval.models import Answer, Citation

_LONGEST = 300
"""Characters of each side of a row; escaping at most doubles them."""

_SOURCES = 4
"""Sources that a row brings to a page where its quotes are not; a day may be named by a dozen."""


def panel_units(answer: Answer) -> list[Unit]:
    """The panels, a unit for each row, with the citations that its numbers name; none where nothing is compared."""
    return [
        *_panel(words.FIGURES, figure_rows(answer.figures), answer.citations),
        *_panel(words.DAYS, moment_rows(answer.moments), answer.citations),
    ]


def independence_line(answer: Answer) -> list[str]:
    """Whether what several outlets print comes from one origin, as a section of its own."""
    sentence = independence_sentence(answer.independence)
    return [f"-# {escaped_line(shortened(sentence, 2 * _LONGEST))}"] if sentence else []


def _panel(title: str, rows: Sequence[Row], citations: Sequence[Citation]) -> list[Unit]:
    return [
        Unit(
            _line(row), False, f"**{title}**", joined=True,
            citations=tuple(citation for citation in citations if citation.number in row.numbers[:_SOURCES]),
        )
        for row in rows
    ]  # fmt: skip


def _line(row: Row) -> str:
    printed = escaped_line(shortened(row.printed, _LONGEST))
    beside = escaped_line(shortened(row.beside, _LONGEST))
    return f"- {printed} {_numbers(row.numbers)}" + (f" · {beside}" if beside else "")


def _numbers(numbers: Iterable[int]) -> str:
    return " ".join(f"**\\[{number}\\]**" for number in numbers)
