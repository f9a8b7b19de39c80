"""One question, or part of one, in one collection: candidates by words and by meaning, and their signals."""

from __future__ import annotations

import heapq
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.models import Passage, Sentence, Statement
from corpus.store import Filters
from corpus.store.articles import ArticleSummary
from corpus.store.text import Word
from embeddings.encoder import Vectors
from retrieval import scoring
from retrieval.collections import Collection
from retrieval.coverage import ContentWords
from retrieval.days import named_days, published_then
from retrieval.lexicon import name_words
from retrieval.models import Signals
from retrieval.outlets import NamedOutlets
from retrieval.question import Question

_PER_RETRIEVER = 100
"""Candidates each retriever may bring; beyond it, judged evidence is hardly ever found (SQuAD 2.0, MultiHop-RAG)."""


_LARGE = 100_000
"""Passages from which a frequent word costs more time than it tells; below, every word is searched for."""

_LAST = 2
_FREQUENT = 0.1
"""Share of the passages that makes a word frequent."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, or a part of one, as it is searched for."""

    question: Question
    query: Vectors
    """(dimension,)"""
    outlets: NamedOutlets
    on_record: tuple[str, ...]


class Search:
    """One question, or part, over one collection."""

    def __init__(
        self,
        collection: Collection,
        asked: Asked,
        words: list[Word],
        filters: Filters,
        allowed: Sequence[int] | None,
        passages: int,
    ) -> None:
        self._collection = collection
        self._asked = asked
        self._days = named_days(asked.question.text)
        self._content = ContentWords.of(words)
        self._shares = collection.store.text.shares(telling_words(words, asked.question, passages))
        lexical = _best(self._shares, allowed)
        self._dense = collection.nearest(asked.query, _PER_RETRIEVER, filters)
        self._ranks = {"lexical": _ranks(lexical), "dense": _ranks(self._dense)}
        self.brought = {*lexical, *self._dense}
        self.cosines: dict[bytes, float] = {}
        """Hash of a sentence -> its cosine to what is asked."""
        if asked.on_record and not filters.speakers:
            # What the asked person said must be among the candidates, however it is worded.
            spoken = replace(filters, speakers=asked.on_record)
            self._dense = {**collection.nearest(asked.query, _PER_RETRIEVER, spoken), **self._dense}
            self.brought |= {*_best(self._shares, collection.store.articles.live_ids(spoken)), *self._dense}

    def look_closer(self, ids: Sequence[int], hashes: list[bytes]) -> None:
        """Cosines of all candidates, whoever brought them, and of their sentences."""
        others = [i for i in ids if i not in self._dense]
        self._dense |= self._collection.passage_cosines(self._asked.query, others)
        self.cosines = self._collection.sentence_cosines(self._asked.query, hashes)

    def ranks_of(self, passage: int) -> dict[str, int]:
        """Its rank by each retriever that found it."""
        return {name: by[passage] for name, by in self._ranks.items() if passage in by}

    def signals(
        self,
        passage: Passage,
        article: ArticleSummary,
        sentences: Sequence[tuple[Sentence, bytes]],
        parts: Sequence[Sequence[str]],
        statements: Sequence[Statement],
    ) -> Signals:
        """What a passage's score is made of; ``parts`` are the stems of each sentence."""
        stems = [stem for part in parts for stem in part]
        return Signals(
            lexical=self._shares.get(passage.id, 0.0),
            passage=self._dense.get(passage.id, 0.0),
            sentence=max((self.cosines.get(h, 0.0) for _, h in sentences), default=0.0),
            covered=self._content.share(stems),
            covered_closely=max((self._content.share(part) for part in parts), default=0.0),
            phrases=self._content.phrases(stems),
            boosts=_boosts(self._asked, self._days, passage, article, statements),
        )


def telling_words(words: Sequence[Word], question: Question, passages: int) -> list[Word]:
    """The words to search a collection of that size for.

    In a large one, words that stand in many passages are left out; never a part of a name, never the last two, which
    say most often what the question is about.
    """
    if passages <= _LARGE:
        return list(words)
    in_names = {part for name in question.names for part in name_words(name)}
    return [
        word
        for place, word in enumerate(words)
        if word.passages <= _FREQUENT * passages or word.printed in in_names or place >= len(words) - _LAST
    ]


def _boosts(
    asked: Asked,
    days: tuple[re.Pattern[str], ...],
    passage: Passage,
    article: ArticleSummary,
    statements: Sequence[Statement],
) -> tuple[tuple[str, float], ...]:
    boosts = []
    deduction = scoring.KIND_DEDUCTIONS[passage.kind]
    if deduction:
        boosts.append((passage.kind.value, deduction))
    if any(statement.speaker in asked.on_record for statement in statements):
        boosts.append(("asked speaker", scoring.SPEAKER_BOOST))
    if article.outlet in asked.outlets.here:
        boosts.append(("outlet named", scoring.OUTLET_BOOST))
    if published_then(article.published_at, days):
        boosts.append(("day named", scoring.DAY_BOOST))
    return tuple(boosts)


def _best(shares: dict[int, float], allowed: Sequence[int] | None) -> dict[int, float]:
    ids = shares if allowed is None else [i for i in allowed if i in shares]
    return {i: shares[i] for i in heapq.nlargest(_PER_RETRIEVER, ids, key=lambda i: (shares[i], -i))}


def _ranks(scores: dict[int, float]) -> dict[int, int]:
    ordered = sorted(scores, key=lambda i: (-scores[i], i))
    return {passage: rank for rank, passage in enumerate(ordered, start=1)}
