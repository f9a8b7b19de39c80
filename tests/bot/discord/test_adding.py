"""``/add`` and ``/remove``: a server's own articles, their quotas, and what becomes of them."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.guilds import Guilds, Upload
from bot.people import DAY, People
from bot.shelves import safe_name
from tests.bot.discord.conftest import NATO, Stage, staged, start
from tests.bot.discord.load import children
from tests.bot.discord.shelf import ABOUT_LIGHTHOUSE, LIGHTHOUSE, QUOTE, add, begin, editor_of, is_done, rows
from tests.discord_server.state import Channel, Guild, User

QUOTAS = {
    "DATELINE_UPLOAD_MEGABYTES": "0.05", "DATELINE_SERVER_ARTICLES": "5", "DATELINE_SERVER_MEGABYTES": "0.06",
    "DATELINE_SERVER_FILES_A_DAY": "4",
}  # fmt: skip


@dataclass
class Newsroom:
    """A server of a test's own."""

    guild: Guild
    channel: Channel
    editor: User
    member: User


@pytest.fixture
def own_home(prepared_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared_home, tmp_path / "home"))


@pytest.fixture(scope="module")
def module_stage(prepared_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    home = tmp_path_factory.mktemp("served") / "home"
    shutil.copytree(prepared_home, home)
    with staged(home, **QUOTAS) as stage:
        yield stage


def newsroom(stage: Stage) -> Newsroom:
    guild = stage.server.add_guild("Skarn")
    channel = guild.add_channel("news")
    return Newsroom(guild, channel, editor_of(stage, guild), stage.server.add_user("Member", [guild]))


def test_an_article_is_added_asked_about_and_removed(stage: Stage) -> None:
    room = newsroom(stage)
    assert "NATO moving" in stage.ask(NATO, room.member, room.channel).text
    added = add(stage, room.editor, room.channel, "lighthouse.md", LIGHTHOUSE)
    assert added.ephemeral
    assert "**lighthouse.md**: 1 article added." in added.text
    asked = stage.ask(ABOUT_LIGHTHOUSE, room.member, room.channel)
    assert QUOTE in asked.text
    assert "Ida Quist" in asked.text
    # The samples speak only where there is nothing else.
    assert "NATO moving" not in stage.ask(NATO, room.member, room.channel).text
    assert "1 article was here already" in add(stage, room.editor, room.channel, "again.md", LIGHTHOUSE).text
    changed = LIGHTHOUSE.replace("nine million", "ten million")
    assert "1 article replaced" in add(stage, room.editor, room.channel, "lighthouse.md", changed).text

    offered = stage.server.autocomplete(room.editor, room.channel, "remove", "article", "light").wait()
    assert offered.choices == [{"name": "Lighthouse of Skarn to be rebuilt", "value": "lighthouse"}]
    removed = stage.server.command(room.editor, room.channel, "remove", {"article": "lighthouse"}).wait(20)
    assert "Removed: Lighthouse of Skarn" in removed.text
    assert "no such article" in (
        stage.server.command(room.editor, room.channel, "remove", {"article": "lighthouse"}).wait(20).text
    )
    assert QUOTE not in stage.ask(ABOUT_LIGHTHOUSE, room.member, room.channel).text
    # What was shown before is not shown again from memory.
    assert asked.message is not None
    context = stage.server.press(room.member, asked.message, "Context").wait(20)
    assert "no longer among those I can read" in context.text


def test_every_kind_of_file_is_read(stage: Stage) -> None:
    room = newsroom(stage)
    page = "<html><head><title>Bakery</title></head><body><article>" + (
        "<p>The bakery of Skarn reopened on Friday after a long winter, its owner Nils Aker said.</p>" * 6
    )
    assert "1 article added" in add(stage, room.editor, room.channel, "page.html", f"{page}</article></body>").text
    assert "1 article added" in add(stage, room.editor, room.channel, "plain.txt", "A whale was seen off Skarn.").text
    two = add(stage, room.editor, room.channel, "rows.jsonl", rows(2) + '\n{"title": "no text"}\n')
    assert "2 articles added, 1 refused" in two.text
    assert "rows.jsonl line 3" in two.text
    assert "there is no 'text'" in two.text
    assert "/" not in two.text.replace("and/or", "")


def test_what_is_no_article_is_refused_kindly(stage: Stage) -> None:
    room = newsroom(stage)
    before = len(stage.server.requests)
    picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256))
    refusals = {
        ("picture.txt", picture): "is no text",
        ("picture.html", picture): "is no text",
        ("latin.md", "Sm\xf8rrebr\xf8d".encode("latin-1")): "UTF-8",
        ("empty.txt", b"   "): "holds no text",
        ("report.pdf", b"%PDF-1.7"): "ends in one of",
        ("packed.jsonl.gz", b"\x1f\x8b"): "ends in one of",
        ("@everyone **big**.txt", b"x" * 60_000): "0.1 MB, and I take 0.05 MB at most",
    }
    for (name, data), words in refusals.items():
        refused = begin(stage, room.editor, room.channel, name, data)
        assert words in refused.text, refused.text
        assert is_done(refused)
    # Too large or of the wrong kind: not even fetched.
    assert len(stage.server.requests) > before
    assert not (stage.home / "collections" / f"guild-{room.guild.id}").exists()
    assert not stage.server.pings


def test_quotas_of_articles_and_a_day(stage: Stage) -> None:
    room = newsroom(stage)
    added = add(stage, room.editor, room.channel, "many.jsonl", rows(7))
    assert "5 articles added" in added.text
    assert "2 articles were left out: this server may have 5" in added.text
    full = add(stage, room.editor, room.channel, "one.txt", "One more article about Skarn.")
    assert "this server has its 5 articles" in full.text
    removed = stage.server.command(room.editor, room.channel, "remove", {"article": "Ferry 3 delayed"}).wait(20)
    assert "Removed: Ferry 3" in removed.text
    assert "1 article added" in add(stage, room.editor, room.channel, "one.txt", "One more article about Skarn.").text
    assert begin(stage, room.editor, room.channel, "four.txt", "A fourth file.")
    assert "within a day" in begin(stage, room.editor, room.channel, "five.txt", "A fifth file.").text
    # Another server has its own.
    other = newsroom(stage)
    assert "1 article added" in add(stage, other.editor, other.channel, "one.txt", "One article about Skarn.").text


def test_a_quota_of_megabytes(stage: Stage) -> None:
    room = newsroom(stage)
    long = "The harbour of Skarn is full of ice this week, the port office said. " * 500
    assert "1 article added" in add(stage, room.editor, room.channel, "a.txt", long).text
    assert "more than its 0.06 MB" in add(stage, room.editor, room.channel, "b.txt", f"{long} Again.").text


def test_two_at_once_are_read_one_after_the_other(stage: Stage) -> None:
    room, other = newsroom(stage), newsroom(stage)
    one = begin(stage, room.editor, room.channel, "one.jsonl", rows(3))
    two = begin(stage, other.editor, other.channel, "two.jsonl", rows(2))
    # Questions are answered meanwhile.
    assert "NATO moving" in stage.ask(NATO).text
    assert stage.server.wait_until(lambda: is_done(one) and is_done(two), 90)
    assert "3 articles added" in one.text
    assert "2 articles added" in two.text
    assert one.message is not None
    assert any("Reading one.jsonl" in version.text for version in one.message.history)


def test_the_same_file_twice_at_once(stage: Stage) -> None:
    room = newsroom(stage)
    both = [begin(stage, room.editor, room.channel, "one.jsonl", rows(3)) for _ in range(2)]
    assert stage.server.wait_until(lambda: all(is_done(one) for one in both), 90)
    assert ["3 articles added" in both[0].text, "3 articles were here already" in both[1].text] == [True, True]


def test_only_those_who_manage_the_server_may(stage: Stage) -> None:
    room = newsroom(stage)
    for command in ("add", "remove"):
        assert command not in stage.server.offered(room.member, room.channel)
        assert command not in stage.server.offered(room.editor, stage.server.dm(room.editor))
        assert command in stage.server.offered(room.editor, room.channel)


def test_killed_in_the_middle_it_goes_on_and_says_so(own_home: Path) -> None:
    with staged(own_home) as stage:
        room = newsroom(stage)
        added = begin(stage, room.editor, room.channel, "many.jsonl", rows(30))
        assert stage.server.wait_until(lambda: "paragraphs are in" in added.text or "Reading" in added.text, 30)
        helpers = children(stage.bot.process.pid)
        assert helpers
        stage.bot.kill()
        with start(stage.server, own_home):
            stage.server.wait_ready(2, 60)
            assert stage.server.wait_until(lambda: is_done(added), 120), added.text
            assert "I was restarted in the middle" in added.text
            assert "30 articles" in added.text or "were here already" in added.text
            assert not list((own_home / "uploads").glob("*/*"))
            assert not [pid for pid in helpers if Path(f"/proc/{pid}").exists()]
            asked = stage.ask("What did Olav Brandt29 say?", room.member, room.channel)
            assert "Nobody was hurt on ferry 29" in asked.text
        stage.server.check()


def test_stopped_in_the_middle_it_says_so_and_leaves_no_child(own_home: Path) -> None:
    with staged(own_home) as stage:
        room = newsroom(stage)
        added = begin(stage, room.editor, room.channel, "many.jsonl", rows(20))
        assert stage.server.wait_until(lambda: "Reading" in added.text, 30)
        helpers = children(stage.bot.process.pid)
        began = time.monotonic()
        stage.bot.process.send_signal(signal.SIGTERM)
        assert stage.bot.wait(30) == 0
        assert time.monotonic() - began < 10
        assert not [pid for pid in helpers if Path(f"/proc/{pid}").exists()]
        assert "Traceback" not in stage.bot.output
        assert "I am being restarted. I shall go on with many.jsonl" in added.text
        with start(stage.server, own_home):
            stage.server.wait_ready(2, 60)
            assert stage.server.wait_until(lambda: is_done(added), 120), added.text
            assert "I was restarted in the middle" in added.text
        stage.server.check()


def test_a_server_that_was_left_is_purged_days_later_an_outage_is_none(own_home: Path) -> None:
    with staged(own_home) as stage:
        server = stage.server
        gone, back, down = newsroom(stage), newsroom(stage), newsroom(stage)
        folders = {}
        for room in (gone, back, down):
            add(stage, room.editor, room.channel, "lighthouse.md", LIGHTHOUSE)
            folders[room.guild.id] = own_home / "collections" / f"guild-{room.guild.id}"
            assert folders[room.guild.id].exists()
        asked = stage.ask(ABOUT_LIGHTHOUSE, gone.member, gone.channel)
        assert QUOTE in asked.text
        server.faults.outage(down.guild)
        server.remove_bot(gone.guild)
        server.remove_bot(back.guild)
        assert server.wait_until(lambda: left(own_home) == {gone.guild.id, back.guild.id}, 10)
        assert all(folder.exists() for folder in folders.values())
        server.invite_bot(back.guild)
        assert server.wait_until(lambda: left(own_home) == {gone.guild.id}, 10)
        assert QUOTE in stage.ask(ABOUT_LIGHTHOUSE, back.member, back.channel).text
        stage.bot.stop()
        with sqlite3.connect(own_home / "people.db") as db:
            db.execute("UPDATE departures SET left_at = left_at - ?", (6.9 * DAY,))
        with start(server, own_home) as again:
            server.wait_ready(2, 60)
            assert again.wait_for("Dateline is ready", 120)
            assert folders[gone.guild.id].exists()
        with sqlite3.connect(own_home / "people.db") as db:
            db.execute("UPDATE departures SET left_at = left_at - ?", (0.2 * DAY,))
        with start(server, own_home):
            server.wait_ready(3, 60)
            assert server.wait_until(lambda: not folders[gone.guild.id].exists(), 60)
            assert server.wait_until(lambda: not left(own_home), 10)
            assert folders[back.guild.id].exists()
            assert folders[down.guild.id].exists()
        with sqlite3.connect(own_home / "people.db") as db:
            kept = {row[0] for row in db.execute("SELECT guild FROM answers")}
        assert gone.guild.id not in kept
        assert back.guild.id in kept


def left(home: Path) -> set[int]:
    with sqlite3.connect(home / "people.db") as db:
        return {row[0] for row in db.execute("SELECT guild FROM departures")}


def test_what_is_noted_of_a_file_is_wiped_when_it_is_done(tmp_path: Path) -> None:
    people = People.open(tmp_path)
    guilds: Guilds = people.guilds
    key = guilds.begin(Upload(0, 5, 7, "secret-name.md", "uploads/x", 0.0, 1, "secret-token", 9))
    assert [upload.name for upload in guilds.unfinished()] == ["secret-name.md"]
    guilds.finish(key)
    people.prune()
    assert not guilds.unfinished()
    assert guilds.uploads_today(5) == 1
    people.close()
    assert b"secret" not in b"".join(path.read_bytes() for path in tmp_path.glob("people.db*"))


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("../../etc/passwd.txt", "passwd.txt"), ("a b\\c<>.MD", "c.md"), ("…….jsonl", "article.jsonl"),
        ("x" * 300 + ".html", "x" * 80 + ".html"),
    ],
)  # fmt: skip
def test_a_name_that_leads_nowhere_else(given: str, safe: str) -> None:
    assert safe_name(given) == safe
