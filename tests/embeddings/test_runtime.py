"""The converted model beside the one it was made from: the same vectors, the same windows, no torch."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import corpus.sample
from embeddings.encoder import SentenceTransformerEncoder
from embeddings.runtime import manifest as manifests
from embeddings.runtime.encoder import RuntimeEncoder
from embeddings.runtime.model import FEW
from tests.conftest import ROOT
from tests.embeddings.test_encoder import LONG, WORDS
from tests.making import bundled_encoder, converted_encoder

QUESTIONS = ["what did Putin say about NATO expansion?", "Who won?", "how many troops are near Ukraine", "bridge"]


@pytest.fixture(scope="session")
def paragraphs() -> list[str]:
    files = sorted(Path(str(corpus.sample.__file__)).parent.glob("*.md"))
    found = [one.strip() for file in files for one in file.read_text("utf-8").split("---\n", 2)[-1].split("\n\n")]
    return [one for one in found if one][:240]


def test_vectors_are_those_of_sentence_transformers(converted: RuntimeEncoder, paragraphs: list[str]) -> None:
    plain = bundled_encoder()
    for ours, theirs in (
        (converted.encode_passages(paragraphs), plain.encode_passages(paragraphs)),
        (converted.encode_query(QUESTIONS), plain.encode_query(QUESTIONS)),
        (converted.encode_passages(list(LONG.values())), plain.encode_passages(list(LONG.values()))),
    ):
        cosines = np.sum(ours * theirs, axis=1)
        assert cosines.mean() >= 0.9999
        assert cosines.min() >= 0.9995
        np.testing.assert_allclose(np.linalg.norm(ours, axis=1), 1.0, atol=1e-5)


def test_a_vector_depends_on_its_text_alone_bit_for_bit(converted: RuntimeEncoder, paragraphs: list[str]) -> None:
    texts = paragraphs[:60] + QUESTIONS + list(LONG.values())
    assert len(texts) > FEW
    together = converted.encode_passages(texts)
    np.testing.assert_array_equal(converted.encode_passages(texts[::-1])[::-1], together)
    np.testing.assert_array_equal(np.concatenate([converted.encode_query([text]) for text in texts]), together)


def test_two_threads_may_encode_at_once(models: Path, paragraphs: list[str]) -> None:
    encoder = RuntimeEncoder(folders=[models])
    expected = converted_encoder().encode_passages(paragraphs[:50])
    found: dict[int, np.ndarray] = {}

    def work(number: int) -> None:
        size = 50 if number % 2 else 3
        found[number] = encoder.encode_passages(paragraphs[:size])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6
    for vectors in found.values():
        np.testing.assert_array_equal(vectors, expected[: len(vectors)])


def test_name_and_dimension_are_known_without_anything_loaded(tmp_path: Path) -> None:
    encoder = RuntimeEncoder(folders=[tmp_path / "models"])
    assert (encoder.name, encoder.dimension) == (bundled_encoder().name, 384)
    assert encoder.encode_query([]).shape == (0, 384)
    assert not (tmp_path / "models").exists()


def test_prefixes_are_put_before_texts_and_belong_to_the_name(models: Path) -> None:
    plain = SentenceTransformerEncoder(query_prefix="query: ", passage_prefix="passage: ")
    prefixed = RuntimeEncoder(folders=[models], query_prefix="query: ", passage_prefix="passage: ")
    bare = converted_encoder()
    assert prefixed.name == plain.name != bare.name
    np.testing.assert_array_equal(prefixed.encode_query(["a bridge"]), bare.encode_query(["query: a bridge"]))
    np.testing.assert_array_equal(prefixed.encode_passages(["a bridge"]), bare.encode_query(["passage: a bridge"]))


# Windows: what is stored is keyed by their words, so they must stay as they are


@pytest.mark.parametrize("prefix", ["", "Council puts off its decision about the harbour of Port Ellery\n"])
@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_windows_are_the_same(converted: RuntimeEncoder, text: str, prefix: str) -> None:
    assert converted.windows(text, prefix) == bundled_encoder().windows(text, prefix)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(WORDS, min_size=1, max_size=12).map("".join), st.integers(1, 120), st.sampled_from(["", "A headline\n"])
)
def test_windows_of_any_text_are_the_same(text: str, times: int, prefix: str) -> None:
    assert converted_encoder().windows(text * times, prefix) == bundled_encoder().windows(text * times, prefix)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=80).map("".join)))
def test_token_ids_of_any_text_are_the_same(text: str) -> None:
    serving = converted_encoder()._converted()
    assert serving is not None
    (ours,) = serving._tokenizer().ids([text])
    assert [ours] == bundled_encoder().loaded().preprocess([text])["input_ids"].tolist()


# What is not loaded


def alone(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )


def test_encoding_loads_no_torch(models: Path) -> None:
    script = """
import sys
from pathlib import Path
from embeddings.runtime.encoder import RuntimeEncoder
encoder = RuntimeEncoder(folders=[Path(sys.argv[1])])
encoder.encode_query(["ready"])
encoder.encode_passages(["a bridge"] * 100)
encoder.windows("The council met again. " * 100)
print(sorted({"torch", "transformers", "sentence_transformers"} & set(sys.modules)))
"""
    done = alone(script, str(models))
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "[]", "")


def test_nothing_is_reported_to_anybody() -> None:
    # ``import openvino`` sends an event to Intel unless its conversion tools are kept out.
    script = """
import sys
from embeddings.runtime import engine
engine.machine()
print(sorted(name for name in sys.modules if "telemetry" in name or name.startswith("openvino.tools")))
"""
    done = alone(script)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


def test_the_manifest_says_from_what_and_how_well(models: Path) -> None:
    (folder,) = (path for path in models.iterdir() if path.is_dir())
    manifest = manifests.read(folder)
    assert manifest is not None
    assert (manifest.dimension, manifest.tokens) == (384, 256)
    assert manifest.fingerprint == bundled_encoder().fingerprint
    assert manifest.whole(folder, thoroughly=True)
    assert "openvino " in manifest.made_by
    found = converted_encoder()._converted()
    assert found is not None
    assert found.tuning().mean >= 0.9999
    assert found.tuning().exported is not None
    assert converted_encoder().verify().startswith(f"It is run by OpenVINO in {found.tuning().precision}, ")
    assert not list(models.rglob("*.part"))
