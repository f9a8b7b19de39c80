"""What is kept of people, and that it is gone when they want it gone."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from bot.cogs.privacy import privacy_text
from bot.people import DAY, YEAR, People
from tests.bot.discord.conftest import NATO, Stage
from tests.discord_server import Interaction
from tests.discord_server.state import User

PINEAPPLE = "What did Putin say about the clandestine pineapple and NATO expansion?"
MANGO = "What did Putin say about the surreptitious mango and NATO expansion?"

TOLD = {
    "about": "",  # nobody's
    "answers": "which passages I quoted to you, when and where",
    "turns": "questions that you asked in each place",
    "feedback": "whether you found an answer helpful",
    "channels": "",  # a server's settings
    "departures": "",  # a server's
    "lookups": "what you looked up",
    "uploads": "of a file that you add: its name under your Discord number, until it is read",
}
"""Table of the record -> the words of ``/privacy`` that tell of it."""


def kept_bytes(stage: Stage) -> bytes:
    return b"".join(path.read_bytes() for path in stage.home.glob("people.db*"))


def use(stage: Stage, who: User, name: str) -> Interaction:
    return stage.server.command(who, stage.channel, name).wait(20)


def forget(stage: Stage, who: User) -> Interaction:
    asked = use(stage, who, "forget-me")
    assert asked.message is not None
    return stage.server.press(who, asked.message, "Delete it all").wait(20)


# What is told


def test_privacy_says_what_is_kept_and_for_how_long(stage: Stage) -> None:
    asked = use(stage, stage.ada, "privacy")
    assert asked.ephemeral
    assert "for 24 hours: the last 3 questions" in asked.text
    assert "for 366 days: which passages" in asked.text
    assert "/forget-me deletes" in asked.text


def test_privacy_is_true_to_the_record(tmp_path: Path) -> None:
    """Somebody who adds a table of people's doings has to say so to them; and the times are the real ones."""
    People.open(tmp_path).close()
    with sqlite3.connect(tmp_path / "people.db") as db:
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {name for name in tables if not name.startswith("sqlite_")} == set(TOLD)
    text = privacy_text()
    assert all(words in text for words in TOLD.values())
    assert f"for {DAY / 3600:.0f} hours" in text
    assert f"for {YEAR / DAY:.0f} days" in text
    assert len(text) < 4_000
    assert not re.search(r"\{\w*\}", text)


# Forgetting


def test_forgetting_overwrites_every_byte_and_nobody_elses(stage: Stage) -> None:
    server, mention = stage.server, stage.server.bot.mention
    asked = stage.ask(PINEAPPLE)
    server.answer_to(server.send_message(stage.ada, stage.channel, f"{mention} {PINEAPPLE}"), 30)
    server.answer_to(server.direct_message(stage.ada, PINEAPPLE), 30)
    assert asked.message is not None
    server.press(stage.ada, asked.message, "Helpful").wait(20)
    of_ben = stage.ask(MANGO, stage.ben)
    server.answer_to(server.send_message(stage.ben, stage.channel, f"{mention} {MANGO}"), 30)
    before = kept_bytes(stage)
    assert b"clandestine" in before
    assert b"surreptitious" in before
    assert str(stage.ada.id).encode() not in before  # a number, not a text

    question = use(stage, stage.ada, "forget-me")
    assert question.ephemeral
    assert "That is 3 answers, 3 questions of your conversations and 1 opinion on an answer" in question.text
    assert b"clandestine" in kept_bytes(stage)
    assert question.message is not None
    done = server.press(stage.ada, question.message, "Delete it all").wait(20)
    assert done.message is question.message
    assert "Deleted and overwritten: 3 answers" in done.text
    assert not done.message.buttons

    after = kept_bytes(stage)
    assert b"clandestine" not in after
    assert stage.ada.id.to_bytes(8, "big") not in after
    assert b"surreptitious" in after
    assert stage.ben.id.to_bytes(8, "big") in after
    # Buttons of what is gone say so; those of others work on.
    assert "no longer have" in server.press(stage.ada, asked.message, "Context").wait(20).text
    assert of_ben.message is not None
    assert "¶" in server.press(stage.ben, of_ben.message, "Context").wait(20).text
    assert "I keep nothing of you" in use(stage, stage.ada, "forget-me").text


def test_words_that_somebody_else_took_up_go_too(stage: Stage) -> None:
    asked = stage.ask(PINEAPPLE)
    assert asked.message is not None
    form = stage.server.press(stage.ben, asked.message, "Follow up").wait(20)
    sent = stage.server.submit_modal(stage.ben, form, {"Your question": "What did Macron say?"}).wait(30)
    assert sent.message is not None
    stage.server.press(stage.ben, sent.message, "Helpful").wait(20)
    done = forget(stage, stage.ada)
    assert "your words in 1 answer of somebody else" in done.text
    assert b"clandestine" not in kept_bytes(stage)
    # The other's answer stays, without the conversation.
    assert "¶" in stage.server.press(stage.ben, sent.message, "Context").wait(20).text
    assert "after a day" in stage.server.press(stage.ben, sent.message, "Follow up").wait(20).text


def test_nothing_is_deleted_without_being_confirmed(stage: Stage) -> None:
    stage.ask(PINEAPPLE)
    asked = use(stage, stage.ada, "forget-me")
    assert asked.message is not None
    kept = stage.server.press(stage.ada, asked.message, "Keep it").wait(20)
    assert "Nothing was deleted" in kept.text
    assert not kept.message.buttons  # type: ignore[union-attr]
    assert b"clandestine" in kept_bytes(stage)


def test_a_conversation_that_was_forgotten_is_not_gone_on_with(stage: Stage) -> None:
    mention = stage.server.bot.mention
    place = stage.guild.add_channel("forgetful")
    stage.server.answer_to(stage.server.send_message(stage.ada, place, f"{mention} What did Lavrov say?"), 30)
    forget(stage, stage.ada)
    again = stage.server.send_message(stage.ada, place, f"{mention} what else did he say?")
    assert "Whom do you mean" in stage.server.answer_to(again, 30).text


def test_who_left_nothing_behind_is_told_so(stage: Stage) -> None:
    cleo = stage.server.add_user("Cleo", [stage.guild])
    asked = use(stage, cleo, "forget-me")
    assert "I keep nothing of you" in asked.text
    assert asked.message is not None
    assert not asked.message.buttons


def test_the_answer_itself_can_still_be_asked_for(stage: Stage) -> None:
    forget(stage, stage.ada) if "Shall I" in use(stage, stage.ada, "forget-me").text else None
    assert "It's NATO moving toward us." in stage.ask(NATO).text
