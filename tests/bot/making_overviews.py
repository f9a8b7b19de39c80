"""Events and figures as tests need them."""

from __future__ import annotations

from dataclasses import replace

from corpus.models import Bound, Figure, Moment, Passage, PassageKind
from corpus.store.articles import ArticleSummary
from retrieval.models import Citation, Difference, Event, ShownFigure


def citation(
    number: int,
    quote: str,
    outlet: str | None = "Test Courier",
    speaker: str | None = None,
    published_at: str | None = "2022-02-08T07:00:00Z",
) -> Citation:
    article = ArticleSummary(f"a-{number}", 1, f"Article {number}", outlet, None, None, published_at, 3)
    passage = Passage(number, article.id, 1, 2, 0, len(quote), quote, PassageKind.PARAGRAPH)
    return Citation(number, "main", article, passage, 0, len(quote), quote, None, speaker, None)


def published(number: int, day: str, quote: str, **more: str | None) -> Event:
    """Of the day of its publication."""
    return Event(day, day, citation(number, quote, **more), None, None)


def named(
    number: int, first: str, quote: str, last: str | None = None, printed: str | None = None, **more: str | None
) -> Event:
    """Of a day or a longer time that the quote names: in full, or as ``printed`` counted from another."""
    moment = Moment(0, 1, first, last or first, "2022-02-08" if printed else None)
    return Event(first, last or first, citation(number, quote, **more), moment, printed or first)


def figure(
    number: int,
    printed: str,
    low: float,
    high: float | None = None,
    bound: Bound = Bound.EXACT,
    unit: str | None = None,
    counted: str = "",
    difference: Difference | None = None,
    claimant: str | None = None,
    as_of: str | None = None,
    also: tuple[int, ...] = (),
) -> ShownFigure:
    value = Figure(0, len(printed), low, low if high is None else high, bound, unit, counted, as_of, claimant)
    quotes = (citation(number, printed), *(replace(citation(n, printed), number=n) for n in also))
    return ShownFigure(value, printed, quotes, difference)
