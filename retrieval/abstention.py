"""Whether what was found answers the question: a calibrated confidence, and which failure it is otherwise.

No threshold on a retrieval score tells answerable from not. What does is whether one passage holds what is
asked for: the asked speaker, the names, the other content words, the kind of value.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from corpus.models import PassageKind
from corpus.store.text import Stemmer
from retrieval.answering import addressed
from retrieval.citations import Span
from retrieval.coverage import share, word_key, word_keys
from retrieval.lexicon import name_words, tokens
from retrieval.models import Reason
from retrieval.question import MEASURED, VALUED, Asks, Question
from retrieval.retriever import Candidate, Found
from retrieval.values import counts, holds_value

_ON_TOPIC = 0.4
"""Cosine from which the nearest passage is about the same things. By judgement on the gold questions."""

_HALF_COVERED = 0.5

_POINTS_BACK = re.compile(r"\bsuch\s+(?:an?\s+)?\w|\b(?:this|these|those)\s+\w", re.IGNORECASE)
_PRONOUN_FIRST = re.compile(r"\W*(?:that\s+)?(?:it|its|this)\b", re.IGNORECASE)

THRESHOLD = 0.5
"""Below this confidence the question is declined. What a mistake of either kind costs is in the fitting."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for an answer and what against it, each from 0 to about 1."""

    nearest: float
    """Cosine of the question and the nearest passage, shown or not; shown where somebody's words are asked for."""
    covered: float
    """Share of the question's content words, by weight, that stand in one shown passage or its headline."""
    strange_names: float
    """Share of the question's names, other than the asked speaker's, that no passage holds whole."""
    strange_words: float
    """Share of the other content words, by weight, that stand nowhere in the collection, in no form."""
    strange_outlets: float
    """Share of the outlets that the question names ("the BBC article") of which there is no article."""
    silent: float
    """1 when a named person's words are asked for who is not on record, nor named beside words that nobody claims."""
    uncounted: float
    """1 when something is counted and no number stands near it."""
    apart: float
    """For a number, a length of time or a date: the share of the content words that do not stand beside it."""
    length: float
    """ln(content words / 5): a long question is covered by no single passage."""
    on_record: float
    """1 when somebody's words are asked for who is on record: their words on a topic need not name it."""
    unsaid: float
    """Where somebody's words are asked for: the share of the topic's words, by weight, that stand in no shown one."""


@dataclass(frozen=True, slots=True)
class Regression:
    """A logistic regression over the evidence."""

    intercept: float
    weights: Evidence

    def confidence(self, evidence: Evidence) -> float:
        """Estimated probability, 0 to 1."""
        pairs = zip(astuple(self.weights), astuple(evidence), strict=True)
        return 1.0 / (1.0 + math.exp(-self.intercept - sum(weight * value for weight, value in pairs)))


# Both fitted by benchmarks/fit_confidence.py, which says on what. Whether a person on record said something on a topic
# is another question than whether the articles tell something: all their words are known.
_OF_WORDS = Regression(
    -2.43,
    Evidence(
        nearest=5.73,
        covered=4.91,
        strange_names=-0.17,
        strange_words=0.0,
        strange_outlets=0.0,
        silent=0.0,
        uncounted=0.0,
        apart=0.0,
        length=-0.38,
        on_record=0.0,
        unsaid=-2.42,
    ),
)
_OF_ANYTHING_ELSE = Regression(
    -3.92,
    Evidence(
        nearest=6.54,
        covered=4.01,
        strange_names=-1.58,
        strange_words=-2.74,
        strange_outlets=-3.7,
        silent=-4.1,
        uncounted=-4.66,
        apart=-3.5,
        length=0.06,
        on_record=0.0,
        unsaid=0.0,
    ),
)


def weigh(question: Question, found: Found, spans: Sequence[Span], stemmer: Stemmer) -> Evidence:
    """Look at what would be shown."""
    holding = [span for span in spans if holds_value(question.asks, span.words)]
    looked_at = holding or list(spans)
    topic_words = set(question.topic_words(with_speaker=not found.speakers))
    if question.addressee and not any(addressed(span.statement, question.addressee) for span in spans):
        topic_words |= set(tokens(question.addressee))  # nothing shown was said to them
    topic = {word_key(word.stem) for word in found.words if word.printed in topic_words}
    weights = {word_key(word.stem): word.idf for word in found.words}
    weights = {key: weight for key, weight in weights.items() if key in topic} or weights
    known = {word_key(word.stem) for word in found.words if word.passages}
    meant = [_pointed_at(span, found.candidates) for span in looked_at]
    # A headline tells what an article is about, not what somebody in it speaks of.
    in_words = question.asks_words and bool(found.speakers)
    readings = (span.candidate.reading for span in looked_at)
    around = [
        (reading.families_of_text if in_words else reading.families) | word_keys(stems)
        for reading, stems in zip(readings, stemmer.stems(meant), strict=True)
    ]
    texts = [f"{span.words}\n{before}" for span, before in zip(looked_at, meant, strict=True)]
    within = [word_keys(stems) for stems in stemmer.stems(texts)]
    own_name = {token.lower() for token in tokens(question.speaker or "")}
    names = {name: here for name, here in found.names.items() if not _within(name_words(name), own_name)}
    relevant: Sequence[Candidate] = found.candidates
    if question.asks_words and found.speakers:
        # What others say on the topic is no evidence that this person does.
        relevant = [span.candidate for span in spans]
    own_keys = word_keys([stem for stems in stemmer.stems([question.speaker or ""]) for stem in stems])
    # A word that stands nowhere tells nothing of where the value stands.
    found_somewhere = {key: weight for key, weight in weights.items() if key in known} or weights
    beside = max((share(keys, found_somewhere) for keys in within), default=0.0)
    in_names = {part for name in question.names for part in name_words(name)}
    named = {word_key(word.stem) for word in found.words if word.printed in in_names}
    strange = {key: weight for key, weight in weights.items() if key not in named}
    return Evidence(
        nearest=max((candidate.signals.passage for candidate in relevant), default=0.0),
        covered=max((share(keys, weights) for keys in around), default=0.0),
        strange_names=sum(not here for here in names.values()) / len(names) if names else 0.0,
        strange_words=share(set(strange) - known - set().union(*around), strange),
        strange_outlets=found.outlets.absent_share,
        silent=float(
            question.asks_words and not found.speakers and (_is_name(question.speaker or "") or not own_keys & known)
        ),
        uncounted=float(
            question.asks is Asks.COUNT
            and bool(question.focus)
            and not any(counts(question.focus, span.words, stemmer) for span in looked_at)
        ),
        apart=_apart(question, beside, bool(holding)),
        length=math.log(max(len(question.words), 1) / 5),
        on_record=float(question.asks_words and bool(found.speakers)),
        unsaid=1.0 - beside if question.asks_words and found.speakers and topic else 0.0,
    )


def _apart(question: Question, beside: float, holds: bool) -> float:
    if question.asks not in VALUED:
        return 0.0
    # Nothing is counted whose name could stand in for a measure that nothing shown holds.
    return 1.0 - beside if holds or question.asks not in MEASURED else 1.0


def confidence(evidence: Evidence) -> float:
    """Estimated probability that the articles hold the answer."""
    return (_OF_WORDS if evidence.on_record else _OF_ANYTHING_ELSE).confidence(evidence)


def reason(question: Question, found: Found, evidence: Evidence) -> Reason:
    """Which failure a declined question is."""
    about = evidence.nearest >= _ON_TOPIC or evidence.covered >= _HALF_COVERED
    if question.asks_words and (found.speakers or about or evidence.silent):
        return Reason.SPEAKER_SILENT
    return Reason.NEAR_MISS if about else Reason.OFF_TOPIC


def _pointed_at(span: Span, candidates: Sequence[Candidate]) -> str:
    """The paragraph before, where the words point back to it ("such a call") and it was found as well."""
    passage = span.candidate.passage
    if not _POINTS_BACK.search(span.words) and not _begins_with_pronoun(span):
        return ""
    before = {
        other.passage.ordinal: other.passage.text
        for other in candidates
        if other.collection == span.candidate.collection
        and other.passage.article_id == passage.article_id
        and other.passage.kind is PassageKind.PARAGRAPH
        # A caption or a teaser may stand between.
        and passage.ordinal - 2 <= other.passage.ordinal < passage.ordinal
    }
    return before[max(before)] if before else ""


def _begins_with_pronoun(span: Span) -> bool:
    """Whether somebody's words begin with a pronoun for a thing: "doubts that it was a road"."""
    said, passage = span.statement, span.candidate.passage
    if said is None:
        return False
    words = passage.text[said.start - passage.start : said.end - passage.start]
    return _PRONOUN_FIRST.match(words.removeprefix(said.cue)) is not None


def _within(words: Sequence[str], others: set[str]) -> bool:
    return {word.lower() for word in words} <= others


def _is_name(speaker: str) -> bool:
    # "the port's coach" may speak under a name of their own; "Angela Merkel" cannot.
    return all(part[0].isupper() for part in speaker.split())
