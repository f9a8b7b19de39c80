"""Intervals, paired tests, risk and coverage. Everything drawn by chance is drawn from a fixed seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]

_SEED = 20220208

RESAMPLES = 1000
"""Bootstrap samples of an interval."""

SIGN_FLIPS = 10_000
"""Random assignments of old and new in the permutation test; a p below 1 in that many is not told apart."""

_AT_ONCE = 2_000_000
"""Numbers drawn at once: 16 MB."""

_CURVE_POINTS = 200


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over questions with its 95 % bootstrap interval."""

    value: float
    low: float
    high: float
    n: int
    """How many questions it is measured on."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure on the same questions before and after."""

    old: float
    new: float
    low: float
    high: float
    """95 % paired bootstrap interval of the difference."""
    p: float | None
    """Of a paired permutation test: how often chance alone does as much; None where none is made."""
    n: int

    @property
    def real(self) -> bool:
        """Whether chance alone is an unlikely cause (p below 0.05, or an interval without 0)."""
        if self.p is not None:
            return self.p < 0.05
        return self.low > 0 or self.high < 0


def figure(values: Sequence[float]) -> Figure | None:
    """The mean; None of nothing."""
    if not values:
        return None
    numbers = np.asarray(values, dtype=np.float64)
    low, high = _interval(_resampled_means(numbers))
    return Figure(float(numbers.mean()), low, high, len(numbers))


def difference(old: Sequence[float], new: Sequence[float]) -> Difference | None:
    """Two series over the same questions: paired bootstrap interval, paired permutation test (two-sided)."""
    if not old:
        return None
    before, after = np.asarray(old, dtype=np.float64), np.asarray(new, dtype=np.float64)
    change = after - before
    low, high = _interval(_resampled_means(change))
    return Difference(float(before.mean()), float(after.mean()), low, high, permutation_p(change), len(change))


def permutation_p(change: Values) -> float:
    """Two-sided p of the sum of paired differences under random signs; exact up to 13 differences."""
    moved = np.abs(change[change != 0])
    if not len(moved):
        return 1.0
    observed = abs(float(change.sum())) - 1e-9
    if len(moved) <= 13:
        signs = ((np.arange(2 ** len(moved))[:, None] >> np.arange(len(moved))) & 1) * 2 - 1
        return float(np.mean(np.abs(signs @ moved) >= observed))
    chance = np.random.default_rng(_SEED)
    reached, done = 0, 0
    step = max(1, _AT_ONCE // len(moved))
    while done < SIGN_FLIPS:
        flips = min(step, SIGN_FLIPS - done)
        signs = chance.integers(0, 2, size=(flips, len(moved))) * 2 - 1
        reached += int(np.count_nonzero(np.abs(signs @ moved) >= observed))
        done += flips
    return (reached + 1) / (SIGN_FLIPS + 1)


def auroc(confidences: Values, answerable: NDArray[np.bool_]) -> float | None:
    """The chance that an answerable question gets more confidence than another; ties count half."""
    positives = int(answerable.sum())
    negatives = len(answerable) - positives
    if not positives or not negatives:
        return None
    _, inverse, counts = np.unique(confidences, return_inverse=True, return_counts=True)
    mean_ranks = np.cumsum(counts) - (counts - 1) / 2
    rank_sum = float(mean_ranks[inverse][answerable].sum())
    return (rank_sum - positives * (positives + 1) / 2) / (positives * negatives)


def auroc_figure(confidences: Sequence[float], answerable: Sequence[bool]) -> Figure | None:
    """AUROC with its interval; None where all or none are answerable."""
    scores, truth = np.asarray(confidences, dtype=np.float64), np.asarray(answerable, dtype=np.bool_)
    value = auroc(scores, truth)
    if value is None:
        return None
    drawn = [auroc(scores[rows], truth[rows]) for rows in _samples(len(scores))]
    low, high = _interval(np.asarray([one for one in drawn if one is not None]))
    return Figure(value, low, high, len(scores))


def auroc_difference(old: Sequence[float], new: Sequence[float], answerable: Sequence[bool]) -> Difference | None:
    """Two AUROCs over the same questions: a paired bootstrap interval, no test."""
    before, after = np.asarray(old, dtype=np.float64), np.asarray(new, dtype=np.float64)
    truth = np.asarray(answerable, dtype=np.bool_)
    first, second = auroc(before, truth), auroc(after, truth)
    if first is None or second is None:
        return None
    pairs = [(auroc(before[rows], truth[rows]), auroc(after[rows], truth[rows])) for rows in _samples(len(truth))]
    low, high = _interval(np.asarray([b - a for a, b in pairs if a is not None and b is not None]))
    return Difference(first, second, low, high, None, len(truth))


def risk_and_coverage(confidences: Sequence[float], answerable: Sequence[bool]) -> list[tuple[float, float, float]]:
    """(confidence, coverage, risk) where all questions of at least that confidence would be answered.

    Coverage is their share of all questions; risk is the share among them that the articles cannot answer.
    """
    scores, truth = np.asarray(confidences, dtype=np.float64), np.asarray(answerable, dtype=np.bool_)
    order = np.argsort(-scores, kind="stable")
    scores, wrong = scores[order], np.cumsum(~truth[order])
    # Questions of one confidence are answered together or not at all.
    ends = np.flatnonzero(np.append(scores[1:] != scores[:-1], True)) if len(scores) else np.zeros(0, dtype=int)
    points = [(float(scores[n]), float((n + 1) / len(scores)), float(wrong[n] / (n + 1))) for n in ends]
    if len(points) <= _CURVE_POINTS:
        return points
    kept = np.unique(np.linspace(0, len(points) - 1, _CURVE_POINTS).round().astype(int))
    return [points[n] for n in kept]


def area_under_risk(confidences: Sequence[float], answerable: Sequence[bool]) -> float | None:
    """Mean risk over all coverages; ties share theirs."""
    if not confidences:
        return None
    scores, truth = np.asarray(confidences, dtype=np.float64), np.asarray(answerable, dtype=np.bool_)
    order = np.argsort(-scores, kind="stable")
    scores, wrong = scores[order], np.cumsum(~truth[order])
    ends = np.flatnonzero(np.append(scores[1:] != scores[:-1], True))
    risks = wrong[ends] / (ends + 1)
    return float(np.repeat(risks, np.diff(ends, prepend=-1)).mean())


def _samples(n: int) -> NDArray[np.int64]:
    return np.random.default_rng(_SEED).integers(0, n, size=(RESAMPLES, n))


def _resampled_means(values: Values) -> Values:
    if np.all(values == values[0]):
        return np.full(RESAMPLES, values[0])
    chance = np.random.default_rng(_SEED)
    step = max(1, _AT_ONCE // len(values))
    means: list[Values] = []
    while sum(map(len, means)) < RESAMPLES:
        left = RESAMPLES - sum(map(len, means))
        means.append(values[chance.integers(0, len(values), size=(min(step, left), len(values)))].mean(axis=1))
    return np.concatenate(means)


def _interval(means: Values) -> tuple[float, float]:
    low, high = np.quantile(means, [0.025, 0.975])
    return float(low), float(high)
