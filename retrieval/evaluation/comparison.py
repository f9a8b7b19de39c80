"""Two evaluations of the same questions: which changed, and whether the difference is more than chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from retrieval.errors import ComparisonError
from retrieval.evaluation.measures import LOWER_IS_BETTER, MEASURES
from retrieval.evaluation.record import Outcome, Record
from retrieval.evaluation.statistics import Difference, auroc_difference, difference

TEST = (
    "paired permutation test (two-sided, 10,000 random signs), 95 % paired bootstrap interval; "
    "p is not corrected for the number of measures"
)
"""How it is judged whether a difference is real."""

AUROC = "auroc"


@dataclass(frozen=True, slots=True)
class Changed:
    """A question that is not what it was."""

    id: str
    won: tuple[str, ...]
    """Measures that are better now."""
    lost: tuple[str, ...]
    """Measures that are worse now."""
    old: Outcome
    new: Outcome


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs."""

    questions: int
    """How many both asked; the rest is left out."""
    old_only: int
    new_only: int
    differences: Mapping[str, Difference]
    """By measure."""
    changed: tuple[Changed, ...]

    def won(self, measure: str) -> list[str]:
        """Questions that got better by a measure."""
        return [one.id for one in self.changed if measure in one.won]

    def lost(self, measure: str) -> list[str]:
        """Questions that got worse."""
        return [one.id for one in self.changed if measure in one.lost]


def compare(old: Record, new: Record) -> Comparison:
    """Set the new evaluation against the old one.

    Raises :class:`ComparisonError` when they are of different sets, or no question is in both.
    """
    if old.fingerprint != new.fingerprint:
        same = " of that name, whose questions or judgements changed since" if old.dataset == new.dataset else ""
        raise ComparisonError(
            f"The earlier evaluation is of another set ({old.dataset!r}{same}), not of {new.dataset!r} as it is now; "
            "compare evaluations of one set."
        )
    both = [question for question in new.outcomes if question in old.outcomes]
    if not both:
        raise ComparisonError(
            "The two evaluations have no question in common; evaluate with the same --kinds, --limit and --seed."
        )
    differences: dict[str, Difference] = {}
    for measure in MEASURES:
        pairs = [
            (old.outcomes[question].measures[measure], new.outcomes[question].measures[measure])
            for question in both
            if measure in old.outcomes[question].measures and measure in new.outcomes[question].measures
        ]
        found = difference([before for before, _ in pairs], [after for _, after in pairs])
        if found is not None:
            differences[measure] = found
    area = auroc_difference(
        [old.outcomes[question].confidence for question in both],
        [new.outcomes[question].confidence for question in both],
        [new.outcomes[question].answerable for question in both],
    )
    if area is not None:
        differences[AUROC] = area
    changed = [_changed(question, old.outcomes[question], new.outcomes[question]) for question in both]
    return Comparison(
        len(both), len(old.outcomes) - len(both), len(new.outcomes) - len(both), differences,
        tuple(one for one in changed if one.won or one.lost),
    )  # fmt: skip


def comparison_object(comparison: Comparison) -> dict[str, Any]:
    """What ``dateline eval --json --compare`` adds."""
    return {
        "questions": comparison.questions,
        "old_only": comparison.old_only,
        "new_only": comparison.new_only,
        "test": TEST,
        "measures": {
            measure: {
                "old": round(found.old, 4),
                "new": round(found.new, 4),
                "low": round(found.low, 4),
                "high": round(found.high, 4),
                "p": None if found.p is None else round(found.p, 4),
                "real": found.real,
                "n": found.n,
                "won": comparison.won(measure),
                "lost": comparison.lost(measure),
            }
            for measure, found in comparison.differences.items()
        },
        "changed": [
            {
                "id": one.id,
                "won": list(one.won),
                "lost": list(one.lost),
                "old": _outcome(one.old),
                "new": _outcome(one.new),
            }
            for one in comparison.changed
        ],
    }


def _outcome(found: Outcome) -> dict[str, Any]:
    return {"outcome": found.outcome, "confidence": round(found.confidence, 4), "ranks": list(found.ranks)}


def _changed(question: str, old: Outcome, new: Outcome) -> Changed:
    won: list[str] = []
    lost: list[str] = []
    for measure in MEASURES:
        if measure not in old.measures or measure not in new.measures:
            continue
        gain = new.measures[measure] - old.measures[measure]
        if measure in LOWER_IS_BETTER:
            gain = -gain
        if gain:
            (won if gain > 0 else lost).append(measure)
    return Changed(question, tuple(won), tuple(lost), old, new)
