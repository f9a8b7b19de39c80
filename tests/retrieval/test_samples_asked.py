"""What a newcomer asks of the articles that ship with the project: nothing of another matter is shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.models import Difference, Outcome, Reason
from tests.making import bundled_encoder
from tests.retrieval.conftest import Shelf

SAMPLE = Path(__file__).parents[2] / "corpus" / "sample"


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """For reading only."""
    shelf = Shelf(tmp_path_factory.mktemp("samples"), encoder=bundled_encoder())
    shelf.ingest(SAMPLE)
    yield shelf
    shelf.close()


def test_a_headline_is_nobodys_words(samples: Shelf) -> None:
    answer = samples.ask("What did Scholz say about Nord Stream 2?")
    assert answer.reason is Reason.SPEAKER_SILENT
    assert answer.text == "The articles quote Olaf Scholz, but not on Nord Stream 2. Joe Biden is quoted on it."


def test_words_about_what_stands_before_them_are_found(samples: Shelf) -> None:
    answer = samples.ask("What does the historian Lorcan Mathers think the walkway was for?")
    assert answer.outcome is Outcome.ANSWERED
    assert answer.citations[0].speaker == "Lorcan Mathers"


def test_a_length_of_time_stands_beside_none_of_another_matter(samples: Shelf) -> None:
    answer = samples.ask("How long did the talks between Macron and Putin last?")
    assert [(one.printed, one.difference) for one in answer.figures] == [
        ("five hours", None),
        ("more than five hours", Difference.ROUNDED),
    ]
    shown = {citation.quote for citation in answer.citations}
    assert shown == {quote for quote in shown if "five hours" in quote}


@pytest.mark.parametrize(
    ("question", "shown", "not_shown"),
    [
        ("How much did the hospital in Harrowmere cost?", "£214 million", "£740,000"),
        ("How much did the hospital in Harrowmere cost?", "£180 million", "£90,000"),
        ("How long did the war in Ukraine last?", "since 2014", "38 minutes"),
        ("How long did the war in Ukraine last?", "since 2014", "20 miles"),
        ("How long was the phone call between Macron and Biden?", "40 minutes", "10 days"),
        ("How often did Macron telephone Putin?", "three times in 10 days", "40 minutes"),
        ("How far did Tilly Marrow walk to her shift?", "9 kilometers", "2 a.m."),
    ],
)
def test_no_value_of_another_matter_is_shown(samples: Shelf, question: str, shown: str, not_shown: str) -> None:
    answer = samples.ask(question)
    assert answer.outcome is Outcome.ANSWERED
    assert any(shown in citation.quote for citation in answer.citations)
    assert not any(not_shown in citation.quote for citation in answer.citations)
