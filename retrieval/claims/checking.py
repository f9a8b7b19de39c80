"""From a claim to its verdict: find its words, see who says them, or see what is printed instead."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.attribution import same_person
from corpus.models import Statement
from corpus.store import Store
from corpus.store.text import shared_stemmer
from embeddings.encoder import Encoder
from retrieval.citations import Span, cite
from retrieval.claims import wording
from retrieval.claims.comparing import Likeness, Piece, changes, nearest, retold, stitching
from retrieval.claims.finding import Finder, describes
from retrieval.claims.models import ClaimCheck, Difference, Match, Part, Verdict
from retrieval.claims.places import Occurrence, Place, Voice, limits
from retrieval.claims.reading import Claimed, read_claim
from retrieval.claims.tokens import Token, tokens_of
from retrieval.collections import Collection
from retrieval.models import Citation
from retrieval.offices import is_title
from retrieval.question import MAX_CHARACTERS, complaint

LIKE = 0.75
"""Share of a claim's words, by weight and in order, that must be printed for it to be a quote with other words."""

SAME_SPEAKER = 0.15
"""What is added to that share where the claimed speaker says the printed words."""

LIKE_REPORTED = 0.6
"""The share of content words, in any order and form, that the claimed speaker's statement must hold where nothing
stands in quote marks.

All three fitted on PolNeAR dev by ``benchmarks/claims.py --fit``, seed 7. Of 150 quotes with every eighth word changed,
a third of them cut to six words, 146 reach the first; of 33 quotes of articles that were left out, one does, which is
six common words. Of 150 statements retold in 60 % of their words, shuffled, 102 reach the last (the speaker of most
others was not found in print), 104 would at 0.5; of 84 of left-out articles none reaches 0.4."""

_FEWEST_REPORTED = 2
"""Content words that a reported claim must share with the statement."""

_FEWEST = 2
"""Words of a claim that can be known again when some are changed."""

_SEAM = re.compile(r"(?:(?<=[.!?;:,])|\s[-–—])\s+(?:(?:and|but)\s+)?")

_MOST_PARTS = 8
"""Quotes of one claim that are checked."""

_SHOWN = 3
"""Places that are cited for the same words; copies of one text are one place."""

_SEVERITY = (
    Verdict.AS_CLAIMED,
    Verdict.NO_SPEAKER,
    Verdict.OTHER_SPEAKER,
    Verdict.OTHER_WORDS,
    Verdict.STITCHED,
    Verdict.NOT_PRINTED,
)


@dataclass(frozen=True)
class _Shown:
    """A range of printed words to be cited, and by whom they are said."""

    place: Place
    start: int
    end: int
    voice: Voice
    claimed: str
    also: tuple[Place, ...] = ()


@dataclass(frozen=True)
class _Found:
    """What was found for one part, before it is cited."""

    verdict: Verdict
    shown: tuple[_Shown, ...] = ()
    changed: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    cut: tuple[str, ...] = ()
    interrupted: bool = False
    omits: str = ""
    agrees: bool = True
    """Whether the printed speaker, if there is one, can be the claimed one."""


class ClaimChecker:
    """Says how claims stand in one or several collections, and in no others."""

    def __init__(self, collections: Sequence[Collection], encoder: Encoder) -> None:
        self._collections = tuple(collections)
        self._finder = Finder(collections, encoder)
        self._stemmer = shared_stemmer()

    def check(self, text: str) -> ClaimCheck:
        """The verdict on a claim; a text that cannot be checked gets a sentence and no verdict."""
        wrong = _complaint(text)
        if wrong:
            return ClaimCheck(text, "", None, None, wrong)
        claimed = read_claim(text)
        if not claimed:
            return ClaimCheck(text, "", None, None, wording.NOTHING_CLAIMED)
        with contextlib.ExitStack() as instant:
            for collection in self._collections:
                instant.enter_context(collection.snapshot())
            self._finder.begin()
            return self._check(text, claimed)

    def _check(self, text: str, claimed: Sequence[Claimed]) -> ClaimCheck:
        notes = wording.notes(text, claimed, _MOST_PARTS)
        claimed = claimed[:_MOST_PARTS]
        found = self._apart(claimed, [self._part(part) for part in claimed])
        stores = {collection.name: collection.store for collection in self._collections}
        citations, checked = _cited(claimed, found, stores)
        parts = [
            replace(part, text=wording.part_text(part, *more), remarks=wording.remarks(part, *more))
            for part, result in checked
            for more in [(citations, result.interrupted, result.omits, result.agrees)]
        ]
        speakers = list(dict.fromkeys(part.speaker for part in claimed if part.speaker))
        return ClaimCheck(
            claim=text,
            words=" … ".join(part.words for part in claimed),
            speaker=" and ".join(speakers) or None,
            verdict=max((part.verdict for part in parts), key=_SEVERITY.index),
            text=wording.whole_text(parts, self._silent(claimed)),
            citations=tuple(citations),
            parts=tuple(parts),
            notes=notes,
        )

    def _part(self, part: Claimed) -> _Found:
        pieces = [tokens for piece in part.pieces if (tokens := tokens_of(piece))]
        whole = tokens_of(part.words)
        if not whole:
            return _Found(Verdict.NOT_PRINTED)
        places = self._finder.holding(part.words, part.speaker)
        exact = self._exact(part, [whole], pieces, places)
        if exact is not None:
            return exact
        near = self._finder.near(part.words, part.speaker)
        held = [place for piece in _clauses(part) for place in self._finder.holding(piece, part.speaker)]
        places = [*places, *near, *held]
        exact = self._exact(part, [whole], pieces, places)
        if exact is not None:
            return exact
        spoken = [place for place in places if self._speaks(place, part.speaker)]
        stitched = stitching(whole, places, spoken)
        if stitched:
            return _stitched(part, [(token.start, token.end) for token in whole], stitched)
        return self._other_words(part, places)

    def _exact(
        self,
        part: Claimed,
        whole: Sequence[Sequence[Token]],
        pieces: Sequence[Sequence[Token]],
        places: Sequence[Place],
    ) -> _Found | None:
        """The words as claimed, in the places of the claimed speaker if there are any."""
        unique = list(dict.fromkeys(places))
        occurrences = [o for place in unique for o in place.occurrences(whole)]
        if not occurrences and len(pieces) > 1:
            occurrences = [o for place in unique for o in place.occurrences(pieces)]
        if not occurrences:
            return None
        by: dict[Verdict, list[Occurrence]] = {}
        for occurrence in occurrences:
            by.setdefault(self._said(part.speaker, occurrence.place, occurrence.voice), []).append(occurrence)
        verdict = min(by, key=_SEVERITY.index)
        best = sorted(by[verdict], key=lambda o: (o.interrupted, bool(o.omits), o.voice.speaker is None))
        shown = _once(
            [_Shown(o.place, o.start, o.end, o.voice, part.words) for o in best],
        )
        first = best[0]
        cut = first.place.beside(first.start, first.end, first.voice)
        cut += tuple(words for words in (first.omits,) if limits(words))
        return _Found(verdict, shown, (), cut, first.interrupted, first.omits)

    def _said(self, speaker: str | None, place: Place, voice: Voice) -> Verdict:
        if speaker is None:
            return Verdict.AS_CLAIMED
        names = [name for name in (voice.speaker, voice.relayed) if name]
        if any(self._finder.means(place, speaker, name) for name in names):
            return Verdict.AS_CLAIMED
        # "The Russian leader" names nobody: whether that is the claimed speaker is not printed.
        if not names or (any(describes(name) for name in names) and not is_title(speaker)):
            return Verdict.NO_SPEAKER
        return Verdict.OTHER_SPEAKER

    def _speaks(self, place: Place, speaker: str | None) -> bool:
        return speaker is not None and any(
            self._finder.means(place, speaker, name) for name in {s.speaker for s in place.candidate.statements}
        )

    def _other_words(self, part: Claimed, places: Sequence[Place]) -> _Found:
        """What is printed instead, where it comes near enough."""
        if len(tokens_of(part.words)) < _FEWEST:
            return _Found(Verdict.NOT_PRINTED)
        whole = tokens_of(part.words)
        likeness = nearest(whole, places)
        like = [one for one in likeness if one.share + self._bonus(part, one) >= LIKE]
        if like:
            best = max(like, key=lambda one: round(one.share + self._bonus(part, one), 3))
        else:
            reported = None if part.quoted else self._reported(part, places)
            if reported is None:
                return _Found(Verdict.NOT_PRINTED)
            best = reported
        tokens = best.place.tokens
        shown = _Shown(best.place, tokens[best.first].start, tokens[best.last].end, best.voice, part.words)
        changed = tuple(changes(whole, best.place, best.first, best.last))
        agrees = self._said(part.speaker, best.place, best.voice) in (Verdict.AS_CLAIMED, Verdict.NO_SPEAKER)
        return _Found(Verdict.OTHER_WORDS, (shown,), changed, agrees=agrees)

    def _bonus(self, part: Claimed, one: Likeness) -> float:
        """Words of the claimed speaker need not be as near."""
        speaker = one.voice.speaker
        return (
            SAME_SPEAKER if part.speaker and speaker and self._finder.means(one.place, part.speaker, speaker) else 0.0
        )

    def _reported(self, part: Claimed, places: Sequence[Place]) -> Likeness | None:
        """The statement that a claim in reported form can be read from."""
        speaker = part.speaker

        def says(place: Place, statement: Statement) -> bool:
            return speaker is not None and self._finder.means(place, speaker, statement.speaker)

        found = retold(part.words, places, says if speaker else None, self._stemmer)
        if found is None or found[0] < LIKE_REPORTED or found[1] < _FEWEST_REPORTED:
            return None
        return found[2]

    def _apart(self, claimed: Sequence[Claimed], found: list[_Found]) -> list[_Found]:
        """Quotes that only an ellipsis joins are claimed to be of one statement: from several they are stitched."""
        found = list(found)
        for n, part in enumerate(claimed):
            one, other = found[n - 1], found[n]
            if not part.joined or not n or not one.shown or not other.shown:
                continue
            if {one.verdict, other.verdict} - {Verdict.AS_CLAIMED, Verdict.NO_SPEAKER, Verdict.OTHER_SPEAKER}:
                continue
            together = any(
                a.place is b.place and a.voice.speaker == b.voice.speaker and a.end <= b.start
                for a in _everywhere(one)
                for b in _everywhere(other)
            )
            if not together:
                found[n - 1] = replace(one, verdict=Verdict.STITCHED)
                found[n] = replace(other, verdict=Verdict.STITCHED)
        return found

    def _silent(self, claimed: Sequence[Claimed]) -> str:
        """What the articles have of the claimed speaker, for a claim that is not printed."""
        speaker = next((part.speaker for part in claimed if part.speaker), None)
        if speaker is None:
            return ""
        known = any(self._finder.names(collection.store, speaker) for collection in self._collections)
        return wording.silent(speaker, known)


def _complaint(text: str) -> str | None:
    wrong = complaint(text)
    if wrong is None:
        return None
    return wording.complaint(len(text), MAX_CHARACTERS)


def _clauses(part: Claimed) -> list[str]:
    """What a stitched claim may have been put together from: what stands between its marks, each looked for alone."""
    found = [clause for piece in part.pieces for clause in _SEAM.split(piece) if len(tokens_of(clause)) >= _FEWEST]
    return found if len(found) > 1 or len(part.pieces) > 1 else []


def _everywhere(found: _Found) -> list[_Shown]:
    return [one for shown in found.shown for one in (shown, *(replace(shown, place=p) for p in shown.also))]


def _stitched(part: Claimed, spans: Sequence[tuple[int, int]], pieces: Sequence[Piece]) -> _Found:
    shown = []
    for piece in pieces:
        tokens = piece.place.tokens
        words = part.words[spans[piece.claimed[0]][0] : spans[piece.claimed[1]][1]]
        shown.append(_Shown(piece.place, tokens[piece.first].start, tokens[piece.last].end, piece.voice, words))
    return _Found(Verdict.STITCHED, tuple(shown))


def _once(shown: Sequence[_Shown]) -> tuple[_Shown, ...]:
    """The same words in several articles: the first is cited, the others stand beside it."""
    first = shown[0]
    others: list[_Shown] = []
    also: list[Place] = []
    for one in shown[1:]:
        same_voice = _same_voice(one.voice.speaker, first.voice.speaker)
        other_article = _article(one.place) != _article(first.place)
        if same_voice and other_article:
            also.append(one.place)
        elif not same_voice and len(others) + 1 < _SHOWN:
            others.append(one)
    return (replace(first, also=tuple(dict.fromkeys(also))), *others)


def _same_voice(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return one == other
    return same_person(one, other) or same_person(other, one)


def _article(place: Place) -> tuple[str, str]:
    return place.candidate.collection, place.candidate.passage.article_id


def _cited(
    claimed: Sequence[Claimed], found: Sequence[_Found], stores: dict[str, Store]
) -> tuple[list[Citation], list[tuple[Part, _Found]]]:
    """Cite and verify what is shown; what does not hold is not shown, and a part without any is not printed."""
    spans: list[Span] = []
    keys: list[tuple[int, int]] = []
    for n, result in enumerate(found):
        for m, one in enumerate(result.shown):
            start, end = one.place.shown(one.start, one.end, one.voice)
            also = tuple(place.candidate for place in one.also)
            voice = one.voice
            spans.append(
                Span(one.place.candidate, start, end, 0.0, 0.0, voice.speaker, voice.kind, voice.relayed, also)
            )
            keys.append((n, m))
    citations: list[Citation] = []
    place_of: dict[tuple[int, int], int] = {}
    for key, span, checked in zip(keys, spans, _one_by_one(spans, stores), strict=True):
        if checked is None:
            continue
        known = next(
            (
                n
                for n, other in enumerate(citations)
                if (other.collection, other.passage.id, other.start, other.end)
                == (checked.collection, checked.passage.id, span.start, span.end)
            ),
            None,
        )
        if known is None:
            known = len(citations)
            citations.append(checked)
        place_of[key] = known
    parts = []
    for n, (part, result) in enumerate(zip(claimed, found, strict=True)):
        matches = tuple(
            Match(place_of[(n, m)], one.start, one.end, one.claimed)
            for m, one in enumerate(result.shown)
            if (n, m) in place_of
        )
        if result.verdict is not Verdict.NOT_PRINTED and (n, 0) not in place_of:
            result = _Found(Verdict.NOT_PRINTED)
            matches = ()
        differences = tuple(
            _difference(part.words, citations[place_of[(n, 0)]], own, printed, place_of[(n, 0)])
            for own, printed in result.changed
            if (n, 0) in place_of
        )
        parts.append((Part(part.words, part.speaker, result.verdict, "", matches, differences, result.cut), result))
    return citations, parts


def _one_by_one(spans: Sequence[Span], stores: dict[str, Store]) -> list[Citation | None]:
    """The citation of each span, numbered by passage, or None where it does not hold."""
    checked: list[Citation | None] = []
    numbers: dict[tuple[str, int], int] = {}
    for span in spans:
        found = cite([span], stores)
        if not found:
            checked.append(None)
            continue
        key = (found[0].collection, found[0].passage.id)
        checked.append(replace(found[0], number=numbers.setdefault(key, len(numbers) + 1)))
    return checked


def _difference(
    words: str, citation: Citation, own: tuple[int, int], printed: tuple[int, int], index: int
) -> Difference:
    own = own[0], min(own[1], len(words))
    start, end = max(printed[0], citation.start), min(printed[1], citation.end)
    text = citation.quote[start - citation.start : end - citation.start]
    return Difference(words[own[0] : own[1]], text, *own, start, max(start, end), index)
