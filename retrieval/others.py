"""Who else spoke on a topic, where the person asked for did not."""

from __future__ import annotations

from corpus.store.text import Stemmer
from retrieval.coverage import ContentWords
from retrieval.question import Question
from retrieval.retriever import Found

_LOOKED_AT = 40
_ON_IT = 0.8
"""Share of the topic's words, by weight, from which a sentence is on it: said of the person that they are on record
with the topic, so nearly all of it has to be there."""
_MOST = 3


def others_on_topic(question: Question, found: Found, stemmer: Stemmer) -> list[str]:
    """Up to three people who are on record on the topic, the nearest first; none where the question names no topic."""
    asked = set(question.topic_words())
    topic = ContentWords.of([word for word in found.words if word.printed in asked])
    names: dict[str, None] = {}
    for candidate in found.candidates[:_LOOKED_AT] if topic.weights else ():
        text, base = candidate.passage.text, candidate.passage.start
        for statement in candidate.statements:
            # "officials" and "he" are nobody a reader could look up.
            if statement.speaker in found.speakers or not statement.speaker[:1].isupper() or statement.relayed:
                continue
            beside = [s for s, _ in candidate.sentences if s.start < statement.end and statement.start < s.end]
            words = [text[s.start - base : s.end - base] for s in beside]
            if words and max(topic.share(stems) for stems in stemmer.stems(words)) >= _ON_IT:
                names.setdefault(statement.speaker)
    return list(names)[:_MOST]
