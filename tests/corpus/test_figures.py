from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.attribution import attribute
from corpus.figures import base_unit, figures_in, find_figures, read_number
from corpus.models import Block, Bound, Figure, PassageKind, Span
from corpus.passages import split

EXACT, ABOUT, LEAST, MOST, BETWEEN = Bound.EXACT, Bound.ABOUT, Bound.AT_LEAST, Bound.AT_MOST, Bound.BETWEEN


def figures(body: str) -> tuple[Figure, ...]:
    blocks = split(body)
    return find_figures(body, blocks, attribute(body, blocks))


def only(body: str) -> Figure:
    (figure,) = figures(body)
    return figure


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("110,000", 110_000),
        ("1.3", 1.3),
        ("1 000 000", 1_000_000),
        ("100\u00a0000", 100_000),
        ("1.000.000", 1_000_000),
        ("12,34,567", 1_234_567),
        ("3.5m", 3_500_000),
        ("3bn", 3e9),
        ("250k", 250_000),
        ("2½", 2.5),
        ("1.3 billion", 1.3e9),
        ("150 thousand", 150_000),
        ("3 hundred thousand", 300_000),
        ("40 crore", 4e8),
        ("one hundred and ten thousand", 110_000),
        ("twenty-five", 25),
        ("nineteen", 19),
        ("a hundred and fifty", 150),
        ("a hundred thousand", 100_000),
        ("two million three hundred thousand", 2_300_000),
        ("two and a half", 2.5),
        ("one and a half million", 1_500_000),
        ("a dozen", 12),
        ("three dozen", 36),
        ("half a million", 500_000),
        ("half a dozen", 6),
        ("a quarter of a million", 250_000),
    ],
)
def test_a_number_is_read_in_digits_and_in_words(text: str, value: float) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ships",
        "hundreds",
        "several thousand",
        "two thirds",
        "12:30",
        "10.5.2022",
        "007",
        "110,00",
        "9" * 40,
        "5 km",
    ],
)
def test_what_is_not_one_number_alone_is_not_read_as_one(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("word", "unit"),
    [
        ("kilometres", "km"),
        ("km", "km"),
        ("Days", "day"),
        ("feet", "foot"),
        ("tonnes", "tonne"),
        ("MW", "MW"),
        ("centuries", "century"),
        ("ships", None),
    ],
)
def test_a_unit_is_given_in_its_base_form(word: str, unit: str | None) -> None:
    assert base_unit(word) == unit


# sentence, the figure as printed, low, high, bound, unit, counted
CASES = [
    # bounds
    ("Norland has 110,000 troops at the pier.", "110,000 troops", 110_000, 110_000, EXACT, None, "troops"),
    (
        "More than 100,000 Norland troops wait.",
        "More than 100,000 Norland troops",
        1e5,
        1e5,
        LEAST,
        None,
        "Norland troops",
    ),
    ("It has well over 900 ships.", "well over 900 ships", 900, 900, LEAST, None, "ships"),
    ("It lost at least 40 boats.", "at least 40 boats", 40, 40, LEAST, None, "boats"),
    ("They found no fewer than six nests.", "no fewer than six nests", 6, 6, LEAST, None, "nests"),
    ("The island has upwards of 300 wells.", "upwards of 300 wells", 300, 300, LEAST, None, "wells"),
    ("We sold 30 tickets or more.", "30 tickets or more", 30, 30, LEAST, None, "tickets"),
    ("We sold 200-plus tickets.", "200-plus tickets", 200, 200, LEAST, None, "tickets"),
    ("We counted 20+ seals.", "20+ seals", 20, 20, LEAST, None, "seals"),
    ("As many as 30 jets came.", "As many as 30 jets", 30, 30, MOST, None, "jets"),
    ("Norland may send up to 3,000 nurses.", "up to 3,000 nurses", 3000, 3000, MOST, None, "nurses"),
    ("Fewer than 200 farms remain.", "Fewer than 200 farms", 200, 200, MOST, None, "farms"),
    ("It costs under $40.", "under $40", 40, 40, MOST, "USD", ""),
    ("They talked about 12 ships.", "12 ships", 12, 12, EXACT, None, "ships"),
    ("Nearly 90 roads are shut.", "Nearly 90 roads", 90, 90, ABOUT, None, "roads"),
    ("Some 150,000 soldiers marched.", "Some 150,000 soldiers", 150_000, 150_000, ABOUT, None, "soldiers"),
    ("An estimated 130,000 gulls nest here.", "An estimated 130,000 gulls", 130_000, 130_000, ABOUT, None, "gulls"),
    ("They met around 40 mayors.", "around 40 mayors", 40, 40, ABOUT, None, "mayors"),
    ("They closed 50 or so villages.", "50 or so villages", 50, 50, ABOUT, None, "villages"),
    ("It has room for up to about 60 cows.", "up to about 60 cows", 60, 60, MOST, None, "cows"),
    # words
    (
        "One hundred and ten thousand men came.",
        "One hundred and ten thousand men",
        110_000,
        110_000,
        EXACT,
        None,
        "men",
    ),
    ("A dozen ships left.", "A dozen ships", 12, 12, EXACT, None, "ships"),
    ("Hundreds of people fled.", "Hundreds of people", 100, 1000, ABOUT, None, "people"),
    (
        "It destroyed tens of thousands of homes.",
        "tens of thousands of homes",
        10_000,
        100_000,
        ABOUT,
        None,
        "homes",
    ),
    ("They sold several hundred boats.", "several hundred boats", 200, 900, ABOUT, None, "boats"),
    ("It cost millions of dollars.", "millions of dollars", 1e6, 1e9, ABOUT, "USD", ""),
    # shares
    ("Two thirds of voters stayed away.", "Two thirds of voters", 200 / 3, 200 / 3, EXACT, "%", "voters"),
    ("Nearly half of its members left.", "Nearly half of its members", 50, 50, ABOUT, "%", "members"),
    ("They won half the seats.", "half the seats", 50, 50, EXACT, "%", "seats"),
    ("A third of the fleet sank.", "A third of the fleet", 100 / 3, 100 / 3, EXACT, "%", "fleet"),
    ("One in five voters agreed.", "One in five voters", 20, 20, EXACT, "%", "voters"),
    ("It pleased nine out of 10 nurses.", "nine out of 10 nurses", 90, 90, EXACT, "%", "nurses"),
    ("Support came from 70% of respondents.", "70% of respondents", 70, 70, EXACT, "%", "respondents"),
    (
        "He holds a 25 per cent stake in the port.",
        "25 per cent stake",
        25,
        25,
        EXACT,
        "%",
        "stake",
    ),
    ("Prices rose 5 percent on the day.", "5 percent", 5, 5, EXACT, "%", ""),
    ("Its lead fell by 3 percentage points.", "3 percentage points", 3, 3, EXACT, "percentage point", ""),
    ("The rate rose 50 basis points.", "50 basis points", 50, 50, EXACT, "basis point", ""),
    ("Nearly 12 per cent back the plan.", "Nearly 12 per cent", 12, 12, ABOUT, "%", ""),
    # money
    ("Norland gave $1.3bn in aid.", "$1.3bn in aid", 1.3e9, 1.3e9, EXACT, "USD", "aid"),
    ("It raised €500 million.", "€500 million", 5e8, 5e8, EXACT, "EUR", ""),
    ("It cost £20m.", "£20m", 2e7, 2e7, EXACT, "GBP", ""),
    ("It cost US$5bn.", "US$5bn", 5e9, 5e9, EXACT, "USD", ""),
    ("It cost A$7.", "A$7", 7, 7, EXACT, "AUD", ""),
    ("It cost $US90.", "$US90", 90, 90, EXACT, "USD", ""),
    ("It cost CHF 12 million.", "CHF 12 million", 1.2e7, 1.2e7, EXACT, "CHF", ""),
    ("It cost Rs 4 crore.", "Rs 4 crore", 4e7, 4e7, EXACT, "INR", ""),
    ("The port earns 31 million euros a year.", "31 million euros a year", 3.1e7, 3.1e7, EXACT, "EUR", "a year"),
    ("They signed a $28 million deal.", "$28 million deal", 2.8e7, 2.8e7, EXACT, "USD", "deal"),
    ("They signed a $500-million deal.", "$500-million deal", 5e8, 5e8, EXACT, "USD", "deal"),
    ("They paid 80 Canadian dollars.", "80 Canadian dollars", 80, 80, EXACT, "CAD", ""),
    ("They lent it 3 billion rubles.", "3 billion rubles", 3e9, 3e9, EXACT, "RUB", ""),
    ("The fine was 2 million pounds.", "2 million pounds", 2e6, 2e6, EXACT, "GBP", ""),
    ("The cod weighed 30 pounds.", "30 pounds", 30, 30, EXACT, "lb", ""),
    ("They sold $5 million worth of tickets.", "$5 million worth of tickets", 5e6, 5e6, EXACT, "USD", "tickets"),
    # measures
    ("The wall is 20 km long.", "20 km", 20, 20, EXACT, "km", ""),
    ("It has a 1,700 kilometre border.", "1,700 kilometre border", 1700, 1700, EXACT, "km", "border"),
    ("They held a 40-minute call.", "40-minute call", 40, 40, EXACT, "minute", "call"),
    ("It shipped 350 tonnes of grain.", "350 tonnes of grain", 350, 350, EXACT, "tonne", "grain"),
    ("It burned 5 square miles of forest.", "5 square miles of forest", 5, 5, EXACT, "mile²", "forest"),
    ("It fell to -5°C overnight.", "-5°C", -5, -5, EXACT, "°C", ""),
    ("The plant yields 900MW.", "900MW", 900, 900, EXACT, "MW", ""),
    ("It blew at 60 miles an hour.", "60 miles an hour", 60, 60, EXACT, "mph", ""),
    (
        "It pumps 3 million barrels of oil a day.",
        "3 million barrels of oil a day",
        3e6,
        3e6,
        EXACT,
        "barrel",
        "oil a day",
    ),
    ("They talked for two and a half hours.", "two and a half hours", 2.5, 2.5, EXACT, "hour", ""),
    ("They talked for half an hour.", "half an hour", 0.5, 0.5, EXACT, "hour", ""),
    ("The strike lasted over three weeks.", "over three weeks", 3, 3, LEAST, "week", ""),
    ("It fell silent over three weeks.", "three weeks", 3, 3, EXACT, "week", ""),
    ("He ran the 100m sprint.", "100m sprint", 100, 100, EXACT, "m", "sprint"),
    ("It cost $40 in recent months.", "$40", 40, 40, EXACT, "USD", ""),
    # ranges
    ("It has 100,000 to 130,000 sheep.", "100,000 to 130,000 sheep", 100_000, 130_000, BETWEEN, None, "sheep"),
    ("It grew between 5 and 7 per cent.", "between 5 and 7 per cent", 5, 7, BETWEEN, "%", ""),
    ("It pleased 20-25% of voters.", "20-25% of voters", 20, 25, BETWEEN, "%", "voters"),
    ("It will cost $3–4 billion.", "$3–4 billion", 3e9, 4e9, BETWEEN, "USD", ""),
    ("It will cost $3bn-$4bn.", "$3bn-$4bn", 3e9, 4e9, BETWEEN, "USD", ""),
    ("It drew 20-30,000 people.", "20-30,000 people", 20_000, 30_000, BETWEEN, None, "people"),
    ("It will take two or three weeks.", "two or three weeks", 2, 3, BETWEEN, "week", ""),
    ("It drew 2 to 3 million people.", "2 to 3 million people", 2e6, 3e6, BETWEEN, None, "people"),
    # what is counted
    ("Norland sent 350 more British troops.", "350 more British troops", 350, 350, EXACT, None, "British troops"),
    ("It has 12 members of parliament.", "12 members of parliament", 12, 12, EXACT, None, "members of parliament"),
    ("It has 30,000 fighters of its own.", "30,000 fighters", 30_000, 30_000, EXACT, None, "fighters"),
    ("They bought 14 Falcon 2 tanks.", "14 Falcon 2 tanks", 14, 14, EXACT, None, "Falcon 2 tanks"),
    ("They bought six long-range bombers.", "six long-range bombers", 6, 6, EXACT, None, "long-range bombers"),
    ("They questioned 12 women voters there.", "12 women voters", 12, 12, EXACT, None, "women voters"),
    ("They met 15 US diplomats.", "15 US diplomats", 15, 15, EXACT, None, "US diplomats"),
    ("The blast left 12 wounded.", "12 wounded", 12, 12, EXACT, None, "wounded"),
    ("They added 12 confirmed cases.", "12 confirmed cases", 12, 12, EXACT, None, "confirmed cases"),
    ("It has 900 daily readers.", "900 daily readers", 900, 900, EXACT, None, "daily readers"),
    ("Their team has four wins.", "four wins", 4, 4, EXACT, None, "wins"),
    ("It has a 100,000-strong army.", "100,000-strong army", 100_000, 100_000, EXACT, None, "army"),
    ("It lost 350 of its soldiers.", "350 of its soldiers", 350, 350, EXACT, None, "soldiers"),
    ("Only 10,000 are fit to sail.", "10,000", 10_000, 10_000, EXACT, None, ""),
    ("A storm hit, killing 14 and closing the port.", "14", 14, 14, EXACT, None, ""),
    ("At least one soldier drowned.", "At least one soldier", 1, 1, LEAST, None, "soldier"),
]


@pytest.mark.parametrize(("body", "printed", "low", "high", "bound", "unit", "counted"), CASES)
def test_a_figure_is_found_with_all_that_is_printed_of_it(
    body: str, printed: str, low: float, high: float, bound: Bound, unit: str | None, counted: str
) -> None:
    figure = only(body)
    assert body[figure.start : figure.end] == printed
    assert (figure.low, figure.high) == pytest.approx((low, high))
    assert (figure.bound, figure.unit, figure.counted) == (bound, unit, counted)


@pytest.mark.parametrize(
    "body",
    [
        "They sail on Feb. 14, 2022.",
        "They sailed on 14 February 2022 and again in 2019.",
        "It was built in the 1990s.",
        "The 2015 accord holds.",
        "It won in 1984 and around 2010.",
        "Doors open at 7 p.m. and close at 23:30.",
        "Doors open at about 7.",
        "Anna Roe, 34, sings.",
        "A man aged 34 sang.",
        "A 34-year-old man sang.",
        "She is 34 years old.",
        "They met people over 65.",
        "Call 555-123-4567 or +44 20 7946 0958.",
        "The Nord Stream 2 pipeline is empty.",
        "The F-16 and the MiG-29 flew past.",
        "The F-16 jets and #26 fans met.",
        "Leaders of the G7 met.",
        "It breaks Article 5 of the treaty.",
        "He caught Covid-19 there.",
        "It is shielded by Section 230.",
        "It began after World War II.",
        "The Big Ten met.",
        "He called his Big Ten AD colleagues.",
        "Here is 6-foot-11 Joshua Lind.",
        "Is he the “extra man” Ten Haan wants?",
        "Leaders of the Group of Seven met.",
        "She wears shirt #26 and ranks No. 10.",
        "See page 3 and type 2 diabetes.",
        "They finished in the top 10.",
        "She came third, and won the third set.",
        "Harrowmere won 3-1 on Sunday.",
        "Harrowmere 27, Velmark 17.",
        "One must ask which one they meant.",
        "One of them left.",
        "The two would speak again.",
        "It was settled in the second half of the match.",
        "He serves a third term.",
        "See https://example.org/2019/12/350-boats for more.",
        "7 3 0 3 13 27",
        "Harrowmere 7 3 0 13 ships",
        "It is at www.example.org/(40-minute now.",
        "He won it five years ago.",
        "It is a 4K display.",
        "The film runs 1h 34m.",
        "They signed a one-off deal.",
        "He hit .264 this year.",
        "They rated it 8 out of 10.",
    ],
)
def test_other_numbers_are_no_figures(body: str) -> None:
    assert [body[one.start : one.end] for one in figures(body)] == []


def test_a_year_may_be_a_count_of_people() -> None:
    body = "In 2014 they held more than 2000 soldiers."
    assert body[only(body).start : only(body).end] == "more than 2000 soldiers"


def test_a_line_of_a_list_is_no_count() -> None:
    assert figures("1. Salt\n\n2. Bread\n\n25 Anna Roe\n\n26 Stella Hayes") == ()


def test_a_change_is_two_figures_that_share_the_unit() -> None:
    found = figures("Prices rose from 5 to 7 per cent.")
    assert [(one.low, one.high, one.unit, one.bound) for one in found] == [(5, 5, "%", EXACT), (7, 7, "%", EXACT)]


def test_a_year_before_money_is_no_range() -> None:
    body = "It grew by $3 trillion in 2022 to $7 trillion."
    assert [(one.low, one.bound) for one in figures(body)] == [(3e12, EXACT), (7e12, EXACT)]


def test_a_range_may_grow_where_nothing_changes() -> None:
    assert (only("Fares ranged from 5 to 7 euros.").low, only("Fares ranged from 5 to 7 euros.").high) == (5, 7)


@pytest.mark.parametrize("body", ["They gave $5 million to 20 schools.", "They gave 2 million to 20 schools."])
def test_what_goes_to_a_count_is_no_range(body: str) -> None:
    assert [one.bound for one in figures(body)] == [EXACT, EXACT]
    assert body[figures(body)[1].start : figures(body)[1].end] == "20 schools"


@pytest.mark.parametrize(
    ("body", "outer", "inner"),
    [
        ("Three of the 12 jurors slept.", "Three of the 12 jurors", "12 jurors"),
        ("It fired 10% of its 2,300 clerks.", "10% of its 2,300 clerks", "2,300 clerks"),
        ("She kicked 24 of the team’s 28 goals.", "24 of the team’s 28 goals", "28 goals"),
    ],
)
def test_a_part_of_a_count_gives_two_figures(body: str, outer: str, inner: str) -> None:
    assert [body[one.start : one.end] for one in figures(body)] == [outer, inner]
    assert len({one.counted for one in figures(body)}) == 1


def test_figures_come_in_the_order_of_the_text() -> None:
    body = "Some 30 boats and 12 ships left.\n\nAt least 4 came back with 20 tonnes of cod."
    assert [one.low for one in figures(body)] == [30, 12, 4, 20]


def test_credits_are_not_read() -> None:
    text = "Photo of 30 boats."
    kinds = {
        kind: find_figures(text, [Block(1, 0, len(text), text, kind, (Span(0, len(text)),))], ())
        for kind in (PassageKind.CREDIT, PassageKind.CAPTION)
    }
    assert [len(kinds[kind]) for kind in (PassageKind.CREDIT, PassageKind.CAPTION)] == [0, 1]


def test_a_bare_text_has_figures_too() -> None:
    (figure,) = figures_in("Did Norland send more than 500 troops?")
    assert (figure.start, figure.end, figure.low, figure.bound) == (17, 37, 500, LEAST)


# Any text


PIECES = st.sampled_from(
    [
        *" .,;:!?-–—+/#@%$€£“”’'()\n",
        *"0123456789½",
        "1,000",
        "1 000",
        "-plus",
        "US$",
        "bn",
        "km",
        "per cent",
        " one",
        " hundred",
        " half",
        " third",
        " tens",
        " of",
        " the",
        " and",
        " a",
        " in",
        " out",
        " to",
        " between",
        " more than",
        " or so",
        " troops",
        " Britain",
        " million",
        " years",
        " according to",
        " estimates",
        " by",
        "İ",
        "ß",
        "٣",
        "七",
        "\u00a0",
        "\n\n",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_gives_figures_that_stand_in_it(body: str) -> None:
    blocks = split(body)
    found = find_figures(body, blocks, attribute(body, blocks))
    assert list(found) == sorted(found, key=lambda one: (one.start, one.end))
    for one in found:
        assert 0 <= one.start < one.end <= len(body)
        assert one.low <= one.high
        assert one.counted in body
        assert body[one.start : one.end].strip() == body[one.start : one.end]
        assert any(block.start <= one.start and one.end <= block.end for block in blocks)


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("9" * 100_000, 0),
        ("1,000," * 20_000, 0),
        ("1-" * 20_000, 0),
        ("7 " * 20_000, 0),
        ("($“" * 5_000, 0),
        ("دخل ٣٠٠ جندي", 0),
        ("三百名士兵", 0),
        ("NORLAND SENT 300 BOATS.", 1),
        ("300 boats (and “12 ships", 2),
        ("İİİ sent 300 boats.", 1),
    ],
)
def test_hostile_text_is_read_without_complaint(body: str, count: int) -> None:
    block = Block(1, 0, len(body), body, PassageKind.PARAGRAPH, (Span(0, len(body)),))
    found = find_figures(body, [block], ())
    assert len(found) == count
    if count == 1:
        assert body[found[0].start : found[0].end].lower() == "300 boats"


@pytest.mark.parametrize(
    ("clause", "each"),
    [
        ("300 boats left, ", 1),
        ("$3–4 billion, ", 1),
        ("three of the 12 jurors, ", 2),
        ("according to the UN some 500 farms closed and ", 1),
    ],
)
def test_every_figure_of_a_very_long_sentence_is_found(clause: str, each: int) -> None:
    body = clause * 10_000
    block = Block(1, 0, len(body), body, PassageKind.PARAGRAPH, (Span(0, len(body)),))
    assert len(find_figures(body, [block], ())) == 10_000 * each
