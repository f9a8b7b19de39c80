"""``/setup``: how the bot behaves in a channel, set by those who may manage the server, on a panel they alone see."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

import discord
from discord import app_commands

from bot import words
from bot.channels import ChannelSettings
from bot.render.markdown import escaped_line
from bot.render.pages import Page
from bot.sending import Interaction, Reply, say_privately
from bot.views import CardView, Press, PressButton, layout
from bot.visibility import visible_collections

if TYPE_CHECKING:
    from bot.client import Dateline

_A_MENU = 25
"""Options that a menu takes."""

_LONGEST_LABEL = 100
_OUTLETS_SHOWN = 20

Change = Callable[[ChannelSettings], ChannelSettings]


class OutletMenu(PressButton, template=PressButton.__discord_ui_compiled_template__):
    """A menu whose id is read as a button's. discord.py knows one class for an id of that form, so both answer alike:
    what was chosen is in the interaction.
    """

    def __init__(self, press: Press, outlets: list[str], chosen: tuple[str, ...]) -> None:
        super().__init__(press)
        options = [
            discord.SelectOption(label=name[:_LONGEST_LABEL], value=_mark(name), default=name in chosen)
            for name in outlets
        ]
        menu: discord.ui.Select[Any] = discord.ui.Select(
            custom_id=press.custom_id, placeholder=words.SETUP_OUTLETS, min_values=0, max_values=len(options),
            options=options,
        )  # fmt: skip
        self.item = menu  # type: ignore[assignment]  # a button elsewhere

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """See discord.py."""
        return await PressButton.from_custom_id(interaction, item, match)  # type: ignore[return-value]


def may_manage(interaction: Interaction) -> bool:
    """Whether the person manages the server. Discord hides the commands from others; roles can be set to show them."""
    return interaction.guild is not None and interaction.permissions.manage_guild


def add(bot: Dateline) -> None:
    """Register ``/setup`` and its panel."""
    told = words.SETUP

    @bot.tree.command(name=told.name, description=told.description)
    @app_commands.describe(**told.options)
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def setup(interaction: discord.Interaction, channel: app_commands.AppCommandChannel | None = None) -> None:
        reply = Reply(interaction, private=True)

        async def work() -> None:
            if not may_manage(interaction):
                await reply.say(words.MANAGERS_ONLY)
                return
            here = interaction.channel
            parent = here.parent_id if isinstance(here, discord.Thread) else interaction.channel_id
            await reply.show(await _panel(bot, interaction, channel.id if channel else parent or 0, 0))

        if await reply.begin():
            await bot.keep(bot.guarded(reply, work()))

    async def set_mentions(interaction: Interaction, press: Press) -> None:
        await _change(bot, interaction, press, lambda now: replace(now, mentions=bool(press.number)))

    async def set_threads(interaction: Interaction, press: Press) -> None:
        await _change(bot, interaction, press, lambda now: replace(now, threads=bool(press.number)))

    async def set_private(interaction: Interaction, press: Press) -> None:
        await _change(bot, interaction, press, lambda now: replace(now, private=bool(press.number)))

    async def set_all_outlets(interaction: Interaction, press: Press) -> None:
        await _change(bot, interaction, press, lambda now: replace(now, outlets=()))

    async def set_page(interaction: Interaction, press: Press) -> None:
        await _change(bot, interaction, press, lambda now: now, press.number)

    async def set_outlets(interaction: Interaction, press: Press) -> None:
        data: Any = interaction.data or {}
        values = {str(value) for value in data.get("values", ())}
        offered = _page_of(await _outlets(bot, interaction, int(press.key)), press.number)

        def chosen(now: ChannelSettings) -> ChannelSettings:
            kept = [name for name in now.outlets if name not in offered]
            return replace(now, outlets=tuple(sorted([*kept, *(name for name in offered if _mark(name) in values)])))

        await _change(bot, interaction, press, chosen, press.number)

    for handler in (set_mentions, set_threads, set_private, set_all_outlets, set_page, set_outlets):
        bot.on_press(handler.__name__, handler)


async def _change(bot: Dateline, interaction: Interaction, press: Press, change: Change, page: int = 0) -> None:
    guild = interaction.guild
    if not may_manage(interaction) or guild is None:
        await say_privately(interaction, words.MANAGERS_ONLY)
        return
    channel = int(press.key) if press.key.isdigit() else 0
    if guild.get_channel(channel) is None:
        await say_privately(interaction, words.NO_CHANNEL)
        return
    reply = Reply(interaction, private=True)
    if not await reply.begin_update():
        return
    now = bot.channels.of(channel)
    changed = change(now)
    if changed != now:
        await bot.channels.set(channel, guild.id, changed)
    await reply.show(await _panel(bot, interaction, channel, page))


async def _panel(bot: Dateline, interaction: Interaction, channel: int, page: int) -> CardView:
    """The present state, and what changes it."""
    now = bot.channels.of(channel)
    record, key = bot.clerk.uuid, str(channel)

    def turn(action: str, on: bool, to_on: str, to_off: str) -> PressButton:
        return PressButton(Press(record, action, key, int(not on)), to_off if on else to_on)

    switches = (
        turn("set_mentions", now.mentions, words.SETUP_MENTIONS_ON, words.SETUP_MENTIONS_OFF),
        turn("set_threads", now.threads, words.SETUP_THREADS_ON, words.SETUP_THREADS_OFF),
        turn("set_private", now.private, words.SETUP_PRIVATE_ON, words.SETUP_PRIVATE_OFF),
    )
    rows: list[tuple[PressButton, ...]] = [switches]
    outlets = await _outlets(bot, interaction, channel)
    pages = max(1, -(-len(outlets) // _A_MENU))
    page = min(page, pages - 1)
    if outlets:
        rows.append((OutletMenu(Press(record, "set_outlets", key, page), _page_of(outlets, page), now.outlets),))
    below = [PressButton(Press(record, "set_all_outlets", key), words.SETUP_ALL_OUTLETS)] if now.outlets else []
    if pages > 1:
        below.append(PressButton(Press(record, "set_page", key, (page + 1) % pages), words.SETUP_OTHER_OUTLETS))
    rows.append(tuple(below))
    head = f"**{words.SETUP_HEAD.format(channel=f'<#{channel}>')}**"
    return layout(Page((head, "\n".join(_state(now)))), rows)


def _state(now: ChannelSettings) -> list[str]:
    shown = ", ".join(escaped_line(name[:_LONGEST_LABEL]) for name in now.outlets[:_OUTLETS_SHOWN])
    if len(now.outlets) > _OUTLETS_SHOWN:
        shown += words.AND_MORE.format(count=len(now.outlets) - _OUTLETS_SHOWN)
    return [
        words.SETUP_MENTIONS_ARE_ON if now.mentions else words.SETUP_MENTIONS_ARE_OFF,
        words.SETUP_THREADS_ARE_ON if now.threads else words.SETUP_THREADS_ARE_OFF,
        words.SETUP_PRIVATE_IS_ON if now.private else words.SETUP_PRIVATE_IS_OFF,
        words.SETUP_OUTLETS_ARE.format(outlets=shown) if now.outlets else words.SETUP_OUTLETS_ARE_ALL,
    ]


async def _outlets(bot: Dateline, interaction: Interaction, channel: int) -> list[str]:
    """All that can be chosen, and what is chosen though its articles are gone."""
    names = await bot.names.names(visible_collections(interaction.guild_id))
    return sorted({*names.outlets, *bot.channels.of(channel).outlets})


def _page_of(outlets: list[str], page: int) -> list[str]:
    return outlets[_A_MENU * page : _A_MENU * (page + 1)]


def _mark(outlet: str) -> str:
    """An outlet's value in a menu, which takes 100 characters; names may be longer."""
    return hashlib.sha256(outlet.encode()).hexdigest()[:16]
