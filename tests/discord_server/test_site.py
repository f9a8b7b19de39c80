"""The file that sends discord.py to the server, and the server as an asynchronous test uses it."""

from __future__ import annotations

import asyncio

from tests.discord_server import DiscordServer

ADDRESSES = "from discord import http, gateway; print(http.Route.BASE, gateway.DiscordWebSocket.DEFAULT_GATEWAY)"


def test_both_addresses_are_changed() -> None:
    with DiscordServer() as server, server.start_bot("-c", ADDRESSES) as bot:
        assert bot.wait() == 0
        base = server.world.base_url
        assert bot.output.split() == [f"{base}/api/v10", base.replace("http", "ws") + "/"]


def test_without_the_variables_nothing_is_changed() -> None:
    nowhere = {"DATELINE_TEST_DISCORD_API": "", "DATELINE_TEST_DISCORD_GATEWAY": ""}
    with DiscordServer() as server, server.start_bot("-c", ADDRESSES, **nowhere) as bot:
        assert bot.wait() == 0
        assert bot.output.split() == ["https://discord.com/api/v10", "wss://gateway.discord.gg/"]


def test_a_process_without_discord_py_does_not_import_it() -> None:
    script = "import sys, json; print('discord' in sys.modules, 'yarl' in sys.modules)"
    with DiscordServer() as server, server.start_bot("-c", script) as bot:
        assert bot.wait() == 0
        assert bot.output.split() == ["False", "False"]


def test_an_asynchronous_test_uses_it_as_well() -> None:
    async def use() -> str:
        async with DiscordServer() as server:
            return server.add_guild("Newsroom").add_channel("general").name

    assert asyncio.run(use()) == "general"
