"""What every vector index promises, ids and scores, held against a search through everything."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from embeddings.encoder import Vectors
from embeddings.errors import IndexFileError
from embeddings.faiss_index import FaissLoader
from embeddings.index import IndexLoader, Neighbour, VectorIndex, as_ids
from tests.contracts.brute_force import BruteForceIndex

DIMENSION = 24


def vectors(count: int, seed: int = 0, dimension: int = DIMENSION) -> Vectors:
    """Random vectors of about unit length, as float16 has them; no two have the same score for any question."""
    rows = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows.astype(np.float16).astype(np.float32)


def filled(loader: IndexLoader, count: int = 200, first: int = 1) -> tuple[VectorIndex, BruteForceIndex]:
    """An index with ``count`` vectors under ids that are no row numbers, and the yardstick with the same."""
    index, plain = loader.create(DIMENSION), BruteForceIndex(DIMENSION)
    ids = as_ids([first + 7 * n for n in range(count)])
    for one in (index, plain):
        one.add(ids, vectors(count))
    return index, plain


def same(found: list[Neighbour], expected: list[Neighbour]) -> None:
    assert [neighbour.id for neighbour in found] == [neighbour.id for neighbour in expected]
    np.testing.assert_allclose(
        [neighbour.score for neighbour in found], [neighbour.score for neighbour in expected], atol=1e-5
    )
    assert all(isinstance(neighbour.id, int) and isinstance(neighbour.score, float) for neighbour in found)


@pytest.mark.parametrize("top_k", [1, 3, 10, 199, 200, 201, 5000])
def test_the_nearest_are_found_with_their_scores(loader: IndexLoader, top_k: int) -> None:
    index, plain = filled(loader)
    for query in vectors(5, seed=1):
        found = index.search(query, top_k)
        assert len(found) == min(top_k, 200)
        assert [neighbour.score for neighbour in found] == sorted((n.score for n in found), reverse=True)
        same(found, plain.search(query, top_k))


def test_a_stored_vector_finds_itself_with_score_1(loader: IndexLoader) -> None:
    index, _ = filled(loader)
    for row in (0, 57, 199):
        (nearest,) = index.search(vectors(200)[row], 1)
        assert nearest.id == 1 + 7 * row
        assert nearest.score == pytest.approx(1.0, abs=1e-3)


def test_equal_vectors_are_all_found(loader: IndexLoader) -> None:
    index = loader.create(DIMENSION)
    row = vectors(1)
    index.add(as_ids([5, 3, 9]), np.repeat(row, 3, axis=0))
    index.add(as_ids([4]), -row)
    found = index.search(row[0], 3)
    assert {neighbour.id for neighbour in found} == {3, 5, 9}
    assert [neighbour.score for neighbour in found] == pytest.approx([1.0] * 3, abs=1e-3)
    assert index.search(row[0], 4)[-1].score == pytest.approx(-1.0, abs=1e-3)


def test_ids_may_be_of_any_size(loader: IndexLoader) -> None:
    index = loader.create(DIMENSION)
    ids = [0, 1, 2**31, 2**40 + 3, 2**62]
    index.add(as_ids(ids), vectors(5))
    assert sorted(index.ids().tolist()) == ids
    for row, number in zip(vectors(5), ids, strict=True):
        assert index.search(row, 1)[0].id == number
    assert index.remove(as_ids([2**40 + 3])) == 1
    assert sorted(index.ids().tolist()) == [0, 1, 2**31, 2**62]


# Filters


@pytest.mark.parametrize("share", [1, 2, 5, 50, 199, 200])
@pytest.mark.parametrize("top_k", [1, 4, 60, 500])
def test_a_filter_admits_exactly_its_ids(loader: IndexLoader, share: int, top_k: int) -> None:
    index, plain = filled(loader)
    # The last ones, so that the nearest of all are mostly not among them.
    allowed = index.ids()[-share:]
    for query in vectors(3, seed=2):
        found = index.search(query, top_k, allowed)
        assert len(found) == min(top_k, share)
        same(found, plain.search(query, top_k, allowed))


def test_a_filter_of_nothing_finds_nothing(loader: IndexLoader) -> None:
    index, _ = filled(loader)
    assert index.search(vectors(1)[0], 10, as_ids([])) == []


def test_unknown_ids_in_a_filter_are_passed_over(loader: IndexLoader) -> None:
    index, plain = filled(loader)
    query = vectors(1, seed=3)[0]
    assert index.search(query, 10, as_ids([2, 3, 999_999])) == []
    mixed = as_ids([2, 8, 15, 999_999, 8])
    same(index.search(query, 10, mixed), plain.search(query, 10, as_ids([8, 15])))


def test_an_empty_index_finds_nothing(loader: IndexLoader) -> None:
    index = loader.create(DIMENSION)
    assert len(index) == 0
    assert index.ids().tolist() == []
    assert index.search(vectors(1)[0], 5) == []
    assert index.search(vectors(1)[0], 5, as_ids([1])) == []


@pytest.mark.parametrize("top_k", [0, -1])
def test_nobody_asked_for_gets_nobody(loader: IndexLoader, top_k: int) -> None:
    index, _ = filled(loader, 3)
    assert index.search(vectors(1)[0], top_k) == []


# Changes


def test_what_was_removed_is_not_found_again(loader: IndexLoader) -> None:
    index, plain = filled(loader)
    query = vectors(1, seed=4)[0]
    nearest = [neighbour.id for neighbour in index.search(query, 20)]
    gone = as_ids(nearest[::2])
    assert index.remove(gone) == 10
    plain.remove(gone)
    assert len(index) == 190
    assert not set(index.ids().tolist()) & set(gone.tolist())
    same(index.search(query, 200), plain.search(query, 200))
    # Removing twice, or what was never there, changes nothing.
    assert index.remove(gone) == 0
    assert index.remove(as_ids([-5, 10**9])) == 0
    assert index.remove(as_ids([])) == 0
    assert len(index) == 190


def test_a_removed_id_can_be_given_to_another_vector(loader: IndexLoader) -> None:
    index, _ = filled(loader, 5)
    index.remove(as_ids([8]))
    replacement = vectors(1, seed=5)
    index.add(as_ids([8]), replacement)
    (nearest,) = index.search(replacement[0], 1)
    assert nearest.id == 8
    assert nearest.score == pytest.approx(1.0, abs=1e-3)
    assert len(index) == 5


@pytest.mark.parametrize("ids", [[8], [2, 8], [3, 3]])
def test_an_id_is_never_there_twice(loader: IndexLoader, ids: list[int]) -> None:
    index, plain = filled(loader, 5)
    with pytest.raises(ValueError, match="already"):
        index.add(as_ids(ids), vectors(len(ids), seed=6))
    # Nothing of a refused batch was taken.
    assert len(index) == 5
    same(index.search(vectors(1, seed=7)[0], 10), plain.search(vectors(1, seed=7)[0], 10))


@pytest.mark.parametrize(
    ("ids", "rows"), [([50], vectors(2)), ([50, 51], vectors(1)), ([50], vectors(1, dimension=DIMENSION + 1))]
)
def test_what_does_not_fit_is_refused(loader: IndexLoader, ids: list[int], rows: Vectors) -> None:
    index, _ = filled(loader, 5)
    with pytest.raises(ValueError, match="vectors"):
        index.add(as_ids(ids), rows)
    assert len(index) == 5


def test_nothing_may_be_added(loader: IndexLoader) -> None:
    index, _ = filled(loader, 5)
    index.add(as_ids([]), np.zeros((0, DIMENSION), dtype=np.float32))
    assert len(index) == 5


def test_rows_that_do_not_lie_in_one_piece_are_taken_as_they_are(loader: IndexLoader) -> None:
    index, plain = loader.create(DIMENSION), BruteForceIndex(DIMENSION)
    rows = np.asfortranarray(vectors(10))[::2]
    for one in (index, plain):
        one.add(as_ids([1, 2, 3, 4, 5]), rows)
    query = vectors(3, seed=8)[::2][1]
    same(index.search(query, 5), plain.search(query, 5))


# Files


def test_a_saved_index_answers_the_same(loader: IndexLoader, tmp_path: Path) -> None:
    index, plain = filled(loader)
    index.remove(as_ids([1, 8]))
    plain.remove(as_ids([1, 8]))
    index.save(tmp_path / "file.index")
    again = loader.load(tmp_path / "file.index", DIMENSION)
    assert len(again) == 198
    assert sorted(again.ids().tolist()) == sorted(plain.ids().tolist())
    for query in vectors(3, seed=9):
        same(again.search(query, 20), plain.search(query, 20))
        same(again.search(query, 5, as_ids([15, 22, 29])), plain.search(query, 5, as_ids([15, 22, 29])))
    # And it can be changed further.
    with pytest.raises(ValueError, match="already"):
        again.add(as_ids([15]), vectors(1, seed=10))
    again.add(as_ids([1]), vectors(1, seed=10))
    assert again.search(vectors(1, seed=10)[0], 1)[0].id == 1
    # The file is a copy, not the index itself.
    assert len(loader.load(tmp_path / "file.index", DIMENSION)) == 198


def test_an_empty_index_can_be_saved(loader: IndexLoader, tmp_path: Path) -> None:
    loader.create(DIMENSION).save(tmp_path / "file.index")
    assert len(loader.load(tmp_path / "file.index", DIMENSION)) == 0


def test_saving_where_nothing_can_be_written_is_an_os_error(loader: IndexLoader, tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"file\.index"):
        filled(loader, 5)[0].save(tmp_path / "no such folder" / "file.index")


def test_a_file_that_is_not_there(loader: IndexLoader, tmp_path: Path) -> None:
    with pytest.raises(IndexFileError):
        loader.load(tmp_path / "file.index", DIMENSION)


@pytest.mark.parametrize("content", [b"", b"x", b"this is no index at all " * 100, bytes(5000)])
def test_a_file_of_something_else(loader: IndexLoader, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file.index").write_bytes(content)
    with pytest.raises(IndexFileError):
        loader.load(tmp_path / "file.index", DIMENSION)


def test_a_torn_file_is_noticed_wherever_it_was_torn(loader: IndexLoader, tmp_path: Path) -> None:
    filled(loader, 20)[0].save(tmp_path / "file.index")
    whole = (tmp_path / "file.index").read_bytes()
    for length in sorted({0, 1, 3, 4, 8, 15, 16, 33, 50, 100, len(whole) // 2, len(whole) - 8, len(whole) - 1}):
        (tmp_path / "torn.index").write_bytes(whole[:length])
        with pytest.raises(IndexFileError):
            loader.load(tmp_path / "torn.index", DIMENSION)


def test_an_index_of_another_dimension(loader: IndexLoader, tmp_path: Path) -> None:
    filled(loader, 5)[0].save(tmp_path / "file.index")
    with pytest.raises(IndexFileError):
        loader.load(tmp_path / "file.index", DIMENSION + 8)


# Any sequence of changes


class FaissAgainstBruteForce(RuleBasedStateMachine):
    """Whatever is done to both, both hold and find the same."""

    ids = st.lists(st.integers(0, 40), max_size=8)

    @initialize()
    def start(self) -> None:
        self.loader = FaissLoader()
        self.index: VectorIndex = self.loader.create(DIMENSION)
        self.plain = BruteForceIndex(DIMENSION)
        self.seed = 100

    @rule(ids=ids)
    def add(self, ids: list[int]) -> None:
        self.seed += 1
        rows = vectors(len(ids), self.seed)
        outcomes = []
        for one in (self.index, self.plain):
            try:
                one.add(as_ids(ids), rows)
                outcomes.append("taken")
            except ValueError:
                outcomes.append("refused")
        assert outcomes[0] == outcomes[1]

    @rule(ids=ids)
    def remove(self, ids: list[int]) -> None:
        assert self.index.remove(as_ids(ids)) == self.plain.remove(as_ids(ids))

    @rule()
    def save_and_load(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "file.index"
            self.index.save(file)
            self.index = self.loader.load(file, DIMENSION)

    @rule(allowed=ids, top_k=st.integers(0, 50), seed=st.integers(0, 1000))
    def search_some(self, allowed: list[int], top_k: int, seed: int) -> None:
        query = vectors(1, seed)[0]
        same(self.index.search(query, top_k, as_ids(allowed)), self.plain.search(query, top_k, as_ids(allowed)))

    @rule(top_k=st.integers(0, 50), seed=st.integers(0, 1000))
    def search_all(self, top_k: int, seed: int) -> None:
        query = vectors(1, seed)[0]
        same(self.index.search(query, top_k), self.plain.search(query, top_k))

    @invariant()
    def hold_the_same(self) -> None:
        if hasattr(self, "index"):
            assert len(self.index) == len(self.plain)
            assert sorted(self.index.ids().tolist()) == sorted(self.plain.ids().tolist())


TestFaissAgainstBruteForce = FaissAgainstBruteForce.TestCase
TestFaissAgainstBruteForce.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
