"""Commands: what is refused of them, and that they keep their ids."""

from __future__ import annotations

from typing import Any

import pytest

from tests.discord_server import DiscordServer
from tests.discord_server.asking import ask
from tests.discord_server.bodies import command, option

LONG_CHOICES = [{"name": f"{number:0100}", "value": f"{number:0100}"} for number in range(25)]
"""Two of them are more than 8,000 characters."""


@pytest.mark.parametrize(
    "commands",
    [
        [command(name="Ask")],
        [command(name="a b")],
        [command(name="x" * 33)],
        [command(name="")],
        [command(description="")],
        [command(description="x" * 101)],
        [command(), command()],
        [command(options=[option(), option(name="other", required=True)])],
        [command(options=[option(name=str(n)) for n in range(26)])],
        [command(options=[option(), option()])],
        [command(options=[option(choices=[{"name": str(n), "value": str(n)} for n in range(26)])])],
        [command(options=[option(choices=[{"name": "x" * 101, "value": "1"}])])],
        [command(options=[option(choices=[{"name": "a", "value": "x" * 101}])])],
        [command(options=[option(choices=[{"name": "a", "value": "1"}], autocomplete=True)])],
        [command(options=[option(), option(name="deep", type=1)])],
        [{"name": "Check this claim", "type": 3, "description": "no"}],
        [command(name=f"c{n}") for n in range(101)],
        [command(options=[option(name="large", choices=LONG_CHOICES), option(name="larger", choices=LONG_CHOICES)])],
    ],
)  # fmt: skip
def test_commands_that_are_refused(quiet: DiscordServer, commands: list[dict[str, Any]]) -> None:
    quiet.api.document = None
    said = ask(quiet, "PUT", f"/applications/{quiet.world.application_id}/commands", commands)
    assert (said.status, said.code) == (400, 50035)
    assert len(quiet.violations) == 1


def test_commands_keep_their_ids(quiet: DiscordServer) -> None:
    base = f"/applications/{quiet.world.application_id}/commands"
    first = ask(quiet, "PUT", base, [command(), command(name="quote")]).body
    again = ask(quiet, "PUT", base, [command(description="Other words")]).body
    assert [one["id"] for one in again] == [first[0]["id"]]
    assert ask(quiet, "GET", base).body == again
    path = f"{base}/{again[0]['id']}"
    assert ask(quiet, "PATCH", path, {"description": "New"}).body["description"] == "New"
    assert ask(quiet, "GET", path).body["description"] == "New"
    assert ask(quiet, "POST", base, command()).status == 200
    assert ask(quiet, "POST", base, command(name="other")).status == 201
    assert ask(quiet, "DELETE", path).status == 204
    assert ask(quiet, "GET", path).code == 10063
    guild = quiet.add_guild("Newsroom")
    in_guild = f"/applications/{quiet.world.application_id}/guilds/{guild.id}/commands"
    assert ask(quiet, "PUT", in_guild, [command()]).body[0]["guild_id"] == str(guild.id)
    quiet.check()
