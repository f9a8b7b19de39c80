"""Conversations: the last questions of one person in one place, so that a follow-up can be understood.

A place is a channel, a thread or a direct message. Nothing is ever read across people or places; what was asked
more than a day ago is forgotten.
"""

from __future__ import annotations

from bot.clerk import Clerk
from retrieval.followups import Turn


class Conversations:
    """Reads and keeps turns in the bot's record."""

    def __init__(self, clerk: Clerk) -> None:
        self._clerk = clerk

    async def load(self, person: int, place: int) -> tuple[Turn, ...]:
        """The last three turns of a day, the oldest first."""
        return await self._clerk.do(lambda people: people.turns(person, place))

    async def save(self, person: int, place: int, turn: Turn) -> None:
        """One turn more."""
        await self._clerk.do(lambda people: people.add_turn(person, place, turn))
