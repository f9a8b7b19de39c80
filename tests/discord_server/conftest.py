"""One server and one small bot for all tests of what works; the tests of faults bring their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.discord_server import DiscordServer
from tests.discord_server.process import BotProcess
from tests.discord_server.state import Channel, Guild, User

SMALL_BOT = str(Path(__file__).parent / "data" / "small_bot.py")


@dataclass
class Stage:
    """A server with a bot on it, a place and two people."""

    server: DiscordServer
    bot: BotProcess
    guild: Guild
    channel: Channel
    ada: User
    ben: User


def set_up(server: DiscordServer) -> tuple[Guild, Channel, User, User]:
    guild = server.add_guild("Newsroom")
    people = server.add_user("Ada", [guild]), server.add_user("Ben", [guild])
    return guild, guild.add_channel("general"), *people


@pytest.fixture(scope="session")
def shared_stage() -> Iterator[Stage]:
    with DiscordServer() as server:
        places = set_up(server)
        stage = Stage(server, server.start_bot(SMALL_BOT, SMALL_BOT_TOKEN=server.token), *places)
        try:
            server.wait_ready()
            yield stage
        finally:
            stage.bot.stop()


@pytest.fixture
def stage(shared_stage: Stage) -> Iterator[Stage]:
    """Clean at the start, and checked at the end: nothing in between may have broken a rule of Discord's."""
    shared_stage.server.violations.clear()
    shared_stage.server.pings.clear()
    shared_stage.server.faults.clear()
    shared_stage.server.clock.skipped = 0.0
    bot, said_before = shared_stage.bot, len(shared_stage.bot.output)
    yield shared_stage
    # Shown by pytest where a test has failed.
    print(bot.output[said_before:])
    shared_stage.server.check()


@pytest.fixture
def quiet() -> Iterator[DiscordServer]:
    """A server that no bot is connected to."""
    with DiscordServer() as server:
        yield server


@pytest.fixture
def channel(quiet: DiscordServer) -> Channel:
    """Judged by the rules of the server alone: they must hold where Discord's document is absent, too."""
    quiet.api.document = None
    return quiet.add_guild("Newsroom").add_channel("general")
