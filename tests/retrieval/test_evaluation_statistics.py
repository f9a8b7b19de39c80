"""Intervals, tests and curves, worked out by hand where they can be."""

from __future__ import annotations

import numpy as np
import pytest

from retrieval.evaluation.statistics import (
    area_under_risk,
    auroc,
    auroc_difference,
    auroc_figure,
    difference,
    figure,
    permutation_p,
    risk_and_coverage,
)

CONFIDENCES = [0.9, 0.8, 0.8, 0.1]
ANSWERABLE = [True, True, False, False]


def test_auroc_counts_ties_half() -> None:
    # Of four pairs three are in order and one is a tie.
    assert auroc(np.asarray(CONFIDENCES), np.asarray(ANSWERABLE)) == pytest.approx(3.5 / 4)
    assert auroc_figure([0.1, 0.2], [True, True]) is None


def test_risk_and_coverage() -> None:
    points = risk_and_coverage(CONFIDENCES, ANSWERABLE)
    assert points == [(0.9, 0.25, 0.0), (0.8, 0.75, pytest.approx(1 / 3)), (0.1, 1.0, 0.5)]
    assert area_under_risk(CONFIDENCES, ANSWERABLE) == pytest.approx((0 + 1 / 3 + 1 / 3 + 1 / 2) / 4)
    assert risk_and_coverage([], []) == []
    assert area_under_risk([], []) is None


def test_a_long_curve_is_thinned_and_keeps_both_ends() -> None:
    scores = [n / 5000 for n in range(5000)]
    points = risk_and_coverage(scores, [n % 2 == 0 for n in range(5000)])
    assert len(points) == 200
    assert (points[0][1], points[-1][1]) == (1 / 5000, 1.0)


def test_permutation_is_exact_for_few_differences() -> None:
    assert permutation_p(np.asarray([1.0, 1.0, 1.0, 0.0])) == 2 / 8
    assert permutation_p(np.asarray([1.0, -1.0])) == 1.0
    assert permutation_p(np.zeros(5)) == 1.0


def test_permutation_of_many_differences_is_the_same_every_time() -> None:
    gains = np.asarray([1.0] * 15 + [-1.0] * 5)
    p = permutation_p(gains)
    assert p == permutation_p(gains)
    # Two-sided sign test: 2 * P(at most 5 of 20) = 0.0414.
    assert p == pytest.approx(0.0414, abs=0.01)


def test_an_interval_holds_the_mean_and_is_the_same_every_time() -> None:
    values = [0.0, 1.0] * 50
    found = figure(values)
    assert found is not None
    assert found == figure(values)
    assert (found.value, found.n) == (0.5, 100)
    # The normal approximation: 0.5 ± 1.96 * 0.05.
    assert (found.low, found.high) == (pytest.approx(0.402, abs=0.02), pytest.approx(0.598, abs=0.02))
    assert figure([]) is None


def test_a_difference_is_real_or_not() -> None:
    better = difference([0.0] * 20, [1.0] * 20)
    assert better is not None
    assert better.real
    same = difference([0.0, 1.0], [1.0, 0.0])
    assert same is not None
    assert (same.p, same.real) == (1.0, False)


def test_two_aurocs_are_compared_without_a_test() -> None:
    old, new = [0.5] * 40, [0.9] * 20 + [0.1] * 20
    found = auroc_difference(old, new, [True] * 20 + [False] * 20)
    assert found is not None
    assert (found.old, found.new, found.p, found.real) == (0.5, 1.0, None, True)
