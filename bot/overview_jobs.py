"""A timeline or a comparison by outlet, as jobs for the worker: pages are made, and pictures drawn, where articles are
read. A page is looked up again each time: what was removed meanwhile is not shown from memory.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self

from bot import pictures, words
from bot.errors import UsageError
from bot.jobs import Job
from bot.pictures import Picture
from bot.render.card import Card
from bot.render.comparison_card import comparison_card, numbered_through
from bot.render.pages import Page
from bot.render.timeline_card import in_order_of_days, timeline_card
from corpus.store.filters import folded
from retrieval.asking import Asker, Options
from retrieval.by_outlet import MOST_OUTLETS, compare_outlets
from retrieval.models import Citation, Outcome

if TYPE_CHECKING:
    from bot.desk import Desk

_LOOKED_AT = 60
"""Passages by which the outlets of a channel are told apart, where more are set than are compared."""


class Kind(StrEnum):
    """What can be seen at a glance."""

    TIMELINE = "timeline"
    COMPARISON = "comparison"


@dataclass(frozen=True, slots=True)
class Overview:
    """What somebody wants to see; kept with its pages so that they can be turned."""

    kind: Kind
    question: str
    speaker: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    only_for: int | None = None
    """Who alone may see it; None for what was shown to everybody."""

    def as_json(self) -> str:
        """As a column of the record."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """From a column of the record."""
        row: dict[str, Any] = json.loads(text)
        return cls(**{**row, "kind": Kind(row["kind"])})


@dataclass(frozen=True, slots=True)
class Shown:
    """One page, and what the whole of it cites."""

    answered: bool
    page: Page
    at: int
    pages: int
    citations: tuple[Citation, ...]
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class OverviewJob(Job[Shown]):
    """One page of an overview, from the articles as they are now."""

    collections: tuple[str, ...]
    wanted: Overview
    at: int = 0
    outlets: tuple[str, ...] = ()
    """Those that are set for the channel; all where it is empty."""
    draws: bool = True
    """Whether a picture can be shown."""

    def run(self, desk: Desk) -> Shown:
        """See :class:`Job`."""
        asker = desk.reading(self.collections).asker
        options = Options(
            self.wanted.speaker, self._admitted(), self.wanted.since, self.wanted.until, (), desk.settings.top_k
        )
        if self.wanted.kind is Kind.COMPARISON:
            return self._comparison(asker, options)
        timeline = in_order_of_days(asker.timeline(self.wanted.question, options))
        # It stands on the first page alone; the others are its words.
        picture = pictures.of_timeline(timeline) if self.draws and self.at == 0 else None
        return self._turned(timeline_card(timeline), tuple(event.citation for event in timeline.events), picture)

    def _comparison(self, asker: Asker, options: Options) -> Shown:
        if len(options.outlets) > MOST_OUTLETS:
            options = replace(options, outlets=_nearest(asker, self.wanted.question, options))
        found = numbered_through(compare_outlets(asker, self.wanted.question, options))
        cited = tuple(citation for one in found.outlets for citation in one.answer.citations)
        return self._turned(comparison_card(found), cited or found.together.citations, None)

    def _admitted(self) -> tuple[str, ...]:
        if self.wanted.outlet is None:
            return self.outlets
        if self.outlets and folded(self.wanted.outlet) not in {folded(outlet) for outlet in self.outlets}:
            raise UsageError(words.OUTLET_NOT_HERE)
        return (self.wanted.outlet,)

    def _turned(self, card: Card, citations: tuple[Citation, ...], picture: Picture | None) -> Shown:
        at = min(self.at, len(card.pages) - 1)
        return Shown(card.answered, card.pages[at], at, len(card.pages), citations, picture)


def _nearest(asker: Asker, question: str, options: Options) -> tuple[str, ...]:
    """Of many outlets those that print something nearest to the question; all named ones are asked otherwise."""
    found = asker.ask(question, replace(options, top_k=_LOOKED_AT))
    articles = [citation.article for citation in found.citations] if found.outcome is Outcome.ANSWERED else []
    articles += [hit.article for hit in found.hits]
    near = dict.fromkeys(folded(article.outlet) for article in articles if article.outlet)
    ranks = {outlet: rank for rank, outlet in enumerate(near)}
    return tuple(sorted(options.outlets, key=lambda outlet: ranks.get(folded(outlet), len(ranks))))
