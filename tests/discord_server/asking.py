"""A request made by hand, to see what the server says to it."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer


@dataclass(frozen=True)
class Said:
    status: int
    body: Any
    headers: dict[str, str]

    @property
    def code(self) -> int:
        """Discord's own number for an error."""
        return int(self.body["code"])


def ask(server: DiscordServer, method: str, path: str, body: Any = None, *, token: str | None = None) -> Said:
    """As the bot, unless another token is given."""
    request = urllib.request.Request(
        f"{server.world.base_url}/api/v10{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bot {token or server.token}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return _said(answer.status, answer.read(), dict(answer.headers))
    except urllib.error.HTTPError as error:
        with error:
            return _said(error.code, error.read(), dict(error.headers))


def _said(status: int, data: bytes, headers: dict[str, str]) -> Said:
    return Said(status, json.loads(data) if data.startswith((b"{", b"[")) else data, headers)
