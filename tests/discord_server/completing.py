"""What Discord adds to components and embeds before it shows them: ids, defaults, addresses of attached files."""

from __future__ import annotations

from typing import Any

from tests.discord_server import reading
from tests.discord_server.addresses import ATTACHED
from tests.discord_server.reading import Component

DEFAULTS: dict[int, Component] = {
    reading.CONTAINER: {"accent_color": None, "spoiler": False},
    reading.SEPARATOR: {"spacing": 1, "divider": True},
    reading.THUMBNAIL: {"description": None, "spoiler": False},
    reading.FILE: {"name": None, "size": None, "spoiler": False},
    **{kind: {"min_values": 1, "max_values": 1} for kind in reading.SELECTS},
}
IN_GALLERY: Component = {"description": None, "spoiler": False}


def complete_components(components: list[Component], attachments: list[dict[str, Any]]) -> list[Component]:
    """A copy in which each component has an id of its own."""
    taken = {one["id"] for one in reading.walk(components) if one.get("id")}
    following = iter(value for value in range(1, 10_000) if value not in taken)

    def copy(one: Component) -> Component:
        # In the order they are read; a component comes before what it holds.
        made: Component = {"type": one["type"], "id": one.get("id") or next(following)}
        made |= DEFAULTS.get(one["type"], {})
        for key, value in one.items():
            if key in ("type", "id") or value is None:
                continue
            if key == "components":
                made[key] = [copy(inner) for inner in value]
            elif key in ("accessory", "component"):
                made[key] = copy(value)
            elif key in ("media", "file"):
                made[key] = _media(value, attachments)
            elif key == "items":
                made[key] = [
                    IN_GALLERY | _filled(item) | {"media": _media(item["media"], attachments)} for item in value
                ]
            elif key == "emoji":
                made[key] = _filled(value)
            elif key == "options":
                made[key] = [_option(option) for option in value]
            else:
                made[key] = value
        return made

    return [copy(one) for one in components]


def complete_embeds(embeds: list[dict[str, Any]], attachments: list[dict[str, Any]]) -> list[dict[str, Any]]:
    made = []
    for embed in embeds:
        one = {"type": "rich", **_filled(embed)}
        for part in ("image", "thumbnail"):
            if part in one:
                shown = _media(one[part], attachments)
                one[part] = {"url": shown["url"], "proxy_url": shown["proxy_url"]}
        made.append(one)
    return made


def _media(item: dict[str, Any], attachments: list[dict[str, Any]]) -> dict[str, Any]:
    """A file of the message under its real address; other addresses as they were given."""
    named = ATTACHED.match(item["url"])
    for attached in attachments if named else ():
        if named and attached["filename"] == named[1]:
            made = {key: value for key, value in attached.items() if key in ("id", "url", "proxy_url", "content_type")}
            return made | {"attachment_id": attached["id"]}
    return {"id": "1", "url": item["url"], "proxy_url": item["url"]}


def _option(option: dict[str, Any]) -> dict[str, Any]:
    made = _filled(option)
    if "emoji" in made:
        made["emoji"] = _filled(made["emoji"])
    return made


def _filled(given: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in given.items() if value is not None}
