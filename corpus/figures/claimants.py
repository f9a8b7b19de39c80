"""Who claims a figure: the speaker of the statement it stands in, or a claim that no statement was made of."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from corpus.attribution.validity import noun_of_people
from corpus.attribution.vocabulary import AUXILIARY, BE, DAYS, DETERMINERS, FUNCTION, PREPOSITIONS, PRONOUNS, VERBS
from corpus.figures.tokens import DASHES, SHOUTED, Tokens
from corpus.models import Statement, StatementKind


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who claims, by the fullest name that is known, and where the body names it."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """A claimant with the token of the claim's verb or phrase, and the tokens that the claim reaches over."""

    claimant: Claimant
    at: int
    low: int
    high: int


# Statements that begin before a figure are looked through this far back.
_DEPTH: Final = 16
# The words of the article's own that may follow an inserted "the ministry said": "after Moscow has sent ...".
_BACKGROUND: Final = re.compile(r"\b(?:after|since|while|as|when|amid|following|which|where|who)\b", re.IGNORECASE)

_CLAIMS: Final = frozenset(
    "estimate estimates estimated put puts count counts counted show shows showed shown found finds find reckon "
    "reckons reckoned project projects projected forecast forecasts suggest suggests suggested indicate indicates "
    "indicated report reports reported believe believes believed calculate calculates calculated record records "
    "recorded registered reveals revealed tallied assess assesses assessed expects predicts predicted".split()
)
# Who does these may have done so: only a body or its figures claims by them.
_DEEDS: Final = frozenset(
    "find finds found show shows showed shown record records recorded registered report reports reported count counts "
    "counted put puts reveals revealed tallied".split()
)
# These claim only with "at": "put the number at".
_PUTS: Final = frozenset(("put", "puts"))
_BREAKS: Final = frozenset((";", "—", "–", "--", "(", ")", "but", "while", "whereas", "although", "though"))
_ENDS: Final = frozenset((",", ".", ";", "—", "–", "--", ")", "”", '"'))
_EVIDENCE: Final = frozenset(
    "data figures statistics estimate estimates count counts tally study report survey poll polls analysis census "
    "research records ministry intelligence un nato eu u.n. pentagon kremlin officials index forecast forecasts "
    "assessment assessments reports surveys studies projections numbers filings documents".split()
)
_COUNTS: Final = frozenset("count estimate estimates tally reckoning calculation calculations own account".split())
_LINKS: Final = frozenset(("of", "for", "from", "by", "at", "in"))
_OPENS: Final = frozenset(
    (",", ";", ":", "—", "–", "--", "and", "but", "that", "while", "as", "“", '"', "(", "whereas")
)
_REACH: Final = 12
# As many claims on either side of a figure are asked.
_NEAR: Final = 3
_US: Final = re.compile(r"\b(?:US|UK)\b(?=\s[a-z])")


class Claimants:
    """Answers who claims what stands at a place of the body."""

    def __init__(self, body: str, statements: Sequence[Statement]) -> None:
        self._body = body
        self._statements = sorted(statements, key=lambda one: (one.start, -one.end))
        self._starts = [one.start for one in self._statements]
        self._reach = list(itertools.accumulate((one.end for one in self._statements), max))

    def stated(self, start: int, end: int) -> tuple[Claimant | None, bool]:
        """The speaker of the innermost statement that covers a range, and whether any statement does."""
        index = bisect.bisect_right(self._starts, start) - 1
        best: Statement | None = None
        for at in range(index, max(-1, index - _DEPTH), -1):
            if self._reach[at] < end:
                break
            one = self._statements[at]
            if one.end >= end and (best is None or one.end - one.start < best.end - best.start):
                best = one
        if best is None:
            return None, False
        if self._behind(best, start):
            return None, True
        return Claimant(best.speaker, best.source_start, best.source_end), True

    def _behind(self, statement: Statement, start: int) -> bool:
        """Whether a figure is the article's own background: "He has a plan, the mayor said, after 40 people left"."""
        if statement.kind is StatementKind.DIRECT or not statement.start < statement.source_start < start:
            return False
        between = self._body[statement.source_end : min(start, statement.source_end + 400)]
        return _BACKGROUND.search(between) is not None

    def claims(self, tokens: Tokens) -> list[Claim]:
        """The claims of a sentence that need no reporting verb: by estimates, counts and data."""
        found: list[Claim] = []
        lows = tokens.lows
        breaks = [-1, *(at for at in range(tokens.count) if lows[at] in _BREAKS), tokens.count]
        for at in range(tokens.count):
            low, claim = lows[at], None
            if low == "according" and lows[at + 1] == "to":
                claim = self._claim(tokens, self._named_after(tokens, at + 2), at)
            elif low == "by" and lows[at - 1] in ("estimated", "reported", "counted"):
                claim = self._claim(tokens, self._named_after(tokens, at + 1), at)
            elif low in _CLAIMS:
                claim = self._by_verb(tokens, at)
            elif low == "by":
                claim = self._by_count(tokens, at)
            if claim is not None:
                found.append(_within_clause(tokens, claim, breaks))
        return found

    def _by_verb(self, tokens: Tokens, at: int) -> Claim | None:
        """ "The UN estimates that ...", "official data show ...", "..., the UN estimates."."""
        lows = tokens.lows
        if lows[at] in _PUTS and "at" not in lows[at + 1 : at + 10]:
            return None
        if lows[at + 1] == ":" or lows[at + 1] in VERBS or (lows[at + 1] in PREPOSITIONS and lows[at] not in _PUTS):
            return None  # "Revenue estimates: ..."
        source = self._named_before(tokens, at)
        if source is None or (lows[at] in _DEEDS and lows[at + 1] != "that" and not self._knows(tokens, source)):
            return None
        after = lows[at + 1]
        before = source[0] - 2 if lows[source[0] - 1] in ("the", "a", "an") else source[0] - 1
        if lows[before] in (",", "—", "–") and (after in _ENDS or not after):
            return self._claim(tokens, source, at, 0, before)
        return self._claim(tokens, source, at, at)

    @staticmethod
    def _knows(tokens: Tokens, source: tuple[int, int]) -> bool:
        return any(tokens.lows[at] in _EVIDENCE for at in range(*source))

    def _by_count(self, tokens: Tokens, at: int) -> Claim | None:
        """ "by the ministry’s count"."""
        for last in range(at + 2, min(at + 7, tokens.count)):
            word = tokens.words[last - 1]
            if tokens.lows[last] in _COUNTS and word.endswith(("’s", "'s")):
                first = at + 2 if tokens.lows[at + 1] in ("the", "a") else at + 1
                end = tokens.ends[last - 1] - 2
                claimant = Claimant(self._name(tokens.starts[first], end), tokens.starts[first], end)
                return Claim(claimant, at, 0, tokens.count)
        return None

    def _claim(
        self, tokens: Tokens, source: tuple[int, int] | None, at: int, low: int = 0, high: int | None = None
    ) -> Claim | None:
        if source is None:
            return None
        start, end = tokens.starts[source[0]], tokens.ends[source[1] - 1]
        claimant = Claimant(self._name(start, end), start, end)
        return Claim(claimant, at, low, tokens.count if high is None else high)

    def _name(self, start: int, end: int) -> str:
        return _US.sub(lambda match: ".".join((*match.group(), "")), self._body[start:end])

    @staticmethod
    def _named_after(tokens: Tokens, at: int) -> tuple[int, int] | None:
        """The noun phrase after "according to", article left out."""
        lows = tokens.lows
        first = at + 1 if lows[at] in ("the", "a", "an") else at
        last = head = first
        while last < first + _REACH and _part(tokens, last):
            last += 1
            if lows[last] in _LINKS and head == first:
                head = last
            if lows[last] in _LINKS or lows[last] == "and":
                step = last + 2 if lows[last + 1] in ("the", "a", "an") else last + 1
                if not _part(tokens, step):
                    break
                last = step
        head = last if head == first else head
        if last > first and "/" in tokens.words[last - 1]:
            last -= 1
        if last == first or not _claims(tokens, head - 1) or _pronoun(tokens, first):
            return None
        return first, last

    @staticmethod
    def _named_before(tokens: Tokens, verb: int) -> tuple[int, int] | None:
        """The subject of a verb, where it begins its clause."""
        lows = tokens.lows
        last = verb
        while lows[last - 1] in AUXILIARY or lows[last - 1] in ("also", "now", "officially"):
            last -= 1
        if not BE.isdisjoint(lows[last:verb]):
            return None  # "he is projected for"
        first = last
        while first > max(0, last - _REACH):
            if _part(tokens, first - 1) or lows[first - 1] in ("’", "'"):
                first -= 1
            elif lows[first - 1] in _LINKS and first - 2 >= 0 and _part(tokens, first - 2):
                first -= 2
            elif lows[first - 1] in ("the", "a", "an") and lows[first - 2] in _LINKS and _part(tokens, first - 3):
                first -= 3
            else:
                break
        head = next((at for at in range(first, last) if lows[at] in _LINKS), last)
        start = first
        if first > 0 and lows[first - 1] in ("the", "a", "an", "one", "some"):
            first -= 1
        if start == last or not _claims(tokens, head - 1) or _pronoun(tokens, start):
            return None
        return (start, last) if first == 0 or lows[first - 1] in _OPENS else None


def _within_clause(tokens: Tokens, claim: Claim, breaks: Sequence[int]) -> Claim:
    """A claim with its reach cut at the breaks on either side: "(according to ...)" reaches out of its brackets."""
    at = claim.at - 1 if tokens.lows[claim.at - 1] == "(" else claim.at
    after = bisect.bisect_right(breaks, at)
    before = after - 2 if breaks[after - 1] == at else after - 1
    return replace(claim, low=max(claim.low, breaks[before] + 1), high=min(claim.high, breaks[after]))


def claimed(claims: Sequence[Claim], at: int) -> Claimant | None:
    """Who claims what stands at a token: of the claims next to it the one with the shortest reach."""
    middle = bisect.bisect_left(claims, at, key=lambda one: one.at)
    near = [one for one in claims[max(0, middle - _NEAR) : middle + _NEAR] if one.low <= at < one.high]
    return min(near, key=lambda one: one.high - one.low).claimant if near else None


def _part(tokens: Tokens, at: int) -> bool:
    """Whether a token may be a word of a claimant's name or description."""
    low = tokens.lows[at]
    if tokens.words[at] in SHOUTED:
        return True
    if low in DASHES or low == "/":
        return tokens.glued(at) and tokens.glued(at + 1)
    if "’" in low or "'" in low:
        return low.replace("'", "’").partition("’")[0] not in PRONOUNS  # "who’d"
    return low[:1].isalpha() and low not in FUNCTION and low not in DETERMINERS and low not in DAYS


def _pronoun(tokens: Tokens, at: int) -> bool:
    return tokens.lows[at] in PRONOUNS and tokens.words[at] not in SHOUTED


def _claims(tokens: Tokens, at: int) -> bool:
    """Whether a noun is one for somebody, a body or its figures."""
    low = tokens.lows[at]
    if low in DAYS or low in PRONOUNS or "’" in low or "'" in low:
        return False  # "You’ve", "Trump’s most recent"
    return tokens.words[at] in SHOUTED or tokens.capital(at) or low in _EVIDENCE or noun_of_people(low)
