"""What works, as an unmodified discord.py sees it."""

from __future__ import annotations

import json

import pytest

from tests.discord_server import File, NotOfferedError, UnansweredError, openapi
from tests.discord_server.conftest import SMALL_BOT, Stage
from tests.discord_server.permissions import MANAGE_GUILD, SEND_MESSAGES, VIEW_CHANNEL
from tests.discord_server.reading import links_of


def ask(stage: Stage, question: str, **options: object) -> str:
    return stage.server.command(stage.ada, stage.channel, "ask", {"question": question, **options}).wait().text


def test_the_bot_identifies_without_privileged_intents(stage: Stage) -> None:
    identify = stage.server.gateway.identifies[0]
    assert identify["intents"] == 1 << 0 | 1 << 9 | 1 << 12


def test_commands_are_stored_with_contexts_and_permissions(stage: Stage) -> None:
    commands = {one["name"]: one for one in stage.server.world.commands.values()}
    assert set(commands) == {"ask", "answer", "admin", "Check this claim"}
    assert commands["ask"]["contexts"] == [0, 1, 2]
    assert commands["ask"]["integration_types"] == [0, 1]
    assert commands["admin"]["default_member_permissions"] == str(MANAGE_GUILD)


def test_a_deferred_answer_is_seen_thinking_and_then_in_full(stage: Stage) -> None:
    asked = stage.server.command(stage.ada, stage.channel, "ask", {"question": "Who?", "slow": 0.6})
    asked.wait_acknowledged()
    assert asked.thinking
    assert asked.text == ""
    asked.wait()
    assert not asked.thinking
    assert asked.history == ["You asked: Who?"]
    assert [one.thinking for one in asked.message.history] == [True, False]
    assert asked.acknowledged_after < 3
    assert not asked.ephemeral
    assert asked.message in stage.server.all_messages(stage.channel)


def test_a_private_answer_is_seen_by_one_person(stage: Stage) -> None:
    asked = stage.server.command(stage.ada, stage.channel, "ask", {"question": "Who?", "private": True}).wait()
    assert asked.ephemeral
    assert asked.message not in stage.server.all_messages(stage.channel)
    assert asked.message in stage.server.all_messages(stage.channel, seen_by=stage.ada)
    assert asked.message not in stage.server.all_messages(stage.channel, seen_by=stage.ben)


def test_options_bring_files_and_people(stage: Stage) -> None:
    text = ask(stage, "Who?", file=File("note.txt", b"from a file"), who=stage.ben)
    assert text == "You asked: Who?\nfrom a file\nabout Ben"


def test_the_client_refuses_what_the_command_does_not_take(stage: Stage) -> None:
    with pytest.raises(NotOfferedError, match="Required"):
        stage.server.command(stage.ada, stage.channel, "ask")
    with pytest.raises(NotOfferedError, match="no option"):
        ask(stage, "Who?", nonsense=1)
    with pytest.raises(NotOfferedError, match="subcommand"):
        stage.server.command(stage.guild.owner, stage.channel, "admin")
    with pytest.raises(NotOfferedError, match="no command"):
        stage.server.command(stage.ada, stage.channel, "nonsense")


def test_a_command_for_operators_is_not_offered_to_all(stage: Stage) -> None:
    assert "admin" not in stage.server.offered(stage.ada, stage.channel)
    assert "admin" in stage.server.offered(stage.guild.owner, stage.channel)


def test_autocomplete(stage: Stage) -> None:
    typing = stage.server.autocomplete(stage.ada, stage.channel, "ask", "question", "har").wait()
    assert len(typing.choices) == 25
    assert typing.choices[0] == {"name": "har 0", "value": "har0"}


def test_a_layout_with_buttons_and_a_menu(stage: Stage) -> None:
    answer = stage.server.command(stage.ada, stage.channel, "answer").wait()
    assert answer.text == "## An answer\nThe harbour closes."
    assert answer.message.buttons == ["More", "Feedback", "Later", "Article"]
    assert links_of(answer.message) == ["https://courier.example/harbour"]
    pressed = stage.server.press(stage.ben, answer.message, "More").wait()
    assert (pressed.text, pressed.ephemeral) == ("More of it", True)
    assert stage.server.press(stage.ben, answer.message, "small:more").wait().text == "More of it"
    assert stage.server.select(stage.ada, answer.message, "Second").wait().text == "You chose 2"
    with pytest.raises(NotOfferedError, match="opens https"):
        stage.server.press(stage.ada, answer.message, "Article")
    with pytest.raises(NotOfferedError, match="0 components"):
        stage.server.press(stage.ada, answer.message, "Nonsense")
    with pytest.raises(NotOfferedError, match="does not see"):
        stage.server.press(stage.ada, pressed.message, "Nonsense")


def test_a_button_that_changes_its_own_message(stage: Stage) -> None:
    answer = stage.server.command(stage.ada, stage.channel, "answer").wait()
    pressed = stage.server.press(stage.ada, answer.message, "Later").wait()
    assert pressed.message is answer.message
    assert answer.history == ["## An answer\nThe harbour closes.", "Changed in place"]


def test_a_form(stage: Stage) -> None:
    answer = stage.server.command(stage.ada, stage.channel, "answer").wait()
    opened = stage.server.press(stage.ada, answer.message, "Feedback").wait()
    assert opened.modal["title"] == "Feedback"
    sent = stage.server.submit_modal(stage.ada, opened, {"What is wrong?": "The date"}).wait()
    assert (sent.text, sent.ephemeral) == ("Noted: The date", True)
    with pytest.raises(NotOfferedError, match="1 to 100 characters"):
        stage.server.submit_modal(stage.ada, opened, {"What is wrong?": "x" * 101})
    with pytest.raises(NotOfferedError, match="Ada only"):
        stage.server.submit_modal(stage.ben, opened, {})


def test_the_context_menu_gives_the_bot_a_message_that_it_could_not_read(stage: Stage) -> None:
    claim = stage.server.send_message(stage.ben, stage.channel, "The harbour closed in May.")
    assert stage.server.wait_until(lambda: f"EMPTY {claim.id}" in stage.bot.output)
    checked = stage.server.message_command(stage.ada, claim, "Check this claim").wait()
    assert checked.text == "Checked: The harbour closed in May."
    assert "The harbour closed in May" not in stage.bot.output


def test_a_mention_and_a_reply_that_pings_are_read(stage: Stage) -> None:
    server = stage.server
    asked = server.send_message(stage.ada, stage.channel, f"{server.bot.mention} who closed it?")
    answer = server.answer_to(asked)
    assert answer.text == f"You asked: who closed it? @everyone {stage.ada.mention}"
    assert answer.reference is asked
    following = server.send_message(stage.ada, stage.channel, "and why?", reply_to=answer)
    assert "You asked: and why?" in server.answer_to(following).text
    silent = server.send_message(stage.ada, stage.channel, "and when?", reply_to=answer, ping=False)
    assert server.wait_until(lambda: f"EMPTY {silent.id}" in stage.bot.output)


def test_a_reply_to_the_response_of_a_command_arrives_empty(stage: Stage) -> None:
    asked = stage.server.command(stage.ada, stage.channel, "ask", {"question": "Who?"}).wait()
    reply = stage.server.send_message(stage.ada, stage.channel, "and why?", reply_to=asked.message)
    assert stage.server.wait_until(lambda: f"EMPTY {reply.id}" in stage.bot.output)
    mention = f"{stage.server.bot.mention} and why?"
    named = stage.server.send_message(stage.ada, stage.channel, mention, reply_to=asked.message)
    assert "and why?" in stage.server.answer_to(named).text


def test_a_direct_message_is_read(stage: Stage) -> None:
    asked = stage.server.direct_message(stage.ada, "who closed it?")
    assert "You asked: who closed it?" in stage.server.answer_to(asked).text


def test_nothing_pings_under_allowed_mentions_none(stage: Stage) -> None:
    stage.server.answer_to(stage.server.send_message(stage.ada, stage.channel, f"{stage.server.bot.mention} hello"))
    assert stage.server.pings == []


def test_an_app_of_a_user_goes_where_the_bot_is_not(stage: Stage) -> None:
    server = stage.server
    elsewhere = server.add_guild("Elsewhere", bot=False)
    traveller = server.add_user("Cleo", [elsewhere], installed=True)
    channel = elsewhere.add_channel("lobby")
    asked = server.command(traveller, channel, "ask", {"question": "Who?"}).wait()
    assert asked.text == "You asked: Who?"
    assert asked.owners == {"1": str(traveller.id)}
    between = server.private_channel(traveller, stage.ben)
    assert server.command(traveller, between, "ask", {"question": "Why?"}).wait().text == "You asked: Why?"
    assert server.offered(stage.ben, between) == []
    assert "answer" not in server.offered(traveller, channel)


def test_where_external_apps_are_forbidden_the_answer_is_private(stage: Stage) -> None:
    strict = stage.server.add_guild("Strict", bot=False, permissions=VIEW_CHANNEL | SEND_MESSAGES | 1 << 31)
    traveller = stage.server.add_user("Dora", [strict], installed=True)
    asked = stage.server.command(traveller, strict.add_channel("lobby"), "ask", {"question": "Who?"}).wait()
    assert asked.ephemeral


def test_a_message_with_a_file_and_a_thread(stage: Stage) -> None:
    where = stage.guild.add_channel("desk")
    boss = stage.guild.owner
    said = stage.server.command(boss, stage.channel, "admin say", {"words": "Hello", "where": where}).wait()
    # The first follow-up completes the deferred response, and stays private with it.
    assert (said.text, said.ephemeral) == ("Said", True)
    assert said.wait_followup().text == "And more"
    message = stage.server.all_messages(where)[0]
    assert message.attachments[0]["filename"] == "bot.txt"
    assert message.thread.name == "Talk"
    assert [one.text for one in stage.server.all_messages(message.thread)] == ["In the thread"]


def test_embeds_pictures_and_follow_ups(stage: Stage) -> None:
    boss = stage.guild.owner
    shown = stage.server.command(boss, stage.channel, "admin show").wait_text("Shown 0")
    first = shown.message.history[0]
    assert first.text == "Shown\nHarbour\nIt closes.\nOutlet\nTest Courier\n2 May 2023"
    assert first.embeds[0]["image"]["url"].startswith(stage.server.world.base_url)
    followup = shown.wait_followup()
    assert [one.text for one in followup.history] == ["Beside a picture", "Edited"]
    assert followup.deleted
    assert stage.server.wait_until(lambda: stage.server.all_messages(stage.server.dm(boss)))
    assert stage.server.all_messages(stage.server.dm(boss))[0].text == "In private"


def test_in_a_thread_only_a_mention_is_read(stage: Stage) -> None:
    thread = stage.channel.add_thread("Talk", stage.ada)
    silent = stage.server.send_message(stage.ada, thread, "to nobody")
    assert stage.server.wait_until(lambda: f"EMPTY {silent.id}" in stage.bot.output)
    asked = stage.server.send_message(stage.ada, thread, f"{stage.server.bot.mention} to you")
    assert "You asked: to you" in stage.server.answer_to(asked).text


def test_the_bot_is_refused_what_it_may_not_do(stage: Stage) -> None:
    boss = stage.guild.owner
    read_only, hidden = stage.guild.add_channel("rules"), stage.guild.add_channel("hidden")
    read_only.set_overwrite(stage.guild.everyone, deny=SEND_MESSAGES)
    read_only.set_overwrite(next(iter(stage.guild.bot_member.roles)), deny=SEND_MESSAGES)
    hidden.set_overwrite(stage.server.bot, deny=VIEW_CHANNEL)
    for where, refusal in ((read_only, "403 50013 Forbidden"), (hidden, "403 50001 Forbidden")):
        said = stage.server.command(boss, stage.channel, "admin say", {"words": "Hello", "where": where}).wait()
        assert said.text == refusal


def test_the_bot_comes_and_goes(stage: Stage) -> None:
    guild = stage.server.add_guild("Visited")
    assert stage.server.wait_until(lambda: "JOINED Visited" in stage.bot.output)
    stage.server.remove_bot(guild)
    assert stage.server.wait_until(lambda: "LEFT Visited" in stage.bot.output)


def test_an_interaction_that_is_never_acknowledged(stage: Stage) -> None:
    asked = stage.server.command(stage.ada, stage.channel, "ask", {"question": "!nothing"})
    stage.server.clock.advance(3.1)
    with pytest.raises(UnansweredError, match="did not respond"):
        asked.wait()
    assert asked.failed


def test_an_acknowledgement_after_three_seconds_is_refused_and_noted(stage: Stage) -> None:
    asked = stage.server.command(stage.ada, stage.channel, "ask", {"question": "!late", "slow": 0.2})
    stage.server.clock.advance(3.0)
    assert stage.server.wait_until(lambda: asked.late)
    assert stage.server.wait_until(lambda: "Unknown interaction" in stage.bot.output)
    assert [one.what for one in stage.server.violations] == ["late"]
    stage.server.violations.clear()


def test_a_token_lasts_a_quarter_of_an_hour(stage: Stage) -> None:
    asked = stage.server.command(stage.ada, stage.channel, "ask", {"question": "Who?", "slow": 0.6})
    asked.wait_acknowledged()
    stage.server.clock.advance(15 * 60)
    assert stage.server.wait_until(lambda: stage.server.requests[-1].status == 401)
    assert stage.server.requests[-1].answer["code"] == 50027
    assert asked.thinking


def test_waiting_for_what_never_comes_says_what_is_there(stage: Stage) -> None:
    asked = stage.server.command(stage.ada, stage.channel, "ask", {"question": "Who?", "slow": 1.0}).wait_acknowledged()
    with pytest.raises(UnansweredError, match="is thinking"):
        asked.wait(timeout=0.2)
    asked.wait()


@pytest.mark.shared
def test_the_answers_of_the_server_are_as_discord_describes_them(stage: Stage) -> None:
    path = openapi.find()
    document = openapi.document(path) if path else None
    if document is None:
        pytest.skip("Discord's description of its API is absent")
    checked = 0
    for request in stage.server.requests:
        if request.status is None or not 200 <= request.status < 300 or request.answer is None:
            continue
        wrong = document.errors_of_answer(request.method, request.route, request.status, request.answer)
        assert not wrong, f"{request.method} {request.route}: {wrong}\n{json.dumps(request.answer)[:3000]}"
        checked += 1
    assert checked > 5


def test_buttons_still_work_for_a_bot_that_was_restarted(stage: Stage) -> None:
    answer = stage.server.command(stage.ada, stage.channel, "answer").wait()
    before = stage.server.gateway.ready_count
    stage.bot.stop()
    assert stage.server.wait_until(lambda: not stage.server.gateway.connected)
    asked = len(stage.server.requests)
    stage.bot = stage.server.start_bot(SMALL_BOT, "no-sync", SMALL_BOT_TOKEN=stage.server.token)
    stage.server.wait_ready(before + 1)
    assert stage.server.press(stage.ada, answer.message, "More").wait().text == "More of it"
    assert not [one for one in stage.server.requests[asked:] if one.method == "PUT"]
