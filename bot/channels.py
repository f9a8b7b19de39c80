"""What those who run a server have set for a channel. Held in memory: whether an answer is private must be known
before anything else is done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from bot.clerk import Clerk


@dataclass(frozen=True, slots=True)
class ChannelSettings:
    """How the bot behaves in a channel and in its threads."""

    mentions: bool = True
    """Whether a mention is answered; otherwise commands alone are, and mentions in threads that the bot opened."""
    threads: bool = False
    """Whether each question gets a thread."""
    private: bool = False
    """Whether answers to commands are private where the person does not say."""
    outlets: tuple[str, ...] = ()
    """The outlets that questions are answered from; all where it is empty."""

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """From the record, which another version may have written: what is not known there keeps its default."""
        usual = cls()
        return cls(
            bool(stored.get("mentions", usual.mentions)), bool(stored.get("threads", usual.threads)),
            bool(stored.get("private", usual.private)), tuple(str(outlet) for outlet in stored.get("outlets", ())),
        )  # fmt: skip


class Channels:
    """The settings of all channels."""

    def __init__(self, clerk: Clerk) -> None:
        self._clerk = clerk
        self._known: dict[int, ChannelSettings] = {}

    async def load(self) -> None:
        """Read what is kept; once, before the first event."""
        stored = await self._clerk.do(lambda people: people.channel_settings())
        self._known = {channel: ChannelSettings.read(settings) for channel, (_, settings) in stored.items()}

    def of(self, channel: int | None, parent: int | None = None) -> ChannelSettings:
        """Of a channel, or, for a thread, of the channel it belongs to."""
        return self._known.get(parent or channel or 0, ChannelSettings())

    async def set(self, channel: int, guild: int, settings: ChannelSettings) -> None:
        """From now on, also after a restart."""
        self._known[channel] = settings
        await self._clerk.do(lambda people: people.set_channel(channel, guild, asdict(settings)))
