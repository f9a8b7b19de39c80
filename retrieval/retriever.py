"""Question time on one screen: candidates by words and by meaning, one score, one ranked list.

question ─┬─ words   (FTS5 BM25)  ─┐
          └─ meaning (FAISS)      ─┴► candidates ─► signals and boosts of each ─► rank ─► fold copies
"""

from __future__ import annotations

import contextlib
import itertools
import math
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, replace

import numpy as np

from corpus.attribution import same_person
from corpus.attribution.names import fold as fold_name
from corpus.models import Passage, Sentence, Statement
from corpus.people import find, merge
from corpus.spelling import mistyped
from corpus.store import Filters
from corpus.store.articles import ArticleSummary
from corpus.store.text import Word
from embeddings.encoder import Encoder, Vectors
from embeddings.index import Neighbour
from embeddings.reranker import Reranker
from retrieval import scoring
from retrieval.collections import Collection
from retrieval.folding import Shingles, fold
from retrieval.lexicon import TITLE_WORDS, name_words, tokens
from retrieval.models import Hit, Signals
from retrieval.offices import holders, is_title
from retrieval.outlets import NamedOutlets, named_outlets
from retrieval.parts import parts_of, served_in_turn
from retrieval.question import Question, understand
from retrieval.readings import Reading, SideBySide
from retrieval.search import FEW, OF_PARTS, Asked, Search

_NAME_START = 2
"""Letters by which a name is looked for; what transliteration changes comes later in a name."""

_LARGE = 20_000
"""Passages from which searching the index takes longer than handing it to a thread: some 2 ms."""

_RERANKED = 30
"""Candidates that a cross-encoder reads again: each costs as much as encoding a passage."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage with everything that was found out about it for one question."""

    collection: str
    reading: Reading
    score: float
    signals: Signals
    ranks: dict[str, int]
    cosines: tuple[float, ...] = ()
    """Of each of its sentences to the question; empty where nothing was asked."""
    also: tuple[Candidate, ...] = ()
    parts: tuple[float, ...] = ()
    """Its score for each part of a question that asks several things."""

    @property
    def passage(self) -> Passage:
        """The passage itself."""
        return self.reading.passage

    @property
    def article(self) -> ArticleSummary:
        """The article it stands in."""
        return self.reading.article

    @property
    def statements(self) -> tuple[Statement, ...]:
        """What is said in it."""
        return self.reading.statements

    @property
    def shingles(self) -> Shingles:
        """By which copies are known."""
        return self.reading.shingles

    @property
    def sentences(self) -> tuple[tuple[Sentence, float], ...]:
        """Each sentence with its cosine to the question."""
        return tuple(zip(self.reading.sentences, self.cosines or itertools.repeat(0.0), strict=False))

    def hit(self, rank: int, speakers: Sequence[str] = ()) -> Hit:
        """The same as others see it, with what the asked speakers say in it."""
        return Hit(
            self.collection, self.passage, self.article, rank, self.score, self.signals, self.ranks,
            tuple((other.passage, other.article) for other in self.also),
            tuple(statement for statement in self.statements if statement.speaker in speakers),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """What a question brought up."""

    candidates: tuple[Candidate, ...]
    """Best first, copies folded."""
    words: tuple[Word, ...]
    """The question's content words with their weights, summed over the collections."""
    speakers: tuple[str, ...]
    """Names under which the asked speaker is on record; empty when nobody was asked or nothing is."""
    passages: int
    """How many passages the filters admitted."""
    outlets: NamedOutlets
    """The outlets that the question names."""
    names: dict[str, bool]
    """Each other name in the question, as typed: whether a passage holds all of it."""
    undated: int
    """Articles that a dated question left out because they bear no date."""


class Retriever:
    """Asks one or several collections; their word statistics, ids and vectors never mix."""

    def __init__(self, collections: Sequence[Collection], encoder: Encoder, reranker: Reranker | None = None) -> None:
        self._collections = tuple(collections)
        self._encoder = encoder
        self._reranker = reranker
        self._aside = ThreadPoolExecutor(1, thread_name_prefix="question")

    def find(self, question: Question, filters: Filters, speaker_option: str | None = None, most: int = FEW) -> Found:
        """The candidates for a question, ranked.

        ``filters`` hold what the person set as options; ``speaker_option`` is the speaker option as typed,
        resolved here against each collection's people. ``most`` is how many each retriever brings at most.
        """
        parts = _parts(question)
        most = max(most, OF_PARTS) if parts else most
        texts = texts_read(question)
        with contextlib.ExitStack() as instant:
            for collection in self._collections:
                instant.enter_context(collection.snapshot())
            queries = near = None
            if self._is_large() and not filters and not speaker_option:
                queries = self._encoder.encode_query(texts)
                looking = [collection.looking_near() for collection in self._collections]
                near = self._aside.submit(_near, looking, queries, most)
                instant.callback(wait, [near])  # whatever happens: an index that is searched must not be changed
            printed = {outlet for collection in self._collections for outlet in collection.store.articles.outlets()}
            outlets = named_outlets(question.text, printed)
            asked_parts = [Asked(part, named_outlets(part.text, printed), ()) for part in parts]
            speakers: list[str] = []
            words: dict[str, Word] = {}
            passages = undated = 0
            searches: list[tuple[Collection, list[Search]]] = []
            for collection in self._collections:
                articles, text = collection.store.articles, collection.store.text
                on_record = self._on_record(collection, speaker_option or question.speaker)
                speakers += on_record
                admitted = replace(filters, speakers=on_record) if speaker_option else filters
                allowed = articles.live_ids(admitted) if admitted else None
                passages += articles.size().passages if allowed is None else len(allowed)
                if filters.since or filters.until:
                    undated += articles.undated(admitted)
                own = text.words(question.words or tokens(question.text))
                for word in own:
                    words[word.stem] = _joined(word, words.get(word.stem))
                both = [(Asked(question, outlets, on_record), own)]
                both += [(part, text.words(part.question.words)) for part in asked_parts]
                searches.append(
                    (collection, [Search(collection, one, its, admitted, allowed, most) for one, its in both])
                )
                collection.readings(sorted({i for search in searches[-1][1] for i in search.brought}))
            names = self._names(question, tuple(words.values()), outlets)
            if queries is None:
                # Not before: in a process that has just begun the model is still being loaded.
                queries = self._encoder.encode_query(texts)
            windows = near.result() if near else [None] * len(searches)
            candidates = [
                one
                for (collection, own), found in zip(searches, windows, strict=True)
                for one in _candidates(collection, own, queries, found)
            ]
        ranked = self._reranked(question, _in_turn(candidates) if parts else _by_score(candidates))
        return Found(
            tuple(replace(first, also=tuple(others)) if others else first for first, others in fold(ranked)),
            tuple(words.values()),
            tuple(dict.fromkeys(speakers)),
            passages,
            outlets,
            names,
            undated,
        )

    def _is_large(self) -> bool:
        """Whether the index is so large that it had better be searched on a thread of its own, beside the words.

        The model runs on the thread that asks in any case: a processor that had nothing to do between the questions
        wakes up cold, and the model takes half as long again on it.
        """
        return sum(collection.store.articles.size().passages for collection in self._collections) >= _LARGE

    def _on_record(self, collection: Collection, asked: str | None) -> tuple[str, ...]:
        """The names under which the person asked for is on record in a collection."""
        if not asked:
            return ()
        counted = collection.store.articles.speakers()
        # A title is the person whom the articles call so; only then a speaker who is printed so.
        if is_title(asked):
            names = [name for name, _ in counted]
            return holders(asked, names, [collection.store]) or _as_printed(asked, names)
        return _on_record(asked, counted)

    def _names(self, question: Question, words: Sequence[Word], outlets: NamedOutlets) -> dict[str, bool]:
        # As the words were read: a slip of the keyboard makes no strange name.
        read = {word.printed: word.read_as or word.printed for word in words}
        found = {}
        for name in question.names:
            parts = name_words(name)
            bare = [part for part in parts if part.lower() not in TITLE_WORDS] or parts
            if bare and not outlets.hold(bare):
                wanted = [read.get(part, part) for part in bare]
                found[name] = any(collection.store.text.passages_with(wanted, 1) for collection in self._collections)
        return found

    def _reranked(self, question: Question, ranked: list[Candidate]) -> list[Candidate]:
        """The best candidates read again by the cross-encoder, where there is one; its verdict is one more boost."""
        if self._reranker is None:
            return ranked
        best, rest = ranked[:_RERANKED], ranked[_RERANKED:]
        verdicts = self._reranker.scores(question.text, [candidate.passage.text for candidate in best])
        for n, (candidate, verdict) in enumerate(zip(best, verdicts.tolist(), strict=True)):
            boost = ("cross-encoder", scoring.RERANKER_WEIGHT * verdict)
            signals = replace(candidate.signals, boosts=(*candidate.signals.boosts, boost))
            best[n] = replace(candidate, signals=signals, score=scoring.total(signals))
        return _by_score(best) + rest


def texts_read(question: Question) -> list[str]:
    """What the model reads of a question: the whole, then its parts, if it asks several things."""
    return [question.text, *(part.text for part in _parts(question))]


def _parts(question: Question) -> list[Question]:
    return [understand(part) for part in parts_of(question.text)]


def _near(
    looking: Sequence[Callable[[Vectors, int], list[Neighbour]] | None], queries: Vectors, most: int
) -> list[list[list[Neighbour]] | None]:
    """For each collection the windows near to each of ``queries`` (searches, dimension); None without an index."""
    return [[look(query, most) for query in queries] if look else None for look in looking]


def _candidates(
    collection: Collection, searches: Sequence[Search], queries: Vectors, near: list[list[Neighbour]] | None
) -> list[Candidate]:
    """What the searches for a question and its parts bring from a collection; ``queries`` are (searches, dimension).

    :param near: for each of them the windows nearest to it, where they were looked for already.
    """
    for search, query, windows in zip(searches, queries, near or itertools.repeat(None), strict=False):
        search.look_near(query, windows)
    readings = collection.readings(sorted({i for search in searches for i in search.brought}))
    side_by_side = SideBySide(list(readings.values()))
    cosines = [side_by_side.sentence_cosines(query) for query in queries]
    signals = [
        search.signals(side_by_side, query, close)
        for search, query, close in zip(searches, queries, cosines, strict=True)
    ]
    close, bounds = cosines[0].tolist(), side_by_side.firsts.tolist()
    return [
        Candidate(
            collection.name,
            reading,
            scoring.total(own),
            own,
            searches[0].ranks_of(reading.passage.id),
            tuple(close[bounds[n] : bounds[n + 1]]),
            parts=tuple(scoring.total(one) for one in of_parts),
        )
        for n, (reading, own, *of_parts) in enumerate(zip(side_by_side.readings, *signals, strict=True))
    ]


def _by_score(candidates: Sequence[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda c: (-c.score, c.collection, c.passage.id))


def _in_turn(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Ranked so that each part of the question gets its passages."""
    ordered = _by_score(candidates)
    if not ordered:
        return []
    turns = served_in_turn(np.array([c.score for c in ordered]), np.array([c.parts for c in ordered]))
    ranked = []
    for n, score in turns:
        signals = ordered[n].signals
        boost = ("part of the question", score - ordered[n].score)
        ranked.append(replace(ordered[n], signals=replace(signals, boosts=(*signals.boosts, boost)), score=score))
    return ranked


def _as_printed(asked: str, speakers: Sequence[str]) -> tuple[str, ...]:
    """Speakers whom the articles leave unnamed and call just so: "US officials", "the judge"."""
    last = [token.lower() for token in tokens(asked)][-1:]
    return tuple(
        name
        for name in speakers
        if [token.lower() for token in tokens(name)][-1:] == last and " and " not in name and same_person(asked, name)
    )


def _on_record(asked: str, speakers: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """The names under which the person asked for is on record, read generously where none fits as typed."""
    typed = [token.lower() for token in tokens(asked)]
    # Merging names is slow beside looking for their first letters, and few of thousands share these.
    starts = tuple(fold_name(token)[:_NAME_START] for token in typed)
    near = [(name, count) for name, count in speakers if any(start in fold_name(name) for start in starts)]
    known = {name for name, _ in near}
    people = find(asked, merge(near))
    exact = [name for person in people for name in (person.name, *person.aliases) if name in known]
    # What is no person's name ("the port's coach") is compared word by word.
    exact += [name for name in known if same_person(asked, name) and name not in exact]
    if exact:
        return tuple(exact)
    return tuple(
        name
        for name, _ in near
        if (printed := [token.lower() for token in tokens(name)])
        and typed
        and mistyped(typed[-1], printed[-1])
        and set(typed[:-1]) <= set(printed[:-1])
    )


def _joined(word: Word, known: Word | None) -> Word:
    if known is None:
        return word
    # As rare as it is in all of them together: by the least of the weights, a word that a collection of one article
    # happens to repeat would tell nothing in the largest.
    passages = word.passages + known.passages
    absent = sum((one.passages + 0.5) * math.exp(one.idf) - 0.5 for one in (word, known))
    return replace(word, passages=passages, idf=max(math.log((absent + 0.5) / (passages + 0.5)), 0.01))
