"""One thread a question, where those who run the server want it so and the bot may open one."""

from __future__ import annotations

import logging
from typing import Any

import discord

from bot.render.lines import one_line
from bot.sending import MessageReply, persist, send
from bot.views import CardView

_log = logging.getLogger(__name__)

_LONGEST_NAME = 90
_HAS_ONE = 160004
"""A thread hangs on the message already: the first try was carried out although it was answered with an error."""


def parent_of(channel: object) -> int | None:
    """The channel that a thread belongs to; None for what is no thread."""
    return channel.parent_id if isinstance(channel, discord.Thread) else None


def is_own_thread(channel: object, bot_id: int) -> bool:
    """Whether the bot opened it, for a question."""
    return isinstance(channel, discord.Thread) and channel.owner_id == bot_id


async def open_thread(
    channel: object, may: discord.Permissions, message_id: int, question: str
) -> discord.abc.Messageable | None:
    """A thread on a message; None where there can be none, which is no reason not to answer."""
    if not isinstance(channel, discord.TextChannel):
        return None
    if not (may.view_channel and may.create_public_threads and may.send_messages_in_threads):
        return None
    message = channel.get_partial_message(message_id)
    name = one_line(question)[:_LONGEST_NAME] or "…"
    try:
        return await persist(lambda: message.create_thread(name=name))
    except discord.HTTPException as error:
        if error.code == _HAS_ONE:
            return channel.guild.get_thread(message_id) or _unseen(channel, message_id)
        _log.info("no thread could be opened: %s", error.code)
    except Exception as error:
        _log.info("no thread could be opened: %s", type(error).__name__)
    return None


def _unseen(channel: discord.TextChannel, thread_id: int) -> discord.abc.Messageable:
    state: Any = channel._state  # discord.py makes one of an id only with this
    return discord.PartialMessageable(
        state, thread_id, guild_id=channel.guild.id, type=discord.ChannelType.public_thread
    )


class ThreadReply(MessageReply):
    """The answer to a message, in the thread that hangs on it."""

    def __init__(self, message: discord.Message, thread: discord.abc.Messageable) -> None:
        super().__init__(message)
        self._thread = thread

    async def show(self, view: CardView) -> tuple[int, int] | None:
        """See :class:`MessageReply`. It needs no reference: the message stands above the thread."""
        try:
            sent = await send(self._thread, view)
        except (discord.Forbidden, discord.NotFound):
            return await super().show(view)
        return sent.channel.id, sent.id
