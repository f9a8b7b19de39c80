"""Each way in which Discord fails, and what an unmodified discord.py makes of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.discord_server import DiscordServer
from tests.discord_server.conftest import SMALL_BOT, Stage, set_up
from tests.discord_server.visibility import MESSAGE_CONTENT

CALLBACK = "/interactions/*/*/callback"
ORIGINAL = "/webhooks/*/*/messages/@original"
MESSAGES = "/channels/{channel_id}/messages"


@contextmanager
def staged(heartbeat_interval: float = 41.25, **environment: str) -> Iterator[Stage]:
    with DiscordServer(heartbeat_interval=heartbeat_interval) as server:
        places = set_up(server)
        with server.start_bot(SMALL_BOT, SMALL_BOT_TOKEN=server.token, **environment) as bot:
            server.wait_ready()
            try:
                yield Stage(server, bot, *places)
            finally:
                print(bot.output)


@pytest.fixture(scope="module")
def module_stage() -> Iterator[Stage]:
    with staged() as stage:
        yield stage


@pytest.fixture
def stage(module_stage: Stage) -> Iterator[Stage]:
    module_stage.server.violations.clear()
    module_stage.server.faults.clear()
    yield module_stage
    module_stage.server.check()


def answers(stage: Stage) -> bool:
    asked = stage.server.command(stage.ada, stage.channel, "ask", {"question": "There?"})
    return asked.wait().text == "You asked: There?"


def missed_and_replayed(stage: Stage, cause: object, times: int = 1) -> None:
    """After ``cause`` the bot resumes, and hears of what happened meanwhile."""
    gateway = stage.server.gateway
    resumed, identified = len(gateway.resumes), len(gateway.identifies)
    cause()  # type: ignore[operator]
    message = stage.server.send_message(stage.ada, stage.channel, f"{stage.server.bot.mention} meanwhile")
    assert "You asked: meanwhile" in stage.server.answer_to(message).text
    assert len(gateway.resumes) == resumed + times
    assert len(gateway.identifies) == identified


@pytest.mark.parametrize("code", [1000, 1001, 1006, 4000, 4008])
def test_after_a_close_the_session_is_resumed_with_what_was_missed(stage: Stage, code: int) -> None:
    missed_and_replayed(stage, lambda: stage.server.faults.close_gateway(code))
    assert answers(stage)


def test_asked_to_reconnect_the_bot_resumes(stage: Stage) -> None:
    missed_and_replayed(stage, stage.server.faults.ask_to_reconnect)


def test_an_invalid_session_that_may_be_resumed(stage: Stage) -> None:
    missed_and_replayed(stage, lambda: stage.server.faults.invalidate_session(resumable=True))


def test_an_invalid_session_makes_the_bot_identify_again(stage: Stage) -> None:
    before = stage.server.gateway.ready_count
    stage.server.faults.invalidate_session()
    stage.server.wait_ready(before + 1)
    assert answers(stage)


def test_a_session_that_timed_out_is_begun_anew(stage: Stage) -> None:
    before = stage.server.gateway.ready_count
    stage.server.faults.close_gateway(4009)
    stage.server.wait_ready(before + 1)
    assert answers(stage)


def test_a_forgotten_session_is_not_resumed(stage: Stage) -> None:
    before = stage.server.gateway.ready_count
    stage.server.faults.forget_sessions()
    stage.server.faults.close_gateway(4000)
    stage.server.wait_ready(before + 1)
    assert answers(stage)


def test_a_gateway_that_refuses_connections_for_a_while(stage: Stage) -> None:
    gateway = stage.server.gateway
    stage.server.faults.refuse_gateway(attempts=1)
    missed_and_replayed(stage, lambda: stage.server.faults.close_gateway(4000))
    assert gateway.refused == 1


def test_heartbeats_without_acknowledgement_end_the_connection() -> None:
    with staged(heartbeat_interval=0.2, SMALL_BOT_HEARTBEAT_TIMEOUT="1") as stage:
        assert stage.server.wait_until(lambda: stage.server.gateway.heartbeats > 3)
        stage.server.faults.stop_acknowledging()
        assert stage.server.wait_until(lambda: 4000 in stage.server.gateway.close_codes, 10)
        stage.server.faults.acknowledge_again()
        assert stage.server.wait_until(lambda: stage.server.gateway.connected)
        assert answers(stage)


def test_a_wrong_token_is_refused_by_the_api_and_by_the_gateway() -> None:
    with DiscordServer() as server, server.start_bot(SMALL_BOT, SMALL_BOT_TOKEN="wrong") as bot:
        assert bot.wait() != 0
        assert "LoginFailure" in bot.output
    with DiscordServer() as server:
        server.gateway.world.token = server.token
        with server.start_bot(SMALL_BOT, SMALL_BOT_TOKEN=server.token) as bot:
            server.wait_ready()
            server.faults.close_gateway(4004)
            assert bot.wait() != 0
            assert "4004" in bot.output


def test_privileged_intents_must_be_switched_on() -> None:
    with DiscordServer() as server:
        with server.start_bot(SMALL_BOT, SMALL_BOT_TOKEN=server.token, SMALL_BOT_PRIVILEGED="1") as bot:
            assert bot.wait() != 0
            assert "PrivilegedIntentsRequired" in bot.output
        assert server.gateway.close_codes == [4014]


def test_with_the_privileged_intent_everything_is_read() -> None:
    with DiscordServer(privileged=MESSAGE_CONTENT) as server:
        guild, channel, ada, _ = set_up(server)
        with server.start_bot(SMALL_BOT, SMALL_BOT_TOKEN=server.token, SMALL_BOT_PRIVILEGED="1") as bot:
            server.wait_ready()
            server.send_message(ada, channel, "nobody in particular")
            assert server.wait_until(lambda: "READ nobody in particular" in bot.output), guild


def test_an_event_with_a_key_missing_ends_discord_py() -> None:
    """Worth knowing: an event that discord.py cannot parse goes through to whoever runs it."""
    with staged() as stage:
        stage.server.faults.dispatch("MESSAGE_CREATE", {"id": "1"})
        assert stage.bot.wait() != 0
        assert "KeyError: 'channel_id'" in stage.bot.output


def test_a_failure_is_tried_again(stage: Stage) -> None:
    fault = stage.server.faults.status("PATCH", ORIGINAL, 503)
    assert answers(stage)
    assert fault.used == 1


def test_a_message_done_but_answered_502_is_sent_again_with_its_nonce(stage: Stage) -> None:
    fault = stage.server.faults.applied_but("POST", f"/channels/{stage.channel.id}/messages")
    asked = stage.server.send_message(stage.ada, stage.channel, f"{stage.server.bot.mention} once")
    answer = stage.server.answer_to(asked)
    to_channel = lambda: [one.status for one in stage.server.requests_to("POST", MESSAGES)]  # noqa: E731
    assert stage.server.wait_until(lambda: to_channel()[-2:] == [502, 200])
    assert stage.server.requests_to("POST", MESSAGES)[-1].body["nonce"] == answer.nonce
    assert sum("You asked: once" in one.text for one in stage.server.all_messages(stage.channel)) == 1
    assert fault.used == 1


def test_a_follow_up_done_but_answered_502_comes_twice(stage: Stage) -> None:
    """Webhooks know no nonce. The first one completed the deferred response, so the second stands below it."""
    stage.server.faults.applied_but("POST", "/webhooks/*/*")
    say = {"words": "Hi", "where": stage.channel}
    said = stage.server.command(stage.guild.owner, stage.channel, "admin say", say).wait()
    assert (said.text, said.wait_followup().text) == ("Said", "Said")


def test_a_callback_that_was_done_and_answered_502_comes_twice(stage: Stage) -> None:
    stage.server.faults.applied_but("POST", CALLBACK)
    asked = stage.server.command(stage.ada, stage.channel, "ask", {"question": "Twice?"})
    assert stage.server.wait_until(lambda: stage.server.violations)
    assert [one.what for one in stage.server.violations] == ["acknowledged twice"]
    assert asked.acknowledged
    stage.server.violations.clear()


@pytest.mark.parametrize("reset", [False, True])
def test_a_connection_that_breaks(stage: Stage, reset: bool) -> None:
    said = len(stage.bot.output)
    stage.server.faults.drop("POST", CALLBACK, reset=reset)
    asked = stage.server.command(stage.ada, stage.channel, "ask", {"question": "There?"})
    expected = ("ServerDisconnectedError", "ClientOSError", "ConnectionResetError")
    assert stage.server.wait_until(lambda: any(name in stage.bot.output[said:] for name in expected))
    assert not asked.acknowledged
    assert answers(stage)


def test_a_request_that_is_long_on_its_way(stage: Stage) -> None:
    stage.server.faults.delay("POST", CALLBACK, 0.3)
    asked = stage.server.command(stage.ada, stage.channel, "ask", {"question": "There?"}).wait()
    assert 0.3 <= asked.acknowledged_after < 3


@pytest.mark.parametrize("everywhere", [False, True])
def test_a_rate_limit_is_waited_for(stage: Stage, everywhere: bool) -> None:
    said = len(stage.bot.output)
    path = f"/channels/{stage.channel.id}/messages"
    fault = stage.server.faults.rate_limit("POST", path, 0.3, everywhere=everywhere)
    began = time.monotonic()
    asked = stage.server.send_message(stage.ada, stage.channel, f"{stage.server.bot.mention} slowly")
    assert "You asked: slowly" in stage.server.answer_to(asked).text
    assert time.monotonic() - began >= 0.3
    assert fault.used == 1
    assert ("Global rate limit has been hit" in stage.bot.output[said:]) is everywhere


def test_a_webhook_is_rate_limited(stage: Stage) -> None:
    fault = stage.server.faults.rate_limit("PATCH", ORIGINAL, 0.2)
    assert answers(stage)
    assert fault.used == 1


def test_a_narrow_bucket_lets_everything_through_in_time(stage: Stage) -> None:
    server = stage.server
    server.api.limits.set("POST", MESSAGES, 2, 0.4)
    before, began = len(server.requests), time.monotonic()
    asked = [server.send_message(stage.ada, stage.channel, f"{server.bot.mention} {each}") for each in range(5)]
    answered = lambda: {one.reference for one in server.all_messages(stage.channel)} >= set(asked)  # noqa: E731
    assert server.wait_until(answered)
    assert time.monotonic() - began >= 0.6
    statuses = [one.status for one in server.requests[before:] if one.route == MESSAGES]
    assert statuses.count(200) == 5
    assert set(statuses) <= {200, 429}
    server.api.limits.set("POST", MESSAGES, 1000, 1.0)


def test_leaving_a_guild_while_away_is_heard_of_on_resuming(stage: Stage) -> None:
    guild = stage.server.add_guild("Visited")
    assert stage.server.wait_until(lambda: "JOINED Visited" in stage.bot.output)
    stage.server.faults.close_gateway(4000)
    stage.server.remove_bot(guild)
    assert stage.server.wait_until(lambda: "LEFT Visited" in stage.bot.output)


def test_an_outage_of_a_guild_is_no_farewell(stage: Stage) -> None:
    said = len(stage.bot.output)
    stage.server.faults.outage(stage.guild)
    stage.server.faults.end_outage(stage.guild)
    assert answers(stage)
    assert "LEFT" not in stage.bot.output[said:]


def test_all_faults_are_forgotten_on_demand(stage: Stage) -> None:
    fault = stage.server.faults.status("*", "/**", 500, times=100)
    stage.server.faults.clear()
    assert answers(stage)
    assert fault.used == 0
