"""Discord on loopback, for tests: an unmodified discord.py in a process of its own talks to it.

with DiscordServer() as server:
    guild = server.add_guild("Newsroom")
    channel, ada = guild.add_channel("general"), server.add_user("Ada", guilds=[guild])
    with server.start_bot("-m", "bot", "serve"):
        server.wait_ready()
        answer = server.command(ada, channel, "ask", {"question": "Who closed the harbour?"}).wait()
        assert "town council" in answer.text
        server.press(ada, answer.message, "Sources").wait()
    server.check()
"""

from __future__ import annotations

from tests.discord_server.interactions import Interaction, UnansweredError
from tests.discord_server.server import TOKEN, DiscordServer
from tests.discord_server.using import File, NotOfferedError

__all__ = ["TOKEN", "DiscordServer", "File", "Interaction", "NotOfferedError", "UnansweredError"]
