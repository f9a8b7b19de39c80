"""A server's own articles, for the tests about them."""

from __future__ import annotations

import json

from tests.bot.discord.conftest import Stage
from tests.discord_server import File, Interaction
from tests.discord_server.permissions import MANAGE_GUILD
from tests.discord_server.state import Channel, Guild, User

LIGHTHOUSE = """---
id: lighthouse
title: Lighthouse of Skarn to be rebuilt
outlet: Skarn Tidings
published_at: 2024-03-04
url: https://skarn.example/lighthouse
---

The lighthouse of Skarn will be rebuilt by the autumn, the island council decided on Monday.

“We will not leave our sailors in the dark,” Mayor Ida Quist said after the vote.

The work will cost nine million crowns, according to the harbour office.
"""
ABOUT_LIGHTHOUSE = "What did Ida Quist say about the sailors?"
OF_MAIN = ("Why will the harbour of Port Ellery close?", "What did Ada Brook say?", "What did Ivo Lund say?")

MAIN_ARTICLES = {
    "harbour.md": "---\nid: harbour\ntitle: Harbour to close\noutlet: Test Courier\npublished_at: 2023-05-02\n---\n\n"
    "The harbour of Port Ellery will close in June, the town council decided on Monday.\n\n"
    "“We cannot pay for another winter,” Mayor Ada Brook said.\n",
    "bridge.md": "---\nid: bridge\ntitle: Bridge opens\noutlet: Test Herald\npublished_at: 2023-06-11\n---\n\n"
    "A bridge over the Tarn opened on Sunday after nine years of work.\n\n"
    "“It has cost 42 million crowns,” engineer Ivo Lund said.\n",
}
"""What the operator has, and questions on it."""

QUOTE = "We will not leave our sailors in the dark"


def editor_of(stage: Stage, guild: Guild, name: str = "Editor") -> User:
    """Somebody who manages the server."""
    made = stage.server.add_user(name, [guild])
    guild.members[made.id].roles.append(guild.add_role("Editors", MANAGE_GUILD))
    return made


def begin(stage: Stage, who: User, where: Channel, name: str, data: str | bytes) -> Interaction:
    """``/add``, answered with a first word."""
    content = data.encode() if isinstance(data, str) else data
    return stage.server.command(who, where, "add", {"file": File(name, content)}).wait(20)


def is_done(one: Interaction) -> bool:
    return not any(words in one.text for words in ("shall read it", "Reading", "Another file", "being restarted"))


def add(stage: Stage, who: User, where: Channel, name: str, data: str | bytes) -> Interaction:
    """``/add``, until it is done."""
    added = begin(stage, who, where, name, data)
    assert stage.server.wait_until(lambda: is_done(added), 90), added.text
    return added


def rows(count: int, first: int = 0) -> str:
    """A JSONL file of so many articles."""
    return "\n".join(
        json.dumps(
            {
                "id": f"row-{n}", "title": f"Ferry {n} delayed", "outlet": "Skarn Tidings",
                "text": f"Ferry number {n} to Skarn was delayed by {n + 2} hours on Tuesday, the port office said.\n\n"
                f"“Nobody was hurt on ferry {n},” captain Olav Brandt{n} said in the harbour of Skarn.",
            }
        )
        for n in range(first, first + count)
    )  # fmt: skip
