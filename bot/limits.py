"""How fast people may ask: a bucket of tokens for each person and each channel, in memory alone.

A full bucket holds a minute's worth, so that somebody may ask several things at once and then waits a little. It
guards the one worker (``worker.py``): nobody has to wait for one person's hundred questions.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

QUESTION = 1.0
PRESS = 0.2
"""What a press of a button costs, in questions: it looks up again what was found once."""

FREE = frozenset({"privacy", "forget-me", "help", "setup"})
"""Commands that look nothing up, by name. Every other one counts, also one that is new."""

_MOST_BUCKETS = 10_000
"""From here on those that are full again are dropped: they tell nothing."""


class Whose(StrEnum):
    """Whose bucket is empty."""

    PERSON = "person"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something may not be asked now."""

    whose: Whose
    seconds: int
    """After which it may."""
    first: bool
    """Whether it is the first since something was let through: what nobody asked for is said once."""


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float
    refused: bool = False


class Limits:
    """Questions a minute; 0 stands for any number. ``now`` is the clock, for tests."""

    def __init__(self, a_person: int = 0, a_channel: int = 0, now: Callable[[], float] = time.monotonic) -> None:
        self._most = {Whose.PERSON: a_person, Whose.CHANNEL: a_channel}
        self._now = now
        self._buckets: dict[tuple[Whose, int], _Bucket] = {}

    def take(self, person: int, channel: int, cost: float = QUESTION) -> Refusal | None:
        """None where it may be asked, and is counted; what is refused is not counted."""
        if len(self._buckets) >= _MOST_BUCKETS:
            self._drop_full()
        buckets = {
            whose: self._bucket(whose, number)
            for whose, number in ((Whose.PERSON, person), (Whose.CHANNEL, channel))
            if self._most[whose]
        }
        for whose, bucket in buckets.items():
            if bucket.tokens < cost:
                first, bucket.refused = not bucket.refused, True
                return Refusal(whose, math.ceil((cost - bucket.tokens) * 60 / self._most[whose]), first)
        for bucket in buckets.values():
            bucket.tokens -= cost
            bucket.refused = False
        return None

    @property
    def remembered(self) -> int:
        """How many buckets there are."""
        return len(self._buckets)

    def _bucket(self, whose: Whose, number: int) -> _Bucket:
        now = self._now()
        key = (whose, number)
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = _Bucket(float(self._most[whose]), now)
        bucket.tokens, bucket.at = self._filled(whose, bucket, now), now
        return bucket

    def _filled(self, whose: Whose, bucket: _Bucket, now: float) -> float:
        most = self._most[whose]
        return min(bucket.tokens + (now - bucket.at) * most / 60, most)

    def _drop_full(self) -> None:
        now = self._now()
        self._buckets = {
            key: bucket
            for key, bucket in self._buckets.items()
            if self._filled(key[0], bucket, now) < self._most[key[0]]
        }
