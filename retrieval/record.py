"""Everything a person is on record with: each statement as a checked quote."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.attribution import same_person
from corpus.models import Passage, Sentence, Statement, StatementKind
from corpus.store import Filters, Store
from retrieval.citations import Span, cite
from retrieval.models import Citation, Signals
from retrieval.retriever import Candidate

_QUOTE_MARKS = "\"“”„«»‘’'‹›"

_WHOLE_WORDS = 4
"""Words from which an utterance in quote marks stands alone; a shorter one is shown with its sentence."""


def names_on_record(speaker: str, stores: Sequence[Store]) -> list[str]:
    """The names under which statements of the person asked for are stored, most statements first."""
    names = [name for store in stores for name, _ in store.articles.speakers() if same_person(speaker, name)]
    return list(dict.fromkeys(names))


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
        candidate = Candidate(
            store.collection, passage, articles[passage.article_id], 0.0, Signals(), {}, (), (item.statement,)
        )
        start, end = _shown(item.statement, passage, [sentence for sentence, _ in sentences[item.passage_id]])
        said = item.statement
        spans.append(Span(candidate, start, end, 0.0, 0.0, said.speaker, said.kind, said.relayed))
    # ISO dates sort as text; what bears none comes last. Stable: printed order within an article.
    spans.sort(key=lambda span: (span.candidate.article.id, span.candidate.passage.ordinal, span.start))
    spans.sort(key=lambda span: span.candidate.article.published_at or "", reverse=True)
    return _without_repeats(spans)


def _shown(statement: Statement, passage: Passage, sentences: Sequence[Sentence]) -> tuple[int, int]:
    """A whole utterance without its marks, else the sentences it stands in."""
    start, end = statement.start, min(statement.end, passage.end)
    if statement.kind is StatementKind.DIRECT:
        start, end = _stripped(passage, start, end, _QUOTE_MARKS + ",")
        words = passage.text[start - passage.start : end - passage.start]
        # A fragment that begins in the middle of a sentence could lose its hedge.
        if len(words.split()) >= _WHOLE_WORDS and not words[0].islower():
            return start, end
    around = [s for s in sentences if s.start < statement.end and statement.start < s.end]
    return _stripped(passage, around[0].start, around[-1].end, "") if around else (start, end)


def _stripped(passage: Passage, start: int, end: int, marks: str) -> tuple[int, int]:
    text, base = passage.text, passage.start
    while start < end and (text[start - base] in marks or text[start - base].isspace()):
        start += 1
    while start < end and (text[end - 1 - base] in marks or text[end - 1 - base].isspace()):
        end -= 1
    return start, end


def _without_repeats(spans: Sequence[Span]) -> list[Span]:
    """Two statements of one sentence are shown with it once."""
    kept: list[Span] = []
    for span in spans:
        last = kept[-1] if kept else None
        if last and last.candidate.passage.id == span.candidate.passage.id and span.start < last.end:
            continue
        kept.append(span)
    return kept
