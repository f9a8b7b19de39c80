"""What a conversation keeps of an earlier question."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, Self

from corpus.attribution import people
from corpus.models import Block, PassageKind, Span
from retrieval.followups.phrases import theme_of, topics_of
from retrieval.followups.vocabulary import OFFICES
from retrieval.lexicon import normalise
from retrieval.models import Answer, Citation
from retrieval.question import MAX_CHARACTERS, understand

_MOST: Final = 8
"""Names, titles and topics kept of one turn each: a turn stays within a few hundred bytes."""

_LONGEST: Final = 200
"""Characters kept of one name or title."""

_READ: Final = 20_000
"""Characters of cited passages that are looked through for people."""


_APPOSED: Final = re.compile(r",\s+(?!and\b|but\b)((?:[\w’'-]+\s*){1,6})")
_BEFORE: Final = re.compile(r"([\w-]+),?\s+$")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question made to stand alone, and what it took from the conversation for that."""

    text: str
    """The question to ask, for people to read: "understood as ..."."""
    added: tuple[str, ...] = ()
    """Content words that were not typed, in order."""
    changed: bool = False
    """Whether ``text`` differs from what was typed."""
    topics: tuple[str, ...] = ()
    """What the question is about, what a next question would take up first standing first."""
    theme: str | None = None
    """What the conversation is about from its beginning."""
    loose: bool = False
    """Whether no word points back: what was added is what was talked of, and the question may have left it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of a conversation, and whom its answer cited. All that is kept can be written as JSON."""

    text: str
    """The stand-alone question, as it was asked of the articles."""
    names: tuple[str, ...] = ()
    """Names in the question."""
    speaker: str | None = None
    """Whose words it asked for."""
    topics: tuple[str, ...] = ()
    """What it was about, as typed, what is most likely to be taken up again first."""
    theme: str | None = None
    """What the conversation began with, carried from turn to turn."""
    speakers: tuple[str, ...] = ()
    """Speakers that the answer cited, in order."""
    titles: tuple[str, ...] = ()
    """Titles of the cited articles."""
    people: tuple[str, ...] = ()
    """People named in the cited quotes and then in the passages around them."""
    offices: tuple[tuple[str, str], ...] = ()
    """(office, person) as the cited passages print them: ``("spokesman", "Dmitry Peskov")``."""

    @classmethod
    def of(cls, asked: str | Resolved, answer: Answer | None = None) -> Self:
        """The turn of a question and its answer.

        ``asked`` is what :func:`~retrieval.followups.resolve` returned, or the bare text of a question that opens a
        conversation. A question that was declined leaves a turn without speakers.
        """
        resolved = asked if isinstance(asked, Resolved) else Resolved(asked)
        text = normalise(resolved.text[:MAX_CHARACTERS])
        question = understand(text)
        topics = resolved.topics or topics_of(text)
        citations = answer.citations if answer else ()
        speakers = dict.fromkeys(citation.speaker for citation in citations if citation.speaker)
        titles = dict.fromkeys(citation.article.title for citation in citations if citation.article.title)
        found = _people(citations)
        return cls(
            text,
            _kept(question.names),
            question.speaker[:_LONGEST] if question.speaker else None,
            _kept(topics),
            (resolved.theme or theme_of(text) or "")[:_LONGEST] or None,
            _kept(speakers),
            _kept(titles),
            _kept(found),
            _offices(citations, found)[:_MOST],
        )

    def as_dict(self) -> dict[str, Any]:
        """Values that JSON can write."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """A turn from what :meth:`as_dict` gave, possibly through JSON. Unknown keys are ignored.

        Raises:
            ValueError: a value is of another type than :meth:`as_dict` writes.
        """
        known = {field.name for field in fields(cls)}
        found: dict[str, Any] = {key: value for key, value in values.items() if key in known}
        for key in ("text", "speaker", "theme"):
            if not isinstance(found.get(key, ""), str | None) or (
                key == "text" and not isinstance(found.get(key), str)
            ):
                raise ValueError(f"A stored turn has no readable {key!r}; forget the conversation and start anew.")
        for key in ("names", "topics", "speakers", "titles", "people"):
            found[key] = _strings(key, found.get(key, ()))
        found["offices"] = tuple(_pair(value) for value in found.get("offices", ()))
        return cls(**found)


def _strings(key: str, values: Any) -> tuple[str, ...]:
    if not isinstance(values, list | tuple) or not all(isinstance(value, str) for value in values):
        raise ValueError(f"A stored turn has no readable {key!r}; forget the conversation and start anew.")
    return tuple(values)


def _pair(value: Any) -> tuple[str, str]:
    pair = _strings("offices", value)
    if len(pair) != 2:
        raise ValueError("A stored turn has no readable 'offices'; forget the conversation and start anew.")
    return pair[0], pair[1]


def _kept(values: Any) -> tuple[str, ...]:
    return tuple(value[:_LONGEST] for value in values)[:_MOST]


def _people(citations: Sequence[Citation]) -> tuple[str, ...]:
    """People named in the quotes, then those named beside them."""
    body = "\n\n".join(dict.fromkeys(citation.passage.text for citation in citations))[:_READ]
    blocks = [Block(1, 0, len(body), body, PassageKind.PARAGRAPH, (Span(0, len(body)),))]
    found = [person.name for person in people(body, blocks)] if body else []
    quotes = " ".join(citation.quote for citation in citations)
    return tuple(sorted(found, key=lambda name: _at(quotes, name)))


def _at(quotes: str, name: str) -> int:
    """Where a quote names somebody, by surname; after everything where none does."""
    at = quotes.find(name.split()[-1])
    return at if at >= 0 else len(quotes)


def _offices(citations: Sequence[Citation], names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """ "spokesman Dmitry Peskov" and "Peskov, the spokesman", as the cited passages print them."""
    found: dict[tuple[str, str], None] = {}
    for text in dict.fromkeys(citation.passage.text for citation in citations):
        for name in names:
            for match in re.finditer(rf"\b{re.escape(name)}\b", text):
                before = _BEFORE.search(text[max(0, match.start() - 40) : match.start()])
                after = _APPOSED.match(text, match.end())
                held = [before[1]] if before else []
                held += after[1].split() if after else []
                found.update(dict.fromkeys((word.lower(), name[:_LONGEST]) for word in held if word.lower() in OFFICES))
    return tuple(found)
