"""A follow-up question made to stand alone, and what a conversation keeps for that."""

from __future__ import annotations

import dataclasses
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.models import Passage, PassageKind, StatementKind
from corpus.store.articles import ArticleSummary
from retrieval.followups import Resolved, Turn, resolve
from retrieval.followups.phrases import topics_of
from retrieval.models import Answer, Citation, Outcome

ROOT = Path(__file__).parents[2]
CONVERSATIONS = [
    json.loads(line) for line in (ROOT / "benchmarks/news_followups.jsonl").read_text("utf-8").splitlines()
]


def turn(question: str, **kept: object) -> Turn:
    """The turn of a question whose answer cited what ``kept`` says."""
    return dataclasses.replace(Turn.of(question), **kept)  # type: ignore[arg-type]


PUTIN = turn("What did Putin say about NATO expansion?", speakers=("Vladimir Putin",))
SCHOLZ = turn("When is Scholz going to Moscow?", people=("Olaf Scholz",))
BAERBOCK = turn("Why did Annalena Baerbock go to the front in the Donbas?", speakers=("Annalena Baerbock",))
PIPELINE = turn("What would happen to Nord Stream 2 if Russia invaded?", speakers=("Joe Biden",))
DEAL = turn(
    "Did Putin and Macron make a deal?",
    speakers=("Dmitry Peskov",),
    people=("Dmitry Peskov",),
    offices=(("spokesman", "Dmitry Peskov"),),
)
GOAL = turn("Who scored the winner in the Lantern Cup final?", people=("Mattia Okonjo-Reed",))


def asked(text: str, *turns: Turn) -> str:
    return resolve(text, turns).text


# Pronouns


@pytest.mark.parametrize(
    ("before", "text", "whole"),
    [
        (PUTIN, "Did he mention Belarus?", "Did Putin mention Belarus?"),
        (PUTIN, "What did he say about it?", "What did Putin say about NATO expansion?"),
        (PUTIN, "Did Macron agree with him?", "Did Macron agree with Putin?"),
        (PUTIN, "What did Macron say about his plans?", "What did Macron say about Putin’s plans?"),
        (GOAL, "How old is he?", "How old is Mattia Okonjo-Reed?"),
        (BAERBOCK, "Who went with her?", "Who went with Annalena Baerbock?"),
        (BAERBOCK, "Who is her chancellor?", "Who is Annalena Baerbock’s chancellor?"),
        (PIPELINE, "Who built it?", "Who built Nord Stream 2 (Russia)?"),
        (turn("Which film won the Silver Heron?"), "Who directed it?",
         "Who directed the film that won the Silver Heron?"),
        (SCHOLZ, "Who will he meet there?", "Who will Scholz meet in Moscow?"),
        (turn("How many troops has Russia massed?"), "Where are they?", "Where are troops (Russia)?"),
        (turn("How old is the walkway in Dunmallow?"), "Who found it?", "Who found the walkway in Dunmallow?"),
        (turn("What did Sullivan say about an attack?"), "What does Kuleba say about that?",
         "What does Kuleba say about an attack?"),
        (PUTIN, "Where did he say it?", "Where did Putin say that about NATO expansion?"),
    ],
)  # fmt: skip
def test_a_pronoun_gives_way_to_what_it_means(before: Turn, text: str, whole: str) -> None:
    assert asked(text, before) == whole


def test_he_is_no_woman() -> None:
    assert not resolve("What did he say?", [BAERBOCK]).changed
    assert asked("What did she say about the war?", PUTIN, BAERBOCK, SCHOLZ) == (
        "What did Annalena Baerbock say about the war?"
    )


@pytest.mark.parametrize(
    "text",
    [
        "What did Nadia Fairweather say about her grandmother?",
        "When do Russia and Belarus begin their joint exercise?",
        "What is Rock City, and why is it famous?",
        "Is it true that Larkspur is for sale?",
        "Is there a deadline in Harrowmere?",
        "What did the tribes that Lewis met call Fort Mandan?",
    ],
)
def test_a_pronoun_that_the_question_explains_itself_stays(text: str) -> None:
    assert asked(text, PIPELINE) == text


# Fragments


@pytest.mark.parametrize(
    ("before", "text", "whole"),
    [
        (SCHOLZ, "and to Kyiv?", "When is Scholz going to Kyiv?"),
        (SCHOLZ, "And in March?", "When is Scholz going to Moscow in March?"),
        (SCHOLZ, "and Macron?", "When is Macron going to Moscow?"),
        (SCHOLZ, "what about Berlin?", "When is Scholz going to Berlin?"),
        (SCHOLZ, "why?", "Why is Scholz going to Moscow?"),
        (PUTIN, "And Macron?", "What did Macron say about NATO expansion?"),
        (PUTIN, "what about Germany?", "What did Putin say about Germany?"),
        (PUTIN, "and about gas", "What did Putin say about gas?"),
        (PUTIN, "when?", "When did Putin say that about NATO expansion?"),
        (PUTIN, "Who else?", "Who else spoke about NATO expansion?"),
        (DEAL, "When?", "When did Putin and Macron make a deal?"),
        (turn("How many people died in eastern Ukraine in 2014?"), "and in 2021?",
         "How many people died in eastern Ukraine in 2021?"),
        (turn("How many soldiers is Britain sending?"), "And how many has Biden offered?",
         "And how many soldiers has Biden offered?"),
        (turn("What are the main advantages of wind power?"), "what about disadvantages?",
         "What are the main disadvantages of wind power?"),
    ],
)  # fmt: skip
def test_a_fragment_is_completed_from_the_last_question(before: Turn, text: str, whole: str) -> None:
    assert asked(text, before) == whole


# Missing topics


@pytest.mark.parametrize(
    ("before", "text", "whole"),
    [
        (PIPELINE, "what did Biden say?", "what did Biden say about Nord Stream 2?"),
        (PUTIN, "What else did he say?", "What else did Putin say about NATO expansion?"),
        (PUTIN, "How did NATO respond?", "How did NATO respond to NATO expansion?"),
        (DEAL, "What did the spokesman say?", "What did Dmitry Peskov say about the deal?"),
        (PIPELINE, "What are the main advantages?", "What are the main advantages of Nord Stream 2 (Russia)?"),
        (turn("Who won the Lantern Cup?"), "How many people watched?", "How many people watched (Lantern Cup)?"),
    ],
)
def test_a_question_without_a_topic_goes_on_about_the_last(before: Turn, text: str, whole: str) -> None:
    assert asked(text, before) == whole


def test_the_title_of_the_cited_article_serves_where_no_topic_was_named() -> None:
    before = turn(
        "What did Brandvold say about the danger?",
        speakers=("Ilka Brandvold",),
        titles=("Mount Vesper erupts and 2,300 people leave their homes",),
    )
    assert asked("How many people were evacuated?", before) == "How many people were evacuated (Mount Vesper)?"


def test_the_first_topic_runs_through_a_conversation_of_which_three_questions_are_kept() -> None:
    turns: list[Turn] = []
    for text in ("What is Chattanooga famous for?", "What is Rock City?", "Is it free?", "Who was Bessie Smith?"):
        turns = [*turns, Turn.of(resolve(text, turns))][-3:]
    assert "Chattanooga" in asked("Are there any film festivals?", *turns)


@pytest.mark.parametrize(
    "text",
    [
        "Tell me about the Lantern Cup final",
        "How much did St. Ottilie's Hospital cost?",
        "By how much will council tax go up in Harrowmere?",
        "What did Emil Castellane say about the two ballots?",
        "thanks",
        "ok!",
        "",
        "???",
    ],
)
def test_what_needs_no_context_is_left_alone(text: str) -> None:
    resolved = resolve(text, [PUTIN, SCHOLZ, PIPELINE])
    assert (resolved.text, resolved.changed, resolved.added) == (text, False, ())


def test_added_words_are_those_that_were_not_typed() -> None:
    resolved = resolve("What did he say about gas?", [PUTIN])
    assert resolved.added == ("Putin",)
    assert resolve("and to Kyiv?", [SCHOLZ]).added == ("Scholz", "going")


# Any text

QUESTIONS = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            "what who why when how many did does is are and about else he she it they their his that those there the "
            "of to in say said deal spokesman Putin Kyiv ones 2014 café ’s ? , . ( St. \x00 \ud800".split()
        ),
        max_size=12,
    ).map(" ".join),
)
ANY_TURN = st.builds(
    Turn,
    text=QUESTIONS,
    names=st.lists(QUESTIONS, max_size=2).map(tuple),
    speaker=st.none() | QUESTIONS,
    topics=st.lists(QUESTIONS, max_size=2).map(tuple),
    theme=st.none() | QUESTIONS,
    speakers=st.lists(QUESTIONS, max_size=2).map(tuple),
    titles=st.lists(QUESTIONS, max_size=1).map(tuple),
    people=st.lists(QUESTIONS, max_size=2).map(tuple),
)


@given(QUESTIONS, st.lists(st.one_of(ANY_TURN, QUESTIONS.map(Turn.of)), max_size=5))
@settings(max_examples=300, deadline=None)
def test_resolving_never_fails_and_says_the_same_twice(text: str, turns: list[Turn]) -> None:
    resolved = resolve(text, turns)
    assert resolved == resolve(text, turns)
    assert resolved.changed == (resolved.text != text)
    assert resolved.changed or not resolved.added
    again = Turn.of(resolved)
    assert Turn.from_dict(json.loads(json.dumps(again.as_dict()))) == again


@given(QUESTIONS)
def test_without_a_conversation_a_question_is_left_alone(text: str) -> None:
    resolved = resolve(text, [])
    assert (resolved.text, resolved.added, resolved.changed) == (text, (), False)


def test_the_longest_question_takes_no_noticeable_time() -> None:
    turns = [Turn.of("What did Aa of the Bb say about it? " * 55)] * 3
    for text in ("he said that it " * 120, "the Aa Bb of " * 150, "(" * 2000, "and " * 500):
        started = time.perf_counter()
        resolve(text, turns)
        assert time.perf_counter() - started < 2


# What is kept


def answer(*citations: Citation) -> Answer:
    return Answer("?", Outcome.ANSWERED, 0.9, None, "…", citations)


def citation(text: str, quote: str, speaker: str | None, title: str | None = "A title") -> Citation:
    article = ArticleSummary("a", 1, title, None, None, None, None, 1)
    passage = Passage(1, "a", 1, 1, 0, len(text), text, PassageKind.PARAGRAPH)
    start = text.index(quote)
    return Citation(1, "main", article, passage, start, start + len(quote), quote, None, speaker, StatementKind.DIRECT)


def test_a_turn_keeps_whom_the_answer_cited() -> None:
    text = "“No deals,” Kremlin spokesman Dmitry Peskov said of Emmanuel Macron. Olaf Scholz, the chancellor, agreed."
    kept = Turn.of("What did the Kremlin say?", answer(citation(text, "No deals", "Dmitry Peskov")))
    assert kept.speakers == ("Dmitry Peskov",)
    assert kept.titles == ("A title",)
    assert set(kept.people) == {"Dmitry Peskov", "Emmanuel Macron", "Olaf Scholz"}
    assert ("spokesman", "Dmitry Peskov") in kept.offices
    assert ("chancellor", "Olaf Scholz") in kept.offices
    assert Turn.from_dict(json.loads(json.dumps(kept.as_dict()))) == kept


def test_a_turn_of_a_declined_question_keeps_the_question() -> None:
    kept = Turn.of("What did Xi say about gas?", Answer("?", Outcome.NO_EVIDENCE, 0.1, None, "…"))
    assert (kept.text, kept.speaker, kept.speakers) == ("What did Xi say about gas?", "Xi", ())
    assert asked("And Putin?", kept) == "What did Putin say about gas?"


def test_a_turn_stays_small() -> None:
    text = " ".join(f"Anna Person{chr(97 + i % 26) * (i % 7 + 1)} met Karl Name{i}." for i in range(300))
    kept = Turn.of("What? " * 1000, answer(*(citation(text, "Anna", f"Speaker {i}", "T" * 5000) for i in range(50))))
    assert len(json.dumps(kept.as_dict())) < 20_000
    assert len(kept.speakers) <= 8


@pytest.mark.parametrize(
    "values",
    [{}, {"text": 1}, {"text": "a", "names": "b"}, {"text": "a", "offices": [["one"]]}, {"text": "a", "theme": 2}],
)
def test_a_stored_turn_that_cannot_be_read_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="start anew"):
        Turn.from_dict(values)


def test_topics_are_things_and_not_what_is_asked_of_them() -> None:
    assert topics_of("What are the main advantages of a 529 plan?") == ("529 plan",)
    assert topics_of("How does blockchain work?") == ("blockchain",)
    assert topics_of("When did St. Ottilie's Hospital open?") == ("St. Ottilie's Hospital",)
    assert topics_of("What are the types of pork ribs?") == ("pork ribs",)
    assert topics_of("What causes acidic reflux in the morning?") == ("acidic reflux in the morning",)
    assert topics_of("Where is it?") == ()


def test_an_empty_resolution_is_a_value() -> None:
    assert Resolved("a") == Resolved("a", (), False, (), None)


# Our own conversations


def test_the_conversations_evidence_stands_in_the_sample_articles() -> None:
    assert len(CONVERSATIONS) == 30
    assert sum(row["follow_up"] == row["stand_alone"] for row in CONVERSATIONS) >= 4
    for row in CONVERSATIONS:
        for evidence in row["evidence"]:
            article = (ROOT / f"corpus/sample/{evidence['article_id']}.md").read_text("utf-8")
            assert evidence["text"] in article, row["id"]


@pytest.mark.parametrize("row", CONVERSATIONS, ids=lambda row: row["id"])
def test_the_conversations_are_left_alone_where_they_need_no_context(row: dict[str, str]) -> None:
    resolved = resolve(row["follow_up"], [Turn.of(row["first"])])
    if row["follow_up"] == row["stand_alone"]:
        assert not resolved.changed
