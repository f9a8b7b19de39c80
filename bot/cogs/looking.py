"""Looking up: ``/source``, ``/sources``, ``/quotes``, ``/about``, ``/help``.

A look-up changes nothing, so anybody may turn its pages. What turns them is kept for a day, as questions are.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot import lookups, own_version, words
from bot.cogs.asking import offered_outlets, offered_speakers, settings_of
from bot.lookup_jobs import HoldingsJob, Kind, LookedUp, LookUpJob, Wanted
from bot.names import CHOICES, LONGEST, offers
from bot.render.lines import shortened
from bot.render.lookups import help_page, holdings_page
from bot.sending import Interaction, Reply, say_privately, whisper
from bot.views import Press, layout, page_view
from bot.visibility import visible_collections

if TYPE_CHECKING:
    from bot.client import Dateline

_LONGEST = 300
"""Characters of anything that is looked up; ids that are addresses are shorter."""

_TURN = "turn_lookup"


def add(bot: Dateline) -> None:
    """Register the commands and the buttons of their pages."""

    @bot.tree.command(name=words.SOURCE.name, description=words.SOURCE.description)
    @app_commands.describe(**words.SOURCE.options)
    async def source(interaction: discord.Interaction, article: str) -> None:
        await _look_up(bot, interaction, Wanted(Kind.SOURCE, typed(article)), words.NAME_AN_ARTICLE)

    @source.autocomplete("article")
    async def articles(interaction: Interaction, begun: str) -> list[app_commands.Choice[str]]:
        names = await bot.names.names(visible_collections(interaction.guild_id))
        # Thousands of titles are compared: beside the event loop, not in it.
        found = await asyncio.to_thread(article_offers, begun, names.articles)
        return [app_commands.Choice(name=label, value=value) for label, value in found]

    @bot.tree.command(name=words.SOURCE_LIST.name, description=words.SOURCE_LIST.description)
    @app_commands.describe(**words.SOURCE_LIST.options)
    async def sources(
        interaction: discord.Interaction,
        query: str | None = None,
        outlet: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> None:
        days = (typed(since), typed(until))
        await _look_up(bot, interaction, Wanted(Kind.SOURCES, typed(query), None, typed(outlet), *days))

    @sources.autocomplete("outlet")
    async def outlets(interaction: Interaction, begun: str) -> list[app_commands.Choice[str]]:
        return await offered_outlets(bot, interaction, begun)

    @bot.tree.command(name=words.QUOTES.name, description=words.QUOTES.description)
    @app_commands.describe(**words.QUOTES.options)
    async def quotes(interaction: discord.Interaction, speaker: str, about: str | None = None) -> None:
        wanted = Wanted(Kind.QUOTES, typed(speaker), typed(about))
        await _look_up(bot, interaction, wanted, words.NAME_A_SPEAKER)

    @quotes.autocomplete("speaker")
    async def speakers(interaction: Interaction, begun: str) -> list[app_commands.Choice[str]]:
        return await offered_speakers(bot, interaction, begun)

    @bot.tree.command(name=words.ABOUT.name, description=words.ABOUT.description)
    async def about(interaction: discord.Interaction) -> None:
        reply = Reply(interaction, private=True)

        async def work() -> None:
            found = await bot.worker.do(HoldingsJob(visible_collections(interaction.guild_id)))
            await reply.show(layout(holdings_page(found, own_version())))

        if await reply.begin():
            await bot.keep(bot.guarded(reply, work()))

    @bot.tree.command(name=words.HELP.name, description=words.HELP.description)
    async def help_(interaction: discord.Interaction) -> None:
        reply = Reply(interaction, private=True)
        if await reply.begin():
            await bot.keep(bot.guarded(reply, _help(bot, reply)))

    async def turn_lookup(interaction: Interaction, press: Press) -> None:
        await _turn(bot, interaction, press)

    bot.on_press(_TURN, turn_lookup)


def typed(value: str | None) -> str | None:
    """An option on one line, in text that can be stored; white space alone is none."""
    return " ".join((value or "").encode("utf-8", "replace").decode().split()) or None


def article_offers(begun: str, articles: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """(what is shown, what is sent) of up to 25 articles, by title, then by id.

    Several of the same title are told apart by their ids. An id that is too long to travel goes as the beginning
    of its title, which finds the article again.
    """
    times: dict[str, int] = {}
    for _, title in articles:
        times[title] = times.get(title, 0) + 1
    labels: dict[str, str] = {}
    for article_id, title in articles:
        named = f"{shortened(title, 50)} ({article_id})" if times[title] > 1 else title
        labels.setdefault(shortened(named, LONGEST - 2), article_id)
    by_id = {article_id: label for label, article_id in labels.items()}
    found = dict.fromkeys([*offers(begun, labels), *(by_id[one] for one in offers(begun, by_id))])
    return [(label, _travelling(labels[label], articles)) for label in list(found)[:CHOICES]]


def _travelling(article_id: str, articles: Sequence[tuple[str, str]]) -> str:
    if len(article_id) <= LONGEST:
        return article_id
    title = next(title for other, title in articles if other == article_id)
    return title[:LONGEST].strip()


async def _look_up(bot: Dateline, interaction: Interaction, wanted: Wanted, unless_named: str | None = None) -> None:
    """Show the first page; ``unless_named`` is said where nothing was typed."""
    here = settings_of(bot, interaction)
    reply = Reply(interaction, private=here.private)

    async def work() -> None:
        if unless_named is not None and wanted.text is None:
            await reply.say(unless_named)
            return
        if any(len(value) > _LONGEST for value in (wanted.text, wanted.about, wanted.outlet) if value):
            await reply.say(words.TOO_LONG.format(most=_LONGEST))
            return
        first, last = lookups.parse_days(wanted.since, wanted.until, prefix="")
        asked = replace(wanted, since=first, until=last)
        found = await bot.worker.do(LookUpJob(visible_collections(interaction.guild_id), asked, outlets=here.outlets))
        await _show(bot, reply, found, await _kept(bot, interaction, found))

    if await reply.begin():
        await bot.keep(bot.guarded(reply, work()))


async def _kept(bot: Dateline, interaction: Interaction, found: LookedUp) -> str:
    """The key under which a look-up of several pages is kept."""
    key = secrets.token_hex(8)
    if found.pages > 1 and found.wanted is not None:
        person, guild, request = interaction.user.id, interaction.guild_id, found.wanted.as_json()
        await bot.clerk.do(lambda people: people.add_lookup(key, person, guild, request))
    return key


async def _show(bot: Dateline, reply: Reply, found: LookedUp, key: str) -> None:
    if found.page is None:
        await reply.say(found.sentence)
    else:
        await reply.show(page_view(found.page, found.at, found.pages, bot.clerk.uuid, _TURN, key))


async def _turn(bot: Dateline, interaction: Interaction, press: Press) -> None:
    """Another page in the same message, which others read too: what goes wrong is said beside it."""
    kept = await bot.clerk.do(lambda people: people.lookup(press.key))
    if kept is None or kept[0] != interaction.guild_id:
        await say_privately(interaction, words.LOOKUP_STALE if kept is None else words.LOOKUP_ELSEWHERE)
        return
    reply = Reply(interaction, private=False)
    if not await reply.begin_update():
        return
    try:
        seen, outlets = visible_collections(interaction.guild_id), settings_of(bot, interaction).outlets
        found = await bot.worker.do(LookUpJob(seen, Wanted.from_json(kept[1]), press.number, outlets))
    except Exception as error:
        await whisper(interaction, bot.sentence_for(error))
        return
    await _show(bot, reply, found, press.key)


async def _help(bot: Dateline, reply: Reply) -> None:
    """The commands that are there, as far as this person may use them."""
    may = reply.interaction.permissions
    in_server = reply.interaction.guild_id is not None

    def usable(needed: discord.Permissions | None) -> bool:
        return needed is None or (in_server and needed <= may)

    commands = [
        (command.qualified_name, command.description)
        for command in bot.tree.walk_commands()
        if isinstance(command, app_commands.Command) and usable((command.root_parent or command).default_permissions)
    ]
    menus = [
        menu.name
        for menu in bot.tree.get_commands(type=discord.AppCommandType.message)
        if usable(menu.default_permissions)
    ]
    await reply.show(layout(help_page(commands, menus)))
