"""The async edge: one bounded queue to one worker. The event loop only ever awaits.

The worker is a bench (``bench.py``): something that carries out one job at a time, elsewhere.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from bot.errors import BotError
from bot.jobs import Job

T = TypeVar("T")

_log = logging.getLogger(__name__)

MOST_WAITING = 64
"""Jobs that wait at most. At some ten a second the last of them is answered well within its deadline."""

DEADLINE = 60.0
"""Seconds from asking to an answer; after that nobody waits for it any more."""


class WorkError(BotError):
    """A job failed in the worker; the message is its traceback, for the log alone."""


class BusyError(BotError):
    """The queue is full."""


class LateError(BotError):
    """The deadline has passed."""


class StoppingError(BotError):
    """The bot is being stopped."""


class Bench(Protocol):
    """Carries out one job at a time, in a thread or a process."""

    async def start(self) -> None:
        """Until it can work; raises what keeps it from it."""

    async def carry_out(self, job: Job[Any], following: Sequence[Job[Any]] = ()) -> Any:
        """``following`` wait behind it: what several need may be got at once.

        Raises :class:`WorkError` when the job fails, or :class:`BotError` with a sentence for the person.
        """

    async def restart(self) -> None:
        """After a job that never ended, or when it died."""

    async def stop(self) -> None:
        """Leaves nothing behind."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    job: Job[Any]
    until: float
    outcome: asyncio.Future[Any]


class Worker:
    """``answer = await worker.do(AskJob(...))``."""

    def __init__(self, bench: Bench, most_waiting: int = MOST_WAITING) -> None:
        self._bench = bench
        self._most_waiting = most_waiting
        # No asyncio.Queue: nobody may look at what waits in it.
        self._queue: deque[_Waiting] = deque()
        self._came = asyncio.Event()
        self._serving: asyncio.Task[None] | None = None
        self._stopping = False

    async def start(self) -> None:
        """Jobs may be given before this is done; they wait."""
        await self._bench.start()
        self._serving = asyncio.create_task(self._serve(), name="worker")

    async def do(self, job: Job[T], deadline: float = DEADLINE) -> T:
        """Have a job done.

        Raises :class:`BusyError`, :class:`LateError`, :class:`StoppingError`, or what :meth:`Bench.carry_out` raises.
        """
        if self._stopping:
            raise StoppingError("The bot is being stopped.")
        if len(self._queue) >= self._most_waiting:
            raise BusyError("Too many questions wait already.")
        outcome: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._queue.append(_Waiting(job, time.monotonic() + deadline, outcome))
        self._came.set()
        try:
            return await asyncio.wait_for(outcome, deadline)
        except TimeoutError:
            raise LateError(f"No answer within {deadline:.0f} seconds.") from None

    async def stop(self) -> None:
        """What still waits is told so."""
        self._stopping = True
        if self._serving is not None:
            self._serving.cancel()
            await asyncio.gather(self._serving, return_exceptions=True)
        while self._queue:
            waiting = self._queue.popleft()
            if not waiting.outcome.done():
                waiting.outcome.set_exception(StoppingError("The bot is being stopped."))
        await self._bench.stop()

    async def _serve(self) -> None:
        while True:
            while not self._queue:
                self._came.clear()
                await self._came.wait()
            waiting = self._queue.popleft()
            # Nobody waits for it any more.
            if waiting.outcome.done() or time.monotonic() > waiting.until:
                continue
            following = [other.job for other in self._queue if not other.outcome.done()]
            carrying_out = self._bench.carry_out(waiting.job, following)
            try:
                result = await asyncio.wait_for(carrying_out, waiting.until - time.monotonic())
            except asyncio.CancelledError:
                if not waiting.outcome.done():
                    waiting.outcome.set_exception(StoppingError("The bot is being stopped."))
                raise
            except TimeoutError:
                _log.error("a job did not end in time: %s", type(waiting.job).__name__)
                await self._bench.restart()
            except Exception as error:
                if not waiting.outcome.done():
                    waiting.outcome.set_exception(error)
            else:
                if not waiting.outcome.done():
                    waiting.outcome.set_result(result)
