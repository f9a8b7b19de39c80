"""Everything that can go wrong on Discord's side, in one place.

>>> server.faults.status("POST", "/channels/*/messages", 503)               # the next one
>>> server.faults.applied_but("PATCH", "/webhooks/*/*/messages/@original")  # done, and answered 502
>>> server.faults.drop("POST", "/interactions/**")
>>> server.faults.delay("POST", "/interactions/*/*/callback", seconds=3.5)
>>> server.faults.rate_limit("GET", "/users/@me", retry_after=0.2, everywhere=True)
>>> server.faults.close_gateway(4000)

``*`` stands for one part of a path, ``**`` for any number of them; ``times`` says for how many requests it holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.discord_server import payloads
from tests.discord_server.gateway import INVALID_SESSION, RECONNECT, Connection, Gateway
from tests.discord_server.visibility import GUILDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.discord_server.state import Guild


@dataclass
class Fault:
    """What happens to the next ``times`` requests that match."""

    method: str
    pattern: re.Pattern[str]
    times: int
    status: int | None = None
    body: Any = None
    applied: bool = False
    dropped: bool = False
    reset: bool = False
    seconds: float = 0.0
    retry_after: float | None = None
    everywhere: bool = False
    used: int = 0

    def matches(self, method: str, path: str) -> bool:
        return self.used < self.times and self.method in ("*", method) and bool(self.pattern.fullmatch(path))


class Faults:
    """What it returns tells with ``used`` how often it has struck."""

    def __init__(self, gateway: Gateway, on_loop: Callable[[Callable[[], Any]], Any]) -> None:
        self._gateway = gateway
        self._on_loop = on_loop
        self._waiting: list[Fault] = []

    # HTTP

    def status(self, method: str, path: str, status: int, *, times: int = 1, body: Any = None) -> Fault:
        """Answered with ``status`` and not done."""
        return self._add(method, path, times, status=status, body=body)

    def applied_but(self, method: str, path: str, status: int = 502, *, times: int = 1) -> Fault:
        """Done, and answered as if it had failed: what a retry meets."""
        return self._add(method, path, times, status=status, applied=True)

    def drop(self, method: str, path: str, *, applied: bool = False, reset: bool = False, times: int = 1) -> Fault:
        """The connection closes instead of an answer; ``reset`` with RST, as when a machine dies."""
        return self._add(method, path, times, dropped=True, applied=applied, reset=reset)

    def delay(self, method: str, path: str, seconds: float, *, times: int = 1) -> Fault:
        """On its way to Discord for so long."""
        return self._add(method, path, times, seconds=seconds)

    def rate_limit(
        self, method: str, path: str, retry_after: float, *, everywhere: bool = False, times: int = 1
    ) -> Fault:
        """429; ``everywhere``: the global limit."""
        return self._add(method, path, times, status=429, retry_after=retry_after, everywhere=everywhere)

    def clear(self) -> None:
        """Nothing goes wrong any more; the gateway acknowledges and accepts again."""
        self._waiting.clear()
        self._gateway.acknowledging = True
        self._gateway.refusals_left = 0

    def take(self, method: str, path: str) -> Fault | None:
        """For the server: what befalls this request."""
        for fault in self._waiting:
            if fault.matches(method, path):
                fault.used += 1
                return fault
        return None

    def _add(self, method: str, path: str, times: int, **what: Any) -> Fault:
        fault = Fault(method, _pattern(path), times, **what)
        self._waiting.append(fault)
        return fault

    # Gateway

    def close_gateway(self, code: int) -> None:
        """All connections, with this code. 1006 cannot be sent: it is what a dropped connection looks like."""
        if code == 1006:
            self.drop_gateway()
        else:
            self._each(lambda one: one.close(code))

    def drop_gateway(self) -> None:
        self._each(lambda one: one.drop())

    def ask_to_reconnect(self) -> None:
        """Op 7, as before maintenance."""
        self._each(lambda one: one.send({"op": RECONNECT, "d": None}))

    def invalidate_session(self, resumable: bool = False) -> None:
        """Op 9. Not resumable: the session is forgotten as well."""

        def invalidate(one: Connection) -> None:
            if not resumable and one.session is not None:
                self._gateway.sessions.pop(one.session.id, None)
            one.send({"op": INVALID_SESSION, "d": resumable})

        self._each(invalidate)

    def forget_sessions(self) -> None:
        """A RESUME is answered with op 9 false from now on."""
        self._on_loop(self._gateway.sessions.clear)

    def stop_acknowledging(self) -> None:
        self._gateway.acknowledging = False

    def acknowledge_again(self) -> None:
        self._gateway.acknowledging = True

    def refuse_gateway(self, attempts: int) -> None:
        """The next connections get 503 instead of a socket."""
        self._gateway.refusals_left = attempts

    def dispatch(self, event: str, data: Any) -> None:
        """Any event, for instance one with a key missing."""
        self._on_loop(lambda: self._gateway.dispatch(event, lambda _: data, 0))

    def outage(self, guild: Guild) -> None:
        """The guild is unavailable, as when a part of Discord is down; the bot has not left it."""
        data = {"id": str(guild.id), "unavailable": True}
        self._on_loop(lambda: self._gateway.dispatch("GUILD_DELETE", lambda _: data, GUILDS))

    def end_outage(self, guild: Guild) -> None:
        data = payloads.guild_create(guild) | {"unavailable": False}
        self._on_loop(lambda: self._gateway.dispatch("GUILD_CREATE", lambda _: data, GUILDS))

    def _each(self, act: Callable[[Connection], None]) -> None:
        def do() -> None:
            for one in list(self._gateway.connections):
                act(one)

        self._on_loop(do)


def _pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*|\*)", path)
    return re.compile("".join({"*": "[^/]+", "**": ".*"}.get(part, re.escape(part)) for part in parts))
