"""Who may do what where, computed as Discord documents it: guild roles, then overwrites of the channel."""

from __future__ import annotations

from tests.discord_server.state import Channel, Guild, Member, Overwrite, User

ADMINISTRATOR = 1 << 3
ADD_REACTIONS = 1 << 6
VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
MANAGE_MESSAGES = 1 << 13
EMBED_LINKS = 1 << 14
ATTACH_FILES = 1 << 15
READ_MESSAGE_HISTORY = 1 << 16
MENTION_EVERYONE = 1 << 17
USE_APPLICATION_COMMANDS = 1 << 31
MANAGE_THREADS = 1 << 34
CREATE_PUBLIC_THREADS = 1 << 35
CREATE_PRIVATE_THREADS = 1 << 36
SEND_MESSAGES_IN_THREADS = 1 << 38
USE_EXTERNAL_APPS = 1 << 50
MANAGE_GUILD = 1 << 5
KICK_MEMBERS = 1 << 1

ALL = (1 << 53) - 1
USUAL = (
    VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | ADD_REACTIONS
    | USE_APPLICATION_COMMANDS
    | CREATE_PUBLIC_THREADS
    | CREATE_PRIVATE_THREADS
    | SEND_MESSAGES_IN_THREADS
    | USE_EXTERNAL_APPS
)
"""What @everyone has in a new server."""
IN_PRIVATE = (
    VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | ADD_REACTIONS
    | USE_APPLICATION_COMMANDS
    | MENTION_EVERYONE
    | USE_EXTERNAL_APPS
)


def in_guild(guild: Guild, member: Member) -> int:
    """What the roles give, before any channel has its say."""
    if member.user is guild.owner:
        return ALL
    granted = guild.everyone.permissions
    for role in member.roles:
        granted |= role.permissions
    return ALL if granted & ADMINISTRATOR else granted


def in_channel(channel: Channel, user: User) -> int:
    """All that ``user`` may do in ``channel``; 0 where somebody does not belong."""
    guild = channel.guild
    if guild is None:
        return IN_PRIVATE if user in channel.recipients else 0
    member = guild.members.get(user.id)
    if member is None:
        return 0
    granted = in_guild(guild, member)
    if granted & ADMINISTRATOR:
        return granted
    # A thread has the permissions of the channel it hangs under.
    overwrites = (channel.parent or channel).overwrites if channel.is_thread else channel.overwrites
    for_everyone = overwrites.get(guild.id, Overwrite())
    granted = granted & ~for_everyone.deny | for_everyone.allow
    of_roles = [overwrites[role.id] for role in member.roles if role.id in overwrites]
    for each in of_roles:
        granted &= ~each.deny
    for each in of_roles:
        granted |= each.allow
    own = overwrites.get(user.id, Overwrite())
    granted = granted & ~own.deny | own.allow
    if not granted & VIEW_CHANNEL:
        return 0
    if channel.is_thread:
        writing = granted & SEND_MESSAGES_IN_THREADS
        granted = granted | SEND_MESSAGES if writing else granted & ~SEND_MESSAGES
    return granted


def may(channel: Channel, user: User, needed: int) -> bool:
    return in_channel(channel, user) & needed == needed
