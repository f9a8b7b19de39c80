"""What one question got: ranking by the field's definitions (ir-measures), and what was shown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.attribution import same_person
from retrieval.evaluation.dataset import JudgedQuestion
from retrieval.evaluation.judgements import Judged, plain, units_of
from retrieval.models import Answer, Citation, Hit, Outcome

DEPTH = 10
"""How far down the list of hits ranking is measured."""

_RANKING = {
    "success@1": "Success@1",
    "success@3": "Success@3",
    "success@4": "Success@4",
    "success@10": "Success@10",
    "mrr@10": "RR@10",
    "ndcg@10": "nDCG@10",
    "map@10": "AP@10",
}
"""Our name -> the measure of ir-measures."""

EVIDENCE_RECALL = "evidence_recall@10"
ANSWER_HIT = "answer_hit"
SPEAKER = "speaker"
DECLINING_RIGHT = "declining_right"
BRIER = "brier"

MEASURES = (*_RANKING, EVIDENCE_RECALL, ANSWER_HIT, SPEAKER, DECLINING_RIGHT, BRIER)
"""Everything that is measured of a single question, in the order of tables."""

LOWER_IS_BETTER = frozenset({BRIER, "aurc", "answerable_declined"})
"""The figures that should be small."""

_SHOWN_QUOTES = 3
_SHOWN_CHARACTERS = 400

MISSES = {
    "answered": "Answered, though the articles do not say",
    "failed": "Failed",
    "declined": "Declined, though the articles say it",
    "not_found": "Judged evidence not among the first ten",
    "other_words": "Answered with other words",
    "other_speaker": "Answered with the right words of the wrong person, or none",
    "not_first": "Judged evidence found, but not first",
}
"""What can be wrong with what a question got, gravest first, and how a person is told."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """The hits of one question against its judgements."""

    ranks: tuple[int, ...]
    """Of the hits that bring judged evidence, from 1, within :data:`DEPTH`."""
    evidence_ranks: tuple[int | None, ...]
    """For each evidence the first hit that brings it, however far down it was looked for."""
    nowhere: tuple[bool, ...]
    """For each evidence whether it stands in none of the articles."""
    run: dict[str, float]
    qrels: dict[str, int]
    """The two as ir-measures takes them. Copies that were folded into one hit are one document, which stands
    where the hit stands; a further passage of a document that was found already takes up its place and counts
    for nothing."""


def ranked(question: JudgedQuestion, judged: Judged, hits: Sequence[Hit]) -> Ranked:
    """Set hits against judgements."""
    grades = judged.grades(question)
    run: dict[str, float] = {}
    qrels: dict[str, int] = {}
    seen: set[object] = set()
    ranks = []
    firsts: list[int | None] = [None] * len(judged.evidence)
    for rank, hit in enumerate(hits, start=1):
        units = units_of(hit)
        for n, where in enumerate(judged.evidence):
            if firsts[n] is None and units & where:
                firsts[n] = rank
        if rank > DEPTH:
            continue
        relevant = units & grades.keys()
        if relevant:
            ranks.append(rank)
        name = f"hit-{rank}"
        run[name] = -float(rank)
        if relevant - seen:
            qrels[name] = max(grades[unit] for unit in relevant - seen)
            seen |= relevant
    for n, unit in enumerate(sorted(grades.keys() - seen, key=repr)):
        qrels[f"missed-{n}"] = grades[unit]
    for n, _ in enumerate(judged.nowhere(question)):
        # Judged to answer, and not to be found: it counts as missed.
        qrels[f"nowhere-{n}"] = 1
    return Ranked(tuple(ranks), tuple(firsts), tuple(not units for units in judged.evidence), run, qrels)


def ranking_measures(found: Mapping[str, Ranked]) -> dict[str, dict[str, float]]:
    """Question id -> measure -> value, for questions with judged evidence. Without hits all are 0."""
    import ir_measures

    measures = {ir_measures.parse_measure(theirs): ours for ours, theirs in _RANKING.items()}
    values = {question: dict.fromkeys(_RANKING, 0.0) for question in found}
    qrels = {question: one.qrels for question, one in found.items()}
    runs = {question: one.run for question, one in found.items() if one.run}
    if runs:
        for metric in ir_measures.iter_calc(list(measures), qrels, runs):
            values[metric.query_id][measures[metric.measure]] = float(metric.value)
    for question, one in found.items():
        within = sum(rank is not None and rank <= DEPTH for rank in one.evidence_ranks)
        values[question][EVIDENCE_RECALL] = within / len(one.evidence_ranks)
    return values


def shown_measures(question: JudgedQuestion, answer: Answer) -> dict[str, float]:
    """What a person was shown, and whether it was right to show it."""
    answered = answer.outcome is Outcome.ANSWERED
    values = {
        DECLINING_RIGHT: float(answered == question.answerable and answer.outcome is not Outcome.ERROR),
        BRIER: (answer.confidence - float(question.answerable)) ** 2,
    }
    printed = [item.text for item in question.evidence if item.text is not None]
    if not question.answerable or not (printed or question.answers):
        return values
    shown = " ".join(citation.quote[:_SHOWN_CHARACTERS] for citation in answer.citations[:_SHOWN_QUOTES])
    if printed:
        values[ANSWER_HIT] = float(overlaps(printed, shown))
    else:
        values[ANSWER_HIT] = float(any(_stands_in(text, shown) for text in question.answers))
    if question.speaker and printed:
        values[SPEAKER] = float(_speaker_right(question.speaker, printed, answer.citations))
    return values


def missed(question: JudgedQuestion, answer: Answer, measures: Mapping[str, float]) -> tuple[str, ...]:
    """What is wrong with what a question got, as :data:`MISSES` names it; empty where all is well."""
    answered = answer.outcome is Outcome.ANSWERED
    wrong = {
        "answered": answered and not question.answerable,
        "failed": answer.outcome is Outcome.ERROR,
        "declined": answer.outcome is Outcome.NO_EVIDENCE and question.answerable,
        "not_found": measures.get("success@10") == 0,
        "other_words": answered and measures.get(ANSWER_HIT) == 0,
        "other_speaker": answered and measures.get(SPEAKER) == 0,
        "not_first": measures.get("success@1") == 0 and measures.get("success@10") != 0,
    }
    return tuple(name for name in MISSES if wrong[name])


def overlaps(evidence: Sequence[str], text: str) -> bool:
    """Whether at least half of the words of one evidence stand in the text."""
    shown = _words(text)
    return any(2 * len(words & shown) >= len(words) for words in map(_words, evidence) if words)


def _speaker_right(speaker: str, evidence: Sequence[str], citations: Sequence[Citation]) -> bool:
    if not citations:
        return False
    first = citations[0]
    return first.speaker is not None and same_person(speaker, first.speaker) and overlaps(evidence, first.quote)


def _stands_in(answer: str, text: str) -> bool:
    """Whole words, one after the other."""
    wanted, printed = (" ".join(re.findall(r"\w+", plain(part))) for part in (answer, text))
    return bool(wanted) and f" {wanted} " in f" {printed} "


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", plain(text)))
