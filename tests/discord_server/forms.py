"""Filling in a modal: what the client lets through, and how it travels."""

from __future__ import annotations

from typing import Any

from tests.discord_server import reading, using
from tests.discord_server.completing import complete_components
from tests.discord_server.state import Channel, User
from tests.discord_server.using import NotOfferedError

Payload = dict[str, Any]


def fill_in(
    channel: Channel, user: User, modal: Payload, values: dict[str, Any]
) -> tuple[list[Payload], dict[str, Payload]]:
    """The components of MODAL_SUBMIT and what their ids mean."""
    left = dict(values)
    resolved: dict[str, Payload] = {}
    made: list[Payload] = []
    for part in complete_components(modal["components"], []):
        if part["type"] == reading.ACTION_ROW:
            field = part["components"][0]
            given = _given(left, field, field.get("label"))
            made.append(
                {"type": part["type"], "id": part["id"], "components": [_value(channel, user, field, given, resolved)]}
            )
        elif part["type"] == reading.LABEL:
            field = part["component"]
            given = _given(left, field, part["label"])
            made.append(
                {"type": part["type"], "id": part["id"], "component": _value(channel, user, field, given, resolved)}
            )
        else:
            made.append({"type": part["type"], "id": part["id"]})
    if left:
        raise NotOfferedError(f"The form has no {sorted(left)}")
    return made, resolved


def _given(left: dict[str, Any], field: Payload, label: str | None) -> Any:
    for name in (field.get("custom_id"), label):
        if name in left:
            return left.pop(name)
    return None


def _value(channel: Channel, user: User, field: Payload, given: Any, resolved: dict[str, Payload]) -> Payload:
    made: Payload = {"type": field["type"], "id": field["id"], "custom_id": field["custom_id"]}
    if field["type"] == reading.TEXT_INPUT:
        text = given if given is not None else field.get("value") or ""
        if not text and not field.get("required", True):
            return made | {"value": ""}
        least, most = field.get("min_length") or 0, field.get("max_length") or 4_000
        if not text or not least <= len(text) <= most:
            raise NotOfferedError(f"{field['custom_id']} takes {max(least, 1)} to {most} characters, not {len(text)}")
        return made | {"value": text}
    chosen = given if isinstance(given, (list, tuple)) else [] if given is None else [given]
    if not chosen and field.get("required", True):
        raise NotOfferedError(f"{field['custom_id']} is required")
    if field["type"] == reading.STRING_SELECT:
        by_label = {option["label"]: option["value"] for option in field["options"]}
        return made | {"values": [by_label.get(one, one) for one in chosen]}
    for one in chosen:
        using.resolve(channel, user, one, resolved)
    return made | {"values": [str(one.id) for one in chosen]}
