"""The buttons of an answer: context, more sources, follow-up, feedback, share.

What is shown again is looked up again: an article that was removed meanwhile is not shown from memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import words
from bot.cogs.asking import Question, answer, others_in
from bot.cogs.threads import parent_of
from bot.jobs import Context, ContextJob, Recalled, RecallJob, Standing
from bot.kept import KeptAnswer
from bot.panel_jobs import Completed, PanelsJob
from bot.render.card import Card, answer_card, context_pages, further_pages
from bot.render.markdown import escaped_line
from bot.render.pages import Page
from bot.sending import Interaction, Reply, say_privately, send
from bot.views import CardView, FollowUpForm, Press, card_view, paged_view, typed_into_form
from bot.visibility import visible_collections
from retrieval.models import Answer, Outcome, Reason

if TYPE_CHECKING:
    from bot.client import Dateline


def add(bot: Dateline) -> None:
    """Register the buttons."""

    async def context(interaction: Interaction, press: Press) -> None:
        await _pages(bot, interaction, press, "turn_context", turning=False)

    async def turn_context(interaction: Interaction, press: Press) -> None:
        await _pages(bot, interaction, press, "turn_context", turning=True)

    async def more(interaction: Interaction, press: Press) -> None:
        await _pages(bot, interaction, press, "turn_more", turning=False)

    async def turn_more(interaction: Interaction, press: Press) -> None:
        await _pages(bot, interaction, press, "turn_more", turning=True)

    async def helpful(interaction: Interaction, press: Press) -> None:
        await _feedback(bot, interaction, press, helpful=True)

    async def unhelpful(interaction: Interaction, press: Press) -> None:
        await _feedback(bot, interaction, press, helpful=False)

    async def share(interaction: Interaction, press: Press) -> None:
        await _share(bot, interaction, press)

    async def follow(interaction: Interaction, press: Press) -> None:
        # A form must be the first response: nothing can be deferred before it.
        kept = await bot.clerk.do(lambda people: people.answer(press.key))
        problem = _problem(kept, interaction) or (words.TOO_OLD if kept and kept.words is None else None)
        if problem:
            await say_privately(interaction, problem)
        else:
            await interaction.response.send_modal(FollowUpForm(Press(press.record, "follow", press.key)))

    async def followed(interaction: Interaction, press: Press) -> None:
        await _follow_up(bot, interaction, press)

    for handler in (context, turn_context, more, turn_more, helpful, unhelpful, share, follow):
        bot.on_press(handler.__name__, handler)
    bot.on_form("follow", followed)


def _problem(kept: KeptAnswer | None, interaction: Interaction) -> str | None:
    """Why this person may not open this answer here, as a sentence."""
    if kept is None:
        return words.STALE
    if kept.guild != interaction.guild_id or kept.channel != interaction.channel_id:
        return words.NOT_HERE
    if kept.private and kept.asker != interaction.user.id:
        return words.NOT_YOURS
    return None


async def open_answer(bot: Dateline, press: Press, reply: Reply, *, own: bool = False) -> KeptAnswer | None:
    """The answer of a press that has been acknowledged; None after saying why not."""
    kept = await bot.clerk.do(lambda people: people.answer(press.key))
    problem = _problem(kept, reply.interaction)
    if problem is None and own and kept is not None and kept.asker != reply.interaction.user.id:
        problem = words.NOT_YOURS
    if problem is not None:
        await reply.say(problem)
        return None
    return kept


async def _pages(bot: Dateline, interaction: Interaction, press: Press, action: str, *, turning: bool) -> None:
    """Open pages in a private message, or turn them in it."""
    reply = Reply(interaction, private=True)
    if not await (reply.begin_update() if turning else reply.begin()):
        return
    kept = await open_answer(bot, press, reply)
    if kept is None:
        return
    pages = await (_contexts(bot, kept) if action == "turn_context" else _more(bot, kept))
    if not pages:
        await reply.say(words.NO_CONTEXT if action == "turn_context" else words.NO_MORE)
        return
    await reply.show(paged_view(pages, press.number, press.record, action, press.key))


async def _contexts(bot: Dateline, kept: KeptAnswer) -> tuple[Page, ...]:
    found = await bot.worker.do(ContextJob(visible_collections(kept.guild), kept.citations))
    return tuple(page for context in found for page in _context(context))


def _context(context: Context) -> tuple[Page, ...]:
    standing = [one.citation for one in context.rechecked if one.citation is not None]
    if standing:
        moved = any(one.standing is Standing.MOVED for one in context.rechecked)
        return context_pages(standing, context.passages, words.MOVED if moved else None)
    first = context.rechecked[0]
    title = escaped_line(first.kept.title or first.kept.article_id)
    why = words.GONE if first.standing is Standing.REMOVED else words.CHANGED
    return (Page((f"**\\[{first.kept.number}\\]** {title}", why)),)


async def _more(bot: Dateline, kept: KeptAnswer) -> tuple[Page, ...]:
    recalled = await _recall(bot, kept)
    if kept.words is None:
        return further_pages(_again(kept, recalled))
    return _card(kept, await _completed(bot, kept, recalled)).more


async def _recall(bot: Dateline, kept: KeptAnswer) -> Recalled:
    return await bot.worker.do(RecallJob(visible_collections(kept.guild), kept.citations, kept.hits))


async def _completed(bot: Dateline, kept: KeptAnswer, recalled: Recalled, *, draws: bool = False) -> Completed:
    return await bot.worker.do(PanelsJob(visible_collections(kept.guild), _again(kept, recalled), draws))


def _again(kept: KeptAnswer, recalled: Recalled) -> Answer:
    """The answer as far as it stands today."""
    standing = tuple(one.citation for one in recalled.citations if one.citation is not None)
    said = kept.words
    return Answer(
        said.asked if said else "", Outcome(kept.outcome), 0.0, Reason(kept.reason) if kept.reason else None,
        said.text if said else "", standing, recalled.hits, said.notes if said else (),
    )  # fmt: skip


def _card(kept: KeptAnswer, completed: Completed) -> Card:
    return answer_card(completed.answer, typed=kept.words.typed if kept.words else None)


async def _feedback(bot: Dateline, interaction: Interaction, press: Press, *, helpful: bool) -> None:
    reply = Reply(interaction, private=True)
    if await reply.begin() and await open_answer(bot, press, reply, own=True):
        person = interaction.user.id
        await bot.clerk.do(lambda people: people.set_feedback(press.key, person, helpful=helpful))
        await reply.say(words.THANKS)


async def _share(bot: Dateline, interaction: Interaction, press: Press) -> None:
    """Post a private answer in the channel, once."""
    reply = Reply(interaction, private=True)
    if not await reply.begin():
        return
    kept = await open_answer(bot, press, reply, own=True)
    if kept is None:
        return
    if kept.words is None:
        await reply.say(words.TOO_OLD)
        return
    recalled = await _recall(bot, kept)
    if any(one.citation is None for one in recalled.citations):
        await reply.say(words.GONE)
        return
    completed = await _completed(bot, kept, recalled, draws=interaction.app_permissions.attach_files)
    if not await bot.clerk.do(lambda people: people.share(press.key)):
        await reply.say(words.ALREADY_SHARED)
        return
    footer = words.SHARED_BY.format(user=interaction.user.id)
    view = card_view(
        _card(kept, completed), press.record, press.key, private=False, footer=footer, picture=completed.picture
    )
    posted = await _post(interaction, view)
    if posted is None:
        await bot.clerk.do(lambda people: people.unshare(press.key))
        await reply.say(words.CANNOT_SHARE)
        return
    channel, message = posted
    await bot.clerk.do(lambda people: people.place_answer(press.key, channel, message, public=True))
    await reply.say(words.SHARED)


async def _post(interaction: Interaction, view: CardView) -> tuple[int, int] | None:
    """Into the channel of an interaction, where the bot may write."""
    import discord

    channel = interaction.channel
    may = interaction.app_permissions
    if not isinstance(channel, discord.abc.Messageable) or not (may.view_channel and may.send_messages):
        return None
    try:
        message = await send(channel, view)
    except discord.HTTPException:
        return None
    return message.channel.id, message.id


async def _follow_up(bot: Dateline, interaction: Interaction, press: Press) -> None:
    """A question that was typed into the form, in the conversation of the answer it was opened from."""
    kept = await bot.clerk.do(lambda people: people.answer(press.key))
    reply = Reply(interaction, private=bool(kept and kept.private))
    if not await reply.begin():
        return
    problem = _problem(kept, interaction)
    if kept is None or problem is not None:
        await reply.say(problem or words.STALE)
        return
    question = Question(
        typed_into_form(interaction), interaction.user.id, interaction.channel_id or 0, interaction.guild_id,
        turns=kept.words.turns if kept.words else (), others=others_in(kept, interaction.user.id),
        parent=parent_of(interaction.channel),
    )  # fmt: skip
    await answer(bot, question, reply)
