"""The vectors of the last questions are kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from embeddings.encoder import Vectors
from embeddings.remembered import Remembered
from embeddings.runtime.encoder import RuntimeEncoder


class Lengths:
    """Encodes a text as its length, and notes what it was given."""

    def __init__(self) -> None:
        self.given: list[list[str]] = []

    def __call__(self, texts: list[str]) -> Vectors:
        self.given.append(texts)
        return np.array([[len(text), 1] for text in texts], dtype=np.float32).reshape(len(texts), 2)


def test_a_text_is_encoded_once() -> None:
    encode = Lengths()
    remembered = Remembered(encode, 10)
    assert remembered.vectors(["a", "bb", "a"]).tolist() == [[1, 1], [2, 1], [1, 1]]
    assert remembered.vectors(["bb", "ccc"]).tolist() == [[2, 1], [3, 1]]
    assert remembered.vectors(["a"]).tolist() == [[1, 1]]
    assert encode.given == [["a", "bb"], ["ccc"]]
    assert ["a" in remembered, "d" in remembered] == [True, False]


def test_the_last_asked_for_are_kept() -> None:
    encode = Lengths()
    remembered = Remembered(encode, 2)
    for text in ("a", "bb", "a", "ccc"):
        remembered.vectors([text])
    assert ["a" in remembered, "bb" in remembered, "ccc" in remembered] == [True, False, True]


def test_more_at_once_than_are_kept() -> None:
    remembered = Remembered(Lengths(), 2)
    assert remembered.vectors(["a", "bb", "ccc"]).tolist() == [[1, 1], [2, 1], [3, 1]]
    assert ["a" in remembered, "ccc" in remembered] == [False, True]


def test_no_texts_have_the_shape_of_none() -> None:
    assert Remembered(Lengths(), 2).vectors([]).shape == (0, 2)


def test_questions_foreseen_are_read_together_and_have_the_same_vectors(
    models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = [f"What did the mayor say about pier {number}, and why?" for number in range(8)]
    alone = RuntimeEncoder(folders=[models])
    one_by_one = np.vstack([alone.encode_query([question]) for question in questions])
    encoder = RuntimeEncoder(folders=[models])
    encoder.foresee([])
    encoder.foresee(questions)
    monkeypatch.setattr(encoder, "_encode", lambda _: pytest.fail("read again"))
    np.testing.assert_array_equal(np.vstack([encoder.encode_query([question]) for question in questions]), one_by_one)
    # As long as the next one is ready, the others wait for company.
    encoder.foresee([questions[0], "Another question?"])
