"""Refusals, in the words and numbers that Discord uses."""

from __future__ import annotations

from typing import Any


class RefusalError(Exception):
    """Answered instead of a result. ``wrong`` says that the bot should never have asked: a violation."""

    def __init__(
        self, status: int, code: int, message: str, errors: dict[str, Any] | None = None, *, wrong: str | None = None
    ) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.wrong = wrong
        self.body: dict[str, Any] = {"message": message, "code": code}
        if errors:
            self.body["errors"] = errors


def unauthorized() -> RefusalError:
    return RefusalError(401, 0, "401: Unauthorized")


def missing_access() -> RefusalError:
    return RefusalError(403, 50001, "Missing Access")


def missing_permissions() -> RefusalError:
    return RefusalError(403, 50013, "Missing Permissions")


def cannot_message_user() -> RefusalError:
    return RefusalError(403, 50007, "Cannot send messages to this user")


def unknown(what: str) -> RefusalError:
    codes = {
        "Application": 10002,
        "Channel": 10003,
        "Guild": 10004,
        "Member": 10007,
        "Message": 10008,
        "User": 10013,
        "Webhook": 10015,
        "Interaction": 10062,
        "application command": 10063,
    }
    return RefusalError(404, codes[what], f"Unknown {what}")


def late_interaction() -> RefusalError:
    return RefusalError(404, 10062, "Unknown interaction", wrong="late")


def already_acknowledged() -> RefusalError:
    return RefusalError(400, 40060, "Interaction has already been acknowledged.", wrong="acknowledged twice")


def token_expired() -> RefusalError:
    return RefusalError(401, 50027, "Invalid Webhook Token")
