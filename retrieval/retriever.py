"""Question time on one screen: candidates by words and by meaning, one score, one ranked list.

question ─┬─ words   (FTS5 BM25)  ─┐
          └─ meaning (FAISS)      ─┴► candidates ─► signals and boosts of each ─► rank ─► fold copies
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.attribution import same_person
from corpus.attribution.names import fold as fold_name
from corpus.models import Passage, Sentence, Statement
from corpus.spelling import mistyped
from corpus.store import Filters
from corpus.store.articles import ArticleSummary
from corpus.store.text import Stemmer, Word
from embeddings.encoder import Encoder, Vectors
from embeddings.reranker import Reranker
from retrieval import scoring
from retrieval.collections import Collection
from retrieval.coverage import ContentWords
from retrieval.folding import fold
from retrieval.models import Hit, Signals
from retrieval.offices import holders, is_title
from retrieval.question import Question, tokens

_PER_RETRIEVER = 100
"""Candidates each retriever may bring; beyond it, judged evidence is hardly ever found (SQuAD 2.0, MultiHop-RAG)."""


_NAME_START = 2
"""Letters by which a name is looked for; what transliteration changes comes later in a name."""

_RERANKED = 30
"""Candidates that a cross-encoder reads again: each costs as much as encoding a passage."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage with everything that was found out about it for one question."""

    collection: str
    passage: Passage
    article: ArticleSummary
    score: float
    signals: Signals
    ranks: dict[str, int]
    sentences: tuple[tuple[Sentence, float], ...]
    """Each sentence with its cosine to the question."""
    statements: tuple[Statement, ...]
    also: tuple[Candidate, ...] = ()

    def hit(self, rank: int) -> Hit:
        """The same as others see it."""
        return Hit(
            self.collection, self.passage, self.article, rank, self.score, self.signals, self.ranks,
            tuple((other.passage, other.article) for other in self.also),
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
    undated: int
    """Articles that a dated question left out because they bear no date."""


class Retriever:
    """Asks one or several collections; their word statistics, ids and vectors never mix."""

    def __init__(self, collections: Sequence[Collection], encoder: Encoder, reranker: Reranker | None = None) -> None:
        self._collections = tuple(collections)
        self._encoder = encoder
        self._reranker = reranker
        self._stemmer = Stemmer()

    def find(self, question: Question, filters: Filters, speaker_option: str | None = None) -> Found:
        """All candidates for a question, ranked.

        ``filters`` hold what the person set as options; ``speaker_option`` is the speaker option as typed,
        resolved here against each collection's people.
        """
        query = self._encoder.encode_query([question.text])[0]
        candidates: list[Candidate] = []
        speakers: list[str] = []
        words: dict[str, Word] = {}
        passages = undated = 0
        for collection in self._collections:
            with collection.snapshot():
                articles = collection.store.articles
                asked = speaker_option or question.speaker
                on_record: tuple[str, ...] = ()
                if asked:
                    names = [name for name, _ in articles.speakers()]
                    # A title is the person whom the articles call so; only then a speaker who is printed so.
                    if is_title(asked):
                        on_record = holders(asked, names, [collection.store]) or _as_printed(asked, names)
                    else:
                        on_record = _on_record(asked, names)
                admitted = replace(filters, speakers=on_record) if speaker_option else filters
                passages += len(articles.live_ids(admitted)) if admitted else articles.size().passages
                if filters.since or filters.until:
                    undated += articles.undated(admitted)
                own = collection.store.text.words(question.words or tokens(question.text))
                for word in own:
                    words[word.stem] = _joined(word, words.get(word.stem))
                speakers += on_record
                candidates += self._from_collection(collection, question, query, own, admitted, on_record)
        ranked = self._reranked(question, _by_score(candidates))
        folded = tuple(replace(first, also=tuple(others)) for first, others in fold(ranked))
        return Found(folded, tuple(words.values()), tuple(dict.fromkeys(speakers)), passages, undated)

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

    def _from_collection(
        self,
        collection: Collection,
        question: Question,
        query: Vectors,
        words: list[Word],
        filters: Filters,
        on_record: tuple[str, ...],
    ) -> list[Candidate]:
        store = collection.store
        shares = store.text.shares(words)
        lexical = _best(shares, store.articles.live_ids(filters) if filters else None)
        dense = collection.nearest(query, _PER_RETRIEVER, filters)
        ranks = {"lexical": _ranks(lexical), "dense": _ranks(dense)}
        if on_record and not filters.speakers:
            # What the asked person said must be among the candidates, however it is worded.
            spoken = replace(filters, speakers=on_record)
            lexical = {**_best(shares, store.articles.live_ids(spoken)), **lexical}
            dense = {**collection.nearest(query, _PER_RETRIEVER, spoken), **dense}
        ids = sorted({*lexical, *dense})
        lexical = {i: shares.get(i, 0.0) for i in ids}
        dense = {**collection.passage_cosines(query, [i for i in ids if i not in dense]), **dense}
        passages = store.articles.live_passages(ids)
        sentences = store.articles.sentences(list(passages))
        cosines = collection.sentence_cosines(query, [h for found in sentences.values() for _, h in found])
        statements = store.articles.statements_in(list(passages))
        articles = {
            article.id: article
            for article in store.articles.summaries(sorted({p.article_id for p in passages.values()}))
        }
        content = ContentWords.of(words)
        found = []
        for passage in passages.values():
            parts = self._stemmer.stems(
                [passage.text[s.start - passage.start : s.end - passage.start] for s, _ in sentences[passage.id]]
            )
            stems = [stem for part in parts for stem in part]
            scored = tuple((sentence, cosines.get(h, 0.0)) for sentence, h in sentences[passage.id])
            article = articles[passage.article_id]
            signals = Signals(
                lexical=lexical.get(passage.id, 0.0),
                passage=dense.get(passage.id, 0.0),
                sentence=max((cosine for _, cosine in scored), default=0.0),
                covered=content.share(stems),
                covered_closely=max((content.share(part) for part in parts), default=0.0),
                phrases=content.phrases(stems),
                boosts=_boosts(question, passage, article, statements[passage.id], on_record),
            )
            found.append(
                Candidate(
                    collection.name,
                    passage,
                    article,
                    scoring.total(signals),
                    signals,
                    {name: by[passage.id] for name, by in ranks.items() if passage.id in by},
                    scored,
                    tuple(statements[passage.id]),
                )
            )
        return found


def _boosts(
    question: Question,
    passage: Passage,
    article: ArticleSummary,
    statements: Sequence[Statement],
    on_record: tuple[str, ...],
) -> tuple[tuple[str, float], ...]:
    boosts = []
    deduction = scoring.KIND_DEDUCTIONS[passage.kind]
    if deduction:
        boosts.append((passage.kind.value, deduction))
    if any(statement.speaker in on_record for statement in statements):
        boosts.append(("asked speaker", scoring.SPEAKER_BOOST))
    if article.outlet and _names_outlet(question, article.outlet):
        boosts.append(("outlet named", scoring.OUTLET_BOOST))
    return tuple(boosts)


def _by_score(candidates: Sequence[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda c: (-c.score, c.collection, c.passage.id))


def _as_printed(asked: str, speakers: Sequence[str]) -> tuple[str, ...]:
    """Speakers whom the articles leave unnamed and call just so: "US officials", "the judge"."""
    last = [token.lower() for token in tokens(asked)][-1:]
    return tuple(
        name
        for name in speakers
        if [token.lower() for token in tokens(name)][-1:] == last and " and " not in name and same_person(asked, name)
    )


def _on_record(asked: str, speakers: Sequence[str]) -> tuple[str, ...]:
    """The names under which the person asked for is on record, read generously where none fits as typed."""
    typed = [token.lower() for token in tokens(asked)]
    # Comparing names is slow beside looking for their first letters, and few of thousands share these.
    starts = tuple(fold_name(token)[:_NAME_START] for token in typed)
    speakers = [name for name in speakers if any(start in fold_name(name) for start in starts)]
    exact = tuple(name for name in speakers if same_person(asked, name))
    if exact:
        return exact
    return tuple(
        name
        for name in speakers
        if (printed := [token.lower() for token in tokens(name)])
        and typed
        and mistyped(typed[-1], printed[-1])
        and set(typed[:-1]) <= set(printed[:-1])
    )


def _names_outlet(question: Question, outlet: str) -> bool:
    asked = f" {' '.join(tokens(question.text)).lower()} "
    printed = " ".join(tokens(outlet)).lower().removeprefix("the ")
    return bool(printed) and f" {printed} " in asked


def _best(shares: dict[int, float], allowed: Sequence[int] | None) -> dict[int, float]:
    ids = shares if allowed is None else [i for i in allowed if i in shares]
    return {i: shares[i] for i in heapq.nlargest(_PER_RETRIEVER, ids, key=lambda i: (shares[i], -i))}


def _ranks(scores: dict[int, float]) -> dict[int, int]:
    ordered = sorted(scores, key=lambda i: (-scores[i], i))
    return {passage: rank for rank, passage in enumerate(ordered, start=1)}


def _joined(word: Word, known: Word | None) -> Word:
    if known is None:
        return word
    return replace(word, passages=word.passages + known.passages, idf=min(word.idf, known.idf))
