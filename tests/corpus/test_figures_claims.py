from __future__ import annotations

from pathlib import Path

import pytest

from corpus.attribution import attribute
from corpus.figures import find_figures
from corpus.models import Bound, Figure, Moment, Statement, StatementKind
from corpus.passages import split

SHARED = Path(__file__).resolve().parents[3] / "shared"


def figures(body: str, moments: tuple[Moment, ...] = ()) -> tuple[Figure, ...]:
    blocks = split(body)
    return find_figures(body, blocks, attribute(body, blocks), moments)


def only(body: str, moments: tuple[Moment, ...] = ()) -> Figure:
    (figure,) = figures(body, moments)
    return figure


def moment(body: str, printed: str, first: str, last: str | None = None, written: str | None = None) -> Moment:
    at = body.index(printed)
    return Moment(at, at + len(printed), first, last or first, written)


@pytest.mark.parametrize(
    ("body", "claimant", "mention"),
    [
        ("US officials say Norland has massed 110,000 troops.", "U.S. officials", "US officials"),
        ("“We need at least 40,000 men,” Peter Lind said.", "Peter Lind", "Peter Lind"),
        (
            "Some 300 homes burned, according to the fire ministry.",
            "fire ministry",
            "the fire ministry",
        ),
        ("The UN estimates that 5 million people need food.", "UN", "The UN"),
        ("Norland has massed 110,000 troops at the pier.", None, None),
        ("An estimated 300 farms closed.", None, None),
        ("Anna Roe found 12 pearls on the beach.", None, None),
    ],
)
def test_the_claimant_of_a_figure(body: str, claimant: str | None, mention: str | None) -> None:
    figure = only(body)
    assert figure.claimant == claimant
    printed = None if figure.claimant_start is None else body[figure.claimant_start : figure.claimant_end]
    assert printed == mention


@pytest.mark.parametrize(
    ("body", "claimant"),
    [
        ("The UN estimates that 5 million people need food.", "UN"),
        ("Some 5 million people need food, the UN estimates.", "UN"),
        ("Some 5 million people need food (according to the UN) this winter.", "UN"),
        ("According to US officials, 300 farms closed.", "U.S. officials"),
        ("Western intelligence puts the number at 130,000 troops.", "Western intelligence"),
        ("Official data show 300 farms closed.", "Official data"),
        ("By the ministry’s count 300 farms closed.", "ministry"),
        ("The loss is estimated by the World Bank at $3 billion.", "World Bank"),
        ("The port ministry found 12 mines.", "port ministry"),
        ("Anna Roe found 12 mines.", None),
        ("According to him, 300 farms closed.", None),
        ("Let’s estimate it has 300 boats.", None),
        ("According to the UN, the ministry estimates that 300 farms closed.", "ministry"),
        ("The mayor was forecast 12 wins.", None),
        ("Revenue estimates: $141 million.", None),
        ("Early forecasts say 20 million people will watch.", None),
        ("Some 300 homes burned, according to plan.", None),
    ],
)
def test_who_claims_where_no_statement_was_found(body: str, claimant: str | None) -> None:
    (figure,) = find_figures(body, split(body), ())
    assert figure.claimant == claimant
    if claimant is not None:
        assert body[figure.claimant_start : figure.claimant_end].replace("US", "U.S.") == claimant


def stated(body: str, speaker: str, said: str, kind: StatementKind = StatementKind.INDIRECT) -> Statement:
    at, start = body.index(speaker), body.index(said)
    return Statement(speaker, at, at + len(speaker), "said", start, start + len(said), kind)


def test_the_innermost_statement_claims() -> None:
    body = "Lind said Roe told him that 300 boats had left."
    outer = stated(body, "Lind", "Roe told him that 300 boats had left")
    inner = stated(body, "Roe", "300 boats had left")
    (figure,) = find_figures(body, split(body), (outer, inner))
    assert figure.claimant == "Roe"
    (figure,) = find_figures(body, split(body), (outer,))
    assert (figure.claimant, figure.claimant_start, figure.claimant_end) == ("Lind", 0, 4)


def test_background_after_an_inserted_speaker_is_the_articles_own() -> None:
    body = "Lind comes with a plan, the harbour said, on how to calm things after Norland sent 300 boats."
    (statement,) = [stated(body, "harbour", body[:-1])]
    (figure,) = find_figures(body, split(body), (statement,))
    assert figure.claimant is None
    body = "Lind comes with a plan, the harbour said, and with 300 boats."
    (figure,) = find_figures(body, split(body), (stated(body, "harbour", body[:-1]),))
    assert figure.claimant == "harbour"


def test_a_claim_ends_with_its_clause() -> None:
    body = "The UN estimates that 5 million people need food, while Norland sent 300 boats."
    assert [one.claimant for one in find_figures(body, split(body), ())] == ["UN", None]


def test_the_nearest_claim_counts() -> None:
    body = "The UN estimates that 500 farms closed; the World Bank estimates that 700 farms closed."
    assert [one.claimant for one in find_figures(body, split(body), ())] == ["UN", "World Bank"]


# When it holds


@pytest.mark.parametrize(
    ("body", "date", "days", "expected"),
    [
        (
            "Norland could have 150,000 troops by mid-February.",
            "mid-February",
            ("2022-02-10", "2022-02-20"),
            "2022-02-20",
        ),
        ("As of Monday, 300 farms had closed.", "Monday", ("2022-02-07",), "2022-02-07"),
        ("On Feb. 3, the port had 300 boats.", "Feb. 3", ("2022-02-03",), "2022-02-03"),
        ("They sank 30 boats on Monday.", "on Monday", ("2022-02-07",), "2022-02-07"),
        ("They sank 30 boats Monday.", "Monday", ("2022-02-07",), "2022-02-07"),
        (
            "Norland wants a large force — some 150,000 soldiers — for a landing by mid-February.",
            "mid-February",
            ("2022-02-10", "2022-02-20"),
            "2022-02-20",
        ),
        ("Norland has lost 30 boats this year.", "this year", ("2022-01-01", "2022-12-31", "2022-02-07"), "2022-02-07"),
        ("Norland wants 30 boats by this year.", "this year", ("2022-01-01", "2022-12-31", "2022-02-07"), "2022-12-31"),
        ("Norland has lost 30 boats since Monday.", "Monday", ("2022-02-07",), None),
        ("The mayor said on Monday that 30 boats sank.", "on Monday", ("2022-02-07",), None),
        ("On Monday, the mayor said 30 boats sank.", "On Monday", ("2022-02-07",), None),
        ("It sent 30 boats, which came back on Monday.", "on Monday", ("2022-02-07",), None),
        ("It sent 30 boats and ferries on Monday.", "on Monday", ("2022-02-07",), "2022-02-07"),
        ("It sent 30 boats and won on Monday.", "on Monday", ("2022-02-07",), None),
        ("It has 30 boats for Monday’s race.", "Monday", ("2022-02-07",), None),
        ("It has 30 boats on Monday night’s card.", "on Monday night", ("2022-02-07",), None),
    ],
)
def test_the_date_at_which_a_figure_holds(body: str, date: str, days: tuple[str, ...], expected: str | None) -> None:
    assert only(body, (moment(body, date, *days),)).as_of == expected


def test_a_date_belongs_to_the_figure_beside_it() -> None:
    body = "It had 300 boats in 2011 and 400 ferries in 2016."
    moments = (moment(body, "2011", "2011-01-01", "2011-12-31"), moment(body, "2016", "2016-01-01", "2016-12-31"))
    assert [one.as_of for one in figures(body, moments)] == ["2011-12-31", "2016-12-31"]


def test_a_number_within_a_date_is_no_figure() -> None:
    body = "It rained for the past 10 days."
    assert only(body).unit == "day"
    assert figures(body, (moment(body, "the past 10 days", "2022-01-28", "2022-02-07"),)) == ()


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the data folder is not beside the project")
def test_the_troop_figures_of_the_seed_articles() -> None:
    found = set()
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        body = path.read_text(encoding="utf-8")
        for one in figures(body):
            if one.low >= 100_000 and one.unit is None:
                found.add((one.low, one.bound, one.claimant))
    assert found == {
        (100_000, Bound.AT_LEAST, None),
        (110_000, Bound.EXACT, "U.S. officials"),
        (150_000, Bound.ABOUT, "U.S. officials"),
        (130_000, Bound.ABOUT, None),
    }
