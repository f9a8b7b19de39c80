from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.render import json as as_json
from retrieval.models import Answer, Outcome, Reason
from tests.bot.test_render import ANSWER, DIRECT, HIT

TOP = {"question", "outcome", "confidence", "reason", "text", "citations", "hits", "timings_ms"}
CITATION = {
    "number", "collection", "article_id", "revision", "title", "outlet", "author", "published_at", "url", "link",
    "passage_id", "paragraph", "start", "end", "quote", "speaker", "kind",
}  # fmt: skip
HIT_KEYS = {"collection", "passage_id", "article_id", "rank", "score", "text", "ranks"}


def test_an_answer_has_everything_that_other_programs_rely_on() -> None:
    made = as_json.answer_object(replace(ANSWER, confidence=0.123456, timings_ms={"total": 1.5}))
    assert made.keys() >= TOP
    assert made["outcome"] == "answered"
    assert made["reason"] is None
    assert made["confidence"] == 0.1235
    assert made["timings_ms"]["total"] == 1.5
    first, second = made["citations"]
    assert first.keys() >= CITATION
    assert (first["article_id"], first["paragraph"], first["start"], first["end"]) == ("a-1", 3, 1, 14)
    assert (first["kind"], second["kind"]) == ("direct", "indirect")
    assert made["hits"][0].keys() >= HIT_KEYS
    assert made["hits"][0]["ranks"] == {"lexical": 1, "dense": 2}
    assert "explain" not in made["hits"][0]


def test_explain_is_in_the_hits_when_asked_for() -> None:
    assert as_json.answer_object(ANSWER, explain=True)["hits"][0]["explain"] == HIT.explain()


def test_where_nobody_speaks_the_kind_is_narration() -> None:
    assert as_json.citation_object(replace(DIRECT, speaker=None, kind=None))["kind"] == "narration"


def test_a_decline_has_its_reason_and_keeps_its_hits() -> None:
    made = as_json.answer_object(Answer("q", Outcome.NO_EVIDENCE, 0.2, Reason.SPEAKER_SILENT, "No.", (), (HIT,)))
    assert (made["outcome"], made["reason"]) == ("no_evidence", "speaker_silent")
    assert made["citations"] == []
    assert len(made["hits"]) == 1


def test_a_failed_question_has_the_same_shape() -> None:
    made = as_json.error_object("q", "The disk is full.")
    assert made.keys() >= TOP
    assert (made["outcome"], made["reason"], made["text"]) == ("error", None, "The disk is full.")


@pytest.mark.parametrize("awkward", ["\u2028", "\u2029", "\x85", "\x7f", "\ud800", "\x00", "\x1b", "\n", '"', "\\"])
def test_one_object_is_one_line_and_comes_back_as_it_was(awkward: str) -> None:
    line = as_json.dumps({"text": f"a{awkward}b é “"})
    assert len(line.splitlines()) == 1
    assert "é “" in line
    line.encode()
    assert json.loads(line) == {"text": f"a{awkward}b é “"}
