"""The figures that an answer shows beside its quotes: with the real model, from the question to the panel."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from retrieval.models import Outcome
from tests.making import bundled_encoder
from tests.retrieval.conftest import Shelf
from tests.retrieval.test_figures import PROTEST, fill, stand_in_print

OpenShelf = Callable[..., Shelf]


@pytest.fixture
def paper(open_shelf: OpenShelf) -> Shelf:
    """With the real model."""
    return open_shelf("main", bundled_encoder())


def test_the_figures_of_an_answer_stand_in_its_quotes(paper: Shelf) -> None:
    fill(
        paper,
        [
            "Police counted 12,417 people at the protest in Ellery, where many joined with their children.",
            "About 12,000 people joined the protest in Ellery against the closing of the harbour.",
            "Organisers said 20,000 people joined the protest in Ellery on Tuesday.",
        ],
    )
    answer = paper.ask(PROTEST)
    assert answer.outcome is Outcome.ANSWERED
    stand_in_print(answer.figures, paper)
    assert {one.printed for one in answer.figures} == {"12,417 people", "About 12,000 people", "20,000 people"}
    for one in answer.figures:
        assert set(one.citations) <= set(answer.citations)


@pytest.mark.parametrize(
    "question",
    ["Who joined the protest in Ellery?", "What did police say about the protest?", "When was the protest in Ellery?"],
)
def test_a_question_for_no_number_gets_no_figures(paper: Shelf, question: str) -> None:
    fill(paper, ["Fishermen joined the protest in Ellery on Tuesday; 12,417 people came, police said."])
    answer = paper.ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert answer.figures == ()


def test_a_declined_question_has_no_figures(paper: Shelf) -> None:
    fill(paper, ["12,417 people joined the protest in Ellery."])
    answer = paper.ask("How many ships did Brazil send to the moon?")
    assert answer.outcome is Outcome.NO_EVIDENCE
    assert answer.figures == ()


def test_a_subject_is_asked_for_its_figures(paper: Shelf) -> None:
    fill(paper, ["12,417 people joined the protest in Ellery.", "15,000 people joined the protest in Ellery."])
    answer = paper.asker.figures("people at the protest in Ellery")
    assert {one.printed for one in answer.figures} == {"12,417 people", "15,000 people"}
    assert paper.asker.figures(PROTEST).figures == paper.ask(PROTEST).figures
    assert paper.asker.figures("?").outcome is Outcome.NO_EVIDENCE


WIRE = (
    "The protest in Ellery filled the square, and the fishermen came with their nets and their children.",
    "12,417 people joined the protest in Ellery, and no window was broken in the whole of the town.",
    "Shops around the market square of Ellery closed at noon, and the buses were led around the town.",
    "The council had decided in April to close the old harbour, which has served the town for ninety years.",
)


def fill_with_copies(shelf: Shelf) -> None:
    # The later print is stored first: of two alike passages it is the one that is found.
    shelf.write("a.md", *WIRE, id="late", title="Ellery", outlet="Test Herald", published_at="2023-05-04")
    shelf.write("b.md", *WIRE, id="early", title="Ellery", outlet="Test Courier", published_at="2023-05-03")
    shelf.write(
        "c.md", "15,000 people joined the protest in Ellery.", id="own", title="Ellery", outlet="Test Post",
        published_at="2023-05-04",
    )  # fmt: skip
    shelf.ingest()


def test_a_figure_of_two_copies_is_in_the_answer_once(paper: Shelf) -> None:
    fill_with_copies(paper)
    answer = paper.ask(PROTEST)
    cited = {citation.article.id: citation for citation in answer.citations}
    assert cited.keys() == {"early", "own"}
    assert [article.id for article in cited["early"].also] == ["late"]


def test_a_figure_is_not_lost_where_the_first_print_is_cited(paper: Shelf) -> None:
    fill_with_copies(paper)
    answer = paper.ask(PROTEST)
    stand_in_print(answer.figures, paper)
    assert {one.printed for one in answer.figures} == {"12,417 people", "15,000 people"}


def test_no_amount_of_another_matter_is_added_to_an_answer(paper: Shelf) -> None:
    fill(
        paper,
        [
            "Larkspur Devices had to recall its Finch earbuds. The recall cost Larkspur 28 million crowns.",
            "The new hospital in Ellery admitted its first patients on Monday. It cost £214 million.",
        ],
    )
    answer = paper.ask("How much did the recall cost Larkspur?")
    assert answer.outcome is Outcome.ANSWERED
    assert [citation.article.id for citation in answer.citations] == ["a1"]
    assert "£214 million" not in {one.printed for one in answer.figures}


@pytest.mark.xfail(strict=True, reason="an age is no figure, so any other length of time is shown for it")
def test_no_other_time_is_shown_for_an_age(paper: Shelf) -> None:
    fill(
        paper,
        ["The walkway in Dunmallow was laid about 3,200 years ago. Conserving the walkway will take six years."],
    )
    answer = paper.ask("How old is the walkway in Dunmallow?")
    assert answer.outcome is Outcome.ANSWERED
    assert "six years" not in {one.printed for one in answer.figures}
