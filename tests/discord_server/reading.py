"""A message as a person reads it, and the parts of it that can be pressed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.discord_server.state import Message

(
    ACTION_ROW,
    BUTTON,
    STRING_SELECT,
    TEXT_INPUT,
    USER_SELECT,
    ROLE_SELECT,
    MENTIONABLE_SELECT,
    CHANNEL_SELECT,
    SECTION,
    TEXT_DISPLAY,
    THUMBNAIL,
    MEDIA_GALLERY,
    FILE,
    SEPARATOR,
) = range(1, 15)
CONTAINER, LABEL = 17, 18
SELECTS = frozenset({STRING_SELECT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT})
LINK = 5
"""The style of a button that opens an address and tells the bot nothing."""

Component = dict[str, Any]


def walk(components: list[Component] | None) -> Iterator[Component]:
    """All components, in the order they are read."""
    for component in components or ():
        if not isinstance(component, dict):
            continue
        yield component
        inner = component.get("components")
        yield from walk(inner if isinstance(inner, list) else None)
        for key in ("accessory", "component"):
            if isinstance(component.get(key), dict):
                yield from walk([component[key]])


def embed_texts(embed: dict[str, Any]) -> Iterator[str]:
    """All that is printed in an embed; these are also the characters that count towards 6,000."""
    yield (embed.get("author") or {}).get("name") or ""
    yield embed.get("title") or ""
    yield embed.get("description") or ""
    for one in embed.get("fields") or ():
        yield one.get("name") or ""
        yield one.get("value") or ""
    yield (embed.get("footer") or {}).get("text") or ""


def text_of(message: Message) -> str:
    """Content, embeds and text displays; no buttons."""
    parts = [message.content]
    for embed in message.embeds:
        parts.extend(embed_texts(embed))
    parts.extend(one.get("content") or "" for one in walk(message.components) if one.get("type") == TEXT_DISPLAY)
    return "\n".join(part for part in parts if part)


def buttons_of(message: Message) -> list[Component]:
    return [one for one in walk(message.components) if one.get("type") == BUTTON]


def selects_of(message: Message) -> list[Component]:
    return [one for one in walk(message.components) if one.get("type") in SELECTS]


def links_of(message: Message) -> list[str]:
    """Where the link buttons lead."""
    return [one["url"] for one in buttons_of(message) if one.get("style") == LINK]
