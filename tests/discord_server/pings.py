"""Whom a message of the bot rings. Strict on purpose: escapes and code marks do not make a mention harmless here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.discord_server.permissions import MENTION_EVERYONE, may
from tests.discord_server.state import REPLY

if TYPE_CHECKING:
    from tests.discord_server.state import Message, Role, User

USER = re.compile(r"<@!?(\d{1,20})>")
ROLE = re.compile(r"<@&(\d{1,20})>")
EVERYONE = re.compile(r"@(everyone|here)\b")


@dataclass(frozen=True)
class Ping:
    """People, roles and everybody that ``message`` rang."""

    message: Message
    users: tuple[User, ...] = ()
    roles: tuple[Role, ...] = ()
    everyone: bool = False


@dataclass(frozen=True)
class Mentions:
    """What a text mentions and its sender lets through."""

    users: list[User]
    roles: list[Role]
    everyone: bool


def mentions_in(message: Message, text: str, allowed: dict[str, Any] | None) -> Mentions:
    """``allowed`` is the sender's ``allowed_mentions``; without one everything in the text counts."""
    world, channel = message.channel.world, message.channel
    parse = {"users", "roles", "everyone"} if allowed is None else set(allowed.get("parse") or ())
    named_users = {int(one) for one in (allowed or {}).get("users") or ()}
    named_roles = {int(one) for one in (allowed or {}).get("roles") or ()}
    at_large = may(channel, message.author, MENTION_EVERYONE)

    users = [
        world.users[int(one)]
        for one in dict.fromkeys(USER.findall(text))
        if int(one) in world.users and ("users" in parse or int(one) in named_users)
    ]
    of_guild = channel.guild.roles if channel.guild else {}
    roles = [
        of_guild[int(one)]
        for one in dict.fromkeys(ROLE.findall(text))
        if int(one) in of_guild
        and ("roles" in parse or int(one) in named_roles)
        and (at_large or of_guild[int(one)].mentionable)
    ]
    everyone = "everyone" in parse and at_large and channel.guild is not None and bool(EVERYONE.search(text))
    # Of whom one answers: rung unless the sender says otherwise, and never by way of an interaction's response.
    answered = None
    if message.kind == REPLY and message.reference and not (message.interaction or message.reference.interaction):
        answered = message.reference.author
    rings = True if allowed is None else bool(allowed.get("replied_user"))
    if answered is not None and rings and answered not in users and answered is not message.author:
        users.append(answered)
    return Mentions(users, roles, everyone)


def text_that_mentions(message: Message) -> str:
    """Content and text displays can ring; embeds cannot."""
    from tests.discord_server.reading import TEXT_DISPLAY, walk

    shown = [one.get("content") or "" for one in walk(message.components) if one.get("type") == TEXT_DISPLAY]
    return "\n".join([message.content, *shown])


def apply(message: Message, allowed: dict[str, Any] | None) -> Ping | None:
    """Writes the mentions into the message; the ping, if somebody is rung."""
    found = mentions_in(message, text_that_mentions(message), allowed)
    message.mentions, message.mention_roles, message.mention_everyone = found.users, found.roles, found.everyone
    rung = tuple(user for user in found.users if user is not message.author)
    if message.seen_by is not None or not (rung or found.roles or found.everyone):
        return None
    return Ping(message, rung, tuple(found.roles), found.everyone)
