"""Answers to interactions: the callback, the original response, follow-ups."""

from __future__ import annotations

from typing import Any

from tests.discord_server import limits, payloads
from tests.discord_server.api.errors import (
    RefusalError,
    already_acknowledged,
    late_interaction,
    token_expired,
    unauthorized,
    unknown,
)
from tests.discord_server.api.messages import change, send
from tests.discord_server.api.routing import Answer, Call, route
from tests.discord_server.interactions import (
    ACKNOWLEDGE_WITHIN,
    ANSWER_CHOICES,
    ANSWER_LATER,
    ANSWER_MESSAGE,
    ANSWER_MODAL,
    ANSWER_PONG,
    ANSWER_UPDATE,
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    MODAL,
    UPDATE_LATER,
    Interaction,
)
from tests.discord_server.state import CHAT_INPUT_COMMAND, CONTEXT_MENU_COMMAND, EPHEMERAL, LOADING, REPLY, Message

Payload = dict[str, Any]
FOLLOWUPS_FROM_OUTSIDE = 5
"""An app that is not in the server may follow up so often."""
ORIGINAL = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
OTHER = "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"

PERMITTED = {
    COMMAND: {ANSWER_MESSAGE, ANSWER_LATER, ANSWER_MODAL},
    COMPONENT: {ANSWER_MESSAGE, ANSWER_LATER, UPDATE_LATER, ANSWER_UPDATE, ANSWER_MODAL},
    AUTOCOMPLETE: {ANSWER_CHOICES},
    MODAL: {ANSWER_MESSAGE, ANSWER_LATER, UPDATE_LATER, ANSWER_UPDATE},
}


@route("POST", "/interactions/{interaction_id}/{interaction_token}/callback", public=True)
def callback(call: Call) -> Answer:
    interaction = call.world.interactions.get(call.params["interaction_token"])
    if interaction is None or str(interaction.id) != call.params["interaction_id"]:
        raise unknown("Interaction")
    if interaction.acknowledged:
        raise already_acknowledged()
    if interaction.age > ACKNOWLEDGE_WITHIN:
        interaction.late = True
        raise late_interaction()
    kind = call.body.get("type")
    if kind not in PERMITTED[interaction.kind] and kind != ANSWER_PONG:
        raise _wrong_type(kind, interaction)
    if kind in (UPDATE_LATER, ANSWER_UPDATE) and interaction.source is None:
        raise _wrong_type(kind, interaction)
    _apply(call, interaction, kind, call.body.get("data") or {})
    interaction.acknowledged_after = interaction.age
    interaction.answer_kind = kind
    if not call.asked("with_response"):
        return 204, None
    return 200, _response(interaction, kind)


def _wrong_type(kind: Any, interaction: Interaction) -> RefusalError:
    message = f"Callback type {kind} does not answer an interaction of type {interaction.kind}"
    errors = {"type": {"_errors": [{"code": "INTERACTION_CALLBACK_TYPE_INVALID", "message": message}]}}
    return RefusalError(400, 50035, "Invalid Form Body", errors, wrong=message)


def _apply(call: Call, interaction: Interaction, kind: int, data: Payload) -> None:
    if kind == ANSWER_MESSAGE:
        interaction.message = _new_message(call, interaction, data)
    elif kind == ANSWER_LATER:
        interaction.message = _loading(interaction, data)
    elif kind == UPDATE_LATER:
        interaction.message = interaction.source
        interaction.versions_before = len(interaction.source.history) if interaction.source else 0
    elif kind == ANSWER_UPDATE:
        assert interaction.source is not None
        change(call.world, interaction.source, data, call.files)
        interaction.message = interaction.source
    elif kind == ANSWER_CHOICES:
        limits.check_choices(data.get("choices") or [])
        interaction.choices = data.get("choices") or []
    elif kind == ANSWER_MODAL:
        limits.check_modal(data)
        interaction.modal = data


def _seen_by(interaction: Interaction, data: Payload) -> Any:
    private = (data.get("flags") or 0) & EPHEMERAL or interaction.only_for_user
    return interaction.user if private else None


def _new_message(call: Call, interaction: Interaction, data: Payload) -> Message:
    return send(
        call.world,
        interaction.channel,
        data,
        call.files,
        seen_by=_seen_by(interaction, data),
        interaction=interaction,
        **_relation(interaction),
    )


def _loading(interaction: Interaction, data: Payload) -> Message:
    """ "<bot> is thinking…": private or not is settled here, whatever the edit says later."""
    seen_by = _seen_by(interaction, data)
    made = Message(
        interaction.world.new_id(),
        interaction.channel,
        interaction.world.bot,
        interaction=interaction,
        flags=LOADING | (EPHEMERAL if seen_by else 0),
        seen_by=seen_by,
        **_relation(interaction),
    )
    interaction.world.message_appears(made)
    return made


def _relation(interaction: Interaction) -> Payload:
    """How the response hangs on what was there."""
    if interaction.kind == COMMAND:
        if isinstance(interaction.target, Message):
            return {"kind": CONTEXT_MENU_COMMAND, "reference": interaction.target}
        return {"kind": CHAT_INPUT_COMMAND}
    return {"kind": REPLY, "reference": interaction.source} if interaction.source is not None else {}


def _response(interaction: Interaction, kind: int) -> Payload:
    about: Payload = {"id": str(interaction.id), "type": interaction.kind}
    made: Payload = {"interaction": about}
    message = interaction.message
    if message is not None:
        about["response_message_id"] = str(message.id)
        about["response_message_loading"] = message.thinking
        about["response_message_ephemeral"] = message.ephemeral
        if kind in (ANSWER_MESSAGE, ANSWER_LATER, ANSWER_UPDATE):
            # A deferred response is a message as well, an empty one that loads.
            shown = ANSWER_UPDATE if kind == ANSWER_UPDATE else ANSWER_MESSAGE
            made["resource"] = {"type": shown, "message": payloads.message(message)}
    return made


def _interaction(call: Call) -> Interaction:
    if int(call.params["webhook_id"]) != call.world.application_id:
        raise unknown("Webhook")
    interaction = call.world.interactions.get(call.params["webhook_token"])
    if interaction is None or interaction.expired:
        raise token_expired()
    if not interaction.acknowledged:
        raise unknown("Webhook")
    return interaction


def _original(call: Call) -> Message:
    message = _interaction(call).message
    if message is None or message.deleted:
        raise unknown("Message")
    return message


@route("GET", ORIGINAL, public=True)
def get_original(call: Call) -> Answer:
    return 200, payloads.message(_original(call))


@route("PATCH", ORIGINAL, public=True)
def edit_original(call: Call) -> Answer:
    message = _original(call)
    change(call.world, message, call.body, call.files)
    return 200, payloads.message(message)


@route("DELETE", ORIGINAL, public=True)
def delete_original(call: Call) -> Answer:
    message = _original(call)
    call.world.message_goes(message)
    return 204, None


@route("POST", "/webhooks/{webhook_id}/{webhook_token}", public=True)
def follow_up(call: Call) -> Answer:
    interaction = _interaction(call)
    loading = interaction.message
    if interaction.answer_kind == ANSWER_LATER and loading is not None and loading.thinking and not loading.deleted:
        # Discord keeps this from older days: the first follow-up completes a deferred response.
        change(call.world, loading, call.body, call.files)
        return 200, payloads.message(loading)
    outside = interaction.guild is not None and not interaction.guild.installed
    if outside and len(interaction.followups) >= FOLLOWUPS_FROM_OUTSIDE:
        raise RefusalError(400, 40094, "This interaction has reached the maximum number of follow up messages.")
    seen_by = _seen_by(interaction, call.body)
    made = send(
        call.world,
        interaction.channel,
        call.body,
        call.files,
        seen_by=seen_by,
        interaction=interaction,
        kind=REPLY if interaction.message else 0,
        reference=interaction.message,
    )
    interaction.followups.append(made)
    return 200, payloads.message(made)


def _followup(call: Call) -> Message:
    interaction = _interaction(call)
    known = [one for one in (interaction.message, *interaction.followups) if one is not None and not one.deleted]
    message = next((one for one in known if str(one.id) == call.params["message_id"]), None)
    if message is None:
        raise unknown("Message")
    return message


@route("GET", OTHER, public=True)
def get_followup(call: Call) -> Answer:
    return 200, payloads.message(_followup(call))


@route("PATCH", OTHER, public=True)
def edit_followup(call: Call) -> Answer:
    message = _followup(call)
    change(call.world, message, call.body, call.files)
    return 200, payloads.message(message)


@route("DELETE", OTHER, public=True)
def delete_followup(call: Call) -> Answer:
    call.world.message_goes(_followup(call))
    return 204, None


@route("GET", "/webhooks/{webhook_id}/{webhook_token}", public=True)
def get_webhook(call: Call) -> Answer:
    """An interaction's webhook can be used, not read."""
    raise unauthorized()
