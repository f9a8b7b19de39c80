"""One question, or part of one, in one collection: candidates by words and by meaning, and their signals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.store import Filters
from corpus.store.text import Word
from embeddings.encoder import Vectors
from embeddings.index import Neighbour
from retrieval import scoring
from retrieval.collections import Collection
from retrieval.coverage import ContentWords
from retrieval.days import named_days, published_then
from retrieval.lexicon import name_words
from retrieval.models import Signals
from retrieval.outlets import NamedOutlets
from retrieval.question import Question
from retrieval.readings import Reading, SideBySide

FEW = 50
"""Candidates each retriever brings for a question that asks one thing, where few are asked for. Twice as many changed
no answer of 439 on the open sets, and the last hits of some."""

OF_PARTS = 100
"""The same for a question of several parts, and for each of them: of MultiHop-RAG's questions, which need several
articles, 0.944 have one of them among the first ten hits, with half as many candidates 0.930 (tuned)."""

_LARGE = 100_000
"""Passages from which a frequent word costs more time than it tells; below, every word is searched for."""

_LAST = 2
_FREQUENT = 0.1
"""Share of the passages that makes a word frequent."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, or a part of one, as it is searched for."""

    question: Question
    outlets: NamedOutlets
    on_record: tuple[str, ...]


class Search:
    """One question, or part, over one collection: by its words at once, by its meaning when that is encoded.

    :param most: how many candidates each retriever may bring.
    """

    def __init__(
        self,
        collection: Collection,
        asked: Asked,
        words: list[Word],
        filters: Filters,
        allowed: Sequence[int] | None,
        most: int,
    ) -> None:
        self._collection = collection
        self._asked = asked
        self._filters = filters
        self._most = most
        self._days = named_days(asked.question.text)
        self._content = ContentWords.of(words)
        passages = collection.store.articles.size().passages
        self._shares = collection.store.text.shares(telling_words(words, asked.question, passages))
        lexical = self._shares.best(most, allowed)
        self._ranks = {"lexical": _ranks(lexical)}
        self.brought = set(lexical)
        """Ids of the candidates so far."""
        self._spoken: Filters | None = None
        if asked.on_record and not filters.speakers:
            # What the asked person said must be among the candidates, however it is worded.
            self._spoken = replace(filters, speakers=asked.on_record)
            self.brought |= set(self._shares.best(most, collection.store.articles.live_ids(self._spoken)))

    def look_near(self, query: Vectors, found_ahead: list[Neighbour] | None = None) -> None:
        """Add the candidates near in meaning to ``query`` (dimension,).

        :param found_ahead: the windows nearest to it, where they were looked for already and without filters.
        """
        dense = self._collection.nearest(query, self._most, self._filters, found_ahead)
        self._ranks["dense"] = _ranks(dense)
        self.brought |= set(dense)
        if self._spoken is not None:
            self.brought |= set(self._collection.nearest(query, self._most, self._spoken))

    def ranks_of(self, passage: int) -> dict[str, int]:
        """Its rank by each retriever that found it."""
        return {name: by[passage] for name, by in self._ranks.items() if passage in by}

    def signals(self, candidates: SideBySide, query: Vectors, cosines: Vectors) -> list[Signals]:
        """What the score of each candidate is made of; ``cosines`` are those of their sentences to ``query``."""
        covered = candidates.coverage(self._content)
        rows = zip(
            candidates.readings,
            self._shares.of([reading.passage.id for reading in candidates.readings]),
            candidates.window_cosines(query).tolist(),
            candidates.best(cosines).tolist(),
            covered.passages.tolist(),
            candidates.best(covered.sentences).tolist(),
            covered.phrases.tolist(),
            strict=True,
        )
        return [
            Signals(lexical, passage, sentence, whole, closely, phrases, self._boosts(reading))
            for reading, lexical, passage, sentence, whole, closely, phrases in rows
        ]

    def _boosts(self, reading: Reading) -> tuple[tuple[str, float], ...]:
        asked = self._asked
        boosts = []
        deduction = scoring.KIND_DEDUCTIONS[reading.passage.kind]
        if deduction:
            boosts.append((reading.passage.kind.value, deduction))
        if asked.on_record and any(statement.speaker in asked.on_record for statement in reading.statements):
            boosts.append(("asked speaker", scoring.SPEAKER_BOOST))
        if asked.outlets.here and reading.article.outlet in asked.outlets.here:
            boosts.append(("outlet named", scoring.OUTLET_BOOST))
        if self._days and published_then(reading.article.published_at, self._days):
            boosts.append(("day named", scoring.DAY_BOOST))
        return tuple(boosts)


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


def _ranks(scores: dict[int, float]) -> dict[int, int]:
    ordered = sorted(scores, key=lambda i: (-scores[i], i))
    return {passage: rank for rank, passage in enumerate(ordered, start=1)}
