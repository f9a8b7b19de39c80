"""Asking, from a person's side of Discord."""

from __future__ import annotations

import pytest

from tests.bot.discord.conftest import NATO, NOWHERE, TROOPS, Stage

CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"


def test_ask_answers_in_the_printed_words_with_sources(stage: Stage) -> None:
    asked = stage.ask(NATO)
    assert "It's NATO moving toward us." in asked.text
    assert "**Vladimir Putin**" in asked.text
    assert "**Sources**" in asked.text
    assert "placeholder-post.example" in asked.text
    assert not asked.ephemeral
    assert asked.acknowledged_after is not None
    assert asked.acknowledged_after < 1
    assert asked.message is not None
    assert asked.message.buttons == ["Context", "More sources", "Follow up", "Helpful", "Not helpful"]


@pytest.mark.parametrize("words", ["It's NATO moving toward us", "It’s NATO moving toward us."])
def test_who_said_some_words_is_answered_by_them(stage: Stage, words: str) -> None:
    text = stage.ask(f"Who said “{words}”?").text
    said = text.partition("**Sources**")[0]
    assert "**Vladimir Putin**\n> “It" in said
    assert "NATO moving toward us.” **\\[1\\]**" in said
    assert "Macron" not in said


def test_what_the_articles_do_not_say_is_declined_with_near_misses(stage: Stage) -> None:
    asked = stage.ask(NOWHERE)
    assert "The articles do not mention Xi Jinping." in asked.text
    assert "not an answer" in asked.text
    assert asked.message is not None
    assert "Context" not in asked.message.buttons


def test_a_private_answer_is_seen_by_its_asker_alone(stage: Stage) -> None:
    asked = stage.ask(NATO, private=True)
    assert asked.ephemeral
    assert asked.message is not None
    assert "Share" in asked.message.buttons


def test_speaker_outlet_and_dates_filter(stage: Stage) -> None:
    assert "Example Gazette" in stage.ask(TROOPS, outlet="Example Gazette").text
    assert "Sample Wire" not in stage.ask(TROOPS, outlet="example gazette").text
    assert "No article matches" in stage.ask(TROOPS, outlet="Nobody's Paper").text
    assert "No article matches" in stage.ask(TROOPS, since="2030-01-01").text
    assert "Emmanuel Macron" in stage.ask("What was said after the talks?", speaker="Emmanuel Macron").text


def test_a_date_that_is_none_gets_one_sentence(stage: Stage) -> None:
    assert "give a date as YYYY-MM-DD" in stage.ask(TROOPS, since="yesterday").text
    assert "swap them" in stage.ask(TROOPS, since="2022-02-09", until="2022-02-01").text


@pytest.mark.parametrize(
    ("option", "typed", "expected"), [("speaker", "M", "Emmanuel Macron"), ("outlet", "s", "Sample Wire Service")]
)
def test_names_are_offered_from_the_first_letter(stage: Stage, option: str, typed: str, expected: str) -> None:
    offered = stage.server.autocomplete(stage.ada, stage.channel, "ask", option, typed, {"question": "Who?"}).wait()
    assert offered.choices is not None
    assert expected in [choice["value"] for choice in offered.choices]
    assert len(offered.choices) <= 25


def test_an_empty_or_endless_question_gets_one_sentence(stage: Stage) -> None:
    assert "holds no word" in stage.ask("?!").text
    assert "6,000 characters" in stage.ask("x" * 6_000).text
    assert "empty" in stage.ask(" \u200b ").text


def test_nothing_in_a_question_acts_or_pings(stage: Stage) -> None:
    question = (
        f"What did @everyone <@&1> {stage.ben.mention} say about [gas](javascript:alert) **x** ||y|| `z` https://e.x ?"
    )
    asked = stage.ask(question)
    assert "\\@everyone" in asked.text
    assert "\\[gas\\]" in asked.text
    assert "https\\://e.x" in asked.text
    assert "](javascript" not in asked.text
    assert not stage.server.pings


def test_a_mention_is_answered_by_a_reply(stage: Stage) -> None:
    message = stage.server.send_message(stage.ada, stage.channel, f"{stage.server.bot.mention} {NATO}")
    answer = stage.server.answer_to(message, 30)
    assert answer.reference is message
    assert "It's NATO moving toward us." in answer.text


def test_a_mention_without_a_question_is_told_how(stage: Stage) -> None:
    message = stage.server.send_message(stage.ada, stage.channel, f"{stage.server.bot.mention} ")
    assert "Ask me something" in stage.server.answer_to(message).text


def test_what_is_not_for_the_bot_is_left_alone(stage: Stage) -> None:
    before = len(stage.server.all_messages(stage.channel))
    stage.server.send_message(stage.ada, stage.channel, "just talking")
    stage.server.send_message(stage.ada, stage.channel, "@everyone look")
    message = stage.server.send_message(stage.ada, stage.channel, f"{stage.server.bot.mention} {TROOPS}")
    stage.server.answer_to(message, 30)
    assert len(stage.server.all_messages(stage.channel)) == before + 4


def test_a_direct_message_is_a_conversation(stage: Stage) -> None:
    first = stage.server.direct_message(stage.ben, "What did Macron say about Ukraine?")
    assert "Macron" in stage.server.answer_to(first, 30).text
    second = stage.server.direct_message(stage.ben, "And what did he say about Belarus?")
    answer = stage.server.answer_to(second, 30)
    assert "Understood as" in answer.text
    assert "Macron" in answer.text


def test_a_reply_to_an_answer_goes_on_from_it(stage: Stage) -> None:
    asked = stage.server.send_message(
        stage.ada, stage.channel, f"{stage.server.bot.mention} When is Scholz going to Moscow?"
    )
    answer = stage.server.answer_to(asked, 30)
    # Somebody else goes on from it; what they asked before has no part in it.
    follow = stage.server.send_message(stage.ben, stage.channel, "and to Kyiv?", reply_to=answer, ping=True)
    further = stage.server.answer_to(follow, 30)
    assert "Scholz" in further.text
    assert "Kyiv" in further.text
    assert "Understood as" in further.text


def test_conversations_do_not_cross_people_or_channels(stage: Stage) -> None:
    other = stage.guild.add_channel("elsewhere")
    mention = stage.server.bot.mention
    stage.server.answer_to(stage.server.send_message(stage.ada, other, f"{mention} What did Lavrov say?"), 30)
    by_ben = stage.server.send_message(stage.ben, other, f"{mention} what else did he say?")
    assert "Whom do you mean" in stage.server.answer_to(by_ben, 30).text
    thread = stage.guild.add_channel("third")
    in_third = stage.server.send_message(stage.ada, thread, f"{mention} what else did he say?")
    assert "Whom do you mean" in stage.server.answer_to(in_third, 30).text
