"""Rate limits as Discord tells of them: buckets with headers, and 429 where one is empty."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field
from typing import Any

MAJOR = ("channel_id", "guild_id", "webhook_id", "webhook_token")
UNLIMITED = ("/interactions/",)
"""Callbacks have no bucket at Discord either."""


@dataclass
class Bucket:
    """``limit`` requests in ``per`` seconds."""

    name: str
    limit: int
    per: float
    used: int = 0
    began: float = field(default_factory=time.monotonic)

    def take(self) -> bool:
        """One request more; False if it is one too many."""
        now = time.monotonic()
        if now - self.began >= self.per:
            self.began, self.used = now, 0
        self.used += 1
        return self.used <= self.limit

    @property
    def reset_after(self) -> float:
        return max(0.001, self.began + self.per - time.monotonic())

    def headers(self) -> dict[str, str]:
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(max(0, self.limit - self.used)),
            "X-RateLimit-Reset": f"{time.time() + self.reset_after:.3f}",
            "X-RateLimit-Reset-After": f"{self.reset_after:.3f}",
            "X-RateLimit-Bucket": self.name,
        }


class RateLimits:
    """Wide by default, so that tests do not wait; ``set`` makes a route as narrow as Discord's."""

    def __init__(self) -> None:
        self._narrow: dict[tuple[str, str], tuple[int, float]] = {}
        self._buckets: dict[tuple[str, ...], Bucket] = {}

    def set(self, method: str, route: str, limit: int, per: float) -> None:
        """For instance ``("POST", "/channels/{channel_id}/messages", 5, 5.0)``."""
        self._narrow[method, route] = (limit, per)
        self._buckets = {key: bucket for key, bucket in self._buckets.items() if key[:2] != (method, route)}

    def bucket(self, method: str, route: str, params: dict[str, str]) -> Bucket | None:
        if route.startswith(UNLIMITED):
            return None
        key = (method, route, *(params.get(name, "") for name in MAJOR))
        if key not in self._buckets:
            limit, per = self._narrow.get((method, route), (1000, 1.0))
            name = hashlib.sha256(f"{method} {route}".encode()).hexdigest()[:32]
            self._buckets[key] = Bucket(name, limit, per)
        return self._buckets[key]


def too_many(retry_after: float, everywhere: bool, scope: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Body and headers of a 429. Without ``Via`` discord.py would take it for a ban by Cloudflare."""
    body = {"message": "You are being rate limited.", "retry_after": retry_after, "global": everywhere}
    headers = {"Via": "1.1 google", "Retry-After": str(max(1, round(retry_after))), "X-RateLimit-Scope": scope}
    if everywhere:
        headers["X-RateLimit-Global"] = "true"
    return body, headers
