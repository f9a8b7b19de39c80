"""Checking a claim, from a person's side of Discord."""

from __future__ import annotations

import json
import random
import re
import sqlite3
from pathlib import Path

import pytest

from tests.bot.discord.conftest import Stage
from tests.discord_server import Interaction
from tests.discord_server.reading import walk
from tests.discord_server.state import Message

MENU = "Check this claim"
PRINTED = "It's NATO moving toward us."
AS_CLAIMED = f"Putin: “{PRINTED}”"


def checked(stage: Stage, text: str, **options: object) -> Interaction:
    return stage.server.command(stage.ada, stage.channel, "check", {"text": text, **options}).wait(30)


def on(stage: Stage, message: Message) -> Interaction:
    return stage.server.message_command(stage.ben, message, MENU).wait(30)


def kept_bytes(stage: Stage) -> bytes:
    return b"".join(path.read_bytes() for path in stage.home.glob("people.db*"))


# The verdicts


def test_printed_as_claimed(stage: Stage) -> None:
    asked = checked(stage, AS_CLAIMED)
    assert asked.text.startswith("**Printed as claimed**")
    assert "Claimed of **Putin**\n> “It's NATO moving toward us.”" in asked.text
    assert "Printed · **Vladimir Putin**\n> “It’s NATO moving toward us.” **\\[1\\]**" in asked.text
    assert "**Sources**\n**\\[1\\]** [Putin warns" in asked.text
    assert "example-gazette.example" in asked.text
    assert not asked.ephemeral


def test_other_words_are_marked_on_both_sides(stage: Stage) -> None:
    text = checked(stage, "Putin said: “It is us moving toward NATO.”").text
    assert text.startswith("**Printed with other words**")
    assert "> “~~It is~~ us moving toward NATO" in text
    assert "> “**It’s not** us moving toward NATO" in text
    assert "struck out" in text
    assert "**bold**: printed" in text


def test_another_speaker(stage: Stage) -> None:
    text = checked(stage, f"Macron: “{PRINTED}”").text
    assert text.startswith("**Printed, but by another speaker**")
    assert "Claimed of **Macron**" in text
    assert "Printed · **Vladimir Putin**" in text


def test_what_is_not_in_the_articles(stage: Stage) -> None:
    text = checked(stage, "Putin said “We will eat ice cream on the moon.”").text
    assert text.startswith("**Not in the articles**")
    assert "The articles quote Putin, but not with these words." in text
    assert "Sources" not in text


def test_several_quotes_get_a_verdict_each(stage: Stage) -> None:
    text = checked(stage, f"Putin said “{PRINTED}” and “we are ready to eat ice.”").text
    assert text.startswith("**Not in the articles**")
    assert "*Printed as claimed*" in text
    assert "*Not in the articles*" in text


def test_nothing_is_called_true_or_false(stage: Stage) -> None:
    for claim in (AS_CLAIMED, f"Macron: “{PRINTED}”", "Putin: “Ice cream.”", "Putin: “It is us moving toward NATO.”"):
        text = checked(stage, claim).text.replace("not whether they are true", "")
        assert not re.search(r"\b(true|false|lie|correct|wrong)\b", text, re.IGNORECASE)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("?!", "nothing to check"), (" \u200b ", "nothing to check"), ("x" * 6_000, "6,000 characters")],
)
def test_what_cannot_be_checked_gets_one_sentence(stage: Stage, typed: str, sentence: str) -> None:
    asked = checked(stage, typed)
    assert sentence in asked.text
    assert "\n" not in asked.text


def test_a_private_check_is_seen_by_its_asker_alone(stage: Stage) -> None:
    assert checked(stage, AS_CLAIMED, private=True).ephemeral


def test_in_direct_messages(stage: Stage) -> None:
    asked = stage.server.command(stage.ada, stage.server.dm(stage.ada), "check", {"text": AS_CLAIMED}).wait(30)
    assert "Printed as claimed" in asked.text


# On a message


def test_the_menu_reads_a_message_that_the_bot_cannot_see(stage: Stage) -> None:
    message = stage.server.send_message(stage.ada, stage.channel, f"Have you heard? {AS_CLAIMED}")
    asked = on(stage, message)
    assert asked.ephemeral
    assert asked.text.startswith("**Printed as claimed**")
    assert "Printed · **Vladimir Putin**" in asked.text


def test_where_a_message_has_no_words_its_preview_is_read(stage: Stage) -> None:
    embed = {"type": "rich", "title": "Breaking", "description": AS_CLAIMED, "fields": []}
    for text in ("", "https://news.example/1 <@1> <:wow:12345678901234567>"):
        message = stage.server.send_message(stage.ada, stage.channel, text, embeds=[embed])
        assert "Printed as claimed" in on(stage, message).text
    fields = {"type": "rich", "fields": [{"name": "Putin", "value": f"“{PRINTED}”", "inline": False}]}
    message = stage.server.send_message(stage.ada, stage.channel, "", embeds=[fields])
    assert "NATO" in on(stage, message).text


def test_cards_made_of_components_are_read_too(stage: Stage) -> None:
    answer = checked(stage, AS_CLAIMED).message
    assert answer is not None
    assert not answer.content
    text = on(stage, answer).text
    assert "Printed · **Vladimir Putin**" in text


def test_a_message_without_any_text_gets_a_sentence(stage: Stage) -> None:
    embed = {"type": "image", "url": "https://pictures.example/1.png"}
    message = stage.server.send_message(stage.ada, stage.channel, "", embeds=[embed])
    assert "no text in this message" in on(stage, message).text


def test_a_message_in_a_server_without_the_bot(stage: Stage) -> None:
    elsewhere = stage.server.add_guild("Elsewhere", bot=False)
    channel = elsewhere.add_channel("lobby")
    traveller = stage.server.add_user("Cleo", [elsewhere], installed=True)
    message = stage.server.send_message(traveller, channel, AS_CLAIMED)
    asked = stage.server.message_command(traveller, message, MENU).wait(30)
    assert asked.ephemeral
    assert "Printed as claimed" in asked.text


# Pages


@pytest.fixture(scope="module")
def long_claim(module_stage: Stage) -> str:
    """Eight printed sentences, more than a page holds with their sources."""
    store = next((module_stage.home / "samples").rglob("articles.db"))
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as db:
        texts = [text for (text,) in db.execute("SELECT text FROM passages ORDER BY id")]
    found = list(dict.fromkeys(quote for text in texts for quote in re.findall(r"^[^“”\".]{150,210}[.]", text)))[:8]
    assert len(found) == 8
    return " ".join(f"“{quote}”" for quote in found)


def test_a_long_private_check_is_turned_in_place(stage: Stage, long_claim: str) -> None:
    asked = checked(stage, long_claim, private=True)
    assert "page 1 of" in asked.text
    assert asked.message is not None
    turned = stage.server.press(stage.ada, asked.message, "Next").wait(30)
    assert turned.message is asked.message
    assert "page 2 of" in turned.text


def test_a_long_public_check_opens_in_private_for_whoever_presses(stage: Stage, long_claim: str) -> None:
    asked = checked(stage, long_claim)
    assert asked.message is not None
    first = asked.text
    assert "press “Next”" in first
    opened = stage.server.press(stage.ben, asked.message, "Next").wait(30)
    assert opened.ephemeral
    assert "page 2 of" in opened.text
    assert opened.message is not None
    assert "page 1 of" in stage.server.press(stage.ben, opened.message, "Previous").wait(30).text
    assert asked.text == first


def test_only_what_buttons_need_is_kept(stage: Stage) -> None:
    checked(stage, "Putin: “A clandestine pineapple.”")
    checked(stage, "Putin: “It is us moving toward clandestine NATO.”", private=True)
    on(stage, stage.server.send_message(stage.ada, stage.channel, "Putin: “A clandestine pineapple.”"))
    assert b"clandestine" not in kept_bytes(stage)


def test_a_public_check_can_be_verified_later_without_its_words(stage: Stage) -> None:
    asked = checked(stage, AS_CLAIMED)
    assert asked.message is not None
    link = f"https://discord.com/channels/{stage.guild.id}/{stage.channel.id}/{asked.message.id}"
    shown = stage.server.command(stage.ben, stage.channel, "verify", {"message-link": link}).wait(30)
    assert "unchanged" in shown.text


def test_words_of_others_go_with_them(stage: Stage, long_claim: str) -> None:
    """A claim whose pages can be turned is kept for that; it is its author's to have forgotten."""
    hal = stage.server.add_user("Hal", [stage.guild])
    message = stage.server.send_message(hal, stage.channel, f"A clandestine pineapple! {long_claim}")
    asked = on(stage, message)
    assert b"clandestine" in kept_bytes(stage)
    forgetting = stage.server.command(hal, stage.channel, "forget-me").wait(20)
    assert "your words in 1 answer of somebody else" in forgetting.text
    assert forgetting.message is not None
    stage.server.press(hal, forgetting.message, "Delete it all").wait(20)
    assert b"clandestine" not in kept_bytes(stage)
    assert asked.message is not None
    assert "after a day" in stage.server.press(stage.ben, asked.message, "Next").wait(20).text


# Hostile texts


def test_nothing_in_a_claim_acts_or_pings(stage: Stage) -> None:
    nasty = (
        f"Putin @everyone <@&1> {stage.ben.mention}: “It's [NATO](javascript:x) ||moving|| `toward` us. https://e.x”"
    )
    for asked in (checked(stage, nasty), on(stage, stage.server.send_message(stage.ada, stage.channel, nasty))):
        for acting in (
            r"(?<!\\)@everyone",
            r"(?<!\\)<@",
            r"(?<!\\)`",
            r"(?<!\\)\|\|",
            r"\]\(javascript",
            r"https://e\.x",
        ):
            assert not re.search(acting, asked.text), acting
    assert [one for one in stage.server.pings if one.message.author is stage.server.bot] == []
    stage.server.pings.clear()


@pytest.mark.shared
def test_hostile_texts_are_checked_like_any_other(stage: Stage, shared: Path) -> None:
    """The Big List of Naughty Strings and BIPIA's orders to a bot: an answer each, nothing acts, nobody is rung."""
    hostile = shared / "bench" / "hostile"
    naughty = json.loads((hostile / "blns" / "blns.json").read_text(encoding="utf-8"))
    orders = json.loads((hostile / "bipia" / "text_attack_test.json").read_text(encoding="utf-8"))
    texts = [text for text in naughty if text] + [order for group in orders.values() for order in group]
    chosen = random.Random(4).sample(texts, 150)
    for n, text in enumerate(chosen):
        claim = f"Putin said “It's NATO moving toward us. {text}”" if n % 2 else text
        asked = stage.server.command(stage.ada, stage.channel, "check", {"text": claim, "private": True}).wait(30)
        assert asked.text
        assert "Something went wrong" not in asked.text, claim
        assert not re.search(r"(?<!\\)@(everyone|here)|(?<!\\)<@|\]\(javascript", asked.text)
        assert asked.message is not None
        assert len(list(walk(asked.message.components))) <= 40
    assert "Traceback" not in stage.bot.output
