"""Timelines, comparisons and figures as a terminal shows them, and what a picture says in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.render.lines import Line
from bot.render.phrases import LONGEST, alternative_text, told_by
from bot.render.timeline import NO_FIGURE, NO_OUTLET, NOT_ALONE, comparison_lines, figures_lines, timeline_lines
from corpus.models import Bound
from retrieval.by_outlet import Comparison, OutletAnswer
from retrieval.models import Answer, Difference, Independence, Outcome, Reason, Timeline
from tests.bot.making_overviews import citation, figure, named, published

MONDAY = named(2, "2022-02-07", "The harbour will close, the council decided on Monday.", printed="on Monday")
SAME_DAY = named(3, "2022-02-07", "“We cannot pay,” she said.", printed="Monday", speaker="Ada Brook")
TIMELINE = Timeline(
    "harbour",
    (named(1, "2014-01-01", "It opened in 2014.", "2014-12-31"), MONDAY, SAME_DAY,
     published(4, "2022-02-09", "Fishermen protested.")),
)  # fmt: skip

SAYS = Answer(
    "q", Outcome.ANSWERED, 0.9, None, "“It closes.” [1]", (citation(1, "It closes."),), notes=("A note.",),
    independence=Independence(2, 1, ("Reuters",)),
)  # fmt: skip
DECLINES = Answer("q", Outcome.NO_EVIDENCE, 0.1, Reason.NEAR_MISS, "The articles do not say.")

ROWS = (
    figure(1, "110,000 soldiers", 110_000, claimant="U.S. officials", as_of="2022-02-07"),
    figure(2, "more than 100,000", 100_000, bound=Bound.AT_LEAST, difference=Difference.ROUNDED, also=(3,)),
)


def plain(lines: Sequence[Line]) -> list[str]:
    return [line.plain for line in lines]


# Timelines


def test_events_stand_below_their_day_and_say_how_it_is_known() -> None:
    assert plain(timeline_lines(TIMELINE)) == [
        "2014",
        "  “It opened in 2014.” [1]",
        "7 Feb 2022",
        "  “The harbour will close, the council decided on Monday.” [2] (derived from “on Monday”)",
        "  “We cannot pay,” she said. [3] (said by Ada Brook; derived from “Monday”)",
        "9 Feb 2022",
        "  “Fishermen protested.” [4] (published)",
        "",
        "[1] Article 1, Test Courier, 8 Feb 2022, ¶ 2",
        "[2] Article 2, Test Courier, 8 Feb 2022, ¶ 2",
        "[3] Article 3, Test Courier, 8 Feb 2022, ¶ 2",
        "[4] Article 4, Test Courier, 8 Feb 2022, ¶ 2",
    ]


def test_a_speaker_whom_the_quote_names_is_not_named_again() -> None:
    event = named(1, "2022-02-07", "We cannot pay, Brook said on Monday.", speaker="Ada Brook")
    assert "said by" not in plain(timeline_lines(Timeline("q", (event,))))[1]


def test_quotes_without_a_day_are_counted() -> None:
    assert plain(timeline_lines(replace(TIMELINE, undated=1, notes=("A slip.",))))[-3:] == [
        "", "1 more quote on this bears no day.", "Note: A slip.",
    ]  # fmt: skip
    assert plain(timeline_lines(replace(TIMELINE, undated=2)))[-1] == "2 more quotes on this bear no day."


@pytest.mark.parametrize(
    ("timeline", "sentence"),
    [
        (Timeline("q", undated=2), "2 quotes on this cannot be put on a day: they name none, and their articles"),
        (Timeline("q", undated=1), "1 quote on this cannot be put on a day: it names none, and its article bears no"),
        (Timeline("q"), "Nothing that is printed on this can be put on a day."),
        (Timeline("q", reason=Reason.OFF_TOPIC, text="Nothing is about that."), "Nothing is about that."),
    ],
)
def test_an_empty_timeline_is_one_sentence(timeline: Timeline, sentence: str) -> None:
    (line,) = plain(timeline_lines(timeline))
    assert line.startswith(sentence)


# Comparisons


def test_each_outlet_stands_with_its_own_sources_and_what_all_share_is_said_once() -> None:
    comparison = Comparison("q", SAYS, (OutletAnswer("Herald", SAYS), OutletAnswer("Courier", SAYS)), ("Post", "Echo"))
    one = ["  “It closes.” [1]", "", "  [1] Article 1, Test Courier, 8 Feb 2022, ¶ 2", ""]
    assert plain(comparison_lines(comparison)) == [
        "Herald", *one, "Courier", *one, "Near it, but do not say: Post, Echo", "2 outlets, 1 origin (Reuters)",
        "Note: A note.",
    ]  # fmt: skip


def test_that_not_all_were_asked_is_said() -> None:
    outlets = tuple(OutletAnswer(f"Outlet {n}", SAYS) for n in range(8))
    assert "The 8 outlets nearest to the question were asked." in plain(
        comparison_lines(Comparison("q", SAYS, outlets, ()))
    )
    few = plain(comparison_lines(Comparison("q", SAYS, outlets[:7], ())))
    assert not any("nearest" in line for line in few)


def test_where_no_outlet_answers_all_together_do_or_decline() -> None:
    assert plain(comparison_lines(Comparison("q", DECLINES, (), ())))[0] == DECLINES.text
    assert plain(comparison_lines(Comparison("q", SAYS, (), ())))[:3] == [NO_OUTLET, "", "  “It closes.” [1]"]
    assert plain(comparison_lines(Comparison("q", SAYS, (), ("Post",))))[0] == NOT_ALONE


# Figures


def test_the_table_says_who_claims_a_figure_and_how_it_stands_to_the_first() -> None:
    answer = replace(SAYS, figures=ROWS, notes=(), independence=None)
    assert plain(figures_lines(answer))[:5] == [
        "  110,000 soldiers   [1]               "
        "according to U.S. officials, as of 7 Feb 2022, in Test Courier, 8 Feb 2022",
        "  more than 100,000  [2] [3]  rounded  Test Courier, 8 Feb 2022",
        "  Rounded, later, …: how a figure stands to the first one.",
        "",
        "  “It closes.” [1]",
    ]


def test_a_figure_alone_is_shown_too_and_compared_to_nothing() -> None:
    lines = plain(figures_lines(replace(SAYS, figures=(figure(1, "£214 million", 214e6, unit="GBP"),))))
    assert lines[:3] == ["  £214 million  [1]  Test Courier, 8 Feb 2022", "", "  “It closes.” [1]"]


def test_an_answer_without_a_figure_is_one_sentence_and_a_decline_stays_one() -> None:
    assert plain(figures_lines(SAYS)) == [NO_FIGURE]
    assert plain(figures_lines(DECLINES)) == [DECLINES.text]


def test_one_outlet_is_named_once_for_all_its_days() -> None:
    first, second = citation(1, "5"), citation(2, "5", published_at="2022-02-09")
    shown = replace(figure(1, "5", 5), citations=(first, second))
    assert told_by(shown) == "Test Courier, 8 Feb 2022 and 9 Feb 2022"


# In words


def test_a_timeline_in_words() -> None:
    assert alternative_text(TIMELINE) == (
        "Timeline of 4 events, from 2014 to 9 Feb 2022, on: harbour. 2014: “It opened in 2014.” (Test Courier). "
        "7 Feb 2022: “The harbour will close, the council decided on Monday.” (Test Courier). "
        "“We cannot pay,” she said. (Test Courier). 9 Feb 2022: “Fishermen protested.” (Test Courier)."
    )


def test_figures_in_words() -> None:
    assert alternative_text(ROWS) == (
        "Chart of 2 figures. 110,000 soldiers, according to U.S. officials, as of 7 Feb 2022, in Test Courier, "
        "8 Feb 2022. more than 100,000 (rounded), Test Courier, 8 Feb 2022."
    )


@pytest.mark.parametrize("count", [1, 2, 9, 12, 30, 200])
def test_words_never_exceed_what_discord_takes_and_say_what_is_left_out(count: int) -> None:
    events = tuple(named(n, "2022-02-07", f"{n} " + "word " * 200) for n in range(count))
    text = alternative_text(Timeline("why? " * 500, events))
    assert len(text) <= LONGEST
    told = text.count("(Test Courier)")
    assert told >= min(count, 5)
    assert text.endswith(f"And {count - told} more.") is (told < count)
