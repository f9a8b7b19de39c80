"""The gateway: sessions, heartbeats, numbered events, resuming, and the ways in which it fails."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
import zlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from tests.discord_server import payloads
from tests.discord_server.visibility import GUILDS, PRIVILEGED

if TYPE_CHECKING:
    from tests.discord_server.world import World

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, VOICE_STATE, RESUME = 0, 1, 2, 3, 4, 6
RECONNECT, REQUEST_MEMBERS, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 7, 8, 9, 10, 11

UNKNOWN_OPCODE, DECODE_ERROR, NOT_AUTHENTICATED, AUTHENTICATION_FAILED, ALREADY_AUTHENTICATED = range(4001, 4006)
INVALID_SEQ, RATE_LIMITED, SESSION_TIMED_OUT = 4007, 4008, 4009
DISALLOWED_INTENTS = 4014
SESSION_ENDS = frozenset({4003, 4004, INVALID_SEQ, SESSION_TIMED_OUT, 4010, 4011, 4012, 4013, DISALLOWED_INTENTS})
"""Closed by Discord with one of these, a session cannot be resumed."""

LARGEST_MESSAGE = 4096
COMMANDS_A_MINUTE = 120

Payload = dict[str, Any]


@dataclass(eq=False)
class Session:
    """What the bot may come back to: all events since it identified."""

    id: str
    intents: int
    seq: int = 0
    events: list[Payload] = field(default_factory=list, repr=False)
    connection: Connection | None = field(default=None, repr=False)

    def dispatch(self, event: str, data: Any) -> None:
        self.seq += 1
        made = {"op": DISPATCH, "t": event, "s": self.seq, "d": data}
        self.events.append(made)
        if self.connection is not None:
            self.connection.send(made)


class Connection:
    """One socket. Frames leave in order through a queue, since events come from synchronous code."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        self.socket = socket
        self.request = request
        self.session: Session | None = None
        self.closed_with: int | None = None
        self.received: deque[float] = deque()
        compressing = request.query.get("compress") == "zlib-stream"
        # Where the client asks for zstd it gets plain text, which discord.py takes as well.
        self._zlib = zlib.compressobj() if compressing else None
        self._queue: asyncio.Queue[Payload | int | None] = asyncio.Queue()
        self._writer = asyncio.create_task(self._write())

    def send(self, made: Payload) -> None:
        self._queue.put_nowait(made)

    def close(self, code: int) -> None:
        """After everything that was sent before; what happens from now on is for those who resume."""
        self.closed_with = code
        self._leave_session()
        self._queue.put_nowait(code)

    def drop(self) -> None:
        """Gone without a word: the client sees 1006."""
        self.closed_with = 1006
        self._leave_session()
        if self.request.transport is not None:
            self.request.transport.abort()

    def _leave_session(self) -> None:
        if self.session is not None and self.session.connection is self:
            self.session.connection = None

    async def finish(self) -> None:
        self._queue.put_nowait(None)
        await self._writer

    async def _write(self) -> None:
        while (item := await self._queue.get()) is not None:
            try:
                if isinstance(item, int):
                    await self.socket.close(code=item)
                    continue
                text = json.dumps(item, separators=(",", ":"))
                if self._zlib is None:
                    await self.socket.send_str(text)
                else:
                    data = self._zlib.compress(text.encode()) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
                    await self.socket.send_bytes(data)
            except ConnectionError:
                continue


class Gateway:
    """``identifies`` and ``resumes`` hold what came in, for tests to count.

    Set from outside (see :mod:`faults`): ``acknowledging``, ``refusals_left``, ``heartbeat_interval``.
    """

    def __init__(self, heartbeat_interval: float, privileged: int) -> None:
        self.heartbeat_interval = heartbeat_interval
        self.privileged = privileged
        self.acknowledging = True
        self.refusals_left = 0
        self.refused = 0
        self.sessions: dict[str, Session] = {}
        self.connections: set[Connection] = set()
        self.identifies: list[Payload] = []
        self.resumes: list[Payload] = []
        self.heartbeats = 0
        self.close_codes: list[int | None] = []
        self.ready_count = 0
        self.notify: Callable[[], None] = lambda: None
        self.world: World

    @property
    def connected(self) -> bool:
        """Some bot is there and has been told so."""
        return any(one.connection is not None for one in self.sessions.values())

    def dispatch(self, event: str, data: Callable[[int], Payload], needs: int) -> None:
        """To all sessions with one of these intents; those without a connection find it when they resume."""
        for session in list(self.sessions.values()):
            if not needs or session.intents & needs:
                session.dispatch(event, data(session.intents))
        self.notify()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if self.refusals_left > 0:
            self.refusals_left -= 1
            self.refused += 1
            self.notify()
            return web.Response(status=503)
        socket = web.WebSocketResponse(max_msg_size=0, autoping=True)
        await socket.prepare(request)
        connection = Connection(socket, request)
        self.connections.add(connection)
        connection.send({"op": HELLO, "d": {"heartbeat_interval": int(self.heartbeat_interval * 1000)}})
        try:
            async for message in socket:
                if message.type is not WSMsgType.TEXT or len(message.data) > LARGEST_MESSAGE:
                    connection.close(DECODE_ERROR)
                    continue
                self._take(connection, json.loads(message.data))
                self.notify()
        finally:
            self._gone(connection, socket.close_code)
            await connection.finish()
            self.notify()
        return socket

    def _gone(self, connection: Connection, code: int | None) -> None:
        self.connections.discard(connection)
        self.close_codes.append(connection.closed_with or code)
        session = connection.session
        if session is None:
            return
        if session.connection is connection:
            session.connection = None
            if code in (1000, 1001):
                # A client that says goodbye in this way ends its session.
                self.sessions.pop(session.id, None)
        elif connection.closed_with in SESSION_ENDS:
            self.sessions.pop(session.id, None)

    def _take(self, connection: Connection, message: Payload) -> None:
        now = time.monotonic()
        connection.received.append(now)
        while connection.received and connection.received[0] < now - 60:
            connection.received.popleft()
        if len(connection.received) > COMMANDS_A_MINUTE:
            connection.close(RATE_LIMITED)
            return
        op, data = message.get("op"), message.get("d")
        if op == HEARTBEAT:
            self.heartbeats += 1
            if self.acknowledging:
                connection.send({"op": HEARTBEAT_ACK, "d": None})
        elif op == IDENTIFY:
            self._identify(connection, data or {})
        elif op == RESUME:
            self._resume(connection, data or {})
        elif connection.session is None:
            connection.close(NOT_AUTHENTICATED)
        elif op == REQUEST_MEMBERS:
            self._members(connection.session, data or {})
        elif op not in (PRESENCE, VOICE_STATE):
            connection.close(UNKNOWN_OPCODE)

    def _identify(self, connection: Connection, data: Payload) -> None:
        self.identifies.append(data)
        intents = data.get("intents", 0)
        if connection.session is not None:
            return connection.close(ALREADY_AUTHENTICATED)
        if data.get("token") != self.world.token:
            return connection.close(AUTHENTICATION_FAILED)
        if intents & PRIVILEGED & ~self.privileged:
            return connection.close(DISALLOWED_INTENTS)
        session = Session(secrets.token_hex(16), intents, connection=connection)
        connection.session = self.sessions[session.id] = session
        guilds = [one for one in self.world.guilds.values() if one.bot_member is not None]
        session.dispatch("READY", self._ready(connection, session, [one.id for one in guilds]))
        if intents & GUILDS:
            for guild in guilds:
                session.dispatch("GUILD_CREATE", payloads.guild_create(guild) | {"unavailable": False})
        self.ready_count += 1
        return None

    def _ready(self, connection: Connection, session: Session, guilds: list[int]) -> Payload:
        return {
            "v": 10,
            "user": payloads.own_user(self.world.bot),
            "guilds": [{"id": str(one), "unavailable": True} for one in guilds],
            "session_id": session.id,
            "session_type": "normal",
            "resume_gateway_url": f"ws://{connection.request.host}/",
            "private_channels": [],
            "relationships": [],
            "presences": [],
            "application": {"id": str(self.world.application_id), "flags": 0},
        }

    def _resume(self, connection: Connection, data: Payload) -> None:
        self.resumes.append(data)
        session = self.sessions.get(data.get("session_id") or "")
        if data.get("token") != self.world.token:
            return connection.close(AUTHENTICATION_FAILED)
        if session is None:
            return connection.send({"op": INVALID_SESSION, "d": False})
        seen = data.get("seq") or 0
        if seen > session.seq:
            self.sessions.pop(session.id)
            return connection.close(INVALID_SEQ)
        connection.session, session.connection = session, connection
        for event in session.events:
            if event["s"] > seen:
                connection.send(event)
        session.dispatch("RESUMED", {})
        return None

    def _members(self, session: Session, data: Payload) -> None:
        """Those asked for by id; lists of all need an intent that is not there."""
        guild = self.world.guilds.get(int(data.get("guild_id") or 0))
        wanted = data.get("user_ids") or []
        wanted = wanted if isinstance(wanted, list) else [wanted]
        found = [guild.members[int(one)] for one in wanted if guild and int(one) in guild.members]
        session.dispatch(
            "GUILD_MEMBERS_CHUNK",
            {
                "guild_id": str(data.get("guild_id")),
                "members": [payloads.member(one) for one in found],
                "chunk_index": 0,
                "chunk_count": 1,
                "not_found": [str(one) for one in wanted if not guild or int(one) not in guild.members],
                "nonce": data.get("nonce"),
            },
        )
