"""Questions that ask several things at once."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from retrieval.parts import PART_SHARE, SERVED, parts_of, served_in_turn


def test_two_articles_are_two_parts() -> None:
    question = (
        "Does the Harbour Post article say that the bridge toll doubled in spring, while the Evening Ledger article "
        "claims that ferry fares stayed the same all year?"
    )
    assert parts_of(question) == (
        "Does the Harbour Post article say that the bridge toll doubled in spring",
        "while the Evening Ledger article claims that ferry fares stayed the same all year?",
    )


def test_a_plain_question_has_no_parts() -> None:
    assert parts_of("What did the mayor say about the toll, and when?") == ()
    assert parts_of("") == ()


def test_a_short_piece_stays_with_its_neighbour() -> None:
    question = (
        "Which company, according to the Harbour Post article on ferry fares, raised its prices twice within one "
        "summer, while the rival harbour operator promised cheaper monthly tickets for commuters?"
    )
    assert all(len(part.split()) > 4 for part in parts_of(question))
    assert "".join(parts_of(question)).replace(",", "").replace(" ", "") == question.replace(",", "").replace(" ", "")


def test_parts_take_turns() -> None:
    # Two candidates serve the first part well, one the second.
    whole = np.array([1.0, 1.0, 1.0])
    parts = np.array([[2.0, 0.0], [1.9, 0.0], [0.0, 1.85]])
    assert [n for n, _ in served_in_turn(whole, parts)] == [0, 2, 1]
    scores = [score for _, score in served_in_turn(whole, parts)]
    assert np.allclose(scores, [1.5, 1.425, 0.5 + PART_SHARE * (1.9 - SERVED)])


@given(st.integers(1, 80).flatmap(lambda n: st.tuples(
    arrays(np.float64, (n,), elements=st.floats(-2, 3)), arrays(np.float64, (n, 3), elements=st.floats(-2, 3))
)))  # fmt: skip
def test_every_candidate_once_and_scores_never_rise(given: tuple[np.ndarray, np.ndarray]) -> None:
    ordered = served_in_turn(*given)
    assert sorted(n for n, _ in ordered) == list(range(len(given[0])))
    assert all(one >= two - 1e-9 for (_, one), (_, two) in pairwise(ordered))
