"""How a passage's score is made. Every number here says where it comes from."""

from __future__ import annotations

from corpus.models import PassageKind
from retrieval.models import Signals

# Weights of the signals. Tuned together, by random search, on SQuAD 2.0 (700 questions), MultiHop-RAG (350), the gold
# questions on the seed articles and those on the sample articles; flat around these values.
LEXICAL_WEIGHT = 0.6
PASSAGE_WEIGHT = 0.4
SENTENCE_WEIGHT = 1.0
COVERED_WEIGHT = 0.4
COVERED_CLOSELY_WEIGHT = 0.2
PHRASES_WEIGHT = 0.2

# What is not running text may be found, but a paragraph that says the same comes first. By judgement.
KIND_DEDUCTIONS = {
    PassageKind.PARAGRAPH: 0.0,
    PassageKind.HEADLINE: -0.35,
    PassageKind.SUBHEAD: -0.6,
    PassageKind.CAPTION: -0.5,
    PassageKind.TEASER: -0.5,
    PassageKind.CREDIT: -1.5,
}

# The asked speaker speaks in the passage. Tuned on the gold questions.
SPEAKER_BOOST = 0.6

# The question names the outlet. Tuned on MultiHop-RAG.
OUTLET_BOOST = 0.35

# The question names the day or month of publication. Tuned on MultiHop-RAG.
DAY_BOOST = 0.35

# The verdict of a cross-encoder, 0 to 1, where one is set. By judgement: as much as all else a good passage has.
RERANKER_WEIGHT = 2.0


def total(signals: Signals) -> float:
    """The score: a weighted sum, the same in a collection of 30 passages and of 300,000."""
    return (
        LEXICAL_WEIGHT * signals.lexical
        + PASSAGE_WEIGHT * signals.passage
        + SENTENCE_WEIGHT * signals.sentence
        + COVERED_WEIGHT * signals.covered
        + COVERED_CLOSELY_WEIGHT * signals.covered_closely
        + PHRASES_WEIGHT * signals.phrases
        + sum(amount for _, amount in signals.boosts)
    )
