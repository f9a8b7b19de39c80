"""All questions of a set asked, and every figure of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from corpus.store import Store
from embeddings.encoder import Encoder, Vectors
from retrieval import abstention
from retrieval.evaluation import statistics
from retrieval.evaluation.dataset import Dataset, JudgedQuestion, Problem
from retrieval.evaluation.judgements import Judge
from retrieval.evaluation.measures import (
    DEPTH,
    MEASURES,
    Ranked,
    missed,
    ranked,
    ranking_measures,
    shown_measures,
)
from retrieval.evaluation.statistics import Figure
from retrieval.models import Answer, Hit, Outcome

LOOKED_DOWN = 50
"""Hits in which missed evidence is still looked for, so that a report can say where it stands."""

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, total)."""


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one question."""

    question: JudgedQuestion
    answer: Answer
    """With the first :data:`DEPTH` hits and any further one that brings evidence."""
    ranked: Ranked | None
    """None where there is no judged evidence."""
    measures: dict[str, float]
    """Those that apply."""

    @property
    def answered(self) -> bool:
        """Whether quotes were shown."""
        return self.answer.outcome is Outcome.ANSWERED

    @property
    def missed(self) -> tuple[str, ...]:
        """What is wrong with it, gravest first."""
        return missed(self.question, self.answer, self.measures)


@dataclass(frozen=True, slots=True)
class Abstention:
    """How declining did, over all questions."""

    threshold: float | None
    auroc: Figure | None
    """None where all questions or none are answerable."""
    brier: Figure | None
    aurc: float | None
    """Area under the risk–coverage curve."""
    answerable_declined: Figure | None
    unanswerable_declined: Figure | None
    curve: tuple[tuple[float, float, float], ...]
    """(confidence, coverage, risk)."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything that was measured."""

    dataset: str
    fingerprint: str
    """Of the whole set, also where only a part was asked."""
    whole: bool
    """Whether the whole set was asked."""
    articles: int
    passages: int
    model: str
    figures: dict[str, Figure]
    """Measure -> figure over all questions that it applies to."""
    kinds: dict[str, dict[str, Figure]]
    """The same for each kind of question."""
    abstention: Abstention
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    seconds: float
    """Spent on asking."""


def evaluate(
    dataset: Dataset,
    part: Dataset,
    stores: Sequence[Store],
    ask: Callable[[str, int], Answer],
    model: str,
    progress: Progress = lambda stage, done, total: None,
) -> Evaluation:
    """Ask every question of ``part``, which is ``dataset`` or some of it, and measure.

    ``ask`` takes a question and how many hits are wanted; what fails it gives as an answer with the outcome ``error``.
    """
    judge = Judge(stores)
    judged = {question.id: judge.judge(question) for question in part.questions}
    problems = (*part.problems, *judge.problems(part.questions, judged))
    started = time.monotonic()
    answers: dict[str, Answer] = {}
    against: dict[str, Ranked] = {}
    for n, question in enumerate(part.questions):
        progress("questions", n, len(part.questions))
        answer = ask(question.text, LOOKED_DOWN if question.evidence else DEPTH)
        if question.answerable and question.evidence:
            against[question.id] = ranked(question, judged[question.id], answer.hits)
        answers[question.id] = replace(answer, hits=_kept(answer, against.get(question.id)))
    progress("questions", len(part.questions), len(part.questions))
    seconds = time.monotonic() - started
    ranking = ranking_measures(against)
    rows = tuple(
        Row(
            question, answers[question.id], against.get(question.id),
            {**ranking.get(question.id, {}), **shown_measures(question, answers[question.id])},
        )
        for question in part.questions
    )  # fmt: skip
    sizes = [store.articles.size() for store in stores]
    return Evaluation(
        dataset=dataset.name,
        fingerprint=dataset.fingerprint,
        whole=len(part.questions) == len(dataset.questions),
        articles=sum(size.articles for size in sizes),
        passages=sum(size.passages for size in sizes),
        model=model,
        figures=_figures(rows),
        kinds={kind: _figures([row for row in rows if row.question.kind == kind]) for kind in part.kinds},
        abstention=_abstention(rows),
        rows=rows,
        problems=problems,
        seconds=seconds,
    )


def _kept(answer: Answer, found: Ranked | None) -> tuple[Hit, ...]:
    wanted = set(found.evidence_ranks) if found else set()
    return tuple(hit for hit in answer.hits if hit.rank <= DEPTH or hit.rank in wanted)


def _figures(rows: Sequence[Row]) -> dict[str, Figure]:
    found = {}
    for measure in MEASURES:
        one = statistics.figure([row.measures[measure] for row in rows if measure in row.measures])
        if one is not None:
            found[measure] = one
    return found


def _abstention(rows: Sequence[Row]) -> Abstention:
    confidences = [row.answer.confidence for row in rows]
    answerable = [row.question.answerable for row in rows]
    declined = {
        truth: statistics.figure([float(not row.answered) for row in rows if row.question.answerable is truth])
        for truth in (True, False)
    }
    threshold = getattr(abstention, "THRESHOLD", None)
    return Abstention(
        threshold=threshold if isinstance(threshold, float) else None,
        auroc=statistics.auroc_figure(confidences, answerable),
        brier=statistics.figure([row.measures["brier"] for row in rows]),
        aurc=statistics.area_under_risk(confidences, answerable),
        answerable_declined=declined[True],
        unanswerable_declined=declined[False],
        curve=tuple(statistics.risk_and_coverage(confidences, answerable)),
    )


class AheadEncoder:
    """An encoder that has seen the questions: all are encoded in a few batches, not one by one."""

    def __init__(self, encoder: Encoder, questions: Iterable[str], progress: Progress | None = None) -> None:
        self._encoder = encoder
        self._known: dict[str, Vectors] = {}
        self._encode(list(dict.fromkeys(questions)), progress or (lambda stage, done, total: None))

    @property
    def name(self) -> str:
        """See :class:`Encoder`."""
        return self._encoder.name

    @property
    def dimension(self) -> int:
        """See :class:`Encoder`."""
        return self._encoder.dimension

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """See :class:`Encoder`."""
        if len(texts) and all(text in self._known for text in texts):
            return np.stack([self._known[text] for text in texts])
        return self._encoder.encode_query(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """See :class:`Encoder`."""
        return self._encoder.encode_passages(texts)

    def windows(self, text: str, prefix: str = "") -> list[tuple[int, int]]:
        """See :class:`Encoder`."""
        return self._encoder.windows(text, prefix)

    def _encode(self, texts: list[str], progress: Progress) -> None:
        # By length, so that a batch holds little padding.
        texts.sort(key=len)
        for first in range(0, len(texts), _ENCODE_AT_ONCE):
            progress("encoding", first, len(texts))
            batch = texts[first : first + _ENCODE_AT_ONCE]
            self._known.update(zip(batch, self._encoder.encode_query(batch), strict=True))
        if texts:
            progress("encoding", len(texts), len(texts))


_ENCODE_AT_ONCE = 256
