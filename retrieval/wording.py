"""The few words around quotes. They name who speaks and what is missing; they claim nothing of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from corpus.attribution import same_person
from corpus.models import StatementKind
from retrieval.models import Citation, Reason
from retrieval.offices import is_title
from retrieval.question import Asks, Question
from retrieval.retriever import Found

_LONGEST_NAME = 60
_LONGEST_OCCASION = 100

_ABOUT = re.compile(
    r"\b(?:about|on|regarding|concerning)\s+((?!(?:that|this|it|him|her|them)\b).+?)\s*[?.!]*$", re.IGNORECASE
)

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
        # What is shown is the bare utterance: on which occasion, and through whom, is told beside it.
        via = f" (through {citation.via})" if citation.via else ""
        occasion = citation.occasion if citation.occasion and len(citation.occasion) <= _LONGEST_OCCASION else None
        return f"{citation.speaker}{via}" + (f", {occasion}" if occasion else "")
    if citation.relayed:
        return f"{citation.speaker}, relaying {citation.relayed}"
    return f"Reported of {citation.speaker}" if words_asked else ""


def decline_text(question: Question, why: Reason, found: Found, scope: str, others: Sequence[str] = ()) -> str:
    """Why there is no answer, in one or two sentences: what is missing is named, and who else spoke of it."""
    if why is Reason.SPEAKER_SILENT and question.speaker:
        spoke = f" {_and(others)} {'is' if len(others) == 1 else 'are'} quoted on it." if others else ""
        return f"{_silence(question, question.speaker, found)}{_missing(question, found)}{spoke}"
    if why is Reason.OFF_TOPIC:
        return f"Nothing in these articles is about that. ({scope})"
    here = [name for name, present in found.names.items() if present]
    missing = _missing(question, found)
    if here and missing:
        # "The articles mention Jens Stoltenberg, but not Sweden."
        return f"The articles mention {_and(here[:3])}, but do not say that.{missing}"
    return f"The articles do not say.{missing}"


def _silence(question: Question, asked: str, found: Found) -> str:
    if found.speakers:
        return f"The articles quote {' or '.join(people(found.speakers)[:3])}, but not on {_topic(question)}."
    if len(asked) > _LONGEST_NAME:
        asked = f"{asked[:_LONGEST_NAME].rstrip()}…"
    if is_title(asked):
        return f"The articles report no words of the {asked.removeprefix('the ')}."
    parts = {part.lower() for part in asked.split()}
    if f" the {asked} " in f" {question.text} ":
        asked = f"the {asked}"  # "the union", as it was typed
    if any(word.passages for word in found.words if word.printed.lower() in parts):
        return f"The articles mention {asked}, but report no words of theirs."
    return f"The articles do not mention {asked}."


def _topic(question: Question) -> str:
    """What the words were to be about, as typed; "that" where it is long or nothing is named."""
    match = _ABOUT.search(question.text)
    topic = match[1].strip() if match else ""
    return topic if 0 < len(topic) <= _LONGEST_NAME and not question.pronoun else "that"


def _missing(question: Question, found: Found) -> str:
    """Names, other words and outlets of the question that no article has."""
    own = {part.lower() for part in (question.speaker or "").split()}
    names = [name for name, here in found.names.items() if not here and not {p.lower() for p in name.split()} & own]
    in_names = {part for name in names for part in name.split()}
    words = [
        word.printed
        for word in found.words
        if word.passages == 0
        and word.printed in question.topic_words()
        and word.printed not in in_names
        and word.printed.lower() not in _KINDS_OF_VALUE
    ]
    sentences = []
    if names or words:
        sentences.append(f" They do not mention {' or '.join(f'“{word}”' for word in (*names, *words)[:3])}.")
    if found.outlets.absent:
        sentences.append(f" None of them is from {' or '.join(found.outlets.absent[:3])}.")
    return "".join(sentences)


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


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


def _joined(quotes: Sequence[Citation]) -> str:
    parts = []
    for n, quote in enumerate(quotes):
        last_of_number = n + 1 == len(quotes) or quotes[n + 1].number != quote.number
        parts.append(f"“{quote.quote}”" + (f" [{quote.number}]" if last_of_number else " …"))
    return " ".join(parts)
