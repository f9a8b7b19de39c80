"""Bodies of requests, made by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.discord_server.asking import Said, ask
from tests.discord_server.state import COMPONENTS_V2

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer
    from tests.discord_server.state import Channel

TEXT = {"type": 10, "content": "Text"}
V2 = {"flags": COMPONENTS_V2}


def post(channel: Channel, quiet: DiscordServer, body: Any) -> Said:
    return ask(quiet, "POST", f"/channels/{channel.id}/messages", body)


def row(*components: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(components)}


def button(**more: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "Press", "custom_id": "press"} | more


def link(url: str) -> dict[str, Any]:
    return {"type": 2, "style": 5, "label": "Open", "url": url}


def menu(**more: Any) -> dict[str, Any]:
    return {"type": 3, "custom_id": "menu", "options": [{"label": "One", "value": "1"}]} | more


def text(characters: int) -> dict[str, Any]:
    return {"type": 10, "content": "x" * characters}


def section(number: int) -> dict[str, Any]:
    return {"type": 9, "components": [TEXT], "accessory": button(custom_id=str(number))}


def container(*components: dict[str, Any]) -> dict[str, Any]:
    return {"type": 17, "components": list(components)}


def command(**more: Any) -> dict[str, Any]:
    return {"name": "ask", "description": "Ask", "type": 1} | more


def option(**more: Any) -> dict[str, Any]:
    return {"name": "question", "description": "What", "type": 3} | more
