"""1 to 64 people asking at once, of one process, as the Discord bot serves them.

    python -m benchmarks.speed.concurrency [--quick]

So many tasks ask one question after the other through the bot's queue to its one worker (``bot.worker``,
``bot.bench``), each question once. Rounds begin and end with one person at a time, against whom the others are held.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import statistics
import time
from pathlib import Path
from typing import Any

from benchmarks.speed import numbers, plots, texts
from benchmarks.speed.bars import Bar, at_least
from benchmarks.speed.measures import Setup, run

TITLE = "Many at once"
PICTURES = ("concurrency",)

LEVELS = (1, 2, 4, 8, 16, 32, 64)


def measure(setup: Setup) -> dict[str, Any]:
    questions = texts.squad_questions(setup)
    every = [*questions.answerable, *questions.unanswerable]
    random.Random(texts.SEED).shuffle(every)
    rounds, each = (2, 128) if setup.quick else (4, 160)
    home = texts.squad_home(setup)
    os.environ["DATELINE_HOME"] = str(home)
    # A file .env of whoever measures is none of its business.
    with contextlib.chdir(setup.work):
        return asyncio.run(_measured(setup, every, rounds, each))


async def _measured(setup: Setup, questions: list[str], rounds: int, each: int) -> dict[str, Any]:
    from bot.bench import ThreadBench
    from bot.jobs import AskJob
    from bot.settings import load_settings
    from bot.wiring import MAIN
    from bot.worker import DEADLINE, Worker
    from retrieval.asking import Options

    worker = Worker(ThreadBench(load_settings()))
    await worker.start()
    waiting = iter(questions)

    async def at_once(level: int) -> tuple[float, list[float]]:
        """Questions a second, and milliseconds until each was answered."""
        left = [next(waiting) for _ in range(each)]
        taken: list[float] = []

        async def person() -> None:
            while left:
                question = left.pop()
                started = time.perf_counter()
                await worker.do(AskJob(question, Options(), (MAIN,)), DEADLINE)
                taken.append(1000 * (time.perf_counter() - started))

        started = time.perf_counter()
        await asyncio.gather(*(person() for _ in range(level)))
        return each / (time.perf_counter() - started), taken

    await at_once(1)
    rates: dict[int, list[float]] = {level: [] for level in LEVELS}
    alone: list[float] = []
    waits: dict[int, list[float]] = {level: [] for level in LEVELS}
    for number in range(rounds):
        setup.say(f"1 to {LEVELS[-1]} at once, round {number + 1} of {rounds}")
        # Up in one round, down in the next: whatever drifts weighs on both ends.
        for level in LEVELS if number % 2 == 0 else reversed(LEVELS):
            rate, taken = await at_once(level)
            rates[level].append(round(rate, 2))
            waits[level] += numbers.rounded(taken, 4)
        alone.append(round((await at_once(1))[0], 2))
    await worker.stop()
    return {"questions": each, "rates": {str(level): found for level, found in rates.items()}, "alone": alone,
            "waits_ms": {str(level): found for level, found in waits.items()}}  # fmt: skip


def against_one(data: dict[str, Any]) -> dict[int, list[float]]:
    """Throughput of each round relative to one at a time, which was measured twice in it."""
    both = zip(data["rates"]["1"], data["alone"], strict=True)
    base = [statistics.mean(pair) for pair in both]
    return {int(level): numbers.ratios(found, base) for level, found in data["rates"].items()}


def section(data: dict[str, Any]) -> str:
    relative = against_one(data)
    rows = []
    for level, found in relative.items():
        waits = data["waits_ms"][str(level)]
        rows.append(
            [
                f"{level}",
                numbers.spread(data["rates"][str(level)]),
                numbers.spread(found, "x", 2),
                *(numbers.number(numbers.percentile(waits, share)) for share in (0.5, 0.95)),
            ]
        )
    return (
        f"One process, the bot's queue and its one worker; {data['questions']} questions at each level and round, "
        f"{len(data['alone'])} rounds: median (least to most). The wait is from asking to the answer.\n\n"
        + numbers.table(["at once", "answers a second", "against one at a time", "wait p50, ms", "wait p95, ms"], rows)
    )


def bars(data: dict[str, Any]) -> list[Bar]:
    most = max(against_one(data))
    name = f"{most} questions at once against one at a time: throughput"
    return [at_least(name, statistics.median(against_one(data)[most]), 1)]


def draw(data: dict[str, Any], folder: Path) -> None:
    figure, (left, right) = plots.canvas(9.2, 2.9, columns=2)
    relative = against_one(data)
    levels = list(relative)
    left.fill_between(levels, [min(r) for r in relative.values()], [max(r) for r in relative.values()],
                      color=plots.OURS, alpha=0.18, linewidth=0)  # fmt: skip
    left.plot(levels, [statistics.median(r) for r in relative.values()], "o-", color=plots.OURS, markersize=5)
    left.axhline(1, color="#55554f", linewidth=1, linestyle=(0, (4, 3)))
    left.set_ylim(0, 1.15 * max(max(r) for r in relative.values()))
    left.set_title("Throughput against one at a time (median, least to most)")
    left.set_ylabel("times")
    for share, style, name in ((0.5, "o-", "p50"), (0.95, "s--", "p95")):
        waits = [numbers.percentile(data["waits_ms"][str(level)], share) for level in levels]
        right.plot(levels, waits, style, color=plots.OURS, markersize=5, label=name)
    right.set_yscale("log")
    right.set_ylabel("milliseconds")
    right.set_title("From asking to the answer")
    right.legend()
    plots.plain_numbers(right.yaxis)
    for axis in (left, right):
        axis.set_xscale("log", base=2)
        axis.set_xticks(levels, [str(level) for level in levels])
        axis.set_xlabel("questions at once")
    plots.save(figure, folder, "concurrency")


if __name__ == "__main__":
    run(__name__)
