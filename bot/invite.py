"""The link by which people install the Discord bot. Known without discord.py, which serving alone loads."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final

PERMISSIONS: Final = {
    "view_channel": 1 << 10,
    "send_messages": 1 << 11,
    "attach_files": 1 << 15,
    "read_message_history": 1 << 16,  # without it Discord takes no reply to a message
    "create_public_threads": 1 << 35,
    "send_messages_in_threads": 1 << 38,
}
"""What the bot needs in a server, nothing more, by the names of ``discord.Permissions``; the README says what for."""

SCOPES: Final = ("bot", "applications.commands")

_ID = re.compile(r"[0-9]{15,20}")


def permissions_number() -> int:
    """All permissions as Discord writes them."""
    return sum(PERMISSIONS.values())


def application_id(token: str) -> int | None:
    """The id that a bot's token begins with; None for what is no token."""
    first, dot, rest = token.strip().partition(".")
    if not dot or "." not in rest:
        return None
    try:
        decoded = base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        return None
    return int(decoded) if _ID.fullmatch(decoded) else None


def install_link(application: int) -> str:
    """Opens Discord's own dialogue, in which somebody who manages a server adds the bot to it."""
    scopes = "%20".join(SCOPES)
    return (
        f"https://discord.com/oauth2/authorize?client_id={application}"
        f"&permissions={permissions_number()}&scope={scopes}"
    )
