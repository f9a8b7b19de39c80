"""What Discord refuses of messages, forms and choices, the server refuses: with a number and a note for the test."""

from __future__ import annotations

from typing import Any

import pytest

from tests.discord_server import DiscordServer
from tests.discord_server.asking import ask
from tests.discord_server.bodies import (
    TEXT,
    V2,
    button,
    command,
    container,
    link,
    menu,
    option,
    post,
    row,
    section,
    text,
)
from tests.discord_server.state import Channel

THUMBNAIL_OF_NOTHING = {"type": 11, "media": {"url": "nothing"}}


GOOD: dict[str, dict[str, Any]] = {
    "the longest content": {"content": "x" * 2_000},
    "an embed": {"embeds": [{"title": "T", "description": "x" * 4_096}]},
    "embeds of 6,000": {"embeds": [{"description": "x" * 3_000}, {"description": "x" * 3_000}]},
    "buttons": {"components": [row(button(), link("https://courier.example/a?b=c#d"))]},
    "a menu": {"components": [row(menu())]},
    "text of 4,000": V2 | {"components": [{"type": 10, "content": "x" * 2_000}] * 2},
    "40 components": V2 | {"components": [{"type": 17, "components": [TEXT] * 39}]},
    "a section": V2 | {"components": [{"type": 9, "components": [TEXT], "accessory": button()}]},
    "a gallery": V2 | {"components": [{"type": 12, "items": [{"media": {"url": "https://a.example/b.png"}}]}]},
}

BAD: dict[str, dict[str, Any]] = {
    "content too long": {"content": "x" * 2_001},
    "embed description too long": {"embeds": [{"description": "x" * 4_097}]},
    "embed title too long": {"embeds": [{"title": "x" * 257}]},
    "embeds too long together": {"embeds": [{"description": "x" * 3_001}, {"description": "x" * 3_000}]},
    "11 embeds": {"embeds": [{"title": "x"}] * 11},
    "26 fields": {"embeds": [{"fields": [{"name": "a", "value": "b"}] * 26}]},
    "an empty field": {"embeds": [{"fields": [{"name": "a", "value": ""}]}]},
    "V2 with content": V2 | {"content": "Hi", "components": [TEXT]},
    "V2 with embeds": V2 | {"embeds": [{"title": "Hi"}], "components": [TEXT]},
    "V2 text too long together": V2 | {"components": [text(2_001), text(2_000)]},
    "41 components": V2 | {"components": [{"type": 17, "components": [TEXT] * 40}]},
    "41 with those in sections": V2 | {"components": [*map(section, range(13)), TEXT, TEXT]},
    "text without the flag": {"components": [TEXT]},
    "a container without the flag": {"components": [{"type": 17, "components": [TEXT]}]},
    "a button outside a row": {"components": [button()]},
    "a button outside a row in V2": V2 | {"components": [button()]},
    "a container in a container": V2 | {"components": [container(container(TEXT))]},
    "an empty container": V2 | {"components": [{"type": 17, "components": []}]},
    "an empty text": V2 | {"components": [{"type": 10, "content": ""}]},
    "a section without an accessory": V2 | {"components": [{"type": 9, "components": [TEXT]}]},
    "six rows": {"components": [row(button(custom_id=str(n))) for n in range(6)]},
    "six buttons in a row": {"components": [row(*(button(custom_id=str(n)) for n in range(6)))]},
    "an empty row": {"components": [row()]},
    "a menu beside a button": {"components": [row(menu(), button())]},
    "a custom_id twice": {"components": [row(button()), row(button())]},
    "an id twice": V2 | {"components": [TEXT | {"id": 3}, TEXT | {"id": 3}]},
    "a button without custom_id": {"components": [row(button(custom_id=None))]},
    "a custom_id too long": {"components": [row(button(custom_id="x" * 101))]},
    "a label too long": {"components": [row(button(label="x" * 81))]},
    "no label": {"components": [row(button(label=None))]},
    "a link with a custom_id": {"components": [row(link("https://a.example") | {"custom_id": "x"})]},
    "a link that is none": {"components": [row(link("javascript:alert(1)"))]},
    "a link to a file": {"components": [row(link("file:///etc/passwd"))]},
    "a link with a space": {"components": [row(link("https://a.example/b c"))]},
    "a link without host": {"components": [row(link("https://"))]},
    "a link too long": {"components": [row(link("https://a.example/" + "x" * 500))]},
    "a url on a button that is no link": {"components": [row(button(url="https://a.example"))]},
    "26 options": {"components": [row(menu(options=[{"label": str(n), "value": str(n)} for n in range(26)]))]},
    "no options": {"components": [row(menu(options=[]))]},
    "an option twice": {"components": [row(menu(options=[{"label": "a", "value": "1"}] * 2))]},
    "an option too long": {"components": [row(menu(options=[{"label": "x" * 101, "value": "1"}]))]},
    "more values than options": {"components": [row(menu(max_values=2))]},
    "a link of an embed that is none": {"embeds": [{"title": "T", "url": "javascript:x"}]},
    "a picture that is not attached": {"embeds": [{"title": "T", "image": {"url": "attachment://a.png"}}]},
    "a thumbnail without address": V2 | {"components": [section(1) | {"accessory": THUMBNAIL_OF_NOTHING}]},
    "a link into the app": {"components": [row(link("discord://-/channels/1"))]},
    "mentions let through twice": {"content": "Hi", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_at_the_limit(quiet: DiscordServer, channel: Channel, name: str) -> None:
    said = post(channel, quiet, {**GOOD[name]})
    assert said.status == 200, said.body
    quiet.check()


@pytest.mark.parametrize("name", BAD)
def test_beyond_the_limit(quiet: DiscordServer, channel: Channel, name: str) -> None:
    said = post(channel, quiet, {**BAD[name]})
    assert (said.status, said.code) == (400, 50035)
    assert said.body["errors"]
    assert len(quiet.violations) == 1
    assert quiet.all_messages(channel) == []


def test_an_empty_message(quiet: DiscordServer, channel: Channel) -> None:
    said = post(channel, quiet, {"content": ""})
    assert (said.status, said.code) == (400, 50006)


def test_an_edit_is_judged_with_what_stays(quiet: DiscordServer, channel: Channel) -> None:
    made = post(channel, quiet, {"content": "Hi"}).body
    path = f"/channels/{channel.id}/messages/{made['id']}"
    assert ask(quiet, "PATCH", path, V2 | {"components": [TEXT]}).code == 50035
    assert ask(quiet, "PATCH", path, V2 | {"components": [TEXT], "content": None}).status == 200
    assert ask(quiet, "PATCH", path, {"content": "Hi again"}).code == 50035
    assert ask(quiet, "PATCH", path, {"components": []}).code == 50006


def test_forms_and_choices_that_are_refused(quiet: DiscordServer, channel: Channel) -> None:
    quiet.api.document = None
    words = option(autocomplete=True)
    ask(quiet, "PUT", f"/applications/{quiet.world.application_id}/commands", [command(options=[words])])
    ada = quiet.add_user("Ada", [channel.guild])
    asked = quiet.command(ada, channel, "ask")
    callback = f"/interactions/{asked.id}/{asked.token}/callback"
    field = {"type": 18, "label": "Why?", "component": {"type": 4, "style": 1, "custom_id": "why"}}
    form = {"custom_id": "form", "title": "Form", "components": [field]}
    for wrong in (
        {"title": "x" * 46},
        {"title": ""},
        {"custom_id": "x" * 101},
        {"components": []},
        {"components": [field] * 6},
        {"components": [field, field]},
        {"components": [field | {"label": "x" * 46}]},
        {"components": [row(button())]},
    ):
        assert ask(quiet, "POST", callback, {"type": 9, "data": form | wrong}).code == 50035
    assert ask(quiet, "POST", callback, {"type": 9, "data": form}).status == 204
    typing = quiet.autocomplete(ada, channel, "ask", "question", "h")
    callback = f"/interactions/{typing.id}/{typing.token}/callback"
    choice = {"name": "a", "value": "b"}
    for choices in ([choice] * 26, [choice | {"name": "x" * 101}], [choice | {"value": "x" * 101}]):
        assert ask(quiet, "POST", callback, {"type": 8, "data": {"choices": choices}}).code == 50035
    assert ask(quiet, "POST", callback, {"type": 5}).code == 50035
    assert ask(quiet, "POST", callback, {"type": 8, "data": {"choices": [choice] * 25}}).status == 204
