"""Starts and stops the server, and holds its parts together."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from aiohttp import web

from tests.discord_server import openapi
from tests.discord_server.api.exchange import PREFIX, Api, Violation
from tests.discord_server.api.routing import Request
from tests.discord_server.clock import Clock
from tests.discord_server.faults import Faults
from tests.discord_server.gateway import Gateway
from tests.discord_server.interactions import Interaction
from tests.discord_server.people import People
from tests.discord_server.pings import Ping
from tests.discord_server.process import BotProcess
from tests.discord_server.world import World

T = TypeVar("T")
TOKEN = "MTAwMDAwMDAwMDAwMDAwMDAw.test.token"
"""Accepted by this server only."""
SITE = Path(__file__).parent / "site"
ROOT = Path(__file__).parents[2]


class DiscordServer(People):
    """Discord on 127.0.0.1, in a thread of its own; all its methods may be called from tests as they stand.

    ``schema``: the path of Discord's OpenAPI document; by default it is looked for, False does without.
    ``privileged``: the privileged intents that are switched on for the application (none).
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        heartbeat_interval: float = 41.25,
        privileged: int = 0,
        schema: Path | bool = True,
    ) -> None:
        self.token = token
        self._loop = asyncio.new_event_loop()
        self._changed = threading.Condition()
        self._changes = 0
        self._thread = threading.Thread(target=self._serve, name="Discord", daemon=True)
        self._runner: web.AppRunner | None = None
        self.bots: list[BotProcess] = []
        self.gateway = Gateway(heartbeat_interval, privileged)
        self.gateway.notify = self._notify
        self.world = World(token, self.on_loop, self.gateway.dispatch)
        self.gateway.world = self.world
        self.faults = Faults(self.gateway, self.on_loop)
        path = schema if isinstance(schema, Path) else (openapi.find() if schema else None)
        self.api = Api(self.world, self.faults, openapi.document(path) if path else None, self._intents, self._notify)

    # Life

    def __enter__(self) -> DiscordServer:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for bot in self.bots:
            bot.stop()
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def __aenter__(self) -> DiscordServer:
        return await asyncio.to_thread(self.__enter__)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self.__exit__, kind, error, trace)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()

    async def _listen(self) -> None:
        application = web.Application(client_max_size=64 * 1024 * 1024)
        application.router.add_route("*", PREFIX + "/{tail:.*}", self.api.handle)
        application.router.add_get("/attachments/{channel}/{file_id:[0-9]+}/{name}", self.api.serve_file)
        application.router.add_get("/", self.gateway.handle)
        application.router.add_route("*", "/{tail:.*}", self.api.stray)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.world.base_url = f"http://127.0.0.1:{port}"

    async def _stop(self) -> None:
        for connection in list(self.gateway.connections):
            connection.drop()
        if self._runner is not None:
            await self._runner.cleanup()

    def on_loop(self, act: Callable[[], T]) -> T:
        """Runs ``act`` where the state changes; a test waits for it."""
        if threading.current_thread() is self._thread or not self._thread.is_alive():
            return act()

        async def run() -> T:
            return act()

        return asyncio.run_coroutine_threadsafe(run(), self._loop).result(10)

    # What a test reads

    @property
    def requests(self) -> list[Request]:
        """Everything the bot asked, in order."""
        return self.api.requests

    @property
    def violations(self) -> list[Violation]:
        """What Discord would not have taken. A test may clear it."""
        return self.api.violations

    @property
    def pings(self) -> list[Ping]:
        """Whom the messages of the bot rang."""
        return self.world.pings

    @property
    def interactions(self) -> list[Interaction]:
        """Everything that people did with commands, buttons and forms, in order."""
        return list(self.world.interactions.values())

    @property
    def clock(self) -> Clock:
        return self.world.clock

    def requests_to(self, method: str, route: str) -> list[Request]:
        """``route`` as in Discord's document, for instance ``/channels/{channel_id}/messages``."""
        return [one for one in self.requests if one.method == method and one.route == route]

    @property
    def unguarded(self) -> list[Request]:
        """Messages sent without ``allowed_mentions``: harmless until somebody's name stands in one."""
        return [one for one in self.requests if one.writes and one.allowed_mentions is None]

    def check(self) -> None:
        """Nothing was refused that a right bot would not have sent."""
        assert not self.violations, "\n".join(map(str, self.violations))

    # Waiting

    def wait_until(self, holds: Callable[[], Any], timeout: float = 10.0) -> bool:
        """Whether it came to hold in time."""
        deadline = time.monotonic() + timeout
        while True:
            changes = self._changes
            # Without the lock: what is asked may itself run in the loop, which takes the lock to tell of a change.
            if holds():
                return True
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            with self._changed:
                if changes == self._changes:
                    # Some of what is waited for is a matter of time alone.
                    self._changed.wait(min(left, 0.1))

    def wait_ready(self, count: int = 1, timeout: float = 20.0) -> None:
        """Until a bot has identified ``count`` times in all and is connected."""

        def arrived() -> bool:
            return self.gateway.ready_count >= count and self.gateway.connected

        def gone() -> bool:
            return bool(self.bots) and not any(bot.running for bot in self.bots)

        self.wait_until(lambda: arrived() or gone(), timeout)
        assert arrived(), "\n".join(
            ["The bot did not come", *map(str, self.violations), *(one.output for one in self.bots)]
        )

    def _notify(self) -> None:
        with self._changed:
            self._changes += 1
            self._changed.notify_all()

    def _intents(self) -> int:
        session = next(reversed(list(self.gateway.sessions.values())), None)
        return session.intents if session else 0

    # The bot's process

    def environment(self, **more: str) -> dict[str, str]:
        """For the bot's process: sends discord.py here."""
        behind = os.environ.get("PYTHONPATH")
        paths = [str(SITE), str(ROOT), *([behind] if behind else [])]
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")},
            "PYTHONPATH": os.pathsep.join(paths),
            "DATELINE_TEST_DISCORD_API": self.world.base_url + PREFIX,
            "DATELINE_TEST_DISCORD_GATEWAY": self.world.base_url.replace("http", "ws", 1) + "/",
            **more,
        }

    def start_bot(self, *arguments: str, cwd: Path | None = None, **environment: str) -> BotProcess:
        """Python with these arguments, for instance a script or ``-m bot serve``. Use it with ``with``."""
        made = BotProcess(arguments, self.environment(**environment), cwd)
        self.bots.append(made)
        return made
