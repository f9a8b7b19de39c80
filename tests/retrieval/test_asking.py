"""The whole of question time: answers, options, declines, several collections."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.asking import Asker, Options
from retrieval.models import Answer, Outcome, Reason
from retrieval.record import names_on_record, quotes_of
from tests.retrieval.conftest import Shelf, fill_newsroom
from tests.retrieval.test_answering import QUESTIONS
from tests.retrieval.test_question import NAUGHTY

OpenShelf = Callable[..., Shelf]


def promised(answer: Answer, *shelves: Shelf) -> None:
    """What holds of every answer, whatever was asked."""
    bodies = {shelf.store.collection: shelf.store.articles for shelf in shelves}
    assert 0 <= answer.confidence <= 1
    assert [hit.rank for hit in answer.hits] == list(range(1, len(answer.hits) + 1))
    assert [hit.score for hit in answer.hits] == sorted((hit.score for hit in answer.hits), reverse=True)
    assert len({(hit.collection, hit.passage.id) for hit in answer.hits}) == len(answer.hits)
    for hit in answer.hits:
        body = bodies[hit.collection].get(hit.article.id).body
        assert body[hit.passage.start : hit.passage.end] == hit.passage.text
        assert hit.ranks.keys() <= {"lexical", "dense"}
        assert hit.explain().startswith("score ")
    if answer.outcome is Outcome.ANSWERED:
        assert answer.reason is None
        assert answer.citations
        numbers = [citation.number for citation in answer.citations]
        # No claim without a number, no number without a citation.
        assert {int(number) for number in re.findall(r"\[(\d+)\]", answer.text)} >= set(numbers)
        assert set(numbers) == set(range(1, max(numbers) + 1))
        for citation in answer.citations:
            article = bodies[citation.collection].get(citation.article.id)
            assert article.body[citation.start : citation.end] == citation.quote
            assert f"“{citation.quote}”" in answer.text
    else:
        assert answer.outcome is Outcome.NO_EVIDENCE
        assert answer.reason is not None
        assert answer.citations == ()
        assert answer.text
        assert "“" not in answer.text or answer.reason in (Reason.BAD_QUESTION, Reason.NEAR_MISS, Reason.SPEAKER_SILENT)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_keeps_its_promises(newsroom: Shelf, question: str) -> None:
    answer = newsroom.ask(question)
    assert answer.question == question
    promised(answer, newsroom)
    assert answer.timings_ms.keys() == {"search", "answer", "total"}
    assert newsroom.ask(question).text == answer.text


# Answers


def test_a_persons_words_with_speaker_and_source(newsroom: Shelf) -> None:
    answer = newsroom.ask("What did Ada Brook say about paying for another winter?")
    assert (answer.outcome, answer.reason) == (Outcome.ANSWERED, None)
    assert answer.text.splitlines()[0] == (
        "Ada Brook: “We cannot pay for another winter of repairs to the harbour” [1]"
    )
    first = answer.citations[0]
    assert (first.collection, first.article.id, first.passage.ordinal) == ("main", "harbour-courier", 2)
    assert [article.id for article in first.also] == ["harbour-herald"]
    assert first.link is not None
    assert first.link.startswith("https://courier.example/harbour#:~:text=We%20cannot%20pay")


def test_direct_words_stand_before_reported_ones(newsroom: Shelf) -> None:
    answer = newsroom.ask("What did Brook say about the harbour?")
    lines = answer.text.splitlines()
    reported = [line.startswith("Reported of ") for line in lines]
    assert reported == sorted(reported)
    assert reported[0] is False
    assert reported[-1] is True


def test_two_people_of_one_surname_keep_their_own_words(newsroom: Shelf) -> None:
    answer = newsroom.ask("What did Brook say about the harbour?")
    said = {citation.quote: citation.speaker for citation in answer.citations}
    assert said["We cannot pay for another winter of repairs to the harbour"] == "Ada Brook"
    assert said["The council has never once asked the fishermen what they think of the harbour"] == "Carl Brook"


@pytest.mark.parametrize(
    "typed", ["WHAT DID ADA BROOK SAY ABOUT ANOTHER WINTER", "what did ada brook say about another winter",
              "What did Mayor Brook say about another winter?",
              "What did Ada\nBrook\tsay about another winter\u200b?"],
)  # fmt: skip
def test_however_it_is_typed(newsroom: Shelf, typed: str) -> None:
    answer = newsroom.ask(typed)
    assert answer.outcome is Outcome.ANSWERED
    assert "Ada Brook: “We cannot pay for another winter of repairs to the harbour” [" in answer.text


def test_a_slip_of_the_keyboard_is_said(newsroom: Shelf) -> None:
    answer = newsroom.ask("When will the harbuor of Port Ellery close?")
    assert answer.outcome is Outcome.ANSWERED
    assert answer.notes == ("No article has “harbuor”: read as a slip of the keyboard.",)
    assert newsroom.ask("When will the harbour of Port Ellery close?").notes == ()


def test_a_fact_is_answered_by_its_sentence(newsroom: Shelf) -> None:
    answer = newsroom.ask("When will the harbour of Port Ellery close?")
    assert answer.citations[0].quote.endswith("will close in June, the town council decided on Monday.")
    assert {answer.citations[0].article.id, *(one.id for one in answer.citations[0].also)} == {
        "harbour-courier", "harbour-herald"
    }  # fmt: skip


# Declines


@pytest.mark.parametrize(
    ("question", "why", "words"),
    [
        (
            "Who won the football cup in Brazil?",
            Reason.OFF_TOPIC,
            "Nothing in these articles is about that. (4 articles",
        ),
        ("What did Vladimir Putin say about NATO?", Reason.SPEAKER_SILENT, "do not mention Vladimir Putin"),
        ("What did Odile Marchetti say about Tarn cables?", Reason.SPEAKER_SILENT, "quote Odile Marchetti, but not on"),
        ("How many boats lie in the harbour of Port Ellery?", Reason.NEAR_MISS, "do not mention “boats”"),
    ],
)
def test_what_the_articles_do_not_say_is_declined_with_its_reason(
    newsroom: Shelf, question: str, why: Reason, words: str
) -> None:
    answer = newsroom.ask(question)
    assert (answer.outcome, answer.reason) == (Outcome.NO_EVIDENCE, why)
    assert words in answer.text
    assert answer.citations == ()
    # The nearest passages are at hand all the same.
    assert answer.hits
    promised(answer, newsroom)


def test_the_near_miss_is_the_nearest_passage(newsroom: Shelf) -> None:
    answer = newsroom.ask("How many boats lie in the harbour of Port Ellery?")
    assert answer.hits[0].article.id.startswith("harbour-")


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("", "empty"),
        ("  \n ", "empty"),
        ("?!…", "no word"),
        ("🦄", "no word"),
        ("x" * 2001, "2,001 characters"),
        ("What did he say?", "Whom do you mean by “he”?"),
        ("what is it?", "names nothing"),
        ("how many?", "names nothing"),
    ],
)
def test_what_cannot_be_asked_gets_a_question_back(newsroom: Shelf, question: str, words: str) -> None:
    answer = newsroom.ask(question)
    assert (answer.outcome, answer.reason, answer.confidence) == (Outcome.NO_EVIDENCE, Reason.BAD_QUESTION, 0)
    assert words in answer.text
    assert answer.question == question
    assert answer.hits == ()


def test_an_empty_collection_says_nothing(shelf: Shelf) -> None:
    answer = shelf.ask("What did Ada Brook say about the harbour?")
    assert answer.outcome is Outcome.NO_EVIDENCE
    assert answer.hits == ()
    assert "0 articles" in shelf.ask("harbour").text


# Options


def test_options_filter(newsroom: Shelf) -> None:
    question = "What did Ada Brook say about another winter?"
    for outlet in ("Test Herald", "test herald"):
        answer = newsroom.ask(question, Options(outlets=(outlet,)))
        assert [citation.article.id for citation in answer.citations] == ["harbour-herald"]
        # What an option leaves out is not named beside it either.
        assert answer.citations[0].also == ()
        assert {hit.article.outlet for hit in answer.hits} == {"Test Herald"}
        assert all(article.outlet == "Test Herald" for hit in answer.hits for _, article in hit.also)
    answer = newsroom.ask(question, Options(until="2023-05-02"))
    assert {hit.article.id for hit in answer.hits} == {"harbour-courier"}
    answer = newsroom.ask(question, Options(articles=("harbour-herald", "bridge")))
    assert {hit.article.id for hit in answer.hits} == {"harbour-herald", "bridge"}
    assert len(newsroom.ask(question, Options(top_k=2)).hits) == 2


def test_a_speaker_option_admits_that_person_alone(newsroom: Shelf) -> None:
    for name in ("Ivo Lund", "lund", "Lund", "LUND"):
        answer = newsroom.ask("Was it worth the crowns?", Options(speaker=name))
        assert answer.hits
        assert {hit.article.id for hit in answer.hits} == {"bridge"}
        assert {citation.speaker for citation in answer.citations} <= {"Ivo Lund"}


def test_a_pronoun_is_resolved_by_the_speaker_option(newsroom: Shelf) -> None:
    answer = newsroom.ask("What did he say about the crowns?", Options(speaker="Ivo Lund"))
    assert answer.reason is not Reason.BAD_QUESTION
    assert {citation.speaker for citation in answer.citations} == {"Ivo Lund"}


@pytest.mark.parametrize(
    "options",
    [
        Options(outlets=("Nowhere Times",)),
        Options(since="2030-01-01"),
        Options(until="1999-12-31"),
        Options(speaker="Nobody At All"),
        Options(articles=("nowhere",)),
        Options(speaker="Ivo Lund", outlets=("Test Courier",)),
    ],
)
def test_options_that_admit_nothing_are_said_to(newsroom: Shelf, options: Options) -> None:
    answer = newsroom.ask("What about the harbour?", options)
    assert (answer.outcome, answer.reason) == (Outcome.NO_EVIDENCE, Reason.FILTERED_OUT)
    assert answer.hits == ()
    assert "loosen one of them" in answer.text


def test_a_dated_question_says_what_it_left_out(newsroom: Shelf) -> None:
    answer = newsroom.ask("What about the harbour?", Options(since="2023-01-01"))
    assert answer.notes == ("1 article without a date was left out.",)
    assert "orchard" not in {hit.article.id for hit in answer.hits}
    # Only what the other options would have let in.
    assert newsroom.ask("harbour", Options(since="2023-01-01", outlets=("Test Herald",))).notes == ()
    assert newsroom.ask("harbour", Options(since="2023-01-01", speaker="Ada Brook")).notes == ()
    assert newsroom.ask("apples", Options(until="2023-01-01", speaker="Odile Marchetti")).notes == (
        "1 article without a date was left out.",
    )
    assert newsroom.ask("What about the harbour?").notes == ()


def test_an_outlet_with_letters_beyond_ascii(newsroom: Shelf) -> None:
    for outlet in ("Élan du Val", "élan du val", "ÉLAN DU VAL"):
        answer = newsroom.ask("How many apples were eaten?", Options(outlets=(outlet,)))
        assert {hit.article.id for hit in answer.hits} == {"orchard"}


def test_an_outlet_that_the_question_names_counts_for_it(newsroom: Shelf) -> None:
    plain = newsroom.ask("What will become of the harbour of Port Ellery?")
    named = newsroom.ask("What does the Test Herald print on the harbour of Port Ellery?")
    assert plain.hits
    assert named.hits[0].article.outlet == "Test Herald"
    assert "outlet named" in dict(named.hits[0].signals.boosts)
    # It only counts for it: other papers are found as well.
    assert {hit.article.outlet for hit in named.hits} > {"Test Herald"}


@pytest.mark.parametrize("name", ["Özil", "Ozil", "ozil", "Mesut Ozil", "MESUT ÖZIL"])
def test_accents_of_a_name_do_not_matter(shelf: Shelf, name: str) -> None:
    shelf.write(
        "a.md", "“We will win the cup this year in Vell,” Mesut Özil said on Monday.", "The cup is made of tin."
    )
    shelf.ingest()
    answer = shelf.ask(f"What did {name} say about the cup?")
    assert {citation.speaker for citation in answer.citations} == {"Mesut Özil"}
    assert shelf.ask("What about the cup?", Options(speaker=name)).hits


# Several collections


@pytest.fixture
def three(open_shelf: OpenShelf) -> tuple[Shelf, Shelf, Shelf]:
    """Two small collections, and a large one of quite another vocabulary."""
    one, two, large = (open_shelf(name) for name in ("one", "two", "large"))
    fill_newsroom(one)
    two.write("mill.md", "“The mill will never turn again,” miller Jan Tam said.", "The mill burned in May.", id="mill")
    two.write("harbour.md", "The harbour of Vell will close in July.", id="harbour-courier")
    two.ingest()
    large.write_rows(
        "rows.jsonl",
        *({"id": f"r{n}", "text": f"The harbour and the mill and the bridge number{n}."} for n in range(60)),
    )
    large.ingest()
    return one, two, large


def asker(*shelves: Shelf) -> Asker:
    return Asker([shelf.collection for shelf in shelves], shelves[0].encoder)


def test_results_carry_their_collection(three: tuple[Shelf, Shelf, Shelf]) -> None:
    one, two, _ = three
    answer = asker(one, two).ask("When will the harbour close?", Options(top_k=50))
    promised(answer, one, two)
    assert {hit.collection for hit in answer.hits} == {"one", "two"}
    # The same id in two collections is two articles.
    both = {hit.collection for hit in answer.hits if hit.article.id == "harbour-courier"}
    assert both == {"one", "two"}
    for hit in answer.hits:
        shelf = one if hit.collection == "one" else two
        assert shelf.live()[hit.passage.id] == hit.passage
    for citation in answer.citations:
        shelf = one if citation.collection == "one" else two
        assert shelf.store.articles.get(citation.article.id).body[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize("question", QUESTIONS)
def test_statistics_of_collections_never_mix(three: tuple[Shelf, Shelf, Shelf], question: str) -> None:
    """A passage has the same score whatever other collections are asked beside its own."""
    one, two, large = three

    def scores(*shelves: Shelf) -> dict[tuple[str, int], float]:
        answer = asker(*shelves).ask(question, Options(top_k=500))
        copies = {(hit.collection, other.id) for hit in answer.hits for other, _ in hit.also}
        found = {(hit.collection, hit.passage.id): hit.score for hit in answer.hits}
        assert not copies & found.keys()
        return found

    together = scores(one, two, large)
    assert {collection for collection, _ in together} == {"one", "two", "large"}
    for shelf in three:
        name = shelf.store.collection
        own = {key: score for key, score in together.items() if key[0] == name}
        alone = scores(shelf)
        assert own.keys() <= alone.keys()
        assert own == pytest.approx({key: alone[key] for key in own})
    assert scores(two, one, large) == together


def test_a_collection_that_is_not_asked_is_not_read(three: tuple[Shelf, Shelf, Shelf]) -> None:
    one, two, _ = three
    answer = asker(one).ask("What did Jan Tam say about the mill?")
    assert "mill" not in {hit.article.id for hit in answer.hits}
    assert answer.outcome is Outcome.NO_EVIDENCE
    said = asker(one, two).ask("What did Jan Tam say about the mill?")
    assert [citation.speaker for citation in said.citations] == ["Jan Tam"]
    assert said.citations[0].collection == "two"
    # A name on record in one collection admits nothing of another.
    filtered = asker(one, two).ask("the mill and the harbour", Options(speaker="Jan Tam"))
    assert {hit.collection for hit in filtered.hits} == {"two"}


def test_a_speaker_on_record_in_both_is_quoted_from_both(open_shelf: OpenShelf) -> None:
    one, two = open_shelf("one"), open_shelf("two")
    one.write("a.md", "“The mill will turn again next year,” Jan Tam said of the mill.", id="a")
    two.write("b.md", "“The mill was my father’s before it was mine,” Jan Tam said of the mill.", id="b")
    for shelf in (one, two):
        shelf.ingest()
    answer = asker(one, two).ask("What did Jan Tam say about the mill?")
    assert {(citation.collection, citation.article.id) for citation in answer.citations} == {("one", "a"), ("two", "b")}


# On record


def test_everything_that_somebody_is_on_record_with(newsroom: Shelf) -> None:
    names = names_on_record("brook", [newsroom.store])
    assert names == ["Ada Brook", "Carl Brook"]
    quotes = quotes_of(names, [newsroom.store])
    # Newest article first, in printed order; each under the name of who said it.
    assert [(quote.article.id, quote.speaker) for quote in quotes] == [
        ("harbour-herald", "Ada Brook"),
        ("harbour-herald", "Carl Brook"),
        ("harbour-courier", "Ada Brook"),
        ("harbour-courier", "Ada Brook"),
    ]
    for quote in quotes:
        assert newsroom.store.articles.get(quote.article.id).body[quote.start : quote.end] == quote.quote
    assert names_on_record("Nobody At All", [newsroom.store]) == []
    assert quotes_of([], [newsroom.store]) == []


# Anything


@pytest.mark.parametrize("text", NAUGHTY)
def test_odd_questions_are_answered_or_declined(newsroom: Shelf, text: str) -> None:
    promised(newsroom.ask(f"{text} harbour"), newsroom)
    promised(newsroom.ask(text, Options(speaker=text or None, outlets=(text,))), newsroom)


@settings(max_examples=80, deadline=None)
@given(
    st.one_of(
        st.text(max_size=80),
        st.lists(
            st.sampled_from(
                "what did who said how many when the harbour Brook Lund bridge not “ ” ? AND NEAR( * of".split()
            ),
            max_size=10,
        ).map(" ".join),
    ),
    st.one_of(st.none(), st.text(max_size=10), st.sampled_from(["Brook", "lund", "police"])),
)
def test_no_question_is_an_error(plain_newsroom: Shelf, text: str, speaker: str | None) -> None:
    promised(plain_newsroom.ask(text), plain_newsroom)
    promised(plain_newsroom.ask(text, Options(speaker=speaker, since="2023-01-01")), plain_newsroom)


def test_an_answer_is_a_value(newsroom: Shelf, tmp_path: Path) -> None:
    answer = newsroom.ask(QUESTIONS[0])
    assert replace(answer) == answer
    with pytest.raises(AttributeError):
        answer.text = "something else"  # type: ignore[misc]


# Asked again


def test_a_question_asked_again_is_answered_from_memory_until_something_is_written(
    open_shelf: OpenShelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf, writer = open_shelf(), open_shelf()
    writer.write("mill.txt", "The mill at Orr burned down on Monday.")
    writer.ingest()
    first = shelf.ask("Which mill burned down?")
    assert first.outcome is Outcome.ANSWERED
    with monkeypatch.context() as patched:
        patched.setattr(Asker, "_ask", None)
        again = shelf.ask("Which mill burned down?")
    assert again == replace(first, timings_ms=again.timings_ms)
    assert again.timings_ms.keys() == first.timings_ms.keys()
    # Other options make it another question.
    assert shelf.ask("Which mill burned down?", Options(outlets=("Nobody",))).reason is Reason.FILTERED_OUT
    writer.write("other.txt", "The mill at Vell burned down on Tuesday.")
    writer.ingest()
    assert {hit.article.id for hit in shelf.ask("Which mill burned down?").hits} == {"mill", "other"}
    writer.indexer.remove(["mill"])
    assert {hit.article.id for hit in shelf.ask("Which mill burned down?").hits} == {"other"}


def test_the_model_reads_a_question_once(newsroom: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    question = "What did the mayor say about the harbour?"
    first = newsroom.ask(question)
    monkeypatch.setattr(newsroom.encoder, "_encode", lambda _: pytest.fail("read again"))
    assert newsroom.ask(question, Options(top_k=3)).hits == first.hits[:3]


@pytest.mark.parametrize(
    ("question", "options"),
    [
        ("What did the mayor say about the harbour?", Options()),
        ("When will the harbour close?", Options()),
        ("What did the mayor say?", Options(speaker="Ada Brook")),
        ("When will the harbour close?", Options(since="2022-01-01")),
        ("Who will pay for the harbour of Port Ellery, and when did the council decide on the ferry there?", Options()),
    ],
)
def test_a_large_index_searched_aside_gives_the_same_answer(
    newsroom: Shelf, monkeypatch: pytest.MonkeyPatch, question: str, options: Options
) -> None:
    beside_nothing = Asker([newsroom.collection], newsroom.encoder).ask(question, options)
    monkeypatch.setattr("retrieval.retriever._LARGE", 0)
    aside = Asker([newsroom.collection], newsroom.encoder).ask(question, options)
    assert replace(aside, timings_ms={}) == replace(beside_nothing, timings_ms={})
    assert aside.hits


def test_no_more_is_remembered_than_is_allowed(newsroom: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.asking._ANSWERS_KEPT", 2)
    asker = Asker([newsroom.collection], newsroom.encoder)
    questions = [f"What happened at pier {number}?" for number in range(4)]
    answers = [asker.ask(question) for question in questions]
    assert [text for text, _ in asker._answered] == questions[-2:]
    again = [asker.ask(question) for question in questions]
    assert [replace(one, timings_ms={}) for one in again] == [replace(one, timings_ms={}) for one in answers]
