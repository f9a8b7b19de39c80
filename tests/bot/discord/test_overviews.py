"""``/timeline`` and ``/compare``, from a person's side of Discord."""

from __future__ import annotations

import re
import sqlite3

import pytest

from tests.bot.discord.conftest import Stage
from tests.bot.discord.flood import ENDLESS, EVACUATED, FLOOD, MAYOR, REOPENS
from tests.bot.discord.shelf import editor_of
from tests.bot.discord.test_verifying import link, verify
from tests.discord_server import Interaction
from tests.discord_server.reading import walk
from tests.discord_server.state import Channel, User

SAMPLES = "Macron's visit to Moscow"
DAY = re.compile(r"^\*\*(\d+) May 2023\*\*$", re.MULTILINE)
NUMBER = re.compile(r"\*\*\\\[(\d+)\\\]\*\*")


def use(
    stage: Stage, command: str, who: User | None = None, where: Channel | None = None, **given: object
) -> Interaction:
    return stage.server.command(who or stage.ada, where or stage.channel, command, given).wait(60)


def press(stage: Stage, shown: Interaction, label: str, who: User | None = None) -> Interaction:
    assert shown.message is not None
    return stage.server.press(who or stage.ada, shown.message, label).wait(60)


def pictures(shown: Interaction) -> list[str]:
    """Files that the message has and shows: Discord hides what no component names."""
    assert shown.message is not None
    named = [
        item["media"].get("attachment_id") for one in walk(shown.message.components) for item in one.get("items") or ()
    ]
    assert named == [one["id"] for one in shown.message.attachments]
    return [str(one["filename"]) for one in shown.message.attachments]


def set_for(stage: Stage, channel: Channel, *labels: str) -> None:
    editor = editor_of(stage, stage.guild)
    panel = stage.server.command(editor, channel, "setup").wait(20)
    assert panel.message is not None
    for label in labels:
        stage.server.press(editor, panel.message, label).wait(20)


def only_outlets(stage: Stage, channel: Channel, *outlets: str) -> None:
    editor = editor_of(stage, stage.guild)
    panel = stage.server.command(editor, channel, "setup").wait(20)
    assert panel.message is not None
    stage.server.select(editor, panel.message, *outlets).wait(20)


# /timeline


def test_a_timeline_tells_day_by_day_how_each_day_is_known(flood: Stage) -> None:
    shown = use(flood, "timeline", question=EVACUATED)
    assert not shown.ephemeral
    assert shown.text.startswith(f"**{EVACUATED}**\n-# 5 events, oldest first")
    assert [int(day) for day in DAY.findall(shown.text)] == [1, 2, 3, 4]
    # A day that was counted, one that is the publication's, and two events below one day.
    assert (
        "**1 May 2023**\n> “The river Tarn flooded Port Ellery on Monday.” **\\[1\\]** · *derived from “on Monday”*"
        in shown.text
    )
    assert "after the flood.” **\\[1\\]** · *published*" in shown.text
    assert re.search(
        r"\*\*3 May 2023\*\*\n> “More than 1,000 .+\n> “After the flood .+ · \*derived from “on Wednesday”\*",
        shown.text,
    )
    # Numbered as they come, each source once, with the outlet.
    numbers = NUMBER.findall(shown.text.partition("**Sources**")[0])
    assert list(dict.fromkeys(numbers)) == ["1", "2", "3", "4"]
    assert NUMBER.findall(shown.text.partition("**Sources**")[2]) == ["1", "2", "3", "4"]
    assert "[Port Ellery under water](https://harbour.example/2023-05-02#:~:text=" in shown.text
    assert "Test Courier · 2 May 2023 · ¶ 1" in shown.text


def test_a_day_that_is_printed_in_full_needs_no_word(flood: Stage) -> None:
    shown = use(flood, "timeline", question=REOPENS)
    assert "derived from “on Saturday”" in shown.text
    assert "published" not in shown.text  # nor the word that explains it


def test_a_speaker_is_named_where_the_words_do_not(stage: Stage) -> None:
    text = use(stage, "timeline", question="What did Putin say about Zelensky?", speaker="Vladimir Putin").text
    assert '> **Vladimir Putin:** "You may like it or may not like it' in text
    assert '“"You' not in text


def test_the_picture_of_a_timeline_is_attached_and_told_in_words(flood: Stage) -> None:
    shown = use(flood, "timeline", question=EVACUATED)
    assert pictures(shown) == ["timeline.png"]
    assert shown.message is not None
    (file,) = shown.message.attachments
    assert flood.server.world.files[int(file["id"])].startswith(b"\x89PNG")
    assert file["description"].startswith("Timeline of 5 events, from 1 May 2023")
    (item,) = [item for one in walk(shown.message.components) for item in one.get("items") or ()]
    assert item["description"] == file["description"]


def test_one_day_alone_is_no_picture(flood: Stage) -> None:
    shown = use(flood, "timeline", question=FLOOD, until="2023-05-02", outlet="Test Herald")
    assert "No article matches" in shown.text
    assert pictures(shown) == []


def test_a_public_timeline_stays_and_opens_further_for_whoever_wants(stage: Stage) -> None:
    shown = use(stage, "timeline", question=SAMPLES)
    assert shown.message is not None
    assert shown.message.buttons == ["Next"]
    first = shown.text
    total = int(re.findall(r"page 1 of (\d+); “Next” opens", first)[0])
    opened = press(stage, shown, "Next", stage.ben)
    assert opened.ephemeral
    assert opened.message is not shown.message
    assert f"page 2 of {total}" in opened.text
    assert pictures(opened) == []
    assert shown.message.text == first
    # What stands on all pages: each event once, days ascending.
    pages = [first, opened.text]
    for number in range(3, total + 1):
        turned = press(stage, opened, "Next", stage.ben)
        assert turned.message is opened.message
        assert f"page {number} of {total}" in turned.text
        pages.append(turned.text)
    events = [line for page in pages for line in page.split("\n") if line.startswith("> ")]
    assert len(events) == int(re.findall(r"-# (\d+) events", first)[0])
    days = [int(day) for page in pages for day in re.findall(r"^\*\*(\d+)(?:–\d+)? Feb 2022\*\*$", page, re.MULTILINE)]
    assert days == sorted(days)
    numbers = [int(n) for page in pages for n in NUMBER.findall(page.partition("**Sources**")[0])]
    assert list(dict.fromkeys(numbers)) == list(range(1, max(numbers) + 1))


def test_a_private_timeline_is_turned_in_place_and_its_picture_comes_back(stage: Stage) -> None:
    shown = use(stage, "timeline", question=SAMPLES, private=True)
    assert shown.ephemeral
    assert pictures(shown) == ["timeline.png"]
    turned = press(stage, shown, "Next")
    assert turned.message is shown.message
    assert "page 2 of" in turned.text
    assert pictures(turned) == []
    back = press(stage, turned, "Previous")
    assert "page 1 of" in back.text
    assert pictures(back) == ["timeline.png"]


def test_outlets_days_and_speakers_narrow_it(flood: Stage) -> None:
    herald = use(flood, "timeline", question=FLOOD, outlet="test herald").text
    assert "Test Herald" in herald
    assert "Test Courier" not in herald
    assert "10 May 2023" not in use(flood, "timeline", question=FLOOD, until="2023-05-04").text
    assert "1 May 2023" not in use(flood, "timeline", question=FLOOD, since="2023-05-05").text
    brook = use(flood, "timeline", question=FLOOD, speaker="Ada Brook").text
    assert "We have never seen the Tarn so high" in brook
    assert "evacuated" not in brook


@pytest.mark.parametrize("command", ["timeline", "compare"])
def test_what_cannot_be_asked_gets_the_sentence_of_ask(flood: Stage, command: str) -> None:
    for given in (
        {"question": "?!"},
        {"question": " \u200b "},
        {"question": "x" * 6_000},
        {"question": FLOOD, "since": "yesterday"},
        {"question": FLOOD, "since": "2023-05-09", "until": "2023-05-01"},
        {"question": FLOOD, "since": "2030-01-01"},
    ):
        sentence = flood.server.command(flood.ada, flood.channel, "ask", given).wait(30)
        shown = use(flood, command, **given)
        last = [line for line in shown.text.split("\n") if line.strip()][-1]
        assert last in sentence.text, given
        assert "Traceback" not in shown.text


def test_an_option_that_is_repeated_in_a_sentence_does_not_act(flood: Stage) -> None:
    wicked = "[free](https://evil.example) @everyone **x**"
    for command in ("ask", "timeline", "compare"):
        text = use(flood, command, question=FLOOD, since=wicked).text
        assert "\\[free\\]\\(https\\://evil.example\\) \\@everyone \\*\\*x\\*\\*" in text


@pytest.mark.parametrize(
    ("option", "begun", "expected"), [("speaker", "A", "Ada Brook"), ("outlet", "sk", "Skarn Tidings")]
)
def test_names_are_offered_while_somebody_types(flood: Stage, option: str, begun: str, expected: str) -> None:
    offered = flood.server.autocomplete(flood.ada, flood.channel, "timeline", option, begun, {"question": FLOOD}).wait()
    assert expected in [choice["value"] for choice in offered.choices or ()]


# /compare


def test_a_comparison_gives_each_outlet_its_words_with_their_sources(flood: Stage) -> None:
    shown = use(flood, "compare", question=EVACUATED, until="2023-05-04")
    assert not shown.ephemeral
    head, *outlets = shown.text.split("### ")
    assert head == f"**{EVACUATED}**\n-# 3 outlets print an answer\n"
    assert sorted(part.split("\n")[0] for part in outlets) == ["Skarn Tidings", "Test Courier", "Test Herald"]
    for number, part in enumerate(outlets, start=1):
        quote, source = re.findall(r"^(?:> |-# ).+", part, re.MULTILINE)[:2]
        assert quote.endswith(f"**\\[{number}\\]**")
        assert source.startswith(f"-# **\\[{number}\\]** [")
        assert part.split("\n")[0] not in source
    assert "About 1,200 people" in next(part for part in outlets if part.startswith("Test Courier"))


def test_who_prints_nothing_on_it_is_named_last(flood: Stage) -> None:
    text = use(flood, "compare", question=MAYOR).text
    assert "### Test Courier" in text
    last = text.split("\n")[-1]
    assert last.startswith("**Do not say:** ")
    assert "Tarn Gazette" in last
    assert "### Tarn Gazette" not in text


def test_what_no_outlet_says_is_declined_as_ask_does(stage: Stage) -> None:
    question = "What did Xi Jinping say about the crisis?"
    assert use(stage, "compare", question=question).text == stage.ask(question, private=True).text


def test_a_private_comparison_and_its_pages(stage: Stage) -> None:
    shown = use(stage, "compare", question=SAMPLES, private=True)
    assert shown.ephemeral
    total = int(re.findall(r"page 1 of (\d+)", shown.text)[0])
    pages = [shown.text]
    for _ in range(2, total + 1):
        pages.append(press(stage, shown, "Next").text)
    whole = "\n".join(pages)
    outlets = re.findall(r"^### (.+)$", whole, re.MULTILINE)
    assert len(set(outlets)) == int(re.findall(r"-# (\d+) outlets", whole)[0]) > 2
    # Each page names its outlet and the sources of its quotes.
    for page in pages:
        body = page.partition("### ")[2]
        assert set(re.findall(r"^> .*\*\*\\\[(\d+)\\\]\*\*", body, re.MULTILINE)) == set(
            re.findall(r"^-# \*\*\\\[(\d+)\\\]\*\*", body, re.MULTILINE)
        )


# Both


@pytest.mark.parametrize("command", ["timeline", "compare"])
def test_what_is_set_for_a_channel_holds(flood: Stage, command: str) -> None:
    channel = flood.guild.add_channel(f"{command}-quiet")
    set_for(flood, channel, "Private by default")
    only_outlets(flood, channel, "Test Courier", "Tarn Gazette")
    shown = use(flood, command, where=channel, question=EVACUATED)
    assert shown.ephemeral
    assert "Test Courier" in shown.text
    assert "Herald" not in shown.text
    assert "Skarn Tidings" not in shown.text
    assert not use(flood, command, where=channel, question=EVACUATED, private=False).ephemeral
    if command == "timeline":
        refused = use(flood, command, where=channel, question=EVACUATED, outlet="Test Herald")
        assert "this is none of them" in refused.text
        offered = flood.server.autocomplete(flood.ada, channel, command, "outlet", "", {"question": FLOOD}).wait()
        assert [choice["value"] for choice in offered.choices or ()] == ["Tarn Gazette", "Test Courier"]
    else:
        assert "**Do not say:** Tarn Gazette" in shown.text


@pytest.mark.parametrize("command", ["timeline", "compare"])
def test_nothing_in_a_question_or_an_article_acts(flood: Stage, command: str) -> None:
    question = f"{FLOOD} @everyone <@&1> [gas](javascript:alert) **x** ||y|| `z` https://e.x {ENDLESS}"[:2_000]
    for asked in (question, FLOOD, EVACUATED):
        shown = use(flood, command, question=asked, private=True)
        pages = [shown.text]
        while shown.message is not None and "Next" in shown.message.buttons:
            if next(one for one in walk(shown.message.components) if one.get("label") == "Next").get("disabled"):
                break
            pages.append(press(flood, shown, "Next").text)
        for text in pages:
            assert not re.search(
                r"(?<!\\)@(everyone|here)|(?<!\\)<@|\]\((?!https://\w+\.example)|(?<!\\)\|\||(?<!\\)`", text
            )
            assert "https://evil" not in text
            assert len(text) <= 4_000
    whole = "".join(pages)
    assert "\\@everyone, said \\<\\@&1\\> \\*\\*on Thursday\\*\\*" in whole


def test_a_public_overview_can_be_verified_and_keeps_no_question(flood: Stage) -> None:
    timeline = use(flood, "timeline", question=EVACUATED)
    compared = use(flood, "compare", question=EVACUATED, until="2023-05-04")
    assert "About 1,200 people" in verify(flood, link(timeline.message)).text
    assert "3 unchanged" in verify(flood, link(compared.message)).text
    with sqlite3.connect(flood.home / "people.db") as record:
        rows = record.execute("SELECT words FROM answers WHERE message = ?", (timeline.message.id,)).fetchall()  # type: ignore[union-attr]
    record.close()
    assert rows == [(None,)]


def test_pages_end_after_a_day_and_belong_to_their_server(stage: Stage) -> None:
    shown = use(stage, "timeline", question=SAMPLES)
    private = use(stage, "timeline", question=SAMPLES, private=True)
    # Somebody else with a copy of the button of a private one.
    assert private.message is not None
    assert shown.message is not None
    wanted = next(one["custom_id"] for one in walk(private.message.components) if one.get("label") == "Next")
    for one in walk(shown.message.components):
        if one.get("label") == "Next":
            one["custom_id"] = wanted
    copied = press(stage, shown, "Next", stage.ben)
    assert copied.ephemeral
    assert "Only the person who asked" in copied.text
    with sqlite3.connect(stage.home / "people.db") as record:
        record.execute("UPDATE lookups SET made_at = made_at - 86400")
    record.close()
    assert "no longer kept after a day" in press(stage, private, "Next").text


def test_help_lists_both_and_their_descriptions_are_short(stage: Stage) -> None:
    shown = stage.server.command(stage.ada, stage.channel, "help").wait(20)
    assert "`/timeline` What happened when" in shown.text
    assert "`/compare` One question, outlet by outlet" in shown.text


def test_in_direct_messages(flood: Stage) -> None:
    dm = flood.server.dm(flood.ben)
    assert "1 May 2023" in use(flood, "timeline", flood.ben, dm, question=EVACUATED).text
    assert "### Test Courier" in use(flood, "compare", flood.ben, dm, question=EVACUATED).text
