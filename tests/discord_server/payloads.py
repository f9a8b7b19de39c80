"""Objects as they travel: what the API answers and the gateway sends. Ids are strings there."""

from __future__ import annotations

from typing import Any

from tests.discord_server.clock import timestamp
from tests.discord_server.permissions import in_channel
from tests.discord_server.state import GROUP, REPLY, Channel, Guild, Member, Message, Role, User

Payload = dict[str, Any]


def user(who: User) -> Payload:
    made: Payload = {
        "id": str(who.id),
        "username": who.name.lower().replace(" ", "_"),
        "global_name": None if who.bot else who.name,
        "avatar": None,
        "discriminator": "0000" if who.bot else "0",
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
    }
    if who.bot:
        made["bot"] = True
    return made


def own_user(who: User) -> Payload:
    return user(who) | {"mfa_enabled": True, "locale": who.locale, "verified": True, "email": None}


def member(who: Member, with_user: bool = True) -> Payload:
    made: Payload = {
        "nick": who.nick,
        "avatar": None,
        "banner": None,
        "roles": [str(role.id) for role in who.roles],
        "joined_at": timestamp(who.joined_at),
        "premium_since": None,
        "communication_disabled_until": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
    }
    if with_user:
        made["user"] = user(who.user)
    return made


def role(one: Role) -> Payload:
    made: Payload = {
        "id": str(one.id),
        "name": one.name,
        "description": None,
        "permissions": str(one.permissions),
        "position": one.position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": one.managed_by is not None,
        "mentionable": one.mentionable,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }
    if one.managed_by is not None:
        made["tags"] = {"bot_id": str(one.managed_by)}
    return made


def channel(one: Channel) -> Payload:
    last = one.last_message
    made: Payload = {
        "id": str(one.id),
        "type": one.kind,
        "flags": 0,
        "last_message_id": str(last.id) if last else None,
    }
    if one.guild is None:
        made["recipients"] = [user(who) for who in one.recipients if who is not one.world.bot]
        if one.kind == GROUP:
            made |= {"name": one.name, "icon": None, "owner_id": str(one.recipients[0].id)}
        return made
    made |= {"guild_id": str(one.guild.id), "name": one.name}
    made["parent_id"] = str(one.parent.id) if one.parent else None
    made["rate_limit_per_user"] = 0
    if one.is_thread:
        return made | _thread_parts(one)
    return made | {
        "position": list(one.guild.channels).index(one.id) if one.id in one.guild.channels else 0,
        "topic": None,
        "nsfw": one.nsfw,
        "permission_overwrites": [
            {
                "id": str(target),
                "type": 0 if target in one.guild.roles else 1,
                "allow": str(each.allow),
                "deny": str(each.deny),
            }
            for target, each in one.overwrites.items()
        ],
    }


def _thread_parts(thread: Channel) -> Payload:
    return {
        "owner_id": str(thread.owner.id) if thread.owner else "0",
        "thread_metadata": {
            "archived": thread.archived,
            "archive_timestamp": timestamp(thread.created_at),
            "auto_archive_duration": 1440,
            "locked": thread.locked,
            "create_timestamp": timestamp(thread.created_at),
        },
        "message_count": len(thread.messages),
        "member_count": len(thread.thread_members),
        "total_message_sent": len(thread.messages),
    }


def thread_member(thread: Channel, user_id: int) -> Payload:
    return {
        "id": str(thread.id),
        "user_id": str(user_id),
        "join_timestamp": timestamp(thread.thread_members[user_id]),
        "flags": 0,
    }


def channel_in_interaction(one: Channel, who: User) -> Payload:
    """The channel of an interaction says what its user may do there."""
    return channel(one) | {"permissions": str(in_channel(one, who))}


def guild(one: Guild) -> Payload:
    return {
        "id": str(one.id),
        "name": one.name,
        "icon": None,
        "description": None,
        "home_header": None,
        "splash": None,
        "discovery_splash": None,
        "banner": None,
        "owner_id": str(one.owner.id),
        "application_id": None,
        "region": "deprecated",
        "afk_channel_id": None,
        "afk_timeout": 300,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "widget_enabled": False,
        "widget_channel_id": None,
        "verification_level": 0,
        "roles": [role(each) for each in one.roles.values()],
        "default_message_notifications": 0,
        "mfa_level": 0,
        "explicit_content_filter": 0,
        "max_presences": None,
        "max_members": 500_000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "vanity_url_code": None,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": one.locale,
        "rules_channel_id": None,
        "safety_alerts_channel_id": None,
        "public_updates_channel_id": None,
        "premium_progress_bar_enabled": False,
        "nsfw": False,
        "nsfw_level": 0,
        "emojis": [],
        "stickers": [],
        "features": [],
        "incidents_data": None,
    }


def guild_create(one: Guild) -> Payload:
    """For a bot without the members intent: it finds nobody but itself in it."""
    me = one.bot_member
    visible = [each for each in one.channels.values() if me and in_channel(each, me.user)]
    return guild(one) | {
        "joined_at": timestamp(me.joined_at if me else None),
        "large": False,
        "member_count": len(one.members),
        "voice_states": [],
        "members": [member(me)] if me else [],
        "channels": [channel(each) for each in visible if not each.is_thread],
        "threads": [channel(each) for each in visible if each.is_thread and not each.archived],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def message(one: Message, nested: bool = True) -> Payload:
    """In full: what a bot may read of it is decided in :mod:`visibility`."""
    made: Payload = {
        "id": str(one.id),
        "type": one.kind,
        "channel_id": str(one.channel.id),
        "author": user(one.author),
        "content": one.content,
        "timestamp": timestamp(one.created_at),
        "edited_timestamp": timestamp(one.edited_at) if one.edited_at else None,
        "tts": one.tts,
        "mention_everyone": one.mention_everyone,
        "mentions": [user(who) for who in one.mentions],
        "mention_roles": [str(each.id) for each in one.mention_roles],
        "attachments": one.attachments,
        "embeds": one.embeds,
        "components": one.components,
        "pinned": False,
        "flags": one.flags,
    }
    if one.nonce is not None:
        made["nonce"] = one.nonce
    if one.interaction is not None:
        application = str(one.channel.world.application_id)
        made |= {"application_id": application, "webhook_id": application}
        made["interaction_metadata"] = one.interaction.metadata(one)
        if one.interaction.command_name:
            made["interaction"] = {
                "id": str(one.interaction.id),
                "type": 2,
                "name": one.interaction.command_name,
                "user": user(one.interaction.user),
            }
    if one.thread is not None:
        made["thread"] = channel(one.thread)
    if one.reference is not None:
        made["message_reference"] = {
            "type": 0,
            "message_id": str(one.reference.id),
            "channel_id": str(one.reference.channel.id),
        }
        if one.reference.channel.guild:
            made["message_reference"]["guild_id"] = str(one.reference.channel.guild.id)
        if nested and one.kind == REPLY:
            made["referenced_message"] = None if one.reference.deleted else message(one.reference, nested=False)
    return made
