"""The bot's end of ``python -m bot.shelving``: started when there is something to read, ended when there is not."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from dataclasses import asdict

from bot.shelving import Outcome, Request

_LONGEST_LINE = 1 << 20
_END_SECONDS = 3.0


class GoneError(Exception):
    """The process ended before it answered."""


class ShelfProcess:
    """At most one process, one request at a time."""

    def __init__(self) -> None:
        self._process: Process | None = None
        self.progress: tuple[int, int] = (0, 0)
        """Passages that are in, of so many."""

    async def read(self, request: Request) -> Outcome:
        """Have a file read.

        Raises :class:`GoneError` when the process ends meanwhile, for want of memory perhaps.
        """
        self.progress = (0, 0)
        process = self._process
        if process is None or process.returncode is not None:
            process = self._process = await self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(asdict(request)).encode() + b"\n")
            await process.stdin.drain()
            while line := await process.stdout.readline():
                told = json.loads(line)
                if "outcome" in told:
                    return Outcome.read(told["outcome"])
                if told["stage"] == "passages":
                    self.progress = (told["done"], told["total"])
        except (OSError, ValueError) as error:
            await self.end()
            raise GoneError(str(error)) from error
        code = await process.wait()
        self._process = None
        raise GoneError(f"exit code {code}")

    async def end(self) -> None:
        """At once: a collection stands as its last transaction left it."""
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), _END_SECONDS)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def _started(self) -> Process:
        # One core: the other ones answer questions. And a process that reads strangers' files needs no token.
        quiet = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "DATELINE_DISCORD_TOKEN": ""}
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot.shelving",
            stdin=PIPE, stdout=PIPE, env={**os.environ, **quiet}, limit=_LONGEST_LINE,
        )  # fmt: skip
