"""What the worker can be asked to do: a closed set of frozen values that can travel to another process.

A job names the collections that it may read (``visibility.py``) and carries itself out at the desk. To add one,
write a dataclass here with a ``run`` that returns a value that can be pickled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

from bot import pictures
from bot.kept import KeptCitation, KeptHit
from bot.pictures import Picture
from corpus.errors import ArticleNotFoundError
from corpus.models import Article, Passage, StatementKind
from corpus.store import Store
from corpus.store.articles import ArticleSummary
from retrieval.asking import Options
from retrieval.claims import ClaimCheck, ClaimChecker
from retrieval.conversation import ask_in_turn
from retrieval.followups import Turn
from retrieval.links import deep_link
from retrieval.models import Answer, Citation, Hit, Signals

if TYPE_CHECKING:
    from bot.desk import Desk

T_co = TypeVar("T_co", covariant=True)


class Job(Generic[T_co]):
    """Base of all jobs; ``T_co`` is what comes back."""

    __slots__ = ()

    @property
    def asks(self) -> tuple[str, ...]:
        """The questions that it is going to ask, as far as that is known beforehand."""
        return ()

    def run(self, desk: Desk) -> T_co:
        """Carry it out, in the worker."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer, and what the conversation keeps of it."""

    answer: Answer
    turn: Turn
    understood: str | None
    """The question as it was understood from the conversation, where that differs from what was typed."""
    picture: Picture | None = None
    """A chart of the figures, where it says more than their table."""


@dataclass(frozen=True, slots=True)
class AskJob(Job[Asked]):
    """Answer a question; ``turns`` are the conversation that it may point back to."""

    question: str
    options: Options
    collections: tuple[str, ...]
    turns: tuple[Turn, ...] = ()
    draws: bool = False
    """Whether a picture can be shown."""

    @property
    def asks(self) -> tuple[str, ...]:
        """In a conversation the articles tell what is asked."""
        return () if self.turns else (self.question,)

    def run(self, desk: Desk) -> Asked:
        """See :class:`Job`."""
        asker = desk.reading(self.collections).asker
        resolved, answer = ask_in_turn(asker, self.question, self.turns, self.options)
        picture = pictures.of_figures(answer.question, answer.figures) if self.draws else None
        return Asked(answer, Turn.of(resolved, answer), resolved.text if resolved.changed else None, picture)


@dataclass(frozen=True, slots=True)
class CheckJob(Job[ClaimCheck]):
    """See how a claim stands in the articles."""

    claim: str
    collections: tuple[str, ...]

    def run(self, desk: Desk) -> ClaimCheck:
        """See :class:`Job`."""
        reading = desk.reading(self.collections)
        return ClaimChecker(reading.library.collections, desk.wiring.encoder).check(self.claim)


@dataclass(frozen=True, slots=True)
class Names:
    """What can be completed while somebody types."""

    speakers: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    articles: tuple[tuple[str, str], ...] = ()
    """(id, title or id), newest first."""


@dataclass(frozen=True, slots=True)
class NamesJob(Job[Names]):
    """All names in the collections, the most frequent first."""

    collections: tuple[str, ...]

    def run(self, desk: Desk) -> Names:
        """See :class:`Job`."""
        from bot import lookups

        stores = list(desk.reading(self.collections).stores.values())
        outlets = dict.fromkeys(outlet for store in stores for outlet in store.articles.outlets())
        articles = [article for store in stores for article in store.articles.listed()]
        return Names(
            tuple(name for name, _ in lookups.speakers(stores)),
            tuple(outlets),
            tuple((article.id, article.title or article.id) for article in articles),
        )


class Standing(StrEnum):
    """How a quote that was shown stands in the articles today."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"  # the article was revised; in its newest revision the quote is not printed at all
    MOVED = "moved"  # the article was revised, and the quote still stands in it
    REMOVED = "removed"  # the article is gone, or not to be seen from here


@dataclass(frozen=True, slots=True)
class Rechecked:
    """One quote of an earlier answer, looked up again."""

    kept: KeptCitation
    standing: Standing
    citation: Citation | None
    """The quote with its article as it is today; None where it does not stand there any more."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """An earlier answer, looked up again."""

    citations: tuple[Rechecked, ...]
    hits: tuple[Hit, ...]
    """The passages found then that are live today."""


@dataclass(frozen=True, slots=True)
class RecallJob(Job[Recalled]):
    """Look up what an earlier answer showed: nothing is shown again that does not stand in the articles today."""

    collections: tuple[str, ...]
    citations: tuple[KeptCitation, ...]
    hits: tuple[KeptHit, ...] = ()

    def run(self, desk: Desk) -> Recalled:
        """See :class:`Job`."""
        stores = desk.reading(self.collections).stores
        return Recalled(tuple(_recheck(kept, stores) for kept in self.citations), tuple(_live_hits(self.hits, stores)))


@dataclass(frozen=True, slots=True)
class Context:
    """A cited paragraph with its neighbours."""

    rechecked: tuple[Rechecked, ...]
    """The quotes from the paragraph; at least one."""
    passages: tuple[Passage, ...]
    """Empty where none of the quotes stands any more."""


@dataclass(frozen=True, slots=True)
class ContextJob(Job[tuple[Context, ...]]):
    """The paragraphs around quotes, one context a number."""

    collections: tuple[str, ...]
    citations: tuple[KeptCitation, ...]

    def run(self, desk: Desk) -> tuple[Context, ...]:
        """See :class:`Job`."""
        stores = desk.reading(self.collections).stores
        groups: dict[int, list[Rechecked]] = {}
        for kept in self.citations:
            groups.setdefault(kept.number, []).append(_recheck(kept, stores))
        return tuple(Context(tuple(group), _neighbours(group, stores)) for group in groups.values())


def _neighbours(group: Sequence[Rechecked], stores: dict[str, Store]) -> tuple[Passage, ...]:
    standing = [found.citation for found in group if found.citation is not None]
    if not standing:
        return ()
    passage = standing[0].passage
    every = stores[standing[0].collection].articles.passages(passage.article_id, passage.revision)
    return tuple(other for other in every if abs(other.ordinal - passage.ordinal) <= 1)


def _recheck(kept: KeptCitation, stores: dict[str, Store]) -> Rechecked:
    store = stores.get(kept.collection)
    if store is None:
        return Rechecked(kept, Standing.REMOVED, None)
    with store.snapshot():
        try:
            article = store.articles.get(kept.article_id)
        except ArticleNotFoundError:
            return Rechecked(kept, Standing.REMOVED, None)
        if article.revision == kept.revision and article.body[kept.start : kept.end] == kept.quote:
            citation = _citation(kept, article, kept.start, store)
            return Rechecked(kept, Standing.UNCHANGED if citation else Standing.CHANGED, citation)
        at = article.body.find(kept.quote)
        citation = _citation(kept, article, at, store) if at >= 0 else None
        return Rechecked(kept, Standing.MOVED if citation else Standing.CHANGED, citation)


def _citation(kept: KeptCitation, article: Article, start: int, store: Store) -> Citation | None:
    end = start + len(kept.quote)
    around = [
        passage
        for passage in store.articles.passages(article.id, article.revision)
        if passage.start <= start and end <= passage.end
    ]
    if not around:
        return None
    passage = around[0]
    summary = ArticleSummary(
        article.id, article.revision, article.title, article.outlet, article.author, article.url,
        article.published_at, 0,
    )  # fmt: skip
    return Citation(
        kept.number, store.collection, summary, passage, start, end, kept.quote,
        deep_link(article.url, article.body, start, end), kept.speaker,
        None if kept.kind is None else StatementKind(kept.kind), kept.relayed,
        tuple(store.articles.summaries(kept.also)),
    )  # fmt: skip


def _live_hits(kept: Sequence[KeptHit], stores: dict[str, Store]) -> list[Hit]:
    found: list[Hit] = []
    for hit in kept:
        store = stores.get(hit.collection)
        if store is None:
            continue
        passage = store.articles.live_passages([hit.passage_id]).get(hit.passage_id)
        summaries = store.articles.summaries([hit.article_id])
        if passage is not None and passage.article_id == hit.article_id and summaries:
            found.append(Hit(hit.collection, passage, summaries[0], len(found) + 1, 0.0, Signals(), {}))
    return found
