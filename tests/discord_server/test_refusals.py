"""What Discord refuses for other reasons than a limit, and whom a message rings."""

from __future__ import annotations

from typing import Any

import pytest

from tests.discord_server import DiscordServer, openapi
from tests.discord_server.asking import ask
from tests.discord_server.bodies import V2, button, command, post, row
from tests.discord_server.state import Channel


def test_unknown_routes_and_addresses_are_noted(quiet: DiscordServer) -> None:
    assert ask(quiet, "GET", "/nonsense").status == 404
    assert [one.what for one in quiet.violations] == ["an unknown route"]


def test_a_wrong_token(quiet: DiscordServer) -> None:
    said = ask(quiet, "GET", "/users/@me", token="wrong")
    assert (said.status, said.code) == (401, 0)


def test_what_is_not_there(quiet: DiscordServer, channel: Channel) -> None:
    assert ask(quiet, "GET", "/channels/1").code == 10003
    assert ask(quiet, "GET", f"/channels/{channel.id}/messages/1").code == 10008
    assert ask(quiet, "GET", "/users/1").code == 10013
    assert ask(quiet, "GET", "/guilds/1").code == 10004
    assert ask(quiet, "GET", f"/guilds/{channel.guild.id}/members/1").code == 10007
    assert ask(quiet, "POST", "/interactions/1/nonsense/callback", {"type": 5}).code == 10062
    assert ask(quiet, "PATCH", f"/webhooks/{quiet.world.application_id}/x/messages/@original", {}).code == 50027


def test_somebody_who_takes_no_direct_messages(quiet: DiscordServer) -> None:
    shy = quiet.add_user("Shy", accepts_dms=False)
    opened = ask(quiet, "POST", "/users/@me/channels", {"recipient_id": str(shy.id)})
    said = ask(quiet, "POST", f"/channels/{opened.body['id']}/messages", {"content": "Hi"})
    assert (said.status, said.code) == (403, 50007)


def test_before_the_callback_there_is_no_webhook(quiet: DiscordServer, channel: Channel) -> None:
    ask(quiet, "PUT", f"/applications/{quiet.world.application_id}/commands", [command()])
    ada = quiet.add_user("Ada", [channel.guild])
    asked = quiet.command(ada, channel, "ask")
    webhook = f"/webhooks/{quiet.world.application_id}/{asked.token}"
    callback = f"/interactions/{asked.id}/{asked.token}/callback"
    assert ask(quiet, "POST", webhook, {"content": "Hi"}).code == 10015
    assert ask(quiet, "POST", callback, {"type": 7, "data": {}}).code == 50035
    assert ask(quiet, "POST", callback, {"type": 5}).status == 204
    assert ask(quiet, "POST", callback, {"type": 5}).code == 40060
    assert ask(quiet, "PATCH", f"{webhook}/messages/@original", {"content": "Hi"}).status == 200
    assert ask(quiet, "DELETE", f"{webhook}/messages/@original").status == 204
    assert ask(quiet, "GET", f"{webhook}/messages/@original").code == 10008
    quiet.clock.advance(901)
    assert ask(quiet, "POST", webhook, {"content": "Hi"}).code == 50027


def test_a_reply_to_what_is_gone(quiet: DiscordServer, channel: Channel) -> None:
    ada = quiet.add_user("Ada", [channel.guild])
    asked = quiet.send_message(ada, channel, "Who?")
    quiet.delete_message(asked)
    reply: dict[str, Any] = {"content": "Nobody", "message_reference": {"message_id": str(asked.id)}}
    assert post(channel, quiet, reply).body["errors"]["message_reference"]
    reply["message_reference"]["fail_if_not_exists"] = False
    assert post(channel, quiet, reply).status == 200
    quiet.check()


def test_a_thread_that_is_locked_or_archived(quiet: DiscordServer, channel: Channel) -> None:
    started = ask(quiet, "POST", f"/channels/{channel.id}/threads", {"name": "Talk", "type": 11})
    assert started.status == 201
    path = f"/channels/{started.body['id']}"
    assert ask(quiet, "PATCH", path, {"archived": True}).body["thread_metadata"]["archived"]
    assert ask(quiet, "POST", f"{path}/messages", {"content": "Hi"}).status == 200
    assert not ask(quiet, "GET", path).body["thread_metadata"]["archived"]
    ask(quiet, "PATCH", path, {"locked": True})
    assert ask(quiet, "POST", f"{path}/messages", {"content": "Hi"}).code == 50083
    assert [one["user_id"] for one in ask(quiet, "GET", f"{path}/thread-members").body] == [str(quiet.bot.id)]
    assert ask(quiet, "DELETE", f"{path}/thread-members/@me").status == 204
    assert ask(quiet, "GET", f"{path}/thread-members").body == []


def test_an_app_from_outside_follows_up_five_times(quiet: DiscordServer) -> None:
    ask(quiet, "PUT", f"/applications/{quiet.world.application_id}/commands", [command(integration_types=[1])])
    guild = quiet.add_guild("Elsewhere", bot=False)
    asked = quiet.command(quiet.add_user("Ada", [guild], installed=True), guild.add_channel("lobby"), "ask")
    answer = {"type": 4, "data": {"content": "Here"}}
    assert ask(quiet, "POST", f"/interactions/{asked.id}/{asked.token}/callback", answer).status == 204
    webhook = f"/webhooks/{quiet.world.application_id}/{asked.token}"
    codes = [ask(quiet, "POST", webhook, {"content": "More"}).status for _ in range(6)]
    assert codes == [200] * 5 + [400]


def test_messages_without_allowed_mentions_are_found(quiet: DiscordServer, channel: Channel) -> None:
    post(channel, quiet, {"content": "Hi"})
    post(channel, quiet, {"content": "Hi", "allowed_mentions": {"parse": []}})
    assert [one.body for one in quiet.unguarded] == [{"content": "Hi"}]


def test_the_bot_leaves_a_guild(quiet: DiscordServer, channel: Channel) -> None:
    assert ask(quiet, "DELETE", f"/users/@me/guilds/{channel.guild.id}").status == 204
    assert ask(quiet, "GET", f"/channels/{channel.id}").code == 50001
    assert ask(quiet, "GET", "/users/@me/guilds").body == []


PINGING = "Hello {user} {role} @everyone"


@pytest.mark.parametrize(
    ("allowed", "users", "roles", "everyone"),
    [
        (None, 1, 1, True),
        ({"parse": []}, 0, 0, False),
        ({"parse": ["users"]}, 1, 0, False),
        ({"parse": ["roles", "everyone"]}, 0, 1, True),
    ],
)
@pytest.mark.parametrize("v2", [False, True])
def test_whom_a_message_rings(
    quiet: DiscordServer, v2: bool, allowed: dict[str, Any] | None, users: int, roles: int, everyone: bool
) -> None:
    guild = quiet.add_guild("Newsroom", permissions=(1 << 53) - 1)
    channel, role, ada = guild.add_channel("general"), guild.add_role("Desk"), quiet.add_user("Ada", [guild])
    text = PINGING.format(user=ada.mention, role=role.mention)
    body: dict[str, Any] = V2 | {"components": [{"type": 10, "content": text}]} if v2 else {"content": text}
    if allowed is not None:
        body["allowed_mentions"] = allowed
    assert post(channel, quiet, body).status == 200
    found = [(len(one.users), len(one.roles), one.everyone) for one in quiet.pings]
    assert found == ([(users, roles, everyone)] if users or roles or everyone else [])


def test_without_the_permission_everyone_is_not_rung(quiet: DiscordServer) -> None:
    guild = quiet.add_guild("Newsroom")
    role = guild.add_role("Desk")
    post(guild.add_channel("general"), quiet, {"content": f"@everyone {role.mention}"})
    assert quiet.pings == []


def test_a_reply_rings_unless_told_otherwise(quiet: DiscordServer, channel: Channel) -> None:
    ada = quiet.add_user("Ada", [channel.guild])
    asked = quiet.send_message(ada, channel, "Who?")
    reply: dict[str, Any] = {"content": "Nobody", "message_reference": {"message_id": str(asked.id)}}
    post(channel, quiet, reply | {"allowed_mentions": {"parse": [], "replied_user": False}})
    assert quiet.pings == []
    post(channel, quiet, reply)
    assert [one.users for one in quiet.pings] == [(ada,)]


@pytest.mark.shared
def test_discords_own_description_is_held_against_requests() -> None:
    path = openapi.find()
    if path is None or openapi.document(path) is None:
        pytest.skip("Discord's description of its API is absent")
    with DiscordServer(schema=path) as server:
        channel = server.add_guild("Newsroom").add_channel("general")
        assert post(channel, server, {"content": 5}).body["errors"]["content"]
        assert post(channel, server, {"components": [row(button(custom_id="x" * 101))]}).body["errors"]["components"]
        assert post(channel, server, {"content": "Hi", "allowed_mentions": {"users": [123]}}).status == 200
        assert len(server.violations) == 2


@pytest.mark.shared
def test_every_route_is_one_of_discords() -> None:
    from tests.discord_server.api.routing import ROUTES

    path = openapi.find()
    document = openapi.document(path) if path else None
    if document is None:
        pytest.skip("Discord's description of its API is absent")
    assert [f"{one.method} {one.template}" for one in ROUTES if not document.knows(one.method, one.template)] == []
