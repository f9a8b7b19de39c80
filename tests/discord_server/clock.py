"""Time as Discord's deadlines see it, and the ids that carry a time."""

from __future__ import annotations

import itertools
import time
from datetime import UTC, datetime

DISCORD_EPOCH_MS = 1_420_070_400_000
"""2015-01-01, where snowflakes count from."""


class Clock:
    """Real time plus what the test has skipped.

    Only deadlines (3 s, 15 min) use it. Ids and time stamps stay real, since the bot compares them with its own clock.
    """

    def __init__(self) -> None:
        self.skipped = 0.0

    def now(self) -> float:
        return time.monotonic() + self.skipped

    def advance(self, seconds: float) -> None:
        self.skipped += seconds


class Snowflakes:
    """Ids that grow, and tell when they were made."""

    def __init__(self) -> None:
        self._count = itertools.count()
        self._last = 0

    def __call__(self) -> int:
        made = ((int(time.time() * 1000) - DISCORD_EPOCH_MS) << 22) | (next(self._count) & 0xFFF)
        # Within one millisecond the counter may wrap; ids must grow all the same.
        self._last = max(made, self._last + 1)
        return self._last


def timestamp(seconds: float | None = None) -> str:
    """As Discord writes it."""
    return datetime.fromtimestamp(time.time() if seconds is None else seconds, UTC).isoformat()
