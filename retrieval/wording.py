"""The few words around quotes. They name who speaks and what is missing; they claim nothing of their own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from corpus.models import StatementKind
from corpus.store.text import Word
from retrieval.models import Citation, Reason
from retrieval.question import Asks, Question


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
    missing = [word.printed for word in words if word.passages == 0 and word.printed in question.topic_words()]
    if why is Reason.SPEAKER_SILENT and question.speaker:
        if speakers:
            names = " or ".join(speakers[:2])
            return f"The articles quote {names}, but not on that.{_not_mentioned(missing)}"
        name_words = {part.lower() for part in question.speaker.split()}
        known = any(word.passages for word in words if word.printed.lower() in name_words)
        if known:
            return f"The articles mention {question.speaker}, but report no words of theirs on that."
        return f"The articles do not mention {question.speaker}."
    if why is Reason.OFF_TOPIC:
        return f"Nothing in these articles is about that. ({scope})"
    return f"The articles do not say.{_not_mentioned(missing)}"


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
