"""Which passages an option admits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.store import Filters, Store
from tests.making import draft, paragraphs, put

SAID = "“We will not pay for it,” Ada Brook said in the hall."
OTHER = "“It was a good day,” Ivo Lund told reporters."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "main", create=True) as opened:
        put(
            opened,
            draft("first", paragraphs("A first text.", SAID), outlet="Test Courier", published_at="2023-05-02"),
            draft("second", OTHER, outlet="Élysée Österreich", published_at="2023-05-02T23:59:00+02:00"),
            draft("third", "A third text.", outlet="Test Courier", published_at="2023-06-11", title="Über the İsland"),
            draft("undated", "A text without a date.", outlet="test courier"),
            draft("bare", SAID),
        )
        yield opened


def admitted(store: Store, **options: object) -> set[str]:
    """Ids of the articles of which passages are admitted."""
    filters = Filters(**options)  # type: ignore[arg-type]
    passages = store.articles.live_passages(store.articles.live_ids(filters))
    found = {passage.article_id for passage in passages.values()}
    # The list of articles and the passages of questions agree.
    assert {article.id for article in store.articles.listed(filters)} == found
    return found


ALL = {"first", "second", "third", "undated", "bare"}


def test_no_filter_admits_everything(store: Store) -> None:
    assert not Filters()
    assert admitted(store) == ALL


@pytest.mark.parametrize("outlet", ["Test Courier", "TEST COURIER", "test courier"])
def test_an_outlet_in_any_case(store: Store, outlet: str) -> None:
    assert admitted(store, outlets=(outlet,)) == {"first", "third", "undated"}


@pytest.mark.parametrize(
    "outlet", ["Élysée Österreich", "élysée österreich", "ÉLYSÉE ÖSTERREICH", "E\u0301lyse\u0301e O\u0308sterreich"]
)
def test_an_outlet_in_any_case_of_any_alphabet(store: Store, outlet: str) -> None:
    assert admitted(store, outlets=(outlet,)) == {"second"}


@pytest.mark.parametrize("outlet", ["Courier", "Test", "", "%", "Test_Courier", "'; DROP TABLE articles; --"])
def test_an_outlet_is_named_whole(store: Store, outlet: str) -> None:
    assert admitted(store, outlets=(outlet,)) == set()
    assert admitted(store) == ALL


def test_several_outlets(store: Store) -> None:
    assert admitted(store, outlets=("test courier", "élysée österreich")) == {"first", "second", "third", "undated"}


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2023-05-02", None, {"first", "second", "third"}),
        ("2023-05-03", None, {"third"}),
        (None, "2023-05-02", {"first", "second"}),
        (None, "2023-05-01", set()),
        ("2023-05-02", "2023-05-02", {"first", "second"}),
        ("2023-05-03", "2023-06-11", {"third"}),
        ("2023-06-12", None, set()),
        ("2023-06-11", "2023-05-02", set()),
    ],
)
def test_dates_include_both_ends_and_leave_out_what_has_none(
    store: Store, since: str | None, until: str | None, expected: set[str]
) -> None:
    assert Filters(since=since, until=until)
    assert admitted(store, since=since, until=until) == expected


def test_what_a_dated_question_leaves_out_for_want_of_a_date_is_counted(store: Store) -> None:
    assert store.articles.undated(Filters(since="2023-05-02")) == 2
    assert store.articles.undated(Filters(until="1999-01-01")) == 2
    assert store.articles.undated(Filters(since="2023-05-02", outlets=("Test Courier",))) == 1
    assert store.articles.undated(Filters(since="2023-05-02", speakers=("Ada Brook",))) == 1
    assert store.articles.undated(Filters(since="2023-05-02", articles=("first",))) == 0
    assert Filters(("a",), "b", "c", ("d",), ("e",)).without_dates() == Filters(("a",), None, None, ("d",), ("e",))


def test_a_speaker_admits_the_passages_where_they_speak(store: Store) -> None:
    assert admitted(store, speakers=("Ada Brook",)) == {"first", "bare"}
    assert admitted(store, speakers=("Ada Brook", "Ivo Lund")) == {"first", "bare", "second"}
    ids = store.articles.live_ids(Filters(speakers=("Ada Brook",), articles=("first",)))
    assert [passage.text for passage in store.articles.live_passages(ids).values()] == [SAID]
    # As stored: who is meant by a name that somebody typed is found out elsewhere.
    assert admitted(store, speakers=("ada brook",)) == set()


def test_no_speaker_on_record_admits_nothing(store: Store) -> None:
    assert Filters(speakers=())
    assert admitted(store, speakers=()) == set()


def test_articles_by_id(store: Store) -> None:
    assert admitted(store, articles=("third", "bare", "nowhere")) == {"third", "bare"}
    assert admitted(store, articles=("nowhere",)) == set()


def test_all_at_once(store: Store) -> None:
    options: dict[str, object] = {"outlets": ("Test Courier",), "since": "2023-01-01", "until": "2023-05-31"}
    assert admitted(store, **options) == {"first"}
    assert admitted(store, **options, speakers=("Ada Brook",), articles=("first",)) == {"first"}
    assert admitted(store, **options, speakers=("Ada Brook",), articles=("bare",)) == set()


def test_a_filter_follows_the_newest_revision(store: Store) -> None:
    put(store, draft("first", "A first text.", outlet="Test Herald", published_at="2024-01-01"))
    assert admitted(store, outlets=("Test Courier",)) == {"third", "undated"}
    assert admitted(store, since="2024-01-01") == {"first"}
    assert admitted(store, speakers=("Ada Brook",)) == {"bare"}
    store.writer.remove(["first"])
    assert admitted(store, since="2024-01-01") == set()


# Lists


def test_articles_are_listed_newest_first_and_undated_last(store: Store) -> None:
    assert [article.id for article in store.articles.listed()] == ["third", "second", "first", "bare", "undated"]
    by_id = {article.id: article.passages for article in store.articles.listed()}
    assert by_id == {"first": 2, "second": 1, "third": 1, "undated": 1, "bare": 1}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("über", ["third"]),
        ("ÜBER THE", ["third"]),
        ("FIRST", ["first"]),
        ("%", []),
        ("_", []),
        ("d", ["third", "second", "undated"]),
    ],
)
def test_articles_are_listed_by_a_part_of_title_or_id(store: Store, query: str, expected: list[str]) -> None:
    assert [article.id for article in store.articles.listed(query=query)] == expected


def test_summaries_of_those_named(store: Store) -> None:
    listed = {article.id: article for article in store.articles.listed()}
    named = store.articles.summaries(["first", "nowhere", "bare"])
    assert {article.id: article for article in named} == {name: listed[name] for name in ("first", "bare")}
    # More than fit into one statement.
    assert len(store.articles.summaries([f"no{n}" for n in range(1500)] + ["first"])) == 1


def test_size_outlets_speakers(store: Store) -> None:
    size = store.articles.size()
    assert (size.articles, size.passages, size.outlets) == (5, 6, 3)
    assert (size.first_date, size.last_date) == ("2023-05-02", "2023-06-11")
    assert store.articles.outlets() == ["Test Courier", "test courier", "Élysée Österreich"]
    assert store.articles.speakers() == [("Ada Brook", 2), ("Ivo Lund", 1)]
    said = store.articles.statements_by(["Ada Brook"])
    assert len(said) == 2
    assert said == sorted(said, key=lambda one: one.passage_id)
    assert len(store.articles.statements_by(["Ada Brook"], Filters(outlets=("Test Courier",)))) == 1
    assert store.articles.statements_by([]) == []


def test_an_empty_collection_has_a_size(tmp_path: Path) -> None:
    with Store.open(tmp_path / "empty", create=True) as empty:
        size = empty.articles.size()
        assert (size.articles, size.passages, size.outlets, size.first_date, size.last_date) == (0, 0, 0, None, None)
        assert empty.articles.listed() == []
        assert empty.articles.undated(Filters(since="2023-01-01")) == 0
