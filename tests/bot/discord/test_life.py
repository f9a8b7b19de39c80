"""The life of ``dateline serve``: starting, being refused, being killed, stopping."""

from __future__ import annotations

import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.discord.conftest import NATO, TROOPS, staged, start
from tests.bot.discord.load import children
from tests.conftest import dateline_in
from tests.discord_server import DiscordServer

PRINTED = "It's NATO moving toward us."


@pytest.fixture
def own_home(prepared_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared_home, tmp_path / "home"))


@pytest.fixture
def server() -> Iterator[DiscordServer]:
    with DiscordServer() as made:
        yield made


def test_without_a_token_one_sentence_says_what_to_do(own_home: Path) -> None:
    ran = dateline_in(own_home, "serve")
    assert ran.code == 1
    assert "DATELINE_DISCORD_TOKEN" in ran.err
    assert ran.err.count("\n") == 1


def test_a_wrong_token_ends_the_bot_with_one_sentence(server: DiscordServer, own_home: Path) -> None:
    with start(server, own_home, DATELINE_DISCORD_TOKEN="wrong.token.here") as bot:
        assert bot.wait(60) == 1
        assert "Discord does not take the token" in bot.output
        assert "Traceback" not in bot.output
        assert "wrong.token.here" not in bot.output


@pytest.mark.parametrize(("code", "words"), [(4004, "does not take the token"), (4014, "intents"), (4012, "upgrade")])
def test_a_close_code_that_will_come_again_ends_the_bot(own_home: Path, code: int, words: str) -> None:
    with staged(own_home) as stage:
        stage.server.faults.close_gateway(code)
        assert stage.bot.wait(30) == 1
        assert words in stage.bot.output
        assert "Traceback" not in stage.bot.output
        assert stage.server.token not in stage.bot.output


def test_a_gateway_that_cannot_be_reached_is_tried_again(server: DiscordServer, own_home: Path) -> None:
    server.faults.refuse_gateway(attempts=2)
    with start(server, own_home):
        server.wait_ready(timeout=60)
        assert server.gateway.refused == 2


def test_discord_that_is_down_at_the_start_is_tried_again(server: DiscordServer, own_home: Path) -> None:
    server.faults.status("GET", "/users/@me", 503, times=2)
    with start(server, own_home) as bot:
        server.wait_ready(timeout=60)
        assert "Traceback" not in bot.output


def test_no_privileged_intent_is_asked_for(server: DiscordServer, own_home: Path) -> None:
    with start(server, own_home):
        server.wait_ready(timeout=60)
        # Guilds, guild messages, direct messages.
        assert server.gateway.identifies[0]["intents"] == 1 << 0 | 1 << 9 | 1 << 12
        (registered,) = server.requests_to("PUT", "/applications/{application_id}/commands")
        # In servers, direct messages and everywhere; for servers and for single people.
        for_all = [one for one in registered.body if one["name"] not in ("setup", "add", "remove")]
        assert all(sorted(one["contexts"]) == [0, 1, 2] for one in for_all)
        assert all(sorted(one["integration_types"]) == [0, 1] for one in for_all)


IMPATIENT = """
import discord
real = discord.Client.__init__
discord.Client.__init__ = lambda self, **more: real(self, heartbeat_timeout=1.0, **more)
from bot.cli import main
main()
"""


def test_missed_heartbeats_end_in_another_connection(own_home: Path) -> None:
    with DiscordServer(heartbeat_interval=0.2) as server:
        channel = server.add_guild("Newsroom").add_channel("general")
        told = {"DATELINE_HOME": str(own_home), "DATELINE_DISCORD_TOKEN": server.token}
        with server.start_bot("-c", IMPATIENT, "serve", cwd=own_home.parent, **told):
            server.wait_ready(timeout=60)
            server.faults.stop_acknowledging()
            assert server.wait_until(lambda: 4000 in server.gateway.close_codes, 20)
            server.faults.acknowledge_again()
            assert server.wait_until(lambda: server.gateway.connected, 20)
            asked = server.command(server.world.owner, channel, "ask", {"question": NATO})
            assert PRINTED in asked.wait(60).text


def test_killed_and_started_again_buttons_and_conversations_go_on(own_home: Path) -> None:
    with staged(own_home) as stage:
        server = stage.server
        asked = stage.ask("What did Macron say about Ukraine?")
        mention = server.send_message(stage.ada, stage.channel, f"{server.bot.mention} When is Scholz going to Moscow?")
        server.answer_to(mention, 30)
        synced = len(server.requests_to("PUT", "/applications/{application_id}/commands"))
        assert synced == 1
        stage.bot.kill()
        with start(server, own_home) as again:
            server.wait_ready(2, 60)
            assert asked.message is not None
            opened = server.press(stage.ada, asked.message, "Context").wait(60)
            assert "¶" in opened.text
            form = server.press(stage.ada, asked.message, "Follow up").wait()
            sent = server.submit_modal(stage.ada, form, {"Your question": "And what did he say about Belarus?"})
            assert "Understood as" in sent.wait(30).text
            # Commands that did not change are not registered again.
            assert len(server.requests_to("PUT", "/applications/{application_id}/commands")) == 1
            assert again.running
        server.check()


def test_buttons_of_another_record_are_not_answered_from_this_one(own_home: Path) -> None:
    with staged(own_home) as stage:
        asked = stage.ask(NATO)
        stage.bot.kill()
        for path in own_home.glob("people.db*"):
            path.unlink()
        with start(stage.server, own_home):
            stage.server.wait_ready(2, 60)
            assert asked.message is not None
            for label in ("Context", "Follow up", "Helpful"):
                pressed = stage.server.press(stage.ada, asked.message, label).wait(30)
                assert pressed.ephemeral
                assert "no longer have" in pressed.text


def test_stopping_answers_what_was_asked_and_leaves_nothing_behind(own_home: Path) -> None:
    with staged(own_home) as stage:
        asked = [
            stage.server.command(stage.ada, stage.channel, "ask", {"question": question})
            for question in (NATO, TROOPS) * 5
        ]
        for one in asked:
            one.wait_acknowledged()
        left = children(stage.bot.process.pid)
        began = time.monotonic()
        stage.bot.process.send_signal(signal.SIGTERM)
        assert stage.bot.wait(30) == 0
        assert time.monotonic() - began < 15
        assert all(PRINTED in one.text or "100,000" in one.text for one in asked), [one.text for one in asked]
        assert not [pid for pid in left if Path(f"/proc/{pid}").exists()]
        assert "Traceback" not in stage.bot.output


def test_stopping_while_the_model_is_read(server: DiscordServer, own_home: Path) -> None:
    with start(server, own_home) as bot:
        server.wait_ready(timeout=60)
        bot.process.send_signal(signal.SIGTERM)
        assert bot.wait(30) == 0
        assert "Traceback" not in bot.output


def test_a_full_queue_says_so(own_home: Path) -> None:
    from tests.bot.discord.load import measure

    with staged(own_home) as stage:
        load = measure(stage, seconds=4)
        print(load)
        assert load.left == 0
        assert load.longest < 3
        assert load.busy
        stage.server.check()
