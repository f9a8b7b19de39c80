"""What happened when: the order, where each day comes from, what is left out, and what cannot be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.asking import Asker, Options
from retrieval.models import Event, Reason, Timeline
from retrieval.timeline import MOST
from tests.making import bundled_encoder
from tests.retrieval.conftest import Shelf
from tests.retrieval.test_question import NAUGHTY

OpenShelf = Callable[..., Shelf]

HARBOUR = "What happened at the harbour of Port Ellery?"
WIRE = (
    "PORT ELLERY — The harbour of Port Ellery will close on June 30, the town council decided on Monday.",
    "The harbour of Port Ellery was dug in 1904 and deepened in 1951.",
    "“We cannot pay for another winter of repairs to the harbour,” Mayor Ada Brook told reporters on Tuesday.",
)


def fill(shelf: Shelf) -> None:
    """One harbour in five articles, one of them undated, two of them copies; and a festival elsewhere."""
    shelf.write(
        "courier.md", *WIRE, id="courier", title="Harbour to close", outlet="Test Courier", published_at="2023-05-03"
    )
    shelf.write(
        "herald.md", *WIRE, "Fishermen will block the harbour of Port Ellery from May 10 to 12.", id="herald",
        title="Harbour to close", outlet="Test Herald", published_at="2023-05-04",
    )  # fmt: skip
    shelf.write(
        "post.md",
        "The harbour of Port Ellery closed on Friday, nine hours earlier than planned.",
        "A last boat left the harbour of Port Ellery yesterday evening.",
        id="post", title="Last boat leaves Port Ellery", outlet="Test Post", published_at="2023-06-30",
    )  # fmt: skip
    shelf.write(
        "plan.md",
        "The harbour of Port Ellery is to become a park in 2026.",
        "The council will vote on the park at the harbour in Port Ellery next week.",
        "Work on the harbour of Port Ellery began last month.",
        id="plan", title="What comes after the harbour", outlet="Test Post", published_at="2023-05-20",
    )  # fmt: skip
    shelf.write(
        "note.md", "The harbour of Port Ellery has a bell that rings in fog.", id="note", title="A note",
        outlet="Test Post",
    )  # fmt: skip
    shelf.write(
        "bell.md", "The harbour of Port Ellery has a second bell, which is older and has a crack.", id="bell",
        title="Another bell in Port Ellery", outlet="Test Post", published_at="2023-05-25T08:00:00Z",
    )  # fmt: skip
    shelf.write(
        "apples.md", "The orchard festival in Vell drew visitors on Saturday.", id="apples", title="Apples in Vell",
        outlet="Élan du Val", published_at="2023-05-22",
    )  # fmt: skip
    shelf.ingest()


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """With the real model. For reading only."""
    shelf = Shelf(tmp_path_factory.mktemp("harbour"), encoder=bundled_encoder())
    fill(shelf)
    yield shelf
    shelf.close()


@pytest.fixture(scope="module")
def plain_harbour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """The same without a model. For reading only."""
    shelf = Shelf(tmp_path_factory.mktemp("plain-harbour"))
    fill(shelf)
    yield shelf
    shelf.close()


def timeline(shelf: Shelf, text: str = HARBOUR, options: Options | None = None) -> Timeline:
    """A timeline with all that holds of each."""
    found = shelf.asker.timeline(text, options)
    assert found.question == text
    assert (found.reason is None) == (found.text == "")
    assert found.reason is None or found.events == ()
    assert [(one.first, one.last) for one in found.events] == sorted((one.first, one.last) for one in found.events)
    for one in found.events:
        body = shelf.store.articles.get(one.citation.article.id).body
        assert body[one.citation.start : one.citation.end] == one.citation.quote
        assert one.first <= one.last
        if one.moment is None:
            assert one.printed is None
            assert one.first == one.last == (one.citation.article.published_at or "")[:10]
        else:
            assert body[one.moment.start : one.moment.end] == one.printed
            assert one.citation.start <= one.moment.start < one.moment.end <= one.citation.end
            assert (one.first, one.last) == (one.moment.first, one.moment.last)
            assert one.moment.resolved_from in (None, (one.citation.article.published_at or "")[:10])
    return found


def event(found: Timeline, printed: str | None) -> Event:
    (one,) = [one for one in found.events if one.printed == printed]
    return one


# Order and days


def test_events_stand_in_the_order_of_the_days_they_tell_of(harbour: Shelf) -> None:
    found = timeline(harbour)
    days = [one.first for one in found.events]
    assert days == sorted(days)
    # Not in the order of print: what was printed last of all stands before what is yet to come.
    printed = [one.printed for one in found.events]
    assert printed.index("in 1904") < printed.index("in 1951") < printed.index("last month")
    assert printed.index("last month") < printed.index("on Monday") < printed.index("yesterday evening")
    assert printed[-1] == "in 2026"


@pytest.mark.parametrize(
    ("printed", "first", "last", "derived"),
    [
        ("on Monday", "2023-05-01", "2023-05-01", True),
        ("yesterday evening", "2023-06-29", "2023-06-29", True),
        ("on Friday", "2023-06-30", "2023-06-30", True),
        ("from May 10 to 12", "2023-05-10", "2023-05-12", True),
        ("next week", "2023-05-22", "2023-05-28", True),
        ("last month", "2023-04-01", "2023-04-30", True),
        ("in 1904", "1904-01-01", "1904-12-31", False),
        ("in 2026", "2026-01-01", "2026-12-31", False),
    ],
)
def test_days_and_periods_are_told_with_where_they_come_from(
    harbour: Shelf, printed: str, first: str, last: str, derived: bool
) -> None:
    one = event(timeline(harbour), printed)
    assert (one.first, one.last) == (first, last)
    assert one.moment is not None
    assert (one.moment.resolved_from is not None) is derived


def test_a_sentence_of_two_days_is_two_events(harbour: Shelf) -> None:
    found = timeline(harbour)
    decided, closing = event(found, "on Monday"), event(found, "on June 30")
    assert decided.citation == closing.citation
    assert (decided.first, closing.first) == ("2023-05-01", "2023-06-30")
    # The dateline is no part of the sentence.
    assert decided.citation.quote.startswith("The harbour of Port Ellery will close")


def test_a_sentence_without_a_day_stands_at_the_day_of_publication(harbour: Shelf) -> None:
    one = event(timeline(harbour), None)
    assert (one.citation.article.id, one.first, one.last, one.moment) == ("bell", "2023-05-25", "2023-05-25", None)


def test_of_each_article_one_sentence_without_a_day_is_enough(open_shelf: OpenShelf) -> None:
    shelf = open_shelf("main", bundled_encoder())
    shelf.write(
        "a.md", "The harbour of Port Ellery has a bell.", "The harbour of Port Ellery has a clock of brass.", id="a",
        title="The harbour of Port Ellery", published_at="2023-05-25",
    )  # fmt: skip
    shelf.ingest()
    assert len(timeline(shelf).events) == 1


def test_what_bears_no_day_at_all_is_counted_and_not_shown(harbour: Shelf) -> None:
    found = timeline(harbour)
    assert found.undated == 1
    assert "note" not in {one.citation.article.id for one in found.events}


def test_what_an_undated_article_dates_in_full_is_shown(open_shelf: OpenShelf) -> None:
    shelf = open_shelf("main", bundled_encoder())
    shelf.write(
        "a.md", "The harbour of Port Ellery closed on 30 June 2023. It reopened on Monday.", id="a", title="Port Ellery"
    )
    shelf.ingest()
    (one,) = timeline(shelf).events
    assert (one.printed, one.first, one.moment and one.moment.resolved_from) == ("on 30 June 2023", "2023-06-30", None)


def test_a_sentence_that_copies_print_is_shown_once_and_names_them(harbour: Shelf) -> None:
    one = event(timeline(harbour), "in 1904")
    assert {one.citation.article.id, *(article.id for article in one.citation.also)} == {"courier", "herald"}


def test_alike_sentences_of_unlike_paragraphs_are_one_event(open_shelf: OpenShelf) -> None:
    shelf = open_shelf("main", bundled_encoder())
    said = "The harbour of Port Ellery was deepened by nine metres in the dry summer of 1951."
    shelf.write(
        "a.md",
        f"{said} Old men still tell of it in the tavern.",
        id="a",
        title="Port Ellery",
        published_at="2023-05-25",
    )
    shelf.write(
        "b.md", f"Nobody has dug since. {said} A dredger sank that year, with all that was in her.", id="b",
        title="Port Ellery", published_at="2023-05-26",
    )  # fmt: skip
    shelf.ingest()
    (one,) = [one for one in timeline(shelf).events if one.first.startswith("1951")]
    assert {one.citation.article.id, *(article.id for article in one.citation.also)} == {"a", "b"}


LATE = (
    "The fishermen blocked the harbour of Port Ellery on Monday, and their children stood on the quay with flags.",
    "Shops around the fish market closed at noon, and the buses were led around the town by the ring road.",
    "The council had decided in April to close the old harbour, which has served the town for ninety years.",
)


def test_a_copy_in_another_paper_makes_no_further_event(open_shelf: OpenShelf) -> None:
    shelf = open_shelf("main", bundled_encoder())
    # The later print is stored first: of two alike passages it is the one that is found.
    shelf.write("a.md", *LATE, id="late", title="Port Ellery", outlet="Test Herald", published_at="2023-05-11")
    shelf.write("b.md", *LATE, id="early", title="Port Ellery", outlet="Test Courier", published_at="2023-05-02")
    shelf.ingest()
    assert len([one for one in timeline(shelf).events if one.printed == "on Monday"]) == 1


def test_the_day_is_counted_from_the_first_print(open_shelf: OpenShelf) -> None:
    shelf = open_shelf("main", bundled_encoder())
    shelf.write("a.md", *LATE, id="late", title="Port Ellery", outlet="Test Herald", published_at="2023-05-11")
    shelf.write("b.md", *LATE, id="early", title="Port Ellery", outlet="Test Courier", published_at="2023-05-02")
    shelf.ingest()
    one = event(timeline(shelf), "on Monday")
    assert (one.first, one.citation.article.id) == ("2023-05-01", "early")


def test_many_events_are_cut_to_the_best(open_shelf: OpenShelf) -> None:
    shelf = open_shelf()
    years = range(1900, 1900 + MOST + 9)
    shelf.write_rows(
        "rows.jsonl",
        *(
            {"id": f"r{year}", "title": "Port Ellery", "published_at": "2023-05-25",
             "text": f"The harbour of Port Ellery got mole number{year} of stone{year} and oak{year} in {year}."}
            for year in years
        ),
    )  # fmt: skip
    shelf.ingest()
    found = timeline(shelf, "harbour of Port Ellery")
    assert len(found.events) == MOST


# What a timeline is asked of


@pytest.mark.parametrize("text", ["the harbour of Port Ellery", "harbour", "When was the harbour dug?", "port ellery"])
def test_a_subject_is_as_good_as_a_question(harbour: Shelf, text: str) -> None:
    found = timeline(harbour, text)
    assert "in 1904" in {one.printed for one in found.events}
    assert "apples" not in {one.citation.article.id for one in found.events}


@pytest.mark.parametrize("text", ["Who won the football cup in Brazil?", "Angela Merkel", "Quist in Ravenna"])
def test_what_nothing_is_about_has_no_timeline(harbour: Shelf, text: str) -> None:
    found = timeline(harbour, text)
    assert found.reason is Reason.OFF_TOPIC
    assert "Nothing in these articles is about that." in found.text
    assert found.undated == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "empty"), ("  \n ", "empty"), ("?!…", "no word"), ("🦄", "no word"), ("what is it?", "names nothing"),
     ("x" * 2001, "2,001 characters")],
)  # fmt: skip
def test_what_cannot_be_asked_is_said(harbour: Shelf, text: str, words: str) -> None:
    found = timeline(harbour, text)
    assert found.reason is Reason.BAD_QUESTION
    assert words in found.text


@pytest.mark.parametrize(
    "options",
    [
        Options(outlets=("Nowhere Times",)),
        Options(since="2030-01-01"),
        Options(until="1999-12-31"),
        Options(speaker="Nobody At All"),
        Options(articles=("nowhere",)),
    ],
)
def test_options_that_admit_nothing_are_said_to(harbour: Shelf, options: Options) -> None:
    found = timeline(harbour, HARBOUR, options)
    assert found.reason is Reason.FILTERED_OUT
    assert "loosen one of them" in found.text


def test_options_filter_articles_not_events(harbour: Shelf) -> None:
    found = timeline(harbour, HARBOUR, Options(outlets=("test post",)))
    assert {one.citation.article.outlet for one in found.events} == {"Test Post"}
    found = timeline(harbour, HARBOUR, Options(since="2023-05-15"))
    assert {one.citation.article.id for one in found.events} == {"plan", "bell", "post"}
    # An article of the days asked for may tell of a day before them.
    assert found.events[0].first == "2023-04-01"
    assert found.notes == ("1 article without a date was left out.",)
    assert found.undated == 0
    found = timeline(harbour, "harbour", Options(speaker="Ada Brook"))
    assert {one.citation.speaker for one in found.events} == {"Ada Brook"}
    # What a filter leaves out is not named beside an event either.
    found = timeline(harbour, HARBOUR, Options(articles=("herald",)))
    assert found.events
    assert all(one.citation.also == () for one in found.events)


def test_a_slip_of_the_keyboard_is_said(harbour: Shelf) -> None:
    found = timeline(harbour, "the harbuor of Port Ellery")
    assert found.events
    assert found.notes == ("No article has “harbuor”: read as a slip of the keyboard.",)


def test_an_empty_collection_has_no_timeline(shelf: Shelf) -> None:
    found = timeline(shelf)
    assert found.reason is not None
    assert "0 articles" in found.text


def test_events_of_two_collections_stand_in_one_order(open_shelf: OpenShelf) -> None:
    one, two = (open_shelf(name, bundled_encoder()) for name in ("one", "two"))
    one.write("a.md", "The harbour of Port Ellery was deepened in 1951.", id="a", title="Port Ellery")
    two.write("a.md", "The harbour of Port Ellery was dug in 1904, all by hand.", id="a", title="Port Ellery")
    for shelf in (one, two):
        shelf.ingest()
    found = Asker([one.collection, two.collection], one.encoder).timeline("harbour of Port Ellery")
    assert [(event.first, event.citation.collection) for event in found.events] == [
        ("1904-01-01", "two"), ("1951-01-01", "one"),
    ]  # fmt: skip


# The days of an answer


def test_the_days_of_an_answer_stand_in_its_quotes(harbour: Shelf) -> None:
    answer = harbour.ask("When will the harbour of Port Ellery close?")
    assert ("on June 30", "2023-06-30") in {(one.printed, one.moment.first) for one in answer.moments}
    for one in answer.moments:
        assert one.citation in answer.citations
        body = harbour.store.articles.get(one.citation.article.id).body
        assert body[one.moment.start : one.moment.end] == one.printed
        assert one.citation.start <= one.moment.start < one.moment.end <= one.citation.end
    assert harbour.ask("Who said that the town cannot pay for another winter?").moments == ()


def test_the_days_of_an_answer_are_counted_from_the_first_print(open_shelf: OpenShelf) -> None:
    shelf = open_shelf("main", bundled_encoder())
    shelf.write("a.md", *LATE, id="late", title="Port Ellery", outlet="Test Herald", published_at="2023-05-11")
    shelf.write("b.md", *LATE, id="early", title="Port Ellery", outlet="Test Courier", published_at="2023-05-02")
    shelf.ingest()
    answer = shelf.ask("When did the fishermen block the harbour of Port Ellery?")
    assert [(one.printed, one.moment.first) for one in answer.moments] == [("on Monday", "2023-05-01")]


# Anything


@pytest.mark.parametrize("text", NAUGHTY)
def test_odd_subjects_have_a_timeline_or_none(plain_harbour: Shelf, text: str) -> None:
    timeline(plain_harbour, f"{text} harbour")
    timeline(plain_harbour, text, Options(speaker=text or None))


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(st.sampled_from("when the harbour Brook 1904 in on Monday not “ ” ? AND NEAR( *".split())).map(
            " ".join
        ),
    )
)
def test_no_subject_is_an_error(plain_harbour: Shelf, text: str) -> None:
    timeline(plain_harbour, text)
