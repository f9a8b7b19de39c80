"""One queue to one worker, with a desk that answers from the sample articles."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from bot.bench import ThreadBench
from bot.desk import Desk
from bot.jobs import Asked, AskJob, Job
from bot.settings import load_settings
from bot.wiring import MAIN
from bot.worker import BusyError, LateError, StoppingError, Worker
from embeddings.encoder import Vectors
from embeddings.runtime.encoder import RuntimeEncoder
from retrieval.asking import Options
from retrieval.models import Answer

QUESTIONS = [
    "What did Putin say about NATO expansion?",
    "how many troops are near Ukraine?",
    "Which company laid the Nord Stream 2 pipeline under the Baltic Sea to Germany, while the German chancellor told "
    "reporters in Washington what about sanctions?",
    "",
    "WHAT DID MACRON SAY?",
    "Who met whom in Moscow?",
]


@dataclass(frozen=True, slots=True)
class Note(Job[str]):
    """Waits until it may end."""

    text: str
    wait: Any = None

    def run(self, desk: Desk) -> str:
        if self.wait is not None:
            self.wait.wait(10)
        return self.text


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The texts that the model was given, call by call."""
    given: list[list[str]] = []
    encode = RuntimeEncoder._encode

    def noted(encoder: RuntimeEncoder, texts: list[str]) -> Vectors:
        given.append(texts)
        return encode(encoder, texts)

    monkeypatch.setattr(RuntimeEncoder, "_encode", noted)
    return given


def answers(questions: Sequence[str], read: list[list[str]], *, at_once: bool) -> list[Answer]:
    async def ask() -> list[Asked]:
        worker = Worker(ThreadBench(load_settings()))
        await worker.start()
        read.clear()  # what the samples and the desk's own question took
        try:
            jobs = [worker.do(AskJob(question, Options(), (MAIN,))) for question in questions]
            return await asyncio.gather(*jobs) if at_once else [await job for job in jobs]
        finally:
            await worker.stop()

    return [replace(asked.answer, timings_ms={}) for asked in asyncio.run(ask())]


def test_questions_that_wait_are_read_together_and_answered_as_one_by_one(home: Path, read: list[list[str]]) -> None:
    alone = answers(QUESTIONS, read, at_once=False)
    one_by_one = list(read)
    assert answers(QUESTIONS, read, at_once=True) == alone
    # The third asks two things, the fourth nothing; the fifth is typed in capitals.
    assert [len(texts) for texts in one_by_one] == [1, 1, 3, 1, 1]
    assert read == [[text for texts in one_by_one for text in texts]]
    assert "what did macron say?" in read[0]


def test_what_waits_too_long_or_finds_no_room_is_told_so(home: Path) -> None:
    async def crowd() -> list[Any]:
        release = threading.Event()
        worker = Worker(ThreadBench(load_settings()), most_waiting=2)
        await worker.start()
        first = asyncio.create_task(worker.do(Note("first", release)))
        await asyncio.sleep(0.05)  # it is being worked at, and waits no more
        waiting = [
            asyncio.create_task(worker.do(Note(text), deadline)) for text, deadline in (("late", 0.1), ("in", 9))
        ]
        await asyncio.sleep(0)
        refused = asyncio.create_task(worker.do(Note("one too many")))
        late = (await asyncio.gather(waiting[0], return_exceptions=True))[0]
        release.set()
        found = [late, *await asyncio.gather(first, waiting[1], refused, return_exceptions=True)]
        await worker.stop()
        found += await asyncio.gather(worker.do(Note("after")), return_exceptions=True)
        return found

    late, first, inside, refused, after = asyncio.run(crowd())
    assert (first, inside) == ("first", "in")
    assert [type(one) for one in (late, refused, after)] == [LateError, BusyError, StoppingError]


def test_what_still_waits_at_the_end_is_told_so(home: Path) -> None:
    async def stop() -> list[Any]:
        release = threading.Event()
        worker = Worker(ThreadBench(load_settings()))
        await worker.start()
        jobs = [asyncio.create_task(worker.do(Note(text, release))) for text in ("one", "two", "three")]
        await asyncio.sleep(0.05)
        stopping = asyncio.create_task(worker.stop())
        await asyncio.sleep(0.05)
        release.set()
        await stopping
        return await asyncio.gather(*jobs, return_exceptions=True)

    assert {type(one) for one in asyncio.run(stop())} == {StoppingError}
