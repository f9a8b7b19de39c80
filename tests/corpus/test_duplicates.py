from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import duplicates
from corpus.agencies import credited_agency
from corpus.cleaning import clean
from corpus.duplicates import (
    Fingerprint,
    bands,
    containment,
    fingerprint,
    group,
    resemblance,
    same_origin,
)
from corpus.passages import split

REPORT = [
    "The harbour council of Dunmallow voted on Monday to close the old ferry pier before the winter storms set in.",
    "Engineers had warned in August that two of the nine oak piles under the pier had been eaten through by shipworm.",
    "Mayor Anna Roe told a packed hall that she had crossed on that ferry as a child and would rather lose a vote.",
    "The ferry company, which carries four hundred people a day to Lantern Island, asked for a delay until spring.",
    "Its director, John Lind, said the detour over the Mount Vesper bridge would cost each commuter fifty minutes.",
    "Councillor Mara Vale, who voted against the closure, called the report hasty and asked who had paid for it.",
    "A second survey by the port of Norland found the same damage, and a third pile that leans by eleven degrees.",
    "From Thursday a bus will run every half hour from the market square to the bridge and back.",
    "Islanders said they would row across themselves if they had to, as their grandparents did.",
    "The council will set aside two million crowns for a new pier of steel, to open in three years.",
    "Repairs of the old one would have cost half as much but lasted only one winter, the engineers reckon.",
    "No one was hurt when a plank gave way under a fish cart in September, but the cart was lost.",
]
OTHER = [
    "The harbour council of Dunmallow met on Monday in a hall so full that the doors were left open to the rain.",
    "Outside, islanders held lanterns and sang the ferry song that every child in the district learns at school.",
    "Many had come by the last boat, and nobody seemed sure how they would get home afterwards.",
    "An hour later the vote was read out: nine for closing the pier, four against, one councillor asleep.",
    "For John Lind, who runs the ferry, it was the worst evening since the engine fire of nine years ago.",
    "He had brought drawings of a floating stage that could have been moored within weeks, he said.",
    "Nobody asked to see them, and he rolled them up again under the eyes of his two sons.",
    "Mayor Anna Roe looked tired, and took no questions except from the schoolchildren in the front row.",
    "One of them wanted to know whether shipworms are really worms; they are clams, the mayor answered.",
    "The oak for the pier was felled when the town had no railway, and its planks have been sold to a museum.",
    "What will become of the ticket house with its blue clock is for another meeting to decide.",
    "In the tavern afterwards they drank to the ferry as if somebody had died.",
]
BOILERPLATE = [
    "Sign up to our newsletter and never miss a story from the coast, the islands and the valley again.",
    "This article was first published by the Sample Courier and may not be reproduced without permission.",
    "Follow us on Facebook and Instagram for the pictures and the letters that did not fit on this page.",
]


def read(paragraphs: list[str], title: str = "Old ferry pier to close") -> Fingerprint:
    body = clean("\n\n".join([title, *paragraphs])).body
    return fingerprint(body, split(body))


def agency(text: str, **fields: str) -> str | None:
    body = clean(text).body
    return credited_agency(body, split(body), fields, text)


def test_an_article_is_its_own_copy():
    one = read(REPORT)
    assert one.shingles > 100
    assert resemblance(one, read(REPORT)) == 1.0
    assert same_origin(one, read(REPORT))


def test_copies_are_recognised_under_another_headline_and_in_another_order():
    shuffled = random.Random(1).sample(REPORT, len(REPORT))
    copy = read([" ".join(shuffled[:5]), " ".join(shuffled[5:])], "Islanders lose their ferry")
    assert resemblance(read(REPORT), copy) == 1.0


@pytest.mark.parametrize("seed", range(8))
def test_copies_are_recognised_with_two_fifths_cut_and_boilerplate_added(seed):
    kept = sorted(random.Random(seed).sample(range(len(REPORT)), 7))
    copy = read([REPORT[number] for number in kept] + BOILERPLATE)
    original = read(REPORT)
    assert same_origin(original, copy)
    assert any(one == other for one, other in zip(bands(original), bands(copy), strict=True))
    assert containment(original, copy) > 0.8


def test_a_report_on_the_same_event_is_no_copy():
    assert not same_origin(read(REPORT), read(OTHER))
    assert resemblance(read(REPORT), read(OTHER)) < 0.1


def test_boilerplate_makes_no_copies():
    plain = read(REPORT[:3]), read(OTHER[:3])
    same_outlet = read(REPORT[:3] + BOILERPLATE), read(OTHER[:3] + BOILERPLATE)
    assert same_outlet == plain
    assert not same_origin(*same_outlet)


def test_an_excerpt_belongs_to_the_whole():
    assert same_origin(read(REPORT + OTHER), read(REPORT[:7]))
    assert not same_origin(read(REPORT), read(OTHER + REPORT[:2]))


def test_headlines_captions_and_credits_do_not_count():
    below = ["(Photo: Anna Roe)", "With reporting by John Lind and Mara Vale in Norland."]
    assert read([*REPORT, *below], "Ferry pier: the end") == read(REPORT)


def test_typography_and_case_do_not_count():
    typeset = [line.replace("'", "’").replace("fifty", "FIFTY").replace("fi", "ﬁ") for line in REPORT]
    assert read(typeset) == read(REPORT)


@pytest.mark.parametrize("text", ["", "Ferry", "...", "\n\n", "One. Two. Three.", "👩‍🚒 👩‍🚒", "\u0300", "\ud800"])
def test_a_text_too_short_to_tell_is_nobodys_copy(text):
    one = fingerprint(text, split(text))
    assert not same_origin(one, one)
    assert resemblance(one, one) == containment(one, one) == 0.0
    assert bands(one) == ()
    assert Fingerprint.from_bytes(one.to_bytes()) == one


def test_scripts_without_spaces_are_told_apart_too():
    def page(*numbers: int) -> Fingerprint:
        signs = "渡船码头冬季风暴来临之前关闭工程师警告橡木桩被船蛆蛀空市长表示她小时候曾乘坐"
        signs += "这艘渡轮公司要求推迟到春天岛民自己划船过去"
        lines = ["".join(random.Random(number).sample(signs, 40)) + "。" for number in numbers]
        return fingerprint("\n".join(lines), split("\n".join(lines)))

    assert same_origin(page(1, 2, 3, 4, 5), page(5, 3, 1, 2))
    assert not same_origin(page(1, 2, 3, 4, 5), page(6, 7, 8, 9))


def test_a_long_word_without_spaces_is_one_word():
    text = "x" * 200_000
    assert fingerprint(text, split(text)).shingles == 0


def test_a_stored_fingerprint_comes_back():
    one = read(REPORT)
    stored = one.to_bytes()
    assert Fingerprint.from_bytes(stored) == one
    assert len(stored) == 517


@pytest.mark.parametrize("stored", [b"", b"\x01" + bytes(516), read(REPORT).to_bytes()[:-1], bytes(517)])
def test_what_is_no_stored_fingerprint_is_refused(stored):
    with pytest.raises(ValueError, match="not a fingerprint"):
        Fingerprint.from_bytes(stored)


def test_fingerprints_do_not_change_between_versions_of_the_code():
    # A change here asks for another duplicates._VERSION: stored fingerprints would no longer match new ones.
    assert duplicates._VERSION == 2
    assert bands(read(REPORT))[:2] == (bytes.fromhex("8c05e178"), bytes.fromhex("fd7d4cbd"))


def test_more_shingles_than_are_hashed_at_once():
    rng = random.Random(0)
    lines = [" ".join(f"w{rng.randrange(10**6)}" for _ in range(30)) + "." for _ in range(400)]
    whole, part = read(lines), read(lines[:240])
    assert whole.shingles > 2 * duplicates._CHUNK
    assert resemblance(whole, part) == pytest.approx(0.6, abs=0.1)


def test_groups_are_a_partition_in_the_given_order():
    items = [("a", read(REPORT)), ("b", read(OTHER)), ("c", read(REPORT[:8])), ("d", read(["Too short."]))]
    assert group(items) == [["a", "c"], ["b"], ["d"]]
    assert group([]) == []


def test_two_copies_that_meet_only_in_the_original_are_one_group():
    first, second = read(REPORT[:7]), read(REPORT[5:])
    assert not same_origin(first, second)
    assert group([(1, first), (2, second)]) == [[1], [2]]
    assert group([(1, first), (2, second), (3, read(REPORT))]) == [[1, 2, 3]]


def test_a_thousand_copies_are_compared_far_fewer_than_half_a_million_times(monkeypatch):
    compared = 0
    judge = duplicates.same_origin

    def counting(one: Fingerprint, other: Fingerprint) -> bool:
        nonlocal compared
        compared += 1
        return judge(one, other)

    monkeypatch.setattr(duplicates, "same_origin", counting)
    prints = [read(REPORT), read(REPORT[:10]), read(REPORT[2:])]
    assert len(group([(number, prints[number % 3]) for number in range(1000)])) == 1
    assert compared < 3000


@given(
    st.lists(st.sampled_from([*REPORT[:4], "你好。", "", "“", "By Anna Roe", "x" * 300]), max_size=12).map("\n".join)
)
def test_any_text_has_a_fingerprint(text):
    one = fingerprint(text, split(text))
    assert len(one.signature) in (0, 512)
    assert (one.shingles > 0) is bool(one.signature)


BODY = "\n\n".join(REPORT[:4])


@pytest.mark.parametrize(
    ("text", "credited"),
    [
        (f"DUNMALLOW, Feb 8 (Reuters) - {BODY}", "Reuters"),
        (f"DUNMALLOW (AP) — {BODY}", "AP"),
        (f"Feb. 8 (UPI) -- {BODY}", "UPI"),
        (f"Dunmallow (dpa) - {BODY}", "dpa"),
        (f"(AFP) – {BODY}", "AFP"),
        (f"LONDON (PA) — {BODY}", "PA"),
        (f"Pier to close\n\nBy AP staff\n\n{BODY}", "AP"),
        (f"Pier to close\n\nBy The Associated Press\n\n{BODY}", "AP"),
        (f"Pier to close\n\nBy JANE DOE Associated Press\n\n{BODY}", "AP"),
        (f"Pier to close\n\nBy Jane Doe, Agence France-Presse\n\n{BODY}", "AFP"),
        (f"Pier to close\n\nReuters\n\n{BODY}", "Reuters"),
        (f"{BODY}\n\n© 2022 AFP", "AFP"),
        (f"{BODY}\n\nCopyright 2022 The Associated Press. All rights reserved.", "AP"),
        (f"{BODY}\n\n© AAP", "AAP"),
        (f"{BODY}\n\nWith reporting by Reuters", "Reuters"),
        (f"{BODY}\n\n(With files from The Canadian Press)", "The Canadian Press"),
        (f"{BODY}\n\nThe Associated Press contributed to this report.", "AP"),
        (f"{BODY}\n\nJane Doe of Reuters and John Roe contributed to this report.", "Reuters"),
        (f"{BODY} — AFP", "AFP"),
        (f"{BODY}\n\n— Bernama", "Bernama"),
        (f"{BODY}\n\nSource: Xinhua", "Xinhua"),
    ],
)
def test_an_agency_is_credited(text, credited):
    assert agency(text) == credited


@pytest.mark.parametrize(
    ("fields", "credited"),
    [
        ({"author": "Associated Press"}, "AP"),
        ({"author": "Jane Doe, The Associated Press"}, "AP"),
        ({"author": "Jane Doe and John Roe | Reuters"}, "Reuters"),
        ({"author": "Reuters Staff"}, "Reuters"),
        ({"outlet": "Bloomberg"}, "Bloomberg"),
        ({"author": "Kyodo News", "outlet": "Sample Courier"}, "Kyodo"),
        ({"author": "Michael R. Bloomberg"}, None),
        ({"author": "Jane Doe", "outlet": "CNN"}, None),
    ],
)
def test_an_agency_is_credited_by_metadata(fields, credited):
    assert agency(f"Pier to close\n\n{BODY}", **fields) == credited


@pytest.mark.parametrize(
    "line",
    [
        "“We will row across if we have to,” an islander told Reuters.",
        "The piles are rotten, according to TASS and Interfax.",
        "Roe told the AP – and later the AFP – that she was sorry.",
        "The pier at dusk. (AP Photo/Jane Doe)",
        "Islanders with lanterns. Photo: Reuters",
        "The shares fell by a third, data compiled by Bloomberg showed.",
        "By Michael R. Bloomberg",
        "Senator Jane Doe (PA) – who grew up here – was moved.",
        "The AP Automation company paid for the party.",
        "PA",
    ],
)
@pytest.mark.parametrize("place", ["top", "end"])
def test_a_mention_credits_nobody(line, place):
    text = f"Pier to close\n\n{line}\n\n{BODY}" if place == "top" else f"Pier to close\n\n{BODY}\n\n{line}"
    assert agency(text) is None


@given(st.text(max_size=200), st.text(max_size=40))
def test_any_text_credits_somebody_or_nobody(text, author):
    credited_agency(text, split(text), {"author": author, "outlet": author}, text)
