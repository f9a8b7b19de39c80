"""A server in which the bot may do what its install link asks for, and nobody else anything for it."""

from __future__ import annotations

import pytest

from bot import words
from bot.invite import PERMISSIONS, permissions_number
from tests.bot.discord.conftest import NATO, Stage
from tests.discord_server import world
from tests.discord_server.permissions import ALL, USUAL
from tests.discord_server.state import Channel, Guild, User

PRINTED = "NATO moving toward us"


def joined(stage: Stage, monkeypatch: pytest.MonkeyPatch, permissions: int) -> tuple[Guild, Channel, User]:
    """@everyone may do nothing; a person has a role, the bot what it was given when it was installed."""
    monkeypatch.setattr(world, "USUAL", permissions)
    guild = stage.server.add_guild("Strict", bot=False, permissions=0)
    channel = guild.add_channel("desk")
    person = stage.server.add_user("Eve")
    guild.add_member(person, [guild.add_role("Staff", USUAL)])
    stage.server.invite_bot(guild)
    return guild, channel, person


def test_the_permissions_of_the_link_are_enough(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    guild, channel, person = joined(stage, monkeypatch, permissions_number())
    server = stage.server
    assert PRINTED in stage.ask(NATO, person, channel).text
    mention = server.send_message(person, channel, f"{server.bot.mention} {NATO}")
    assert PRINTED in server.answer_to(mention, 30).text
    private = stage.ask(NATO, person, channel, private=True)
    assert private.message is not None
    assert words.SHARED in server.press(person, private.message, words.SHARE).wait(20).text
    panel = server.command(guild.owner, channel, words.SETUP.name).wait(20)
    assert panel.message is not None
    server.press(guild.owner, panel.message, words.SETUP_THREADS_ON).wait(20)
    asked = server.send_message(person, channel, f"{server.bot.mention} {NATO}")
    assert server.wait_until(lambda: asked.thread is not None and asked.thread.last_message is not None, 30)
    assert asked.thread is not None
    assert asked.thread.last_message is not None
    assert PRINTED in asked.thread.last_message.text


@pytest.mark.parametrize("left_out", ["view_channel", "send_messages", "read_message_history"])
def test_none_of_them_is_asked_for_in_vain(stage: Stage, monkeypatch: pytest.MonkeyPatch, left_out: str) -> None:
    guild, channel, person = joined(stage, monkeypatch, permissions_number() & ~PERMISSIONS[left_out])
    assert guild.bot_member is not None
    server = stage.server
    # A command is answered without any of them.
    assert PRINTED in stage.ask(NATO, person, channel).text
    mention = server.send_message(person, channel, f"{server.bot.mention} {NATO}")
    second = stage.ask(NATO, person, channel)
    assert second.message is not None
    later = [one for one in server.all_messages(channel) if one.id > mention.id and one.interaction is None]
    assert not [one for one in later if one.author is server.bot]


def test_every_command_of_the_words_is_there_and_no_other(stage: Stage) -> None:
    told = {one.name for one in vars(words).values() if isinstance(one, words.Command)} | {words.CHECK_MENU}
    assert set(stage.server.offered(stage.guild.owner, stage.channel)) == told
    assert ALL & permissions_number() == permissions_number()
