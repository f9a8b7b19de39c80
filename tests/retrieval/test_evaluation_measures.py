"""What one question gets: figures worked out by hand."""

from __future__ import annotations

import math

import pytest

from corpus.models import Passage, PassageKind, StatementKind
from corpus.store.articles import ArticleSummary
from retrieval.evaluation.dataset import Evidence, JudgedQuestion
from retrieval.evaluation.judgements import Judged, Unit, plain
from retrieval.evaluation.measures import missed, overlaps, ranked, ranking_measures, shown_measures
from retrieval.models import Answer, Citation, Hit, Outcome, Signals

COLLECTION = "main"


def article(article_id: str) -> ArticleSummary:
    return ArticleSummary(article_id, 1, None, None, None, None, None, 9)


def passage(number: int, article_id: str = "a", text: str = "Words.") -> Passage:
    return Passage(number, article_id, 1, number, 0, len(text), text, PassageKind.PARAGRAPH)


def hit(rank: int, number: int, article_id: str = "a", also: tuple[tuple[int, str], ...] = ()) -> Hit:
    copies = tuple((passage(n, i), article(i)) for n, i in also)
    return Hit(COLLECTION, passage(number, article_id), article(article_id), rank, 1.0, Signals(), {}, copies)


def unit(number: int | None, article_id: str = "a") -> Unit:
    return COLLECTION, article_id, number


def question(count: int = 1, /, **changes: object) -> JudgedQuestion:
    items = tuple(Evidence(f"evidence {n}", None) for n in range(count))
    values: dict[str, object] = {"id": "q", "text": "?", "kind": "fact", "answerable": True, "evidence": items}
    return JudgedQuestion(**{**values, **changes})  # type: ignore[arg-type]


def measured(asked: JudgedQuestion, judged: Judged, hits: list[Hit]) -> dict[str, float]:
    return ranking_measures({asked.id: ranked(asked, judged, hits)})[asked.id]


def test_two_evidences_one_of_them_printed_twice() -> None:
    judged = Judged((frozenset([unit(1)]), frozenset([unit(2), unit(3)])))
    # Relevant: 1, 2, 3. Found: 1 at the second place, 3 at the fourth.
    values = measured(question(2), judged, [hit(1, 9), hit(2, 1), hit(3, 8), hit(4, 3), hit(5, 7)])
    dcg = 1 / math.log2(3) + 1 / math.log2(5)
    ideal = 1 + 1 / math.log2(3) + 1 / math.log2(4)
    assert values == pytest.approx(
        {
            "success@1": 0, "success@3": 1, "success@4": 1, "success@10": 1, "mrr@10": 1 / 2, "ndcg@10": dcg / ideal,
            "map@10": (1 / 2 + 2 / 4) / 3, "evidence_recall@10": 1.0,
        }
    )  # fmt: skip


def test_half_of_the_evidence() -> None:
    judged = Judged((frozenset([unit(1)]), frozenset([unit(2)])))
    values = measured(question(2), judged, [hit(1, 1), hit(2, 9)])
    assert values["success@1"] == 1
    assert values["map@10"] == pytest.approx(1 / 2)
    assert values["evidence_recall@10"] == 1 / 2


def test_without_hits_everything_is_0() -> None:
    values = measured(question(), Judged((frozenset([unit(1)]),)), [])
    assert len(values) == 8
    assert set(values.values()) == {0.0}


def test_evidence_that_stands_nowhere_counts_as_missed() -> None:
    one = Judged((frozenset([unit(1)]), frozenset()))
    values = measured(question(2), one, [hit(1, 1)])
    assert values["success@1"] == 1
    assert values["map@10"] == pytest.approx(1 / 2)
    assert values["evidence_recall@10"] == 1 / 2
    none = measured(question(), Judged((frozenset(),)), [hit(1, 1)])
    assert set(none.values()) == {0.0}


def test_a_copy_counts_where_it_was_folded_in() -> None:
    judged = Judged((frozenset([unit(5, "b")]),))
    values = measured(question(), judged, [hit(1, 9), hit(2, 1, also=((5, "b"),))])
    assert (values["success@1"], values["success@3"], values["mrr@10"]) == (0, 1, 1 / 2)


def test_relevant_copies_in_one_hit_are_one_document() -> None:
    judged = Judged((frozenset([unit(1), unit(5, "b"), unit(6, "c")]),))
    values = measured(question(), judged, [hit(1, 1, also=((5, "b"), (6, "c")))])
    assert (values["map@10"], values["ndcg@10"]) == (1, 1)


def test_a_judged_article_stands_where_its_first_passage_stands() -> None:
    judged = Judged((frozenset([unit(None, "b")]), frozenset([unit(None, "c")])))
    asked = question(2)
    # The second passage of b takes up the third place and counts for nothing; c comes fourth.
    values = measured(asked, judged, [hit(1, 9), hit(2, 1, "b"), hit(3, 2, "b"), hit(4, 3, "c")])
    assert values["map@10"] == pytest.approx((1 / 2 + 2 / 4) / 2)


def test_grades_weigh_in_ndcg() -> None:
    asked = question(2, evidence=(Evidence(None, "b", 2), Evidence(None, "c", 1)))
    judged = Judged((frozenset([unit(None, "b")]), frozenset([unit(None, "c")])))
    values = measured(asked, judged, [hit(1, 1, "c"), hit(2, 2, "b")])
    assert values["ndcg@10"] == pytest.approx((1 + 2 / math.log2(3)) / (2 + 1 / math.log2(3)))


def test_ranks_beyond_ten_are_told_and_not_counted() -> None:
    asked, judged = question(), Judged((frozenset([unit(12)]),))
    hits = [hit(n, n) for n in range(1, 16)]
    assert ranked(asked, judged, hits).evidence_ranks == (12,)
    assert set(measured(asked, judged, hits).values()) == {0.0}


# What was shown


def citation(quote: str, speaker: str | None = None) -> Citation:
    kind = StatementKind.DIRECT if speaker else None
    return Citation(1, COLLECTION, article("a"), passage(1), 0, len(quote), quote, None, speaker, kind)


def answer(*citations: Citation, confidence: float = 0.8) -> Answer:
    outcome = Outcome.ANSWERED if citations else Outcome.NO_EVIDENCE
    return Answer("?", outcome, confidence, None, "", citations)


SPOKEN = question(evidence=(Evidence("We cannot pay for another winter", None),), speaker="Ada Brook")


def test_half_of_the_words_are_an_answer_hit() -> None:
    assert overlaps(["one two three four"], "Two, and ONE.")
    assert not overlaps(["one two three four"], "one")
    assert not overlaps(["—"], "anything")


def test_only_the_first_three_quotes_and_400_characters_count() -> None:
    right = "We cannot pay for another winter"
    other = citation("Nothing of it.")
    assert shown_measures(SPOKEN, answer(other, other, citation(right)))["answer_hit"] == 1
    assert shown_measures(SPOKEN, answer(other, other, other, citation(right)))["answer_hit"] == 0
    assert shown_measures(SPOKEN, answer(citation("x" * 399 + " " + right)))["answer_hit"] == 0


def test_the_first_quote_has_to_bear_the_speaker() -> None:
    right = "We cannot pay for another winter"
    assert shown_measures(SPOKEN, answer(citation(right, "Brook")))["speaker"] == 1
    assert shown_measures(SPOKEN, answer(citation(right, "Ivo Lund")))["speaker"] == 0
    assert shown_measures(SPOKEN, answer(citation(right)))["speaker"] == 0
    assert shown_measures(SPOKEN, answer(citation("Rain ended it.", "Ada Brook")))["speaker"] == 0
    assert shown_measures(SPOKEN, answer())["speaker"] == 0


def test_answers_count_where_there_is_no_evidence_text() -> None:
    asked = question(evidence=(Evidence(None, "d1"),), answers=("4 metres", "four metres"))
    assert shown_measures(asked, answer(citation("It rises four metres, they said.")))["answer_hit"] == 1
    assert shown_measures(asked, answer(citation("Fourteen or four metre sticks.")))["answer_hit"] == 0


def test_declining_and_brier() -> None:
    null = question(0, answerable=False)
    assert shown_measures(null, answer(confidence=0.25)) == {"declining_right": 1, "brier": 0.0625}
    assert shown_measures(null, answer(citation("No.")))["declining_right"] == 0
    assert shown_measures(question(), answer(confidence=0.25))["brier"] == pytest.approx(0.5625)
    failed = Answer("?", Outcome.ERROR, 0.0, None, "It broke.")
    assert shown_measures(null, failed)["declining_right"] == 0


def test_a_miss_is_named_gravest_first() -> None:
    values = {"success@1": 0.0, "success@10": 1.0, "answer_hit": 0.0, "speaker": 0.0}
    assert missed(SPOKEN, answer(citation("No.")), values) == ("other_words", "other_speaker", "not_first")
    assert missed(SPOKEN, answer(), {**values, "success@10": 0.0}) == ("declined", "not_found")
    assert missed(question(0, answerable=False), answer(citation("No.")), {}) == ("answered",)
    assert missed(question(0, answerable=False), answer(), {}) == ()


def test_plain_makes_quote_marks_white_space_and_capitals_the_same() -> None:
    assert plain("“It’s\n not  us”") == plain('"it\'s not us"')
