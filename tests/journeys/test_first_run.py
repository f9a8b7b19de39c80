"""A new person's first commands, with the real model."""

from __future__ import annotations

from tests.conftest import dateline_in
from tests.journeys.conftest import QUESTION, FirstRun

NOTICE = (
    "Answering from the sample articles that come with Dateline, since you have not added any: dateline ingest PATH"
)


def test_the_first_command_prints_a_cited_answer_from_the_samples(first_run: FirstRun) -> None:
    ran = first_run.ran
    assert ran.code == 0, ran.err
    answer = ran.json
    assert answer["outcome"] == "answered"
    assert answer["question"] == QUESTION
    first = answer["citations"][0]
    assert (first["collection"], first["speaker"], first["kind"]) == ("sample", "Vladimir Putin", "direct")
    assert "NATO" in first["quote"]
    assert NOTICE in ran.err.splitlines()


def test_every_quote_stands_in_the_article_that_source_prints(first_run: FirstRun) -> None:
    for citation in first_run.ran.json["citations"]:
        ran = dateline_in(first_run.home, "source", citation["article_id"], "--json")
        article = ran.json
        assert article["body"][citation["start"] : citation["end"]] == citation["quote"]
        assert article["revision"] == citation["revision"]
        (passage,) = [one for one in article["passages"] if one["id"] == citation["passage_id"]]
        assert passage["paragraph"] == citation["paragraph"]
        assert passage["start"] <= citation["start"] < citation["end"] <= passage["end"]


def test_the_first_command_leaves_no_collection_of_ones_own(first_run: FirstRun) -> None:
    assert not (first_run.home / "collections").exists()


def test_what_the_articles_do_not_say_is_declined(first_run: FirstRun) -> None:
    ran = dateline_in(first_run.home, "ask", "Who won the World Cup in Qatar?")
    assert ran.code == 3
    assert "Nearest passages (not an answer):" in ran.out
    assert "[1]" not in ran.out
    assert ran.err.splitlines()[0] == NOTICE


def test_a_session_in_the_repl(first_run: FirstRun) -> None:
    lines = f"{QUESTION}\n/explain\nWhat did he say?\n/sources macron\n/quotes Putin about NATO\n"
    ran = dateline_in(first_run.home, "repl", stdin=lines)
    assert ran.code == 0
    answer = first_run.ran.json
    assert answer["text"].splitlines()[0] in ran.out
    assert f"[1] {answer['citations'][0]['title']}, {answer['citations'][0]['outlet']}, " in ran.out
    assert "score " in ran.out
    assert "Understood as: What did Putin say about NATO expansion?" in ran.err
    assert "sample-wire-macron-in-kyiv · 8 Feb 2022" in ran.out
    assert "Vladimir Putin: " in ran.out
    assert ran.err.splitlines()[0] == NOTICE


def test_many_questions_in_one_process(first_run: FirstRun) -> None:
    questions = [
        QUESTION, "", "   ", "?" * 40, "x" * 10_000, "NEAR(troops border)", 'outlet:"Sample" OR *', "-- '; DROP TABLE",
        "what did he say?", "Ṫ̈o͡ Z̷algo", "日本語の質問", "￼\u0000\x1b[2J", "<script>alert(1)</script>", "🦄" * 300,
        "Wie viele Soldaten?", "how many troops has Russia massed near Ukraine?",
    ]  # fmt: skip
    ran = dateline_in(first_run.home, "ask", "--json", "-", stdin="\n".join(questions))
    assert ran.code == 0
    assert [answer["question"] for answer in ran.objects] == questions
    assert {answer["outcome"] for answer in ran.objects} <= {"answered", "no_evidence"}
    assert [answer["reason"] for answer in ran.objects[1:5]] == ["bad_question"] * 4
    assert ran.objects[8]["reason"] == "bad_question"
    assert ran.objects[0]["outcome"] == ran.objects[-1]["outcome"] == "answered"
    assert ran.objects[0]["citations"] == first_run.ran.json["citations"]


def test_an_unknown_model_is_one_sentence(first_run: FirstRun) -> None:
    ran = dateline_in(first_run.home, "ask", "x", DATELINE_MODEL="/nowhere/at-all", HF_HUB_OFFLINE="1")
    assert (ran.code, ran.out) == (1, "")
    lines = ran.err.splitlines()
    assert "The model '/nowhere/at-all' cannot be loaded" in lines[-1]
    assert "check DATELINE_MODEL" in lines[-1]
    assert "Traceback" not in ran.err
