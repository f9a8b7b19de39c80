"""Whether several outlets know something or print one text: who is cited, and how many origins are counted."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.store import Filters
from retrieval.asking import Asker
from retrieval.citations import Span, cite
from retrieval.models import Answer, Citation, Independence, Outcome
from retrieval.origins import _joined, cite_first_printed, fingerprints, independence, key_of
from retrieval.question import understand
from retrieval.retriever import Retriever
from tests.making import bundled_encoder
from tests.retrieval.conftest import Shelf

OpenShelf = Callable[..., Shelf]

WIRE = (
    "The harbour council of Dunmallow voted on Monday to close the old ferry pier before the winter storms set in.",
    "Engineers had warned in August that two of the nine oak piles under the pier had been eaten through by shipworm.",
    "Mayor Anna Roe told a packed hall that she had crossed on that ferry as a child and would miss it every winter.",
    "“I would rather lose a vote than a child,” Roe said in the hall on Monday evening.",
    "The ferry company, which carries four hundred people a day to Lantern Island, asked for a delay until spring.",
    "Its director, John Lind, said the detour over the Mount Vesper bridge would cost each commuter fifty minutes.",
    "Councillor Mara Vale, who voted against the closure, called the report hasty and asked who had paid for it.",
)
OWN = (
    "I sat in the third row of that hall in my wet coat, and for an hour nobody around me stirred or coughed.",
    "“I would rather lose a vote than a child,” Mayor Anna Roe said, and put on her glasses to read the result.",
    "The rain never stopped that night, and the boats rocked against the sea wall below the dark windows.",
)
WHO_VOTED = "Who voted to close the old ferry pier of Dunmallow?"
LOSE = "What did Anna Roe say about losing a vote?"


@pytest.fixture
def shelf(open_shelf: OpenShelf) -> Shelf:
    """With the real model."""
    return open_shelf("main", bundled_encoder())


def write(shelf: Shelf, name: str, body: tuple[str, ...], day: str | None, outlet: str | None = None) -> None:
    """An article under the headline that all of them have; files are read in the order of their names."""
    facts = {"published_at": day} if day else {}
    outlet = f"Test {name.title()}" if outlet is None else outlet
    facts |= {"outlet": outlet} if outlet else {}
    shelf.write(f"{name}.md", *body, id=name, title="Dunmallow pier", **facts)


def asked(shelf: Shelf, question: str) -> Answer:
    """An answer whose quotes all stand where their citations say, in the article that is cited."""
    shelf.ingest()
    answer = shelf.ask(question)
    assert answer.outcome is Outcome.ANSWERED
    for citation in answer.citations:
        stands(shelf, citation)
    return answer


def stands(shelf: Shelf, citation: Citation) -> None:
    article = shelf.store.articles.get(citation.article.id)
    assert article.body[citation.start : citation.end] == citation.quote
    assert article.body[citation.passage.start : citation.passage.end] == citation.passage.text
    assert citation.passage.article_id == citation.article.id
    assert citation.passage.start <= citation.start < citation.end <= citation.passage.end
    assert citation.article.id not in {other.id for other in citation.also}
    assert len({other.id for other in citation.also}) == len(citation.also)


# Who is cited


@pytest.mark.parametrize(("first", "second"), [("a", "b"), ("b", "a")])
def test_the_earliest_print_is_cited_and_the_others_named(shelf: Shelf, first: str, second: str) -> None:
    # Whichever was ingested first.
    write(shelf, first, WIRE, "2023-10-03T08:00:00Z")
    write(shelf, second, WIRE, "2023-10-04")
    answer = asked(shelf, WHO_VOTED)
    assert answer.citations[0].article.id == first
    assert [other.id for other in answer.citations[0].also] == [second]
    assert answer.citations[0].quote == WIRE[0]
    assert answer.independence == Independence(2, 1, ())


def test_the_quote_stands_right_where_the_first_print_has_other_words_before_it(shelf: Shelf) -> None:
    write(shelf, "late", WIRE, "2023-10-04")
    body = ("A picture of the pier, taken from the sea wall.", *WIRE[1:3], *WIRE[4:], WIRE[0], WIRE[3])
    write(shelf, "early", body, "2023-10-03")
    answer = asked(shelf, WHO_VOTED)
    first = answer.citations[0]
    assert (first.article.id, first.quote) == ("early", WIRE[0])
    assert first.start > len(WIRE[1])
    said = asked(shelf, LOSE).citations[0]
    assert (said.article.id, said.quote, said.speaker) == (
        "early",
        "I would rather lose a vote than a child",
        "Anna Roe",
    )


def test_the_day_counts_and_not_the_hour_then_the_fuller_text(shelf: Shelf) -> None:
    # Clocks of outlets differ; what is cut was cut from something.
    write(shelf, "brief", WIRE[:4], "2023-10-03T06:00:00Z")
    write(shelf, "whole", WIRE, "2023-10-03T21:00:00+02:00")
    answer = asked(shelf, WHO_VOTED)
    assert [answer.citations[0].article.id, *(other.id for other in answer.citations[0].also)] == ["whole", "brief"]
    assert answer.independence == Independence(2, 1, ())


def test_a_cut_copy_of_an_earlier_day_is_cited_all_the_same(shelf: Shelf) -> None:
    write(shelf, "brief", WIRE[:4], "2023-10-02")
    write(shelf, "whole", WIRE, "2023-10-03")
    assert asked(shelf, WHO_VOTED).citations[0].article.id == "brief"
    # What it leaves out is cited from where it stands.
    answer = asked(shelf, "What did Mara Vale call the report?")
    assert {citation.article.id for citation in answer.citations} == {"whole"}
    assert answer.independence == Independence(1, 1, ())


def test_what_bears_no_date_is_never_the_first(shelf: Shelf) -> None:
    write(shelf, "a", WIRE, None)
    write(shelf, "b", WIRE, "2023-10-04")
    answer = asked(shelf, WHO_VOTED)
    assert [answer.citations[0].article.id, *(other.id for other in answer.citations[0].also)] == ["b", "a"]


def test_of_three_copies_the_two_others_are_named(shelf: Shelf) -> None:
    for name, day in (("a", "2023-10-05"), ("b", "2023-10-03"), ("c", "2023-10-04")):
        write(shelf, name, WIRE, day)
    answer = asked(shelf, WHO_VOTED)
    assert answer.citations[0].article.id == "b"
    assert {other.id for other in answer.citations[0].also} == {"a", "c"}
    assert answer.independence == Independence(3, 1, ())


def test_one_paragraph_alike_makes_no_copy_to_be_cited(shelf: Shelf) -> None:
    """Two articles that share a paragraph and nothing else: who found it first is not known."""
    write(shelf, "late", (WIRE[0], *OWN[::2]), "2023-10-05")
    write(shelf, "early", WIRE, "2023-10-03")
    shelf.ingest()
    stores = {"main": shelf.store}
    spans = spans_of(shelf, WHO_VOTED)
    assert cite_first_printed(spans, stores) == spans


def test_to_whom_it_was_said_is_kept_without_copies(shelf: Shelf) -> None:
    write(shelf, "a", (*WIRE[:3], "“I would rather lose a vote than a child,” Roe told reporters."), "2023-10-04")
    assert asked(shelf, LOSE).citations[0].addressee == "reporters"


def test_to_whom_it_was_said_is_kept_where_the_first_print_is_cited(shelf: Shelf) -> None:
    body = (*WIRE[:3], "“I would rather lose a vote than a child,” Roe told reporters.", *WIRE[4:])
    write(shelf, "a", body, "2023-10-04")
    write(shelf, "b", body, "2023-10-03")
    first = asked(shelf, LOSE).citations[0]
    assert (first.article.id, first.addressee) == ("b", "reporters")


# How many origins


def test_the_same_words_in_two_reports_of_their_own_are_two_origins(shelf: Shelf) -> None:
    write(shelf, "wire", WIRE, "2023-10-03")
    write(shelf, "own", OWN, "2023-10-05")
    answer = asked(shelf, LOSE)
    quoted = [one for one in answer.citations if one.quote == "I would rather lose a vote than a child"]
    assert [{one.article.id, *(other.id for other in one.also)} for one in quoted] == [{"wire", "own"}]
    assert answer.independence == Independence(2, 2, ())


def test_copies_beside_a_report_of_its_own_are_one_origin_of_two(shelf: Shelf) -> None:
    write(shelf, "wire", WIRE, "2023-10-03")
    write(shelf, "cut", WIRE[:5], "2023-10-04")
    write(shelf, "own", OWN, "2023-10-05")
    assert asked(shelf, LOSE).independence == Independence(3, 2, ())


def test_one_shared_paragraph_is_a_shared_origin(shelf: Shelf) -> None:
    """The rest of both articles is their own: their texts are no copies, the paragraph is."""
    write(shelf, "a", (WIRE[0], *OWN[::2]), "2023-10-05")
    write(
        shelf, "b", (WIRE[0], "A gull stood on the gavel, and the clerk let it stand there until noon."), "2023-10-05"
    )
    assert asked(shelf, WHO_VOTED).independence == Independence(2, 1, ())


def test_a_short_paragraph_alike_is_met_by_chance(shelf: Shelf) -> None:
    short = "Dunmallow closes its ferry pier in winter."
    write(shelf, "a", (short, *OWN[::2]), "2023-10-05")
    write(shelf, "b", (short, "A gull stood on the gavel, and the clerk let it stand there until noon."), "2023-10-05")
    answer = asked(shelf, "When does Dunmallow close its ferry pier?")
    assert {answer.citations[0].article.id, *(other.id for other in answer.citations[0].also)} == {"a", "b"}
    assert answer.independence == Independence(2, 2, ())


def test_two_articles_of_one_outlet_are_one_voice(shelf: Shelf) -> None:
    write(shelf, "a", WIRE, "2023-10-03", outlet="Test Wire")
    write(shelf, "b", OWN, "2023-10-05", outlet="Test Wire")
    assert asked(shelf, LOSE).independence == Independence(1, 1, ())


def test_articles_of_no_outlet_are_voices_of_their_own(shelf: Shelf) -> None:
    write(shelf, "a", WIRE, "2023-10-03", outlet="")
    write(shelf, "b", OWN, "2023-10-05", outlet="")
    assert asked(shelf, LOSE).independence == Independence(2, 2, ())


def test_the_agency_that_copies_credit_is_named_once(shelf: Shelf) -> None:
    credited = (f"DUNMALLOW (AFP) — {WIRE[0]}", *WIRE[1:])
    write(shelf, "a", credited, "2023-10-03")
    write(shelf, "b", credited, "2023-10-04")
    answer = asked(shelf, WHO_VOTED)
    assert answer.independence == Independence(2, 1, ("AFP",))
    assert answer.citations[0].quote == WIRE[0]


def test_where_nothing_is_cited_nothing_is_counted(shelf: Shelf) -> None:
    write(shelf, "a", WIRE, "2023-10-03")
    shelf.ingest()
    assert shelf.ask("Who won the football cup in Brazil?").independence is None
    assert independence([], {"main": shelf.store}) is None
    assert cite_first_printed([], {"main": shelf.store}) == []


# Several collections


def test_one_text_in_two_collections_is_one_origin_and_each_keeps_its_own_citation(open_shelf: OpenShelf) -> None:
    one, two = (open_shelf(name, bundled_encoder()) for name in ("one", "two"))
    write(one, "wire", WIRE, "2023-10-04")
    write(two, "herald", WIRE, "2023-10-03")
    for shelf in (one, two):
        shelf.ingest()
    answer = Asker([one.collection, two.collection], one.encoder).ask(WHO_VOTED)
    assert answer.independence == Independence(2, 1, ())
    first = answer.citations[0]
    # Which of them printed it first is not compared across collections.
    stands({"one": one, "two": two}[first.collection], first)
    assert [other.id for other in first.also] == [{"one": "herald", "two": "wire"}[first.collection]]


# Fingerprints that are no use


def spans_of(shelf: Shelf, question: str) -> list[Span]:
    """The passages found, each as one span."""
    found = Retriever([shelf.collection], shelf.encoder).find(understand(question), Filters())
    return [Span(c, c.passage.start, c.passage.end, 1.0, 1.0, None, None) for c in found.candidates[:3]]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE fingerprints SET signature = x''",
        "UPDATE fingerprints SET signature = x'00'",
        "UPDATE fingerprints SET signature = CAST(x'01' || substr(signature, 2) AS BLOB)",
        "UPDATE fingerprints SET signature = substr(signature, 1, 200)",
        "UPDATE fingerprints SET signature = CAST(signature || x'00' AS BLOB)",
        "DELETE FROM fingerprints",
        "UPDATE fingerprints SET signature = x'' WHERE rowid = 1",
    ],
    ids=["empty", "one byte", "an older version", "cut", "too long", "none", "one of two"],
)
def test_a_fingerprint_that_cannot_be_read_tells_nothing(shelf: Shelf, damage: str) -> None:
    write(shelf, "a", WIRE, "2023-10-04")
    write(shelf, "b", WIRE, "2023-10-03")
    shelf.ingest()
    with contextlib.closing(sqlite3.connect(shelf.store.path)) as database:
        database.execute(damage)
        database.commit()
    answer = shelf.ask(WHO_VOTED)
    assert answer.outcome is Outcome.ANSWERED
    for citation in answer.citations:
        stands(shelf, citation)
    # Nobody is called the first; that the paragraph is printed alike is seen without.
    assert {answer.citations[0].article.id, *(other.id for other in answer.citations[0].also)} == {"a", "b"}
    assert answer.citations[0].article.id == "a"
    assert answer.independence == Independence(2, 1, ())


def test_fingerprints_are_read_of_each_collection(open_shelf: OpenShelf) -> None:
    one, two = (open_shelf(name) for name in ("one", "two"))
    write(one, "a", WIRE, "2023-10-04")
    write(two, "a", OWN, "2023-10-04")
    for shelf in (one, two):
        shelf.ingest()
    stores = {"one": one.store, "two": two.store}
    found = fingerprints([("one", "a"), ("two", "a"), ("two", "nowhere")], stores)
    assert found.keys() == {("one", "a"), ("two", "a")}
    assert found["one", "a"].signature != found["two", "a"].signature
    assert fingerprints([], stores) == {}


def test_a_span_without_copies_stays_as_it_is(shelf: Shelf) -> None:
    write(shelf, "a", WIRE, "2023-10-04")
    shelf.ingest()
    spans = spans_of(shelf, WHO_VOTED)
    assert len(spans) == 3
    assert cite_first_printed(spans, {"main": shelf.store}) == spans
    assert {key_of(span.candidate) for span in spans} == {("main", "a")}


def test_a_paragraph_cited_whole_from_the_first_print_holds_its_check(shelf: Shelf) -> None:
    write(shelf, "a", WIRE, "2023-10-04")
    write(shelf, "b", ("A word before all others.", *WIRE), "2023-10-03")
    shelf.ingest()
    stores = {"main": shelf.store}
    moved = cite_first_printed(spans_of(shelf, WHO_VOTED), stores)
    assert {key_of(span.candidate) for span in moved} == {("main", "b")}
    citations = cite(moved, stores)
    assert len(citations) == len(moved)
    for citation in citations:
        stands(shelf, citation)


# Any articles


KEYS = [("main", letter) for letter in "abcdefgh"]


@given(st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)), max_size=12))
def test_groups_part_all_articles_and_keep_pairs_together(pairs: list) -> None:
    groups = _joined(KEYS, pairs)
    assert sorted(key for group in groups for key in group) == KEYS
    for one, other in pairs:
        assert next(group for group in groups if one in group) is next(group for group in groups if other in group)
    assert len(groups) >= len(KEYS) - len(pairs)
    assert {frozenset(group) for group in _joined(KEYS, pairs[::-1])} == {frozenset(group) for group in groups}
