"""Figures side by side: what each article prints of the number asked for, who claims it, and how they differ.

Two figures may differ because one is rounded, holds for a later day or counts something else; only where none of
that can be seen are they said to differ. Nothing is called a contradiction.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corpus.attribution.vocabulary import COUNTRIES
from corpus.models import Bound, Figure, PassageKind
from corpus.store import Store
from corpus.store.text import Stemmer, shared_stemmer
from retrieval.answering import of_matter, with_headline
from retrieval.citations import Span
from retrieval.coverage import ContentWords, word_keys
from retrieval.lexicon import FUNCTION_WORDS, is_content_word, tokens
from retrieval.models import Citation, Difference, ShownFigure
from retrieval.origins import cite_first_printed, key_of
from retrieval.question import MEASURED, UNCOUNTED, Asks, Question
from retrieval.retriever import Candidate, Found
from retrieval.utterances import trimmed
from retrieval.values import is_period

_KEPT = 2048
"""Words and names of which it is remembered what they count: the figures of one matter count the same things."""

_LOOKED_AT = 40
"""Candidates whose figures are weighed."""

_NEAR_BEST_ALIKE = 0.33
"""The same for a figure of the same thing and of the same size as one of those: another article may tell
of it in words that the question does not share."""

_SURE = 0.7
"""From this share of the best score a figure is taken for what is asked: the others are compared to the most precise
of these, and what counts something else is shown only of these. By judgement on the gold questions."""

_SAME_SIZE = 2.0
"""How many times one figure may be another and still tell of the same matter."""

_MOST = 6
"""Different figures shown at most."""

_MOST_ALIKE = 3
"""Articles shown at most that print one figure."""

_MANY = re.compile(r"\bhow\s+many\s+(\w+)", re.IGNORECASE)
_DIGITS = re.compile(r"\d")
_TO_COME = re.compile(
    r"\b(?:will|would|could|might|may|plans?\s+to|planned|planning|(?:is|are|was|were)\s+(?:set|due|expected|likely)\s+to|"
    r"on\s+track\s+to|forecasts?|expects?|projected|predicts?|predicted|estimated\s+to\s+reach|by\s+the\s+end\s+of)\b",
    re.IGNORECASE,
)

_PLACE = re.compile(
    r"\b(?:near|in|at|on|to|from|around|along|with|against|outside)\s+(?:the\s+)?[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*"
)
"""Where, not whose."""

_COMING = re.compile(
    r"\s+(?:\w+\s+)?(?:will|could|might|may|(?:is|are|was|were)\s+(?:set|due|expected|likely)\s+to)\b", re.IGNORECASE
)

_ABOUT = 0.1
"""How far "some 150,000" may be from the true number. By judgement."""

_FAR_BEYOND = 2.0
"""From this multiple a number is no more what "more than 100,000" rounds."""

_TIMES = frozenset({"time"})
_TIME_UNITS = frozenset("second minute hour day night week month year decade century".split())
_LENGTH_UNITS = frozenset("mm cm m km inch foot yard mile °C °F km/h mph hectare acre m² km²".split())
_MEASURED_IN = {
    Asks.DURATION: _TIME_UNITS,
    Asks.EXTENT: _TIME_UNITS | _LENGTH_UNITS,
    Asks.FREQUENCY: _TIMES,
}

_ALIKE = tuple(
    frozenset(group.split())
    for group in (
        "troop soldier force serviceman servicemen personnel military",
        "dead death fatality casualty victim killed",
        "injured wounded injury hurt",
        "people person resident inhabitant civilian citizen",
        "child pupil boy girl kid",
        "home house household property",
        "company firm business",
        "worker employee staff job",
        "plane aircraft jet",
        "ship vessel boat",
        "refugee migrant evacuee",
    )
)
"""Words that count the same things. By judgement; what stands here makes figures comparable, not equal."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A figure that could be what is asked for, with the sentence it stands in."""

    span: Span
    figure: Figure
    score: float


def asks_figure(question: Question) -> bool:
    """Whether a question wants a number, an amount or a length of time."""
    return question.asks in (Asks.COUNT, *UNCOUNTED)


def weigh_figures(question: Question, found: Found, stores: dict[str, Store], stemmer: Stemmer) -> list[Weighed]:
    """The figures that could answer, best first: of the kind asked for, beside the words asked about."""
    candidates = [c for c in found.candidates[:_LOOKED_AT] if c.passage.kind is PassageKind.PARAGRAPH]
    figures: dict[tuple[str, int], list[Figure]] = {}
    for name, store in stores.items():
        ids = [c.passage.id for c in candidates if c.collection == name]
        figures.update(((name, passage), own) for passage, own in store.knowledge.figures_in(ids).items())
    focus = [_kinds_of_thing(word, stemmer) for word in question.focus or _MANY.findall(question.text)]
    topic = ContentWords.of(found.words)
    weighed = []
    for candidate in candidates:
        for figure in figures.get((candidate.collection, candidate.passage.id), []):
            if not _is_of_kind(question, figure, focus, stemmer) or not _is_asked_speakers(question, found, figure):
                continue
            span = _sentence(candidate, figure)
            if span is not None and _answers(question, found, figure, span):
                around = topic.share(stemmer.stems([with_headline(candidate)])[0])
                beside = topic.share(stemmer.stems([span.words])[0])
                score = candidate.score / 2 + span.cosine + beside + around / 2
                weighed.append(Weighed(replace(span, score=score), figure, score))
    weighed = [_as_cited(one, stores) for one in weighed]
    weighed.sort(key=lambda one: -one.score)
    near = [one for one in weighed if one.score >= _SURE * weighed[0].score]
    alike = [
        one
        for one in weighed[len(near) :]
        if one.score >= _NEAR_BEST_ALIKE * weighed[0].score
        and any(_of_one_size(one.figure, other.figure, stemmer) for other in near)
    ]
    return _most_telling([*near, *alike], stemmer)


def _as_cited(one: Weighed, stores: dict[str, Store]) -> Weighed:
    """The same figure as the article that is cited for it has it: its day may be another there."""
    (span,) = cite_first_printed([one.span], stores)
    if span is one.span:
        return one
    passage, start = span.candidate.passage.id, one.figure.start + span.start - one.span.start
    printed = stores[span.candidate.collection].knowledge.figures_in([passage])[passage]
    figure = next((figure for figure in printed if figure.start == start), None)
    return Weighed(span, figure, one.score) if figure else one


def _most_telling(weighed: Sequence[Weighed], stemmer: Stemmer) -> list[Weighed]:
    """Of each figure the best in each article, few; few figures."""
    groups: list[list[Weighed]] = []
    for one in weighed:
        group = next((group for group in groups if _equal(group[0].figure, one.figure, stemmer)), None)
        if group is None:
            groups.append([one])
        elif all(key_of(one.span.candidate) != key_of(other.span.candidate) for other in group):
            group.append(one)
    return [one for group in groups[:_MOST] for one in group[:_MOST_ALIKE]]


def further_spans(weighed: Sequence[Weighed], spans: Sequence[Span], stemmer: Stemmer) -> list[Span]:
    """The sentences of figures that no chosen span shows: one for each different figure.

    What is counted tells that two numbers are of one matter. Of amounts and lengths of time only their size does.
    """
    shown: list[Figure] = [one.figure for one in weighed if any(_covers(span, one) for span in spans)]
    if spans and not shown:
        return []  # what answers holds none of them: they are figures of something else
    answering = tuple(shown)
    found: list[Span] = []
    for one in weighed:
        if one.figure.unit not in (None, "%") and not any(_of_one_size(one.figure, f, stemmer) for f in answering):
            continue
        if any(_covers(span, one) for span in found):
            shown.append(one.figure)
        if not any(_equal(one.figure, figure, stemmer) for figure in shown):
            shown.append(one.figure)
            found.append(one.span)
    return found


def side_by_side(
    weighed: Sequence[Weighed], citations: Sequence[Citation], stemmer: Stemmer
) -> tuple[ShownFigure, ...]:
    """The figures that stand in checked quotes, equal ones together, each compared to the most precise."""
    rows: list[_Row] = []
    for one in weighed:
        holding = next((citation for citation in citations if _holds(citation, one)), None)
        if holding is None:
            continue
        equal = next((row for row in rows if _equal(row.figure, one.figure, stemmer)), None)
        if equal is None:
            rows.append(_Row(one.figure, one.score, [holding]))
        elif all(holding.article.id != other.article.id for other in equal.citations):
            equal.citations.append(holding)
    if not rows:
        return ()
    sure = [row for row in rows if row.score >= _SURE * rows[0].score]
    first = min(sure, key=lambda row: (_vagueness(row.figure), -_digits(row.figure.low)))
    shown = [_shown(first, None)]
    for row in rows:
        if row is first:
            continue
        difference = _difference(first, row, stemmer)
        if difference is not Difference.OTHER_SCOPE or row in sure:
            shown.append(_shown(row, difference))
    return tuple(shown)


@dataclass(slots=True)
class _Row:
    """Equal figures of several articles."""

    figure: Figure
    score: float
    citations: list[Citation]


def _shown(row: _Row, difference: Difference | None) -> ShownFigure:
    quote = row.citations[0]
    printed = quote.quote[row.figure.start - quote.start : row.figure.end - quote.start]
    return ShownFigure(row.figure, printed, tuple(row.citations), difference)


def _covers(span: Span, one: Weighed) -> bool:
    here, there = span.candidate, one.span.candidate
    return (
        (here.collection, here.passage.id) == (there.collection, there.passage.id)
        and span.start <= one.figure.start
        and one.figure.end <= span.end
    )


def _holds(citation: Citation, one: Weighed) -> bool:
    return (
        citation.collection == one.span.candidate.collection
        and citation.passage.id == one.span.candidate.passage.id
        and citation.start <= one.figure.start
        and one.figure.end <= citation.end
    )


def _sentence(candidate: Candidate, figure: Figure) -> Span | None:
    passage = candidate.passage
    for sentence, cosine in candidate.sentences:
        if sentence.start <= figure.start and figure.end <= sentence.end:
            start, end = trimmed(passage, sentence.start, sentence.end)
            said = [s for s in candidate.statements if s.start <= figure.start < s.end]
            if len({s.speaker for s in said}) != 1:
                return Span(candidate, start, end, 0.0, cosine, None, None)
            return Span(candidate, start, end, 0.0, cosine, said[0].speaker, said[0].kind, said[0].relayed)
    return None  # a figure over the end of a sentence: the two were split differently


def _is_of_kind(question: Question, figure: Figure, focus: Sequence[frozenset[str]], stemmer: Stemmer) -> bool:
    if question.asks is Asks.MONEY:
        return figure.unit is not None and len(figure.unit) == 3 and figure.unit.isupper()
    if question.asks in MEASURED:
        return figure.unit in _MEASURED_IN[question.asks]
    counted = {stem for word in tokens(figure.counted) for stem in _kinds_of_thing(word, stemmer)}
    if focus and not any(kinds & counted for kinds in focus):
        return False
    # "British troops" answer no question about Germany's.
    asked = _named_keys(_PLACE.sub(" ", question.text), stemmer)
    whose = _named_keys(figure.counted, stemmer)
    if not whose and figure.claimant and figure.claimant.lower() in COUNTRIES.values():
        whose = _named_keys(figure.claimant, stemmer)  # "Britain said 350 troops would be sent"
    return not asked or not whose or bool(asked & whose)


def _answers(question: Question, found: Found, figure: Figure, span: Span) -> bool:
    """Whether a figure of the right kind is of the matter asked about, as far as the words around it tell."""
    passage = span.candidate.passage
    if question.asks is Asks.DURATION and is_period(passage.text[: figure.start - passage.start]):
        return False
    return of_matter(question, found, span.candidate)


@functools.lru_cache(maxsize=_KEPT)
def _named_keys(text: str, stemmer: Stemmer) -> frozenset[str]:
    """Keys of the words with a capital, the first of a text included: countries, their adjectives, other names."""
    words = tokens(text.replace("U.S.", "US"))
    names = [word for word in words if word[0].isupper() and is_content_word(word)]
    return frozenset(word_keys(stem for stems in stemmer.stems(names) for stem in stems))


def _is_asked_speakers(question: Question, found: Found, figure: Figure) -> bool:
    return not (question.asks_words and found.speakers) or figure.claimant in (None, *found.speakers)


@functools.lru_cache(maxsize=_KEPT)
def _kinds_of_thing(word: str, stemmer: Stemmer) -> frozenset[str]:
    """Keys of a word and of those that count the same things."""
    own = word_keys(stem for stems in stemmer.stems([word]) for stem in stems)
    return frozenset(own.union(*(group for group in _alike_keys() if own & group)))


@functools.cache
def _alike_keys() -> tuple[frozenset[str], ...]:
    """The keys of each group of words that count the same things."""
    stems = shared_stemmer().stems([" ".join(sorted(group)) for group in _ALIKE])
    return tuple(frozenset(word_keys(group)) for group in stems)


def _of_one_size(one: Figure, other: Figure, stemmer: Stemmer) -> bool:
    if one.unit != other.unit or not _same_scope(one, other, stemmer):
        return False
    return one.low <= other.high * _SAME_SIZE and other.low <= one.high * _SAME_SIZE


# How two figures stand to each other


def _vagueness(figure: Figure) -> int:
    return (Bound.EXACT, Bound.ABOUT, Bound.BETWEEN, Bound.AT_LEAST, Bound.AT_MOST).index(figure.bound)


def _equal(one: Figure, other: Figure, stemmer: Stemmer) -> bool:
    return (
        (one.low, one.high, one.bound, one.unit) == (other.low, other.high, other.bound, other.unit)
        and one.as_of == other.as_of
        and one.claimant == other.claimant
        and _same_scope(one, other, stemmer)
    )


def _difference(reference: _Row, row: _Row, stemmer: Stemmer) -> Difference:
    one, other = reference.figure, row.figure
    at, quote = reference.citations[0], row.citations[0]
    if one.unit != other.unit or not _same_scope(one, other, stemmer):
        return Difference.OTHER_SCOPE
    if (one.as_of or other.as_of) and one.unit not in _TIME_UNITS | _LENGTH_UNITS | _TIMES:
        # A forecast and a count, or counts of two days: no numbers of the same day.
        first, second = one.as_of or _day(at), other.as_of or _day(quote)
        if first and second and first != second:
            return Difference.LATER if second > first else Difference.EARLIER
    if (one.low, one.high, one.bound) == (other.low, other.high, other.bound):
        return Difference.SAME
    if _agree(one, other):
        return Difference.ROUNDED
    if not _of_one_size(one, other, stemmer):
        return Difference.OTHER_SCOPE
    if _is_forecast(one, at) != _is_forecast(other, quote):
        return Difference.LATER if _is_forecast(other, quote) else Difference.EARLIER
    first, second = _day(at), _day(quote)
    if first and second and first != second:
        return Difference.LATER if second > first else Difference.EARLIER
    # One article that prints two numbers tells of two things; two that name different ones are not compared.
    if at.article.id == quote.article.id or bool(one.counted) != bool(other.counted):
        return Difference.OTHER_SCOPE
    return Difference.DIFFERS


def _is_forecast(figure: Figure, quote: Citation) -> bool:
    """Whether the words before a figure, from the one before it, say what is to come."""
    before = quote.quote[: figure.start - quote.start]
    last = max((match.end() for match in _DIGITS.finditer(before)), default=0)
    after = quote.quote[figure.end - quote.start :]
    return _TO_COME.search(before, last) is not None or _COMING.match(after) is not None


def _day(citation: Citation) -> str | None:
    return citation.article.published_at[:10] if citation.article.published_at else None


def _agree(one: Figure, other: Figure) -> bool:
    """Whether both can tell of one number."""
    low, high = _range(one)
    from_, to = _range(other)
    return max(low, from_) <= min(high, to) or _rounds(one, other) or _rounds(other, one)


def _range(figure: Figure) -> tuple[float, float]:
    if figure.bound is Bound.ABOUT:
        return figure.low * (1 - _ABOUT), figure.high * (1 + _ABOUT)
    if figure.bound is Bound.AT_LEAST:
        return figure.low, figure.low * _FAR_BEYOND
    if figure.bound is Bound.AT_MOST:
        return figure.high / _FAR_BEYOND, figure.high
    return figure.low, figure.high


def _rounds(rough: Figure, fine: Figure) -> bool:
    """Whether ``rough`` is ``fine`` rounded to as many digits as it has: 1.3 million and 1,287,000."""
    if rough.low != rough.high or fine.low != fine.high or not rough.low or not fine.low:
        return False
    step = 10.0 ** (math.floor(math.log10(abs(fine.low))) + 1 - _digits(rough.low))
    return abs(fine.low - rough.low) <= step / 2 * (1 + 1e-9)


def _digits(number: float) -> int:
    """How many digits a number has that tell something: two for 13,000."""
    return len(f"{abs(number):.15g}".replace(".", "").strip("0")) or 1


def _same_scope(one: Figure, other: Figure, stemmer: Stemmer) -> bool:
    """Whether what is counted may be the same: neither says something that the other's words leave out and differ in.

    "troops" may be "Russian troops"; "Russian troops" are not "Ukrainian troops".
    """
    left, right = _counted_keys(one, stemmer), _counted_keys(other, stemmer)
    return not left or not right or left <= right or right <= left


def _counted_keys(figure: Figure, stemmer: Stemmer) -> set[frozenset[str]]:
    words: Iterable[str] = (word for word in tokens(figure.counted) if word.lower() not in FUNCTION_WORDS)
    return {_kinds_of_thing(word, stemmer) for word in words}
