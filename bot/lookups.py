"""What a person looks up beside asking: one article, the list of them, somebody's words."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.errors import UsageError
from bot.render.lines import shortened
from corpus.errors import ArticleNotFoundError
from corpus.models import Article, Passage
from corpus.people import merge
from corpus.store import Filters, Store
from corpus.store.articles import ArticleSummary
from retrieval.asking import Asker, Options
from retrieval.models import Citation
from retrieval.record import names_on_record, quotes_of

_MOST_ABOUT = 50
"""Quotes of one person on one topic shown at most."""


@dataclass(frozen=True, slots=True)
class Record:
    """What is on record of a speaker."""

    names: tuple[str, ...]
    """The names found for the one asked for; empty when nobody of that name is on record."""
    quotes: tuple[Citation, ...]
    sentence: str | None
    """Why there is nothing, when there is nothing."""


def article(stores: Sequence[Store], article_id: str, revision: int | None = None) -> tuple[Article, list[Passage]]:
    """One article with its paragraphs, from the first collection that has it.

    Raises :class:`ArticleNotFoundError` when none has.
    """
    missing: ArticleNotFoundError | None = None
    for store in stores:
        with store.snapshot():
            try:
                found = store.articles.get(article_id, revision)
            except ArticleNotFoundError as error:
                # "It was removed" says more than "there is none".
                if missing is None or store.articles.fate(article_id) is not None:
                    missing = error
                continue
            return found, store.articles.passages(found.id, found.revision)
    assert missing is not None, "at least one collection is always open"
    raise missing


def sources(stores: Sequence[Store], filters: Filters, query: str | None = None) -> list[tuple[str, ArticleSummary]]:
    """(collection, article) of all articles that match, newest first within each collection."""
    return [(store.collection, found) for store in stores for found in store.articles.listed(filters, query)]


def record(stores: Sequence[Store], speaker: str, filters: Filters) -> Record:
    """Everything that a person said in the articles."""
    names = tuple(names_on_record(speaker, stores))
    if not names:
        return Record((), (), _nobody(stores, speaker))
    quotes = tuple(quotes_of(names, stores, filters))
    return Record(names, quotes, None if quotes else "No article matches the outlets or dates that were set.")


def record_about(asker: Asker, stores: Sequence[Store], speaker: str, about: str, options: Options) -> Record:
    """What a person said about something, best first."""
    names = tuple(names_on_record(speaker, stores))
    if not names:
        return record(stores, speaker, Filters())
    answer = asker.ask(f"What did {names[0]} say about {about}?", replace(options, most=_MOST_ABOUT))
    quotes = tuple(citation for citation in answer.citations if citation.speaker in names)
    return Record(names, quotes, None if quotes else answer.text)


def speakers(stores: Sequence[Store]) -> list[tuple[str, int]]:
    """Everyone on record with the number of statements, most first; one person under one name."""
    people = merge(counted for store in stores for counted in store.articles.speakers())
    return [(person.name, person.statements) for person in people]


def alike(stores: Sequence[Store], speaker: str) -> list[str]:
    """Up to three people on record whom somebody may have meant."""
    wanted = speaker.lower()
    known = [name for name, _ in speakers(stores)]
    begun = [name for name in known if wanted and any(word.startswith(wanted) for word in name.lower().split())]
    by_word = {word: name for name in reversed(known) for word in (name.lower(), *name.lower().split())}
    close = [by_word[word] for word in difflib.get_close_matches(wanted, by_word, n=3, cutoff=0.75)]
    return list(dict.fromkeys([*begun, *close]))[:3]


def _nobody(stores: Sequence[Store], speaker: str) -> str:
    near = alike(stores, speaker)
    hint = f"did you mean {' or '.join(near)}?" if near else "list who is on record with: dateline quotes"
    return f"The articles report no words of {shortened(speaker, 60)}; {hint}"


def parse_day(text: str | None, what: str) -> str | None:
    """A date as a person types it for an option; only whole ISO dates are taken."""
    if text is None:
        return None
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            raise ValueError("form")
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise UsageError(f"{what} is {text!r}; give a date as YYYY-MM-DD, for example 2022-02-08.") from error


def parse_days(since: str | None, until: str | None, prefix: str = "--") -> tuple[str | None, str | None]:
    """Both ends of a range, in order."""
    first, last = parse_day(since, f"{prefix}since"), parse_day(until, f"{prefix}until")
    if first and last and first > last:
        raise UsageError(f"{prefix}since {first} is after {prefix}until {last}; swap them.")
    return first, last
