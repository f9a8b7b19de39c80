"""Which figures and timelines are worth a picture, and that one that fails keeps nothing back."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest

from bot import pictures
from bot.pictures import comparable, of_figures, of_timeline
from corpus.models import Bound, Figure
from retrieval.models import Difference, Event, ShownFigure, Timeline
from tests.bot.discord.test_card import citation


def shown(number: float, difference: Difference | None = Difference.DIFFERS, **more: object) -> ShownFigure:
    figure = Figure(0, 5, number, number, Bound.EXACT, None, "people")
    return ShownFigure(replace(figure, **more), f"{number:,} people", (citation(1, "x"),), difference)  # type: ignore[arg-type]


def test_two_figures_are_compared_at_a_glance_and_three_are_drawn() -> None:
    assert of_figures("How many?", [shown(1, None), shown(2)]) is None
    made = of_figures("How many?", [shown(1, None), shown(2), shown(3)])
    assert made is not None
    assert made.data.startswith(b"\x89PNG")
    assert made.name == "figures.png"
    assert made.description.startswith("Chart of 3 figures")


def test_the_same_figure_of_three_people_is_one() -> None:
    said = [shown(5, None), shown(5, claimant="the county"), shown(5, claimant="the mayor")]
    assert of_figures("How many?", said) is None


def test_what_is_of_another_unit_or_counts_something_else_is_not_drawn_on_the_same_axis() -> None:
    figures = [shown(1, None), shown(2, unit="%"), shown(3), shown(4, Difference.OTHER_SCOPE), shown(5)]
    assert [one.figure.low for one in comparable(figures)] == [1, 3, 5]
    assert comparable([]) == ()


def test_a_timeline_of_one_day_is_not_drawn() -> None:
    days = [Event(day, day, citation(1, "It rained."), None, None) for day in ("2023-05-01", "2023-05-02")]
    assert of_timeline(Timeline("Rain", (days[0], days[0]))) is None
    made = of_timeline(Timeline("Rain", tuple(days)))
    assert made is not None
    assert made.data.startswith(b"\x89PNG")
    assert len(made.description) <= 1_024


def test_what_cannot_be_drawn_or_is_too_large_is_left_out_and_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    figures = [shown(1, None), shown(2), shown(3)]

    def fails(*_: object) -> bytes:
        raise ValueError("no ink")

    monkeypatch.setattr("bot.render.plot.figures_picture", fails)
    with caplog.at_level(logging.WARNING):
        assert of_figures("How many?", figures) is None
    assert "no ink" in caplog.text
    monkeypatch.setattr("bot.render.plot.figures_picture", lambda *_: b"x" * 100)
    assert of_figures("How many?", figures) is not None
    monkeypatch.setattr(pictures, "_MOST_BYTES", 99)
    with caplog.at_level(logging.WARNING):
        assert of_figures("How many?", figures) is None
    assert "100 bytes" in caplog.text
