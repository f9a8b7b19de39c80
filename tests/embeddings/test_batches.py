"""Batches: every text once, with as little padding as its length allows, beside texts of that length alone."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from embeddings.runtime.batches import INPUTS, batches

MOST = 250
PAD = 7

TEXTS = st.lists(st.lists(st.integers(100, 200), min_size=1, max_size=MOST), max_size=60)


@given(TEXTS, st.booleans())
def test_every_text_is_read_once_and_whole(ids: list[list[int]], left: bool) -> None:
    seen: dict[int, list[int]] = {}
    for batch in batches(ids, MOST, PAD, left=left):
        assert batch.ids.shape == batch.mask.shape == (len(batch.rows), batch.ids.shape[1])
        for row, tokens, mask in zip(batch.rows, batch.ids, batch.mask, strict=True):
            assert row not in seen
            seen[row] = tokens[mask == 1].tolist()
            assert set(tokens[mask == 0].tolist()) <= {PAD}
            # What is padding stands on one side.
            assert np.abs(np.diff(mask)).sum() <= 1
            assert mask[-1 if left else 0] == 1
    assert seen == dict(enumerate(ids))


@given(TEXTS)
def test_a_text_is_padded_by_its_own_length_alone(ids: list[list[int]]) -> None:
    for batch in batches(ids, MOST, PAD):
        length = batch.ids.shape[1]
        for row in batch.rows:
            assert length == min(-(-len(ids[row]) // 16) * 16, MOST)


@given(TEXTS)
def test_shapes_are_few_and_batches_small(ids: list[list[int]]) -> None:
    lengths = []
    for batch in batches(ids, MOST, PAD):
        texts, length = batch.ids.shape
        lengths.append(length)
        assert texts.bit_count() == 1
        assert texts == 1 or texts * length <= 1024
    assert lengths == sorted(lengths, reverse=True)


def test_the_inputs_come_in_the_models_order() -> None:
    (batch,) = batches([[5, 6, 8]], MOST, PAD)
    ids, mask, types = batch.inputs(INPUTS)
    assert ids[0, :4].tolist() == [5, 6, 8, PAD]
    assert mask[0, :4].tolist() == [1, 1, 1, 0]
    assert not types.any()
    assert [one is other for one, other in zip(batch.inputs(INPUTS[1::-1]), (mask, ids), strict=True)] == [True, True]


def test_nothing_gives_no_batch() -> None:
    assert list(batches([], MOST, PAD)) == []
