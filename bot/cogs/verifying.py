"""``/verify``: every quote of an earlier answer, looked up again today.

Resolved from the bot's own record alone; whatever may not be checked from here gets one and the same sentence, so
that nobody learns from it which answers there are elsewhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot import words
from bot.jobs import RecallJob
from bot.kept import KeptAnswer
from bot.render.lookups import checked_pages
from bot.sending import Interaction, Reply
from bot.views import Press, paged_view
from bot.visibility import visible_collections

if TYPE_CHECKING:
    from bot.client import Dateline

_LINK = re.compile(
    r"<?https://(?:www\.|ptb\.|canary\.)?discord(?:app)?\.com/channels/"
    r"(?P<guild>@me|\d{1,20})/(?P<channel>\d{1,20})/(?P<message>\d{1,20})/?(?:[?#]\S*)?>?"
)
_LARGEST_ID = 2**63 - 1
"""The record's integers; ids of Discord stay below for decades."""

_TURN = "turn_verify"


def add(bot: Dateline) -> None:
    """Register the command and the buttons of its pages."""

    @bot.tree.command(name=words.VERIFY.name, description=words.VERIFY.description)
    @app_commands.describe(**words.VERIFY.options)
    @app_commands.rename(message_link="message-link")
    async def verify(interaction: discord.Interaction, message_link: str) -> None:
        # The check is for the one who asks: where it is read, others may not see the channel it is about.
        reply = Reply(interaction, private=True)

        async def work() -> None:
            kept = await _linked(bot, message_link)
            await _show(bot, reply, kept if kept and await may_see(bot, kept, interaction) else None)

        if await reply.begin():
            await bot.keep(bot.guarded(reply, work()))

    async def turn_verify(interaction: Interaction, press: Press) -> None:
        reply = Reply(interaction, private=True)
        if await reply.begin_update():
            kept = await bot.clerk.do(lambda people: people.answer(press.key))
            await _show(bot, reply, kept if kept and await may_see(bot, kept, interaction) else None, press.number)

    bot.on_press(_TURN, turn_verify)


async def _show(bot: Dateline, reply: Reply, kept: KeptAnswer | None, at: int = 0) -> None:
    if kept is None:
        await reply.say(words.VERIFY_NOTHING)
    elif not kept.citations:
        await reply.say(words.VERIFY_NO_QUOTES)
    else:
        found = await bot.worker.do(RecallJob(visible_collections(kept.guild), kept.citations))
        pages = checked_pages(found.citations, kept.asked_at)
        await reply.show(paged_view(pages, at, bot.clerk.uuid, _TURN, kept.key))


async def _linked(bot: Dateline, link: str) -> KeptAnswer | None:
    """The answer under a message; None unless the whole link leads there."""
    match = _LINK.fullmatch(link.strip())
    if match is None:
        return None
    channel, message = int(match["channel"]), int(match["message"])
    if max(channel, message) > _LARGEST_ID:
        return None
    kept = await bot.clerk.do(lambda people: people.answer_under(message))
    if kept is None or kept.channel != channel:
        return None
    return kept if match["guild"] == ("@me" if kept.guild is None else str(kept.guild)) else None


async def may_see(bot: Dateline, kept: KeptAnswer, interaction: Interaction) -> bool:
    """Whether this person could read the answer where it stands, and asks from the same server.

    One without a server was given in direct messages, or in a group of people that the bot knows nothing of: its
    asker's alone. A private one is its asker's, as long as they can see the channel.
    """
    if kept.guild != interaction.guild_id:
        return False
    if (kept.private or kept.guild is None) and kept.asker != interaction.user.id:
        return False
    return kept.guild is None or await _reads(bot, kept.channel, interaction)


async def _reads(bot: Dateline, channel_id: int, interaction: Interaction) -> bool:
    """Whether somebody can read what was written in a channel of the server they are in."""
    if channel_id == interaction.channel_id:
        # As Discord has computed it for this very interaction.
        return _readable(interaction.permissions)
    guild, member = interaction.guild, interaction.user
    if guild is None or not isinstance(member, discord.Member):
        return False
    try:
        # Threads that were archived are not among those known.
        channel = guild.get_channel_or_thread(channel_id) or await bot.fetch_channel(channel_id)
        if isinstance(channel, discord.abc.PrivateChannel) or channel.guild.id != guild.id:
            return False
        granted = channel.permissions_for(member)
        if isinstance(channel, discord.Thread) and channel.is_private() and not granted.manage_threads:
            await channel.fetch_member(member.id)  # not found unless they are in it
    except (discord.HTTPException, discord.ClientException, discord.InvalidData):
        return False
    return _readable(granted)


def _readable(granted: discord.Permissions) -> bool:
    return granted.view_channel and granted.read_message_history
