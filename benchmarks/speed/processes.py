"""Other processes: what one cost in all, and one that answers line by line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from benchmarks.speed.measures import ROOT


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took from its start to its end."""

    wall: float
    """Seconds, as is ``processor`` (user and system)."""
    processor: float
    memory: float
    """Megabytes at the peak."""


def cost_of(command: Sequence[str], environment: dict[str, str], folder: Path, fine: Sequence[int] = (0,)) -> Cost:
    """Run a process that has to end with one of the codes ``fine``."""
    log = folder / "stderr.txt"
    with log.open("wb") as told:
        started = time.perf_counter()
        process = subprocess.Popen(command, env=environment, cwd=folder, stdout=subprocess.DEVNULL, stderr=told)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in fine:
        raise RuntimeError(f"{' '.join(command[:4])} failed:\n{_end_of(log)}")
    return Cost(round(wall, 4), round(usage.ru_utime + usage.ru_stime, 4), round(_megabytes(usage.ru_maxrss), 1))


def costs(found: Sequence[Cost]) -> dict[str, list[float]]:
    """As they are stored: a list for each kind of cost."""
    return {name: [asdict(one)[name] for one in found] for name in ("wall", "processor", "memory")}


class Conversation:
    """A process that gets one JSON object a line and answers each with one."""

    def __init__(self, command: Sequence[str], environment: dict[str, str], folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._log = folder / "stderr.txt"
        with self._log.open("wb") as told:
            self._process = subprocess.Popen(
                command, env=environment, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=told,
                text=True, encoding="utf-8",
            )  # fmt: skip

    def __enter__(self) -> Conversation:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def ask(self, **question: Any) -> dict[str, Any]:
        """Send an object and wait for the answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(json.dumps(question) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise RuntimeError(f"the other side died:\n{_end_of(self._log)}")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def resident(self) -> float:
        """Megabytes that it holds now."""
        try:
            told = Path(f"/proc/{self._process.pid}/status").read_text(encoding="utf-8")
            return next(int(line.split()[1]) / 1024 for line in told.splitlines() if line.startswith("VmRSS"))
        except OSError:
            shown = subprocess.run(
                ["ps", "-o", "rss=", "-p", str(self._process.pid)], capture_output=True, text=True, check=True
            )
            return int(shown.stdout) / 1024

    def close(self) -> float:
        """End it; megabytes at its peak."""
        if self._process.returncode is not None:
            return 0.0
        assert self._process.stdin is not None
        self._process.stdin.close()
        _, status, usage = os.wait4(self._process.pid, 0)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        assert self._process.stdout is not None
        self._process.stdout.close()
        return _megabytes(usage.ru_maxrss)


def environment_of(home: Path) -> dict[str, str]:
    """For Dateline and for its peers: no settings from anywhere else, and nobody asks a hub for a model."""
    # Whoever installed something has compiled modules.
    left_out = ("PYTHONDONTWRITEBYTECODE",)
    kept = {
        name: value for name, value in os.environ.items() if name not in left_out and not name.startswith("DATELINE_")
    }
    return kept | {
        "PYTHONPATH": str(ROOT),
        "DATELINE_HOME": str(home),
        "HF_HUB_OFFLINE": "1",
        "HAYSTACK_TELEMETRY_ENABLED": "False",
    }


def dateline(*arguments: str) -> list[str]:
    """The command, from the sources that are measured."""
    return [sys.executable, "-m", "bot", *arguments]


def _end_of(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")[-3000:]


def _megabytes(most: int) -> float:
    # Linux counts in kilobytes, macOS in bytes.
    return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)
