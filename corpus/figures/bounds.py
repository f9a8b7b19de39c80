"""Words that say how a printed number stands to the true one: "more than", "an estimated", "or so"."""

from __future__ import annotations

from typing import Final

from corpus.figures.tokens import Tokens
from corpus.models import Bound

_PHRASES: Final = {
    Bound.AT_LEAST: (
        "more than|greater than|higher than|larger than|bigger than|longer than|no fewer than|no less than|over|above|"
        "not less than|not fewer than|at least|upwards of|upward of|in excess of|exceeding|a minimum of|minimum of|"
        "as few as|as little as|as low as|not under|>"
    ),
    Bound.AT_MOST: (
        "up to|as many as|as much as|as high as|as long as|no more than|not more than|no greater than|at most|"
        "fewer than|less than|lower than|smaller than|shorter than|under|below|a maximum of|maximum of|"
        "not exceeding|no longer than|no higher than|<"
    ),
    Bound.ABOUT: (
        "about|some|around|roughly|approximately|approx|an estimated|estimated|nearly|almost|close to|just shy of|"
        "shy of|circa|approaching|nearing|in the region of|something like|virtually|an approximate|~|≈|"
        "not far off|just short of|short of"
    ),
}


def _by_last_word() -> dict[str, list[tuple[list[str], Bound]]]:
    """The phrases by their last word, the longest first."""
    table: dict[str, list[tuple[list[str], Bound]]] = {}
    for bound, phrases in _PHRASES.items():
        for phrase in phrases.split("|"):
            table.setdefault(phrase.split()[-1], []).append((phrase.split(), bound))
    for known in table.values():
        known.sort(key=lambda entry: -len(entry[0]))
    return table


_BEFORE: Final = _by_last_word()
# "well over", "just under", "slightly more than"
_DEGREES: Final = frozenset(
    "well just far slightly only significantly considerably substantially comfortably much way even still easily "
    "marginally currently".split()
)
_MEASURED: Final = frozenset(("bit", "little", "touch", "fraction"))
# "talks about two options" is no estimate.
_TOPICS: Final = frozenset(
    "talk talks talked talking think thinks thought thinking story stories book film movie question questions worry "
    "worries worried know knows speak speaks spoke concern concerns concerned report reports documentary details "
    "information learn learned learnt complained joke joked asked wrote writing written read hear heard".split()
)
_NOT_TWICE: Final = frozenset(("some", "over", "under", "above", "below"))


def bound_before(tokens: Tokens, first: int) -> tuple[Bound, int] | None:
    """The bound printed right before a token, and where it begins: "up to around" is an upper bound."""
    found = _one_before(tokens, first)
    if found is None:
        return None
    outer = _one_before(tokens, found[1])
    if outer is not None and tokens.lows[outer[1]] not in _NOT_TWICE:
        # Of "at least about" and "about at least" the harder word counts.
        found = (outer[0] if found[0] is Bound.ABOUT else found[0], outer[1])
    at = found[1]
    if tokens.lows[at - 1] in _DEGREES:
        at -= 1
    elif tokens.lows[at - 1] in _MEASURED and tokens.lows[at - 2] == "a":
        at -= 2
    return found[0], at


def _one_before(tokens: Tokens, first: int) -> tuple[Bound, int] | None:
    lows = tokens.lows
    for words, bound in _BEFORE.get(lows[first - 1], ()):
        at = first - len(words)
        if at < 0 or lows[at:first] != words:
            continue
        if words == ["about"] and lows[at - 1] in _TOPICS:
            continue
        return bound, at
    return None


def bound_after(tokens: Tokens, after: int) -> tuple[Bound, int] | None:
    """The bound printed right after a number or what it counts, and where it ends: "or more", "-plus"."""
    lows, low = tokens.lows, tokens.lows[after]
    if low == "+" and tokens.glued(after):
        return Bound.AT_LEAST, after + 1
    if tokens.hyphen(after):
        if lows[after + 1] == "plus":
            return Bound.AT_LEAST, after + 2
        return (Bound.ABOUT, after + 2) if lows[after + 1] == "odd" else None
    if low == "or":
        bound = _OR.get(lows[after + 1])
        return (bound, after + 2) if bound is not None else None
    if low == "and" and lows[after + 1] in ("counting", "up"):
        return Bound.AT_LEAST, after + 2
    if low == "at" and lows[after + 1] in ("least", "most"):
        # "three people at least", but "at least three" may follow
        closed = not lows[after + 2][:1].isalnum()
        return (Bound.AT_LEAST if lows[after + 1] == "least" else Bound.AT_MOST, after + 2) if closed else None
    return None


_OR: Final = {
    "more": Bound.AT_LEAST,
    "above": Bound.AT_LEAST,
    "higher": Bound.AT_LEAST,
    "greater": Bound.AT_LEAST,
    "so": Bound.ABOUT,
    "thereabouts": Bound.ABOUT,
    "fewer": Bound.AT_MOST,
    "less": Bound.AT_MOST,
    "lower": Bound.AT_MOST,
    "under": Bound.AT_MOST,
}
