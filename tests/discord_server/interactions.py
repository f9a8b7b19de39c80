"""One interaction: what somebody did, what the bot answered, and what a test may wait for."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.discord_server import payloads
from tests.discord_server.permissions import USE_EXTERNAL_APPS, in_channel, may
from tests.discord_server.state import Channel, Guild, Message, User

if TYPE_CHECKING:
    from tests.discord_server.world import World

PING, COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = range(1, 6)

(ANSWER_PONG, ANSWER_MESSAGE, ANSWER_LATER, UPDATE_LATER, ANSWER_UPDATE, ANSWER_CHOICES, ANSWER_MODAL) = (
    1,
    4,
    5,
    6,
    7,
    8,
    9,
)

ACKNOWLEDGE_WITHIN = 3.0
TOKEN_LASTS = 15 * 60.0

Payload = dict[str, Any]


class UnansweredError(AssertionError):
    """The bot did not answer as it must; the message says what people saw instead."""


@dataclass(eq=False)
class Interaction:
    """What a test holds in its hand after somebody used a command, a button or a form.

    ``acknowledged_after``: seconds until the callback, by the clock of the server; None before it.
    ``message``: the response (for a button that changes its own message: that message).
    ``source``: the message with the button; ``versions_before``: how many versions it had then.
    ``opened_from``: the interaction whose response was the modal that this one submits.
    """

    world: World = field(repr=False)
    id: int
    kind: int
    user: User
    channel: Channel
    data: Payload = field(repr=False)
    began: float
    command: Payload | None = field(default=None, repr=False)
    source: Message | None = None
    opened_from: Interaction | None = field(default=None, repr=False)
    target: Message | User | None = None
    token: str = field(default_factory=lambda: secrets.token_urlsafe(60), repr=False)
    acknowledged_after: float | None = None
    answer_kind: int | None = None
    message: Message | None = None
    followups: list[Message] = field(default_factory=list)
    modal: Payload | None = None
    choices: list[Payload] | None = None
    late: bool = False
    versions_before: int = 0
    wait_until: Callable[[Callable[[], Any], float], bool] = field(repr=False, default=lambda _check, _timeout: False)

    def __str__(self) -> str:
        what = f"/{self.command_name}" if self.command else self.data.get("custom_id")
        return f"{self.user.name} used {what} in {self.channel}, answer {self.answer_kind}: {self.text!r}"

    # Reading the outcome

    @property
    def acknowledged(self) -> bool:
        return self.answer_kind is not None

    @property
    def text(self) -> str:
        """What stands there now. Empty while nothing does."""
        return self.message.text if self.message else ""

    @property
    def ephemeral(self) -> bool:
        return bool(self.message and self.message.ephemeral)

    @property
    def thinking(self) -> bool:
        return bool(self.message and self.message.thinking)

    @property
    def history(self) -> list[str]:
        """The texts that stood in the response, one after another, "thinking" left out."""
        return [each.text for each in self.message.history if not each.thinking] if self.message else []

    @property
    def failed(self) -> bool:
        """People see "The application did not respond"."""
        return not self.acknowledged and self.age > ACKNOWLEDGE_WITHIN

    @property
    def age(self) -> float:
        return self.world.clock.now() - self.began

    @property
    def expired(self) -> bool:
        return self.age > TOKEN_LASTS

    @property
    def settled(self) -> bool:
        """Something stays that people can read or fill in."""
        if self.answer_kind in (ANSWER_CHOICES, ANSWER_MODAL, ANSWER_PONG):
            return True
        if self.answer_kind == UPDATE_LATER:
            changed = self.message is not None and len(self.message.history) > self.versions_before
            return changed or bool(self.followups) or bool(self.message and self.message.deleted)
        return self.message is not None and (not self.thinking or self.message.deleted)

    # Waiting

    def wait(self, timeout: float = 10.0) -> Interaction:
        """Until the response is there in full; raises :class:`UnansweredError`."""
        self.wait_acknowledged(timeout)
        if not self.wait_until(lambda: self.settled, timeout):
            what = "is thinking…" if self.thinking else f"answered with type {self.answer_kind} and left it there"
            raise UnansweredError(f"After {timeout} s the bot {what}: {self}")
        return self

    def wait_acknowledged(self, timeout: float = 10.0) -> Interaction:
        if not self.wait_until(lambda: self.acknowledged or self.failed, timeout) or not self.acknowledged:
            raise UnansweredError(f"The application did not respond: {self}")
        return self

    def wait_followup(self, count: int = 1, timeout: float = 10.0) -> Message:
        """The follow-up of that number, from 1."""
        if not self.wait_until(lambda: len(self.followups) >= count, timeout):
            raise UnansweredError(f"{len(self.followups)} follow-ups instead of {count}: {self}")
        return self.followups[count - 1]

    def wait_text(self, words: str, timeout: float = 10.0) -> Interaction:
        """Until the response contains these words."""
        if not self.wait_until(lambda: words in self.text, timeout):
            raise UnansweredError(f"{words!r} never appeared; there stands {self.text!r}")
        return self

    # What travels

    @property
    def guild(self) -> Guild | None:
        return self.channel.guild

    @property
    def command_name(self) -> str | None:
        return self.command["name"] if self.command else None

    @property
    def owners(self) -> dict[str, str]:
        """On whose behalf the app is here: "0" the server (or "0" in its own DM), "1" the user."""
        made: dict[str, str] = {}
        if self.guild is not None and self.guild.installed:
            made["0"] = str(self.guild.id)
        elif self.channel.is_bot_dm:
            made["0"] = "0"
        if self.user.installed:
            made["1"] = str(self.user.id)
        return made

    @property
    def only_for_user(self) -> bool:
        """In a place that forbids external apps, the answer of one is shown to its user alone."""
        outside = self.guild is not None and not self.guild.installed
        return outside and not may(self.channel, self.user, USE_EXTERNAL_APPS)

    def metadata(self, message: Message) -> Payload:
        """Of a message that answers this interaction."""
        made: Payload = {
            "id": str(self.id),
            "type": self.kind,
            "user": payloads.user(self.user),
            "authorizing_integration_owners": self.owners,
        }
        if message in self.followups and self.message is not None:
            made["original_response_message_id"] = str(self.message.id)
        if self.kind == COMMAND:
            made["name"] = self.command_name
            made["command_type"] = (self.command or {}).get("type", 1)
            if isinstance(self.target, Message):
                made["target_message_id"] = str(self.target.id)
        if self.kind == COMPONENT and self.source is not None:
            made["interacted_message_id"] = str(self.source.id)
        if self.kind == MODAL and self.opened_from is not None:
            made["triggering_interaction_metadata"] = self.opened_from.metadata(message)
        return made

    def event(self) -> Payload:
        """INTERACTION_CREATE."""
        made: Payload = {
            "id": str(self.id),
            "application_id": str(self.world.application_id),
            "type": self.kind,
            "token": self.token,
            "version": 1,
            "data": self.data,
            "channel_id": str(self.channel.id),
            "channel": payloads.channel_in_interaction(self.channel, self.user),
            "locale": self.user.locale,
            "entitlements": [],
            "entitlement_sku_ids": [],
            "authorizing_integration_owners": self.owners,
            "attachment_size_limit": 10 * 1024 * 1024,
            "app_permissions": str(self._app_permissions()),
        }
        if self.guild is not None:
            made["context"] = 0
            made["guild_id"] = str(self.guild.id)
            made["guild"] = {"id": str(self.guild.id), "locale": self.guild.locale, "features": []}
            made["guild_locale"] = self.guild.locale
            of_user = payloads.member(self.guild.members[self.user.id])
            made["member"] = of_user | {"permissions": str(in_channel(self.channel, self.user))}
        else:
            made["context"] = 1 if self.channel.is_bot_dm else 2
            made["user"] = payloads.user(self.user)
        if self.source is not None and self.kind in (COMPONENT, MODAL):
            made["message"] = payloads.message(self.source)
        return made

    def _app_permissions(self) -> int:
        if self.guild is None or self.guild.bot_member is not None:
            where_it_belongs = in_channel(self.channel, self.world.bot)
            if where_it_belongs:
                return where_it_belongs
        # What an app without a member of its own may do is what its user may.
        return in_channel(self.channel, self.user)
