"""What goes wrong on Discord's side, and what people see of it: their answer."""

from __future__ import annotations

import pytest

from tests.bot.discord.conftest import NATO, Stage

CALLBACK = "/interactions/*/*/callback"
ORIGINAL = "/webhooks/*/*/messages/@original"
MESSAGES = "/channels/*/messages"
PRINTED = "It's NATO moving toward us."


def mentioned(stage: Stage) -> str:
    message = stage.server.send_message(stage.ada, stage.channel, f"{stage.server.bot.mention} {NATO}")
    return stage.server.answer_to(message, 40).text


def answers(stage: Stage) -> bool:
    return PRINTED in stage.ask(NATO).text


# Requests


def test_a_callback_carried_out_and_answered_502_is_still_completed(stage: Stage) -> None:
    stage.server.faults.applied_but("POST", CALLBACK)
    assert answers(stage)
    # discord.py itself has tried again; Discord refuses that with 40060.
    assert [one.what for one in stage.server.violations] == ["acknowledged twice"]
    stage.server.violations.clear()


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_callback_that_fails_is_tried_again(stage: Stage, status: int) -> None:
    fault = stage.server.faults.status("POST", CALLBACK, status)
    assert answers(stage)
    assert fault.used == 1


@pytest.mark.parametrize("reset", [False, True])
@pytest.mark.parametrize("path", [CALLBACK, ORIGINAL])
def test_a_broken_connection_is_tried_again(stage: Stage, path: str, reset: bool) -> None:
    fault = stage.server.faults.drop("POST" if path == CALLBACK else "PATCH", path, reset=reset)
    assert answers(stage)
    assert fault.used == 1


@pytest.mark.parametrize("status", [500, 502, 503])
def test_an_edit_that_fails_is_tried_again(stage: Stage, status: int) -> None:
    stage.server.faults.status("PATCH", ORIGINAL, status)
    stage.server.faults.applied_but("PATCH", ORIGINAL, status)
    assert answers(stage)


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_message_that_fails_is_sent_again_and_stands_once(stage: Stage, status: int) -> None:
    before = len(stage.server.all_messages(stage.channel))
    stage.server.faults.status("POST", MESSAGES, status)
    stage.server.faults.applied_but("POST", MESSAGES, status)
    assert PRINTED in mentioned(stage)
    stage.server.wait_until(lambda: not [fault for fault in stage.server.faults._waiting if fault.used < fault.times])
    assert answers(stage)
    assert len(stage.server.all_messages(stage.channel)) == before + 3


def test_a_message_whose_connection_breaks_stands_once(stage: Stage) -> None:
    before = len(stage.server.all_messages(stage.channel))
    stage.server.faults.drop("POST", MESSAGES, applied=True)
    assert PRINTED in mentioned(stage)
    assert answers(stage)
    assert len(stage.server.all_messages(stage.channel)) == before + 3


@pytest.mark.parametrize("everywhere", [False, True])
def test_a_rate_limit_is_waited_for(stage: Stage, everywhere: bool) -> None:
    stage.server.faults.rate_limit("POST", MESSAGES, 0.3, everywhere=everywhere)
    assert PRINTED in mentioned(stage)
    stage.server.faults.rate_limit("PATCH", ORIGINAL, 0.3)
    assert answers(stage)


def late(stage: Stage, private: bool) -> None:
    """The token dies while the answer is on its way."""
    stage.server.faults.status("PATCH", ORIGINAL, 503)
    asked = stage.server.command(stage.ada, stage.channel, "ask", {"question": NATO, "private": private})
    asked.wait_acknowledged()
    stage.server.clock.advance(16 * 60)


def test_past_the_token_a_public_answer_goes_to_the_channel(stage: Stage) -> None:
    before = len(stage.server.all_messages(stage.channel))
    late(stage, private=False)
    said = lambda: [one.text for one in stage.server.all_messages(stage.channel)[before:]]  # noqa: E731
    assert stage.server.wait_until(lambda: any(PRINTED in text for text in said()), 20)


def test_past_the_token_a_private_answer_goes_by_direct_message(stage: Stage) -> None:
    before = len(stage.server.all_messages(stage.channel))
    late(stage, private=True)
    said = lambda: [one.text for one in stage.server.all_messages(stage.server.dm(stage.ada))]  # noqa: E731
    assert stage.server.wait_until(lambda: any(PRINTED in text for text in said()), 20)
    assert all(PRINTED not in one.text for one in stage.server.all_messages(stage.channel)[before:])


def test_where_the_bot_may_not_write_a_word_comes_in_private(stage: Stage) -> None:
    closed = stage.guild.add_channel("closed")
    closed.set_overwrite(stage.guild.everyone, deny=1 << 11)
    closed.set_overwrite(stage.ben, allow=1 << 11)
    stage.server.violations.clear()
    stage.server.send_message(stage.ben, closed, f"{stage.server.bot.mention} {NATO}")
    said = lambda: [one.text for one in stage.server.all_messages(stage.server.dm(stage.ben))]  # noqa: E731
    assert stage.server.wait_until(lambda: any("may not write" in text for text in said()), 20)
    stage.server.violations.clear()


# The gateway


@pytest.mark.parametrize("code", [1000, 1001, 1006, 4000, 4008])
def test_after_a_close_nothing_is_missed(stage: Stage, code: int) -> None:
    stage.server.faults.close_gateway(code)
    assert PRINTED in mentioned(stage)


def test_asked_to_reconnect(stage: Stage) -> None:
    stage.server.faults.ask_to_reconnect()
    assert PRINTED in mentioned(stage)


@pytest.mark.parametrize("resumable", [True, False])
def test_an_invalid_session(stage: Stage, resumable: bool) -> None:
    before = stage.server.gateway.ready_count
    stage.server.faults.invalidate_session(resumable=resumable)
    if not resumable:
        stage.server.wait_ready(before + 1, 30)
    assert PRINTED in mentioned(stage)
    assert answers(stage)


def test_a_session_that_timed_out(stage: Stage) -> None:
    before = stage.server.gateway.ready_count
    stage.server.faults.close_gateway(4009)
    stage.server.wait_ready(before + 1, 30)
    assert answers(stage)


def test_an_event_without_a_key_does_not_end_the_bot(stage: Stage) -> None:
    before = stage.server.gateway.ready_count
    asked = stage.server.command(stage.ada, stage.channel, "ask", {"question": NATO})
    asked.wait_acknowledged()
    stage.server.faults.dispatch("MESSAGE_CREATE", {"id": "1"})
    # What was asked before is answered all the same, and the bot comes back.
    assert PRINTED in asked.wait(20).text
    stage.server.wait_ready(before + 1, 30)
    assert answers(stage)
    assert stage.bot.running
