"""What is wrong with a form, collected the way Discord answers it: a tree along the path of the field."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.discord_server.api.errors import RefusalError

Path = tuple[str | int, ...]


class Problems:
    """Collects; nothing is wrong while it is empty."""

    def __init__(self) -> None:
        self.found: list[tuple[Path, str, str]] = []

    def __bool__(self) -> bool:
        return bool(self.found)

    def add(self, path: Path, code: str, message: str) -> None:
        self.found.append((path, code, message))

    def length(self, path: Path, value: Any, most: int, least: int = 0) -> None:
        """Of a text or a list, where there is one."""
        if value is None or not hasattr(value, "__len__"):
            return
        if len(value) > most:
            self.add(path, "BASE_TYPE_BAD_LENGTH" if least else "BASE_TYPE_MAX_LENGTH", _allowed(least, most))
        elif len(value) < least:
            self.add(path, "BASE_TYPE_BAD_LENGTH", _allowed(least, most))

    def required(self, path: Path, value: Any) -> bool:
        if value in (None, ""):
            self.add(path, "BASE_TYPE_REQUIRED", "This field is required")
            return False
        return True

    def unique(self, path: Path, values: Iterable[Any], code: str, what: str) -> None:
        seen: set[Any] = set()
        for value in values:
            if value in seen:
                self.add(path, code, f"{what} {value!r} is used twice")
            seen.add(value)

    def refusal(self) -> RefusalError:
        """To be raised."""
        tree: dict[str, Any] = {}
        for path, code, message in self.found:
            node = tree
            for step in path:
                node = node.setdefault(str(step), {})
            node.setdefault("_errors", []).append({"code": code, "message": message})
        summary = "; ".join(f"{'.'.join(map(str, path)) or 'body'}: {message}" for path, _, message in self.found)
        return RefusalError(400, 50035, "Invalid Form Body", tree, wrong=summary)


def _allowed(least: int, most: int) -> str:
    return f"Must be between {least} and {most} in length." if least else f"Must be {most} or fewer in length."
