"""``/verify``: the quotes of an earlier answer, looked up again today."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.discord.conftest import NATO, NOWHERE, Stage, staged, start
from tests.conftest import dateline_in
from tests.discord_server import Interaction
from tests.discord_server.permissions import READ_MESSAGE_HISTORY, VIEW_CHANNEL
from tests.discord_server.reading import walk
from tests.discord_server.state import Channel, Message, User

NOTHING = "no answer of mine there that I may check"
PRINTED = "It's NATO moving toward us."


def link(message: Message | None, host: str = "discord.com") -> str:
    assert message is not None
    guild = message.channel.guild
    return f"https://{host}/channels/{guild.id if guild else '@me'}/{message.channel.id}/{message.id}"


def verify(stage: Stage, message_link: str, who: User | None = None, where: Channel | None = None) -> Interaction:
    given = {"message-link": message_link}
    shown = stage.server.command(who or stage.ada, where or stage.channel, "verify", given).wait(30)
    assert shown.ephemeral
    return shown


def test_quotes_that_stand_are_shown_again(stage: Stage) -> None:
    asked = stage.ask(NATO)
    shown = verify(stage, link(asked.message))
    assert "Checked today: " in shown.text
    assert "unchanged" in shown.text
    assert PRINTED in shown.text
    assert "**\\[1\\]** [" in shown.text
    assert "removed" not in shown.text


@pytest.mark.parametrize("form", ["<{}>", " {} ", "{}?x=1", "{}/"])
def test_links_as_people_paste_them(stage: Stage, form: str) -> None:
    asked = stage.ask(NATO)
    assert PRINTED in verify(stage, form.format(link(asked.message))).text
    assert PRINTED in verify(stage, link(asked.message, "ptb.discord.com")).text


def test_an_answer_to_a_mention_and_one_from_another_channel(stage: Stage) -> None:
    message = stage.server.send_message(stage.ada, stage.channel, f"{stage.server.bot.mention} {NATO}")
    answer = stage.server.answer_to(message, 30)
    other = stage.guild.add_channel("desk")
    assert PRINTED in verify(stage, link(answer), stage.ben, other).text


def test_an_answer_without_quotes_has_nothing_to_check(stage: Stage) -> None:
    assert "quotes nothing" in verify(stage, link(stage.ask(NOWHERE).message)).text


def test_whatever_may_not_be_checked_gets_one_and_the_same_sentence(stage: Stage) -> None:
    server = stage.server
    asked = stage.ask(NATO)
    assert asked.message is not None
    private = stage.ask(NATO, private=True)
    by_dm = server.answer_to(server.direct_message(stage.ada, NATO), 30)
    hidden = stage.guild.add_channel("hidden")
    in_hidden = stage.ask(NATO, where=hidden)
    hidden.set_overwrite(stage.guild.everyone, deny=VIEW_CHANNEL)
    mute = stage.guild.add_channel("no history")
    in_mute = stage.ask(NATO, where=mute)
    mute.set_overwrite(stage.ben, deny=READ_MESSAGE_HISTORY)
    elsewhere = server.add_guild("Elsewhere")
    far, eve = elsewhere.add_channel("general"), server.add_user("Eve", [elsewhere])
    server.on_loop(lambda: server.world.add_member(elsewhere, stage.ada, (), None))
    here, dm = stage.channel, server.dm(stage.ada)
    guild, channel, message = stage.guild.id, stage.channel.id, asked.message.id
    refused = [
        # No link, or of nothing.
        ("", stage.ada, here), ("nonsense", stage.ada, here), ("x" * 6_000, stage.ada, here),
        ("https://discord.com/channels/1/2", stage.ada, here), ("https://evil.example/channels/1/2/3", stage.ada, here),
        (f"https://discord.com/channels/{guild}/{channel}/1", stage.ada, here),
        (f"https://discord.com/channels/{guild}/{channel}/{'9' * 20}", stage.ada, here),
        # A link whose parts do not belong together.
        (f"https://discord.com/channels/{elsewhere.id}/{channel}/{message}", stage.ada, here),
        (f"https://discord.com/channels/{guild}/{hidden.id}/{message}", stage.ada, here),
        (f"https://discord.com/channels/@me/{channel}/{message}", stage.ada, here),
        # From elsewhere.
        (link(asked.message), eve, far), (link(asked.message), stage.ada, far), (link(asked.message), stage.ada, dm),
        # Other people's.
        (link(private.message), stage.ben, here), (link(by_dm), stage.ben, here),
        (link(by_dm), stage.ben, server.dm(stage.ben)), (link(by_dm), stage.ada, here),
        # Channels that one cannot read, even if one has asked there.
        (link(in_hidden.message), stage.ben, here), (link(in_hidden.message), stage.ada, here),
        (link(in_mute.message), stage.ben, here),
    ]  # fmt: skip
    said = {verify(stage, wanted or " ", who, where).text for wanted, who, where in refused}
    assert len(said) == 1
    assert NOTHING in said.pop()
    # And those who may.
    assert PRINTED in verify(stage, link(private.message)).text
    assert PRINTED in verify(stage, link(by_dm), stage.ada, dm).text
    assert PRINTED in verify(stage, link(in_hidden.message), server.world.owner, here).text
    assert PRINTED in verify(stage, link(in_mute.message), stage.ada, here).text


def test_threads_are_read_by_those_who_may(stage: Stage) -> None:
    server = stage.server
    public = stage.channel.add_thread("public", stage.ada)
    in_public = stage.ask(NATO, where=public)
    assert PRINTED in verify(stage, link(in_public.message), stage.ben).text
    private = stage.channel.add_thread("private", stage.ada, private=True)
    message = server.send_message(stage.ada, private, f"{server.bot.mention} {NATO}")
    if server.bot.id not in private.thread_members:
        server.on_loop(lambda: private.thread_members.setdefault(server.bot.id, 0.0))
    answer = server.answer_to(message, 30)
    assert NOTHING in verify(stage, link(answer), stage.ben).text
    assert PRINTED in verify(stage, link(answer), stage.ada).text


def test_a_copied_page_button_checks_nothing_for_others(stage: Stage) -> None:
    private = stage.ask(NATO, private=True)
    assert private.message is not None
    key = next(one["custom_id"] for one in walk(private.message.components) if one.get("label") == "Context")
    own = stage.ask(NATO, stage.ben, private=True)
    assert own.message is not None
    for part in walk(own.message.components):
        if part.get("label") == "Context":
            part["custom_id"] = key.replace(":context:", ":turn_verify:")
    pressed = stage.server.press(stage.ben, own.message, "Context").wait(20)
    assert NOTHING in pressed.text


HARBOUR = """---
id: {name}
title: {title}
outlet: The Harbour Post
published_at: 2023-05-02
---

{text}
"""
QUOTE = "“The harbour of {name} stays shut until the last crane is mended,” said {speaker}, the harbour master."


@pytest.fixture
def own_stage(prepared_home: Path, tmp_path: Path) -> Iterator[Stage]:
    home = tmp_path / "home"
    shutil.copytree(prepared_home, home)
    (tmp_path / "articles").mkdir()
    for name, speaker in (("Aldmoor", "Ada Aldous"), ("Brackwell", "Ben Brook"), ("Culmouth", "Cora Clay")):
        write(tmp_path, name, QUOTE.format(name=name, speaker=speaker))
    assert dateline_in(home, "ingest", str(tmp_path / "articles")).code == 0
    with staged(home) as stage:
        yield stage


def write(folder: Path, name: str, text: str) -> None:
    path = folder / "articles" / f"{name}.md"
    path.write_text(HARBOUR.format(name=name.lower(), title=f"Cranes of {name}", text=text))


def test_moved_changed_and_removed_also_after_a_restart(own_stage: Stage, tmp_path: Path) -> None:
    server, home = own_stage.server, own_stage.home
    asked = {
        name: own_stage.ask(f"What did {speaker} say about the harbour of {name}?")
        for name, speaker in (("Aldmoor", "Ada Aldous"), ("Brackwell", "Ben Brook"), ("Culmouth", "Cora Clay"))
    }
    for name, one in asked.items():
        assert f"The harbour of {name} stays shut" in one.text
        assert "**unchanged**" in verify(own_stage, link(one.message)).text
    aldmoor = QUOTE.format(name="Aldmoor", speaker="Ada Aldous")
    write(tmp_path, "Aldmoor", f"Nobody was hurt on Tuesday, the town hall wrote.\n\n{aldmoor}")
    write(tmp_path, "Brackwell", "“The harbour of Brackwell opens on Monday,” said Ben Brook, the harbour master.")
    assert dateline_in(home, "ingest", str(tmp_path / "articles")).code == 0
    assert dateline_in(home, "remove", "culmouth").code == 0

    def look() -> None:
        moved = verify(own_stage, link(asked["Aldmoor"].message))
        assert "**moved**" in moved.text
        assert "The harbour of Aldmoor stays shut" in moved.text
        changed = verify(own_stage, link(asked["Brackwell"].message))
        assert "**changed since**" in changed.text
        assert "stays shut" not in changed.text
        removed = verify(own_stage, link(asked["Culmouth"].message))
        assert "**removed**" in removed.text
        assert "Cranes of Culmouth" in removed.text
        assert "stays shut" not in removed.text

    look()
    own_stage.bot.kill()
    with start(server, home) as bot:
        server.wait_ready(2, 60)
        assert bot.wait_for("Dateline is ready", 120)
        look()
    server.check()
    assert not server.pings
