"""Claimed words beside printed ones: how much of them is printed, where they part, and of what pieces they are made."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from corpus.models import Statement
from corpus.store.text import Stemmer
from retrieval.claims.places import Place, Voice
from retrieval.claims.tokens import Token, bounds, find, marks_between
from retrieval.coverage import word_keys
from retrieval.lexicon import name_words

_FUNCTION_WEIGHT = 0.25
"""What a word of grammar counts beside a word of content: claims share them with any text."""

_COMPARED = 12
"""Passages compared in order, those that share most words; the comparison is slow."""

_PIECE = 4
"""Words that make a piece of a stitched claim; fewer stand together in any article by chance."""

_PIECE_UNMARKED = 6
"""The same where neither a mark nor a word like "and" shows the seam."""

_SHORTEST = 2
_ENDS = frozenset(".!?…")

_GLUE = frozenset("and but or so also then because that".split())
_MOST_GLUE = 2
_MOST_PIECES = 8


@dataclass(frozen=True)
class Likeness:
    """The printed words that come nearest to claimed ones."""

    place: Place
    first: int
    last: int
    """Words of the passage, both included."""
    share: float
    """How much of the claim stands there in its order, by weight."""
    voice: Voice


@dataclass(frozen=True)
class Piece:
    """Claimed words that are printed in a row."""

    claimed: tuple[int, int]
    """First and last word of the claim."""
    place: Place
    first: int
    last: int
    voice: Voice


def weight(token: Token) -> float:
    """What a word counts."""
    return 1.0 if _is_content(token.low) else _FUNCTION_WEIGHT


@functools.lru_cache(maxsize=20_000)
def _is_content(low: str) -> bool:
    return bool(name_words(low))


def nearest(claimed: Sequence[Token], places: Iterable[Place]) -> list[Likeness]:
    """The best range of each of the passages that share most words with the claim, best first."""
    whole = sum(weight(token) for token in claimed) or 1.0
    wanted = {token.low: weight(token) for token in claimed}
    unique = list(dict.fromkeys(places))
    shared = [(sum(wanted[low] for low in {t.low for t in place.tokens} & wanted.keys()), place) for place in unique]
    shared.sort(key=lambda item: -item[0])
    matcher: SequenceMatcher[str] = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2([token.low for token in claimed])
    found = []
    for amount, place in shared[:_COMPARED]:
        if not amount:
            continue
        options = [_aligned(matcher, claimed, place, low, high, whole) for low, high in _windows(place, len(claimed))]
        best = max((one for one in options if one), key=lambda one: (round(one.share, 6), one.first - one.last),
                   default=None)  # fmt: skip
        if best is not None:
            found.append(best)
    found.sort(key=lambda one: -one.share)
    return found


def _windows(place: Place, words: int) -> list[tuple[int, int]]:
    """Ranges of words: each sentence with as many of those after it as it takes to hold the claim, and one more."""
    if not place.tokens:
        return []
    firsts = [0] + [
        n
        for n in range(1, len(place.tokens))
        if place.sentence(place.tokens[n].start) != place.sentence(place.tokens[n - 1].start)
    ]
    ends = [*firsts[1:], len(place.tokens)]
    windows = []
    for n, first in enumerate(firsts):
        for end in ends[n:]:
            windows.append((first, end - 1))
            if end - first > 1.5 * words:
                break
    return windows


def _aligned(
    matcher: SequenceMatcher[str], claimed: Sequence[Token], place: Place, low: int, high: int, whole: float
) -> Likeness | None:
    matcher.set_seq1([token.low for token in place.tokens[low : high + 1]])
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return None
    share = sum(weight(claimed[b.b + i]) for b in blocks for i in range(b.size)) / whole
    first = max(low, low + blocks[0].a - blocks[0].b)
    left = len(claimed) - blocks[-1].b - blocks[-1].size
    last = min(high, low + blocks[-1].a + blocks[-1].size - 1 + left)
    first, last = bounds(place.tokens, first, last)
    return Likeness(place, first, last, share, place.voice(place.tokens[first].start, place.tokens[last].end))


def covered_stems(words: str, text: str, stemmer: Stemmer) -> tuple[float, int]:
    """How many of the claim's content words the text holds in some form, as a share and as a number."""
    own = word_keys(stem for stems in stemmer.stems(name_words(words)) for stem in stems)
    held = len(own & word_keys(stemmer.stems([text])[0]))
    return (held / len(own) if own else 0.0), held


def retold(
    words: str, places: Iterable[Place], says: Callable[[Place, Statement], bool] | None, stemmer: Stemmer
) -> tuple[float, int, Likeness] | None:
    """The statement, among those that ``says`` admits, whose sentences hold most of the claim's content words.

    (share, number of words, where); any sentence where ``says`` is None.
    """
    best: tuple[float, int, Likeness] | None = None
    for place in dict.fromkeys(places):
        spans = (
            [(sentence.start, sentence.end) for sentence, _ in place.candidate.sentences]
            if says is None
            else [(s.start, s.end) for s in place.candidate.statements if says(place, s)]
        )
        for start, end in spans:
            low, high = place.sentence_span(place.sentence(start), place.sentence(end - 1))
            share, count = covered_stems(words, place.text(low, high), stemmer)
            own = [n for n, token in enumerate(place.tokens) if start <= token.start < end]
            if own and count and (best is None or share > best[0]):
                likeness = Likeness(place, own[0], own[-1], 0.0, place.voice(start, end))
                best = (share, count, likeness)
    return best


def changes(
    claimed: Sequence[Token], place: Place, first: int, last: int
) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Where claimed and printed words part: pairs of (start, end), in the claimed words and in the body.

    The article's own words between two halves of an utterance are no difference.
    """
    own = marks_between(claimed, range(len(claimed)))
    indexes = place.spoken(first, last)
    printed = marks_between(place.tokens, indexes)
    matcher = SequenceMatcher(None, [item[0] for item in own], [item[0] for item in printed], autojunk=False)
    found = []
    for tag, a, b, c, d in matcher.get_opcodes():
        marks = "".join(item[0] for item in (*own[a:b], *printed[c:d]))
        at_joint = len(indexes) <= last - first and not marks.strip(".,;:-")
        if tag != "equal" and not at_joint:
            found.append((_extent(own, a, b), _extent(printed, c, d)))
    return found


def _extent(items: Sequence[tuple[str, int, int]], low: int, high: int) -> tuple[int, int]:
    if low < high:
        return items[low][1], items[high - 1][2]
    at = items[low - 1][2] if low else items[0][1]
    return at, at


def stitching(claimed: Sequence[Token], places: Iterable[Place], speaker_first: Iterable[Place] = ()) -> list[Piece]:
    """The pieces, printed in a row each but not together, that the whole claim is made of; empty where it is not.

    Pieces that follow each other in one sentence or in neighbouring ones are no stitching: there words were left out.
    """
    ordered = list(dict.fromkeys([*speaker_first, *places]))
    starts: dict[tuple[str, ...], list[tuple[Place, int]]] = {}
    for place in ordered:
        lows = [token.low for token in place.tokens]
        for n in range(len(lows) - _PIECE + 1):
            starts.setdefault(tuple(lows[n : n + _PIECE]), []).append((place, n))
    pieces: list[Piece] = []
    at = glue = 0
    lows = [token.low for token in claimed]

    def longest(at: int) -> tuple[int, Place, int] | None:
        return _longest(claimed, at, starts.get(tuple(lows[at : at + _PIECE]), ())) or _short(claimed, at, ordered)

    while at < len(claimed):
        best = longest(at)
        if pieces and glue < _MOST_GLUE and lows[at] in _GLUE:
            following = longest(at + 1) if at + 1 < len(claimed) else None
            if best is None or (following is not None and following[0] >= best[0]):
                glue += 1
                at += 1
                continue
        if best is None:
            return []
        length, place, first = best
        last = first + length - 1
        voice = place.voice(place.tokens[first].start, place.tokens[last].end)
        pieces.append(Piece((at, at + length - 1), place, first, last, voice))
        at += length
        if len(pieces) > _MOST_PIECES:
            return []
    if any(_seamless(claimed, one, other) for one, other in pairwise(pieces)):
        return []
    apart = any(not _neighbours(one, other) for one, other in pairwise(pieces))
    return pieces if len(pieces) > 1 and apart else []


def _longest(claimed: Sequence[Token], at: int, options: Iterable[tuple[Place, int]]) -> tuple[int, Place, int] | None:
    best: tuple[int, Place, int] | None = None
    for place, first in options:
        length = 1
        while (
            at + length < len(claimed)
            and first + length < len(place.tokens)
            and claimed[at + length].key == place.tokens[first + length].key
            and claimed[at + length - 1].after == place.tokens[first + length - 1].after
        ):
            length += 1
        if length >= _PIECE and (best is None or length > best[0]):
            best = (length, place, first)
    return best


def _short(claimed: Sequence[Token], at: int, places: Sequence[Place]) -> tuple[int, Place, int] | None:
    """A whole sentence of the claim that is too short for a piece elsewhere: “No winners.”, where somebody says it."""
    end = next((n for n in range(at, len(claimed)) if set(claimed[n].after) & _ENDS), len(claimed) - 1)
    opens = at == 0 or bool(set(claimed[at - 1].after) & _ENDS)
    if not opens or not _SHORTEST <= end + 1 - at < _PIECE:
        return None
    for place in places:
        for first in find(claimed[at : end + 1], place.tokens):
            last = first + end - at
            if place.voice(place.tokens[first].start, place.tokens[last].end).speaker is not None:
                return end + 1 - at, place, first
    return None


def _seamless(claimed: Sequence[Token], one: Piece, other: Piece) -> bool:
    """Whether a short piece runs on into another without any mark: a changed word that brings its neighbours."""
    lengths = [piece.claimed[1] - piece.claimed[0] + 1 for piece in (one, other)]
    return not claimed[one.claimed[1]].after and min(lengths) < _PIECE_UNMARKED


def _neighbours(one: Piece, other: Piece) -> bool:
    if one.place is not other.place or other.first <= one.last:
        return False
    tokens, place = one.place.tokens, one.place
    apart = place.sentence(tokens[other.first].start) - place.sentence(tokens[one.last].end - 1)
    return apart <= 1
