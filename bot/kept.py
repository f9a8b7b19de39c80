"""What the bot keeps of an answer that it has shown: enough to open, check and share it later, and no more."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from retrieval.followups import Turn
from retrieval.models import Answer, Citation, Hit


@dataclass(frozen=True, slots=True)
class KeptCitation:
    """A quote as it was shown, by where it stood: what ``/verify`` compares and the buttons open."""

    number: int
    collection: str
    article_id: str
    revision: int
    passage_id: int
    paragraph: int
    start: int
    end: int
    quote: str
    speaker: str | None
    kind: str | None
    relayed: str | None
    title: str | None
    """As shown then: a removed article can still be named."""
    outlet: str | None
    published_at: str | None
    also: tuple[str, ...] = ()
    """Ids of other articles that printed the same words."""

    @classmethod
    def of(cls, citation: Citation) -> Self:
        """What is kept of a citation."""
        article, passage = citation.article, citation.passage
        return cls(
            citation.number, citation.collection, article.id, passage.revision, passage.id, passage.ordinal,
            citation.start, citation.end, citation.quote, citation.speaker,
            None if citation.kind is None else citation.kind.value, citation.relayed,
            article.title, article.outlet, article.published_at, tuple(other.id for other in citation.also),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class KeptHit:
    """A passage that was found, by its address alone."""

    collection: str
    article_id: str
    revision: int
    passage_id: int

    @classmethod
    def of(cls, hit: Hit) -> Self:
        """What is kept of a hit."""
        return cls(hit.collection, hit.article.id, hit.passage.revision, hit.passage.id)


@dataclass(frozen=True, slots=True)
class Words:
    """What tells of the question; forgotten after a day, while quotes and their places stay."""

    typed: str
    asked: str
    """What was asked of the articles: the stand-alone form of a follow-up."""
    text: str
    notes: tuple[str, ...]
    turns: tuple[Turn, ...]
    """The conversation up to this answer, the oldest first: what a follow-up is resolved against."""
    others: tuple[int, ...] = ()
    """People beside the asker whose words are among these; gone when one of them is forgotten."""


@dataclass(frozen=True, slots=True)
class Held:
    """How much of a person is kept."""

    answers: int
    """That they asked for, claims that they had checked among them."""
    questions: int
    """Of their conversations."""
    lookups: int
    """Lists and articles that they opened."""
    opinions: int
    elsewhere: int
    """Answers of others in which words of theirs stand, since somebody went on from them or had them checked."""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer in the bot's own record."""

    key: str
    """Part of the ids of its buttons."""
    asked_at: float
    """Seconds since 1970."""
    asker: int
    channel: int
    guild: int | None
    """None in direct messages."""
    private: bool
    outcome: str
    reason: str | None
    citations: tuple[KeptCitation, ...]
    hits: tuple[KeptHit, ...]
    words: Words | None
    """None once the day is over."""
    message: int | None = None
    """Under which it stands; None until it is sent."""

    @classmethod
    def of(
        cls, answer: Answer, *, key: str, asked_at: float, asker: int, channel: int, guild: int | None, private: bool,
        typed: str, turns: tuple[Turn, ...], others: tuple[int, ...] = (),
    ) -> Self:  # fmt: skip
        """What is kept of an answer."""
        return cls(
            key, asked_at, asker, channel, guild, private, answer.outcome.value,
            None if answer.reason is None else answer.reason.value,
            tuple(KeptCitation.of(citation) for citation in answer.citations),
            tuple(KeptHit.of(hit) for hit in answer.hits),
            Words(typed, answer.question, answer.text, answer.notes, turns, others),
        )  # fmt: skip


def citations_as_json(citations: tuple[KeptCitation, ...]) -> str:
    """As a column of the record."""
    return json.dumps([asdict(citation) for citation in citations])


def citations_from_json(text: str) -> tuple[KeptCitation, ...]:
    """From a column of the record."""
    return tuple(KeptCitation(**{**row, "also": tuple(row["also"])}) for row in json.loads(text))


def hits_as_json(hits: tuple[KeptHit, ...]) -> str:
    """As a column of the record."""
    return json.dumps([asdict(hit) for hit in hits])


def hits_from_json(text: str) -> tuple[KeptHit, ...]:
    """From a column of the record."""
    return tuple(KeptHit(**row) for row in json.loads(text))


def words_as_json(words: Words) -> str:
    """As a column of the record."""
    return json.dumps({**_plain(words), "turns": [turn.as_dict() for turn in words.turns]})


def words_from_json(text: str) -> Words:
    """From a column of the record."""
    row = json.loads(text)
    return Words(
        row["typed"], row["asked"], row["text"], tuple(row["notes"]),
        tuple(Turn.from_dict(turn) for turn in row["turns"]), tuple(row.get("others", ())),
    )  # fmt: skip


def _plain(words: Words) -> Mapping[str, Any]:
    return {
        "typed": words.typed,
        "asked": words.asked,
        "text": words.text,
        "notes": words.notes,
        "others": words.others,
    }
