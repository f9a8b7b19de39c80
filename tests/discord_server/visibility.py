"""What of a message reaches the bot: events it hears of, and how much of them without the message content intent."""

from __future__ import annotations

from tests.discord_server import payloads
from tests.discord_server.payloads import Payload
from tests.discord_server.permissions import READ_MESSAGE_HISTORY, VIEW_CHANNEL, may
from tests.discord_server.state import Channel, Message

GUILDS, GUILD_MEMBERS, GUILD_PRESENCES = 1 << 0, 1 << 1, 1 << 8
GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1 << 9, 1 << 12, 1 << 15
PRIVILEGED = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT


def hears(channel: Channel) -> bool:
    """Whether the bot gets events about messages here at all."""
    return may(channel, channel.world.bot, VIEW_CHANNEL)


def reads(message: Message, intents: int) -> bool:
    """Discord's exceptions: own messages, direct messages, messages that mention the bot."""
    bot = message.channel.world.bot
    return bool(
        intents & MESSAGE_CONTENT
        or message.author is bot
        or message.channel.is_bot_dm
        # Not a role of the bot, not @everyone. A reply that pings has the author among its mentions.
        or bot in message.mentions
    )


def message_for_bot(message: Message, intents: int) -> Payload:
    """The message, emptied where the bot may not read it; the message it answers is judged for itself."""
    made = payloads.message(message)
    if not reads(message, intents):
        _empty(made)
    referenced = made.get("referenced_message")
    if referenced and message.reference and not reads(message.reference, intents):
        _empty(referenced)
    return made


def message_event(message: Message, intents: int) -> Payload:
    """What MESSAGE_CREATE and MESSAGE_UPDATE add."""
    made = message_for_bot(message, intents)
    channel = message.channel
    made["channel_type"] = channel.kind
    if channel.guild is not None:
        made["guild_id"] = str(channel.guild.id)
        for mentioned in made["mentions"]:
            member = channel.guild.members.get(int(mentioned["id"]))
            if member is not None:
                mentioned["member"] = payloads.member(member, with_user=False)
        author = channel.guild.members.get(message.author.id)
        if author is not None and message.interaction is None:
            made["member"] = payloads.member(author, with_user=False)
    return made


def intent_for(channel: Channel) -> int:
    return DIRECT_MESSAGES if channel.guild is None else GUILD_MESSAGES


def may_fetch(channel: Channel) -> bool:
    return may(channel, channel.world.bot, VIEW_CHANNEL | READ_MESSAGE_HISTORY)


def _empty(made: Payload) -> None:
    made.update(content="", embeds=[], attachments=[], components=[])
    made.pop("poll", None)
