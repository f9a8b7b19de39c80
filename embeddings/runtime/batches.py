"""Token ids to arrays: batches in which next to nothing is padding.

Each text is padded to the next multiple of 16 tokens and read only beside texts of that length. So a vector depends
on its text alone, bit for bit, whatever it is encoded with, and the runtime sees few different shapes, each of
which it has to prepare for once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Vectors

if TYPE_CHECKING:
    from embeddings.runtime.engine import Engine
    from embeddings.runtime.manifest import Manifest

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
"""What models take; some do without the last."""

_STEP = 16
"""Tokens; of 8, 16 and 32 the quickest over news paragraphs, where it adds 9% to what is read."""

_TOKENS_AT_ONCE = 1024
"""Tokens in a batch: the quickest of 256 to 4,096 in bf16, and within 5% of it in float32."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts of one padded length."""

    rows: list[int]
    """Which of the texts these are."""
    ids: NDArray[np.int64]
    """Token ids, shape (len(rows), length)."""
    mask: NDArray[np.int64]
    """1 for a token, 0 for padding, of the same shape."""

    def inputs(self, names: Sequence[str]) -> list[NDArray[np.int64]]:
        """What the model takes, in its order; of the names in :data:`INPUTS`."""
        known = {"input_ids": self.ids, "attention_mask": self.mask}
        # The one other input, token_type_ids, is 0 throughout: each text stands alone.
        return [known[name] if name in known else np.zeros_like(self.ids) for name in names]


def encode(engine: Engine, ids: Sequence[Sequence[int]], manifest: Manifest) -> Vectors:
    """Texts as token ids to unit vectors, float32 of shape (len(ids), dimension).

    Raises :class:`embeddings.errors.EngineError`.
    """
    into = np.zeros((len(ids), manifest.dimension), dtype=np.float32)
    found = batches(ids, manifest.tokens, manifest.pad, left=manifest.pad_left)
    engine.run_all(((batch.rows, batch.inputs(manifest.inputs)) for batch in found), into)
    # Here and not in the graph, where it would be done in the graph's precision.
    into /= np.maximum(np.linalg.norm(into, axis=1, keepdims=True), 1e-12)
    return into


def batches(ids: Sequence[Sequence[int]], most: int, pad: int, *, left: bool = False) -> Iterator[Batch]:
    """All of ``ids``, the longest first, so that what runs last beside others is short.

    :param most: how many tokens the model reads at most; nothing is padded beyond it.
    :param pad: the id that stands for no token.
    :param left: whether the padding goes before the text.
    """
    lengths = [max(min(-(-len(one) // _STEP) * _STEP, most), len(one), 1) for one in ids]
    order = sorted(range(len(ids)), key=lambda row: -lengths[row])
    first = 0
    while first < len(order):
        length = lengths[order[first]]
        last = first
        while last < len(order) and lengths[order[last]] == length:
            last += 1
        while first < last:
            # By powers of two: a batch of 7 is a new shape, which costs more than batches of 4, 2 and 1 that are not.
            size = 1 << (max(min(last - first, _TOKENS_AT_ONCE // length), 1).bit_length() - 1)
            yield padded(order[first : first + size], ids, length, pad, left)
            first += size


def padded(rows: list[int], ids: Sequence[Sequence[int]], length: int, pad: int, left: bool) -> Batch:
    """The given rows of ``ids``, none longer than ``length``, as one batch."""
    filled = np.full((len(rows), length), pad, dtype=np.int64)
    mask = np.zeros((len(rows), length), dtype=np.int64)
    for place, row in enumerate(rows):
        tokens = ids[row]
        where = slice(length - len(tokens), length) if left else slice(0, len(tokens))
        filled[place, where] = tokens
        mask[place, where] = 1
    return Batch(rows, filled, mask)
