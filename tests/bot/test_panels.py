"""What stands beside an answer's quotes: rows of figures and days, and the sentence on origins."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.render.panels import Row, figure_rows, independence_sentence, moment_rows
from corpus.models import Bound, Figure, Moment, Passage, PassageKind
from corpus.store.articles import ArticleSummary
from retrieval.models import Citation, Difference, Independence, ShownFigure, ShownMoment

TEXT = "Police counted 12,417 people at the protest in Ellery on Tuesday."
PASSAGE = Passage(7, "a-1", 1, 3, 0, len(TEXT), TEXT, PassageKind.PARAGRAPH)
ARTICLE = ArticleSummary("a-1", 1, "Protest in Ellery", "Test Courier", None, None, "2023-05-02", 9)
ONE = Citation(1, "main", ARTICLE, PASSAGE, 0, len(TEXT), TEXT, None, None, None)
TWO, THREE = replace(ONE, number=2), replace(ONE, number=3)
COUNT = Figure(15, 28, 12_417.0, 12_417.0, Bound.EXACT, None, "people")
FIRST = ShownFigure(COUNT, "12,417 people", (ONE,), None)


def other(difference: Difference, **fields: object) -> ShownFigure:
    return ShownFigure(replace(COUNT, low=15_000.0, high=15_000.0, **fields), "15,000 people", (TWO,), difference)


def day(first: str, last: str, printed: str, *, derived: bool = True, citation: Citation = ONE) -> ShownMoment:
    return ShownMoment(Moment(0, 5, first, last, "2023-05-02" if derived else None), printed, citation)


# Figures


@pytest.mark.parametrize("figures", [(), (FIRST,)])
def test_one_figure_is_no_panel(figures: tuple[ShownFigure, ...]) -> None:
    assert figure_rows(figures) == []


@pytest.mark.parametrize(
    ("difference", "label"),
    [
        (Difference.ROUNDED, "rounded"),
        (Difference.LATER, "later"),
        (Difference.EARLIER, "earlier"),
        (Difference.OTHER_SCOPE, "other scope"),
        (Difference.DIFFERS, "differs"),
    ],
)
def test_each_figure_has_a_row_and_its_label(difference: Difference, label: str) -> None:
    assert figure_rows((FIRST, other(difference))) == [
        Row("12,417 people", (1,), ""),
        Row("15,000 people", (2,), label),
    ]


def test_every_difference_has_a_label() -> None:
    labels = {figure_rows((FIRST, other(difference)))[1].beside for difference in Difference}
    assert len(labels) == len(Difference)
    assert "" not in labels


def test_who_says_so_and_as_of_when_stand_beside_a_figure() -> None:
    claimed = other(Difference.DIFFERS, claimant="Ada Brook", as_of="2023-05-01")
    assert figure_rows((FIRST, claimed))[1].beside == "Ada Brook, as of 2023-05-01, differs"
    first = replace(FIRST, figure=replace(COUNT, claimant="police"))
    assert figure_rows((first, claimed))[0].beside == "police"


def test_the_citations_that_print_a_figure_are_numbered_once() -> None:
    shown = replace(FIRST, citations=(THREE, ONE, replace(THREE, start=4)))
    assert figure_rows((shown, other(Difference.LATER)))[0].numbers == (3, 1)


def test_what_would_act_on_a_terminal_is_written_out() -> None:
    hostile = replace(FIRST, printed="12,417\x1b[2J\npeople", figure=replace(COUNT, claimant="Ada\u202e\r\nBrook\x07"))
    row = figure_rows((hostile, other(Difference.LATER)))[0]
    assert (row.printed, row.beside) == ("12,417\\x1b[2J people", "Ada\\u202e Brook\\x07")


@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(Difference))
def test_a_row_is_one_line_whatever_is_printed(printed: str, claimant: str, difference: Difference) -> None:
    shown = replace(other(difference, claimant=claimant), printed=printed)
    for row in figure_rows((FIRST, shown)):
        assert len(f"{row.printed}{row.beside}".splitlines()) <= 1
        assert row.numbers


# Days


def test_no_days_no_panel() -> None:
    assert moment_rows(()) == []


def test_a_day_that_was_resolved_says_so() -> None:
    assert moment_rows((day("2023-05-01", "2023-05-01", "on Monday"),)) == [
        Row("on Monday", (1,), "1 May 2023 (derived)")
    ]


def test_a_day_that_is_printed_in_full_needs_no_row() -> None:
    assert moment_rows((day("2023-06-30", "2023-06-30", "30 June 2023", derived=False),)) == []


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("2023-05-10", "2023-05-12", "10–12 May 2023"),
        ("2023-04-01", "2023-04-30", "Apr 2023"),
        ("2022-01-01", "2022-12-31", "2022"),
        ("2022-12-30", "2023-01-02", "30 Dec 2022 – 2 Jan 2023"),
    ],
)
def test_a_longer_time_is_told_as_one(first: str, last: str, shown: str) -> None:
    assert moment_rows((day(first, last, "then"),))[0].beside == f"{shown} (derived)"


def test_one_day_printed_alike_in_several_quotes_is_one_row() -> None:
    monday = day("2023-05-01", "2023-05-01", "on Monday")
    rows = moment_rows((monday, replace(monday, citation=TWO), replace(monday, citation=TWO)))
    assert rows == [Row("on Monday", (1, 2), "1 May 2023 (derived)")]


def test_one_word_for_two_days_is_two_rows() -> None:
    """Another paper's Monday is another day."""
    rows = moment_rows((
        day("2023-05-01", "2023-05-01", "on Monday"), day("2023-05-08", "2023-05-08", "on Monday", citation=TWO),
    ))  # fmt: skip
    assert [(row.numbers, row.beside) for row in rows] == [
        ((1,), "1 May 2023 (derived)"), ((2,), "8 May 2023 (derived)"),
    ]  # fmt: skip


@pytest.mark.parametrize("first", ["", "soon", "2023-13-01"])
def test_a_damaged_day_is_left_out(first: str) -> None:
    assert moment_rows((day(first, "2023-05-01", "on Monday"),)) == []


# Origins


@pytest.mark.parametrize(
    ("independence", "sentence"),
    [
        (None, None),
        (Independence(1, 1, ()), None),
        (Independence(3, 3, ("AFP",)), None),
        (Independence(2, 1, ()), "2 outlets, 1 origin"),
        (Independence(3, 1, ("AFP",)), "3 outlets, 1 origin (AFP)"),
        (Independence(5, 2, ("AFP", "Reuters")), "5 outlets, 2 independent origins (AFP, Reuters)"),
        (Independence(2, 1, ("A\x1bB\nC",)), "2 outlets, 1 origin (A\\x1bB C)"),
    ],
)
def test_shared_origins_are_told_and_others_are_not(independence: Independence | None, sentence: str | None) -> None:
    assert independence_sentence(independence) == sentence
