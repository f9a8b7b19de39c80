"""Threads: made from a message or without one, changed, joined and left."""

from __future__ import annotations

import time

from tests.discord_server import payloads
from tests.discord_server.api.errors import RefusalError, missing_access, missing_permissions, unknown
from tests.discord_server.api.routing import Answer, Call, route
from tests.discord_server.permissions import (
    CREATE_PRIVATE_THREADS,
    CREATE_PUBLIC_THREADS,
    MANAGE_THREADS,
    VIEW_CHANNEL,
    may,
)
from tests.discord_server.state import PRIVATE_THREAD, PUBLIC_THREAD, Channel

HAS_THREAD = 1 << 5


def _parent(call: Call, needed: int) -> Channel:
    channel = call.channel()
    if not may(channel, call.world.bot, VIEW_CHANNEL):
        raise missing_access()
    if channel.guild is None or channel.is_thread:
        raise RefusalError(400, 50024, "Cannot execute action on this channel type")
    if not may(channel, call.world.bot, needed):
        raise missing_permissions()
    return channel


def _answer(call: Call, thread: Channel) -> Answer:
    member = payloads.thread_member(thread, call.world.bot.id)
    return 201, payloads.channel(thread) | {"member": member}


@route("POST", "/channels/{channel_id}/messages/{message_id}/threads")
def thread_from_message(call: Call) -> Answer:
    parent = _parent(call, CREATE_PUBLIC_THREADS)
    message = parent.messages.get(int(call.params["message_id"]))
    if message is None or message.seen_by is not None:
        raise unknown("Message")
    if message.thread is not None:
        raise RefusalError(400, 160004, "A thread has already been created for this message")
    thread = call.world.add_thread(parent, call.body["name"], call.world.bot, PUBLIC_THREAD, id=message.id)
    message.thread = thread
    message.flags |= HAS_THREAD
    return _answer(call, thread)


@route("POST", "/channels/{channel_id}/threads")
def thread_without_message(call: Call) -> Answer:
    kind = call.body.get("type") or PRIVATE_THREAD
    parent = _parent(call, CREATE_PRIVATE_THREADS if kind == PRIVATE_THREAD else CREATE_PUBLIC_THREADS)
    return _answer(call, call.world.add_thread(parent, call.body["name"], call.world.bot, kind))


def _thread(call: Call) -> Channel:
    thread = call.channel()
    if not may(thread, call.world.bot, VIEW_CHANNEL):
        raise missing_access()
    if not thread.is_thread:
        raise RefusalError(400, 50024, "Cannot execute action on this channel type")
    return thread


@route("PATCH", "/channels/{channel_id}")
def edit_thread(call: Call) -> Answer:
    thread = _thread(call)
    if thread.owner is not call.world.bot and not may(thread, call.world.bot, MANAGE_THREADS):
        raise missing_permissions()
    thread.name = call.body.get("name", thread.name)
    thread.archived = bool(call.body.get("archived", thread.archived))
    thread.locked = bool(call.body.get("locked", thread.locked))
    return 200, payloads.channel(thread)


@route("GET", "/channels/{channel_id}/thread-members")
def list_thread_members(call: Call) -> Answer:
    thread = _thread(call)
    return 200, [payloads.thread_member(thread, one) for one in thread.thread_members]


@route("GET", "/channels/{channel_id}/thread-members/{user_id}")
def get_thread_member(call: Call) -> Answer:
    thread, user = _thread(call), int(call.params["user_id"])
    if user not in thread.thread_members:
        raise unknown("Member")
    return 200, payloads.thread_member(thread, user)


def _named(call: Call) -> int:
    """The bot itself for ``@me``."""
    named = call.params.get("user_id")
    return call.world.bot.id if named is None else call.user(named).id


def join(call: Call) -> Answer:
    _thread(call).thread_members.setdefault(_named(call), time.time())
    return 204, None


def leave(call: Call) -> Answer:
    _thread(call).thread_members.pop(_named(call), None)
    return 204, None


for who in ("@me", "{user_id}"):
    route("PUT", "/channels/{channel_id}/thread-members/" + who)(join)
    route("DELETE", "/channels/{channel_id}/thread-members/" + who)(leave)
