"""Passages side by side: the same figures as one text at a time gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.models import Passage, PassageKind, Sentence, Statement, StatementKind
from corpus.store.articles import ArticleSummary
from corpus.store.text import Stemmer, Word
from retrieval.coverage import ContentWords, word_key
from retrieval.readings import Reading, SideBySide

PIECES = st.sampled_from(["harbour", "closes", "June", "winter", "French", "France", "two", "ë", "²"])


def read(*sentences: str, title: str | None = None, statements: tuple[Statement, ...] = (), start: int = 0) -> Reading:
    text, spans = "", []
    for number, sentence in enumerate(sentences):
        spans.append(Sentence(number, start + len(text), start + len(text) + len(sentence)))
        text += sentence + " "
    passage = Passage(1, "a", 1, 1, start, start + len(text), text, PassageKind.PARAGRAPH)
    return Reading(passage, ArticleSummary("a", 1, title, None, None, None, None, 1), spans, statements)


def content(*typed: str) -> ContentWords:
    stems = [stems[0] for stems in Stemmer().stems(typed) if stems]
    return ContentWords.of([Word(stem, stem, 1, idf=1.0 + n) for n, stem in enumerate(stems)])


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("harbour closes June", 1.0),
        ("harbour x closes y June", 1.0),
        ("harbour x y closes", 0.0),
        ("closes harbour", 0.0),
        ("harbour closes", 3 / 8),
        ("closes June", 5 / 8),
        ("closes June x harbour closes", 1.0),
        ("June harbour", 0.0),
        ("x", 0.0),
    ],
)
def test_neighbours_stand_together_in_order(text: str, share: float) -> None:
    found = SideBySide([read("before"), read(text), read("after")]).coverage(content("harbour", "closes", "June"))
    assert found.phrases.tolist() == [0.0, pytest.approx(share), 0.0]


def test_neighbours_of_one_passage_and_not_of_two() -> None:
    pair = content("harbour", "closes")
    assert SideBySide([read("The harbour.", "Closes.")]).coverage(pair).phrases.tolist() == [1.0]
    assert SideBySide([read("The harbour."), read("Closes.")]).coverage(pair).phrases.tolist() == [0.0, 0.0]


@given(st.lists(st.lists(st.lists(PIECES, max_size=6), max_size=4), max_size=4), st.lists(PIECES, max_size=5))
def test_the_shares_are_those_of_one_text_at_a_time(passages: list[list[list[str]]], typed: list[str]) -> None:
    wanted, stemmer = content(*typed), Stemmer()
    readings = [
        read(*(" ".join(words) for words in sentences), title="Winter in France" if n % 2 else None)
        for n, sentences in enumerate(passages)
    ]
    found = SideBySide(readings).coverage(wanted)
    texts = [text for reading in readings for text in reading.texts]
    assert found.sentences.tolist() == pytest.approx([wanted.share(stems) for stems in stemmer.stems(texts)])
    for n, reading in enumerate(readings):
        whole = [stem for stems in stemmer.stems(reading.texts) for stem in stems]
        assert found.passages[n] == pytest.approx(wanted.share(whole))
        headline = stemmer.stems([reading.article.title or ""])[0]
        assert found.with_headlines[n] == pytest.approx(wanted.share(whole + headline))
        assert reading.families == {word_key(stem) for stem in whole + headline}


def test_a_country_is_there_where_its_adjective_is() -> None:
    side_by_side = SideBySide([read("French fishermen protested.", "It rained."), read("Fishermen of Spain.")])
    found = side_by_side.coverage(content("France", "fishermen"))
    assert found.sentences.tolist() == pytest.approx([1.0, 0.0, 2 / 3])
    assert found.passages.tolist() == pytest.approx([1.0, 2 / 3])


def test_nothing_covers_nothing() -> None:
    assert SideBySide([]).coverage(content("harbour")).passages.shape == (0,)
    found = SideBySide([read(), read("The harbour.")]).coverage(content())
    assert (found.sentences.tolist(), found.passages.tolist(), found.phrases.tolist()) == (
        [0.0],
        [0.0, 0.0],
        [0.0, 0.0],
    )


def test_cosines_of_passages_with_and_without_vectors() -> None:
    query = np.array([1.0, 0.0], dtype=np.float32)
    full, bare = read("One.", "Two."), read("Three.")
    full.vectors = np.array([[0.5, 0.0], [-1.0, 0.0]], dtype=np.float16)
    full.windows = np.array([[-0.25, 0.0]], dtype=np.float16)
    side_by_side = SideBySide([full, bare, read()])
    near = side_by_side.sentence_cosines(query)
    assert near.tolist() == [0.5, -1.0, 0.0]
    assert side_by_side.best(near).tolist() == [0.5, 0.0, 0.0]
    assert side_by_side.window_cosines(query).tolist() == [-0.25, 0.0, 0.0]
    assert SideBySide([]).sentence_cosines(query).shape == (0,)


def test_a_line_knows_who_speaks_in_it() -> None:
    text = "“We cannot pay for it,” Ada Brook said."
    said = Statement("Ada Brook", 24, 33, "said", 101, 122, StatementKind.DIRECT)
    first, second = read(text, "Will it close?", statements=(said,), start=100).lines
    assert (first.one, first.said, first.asks) == (said, (said,), False)
    assert text[first.shown[0] - 100 : first.shown[1] - 100] == "We cannot pay for it"
    assert (second.one, second.said, second.asks) == (None, (), True)
    assert second.shown == (second.start, second.end)
