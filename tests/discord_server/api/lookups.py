"""What can be looked up: the application, people, guilds, channels, the way to the gateway."""

from __future__ import annotations

from tests.discord_server import payloads
from tests.discord_server.api.errors import cannot_message_user, missing_access, unknown
from tests.discord_server.api.routing import Answer, Call, route
from tests.discord_server.payloads import Payload
from tests.discord_server.permissions import VIEW_CHANNEL, may
from tests.discord_server.state import Guild


def application(call: Call) -> Payload:
    world = call.world
    return {
        "id": str(world.application_id),
        "name": world.bot.name,
        "icon": None,
        "description": "",
        "type": None,
        "bot": payloads.user(world.bot),
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": 0,
        "flags_new": "0",
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": payloads.user(world.owner),
        "approximate_guild_count": sum(one.bot_member is not None for one in world.guilds.values()),
        "approximate_user_install_count": sum(one.installed for one in world.users.values()),
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "eligible_oauth2_scopes": [],
        "integration_types_config": {"0": {}, "1": {}},
    }


@route("GET", "/oauth2/applications/@me")
def oauth2_application(call: Call) -> Answer:
    return 200, application(call)


@route("GET", "/applications/@me")
def own_application(call: Call) -> Answer:
    return 200, application(call)


@route("GET", "/gateway", public=True)
def gateway(call: Call) -> Answer:
    return 200, {"url": call.world.base_url.replace("http", "ws", 1)}


@route("GET", "/gateway/bot")
def gateway_bot(call: Call) -> Answer:
    limit = {"total": 1000, "remaining": 999, "reset_after": 86_400_000, "max_concurrency": 1}
    return 200, {"url": call.world.base_url.replace("http", "ws", 1), "session_start_limit": limit, "shards": 1}


@route("GET", "/users/@me")
def own_user(call: Call) -> Answer:
    return 200, payloads.own_user(call.world.bot)


@route("GET", "/users/{user_id}")
def get_user(call: Call) -> Answer:
    return 200, payloads.user(call.user(call.params["user_id"]))


@route("POST", "/users/@me/channels")
def open_dm(call: Call) -> Answer:
    """Opening always works; whether somebody takes messages shows when one is sent."""
    person = call.user(call.body.get("recipient_id"))
    if person.bot:
        raise cannot_message_user()
    return 200, payloads.channel(call.world.dm_with(person))


@route("GET", "/channels/{channel_id}")
def get_channel(call: Call) -> Answer:
    channel = call.channel()
    if not may(channel, call.world.bot, VIEW_CHANNEL):
        raise missing_access()
    return 200, payloads.channel(channel)


def _own_guild(call: Call) -> Guild:
    guild = call.guild()
    if guild.bot_member is None:
        raise missing_access()
    return guild


@route("GET", "/guilds/{guild_id}")
def get_guild(call: Call) -> Answer:
    guild = _own_guild(call)
    made = payloads.guild(guild)
    if call.asked("with_counts"):
        made |= {"approximate_member_count": len(guild.members), "approximate_presence_count": len(guild.members)}
    return 200, made


@route("GET", "/guilds/{guild_id}/channels")
def get_channels(call: Call) -> Answer:
    guild = _own_guild(call)
    return 200, [payloads.channel(one) for one in guild.channels.values() if not one.is_thread]


@route("GET", "/guilds/{guild_id}/roles")
def get_roles(call: Call) -> Answer:
    return 200, [payloads.role(one) for one in _own_guild(call).roles.values()]


@route("GET", "/guilds/{guild_id}/members/{user_id}")
def get_member(call: Call) -> Answer:
    found = _own_guild(call).members.get(int(call.params["user_id"]))
    if found is None:
        raise unknown("Member")
    return 200, payloads.member(found)


@route("GET", "/users/@me/guilds")
def own_guilds(call: Call) -> Answer:
    mine = [one for one in call.world.guilds.values() if one.bot_member is not None]
    return 200, [
        {
            "id": str(one.id),
            "name": one.name,
            "icon": None,
            "banner": None,
            "owner": False,
            "permissions": "0",
            "features": [],
        }
        for one in mine
    ]


@route("DELETE", "/users/@me/guilds/{guild_id}")
def leave_guild(call: Call) -> Answer:
    call.world.bot_leaves(_own_guild(call))
    return 204, None
