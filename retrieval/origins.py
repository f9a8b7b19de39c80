"""Whether several outlets really know something or print one text: which articles share an origin.

Two articles share one when their whole texts are copies (``corpus.duplicates``), or when they print the cited paragraph
alike. That two papers print the same words of a speaker makes no shared origin: both may have listened.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.duplicates import Fingerprint, same_origin
from corpus.models import Statement
from corpus.store import Store
from corpus.store.knowledge import ArticlePrint
from retrieval.citations import Span
from retrieval.models import Independence
from retrieval.retriever import Candidate

_LEAST_WORDS = 12
"""Words from which a paragraph printed alike tells of a shared origin; shorter ones are met by chance."""

Key = tuple[str, str]
"""(collection, article id)."""


def cite_first_printed(spans: Sequence[Span], stores: dict[str, Store]) -> list[Span]:
    """The same words out of the article that printed them first, where several print one text.

    The earliest is cited, of several from one day the fullest; the others are named beside it.
    """
    keys = {key_of(c) for span in spans for c in (span.candidate, *span.candidate.also)}
    prints = fingerprints(keys, stores)
    return [_first_printed(span, prints) for span in spans]


def independence(spans: Sequence[Span], stores: dict[str, Store]) -> Independence | None:
    """How many outlets print what the spans show, and from how many origins; None where nothing is shown."""
    printing: dict[Key, Candidate] = {}
    alike: list[tuple[Key, Key]] = []
    for span in spans:
        own = [span.candidate, *span.also]
        for candidate in (*own, *(copy for one in own for copy in one.also)):
            printing.setdefault(key_of(candidate), candidate)
        for one in own:
            if len(one.passage.text.split()) >= _LEAST_WORDS:
                alike += [(key_of(one), key_of(copy)) for copy in one.also]
    if not printing:
        return None
    prints = fingerprints(printing, stores)
    keys = list(printing)
    alike += [
        (one, other)
        for n, one in enumerate(keys)
        for other in keys[n + 1 :]
        if one[0] == other[0] and _copies(prints.get(one), prints.get(other))
    ]
    groups = _joined(keys, alike)
    outlets = {candidate.article.outlet or key for key, candidate in printing.items()}
    agencies = dict.fromkeys(p.agency for key in keys if (p := prints.get(key)) is not None and p.agency)
    # An outlet that prints two articles of its own is one voice, too.
    return Independence(len(outlets), min(len(groups), len(outlets)), tuple(agencies))


def fingerprints(keys: Iterable[Key], stores: dict[str, Store]) -> dict[Key, ArticlePrint]:
    """The stored fingerprints of articles, as far as they have one."""
    by_collection: dict[str, list[str]] = {}
    for collection, article in keys:
        by_collection.setdefault(collection, []).append(article)
    return {
        (collection, article): found
        for collection, articles in by_collection.items()
        for article, found in stores[collection].knowledge.prints(articles).items()
    }


def key_of(candidate: Candidate) -> Key:
    """What names the article of a candidate."""
    return candidate.collection, candidate.passage.article_id


def _first_printed(span: Span, prints: dict[Key, ArticlePrint]) -> Span:
    words, cited = span.words, span.candidate
    choices = [cited] + [
        copy
        for copy in cited.also
        if copy.collection == cited.collection
        and words in copy.passage.text
        and _copies(prints.get(key_of(cited)), prints.get(key_of(copy)))
    ]
    first = min(choices, key=lambda one: (_published(one), -_fullness(prints.get(key_of(one)))))
    if first is cited:
        return span
    others = tuple(c for c in (cited, *cited.also) if c is not first)
    start = first.passage.start + first.passage.text.index(words)
    return replace(
        span,
        candidate=replace(first, also=tuple(replace(c, also=()) for c in others)),
        start=start,
        end=start + len(words),
        statement=_same_statement(span, first),
    )


def _same_statement(span: Span, first: Candidate) -> Statement | None:
    """The statement as the other article has it: offsets are each article's own."""
    said, start = span.statement, first.passage.start
    if said is None:
        return None
    at = said.start - span.candidate.passage.start
    return next((s for s in first.statements if s.start - start == at and s.speaker == said.speaker), None)


def _published(candidate: Candidate) -> str:
    # To the day: clocks of outlets differ. What bears no date comes last.
    return (candidate.article.published_at or "9999")[:10]


def _fullness(found: ArticlePrint | None) -> int:
    own = _read(found)
    return own.shingles if own else 0


def _copies(one: ArticlePrint | None, other: ArticlePrint | None) -> bool:
    left, right = _read(one), _read(other)
    return left is not None and right is not None and same_origin(left, right)


def _read(found: ArticlePrint | None) -> Fingerprint | None:
    if found is None:
        return None
    try:
        return Fingerprint.from_bytes(found.signature)
    except ValueError:
        return None  # made by another version, or damaged: nothing can be said


def _joined(keys: Sequence[Key], pairs: Iterable[tuple[Key, Key]]) -> list[set[Key]]:
    groups = {key: {key} for key in keys}
    for one, other in pairs:
        if groups[one] is not groups[other]:
            together = groups[one] | groups[other]
            for key in together:
                groups[key] = together
    return list({id(group): group for group in groups.values()}.values())
