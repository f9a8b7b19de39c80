"""Everything a person is on record with: each statement as a checked quote."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.people import find, merge
from corpus.store import Filters, Store
from retrieval.citations import Span, cite
from retrieval.models import Citation, Signals
from retrieval.readings import Reading
from retrieval.retriever import Candidate
from retrieval.utterances import shown_span


def names_on_record(speaker: str, stores: Sequence[Store]) -> list[str]:
    """The names under which statements of the person asked for are stored, most statements first."""
    people = merge(counted for store in stores for counted in store.articles.speakers())
    return [name for person in find(speaker, people) for name in (person.name, *person.aliases)]


def quotes_of(names: Sequence[str], stores: Sequence[Store], filters: Filters | None = None) -> list[Citation]:
    """What the named speakers said, newest article first, in printed order; each quote checked as in an answer."""
    found: list[Citation] = []
    for store in stores:
        with store.snapshot():
            found += cite(_spans(names, store, filters or Filters()), {store.collection: store})
    return found


def _spans(names: Sequence[str], store: Store, filters: Filters) -> list[Span]:
    spoken = store.articles.statements_by(names, filters)
    ids = list(dict.fromkeys(item.passage_id for item in spoken))
    passages = store.articles.live_passages(ids)
    sentences = store.articles.sentences(ids)
    beside = store.articles.statements_in(ids)
    articles = {
        article.id: article
        for article in store.articles.summaries(sorted({passage.article_id for passage in passages.values()}))
    }
    spans: list[Span] = []
    for item in spoken:
        passage = passages[item.passage_id]
        # A damaged store may hold offsets that lie outside.
        if not passage.start <= item.statement.start < passage.end:
            continue
        reading = Reading(passage, articles[passage.article_id], (), (item.statement,))
        candidate = Candidate(store.collection, reading, 0.0, Signals(), {})
        own = [sentence for sentence, _ in sentences[item.passage_id]]
        start, end = shown_span(item.statement, passage, own, beside[item.passage_id])
        said = item.statement
        spans.append(Span(candidate, start, end, 0.0, 0.0, said.speaker, said.kind, said.relayed))
    # ISO dates sort as text; what bears none comes last. Stable: printed order within an article.
    spans.sort(key=lambda span: (span.candidate.article.id, span.candidate.passage.ordinal, span.start))
    spans.sort(key=lambda span: span.candidate.article.published_at or "", reverse=True)
    return _without_repeats(spans)


def _without_repeats(spans: Sequence[Span]) -> list[Span]:
    """Two statements of one sentence are shown with it once."""
    kept: list[Span] = []
    for span in spans:
        last = kept[-1] if kept else None
        if last and last.candidate.passage.id == span.candidate.passage.id and span.start < last.end:
            continue
        kept.append(span)
    return kept
