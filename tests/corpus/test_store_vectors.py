"""Stored vectors, planned windows, the change log, the pointer to the index file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.store import Filters, Store
from corpus.store.vectors import Published
from tests.making import digest, draft, paragraphs, put

TEXT = paragraphs("The harbour closes in June.", "Fishermen protested.")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "main", create=True) as opened:
        yield opened


def key(store: Store, name: str = "model@1") -> int:
    return store.vectors.model_key(name)


def test_a_model_has_one_key_for_good(store: Store, tmp_path: Path) -> None:
    assert store.vectors.known_model("model@1") is None
    one, other = key(store), key(store, "model@2")
    assert one != other
    assert (key(store), store.vectors.known_model("model@1")) == (one, one)
    with Store.open(tmp_path / "main", create=False) as again:
        assert (key(again), key(again, "model@2")) == (one, other)


def test_vectors_are_kept_by_model_and_hash(store: Store) -> None:
    one, other = key(store), key(store, "model@2")
    a, b, c = digest("a"), digest("b"), digest("c")
    store.vectors.save(one, [(a, b"vector a"), (b, b"vector b")])
    assert store.vectors.load(one, [a, b, c]) == {a: b"vector a", b: b"vector b"}
    assert store.vectors.unknown(one, [a, b, c, c]) == {c}
    assert store.vectors.load(other, [a, b]) == {}
    assert store.vectors.unknown(other, [a, b]) == {a, b}
    # What is known stays as it is.
    store.vectors.save(one, [(a, b"another"), (c, b"vector c")])
    assert store.vectors.load(one, [a, c]) == {a: b"vector a", c: b"vector c"}
    assert store.vectors.unknown(one, []) == set()
    assert store.vectors.load(one, []) == {}


def test_more_than_fit_into_one_statement(store: Store) -> None:
    hashes = [digest(str(n)) for n in range(1234)]
    store.vectors.save(key(store), ((h, h) for h in hashes[:1200]))
    assert store.vectors.load(key(store), hashes) == {h: h for h in hashes[:1200]}
    assert store.vectors.unknown(key(store), hashes) == set(hashes[1200:])


def test_saving_is_all_or_nothing(store: Store) -> None:
    def interrupted() -> Iterator[tuple[bytes, bytes]]:
        yield digest("a"), b"vector a"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.vectors.save(key(store), interrupted())
    assert store.vectors.unknown(key(store), [digest("a")]) == {digest("a")}
    store.vectors.save(key(store), [(digest("a"), b"vector a")])


def test_windows_are_those_of_live_passages(store: Store) -> None:
    put(store, draft("a", TEXT), draft("b", "A bridge was built."))
    first = list(store.vectors.windows(key(store)))
    assert [window.passage_id for window in first] == store.articles.live_ids(Filters())
    assert first[0].hash == digest("None\nThe harbour closes in June.")
    owners = {window.id: window.passage_id for window in first}
    assert store.vectors.passages_of_windows([*owners, 999_999]) == owners
    some = list(store.vectors.windows(key(store), [first[1].passage_id, 999_999]))
    assert some == [first[1]]
    assert list(store.vectors.windows(key(store, "model@2"))) == []
    assert list(store.vectors.windows(key(store), [])) == []

    put(store, draft("a", TEXT.replace("June", "July")))
    second = list(store.vectors.windows(key(store)))
    assert not {window.id for window in first[:2]} & {window.id for window in second}
    assert store.vectors.passages_of_windows([window.id for window in first]) == {first[2].id: first[2].passage_id}
    store.writer.remove(["a", "b"])
    assert list(store.vectors.windows(key(store))) == []
    assert store.vectors.passages_of_windows([window.id for window in second]) == {}


def test_what_another_model_has_not_seen_is_planned_for_it(store: Store) -> None:
    put(store, draft("a", TEXT), draft("b", "A bridge was built."))
    other = key(store, "model@2")
    ids = store.articles.live_ids(Filters())
    assert store.vectors.passages_without_windows(key(store)) == []
    assert store.vectors.passages_without_windows(other) == ids
    sequence = store.vectors.sequence()
    # One that was removed meanwhile is passed over.
    store.vectors.add_windows(
        other, [(ids[0], digest("x")), (ids[0], digest("y")), (ids[1], digest("z")), (9999, b"q")]
    )
    assert store.vectors.passages_without_windows(other) == ids[2:]
    planned = list(store.vectors.windows(other))
    assert [(window.passage_id, window.hash) for window in planned] == [
        (ids[0], digest("x")), (ids[0], digest("y")), (ids[1], digest("z"))
    ]  # fmt: skip
    assert [window.passage_id for window in store.vectors.windows(key(store))] == ids
    assert store.vectors.sequence() == sequence


def test_the_change_log_names_what_came_and_went(store: Store) -> None:
    assert store.vectors.sequence() == 0
    assert store.vectors.changed_since(0) == []
    put(store, draft("a", TEXT))
    old, first = store.articles.live_ids(Filters()), store.vectors.sequence()
    assert sorted(store.vectors.changed_since(0)) == old
    assert store.vectors.changed_since(first) == []
    put(store, draft("a", TEXT.replace("June", "July")))
    new, second = store.articles.live_ids(Filters()), store.vectors.sequence()
    assert sorted(store.vectors.changed_since(first)) == sorted(old + new)
    store.writer.remove(["a"])
    assert sorted(store.vectors.changed_since(second)) == new
    assert store.vectors.sequence() > second > first > 0


# The pointer


def pointer(sequence: int, file: str = "file") -> Published:
    return Published(file, sequence, 10, "ab" * 32)


def test_readers_are_pointed_to_the_newest_file(store: Store) -> None:
    model = key(store)
    assert store.vectors.published(model) is None
    assert store.vectors.publish(model, pointer(5, "first"))
    assert store.vectors.published(model) == pointer(5, "first")
    assert store.vectors.publish(model, pointer(9, "second"))
    # The same state written anew, because the file was lost.
    assert store.vectors.publish(model, pointer(9, "third"))
    assert store.vectors.published(model) == pointer(9, "third")
    assert store.vectors.published(key(store, "model@2")) is None


def test_the_pointer_never_moves_back(store: Store) -> None:
    model = key(store)
    store.vectors.publish(model, pointer(9, "late"))
    assert not store.vectors.publish(model, pointer(8, "early"))
    assert store.vectors.published(model) == pointer(9, "late")
    # Another model has a pointer of its own.
    other = key(store, "model@2")
    assert store.vectors.publish(other, pointer(1))
    assert store.vectors.published(model) == pointer(9, "late")


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 20), min_size=1, max_size=10))
def test_in_whatever_order_files_are_published(store: Store, sequences: list[int]) -> None:
    model = key(store, f"model for {sequences}")
    for sequence in sequences:
        store.vectors.publish(model, pointer(sequence, str(sequence)))
    assert store.vectors.published(model) == pointer(max(sequences), str(max(sequences)))
