"""Messages in channels, typing, and what all messages of the bot go through."""

from __future__ import annotations

from typing import Any

from tests.discord_server import limits, pings, visibility
from tests.discord_server.api.errors import (
    RefusalError,
    cannot_message_user,
    missing_access,
    missing_permissions,
    unknown,
)
from tests.discord_server.api.routing import Answer, Call, Upload, route
from tests.discord_server.completing import complete_components, complete_embeds
from tests.discord_server.permissions import (
    ATTACH_FILES,
    EMBED_LINKS,
    MANAGE_MESSAGES,
    MANAGE_THREADS,
    READ_MESSAGE_HISTORY,
    SEND_MESSAGES,
    VIEW_CHANNEL,
    may,
)
from tests.discord_server.state import (
    COMPONENTS_V2,
    DM,
    EPHEMERAL,
    LOADING,
    REPLY,
    SUPPRESS_EMBEDS,
    Channel,
    Message,
    User,
)
from tests.discord_server.world import World

Payload = dict[str, Any]
SETTABLE = COMPONENTS_V2 | SUPPRESS_EMBEDS | 1 << 12
"""Flags that a sender may set; of an interaction's response also EPHEMERAL."""


def send(
    world: World, channel: Channel, body: Payload, files: list[Upload], *, seen_by: User | None = None, **more: Any
) -> Message:
    """A new message of the bot, checked and announced."""
    limits.check_message(body, [one.name for one in files])
    made = Message(world.new_id(), channel, world.bot, seen_by=seen_by, **more)
    made.flags = (body.get("flags") or 0) & SETTABLE | (EPHEMERAL if seen_by else 0)
    made.nonce, made.tts = body.get("nonce"), bool(body.get("tts"))
    fill(world, made, body, files)
    world.message_appears(made)
    return made


def change(world: World, message: Message, body: Payload, files: list[Upload]) -> None:
    """An edit, checked and announced. One that completes "is thinking…" rings like a new message."""
    if message.deleted:
        raise unknown("Message")
    limits.check_message(body, [one.name for one in files], editing=message)
    message.flags |= (body.get("flags") or 0) & SETTABLE
    completing = message.thinking
    message.flags &= ~LOADING
    fill(world, message, body, files, rings=completing)
    world.message_changes(message)


def fill(world: World, message: Message, body: Payload, files: list[Upload], rings: bool = True) -> None:
    if "content" in body:
        message.content = body["content"] or ""
    if files or "attachments" in body:
        message.attachments = _attachments(world, message, body, files)
    if "embeds" in body:
        message.embeds = complete_embeds(body["embeds"] or [], message.attachments)
    if "components" in body:
        message.components = complete_components(body["components"] or [], message.attachments)
    before = message.mentions
    ping = pings.apply(message, body.get("allowed_mentions"))
    if not rings and "allowed_mentions" not in body and "content" not in body and "components" not in body:
        message.mentions = before
    if ping is not None and rings:
        world.pings.append(ping)


def _attachments(world: World, message: Message, body: Payload, files: list[Upload]) -> list[Payload]:
    described = {str(one.get("id")): one for one in body.get("attachments") or ()}
    kept = [one for one in message.attachments if "attachments" not in body or one["id"] in described]
    for file in files:
        about = described.get(str(file.number), {})
        name = about.get("filename") or file.name
        more = {"description": about.get("description"), "ephemeral": message.ephemeral or None}
        kept.append(world.keep_file(message.channel, name, file.data, file.content_type, **more))
    return kept


def _demand_writing(channel: Channel, body: Payload, files: list[Upload]) -> None:
    """Refuses what the bot may not send here."""
    bot = channel.world.bot
    if channel.guild is None:
        person = next((one for one in channel.recipients if one is not bot), None)
        if person is None or bot not in channel.recipients:
            raise missing_access()
        if channel.kind == DM and not person.accepts_dms:
            raise cannot_message_user()
        return
    if not may(channel, bot, VIEW_CHANNEL):
        raise missing_access()
    needed = SEND_MESSAGES | (EMBED_LINKS if body.get("embeds") else 0) | (ATTACH_FILES if files else 0)
    if not may(channel, bot, needed):
        raise missing_permissions()
    if channel.locked and not may(channel, bot, MANAGE_THREADS):
        raise RefusalError(400, 50083, "Thread is archived")
    if body.get("message_reference") and not may(channel, bot, READ_MESSAGE_HISTORY):
        raise RefusalError(400, 160002, "Cannot reply without permission to read message history")


def _found(call: Call) -> Message:
    channel = call.channel()
    if not visibility.hears(channel):
        raise missing_access()
    text = call.params["message_id"]
    message = channel.messages.get(int(text) if text.isdigit() else 0)
    # What only one person sees is reached through its interaction alone.
    if message is None or message.seen_by is not None:
        raise unknown("Message")
    return message


@route("POST", "/channels/{channel_id}/messages")
def create_message(call: Call) -> Answer:
    channel, body = call.channel(), call.body
    _demand_writing(channel, body, call.files)
    reference, kind = None, 0
    if body.get("message_reference"):
        named = int(body["message_reference"].get("message_id") or 0)
        reference = channel.messages.get(named)
        if reference is None and body["message_reference"].get("fail_if_not_exists", True):
            raise RefusalError(
                400,
                50035,
                "Invalid Form Body",
                {"message_reference": {"_errors": [{"code": "REPLIES_UNKNOWN_MESSAGE", "message": "Unknown message"}]}},
            )
        kind = REPLY if reference else 0
    if body.get("enforce_nonce") and body.get("nonce") is not None:
        same = [one for one in channel.messages.values() if one.nonce == body["nonce"] and one.author is call.world.bot]
        if same:
            return 200, visibility.message_for_bot(same[-1], 0)
    made = send(call.world, channel, body, call.files, reference=reference, kind=kind)
    # An archived thread opens again when somebody writes in it.
    channel.archived = False
    return 200, visibility.message_for_bot(made, 0)


@route("GET", "/channels/{channel_id}/messages")
def list_messages(call: Call) -> Answer:
    channel = call.channel()
    if not visibility.hears(channel):
        raise missing_access()
    if not visibility.may_fetch(channel):
        return 200, []
    query = call.request.query
    every = [one for one in channel.messages.values() if one.seen_by is None]
    if "before" in query:
        every = [one for one in every if one.id < int(query["before"])]
    if "after" in query:
        every = [one for one in every if one.id > int(query["after"])]
    limit = int(query.get("limit", 50))
    chosen = every[:limit] if "after" in query else every[-limit:]
    return 200, [visibility.message_for_bot(one, call.intents) for one in reversed(chosen)]


@route("GET", "/channels/{channel_id}/messages/{message_id}")
def get_message(call: Call) -> Answer:
    message = _found(call)
    if not visibility.may_fetch(message.channel):
        raise missing_access()
    return 200, visibility.message_for_bot(message, call.intents)


@route("PATCH", "/channels/{channel_id}/messages/{message_id}")
def edit_message(call: Call) -> Answer:
    message = _found(call)
    if message.author is not call.world.bot:
        raise RefusalError(403, 50005, "Cannot edit a message authored by another user")
    change(call.world, message, call.body, call.files)
    return 200, visibility.message_for_bot(message, 0)


@route("DELETE", "/channels/{channel_id}/messages/{message_id}")
def delete_message(call: Call) -> Answer:
    message = _found(call)
    if message.author is not call.world.bot and not may(message.channel, call.world.bot, MANAGE_MESSAGES):
        raise missing_permissions()
    call.world.message_goes(message)
    return 204, None


@route("POST", "/channels/{channel_id}/typing")
def typing(call: Call) -> Answer:
    _demand_writing(call.channel(), {}, [])
    return 204, None
