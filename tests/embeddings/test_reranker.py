"""The cross-encoder, with a tiny model made here: random weights, real loading, real scores."""

from __future__ import annotations

from pathlib import Path

import pytest

from embeddings.errors import ModelError
from embeddings.presets import PRESETS, prefixes_of
from embeddings.reranker import CrossEncoderReranker


def tiny_model(folder: Path, outputs: int = 1) -> Path:
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "who", "met", "whom", "the", "mayor", "harbour", "cake"]
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(words), "utf-8")
    BertTokenizerFast(vocab=str(folder / "vocab.txt")).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=64, num_labels=outputs,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


def test_each_passage_gets_a_score_between_0_and_1(tmp_path: Path) -> None:
    reranker = CrossEncoderReranker(str(tiny_model(tmp_path / "tiny")), device="cpu")
    scores = reranker.scores("who met the mayor", ["the mayor met whom", "cake"])
    assert scores.shape == (2,)
    assert ((scores > 0) & (scores < 1)).all()
    assert scores[0] != scores[1]
    assert reranker.scores("who", []).shape == (0,)


def test_several_outputs_are_refused(tmp_path: Path) -> None:
    reranker = CrossEncoderReranker(str(tiny_model(tmp_path / "tiny", outputs=3)), device="cpu")
    with pytest.raises(ModelError, match="3 outputs"):
        reranker.scores("who", ["the mayor"])


def test_an_unknown_model_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="DATELINE_RERANKER"):
        CrossEncoderReranker(str(tmp_path / "nowhere"), device="cpu").scores("who", ["the mayor"])


def test_presets_bring_their_prefixes() -> None:
    assert prefixes_of("intfloat/e5-base-v2").passage == "passage: "
    assert prefixes_of("some/other").query == ""
    assert all("/" in name for name in PRESETS)
