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
from retrieval.coverage import share, word_key, word_keys
from retrieval.models import Reason
from retrieval.question import Asks, Question, name_words, tokens
from retrieval.retriever import Candidate, Found
from retrieval.values import counts, holds_value

_ON_TOPIC = 0.4
"""Cosine from which the nearest passage is about the same things. By judgement on the gold questions."""

_HALF_COVERED = 0.5

THRESHOLD = 0.5
"""Below this confidence the question is declined. Chosen on the same sets."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for an answer and what against it, each from 0 to about 1."""

    nearest: float
    """Cosine of the question and the nearest passage, shown or not; shown where somebody's words are asked for."""
    covered: float
    """Share of the question's content words, by weight, that stand in one shown passage or its headline."""
    covered_closely: float
    """The same within the shown words themselves."""
    strange_names: float
    """Share of the question's names, other than the asked speaker's, that stand nowhere in the collection."""
    silent: float
    """1 when a named person's words are asked for who is not on record, nor named beside words that nobody claims."""
    valueless: float
    """1 when a number, a length of time or a date is asked for and no shown passage holds one."""
    focus: float
    """Share of what is counted or chosen among ("how many *antitank weapons*") that the shown words name."""
    uncounted: float
    """1 when something is counted and no number stands near it."""
    length: float
    """ln(content words / 5): a long question is covered by no single passage."""


# Logistic regression, fitted on the gold questions, those on the sample articles, and parts of MultiHop-RAG and
# SQuAD 2.0 (whose unanswerable questions, being adversarial, count little).
_INTERCEPT = -5.97
_WEIGHTS = Evidence(
    nearest=7.68,
    covered=3.65,
    covered_closely=1.47,
    strange_names=-2.87,
    silent=-4.24,
    valueless=-3.6,
    focus=0.3,
    uncounted=-3.79,
    length=0.51,
)


def weigh(question: Question, found: Found, spans: Sequence[Span], stemmer: Stemmer) -> Evidence:
    """Look at what would be shown."""
    holding = [span for span in spans if holds_value(question.asks, span.words)]
    looked_at = holding or list(spans)
    topic_words = question.topic_words(with_speaker=not found.speakers)
    topic = {word_key(word.stem) for word in found.words if word.printed in topic_words}
    weights = {word_key(word.stem): word.idf for word in found.words}
    weights = {key: weight for key, weight in weights.items() if key in topic} or weights
    around = [word_keys(stems) for stems in stemmer.stems([_with_headline(span.candidate) for span in looked_at])]
    within = [word_keys(stems) for stems in stemmer.stems([span.words for span in looked_at])]
    own_name = {token.lower() for token in tokens(question.speaker or "")}
    names = [words for name in question.names if (words := name_words(name)) and not _within(words, own_name)]
    # As the words were read: a slip of the keyboard makes no strange name.
    read = {word.printed: word_key(word.stem) for word in found.words}
    name_keys = [{read.get(word, word.lower()) for word in words} for words in names]
    known = {word_key(word.stem) for word in found.words if word.passages}
    relevant: Sequence[Candidate] = found.candidates
    if question.asks_words and found.speakers:
        # What others say on the topic is no evidence that this person does.
        relevant = [span.candidate for span in spans]
    focus = {word_key(stem) for stems in stemmer.stems(question.focus) for stem in stems}
    own_keys = word_keys([stem for stems in stemmer.stems([question.speaker or ""]) for stem in stems])
    return Evidence(
        nearest=max((candidate.signals.passage for candidate in relevant), default=0.0),
        covered=max((share(keys, weights) for keys in around), default=0.0),
        covered_closely=max((share(keys, weights) for keys in within), default=0.0),
        strange_names=1.0 - _present(name_keys, known) if names else 0.0,
        silent=float(
            question.asks_words and not found.speakers and (_is_name(question.speaker or "") or not own_keys & known)
        ),
        valueless=float(
            bool(spans) and not any(holds_value(question.asks, span.candidate.passage.text) for span in spans)
        ),
        focus=max((len(focus & keys) / len(focus) for keys in within), default=0.0) if focus else 1.0,
        uncounted=float(
            question.asks is Asks.COUNT
            and bool(focus)
            and not any(counts(question.focus, span.words, stemmer) for span in looked_at)
        ),
        length=math.log(max(len(question.words), 1) / 5),
    )


def confidence(evidence: Evidence) -> float:
    """Estimated probability that the articles hold the answer."""
    score = _INTERCEPT + sum(weight * value for weight, value in zip(astuple(_WEIGHTS), astuple(evidence), strict=True))
    return 1.0 / (1.0 + math.exp(-score))


def reason(question: Question, found: Found, evidence: Evidence) -> Reason:
    """Which failure a declined question is."""
    about = evidence.nearest >= _ON_TOPIC or evidence.covered >= _HALF_COVERED
    if question.asks_words and (found.speakers or about or evidence.silent):
        return Reason.SPEAKER_SILENT
    return Reason.NEAR_MISS if about else Reason.OFF_TOPIC


def _with_headline(candidate: Candidate) -> str:
    return f"{candidate.article.title or ''}\n{candidate.passage.text}"


def _within(words: Sequence[str], others: set[str]) -> bool:
    return {word.lower() for word in words} <= others


def _is_name(speaker: str) -> bool:
    # "the port's coach" may speak under a name of their own; "Angela Merkel" cannot.
    return all(part[0].isupper() for part in speaker.split())


def _present(names: Sequence[set[str]], stems: set[str]) -> float:
    return sum(name <= stems for name in names) / len(names)
