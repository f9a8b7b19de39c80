"""The bot as an operator runs it: a process of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType


class BotProcess:
    """Ended when the ``with`` block is left; what it printed stays readable in ``output``."""

    def __init__(self, arguments: Sequence[str], environment: dict[str, str], cwd: Path | None) -> None:
        self.arguments = tuple(arguments)
        self._folder = tempfile.TemporaryDirectory(prefix="bot-")
        self._read = ""
        self._printed = Path(self._folder.name, "output.txt")
        with self._printed.open("ab") as printed:
            self.process = subprocess.Popen(
                [sys.executable, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=subprocess.STDOUT,
                env=environment,
                cwd=cwd,
            )

    def __enter__(self) -> BotProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def output(self) -> str:
        """Both streams, so far."""
        if self._printed.exists():
            self._read = self._printed.read_text(encoding="utf-8", errors="replace")
        return self._read

    def wait_for(self, words: str, timeout: float = 10.0) -> bool:
        """Whether it printed them in time."""
        deadline = time.monotonic() + timeout
        while words not in self.output:
            if time.monotonic() > deadline or not self.running:
                return words in self.output
            time.sleep(0.05)
        return True

    @property
    def running(self) -> bool:
        return self.process.poll() is None

    def wait(self, timeout: float = 10.0) -> int:
        """For the process to end by itself; its exit code."""
        return self.process.wait(timeout)

    def stop(self, how: int = signal.SIGTERM, timeout: float = 5.0) -> int:
        """Asked to end, then made to."""
        if self.running:
            self.process.send_signal(how)
            try:
                self.process.wait(timeout)
            except subprocess.TimeoutExpired:
                self.process.kill()
        code = self.process.wait(timeout)
        self._read = self.output
        self._folder.cleanup()
        return code

    def kill(self) -> int:
        """As when the machine loses power."""
        return self.stop(signal.SIGKILL)
