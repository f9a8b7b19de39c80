"""Values as they are printed: in digits, in words, mixed, as a share, or no more than "hundreds of"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from corpus.figures.tokens import HYPHENS, Tokens, read_tokens

_ONES: Final = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL: Final = {word: float(value) for value, word in enumerate(_ONES.split(), start=1)} | {
    word: value * 10.0 for value, word in enumerate(_TENS.split(), start=2)
}
"""Number words below a hundred."""

_LARGE: Final = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SCALES: Final = _LARGE | {"hundred": 1e2, "dozen": 12.0}
_INDIAN: Final = {"lakh": 1e5, "lakhs": 1e5, "crore": 1e7, "crores": 1e7, "cr": 1e7}
# "3.5bn" and "3 bn"; one letter counts only where nothing stands between, or where it is money.
_SHORT: Final = {"bn": 1e9, "mn": 1e6, "mln": 1e6, "mil": 1e6, "tn": 1e12, "trn": 1e12} | _INDIAN
_LETTERS: Final = {"k": 1e3, "m": 1e6, "b": 1e9}
_MONEY_LETTERS: Final = _LETTERS | {"t": 1e12}
# "Tens of thousands" is anything from ten thousand to a hundred thousand, "thousands" often more than ten thousand.
_VAGUE: Final = {
    "tens": (10.0, 100.0),
    "dozens": (24.0, 100.0),
    "scores": (40.0, 200.0),
    "hundreds": (1e2, 1e3),
    "thousands": (1e3, 1e5),
    "millions": (1e6, 1e9),
    "billions": (1e9, 1e12),
    "trillions": (1e12, 1e15),
}
_FEW: Final = {"several": (2.0, 9.0), "few": (2.0, 9.0), "many": (2.0, 9.0), "couple": (2.0, 2.0)}
_PARTS: Final = {
    word: float(parts)
    for parts, word in enumerate(
        "half third quarter fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), start=2
    )
}
_PLURAL_PARTS: Final = {"halves": 2.0} | {word + "s": parts for word, parts in _PARTS.items() if word != "half"}
_GLYPHS: Final = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 0.125, "⅕": 0.2, "⅖": 0.4}

# Only these may go on a number in digits.
_GOES_ON: Final = _SCALES.keys() | HYPHENS | {"and"}

STARTS: Final = SMALL.keys() | _SCALES.keys() | _VAGUE.keys() | _PARTS.keys() | _GLYPHS.keys() | {"couple"}
"""Words (and signs) that a value may begin with, an article before it left out."""

_GROUPED: Final = re.compile(
    r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?|[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}|[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}"
)
_DECIMAL: Final = re.compile(r"[0-9]+\.[0-9]+")
# No newspaper prints a number of more digits; a longer one is a code.
_LONGEST: Final = 24
_SPACES: Final = frozenset(" \u00a0\u2009\u202f")
METRES: Final = frozenset(
    "sprint hurdles relay freestyle race final heat butterfly backstroke breaststroke dash steeplechase medley deep "
    "tall high long wide away above below runner champion swimmer individual pool apart".split()
)
"""Words after which an "m" stands for metres."""


@dataclass(frozen=True, slots=True)
class Number:
    """A value that stands at the tokens from ``first`` up to ``after``; ``low`` and ``high`` differ where it is vague.

    ``scale`` is the multiplier printed with it ("million"), which a range may share, else 1; ``share`` says that
    it is a fraction, in per cent; ``grouped`` that the thousands are set apart, as in no year.
    """

    first: int
    after: int
    low: float
    high: float
    scale: float = 1.0
    digits: bool = False
    grouped: bool = False
    share: bool = False


def read_number(text: str) -> float | None:
    """The value of a text that is a number and nothing else: "110,000", "one hundred and ten", "1.3 billion".

    None for anything else, for a fraction and for a vague number such as "hundreds".
    """
    tokens = read_tokens(text, 0, len(text))
    at = 1 if tokens.lows[0] in ("a", "an") else 0
    found = number_at(tokens, at)
    if found is None or found.share or found.low != found.high or (found.first, found.after) != (0, tokens.count):
        return None
    return found.low


def number_at(tokens: Tokens, at: int, money: bool = False, pair: bool = False) -> Number | None:
    """The number that begins at a token; an article or "several" before a word such as "hundred" belongs to it.

    ``money``: a currency stands before it; ``pair``: an "and" leads to a second number.
    """
    if tokens.numeral(at):
        return _in_digits(tokens, at, money)
    low = tokens.lows[at]
    if low in _GLYPHS:
        return _scaled(tokens, at, at + 1, _GLYPHS[low])
    if low in SMALL:
        return _fraction(tokens, at) or _in_words(tokens, at, pair)
    if low in _VAGUE:
        return _vague(tokens, at)
    if low == "couple":
        return _couple(tokens, at)
    if low in _PARTS:
        return _part(tokens, at)
    return _one_scale(tokens, at) if low in _SCALES else None


def value_of(word: str) -> tuple[float, bool] | None:
    """The value of a numeral and whether its thousands are set apart; None for dates, clock times and codes."""
    if len(word) > _LONGEST:
        return None
    if word.isdigit():
        return (float(word), False) if word[0] != "0" or len(word) == 1 else None
    if _DECIMAL.fullmatch(word):
        return float(word), False
    if _GROUPED.fullmatch(word):
        return float(word.replace(",", "") if "," in word else word.replace(".", "")), True
    return None


def _in_digits(tokens: Tokens, at: int, money: bool) -> Number | None:
    known = value_of(tokens.words[at])
    if known is None:
        return None
    value, grouped = known
    after = at + 1
    if len(tokens.words[at]) <= 3 and tokens.words[at].isdigit() and not _beside(tokens, at):
        while len(tokens.words[after]) == 3 and tokens.words[after].isdigit() and _beside(tokens, after):
            value, grouped, after = value * 1000 + float(tokens.words[after]), True, after + 1
            if value > 1e15:
                return None
    if tokens.lows[after] in _GLYPHS and (tokens.glued(after) or _beside(tokens, after)):
        value, after = value + _GLYPHS[tokens.lows[after]], after + 1
    low, scale = tokens.lows[after], 1.0
    if low in _SHORT:
        scale = _SHORT[low]
    elif tokens.glued(after):
        scale = _letter(tokens, after, value, money)
    elif low == "m" and money:
        scale = 1e6
    if scale != 1.0:
        return Number(at, after + 1, value * scale, value * scale, scale, True, grouped)
    if low in _GOES_ON:
        value, after = _and_a_half(tokens, after, value)
        found = _scaled(tokens, at, after, value)
        value, after, scale = found.low, found.after, found.scale
    return Number(at, after, value, value, scale, True, grouped)


def _beside(tokens: Tokens, at: int) -> bool:
    """Whether a token stands right after a numeral, one space between: "1 000 000"."""
    return at > 0 and tokens.numeral(at - 1) and tokens.starts[at] == tokens.ends[at - 1] + 1


def _letter(tokens: Tokens, at: int, value: float, money: bool) -> float:
    """The multiplier that one letter after the digits stands for: 1 where it is none."""
    word = tokens.words[at]
    if money:
        return _MONEY_LETTERS.get(word.lower(), 1.0)
    if word == "m" and not _many_follow(tokens, at + 1):
        return 1.0  # "a 100m pool"
    if word == "K" and value <= 20:
        return 1.0  # "a 4K display", "a 5K run"
    return _LETTERS.get(word.lower(), 1.0)


def _many_follow(tokens: Tokens, at: int) -> bool:
    """Whether a plural is near, as after "3.5m": metres are of one thing."""
    lows = tokens.lows
    if lows[at] in METRES:
        return False
    if lows[at] in ("", "of"):
        return True
    return any(lows[step].isalpha() and lows[step].endswith(("s", "people", "men")) for step in (at, at + 1, at + 2))


def _scaled(tokens: Tokens, first: int, after: int, value: float) -> Number:
    """A value with the words "hundred thousand", "million" ... that follow it."""
    scale = 1.0
    for _ in range(2):
        at = after + 1 if tokens.hyphen(after) else after
        factor = _SCALES.get(tokens.lows[at])
        if factor is None or (scale != 1.0 and factor <= scale):
            break
        scale, after = scale * factor, at + 1
    return Number(first, after, value * scale, value * scale, scale)


def _in_words(tokens: Tokens, at: int, pair: bool) -> Number | None:
    lows = tokens.lows
    total, group, ceiling, scale = 0.0, -1.0, 1e15, 1.0
    index = after = at
    while True:
        low = lows[index]
        if low in SMALL:
            value = SMALL[low]
            tens = group % 100 if group > 0 else 0
            if group < 0:
                group = value
            elif (group >= 100 and tens == 0) or (tens >= 20 and tens % 10 == 0 and value < 10):
                group += value
            else:
                return None  # "nineteen eighty-four" is a year
        elif low == "hundred" and 0 < group < 100:
            group *= 100
        elif low == "dozen" and group > 0:
            group, after = group * 12, index + 1
            break
        elif low in _LARGE and group > 0 and _LARGE[low] < ceiling:
            scale = _LARGE[low] if total == 0 else 1.0
            ceiling = _LARGE[low]
            total, group = total + group * ceiling, -1.0
        elif (low == "and" and not pair and lows[index - 1] in _SCALES and lows[index + 1] in SMALL) or (
            index > at and tokens.hyphen(index) and (lows[index + 1] in SMALL or lows[index + 1] in _SCALES)
        ):
            index += 1
            continue
        else:
            break
        index += 1
        after = index
    if group >= 0 and total == 0:
        group, longer = _and_a_half(tokens, after, group)
        if longer > after:
            return _scaled(tokens, at, longer, group)
    value = total + max(group, 0.0)
    return Number(at, after, value, value, scale)


def _and_a_half(tokens: Tokens, after: int, value: float) -> tuple[float, int]:
    """ "two and a half", "two-and-a-half"."""
    at = after
    for word in ("and", "a"):
        at += tokens.hyphen(at)
        if tokens.lows[at] != word:
            return value, after
        at += 1
    at += tokens.hyphen(at)
    part = {"half": 0.5, "quarter": 0.25}.get(tokens.lows[at])
    return (value, after) if part is None else (value + part, at + 1)


def _one_scale(tokens: Tokens, at: int) -> Number | None:
    """ "a hundred and fifty", "several thousand", "a few dozen", "half a million" (read from its "half")."""
    lows, before = tokens.lows, tokens.lows[at - 1]
    if before in ("a", "an"):
        value = _SCALES[lows[at]]
        after, scale = at + 1, value if value >= 1e3 else 1.0
        if lows[after] == "and" and lows[after + 1] in SMALL and value == 100:
            rest = _in_words(tokens, after + 1, True)
            if rest is not None and rest.low < 100:
                return _scaled(tokens, at - 1, rest.after, value + rest.low)
        if lows[after] in _LARGE:
            found = _scaled(tokens, at - 1, after, value)
            return Number(at - 1, found.after, found.low, found.low, found.scale)
        value, after = (value * 1.5, after + 3) if lows[after : after + 3] == ["and", "a", "half"] else (value, after)
        return Number(at - 1, after, value, value, scale)
    few = _FEW.get(before)
    if few is None or before == "couple":
        return None
    found = _scaled(tokens, at, at, 1.0)
    first = at - 2 if before == "few" and lows[at - 2] == "a" else at - 1
    return Number(first, found.after, few[0] * found.low, few[1] * found.low, found.scale)


def _couple(tokens: Tokens, at: int) -> Number | None:
    """ "a couple hundred", "a couple of dozen"; "a couple of weeks" is no number."""
    first = at - 1 if tokens.lows[at - 1] == "a" else at
    after = at + 2 if tokens.lows[at + 1] == "of" else at + 1
    if tokens.lows[after] not in _SCALES:
        return None
    found = _scaled(tokens, first, after, 2.0)
    return Number(first, found.after, found.low, found.low, found.scale)


def _vague(tokens: Tokens, at: int) -> Number:
    """ "hundreds", "tens of thousands", "hundreds of billions"."""
    low, high = _VAGUE[tokens.lows[at]]
    after = at + 1
    while tokens.lows[after] == "of" and tokens.lows[after + 1] in _VAGUE and after - at < 4:
        base = _VAGUE[tokens.lows[after + 1]][0]
        low, high = low * base, high * base  # "tens of thousands" ends where "hundreds of thousands" begins
        after += 2
    return Number(at, after, low, high)


def _fraction(tokens: Tokens, at: int) -> Number | None:
    """ "two thirds", "three-quarters", "one third"."""
    after = at + 2 if tokens.hyphen(at + 1) else at + 1
    count, word = SMALL[tokens.lows[at]], tokens.lows[after]
    parts = _PARTS.get(word) if count == 1 else _PLURAL_PARTS.get(word)
    if parts is None or count >= parts:
        return None
    if word == "quarters" and after == at + 1 and tokens.lows[after + 1] != "of":
        return None  # "three quarters in a row"
    return Number(at, after + 1, 100 * count / parts, 100 * count / parts, share=True)


def _part(tokens: Tokens, at: int) -> Number | None:
    """ "half", "a third", "half a million", "a quarter of a million"."""
    lows, parts = tokens.lows, _PARTS[tokens.lows[at]]
    first = at - 1 if lows[at - 1] in ("a", "an") else at
    if parts != 2 and first == at:
        return None  # "the third"
    scale = at + 3 if parts != 2 and lows[at + 1] == "of" else at + 2
    if lows[scale - 1] in ("a", "an") and lows[scale] in _SCALES:
        return _scaled(tokens, first, scale, 1 / parts)
    if tokens.hyphen(at + 1) and lows[at + 2] in _SCALES:
        return _scaled(tokens, first, at + 2, 1 / parts)
    return Number(first, at + 1, 100 / parts, 100 / parts, share=True)
