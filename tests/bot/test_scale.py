"""The axis of figures, without a picture."""

from __future__ import annotations

import math

import pytest

from bot.render.scale import axis_label, drawable, extent, scale_of, tick_label
from corpus.models import Bound, Figure


def of(low: float, high: float | None = None, bound: Bound = Bound.EXACT, unit: str | None = None,
       counted: str = "") -> Figure:  # fmt: skip
    return Figure(0, 1, low, low if high is None else high, bound, unit, counted)


def test_about_is_a_band_and_the_others_span_what_they_say() -> None:
    assert extent(of(150_000, bound=Bound.ABOUT)) == (135_000, 165_000)
    assert extent(of(100, 130, Bound.BETWEEN)) == (100, 130)
    assert extent(of(100, bound=Bound.AT_LEAST)) == (100, 100)


@pytest.mark.parametrize(
    ("values", "from_nought", "logarithmic"),
    [
        ((110_000, 100_000, 130_000), False, False),  # near each other: how they differ is what is to be seen
        ((3_000, 130), True, False),
        ((3, 130_000), False, True),
        ((5_800,), True, False),
        ((3_000, 3_000), True, False),
        ((0, 5), True, False),
        ((0,), True, False),
    ],
)
def test_the_axis_begins_where_the_figures_can_be_compared(
    values: tuple[float, ...], from_nought: bool, logarithmic: bool
) -> None:
    scale = scale_of([of(value) for value in values])
    assert scale.logarithmic is logarithmic
    assert (scale.low == 0) is from_nought
    assert 2 <= len(scale.ticks) <= 6
    assert all(scale.low <= tick <= scale.high * 1.000001 for tick in scale.ticks)
    shares = [scale.share(value) for value in values]
    assert all(0 <= share <= 1 for share in shares)
    assert [share for _, share in sorted(zip(values, shares, strict=True))] == sorted(shares)


def test_below_nought_the_axis_goes_there() -> None:
    scale = scale_of([of(-5, unit="°C"), of(3, unit="°C")])
    assert scale.low < -5
    assert scale.share(-5) < scale.share(3)


def test_people_are_not_halved() -> None:
    assert scale_of([of(3)]).ticks == (0, 1, 2, 3)
    assert 2.5 in scale_of([of(2.4, unit="km"), of(2.6, unit="km")]).ticks


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan, 1e300, 1e-300])
def test_what_no_newspaper_means_has_no_place(value: float) -> None:
    assert not drawable(of(value))
    assert drawable(of(0))


@pytest.mark.parametrize(
    ("value", "unit", "label"),
    [
        (130_000, None, "130,000"), (1.5e6, None, "1.5 million"), (2e9, "USD", "2 billion"), (40, "%", "40%"),
        (0, "%", "0%"), (4.5, "%", "4.5%"), (0.25, "km", "0.25"), (-5, "°C", "-5"), (2.5e12, None, "2.5 trillion"),
    ],
)  # fmt: skip
def test_marks_are_short(value: float, unit: str | None, label: str) -> None:
    assert tick_label(value, unit) == label


def test_the_axis_says_the_unit_or_what_is_counted() -> None:
    assert axis_label([of(1, unit="USD")]) == "USD"
    assert axis_label([of(1, unit="century")]) == "centuries"
    assert axis_label([of(1, unit="%")]) == ""
    assert axis_label([of(1, counted="troops"), of(2, counted="Troops"), of(3, counted="soldiers")]) == (
        "troops / soldiers"
    )
    assert axis_label([of(1, counted="x" * 50)]) == ""
