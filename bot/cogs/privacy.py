"""``/privacy`` and ``/forget-me``: what is kept of people, and how they have it deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot import words
from bot.kept import Held
from bot.people import DAY, TURNS, YEAR
from bot.render.pages import Page
from bot.sending import Interaction, Reply, say_privately
from bot.views import Press, PressButton, layout

if TYPE_CHECKING:
    from bot.client import Dateline


def add(bot: Dateline) -> None:
    """Register both commands and the two buttons of the question in between."""

    @bot.tree.command(name=words.PRIVACY.name, description=words.PRIVACY.description)
    async def privacy(interaction: discord.Interaction) -> None:
        await bot.keep(bot.guarded(Reply(interaction, private=True), say_privately(interaction, privacy_text())))

    @bot.tree.command(name=words.FORGET_ME.name, description=words.FORGET_ME.description)
    async def forget_me(interaction: discord.Interaction) -> None:
        reply = Reply(interaction, private=True)
        if await reply.begin():
            await bot.keep(bot.guarded(reply, _ask(bot, reply)))

    async def forget(interaction: Interaction, press: Press) -> None:
        reply = Reply(interaction, private=True)
        if await _own(interaction, press) and await reply.begin_update():
            await _forget(bot, reply)

    async def keep(interaction: Interaction, press: Press) -> None:
        reply = Reply(interaction, private=True)
        if await _own(interaction, press) and await reply.begin_update():
            await reply.say(words.KEPT)

    bot.on_press("forget", forget)
    bot.on_press("keep", keep)


def privacy_text() -> str:
    """In plain words; the times are those of the record itself (``people.py``)."""
    return words.PRIVACY_TEXT.format(
        menu=words.CHECK_MENU, hours=round(DAY / 3600), days=round(YEAR / DAY), turns=TURNS, forget=words.FORGET_ME.name
    )


async def _ask(bot: Dateline, reply: Reply) -> None:
    """Nothing is deleted by a slip of the finger."""
    person = reply.interaction.user.id
    held = await bot.clerk.do(lambda people: people.held(person))
    if not any(_counts(held)):
        await reply.say(words.FORGET_NOTHING)
        return
    buttons = [
        PressButton(Press(bot.clerk.uuid, "forget", str(person)), words.FORGET, emphasis=True),
        PressButton(Press(bot.clerk.uuid, "keep", str(person)), words.KEEP),
    ]
    await reply.show(layout(Page((words.FORGET_ASK.format(held=_listed(held)),)), (buttons,)))


async def _forget(bot: Dateline, reply: Reply) -> None:
    person = reply.interaction.user.id
    # In one go: what is told is what was deleted.
    held, _ = await bot.clerk.do(lambda people: (people.held(person), people.forget(person)))
    done = words.FORGOTTEN.format(held=_listed(held)) if any(_counts(held)) else words.FORGET_NOTHING
    await reply.say(done)


async def _own(interaction: Interaction, press: Press) -> bool:
    if press.key == str(interaction.user.id):
        return True
    await say_privately(interaction, words.NOT_YOURS)
    return False


def _counts(held: Held) -> tuple[int, ...]:
    return held.answers, held.questions, held.lookups, held.opinions, held.elsewhere


def _listed(held: Held) -> str:
    """“3 answers, 2 questions of your conversations and 1 opinion on an answer”."""
    forms = (words.HELD_ANSWERS, words.HELD_QUESTIONS, words.HELD_LOOKUPS, words.HELD_OPINIONS, words.HELD_ELSEWHERE)
    parts = [
        (one if count == 1 else several).format(n=f"{count:,}")
        for count, (one, several) in zip(_counts(held), forms, strict=True)
        if count
    ]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
