from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.models import Block, Moment, PassageKind, Span
from corpus.moments import describe, find_moments, moments_in
from corpus.passages import split

TUESDAY = "2022-02-08"
"""The day on which most of the texts below were printed."""


def named(text: str, published_at: str | None = TUESDAY) -> list[tuple[str, str, str]]:
    return [(text[m.start : m.end], m.first, m.last) for m in moments_in(text, published_at)]


def days(text: str, published_at: str | None = TUESDAY) -> list[str]:
    """First days, a period as "first/last"."""
    return [m.first if m.first == m.last else f"{m.first}/{m.last}" for m in moments_in(text, published_at)]


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("8 February 2022", "2022-02-08"),
        ("February 8, 2022", "2022-02-08"),
        ("Feb. 8, 2022", "2022-02-08"),
        ("the 8th of February 2022", "2022-02-08"),
        ("2022-02-08", "2022-02-08"),
        ("2022/02/08", "2022-02-08"),
        ("14/02/2022", "2022-02-14"),
        ("02/14/2022", "2022-02-14"),
        ("14.02.2022", "2022-02-14"),
        ("02/02/2022", "2022-02-02"),
        ("Sept. 3, 1939", "1939-09-03"),
    ],
)
@pytest.mark.parametrize("published_at", [None, "2031-07-01", "not a date"])
def test_a_date_in_full_needs_no_day_of_printing(printed, day, published_at):
    (moment,) = moments_in(f"The bridge opened {printed} after a delay.", published_at)
    assert (moment.first, moment.last, moment.resolved_from) == (day, day, None)


@pytest.mark.parametrize(
    "text",
    [
        "The form was dated 08/02/2022.",  # August or February
        "It reopened on 30 February 2022.",
        "It closed on Feb. 31.",
        "Flight 9/11 left gate 14.",
        "It sold 2,014 tickets at $2014 each.",
        "2014 men marched 2010 miles.",
        "The 2023-24 season and the 1080p stream cost 2019 dollars.",
    ],
)
def test_what_is_no_date_or_more_than_one_is_left_out(text):
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "expression", "first", "last"),
    [
        ("Talks run Feb. 14-15 in Kyiv.", "Feb. 14-15", "2022-02-14", "2022-02-15"),
        ("Talks run Feb. 14–15.", "Feb. 14–15", "2022-02-14", "2022-02-15"),
        ("He stays from 3 to 5 March.", "from 3 to 5 March", "2022-03-03", "2022-03-05"),
        ("It runs between March 3 and March 5.", "between March 3 and March 5", "2022-03-03", "2022-03-05"),
        ("It runs Feb. 27-March 1.", "Feb. 27-March 1", "2022-02-27", "2022-03-01"),
        ("It runs from Dec. 30 to Jan. 2, 2021.", "from Dec. 30 to Jan. 2, 2021", "2020-12-30", "2021-01-02"),
        ("He stays Feb. 14 and 15.", "Feb. 14 and 15", "2022-02-14", "2022-02-15"),
        ("It fell from Monday to Wednesday.", "from Monday to Wednesday", "2022-02-07", "2022-02-09"),
        ("Prices rose from 2014 to 2016.", "from 2014 to 2016", "2014-01-01", "2016-12-31"),
        ("Sales rose between April and June 2021.", "between April and June 2021", "2021-04-01", "2021-06-30"),
        ("The ban will last from May through July.", "from May through July", "2022-05-01", "2022-07-31"),
    ],
)
def test_a_range_is_one_moment(text, expression, first, last):
    assert named(text) == [(expression, first, last)]


def test_two_days_apart_are_two_moments():
    assert named("He will speak on March 3 and 9.") == [
        ("on March 3", "2022-03-03", "2022-03-03"),
        ("9", "2022-03-09", "2022-03-09"),
    ]


def test_a_score_behind_a_date_makes_no_range():
    assert days("Oct. 14 - 3 p.m. kick-off", "2021-10-12") == ["2021-10-14"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The mayor resigned on Monday.", "2022-02-07"),
        ("The mayor resigned on Tuesday.", "2022-02-08"),
        ("The mayor resigned Wednesday.", "2022-02-02"),
        ("The mayor will resign on Monday.", "2022-02-14"),
        ("The mayor’ll resign on Tuesday.", "2022-02-08"),
        ("The mayor is set to resign on Friday.", "2022-02-11"),
        ("The mayor was expected to resign on Friday.", "2022-02-11"),
        ("The mayor said she would resign on Friday.", "2022-02-11"),
        ("The mayor said on Friday that she would resign.", "2022-02-04"),
        ("The mayor, who resigned on Monday, will leave on Thursday.", ["2022-02-07", "2022-02-10"]),
        ("On Thursday, the council will vote.", "2022-02-10"),
        ("On Thursday, the council voted.", "2022-02-03"),
        ("The play opens on Saturday.", "2022-02-12"),
        ("The council is meeting on Saturday.", "2022-02-12"),
        ("If the Larks win on Sunday, they go up.", "2022-02-13"),
        ("The offer stands until Friday.", "2022-02-11"),
        ("He has been ill since Friday.", "2022-02-04"),
        ("Friday’s vote was close.", "2022-02-04"),
        ("Friday’s vote will be close.", "2022-02-11"),
        ("He spoke ahead of Friday’s vote.", "2022-02-11"),
        ("He spoke following Monday’s vote.", "2022-02-07"),
        ("She could have won on Sunday.", "2022-02-06"),
        ("They are playing again after a defeat on Sunday.", "2022-02-06"),
        ("Will the council vote on Thursday?", "2022-02-10"),
        ("Did the council vote on Thursday?", "2022-02-03"),
    ],
)
def test_the_tense_says_which_weekday(text, day):
    assert days(text) == (day if isinstance(day, list) else [day])


@pytest.mark.parametrize(
    ("text", "published_at", "day"),
    [
        ("It begins next Monday.", "2022-02-08", "2022-02-14"),
        ("It begins next Friday.", "2022-02-08", "2022-02-18"),
        ("It ended last Thursday.", "2022-02-08", "2022-02-03"),
        ("It ended last Friday.", "2022-02-12", "2022-02-04"),  # on a Saturday: not "yesterday"
        ("It ends this Tuesday.", "2022-02-07", "2022-02-08"),
        ("It ended this past Sunday.", "2022-02-08", "2022-02-06"),
        ("It ended on Thursday last week.", "2022-02-08", "2022-02-03"),
    ],
)
def test_last_and_next_name_a_day_of_another_week(text, published_at, day):
    assert days(text, published_at) == [day]


def test_the_present_tense_of_a_caption_tells_of_what_was_photographed():
    text = "The mayor speaks to reporters in Harrowmere on Friday. (Photo: Anna Roe)"
    caption = Block(1, 0, len(text), text, PassageKind.CAPTION, (Span(0, len(text)),))
    assert [m.first for m in find_moments(text, [caption], TUESDAY)] == ["2022-02-04"]


@pytest.mark.parametrize(
    ("expression", "first", "last"),
    [
        ("yesterday", "2022-02-07", "2022-02-07"),
        ("tomorrow", "2022-02-09", "2022-02-09"),
        ("tonight", "2022-02-08", "2022-02-08"),
        ("this morning", "2022-02-08", "2022-02-08"),
        ("last night", "2022-02-07", "2022-02-07"),
        ("last week", "2022-01-31", "2022-02-06"),
        ("this week", "2022-02-07", "2022-02-13"),
        ("next week", "2022-02-14", "2022-02-20"),
        ("over the weekend", "2022-02-05", "2022-02-06"),
        ("last month", "2022-01-01", "2022-01-31"),
        ("next month", "2022-03-01", "2022-03-31"),
        ("last year", "2021-01-01", "2021-12-31"),
        ("earlier this year", "2022-01-01", "2022-02-08"),
        ("later this month", "2022-02-08", "2022-02-28"),
        ("two days ago", "2022-02-06", "2022-02-06"),
        ("a week ago", "2022-02-01", "2022-02-01"),
        ("three weeks ago", "2022-01-17", "2022-01-23"),
        ("six months ago", "2021-08-01", "2021-08-31"),
        ("ten years ago", "2012-01-01", "2012-12-31"),
        ("mid-February", "2022-02-11", "2022-02-20"),
        ("in early March", "2022-03-01", "2022-03-10"),
        ("at the end of January", "2022-01-21", "2022-01-31"),
        ("in late 2021", "2021-09-01", "2021-12-31"),
        ("in November last year", "2021-11-01", "2021-11-30"),
        ("last March", "2021-03-01", "2021-03-31"),
        ("next January", "2023-01-01", "2023-01-31"),
        ("in 2014", "2014-01-01", "2014-12-31"),
        ("in December 2021", "2021-12-01", "2021-12-31"),
    ],
)
def test_times_other_than_days(expression, first, last):
    assert named(f"Notes, {expression}, twice.") == [(expression, first, last)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("She wrote the essay in July.", "2021-07-01"),
        ("She will publish it in July.", "2022-07-01"),
        ("She moved here in February.", "2022-02-01"),
        ("It has been shut since December.", "2021-12-01"),
        ("It broke on Dec. 3.", "2021-12-03"),
        ("It is due on March 3.", "2022-03-03"),
        ("Monday, Feb. 14, was cold.", "2022-02-14"),
    ],
)
def test_a_year_that_is_not_printed_is_the_nearest_that_the_tense_allows(text, first):
    (moment,) = moments_in(text, TUESDAY)
    assert (moment.first, moment.resolved_from) == (first, TUESDAY)


def test_a_weekday_beside_a_date_decides_its_year():
    assert days("It opened on Sunday, July 4.") == ["2021-07-04"]
    assert days("It opened on Monday, July 4.") == ["2022-07-04"]


def test_a_day_later_is_counted_from_the_date_before_it():
    text = "He travels to Kyiv on Feb. 14 and to Moscow a day later."
    assert named(text) == [("on Feb. 14", "2022-02-14", "2022-02-14"), ("a day later", "2022-02-15", "2022-02-15")]


def test_what_is_counted_from_an_unnamed_day_is_left_out():
    assert named("He left two days earlier, and came back a week later.") == []
    assert named("He met her on Monday. She left the next day.") == [("on Monday", "2022-02-07", "2022-02-07")]
    assert days("He met her on Monday and left the next day.") == ["2022-02-07", "2022-02-08"]


def test_that_year_is_the_year_named_before():
    assert days("He won in 2014. In March of that year he retired.") == [
        "2014-01-01/2014-12-31",
        "2014-03-01/2014-03-31",
    ]


@pytest.mark.parametrize("published_at", [None, "", "soon", "2022-02", "2022-13-40", "08/02/2022"])
def test_without_a_day_of_printing_nothing_is_guessed(published_at):
    text = "On Monday, Feb. 14, and in March, a year ago, last week and yesterday it rained; in 2014 it snowed."
    assert named(text, published_at) == [("in 2014", "2014-01-01", "2014-12-31")]


@pytest.mark.parametrize("published_at", ["2022-02-08", "2022-02-08T23:59:00+01:00", "2022-02-08T00:10:00Z"])
def test_the_day_of_printing_is_the_one_printed(published_at):
    (moment,) = moments_in("It rained yesterday.", published_at)
    assert (moment.first, moment.resolved_from) == ("2022-02-07", "2022-02-08")


@pytest.mark.parametrize(
    "text",
    [
        "Black Monday and Good Friday are remembered.",
        "The Sunday Times and the Mail on Sunday reported it.",
        "Bloody Sunday was remembered.",
        "They sang on Saturday Night Live and watched Monday Night Football.",
        "Theresa May said she may march on.",
        "Supporters will march for May.",
        "April Rowe and August Lind met June Vale.",
        "Shops close on Sundays and every Monday.",
        "It was a cold day, on a Friday.",
        "The Daily Today Show is back.",
        "USA Today reported it.",
        "Much of the technology we use today is old.",
        "They dream of a better tomorrow.",
        "It was the last Sunday of the season.",
        "He led the Jan. 6 committee after the Sept. 11 attacks.",
        "He waited more than a year ago than that.",
        "They came the next year, in the last week of rain.",
        "Open Monday to Friday.",
    ],
)
def test_names_habits_and_other_meanings_are_no_moments(text):
    assert named(text) == []


def test_may_is_a_month_where_its_preposition_says_so():
    assert named("Theresa May resigned in May.") == [("in May", "2021-05-01", "2021-05-31")]


def test_today_is_a_day_only_where_something_happens_on_it():
    assert days("The council announced today that it will close.") == [TUESDAY]
    assert days("Today, the council announced the closure.") == [TUESDAY]
    assert days("Today, the council has nine members.") == []


def test_today_in_quotation_marks_is_the_day_of_speaking():
    assert days("“We will win today,” Roe said on Monday.") == ["2022-02-07", "2022-02-07"]
    assert days("“We will win tomorrow,” Roe said on Sunday.") == ["2022-02-07", "2022-02-06"]
    assert days("“We will win today,” Roe said.") == []


def test_a_dateline_says_from_which_day_to_count():
    body = "HARROWMERE, Feb. 7 (UPI) -- The mayor will resign on Monday.\n\nShe said so on Sunday."
    found = find_moments(body, split(body), TUESDAY)
    assert [(m.first, m.resolved_from) for m in found] == [
        ("2022-02-07", "2022-02-08"),
        ("2022-02-07", "2022-02-07"),
        ("2022-02-06", "2022-02-07"),
    ]


def test_a_heading_that_is_a_weekday_has_the_tense_of_what_stands_below():
    ahead = "The week in Harrowmere\n\nMonday\n\nThe council is expected to vote on the new bridge and its tolls."
    behind = "The week in Harrowmere\n\nMonday\n\nThe council voted on the new bridge and on its tolls, narrowly."
    assert [m.first for m in find_moments(ahead, split(ahead), TUESDAY)] == ["2022-02-14"]
    assert [m.first for m in find_moments(behind, split(behind), TUESDAY)] == ["2022-02-07"]


def test_offsets_are_into_the_body_and_no_expression_crosses_blocks():
    body = "Council meets\n\nIt will meet again on Monday\n\nFeb. 14 was the old date."
    found = find_moments(body, split(body), TUESDAY)
    assert [body[m.start : m.end] for m in found] == ["on Monday", "Feb. 14"]


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("2022-02-14", "2022-02-14", "14 Feb 2022"),
        ("2022-02-14", "2022-02-15", "14–15 Feb 2022"),
        ("2022-02-27", "2022-03-01", "27 Feb – 1 Mar 2022"),
        ("2021-12-30", "2022-01-02", "30 Dec 2021 – 2 Jan 2022"),
        ("2022-02-01", "2022-02-28", "Feb 2022"),
        ("2024-02-01", "2024-02-28", "1–28 Feb 2024"),
        ("2022-04-01", "2022-06-30", "Apr–Jun 2022"),
        ("2021-11-01", "2022-01-31", "Nov 2021–Jan 2022"),
        ("2014-01-01", "2014-12-31", "2014"),
        ("2014-01-01", "2016-12-31", "2014–2016"),
        ("9999-12-31", "9999-12-31", "31 Dec 9999"),
    ],
)
def test_describe(first, last, shown):
    assert describe(Moment(0, 1, first, last, None)) == shown


PIECES = st.sampled_from(
    [
        *" .,;:—-–'’“”\"()\n/",
        "\n\n",
        "on Monday ",
        "last ",
        "next ",
        "Feb. 30 ",
        "Feb. 14",
        "29 February ",
        "from 3 to 5 March ",
        "2022-02-31 ",
        "2022",
        "0000",
        "9999",
        "today ",
        "said ",
        "a day later ",
        "year ago ",
        "999 years ago ",
        "week",
        "the ",
        "in May ",
        "will ",
        "Tuesday’s ",
        "你好",
        "👩‍🚒",
        "\u2028",
        "e\u0301",
    ]
)
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.lists(PIECES, max_size=60).map("".join),
)
PRINTED = st.one_of(
    st.none(),
    st.dates().map(date.isoformat),
    st.sampled_from(["0001-01-01", "9999-12-31", "2024-02-29", "tomorrow", "2022-02-08T10:00:00Z"]),
    st.text(max_size=12),
)


@given(TEXTS, PRINTED)
def test_any_text_gives_sorted_moments_of_real_days(body, published_at):
    blocks = split(body)
    found = find_moments(body, blocks, published_at)
    end = 0
    for moment in found:
        assert end <= moment.start < moment.end <= len(body)
        end = moment.end
        assert any(block.start <= moment.start and moment.end <= block.end for block in blocks)
        assert date.fromisoformat(moment.first) <= date.fromisoformat(moment.last)
        assert describe(moment)
