"""The check that stands between a found span and a shown quote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.edits import spans_agree
from corpus.errors import CorpusError
from corpus.models import Article, Passage, Statement, StatementKind
from corpus.store import Store
from corpus.store.articles import ArticleSummary
from retrieval.links import deep_link
from retrieval.models import Citation
from retrieval.retriever import Candidate


@dataclass(frozen=True, slots=True)
class Span:
    """Words that are to be shown, before they are checked."""

    candidate: Candidate
    start: int
    end: int
    score: float
    cosine: float
    """Of the question and the sentence that the words stand in."""
    speaker: str | None
    kind: StatementKind | None
    relayed: str | None = None
    also: tuple[Candidate, ...] = ()
    """Passages of other articles that print the same words."""
    statement: Statement | None = None
    """The statement that the words are, where they are one's."""

    @property
    def words(self) -> str:
        """The words themselves."""
        passage = self.candidate.passage
        return passage.text[self.start - passage.start : self.end - passage.start]


def cite(spans: Sequence[Span], stores: dict[str, Store]) -> list[Citation]:
    """Check each span against the stored article and number those that hold, one number a passage.

    A span is dropped, silently for the reader, when the article's revision is not the one that was searched,
    when its body or passage no longer says so, or when the raw text does not say so after the recorded edits.
    """
    articles: dict[tuple[str, str], Article | None] = {}
    numbers: dict[tuple[str, int], int] = {}
    found = []
    for span in spans:
        passage = span.candidate.passage
        key = (span.candidate.collection, passage.article_id)
        if key not in articles:
            articles[key] = _article(stores[key[0]], passage.article_id)
        article = articles[key]
        if article is None or not _stands(article, passage, span.start, span.end):
            continue
        number = numbers.setdefault((key[0], passage.id), len(numbers) + 1)
        found.append(
            Citation(
                number=number,
                collection=key[0],
                article=span.candidate.article,
                passage=passage,
                start=span.start,
                end=span.end,
                quote=article.body[span.start : span.end],
                link=deep_link(article.url, article.body, span.start, span.end),
                speaker=span.speaker,
                kind=span.kind,
                relayed=span.relayed,
                also=_others(span, key),
                addressee=span.statement.addressee if span.statement else None,
                via=span.statement.via if span.statement else None,
                occasion=_occasion(span, article),
            )
        )
    return found


def _occasion(span: Span, article: Article) -> str | None:
    """The occasion as the article prints it, where it stands outside of what is shown."""
    told = span.statement.occasion if span.statement else None
    if told is None or not 0 <= told.start < told.end <= len(article.body):
        return None
    if told.start < span.end and span.start < told.end:
        return None
    return " ".join(article.body[told.start : told.end].split())


def _others(span: Span, key: tuple[str, str]) -> tuple[ArticleSummary, ...]:
    """The other articles that print the words, in copies of the passage or in a passage of their own; each once."""
    copies = [*span.candidate.also, *(c for other in span.also for c in (other, *other.also))]
    found = {(c.collection, c.passage.article_id): c.article for c in copies}
    return tuple(article for own, article in found.items() if own != key)


def intact(
    candidates: Sequence[Candidate], stores: dict[str, Store], known: set[tuple[str, int]] | None = None
) -> list[Candidate]:
    """Those whose passage still stands in body and raw text as it was indexed; nothing else may be shown.

    :param known: passages, by collection and id, that were found to stand since something was written; is added to.
    """
    known = set() if known is None else known
    articles: dict[tuple[str, str], Article | None] = {}
    found = []
    for candidate in candidates:
        passage = candidate.passage
        place = (candidate.collection, passage.id)
        if place not in known:
            key = (candidate.collection, passage.article_id)
            if key not in articles:
                articles[key] = _article(stores[key[0]], passage.article_id)
            article = articles[key]
            if article is None or not _stands(article, passage, passage.start, passage.end):
                continue
            known.add(place)
        found.append(candidate)
    return found


def _article(store: Store, article_id: str) -> Article | None:
    try:
        return store.articles.get(article_id)
    except (CorpusError, ValueError, TypeError):
        # Unreadable edits or a vanished article: nothing of it may be shown.
        return None


def _stands(article: Article, passage: Passage, start: int, end: int) -> bool:
    return (
        article.revision == passage.revision
        and 0 <= passage.start <= start < end <= passage.end <= len(article.body)
        and article.body[passage.start : passage.end] == passage.text
        and spans_agree(article.raw, article.body, article.edits, start, end)
    )
