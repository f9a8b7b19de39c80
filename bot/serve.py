"""``dateline serve``: the bot's life. A supervisor around the client, which lives through what Discord does.

The client ends where it cannot help itself (no gateway at the first connect, an event it cannot read, a close code
it does not know); the supervisor makes another, waiting longer each time. What no patience cures, a wrong token or
an intent that is not allowed, ends the bot with one sentence.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import sys
import time
from typing import Final

import discord

from bot.bench import ThreadBench
from bot.clerk import Clerk
from bot.client import Dateline
from bot.console import say
from bot.errors import BotError, SettingsError
from bot.failures import exit_code_of
from bot.limits import Limits
from bot.names import NameBook
from bot.settings import Settings
from bot.shelves import Shelves
from bot.worker import Worker

_log = logging.getLogger(__name__)

_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 120.0
_WELL_AFTER = 300.0
"""Seconds of connection after which the next failure is a first one again."""

_DRAIN_SECONDS = 20.0
"""How long what was asked may still be answered when the bot is stopped: a full queue takes some ten."""

_BAD_TOKEN: Final = (
    "Discord does not take the token; copy it anew from the Bot page of the Developer Portal into "
    "DATELINE_DISCORD_TOKEN."
)
_NO_TOKEN: Final = (
    "There is no Discord token; create a bot in the Developer Portal and put DATELINE_DISCORD_TOKEN=... into .env"
)
_INTENTS: Final = (
    "Discord refuses the intents that were asked for; Dateline needs no privileged one, so upgrade it with: "
    "pip install --upgrade dateline"
)
_OUTDATED: Final = "Discord refuses this kind of connection (code {code}); upgrade with: pip install --upgrade dateline"


class RefusedError(BotError):
    """Discord refuses the bot for good; the message says what to do."""


def run(settings: Settings) -> int:
    """Until the bot is stopped; 0 when it was asked to.

    Raises :class:`BotError` with one sentence when it cannot go on.
    """
    if settings.discord_token is None or not settings.discord_token.get_secret_value().strip():
        raise SettingsError(_NO_TOKEN)
    token = settings.discord_token.get_secret_value().strip()
    hide_in_logs(token)
    logging.getLogger("discord.client").addFilter(_Brief())
    bench = ThreadBench(settings)
    code = 0
    try:
        asyncio.run(_serve(settings, token, bench))
    except Exception as error:
        if not bench.stuck:
            raise
        code = exit_code_of(error)
    if bench.stuck:
        # Python would wait for the thread at its exit, for minutes perhaps; everything else is closed.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    return code


async def _serve(settings: Settings, token: str, bench: ThreadBench) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows
            loop.add_signal_handler(name, stop.set)
    clerk = Clerk(settings.home)
    worker = Worker(bench)
    try:
        await clerk.open()
        # People may ask while the model is read: they wait some seconds instead of meeting nobody.
        starting = asyncio.create_task(worker.start(), name="start")
        limits = Limits(settings.person_limit, settings.channel_limit)
        names = NameBook(worker)
        shelves = Shelves(settings, clerk, worker, names)
        supervisor = Supervisor(worker, clerk, token, limits, names, shelves)
        await _first_of(stop, starting, supervisor)
    finally:
        await worker.stop()
        await clerk.close()


async def _first_of(stop: asyncio.Event, starting: asyncio.Task[None], supervisor: Supervisor) -> None:
    """Until somebody stops the bot, or something ends it."""
    running = asyncio.create_task(supervisor.run(), name="supervisor")
    stopping = asyncio.create_task(stop.wait(), name="stop")
    tasks: set[asyncio.Task[object]] = {running, stopping, starting}
    try:
        while not stopping.done() and not running.done():
            done, tasks = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            if starting in done:
                starting.result()  # raises what keeps the worker from working
                say("Dateline is ready. Stop it with Ctrl-C.")
        if running.done():
            running.result()
    finally:
        for task in (stopping, starting):
            task.cancel()
        await supervisor.stop(running)


class Supervisor:
    """Keeps one client connected."""

    def __init__(
        self, worker: Worker, clerk: Clerk, token: str, limits: Limits, names: NameBook, shelves: Shelves
    ) -> None:
        self._worker = worker
        self._clerk = clerk
        self._token = token
        self._names = names
        self._shelves = shelves
        self._limits = limits
        self._client: Dateline | None = None
        self._ending: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """For ever. Raises :class:`RefusedError` where waiting does not help."""
        pause = _FIRST_PAUSE
        while True:
            client = self._client = Dateline(self._worker, self._clerk, self._names, self._shelves, self._limits)
            began = time.monotonic()
            try:
                await client.start(self._token)
                reason = "the connection ended"
            except discord.LoginFailure as error:
                raise RefusedError(_BAD_TOKEN) from error
            except discord.PrivilegedIntentsRequired as error:
                raise RefusedError(_INTENTS) from error
            except discord.ConnectionClosed as error:
                _refuse(error.code)
                reason = f"the connection was closed with {error.code}"
            except Exception as error:
                reason = f"{type(error).__name__}: {error}"
                _log.debug("the client ended", exc_info=error)
            if time.monotonic() - began > _WELL_AFTER:
                pause = _FIRST_PAUSE
            _log.warning("%s; connecting again in %.1f s", reason, pause)
            # What was being answered is still sent by the old client, while the new one connects.
            self._retire(client)
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    async def stop(self, running: asyncio.Task[None]) -> None:
        """No new events; what was asked is answered; then the connections close."""
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        # While the connection is still there to say so.
        await self._shelves.stop()
        if self._client is not None:
            self._retire(self._client)
        if self._ending:
            await asyncio.wait(self._ending)

    def _retire(self, client: Dateline) -> None:
        task = asyncio.create_task(_end(client), name="end")
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)


async def _silence(client: Dateline) -> None:
    """Close the gateway alone: the answers that are under way go over HTTP."""
    # discord.py knows no such half; its close() would take the HTTP session along.
    gateway = getattr(client, "ws", None)
    if gateway is not None:
        with contextlib.suppress(Exception):
            await asyncio.wait_for(gateway.close(code=1000), 2.0)


async def _end(client: Dateline) -> None:
    await _silence(client)
    await client.drain(_DRAIN_SECONDS)
    with contextlib.suppress(Exception):
        await client.close()


def _refuse(code: int) -> None:
    """Raise for a close code that will come again."""
    if code == 4004:
        raise RefusedError(_BAD_TOKEN)
    if code in (4013, 4014):
        raise RefusedError(_INTENTS)
    if code in (4010, 4011, 4012):
        raise RefusedError(_OUTDATED.format(code=code))


class _Brief(logging.Filter):
    """A connection that was lost is no failure of ours: one line, no traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        """See :mod:`logging`."""
        if record.exc_info and record.exc_info[1] is not None:
            record.msg = f"{record.getMessage()} ({type(record.exc_info[1]).__name__}: {record.exc_info[1]})"
            record.args, record.exc_info = (), None
        return True


class _Hiding(logging.Filter):
    """Takes a secret out of whatever is logged."""

    def __init__(self, secret: str) -> None:
        super().__init__()
        self._secret = secret

    def filter(self, record: logging.LogRecord) -> bool:
        """See :mod:`logging`."""
        if self._secret in record.getMessage():
            record.msg, record.args = record.getMessage().replace(self._secret, "[token]"), ()
        return True


def hide_in_logs(secret: str) -> None:
    """Whatever a library logs, the token is not in it."""
    for handler in logging.getLogger().handlers:
        handler.addFilter(_Hiding(secret))
