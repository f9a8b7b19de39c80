"""What stands beside the quotes of an earlier answer, found again: figures, days, shared origins, a chart.

The record keeps quotes, not these. They come from the articles as they are now, and only as far as they stand in the
quotes that are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot import pictures
from bot.jobs import Job
from bot.pictures import Picture
from retrieval.asking import Options
from retrieval.models import Answer, Citation, Outcome, ShownFigure
from retrieval.question import Asks, understand
from retrieval.timeline import days_named

if TYPE_CHECKING:
    from bot.desk import Desk


@dataclass(frozen=True, slots=True)
class Completed:
    """An earlier answer with what stands beside its quotes."""

    answer: Answer
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class PanelsJob(Job[Completed]):
    """Complete an earlier answer, whose quotes have been looked up again."""

    collections: tuple[str, ...]
    answer: Answer
    draws: bool = False
    """Whether a picture can be shown."""

    def run(self, desk: Desk) -> Completed:
        """See :class:`Job`."""
        answer, citations = self.answer, self.answer.citations
        if answer.outcome is not Outcome.ANSWERED or not citations or not answer.question:
            return Completed(answer)
        reading = desk.reading(self.collections)
        articles = dict.fromkeys(one.id for cited in citations for one in (cited.article, *cited.also))
        again = reading.asker.ask(answer.question, Options(articles=tuple(articles)))
        whole = _places(again.citations) == _places(citations)
        answer = replace(
            answer,
            figures=_standing(again.figures, citations),
            moments=days_named(citations, reading.stores) if understand(answer.question).asks is Asks.WHEN else (),
            # Of other quotes it would tell something else.
            independence=again.independence if whole else None,
        )
        return Completed(answer, pictures.of_figures(answer.question, answer.figures) if self.draws else None)


def _places(citations: Sequence[Citation]) -> set[tuple[str, str]]:
    return {(citation.collection, citation.article.id) for citation in citations}


def _standing(figures: Sequence[ShownFigure], citations: Sequence[Citation]) -> tuple[ShownFigure, ...]:
    """Those whose words stand in the quotes, under the quotes' numbers; none without the one they are compared to."""
    found = []
    for shown in figures:
        figure = shown.figure
        holding = [
            citation
            for citation in citations
            if _of_passage(citation, shown.citations[0])
            and citation.start <= figure.start
            and figure.end <= citation.end
        ]
        if holding:
            others = [one for other in shown.citations[1:] for one in citations if _of_passage(one, other)]
            found.append(replace(shown, citations=tuple(dict.fromkeys([*holding, *others]))))
    return tuple(found) if any(shown.difference is None for shown in found) else ()


def _of_passage(one: Citation, other: Citation) -> bool:
    return (one.collection, one.passage.id) == (other.collection, other.passage.id)
