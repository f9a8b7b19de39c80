"""``/add`` and ``/remove``: articles of a server's own, kept by those who may manage it."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import aiohttp
import discord
from discord import app_commands

from bot import words
from bot.cogs.setup import may_manage
from bot.guilds import Upload
from bot.names import LONGEST, offers
from bot.render.markdown import escaped_line
from bot.render.pages import Page
from bot.sending import Interaction, Reply, persist, send
from bot.shelf_jobs import RemoveJob, article_value
from bot.shelves import new_upload
from bot.shelving import MEGABYTE, Outcome
from bot.views import layout, sentence_view
from bot.visibility import guild_collection
from corpus.errors import ReadError
from corpus.readers.files import decode

if TYPE_CHECKING:
    from bot.client import Dateline

_SUFFIXES = (".txt", ".md", ".html", ".htm", ".jsonl")
_DOWNLOAD_SECONDS = 60.0
_TOKEN_SECONDS = 14.5 * 60
"""The token of an interaction lives 15 minutes."""


def add(bot: Dateline) -> None:
    """Register the commands, and look after what servers leave behind."""
    shelves = bot.shelves
    told_add, told_remove = words.ADD, words.REMOVE

    @bot.tree.command(name=told_add.name, description=told_add.description)
    @app_commands.describe(**told_add.options)
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def add_file(interaction: discord.Interaction, file: discord.Attachment) -> None:
        reply = Reply(interaction, private=True)
        if await reply.begin():
            await bot.keep(bot.guarded(reply, _take(bot, interaction, file, reply)))

    @bot.tree.command(name=told_remove.name, description=told_remove.description)
    @app_commands.describe(**told_remove.options)
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def remove(interaction: discord.Interaction, article: str) -> None:
        reply = Reply(interaction, private=True)
        if await reply.begin():
            await bot.keep(bot.guarded(reply, _remove(bot, interaction, article, reply)))

    @remove.autocomplete("article")
    async def articles(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        if interaction.guild_id is None or not may_manage(interaction):
            return []
        names = await bot.names.names((guild_collection(interaction.guild_id),))
        ids = {title[:LONGEST]: article_id for article_id, title in reversed(names.articles)}
        return [app_commands.Choice(name=title, value=article_value(ids[title])) for title in offers(typed, ids)]

    def present() -> set[int] | None:
        # A server that Discord cannot reach just now is among them: it has not been left.
        return {guild.id for guild in bot.guilds} if bot.is_ready() else None

    @bot.event
    async def on_ready() -> None:
        shelves.present = present
        shelves.face = Posting(bot)
        await shelves.start()
        await shelves.check_departures()

    @bot.event
    async def on_guild_remove(guild: discord.Guild) -> None:
        await shelves.left(guild.id)

    @bot.event
    async def on_guild_join(guild: discord.Guild) -> None:
        await shelves.came_back(guild.id)


async def _take(bot: Dateline, interaction: Interaction, file: discord.Attachment, reply: Reply) -> None:
    """Look at a file, fetch it and hand it on; each refusal is one sentence."""
    settings = bot.shelves.settings
    guild, most = interaction.guild_id, settings.upload_megabytes
    if guild is None or not may_manage(interaction):
        await reply.say(words.MANAGERS_ONLY)
        return
    name = escaped_line(file.filename)
    if not file.filename.lower().endswith(_SUFFIXES):
        await reply.say(words.ADD_WRONG_KIND.format(name=name, kinds=", ".join(_SUFFIXES)))
        return
    if file.size > most * MEGABYTE:
        await reply.say(words.ADD_TOO_LARGE.format(name=name, size=f"{file.size / MEGABYTE:.1f}", most=f"{most:g}"))
        return
    # One at a time in a server: two that come at once must not both take the last place of the day.
    async with bot.shelves.taking(guild):
        await _take_in_turn(bot, interaction, guild, file, reply)


async def _take_in_turn(
    bot: Dateline, interaction: Interaction, guild: int, file: discord.Attachment, reply: Reply
) -> None:
    settings, name = bot.shelves.settings, escaped_line(file.filename)
    if not bot.shelves.has_room(guild):
        await reply.say(words.ADD_BUSY)
        return
    today = await bot.clerk.do(lambda people: people.guilds.uploads_today(guild))
    if today >= settings.server_files_a_day:
        await reply.say(words.ADD_ENOUGH_TODAY.format(count=settings.server_files_a_day))
        return
    try:
        async with asyncio.timeout(_DOWNLOAD_SECONDS):
            content = await persist(file.read, _DOWNLOAD_SECONDS / 2)
    except (discord.HTTPException, aiohttp.ClientError, OSError, TimeoutError):
        await reply.say(words.ADD_NOT_FETCHED.format(name=name))
        return
    reason = await asyncio.to_thread(_no_text, content, file.filename)
    if reason is not None or len(content) > settings.upload_megabytes * MEGABYTE:
        await reply.say(words.ADD_NO_TEXT.format(name=name, reason=escaped_line(reason or "")))
        return
    place = await reply.show(sentence_view(words.ADD_TAKEN.format(name=name)))
    upload = new_upload(
        guild, interaction.user.id, file.filename, interaction.application_id, interaction.token,
        place[1] if place else 0,
    )  # fmt: skip
    await bot.shelves.add(upload, content)


def _no_text(content: bytes, name: str) -> str | None:
    """Why a file is no text, as a sentence; whether it holds an article is seen when it is read."""
    try:
        if name.lower().endswith((".html", ".htm")) and b"\0" not in content and content.strip():
            return None  # pages may be in any encoding, which they tell themselves
        decode(content, name)
    except ReadError as error:
        return error.reason
    return None


async def _remove(bot: Dateline, interaction: Interaction, article: str, reply: Reply) -> None:
    if interaction.guild_id is None or not may_manage(interaction):
        await reply.say(words.MANAGERS_ONLY)
        return
    title = await bot.worker.do(RemoveJob(guild_collection(interaction.guild_id), article))
    bot.names.forget()
    sentence = words.NOT_YOUR_ARTICLE if title is None else words.REMOVED.format(title=escaped_line(title))
    await reply.say(sentence)


class Posting:
    """Tells people how far their files are, in the answer to their command. See :class:`bot.shelves.Face`."""

    def __init__(self, bot: Dateline) -> None:
        self._bot = bot

    async def show_waiting(self, upload: Upload) -> None:
        """See :class:`bot.shelves.Face`."""
        await self._edit(upload, sentence_view(words.ADD_WAITING.format(name=escaped_line(upload.name))))

    async def show_progress(self, upload: Upload, done: int, total: int, *, resumed: bool) -> None:
        """See :class:`bot.shelves.Face`."""
        name = escaped_line(upload.name)
        said = (words.ADD_PROGRESS if total else words.ADD_READING).format(name=name, done=done, total=total)
        await self._edit(upload, sentence_view(f"{words.ADD_RESUMED}\n{said}" if resumed else said))

    async def show_paused(self, upload: Upload) -> None:
        """See :class:`bot.shelves.Face`."""
        await self._edit(upload, sentence_view(words.ADD_PAUSED.format(name=escaped_line(upload.name))))

    async def show_outcome(self, upload: Upload, outcome: Outcome | None, *, resumed: bool) -> None:
        """See :class:`bot.shelves.Face`."""
        sections = outcome_sections(upload.name, outcome, self._bot)
        if resumed:
            sections = (words.ADD_RESUMED, *sections)
        view = layout(Page(sections))
        if not await self._edit(upload, view) and upload.person:
            # Only that person could see it; past the life of the token it goes to them alone.
            try:
                await send(await self._bot.fetch_user(upload.person), view)
            except discord.HTTPException:
                return

    async def _edit(self, upload: Upload, view: discord.ui.LayoutView) -> bool:
        """Whether it could still be shown in the answer."""
        if not upload.message or time.time() - upload.begun_at > _TOKEN_SECONDS:
            return False
        hook = discord.Webhook.partial(upload.application, upload.token, client=self._bot)
        try:
            await persist(lambda: hook.edit_message(upload.message, view=view))
        except discord.HTTPException:
            return False
        return True


def outcome_sections(name: str, outcome: Outcome | None, bot: Dateline) -> tuple[str, ...]:
    """What became of a file, in a few lines."""
    settings, name = bot.shelves.settings, escaped_line(name)
    if outcome is None or outcome.failed is not None:
        why = outcome.failed if outcome is not None else None
        return (f"{words.ADD_FAILED.format(name=name)} {escaped_line(why or '')}".strip(),)
    if outcome.full == "articles":
        return (words.ADD_FULL_ARTICLES.format(name=name, count=f"{settings.server_articles:,}"),)
    if outcome.full == "megabytes":
        return (words.ADD_FULL_MEGABYTES.format(name=name, count=f"{settings.server_megabytes:g}"),)
    counts = [
        (outcome.new, words.ADD_NEW), (outcome.replaced, words.ADD_REPLACED), (outcome.unchanged, words.ADD_UNCHANGED),
        (outcome.refused_in_all, words.ADD_REFUSED),
    ]  # fmt: skip
    said = ", ".join(words.plural(count, what) for count, what in counts if count) or words.ADD_NOTHING
    sections = [f"**{name}**: {said}."]
    if outcome.left_out:
        left_out = words.plural(outcome.left_out, words.ADD_LEFT_OUT)
        sections.append(f"{left_out}{words.ADD_QUOTA.format(count=f'{settings.server_articles:,}')}")
    if outcome.refused:
        more = outcome.refused_in_all - len(outcome.refused)
        lines = [f"- {escaped_line(reason)}" for reason in outcome.refused]
        sections.append("\n".join([*lines, *([f"- {words.ADD_AND_MORE.format(count=more)}"] if more else [])]))
    if outcome.notes:
        sections.append("\n".join(f"-# {escaped_line(note)}" for note in outcome.notes[:5]))
    return tuple(sections)
