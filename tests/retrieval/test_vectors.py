"""How vectors are keyed and kept."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.encoder import Vectors
from retrieval import vectors
from retrieval.vectors import model_name, pack, passage_prefix, text_hash, unpack


def unit(count: int, dimension: int, seed: int = 0) -> Vectors:
    rows = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


@pytest.mark.parametrize("dimension", [1, 2, 64, 384, 1024])
def test_what_is_packed_comes_back_nearly_the_same(dimension: int) -> None:
    rows = unit(50, dimension)
    packed = pack(rows)
    assert [len(row) for row in packed] == [2 * dimension] * 50
    again = unpack(packed, dimension)
    assert again.dtype == np.float32
    assert again.shape == rows.shape
    np.testing.assert_allclose(again, rows, atol=1e-3)
    # What counts: the cosine of two of them.
    np.testing.assert_allclose(again @ again.T, rows @ rows.T, atol=1e-3)


def test_packing_again_changes_nothing() -> None:
    packed = pack(unit(10, 384))
    assert pack(unpack(packed, 384)) == packed


def test_bytes_are_the_same_on_every_machine() -> None:
    assert pack(np.array([[1.0, -0.5, 0.0]], dtype=np.float32)) == [bytes.fromhex("003c00b80000")]


def test_nothing_packs_to_nothing() -> None:
    assert pack(np.zeros((0, 8), dtype=np.float32)) == []
    assert unpack([], 8).shape == (0, 8)


def test_vectors_of_another_length_are_an_error() -> None:
    with pytest.raises(ValueError, match="reshape"):
        unpack(pack(unit(3, 8)), 16)


def test_a_text_has_a_hash_of_its_own() -> None:
    texts = ["", "a", "A", "a ", "é", "e\u0301", "a\x00", "\ud800"]
    assert len({text_hash(text) for text in texts}) == len(texts)
    assert {len(text_hash(text)) for text in texts} == {16}
    # It is the key of what is stored: another one would encode everything again.
    assert text_hash("The harbour closes.").hex() == "d44acfd8b2fce4703f3758bbee52392c"


@given(st.text(), st.text())
def test_equal_texts_alone_have_equal_hashes(one: str, other: str) -> None:
    assert (text_hash(one) == text_hash(other)) == (one == other)


def test_the_model_is_named_with_the_template(monkeypatch: pytest.MonkeyPatch) -> None:
    name = model_name("model@1")
    assert name.startswith("model@1")
    assert model_name("model@2") != name
    monkeypatch.setattr(vectors, "TEMPLATE_VERSION", vectors.TEMPLATE_VERSION + 1)
    assert model_name("model@1") != name


def test_the_headline_stands_before_the_words_on_a_line_of_its_own() -> None:
    assert passage_prefix("Harbour to close") == "Harbour to close\n"
    assert passage_prefix(None) == passage_prefix("") == ""


def test_an_endless_headline_is_cut() -> None:
    assert passage_prefix("word " * 500) == ("word " * 40) + "\n"
