"""From a question to a checked answer: understand, find, choose, weigh, cite or decline."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.store import Filters, Store
from corpus.store.memo import State
from corpus.store.text import shared_stemmer
from embeddings.encoder import Encoder
from embeddings.reranker import Reranker
from retrieval import abstention
from retrieval.answering import addressed, answering_spans
from retrieval.citations import cite, intact
from retrieval.collections import Collection
from retrieval.figures import asks_figure, further_spans, side_by_side, weigh_figures
from retrieval.models import Answer, Outcome, Reason, Timeline
from retrieval.origins import cite_first_printed, independence
from retrieval.others import others_on_topic
from retrieval.question import Asks, Question, complaint, understand
from retrieval.retriever import Found, Retriever, texts_read
from retrieval.search import FEW
from retrieval.timeline import days_named, events_of
from retrieval.wording import answer_text, decline_text

# By judgement: attribution finds some nine of ten marked speakers.
_NOT_ON_RECORD = 0.1
_ON_RECORD = 0.9


_OF_TIMELINE = 100
"""Candidates by words and by meaning each where all of a matter is wanted."""

_ANSWERS_KEPT = 100
"""Answers that are given again to the same question as long as nothing was written."""

_PASSAGES_KEPT = 20_000
"""Passages of which it is remembered, as long as nothing was written, that they stand in their article."""

_NOTHING_NAMED = "The question names nothing that could be looked up; name a person or a thing."
_NOTHING_ADMITTED = "No article matches the speaker, outlets or dates that were set; loosen one of them."


@dataclass(frozen=True, slots=True)
class Options:
    """What a person may set beside the question."""

    speaker: str | None = None
    outlets: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    articles: tuple[str, ...] = ()
    top_k: int = 10
    most: int | None = None
    """Quotes shown at most: all that are about it, up to so many. None: few, as suits the question."""


class Asker:
    """Answers questions over one or several collections."""

    def __init__(self, collections: Sequence[Collection], encoder: Encoder, reranker: Reranker | None = None) -> None:
        self._collections = tuple(collections)
        self._retriever = Retriever(collections, encoder, reranker)
        self._stemmer = shared_stemmer()
        self._states: tuple[State, ...] = ()
        self._intact: set[tuple[str, int]] = set()
        self._answered: dict[tuple[str, Options], tuple[tuple[State, ...] | None, Answer | None]] = {}

    def ask(self, text: str, options: Options | None = None) -> Answer:
        """Answer, or say why not. A question that cannot be asked is answered with ``bad_question``."""
        options = options or Options()
        started = time.perf_counter()
        wrong = complaint(text)
        if wrong:
            return _declined(text, Reason.BAD_QUESTION, wrong)
        with contextlib.ExitStack() as instant:
            # Search, answer and check see one instant of each collection, whatever is ingested meanwhile.
            for collection in self._collections:
                instant.enter_context(collection.snapshot())
            states = tuple(collection.store.state for collection in self._collections)
            if states != self._states or len(self._intact) > _PASSAGES_KEPT:
                self._states = states
                self._intact.clear()
            before, answer = self._answered.pop((text, options), (None, None))
            if answer is None or before != states:
                answer = self._ask(text, options, started)
            else:
                answer = replace(answer, timings_ms=_timings(started, started, time.perf_counter()))
            self._answered[text, options] = states, answer  # the last asked stands last
            if len(self._answered) > _ANSWERS_KEPT:
                del self._answered[next(iter(self._answered))]
            return answer

    def timeline(self, text: str, options: Options | None = None) -> Timeline:
        """What happened when on a matter: a question or just a subject. Declined only where nothing is about it."""
        options = options or Options()
        wrong = complaint(text)
        if wrong:
            return Timeline(text, reason=Reason.BAD_QUESTION, text=wrong)
        with contextlib.ExitStack() as instant:
            for collection in self._collections:
                instant.enter_context(collection.snapshot())
            question = self._understood(text)
            if not question.words:
                return Timeline(text, reason=Reason.BAD_QUESTION, text=_NOTHING_NAMED)
            filters = Filters(options.outlets, options.since, options.until, options.articles)
            if options.speaker:
                question = replace(question, speaker=options.speaker, cue=None)
            found = self._retriever.find(question, filters, options.speaker, _OF_TIMELINE)
            if (filters or options.speaker) and not found.passages:
                return Timeline(text, reason=Reason.FILTERED_OUT, text=_NOTHING_ADMITTED)
            evidence = abstention.weigh(question, found, answering_spans(question, found, self._stemmer), self._stemmer)
            why = abstention.reason(question, found, evidence)
            if why is Reason.OFF_TOPIC or evidence.silent or evidence.strange_names == 1.0:
                return Timeline(text, reason=why, text=decline_text(question, why, found, self._scope()))
            timeline = events_of(text, found, self._stores(), self._stemmer)
            return replace(timeline, notes=_notes(found))

    def figures(self, text: str, options: Options | None = None) -> Answer:
        """An answer that holds figures: to "how many ...", or to a subject as if that were asked."""
        question = understand(text)
        return self.ask(text if asks_figure(question) or not question.words else f"How many {text}", options)

    def weigh(self, text: str) -> abstention.Evidence:
        """What speaks for an answer to a question, in numbers; by it the confidence is fitted."""
        with contextlib.ExitStack() as instant:
            for collection in self._collections:
                instant.enter_context(collection.snapshot())
            question = self._understood(text)
            found = self._retriever.find(question, Filters())
            return abstention.weigh(question, found, answering_spans(question, found, self._stemmer), self._stemmer)

    def _ask(self, text: str, options: Options, started: float) -> Answer:
        question = self._understood(text)
        if question.pronoun and not question.names and not options.speaker:
            return _declined(
                text, Reason.BAD_QUESTION, f"Whom do you mean by “{question.pronoun}”? Ask again with the name."
            )
        if not question.words:
            return _declined(
                text,
                Reason.BAD_QUESTION,
                _NOTHING_NAMED,
            )
        filters = Filters(options.outlets, options.since, options.until, options.articles)
        if options.speaker:
            question = replace(question, speaker=options.speaker, cue=None)
        most = max(FEW, options.top_k, options.most or 0)
        found = self._retriever.find(question, filters, options.speaker, most)
        searched = time.perf_counter()
        answer = self._answer(question, found, bool(filters) or options.speaker is not None, options)
        ended = time.perf_counter()
        return replace(
            answer,
            question=text,
            notes=_notes(found),
            timings_ms=_timings(started, searched, ended),
        )

    def _understood(self, text: str) -> Question:
        text = _typed(text)
        question = understand(text)
        if any(character.isupper() for character in text):
            return question
        # Typed without capitals: what the articles print with one is a name.
        known = frozenset().union(
            *(collection.store.text.names_among(question.words) for collection in self._collections)
        )
        return understand(text, known) if known else question

    def _answer(self, question: Question, found: Found, filtered: bool, options: Options) -> Answer:
        listed = intact(found.candidates[: options.top_k], self._stores(), self._intact)
        hits = tuple(candidate.hit(rank, found.speakers) for rank, candidate in enumerate(listed, start=1))
        if filtered and not found.passages:
            return _declined(
                question.text,
                Reason.FILTERED_OUT,
                _NOTHING_ADMITTED,
            )
        spans = answering_spans(question, found, self._stemmer, options.most)
        evidence = abstention.weigh(question, found, spans, self._stemmer)
        sure = abstention.confidence(evidence)
        if question.asks_words and not found.speakers and not spans:
            # Nobody else's words, nor the article's own, answer for a person who is not on record.
            sure = min(sure, _NOT_ON_RECORD)
        elif (
            question.asks_words
            and spans
            and not question.topic_words()
            and (not question.addressee or any(addressed(span.statement, question.addressee) for span in spans))
        ):
            # "What did Borrell say?" is answered by whatever he said; whether he said it to Kuleba, the text tells.
            sure = max(sure, _ON_RECORD)
        if spans and sure >= abstention.THRESHOLD:
            weighed = weigh_figures(question, found, self._stores(), self._stemmer) if asks_figure(question) else []
            spans = cite_first_printed(spans, self._stores())
            shown = [*spans, *further_spans(weighed, spans, self._stemmer)]
            citations = cite(shown, self._stores())
            if citations:
                return Answer(
                    question.text, Outcome.ANSWERED, sure, None, answer_text(question, citations),
                    tuple(citations), hits, figures=side_by_side(weighed, citations, self._stemmer),
                    moments=days_named(citations, self._stores()) if question.asks is Asks.WHEN else (),
                    independence=independence(shown, self._stores()),
                )  # fmt: skip
        why = abstention.reason(question, found, evidence)
        others = others_on_topic(question, found, self._stemmer) if why is Reason.SPEAKER_SILENT else ()
        text = decline_text(question, why, found, self._scope(), others)
        return Answer(question.text, Outcome.NO_EVIDENCE, sure, why, text, (), hits)

    def _stores(self) -> dict[str, Store]:
        return {collection.name: collection.store for collection in self._collections}

    def _scope(self) -> str:
        sizes = [collection.store.articles.size() for collection in self._collections]
        count = sum(size.articles for size in sizes)
        days = sorted(day for size in sizes for day in (size.first_date, size.last_date) if day)
        dates = "" if not days else f", {days[0]}" if days[0] == days[-1] else f", {days[0]} to {days[-1]}"
        return f"{count:,} article{'' if count == 1 else 's'}{dates}"


def texts_of(question: str) -> list[str]:
    """What the model reads of a question that is asked; nothing of one that cannot be."""
    return [] if complaint(question) else texts_read(understand(_typed(question)))


def _typed(text: str) -> str:
    # Where all letters are capitals none of them tells a name.
    return text.lower() if text.isupper() else text


def _timings(started: float, searched: float, ended: float) -> dict[str, float]:
    return {
        "search": round((searched - started) * 1000, 1),
        "answer": round((ended - searched) * 1000, 1),
        "total": round((ended - started) * 1000, 1),
    }


def _declined(text: str, why: Reason, sentence: str) -> Answer:
    return Answer(text, Outcome.NO_EVIDENCE, 0.0, why, sentence)


def _notes(found: Found) -> tuple[str, ...]:
    notes = []
    if found.undated:
        n = found.undated
        left_out = "1 article without a date was" if n == 1 else f"{n:,} articles without a date were"
        notes.append(f"{left_out} left out.")
    slips = [word.printed for word in found.words if word.read_as]
    if slips:
        notes.append(f"No article has {' or '.join(f'“{slip}”' for slip in slips)}: read as a slip of the keyboard.")
    return tuple(notes)
