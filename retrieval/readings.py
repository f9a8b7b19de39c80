"""Passages as questions read them: what is stored of each and what is worked out of it, once; many side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.models import Passage, Sentence, Statement, StatementKind
from corpus.store.articles import ArticleSummary
from embeddings.encoder import Vectors
from retrieval.coverage import ContentWords, word_key
from retrieval.folding import Shingles, shingles_of_each
from retrieval.lexicon import plain_words
from retrieval.question import Asks
from retrieval.utterances import shown_span, trimmed
from retrieval.values import holds_value
from retrieval.vocabulary import Numbers, vocabulary

_PHRASE_REACH = 2
"""Two content words stand together when at most one word is between them: "shares of the company"."""

NO_STEMS: Numbers = np.zeros(0, dtype=np.int32)
NO_VECTORS: NDArray[np.float16] = np.zeros((0, 0), dtype=np.float16)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as it would be shown."""

    start: int
    end: int
    text: str
    """What is printed from ``start`` to ``end``, where no utterance is shown in its place."""
    shown: tuple[int, int]
    """The span to show: the utterance, where the sentence holds one and nothing else that is said."""
    said: tuple[Statement, ...]
    one: Statement | None
    """The first of them, where all are one speaker's."""
    asks: bool
    """Whether it is a question that nobody is said to ask."""


class _Words(NamedTuple):
    """What the words of a passage were found to be."""

    stems: Numbers
    sizes: Numbers
    headline: Numbers
    shingles: Shingles


class Reading:
    """One passage. Nothing in it depends on a question, so what was worked out serves the next one.

    :param sentences: its sentences in order.
    :param vectors: one row for each sentence; a row of zeros where there is no vector.
    :param windows: one row for each embedded window.
    """

    def __init__(
        self,
        passage: Passage,
        article: ArticleSummary,
        sentences: Sequence[Sentence] = (),
        statements: Sequence[Statement] = (),
        vectors: NDArray[np.float16] = NO_VECTORS,
        windows: NDArray[np.float16] = NO_VECTORS,
    ) -> None:
        self.passage = passage
        self.article = article
        self.sentences = tuple(sentences)
        self.statements = tuple(statements)
        self.vectors = vectors
        self.windows = windows
        self._read: _Words | None = None
        self._holding: dict[Asks, NDArray[np.bool_]] = {}

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Its sentences as they are printed."""
        text, base = self.passage.text, self.passage.start
        return tuple(text[s.start - base : s.end - base] for s in self.sentences)

    @property
    def stems(self) -> tuple[Numbers, Numbers]:
        """The stems of its sentences one after another, shape (stems,), and how many each has, shape (sentences,).

        A word that is none for the full-text index has none.
        """
        read = self._words_read()
        return read.stems, read.sizes

    @property
    def headline(self) -> Numbers:
        """The stems of its article's headline."""
        return self._words_read().headline

    @property
    def shingles(self) -> Shingles:
        """Its runs of words, by which copies are known."""
        return self._words_read().shingles

    @cached_property
    def families(self) -> frozenset[str]:
        """The families of the words of passage and headline, as :func:`retrieval.coverage.word_key` names them."""
        return self.families_of_text.union(map(word_key, vocabulary().spelled(self.headline)))

    @cached_property
    def families_of_text(self) -> frozenset[str]:
        """Those of the words of the passage alone."""
        return frozenset(map(word_key, vocabulary().spelled(self.stems[0])))

    @cached_property
    def plain(self) -> str:
        """Its words and those of the headline, for comparing with what is typed."""
        return plain_words(f"{self.article.title or ''}\n{self.passage.text}")

    @cached_property
    def plain_lines(self) -> tuple[str, ...]:
        """The words of each line, for comparing with what is typed."""
        return tuple(plain_words(line.text) for line in self.lines)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Its sentences as they would be shown."""
        return tuple(self._line(sentence) for sentence in self.sentences)

    @cached_property
    def asking(self) -> NDArray[np.bool_]:
        """Which of the lines ask, shape (sentences,)."""
        return np.array([line.asks for line in self.lines], dtype=bool)

    def holding(self, asks: Asks) -> NDArray[np.bool_]:
        """Which of the lines could hold the kind of value that is asked for, shape (sentences,)."""
        found = self._holding.get(asks)
        if found is None:
            found = np.array([holds_value(asks, line.text) for line in self.lines], dtype=bool)
            self._holding[asks] = found
        return found

    def _words_read(self) -> _Words:
        if self._read is None:
            read_words([self])
        assert self._read is not None
        return self._read

    def _line(self, sentence: Sentence) -> Line:
        passage = self.passage
        start, end = trimmed(passage, sentence.start, sentence.end)
        text = passage.text[start - passage.start : end - passage.start]
        said = tuple(s for s in self.statements if s.start < end and start < s.end)
        shown = (start, end)
        if len(said) == 1 and said[0].kind is StatementKind.DIRECT:
            shown = shown_span(said[0], passage, self.sentences, self.statements)
        one = said[0] if len({statement.speaker for statement in said}) == 1 else None
        return Line(start, end, text, shown, said, one, text.rstrip("”\"'’)").endswith("?") and not said)


def read_words(readings: Sequence[Reading]) -> None:
    """Look up the words of many passages together, which takes a third of the time of one after another."""
    # Of each passage its sentences, then the headline.
    texts = [text for reading in readings for text in (*reading.texts, reading.article.title or "")]
    lasts = [last - 1 for last in accumulate(len(reading.sentences) + 1 for reading in readings)]
    places = [(last - len(reading.sentences), last) for reading, last in zip(readings, lasts, strict=True)]
    words, sizes = vocabulary().words_of(texts)
    bounds = _bounds(sizes)
    shingles = shingles_of_each(words, [(bounds[first], bounds[last]) for first, last in places])
    stems = vocabulary().stems_of(words)
    if not stems.all():
        sizes = np.bincount(np.repeat(np.arange(len(sizes)), sizes)[stems > 0], minlength=len(sizes)).astype(np.int32)
        bounds, stems = _bounds(sizes), stems[stems > 0]
    for reading, (first, last), own in zip(readings, places, shingles, strict=True):
        # Copies, which do not hold on to those of all the others.
        reading._read = _Words(
            stems[bounds[first] : bounds[last]].copy(),
            sizes[first:last].copy(),
            stems[bounds[last] : bounds[last + 1]].copy(),
            own,
        )


def _bounds(sizes: Numbers) -> list[int]:
    bounds: list[int] = np.concatenate([[0], np.cumsum(sizes)]).tolist()
    return bounds


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of some content words stands where, each a share by weight."""

    sentences: NDArray[np.float64]
    """(sentences,), of all passages one after another."""
    passages: NDArray[np.float64]
    """(passages,)"""
    with_headlines: NDArray[np.float64]
    """(passages,), the headline counted in."""
    phrases: NDArray[np.float64]
    """(passages,): of the pairs of neighbouring words, those that stand together in the passage."""


class SideBySide:
    """Passages laid out as arrays, so that a question is held against all their words and sentences at once."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.readings = tuple(readings)
        counts = [len(reading.sentences) for reading in self.readings]
        self.firsts = np.concatenate([[0], np.cumsum(counts)]).astype(np.intp)
        """(passages + 1,): where the sentences of each passage begin among all."""
        self._passage_of = np.repeat(np.arange(len(counts)), counts)
        self._stems = np.concatenate([*(reading.stems[0] for reading in self.readings), NO_STEMS])
        sizes = np.concatenate([*(reading.stems[1] for reading in self.readings), NO_STEMS])
        self._sentence_of = np.repeat(np.arange(len(sizes)), sizes)
        headlines = [reading.headline for reading in self.readings]
        self._headline_stems = np.concatenate([*headlines, NO_STEMS])
        self._headline_of = np.repeat(np.arange(len(headlines)), [len(stems) for stems in headlines])

    def sentence_cosines(self, query: Vectors) -> Vectors:
        """Cosine of each sentence to ``query`` (dimension,), shape (sentences,); 0 where there is no vector."""
        return _cosines([reading.vectors for reading in self.readings], self._counts(), query)

    def window_cosines(self, query: Vectors) -> NDArray[np.float64]:
        """Cosine of each passage's best window to ``query`` (dimension,), shape (passages,); 0 where there is none."""
        counts = [len(reading.windows) for reading in self.readings]
        cosines = _cosines([reading.windows for reading in self.readings], counts, query)
        return _best(cosines, np.repeat(np.arange(len(counts)), counts), len(counts))

    def best(self, of_sentences: NDArray[np.floating]) -> NDArray[np.float64]:
        """The most of each passage's sentences, shape (passages,); 0 where there is none."""
        return _best(of_sentences, self._passage_of, len(self.readings))

    def coverage(self, content: ContentWords) -> Coverage:
        """Which of the words stand where."""
        passages, sentences = len(self.readings), len(self._passage_of)
        if not content.weights or not passages:
            none = np.zeros(passages)
            return Coverage(np.zeros(sentences), none, none, none)
        places = content.places
        # 0 stands for all other stems. Their numbers first: meanwhile another thread may learn words.
        numbers = [vocabulary().stem(stem) for stem in places]
        place_of = np.zeros(len(vocabulary()), dtype=np.int32)
        place_of[numbers] = range(1, len(places) + 1)
        place_of[0] = 0
        found = place_of[self._stems]
        at = np.flatnonzero(found)
        of_sentence, of_passage = self._sentence_of[at], self._passage_of[self._sentence_of[at]]
        in_sentence = np.zeros((sentences, len(places) + 1), dtype=bool)
        in_sentence[of_sentence, found[at]] = True
        in_passage = np.zeros((passages, len(places) + 1), dtype=bool)
        in_passage[of_passage, found[at]] = True
        in_both = in_passage.copy()
        in_both[self._headline_of, place_of[self._headline_stems]] = True
        return Coverage(
            content.shares(in_sentence[:, 1:]),
            content.shares(in_passage[:, 1:]),
            content.shares(in_both[:, 1:]),
            self._phrases(content, found, at, of_passage),
        )

    def _phrases(
        self, content: ContentWords, found: Numbers, at: NDArray[np.intp], of_passage: NDArray[np.intp]
    ) -> NDArray[np.float64]:
        together = np.zeros((len(self.readings), len(content.pairs)), dtype=bool)
        if not content.pairs:
            return np.zeros(len(self.readings))
        places = {stem: place for place, stem in enumerate(content.places, start=1)}
        pair_of = np.full((len(places) + 1, len(places) + 1), -1)
        for number, (one, other) in enumerate(content.pairs):
            pair_of[places[one], places[other]] = number
        for reach in range(1, _PHRASE_REACH + 1):
            inside = at + reach < len(found)
            first, passage = at[inside], of_passage[inside]
            pair = pair_of[found[first], found[first + reach]]
            same = (pair >= 0) & (self._passage_of[self._sentence_of[first + reach]] == passage)
            together[passage[same], pair[same]] = True
        return content.pair_shares(together)

    def _counts(self) -> list[int]:
        return [len(reading.sentences) for reading in self.readings]


def _cosines(blocks: Sequence[NDArray[np.float16]], counts: Sequence[int], query: Vectors) -> Vectors:
    # Some passages may have been read without vectors.
    whole = [
        block if len(block) == count else np.zeros((count, len(query)), dtype=np.float16)
        for block, count in zip(blocks, counts, strict=True)
        if count
    ]
    if not whole:
        return np.zeros(0, dtype=np.float32)
    cosines: Vectors = np.concatenate(whole).astype(np.float32) @ query
    return cosines


def _best(values: NDArray[np.floating], owners: NDArray[np.intp], count: int) -> NDArray[np.float64]:
    best = np.full(count, -np.inf)
    np.maximum.at(best, owners, values)
    best[np.isneginf(best)] = 0.0
    return best
