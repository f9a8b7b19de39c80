"""Discord's own description of its API, as far as a test has it at hand.

Forgives what Discord forgives though the document does not, and discord.py relies on: snowflakes sent as numbers,
media channels (type 16) among the types of channels.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from tests.discord_server.problems import Problems

BESIDE_THE_PROJECT = Path(__file__).parents[3] / "shared" / "discord" / "openapi.json"
VARIABLE = "DATELINE_TEST_DISCORD_OPENAPI"


def find() -> Path | None:
    """The document: where the variable says, or beside the project."""
    named = os.environ.get(VARIABLE)
    path = Path(named) if named else BESIDE_THE_PROJECT
    return path if path.is_file() else None


@cache
def document(path: Path) -> Document | None:
    """Read once in a process; None where the validator is not installed."""
    try:
        import jsonschema_rs  # noqa: F401
    except ImportError:
        return None
    return Document(path)


class Document:
    """Validators are compiled for the operations that are used, when they are used first."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._validators: dict[tuple[str, str, str], Any] = {}

    @cached_property
    def _content(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self._path.read_bytes())
        schemas = content["components"]["schemas"]
        schemas["SnowflakeType"] = {"anyOf": [schemas["SnowflakeType"], {"type": "integer", "minimum": 0}]}
        schemas["ChannelTypes"]["oneOf"].append({"title": "GUILD_MEDIA", "const": 16})
        return content

    def knows(self, method: str, route: str) -> bool:
        return method.lower() in self._content["paths"].get(_template(self._content, route), {})

    def check_request(self, method: str, route: str, body: Any) -> None:
        """Raises a refusal. Bodies of operations that take none are not looked at."""
        problems = Problems()
        for path, message in self._errors(method, route, "request", body):
            problems.add(path, "SCHEMA", message)
        if problems:
            raise problems.refusal()

    def errors_of_answer(self, method: str, route: str, status: int, body: Any) -> list[str]:
        """How an answer of ours differs from Discord's."""
        return [
            f"{'.'.join(map(str, path))}: {message}" for path, message in self._errors(method, route, str(status), body)
        ]

    def _errors(self, method: str, route: str, part: str, body: Any) -> list[tuple[tuple[str | int, ...], str]]:
        key = (method.lower(), route, part)
        if key not in self._validators:
            self._validators[key] = self._compile(*key)
        validator = self._validators[key]
        if validator is None:
            return []
        return [
            (tuple(leaf.instance_path), leaf.message[:600])
            for error in validator.iter_errors(body)
            for leaf in _meant(error)
        ]

    def _compile(self, method: str, route: str, part: str) -> Any:
        import jsonschema_rs

        operation = self._content["paths"].get(_template(self._content, route), {}).get(method, {})
        holder = operation.get("requestBody") if part == "request" else operation.get("responses", {}).get(part)
        schema = (holder or {}).get("content", {}).get("application/json", {}).get("schema")
        if schema is None:
            return None
        used = self._reachable(schema)
        # Only what the operation refers to: the whole document would be compiled each time.
        return jsonschema_rs.Draft202012Validator(schema | {"components": {"schemas": used}})

    def _reachable(self, schema: Any) -> dict[str, Any]:
        every = self._content["components"]["schemas"]
        found: dict[str, Any] = {}
        waiting = [schema]
        while waiting:
            node = waiting.pop()
            if isinstance(node, list):
                waiting.extend(node)
            elif isinstance(node, dict):
                name = str(node.get("$ref", "")).rpartition("/")[2]
                if name in every and name not in found:
                    found[name] = every[name]
                    waiting.append(every[name])
                waiting.extend(node.values())
        return found


def _meant(error: Any) -> Iterator[Any]:
    """Of alternatives, the errors of that one whose ``type`` fits: the others say nothing."""
    branches = getattr(error.kind, "context", None) or []
    fitting = [
        branch for branch in branches if not any(list(one.instance_path)[-1:] in (["type"], []) for one in branch)
    ]
    if len(fitting) != 1:
        yield error
        return
    for one in fitting[0]:
        yield from _meant(one)


def _template(content: dict[str, Any], route: str) -> str:
    """Routes here are written as in the document."""
    return route if route in content["paths"] else ""
