"""The scores of words are FTS5's own."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import StoreError
from corpus.store import Store, bm25
from corpus.store.bm25 import Shares
from tests.making import draft, paragraphs, put

WORDS = st.sampled_from(["walrus", "harbour", "winter", "mill", "mills", "Courier", "2022", "élysée"])


def by_fts5(store: Store, word: str) -> dict[int, float]:
    with contextlib.closing(sqlite3.connect(store.path)) as database:
        return dict(
            database.execute(
                "SELECT rowid, -bm25(passages_text, 1.0, 0.6, 0.4, 0.2) FROM passages_text WHERE passages_text MATCH ?",
                (f'"{word}"',),
            )
        )


def by_us(store: Store, word: str) -> dict[int, float]:
    (known,) = store.text.words([word])
    passages, scores = store.text._scores.postings(known.stem)
    return dict(zip(passages.tolist(), scores.tolist(), strict=True))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_what_a_word_gives_each_passage_is_what_fts5_says(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    texts = st.lists(st.lists(WORDS, min_size=1, max_size=150).map(" ".join), min_size=1, max_size=8)
    with Store.open(tmp_path_factory.mktemp("scores") / "main", create=True) as store:
        for name in ("a", "b", "c"):
            title = data.draw(st.sampled_from([None, "Walrus winter", "Mill"]))
            put(
                store,
                draft(name, paragraphs(*data.draw(texts)), title=title, outlet="Courier", published_at="2022-01-05"),
            )
        store.writer.remove(["b"])
        for word in ("walrus", "mill", "courier", "2022", "élysée"):
            assert by_us(store, word) == pytest.approx(by_fts5(store, word), rel=1e-6)
            assert by_us(store, word) == by_us(store, word)


def test_of_nothing_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "main", create=True) as store:
        assert by_us(store, "walrus") == {}
        assert len(store.text.shares(store.text.words(["walrus"]))) == 0


def test_few_words_are_kept_where_little_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bm25, "_KEPT", 5)
    with Store.open(tmp_path / "main", create=True) as store:
        put(store, draft("a", paragraphs(*["walrus and mill"] * 4, "harbour")))
        for _ in range(2):
            assert [len(by_us(store, word)) for word in ("walrus", "mill", "harbour")] == [4, 4, 1]
        assert len(store.text._scores._kept) == 2


def test_the_best_shares_and_of_equal_ones_the_first() -> None:
    shares = Shares(np.array([0.0, 0.5, 0.9, 0.5, 0.0, 0.5, 0.1]))
    assert list(shares.best(3).items()) == [(2, 0.9), (1, 0.5), (3, 0.5)]
    assert list(shares.best(2, [5, 3, 99, 4, -1]).items()) == [(3, 0.5), (5, 0.5)]
    assert shares.best(3, []) == {}
    assert list(shares) == [1, 2, 3, 5, 6]
    assert 0 not in shares
    assert 99 not in shares
    assert len(shares) == 5


@pytest.mark.parametrize("lost", ["id > 2", "id BETWEEN 2 AND 3"])
def test_an_index_that_has_lost_lengths_is_damaged(tmp_path: Path, lost: str) -> None:
    with Store.open(tmp_path / "main", create=True) as store:
        put(store, draft("a", paragraphs(*(f"walrus number {number}" for number in range(5)))))
        with contextlib.closing(sqlite3.connect(store.path)) as database:
            database.execute(f"DELETE FROM passages_text_docsize WHERE {lost}")
            database.commit()
        with pytest.raises(StoreError, match="is damaged"), store.snapshot():
            store.text.words(["walrus"])
