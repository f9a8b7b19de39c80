"""Everything that is sent to Discord goes through here: what is tried again, and where else an answer may go.

Seen with discord.py 2.7.1: a callback may be carried out and still answered 502, and the retry is then refused with
40060; 503 is not retried on the bot's own routes; broken connections are not retried at all.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import aiohttp
import discord

from bot import words
from bot.views import CardView, sentence_view

T = TypeVar("T")
Interaction = discord.Interaction[Any]

_log = logging.getLogger(__name__)

_ACKNOWLEDGE_SECONDS = 2.6
"""Discord waits three seconds for the first response."""

_SEND_SECONDS = 60.0

_ALREADY_ACKNOWLEDGED = 40060
_UNKNOWN_INTERACTION = 10062
_TOKEN_EXPIRED = frozenset({10015, 50027, 10062})
"""Unknown webhook, invalid webhook token, unknown interaction."""
_UNKNOWN_MESSAGE = 10008
_REFUSED = frozenset({400, 403, 413})
"""Malformed, not permitted, too large."""

_PASSING = (discord.DiscordServerError, aiohttp.ClientError, OSError, asyncio.TimeoutError)


async def persist(act: Callable[[], Awaitable[T]], seconds: float = _SEND_SECONDS) -> T:
    """Do something that may be done twice without harm until it works or the time is over."""
    pause, until = 0.2, time.monotonic() + seconds
    while True:
        try:
            return await act()
        except _PASSING as error:
            if time.monotonic() + pause > until:
                raise
            _log.info("trying again: %s", type(error).__name__)
        await asyncio.sleep(pause)
        pause = min(2 * pause, 5.0)


async def _shown(act: Callable[[], Awaitable[T]], view: CardView) -> T:
    """Show a card; where Discord refuses it with its picture, once more without."""
    try:
        return await persist(act)
    except discord.HTTPException as error:
        if view.picture is None or error.status not in _REFUSED or error.code in _TOKEN_EXPIRED:
            raise
        _log.warning("a picture was refused: %s (%s)", error.status, error.code)
    view.leave_picture_out()
    return await persist(act)


class Reply:
    """The one answer to an interaction: acknowledged at once, filled in by an edit.

    Edits may be repeated, follow-ups may not: a follow-up that was posted and answered 502 would be posted twice.
    """

    may_attach = True
    """Files in the answer to an interaction need no permission of the bot's own."""

    def __init__(self, interaction: Interaction, *, private: bool) -> None:
        self.interaction = interaction
        self.private = private
        self._updates = False

    async def begin(self) -> bool:
        """Acknowledge; False where it is too late and nothing can be shown any more."""
        return await self._acknowledge(lambda: self.interaction.response.defer(ephemeral=self.private, thinking=True))

    async def begin_update(self) -> bool:
        """Acknowledge a press that changes its own message."""
        self._updates = True
        return await self._acknowledge(self.interaction.response.defer)

    async def show(self, view: CardView) -> tuple[int, int] | None:
        """(channel, message) where it stands now; None where it could not be shown.

        Past the life of the token a public answer goes to the channel, a private one by direct message.
        """
        try:
            message = await _shown(lambda: self._edit(view), view)
        except discord.HTTPException as error:
            if error.code in _TOKEN_EXPIRED or error.status == 401:
                return None if self._updates else await self._show_elsewhere(view)
            if error.code == _UNKNOWN_MESSAGE:
                return None  # somebody has deleted it
            raise
        return self.interaction.channel_id or message.channel.id, message.id

    async def say(self, sentence: str) -> None:
        """A sentence instead of an answer."""
        await self.show(sentence_view(sentence))

    async def _acknowledge(self, act: Callable[[], Awaitable[object]]) -> bool:
        try:
            await persist(act, _ACKNOWLEDGE_SECONDS)
        except discord.HTTPException as error:
            # The first try was carried out although it was answered with an error.
            if error.code == _ALREADY_ACKNOWLEDGED:
                return True
            if error.code == _UNKNOWN_INTERACTION:
                return False
            _log.warning("could not acknowledge: %s", error.status)
        except discord.InteractionResponded:
            return True
        except _PASSING as error:
            # Perhaps it arrived all the same: the edit will tell.
            _log.warning("could not acknowledge: %s", type(error).__name__)
        return True

    async def _edit(self, view: CardView) -> discord.InteractionMessage:
        files = view.files()
        if not files and not self._updates:
            return await self.interaction.edit_original_response(view=view)
        # The picture of the page before goes with it.
        return await self.interaction.edit_original_response(view=view, attachments=files)

    async def _show_elsewhere(self, view: CardView) -> tuple[int, int] | None:
        interaction = self.interaction
        if not self.private and not interaction.app_permissions.attach_files:
            view.leave_picture_out()
        try:
            if self.private:
                message = await send(interaction.user, view)
            elif isinstance(interaction.channel, discord.abc.Messageable):
                message = await send(interaction.channel, view)
            else:
                return None
        except discord.HTTPException:
            return None  # it may not write there, or the person takes no direct messages
        return message.channel.id, message.id


async def send(
    where: discord.abc.Messageable, view: CardView, reply_to: discord.Message | None = None
) -> discord.Message:
    """An ordinary message. Its nonce lets Discord see that a repeated one is the same."""
    nonce = secrets.randbits(63)
    reference = reply_to.to_reference(fail_if_not_exists=False) if reply_to else None

    async def post() -> discord.Message:
        more: dict[str, Any] = {"files": view.files()} if view.picture else {}
        if reference is not None:
            more |= {"reference": reference, "mention_author": False}
        return await where.send(view=view, nonce=nonce, **more)

    return await _shown(post, view)


class MessageReply:
    """The answer to a message: a message that replies to it. The same face as :class:`Reply`."""

    private = False

    def __init__(self, message: discord.Message) -> None:
        self.message = message

    async def begin(self) -> bool:
        """Nothing waits for a first response here."""
        return True

    @property
    def may_attach(self) -> bool:
        """Whether the bot may attach a picture there. Known before anything is drawn."""
        guild, channel = self.message.guild, self.message.channel
        if guild is None:
            return True
        try:
            return channel.permissions_for(guild.me).attach_files
        except discord.ClientException:  # a thread whose channel is not known
            return False

    async def show(self, view: CardView) -> tuple[int, int] | None:
        """(channel, message) where it stands; where the bot may not write, a word in private."""
        try:
            sent = await send(self.message.channel, view, self.message)
        except discord.Forbidden:
            await self._explain()
            return None
        except discord.NotFound:
            return None  # the channel is gone
        return sent.channel.id, sent.id

    async def say(self, sentence: str) -> None:
        """A sentence instead of an answer."""
        await self.show(sentence_view(sentence))

    async def _explain(self) -> None:
        if self.message.guild is None:
            return
        try:
            await send(self.message.author, sentence_view(words.CANNOT_WRITE))
        except discord.HTTPException:
            _log.info("may write neither in the channel nor to the person")


async def say_privately(interaction: Interaction, sentence: str) -> None:
    """One sentence that only the person sees; also where the interaction was acknowledged before."""
    reply = Reply(interaction, private=True)
    if await reply.begin():
        await reply.say(sentence)


async def whisper(interaction: Interaction, sentence: str) -> None:
    """A word to one person beside a message that stays as it is; said once or not at all, never twice."""
    try:
        await interaction.followup.send(view=sentence_view(sentence), ephemeral=True)
    except (discord.HTTPException, *_PASSING) as error:
        _log.info("could not say a word beside the message: %s", type(error).__name__)
