"""A server's own articles are seen in that server alone.

Whatever the bot sends while somebody in another server, or in direct messages, tries every way that there is: none
of it holds a word of those articles. All requests are looked at, not only the answers that a test waits for.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.visibility import guild_collection
from tests.bot.discord.conftest import Stage, staged
from tests.bot.discord.shelf import (
    ABOUT_LIGHTHOUSE,
    LIGHTHOUSE,
    MAIN_ARTICLES,
    OF_MAIN,
    QUOTE,
    add,
    begin,
    editor_of,
)
from tests.conftest import dateline_in
from tests.discord_server import Interaction
from tests.discord_server.reading import buttons_of
from tests.discord_server.state import Channel, Guild, Message, User

SECRETS = ("in the dark", "island council", "nine million", "harbour office", "by the autumn")
"""Words of the other server's article that nobody types below."""

NAMES = ("Skarn Tidings", "Lighthouse of Skarn", "Quist", "skarn.example")
"""Words that somebody types, who knows of it from elsewhere; looked for where nothing was typed."""


@dataclass
class Two:
    """A server with articles of its own, and what was shown there; another one beside it."""

    stage: Stage
    channel: Channel
    editor: User
    answered: Interaction
    """In the server with the articles: quotes, buttons and all."""
    paged: list[Message]
    """Other messages with buttons of that server."""
    other: Guild
    elsewhere: Channel
    manager: User
    """Manages the other server, and is a member of it alone."""
    before: list[str]
    """What main answered in the other server and in direct messages before the articles were added."""


def timeline(stage: Stage, who: User, *, private: bool) -> Interaction:
    """Seen there, with pages to turn."""
    given = {"question": "the lighthouse of Skarn", "private": private}
    shown = stage.server.command(who, stage.channel, "timeline", given).wait(60)
    assert "Skarn Tidings" in shown.text
    assert shown.message is not None
    assert "Next" in shown.message.buttons
    return shown


def of_main(stage: Stage, who: User, *where: Channel) -> list[str]:
    asked = [stage.ask(question, who, channel) for channel in where for question in OF_MAIN]
    return [one.text for one in asked]


@pytest.fixture(scope="module")
def module_two(prepared_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    folder = tmp_path_factory.mktemp("served")
    home = Path(shutil.copytree(prepared_home, folder / "home"))
    (folder / "articles").mkdir()
    for name, text in MAIN_ARTICLES.items():
        (folder / "articles" / name).write_text(text, encoding="utf-8")
    assert dateline_in(home, "ingest", str(folder / "articles")).code == 0
    with staged(home, DATELINE_PERSON_LIMIT="0", DATELINE_CHANNEL_LIMIT="0") as stage:
        server = stage.server
        other = server.add_guild("Elsewhere")
        elsewhere = other.add_channel("talk")
        manager = editor_of(stage, other, "Manager")
        before = of_main(stage, manager, elsewhere, server.dm(manager))
        editor = editor_of(stage, stage.guild)
        many = "".join(f"\n“We rebuild stone {n} of the pier,” mason Tor Quist{n} said.\n" for n in range(30))
        many += "".join(f"\nOn January {n}, 2024, the lighthouse of Skarn was dark again.\n" for n in range(1, 16))
        assert "1 article added" in add(stage, editor, stage.channel, "lighthouse.md", LIGHTHOUSE + many).text
        answered = stage.ask(ABOUT_LIGHTHOUSE, editor)
        assert QUOTE in answered.text
        paged = [
            one.message
            for one in (
                server.command(editor, stage.channel, "source", {"article": "lighthouse"}).wait(20),
                server.command(editor, stage.channel, "setup").wait(20),
                server.command(editor, stage.channel, "check", {"text": QUOTE}).wait(20),
                timeline(stage, editor, private=False),
                timeline(stage, editor, private=True),
            )
            if one.message is not None
        ]
        yield Two(stage, stage.channel, editor, answered, paged, other, elsewhere, manager, before)


@pytest.fixture
def two(module_two: Two) -> Iterator[Two]:
    """Everything that the bot sends meanwhile is looked at afterwards."""
    server = module_two.stage.server
    sent = len(server.requests)
    yield module_two
    for request in server.requests[sent:]:
        told = json.dumps(request.body, ensure_ascii=False, default=str)
        assert not [secret for secret in SECRETS if secret in told], (request, told)
    server.check()
    assert not server.pings


def told(*interactions: Interaction) -> str:
    return "\n".join(json.dumps([one.text, one.choices], ensure_ascii=False) for one in interactions)


def places(two: Two) -> tuple[Channel, Channel]:
    return two.elsewhere, two.stage.server.dm(two.manager)


def test_questions_of_every_form(two: Two) -> None:
    server, who = two.stage.server, two.manager
    for where in places(two):
        assert "Port Ellery" in told(two.stage.ask(OF_MAIN[0], who, where))
        for options in (
            {}, {"speaker": "Ida Quist"}, {"outlet": "Skarn Tidings"}, {"since": "2024-03-04", "until": "2024-03-04"},
            {"private": True},
        ):  # fmt: skip
            two.stage.ask(ABOUT_LIGHTHOUSE, who, where, **options)
        two.stage.ask("what was decided on the island?", who, where)
        for command in ("timeline", "compare"):
            for question in (ABOUT_LIGHTHOUSE, "the lighthouse", "What will the work cost?"):
                server.command(who, where, command, {"question": question}).wait(60)
        server.command(who, where, "timeline", {"question": "?", "outlet": "Skarn Tidings"}).wait(30)
    mention = server.send_message(who, two.elsewhere, f"{server.bot.mention} {ABOUT_LIGHTHOUSE}")
    server.answer_to(mention, 30)
    server.answer_to(server.send_message(who, two.elsewhere, f"{server.bot.mention} and about the work?"), 30)
    server.answer_to(server.direct_message(who, ABOUT_LIGHTHOUSE), 30)
    # Somebody who is in the server with the articles, but asks in direct messages.
    server.answer_to(server.direct_message(two.editor, ABOUT_LIGHTHOUSE), 30)


def test_nothing_is_offered_while_somebody_types(two: Two) -> None:
    server, who = two.stage.server, two.manager
    for where in places(two):
        for begun in ("", "S", "Skarn", "light", "Ida", "Q"):
            offered = [
                server.autocomplete(who, where, "ask", "speaker", begun, {"question": "?"}),
                server.autocomplete(who, where, "ask", "outlet", begun, {"question": "?"}),
                server.autocomplete(who, where, "source", "article", begun),
                server.autocomplete(who, where, "sources", "outlet", begun),
                server.autocomplete(who, where, "quotes", "speaker", begun),
                server.autocomplete(who, where, "timeline", "speaker", begun, {"question": "?"}),
                server.autocomplete(who, where, "timeline", "outlet", begun, {"question": "?"}),
            ]
            if where is two.elsewhere:
                offered.append(server.autocomplete(who, where, "remove", "article", begun))
            text = told(*(one.wait() for one in offered))
            assert not [name for name in NAMES if name in text], text


def test_main_is_never_offered_for_removal_nor_removed(two: Two) -> None:
    server = two.stage.server
    for who, where in ((two.manager, two.elsewhere), (two.editor, two.channel)):
        offered = server.autocomplete(who, where, "remove", "article", "").wait()
        assert "harbour" not in [choice["value"] for choice in offered.choices or ()]
        for article in ("harbour", "Harbour to close"):
            refused = server.command(who, where, "remove", {"article": article}).wait(20)
            assert "no such article" in refused.text
    refused = server.command(two.manager, two.elsewhere, "remove", {"article": "lighthouse"}).wait(20)
    assert "no such article" in refused.text
    assert "Port Ellery" in two.stage.ask(OF_MAIN[0]).text


def test_looking_up_by_a_forged_id_or_name(two: Two) -> None:
    server, who = two.stage.server, two.manager
    for where in places(two):
        for article in ("lighthouse", "Lighthouse of Skarn to be rebuilt", "https://skarn.example/lighthouse"):
            found = server.command(who, where, "source", {"article": article}).wait(20)
            assert "no article" in found.text.lower()
        listed = [
            server.command(who, where, "sources"),
            server.command(who, where, "sources", {"query": "light"}),
            server.command(who, where, "quotes", {"speaker": "Ivo Lund"}),
            server.command(who, where, "about"),
        ]
        text = told(*(one.wait(20) for one in listed))
        assert not [name for name in NAMES if name in text], text
        server.command(who, where, "sources", {"outlet": "Skarn Tidings"}).wait(20)
        server.command(who, where, "quotes", {"speaker": "Ida Quist"}).wait(20)


def test_a_claim_is_checked_against_what_is_seen_there_alone(two: Two) -> None:
    server, who = two.stage.server, two.manager
    claim = "Ida Quist said: “We will not leave our sailors alone”"
    for where in places(two):
        checked = server.command(who, where, "check", {"text": claim}).wait(30)
        assert "Not in the articles" in checked.text
    message = server.send_message(two.stage.server.world.owner, two.channel, claim)
    copied = server.send_message(who, two.elsewhere, message.content)
    assert "Not in the articles" in server.message_command(who, copied, "Check this claim").wait(30).text


def test_an_answer_of_another_server_is_not_verified(two: Two) -> None:
    server = two.stage.server
    assert two.answered.message is not None
    shown, guild, channel = two.answered.message.id, two.stage.guild.id, two.channel.id
    for where in places(two):
        for link in (
            f"https://discord.com/channels/{guild}/{channel}/{shown}",
            f"https://discord.com/channels/{two.other.id}/{channel}/{shown}",
            f"https://discord.com/channels/{two.other.id}/{two.elsewhere.id}/{shown}",
            f"https://discord.com/channels/@me/{where.id}/{shown}",
        ):
            found = server.command(two.manager, where, "verify", {"message-link": link}).wait(20)
            assert not [name for name in NAMES if name in found.text], found.text


def test_buttons_that_were_copied_from_elsewhere(two: Two) -> None:
    server, who = two.stage.server, two.manager
    assert two.answered.message is not None
    copied = [two.answered.message, *two.paged]
    pressed = 0
    for where in places(two):
        own = two.stage.ask(OF_MAIN[0], who, where).message
        assert own is not None
        kept = own.components
        for button in [one for message in copied for one in buttons_of(message)]:
            if not button.get("custom_id"):
                continue
            # No client of Discord's lets anybody do this; who writes one of their own finds a way.
            own.components = [{"type": 1, "id": 1, "components": [button | {"id": 2, "disabled": False}]}]
            tried = server.press(who, own, button["custom_id"])
            assert server.wait_until(lambda tried=tried: tried.acknowledged, 20)  # type: ignore[misc]
            assert tried.modal is None
            pressed += 1
        for action in (
            "context", "more", "turn_context", "turn_more", "turn_verify", "turn_lookup", "turn_overview",
            "open_overview", "share",
        ):  # fmt: skip
            forged = re.sub(r":[a-z_]+:", f":{action}:", str(buttons_of(two.answered.message)[0]["custom_id"]), count=1)
            own.components = [
                {"type": 1, "id": 1, "components": [{"type": 2, "id": 2, "style": 2, "label": "", "custom_id": forged}]}
            ]
            tried = server.press(who, own, forged)
            assert server.wait_until(lambda tried=tried: tried.settled, 20)  # type: ignore[misc]
            assert not [name for name in NAMES if name in tried.text], tried.text
            pressed += 1
        own.components = kept
    assert pressed > 20


def test_a_reply_and_a_form_from_elsewhere(two: Two) -> None:
    server, who = two.stage.server, two.manager
    assert two.answered.message is not None
    # A reply that names a message of another server: Discord would not send it, its number is all that travels.
    stray = replace_channel(two.answered.message, two.elsewhere)
    asked = server.send_message(who, two.elsewhere, f"{server.bot.mention} and what did she say then?", reply_to=stray)
    answer = server.answer_to(asked, 30)
    assert "Quist" not in answer.text
    own = two.stage.ask(OF_MAIN[0], who, two.elsewhere)
    assert own.message is not None
    form = server.press(who, own.message, "Follow up").wait(20)
    assert form.modal is not None
    theirs = next(one["custom_id"] for one in buttons_of(two.answered.message) if one["label"] == "Follow up")
    form.modal["custom_id"] = theirs
    sent = server.submit_modal(who, form, {"Your question": "and what did she say then?"}).wait(30)
    assert "another place" in sent.text


def replace_channel(message: Message, channel: Channel) -> Message:
    return replace(message, channel=channel)


def test_settings_of_another_server_cannot_be_reached(two: Two) -> None:
    server, who = two.stage.server, two.manager
    opened = server.command(who, two.elsewhere, "setup").wait(20)
    assert not [name for name in NAMES if name in opened.text]
    assert opened.message is not None
    (one,) = [button for button in buttons_of(opened.message) if button["label"] == "Commands only"]
    forged = one["custom_id"].replace(str(two.elsewhere.id), str(two.channel.id))
    opened.message.components = [{"type": 1, "id": 1, "components": [one | {"custom_id": forged}]}]
    assert "no more" in server.press(who, opened.message, forged).wait(20).text
    mention = server.send_message(two.editor, two.channel, f"{server.bot.mention} {OF_MAIN[0]}")
    assert "Port Ellery" in server.answer_to(mention, 30).text


def test_main_answers_as_before(two: Two) -> None:
    after = of_main(two.stage, two.manager, two.elsewhere, two.stage.server.dm(two.manager))
    assert after == two.before
    assert any("We cannot pay for another winter" in text for text in after)


def test_adding_to_one_server_tells_nothing_to_another(two: Two) -> None:
    # The same file, here for the first time: new, whatever others have.
    refused = begin(two.stage, two.manager, two.elsewhere, "lighthouse.md", b"\0")
    assert "is no text" in refused.text
    assert not (two.stage.home / "collections" / guild_collection(two.other.id)).exists()
