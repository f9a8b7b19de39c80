"""How vectors are keyed and kept: the one place where text meets numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Vectors

TEMPLATE_VERSION = 1
"""Raised when :func:`passage_prefix` changes; vectors of another version are not looked at."""

_LONGEST_TITLE = 200
"""Characters of a headline that are embedded: a longer one would leave a passage's own words no room in the model."""

_STORED = np.dtype("<f2")
"""float16: half the disk; the cosine of two unit vectors moves by less than 0.001."""


def passage_prefix(title: str | None) -> str:
    """What is embedded before a passage's own words, and never quoted."""
    return f"{title[:_LONGEST_TITLE]}\n" if title else ""


def model_name(encoder_name: str) -> str:
    """The key of stored vectors: what the numbers depend on."""
    return f"{encoder_name}/template-{TEMPLATE_VERSION}"


def text_hash(text: str) -> bytes:
    """16 bytes that name an embedded text."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def pack(vectors: Vectors) -> list[bytes]:
    """Rows (n, dimension) as the store keeps them."""
    return [row.tobytes() for row in vectors.astype(_STORED)]


def stored_size(dimension: int) -> int:
    """Bytes of a stored vector."""
    return dimension * _STORED.itemsize


def as_stored(rows: Sequence[bytes], dimension: int) -> NDArray[np.float16]:
    """Stored rows as they are kept, of shape (len(rows), dimension)."""
    if not rows:
        return np.zeros((0, dimension), dtype=_STORED)
    return np.frombuffer(b"".join(rows), dtype=_STORED).reshape(len(rows), dimension)


def unpack(rows: Sequence[bytes], dimension: int) -> Vectors:
    """Stored rows as float32 of shape (len(rows), dimension)."""
    return as_stored(rows, dimension).astype(np.float32)
