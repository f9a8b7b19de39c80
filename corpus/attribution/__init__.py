"""Who said what, by rules and from the text alone: no model, and time linear in the length of the text.

:func:`attribute` finds the statements of an article, :func:`people` the people it names, and
:func:`same_person` says whether an asked name can mean a speaker.

The parts, from the text upwards: ``quotes`` (marks), ``items`` (words, each quote one of them), ``units`` (sentences);
``runs`` and ``names`` (who is named), ``offices``, ``matching`` and ``spellings`` (names compared); ``phrases`` and
``lists`` (noun phrases), ``cues`` (reporting verbs and their subjects), ``complements``, ``contents`` and ``clauses``
(what they report), ``relays`` (who reports whom); ``speakers`` (whom a subject means); ``asides``, ``addressees``,
``occasions`` and ``scenes`` (to whom, by whom, at what event); ``voices`` and ``signatures`` (quotes without a cue);
``transcripts``, ``posts`` and ``shouting`` (text that is no ordinary article); ``validity`` and ``settling`` (who can
speak at all); ``reader`` (all of it, sentence by sentence); ``vocabulary`` (the word lists).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.attribution.matching import same_person

if TYPE_CHECKING:
    from corpus.attribution.names import Person
    from corpus.models import Block, Statement

__all__ = ["attribute", "people", "same_person"]


def attribute(body: str, blocks: Sequence[Block]) -> tuple[Statement, ...]:
    """See :func:`corpus.attribution.statements.attribute`."""
    # Imported here: who only compares names does without the rules for reading.
    from corpus.attribution import statements

    return statements.attribute(body, blocks)


def people(body: str, blocks: Sequence[Block]) -> tuple[Person, ...]:
    """See :func:`corpus.attribution.statements.people`."""
    from corpus.attribution import statements

    return statements.people(body, blocks)
