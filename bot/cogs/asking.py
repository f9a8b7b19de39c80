"""Asking: ``/ask``, a mention, a direct message, a reply to one of the bot's messages."""

from __future__ import annotations

import asyncio
import re
import secrets
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot import lookups, words
from bot.channels import ChannelSettings
from bot.cogs.threads import ThreadReply, is_own_thread, open_thread, parent_of
from bot.errors import UsageError
from bot.jobs import AskJob
from bot.kept import KeptAnswer
from bot.names import offers
from bot.people import TURNS
from bot.render.card import answer_card
from bot.sending import Interaction, MessageReply, Reply
from bot.views import card_view
from bot.visibility import visible_collections
from corpus.store.filters import folded
from retrieval.asking import Options
from retrieval.followups import Turn

if TYPE_CHECKING:
    from bot.client import Dateline

_LONGEST_OPTION = 200
"""Characters of a name that is set as an option; longer ones are no names."""


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks, and from where."""

    text: str
    person: int
    channel: int
    """A thread is a channel of its own."""
    guild: int | None
    options: Options = field(default_factory=Options)
    turns: tuple[Turn, ...] = ()
    """The conversation it may point back to."""
    others: tuple[int, ...] = ()
    """Whose words that conversation holds beside the person's own."""
    parent: int | None = None
    """The channel that the thread belongs to."""


async def answer(bot: Dateline, question: Question, reply: Reply | MessageReply) -> tuple[int, Turn] | None:
    """Find the answer, keep it, show it: the message it stands under and what the conversation keeps of it.

    The reply has been begun.
    """
    options = _admitted(question.options, bot.channels.of(question.channel, question.parent))
    asked = await bot.worker.do(
        AskJob(question.text, options, visible_collections(question.guild), question.turns, reply.may_attach)
    )
    turns = (*question.turns, asked.turn)[-TURNS:]
    kept = KeptAnswer.of(
        asked.answer, key=secrets.token_hex(8), asked_at=time.time(), asker=question.person,
        channel=question.channel, guild=question.guild, private=reply.private, turns=turns, typed=question.text,
        others=question.others,
    )  # fmt: skip
    await bot.clerk.do(lambda people: people.add_answer(kept))
    await bot.conversations.save(question.person, question.channel, asked.turn)
    card = answer_card(asked.answer, typed=question.text)
    footer = words.FOLLOW_UP_HINT if isinstance(reply, Reply) and not reply.private and question.guild else None
    view = card_view(card, bot.clerk.uuid, kept.key, private=reply.private, footer=footer, picture=asked.picture)
    place = await reply.show(view)
    if place is None:
        return None
    channel, message = place
    await bot.clerk.do(lambda people: people.place_answer(kept.key, channel, message))
    return message, asked.turn


def add(bot: Dateline) -> None:
    """Register ``/ask`` and listen to what is written to the bot."""
    told = words.ASK

    @bot.tree.command(name=told.name, description=told.description)
    @app_commands.describe(**told.options)
    async def ask(
        interaction: discord.Interaction,
        question: str,
        speaker: str | None = None,
        outlet: str | None = None,
        since: str | None = None,
        until: str | None = None,
        private: bool | None = None,
    ) -> None:
        here = settings_of(bot, interaction)
        reply = Reply(interaction, private=here.private if private is None else private)

        async def work() -> None:
            first, last = lookups.parse_days(option(since), option(until), prefix="")
            named = option(outlet)
            options = Options(option(speaker), (named,) if named else (), first, last)
            asked = Question(
                question, interaction.user.id, interaction.channel_id or 0, interaction.guild_id, options,
                parent=parent_of(interaction.channel),
            )  # fmt: skip
            shown = await answer(bot, asked, reply)
            if shown is not None and here.threads and not reply.private:
                message, turn = shown
                # Follow-ups in it know the question, whoever asks them (see _conversation).
                if await open_thread(interaction.channel, interaction.app_permissions, message, question):
                    await bot.conversations.save(interaction.user.id, message, turn)

        if await reply.begin():
            await bot.keep(bot.guarded(reply, work()))

    @ask.autocomplete("speaker")
    async def speakers(interaction: Interaction, begun: str) -> list[app_commands.Choice[str]]:
        return await offered_speakers(bot, interaction, begun)

    @ask.autocomplete("outlet")
    async def outlets(interaction: Interaction, begun: str) -> list[app_commands.Choice[str]]:
        return await offered_outlets(bot, interaction, begun)

    async def written(message: discord.Message) -> None:
        own_id = bot.user.id if bot.user else 0
        here = bot.channels.of(message.channel.id, parent_of(message.channel))
        if message.guild is not None and not here.mentions and not is_own_thread(message.channel, own_id):
            return  # commands only: so they want it, and a word about it would be what they do not want
        reply = MessageReply(message)
        text = _without_mention(message.content, own_id)
        if not text:
            await reply.say(words.ASK_SOMETHING)
            return
        if not await bot.admits_message(reply):
            return
        guild = message.guild.id if message.guild else None
        turns, others = await _conversation(bot, message)
        asked = Question(
            text, message.author.id, message.channel.id, guild, turns=turns, others=others,
            parent=parent_of(message.channel),
        )  # fmt: skip
        if here.threads and message.guild is not None:
            may = message.channel.permissions_for(message.guild.me)
            thread = await open_thread(message.channel, may, message.id, text)
            if thread is not None:
                # A thread is one conversation; it goes on from an earlier answer only by a reply to that.
                if message.reference is None:
                    asked = replace(asked, turns=(), others=())
                asked = replace(asked, channel=message.id, parent=message.channel.id)
                reply = ThreadReply(message, thread)
        await answer(bot, asked, reply)

    bot.on_text(written)


def settings_of(bot: Dateline, interaction: Interaction) -> ChannelSettings:
    """What is set for the place of an interaction. Nothing is waited for."""
    return bot.channels.of(interaction.channel_id, parent_of(interaction.channel))


def _admitted(options: Options, here: ChannelSettings) -> Options:
    """The options within what is set for the channel.

    Raises :class:`UsageError` for an outlet that is not answered from there.
    """
    if not here.outlets:
        return options
    allowed = {folded(outlet) for outlet in here.outlets}
    if not options.outlets:
        return replace(options, outlets=here.outlets)
    if not all(folded(outlet) in allowed for outlet in options.outlets):
        raise UsageError(words.OUTLET_NOT_HERE)
    return options


async def offered_speakers(bot: Dateline, interaction: Interaction, begun: str) -> list[app_commands.Choice[str]]:
    """Who is on record, while somebody types a name."""
    names = await bot.names.names(visible_collections(interaction.guild_id))
    # Thousands of names are compared: beside the event loop, not in it.
    return _choices(await asyncio.to_thread(offers, begun, names.speakers))


async def offered_outlets(bot: Dateline, interaction: Interaction, begun: str) -> list[app_commands.Choice[str]]:
    """The outlets that are answered from, while somebody types a name."""
    names = await bot.names.names(visible_collections(interaction.guild_id))
    return _choices(offers(begun, settings_of(bot, interaction).outlets or names.outlets))


def _choices(names: list[str]) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=name, value=name) for name in names]


async def _conversation(bot: Dateline, message: discord.Message) -> tuple[tuple[Turn, ...], tuple[int, ...]]:
    """The turns, and whose they are beside the person's own.

    Of a reply to one of our answers: that answer's conversation; else the person's own in this place; in a thread
    that was opened for a question, to whoever has not asked there yet: that question's.
    """
    answered = message.reference.message_id if message.reference else None
    if answered is not None:
        kept = await bot.clerk.do(lambda people: people.answer_under(answered))
        if kept is not None and kept.words is not None and kept.channel == message.channel.id and not kept.private:
            return kept.words.turns, others_in(kept, message.author.id)
    own = await bot.conversations.load(message.author.id, message.channel.id)
    if own or not is_own_thread(message.channel, bot.user.id if bot.user else 0):
        return own, ()
    opening = await bot.clerk.do(lambda people: people.answer_opening(message.channel.id))
    if opening is None or opening.words is None or opening.private:
        return (), ()
    return opening.words.turns, others_in(opening, message.author.id)


def others_in(kept: KeptAnswer, person: int) -> tuple[int, ...]:
    """Whose words somebody takes up who goes on from an answer."""
    held = kept.words.others if kept.words else ()
    return tuple(one for one in dict.fromkeys((*held, kept.asker)) if one != person)


def option(value: str | None) -> str | None:
    """An option as typed; white space alone is none."""
    clean = " ".join((value or "").split())[:_LONGEST_OPTION]
    return clean or None


def _without_mention(content: str, own_id: int) -> str:
    return " ".join(re.sub(rf"<@!?{own_id}>", " ", content).split()).strip()
