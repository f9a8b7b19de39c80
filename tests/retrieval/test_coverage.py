"""How much of a question stands in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.store.text import Word
from retrieval.coverage import ContentWords, word_key, word_keys


def words(**weights: float) -> list[Word]:
    return [Word(stem, stem, 1, idf=weight) for stem, weight in weights.items()]


CONTENT = ContentWords.of(words(harbour=3.0, close=1.0, june=2.0))


@pytest.mark.parametrize(
    ("stems", "share"),
    [
        (["harbour", "close", "june"], 1.0),
        (["june", "x", "close", "harbour", "harbour"], 1.0),
        (["harbour"], 0.5),
        (["close"], 1 / 6),
        (["close", "june"], 0.5),
        (["x"], 0.0),
        ([], 0.0),
    ],
)
def test_the_share_is_by_weight(stems: list[str], share: float) -> None:
    assert CONTENT.share(stems) == pytest.approx(share)


def test_of_nothing_and_of_one_word() -> None:
    assert ContentWords.of([]).share(["harbour"]) == 0
    assert ContentWords.of(words(harbour=3.0)).share(["harbour"]) == 1


def test_a_word_given_twice_is_no_neighbour_of_itself() -> None:
    twice = ContentWords.of([*words(harbour=3.0), *words(harbour=3.0)])
    assert twice.share(["harbour"]) == 1
    assert twice.pairs == ()


STEMS = st.sampled_from(["harbour", "close", "june", "winter", "x"])


@given(st.dictionaries(STEMS, st.floats(0.01, 10)), st.lists(STEMS), st.lists(STEMS))
def test_shares_lie_between_0_and_1_and_more_text_never_covers_less(
    weights: dict[str, float], one: list[str], more: list[str]
) -> None:
    content = ContentWords.of(words(**weights))
    assert 0 <= content.share(one) <= content.share(one + more) <= 1 + 1e-9
    assert content.share(more) <= 1 + 1e-9
    if weights:
        assert content.share(list(weights)) == pytest.approx(1)


def test_words_of_one_family_share_a_key() -> None:
    assert len(word_keys(["criticis", "criticiz", "critici"])) == 1
    assert len(word_keys(["troop", "tropic"])) == 2
    assert word_key("un") == "un"
