"""The model that ships, converted, once for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from embeddings.runtime.encoder import RuntimeEncoder
from tests.making import converted_encoder, converted_folder


@pytest.fixture(scope="session")
def converted() -> RuntimeEncoder:
    return converted_encoder()


@pytest.fixture(scope="session")
def models() -> Path:
    """The folder in which it lies."""
    return converted_folder()
