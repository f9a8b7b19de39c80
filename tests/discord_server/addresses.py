"""Addresses in messages: link buttons and links of embeds lead to the web, pictures may also be attached files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.discord_server import reading
from tests.discord_server.problems import Path, Problems

WEB = re.compile(r"https?://[^\s/?#]+\S*\Z", re.IGNORECASE)
ATTACHED = re.compile(r"attachment://(\S+)\Z")


def is_web(address: Any) -> bool:
    return isinstance(address, str) and bool(WEB.match(address))


def check_media(
    problems: Problems, embeds: list[dict[str, Any]], components: list[dict[str, Any]], names: set[str]
) -> None:
    """``names``: of the files that the message has."""
    for path, address in _links(embeds):
        if not is_web(address):
            problems.add(path, "URL_TYPE_INVALID_SCHEME", f"Scheme of \"{address}\" must be one of ('http', 'https').")
    for path, address in [*_pictures(embeds), *_media(components)]:
        attached = ATTACHED.match(str(address))
        if attached and attached[1] not in names:
            problems.add(path, "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", f"{address} is not attached")
        elif not attached and not is_web(address):
            problems.add(path, "UNFURLED_MEDIA_ITEM_INVALID_URL", f"{address!r} is no address")


def _links(embeds: list[dict[str, Any]]) -> Iterator[tuple[Path, Any]]:
    for at, embed in enumerate(embeds):
        if embed.get("url"):
            yield ("embeds", at, "url"), embed["url"]
        if (embed.get("author") or {}).get("url"):
            yield ("embeds", at, "author", "url"), embed["author"]["url"]


def _pictures(embeds: list[dict[str, Any]]) -> Iterator[tuple[Path, Any]]:
    for at, embed in enumerate(embeds):
        for part, key in (("image", "url"), ("thumbnail", "url"), ("author", "icon_url"), ("footer", "icon_url")):
            if (embed.get(part) or {}).get(key):
                yield ("embeds", at, part, key), embed[part][key]


def _media(components: list[dict[str, Any]]) -> Iterator[tuple[Path, Any]]:
    for one in reading.walk(components):
        if one.get("type") == reading.THUMBNAIL:
            yield ("components", "media", "url"), (one.get("media") or {}).get("url")
        elif one.get("type") == reading.FILE:
            yield ("components", "file", "url"), (one.get("file") or {}).get("url")
        elif one.get("type") == reading.MEDIA_GALLERY:
            for item in one.get("items") or ():
                yield ("components", "items", "media", "url"), (item.get("media") or {}).get("url")
