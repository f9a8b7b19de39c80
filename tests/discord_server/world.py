"""All state in one place, and the changes to it that the gateway announces."""

from __future__ import annotations

import mimetypes
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from tests.discord_server import payloads, visibility
from tests.discord_server.clock import Clock, Snowflakes
from tests.discord_server.interactions import Interaction
from tests.discord_server.permissions import USUAL, in_channel
from tests.discord_server.pings import Ping
from tests.discord_server.state import (
    DM,
    GROUP,
    TEXT,
    THREADS,
    Channel,
    Guild,
    Member,
    Message,
    Overwrite,
    Role,
    User,
)

T = TypeVar("T")
Payload = dict[str, Any]
Announce = Callable[[str, "Callable[[int], Payload]", int], None]
"""Name of the event, its data for given intents, intents of which one is needed (0: always sent)."""


class World:
    """``run`` (of the server) carries a change into the loop of the server; ``announce`` is the gateway's."""

    def __init__(self, token: str, run: Callable[[Callable[[], Any]], Any], announce: Announce) -> None:
        self.token = token
        self._run = run
        self.announce = announce
        self.clock = Clock()
        self.new_id = Snowflakes()
        self.application_id = self.new_id()
        # Bots made today have the id of their application.
        self.bot = User(self.application_id, "Dateline", bot=True)
        self.owner = User(self.new_id(), "Operator")
        self.users: dict[int, User] = {self.bot.id: self.bot, self.owner.id: self.owner}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.commands: dict[int, Payload] = {}
        self.interactions: dict[str, Interaction] = {}
        self.files: dict[int, bytes] = {}
        self.pings: list[Ping] = []
        self.base_url = ""

    def run(self, act: Callable[[], T]) -> T:
        """In the loop of the server."""
        done: T = self._run(act)
        return done

    # People and places

    def add_user(self, name: str, **more: Any) -> User:
        made = User(self.new_id(), name, **more)
        self.users[made.id] = made
        return made

    def add_guild(self, name: str, owner: User | None, bot: bool, permissions: int, locale: str) -> Guild:
        made = Guild(self.new_id(), name, owner or self.owner, self, locale)
        made.roles[made.id] = Role(made.id, "@everyone", permissions, position=0)
        made.members[made.owner.id] = Member(made.owner, made)
        made.installed = bot
        self.guilds[made.id] = made
        if bot:
            self.bot_joins(made)
        return made

    def bot_joins(self, guild: Guild) -> None:
        """A new guild; unlike one of READY its event has no key ``unavailable``."""
        own = Role(self.new_id(), self.bot.name, USUAL, managed_by=self.bot.id)
        guild.roles[own.id] = own
        guild.members[self.bot.id] = Member(self.bot, guild, [own])
        guild.installed = True
        self.announce("GUILD_CREATE", lambda _: payloads.guild_create(guild), visibility.GUILDS)

    def bot_leaves(self, guild: Guild) -> None:
        """Thrown out, or gone of its own will: commands go with it."""
        guild.members.pop(self.bot.id, None)
        guild.roles = {key: role for key, role in guild.roles.items() if role.managed_by != self.bot.id}
        guild.installed = False
        self.announce("GUILD_DELETE", lambda _: {"id": str(guild.id)}, visibility.GUILDS)

    def add_role(self, guild: Guild, name: str, permissions: int, mentionable: bool) -> Role:
        made = Role(self.new_id(), name, permissions, len(guild.roles), mentionable)
        guild.roles[made.id] = made
        self._tell(guild, "GUILD_ROLE_CREATE", {"guild_id": str(guild.id), "role": payloads.role(made)})
        return made

    def add_member(self, guild: Guild, user: User, roles: Iterable[Role], nick: str | None) -> Member:
        made = Member(user, guild, list(roles), nick)
        guild.members[user.id] = made
        data = payloads.member(made) | {"guild_id": str(guild.id)}
        self.announce("GUILD_MEMBER_ADD", lambda _: data, visibility.GUILD_MEMBERS)
        return made

    def add_channel(self, guild: Guild, name: str, kind: int = TEXT, nsfw: bool = False) -> Channel:
        made = Channel(self.new_id(), kind, name, self, guild, nsfw=nsfw)
        self.channels[made.id] = guild.channels[made.id] = made
        self._tell(guild, "CHANNEL_CREATE", payloads.channel(made))
        return made

    def delete_channel(self, channel: Channel) -> None:
        data = payloads.channel(channel)
        self.channels.pop(channel.id, None)
        if channel.guild is not None:
            channel.guild.channels.pop(channel.id, None)
            self._tell(channel.guild, "THREAD_DELETE" if channel.is_thread else "CHANNEL_DELETE", data)

    def set_overwrite(self, channel: Channel, target: Role | User, allow: int, deny: int) -> None:
        channel.overwrites[target.id] = Overwrite(allow, deny)
        if channel.guild is not None:
            self._tell(channel.guild, "CHANNEL_UPDATE", payloads.channel(channel))

    def add_thread(self, parent: Channel, name: str, owner: User, kind: int, id: int | None = None) -> Channel:
        """A thread from a message has the id of the message."""
        assert parent.guild is not None
        assert kind in THREADS
        made = Channel(id or self.new_id(), kind, name, self, parent.guild, parent, owner)
        made.thread_members[owner.id] = time.time()
        self.channels[made.id] = parent.guild.channels[made.id] = made
        if in_channel(made, self.bot):
            self._tell(parent.guild, "THREAD_CREATE", payloads.channel(made) | {"newly_created": True})
        return made

    def dm_with(self, user: User) -> Channel:
        for channel in self.channels.values():
            if channel.kind == DM and set(channel.recipients) == {user, self.bot}:
                return channel
        made = Channel(self.new_id(), DM, "", self, recipients=[user, self.bot])
        self.channels[made.id] = made
        return made

    def private_channel(self, people: list[User]) -> Channel:
        """Between people: the bot is there only as an app that one of them has installed."""
        kind = DM if len(people) == 2 else GROUP
        made = Channel(self.new_id(), kind, "" if kind == DM else "Group", self, recipients=list(people))
        self.channels[made.id] = made
        return made

    # Messages

    def message_appears(self, message: Message) -> None:
        """Into the channel, and to the bot where it hears of it."""
        message.snapshot()
        message.channel.messages[message.id] = message
        self._announce_message("MESSAGE_CREATE", message)

    def message_changes(self, message: Message) -> None:
        message.edited_at = time.time()
        message.snapshot()
        self._announce_message("MESSAGE_UPDATE", message)

    def message_goes(self, message: Message) -> None:
        message.deleted = True
        message.channel.messages.pop(message.id, None)
        if message.seen_by is None and visibility.hears(message.channel):
            data: Payload = {"id": str(message.id), "channel_id": str(message.channel.id)}
            if message.channel.guild:
                data["guild_id"] = str(message.channel.guild.id)
            self.announce("MESSAGE_DELETE", lambda _: data, visibility.intent_for(message.channel))

    def find_message(self, message_id: int) -> Message | None:
        return next((one.messages[message_id] for one in self.channels.values() if message_id in one.messages), None)

    def _announce_message(self, event: str, message: Message) -> None:
        # The gateway says nothing about what only one person sees.
        if message.seen_by is None and visibility.hears(message.channel):
            self.announce(
                event,
                lambda intents: visibility.message_event(message, intents),
                visibility.intent_for(message.channel),
            )

    def _tell(self, guild: Guild, event: str, data: Payload) -> None:
        if guild.bot_member is not None:
            self.announce(event, lambda _: data, visibility.GUILDS)

    # Files

    def keep_file(self, channel: Channel, name: str, data: bytes, content_type: str | None, **more: Any) -> Payload:
        """An attachment, served under its URL for as long as the server lives."""
        made_id = self.new_id()
        self.files[made_id] = data
        url = f"{self.base_url}/attachments/{channel.id}/{made_id}/{name}"
        made: Payload = {"id": str(made_id), "filename": name, "size": len(data), "url": url, "proxy_url": url}
        guessed = mimetypes.guess_type(name)[0]
        # Like Discord by the name; what discord.py says of a file is always octet-stream.
        if guessed or content_type:
            made["content_type"] = guessed or content_type
        return made | {key: value for key, value in more.items() if value is not None}
