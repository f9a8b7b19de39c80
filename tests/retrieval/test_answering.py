"""Which printed words are chosen: whose they are, how many, in which order, each once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from corpus.models import StatementKind
from corpus.store import Filters
from corpus.store.text import Stemmer
from retrieval.answering import answering_spans
from retrieval.citations import Span
from retrieval.conversation import ask_in_turn
from retrieval.folding import same_text
from retrieval.followups import Turn
from retrieval.outlets import NamedOutlets
from retrieval.question import understand
from retrieval.retriever import Found, Retriever
from retrieval.wording import full_name, people
from tests.making import bundled_encoder
from tests.retrieval.conftest import Shelf, fill_newsroom

OpenShelf = Callable[..., Shelf]


def find(shelf: Shelf, question: str) -> Found:
    return Retriever([shelf.collection], shelf.encoder).find(understand(question), Filters())


def chosen(shelf: Shelf, question: str) -> list[Span]:
    return answering_spans(understand(question), find(shelf, question), Stemmer())


def words(span: Span) -> str:
    base = span.candidate.passage.start
    return span.candidate.passage.text[span.start - base : span.end - base]


@pytest.fixture
def filled(shelf: Shelf) -> Shelf:
    fill_newsroom(shelf)
    return shelf


QUESTIONS = [
    "What did Ada Brook say about the harbour?",
    "What did Brook say about the harbour?",
    "What did Ivo Lund say about the bridge?",
    "How many people joined the protest outside the town hall?",
    "When will the harbour of Port Ellery close?",
    "Who said “It has cost 42 million crowns”?",
    "What is in Vell?",
    "harbour bridge orchard town people crowns",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_whatever_is_chosen_can_be_shown(filled: Shelf, question: str) -> None:
    spans = chosen(filled, question)
    assert 1 <= len(spans) <= 5
    for span in spans:
        passage = span.candidate.passage
        assert passage.start <= span.start < span.end <= passage.end
        text = words(span)
        assert text == text.strip()
        assert span.score > 0
    texts = [words(span) for span in spans]
    for n, text in enumerate(texts):
        assert not any(same_text(text, other) for other in texts[n + 1 :])
    for one in spans:
        for other in spans:
            if one is not other and one.candidate.passage == other.candidate.passage:
                assert one.end <= other.start or other.end <= one.start


def test_a_persons_own_words_come_before_what_is_reported_of_them(filled: Shelf) -> None:
    filled.write(
        "bridge-2.md",
        "Lund said the bridge over the Tarn would need new cables in May.",
        "“The bridge will need new cables in May,” Ivo Lund said.",
        id="bridge-2",
    )
    filled.ingest()
    spans = chosen(filled, "What did Ivo Lund say about new cables in May for the bridge over the Tarn?")
    kinds = [span.kind is StatementKind.DIRECT for span in spans]
    assert True in kinds
    assert False in kinds
    assert kinds == sorted(kinds, reverse=True)
    # Though what is reported answers better by itself.
    assert max(spans, key=lambda span: span.score).kind is not StatementKind.DIRECT
    assert {span.speaker for span in spans} == {"Ivo Lund"}


def test_nobody_elses_words_answer_for_a_person(filled: Shelf) -> None:
    for name in ("Ada Brook", "Carl Brook", "Ivo Lund", "Odile Marchetti"):
        spans = chosen(filled, f"What did {name} say about the harbour, the bridge and the apples?")
        assert {span.speaker for span in spans} == {name}


def test_two_people_of_one_surname_are_told_apart(filled: Shelf) -> None:
    spans = chosen(filled, "What did Brook say about the harbour?")
    assert {span.speaker for span in spans} == {"Ada Brook", "Carl Brook"}
    for span in spans:
        said = [one for one in span.candidate.statements if one.start < span.end and span.start < one.end]
        assert span.speaker in {one.speaker for one in said}


def test_two_papers_that_print_one_quote_are_one_voice(filled: Shelf) -> None:
    spans = chosen(filled, "What did Ada Brook say about paying for another winter of repairs?")
    (first,) = [span for span in spans if words(span).startswith("We cannot pay")]
    also = [*first.candidate.also, *first.also]
    assert {first.candidate.article.id, *(other.article.id for other in also)} == {"harbour-courier", "harbour-herald"}


def test_one_quote_in_two_different_paragraphs_is_shown_once(filled: Shelf) -> None:
    filled.write(
        "harbour-3.md",
        "In a speech that lasted longer than the meeting before it, and after which nobody had any questions left, "
        "the mayor spoke of money. “We cannot pay for another winter of repairs to the harbour,” Ada Brook said.",
        id="harbour-3",
    )
    filled.ingest()
    spans = chosen(filled, "What did Ada Brook say about paying for another winter of repairs?")
    (first,) = [span for span in spans if "cannot pay" in words(span)]
    copies = [*first.candidate.also, *(one for other in first.also for one in (other, *other.also))]
    assert {first.candidate.article.id, *(copy.article.id for copy in copies)} == {
        "harbour-courier",
        "harbour-herald",
        "harbour-3",
    }


def test_figures_of_different_papers_stand_side_by_side(newsroom: Shelf) -> None:
    spans = chosen(newsroom, "How many people joined the protest outside the town hall?")
    texts = " ".join(words(span) for span in spans)
    assert "1,200" in texts
    assert "300" in texts
    assert {span.candidate.article.id for span in spans} == {"harbour-courier", "harbour-herald"}


def test_words_asked_for_by_their_wording_are_found_with_their_speaker(newsroom: Shelf) -> None:
    (first, *others) = chosen(newsroom, "Who said “worth every one of them”?")
    assert first.speaker == "Ivo Lund"
    assert others == []


def test_a_credit_is_never_shown(shelf: Shelf) -> None:
    shelf.write(
        "harbour.md", "The harbour in May. (Photo: Jo Mills/Test Agency)", "Jo Mills/Test Agency harbour photo",
        "(Photo: Jo Mills/Test Agency)", "The harbour of Port Ellery will close in June.", title="Harbour",
    )  # fmt: skip
    shelf.ingest()
    kinds = {span.candidate.passage.kind.value for span in chosen(shelf, "Jo Mills Test Agency photo harbour")}
    assert "credit" not in kinds


def test_a_paragraph_comes_before_a_headline_that_says_the_same(shelf: Shelf) -> None:
    shelf.write("a.txt", "Harbour closes in June", "The harbour closes in June, the council decided on Monday.")
    shelf.ingest()
    spans = chosen(shelf, "When does the harbour close?")
    assert {span.candidate.passage.kind.value for span in spans} == {"paragraph"}


def test_of_nothing_nothing_is_chosen(shelf: Shelf) -> None:
    nothing = Found((), (), (), 0, NamedOutlets(frozenset(), ()), {}, 0)
    for question in QUESTIONS:
        assert answering_spans(understand(question), nothing, Stemmer()) == []
    assert (
        answering_spans(understand("What did Brook say?"), replace(nothing, speakers=("Ada Brook",)), Stemmer()) == []
    )


# Names


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Nadella", "Satya Nadella"], ["Satya Nadella"]),
        (["Ada Brook", "Carl Brook"], ["Carl Brook", "Ada Brook"]),
        (["Brook", "Ada Brook", "Carl Brook"], ["Carl Brook", "Ada Brook"]),
        (["Macron and Scholz", "Macron"], ["Macron"]),
        (["Macron and Scholz"], ["Macron and Scholz"]),
        ([], []),
    ],
)
def test_each_person_once_by_the_fullest_name(names: Sequence[str], expected: list[str]) -> None:
    assert people(names) == expected


@pytest.mark.parametrize(
    ("speaker", "names", "expected"),
    [
        ("Putin", ["Putin", "Vladimir Putin"], "Vladimir Putin"),
        ("Vladimir Putin", ["Putin", "Vladimir Putin"], "Vladimir Putin"),
        ("Brook", ["Brook", "Ada Brook", "Carl Brook"], "Brook"),
        ("Ada Brook", ["Brook", "Ada Brook", "Carl Brook"], "Ada Brook"),
        ("Carl Brook", ["Ada Brook", "Brook"], "Carl Brook"),
        ("Emmanuel Macron", ["Vladimir Putin"], "Emmanuel Macron"),
        ("police", ["Vladimir Putin"], "police"),
        ("Macron and Scholz", ["Macron and Scholz"], "Macron and Scholz"),
    ],
)
def test_nobody_is_given_another_persons_name(speaker: str, names: Sequence[str], expected: str) -> None:
    assert full_name(speaker, names) == expected


def test_a_figure_of_what_is_counted_comes_before_any_figure(shelf: Shelf) -> None:
    shelf.write(
        "a.txt",
        "Storm over Port Ellery",
        "The storm over Port Ellery on Monday was the worst in 31 years. "
        "The storm made 2,300 people leave Port Ellery.",
    )
    shelf.ingest()
    spans = chosen(shelf, "How many people did the storm make leave Port Ellery?")
    assert spans[0].words.startswith("The storm made 2,300 people")


def test_a_sentence_is_read_with_its_headline(shelf: Shelf) -> None:
    shelf.write(
        "a.txt",
        "The new bridge of Port Ellery opens",
        "A brass band played at nine. It cost 214 million crowns. The mayor cut a ribbon.",
    )
    shelf.ingest()
    spans = chosen(shelf, "What did the new bridge of Port Ellery cost?")
    assert [span.words for span in spans][:1] == ["It cost 214 million crowns."]


def test_a_sentence_that_asks_does_not_answer(shelf: Shelf) -> None:
    shelf.write(
        "a.txt",
        "Who has won the lantern cup of Vell?",
        "Who has won the lantern cup of Vell? Many have tried. Norra won the cup of Vell in June.",
    )
    shelf.ingest()
    assert chosen(shelf, "Who has won the lantern cup of Vell?")[0].words == "Norra won the cup of Vell in June."


def test_a_country_is_where_its_adjective_is(shelf: Shelf) -> None:
    shelf.write("a.txt", "Aid", "He put French help at $1.3 billion.")
    shelf.write("b.txt", "Aid too", "Since 2014 the country gave help of $2 billion.")
    shelf.ingest()
    assert chosen(shelf, "How much help did France give?")[0].words == "He put French help at $1.3 billion."


def test_in_a_conversation_what_is_asked_anew_is_asked_as_typed(newsroom: Shelf) -> None:
    first, answer = ask_in_turn(newsroom.asker, "What did Ada Brook say about the harbour?", [])
    turns = [Turn.of(first, answer)]
    meant, answer = ask_in_turn(newsroom.asker, "and Ivo Lund?", turns)
    assert meant.changed
    assert "Ivo Lund" in meant.text
    meant, answer = ask_in_turn(newsroom.asker, "When will the harbour of Port Ellery close?", turns)
    assert not meant.changed
    assert answer.citations


def test_each_part_of_a_question_may_have_its_quote(open_shelf: OpenShelf) -> None:
    shelf = open_shelf("main", bundled_encoder())
    shelf.write("harbour.md", "The town council of Port Ellery closes the old fishing harbour in June for repairs.")
    shelf.write("railway.md", "The railway company Norvia ordered forty mountain trains from a factory in Vell.")
    shelf.write("orchard.md", "Apples ripen late in the orchards of Orr, a farmer says.")
    shelf.ingest()
    spans = chosen(
        shelf,
        "Does the town council of Port Ellery close the fishing harbour, "
        "while the railway company Norvia ordered forty mountain trains from a factory in Vell?",
    )
    assert {span.candidate.passage.article_id for span in spans} == {"harbour", "railway"}
