"""The few words around quotes. They name who speaks and what is missing; they claim nothing of their own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from corpus.attribution import same_person
from corpus.models import StatementKind
from corpus.store.text import Word
from retrieval.models import Citation, Reason
from retrieval.offices import is_title
from retrieval.question import Asks, Question

_LONGEST_NAME = 60

_KINDS_OF_VALUE = frozenset(
    "old long far big large tall high close deep fast soon often money died cost kind sort".split()
)
"""Words that ask for a value and need not stand beside it."""


def answer_text(question: Question, citations: Sequence[Citation]) -> str:
    """The answer as plain text: quotes in quote marks, each with its number.

    Where somebody's words are asked for, direct ones stand behind the name and others are called reported.
    """
    lines = []
    words_asked = question.asks_words or question.asks is Asks.WHO_SAID
    for lead, group in groupby(citations, key=lambda citation: _lead(citation, words_asked)):
        quotes = list(group)
        if lead:
            lines.append(f"{lead}: {_joined(quotes)}")
        else:
            lines += [f"“{quote.quote}” [{quote.number}]" for quote in quotes]
    return "\n".join(lines)


def _lead(citation: Citation, words_asked: bool) -> str:
    if citation.speaker is None:
        return ""
    if citation.kind is StatementKind.DIRECT:
        return citation.speaker
    if citation.relayed:
        return f"{citation.speaker}, relaying {citation.relayed}"
    return f"Reported of {citation.speaker}" if words_asked else ""


def decline_text(question: Question, why: Reason, words: Sequence[Word], speakers: Sequence[str], scope: str) -> str:
    """Why there is no answer, in one or two sentences."""
    missing = [
        word.printed
        for word in words
        if word.passages == 0 and word.printed in question.topic_words() and word.printed.lower() not in _KINDS_OF_VALUE
    ]
    if why is Reason.SPEAKER_SILENT and question.speaker:
        if speakers:
            return f"The articles quote {' or '.join(people(speakers)[:3])}, but not on that.{_not_mentioned(missing)}"
        asked = question.speaker
        if len(asked) > _LONGEST_NAME:
            asked = f"{asked[:_LONGEST_NAME].rstrip()}…"
        if is_title(asked):
            return f"The articles report no words of the {asked.removeprefix('the ')}."
        name_words = {part.lower() for part in question.speaker.split()}
        if any(word.passages for word in words if word.printed.lower() in name_words):
            return f"The articles mention {asked}, but report no words of theirs."
        return f"The articles do not mention {asked}."
    if why is Reason.OFF_TOPIC:
        return f"Nothing in these articles is about that. ({scope})"
    return f"The articles do not say.{_not_mentioned(missing)}"


def people(names: Sequence[str]) -> list[str]:
    """Each person once, by the fullest name: "Satya Nadella" for that and "Nadella"; pairs of people left aside."""
    found: list[str] = []
    for name in sorted((name for name in names if " and " not in name), key=len, reverse=True):
        if not any(same_person(name, other) for other in found):
            found.append(name)
    return found or list(names)


def full_name(speaker: str, names: Sequence[str]) -> str:
    """The fullest of ``names`` that means this speaker; their own where it could be that of several people."""
    same = people([speaker, *(name for name in names if same_person(speaker, name))])
    return same[0] if len(same) == 1 else speaker


def _not_mentioned(missing: Sequence[str]) -> str:
    if not missing:
        return ""
    return f" They do not mention {' or '.join(f'“{word}”' for word in missing[:3])}."


def _joined(quotes: Sequence[Citation]) -> str:
    parts = []
    for n, quote in enumerate(quotes):
        last_of_number = n + 1 == len(quotes) or quotes[n + 1].number != quote.number
        parts.append(f"“{quote.quote}”" + (f" [{quote.number}]" if last_of_number else " …"))
    return " ".join(parts)
