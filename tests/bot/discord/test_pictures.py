"""Figures, days and charts under answers, and what becomes of a picture where it cannot be shown or drawn."""

from __future__ import annotations

import os
import re
from pathlib import Path
from shutil import copytree

import pytest

from tests.bot.discord.conftest import Stage, staged
from tests.bot.discord.flood import EVACUATED, FLOOD, REOPENS, ingest
from tests.bot.discord.test_overviews import pictures, press, use
from tests.discord_server.permissions import ATTACH_FILES
from tests.discord_server.state import Channel, Message

ORIGINAL = "/webhooks/*/*/messages/@original"


def panel(text: str, name: str) -> list[str]:
    found = re.search(rf"\*\*{name}\*\*\n((?:- .+\n)+)", text)
    return found[1].splitlines() if found else []


def mention(stage: Stage, where: Channel, question: str) -> Message:
    message = stage.server.send_message(stage.ada, where, f"{stage.server.bot.mention} {question}")
    return stage.server.answer_to(message, 60)


def without_files(stage: Stage, name: str) -> Channel:
    made = stage.guild.add_channel(name)
    made.set_overwrite(stage.guild.everyone, deny=ATTACH_FILES)
    return made


def refused(stage: Stage, where: Channel) -> list[int | None]:
    """What Discord refused of that channel: nothing, where the bot looks before it sends."""
    return [one.status for one in stage.server.requests if f"/{where.id}/" in one.path and (one.status or 0) >= 400]


# Under an answer


def test_figures_stand_side_by_side_below_the_quotes(flood: Stage) -> None:
    text = flood.ask(EVACUATED).text
    rows = panel(text, "Figures")
    assert len(rows) == 4
    assert rows[0].startswith("- 1,450 people **\\[3\\]**")
    assert [row for row in rows if row.startswith("- More than 1,000 people **\\[2\\]** · rounded")]
    assert text.index("**Figures**") < text.index("**Sources**")
    # Each number of a row is that of a source.
    sources = set(re.findall(r"\*\*\\\[(\d+)\\\]\*\*", text.partition("**Sources**")[2]))
    assert {number for row in rows for number in re.findall(r"\\\[(\d+)\\\]", row)} <= sources


def test_one_figure_alone_has_no_panel(flood: Stage) -> None:
    shown = flood.ask(EVACUATED, outlet="Test Herald")
    assert "More than 1,000 people" in shown.text
    assert panel(shown.text, "Figures") == []
    assert pictures(shown) == []


def test_days_are_resolved_where_a_day_is_asked_for(flood: Stage) -> None:
    rows = panel(flood.ask(REOPENS).text, "Days")
    assert "- on Saturday **\\[1\\]** · 6 May 2023 \\(derived\\)" in rows
    assert panel(flood.ask(EVACUATED).text, "Days") == []


def test_three_figures_that_differ_are_drawn(flood: Stage) -> None:
    shown = flood.ask(EVACUATED)
    assert pictures(shown) == ["figures.png"]
    assert shown.message is not None
    (file,) = shown.message.attachments
    assert file["description"].startswith("Chart of 4 figures. 1,450 people")
    assert flood.server.world.files[int(file["id"])].startswith(b"\x89PNG")
    # It says no more than a table of two.
    assert pictures(flood.ask(EVACUATED, until="2023-05-03")) == []


def test_the_panels_are_there_again_when_a_private_answer_is_shared(flood: Stage) -> None:
    asked = flood.ask(EVACUATED, private=True)
    before = len(flood.server.all_messages(flood.channel))
    assert "Shared" in press(flood, asked, "Share").text
    posted = [one for one in flood.server.all_messages(flood.channel)[before:] if "Shared by" in one.text]
    assert panel(posted[0].text, "Figures") == panel(asked.text, "Figures")
    assert [one["filename"] for one in posted[0].attachments] == ["figures.png"]
    days = flood.ask(REOPENS, private=True)
    assert "Shared" in press(flood, days, "Share").text
    assert panel(flood.server.all_messages(flood.channel)[-1].text, "Days") == panel(days.text, "Days")


# Where it may be attached


def test_a_mention_is_answered_with_the_picture(flood: Stage) -> None:
    answer = mention(flood, flood.channel, EVACUATED)
    assert [one["filename"] for one in answer.attachments] == ["figures.png"]
    (request,) = flood.server.requests_to("POST", "/channels/{channel_id}/messages")[-1:]
    assert request.body["attachments"][0]["description"].startswith("Chart of 4 figures")


def test_where_the_bot_may_not_attach_files_a_mention_is_answered_without(flood: Stage) -> None:
    quiet = without_files(flood, "no-files")
    answer = mention(flood, quiet, EVACUATED)
    assert "**Figures**" in answer.text
    assert not answer.attachments
    # A command brings its own right to answer.
    assert pictures(use(flood, "ask", where=quiet, question=EVACUATED)) == ["figures.png"]
    assert pictures(use(flood, "timeline", where=quiet, question=EVACUATED)) == ["timeline.png"]
    # What is shared is an ordinary message.
    asked = use(flood, "ask", where=quiet, question=EVACUATED, private=True)
    assert "Shared" in press(flood, asked, "Share").text
    posted = flood.server.all_messages(quiet)[-1]
    assert "Shared by" in posted.text
    assert not posted.attachments
    assert not refused(flood, quiet)


def test_direct_messages_are_answered_with_the_picture(flood: Stage) -> None:
    answer = flood.server.answer_to(flood.server.direct_message(flood.ben, EVACUATED), 60)
    assert [one["filename"] for one in answer.attachments] == ["figures.png"]


@pytest.mark.parametrize("attaches", [True, False])
def test_past_the_token_the_answer_goes_to_the_channel_as_far_as_it_may(flood: Stage, attaches: bool) -> None:
    where = flood.guild.add_channel("late") if attaches else without_files(flood, "late-no-files")
    flood.server.faults.status("PATCH", ORIGINAL, 503)
    asked = flood.server.command(flood.ada, where, "ask", {"question": EVACUATED})
    asked.wait_acknowledged()
    flood.server.clock.advance(16 * 60)
    said = lambda: [one for one in flood.server.all_messages(where) if "**Figures**" in one.text]  # noqa: E731
    assert flood.server.wait_until(said, 30)
    assert bool(said()[0].attachments) is attaches
    assert not refused(flood, where)


# What goes wrong


@pytest.mark.parametrize(("status", "code"), [(400, 50035), (403, 50013), (413, 40005)])
def test_a_picture_that_discord_refuses_is_left_out(flood: Stage, status: int, code: int) -> None:
    body = {"code": code, "message": "No"}
    for command in ("ask", "timeline"):
        fault = flood.server.faults.status("PATCH", ORIGINAL, status, body=body)
        shown = use(flood, command, question=EVACUATED)
        assert fault.used == 1
        assert "1,450 people" in shown.text
        assert pictures(shown) == []
    # An ordinary message, too; its thread or channel is not taken for closed.
    fault = flood.server.faults.status("POST", "/channels/*/messages", status, body=body)
    answer = mention(flood, flood.channel, EVACUATED)
    assert fault.used == 1
    assert "1,450 people" in answer.text
    assert not answer.attachments


def test_a_picture_whose_upload_breaks_is_sent_again_and_stands_once(flood: Stage) -> None:
    flood.server.faults.status("PATCH", ORIGINAL, 502)
    flood.server.faults.applied_but("PATCH", ORIGINAL)
    flood.server.faults.drop("PATCH", ORIGINAL)
    shown = use(flood, "ask", question=EVACUATED)
    assert shown.wait_text("1,450 people", 20)
    assert flood.server.wait_until(
        lambda: len(flood.server.faults._waiting) == 3 and all(fault.used for fault in flood.server.faults._waiting), 20
    )
    assert pictures(shown) == ["figures.png"]
    assert shown.message is not None
    (file,) = shown.message.attachments
    assert file["size"] == len(flood.server.world.files[int(file["id"])]) > 1_000


def test_where_nothing_can_be_drawn_everything_else_is_said(prepared_home: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken" / "matplotlib"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise RuntimeError('no fonts here')\n")
    home = ingest(Path(copytree(prepared_home, tmp_path / "home")))
    from tests.discord_server.server import ROOT, SITE

    paths = os.pathsep.join([str(broken.parent), str(SITE), str(ROOT)])
    with staged(home, PYTHONPATH=paths) as stage:
        for shown in (use(stage, "ask", question=EVACUATED), use(stage, "timeline", question=FLOOD)):
            assert "1,450 people" in shown.text
            assert pictures(shown) == []
        stage.server.check()
        assert "no picture could be drawn" in stage.bot.output
        assert "no fonts here" in stage.bot.output
