"""What every encoder promises: the one for tests and the one that ships."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from embeddings.encoder import Encoder, SentenceTransformerEncoder
from tests.fakes import FakeEncoder

TEXTS = [
    "Putin said NATO was moving towards Russia.",
    "The bridge opened on Sunday after nine years of work.",
    "",
    "   \n\t ",
    "🦄👩‍🚒🎉",
    "東京で会議が開かれた。",
    "대한민국의 수도는 서울이다.",
    "عقد الاجتماع في القاهرة يوم الأحد",
    "e\u0301t\u0327e\u0301 — “quoted” … ½ \u202e reversed",
    "\u0000\u0007 control",
    "A long paragraph about the harbour, the council and the winter. " * 40,
]

QUICKLY = settings(
    max_examples=60,
    deadline=None,
    # The encoder is the same for the whole session, and encoding leaves nothing behind in it.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def test_rows_are_unit_vectors_of_float32(encoder: Encoder) -> None:
    for encode in (encoder.encode_query, encoder.encode_passages):
        vectors = encode(TEXTS)
        assert vectors.dtype == np.float32
        assert vectors.shape == (len(TEXTS), encoder.dimension)
        assert vectors.flags.c_contiguous
        assert np.isfinite(vectors).all()
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_nothing_gives_no_rows(encoder: Encoder) -> None:
    for encode in (encoder.encode_query, encoder.encode_passages):
        vectors = encode([])
        assert vectors.shape == (0, encoder.dimension)
        assert vectors.dtype == np.float32


def test_the_same_text_gives_the_same_vector(encoder: Encoder) -> None:
    np.testing.assert_array_equal(encoder.encode_passages(TEXTS), encoder.encode_passages(TEXTS))
    first, again = encoder.encode_passages([TEXTS[0], TEXTS[0]])
    np.testing.assert_allclose(first, again, atol=1e-6)


def test_the_company_and_the_order_of_a_text_do_not_matter(encoder: Encoder) -> None:
    together = encoder.encode_passages(TEXTS)
    np.testing.assert_allclose(encoder.encode_passages(TEXTS[::-1])[::-1], together, atol=1e-5)
    alone = np.concatenate([encoder.encode_passages([text]) for text in TEXTS])
    np.testing.assert_allclose(alone, together, atol=1e-5)


def test_a_question_is_nearest_to_its_own_passage(encoder: Encoder) -> None:
    passages = encoder.encode_passages(TEXTS[:2])
    questions = encoder.encode_query(["What did Putin say about NATO moving?", "When was the bridge opened?"])
    assert (passages @ questions.T).argmax(axis=0).tolist() == [0, 1]


def test_different_texts_have_different_vectors(encoder: Encoder) -> None:
    vectors = encoder.encode_passages(TEXTS[:2])
    assert float(vectors[0] @ vectors[1]) < 0.9


def test_the_name_is_stable_and_names_the_weights(encoder: Encoder) -> None:
    name = encoder.name
    encoder.encode_passages(["something"])
    assert encoder.name == name
    model, _, weights = name.partition("@")
    assert model
    assert weights
    if isinstance(encoder, FakeEncoder):
        assert FakeEncoder().name == name
    else:
        # The same for every way of running the model: vectors stored by one serve the others.
        assert SentenceTransformerEncoder().name == name == "all-MiniLM-L6-v2@53aa51172d14"


# Windows


def holds(ranges: list[tuple[int, int]], text: str) -> None:
    """The ranges cover the text from its first character to its last, in order, each one with something in it."""
    assert ranges[0][0] == 0
    assert ranges[-1][1] == len(text)
    for (one_start, one_end), (next_start, next_end) in itertools.pairwise(ranges):
        assert one_start < next_start
        assert one_end < next_end
        # Only white space may fall between two windows; it means nothing to a model.
        assert next_start <= one_end or text[one_end:next_start].isspace()
    if len(text):
        assert all(start < end for start, end in ranges)


@pytest.mark.parametrize("prefix", ["", "A headline of no great length\n"])
@pytest.mark.parametrize("text", TEXTS)
def test_windows_cover_the_text(encoder: Encoder, text: str, prefix: str) -> None:
    holds(encoder.windows(text, prefix), text)


@QUICKLY
@given(
    st.lists(st.one_of(st.text(max_size=30), st.sampled_from(["word ", "漢字", "한국어", "🦄", "\n", "…", "3,000 "])))
    .map("".join)
    .flatmap(lambda text: st.sampled_from([text, text * 40])),
    st.sampled_from(["", "Headline\n"]),
)
@example("", "")
def test_windows_cover_any_text(encoder: Encoder, text: str, prefix: str) -> None:
    holds(encoder.windows(text, prefix), text)


def test_a_short_text_is_one_window(encoder: Encoder) -> None:
    for text in TEXTS[:-1]:
        assert encoder.windows(text, "Headline\n") == [(0, len(text))]


def test_a_long_text_has_several_windows(encoder: Encoder) -> None:
    assert len(encoder.windows(TEXTS[-1])) > 1
