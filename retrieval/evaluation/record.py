"""An evaluation as an object that is printed, kept and read again."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retrieval.errors import ComparisonError
from retrieval.evaluation.evaluation import Evaluation, Row
from retrieval.evaluation.statistics import Figure

VERSION = 1
"""Of the form; raised when a key changes its meaning."""

_DIGITS = 6
"""Of a measure; what is compared is rounded alike on both sides."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is kept of one question."""

    answerable: bool
    confidence: float
    outcome: str
    ranks: tuple[int, ...]
    measures: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept of an evaluation."""

    dataset: str
    fingerprint: str
    outcomes: Mapping[str, Outcome]
    """By question id."""


def record_of(evaluation: Evaluation) -> Record:
    """What would be kept."""
    outcomes = {
        row.question.id: Outcome(
            row.question.answerable, row.answer.confidence, row.answer.outcome.value,
            row.ranked.ranks if row.ranked else (),
            {name: round(value, _DIGITS) for name, value in row.measures.items()},
        )
        for row in evaluation.rows
    }  # fmt: skip
    return Record(evaluation.dataset, evaluation.fingerprint, outcomes)


def read_record(path: Path) -> Record:
    """Read what ``dateline eval --json`` printed.

    Raises :class:`ComparisonError` when it is something else.
    """
    try:
        found = json.loads(path.read_bytes())
    except OSError as error:
        raise ComparisonError(f"{path} cannot be read ({error.strerror or error}); check the path.") from error
    except (ValueError, RecursionError) as error:
        raise ComparisonError(f"{path} is not valid JSON; give what dateline eval --json printed.") from error
    version = found.get("version") if isinstance(found, dict) else None
    if version is not None and version != VERSION:
        raise ComparisonError(
            f"{path} is of version {version!r} and this is version {VERSION}; evaluate again with: dateline eval --json"
        )
    try:
        return Record(
            str(found["dataset"]["name"]),
            str(found["dataset"]["fingerprint"]),
            {str(row["id"]): _outcome(row) for row in found["questions"]},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ComparisonError(f"{path} is no evaluation; give what dateline eval --json printed.") from error


def _outcome(row: dict[str, Any]) -> Outcome:
    measures = {str(name): float(value) for name, value in row["measures"].items()}
    confidence = float(row["confidence"])
    if not all(map(math.isfinite, [*measures.values(), confidence])):
        raise ValueError("not a number")
    return Outcome(
        bool(row["answerable"]), confidence, str(row["outcome"]), tuple(int(rank) for rank in row["ranks"]), measures
    )


def evaluation_object(evaluation: Evaluation) -> dict[str, Any]:
    """What ``dateline eval --json`` prints."""
    found = evaluation.abstention
    return {
        "version": VERSION,
        "dataset": {
            "name": evaluation.dataset,
            "fingerprint": evaluation.fingerprint,
            "whole": evaluation.whole,
            "questions": len(evaluation.rows),
            "answerable": sum(row.question.answerable for row in evaluation.rows),
            "articles": evaluation.articles,
            "passages": evaluation.passages,
        },
        "model": evaluation.model,
        "seconds": round(evaluation.seconds, 1),
        "measures": _figures(evaluation.figures),
        "kinds": {kind: _figures(figures) for kind, figures in evaluation.kinds.items()},
        "abstention": {
            "threshold": found.threshold,
            "auroc": _figure(found.auroc),
            "brier": _figure(found.brier),
            "aurc": None if found.aurc is None else round(found.aurc, 4),
            "answerable_declined": _figure(found.answerable_declined),
            "unanswerable_declined": _figure(found.unanswerable_declined),
            "curve": [
                {"confidence": round(confidence, 4), "coverage": round(coverage, 4), "risk": round(risk, 4)}
                for confidence, coverage, risk in found.curve
            ],
        },
        "problems": [{"kind": problem.kind, "sentence": problem.sentence} for problem in evaluation.problems],
        "questions": [row_object(row) for row in evaluation.rows],
    }


def row_object(row: Row) -> dict[str, Any]:
    """One question of it."""
    return {
        "id": row.question.id,
        "kind": row.question.kind,
        "answerable": row.question.answerable,
        "outcome": row.answer.outcome.value,
        "confidence": row.answer.confidence,
        "reason": None if row.answer.reason is None else row.answer.reason.value,
        "ranks": list(row.ranked.ranks) if row.ranked else [],
        "evidence_ranks": list(row.ranked.evidence_ranks) if row.ranked else [],
        "measures": {name: round(value, _DIGITS) for name, value in row.measures.items()},
        "missed": list(row.missed),
    }


def _figures(figures: Mapping[str, Figure]) -> dict[str, Any]:
    return {name: _figure(figure) for name, figure in figures.items()}


def _figure(figure: Figure | None) -> dict[str, Any] | None:
    if figure is None:
        return None
    return {
        "value": round(figure.value, 4),
        "low": round(figure.low, 4),
        "high": round(figure.high, 4),
        "n": figure.n,
    }
