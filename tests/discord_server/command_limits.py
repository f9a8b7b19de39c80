"""Limits of application commands."""

from __future__ import annotations

import re
from typing import Any

from tests.discord_server.problems import Path, Problems

CHAT_INPUT, ON_USER, ON_MESSAGE = 1, 2, 3
SUBCOMMAND, SUBCOMMAND_GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = range(
    1, 12
)

NAME = re.compile(r"[-_'\w\u0900-\u097f\u0e00-\u0e7f]{1,32}\Z")
DESCRIPTION, OPTIONS, CHOICES, CHOICE, IN_ALL = 100, 25, 25, 100, 8_000
AT_MOST = {CHAT_INPUT: 100, ON_USER: 15, ON_MESSAGE: 15}

Payload = dict[str, Any]


def check_commands(commands: list[Payload], path: Path = ()) -> None:
    """All of them at once, as a bulk overwrite sends them. Raises a refusal."""
    problems = Problems()
    for at, command in enumerate(commands):
        _check_command(problems, (*path, at) if len(commands) > 1 or path else path, command)
    problems.unique(
        path,
        ((one.get("type") or 1, one.get("name")) for one in commands),
        "APPLICATION_COMMANDS_DUPLICATE_NAME",
        "Application command name",
    )
    for kind, most in AT_MOST.items():
        if sum((one.get("type") or 1) == kind for one in commands) > most:
            problems.add(
                path, "APPLICATION_COMMANDS_MAX", f"Maximum number of commands of type {kind} reached ({most})"
            )
    if problems:
        raise problems.refusal()


def _check_command(problems: Problems, path: Path, command: Payload) -> None:
    kind = command.get("type") or CHAT_INPUT
    if kind == CHAT_INPUT:
        _check_name(problems, (*path, "name"), command.get("name"))
        _check_description(problems, path, command)
        _check_options(problems, path, command.get("options") or [])
        if _characters(command) > IN_ALL:
            problems.add(path, "APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({IN_ALL})")
        return
    problems.length((*path, "name"), command.get("name"), 32, 1)
    for key in ("description", "options"):
        if command.get(key):
            problems.add(
                (*path, key),
                "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_ALLOWED",
                f"Context menu commands cannot have {key}",
            )


def _check_name(problems: Problems, path: Path, name: Any) -> None:
    if not isinstance(name, str) or not NAME.match(name) or name != name.lower():
        problems.add(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _check_description(problems: Problems, path: Path, one: Payload) -> None:
    if problems.required((*path, "description"), one.get("description")):
        problems.length((*path, "description"), one["description"], DESCRIPTION)


def _check_options(problems: Problems, path: Path, options: list[Payload], depth: int = 0) -> None:
    problems.length((*path, "options"), options, OPTIONS)
    problems.unique(
        (*path, "options"), (one.get("name") for one in options), "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE", "Option"
    )
    kinds = {one.get("type") in (SUBCOMMAND, SUBCOMMAND_GROUP) for one in options}
    if len(kinds) > 1:
        problems.add(
            (*path, "options"),
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "Sub-command and option types exclude each other",
        )
    optional_seen = False
    for at, option in enumerate(options):
        where = (*path, "options", at)
        _check_name(problems, (*where, "name"), option.get("name"))
        _check_description(problems, where, option)
        if option.get("required"):
            if optional_seen:
                problems.add(
                    where,
                    "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                    "Required options must be placed before non-required options",
                )
        else:
            optional_seen = True
        if option.get("type") in (SUBCOMMAND, SUBCOMMAND_GROUP):
            if depth > (0 if option["type"] == SUBCOMMAND_GROUP else 1):
                problems.add(where, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Groups do not nest")
            _check_options(problems, where, option.get("options") or [], depth + 1)
        else:
            _check_choices(problems, where, option)


def _check_choices(problems: Problems, path: Path, option: Payload) -> None:
    choices = option.get("choices") or []
    if choices and option.get("autocomplete"):
        problems.add(path, "APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE", "Choices exclude autocomplete")
    problems.length((*path, "choices"), choices, CHOICES)
    problems.unique(
        (*path, "choices"),
        (one.get("name") for one in choices),
        "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_DUPLICATE",
        "Choice",
    )
    for at, choice in enumerate(choices):
        problems.length((*path, "choices", at, "name"), choice.get("name"), CHOICE, 1)
        problems.length((*path, "choices", at, "value"), choice.get("value"), CHOICE)
    if option.get("type") == STRING:
        least, most = option.get("min_length"), option.get("max_length")
        if (least or 0) > 6_000 or (most is not None and not 1 <= most <= 6_000):
            problems.add((*path, "max_length"), "NUMBER_TYPE_MAX", "Lengths lie between 0 (1) and 6000")


def _characters(command: Payload) -> int:
    """Names, descriptions and values, with all options: together at most 8,000."""
    own = len(command.get("name") or "") + len(command.get("description") or "")
    for choice in command.get("choices") or ():
        own += len(choice.get("name") or "") + len(str(choice.get("value", "")))
    return own + sum(_characters(option) for option in command.get("options") or ())
