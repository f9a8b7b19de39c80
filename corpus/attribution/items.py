"""A block as the rules read it: words and punctuation, each quote collapsed to a single item.

Nothing inside a quote can be taken for a reporting verb or a speaker then, and a sentence that a splitter cut
inside a quote is whole again.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from operator import add
from typing import Final

from corpus.attribution.quotes import Quote
from corpus.attribution.vocabulary import COORDINATORS, DAYS, FUNCTION, PREPOSITIONS, SUBORDINATORS, VERBS
from corpus.models import Block

QUOTE: Final = "“”"
POSSESSIVE: Final = frozenset(("’s", "'s", "’", "'"))

_AFTER_VERB: Final = PREPOSITIONS | DAYS | {"reporters", "when", "as", "while"}

# Titles and initials keep their full stop; a possessive ending is an item of its own. Plain words come first, and the
# look at one capital spares all other words the list of titles, since most words are plain.
_TOKEN: Final = (
    r"[A-Z]?[a-z]++(?=[ ,])|,|\.(?!\.)"
    r"|(?:[A-Za-z]\.){2,}"
    r"|(?=[A-Z])(?:Adv|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Maj|Capt|Cmdr|Adm|Prof|Rev|Hon|St|Jr|Sr|Amb|Sec|Pres|Jan|Feb|Mar"
    r"|Apr|Aug|Sept|Oct|Nov|Dec|Sens|Reps|Govs|Gens|Del|Dels|Atty|Det|Supt|Insp|Cpl|Pvt|Brig|Cllr|Ald|Inc|Corp|Co)\."
    r"|\d+/\d+"
    r"|[A-Z]\.(?=\s[A-Z])"
    r"|\w+(?:(?:[-‐‑&@.]|[’'](?!s\b))\w+)*"
    r"|[’']s\b|\.{2,}|--+|[^\w\s]"
)
_SPACED: Final = re.compile(rf"({_TOKEN})(\s*)")

# No sentence ends after these.
_TITLES: Final = frozenset(
    "Adv. Mr. Mrs. Ms. Dr. Sen. Rep. Gov. Gen. Col. Lt. Sgt. Capt. Cmdr. Adm. Prof. Rev. Hon. Sens. Reps. Govs. Gens. "
    "Del. Dels. Atty. Det. Supt. Insp. Cpl. Pvt. Brig. Cllr. Ald.".split()
)

# Capitals tell these from the pronouns.
_SHOUTED: Final = {"US": "u.s.", "WHO": "w.h.o."}


@dataclass(slots=True)
class Items:
    """Parallel lists over one block; ``lows`` is lower case, and ``QUOTE`` for a quote."""

    words: list[str] = field(default_factory=list)
    lows: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    quotes: dict[int, Quote] = field(default_factory=dict)
    units: list[tuple[int, int]] = field(default_factory=list)
    """Item ranges that are sentences, quotes never cut."""

    def capital(self, index: int) -> bool:
        """Whether the item is a capitalised word."""
        return self.words[index][0].isupper()

    def quoted(self, offset: int) -> bool:
        """Whether an offset of the body lies within a quote."""
        index = bisect.bisect_right(self.starts, offset) - 1
        return index >= 0 and self.lows[index] == QUOTE and offset < self.ends[index]


def read_items(body: str, block: Block, quotes: Sequence[Quote]) -> Items:
    """The items of one block and its units."""
    items = Items()
    at = block.start
    for quote in quotes:
        _tokens(items, body, at, quote.start)
        items.quotes[len(items.words)] = quote
        items.words.append(QUOTE)
        items.lows.append(QUOTE)
        items.starts.append(quote.start)
        items.ends.append(quote.end)
        at = quote.end
    _tokens(items, body, at, block.end)
    items.units = _units(items, block)
    return items


def _tokens(items: Items, body: str, start: int, end: int) -> None:
    while start < end and body[start].isspace():
        start += 1
    if start >= end:
        return
    # Words and the white space behind them tile the range, so that their lengths tell where they stand.
    words, gaps = zip(*_SPACED.findall(body, start, end), strict=True)
    lows = [word.lower() for word in words]
    for shout, low in _SHOUTED.items():
        if shout in words:
            lows = [low if word == shout else other for word, other in zip(words, lows, strict=True)]
    lengths = [*map(len, words)]
    starts = [*accumulate(map(add, lengths, map(len, gaps)), initial=start)]
    starts.pop()
    items.words += words
    items.lows += lows
    items.starts += starts
    items.ends += map(add, starts, lengths)


def _answers(items: Items, index: int, count: int) -> bool:
    """Whether "“Why?” Smith asked." was cut after the quote: a subject and its verb, with nothing said after it."""
    if items.lows[index - 1] != QUOTE or items.quotes[index - 1].last == ".":
        return False
    for at in range(index, min(index + 7, count)):
        verb = VERBS.get(items.lows[at])
        if verb is not None and verb.form in ("past", "s") and not verb.noun:
            after = items.lows[at + 1] if at + 1 < count else "."
            return at > index and (after in _AFTER_VERB or not after[0].isalnum())
        if not items.words[at][0].isalnum() or (at > index and items.lows[at] in FUNCTION):
            return False
        if items.lows[at] in COORDINATORS or items.lows[at] in SUBORDINATORS:
            return False
    return False


def _hidden(items: Items) -> list[int]:
    """Ends of sentences that their marks hide: after "at 7 a.m." before an utterance, and after ''The end.''."""
    found = []
    count = len(items.words)
    for at, quote in items.quotes.items():
        if at and quote.utterance and items.lows[at - 1] in ("a.m.", "p.m."):
            found.append(items.starts[at])
        if quote.last in ".?!" and quote.last and at + 1 < count and items.capital(at + 1):
            found.append(items.starts[at + 1])
    return found


def _units(items: Items, block: Block) -> list[tuple[int, int]]:
    """Sentence boundaries that fall between items; one before a lower-case word is the splitter's mistake."""
    units: list[tuple[int, int]] = []
    low = 0
    boundaries = sorted({*(sentence.start for sentence in block.sentences[1:]), *_hidden(items)})
    index, count = 0, len(items.words)
    for boundary in boundaries:
        index = bisect.bisect_left(items.starts, boundary, index)
        if index >= count or index == low:
            continue
        if items.ends[index - 1] > boundary or items.words[index][0].islower():
            continue
        if items.words[index - 1] in _TITLES:
            continue
        if _answers(items, index, count):
            continue
        if not any(word[0].isalnum() or word == QUOTE for word in items.words[index : index + 3]):
            continue
        units.append((low, index))
        low = index
    if low < count:
        units.append((low, count))
    return units
