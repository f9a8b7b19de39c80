"""Whether what was found answers the question: a calibrated confidence, and which failure it is otherwise.

No threshold on a retrieval score tells answerable from not. What does is whether one passage holds what is
asked for: the asked speaker, the names, the other content words, the kind of value.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from corpus.store.text import Stemmer
from retrieval.citations import Span
from retrieval.models import Reason
from retrieval.question import Question, tokens
from retrieval.retriever import Candidate, Found

THRESHOLD = 0.5
"""Below this confidence the question is declined."""

_LOOKED_AT = 3
"""Spans over which the best value of a signal counts."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for an answer, each from 0 to about 1."""

    lexical: float
    """Share of the best possible BM25 score, best shown passage."""
    sentence: float
    """Cosine of the best shown sentence."""
    covered: float
    """Share of the question's content words, by weight, that stand in one shown passage or its headline."""
    names: float
    """Share of the question's names that stand in a shown passage, its headline or the passages beside it."""
    unknown: float
    """Share of the content words, by weight, that stand nowhere in the collection."""
    speaker: float
    """1 when the asked speaker is on record in what is shown, 0.5 when nobody was asked, 0 when not."""
    margin: float
    """Lead of the best candidate's score over the fifth."""


# Logistic regression. See benchmarks/fit_confidence.py; fitted on the open development sets.
_INTERCEPT = -6.2
_WEIGHTS = Evidence(lexical=3.0, sentence=5.0, covered=2.0, names=1.5, unknown=-4.0, speaker=2.0, margin=0.5)


def weigh(question: Question, found: Found, spans: Sequence[Span], stemmer: Stemmer) -> Evidence:
    """Look at what would be shown."""
    shown = list({span.candidate.passage.id: span.candidate for span in spans[:_LOOKED_AT]}.values())
    weights = {word.stem: word.idf for word in found.words}
    topic = {s for stems in stemmer.stems(question.topic_words) for s in stems}
    topic_weights = {stem: weight for stem, weight in weights.items() if stem in topic} or weights
    texts = [_with_headline(candidate) for candidate in shown]
    stems = [set(found_stems) for found_stems in stemmer.stems(texts)]
    covered = max((_share(own, topic_weights) for own in stems), default=0.0)
    own_name = {token.lower() for token in tokens(question.speaker or "")}
    asked_names = [n for n in question.names if not {token.lower() for token in tokens(n)} <= own_name]
    everything = set().union(*stems) if stems else set()
    present = [name for name in asked_names if set(_flat(stemmer.stems([name]))) <= everything]
    known = {word.stem for word in found.words if word.passages}
    whole = sum(topic_weights.values())
    unknown = sum(weight for stem, weight in topic_weights.items() if stem not in known) / whole if whole else 0.0
    if question.speaker is None:
        speaker = 0.5
    else:
        speaker = 1.0 if any(span.speaker in found.speakers for span in spans) else 0.0
    scores = [candidate.score for candidate in found.candidates[:5]]
    return Evidence(
        lexical=max((c.signals.lexical for c in shown), default=0.0),
        sentence=max((c.signals.sentence for c in shown), default=0.0),
        covered=covered,
        names=len(present) / len(asked_names) if asked_names else 1.0,
        unknown=unknown,
        speaker=speaker,
        margin=scores[0] - scores[-1] if scores else 0.0,
    )


def confidence(evidence: Evidence) -> float:
    """Estimated probability that the articles hold the answer."""
    score = _INTERCEPT + sum(weight * value for weight, value in zip(astuple(_WEIGHTS), astuple(evidence), strict=True))
    return 1.0 / (1.0 + math.exp(-score))


def reason(question: Question, found: Found, evidence: Evidence) -> Reason:
    """Which failure a declined question is."""
    if question.speaker and evidence.sentence >= 0.3 and not found.speakers:
        return Reason.SPEAKER_SILENT
    if question.speaker and found.speakers:
        return Reason.SPEAKER_SILENT
    if evidence.sentence < 0.35 and evidence.covered < 0.5:
        return Reason.OFF_TOPIC
    return Reason.NEAR_MISS


def _with_headline(candidate: Candidate) -> str:
    return f"{candidate.article.title or ''}\n{candidate.passage.text}"


def _share(stems: set[str], weights: dict[str, float]) -> float:
    whole = sum(weights.values())
    return sum(weight for stem, weight in weights.items() if stem in stems) / whole if whole else 0.0


def _flat(stems: Sequence[Sequence[str]]) -> list[str]:
    return [stem for own in stems for stem in own]
