"""One instance of each implementation; the real model is loaded once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from embeddings.encoder import Encoder
from embeddings.faiss_index import FaissLoader
from embeddings.index import IndexLoader
from tests.contracts.brute_force import BruteForceLoader
from tests.fakes import FakeEncoder
from tests.making import bundled_encoder, converted_encoder


@pytest.fixture(scope="session", params=["fake", "bundled", "converted"])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    """Session-wide: hypothesis may use it, and the model is loaded once."""
    encoders: dict[str, Callable[[], Encoder]] = {
        "fake": FakeEncoder, "bundled": bundled_encoder, "converted": converted_encoder
    }  # fmt: skip
    return encoders[request.param]()


@pytest.fixture(params=["faiss", "brute force"])
def loader(request: pytest.FixtureRequest) -> IndexLoader:
    return FaissLoader() if request.param == "faiss" else BruteForceLoader()
