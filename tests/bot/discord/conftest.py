"""The shipped ``dateline serve`` with the real model and the sample articles, one process a module."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT, dateline_in
from tests.discord_server import DiscordServer, Interaction
from tests.discord_server.process import BotProcess
from tests.discord_server.state import Channel, Guild, User

NATO = "what did Putin say about NATO expansion?"
TROOPS = "How many troops has Russia massed near Ukraine?"
NOWHERE = "What did Xi Jinping say about the crisis?"


@dataclass
class Stage:
    """A server with the bot on it, a place and two people."""

    server: DiscordServer
    bot: BotProcess
    home: Path
    guild: Guild
    channel: Channel
    ada: User
    ben: User

    def ask(
        self, question: str, who: User | None = None, where: Channel | None = None, **options: object
    ) -> Interaction:
        """``/ask``, answered."""
        given = {"question": question, **options}
        return self.server.command(who or self.ada, where or self.channel, "ask", given).wait(30)


def start(server: DiscordServer, home: Path, **environment: str) -> BotProcess:
    """``dateline serve``."""
    # Tests ask faster than people; how fast these may is shown in test_limits.py.
    fast = {"DATELINE_PERSON_LIMIT": "0", "DATELINE_CHANNEL_LIMIT": "0"}
    told = {"DATELINE_HOME": str(home), "DATELINE_DISCORD_TOKEN": server.token, **fast, **environment}
    return server.start_bot("-m", "bot", "serve", cwd=home.parent, **told)


@contextmanager
def staged(home: Path, **environment: str) -> Iterator[Stage]:
    with DiscordServer() as server:
        guild = server.add_guild("Newsroom")
        channel = guild.add_channel("general")
        ada, ben = server.add_user("Ada", [guild]), server.add_user("Ben", [guild])
        with start(server, home, **environment) as bot:
            stage = Stage(server, bot, home, guild, channel, ada, ben)
            try:
                server.wait_ready(timeout=60)
                assert bot.wait_for("Dateline is ready", 120), bot.output
                yield stage
            finally:
                print(bot.output)


@pytest.fixture(scope="session")
def prepared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the sample articles are encoded already: half a minute of work, done once."""
    home = tmp_path_factory.mktemp("prepared") / "home"
    dateline_in(home, "ask", NATO)
    assert ROOT.is_dir()
    return home


@pytest.fixture(scope="module")
def module_stage(prepared_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    import shutil

    home = tmp_path_factory.mktemp("served") / "home"
    shutil.copytree(prepared_home, home)
    with staged(home) as stage:
        yield stage


@pytest.fixture
def stage(module_stage: Stage) -> Iterator[Stage]:
    """Clean at the start, and checked at the end: nothing in between may have broken a rule of Discord's."""
    with checked(module_stage):
        yield module_stage


@pytest.fixture(scope="module")
def module_flood(prepared_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """With the articles of ``flood.py``, a wicked one among them, as the operator's own."""
    import shutil

    from tests.bot.discord.flood import ingest

    home = Path(shutil.copytree(prepared_home, tmp_path_factory.mktemp("flooded") / "home"))
    with staged(ingest(home, wicked=True)) as stage:
        yield stage


@pytest.fixture
def flood(module_flood: Stage) -> Iterator[Stage]:
    """The same, clean at the start and checked at the end."""
    with checked(module_flood):
        yield module_flood


@contextmanager
def checked(stage: Stage) -> Iterator[None]:
    server = stage.server
    server.violations.clear()
    server.pings.clear()
    server.faults.clear()
    server.clock.skipped = 0.0
    yield
    server.check()
    assert not server.pings
    # A form is nobody's message.
    assert not [one for one in server.unguarded if one.body.get("type") != 9]
