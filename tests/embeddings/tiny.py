"""Models of two layers, made here and saved as sentence-transformers saves them: random weights, real loading."""

from __future__ import annotations

import importlib
import shutil
from pathlib import Path
from typing import Any

VOCABULARY = (
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"abcdefghijklmnopqrstuvwxyz.,",
    *(f"##{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"), "nato", "russia", "bridge",
)  # fmt: skip
MOST = 64
SIZES = {"vocab_size": len(VOCABULARY), "max_position_embeddings": MOST}


def make(folder: Path, kind: str = "mean", seed: int = 1) -> Path:
    """A model of one of :data:`KINDS` in ``folder``."""
    torch: Any = importlib.import_module("torch")
    models: Any = importlib.import_module("sentence_transformers.sentence_transformer.modules")
    sentence_transformers: Any = importlib.import_module("sentence_transformers")
    torch.manual_seed(seed)
    plain = folder.with_name(f"{folder.name}-plain")
    _transformer(plain, kind)
    modules = [models.Transformer(str(plain), max_seq_length=MOST)]
    pooling = {"cls": "cls", "max": "max", "distilbert": "cls", "llama": "lasttoken", "two": ("mean", "max")}
    modules.append(models.Pooling(32, pooling_mode=pooling.get(kind, "mean")))
    if kind == "dense":
        modules += [models.Dense(32, 24), models.Normalize()]
    model = sentence_transformers.SentenceTransformer(modules=modules, device="cpu")
    if kind == "prompted":
        model.prompts, model.default_prompt_name = {"passage": "passage: "}, "passage"
    model.save(str(folder))
    shutil.rmtree(plain)
    return folder


KINDS = ("mean", "cls", "max", "two", "dense", "distilbert", "roberta", "llama")
"""What :func:`make` makes, and what converts."""


def _transformer(folder: Path, kind: str) -> None:
    transformers: Any = importlib.import_module("transformers")
    folder.mkdir(parents=True)
    (folder / "vocab.txt").write_text("\n".join(VOCABULARY), encoding="utf-8")
    if kind == "distilbert":
        config = transformers.DistilBertConfig(**SIZES, dim=32, n_layers=2, n_heads=2, hidden_dim=64)
        transformers.DistilBertModel(config).save_pretrained(folder)
    elif kind == "roberta":
        config = transformers.RobertaConfig(
            vocab_size=len(VOCABULARY), hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
            intermediate_size=64, max_position_embeddings=MOST + 2, pad_token_id=1,
        )  # fmt: skip
        transformers.RobertaModel(config).save_pretrained(folder)
    elif kind == "llama":
        config = transformers.LlamaConfig(
            **SIZES, hidden_size=32, num_hidden_layers=2, num_attention_heads=2, num_key_value_heads=2,
            intermediate_size=64,
        )  # fmt: skip
        transformers.LlamaModel(config).save_pretrained(folder)
    else:
        config = transformers.BertConfig(
            **SIZES, hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64
        )
        transformers.BertModel(config).save_pretrained(folder)
    _tokenizer(folder, kind)


def _tokenizer(folder: Path, kind: str) -> None:
    transformers: Any = importlib.import_module("transformers")
    if kind not in ("roberta", "llama"):
        transformers.BertTokenizerFast(str(folder / "vocab.txt"), model_max_length=MOST).save_pretrained(folder)
        return
    tokenizers: Any = importlib.import_module("tokenizers")
    words = {token: number for number, token in enumerate(VOCABULARY)}
    inner = tokenizers.Tokenizer(tokenizers.models.WordPiece(words, unk_token="[UNK]"))
    inner.normalizer = tokenizers.normalizers.BertNormalizer()
    inner.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    if kind == "roberta":
        # <s> … </s>, padded with the token that Roberta numbers 1.
        inner.post_processor = tokenizers.processors.RobertaProcessing(("[SEP]", 3), ("[CLS]", 2))
    special = {"pad_token": "[UNK]" if kind == "roberta" else "[PAD]", "unk_token": "[UNK]"}
    transformers.PreTrainedTokenizerFast(
        tokenizer_object=inner, model_max_length=MOST, model_input_names=["input_ids", "attention_mask"],
        padding_side="left" if kind == "llama" else "right", **special,
    ).save_pretrained(folder)  # fmt: skip
