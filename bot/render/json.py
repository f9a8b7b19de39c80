"""Answers and articles as JSON: the form that other programs rely on."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from retrieval.models import Answer, Citation, Hit, Independence, Outcome, ShownFigure, Timeline

if TYPE_CHECKING:
    # At run time they would bring the store, the encoder and numpy into every ``--help``.
    from corpus.models import Article, Moment, Passage
    from corpus.store.articles import ArticleSummary
    from retrieval.by_outlet import Comparison

_AWKWARD = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Valid in JSON, but a control character, the end of a line to some readers, or not encodable."""


def dumps(value: object) -> str:
    """One line of JSON; nothing in it acts on a terminal or ends the line."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return _AWKWARD.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def answer_object(answer: Answer, *, explain: bool = False) -> dict[str, Any]:
    """What ``dateline ask --json`` prints; ``explain`` adds why each hit is where it is."""
    return {
        "question": answer.question,
        "outcome": answer.outcome.value,
        "confidence": round(answer.confidence, 4),
        "reason": None if answer.reason is None else answer.reason.value,
        "text": answer.text,
        "citations": [citation_object(citation) for citation in answer.citations],
        "hits": [_hit(hit, explain) for hit in answer.hits],
        "figures": [figure_object(shown) for shown in answer.figures],
        "moments": [
            {"citation": shown.citation.number, **moment_object(shown.moment, shown.printed)}
            for shown in answer.moments
        ],
        "independence": independence_object(answer.independence),
        "notes": list(answer.notes),
        "timings_ms": {"total": 0.0, **answer.timings_ms},
    }


def error_object(question: str, sentence: str) -> dict[str, Any]:
    """The same shape for a question that failed."""
    return answer_object(Answer(question, Outcome.ERROR, 0.0, None, sentence))


def citation_object(citation: Citation) -> dict[str, Any]:
    """One checked quote and where it is printed."""
    article, passage = citation.article, citation.passage
    return {
        "number": citation.number,
        "collection": citation.collection,
        "article_id": article.id,
        "revision": passage.revision,
        "title": article.title,
        "outlet": article.outlet,
        "author": article.author,
        "published_at": article.published_at,
        "url": article.url,
        "link": citation.link,
        "passage_id": passage.id,
        "paragraph": passage.ordinal,
        "passage_kind": passage.kind.value,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "speaker": citation.speaker,
        "kind": "narration" if citation.kind is None else citation.kind.value,
        "relayed": citation.relayed,
        "addressee": citation.addressee,
        "via": citation.via,
        "occasion": citation.occasion,
        "also": [summary_object(other) for other in citation.also],
    }


def figure_object(shown: ShownFigure) -> dict[str, Any]:
    """A figure as printed and as it was read; ``difference`` is to the one that bears none."""
    figure = shown.figure
    first = shown.citations[0]
    return {
        "printed": shown.printed,
        "low": figure.low,
        "high": figure.high,
        "bound": figure.bound.value,
        "unit": figure.unit,
        "counted": figure.counted,
        "as_of": figure.as_of,
        "claimant": figure.claimant,
        "difference": shown.difference.value if shown.difference else None,
        "collection": first.collection,
        "article_id": first.article.id,
        "start": figure.start,
        "end": figure.end,
        "citations": list(dict.fromkeys(citation.number for citation in shown.citations)),
    }


def moment_object(moment: Moment, printed: str) -> dict[str, Any]:
    """A day or a longer time that a quote names."""
    return {
        "printed": printed,
        "first": moment.first,
        "last": moment.last,
        "resolved_from": moment.resolved_from,
        "start": moment.start,
        "end": moment.end,
    }


def independence_object(independence: Independence | None) -> dict[str, Any] | None:
    """How many outlets print what is cited, and from how many origins."""
    if independence is None:
        return None
    return {
        "outlets": independence.outlets,
        "origins": independence.origins,
        "agencies": list(independence.agencies),
    }


def timeline_object(timeline: Timeline) -> dict[str, Any]:
    """What ``dateline timeline --json`` prints."""
    return {
        "question": timeline.question,
        "reason": None if timeline.reason is None else timeline.reason.value,
        "text": timeline.text,
        "events": [
            {
                "first": event.first,
                "last": event.last,
                "moment": None if event.moment is None else moment_object(event.moment, event.printed or ""),
                **citation_object(event.citation),
            }
            for event in timeline.events
        ],
        "undated": timeline.undated,
        "notes": list(timeline.notes),
    }


def comparison_object(comparison: Comparison) -> dict[str, Any]:
    """What ``dateline compare --json`` prints."""
    return {
        "question": comparison.question,
        "together": answer_object(comparison.together),
        "outlets": [{"outlet": one.outlet, "answer": answer_object(one.answer)} for one in comparison.outlets],
        "silent": list(comparison.silent),
    }


def summary_object(article: ArticleSummary) -> dict[str, Any]:
    """An article in a list."""
    return {
        "id": article.id,
        "revision": article.revision,
        "title": article.title,
        "outlet": article.outlet,
        "author": article.author,
        "url": article.url,
        "published_at": article.published_at,
        "passages": article.passages,
    }


def article_object(article: Article, passages: list[Passage]) -> dict[str, Any]:
    """What ``dateline source ID --json`` prints: the text that the offsets of every citation refer to."""
    return {
        "collection": article.collection,
        "id": article.id,
        "revision": article.revision,
        "title": article.title,
        "outlet": article.outlet,
        "author": article.author,
        "url": article.url,
        "published_at": article.published_at,
        "dateline": article.dateline,
        "category": article.category,
        "provenance": article.provenance,
        "origin": article.origin,
        "ingested_at": article.ingested_at,
        "body": article.body,
        "raw": article.raw,
        "edits": [
            {
                "raw_start": edit.raw_start,
                "raw_end": edit.raw_end,
                "replacement": edit.replacement,
                "reason": edit.reason,
            }
            for edit in article.edits
        ],
        "passages": [
            {
                "id": passage.id,
                "paragraph": passage.ordinal,
                "start": passage.start,
                "end": passage.end,
                "kind": passage.kind.value,
                "text": passage.text,
            }
            for passage in passages
        ],
    }


def _hit(hit: Hit, explain: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "collection": hit.collection,
        "passage_id": hit.passage.id,
        "article_id": hit.article.id,
        "rank": hit.rank,
        "score": round(hit.score, 4),
        "text": hit.passage.text,
        "paragraph": hit.passage.ordinal,
        "passage_kind": hit.passage.kind.value,
        "ranks": dict(hit.ranks),
        "also": [{"passage_id": passage.id, "article_id": article.id} for passage, article in hit.also],
    }
    if explain:
        found["explain"] = hit.explain()
    return found
