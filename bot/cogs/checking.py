"""Checking a claim: ``/check``, and "Check this claim" on any message.

The message of a context menu comes with the command, whatever the intents; only who asked sees what comes of it.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot import words
from bot.cogs.asking import settings_of
from bot.cogs.buttons import open_answer
from bot.jobs import CheckJob
from bot.kept import KeptAnswer, KeptCitation, Words
from bot.render.claim_card import check_pages
from bot.render.pages import Page
from bot.sending import Interaction, Reply
from bot.views import ANSWERED, DECLINED, CardView, Press, PressButton, layout, paged_view
from bot.visibility import visible_collections
from retrieval.claims import ClaimCheck, Verdict
from retrieval.models import Outcome

if TYPE_CHECKING:
    from bot.client import Dateline

_NO_WORDS = re.compile(r"<?https?://\S+|<(?:[@#][!&]?|a?:\w+:|/[^:>]+:|t:)[^>\s]*>")
"""Addresses, mentions, emoji: a message of these alone says what its preview says."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody wants to have checked."""

    text: str
    author: int
    """Whose words they are, as far as Discord knows."""


async def check(bot: Dateline, claim: Claim, reply: Reply) -> None:
    """Find the verdict, show it; keep of it what its buttons and ``/verify`` need. The reply has been begun."""
    interaction = reply.interaction
    checked = await bot.worker.do(CheckJob(claim.text, visible_collections(interaction.guild_id)))
    pages = check_pages(checked)
    key = secrets.token_hex(8)
    keeps = len(pages) > 1 or (bool(checked.citations) and not reply.private)
    if keeps:
        kept = _kept(checked, claim, key, reply, paged=len(pages) > 1)
        await bot.clerk.do(lambda people: people.add_answer(kept))
    place = await reply.show(_view(bot, checked, pages, key, private=reply.private))
    if place is not None and keeps:
        channel, message = place
        await bot.clerk.do(lambda people: people.place_answer(key, channel, message))


def add(bot: Dateline) -> None:
    """Register ``/check``, the context menu and the buttons that turn pages."""
    told = words.CHECK

    @bot.tree.command(name=told.name, description=told.description)
    @app_commands.describe(**told.options)
    async def check_text(interaction: discord.Interaction, text: str, private: bool | None = None) -> None:
        here = settings_of(bot, interaction)
        reply = Reply(interaction, private=here.private if private is None else private)
        if await reply.begin():
            await bot.keep(bot.guarded(reply, check(bot, Claim(text, interaction.user.id), reply)))

    @bot.tree.context_menu(name=words.CHECK_MENU)
    async def check_message(interaction: discord.Interaction, message: discord.Message) -> None:
        reply = Reply(interaction, private=True)
        if not await reply.begin():
            return
        text = text_of(message)
        if not text:
            await bot.keep(bot.guarded(reply, reply.say(words.NOTHING_IN_MESSAGE)))
        else:
            await bot.keep(bot.guarded(reply, check(bot, Claim(text, message.author.id), reply)))

    async def open_check(interaction: Interaction, press: Press) -> None:
        await _turn(bot, interaction, press, turning=False)

    async def turn_check(interaction: Interaction, press: Press) -> None:
        await _turn(bot, interaction, press, turning=True)

    for handler in (open_check, turn_check):
        bot.on_press(handler.__name__, handler)


def text_of(message: discord.Message) -> str:
    """What a message says: its own words; else those that were forwarded, or stand in its components or previews."""
    snapshots = message.message_snapshots
    candidates = (
        [message.content],
        [snapshot.content for snapshot in snapshots],
        _component_texts(message.components),
        _embed_texts(message.embeds),
        [text for snapshot in snapshots for text in _embed_texts(snapshot.embeds)],
    )
    for texts in candidates:
        text = "\n".join(text.strip() for text in texts if text and text.strip())
        if _NO_WORDS.sub("", text).strip():
            return text
    return ""


def _embed_texts(embeds: Iterable[discord.Embed]) -> list[str]:
    """Title and words; author and footer are the sender's name and the date."""
    found: list[str | None] = []
    for embed in embeds:
        found += [embed.title, embed.description]
        found += [text for field in embed.fields for text in (field.name, field.value)]
    return [text for text in found if text]


def _component_texts(components: Iterable[Any]) -> list[str]:
    return [part.content for part in _walk(components) if isinstance(part, discord.TextDisplay)]


def _walk(components: Iterable[Any]) -> Iterator[Any]:
    for component in components:
        yield component
        yield from _walk(getattr(component, "children", ()))


def _kept(checked: ClaimCheck, claim: Claim, key: str, reply: Reply, *, paged: bool) -> KeptAnswer:
    """Claims are often somebody else's words: their text is kept only where there are pages to turn."""
    interaction = reply.interaction
    asker = interaction.user.id
    others = () if claim.author == asker else (claim.author,)
    outcome = Outcome.ANSWERED if checked.citations else Outcome.NO_EVIDENCE
    return KeptAnswer(
        key, time.time(), asker, interaction.channel_id or 0, interaction.guild_id, reply.private, outcome.value, None,
        tuple(KeptCitation.of(citation) for citation in checked.citations), (),
        Words(claim.text, claim.text, checked.text, checked.notes, (), others) if paged else None,
    )  # fmt: skip


def _view(bot: Dateline, checked: ClaimCheck, pages: Sequence[Page], key: str, *, private: bool) -> CardView:
    """A private card is turned in place; a public one stays as it is, and who wants more opens it in private."""
    record = bot.clerk.uuid
    colour = _colour(checked)
    if private or len(pages) == 1:
        return paged_view(pages, 0, record, "turn_check", key, colour)
    waits = f"-# {words.MORE_WAITS.format(button=words.NEXT)}"
    button = PressButton(Press(record, "open_check", key, 1), words.NEXT)
    return layout(Page((*pages[0].sections, waits)), ((button,),), colour)


def _colour(checked: ClaimCheck) -> int:
    """A verdict is an answer; only what the articles do not print at all is none. No colour says true or false."""
    return DECLINED if checked.verdict in (None, Verdict.NOT_PRINTED) else ANSWERED


async def _turn(bot: Dateline, interaction: Interaction, press: Press, *, turning: bool) -> None:
    """Another page, of the claim checked again: what was removed meanwhile is not shown from memory."""
    reply = Reply(interaction, private=True)
    if not await (reply.begin_update() if turning else reply.begin()):
        return
    kept = await open_answer(bot, press, reply)
    if kept is None:
        return
    if kept.words is None:
        await reply.say(words.TOO_OLD)
        return
    checked = await bot.worker.do(CheckJob(kept.words.typed, visible_collections(kept.guild)))
    pages = check_pages(checked)
    await reply.show(paged_view(pages, press.number, press.record, "turn_check", press.key, _colour(checked)))
