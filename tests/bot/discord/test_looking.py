"""Looking up: one article, the list of them, somebody's words, what there is, what can be asked."""

from __future__ import annotations

import re
import sqlite3

import pytest

from tests.bot.discord.conftest import Stage
from tests.discord_server import Interaction
from tests.discord_server.permissions import MANAGE_GUILD
from tests.discord_server.reading import walk
from tests.discord_server.state import Channel, User

NATO_ID = "sample-courier-putin-points-at-nato"
NATO_TITLE = "After five hours with Macron, Putin points at NATO"


def use(stage: Stage, command: str, who: User | None = None, where: Channel | None = None, **given: str) -> Interaction:
    return stage.server.command(who or stage.ada, where or stage.channel, command, given).wait(30)


def press(stage: Stage, shown: Interaction, label: str, who: User | None = None) -> Interaction:
    assert shown.message is not None
    return stage.server.press(who or stage.ada, shown.message, label).wait(30)


def offered(stage: Stage, command: str, option: str, begun: str) -> list[tuple[str, str]]:
    found = stage.server.autocomplete(stage.ada, stage.channel, command, option, begun).wait()
    assert found.choices is not None
    assert len(found.choices) <= 25
    return [(choice["name"], choice["value"]) for choice in found.choices]


def read_all(stage: Stage, shown: Interaction) -> list[str]:
    """Every page, turned by somebody else."""
    pages = [shown.text]
    total = int(re.findall(r"page 1 of (\d+)", shown.text)[0])
    for number in range(2, total + 1):
        turned = press(stage, shown, "Next", stage.ben)
        assert turned.message is shown.message
        assert f"page {number} of {total}" in turned.text
        pages.append(turned.text)
    return pages


# /source


def test_an_article_with_what_is_known_of_it_and_all_its_paragraphs(stage: Stage) -> None:
    shown = use(stage, "source", article=NATO_ID)
    assert f"[{NATO_TITLE}](https://sample-courier.example/2022/02/08/putin-points-at-nato)" in shown.text
    assert "The Sample Courier" in shown.text
    assert "Maud Ellingham" in shown.text
    assert "8 Feb 2022" in shown.text
    assert "diplomacy" in shown.text
    assert not shown.ephemeral
    text = "\n".join(read_all(stage, shown)) if "page 1 of" in shown.text else shown.text
    assert "(photo caption)" in text
    numbers = [int(number) for number in re.findall(r"-# ¶ (\d+)", text)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert "“It’s not us moving toward NATO,” Putin said. “It’s NATO moving toward us.”" in text
    # Where the file lies is nobody's business.
    assert ".md" not in text
    assert str(stage.home) not in text


@pytest.mark.parametrize(("begun", "value"), [("A", NATO_ID), ("sample-courier-putin", NATO_ID), ("nato", NATO_ID)])
def test_articles_are_offered_by_title_and_by_id_from_the_first_letter(stage: Stage, begun: str, value: str) -> None:
    found = offered(stage, "source", "article", begun)
    assert (NATO_TITLE, value) in found
    assert use(stage, "source", article=dict(found)[NATO_TITLE]).text.startswith(f"**[{NATO_TITLE}]")


@pytest.mark.parametrize("typed", [NATO_TITLE, NATO_TITLE.upper(), "putin points at nato", f"  {NATO_ID}  "])
def test_an_article_that_was_not_offered_is_found_as_typed(stage: Stage, typed: str) -> None:
    assert NATO_TITLE in use(stage, "source", article=typed).text


def test_an_article_that_is_none_gets_one_sentence(stage: Stage) -> None:
    for typed in ("nothing-of-that-name", "../../etc/passwd", "'; DROP TABLE articles; --", "\x00", "%%", "@everyone"):
        shown = use(stage, "source", article=typed)
        assert "no article of that title or id" in shown.text
        assert "dateline" not in shown.text
    assert "Name an article" in use(stage, "source", article="  ").text
    assert "too long" in use(stage, "source", article="x" * 6_000).text


def test_words_that_several_articles_bear_are_told_apart(stage: Stage) -> None:
    shown = use(stage, "source", article="macron")
    assert "Several articles match" in shown.text
    assert "- After five hours with Macron" in shown.text


# /sources


def test_all_articles_are_listed_newest_first(stage: Stage) -> None:
    shown = use(stage, "sources")
    pages = read_all(stage, shown)
    text = "\n".join(pages)
    total = int(re.findall(r"\*\*(\d+) articles", shown.text)[0])
    assert [int(number) for number in re.findall(r"^\*\*(\d+)\.\*\*", text, re.MULTILINE)] == list(range(1, total + 1))
    assert NATO_ID in text
    back = press(stage, shown, "Previous")
    assert f"page {len(pages) - 1} of" in back.text


def test_the_list_is_narrowed(stage: Stage) -> None:
    assert NATO_TITLE in use(stage, "sources", query="POINTS at").text
    gazette = use(stage, "sources", outlet="example gazette")
    assert "Example Gazette" in gazette.text
    assert "Sample Wire" not in gazette.text
    assert "No article matches" in use(stage, "sources", outlet="Nobody's Paper").text
    dated = use(stage, "sources", since="2022-02-08", until="2022-02-08", query="nato")
    assert "since 8 Feb 2022 · until 8 Feb 2022" in dated.text
    assert NATO_TITLE in dated.text
    assert [value for _, value in offered(stage, "sources", "outlet", "s")]


def test_a_list_of_nonsense_gets_one_sentence(stage: Stage) -> None:
    assert "No article matches" in use(stage, "sources", query="zzzz @everyone").text
    assert "too long" in use(stage, "sources", query="x" * 6_000).text
    assert "give a date as YYYY-MM-DD" in use(stage, "sources", since="last week").text
    assert "swap them" in use(stage, "sources", since="2022-02-09", until="2022-02-01").text
    assert "articles, newest first" in use(stage, "sources", query="   ").text


# /quotes


def test_somebodys_words_direct_before_reported(stage: Stage) -> None:
    shown = use(stage, "quotes", speaker="Putin")
    assert "**Vladimir Putin** · " in shown.text
    pages = read_all(stage, shown)
    text = "\n".join(pages)
    assert "It’s NATO moving toward us." in text
    leads = [line for line in text.splitlines() if " · ¶ " in line]
    reported = [line.startswith("*reported") for line in leads]
    assert any(reported)
    assert not all(reported)
    assert reported == sorted(reported)
    assert len(leads) == int(re.findall(r"· (\d+) quotes", shown.text)[0])
    # Each opens at its words.
    assert "#:~:text=" in leads[0]


def test_words_about_something(stage: Stage) -> None:
    shown = use(stage, "quotes", speaker="Vladimir Putin", about="NATO expansion")
    assert "about “NATO expansion”" in shown.text
    assert "It's NATO moving toward us." in shown.text
    assert "Macron**" not in shown.text


def test_speakers_are_offered_from_the_first_letter(stage: Stage) -> None:
    assert ("Vladimir Putin", "Vladimir Putin") in offered(stage, "quotes", "speaker", "p")


def test_somebody_who_is_not_on_record_gets_one_sentence(stage: Stage) -> None:
    assert "no words of Xi Jinping" in use(stage, "quotes", speaker="Xi Jinping").text
    near = use(stage, "quotes", speaker="Putni").text
    assert "Did you mean: Vladimir Putin" in near
    assert "no words of \\@everyone" in use(stage, "quotes", speaker="@everyone").text
    assert "Name somebody" in use(stage, "quotes", speaker=" ").text
    assert "too long" in use(stage, "quotes", speaker="x" * 6_000).text
    assert "too long" in use(stage, "quotes", speaker="Putin", about="x" * 6_000).text
    nothing = use(stage, "quotes", speaker="Putin", about="the lantern moss of Dunmallow")
    assert "“" not in nothing.text or "Putin" in nothing.text
    assert "dateline" not in near + nothing.text


# /about and /help


def test_what_there_is(stage: Stage) -> None:
    shown = use(stage, "about")
    assert shown.ephemeral
    assert re.search(r"\*\*\d+ articles\*\* of \d+ outlets", shown.text)
    assert re.search(r"Published from \d+ \w+ 20\d\d to \d+ \w+ 20\d\d", shown.text)
    assert "sample articles" in shown.text
    assert "all-MiniLM-L6-v2" in shown.text
    assert re.search(r"Dateline \S+ ", shown.text)


def test_help_names_every_command_that_one_may_use(stage: Stage) -> None:
    shown = use(stage, "help")
    assert shown.ephemeral
    known = stage.server.offered(stage.ada, stage.channel)
    for name in ("ask", "source", "sources", "quotes", "verify", "about", "help"):
        assert name in known
        assert f"`/{name}` " in shown.text
    assert "Following up" in shown.text
    assert "mention me" in shown.text


def test_everything_works_in_direct_messages(stage: Stage) -> None:
    where = stage.server.dm(stage.ben)
    assert NATO_TITLE in use(stage, "source", stage.ben, where, article=NATO_ID).text
    assert "Following up" in use(stage, "help", stage.ben, where).text
    assert "articles" in use(stage, "about", stage.ben, where).text
    shown = use(stage, "sources", stage.ben, where)
    assert "page 2 of" in press(stage, shown, "Next", stage.ben).text


def test_what_is_set_for_a_channel_holds_for_look_ups(stage: Stage) -> None:
    channel, editor = stage.guild.add_channel("set"), stage.server.add_user("Editor", [stage.guild])
    stage.guild.members[editor.id].roles.append(stage.guild.add_role("Editors", MANAGE_GUILD))
    panel = use(stage, "setup", editor, channel)
    assert panel.message is not None
    press(stage, panel, "Private by default", editor)
    stage.server.select(editor, panel.message, "Example Gazette").wait(20)
    listed = use(stage, "sources", where=channel)
    assert listed.ephemeral
    assert "Example Gazette" in listed.text
    assert "Sample" not in listed.text
    assert "from some outlets only" in use(stage, "sources", where=channel, outlet="Sample Wire Service").text
    assert "Example Gazette" in use(stage, "quotes", where=channel, speaker="Putin").text
    assert "The Sample Courier" not in use(stage, "quotes", where=channel, speaker="Putin").text


# What is forged


def forge(shown: Interaction, label: str, change: tuple[str, str]) -> None:
    assert shown.message is not None
    for part in walk(shown.message.components):
        if part.get("label") == label:
            part["custom_id"] = re.sub(*change, part["custom_id"])


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ((r":[0-9a-f]{16}:", ":0123456789abcdef:"), "no longer kept"),
        ((r":turn_lookup:", ":turn_nothing:"), "no longer have"),
        ((r"dl:[0-9a-f]{32}", f"dl:{'0' * 32}"), "no longer have"),
    ],
)
def test_a_forged_button_gets_one_sentence_in_private(stage: Stage, change: tuple[str, str], expected: str) -> None:
    shown = use(stage, "sources")
    forge(shown, "Next", change)
    pressed = press(stage, shown, "Next")
    assert pressed.ephemeral
    assert expected in pressed.text
    # What others read stays.
    assert "page 1 of" in shown.text


def test_a_page_that_does_not_exist_is_the_last(stage: Stage) -> None:
    shown = use(stage, "sources")
    forge(shown, "Next", (r":\d+$", ":999999"))
    total = re.findall(r"page 1 of (\d+)", shown.text)[0]
    assert f"page {total} of {total}" in press(stage, shown, "Next").text


def test_a_list_of_another_server_is_not_turned_here(stage: Stage) -> None:
    shown = use(stage, "sources")
    assert shown.message is not None
    wanted = next(one["custom_id"] for one in walk(shown.message.components) if one.get("label") == "Next")
    elsewhere = stage.server.add_guild("Elsewhere")
    channel, eve = elsewhere.add_channel("general"), stage.server.add_user("Eve", [elsewhere])
    own = use(stage, "sources", eve, channel)
    forge(own, "Next", (r".+", wanted))
    assert "another place" in press(stage, own, "Next", eve).text


def test_what_goes_wrong_behind_a_button_is_said_beside_the_list(stage: Stage) -> None:
    shown = use(stage, "sources")
    with sqlite3.connect(stage.home / "people.db") as record:
        record.execute("UPDATE lookups SET request = '{}'")
    record.close()
    pressed = press(stage, shown, "Next", stage.ben)
    (said,) = pressed.followups
    assert said.seen_by is stage.ben
    assert "Something went wrong on my side" in said.text
    assert "page 1 of" in shown.text
