"""Which function answers which request, and what it is given."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.discord_server.api.errors import unknown
from tests.discord_server.state import Channel, Guild, User

if TYPE_CHECKING:
    from tests.discord_server.world import World

Payload = dict[str, Any]


@dataclass(frozen=True)
class Upload:
    """One file of a multipart request, under the number that ``attachments`` refers to."""

    number: int
    name: str
    content_type: str | None
    data: bytes


@dataclass(eq=False)
class Request:
    """What the bot asked, and what it was told. ``at`` and ``took`` are monotonic seconds."""

    method: str
    route: str
    path: str
    query: dict[str, str]
    body: Any
    at: float = field(default_factory=time.monotonic)
    status: int | None = None
    answer: Any = None
    files: list[Upload] = field(default_factory=list, repr=False)
    headers: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def message(self) -> Payload:
        """What it says of a message, which a callback has one step deeper."""
        body = self.body if isinstance(self.body, dict) else {}
        inner = body.get("data") if self.route.endswith("/callback") else body
        return inner if isinstance(inner, dict) else {}

    @property
    def writes(self) -> bool:
        """A message that people read is sent or changed."""
        to_messages = self.route.endswith("/callback") or "/messages" in self.route or "/webhooks" in self.route
        return to_messages and self.method in ("POST", "PATCH") and bool({"content", "components"} & {*self.message})

    @property
    def allowed_mentions(self) -> Payload | None:
        found: Payload | None = self.message.get("allowed_mentions")
        return found


@dataclass(eq=False)
class Call:
    """A request on its way to the function that answers it."""

    world: World
    request: Request
    params: dict[str, str]
    intents: int = 0
    """Of the bot's session: they decide what it may read here, too."""

    @property
    def body(self) -> Payload:
        return self.request.body if isinstance(self.request.body, dict) else {}

    @property
    def files(self) -> list[Upload]:
        return self.request.files

    def asked(self, name: str) -> bool:
        """A yes or no of the query."""
        return self.request.query.get(name, "").lower() in ("1", "true")

    def channel(self) -> Channel:
        found = self.world.channels.get(_number(self.params["channel_id"]))
        if found is None:
            raise unknown("Channel")
        return found

    def guild(self) -> Guild:
        found = self.world.guilds.get(_number(self.params["guild_id"]))
        if found is None:
            raise unknown("Guild")
        return found

    def user(self, user_id: Any) -> User:
        found = self.world.users.get(_number(user_id))
        if found is None:
            raise unknown("User")
        return found


Answer = tuple[int, Any]
Handler = Callable[[Call], Answer]


@dataclass(frozen=True)
class Route:
    """``public``: asked with the token of an interaction in its path, not with that of the bot."""

    method: str
    template: str
    handler: Handler
    public: bool
    pattern: re.Pattern[str]


ROUTES: list[Route] = []


def route(method: str, template: str, *, public: bool = False) -> Callable[[Handler], Handler]:
    """The template is written as in Discord's document, by which the request is checked."""

    def register(handler: Handler) -> Handler:
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template)
        ROUTES.append(Route(method, template, handler, public, re.compile(pattern)))
        return handler

    return register


def find_route(method: str, path: str) -> tuple[Route, dict[str, str]] | None:
    """Of several that match (``@me``, ``@original``), the one with the fewest holes."""
    found = [(one, match) for one in ROUTES if one.method == method and (match := one.pattern.fullmatch(path))]
    if not found:
        return None
    best, match = min(found, key=lambda pair: pair[0].template.count("{"))
    return best, match.groupdict()


def _number(value: Any) -> int:
    return int(value) if str(value).isdigit() else 0
