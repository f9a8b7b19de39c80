"""What a person's client does with a command: finds it, checks what was typed, puts the request together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.discord_server import command_limits as kinds
from tests.discord_server import payloads
from tests.discord_server.permissions import USE_APPLICATION_COMMANDS, in_channel, may
from tests.discord_server.state import Channel, Message, Role, User
from tests.discord_server.world import World

Payload = dict[str, Any]
RESOLVED_AS = {kinds.USER: "users", kinds.CHANNEL: "channels", kinds.ROLE: "roles", kinds.ATTACHMENT: "attachments"}


class NotOfferedError(AssertionError):
    """A person could not have done this: the client shows no such thing, or refuses what was typed."""


@dataclass(frozen=True)
class File:
    """Something a person uploads."""

    name: str
    data: bytes
    content_type: str | None = None


@dataclass
class Chosen:
    """A command with its options as they travel."""

    command: Payload
    data: Payload
    resolved: dict[str, Payload] = field(default_factory=dict)


def offered(world: World, user: User, channel: Channel) -> list[Payload]:
    """The commands that ``user`` sees in ``channel``: those of the guild first."""
    every = sorted(world.commands.values(), key=lambda one: "guild_id" not in one)
    return [one for one in every if _is_offered(one, user, channel)]


def _is_offered(command: Payload, user: User, channel: Channel) -> bool:
    guild = channel.guild
    if guild is not None and not may(channel, user, USE_APPLICATION_COMMANDS):
        return False
    if "guild_id" in command:
        return guild is not None and command["guild_id"] == str(guild.id)
    where = 0 if guild is not None else 1 if channel.is_bot_dm else 2
    contexts = command.get("contexts")
    if contexts is None:
        # Without contexts the older switch for direct messages holds.
        contexts = [0, 1, 2] if command.get("dm_permission", True) else [0]
    if where not in contexts:
        return False
    for_guild, for_user = 0 in command["integration_types"], 1 in command["integration_types"]
    here = guild.installed if guild is not None else channel.is_bot_dm
    if not ((for_guild and here) or (for_user and user.installed)):
        return False
    needed = command.get("default_member_permissions")
    if guild is None or needed is None:
        return True
    granted = in_channel(channel, user)
    # "0" is: administrators only.
    return granted & int(needed) == int(needed) if int(needed) else bool(granted & 1 << 3)


def find(world: World, user: User, channel: Channel, name: str, kind: int) -> Payload:
    for one in offered(world, user, channel):
        if one["name"] == name and one["type"] == kind:
            return one
    known = sorted(one["name"] for one in offered(world, user, channel))
    raise NotOfferedError(f"{user.name} sees no command {name!r} here, but {known}")


def choose(
    world: World, user: User, channel: Channel, path: str, given: dict[str, Any], focused: str | None = None
) -> Chosen:
    """``path``: the name of a command and of its subcommand. ``focused``: the option being typed (autocomplete)."""
    name, *inner = path.split(" ")
    command = find(world, user, channel, name, kinds.CHAT_INPUT)
    resolved: dict[str, Payload] = {}
    node, steps = command, []
    for step in inner:
        node = _named(node.get("options") or [], step, f"/{name} has no subcommand")
        steps.append({"name": step, "type": node["type"]})
    if any(one["type"] in (kinds.SUBCOMMAND, kinds.SUBCOMMAND_GROUP) for one in node.get("options") or []):
        raise NotOfferedError(f"/{path} needs a subcommand")
    options = _options(channel, user, node.get("options") or [], given, resolved, focused)
    for step in reversed(steps):
        options = [step | {"options": options}]
    data: Payload = {"id": command["id"], "name": command["name"], "type": command["type"], "options": options}
    if "guild_id" in command:
        data["guild_id"] = command["guild_id"]
    if resolved:
        data["resolved"] = resolved
    return Chosen(command, data, resolved)


def _named(options: list[Payload], name: str, otherwise: str) -> Payload:
    for one in options:
        if one["name"] == name:
            return one
    raise NotOfferedError(f"{otherwise} {name!r}, but {[one['name'] for one in options]}")


def _options(
    channel: Channel,
    user: User,
    known: list[Payload],
    given: dict[str, Any],
    resolved: dict[str, Payload],
    focused: str | None,
) -> list[Payload]:
    made = []
    for name, value in given.items():
        option = _named(known, name, "There is no option")
        if focused is None:
            _check_value(option, value)
        one = {"name": name, "type": option["type"], "value": _travelling(channel, user, option, value, resolved)}
        if name == focused:
            if not option.get("autocomplete"):
                raise NotOfferedError(f"The option {name!r} does not complete")
            one["focused"] = True
        made.append(one)
    missing = [one["name"] for one in known if one.get("required") and one["name"] not in given]
    if missing and focused is None:
        raise NotOfferedError(f"Required: {missing}")
    return made


def _check_value(option: Payload, value: Any) -> None:
    choices = [one["value"] for one in option.get("choices") or []]
    # With autocomplete anything may be typed, also what was never offered.
    if choices and value not in choices:
        raise NotOfferedError(f"{value!r} is not among the choices {choices}")
    types = {kinds.STRING: str, kinds.INTEGER: int, kinds.BOOLEAN: bool, kinds.NUMBER: (int, float)}
    expected = types.get(option["type"])
    if expected is not None and not isinstance(value, expected):  # type: ignore[arg-type]
        raise NotOfferedError(f"{option['name']} takes {expected}, not {value!r}")
    if option["type"] == kinds.STRING:
        least, most = option.get("min_length") or 0, option.get("max_length") or 6_000
        if not least <= len(value) <= most:
            raise NotOfferedError(f"{option['name']} takes {least} to {most} characters, not {len(value)}")
    least, most = option.get("min_value"), option.get("max_value")
    if (least is not None and value < least) or (most is not None and value > most):
        raise NotOfferedError(f"{option['name']} takes {least} to {most}, not {value!r}")


def _travelling(channel: Channel, user: User, option: Payload, value: Any, resolved: dict[str, Payload]) -> Any:
    """People, places and files travel by id, and described beside the options."""
    if option["type"] not in (*RESOLVED_AS, kinds.MENTIONABLE):
        return value
    if isinstance(value, File):
        kept = channel.world.keep_file(channel, value.name, value.data, value.content_type, ephemeral=True)
        resolved.setdefault("attachments", {})[kept["id"]] = kept
        return kept["id"]
    resolve(channel, user, value, resolved)
    return str(value.id)


def resolve(channel: Channel, user: User, value: User | Role | Channel, resolved: dict[str, Payload]) -> None:
    """Adds what an id means."""
    key = str(value.id)
    if isinstance(value, User):
        resolved.setdefault("users", {})[key] = payloads.user(value)
        member = channel.guild.members.get(value.id) if channel.guild else None
        if member is not None:
            described = payloads.member(member, with_user=False) | {"permissions": str(in_channel(channel, value))}
            resolved.setdefault("members", {})[key] = described
    elif isinstance(value, Role):
        resolved.setdefault("roles", {})[key] = payloads.role(value)
    else:
        resolved.setdefault("channels", {})[key] = payloads.channel_in_interaction(value, user)


def on_target(world: World, user: User, channel: Channel, name: str, target: Message | User) -> Chosen:
    """A command of the context menu; its message travels in full, whatever the intents."""
    kind = kinds.ON_MESSAGE if isinstance(target, Message) else kinds.ON_USER
    command = find(world, user, channel, name, kind)
    resolved: dict[str, Payload] = {}
    if isinstance(target, Message):
        resolved["messages"] = {str(target.id): payloads.message(target)}
    else:
        resolve(channel, user, target, resolved)
    data: Payload = {
        "id": command["id"],
        "name": command["name"],
        "type": kind,
        "target_id": str(target.id),
        "resolved": resolved,
    }
    return Chosen(command, data, resolved)
