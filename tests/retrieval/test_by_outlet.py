"""One question, outlet by outlet: who answers, who is silent, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from retrieval.asking import Asker, Options
from retrieval.by_outlet import MOST_OUTLETS, Comparison, compare_outlets
from retrieval.models import Outcome, Reason
from tests.making import bundled_encoder
from tests.retrieval.conftest import Shelf

OpenShelf = Callable[..., Shelf]

PROTEST = "How many people joined the protest in Ellery?"
OFF_TOPIC = "Who won the football cup in Brazil?"
WIRE = "The protest in Ellery was joined by 7,000 people, and no window was broken in the whole of the town."


def fill(shelf: Shelf) -> None:
    """Three papers on one protest, two of them with a count; one paper on apples; a note of no paper."""
    for name, outlet, text in (
        (
            "herald",
            "Test Herald",
            "Organisers said 20,000 people joined the protest in Ellery against the harbour law.",
        ),
        ("courier", "Test Courier", "Police said 12,417 people joined the protest in Ellery on Tuesday."),
        ("post", "Test Post", "It rained on the protest in Ellery, and the fishermen put on their hats."),
        ("apples", "Test Orchard", "The orchard festival in Vell drew visitors from all over the valley."),
    ):
        shelf.write(f"{name}.md", text, id=name, title="A day in May", outlet=outlet, published_at="2023-05-02")
    shelf.write("note.md", "Somebody counted 900 people who joined the protest in Ellery.", id="note", title="A note")
    shelf.ingest()


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """With the real model. For reading only."""
    shelf = Shelf(tmp_path_factory.mktemp("papers"), encoder=bundled_encoder())
    fill(shelf)
    yield shelf
    shelf.close()


def compared(shelf: Shelf, text: str = PROTEST, options: Options | None = None) -> Comparison:
    """A comparison with all that holds of each."""
    found = compare_outlets(shelf.asker, text, options)
    assert found.question == found.together.question == text
    names = [one.outlet for one in found.outlets]
    assert len({*names, *found.silent}) == len(names) + len(found.silent) <= MOST_OUTLETS
    for one in found.outlets:
        assert one.answer.outcome is Outcome.ANSWERED
        assert one.answer.question == text
        assert one.answer.citations
        for citation in one.answer.citations:
            assert (citation.article.outlet or "").lower() == one.outlet.lower()
            assert all((other.outlet or "").lower() == one.outlet.lower() for other in citation.also)
            body = shelf.store.articles.get(citation.article.id).body
            assert body[citation.start : citation.end] == citation.quote
    assert len(found.together.hits) <= (options or Options()).top_k
    return found


def test_each_outlet_answers_in_its_own_words(papers: Shelf) -> None:
    found = compared(papers)
    said = {one.outlet: [figure.printed for figure in one.answer.figures] for one in found.outlets}
    assert said == {"Test Herald": ["20,000 people"], "Test Courier": ["12,417 people"]}
    assert found.together.outcome is Outcome.ANSWERED
    assert {figure.printed for figure in found.together.figures} == {"20,000 people", "12,417 people", "900 people"}


def test_who_prints_something_near_and_no_count_is_silent(papers: Shelf) -> None:
    assert "Test Post" in compared(papers).silent


@pytest.mark.xfail(strict=True, reason="in a small collection all outlets are among the sixty passages looked at")
def test_who_prints_nothing_near_is_not_called_silent(papers: Shelf) -> None:
    assert "Test Orchard" not in compared(papers).silent


def test_the_nearest_outlet_stands_first(papers: Shelf) -> None:
    found = compared(papers)
    cited = [citation.article.outlet for citation in found.together.citations if citation.article.outlet]
    assert [one.outlet for one in found.outlets] == list(dict.fromkeys(cited))
    police = compared(papers, "How many people joined the protest in Ellery, according to police?")
    assert [one.outlet for one in police.outlets] == ["Test Courier"]


def test_outlets_that_are_named_are_asked_in_the_order_named(papers: Shelf) -> None:
    for names in (("Test Courier", "Test Herald"), ("Test Herald", "Test Courier")):
        found = compared(papers, PROTEST, Options(outlets=names))
        assert tuple(one.outlet for one in found.outlets) == names
        assert found.silent == ()
    found = compared(papers, PROTEST, Options(outlets=("test courier",)))
    assert [one.outlet for one in found.outlets] == ["test courier"]


def test_an_outlet_that_is_named_is_asked_where_all_together_are_silent(papers: Shelf) -> None:
    found = compared(papers, PROTEST, Options(outlets=("Test Post", "Test Orchard")))
    assert found.together.outcome is Outcome.NO_EVIDENCE
    assert (found.outlets, found.silent) == ((), ("Test Post", "Test Orchard"))
    assert compared(papers, OFF_TOPIC, Options(outlets=("Test Herald",))).silent == ("Test Herald",)


def test_what_nothing_is_about_is_compared_to_nobody(papers: Shelf) -> None:
    found = compared(papers, OFF_TOPIC)
    assert found.together.reason is Reason.OFF_TOPIC
    assert (found.outlets, found.silent) == ((), ())


@pytest.mark.parametrize("text", ["", "?", "what is it?", "What did he say?", "x" * 2001])
def test_what_cannot_be_asked_is_said_once(papers: Shelf, text: str) -> None:
    found = compared(papers, text)
    assert found.together.reason is Reason.BAD_QUESTION
    assert (found.outlets, found.silent) == ((), ())


def test_no_outlet_is_silent_on_what_cannot_be_asked(papers: Shelf) -> None:
    assert compared(papers, "", Options(outlets=("Test Herald",))).silent == ()


def test_an_outlet_named_twice_is_asked_once(papers: Shelf) -> None:
    found = compare_outlets(papers.asker, PROTEST, Options(outlets=("Test Herald", "Test Herald")))
    assert [one.outlet for one in found.outlets] == ["Test Herald"]


def test_other_options_hold_for_each_outlet(papers: Shelf) -> None:
    none = compared(papers, PROTEST, Options(until="2020-01-01"))
    assert none.together.reason is Reason.FILTERED_OUT
    assert none.outlets == ()
    police = compared(papers, PROTEST, Options(articles=("courier", "post")))
    assert [one.outlet for one in police.outlets] == ["Test Courier"]
    assert police.silent == ("Test Post",)


@pytest.mark.parametrize("top_k", [1, 2, 10, 100])
def test_as_many_passages_are_listed_as_were_asked_for(papers: Shelf, top_k: int) -> None:
    found = compared(papers, PROTEST, Options(top_k=top_k))
    assert len(found.together.hits) == min(top_k, 5)
    # Which outlets are asked does not hang on it.
    assert {one.outlet for one in found.outlets} == {"Test Herald", "Test Courier"}


def test_without_outlets_there_is_only_the_answer_of_all(open_shelf: OpenShelf) -> None:
    shelf = open_shelf("main", bundled_encoder())
    shelf.write("note.md", "Somebody counted 900 people who joined the protest in Ellery.", id="note", title="A note")
    shelf.ingest()
    found = compared(shelf)
    assert found.together.outcome is Outcome.ANSWERED
    assert (found.outlets, found.silent) == ((), ())


def test_an_empty_collection_compares_nothing(shelf: Shelf) -> None:
    found = compared(shelf)
    assert found.together.outcome is Outcome.NO_EVIDENCE
    assert (found.outlets, found.silent) == ((), ())


def test_who_prints_a_copy_is_asked_as_well(open_shelf: OpenShelf) -> None:
    shelf = open_shelf("main", bundled_encoder())
    for name in ("a", "b"):
        shelf.write(f"{name}.md", WIRE, id=name, title="Ellery", outlet=f"Test {name}", published_at="2023-05-02")
    shelf.ingest()
    found = compared(shelf)
    assert len(found.together.citations) == 1
    assert {one.outlet for one in found.outlets} == {"Test a", "Test b"}


def test_of_many_outlets_the_nearest_are_compared(open_shelf: OpenShelf) -> None:
    shelf = open_shelf("main", bundled_encoder())
    for n in range(MOST_OUTLETS + 3):
        shelf.write(
            f"{n}.md", f"In street number {n * n} of Ellery {3_000 + 701 * n} people joined the protest.", id=f"a{n}",
            title="Ellery", outlet=f"Test {n}", published_at="2023-05-02",
        )  # fmt: skip
    shelf.ingest()
    assert len(compared(shelf).outlets) == MOST_OUTLETS


def test_an_outlet_that_is_cited_beside_others_is_not_silent_alone(open_shelf: OpenShelf) -> None:
    shelf = open_shelf("main", bundled_encoder())
    for name, text in (
        ("Herald", "Organisers said 20,000 people joined the protest in Ellery against the closing of the harbour."),
        ("Courier", "Police counted 12,400 people at the protest in Ellery, a spokesman said."),
        ("Post", "It rained on the protest in Ellery, and the fishermen put on their hats."),
        ("Vell", "A man who joined the protest in Ellery counted 900 people in his street."),
        ("Orchard", "The orchard festival in Vell drew visitors on Saturday."),
    ):
        shelf.write(
            f"{name}.md", text, id=name, title="Protest in Ellery", outlet=f"Test {name}", published_at="2023-05-02"
        )
    shelf.ingest()
    found = compared(shelf)
    cited = {citation.article.outlet for citation in found.together.citations}
    assert cited >= {"Test Herald", "Test Courier"}
    assert not cited & set(found.silent)


def test_outlets_of_two_collections_are_compared(open_shelf: OpenShelf) -> None:
    one, two = (open_shelf(name, bundled_encoder()) for name in ("one", "two"))
    for shelf, count in ((one, "20,000"), (two, "12,417")):
        shelf.write(
            "a.md", f"In all {count} people joined the protest in Ellery.", id="a", title="Ellery",
            outlet=f"Test {shelf.store.collection}", published_at="2023-05-02",
        )  # fmt: skip
        shelf.ingest()
    found = compare_outlets(Asker([one.collection, two.collection], one.encoder), PROTEST)
    said = {(answer.outlet, answer.answer.citations[0].collection) for answer in found.outlets}
    assert said == {("Test one", "one"), ("Test two", "two")}
