"""Answers and articles as JSON: the form that other programs rely on."""

from __future__ import annotations

import json
import re
from typing import Any

from corpus.models import Article, Passage
from corpus.store.articles import ArticleSummary
from retrieval.models import Answer, Citation, Hit, Outcome

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
        "also": [summary_object(other) for other in citation.also],
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
