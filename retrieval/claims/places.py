"""Where claimed words stand in a passage, who says them there, and what the sentence says beside them."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from corpus.models import Statement, StatementKind
from retrieval.claims.reading import whole_name
from retrieval.claims.tokens import Token, bounds, find, joint, negated_from, same_start, tokens_of
from retrieval.retriever import Candidate
from retrieval.utterances import shown_span, trimmed

_PIECE = 2
"""Words on each side of an ellipsis: out of single words anything could be put together."""

_HALF = 0.5
"""A statement says words of which it holds at least this share."""

_LIMITS = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|nowhere|cannot|without|hardly|barely|unless|if|until|till|"
    r"may|might|could|would|should|perhaps|maybe|possibly|probably|presumably|apparently|reportedly|allegedly|"
    r"likely|unlikely|seems?|appears?|think|believe|hope|suppose|guess|doubt|assume|as far as|as long as|provided|"
    r"providing|except|although|though|but|however|only|just|almost|nearly|partly|sometimes|often|usually|mostly|"
    r"some|about|around|roughly|at least|at most|up to|for now|so far|yet|currently|at present|at the moment|"
    r"at this (?:stage|point|time)|in (?:the )?(?:near|short|long|medium)[ -](?:term|run|future)|in principle|"
    r"in theory|in part|for the time being|subject to|on condition|whether|either)\b|n[’']t\b",
    re.IGNORECASE,
)
"""A negation, a hedge or a condition."""

_SIGNED = re.compile(r"[^“”„\"\n]*[”\"]\s*[―—–-]{1,2}\s*([^\n“\"]{2,80})")
_ANNOUNCED = re.compile(r"(?:^|\n)([^:\n“”\"]{2,60}):\s*[“„\"][^“”„\"\n]*$")


def limits(words: str) -> bool:
    """Whether a negation, a hedge or a condition is among the words."""
    return _LIMITS.search(words) is not None


@dataclass(frozen=True)
class Voice:
    """Who says some printed words; nobody where no statement holds them."""

    speaker: str | None = None
    kind: StatementKind | None = None
    relayed: str | None = None
    statement: Statement | None = None


@dataclass(frozen=True)
class Occurrence:
    """Claimed words as a passage prints them: one range of its words or, where they are interrupted, several."""

    place: Place
    ranges: tuple[tuple[int, int], ...]
    """First and last word of each range, both included."""
    voice: Voice
    interrupted: bool = False
    """By the article's own words: “…,” he said. “…”."""
    omits: str = ""
    """What the claim's ellipsis leaves out."""

    @property
    def start(self) -> int:
        """In the body."""
        return self.place.tokens[self.ranges[0][0]].start

    @property
    def end(self) -> int:
        """In the body."""
        return self.place.tokens[self.ranges[-1][1]].end


@dataclass(frozen=True, eq=False)
class Place:
    """A passage that is looked at."""

    candidate: Candidate

    @cached_property
    def tokens(self) -> list[Token]:
        """Its words."""
        return tokens_of(self.candidate.passage.text, self.candidate.passage.start)

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence, _ in self.candidate.sentences]

    def text(self, start: int, end: int) -> str:
        """What is printed in a range of the body."""
        base = self.candidate.passage.start
        return self.candidate.passage.text[max(start - base, 0) : max(end - base, 0)]

    def sentence(self, at: int) -> int:
        """Which sentence a place of the body lies in, from 0."""
        return max(bisect.bisect_right(self._starts, at) - 1, 0)

    def sentence_span(self, first: int, last: int) -> tuple[int, int]:
        """From the start of one sentence to the end of another."""
        sentences = self.candidate.sentences
        if not sentences:
            return self.candidate.passage.start, self.candidate.passage.end
        return sentences[first][0].start, sentences[last][0].end

    def voice(self, start: int, end: int) -> Voice:
        """Who says the words of a range: of several statements the one that holds most of it, then the shortest."""
        best: tuple[float, int] | None = None
        chosen = None
        for statement in self.candidate.statements:
            shared = min(end, statement.end) - max(start, statement.start)
            share = shared / max(end - start, 1)
            rank = (round(share, 1), statement.start - statement.end)
            if share >= _HALF and (best is None or rank > best):
                best, chosen = rank, statement
        if chosen is None:
            named = self._signed(end) or self._announced(start)
            return Voice(named, StatementKind.DIRECT) if named else Voice()
        return Voice(chosen.speaker, chosen.kind, chosen.relayed, chosen)

    def _signed(self, end: int) -> str | None:
        """Who stands below quoted words: “…” — Ada Brook."""
        signed = _SIGNED.match(self.text(end, self.candidate.passage.end))
        return whole_name(signed[1]) if signed else None

    def _announced(self, start: int) -> str | None:
        """Who stands before quoted words at the head of a line: Ada Brook: “…”."""
        announced = _ANNOUNCED.search(self.text(self.candidate.passage.start, start))
        return whole_name(announced[1]) if announced else None

    def occurrences(self, pieces: Sequence[Sequence[Token]]) -> Iterator[Occurrence]:
        """Where all pieces stand, in order and said by one voice, without a word of theirs changed."""
        if len(pieces) > 1 and min(len(piece) for piece in pieces) < _PIECE:
            return
        found = [list(self._standing(piece)) for piece in pieces]
        if not all(found):
            return
        for first in found[0]:
            chain = [first]
            for options in found[1:]:
                after = chain[-1].ranges[-1][1]
                following = next((o for o in options if o.ranges[0][0] > after and self._one_statement(first, o)), None)
                if following is None:
                    break
                chain.append(following)
            if len(chain) < len(pieces) or self._omits_negation(chain):
                continue
            left_out = " … ".join(self.text(one.end, other.start).strip() for one, other in pairwise(chain))
            yield Occurrence(
                self,
                tuple(r for one in chain for r in one.ranges),
                first.voice,
                any(one.interrupted for one in chain),
                left_out,
            )

    def _one_statement(self, one: Occurrence, other: Occurrence) -> bool:
        """Whether two ranges are of one utterance, interrupted or not, or where nobody speaks of one sentence."""
        if one.voice.speaker != other.voice.speaker:
            return False
        if one.voice.statement is None or other.voice.statement is None:
            return self.sentence(one.start) == self.sentence(other.end - 1)
        if one.voice.statement is other.voice.statement:
            return True
        return any(one.ranges[0][0] in run and other.ranges[-1][1] in run for run in self._runs)

    def _standing(self, piece: Sequence[Token]) -> Iterator[Occurrence]:
        n = len(piece)
        for at in find(piece, self.tokens):
            first, last = at, at + n - 1
            if bounds(self.tokens, first, last) == (first, last):
                yield Occurrence(self, ((first, last),), self.voice(self.tokens[first].start, self.tokens[last].end))
        for run in self._runs:
            for at in range(len(run) - n + 1):
                ranges = self._across(piece, run[at : at + n])
                if ranges is not None:
                    yield Occurrence(self, ranges, self.voice(*self._extent(ranges[0])), interrupted=True)

    def _extent(self, own: tuple[int, int]) -> tuple[int, int]:
        return self.tokens[own[0]].start, self.tokens[own[1]].end

    @cached_property
    def _runs(self) -> list[list[int]]:
        """Words of direct speech that one person goes on with after the article's own words, as indexes."""
        runs: list[list[int]] = []
        before: Statement | None = None
        for statement in self.candidate.statements:
            if statement.kind is not StatementKind.DIRECT:
                continue
            own = [n for n, token in enumerate(self.tokens) if statement.start <= token.start < statement.end]
            goes_on = (
                before is not None
                and before.speaker == statement.speaker
                and before.end <= statement.start
                and self.sentence(statement.start) - self.sentence(before.end - 1) <= 1
            )
            if goes_on:
                runs[-1] += own
            elif own:
                runs.append(own)
            before = statement
        return [run for run in runs if run and run[-1] - run[0] >= len(run)]

    def spoken(self, first: int, last: int) -> Sequence[int]:
        """The words of a range; without the article's own where both ends lie in one interrupted utterance."""
        for run in self._runs:
            if first in run and last in run:
                return [n for n in run if first <= n <= last]
        return range(first, last + 1)

    def _across(self, piece: Sequence[Token], indexes: Sequence[int]) -> tuple[tuple[int, int], ...] | None:
        """The ranges, where the words stand there with an interruption; None where they do not."""
        ranges: list[list[int]] = [[indexes[0], indexes[0]]]
        if not same_start(piece[0], self.tokens[indexes[0]]):
            return None
        for n in range(1, len(piece)):
            printed, before = self.tokens[indexes[n]], self.tokens[indexes[n - 1]]
            if indexes[n] == indexes[n - 1] + 1:
                if printed.key != piece[n].key or before.after != piece[n - 1].after:
                    return None
                ranges[-1][1] = indexes[n]
            else:
                if not same_start(printed, piece[n]) or not joint(before.after, piece[n - 1].after):
                    return None
                ranges.append([indexes[n], indexes[n]])
        if len(ranges) < 2 or not find([piece[-1]], [self.tokens[indexes[-1]]]):
            return None
        low, high = ranges[0][0], ranges[-1][1]
        if bounds(self.tokens, low, low)[0] != low or bounds(self.tokens, high, high)[1] != high:
            return None
        return tuple((first, last) for first, last in ranges)

    def _omits_negation(self, chain: Sequence[Occurrence]) -> bool:
        for one, other in pairwise(chain):
            cut_into = {self.sentence(one.end - 1), self.sentence(other.start)}
            for token in self.tokens[one.ranges[-1][1] + 1 : other.ranges[0][0]]:
                if token.negates and self.sentence(token.start) in cut_into:
                    # The rest of a sentence that was cut into, or the lead of the next: what is left may be reversed.
                    return not self._whole(one, other)
        return False

    def _whole(self, one: Occurrence, other: Occurrence) -> bool:
        """Whether the omission begins and ends between sentences."""
        following = self.tokens[one.ranges[-1][1] + 1]
        before = self.tokens[other.ranges[0][0] - 1]
        return self.sentence(following.start) != self.sentence(one.end - 1) and self.sentence(
            before.start
        ) != self.sentence(other.start)

    def shown(self, start: int, end: int, voice: Voice) -> tuple[int, int]:
        """What is cited for a range: the whole utterance where it is one, else the whole sentences."""
        sentences = [sentence for sentence, _ in self.candidate.sentences]
        passage = self.candidate.passage
        if voice.statement is not None:
            span = shown_span(voice.statement, passage, sentences, self.candidate.statements)
            if span[0] <= start and end <= span[1]:
                return span
        low, high = trimmed(passage, *self.sentence_span(self.sentence(start), self.sentence(end - 1)))
        return min(low, start), max(high, end)

    def beside(self, start: int, end: int, voice: Voice) -> tuple[str, ...]:
        """What the same speaker says before and after a range in its sentence, where that limits it."""
        low, high = self.sentence_span(self.sentence(start), self.sentence(end - 1))
        own = [s for s in self.candidate.statements if s.speaker == voice.speaker and s.start < high and low < s.end]
        spans = [(low, start), (end, high)]
        if own and voice.speaker is not None:
            spans = [
                (max(low, min(s.start for s in own)), start),
                (end, min(high, max(s.end for s in own))),
            ]
        at = next((n for n, token in enumerate(self.tokens) if token.start >= start), 0)
        spans[0] = (min(spans[0][0], self.tokens[negated_from(self.tokens, at)].start), start)
        found = []
        for first, last in spans:
            words = self.text(first, last).strip(' \t\n,;:.—–-“”"«»')
            if limits(words):
                found.append(words)
        return tuple(found)
