"""What people do, as a test writes it down."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from tests.discord_server import pings, reading, using
from tests.discord_server.forms import fill_in
from tests.discord_server.interactions import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL, Interaction, UnansweredError
from tests.discord_server.permissions import MENTION_EVERYONE, SEND_MESSAGES, USUAL, VIEW_CHANNEL, may
from tests.discord_server.state import REPLY, Channel, Guild, Message, Role, User
from tests.discord_server.using import Chosen, File, NotOfferedError
from tests.discord_server.world import World

T = TypeVar("T")
Payload = dict[str, Any]


class People:
    """Mixed into the server. Nothing here waits for the bot, unless its name says so."""

    world: World

    def on_loop(self, act: Callable[[], T]) -> T:
        raise NotImplementedError

    def wait_until(self, holds: Callable[[], Any], timeout: float = 10.0) -> bool:
        raise NotImplementedError

    # Making people and places

    @property
    def bot(self) -> User:
        return self.world.bot

    def add_user(self, name: str, guilds: Iterable[Guild] = (), installed: bool = False, **more: Any) -> User:
        """``installed``: has put the app on the own account, so that it goes everywhere with them."""

        def add() -> User:
            made = self.world.add_user(name, installed=installed, **more)
            for guild in guilds:
                self.world.add_member(guild, made, (), None)
            return made

        return self.on_loop(add)

    def add_guild(
        self, name: str, *, owner: User | None = None, bot: bool = True, permissions: int = USUAL, locale: str = "en-US"
    ) -> Guild:
        """``bot``: whether it is in there; ``permissions``: of @everyone."""
        return self.on_loop(lambda: self.world.add_guild(name, owner, bot, permissions, locale))

    def invite_bot(self, guild: Guild) -> None:
        self.on_loop(lambda: self.world.bot_joins(guild))

    def remove_bot(self, guild: Guild) -> None:
        self.on_loop(lambda: self.world.bot_leaves(guild))

    def delete_channel(self, channel: Channel) -> None:
        self.on_loop(lambda: self.world.delete_channel(channel))

    def dm(self, user: User) -> Channel:
        """The direct messages between ``user`` and the bot."""
        return self.on_loop(lambda: self.world.dm_with(user))

    def private_channel(self, *people: User) -> Channel:
        """Direct messages between people, without the bot."""
        return self.on_loop(lambda: self.world.private_channel(list(people)))

    # Writing

    def send_message(
        self,
        user: User,
        channel: Channel,
        text: str = "",
        *,
        reply_to: Message | None = None,
        ping: bool = True,
        files: Iterable[File] = (),
        embeds: Iterable[Payload] = (),
    ) -> Message:
        """``ping``: whether a reply rings the author of what it answers, as the client does unless told otherwise.

        The response to an interaction is nobody's to ring: a reply to it mentions no one.
        """

        def send() -> Message:
            if not may(channel, user, VIEW_CHANNEL | SEND_MESSAGES):
                raise NotOfferedError(f"{user.name} may not write in {channel.name}")
            made = Message(self.world.new_id(), channel, user, text, reference=reply_to)
            made.kind = REPLY if reply_to else 0
            made.embeds = list(embeds)
            made.attachments = [self.world.keep_file(channel, one.name, one.data, one.content_type) for one in files]
            parse = ["users", "roles"] + (["everyone"] if may(channel, user, MENTION_EVERYONE) else [])
            pings.apply(made, {"parse": parse, "replied_user": ping})
            self.world.message_appears(made)
            return made

        return self.on_loop(send)

    def direct_message(self, user: User, text: str, **more: Any) -> Message:
        return self.send_message(user, self.dm(user), text, **more)

    def edit_message(self, message: Message, text: str) -> None:
        def edit() -> None:
            message.content = text
            self.world.message_changes(message)

        self.on_loop(edit)

    def delete_message(self, message: Message) -> None:
        self.on_loop(lambda: self.world.message_goes(message))

    # Commands

    def offered(self, user: User, channel: Channel) -> list[str]:
        """Names of the commands that ``user`` sees there."""
        return self.on_loop(lambda: [one["name"] for one in using.offered(self.world, user, channel)])

    def command(self, user: User, channel: Channel, path: str, options: dict[str, Any] | None = None) -> Interaction:
        """``path``: "ask", or "admin reindex" with a subcommand. People, places and :class:`File` as they are."""

        def use() -> Interaction:
            chosen = using.choose(self.world, user, channel, path, options or {})
            return self._begin(COMMAND, user, channel, chosen.data, chosen=chosen)

        return self.on_loop(use)

    def autocomplete(
        self, user: User, channel: Channel, path: str, option: str, typed: Any, others: dict[str, Any] | None = None
    ) -> Interaction:
        """While ``option`` is being typed; ``wait().choices`` holds what is offered."""

        def use() -> Interaction:
            given = {**(others or {}), option: typed}
            chosen = using.choose(self.world, user, channel, path, given, focused=option)
            return self._begin(AUTOCOMPLETE, user, channel, chosen.data, chosen=chosen)

        return self.on_loop(use)

    def message_command(self, user: User, message: Message, name: str) -> Interaction:
        return self._on_target(user, message.channel, name, message)

    def user_command(self, user: User, channel: Channel, target: User, name: str) -> Interaction:
        return self._on_target(user, channel, name, target)

    def _on_target(self, user: User, channel: Channel, name: str, target: Message | User) -> Interaction:
        def use() -> Interaction:
            chosen = using.on_target(self.world, user, channel, name, target)
            return self._begin(COMMAND, user, channel, chosen.data, chosen=chosen, target=target)

        return self.on_loop(use)

    # Buttons, menus, forms

    def press(self, user: User, message: Message, button: str) -> Interaction:
        """``button``: its label or custom_id."""

        def use() -> Interaction:
            found = self._component(user, message, reading.buttons_of(message), button)
            if found.get("style") == reading.LINK:
                raise NotOfferedError(f"{button!r} opens {found['url']} and tells the bot nothing")
            data = {"custom_id": found["custom_id"], "component_type": found["type"], "id": found["id"]}
            return self._begin(COMPONENT, user, message.channel, data, source=message)

        return self.on_loop(use)

    def select(
        self, user: User, message: Message, *values: str | User | Role | Channel, menu: str | None = None
    ) -> Interaction:
        """``values``: labels or values of options, or people, roles, channels. ``menu``: custom_id or placeholder."""

        def use() -> Interaction:
            found = self._component(user, message, reading.selects_of(message), menu)
            resolved: dict[str, Payload] = {}
            chosen = [_option(message, user, found, value, resolved) for value in values]
            least, most = found.get("min_values", 1), found.get("max_values", 1)
            if not least <= len(chosen) <= most:
                raise NotOfferedError(f"The menu takes {least} to {most} values, not {len(chosen)}")
            data: Payload = {
                "custom_id": found["custom_id"],
                "component_type": found["type"],
                "id": found["id"],
                "values": chosen,
            }
            if resolved:
                data["resolved"] = resolved
            return self._begin(COMPONENT, user, message.channel, data, source=message)

        return self.on_loop(use)

    def submit_modal(self, user: User, opened: Interaction, values: dict[str, Any]) -> Interaction:
        """``values``: what is typed, by label or custom_id; fields left out keep what stands in them."""

        def use() -> Interaction:
            if opened.modal is None:
                raise NotOfferedError("No form is open")
            if opened.user is not user:
                raise NotOfferedError(f"The form is open for {opened.user.name} only")
            components, resolved = fill_in(opened.channel, user, opened.modal, values)
            data: Payload = {"custom_id": opened.modal["custom_id"], "components": components}
            if resolved:
                data["resolved"] = resolved
            source = opened.source if opened.kind == COMPONENT else None
            return self._begin(MODAL, user, opened.channel, data, source=source, opened_from=opened)

        return self.on_loop(use)

    def _component(self, user: User, message: Message, every: list[Payload], name: str | None) -> Payload:
        if message.deleted or message.seen_by not in (None, user) or not may(message.channel, user, VIEW_CHANNEL):
            raise NotOfferedError(f"{user.name} does not see this message")
        named = [
            one
            for one in every
            if name is None or name in (one.get("custom_id"), one.get("label"), one.get("placeholder"))
        ]
        if len(named) != 1:
            known = [one.get("label") or one.get("custom_id") for one in every]
            raise NotOfferedError(f"{len(named)} components are {name!r}, of {known}")
        if named[0].get("disabled"):
            raise NotOfferedError(f"{name!r} is switched off")
        return named[0]

    def _begin(
        self,
        kind: int,
        user: User,
        channel: Channel,
        data: Payload,
        *,
        chosen: Chosen | None = None,
        source: Message | None = None,
        opened_from: Interaction | None = None,
        target: Message | User | None = None,
    ) -> Interaction:
        if not may(channel, user, VIEW_CHANNEL):
            raise NotOfferedError(f"{user.name} is not in {channel}")
        made = Interaction(
            self.world,
            self.world.new_id(),
            kind,
            user,
            channel,
            data,
            self.world.clock.now(),
            chosen.command if chosen else None,
            source,
            opened_from,
            target,
            wait_until=self.wait_until,
        )
        self.world.interactions[made.token] = made
        event = made.event()
        self.world.announce("INTERACTION_CREATE", lambda _: event, 0)
        return made

    # Reading

    def text_of(self, message: Message) -> str:
        """What a person reads: content, embeds, text displays."""
        return reading.text_of(message)

    def all_messages(self, channel: Channel, seen_by: User | None = None) -> list[Message]:
        """Oldest first. With ``seen_by`` also what only that person sees."""
        return [one for one in list(channel.messages.values()) if one.seen_by in (None, seen_by)]

    def answer_to(self, message: Message, timeout: float = 10.0) -> Message:
        """The first message that the bot writes after ``message`` in the same channel; waits for it."""

        def answers() -> list[Message]:
            later = [one for one in list(message.channel.messages.values()) if one.id > message.id]
            return [one for one in later if one.author is self.bot and one.interaction is None]

        if not self.wait_until(answers, timeout):
            raise UnansweredError(f"Nothing came after {message.content!r} within {timeout} s")
        return answers()[0]


def _option(message: Message, user: User, menu: Payload, value: Any, resolved: dict[str, Payload]) -> str:
    if menu["type"] != reading.STRING_SELECT:
        using.resolve(message.channel, user, value, resolved)
        return str(value.id)
    for option in menu["options"]:
        if value in (option["label"], option["value"]):
            return str(option["value"])
    raise NotOfferedError(f"{value!r} is not in the menu: {[one['label'] for one in menu['options']]}")
