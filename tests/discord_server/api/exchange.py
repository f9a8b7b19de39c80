"""The way of a request: noted, met by a fault, checked, answered."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import struct
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from aiohttp.multipart import BodyPartReader

# Imported for the routes they register.
from tests.discord_server.api import callbacks, commands, lookups, messages, threads  # noqa: F401
from tests.discord_server.api.errors import RefusalError, unauthorized
from tests.discord_server.api.routing import Call, Request, Upload, find_route
from tests.discord_server.faults import Fault, Faults
from tests.discord_server.openapi import Document
from tests.discord_server.rate_limits import RateLimits, too_many
from tests.discord_server.world import World

PREFIX = "/api/v10"
FILE_FIELD = re.compile(r"files\[(\d+)\]")


@dataclass(frozen=True)
class Violation:
    """Something that Discord refuses and that a right bot does not do."""

    what: str
    request: Request

    def __str__(self) -> str:
        return f"{self.request.method} {self.request.path}: {self.what}"


class Api:
    """``requests`` holds everything that was asked, in order; ``violations`` what was wrong with it."""

    def __init__(
        self,
        world: World,
        faults: Faults,
        document: Document | None,
        intents: Callable[[], int],
        notify: Callable[[], None],
    ) -> None:
        self.world = world
        self.faults = faults
        self.document = document
        self.limits = RateLimits()
        self.requests: list[Request] = []
        self.violations: list[Violation] = []
        self.strays: list[str] = []
        self._intents = intents
        self._notify = notify

    async def handle(self, incoming: web.Request) -> web.StreamResponse:
        path = incoming.path.removeprefix(PREFIX)
        try:
            body, files = await _read(incoming)
        except ValueError:
            return _json({"message": "The request body contains invalid JSON.", "code": 50109}, 400)
        found = find_route(incoming.method, path)
        template = found[0].template if found else path
        request = Request(
            incoming.method, template, path, dict(incoming.query), body, files=files, headers=dict(incoming.headers)
        )
        self.requests.append(request)
        try:
            return await self._answer(incoming, request)
        finally:
            self._notify()

    async def _answer(self, incoming: web.Request, request: Request) -> web.StreamResponse:
        fault = self.faults.take(request.method, request.path)
        if fault is not None and fault.seconds:
            await asyncio.sleep(fault.seconds)
        if fault is not None and not fault.applied and (fault.dropped or fault.status is not None):
            return self._failed(incoming, request, fault)
        status, answer, headers = self._do(request)
        if fault is not None and fault.applied:
            return self._failed(incoming, request, fault)
        request.status, request.answer = status, answer
        if status == 204:
            return web.Response(status=204, headers=headers)
        return _json(answer, status, headers)

    def _failed(self, incoming: web.Request, request: Request, fault: Fault) -> web.StreamResponse:
        if fault.dropped:
            _cut(incoming, fault.reset)
            return web.Response(status=500)
        body: Any = fault.body
        headers: dict[str, str] = {}
        if fault.retry_after is not None:
            scope = "global" if fault.everywhere else "user"
            body, headers = too_many(fault.retry_after, fault.everywhere, scope)
        request.status, request.answer = fault.status, body
        if body is None:
            # As the load balancer answers, in HTML.
            return web.Response(
                status=fault.status or 500, text="<html>502 Bad Gateway</html>", content_type="text/html"
            )
        return _json(body, fault.status or 500, headers)

    def _do(self, request: Request) -> tuple[int, Any, dict[str, str]]:
        headers: dict[str, str] = {}
        try:
            found = find_route(request.method, request.path)
            if found is None:
                raise RefusalError(404, 0, "404: Not Found", wrong="an unknown route")
            route, params = found
            if not route.public and request.headers.get("Authorization") != f"Bot {self.world.token}":
                raise unauthorized()
            bucket = self.limits.bucket(route.method, route.template, params)
            if bucket is not None:
                within = bucket.take()
                headers = bucket.headers()
                if not within:
                    body, more = too_many(bucket.reset_after, False, "user")
                    return 429, body, headers | more
            if self.document is not None and request.body is not None:
                self.document.check_request(route.method, route.template, request.body)
            status, answer = route.handler(Call(self.world, request, params, self._intents()))
            # Answers must not change with the state after they were given.
            return status, json.loads(json.dumps(answer)), headers
        except RefusalError as refusal:
            if refusal.wrong:
                self.violations.append(Violation(refusal.wrong, request))
            return refusal.status, refusal.body, headers
        except Exception:
            self.violations.append(Violation(f"the server of the tests failed:\n{traceback.format_exc()}", request))
            return 500, {"message": "500: Internal Server Error", "code": 0}, headers

    async def serve_file(self, incoming: web.Request) -> web.StreamResponse:
        """What Discord's CDN does."""
        data = self.world.files.get(int(incoming.match_info["file_id"]))
        if data is None:
            return web.Response(status=404)
        return web.Response(body=data, content_type="application/octet-stream")

    async def stray(self, incoming: web.Request) -> web.StreamResponse:
        """Neither API nor file."""
        request = Request(incoming.method, incoming.path, incoming.path, dict(incoming.query), None, status=404)
        self.requests.append(request)
        self.violations.append(Violation("an unknown address", request))
        return web.Response(status=404)


def _json(content: Any, status: int, headers: dict[str, str] | None = None) -> web.Response:
    """Discord names no charset, and discord.py takes for JSON only what is called exactly so."""
    made = {**(headers or {}), "Content-Type": "application/json"}
    return web.Response(body=json.dumps(content).encode(), status=status, headers=made)


async def _read(incoming: web.Request) -> tuple[Any, list[Upload]]:
    if incoming.content_type != "multipart/form-data":
        data = await incoming.read()
        return (json.loads(data) if data else None), []
    body: Any = {}
    files: list[Upload] = []
    async for part in await incoming.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        if part.name == "payload_json":
            body = json.loads(await part.text())
        elif match := FILE_FIELD.fullmatch(part.name or ""):
            kind = part.headers.get("Content-Type")
            files.append(Upload(int(match[1]), part.filename or "file", kind, bytes(await part.read())))
    return body, files


def _cut(incoming: web.Request, reset: bool) -> None:
    if incoming.transport is None:
        return
    if reset:
        # A socket that lingers for no time sends RST when it closes.
        raw = incoming.transport.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    incoming.transport.abort()
