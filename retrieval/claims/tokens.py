"""Words and the marks between them. What claimed words may differ in without being other words is decided here.

Kinds of quote marks, kinds of dashes, white space and Unicode composition are evened out; everything else counts:
letters, capitals, numbers with their signs and units, brackets, commas.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_TOKEN = re.compile(
    r"\d+(?:[.,:/]\d+)*[^\W_]*"  # 100,000 and 1.3 are one word each: "1" is no part of "1.3"
    r"|[^\W\d_](?:\.[^\W\d_])+\.?(?![^\W_])"  # U.S.
    r"|[^\W\d_][^\W_]*(?:['’ʼ‘`´][^\W_]+)*"
    r"|[$€£¥¢₽₴₹₿%‰°#@&+=]"
)
_QUOTE_MARKS = frozenset("\"“”„‟«»‹›‘’‚‛'`´″′")
_DASHES = re.compile(r"[-‐‑‒–—―−]+")
_HYPHENS = frozenset("-‐‑")
_APOSTROPHES = re.compile("[’ʼ‘`´]")

NEGATIONS = frozenset(
    "not no never none nobody nothing neither nor nowhere cannot without hardly barely scarcely cant dont wont".split()
)
_UNITS = frozenset(
    "% ‰ ° percent per percentage thousand million billion trillion hundred dozen bn mn m k tn pc crowns dollars euros "
    "pounds rubles roubles million-strong hundreds thousands millions billions tonnes tons kilometers kilometres km "
    "miles degrees points".split()
)
_NUMBERS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty seventy "
    "eighty ninety several".split()
)
_SIGNS = frozenset("$€£¥¢₽₴₹₿#+")
_BEFORE_STOP = frozenset(".,;:!?()[]…-")
_NEGATED_FROM = 3
"""Words before a fragment among which a negation governs it: "I don't think | we should"."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word and the mark, evened out, that stands between it and the next one."""

    key: str
    start: int
    end: int
    after: str
    hyphened: bool
    """Whether a bare hyphen ties it to the next word."""
    marked: bool
    """Whether a quote mark stands between it and the next word."""

    @property
    def low(self) -> str:
        """In lower case."""
        return self.key.lower()

    @property
    def negates(self) -> bool:
        """Whether it denies."""
        return self.low in NEGATIONS or self.low.endswith("n't")


def tokens_of(text: str, base: int = 0) -> list[Token]:
    """The words of a text in order; offsets count from ``base``."""
    matches = list(_TOKEN.finditer(text))
    found = []
    for n, match in enumerate(matches):
        following = matches[n + 1].start() if n + 1 < len(matches) else len(text)
        gap = text[match.end() : following]
        found.append(
            Token(
                _key(match.group()),
                base + match.start(),
                base + match.end(),
                _evened(gap),
                gap in _HYPHENS and n + 1 < len(matches),
                any(c in _QUOTE_MARKS for c in gap),
            )
        )
    return found


def find(claimed: Sequence[Token], printed: Sequence[Token]) -> list[int]:
    """Where the claimed words stand in a row among the printed ones, with the same marks between them.

    The first letter may be a capital in one and not in the other, as where a quote opens or enters a sentence.
    """
    if not claimed:
        return []
    first, n = _uncapitalised(claimed[0].key), len(claimed)
    return [
        at
        for at in range(len(printed) - n + 1)
        if _uncapitalised(printed[at].key) == first
        and all(printed[at + i].key == claimed[i].key for i in range(1, n))
        and all(printed[at + i].after == claimed[i].after for i in range(n - 1))
        and _ending(printed[at + n - 1].after) == _ending(claimed[-1].after)
    ]


def same_start(one: Token, other: Token) -> bool:
    """Whether two words agree, the capital of their first letter aside."""
    return _uncapitalised(one.key) == _uncapitalised(other.key)


def joint(one: str, other: str) -> bool:
    """Whether two marks agree where the printed words are interrupted: “… NATO,” he said. “It’s …”."""
    return one.strip(".,;:-") == other.strip(".,;:-")


def bounds(printed: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """The range of tokens widened by what must not be cut off: a negation, a part of a compound, a number's unit.

    A fragment whose range is widened is not printed as it stands: "moving toward us" after "not", "nuclear" in
    "non-nuclear", "1.3" in "$1.3 billion".
    """
    low, high = first, last
    while True:
        before = (low, high)
        if low and (printed[low - 1].hyphened or (not printed[low - 1].after and printed[low - 1].key in _SIGNS)):
            low -= 1
        if low and not printed[low - 1].after and printed[low].low in _UNITS and _is_number(printed[low - 1]):
            low -= 1
        if high + 1 < len(printed) and (
            printed[high].hyphened
            or (
                not printed[high].after
                and (printed[high + 1].negates or (_is_number(printed[high]) and printed[high + 1].low in _UNITS))
            )
        ):
            high += 1
        low = min(low, negated_from(printed, low, 1 if low and printed[low - 1].marked else _NEGATED_FROM))
        if before == (low, high):
            return low, high


def negated_from(printed: Sequence[Token], first: int, reach: int = _NEGATED_FROM) -> int:
    """The negation within a few words before, without a mark between; ``first`` itself where there is none.

    Before words that the article itself sets in quote marks only the very next word counts: they are no
    fragment of the claim's making.
    """
    for back in range(1, reach + 1):
        if first - back < 0 or set(printed[first - back].after) & _BEFORE_STOP:
            break
        if printed[first - back].negates:
            return first - back
    return first


def marks_between(printed: Sequence[Token], indexes: Sequence[int]) -> list[tuple[str, int, int]]:
    """Words, and the marks between those in a row, as (form, start, end), for comparing.

    The first word is without its capital; of the mark after the last only what asks or exclaims is left.
    """
    items: list[tuple[str, int, int]] = []
    for n, index in enumerate(indexes):
        token = printed[index]
        last = n + 1 == len(indexes)
        items.append((token.key if n else _uncapitalised(token.key), token.start, token.end))
        mark = _ending(token.after) if last else token.after if indexes[n + 1] == index + 1 else ""
        if mark:
            items.append((mark, token.end, token.end + len(mark) if last else printed[index + 1].start))
    return items


def _key(word: str) -> str:
    word = unicodedata.normalize("NFC", _APOSTROPHES.sub("'", word))
    return word.removesuffix(".")


def _evened(gap: str) -> str:
    kept = "".join(
        c for c in gap if not c.isspace() and c not in _QUOTE_MARKS and unicodedata.category(c) not in ("Cf", "Cc")
    )
    return unicodedata.normalize("NFC", _DASHES.sub("-", kept.replace("…", "...")))


def _ending(mark: str) -> str:
    """Of the mark after the last word only what turns a statement into a question or a cry."""
    opening = re.match(r"[^\w(\[]*", mark)
    return "".join(c for c in (opening.group() if opening else "") if c in "?!")


def _uncapitalised(key: str) -> str:
    return key[:1].lower() + key[1:]


def _is_number(token: Token) -> bool:
    return token.key[:1].isdigit() or token.low in _NUMBERS
