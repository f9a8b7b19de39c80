"""Overviews as they are kept, and which of many outlets are compared."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.overview_jobs import Kind, Overview, _nearest
from retrieval.asking import Options
from retrieval.by_outlet import MOST_OUTLETS
from retrieval.models import Answer, Hit, Outcome, Signals
from tests.bot.discord.test_card import article, citation


def test_an_overview_comes_back_as_it_was_kept() -> None:
    one = Overview(Kind.TIMELINE, "What \ud800 was it?", "Ada", "Post", "2023-05-01", None, 7)
    assert Overview.from_json(one.as_json()) == one


class Asked:
    """Answers with quotes and passages of some outlets."""

    def __init__(self, cited: list[str], found: list[str]) -> None:
        self.cited, self.found = cited, found
        self.options: Options | None = None

    def ask(self, text: str, options: Options) -> Answer:
        self.options = options
        of = [replace(article(n), outlet=name) for n, name in enumerate([*self.cited, *self.found])]
        quotes = [replace(citation(n, "It is so."), article=of[n]) for n in range(len(self.cited))]
        hits = [
            Hit("main", quotes[0].passage, one, n, 1.0, Signals(), {})
            for n, one in enumerate(of[len(quotes) :], start=1)
        ]
        return Answer(text, Outcome.ANSWERED, 1.0, None, "", tuple(quotes), tuple(hits))


def test_of_many_outlets_of_a_channel_the_nearest_come_first() -> None:
    names = tuple(f"Paper {n}" for n in range(MOST_OUTLETS + 4))
    asker: Any = Asked(["PAPER 9"], ["Paper 11", "Elsewhere", "Paper 9", "Paper 2"])
    found = _nearest(asker, "Is it so?", Options(outlets=names))
    assert found[:3] == ("Paper 9", "Paper 11", "Paper 2")
    assert set(found) == set(names)
    # It is asked of the channel's outlets alone.
    assert asker.options.outlets == names
