"""Errors of the interfaces.

    BotError
    ├── SettingsError   a setting from the environment or .env cannot be used (exit 1)
    └── UsageError      a command or option is not what it should be (exit 2)

Each message is one sentence for a person and ends with the next step.
"""

from __future__ import annotations


class BotError(Exception):
    """Base of all errors of this package."""


class SettingsError(BotError):
    """A setting is missing, malformed or out of range."""


class UsageError(BotError):
    """What was typed cannot be carried out as typed."""
