"""Which articles may be seen from where: decided here and nowhere else."""

from __future__ import annotations

import re

from bot.wiring import MAIN

_OF_GUILD = "guild-"


def visible_collections(guild_id: int | None) -> tuple[str, ...]:
    """The operator's own articles everywhere, a server's own in that server alone; in direct messages no server's.

    Naming a collection that nobody has made yet is no error: it holds nothing. While ``main`` is empty the samples
    stand for it, until the server has articles of its own (``desk.py``).
    """
    return (MAIN,) if guild_id is None else (MAIN, guild_collection(guild_id))


def guild_collection(guild_id: int) -> str:
    """The collection that belongs to a server."""
    return f"{_OF_GUILD}{guild_id}"


def is_of_guild(collection: str) -> bool:
    """Whether a collection belongs to a server, and not to the operator."""
    return guild_of(collection) is not None


def guild_of(collection: str) -> int | None:
    """The server that a collection belongs to."""
    match = re.fullmatch(rf"{_OF_GUILD}(\d+)", collection)
    return int(match[1]) if match else None
