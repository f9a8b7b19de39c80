"""Application commands, for everybody and for one guild."""

from __future__ import annotations

from typing import Any

from tests.discord_server.api.errors import missing_access, unknown
from tests.discord_server.api.routing import Answer, Call, route
from tests.discord_server.command_limits import check_commands
from tests.discord_server.world import World

Payload = dict[str, Any]
EVERYWHERE = "/applications/{application_id}/commands"
IN_GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"


def _scope(call: Call) -> int | None:
    """The guild; None for commands that hold everywhere."""
    if int(call.params["application_id"]) != call.world.application_id:
        raise unknown("Application")
    if "guild_id" not in call.params:
        return None
    guild = call.guild()
    if not guild.installed:
        raise missing_access()
    return guild.id


def _of(world: World, guild: int | None) -> list[Payload]:
    wanted = None if guild is None else str(guild)
    return [one for one in world.commands.values() if one.get("guild_id") == wanted]


def _same(world: World, guild: int | None, body: Payload) -> Payload | None:
    """One command of a kind and name: a second one replaces it and keeps the id."""
    key = (body.get("type") or 1, body.get("name"))
    return next((one for one in _of(world, guild) if (one["type"], one["name"]) == key), None)


def _store(world: World, guild: int | None, body: Payload, command_id: int | None) -> Payload:
    made_id = command_id or world.new_id()
    permissions = body.get("default_member_permissions")
    made: Payload = {
        "id": str(made_id),
        "application_id": str(world.application_id),
        "version": str(world.new_id()),
        "default_member_permissions": None if permissions is None else str(permissions),
        "type": body.get("type") or 1,
        "name": body["name"],
        "name_localizations": body.get("name_localizations"),
        "description": body.get("description") or "",
        "description_localizations": body.get("description_localizations"),
        "dm_permission": body.get("dm_permission", True),
        "contexts": body.get("contexts"),
        "integration_types": body.get("integration_types") or [0],
        "nsfw": bool(body.get("nsfw")),
        "options": body.get("options") or [],
    }
    if guild is not None:
        made["guild_id"] = str(guild)
        made.pop("contexts")
        made.pop("integration_types")
    world.commands[made_id] = made
    return made


def _found(call: Call) -> tuple[int | None, Payload]:
    guild = _scope(call)
    found = call.world.commands.get(int(call.params["command_id"]))
    if found is None or found not in _of(call.world, guild):
        raise unknown("application command")
    return guild, found


def list_commands(call: Call) -> Answer:
    return 200, _of(call.world, _scope(call))


def overwrite_commands(call: Call) -> Answer:
    guild = _scope(call)
    bodies = call.request.body or []
    check_commands(bodies)
    before = {(one["type"], one["name"]): one["id"] for one in _of(call.world, guild)}
    for one in _of(call.world, guild):
        del call.world.commands[int(one["id"])]
    for body in bodies:
        known = before.get((body.get("type") or 1, body["name"]))
        _store(call.world, guild, body, int(known) if known else None)
    return 200, _of(call.world, guild)


def create_command(call: Call) -> Answer:
    guild = _scope(call)
    check_commands([call.body])
    known = _same(call.world, guild, call.body)
    made = _store(call.world, guild, call.body, int(known["id"]) if known else None)
    return (200 if known else 201), made


def get_command(call: Call) -> Answer:
    return 200, _found(call)[1]


def edit_command(call: Call) -> Answer:
    guild, found = _found(call)
    body = found | call.body
    check_commands([body])
    return 200, _store(call.world, guild, body, int(found["id"]))


def delete_command(call: Call) -> Answer:
    del call.world.commands[int(_found(call)[1]["id"])]
    return 204, None


for base in (EVERYWHERE, IN_GUILD):
    route("GET", base)(list_commands)
    route("PUT", base)(overwrite_commands)
    route("POST", base)(create_command)
    route("GET", base + "/{command_id}")(get_command)
    route("PATCH", base + "/{command_id}")(edit_command)
    route("DELETE", base + "/{command_id}")(delete_command)
