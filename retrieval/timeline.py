"""What happened when: the sentences on a matter, in the order of the days that they tell of.

The day of an event is the one that its sentence names, resolved when the article was read; where a sentence names none,
it stands at the day of publication and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.models import Moment, PassageKind
from corpus.store import Store
from corpus.store.text import Stemmer
from retrieval.answering import with_headline
from retrieval.citations import Span, cite
from retrieval.coverage import ContentWords
from retrieval.folding import same_text
from retrieval.models import Citation, Event, ShownMoment, Timeline
from retrieval.origins import cite_first_printed
from retrieval.retriever import Candidate, Found
from retrieval.utterances import trimmed

_LOOKED_AT = 60
"""Candidates whose sentences are weighed."""

_NEAR_BEST = 0.55
"""Share of the best sentence's score from which a sentence is on the matter. By judgement."""

_UNDATED_NEAR_BEST = 0.7
"""The same for a sentence that names no day: of each article the best one is shown, at the day of publication."""

MOST = 30
"""Events shown at most: the best, in the order of time."""


def events_of(text: str, found: Found, stores: dict[str, Store], stemmer: Stemmer, most: int = MOST) -> Timeline:
    """The best events among what was found, oldest first."""
    candidates = [c for c in found.candidates[:_LOOKED_AT] if c.passage.kind is PassageKind.PARAGRAPH]
    moments: dict[tuple[str, int], list[Moment]] = {}
    for name, store in stores.items():
        ids = [c.passage.id for c in candidates if c.collection == name]
        moments.update(((name, passage), own) for passage, own in store.knowledge.moments_in(ids).items())
    spans = _sentences(candidates, ContentWords.of(found.words), moments, stemmer)[:most]
    spans = cite_first_printed(spans, stores)
    for span in spans:
        key = (span.candidate.collection, span.candidate.passage.id)
        moments[key] = stores[key[0]].knowledge.moments_in([key[1]])[key[1]]
    undated = 0
    events: list[Event] = []
    for citation in cite(spans, stores):
        own = moments.get((citation.collection, citation.passage.id), [])
        named = [m for m in own if citation.start <= m.start and m.end <= citation.end]
        published = (citation.article.published_at or "")[:10]
        for moment in named:
            printed = citation.quote[moment.start - citation.start : moment.end - citation.start]
            events.append(Event(moment.first, moment.last, citation, moment, printed))
        if not named and published:
            events.append(Event(published, published, citation, None, None))
        undated += not named and not published
    events.sort(key=lambda event: (event.first, event.last, event.citation.article.published_at or ""))
    return Timeline(text, tuple(events), undated)


def days_named(citations: Sequence[Citation], stores: dict[str, Store]) -> tuple[ShownMoment, ...]:
    """The days that quotes name, in their order."""
    shown = []
    for citation in citations:
        own = stores[citation.collection].knowledge.moments_in([citation.passage.id])[citation.passage.id]
        for moment in own:
            if citation.start <= moment.start and moment.end <= citation.end:
                printed = citation.quote[moment.start - citation.start : moment.end - citation.start]
                shown.append(ShownMoment(moment, printed, citation))
    return tuple(shown)


def _sentences(
    candidates: Sequence[Candidate],
    topic: ContentWords,
    moments: dict[tuple[str, int], list[Moment]],
    stemmer: Stemmer,
) -> list[Span]:
    """The sentences on the matter, best first; those that several articles print once."""
    weighed: list[Span] = []
    for candidate in candidates:
        passage, base = candidate.passage, candidate.passage.start
        around = topic.share(stemmer.stems([with_headline(candidate)])[0])
        texts = [passage.text[s.start - base : s.end - base] for s, _ in candidate.sentences]
        for (sentence, cosine), stems in zip(candidate.sentences, stemmer.stems(texts), strict=True):
            start, end = trimmed(passage, sentence.start, sentence.end)
            if start == end:
                continue
            score = candidate.score / 2 + cosine + topic.share(stems) + around / 2
            said = [s for s in candidate.statements if s.start < end and start < s.end]
            one = said[0] if len({s.speaker for s in said}) == 1 else None
            weighed.append(
                Span(
                    candidate, start, end, score, cosine,
                    one.speaker if one else None, one.kind if one else None, one.relayed if one else None,
                )
            )  # fmt: skip
    weighed.sort(key=lambda span: -span.score)
    kept: list[Span] = []
    told: set[tuple[str, str]] = set()
    """Articles of which a sentence is shown."""
    for span in weighed:
        if span.score < _NEAR_BEST * weighed[0].score:
            break
        article = (span.candidate.collection, span.candidate.passage.article_id)
        own = moments.get((article[0], span.candidate.passage.id), [])
        if not any(span.start <= moment.start and moment.end <= span.end for moment in own) and (
            article in told or span.score < _UNDATED_NEAR_BEST * weighed[0].score
        ):
            continue
        told.add(article)
        same = next((n for n, other in enumerate(kept) if same_text(span.words, other.words)), None)
        if same is None:
            kept.append(span)
        else:
            kept[same] = replace(kept[same], also=(*kept[same].also, span.candidate))
    return kept
