"""Looking up in articles of one's own: hostile ones, a server's own, removed ones; and offers without Discord."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cogs.looking import article_offers
from bot.lookup_jobs import _model
from bot.visibility import guild_collection
from tests.bot.discord.conftest import Stage, staged, start
from tests.bot.discord.test_looking import NATO_ID, press, use
from tests.conftest import dateline_in

WICKED = {
    "id": "wicked",
    "title": "@everyone read <@&1> [this](https://evil.example) **now** `x`",
    "outlet": "||Wicked|| @here",
    "author": "<@1> # _A_",
    "published_at": "2022-03-01",
    "url": "javascript:alert(1)",
    "text": "“@everyone must **click** [this](https://evil.example),” said Zoltan Brandt on Monday. "
    "“It is <@&1> ||free||.”\n\n"
    "Zoltan Brandt said that the harbour @here was closed. “Nobody will swim there,” Brandt added.",
}

LONG = "---\nid: long\ntitle: A long day at the harbour\n---\n\n" + "\n\n".join(
    f"On day {number} the council of the harbour met again and counted {number + 100} boats." for number in range(1, 31)
)


@pytest.fixture(scope="module")
def own_stage(prepared_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The samples as the operator's own articles, so that they can be removed, and a wicked one among them."""
    import corpus.sample

    home = tmp_path_factory.mktemp("own") / "home"
    shutil.copytree(prepared_home, home)
    own = [home.parent / "wicked.jsonl", home.parent / "long.md"]
    own[0].write_text(json.dumps(WICKED))
    own[1].write_text(LONG)
    folder = Path(str(corpus.sample.__file__)).parent
    chosen = [str(folder / f"{name}.md") for name in (NATO_ID, "daily-specimen-dear-emmanuel")]
    assert dateline_in(home, "ingest", *chosen, *map(str, own)).code == 0
    with staged(home) as stage:
        secret = home.parent / "secret.md"
        secret.write_text(
            "---\nid: secret\ntitle: The secret harbour\noutlet: Hidden Post\n---\n\n“Sealed,” said Ada Zorn.\n"
        )
        name = guild_collection(stage.guild.id)
        assert dateline_in(home, "ingest", str(secret), "--collection", name).code == 0
        yield stage


def test_nothing_in_an_article_acts_or_pings(own_stage: Stage) -> None:
    texts = [
        use(own_stage, "source", article="wicked").text,
        use(own_stage, "sources", query="everyone").text,
        use(own_stage, "quotes", speaker="Zoltan Brandt").text,
    ]
    for text in texts:
        assert "\\@everyone" in text
        assert not re.search(r"(?<!\\)@(everyone|here)|(?<!\\)<@|\]\((?!https://)|(?<!\\)\|\||(?<!\\)\*\*click", text)
        assert "javascript" not in text
    assert "must \\*\\*click\\*\\* \\[this\\]" in texts[0]
    assert "\\|\\|free\\|\\|" in texts[2]
    own_stage.server.check()
    assert not own_stage.server.pings


def test_a_servers_own_articles_are_seen_there_alone(own_stage: Stage) -> None:
    assert "Sealed" in use(own_stage, "source", article="secret").text
    assert "seen in this server alone" in use(own_stage, "about").text
    elsewhere = own_stage.server.add_guild("Elsewhere")
    channel, eve = elsewhere.add_channel("general"), own_stage.server.add_user("Eve", [elsewhere])
    for where in (channel, own_stage.server.dm(own_stage.ada)):
        who = eve if where is channel else own_stage.ada
        assert "no article of that title or id" in use(own_stage, "source", who, where, article="secret").text
        assert "secret" not in use(own_stage, "sources", who, where).text
        assert "No article matches" in use(own_stage, "sources", who, where, outlet="Hidden Post").text
        assert "no words of Ada Zorn" in use(own_stage, "quotes", who, where, speaker="Ada Zorn").text
        assert "**4 articles**" in use(own_stage, "about", who, where).text
        for command, option in (("source", "article"), ("sources", "outlet"), ("quotes", "speaker")):
            found = own_stage.server.autocomplete(who, where, command, option, "").wait()
            assert not [one for one in found.choices or () if re.search("secret|Hidden|Zorn", str(one))]
    own_stage.server.check()


def test_after_a_restart_pages_turn_and_a_removed_article_is_not_shown(own_stage: Stage) -> None:
    """The last with this stage: it ends the bot."""
    server = own_stage.server
    long = use(own_stage, "source", article="long")
    assert "page 1 of" in long.text
    again = use(own_stage, "source", article="long")
    own_stage.bot.kill()
    with start(server, own_stage.home) as bot:
        server.wait_ready(2, 60)
        assert bot.wait_for("Dateline is ready", 120)
        assert "page 2 of" in press(own_stage, long, "Next", own_stage.ben).text
        assert dateline_in(own_stage.home, "remove", "long").code == 0
        gone = press(own_stage, long, "Next")
        assert "no longer among those I can read" in gone.text
        assert gone.message is not None
        assert not gone.message.buttons
        assert "no longer among those I can read" in use(own_stage, "source", article="long").text
        # A day later the lists are forgotten.
        with sqlite3.connect(own_stage.home / "people.db") as record:
            record.execute("UPDATE lookups SET made_at = made_at - 86400")
        record.close()
        shown = use(own_stage, "quotes", speaker="Macron")
        assert "Emmanuel Macron" in shown.text
        old = press(own_stage, again, "Next")
        assert old.ephemeral
        assert "no longer kept after a day" in old.text
    server.check()
    assert not server.pings


# Without Discord


def test_offers_tell_the_same_title_apart_and_bear_ids_that_are_addresses() -> None:
    address = "https://courier.example/" + "a" * 120
    articles = [("one", "Live"), ("two", "Live"), (address, "A very long story " + "and on " * 30), ("x", "Other")]
    found = article_offers("", articles)
    assert dict(found)["Live (one)"] == "one"
    assert dict(found)["Live (two)"] == "two"
    assert dict(found)["Other"] == "x"
    assert all(0 < len(label) <= 100 and 0 < len(value) <= 100 for label, value in found)
    assert next(value for label, value in found if label.startswith("A very")).startswith("A very long story and on")
    assert [value for _, value in article_offers("tw", articles)] == ["two"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [("all-MiniLM-L6-v2", "all-MiniLM-L6-v2"), ("a/b", "a/b"), ("/srv/models/mine", "mine"), ("C:\\models\\m", "m")],
)
def test_a_folder_of_the_operator_is_not_told(name: str, shown: str) -> None:
    assert _model(name) == shown
