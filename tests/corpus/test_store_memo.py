"""What a store remembers, and that it forgets it when anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.store import Store
from tests.making import draft, put


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """Two connections to one database, as two processes have them."""
    with Store.open(tmp_path / "main", create=True) as one, Store.open(tmp_path / "main", create=False) as other:
        yield one, other


def seen(store: Store) -> tuple[int, int, list[str], list[tuple[str, int]]]:
    (word,) = store.text.words(["mill"])
    return store.articles.size().articles, word.passages, store.articles.outlets(), store.articles.speakers()


def test_what_another_connection_writes_is_noticed(stores: tuple[Store, Store]) -> None:
    one, other = stores
    assert seen(one) == seen(other) == (0, 0, [], [])
    put(one, draft("a", "“The mill burned down,” Ada Brook said.", outlet="Courier"))
    after = (1, 1, ["Courier"], [("Ada Brook", 1)])
    assert seen(one) == seen(other) == after
    other.writer.remove(["a"])
    assert seen(one) == seen(other) == (0, 0, [], [])


def test_a_snapshot_keeps_what_it_saw(stores: tuple[Store, Store]) -> None:
    one, other = stores
    put(one, draft("a", "The mill burned down."))
    with other.snapshot():
        state, before = other.state, seen(other)
        put(one, draft("b", "The mill stood."))
        assert (other.state, seen(other)) == (state, before)
    assert other.state != state
    assert seen(other)[:2] == (2, 2)


def test_what_did_not_change_is_read_once(stores: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch) -> None:
    one, _ = stores
    put(one, draft("a", "The mill burned down."))
    before = seen(one)
    for name in ("_size", "_outlets", "_speakers"):
        monkeypatch.setattr(type(one.articles), name, None)
    monkeypatch.setattr(type(one.text), "_word", lambda *_: 1 / 0)
    assert seen(one) == before
    with one.snapshot():
        assert seen(one) == before
    put(one, draft("b", "The mill stood."))
    with pytest.raises(TypeError):
        one.articles.size()


def test_a_word_is_shown_as_it_was_typed(stores: tuple[Store, Store]) -> None:
    one, _ = stores
    put(one, draft("a", "The mills burned down."))
    assert [word.printed for word in one.text.words(["Mill", "mills", "MILL"])] == ["Mill", "mills", "MILL"]
    assert {word.passages for word in one.text.words(["Mill", "mills", "MILL"])} == {1}
