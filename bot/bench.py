"""Where jobs are carried out: one thread beside the event loop.

A thread is enough: at a steady 60 questions a second, twice what it can do, interactions were acknowledged after 3 ms
(median) and 14 ms (95th percentile) on two slow cores (``python -m tests.bot.discord.load``). A process would do the
same behind :class:`bot.worker.Bench`.
"""

from __future__ import annotations

import asyncio
import time
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bot.console import say
from bot.desk import Desk
from bot.errors import UsageError
from bot.jobs import Job
from bot.settings import Settings
from bot.worker import WorkError

_STOP_SECONDS = 2.0
"""How long a job that has begun may still take when the bot stops; reading the model takes longer."""


class ThreadBench:
    """One thread that owns a desk."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")
        self._desk: Desk | None = None
        self._at_work = False

    async def start(self) -> None:
        """See :class:`bot.worker.Bench`."""

        def open_desk() -> None:
            self._desk = Desk(self._settings, say)
            self._desk.warm_up()

        await self._run(open_desk)

    async def carry_out(self, job: Job[Any], following: Sequence[Job[Any]] = ()) -> Any:
        """See :class:`bot.worker.Bench`."""

        def work() -> Any:
            assert self._desk is not None
            try:
                if job.asks:
                    self._desk.foresee(question for one in (job, *following) for question in one.asks)
                return job.run(self._desk)
            except UsageError:
                raise
            except Exception:
                raise WorkError(traceback.format_exc()) from None

        return await self._run(work)

    async def restart(self) -> None:
        """A thread cannot be ended; the next job waits for the one that hangs."""

    async def stop(self) -> None:
        """See :class:`bot.worker.Bench`."""
        # Not waited for: what the thread is at may never end. Python itself would wait at its exit.
        self._thread.shutdown(wait=False, cancel_futures=True)
        until = time.monotonic() + _STOP_SECONDS
        while self._at_work and time.monotonic() < until:
            await asyncio.sleep(0.02)

    @property
    def stuck(self) -> bool:
        """Whether something is still being worked at, after :meth:`stop`."""
        return self._at_work

    async def _run(self, act: Callable[[], Any]) -> Any:
        def noted() -> Any:
            self._at_work = True
            try:
                return act()
            finally:
                self._at_work = False

        return await asyncio.get_running_loop().run_in_executor(self._thread, noted)
