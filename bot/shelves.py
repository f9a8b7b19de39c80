"""Servers' own collections, seen from the bot: files wait in line, one after the other is read by a process beside.

A file is noted in the record before it is read. So a restart in the middle loses nothing: what was noted is read
again afterwards, and what is in the collection already is not stored twice.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import re
import shutil
import time
import weakref
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from bot.clerk import Clerk
from bot.guilds import Upload
from bot.names import NameBook
from bot.settings import Settings
from bot.shelf_jobs import PurgeJob
from bot.shelf_process import GoneError, ShelfProcess
from bot.shelving import Outcome, Request
from bot.visibility import guild_collection, guild_of
from bot.wiring import collection_names
from bot.worker import Worker

_log = logging.getLogger(__name__)

_MOST_WAITING = 3
"""Files of one server that wait or are read."""

_MOST_WAITING_IN_ALL = 30
_IDLE_SECONDS = 60.0
"""How long the process with its model waits for another file."""

_LONGEST = 60 * 60.0
"""Seconds that one file may take."""

_PROGRESS_SECONDS = 3.0
_DAY = 24 * 60 * 60.0


class Face(Protocol):
    """Who shows people how far their files are: the client that is connected."""

    async def show_waiting(self, upload: Upload) -> None:
        """Another file is being read before it."""

    async def show_progress(self, upload: Upload, done: int, total: int, *, resumed: bool) -> None:
        """So many of so many passages are in; 0 of 0 while the file is being read."""

    async def show_paused(self, upload: Upload) -> None:
        """The bot is being stopped."""

    async def show_outcome(self, upload: Upload, outcome: Outcome | None, *, resumed: bool) -> None:
        """What became of it; None: something went wrong that is no fault of the file."""


class Shelves:
    """Adds to servers' collections, and removes those of servers that the bot has left."""

    def __init__(self, settings: Settings, clerk: Clerk, worker: Worker, names: NameBook) -> None:
        self.settings = settings
        self._clerk = clerk
        self._worker = worker
        self._names = names
        self._process = ShelfProcess()
        self._line: asyncio.Queue[tuple[Upload, bool]] = asyncio.Queue()
        self._waiting: list[Upload] = []
        """Those in line and the one that is being read."""
        self._tasks: list[asyncio.Task[None]] = []
        self._taking: weakref.WeakValueDictionary[int, asyncio.Lock] = weakref.WeakValueDictionary()
        self.face: Face | None = None
        self.present: Callable[[], set[int] | None] = lambda: None
        """The servers the bot is in, those that Discord cannot reach just now included; None while not known."""

    # Life

    async def start(self) -> None:
        """Go on with what a restart has interrupted. Once; called by the first client that is connected."""
        if self._tasks:
            return
        self._tasks = [
            asyncio.create_task(self._serve(), name="shelves"),
            asyncio.create_task(self._check_daily(), name="departures"),
        ]
        for upload in await self._clerk.do(lambda people: people.guilds.unfinished()):
            self._enter(upload, resumed=True)

    async def stop(self) -> None:
        """End the process at once, and tell whoever waits that it goes on afterwards."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._process.end()
        face = self.face
        if face is not None and self._waiting:
            with contextlib.suppress(Exception):
                await asyncio.wait_for(asyncio.gather(*(face.show_paused(upload) for upload in self._waiting)), 3.0)

    # Adding

    def taking(self, guild: int) -> asyncio.Lock:
        """Held while a server's file is taken; gone when nobody holds it."""
        return self._taking.setdefault(guild, asyncio.Lock())

    def has_room(self, guild: int) -> bool:
        """Whether another file may wait."""
        mine = sum(upload.guild == guild for upload in self._waiting)
        return mine < _MOST_WAITING and len(self._waiting) < _MOST_WAITING_IN_ALL

    async def add(self, upload: Upload, content: bytes) -> None:
        """Take a file; from here on it is read whatever happens."""
        staged = await asyncio.to_thread(self._stage, upload, content)
        upload = replace(upload, file=str(staged.relative_to(self.settings.home)))
        key = await self._clerk.do(lambda people: people.guilds.begin(upload))
        upload = replace(upload, key=key)
        if self._waiting and self.face is not None:
            await self.face.show_waiting(upload)
        self._enter(upload, resumed=False)

    def _stage(self, upload: Upload, content: bytes) -> Path:
        # By its content: the same file comes from the same place again, another one of the same name from another.
        folder = self._staging(upload.guild) / hashlib.sha256(content).hexdigest()[:16]
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / safe_name(upload.name)
        path.write_bytes(content)
        return path

    def _enter(self, upload: Upload, *, resumed: bool) -> None:
        self._waiting.append(upload)
        self._line.put_nowait((upload, resumed))

    async def _serve(self) -> None:
        while True:
            try:
                upload, resumed = await asyncio.wait_for(self._line.get(), _IDLE_SECONDS)
            except TimeoutError:
                await self._process.end()
                continue
            try:
                await self._read(upload, resumed=resumed)
            except Exception:
                _log.exception("a file could not be added")
            self._waiting.remove(upload)

    async def _read(self, upload: Upload, *, resumed: bool) -> None:
        path = self._path(upload)
        request = Request(
            guild_collection(upload.guild), str(path), upload.name, self.settings.server_articles,
            self.settings.server_megabytes,
        )  # fmt: skip
        self._process.progress = (0, 0)
        showing = asyncio.create_task(self._show_progress(upload, resumed=resumed))
        outcome: Outcome | None = None
        try:
            if path.exists():
                outcome = await asyncio.wait_for(self._process.read(request), _LONGEST)
        except TimeoutError:
            await self._process.end()
        except GoneError as error:
            _log.error("the process that reads files ended: %s", error)
        finally:
            showing.cancel()
            await asyncio.gather(showing, return_exceptions=True)
        await self._clerk.do(lambda people: people.guilds.finish(upload.key))
        if not any(other.key != upload.key and self._path(other).parent == path.parent for other in self._waiting):
            # The same file may wait a second time.
            await asyncio.to_thread(shutil.rmtree, path.parent, ignore_errors=True)
        self._names.forget()
        if self.face is not None:
            with contextlib.suppress(Exception):
                await self.face.show_outcome(upload, outcome, resumed=resumed)

    async def _show_progress(self, upload: Upload, *, resumed: bool) -> None:
        shown: tuple[int, int] | None = None
        while True:
            now = self._process.progress
            if now != shown and self.face is not None:
                shown = now
                with contextlib.suppress(Exception):
                    await self.face.show_progress(upload, *now, resumed=resumed)
            await asyncio.sleep(_PROGRESS_SECONDS)

    # Leaving

    async def check_departures(self) -> None:
        """Note which servers the bot has left, and remove what belongs to those it left long ago."""
        present = self.present()
        if present is None:
            return
        shelved = {guild_of(name) for name in await asyncio.to_thread(collection_names, self.settings.home)}
        known = {guild for guild in shelved if guild is not None}
        known |= await self._clerk.do(lambda people: people.guilds.with_settings())
        for guild in known - present:
            # Asked again for each: it may have come back while the others were noted.
            if guild not in (self.present() or known):
                await self._clerk.do(lambda people, guild=guild: people.guilds.leave(guild))  # type: ignore[misc]
        days = self.settings.keep_left_days
        for guild in await self._clerk.do(lambda people: people.guilds.gone_for(days)):
            if guild in present:
                await self.came_back(guild)
            else:
                await self._purge(guild)

    async def left(self, guild: int) -> None:
        """The bot was removed from a server."""
        await self._clerk.do(lambda people: people.guilds.leave(guild))
        await self.check_departures()

    async def came_back(self, guild: int) -> None:
        """The bot is in a server, again perhaps: what it keeps of it stays."""
        await self._clerk.do(lambda people: people.guilds.come_back(guild))

    async def _purge(self, guild: int) -> None:
        if any(upload.guild == guild for upload in self._waiting):
            return  # another day
        await self._worker.do(PurgeJob(guild_collection(guild)))
        await asyncio.to_thread(shutil.rmtree, self._staging(guild), ignore_errors=True)
        await self._clerk.do(lambda people: people.forget_guild(guild))
        self._names.forget()
        _log.warning("removed what belonged to the server %s, which the bot has left", guild)

    async def _check_daily(self) -> None:
        while True:
            await asyncio.sleep(_DAY)
            with contextlib.suppress(Exception):
                await self.check_departures()

    def _path(self, upload: Upload) -> Path:
        return self.settings.home / upload.file

    def _staging(self, guild: int) -> Path:
        return self.settings.home / "uploads" / guild_collection(guild)


def safe_name(name: str) -> str:
    """A file's name that no system takes amiss; articles are named after it."""
    stem, dot, suffix = Path(name.replace("\\", "/")).name.rpartition(".")
    clean = re.sub(r"[^\w-]+", "-", stem)[:80].strip("-")
    return f"{clean or 'article'}{dot}{suffix.lower()}"


def new_upload(guild: int, person: int, name: str, application: int, token: str, message: int) -> Upload:
    """A file that is about to be taken."""
    return Upload(0, guild, person, name, "", time.time(), application, token, message)
