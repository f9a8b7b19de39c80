"""Which printed words answer: statements where somebody's words are asked for, sentences elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np

from corpus.attribution import same_person
from corpus.models import Passage, PassageKind, Sentence, Statement, StatementKind
from corpus.store.text import Stemmer
from retrieval.citations import Span
from retrieval.coverage import ContentWords, word_key, word_keys
from retrieval.folding import same_text
from retrieval.lexicon import plain_words, tokens
from retrieval.question import UNCOUNTED, VALUED, Asks, Question
from retrieval.readings import SideBySide
from retrieval.retriever import Candidate, Found
from retrieval.saying import is_verdict
from retrieval.utterances import shown_span
from retrieval.values import counts, holds_value
from retrieval.wording import full_name

_LOOKED_AT = 40
"""Candidates whose spans are weighed."""

_SHOWN = {Asks.SAID: 4, Asks.COUNT: 5}
_SHOWN_ELSE = 3
"""Spans shown at most. Figures and dates are shown from several articles, since articles differ on them."""

_SAID_NEAR_BEST = 0.7
_NEAR_BEST = 0.8
"""A further span is shown only with at least this share of the best one's score: one where one answers. By judgement
on the gold questions; lower where somebody's words are asked for, since one person says several things on a topic."""

_RUNNING_TEXT = (PassageKind.PARAGRAPH,)
_ANY_TEXT = (PassageKind.PARAGRAPH, PassageKind.HEADLINE, PassageKind.SUBHEAD, PassageKind.CAPTION, PassageKind.TEASER)
"""Looked at only where no paragraph has anything to show. A credit is never cited."""

_NEAR_IN_MEANING = 0.6
"""Cosine of question and sentence from which no word need be shared. By judgement."""

_MOST_OF_IT = 0.5
"""Share, by weight, of the question's words that the first span covers, that a further one must cover as well. By
judgement on the sample articles."""

_AS_WELL = 0.9
"""From this share of the best score a span answers as well as the best."""

_HALF = 0.5
"""Below this share of the best score nothing is looked at any more, not even as a repeat."""

_FIGURE_NEAR_BEST = 0.6
"""The same for a span that gives a figure when figures are asked for: articles word them differently."""

# A span's own score: how much its passage, its sentence, and its words count. By judgement on the gold questions.
_PASSAGE_SHARE = 0.5
_WORDS_SHARE = 0.8
_AROUND_SHARE = 0.4
"""How much of a sentence's coverage is that of its paragraph and headline. Tuned on the sample articles."""
_VALUE_BONUS = 0.15
_DIRECT_BONUS = 0.08
_OCCASION_BONUS = 0.5
"""For words said on the occasion that the question names, by the share of its words that stand where the text tells
of the occasion; half for its paragraph alone."""
_ADDRESSEE_BONUS = 0.3
"""For words said to whom the question names."""
_VERDICT_BONUS = 0.5
"""For a sentence in which somebody confirms or denies, where the question asks whether something is so. By judgement:
a denial shares few words with the question, and answers it."""
_NAME_BONUS = 0.3
"""For a sentence that prints every name of several words whole, half where its paragraph does: "Quest 3" is not
"Quest 2"."""
_QUESTION_DEDUCTION = 1.0
"""For a sentence that asks: it shares its words with the question and answers nothing."""


_NONE = np.zeros(0, dtype=bool)


def answering_spans(question: Question, found: Found, stemmer: Stemmer, most: int | None = None) -> list[Span]:
    """The spans to show, best first within direct and reported words; empty when there is nothing to choose from.

    As many as suit the question, or, where ``most`` is given, all that are about it up to so many.
    """
    looked_at = found.candidates[: max(_LOOKED_AT, most or 0)]
    for kinds in (_RUNNING_TEXT, _ANY_TEXT):
        candidates = [c for c in looked_at if c.passage.kind in kinds and _prints(c, question.quoted)]
        options: list[Span] = []
        if found.speakers:
            options = _of_the_occasion(question, list(_spoken(question, candidates, found, stemmer)), found, stemmer)
        if not question.asks_words:
            options += list(_printed(question, candidates, ContentWords.of(found.words)))
        elif not found.speakers:
            unclaimed = [c for c in candidates if _quotes_beside(c, question.speaker or "")]
            options = list(_printed(question, unclaimed, ContentWords.of(found.words)))
        if options:
            break
    options.sort(key=lambda span: -span.score)
    for holding in (
        # A number beside what is counted, before any number.
        [span for span in options if question.asks is Asks.COUNT and counts(question.focus, span.words, stemmer)],
        [
            span
            for span in options
            if question.asks in VALUED
            and holds_value(question.asks, span.words)
            and of_matter(question, found, span.candidate)
        ],
    ):
        if holding and holding[0].score >= _FIGURE_NEAR_BEST * options[0].score:
            options = holding
            break
    chosen = _chosen(question, found, options, stemmer, most)
    if question.asks_words:
        # A person's own words come before what others report of them.
        chosen.sort(key=lambda span: span.kind is not StatementKind.DIRECT)
    return _in_printed_order(chosen)


def of_matter(question: Question, found: Found, candidate: Candidate) -> bool:
    """Whether a passage or its headline has a word of what a length of time or a price is asked for.

    Nothing is counted in these, so any value of the kind would do: what lasts shares with another matter that it lasts.
    """
    if question.asks not in UNCOUNTED:
        return True
    matter = {word_key(word.stem) for word in found.words if word.passages and word.printed in question.matter}
    return not matter or not matter.isdisjoint(candidate.reading.families)


def _prints(candidate: Candidate, quoted: str | None) -> bool:
    """Whether a passage prints the words that the question puts in quote marks; True when it puts none."""
    return quoted is None or plain_words(quoted) in plain_words(candidate.passage.text)


def _quotes_beside(candidate: Candidate, speaker: str) -> bool:
    """Whether a passage prints words in quote marks beside the name, and nobody else is known to say anything in it."""
    surname = tokens(speaker)[-1:]
    text = candidate.passage.text
    return bool(surname) and not candidate.statements and surname[0] in tokens(text) and any(m in text for m in '“"«')


def _in_printed_order(spans: Sequence[Span]) -> list[Span]:
    """Spans of one passage and kind that stand side by side, in the order of print where the first answers as well."""
    found: list[Span] = []
    runs = groupby(spans, key=lambda span: (span.candidate.passage.id, span.kind is StatementKind.DIRECT))
    for _, run in runs:
        by_score = list(run)
        printed = sorted(by_score, key=lambda span: span.start)
        found += printed if printed[0].score >= _AS_WELL * by_score[0].score else by_score
    return found


def _spoken(question: Question, candidates: Sequence[Candidate], found: Found, stemmer: Stemmer) -> Iterator[Span]:
    own = {stem for stems in stemmer.stems(list(found.speakers)) for stem in stems}
    asked = set(question.topic_words())
    topic = ContentWords.of([word for word in found.words if word.stem not in own and word.printed in asked])
    occasion = _occasion_words(question, found)
    relayed = question.relayed and any(
        _relays(statement, question.relayed) for c in candidates for statement in c.statements
    )
    side_by_side = SideBySide([candidate.reading for candidate in candidates])
    covered_by = side_by_side.coverage(topic)
    # Words of the paragraph around a statement tell its topic too, if less surely.
    wholes, bounds = covered_by.passages.tolist(), side_by_side.firsts.tolist()
    for n, (candidate, whole) in enumerate(zip(candidates, wholes, strict=True)):
        coverage = covered_by.sentences[bounds[n] : bounds[n + 1]].tolist() if candidate.statements else []
        for statement in candidate.statements:
            relays = statement.relayed is not None and any(
                same_person(name, statement.relayed) for name in found.speakers
            )
            if statement.speaker not in found.speakers and not relays:
                continue
            if relayed and not _relays(statement, question.relayed or ""):
                continue
            inside = [
                (sentence, cosine, covered)
                for (sentence, cosine), covered in zip(candidate.sentences, coverage, strict=True)
                if sentence.start < statement.end and statement.start < sentence.end
            ]
            # A damaged store may hold offsets that lie outside.
            if not inside or not candidate.passage.start <= statement.start < candidate.passage.end:
                continue
            start, end = shown_span(statement, candidate.passage, candidate.reading.sentences, candidate.statements)
            kind = statement.kind
            score = (
                _PASSAGE_SHARE * candidate.score
                + max(cosine for _, cosine, _ in inside)
                + _WORDS_SHARE
                * ((1 - _AROUND_SHARE) * max(covered for _, _, covered in inside) + _AROUND_SHARE * whole)
                + (_DIRECT_BONUS if kind is StatementKind.DIRECT else 0.0)
                + _OCCASION_BONUS * _told_of(occasion, candidate.passage, statement, inside[0][0], stemmer)
                + (_ADDRESSEE_BONUS if addressed(statement, question.addressee) else 0.0)
                + _value_bonus(question, candidate.passage.text[start - candidate.passage.start :][: end - start])
            )
            cosine = max(cosine for _, cosine, _ in inside)
            # One person under one name: the fullest under which the articles print them.
            speaker = full_name(statement.speaker, found.speakers)
            yield Span(candidate, start, end, score, cosine, speaker, kind, statement.relayed, statement=statement)


def _of_the_occasion(question: Question, options: list[Span], found: Found, stemmer: Stemmer) -> list[Span]:
    """Where an article tells that the words were said on the occasion asked for: what it prints of them, no others."""
    occasion = _occasion_words(question, found)
    telling = {_article(span) for span in options if occasion.weights and _tells(occasion, span, stemmer)}
    return [span for span in options if _article(span) in telling] if telling else options


def _occasion_words(question: Question, found: Found) -> ContentWords:
    at = set(tokens(question.occasion or ""))
    return ContentWords.of([word for word in found.words if word.printed in at])


def _tells(occasion: ContentWords, span: Span, stemmer: Stemmer) -> bool:
    told = span.statement.occasion if span.statement else None
    if told is None:
        return False
    base = span.candidate.passage.start
    return _covered(span.candidate.passage.text[told.start - base : told.end - base], occasion, stemmer) >= _HALF


def _relays(statement: Statement, name: str) -> bool:
    return statement.relayed is not None and same_person(name, statement.relayed)


def addressed(statement: Statement | None, name: str | None) -> bool:
    """Whether a statement was made to somebody of that name."""
    return (
        statement is not None
        and name is not None
        and statement.addressee is not None
        and same_person(name, statement.addressee)
    )


def _told_of(
    occasion: ContentWords, passage: Passage, statement: Statement, sentence: Sentence, stemmer: Stemmer
) -> float:
    """How far a statement was made on an occasion: the share of its words where the text tells of it."""
    if not occasion.weights:
        return 0.0
    text, base = passage.text, passage.start
    beside = text[sentence.start - base : sentence.end - base]
    if statement.occasion is not None:
        beside = text[statement.occasion.start - base : statement.occasion.end - base]
    return max(_covered(beside, occasion, stemmer), _covered(text, occasion, stemmer) / 2)


def _printed(question: Question, candidates: Sequence[Candidate], content: ContentWords) -> Iterator[Span]:
    """The sentences as spans; without those whose score is so low that they are not chosen whatever the others are."""
    side_by_side = SideBySide([candidate.reading for candidate in candidates])
    coverage = side_by_side.coverage(content)
    bounds = side_by_side.firsts
    # "It cost 214 million": what "it" is stands in the headline or the sentence before.
    around = np.repeat(coverage.with_headlines, np.diff(bounds))
    covered_by = (1 - _AROUND_SHARE) * coverage.sentences + _AROUND_SHARE * around
    names = [plain_words(name) for name in question.names if len(tokens(name)) > 1]
    whether = question.asks_whether
    readings = side_by_side.readings
    scores = (
        _PASSAGE_SHARE * np.repeat([candidate.score for candidate in candidates], np.diff(bounds))
        + np.array([cosine for candidate in candidates for cosine in candidate.cosines])
        + _WORDS_SHARE * covered_by
        + (
            _VALUE_BONUS * np.concatenate([*(reading.holding(question.asks) for reading in readings), _NONE])
            - _QUESTION_DEDUCTION * np.concatenate([*(reading.asking for reading in readings), _NONE])
        )
    ).tolist()
    lines = [line for reading in readings for line in reading.lines] if whether else []
    for n, line in enumerate(lines):
        if any(is_verdict(statement.cue) for statement in line.said):
            scores[n] += _VERDICT_BONUS * float(covered_by[n])
    for first, candidate in zip(bounds.tolist(), candidates if names else (), strict=False):
        named = _names_printed(names, candidate.reading.plain)
        for n, printed in enumerate(candidate.reading.plain_lines, first):
            scores[n] += _NAME_BONUS * (_names_printed(names, printed) + named) / 2
    # Where a value is asked for, the best that holds one may be so much worse than the best.
    least = (_FIGURE_NEAR_BEST if question.asks in VALUED else 1.0) * _HALF * max(scores, default=0.0)
    for first, candidate in zip(bounds.tolist(), candidates, strict=False):
        for n, (line, cosine) in enumerate(zip(candidate.reading.lines, candidate.cosines, strict=True), first):
            if scores[n] >= least or least <= 0.0:
                one = line.one
                yield Span(
                    candidate, *line.shown, scores[n], cosine,
                    one.speaker if one else None,
                    one.kind if one else None,
                    one.relayed if one else None,
                    statement=line.said[0] if len(line.said) == 1 else None,
                )  # fmt: skip


def _chosen(
    question: Question, found: Found, options: Sequence[Span], stemmer: Stemmer, most: int | None
) -> list[Span]:
    chosen: list[Span] = []
    for span in options:
        if span.score < _HALF * options[0].score:
            break
        words = span.words
        repeated = next((n for n, other in enumerate(chosen) if _repeats(span, words, other)), None)
        if repeated is not None:
            # Two papers that print one quote are one voice: the second is named beside the first.
            chosen[repeated] = replace(chosen[repeated], also=(*chosen[repeated].also, span.candidate))
            continue
        if len(chosen) == (most or _SHOWN.get(question.asks, _SHOWN_ELSE)):
            continue
        if question.asks is Asks.COUNT and question.focus and not question.speaker:
            # What is counted is asked: each article's figure, side by side.
            other_article = all(_article(span) != _article(other) for other in chosen)
            enough = _FIGURE_NEAR_BEST if other_article and counts(question.focus, span.words, stemmer) else 1.0
        else:
            whatever = question.occasion is not None and not question.topic_words()
            enough = _HALF if most or whatever else _SAID_NEAR_BEST if question.asks_words else _NEAR_BEST
        if span.score >= enough * options[0].score and (
            # Of a question of several parts the next quote may be about another part.
            not chosen or span.candidate.parts or _on_topic(question, found, span, options[0], stemmer)
        ):
            chosen.append(span)
    return chosen


def _on_topic(question: Question, found: Found, span: Span, first: Span, stemmer: Stemmer) -> bool:
    """Whether a further quote is about what the first one is about.

    Where somebody's words are asked for, it shares a word with the question or is near in meaning; elsewhere it covers
    most of what the first one covers of the question: another strike's cost is not this one's.
    """
    if question.asks_words:
        topic = word_keys(stem for stems in stemmer.stems(question.topic_words()) for stem in stems)
        if not topic or span.cosine >= _NEAR_IN_MEANING:
            return True
        return bool(topic & word_keys(stemmer.stems([span.candidate.passage.text])[0]))
    asked = set(question.matter)
    weights = {word_key(word.stem): word.idf for word in found.words if word.printed in asked}
    here, there = (one.candidate.reading.families & weights.keys() for one in (first, span))
    shared, enough = sum(weights[key] for key in here & there), _MOST_OF_IT * sum(weights[key] for key in here)
    # Of two words the one may be the town: what else costs something there is not what was asked for.
    return shared > enough or (shared == enough and (not here or question.asks not in UNCOUNTED))


def with_headline(candidate: Candidate) -> str:
    """A passage below its headline, which often names what the passage is about."""
    return f"{candidate.article.title or ''}\n{candidate.passage.text}"


def _article(span: Span) -> tuple[str, str]:
    return span.candidate.collection, span.candidate.passage.article_id


def _repeats(span: Span, words: str, other: Span) -> bool:
    one, two = span.candidate, other.candidate
    if one.reading is two.reading:
        return span.start < other.end and other.start < span.end
    return same_text(words, other.words)


def _covered(text: str, content: ContentWords, stemmer: Stemmer) -> float:
    return content.share(stemmer.stems([text])[0])


def _names_printed(names: Sequence[str], printed: str) -> float:
    """Share of the question's names that stand in a text as typed; all as :func:`plain_words` gives them."""
    return sum(name in printed for name in names) / len(names)


def _value_bonus(question: Question, text: str) -> float:
    return _VALUE_BONUS if holds_value(question.asks, text) else 0.0
