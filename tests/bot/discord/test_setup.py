"""``/setup``: what is set for a channel, and what the bot then does there."""

from __future__ import annotations

import pytest

from tests.bot.discord.conftest import NATO, TROOPS, Stage
from tests.discord_server import Interaction, NotOfferedError
from tests.discord_server.permissions import MANAGE_GUILD, USUAL
from tests.discord_server.reading import selects_of
from tests.discord_server.state import Channel, User

MACRON = "What did Macron say about Ukraine?"


@pytest.fixture
def editor(stage: Stage) -> User:
    """May manage the server."""
    made = stage.server.add_user("Editor", [stage.guild])
    stage.guild.members[made.id].roles.append(stage.guild.add_role("Editors", MANAGE_GUILD))
    return made


@pytest.fixture
def channel(stage: Stage) -> Channel:
    """Nothing is set for it."""
    return stage.guild.add_channel("quiet")


def panel(stage: Stage, editor: User, channel: Channel) -> Interaction:
    return stage.server.command(editor, channel, "setup").wait(20)


def press(stage: Stage, editor: User, opened: Interaction, *labels: str) -> None:
    assert opened.message is not None
    for label in labels:
        stage.server.press(editor, opened.message, label).wait(20)


def test_the_panel_shows_the_present_state(stage: Stage, editor: User, channel: Channel) -> None:
    opened = panel(stage, editor, channel)
    assert opened.ephemeral
    assert opened.message is not None
    assert f"<#{channel.id}>" in opened.text
    assert "**Outlets**: all" in opened.text
    assert opened.message.buttons == ["Commands only", "A thread for each question", "Private by default"]
    press(stage, editor, opened, "Commands only", "Private by default")
    assert "commands only; in threads" in opened.message.text
    again = panel(stage, editor, channel)
    assert again.message is not None
    assert again.message.buttons == ["Answer mentions", "A thread for each question", "Public by default"]
    press(stage, editor, again, "Answer mentions")
    assert "**Mentions**: answered" in again.message.text


def test_another_channel_may_be_named(stage: Stage, editor: User, channel: Channel) -> None:
    opened = stage.server.command(editor, stage.channel, "setup", {"channel": channel}).wait(20)
    press(stage, editor, opened, "Private by default")
    assert stage.ask(NATO, where=channel).ephemeral
    assert not stage.ask(NATO).ephemeral


def test_only_those_who_manage_the_server_see_it(stage: Stage, editor: User, channel: Channel) -> None:
    with pytest.raises(NotOfferedError):
        stage.server.command(stage.ada, channel, "setup")
    with pytest.raises(NotOfferedError):
        stage.server.command(editor, stage.server.dm(editor), "setup")
    opened = panel(stage, editor, channel)
    # The right is gone while the panel stands.
    stage.guild.members[editor.id].roles.clear()
    assert opened.message is not None
    pressed = stage.server.press(editor, opened.message, "Commands only").wait(20)
    assert "Manage Server" in pressed.text
    mention = stage.server.send_message(stage.ada, channel, f"{stage.server.bot.mention} {NATO}")
    assert "NATO moving" in stage.server.answer_to(mention, 30).text


def test_private_by_default_unless_somebody_says_otherwise(stage: Stage, editor: User, channel: Channel) -> None:
    press(stage, editor, panel(stage, editor, channel), "Private by default")
    assert stage.ask(NATO, where=channel).ephemeral
    assert not stage.ask(NATO, where=channel, private=False).ephemeral


def test_commands_only_leaves_mentions_alone(stage: Stage, editor: User, channel: Channel) -> None:
    press(stage, editor, panel(stage, editor, channel), "Commands only")
    before = len(stage.server.all_messages(channel))
    stage.server.send_message(stage.ada, channel, f"{stage.server.bot.mention} {NATO}")
    assert "NATO moving" in stage.ask(NATO, where=channel).text
    assert len(stage.server.all_messages(channel)) == before + 2
    # Elsewhere, and in direct messages, nothing has changed.
    assert "NATO moving" in stage.server.answer_to(stage.server.direct_message(stage.ada, NATO), 30).text


def test_outlets_are_chosen_from_a_menu_and_held_to(stage: Stage, editor: User, channel: Channel) -> None:
    opened = panel(stage, editor, channel)
    assert opened.message is not None
    stage.server.select(editor, opened.message, "Example Gazette").wait(20)
    assert "only Example Gazette" in opened.message.text
    (menu,) = selects_of(opened.message)
    assert [one["label"] for one in menu["options"] if one.get("default")] == ["Example Gazette"]
    asked = stage.ask(TROOPS, where=channel)
    assert "Example Gazette" in asked.text
    assert "Sample Wire" not in asked.text
    assert "from some outlets only" in stage.ask(TROOPS, where=channel, outlet="Sample Wire Service").text
    assert "Example Gazette" in stage.ask(TROOPS, where=channel, outlet="example gazette").text
    offered = stage.server.autocomplete(stage.ada, channel, "ask", "outlet", "", {"question": "Who?"}).wait()
    assert [choice["value"] for choice in offered.choices or ()] == ["Example Gazette"]
    assert "Sample Wire" in stage.ask(TROOPS).text
    press(stage, editor, opened, "All outlets")
    assert "**Outlets**: all" in opened.message.text


def test_a_question_by_command_gets_a_thread_that_knows_it(stage: Stage, editor: User, channel: Channel) -> None:
    press(stage, editor, panel(stage, editor, channel), "A thread for each question")
    asked = stage.ask(MACRON, where=channel)
    assert asked.message is not None
    assert stage.server.wait_until(lambda: asked.message and asked.message.thread, 10)
    thread = asked.message.thread
    assert thread is not None
    assert thread.name == MACRON
    for who in (stage.ada, stage.ben):
        follow = stage.server.send_message(
            who, thread, f"{stage.server.bot.mention} And what did he say about Belarus?"
        )
        answer = stage.server.answer_to(follow, 30)
        assert "Understood as" in answer.text
        assert "Macron" in answer.text
    # A follow-up stays in its thread, and the channel's settings hold there.
    assert answer.channel is thread
    assert answer.thread is None
    # A private answer is for nobody else's eyes.
    private = stage.ask(MACRON, where=channel, private=True)
    assert private.message is not None
    assert private.message.thread is None


def test_a_mention_gets_a_thread_and_the_answer_stands_in_it(stage: Stage, editor: User, channel: Channel) -> None:
    press(stage, editor, panel(stage, editor, channel), "A thread for each question", "Commands only")
    opened = panel(stage, editor, channel)
    press(stage, editor, opened, "Answer mentions")
    message = stage.server.send_message(stage.ada, channel, f"{stage.server.bot.mention} {MACRON}")
    assert stage.server.wait_until(lambda: message.thread and message.thread.last_message, 30)
    thread = message.thread
    assert thread is not None
    first = thread.last_message
    assert first is not None
    assert "Macron" in first.text
    assert "Context" in first.buttons
    opened_context = stage.server.press(stage.ben, first, "Context").wait(20)
    assert "¶" in opened_context.text
    # Commands only: in a thread that was opened for a question, mentions are how one goes on.
    press(stage, editor, opened, "Commands only")
    follow = stage.server.send_message(stage.ben, thread, "And what did he say about Belarus?", reply_to=first)
    assert "Macron" in stage.server.answer_to(follow, 30).text


def test_where_threads_may_not_be_opened_the_answer_stands_in_the_channel(
    stage: Stage, editor: User, channel: Channel
) -> None:
    press(stage, editor, panel(stage, editor, channel), "A thread for each question")
    channel.set_overwrite(stage.guild.everyone, deny=USUAL & (1 << 35))
    assert "Macron" in stage.ask(MACRON, where=channel).text
    message = stage.server.send_message(stage.ada, channel, f"{stage.server.bot.mention} {MACRON}")
    assert "Macron" in stage.server.answer_to(message, 30).text
    assert message.thread is None
