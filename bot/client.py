"""The Discord client: what it listens to, and who answers. Everything else is in ``cogs/``."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import secrets
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import discord
from discord import app_commands

from bot import words
from bot.channels import Channels
from bot.clerk import Clerk
from bot.cogs import adding, asking, buttons, checking, looking, overviews, privacy, setup, verifying
from bot.conversations import Conversations
from bot.errors import UsageError
from bot.limits import FREE, PRESS, QUESTION, Limits, Refusal, Whose
from bot.names import NameBook
from bot.render.markdown import escaped
from bot.sending import Interaction, MessageReply, Reply, say_privately
from bot.shelves import Shelves
from bot.views import Press, PressButton
from bot.worker import BusyError, LateError, StoppingError, Worker, WorkError

_log = logging.getLogger(__name__)

COGS = (asking, overviews, buttons, looking, verifying, checking, privacy, setup, adding)
"""Each has ``add(bot)``."""

Handler = Callable[[Interaction, Press], Awaitable[None]]
OnMessage = Callable[[discord.Message], Awaitable[None]]


def intents() -> discord.Intents:
    """No privileged one: content comes in direct messages, mentions and replies to the bot without it."""
    wanted = discord.Intents.none()
    wanted.guilds = wanted.guild_messages = wanted.dm_messages = True
    return wanted


class Tree(app_commands.CommandTree[Any]):
    """The commands; what fails in one is said in one sentence."""

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Whether a command may be carried out now. Names are offered to those who type at any speed."""
        client: Dateline = interaction.client
        data: Any = interaction.data or {}
        if interaction.type is discord.InteractionType.autocomplete or data.get("name") in FREE:
            return True
        return await client.admits(interaction, QUESTION)

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """See discord.py."""
        client: Dateline = interaction.client
        cause: BaseException = error.__cause__ or error
        if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
            await say_privately(interaction, words.UNKNOWN_COMMAND)
        else:
            await client.apologise(Reply(interaction, private=True), cause)


class Dateline(discord.Client):
    """One connection to Discord. The supervisor (``serve.py``) makes another when it ends."""

    def __init__(
        self, worker: Worker, clerk: Clerk, names: NameBook, shelves: Shelves, limits: Limits | None = None
    ) -> None:
        super().__init__(
            intents=intents(),
            allowed_mentions=discord.AllowedMentions.none(),
            # Nothing of what people write is kept, nor who they are.
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
        )
        self.worker = worker
        self.clerk = clerk
        self.names = names
        self.shelves = shelves
        self.limits = Limits() if limits is None else limits
        self.channels = Channels(clerk)
        self.conversations = Conversations(clerk)
        self.tree = Tree(
            self,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )
        self.pending: set[asyncio.Task[Any]] = set()
        """Work whose outcome somebody waits for; finished before the connection is closed."""
        self._on_press: dict[str, Handler] = {}
        self._on_form: dict[str, Handler] = {}
        self._on_text: list[OnMessage] = []
        self._pressing: set[tuple[int, str]] = set()
        self.add_dynamic_items(PressButton)
        for cog in COGS:
            cog.add(self)

    # What cogs register

    def on_press(self, action: str, handler: Handler) -> None:
        """Who answers the buttons of an action."""
        self._on_press[action] = handler

    def on_form(self, action: str, handler: Handler) -> None:
        """Who answers the forms of an action."""
        self._on_form[action] = handler

    def on_text(self, handler: OnMessage) -> None:
        """Who is told of a message to the bot."""
        self._on_text.append(handler)

    # Life

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """Hand an event on, unless the client is closing: the library then has no loop left to hand it to."""
        if not self.is_closed():
            super().dispatch(event, *args, **kwargs)

    async def setup_hook(self) -> None:
        """Register the commands where they are not those that were registered last."""
        await self.channels.load()
        payload = [command.to_dict(self.tree) for command in self.tree.walk_commands() if command.parent is None]
        payload += [
            menu.to_dict(self.tree)
            for kind in (discord.AppCommandType.message, discord.AppCommandType.user)
            for menu in self.tree.get_commands(type=kind)
        ]
        text = json.dumps([self.application_id, payload], sort_keys=True, default=str)
        digest = hashlib.sha256(text.encode()).hexdigest()
        if await self.clerk.do(lambda people: people.commands) == digest:
            return
        try:
            await self.tree.sync()
        except discord.DiscordServerError:
            raise  # another time
        except discord.HTTPException as error:
            # The commands that are registered keep working, and so does everything else.
            _log.error("Discord did not take the commands: %s", error)
            return
        await self.clerk.do(lambda people: people.set_commands(digest))

    def keep(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run something whose outcome somebody waits for."""
        task = asyncio.get_running_loop().create_task(work)
        self.pending.add(task)
        task.add_done_callback(self.pending.discard)
        return task

    async def drain(self, seconds: float) -> None:
        """Until everything that was begun has been answered, or the time is over."""
        if self.pending:
            await asyncio.wait(set(self.pending), timeout=seconds)

    # Events

    async def on_message(self, message: discord.Message) -> None:
        """A direct message, a mention, or a reply that pings; everything else is none of our business."""
        if message.author.bot or self.user is None:
            return
        if message.type not in (discord.MessageType.default, discord.MessageType.reply):
            return
        if message.guild is None or any(user.id == self.user.id for user in message.mentions):
            for handle in self._on_text:
                await self.keep(self.guarded(MessageReply(message), handle(message)))

    async def on_interaction(self, interaction: Interaction) -> None:
        """Forms, and buttons that are none of ours any more: a press is never left without a word."""
        data: Any = interaction.data or {}
        press = Press.read(str(data.get("custom_id", "")))
        if interaction.type is discord.InteractionType.modal_submit:
            if press is None or press.record != self.clerk.uuid or press.action not in self._on_form:
                await say_privately(interaction, words.STALE)
            else:
                handler = self._on_form[press.action]
                await self.keep(self.guarded(Reply(interaction, private=True), handler(interaction, press)))
        elif interaction.type is discord.InteractionType.component and press is None:
            await say_privately(interaction, words.STALE)

    async def pressed(self, interaction: Interaction, press: Press) -> None:
        """A button of ours: the same press twice at once is answered once, with a word for the second."""
        handler = self._on_press.get(press.action)
        if handler is None or press.record != self.clerk.uuid:
            await say_privately(interaction, words.STALE)
            return
        # A form costs a question when it is opened: what was typed into it is never sent back.
        if not await self.admits(interaction, QUESTION if press.action == "follow" else PRESS):
            return
        mark = (interaction.user.id, press.custom_id)
        if mark in self._pressing:
            await say_privately(interaction, words.ONE_MOMENT)
            return
        self._pressing.add(mark)
        try:
            await self.keep(self.guarded(Reply(interaction, private=True), handler(interaction, press)))
        finally:
            self._pressing.discard(mark)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """See discord.py; nobody waits for an answer here."""
        _log.exception("failed in %s", event_method)

    # How fast

    async def admits(self, interaction: Interaction, cost: float) -> bool:
        """Whether somebody may ask now; if not, they have been told when."""
        refusal = self.limits.take(interaction.user.id, interaction.channel_id or 0, cost)
        if refusal is not None:
            await say_privately(interaction, _slower(refusal))
        return refusal is None

    async def admits_message(self, reply: MessageReply) -> bool:
        """The same for a message. Everybody there sees the word about it, so it is said once."""
        message = reply.message
        refusal = self.limits.take(message.author.id, message.channel.id)
        if refusal is not None and refusal.first:
            await reply.say(_slower(refusal))
        return refusal is None

    # What goes wrong

    async def guarded(self, reply: Reply | MessageReply, work: Awaitable[None]) -> None:
        """Work whose failure is told where its answer was to stand."""
        try:
            await work
        except Exception as error:
            await self.apologise(reply, error)

    async def apologise(self, reply: Reply | MessageReply, error: BaseException) -> None:
        """One plain sentence; of an internal error only a short id, which the log also has."""
        try:
            if await reply.begin():
                await reply.say(self.sentence_for(error))
        except Exception:
            _log.exception("could not even say that something failed")

    def sentence_for(self, error: BaseException) -> str:
        """What a person is told of an error."""
        for kind, sentence in _SENTENCES:
            if isinstance(error, kind):
                return sentence
        if isinstance(error, UsageError):
            return escaped(str(error))  # it may repeat what was typed
        mark = secrets.token_hex(3)
        if isinstance(error, WorkError):
            _log.error("failure %s in the worker:\n%s", mark, error)
        else:
            _log.error("failure %s", mark, exc_info=error)
        return words.FAILED.format(id=mark)


def _slower(refusal: Refusal) -> str:
    sentence = words.SLOWER if refusal.whose is Whose.PERSON else words.SLOWER_HERE
    return sentence.format(seconds=refusal.seconds)


_SENTENCES: tuple[tuple[type[Exception], str], ...] = (
    (BusyError, words.BUSY),
    (LateError, words.LATE),
    (StoppingError, words.STOPPING),
)
