"""What exists: people, servers, channels, messages. Values and relations only; what may be done is elsewhere."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.discord_server.interactions import Interaction
    from tests.discord_server.world import World

TEXT, DM, VOICE, GROUP, ANNOUNCEMENT, ANNOUNCEMENT_THREAD, PUBLIC_THREAD, PRIVATE_THREAD, FORUM = (
    0,
    1,
    2,
    3,
    5,
    10,
    11,
    12,
    15,
)
THREADS = frozenset({ANNOUNCEMENT_THREAD, PUBLIC_THREAD, PRIVATE_THREAD})

DEFAULT, REPLY, CHAT_INPUT_COMMAND, CONTEXT_MENU_COMMAND, THREAD_CREATED = 0, 19, 20, 23, 18

EPHEMERAL, LOADING, COMPONENTS_V2, SUPPRESS_EMBEDS = 1 << 6, 1 << 7, 1 << 15, 1 << 2


@dataclass(eq=False)
class User:
    """Somebody, the bot included. ``installed``: has put the app on the own account."""

    id: int
    name: str
    bot: bool = False
    installed: bool = False
    accepts_dms: bool = True
    locale: str = "en-US"

    @property
    def mention(self) -> str:
        return f"<@{self.id}>"


@dataclass(eq=False)
class Role:
    id: int
    name: str
    permissions: int
    position: int = 1
    mentionable: bool = False
    managed_by: int | None = None

    @property
    def mention(self) -> str:
        return f"<@&{self.id}>"


@dataclass
class Overwrite:
    allow: int = 0
    deny: int = 0


@dataclass(eq=False)
class Member:
    user: User
    guild: Guild
    roles: list[Role] = field(default_factory=list)
    nick: str | None = None
    joined_at: float = field(default_factory=time.time)


@dataclass(eq=False)
class Guild:
    """A server. The first role is @everyone, with the id of the guild. ``installed``: the app is known to it."""

    id: int
    name: str
    owner: User
    world: World = field(repr=False)
    locale: str = "en-US"
    roles: dict[int, Role] = field(default_factory=dict, repr=False)
    members: dict[int, Member] = field(default_factory=dict, repr=False)
    channels: dict[int, Channel] = field(default_factory=dict, repr=False)
    installed: bool = True

    @property
    def everyone(self) -> Role:
        return self.roles[self.id]

    @property
    def bot_member(self) -> Member | None:
        return self.members.get(self.world.bot.id)

    def add_channel(self, name: str, kind: int = TEXT, nsfw: bool = False) -> Channel:
        return self.world.run(lambda: self.world.add_channel(self, name, kind, nsfw))

    def add_role(self, name: str, permissions: int = 0, mentionable: bool = False) -> Role:
        return self.world.run(lambda: self.world.add_role(self, name, permissions, mentionable))

    def add_member(self, user: User, roles: Iterable[Role] = (), nick: str | None = None) -> Member:
        return self.world.run(lambda: self.world.add_member(self, user, roles, nick))


@dataclass(eq=False)
class Channel:
    id: int
    kind: int
    name: str
    world: World = field(repr=False)
    guild: Guild | None = None
    parent: Channel | None = None
    owner: User | None = None
    recipients: list[User] = field(default_factory=list)
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict, repr=False)
    thread_members: dict[int, float] = field(default_factory=dict, repr=False)
    archived: bool = False
    locked: bool = False
    nsfw: bool = False
    created_at: float = field(default_factory=time.time)

    def __str__(self) -> str:
        return f"#{self.name}" if self.guild else "direct messages"

    @property
    def is_thread(self) -> bool:
        return self.kind in THREADS

    @property
    def is_bot_dm(self) -> bool:
        return self.kind == DM and self.world.bot in self.recipients

    @property
    def last_message(self) -> Message | None:
        return next(reversed(list(self.messages.values())), None)

    def set_overwrite(self, target: Role | User, allow: int = 0, deny: int = 0) -> None:
        """What a role or a member may do here, beside what the guild says."""
        self.world.run(lambda: self.world.set_overwrite(self, target, allow, deny))

    def add_thread(self, name: str, owner: User, private: bool = False) -> Channel:
        kind = PRIVATE_THREAD if private else PUBLIC_THREAD
        return self.world.run(lambda: self.world.add_thread(self, name, owner, kind))


@dataclass(frozen=True)
class Version:
    """How a message looked from ``at`` (monotonic seconds) on. ``thinking``: "<bot> is thinking…" stood there."""

    at: float
    text: str
    content: str
    embeds: list[dict[str, Any]]
    components: list[dict[str, Any]]
    thinking: bool


@dataclass(eq=False)
class Message:
    """``seen_by``: the only person who sees it (ephemeral), or None. ``history``: all versions, the last is present."""

    id: int
    channel: Channel
    author: User
    content: str = ""
    kind: int = DEFAULT
    embeds: list[dict[str, Any]] = field(default_factory=list)
    components: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    flags: int = 0
    mentions: list[User] = field(default_factory=list)
    mention_roles: list[Role] = field(default_factory=list)
    mention_everyone: bool = False
    reference: Message | None = None
    interaction: Interaction | None = field(default=None, repr=False)
    seen_by: User | None = None
    thread: Channel | None = None
    nonce: str | None = None
    tts: bool = False
    deleted: bool = False
    created_at: float = field(default_factory=time.time)
    edited_at: float | None = None
    history: list[Version] = field(default_factory=list, repr=False)

    @property
    def ephemeral(self) -> bool:
        return bool(self.flags & EPHEMERAL)

    @property
    def thinking(self) -> bool:
        return bool(self.flags & LOADING)

    @property
    def is_v2(self) -> bool:
        return bool(self.flags & COMPONENTS_V2)

    @property
    def text(self) -> str:
        """What a person reads, without buttons."""
        from tests.discord_server.reading import text_of

        return text_of(self)

    @property
    def buttons(self) -> list[str]:
        """Labels of all buttons, links included."""
        from tests.discord_server.reading import buttons_of

        return [button.get("label") or "" for button in buttons_of(self)]

    def snapshot(self) -> None:
        """Remember how it looks now."""
        self.history.append(
            Version(time.monotonic(), self.text, self.content, self.embeds, self.components, self.thinking)
        )
