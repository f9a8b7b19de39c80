"""Which words a collection is searched for."""

from __future__ import annotations

from corpus.store.text import Word
from retrieval.question import understand
from retrieval.search import telling_words

QUESTION = understand("Which new harbour fees did Ada Brook want the old council to end?")


def words(**passages: int) -> list[Word]:
    return [Word(printed, printed.lower(), n) for printed, n in passages.items()]


WORDS = words(new=30_000, harbour=400, fees=20_000, Ada=50_000, Brook=100, want=40_000, old=30_000, council=60_000)


def test_below_a_hundred_thousand_passages_every_word_is_searched_for() -> None:
    assert telling_words(WORDS, QUESTION, 100_000) == WORDS


def test_above_frequent_words_are_left_out_but_for_names_and_the_last_two() -> None:
    kept = [word.printed for word in telling_words(WORDS, QUESTION, 100_001)]
    assert kept == ["harbour", "Ada", "Brook", "old", "council"]


def test_a_question_of_frequent_words_alone_keeps_its_last_two() -> None:
    frequent = words(new=90_000, old=90_000, big=90_000)
    assert [word.printed for word in telling_words(frequent, understand("new old big"), 200_000)] == ["old", "big"]
