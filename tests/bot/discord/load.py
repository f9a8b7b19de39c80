"""A steady load above capacity: how soon questions are acknowledged, and what becomes of each.

python -m tests.bot.discord.load [HOME]      HOME: a data folder in which the samples are encoded already
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bot.discord.conftest import NATO, NOWHERE, TROOPS, Stage, staged
from tests.discord_server import Interaction

PER_SECOND = 60
SECONDS = 8
QUESTIONS = (NATO, TROOPS, NOWHERE, "When is Scholz going to Moscow?", "What did Macron say about Belarus?")


@dataclass(frozen=True)
class Load:
    """What came of it."""

    asked: int
    answered: int
    busy: int
    left: int
    """Neither answered nor told why: none, or something is wrong."""
    p50: float
    p95: float
    longest: float
    """Seconds until the acknowledgement."""
    megabytes: float
    """What the bot and its children held at most, resident."""

    def __str__(self) -> str:
        return (
            f"{self.asked} asked, {self.answered} answered, {self.busy} told busy, {self.left} left; acknowledged "
            f"after {1000 * self.p50:.0f} ms (p50), {1000 * self.p95:.0f} ms (p95), {1000 * self.longest:.0f} ms "
            f"(longest); {self.megabytes:.0f} MB"
        )


def measure(stage: Stage, per_second: int = PER_SECOND, seconds: float = SECONDS) -> Load:
    """Ask at a steady pace, then wait until everything is answered."""
    asked: list[Interaction] = []
    began = time.monotonic()
    most = 0.0
    for number in range(int(per_second * seconds)):
        pause = began + number / per_second - time.monotonic()
        if pause > 0:
            time.sleep(pause)
        question = QUESTIONS[number % len(QUESTIONS)]
        asked.append(stage.server.command(stage.ada, stage.channel, "ask", {"question": question}))
        if number % per_second == 0:
            most = max(most, resident(stage.bot.process.pid))
    stage.server.wait_until(lambda: all(one.settled for one in asked), 90)
    waits = sorted(one.acknowledged_after if one.acknowledged_after is not None else 99.0 for one in asked)
    busy = sum("Many people are asking" in one.text for one in asked)
    settled = sum(one.settled for one in asked)
    p95 = waits[int(0.95 * len(waits))]
    most = max(most, resident(stage.bot.process.pid))
    return Load(len(asked), settled - busy, busy, len(asked) - settled, statistics.median(waits), p95, waits[-1], most)


def resident(pid: int) -> float:
    """Megabytes of a process and its children, where the system tells."""
    total = 0.0
    for one in (pid, *children(pid)):
        try:
            status = Path(f"/proc/{one}/status").read_text()
        except OSError:
            continue
        total += next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")), 0.0)
    return total


def children(pid: int) -> list[int]:
    """Processes that a process has started and that still run."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(path.parent.name))
    return found


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        given = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "home"
        with staged(given) as ready:
            print(measure(ready))
