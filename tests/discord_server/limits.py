"""Limits of messages, forms and choices that Discord holds beside its OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.discord_server.addresses import check_media
from tests.discord_server.api.errors import RefusalError
from tests.discord_server.component_limits import check_components, check_modal_components
from tests.discord_server.problems import Problems
from tests.discord_server.reading import embed_texts
from tests.discord_server.state import COMPONENTS_V2, Message

CONTENT, EMBEDS, EMBED_CHARACTERS = 2_000, 10, 6_000
CUSTOM_ID, MODAL_TITLE, CHOICES, CHOICE = 100, 45, 25, 100

Payload = dict[str, Any]


def check_message(body: Payload, files: Iterable[str] = (), editing: Message | None = None) -> None:
    """``body`` as sent, with the names of its files; an edit together with what stays. Raises a refusal."""
    problems = Problems()
    flags = (body.get("flags") or 0) | (editing.flags if editing else 0)
    content = _after(body, "content", editing.content if editing else "") or ""
    embeds = _after(body, "embeds", editing.embeds if editing else []) or []
    components = _after(body, "components", editing.components if editing else []) or []
    named = body.get("attachments")
    attached = {*files, *(one["filename"] for one in named or () if one.get("filename"))}
    if editing is not None:
        stay = {str(one.get("id")) for one in named or ()}
        attached.update(one["filename"] for one in editing.attachments if named is None or one["id"] in stay)
    v2 = bool(flags & COMPONENTS_V2)
    problems.length(("content",), content, CONTENT)
    check_embeds(problems, embeds)
    if v2:
        for key, value in (("content", content), ("embeds", embeds), ("poll", body.get("poll"))):
            if value:
                problems.add(
                    (key,),
                    "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                    f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
                )
        if body.get("sticker_ids"):
            problems.add(("sticker_ids",), "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", "No stickers here")
    check_components(problems, components, v2)
    check_media(problems, embeds, components, attached)
    check_allowed_mentions(problems, body.get("allowed_mentions"))
    if problems:
        raise problems.refusal()
    if not (content or embeds or components or attached or body.get("sticker_ids") or body.get("poll")):
        raise RefusalError(400, 50006, "Cannot send an empty message", wrong="an empty message")


def check_embeds(problems: Problems, embeds: list[Payload]) -> None:
    problems.length(("embeds",), embeds, EMBEDS)
    for at, embed in enumerate(embeds):
        path = ("embeds", at)
        problems.length((*path, "title"), embed.get("title"), 256)
        problems.length((*path, "description"), embed.get("description"), 4_096)
        problems.length((*path, "footer", "text"), (embed.get("footer") or {}).get("text"), 2_048)
        problems.length((*path, "author", "name"), (embed.get("author") or {}).get("name"), 256)
        problems.length((*path, "fields"), embed.get("fields"), 25)
        for number, one in enumerate(embed.get("fields") or ()):
            problems.length((*path, "fields", number, "name"), one.get("name"), 256, 1)
            problems.length((*path, "fields", number, "value"), one.get("value"), 1_024, 1)
    if sum(len(text) for embed in embeds for text in embed_texts(embed)) > EMBED_CHARACTERS:
        problems.add(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {EMBED_CHARACTERS}")


def check_allowed_mentions(problems: Problems, allowed: Payload | None) -> None:
    """A kind may be let through as a whole or by name, not both."""
    for kind in ("users", "roles"):
        if allowed and kind in (allowed.get("parse") or ()) and allowed.get(kind):
            problems.add(
                ("allowed_mentions",),
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.',
            )


def check_modal(data: Payload) -> None:
    problems = Problems()
    if problems.required(("data", "custom_id"), data.get("custom_id")):
        problems.length(("data", "custom_id"), data["custom_id"], CUSTOM_ID)
    if problems.required(("data", "title"), data.get("title")):
        problems.length(("data", "title"), data["title"], MODAL_TITLE)
    check_modal_components(problems, data.get("components") or [])
    if problems:
        raise problems.refusal()


def check_choices(choices: list[Payload]) -> None:
    """What autocomplete offers."""
    problems = Problems()
    problems.length(("data", "choices"), choices, CHOICES)
    for at, choice in enumerate(choices):
        path = ("data", "choices", at)
        problems.length((*path, "name"), choice.get("name"), CHOICE, 1)
        problems.length((*path, "value"), choice.get("value"), CHOICE, 1)
    if problems:
        raise problems.refusal()


def _after(body: Payload, key: str, before: Any) -> Any:
    """What an edit leaves: null clears, silence keeps."""
    return body.get(key, before)
