"""Panels, timelines and comparisons as cards, without Discord: what is escaped, what stays together, what fits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pictures import Picture
from bot.render.card import Card, answer_card
from bot.render.comparison_card import comparison_card, numbered_through
from bot.render.pages import Page
from bot.render.timeline_card import in_order_of_days, timeline_card
from bot.views import card_view, page_view
from corpus.models import Bound, Figure, Moment
from retrieval.by_outlet import MOST_OUTLETS, Comparison, OutletAnswer
from retrieval.models import (
    Answer,
    Citation,
    Difference,
    Event,
    Independence,
    Outcome,
    Reason,
    ShownFigure,
    ShownMoment,
    Timeline,
)
from tests.bot.discord.test_card import answered, article, citation, unescaped
from tests.discord_server.component_limits import check_components
from tests.discord_server.problems import Problems
from tests.discord_server.reading import walk

NASTY = "@everyone <@&1> [x](javascript:alert) `code` ||spoiler|| **bold** # head https://evil.example/x"
ACTING = (r"(?<!\\)@everyone", r"(?<!\\)<@", r"(?<!\\)`", r"(?<!\\)\|\|", r"\]\(javascript", r"https://evil")
ENDLESS = "W" + "o" * 4_000 + "w"
MARKS = "*" * 4_000


def figure(one: Citation, printed: str, difference: Difference | None = None, **more: object) -> ShownFigure:
    found = Figure(0, len(printed), 5, 5, Bound.EXACT, None, "people")
    return ShownFigure(replace(found, **more), printed, (one,), difference)  # type: ignore[arg-type]


def whole(pages: Sequence[Page]) -> str:
    return "\n".join(section for page in pages for section in page.sections)


def fits(card: Card) -> None:
    """As a message with all its buttons, a picture and the words around it."""
    picture = Picture("a.png", b"x", "d" * 1_024)
    views = [card_view(card, "0" * 32, "k", private=True, footer="f" * 120, picture=picture)]
    pages = card.pages
    views += [page_view(page, n, len(pages), "0" * 32, "turn", "k", 0, picture) for n, page in enumerate(pages)]
    for view in views:
        problems = Problems()
        check_components(problems, view.to_components(), True)  # type: ignore[arg-type]
        assert not problems, problems.refusal()
        assert sum(one["type"] == 12 for one in walk(view.to_components())) == 1  # type: ignore[arg-type]


# Panels


def test_figures_tell_who_says_so_as_of_when_and_how_they_differ() -> None:
    one, other = citation(1, "There were 1,450 people."), citation(2, "Some 900 people went.")
    figures = (
        figure(one, "1,450 people", None, claimant="the county", as_of="2023-05-04"),
        figure(other, "Some 900 people", Difference.EARLIER),
    )
    text = whole(answer_card(replace(answered([one, other]), figures=figures)).pages)
    rows = ("- 1,450 people **\\[1\\]** · the county, as of 2023-05-04", "- Some 900 people **\\[2\\]** · earlier")
    assert "\n".join(("**Figures**", *rows)) in text


def test_one_figure_and_days_printed_in_full_have_no_panel() -> None:
    one = citation(1, "On 4 May 2023 there were 1,450 people.")
    moments = (ShownMoment(Moment(0, 13, "2023-05-04", "2023-05-04", None), "On 4 May 2023", one),)
    text = whole(answer_card(replace(answered([one]), figures=(figure(one, "1,450 people"),), moments=moments)).pages)
    assert "Figures" not in text
    assert "Days" not in text


def test_days_that_were_counted_are_told() -> None:
    one, other = citation(1, "It opens on Monday."), citation(2, "On Monday it opens.")
    day = Moment(9, 18, "2023-05-08", "2023-05-08", "2023-05-04")
    moments = tuple(ShownMoment(day, "on Monday", cited) for cited in (one, other))
    text = whole(answer_card(replace(answered([one, other]), moments=moments)).pages)
    assert "**Days**\n- on Monday **\\[1\\]** **\\[2\\]** · 8 May 2023 \\(derived\\)" in text


def test_outlets_of_one_origin_are_told_and_others_are_not() -> None:
    one = answered([citation(1, "It is over.")])
    text = whole(answer_card(replace(one, independence=Independence(4, 1, ("Test *Wire*",)))).pages)
    assert "-# 4 outlets, 1 origin \\(Test \\*Wire\\*\\)" in text
    assert "origin" not in whole(answer_card(replace(one, independence=Independence(3, 3, ()))).pages)


def test_a_row_is_never_cut_and_stands_with_its_sources() -> None:
    quotes = [citation(n, f"Quote {n}: " + "words and more words, " * 20 + "end.") for n in range(1, 9)]
    figures = tuple(
        figure(one, f"row {one.number} " + "long " * 40 + "end", Difference.DIFFERS if n else None)
        for n, one in enumerate(quotes)
    )
    card = answer_card(replace(answered(quotes), figures=figures))
    fits(card)
    rows = [line for page in card.pages for line in "\n".join(page.sections).split("\n") if line.startswith("- ")]
    assert [unescaped(row).split()[2] for row in rows] == [str(n) for n in range(1, 9)]
    assert all(" end **\\[" in row for row in rows)
    for page in card.pages:
        text = "\n".join(page.sections)
        body, _, sources = text.partition("**Sources**")
        assert set(re.findall(r"\\\[(\d+)\\\]", body)) == set(re.findall(r"^\*\*\\\[(\d+)", sources, re.MULTILINE))
        assert ("\n- row" in text) == ("**Figures**" in text)


@pytest.mark.parametrize("hostile", [NASTY, ENDLESS, MARKS, f"{NASTY} " * 40, "\n".join(["> # -# - x"] * 50)])
def test_whatever_is_printed_fits_and_does_not_act(hostile: str) -> None:
    wicked = replace(article(1, hostile, "https://x.example/" + "a" * 480), outlet=hostile)
    cited = [citation(n, f"{hostile} {n}", hostile, article=replace(wicked, id=f"a{n}")) for n in range(1, 8)]
    cited[0] = replace(cited[0], also=tuple(replace(wicked, id=f"b{n}", outlet=f"{n} {hostile}") for n in range(30)))
    figures = tuple(figure(one, hostile, Difference.DIFFERS, claimant=hostile) for one in cited)
    moments = tuple(ShownMoment(Moment(0, 5, "2023-05-08", "2023-05-08", "2023-05-04"), hostile, one) for one in cited)
    text = "\n".join(f"{one.speaker}: “{one.quote}” [{one.number}]" for one in cited)
    answer = Answer(
        hostile, Outcome.ANSWERED, 1.0, None, text, tuple(cited), (), (hostile,), figures, moments,
        Independence(5, 2, (hostile,)),
    )  # fmt: skip
    events = tuple(Event("2023-05-08", "2023-05-08", one, moments[0].moment, hostile) for one in cited)
    timeline = in_order_of_days(Timeline(hostile, events, 3, notes=(hostile,)))
    comparison = numbered_through(
        Comparison(hostile, answer, tuple(OutletAnswer(f"{hostile} {n}", answer) for n in range(8)), (hostile,) * 8)
    )
    for card in (answer_card(answer, typed=f"{hostile}!"), timeline_card(timeline), comparison_card(comparison)):
        fits(card)
        shown = whole(card.pages)
        for acting in ACTING:
            assert not re.search(acting, shown), acting


# Timelines


def event(day: str, number: int, quote: str = "It rained.", last: str | None = None, **more: object) -> Event:
    return Event(day, last or day, replace(citation(number, quote, None), **more), None, None)  # type: ignore[arg-type]


def test_events_of_one_day_stand_below_it_also_on_the_next_page() -> None:
    events = tuple(event("2023-05-02", n, f"Event {n} " + "and so on " * 30) for n in range(1, 15))
    card = timeline_card(in_order_of_days(Timeline("Rain", events)))
    fits(card)
    assert len(card.pages) > 1
    assert all(page.sections[1].count("**2 May 2023**") == 1 for page in card.pages)
    assert re.findall(r"“Event (\d+) ", whole(card.pages)) == [str(n) for n in range(1, 15)]


def test_sources_are_numbered_in_the_order_of_days() -> None:
    timeline = Timeline("Rain", (event("2023-05-01", 7), event("2023-05-02", 3), event("2023-05-03", 7)))
    assert [one.citation.number for one in in_order_of_days(timeline).events] == [1, 2, 1]


def test_longer_times_and_strange_days_are_told_as_they_are() -> None:
    events = (event("2022", 1), event("2023-05-01", 2, last="2023-05-07"), event("2023-06-01", 3, last="2023-06-30"))
    text = whole(timeline_card(Timeline("Rain", events)).pages)
    assert re.findall(r"^\*\*([^\\\n]+)\*\*$", text, re.MULTILINE) == [
        "Rain",
        "2022",
        "1–7 May 2023",
        "Jun 2023",
        "Sources",
    ]


def test_who_speaks_is_told_where_the_words_do_not() -> None:
    events = (
        event("2023-05-01", 1, "“We are wet,” she said.", speaker="Ada Brook"),
        event("2023-05-02", 2, "Brook said that it rained.", speaker="Ada Brook"),
        event("2023-05-03", 3, "A report has it.", speaker="a report"),
    )
    text = whole(timeline_card(Timeline("Rain", events)).pages)
    assert "> **Ada Brook:** “We are wet,” she said. **\\[1\\]**" in text
    assert "> “Brook said that it rained.” **\\[2\\]**" in text
    assert "> “A report has it.” **\\[3\\]**" in text


def test_why_there_is_no_timeline() -> None:
    declined = Timeline("Rain", reason=Reason.OFF_TOPIC, text="The articles do not mention *rain*.")
    card = timeline_card(declined)
    assert not card.answered
    assert "do not mention \\*rain\\*" in whole(card.pages)
    assert "cannot be put on a day" in whole(timeline_card(Timeline("Rain", undated=2)).pages)


def test_what_bears_no_day_is_counted() -> None:
    one = Timeline("Rain", (event("2023-05-01", 1),), 1, notes=("2 articles *were* left out.",))
    text = whole(timeline_card(one).pages)
    assert "-# Note: 1 sentence on it names no day" in text
    assert "-# Note: 2 articles \\*were\\* left out." in text


# Comparisons


def of_outlets(count: int, silent: int = 0) -> Comparison:
    together = answered([citation(1, "It is over.")])
    outlets = tuple(
        OutletAnswer(f"Paper {n}", answered([citation(10 * n + k, f"Paper {n} says {k}.") for k in (1, 2)]))
        for n in range(count)
    )
    return numbered_through(Comparison("Is it over?", together, outlets, tuple(f"Silent {n}" for n in range(silent))))


def test_outlets_follow_each_other_with_numbers_that_run_through() -> None:
    text = whole(comparison_card(of_outlets(3, 1)).pages)
    assert re.findall(r"“Paper (\d) says (\d)\.” \*\*\\\[(\d)\\\]\*\*", text) == [
        ("0", "1", "1"), ("0", "2", "2"), ("1", "1", "3"), ("1", "2", "4"), ("2", "1", "5"), ("2", "2", "6"),
    ]  # fmt: skip
    assert text.endswith("**Do not say:** Silent 0")
    assert "outlets nearest" not in text
    assert f"The {MOST_OUTLETS} outlets nearest" in whole(comparison_card(of_outlets(5, 3)).pages)


def test_an_outlet_too_long_for_a_page_goes_on_below_its_name() -> None:
    quotes = [citation(n, f"Quote {n}: " + "words and more words, " * 40 + "end.") for n in range(1, 8)]
    found = Comparison("Is it over?", answered(quotes), (OutletAnswer("Paper", answered(quotes)),), ("Silent",))
    card = comparison_card(found)
    fits(card)
    assert len(card.pages) > 2
    assert all(page.sections[1].startswith("### Paper\n") for page in card.pages)
    assert re.findall(r"“Quote (\d):", whole(card.pages)) == [str(n) for n in range(1, 8)]


def test_where_no_outlet_answers_alone_all_of_them_do_or_none() -> None:
    together = answered([citation(1, "It is over.")])
    card = comparison_card(Comparison("Is it over?", together, (), ("Paper",)))
    assert "It is over." in whole(card.pages)
    assert "No outlet answers this on its own" in whole(card.pages)
    assert "Paper" not in whole(card.pages)
    declined = Answer("Is it over?", Outcome.NO_EVIDENCE, 0.1, Reason.NEAR_MISS, "The articles do not say.")
    card = comparison_card(Comparison("Is it over?", declined, (), ("Paper",)))
    assert not card.answered
    assert "No outlet" not in whole(card.pages)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=900), min_size=1, max_size=9), st.text(max_size=400))
def test_any_text_fits(texts: list[str], name: str) -> None:
    cited = [citation(n, text or "x", name or None) for n, text in enumerate(texts, start=1)]
    answer = replace(answered(cited), figures=tuple(figure(one, one.quote) for one in cited))
    fits(answer_card(answer))
    events = tuple(Event("2023-05-01", "2023-05-01", one, None, None) for one in cited)
    fits(timeline_card(Timeline(name, events)))
    fits(comparison_card(Comparison(name, answer, (OutletAnswer(name, answer),) * 3, (name,))))
