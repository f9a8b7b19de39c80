"""Seeing a matter at a glance: ``/timeline``, ``/compare``.

A public one stays as it is, and who wants more opens it in private; a private one is turned in place. What turns the
pages is kept for a day, as look-ups are; which passages were quoted in public as long as those of answers, so that
``/verify`` can check them.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot import lookups, words
from bot.cogs.asking import offered_outlets, offered_speakers, option, settings_of
from bot.kept import KeptAnswer, KeptCitation
from bot.overview_jobs import Kind, Overview, OverviewJob, Shown
from bot.render.pages import Page
from bot.sending import Interaction, Reply, say_privately, whisper
from bot.views import ANSWERED, DECLINED, CardView, Press, PressButton, layout, page_view
from bot.visibility import visible_collections
from retrieval.models import Outcome

if TYPE_CHECKING:
    from bot.client import Dateline

_OPEN, _TURN = "open_overview", "turn_overview"


def add(bot: Dateline) -> None:
    """Register the commands and the buttons of their pages."""

    @bot.tree.command(name=words.TIMELINE.name, description=words.TIMELINE.description)
    @app_commands.describe(**words.TIMELINE.options)
    async def timeline(
        interaction: discord.Interaction,
        question: str,
        speaker: str | None = None,
        outlet: str | None = None,
        since: str | None = None,
        until: str | None = None,
        private: bool | None = None,
    ) -> None:
        wanted = Overview(Kind.TIMELINE, question, option(speaker), option(outlet), option(since), option(until))
        await _begin(bot, interaction, wanted, private)

    @timeline.autocomplete("speaker")
    async def speakers(interaction: Interaction, begun: str) -> list[app_commands.Choice[str]]:
        return await offered_speakers(bot, interaction, begun)

    @timeline.autocomplete("outlet")
    async def outlets(interaction: Interaction, begun: str) -> list[app_commands.Choice[str]]:
        return await offered_outlets(bot, interaction, begun)

    @bot.tree.command(name=words.COMPARE.name, description=words.COMPARE.description)
    @app_commands.describe(**words.COMPARE.options)
    async def compare(
        interaction: discord.Interaction,
        question: str,
        since: str | None = None,
        until: str | None = None,
        private: bool | None = None,
    ) -> None:
        wanted = Overview(Kind.COMPARISON, question, since=option(since), until=option(until))
        await _begin(bot, interaction, wanted, private)

    async def open_overview(interaction: Interaction, press: Press) -> None:
        await _turn(bot, interaction, press, turning=False)

    async def turn_overview(interaction: Interaction, press: Press) -> None:
        await _turn(bot, interaction, press, turning=True)

    bot.on_press(_OPEN, open_overview)
    bot.on_press(_TURN, turn_overview)


async def _begin(bot: Dateline, interaction: Interaction, typed: Overview, private: bool | None) -> None:
    here = settings_of(bot, interaction)
    reply = Reply(interaction, private=here.private if private is None else private)

    async def work() -> None:
        first, last = lookups.parse_days(typed.since, typed.until, prefix="")
        wanted = replace(typed, since=first, until=last, only_for=interaction.user.id if reply.private else None)
        job = OverviewJob(visible_collections(interaction.guild_id), wanted, 0, here.outlets, reply.may_attach)
        shown = await bot.worker.do(job)
        key = secrets.token_hex(8)
        await _keep(bot, reply, wanted, shown, key)
        place = await reply.show(_view(bot, shown, key, turning=reply.private))
        if place is not None and not reply.private:
            channel, message = place
            await bot.clerk.do(lambda people: people.place_answer(key, channel, message))

    if await reply.begin():
        await bot.keep(bot.guarded(reply, work()))


async def _keep(bot: Dateline, reply: Reply, wanted: Overview, shown: Shown, key: str) -> None:
    """What its pages are turned by; of a public one what it quotes, without the question."""
    interaction = reply.interaction
    person, guild = interaction.user.id, interaction.guild_id
    if shown.pages > 1:
        await bot.clerk.do(lambda people: people.add_lookup(key, person, guild, wanted.as_json()))
    if shown.citations and not reply.private:
        kept = KeptAnswer(
            key, time.time(), person, interaction.channel_id or 0, guild, reply.private, Outcome.ANSWERED.value, None,
            tuple(KeptCitation.of(citation) for citation in shown.citations), (), None,
        )  # fmt: skip
        await bot.clerk.do(lambda people: people.add_answer(kept))


def _view(bot: Dateline, shown: Shown, key: str, *, turning: bool) -> CardView:
    record = bot.clerk.uuid
    colour = ANSWERED if shown.answered else DECLINED
    if turning or shown.pages == 1:
        return page_view(shown.page, shown.at, shown.pages, record, _TURN, key, colour, shown.picture)
    waits = f"-# {words.OVERVIEW_WAITS.format(pages=shown.pages, button=words.NEXT)}"
    button = PressButton(Press(record, _OPEN, key, 1), words.NEXT)
    return layout(Page((*shown.page.sections, waits)), ((button,),), colour, shown.picture)


async def _turn(bot: Dateline, interaction: Interaction, press: Press, *, turning: bool) -> None:
    """Another page, in a private message."""
    kept = await bot.clerk.do(lambda people: people.lookup(press.key))
    if kept is None or kept[0] != interaction.guild_id:
        await say_privately(interaction, words.LOOKUP_STALE if kept is None else words.LOOKUP_ELSEWHERE)
        return
    wanted = Overview.from_json(kept[1])
    if wanted.only_for not in (None, interaction.user.id):
        await say_privately(interaction, words.NOT_YOURS)
        return
    reply = Reply(interaction, private=True)
    if not await (reply.begin_update() if turning else reply.begin()):
        return
    seen, outlets = visible_collections(interaction.guild_id), settings_of(bot, interaction).outlets
    try:
        shown = await bot.worker.do(OverviewJob(seen, wanted, press.number, outlets))
    except Exception as error:
        if not turning:
            raise
        # What stands there stays.
        await whisper(interaction, bot.sentence_for(error))
        return
    await reply.show(_view(bot, shown, press.key, turning=True))
