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

from corpus.attribution.matching import same_person
from corpus.attribution.names import Person
from corpus.attribution.statements import attribute, people

__all__ = ["Person", "attribute", "people", "same_person"]
