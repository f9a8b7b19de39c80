"""The one thread that keeps ``people.db``: the event loop hands it what is to be done and awaits the outcome."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from bot.people import People

T = TypeVar("T")

_log = logging.getLogger(__name__)

_PRUNE_SECONDS = 15 * 60.0
"""How often what is older than a day is looked for: nothing stays much longer than promised."""


class Clerk:
    """``await clerk.do(lambda people: people.answer(key))``."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="people")
        self._people: People | None = None
        self._pruning: asyncio.Task[None] | None = None
        self.uuid = ""
        """The record's own, part of the id of every button; known once it is open."""

    async def open(self) -> None:
        """Raises :class:`bot.errors.SettingsError` when the record cannot be used."""
        self._people = await self._run(lambda: People.open(self._home))
        self.uuid = await self.do(lambda people: people.uuid)
        self._pruning = asyncio.create_task(self._prune(), name="prune")

    async def do(self, act: Callable[[People], T]) -> T:
        """In the thread of the record, one after the other."""
        people = self._people
        assert people is not None, "the record is opened before anything is asked of it"
        return await self._run(lambda: act(people))

    async def close(self) -> None:
        """After everything that was asked for is done."""
        if self._pruning is not None:
            self._pruning.cancel()
        if self._people is not None:
            await self._run(self._people.close)
        self._thread.shutdown(wait=True)

    async def _run(self, act: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, act)

    async def _prune(self) -> None:
        while True:
            try:
                await self.do(lambda people: people.prune())
            except sqlite3.Error as error:  # a full disk, another process: next time then
                _log.warning("old entries could not be removed: %s", error)
            await asyncio.sleep(_PRUNE_SECONDS)
