"""Whether words hold the kind of value that a question asks for: a number, a length of time, a date."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from corpus.store.text import Stemmer
from retrieval.coverage import word_keys
from retrieval.lexicon import tokens
from retrieval.question import Asks

_NEAR_WORDS = 6
"""How far a number may stand from what it counts: "100,000 well-trained and well-armed troops"."""

_KEPT = 16_384
"""Sentences of which it is remembered what they hold."""


def _either(words: str) -> str:
    """Words between spaces, an optional letter marked as in a regular expression, as one."""
    return "|".join(words.split())


def _each(words: str) -> frozenset[str]:
    """The same words spelled out."""
    return frozenset(form for word in words.split() for form in (word.replace("?", ""), re.sub(r".\?", "", word)))


_NUMBERS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety dozens? hundreds? thousands? millions? billions? "
    "trillions? half twice doubled? triple tripled triples thirds? quarters? none once"
)
_FEW_NUMBERS = "no one single several"
_MEASURES = (
    "seconds? minutes? hours? days? weeks? months? years? decades? century centuries miles? km kilometers? kilometres? "
    "meters? metres? feet foot yards? inch inches times? mph degrees? story stories storey storeys nights?"
)
_EVERY = "overnight daily weekly monthly annually yearly"
_CURRENCIES = (
    "dollars? euros? pounds? cents? pence yen yuan roubles? rubles? rupees? crowns? krona kronar krone kroner francs? "
    "pesos? shekels? hryvnias? zlotys? usd eur gbp p"
)
_SPELLED_OUT = "dollars? euros? pounds? crowns? cents?"
_NOTHING = "free nothing"
_DAYS = (
    "mondays? tuesdays? wednesdays? thursdays? fridays? saturdays? sundays? january february march april may june july "
    "august september october november december today yesterday tonight tomorrow next last later earlier century week "
    "weekend month year soon spring summer autumn fall winter after before during when"
)

_NUMBER = re.compile(rf"\d|\b(?:{_either(_NUMBERS)}|{_either(_FEW_NUMBERS)})\b", re.IGNORECASE)
_MEASURE = re.compile(
    rf"(?:\d|\b(?:{_either(_NUMBERS)}|an?|one|several|few)\b)[\w,.]*[\s-]+(?:\w+[\s-]+)?(?:{_either(_MEASURES)})\b"
    rf"|\b(?:{_either(_EVERY)})\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[$£€¥₽₹]\s?(?:us|aud?|cad?|nz)?\s?\d|\d[\d.,]*(?:\s*(?:thousand|million|billion|trillion|[mbk]n?))?\s*(?:\w+\s+)?"
    rf"(?:{_either(_CURRENCIES)})\b"
    rf"|\b(?:{_either(_NUMBERS)}|an?)\b[\w\s-]{{0,20}}\b(?:{_either(_SPELLED_OUT)})\b|\b(?:{_either(_NOTHING)})\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(r"\b(?:near|nearest|immediate|foreseeable|the) future\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_WITH_A_SIGN = re.compile(r"[$£€¥₽₹]|\d[^\W\d_]")

_TELLING = {
    Asks.COUNT: _each(f"{_NUMBERS} {_FEW_NUMBERS}"),
    Asks.MONEY: _each(f"{_CURRENCIES} {_NOTHING}"),
    Asks.DURATION: _each(f"{_MEASURES} {_EVERY}"),
    Asks.WHEN: _each(_DAYS),
}
"""Words of which one stands in whatever holds such a value, where no sign and no digit does: looking them up takes a
tenth of the time of a pattern, and most sentences hold no value."""


def is_value(asks: Asks) -> bool:
    """Whether the question asks for a kind of value that words show: else whatever answers may be one."""
    return asks in _TELLING


@functools.lru_cache(maxsize=_KEPT)
def holds_value(asks: Asks, text: str) -> bool:
    """Whether ``text`` could hold the value; True for questions that ask for no such value."""
    telling = _TELLING.get(asks)
    if telling is None:
        return True
    if asks in (Asks.COUNT, Asks.WHEN) and _DIGIT.search(text):
        return True
    told = not telling.isdisjoint(tokens(text.lower()))
    if asks is Asks.COUNT:
        return told
    if asks is Asks.WHEN:
        return told or _FUTURE.search(text) is not None
    pattern = _MONEY if asks is Asks.MONEY else _MEASURE
    return (told or _WITH_A_SIGN.search(text) is not None) and pattern.search(text) is not None


def counts(focus: Sequence[str], text: str, stemmer: Stemmer) -> bool:
    """Whether in ``text`` a number stands within a few words of what is counted; True when nothing is named."""
    wanted = word_keys(stem for stems in stemmer.stems(focus) for stem in stems)
    if not wanted:
        return True
    words = tokens(text)
    telling = _TELLING[Asks.COUNT]
    # Few words are numbers: only what stands near one is looked at.
    numbers = [at for at, word in enumerate(words) if word.lower() in telling or _DIGIT.search(word)]
    return any(
        not wanted.isdisjoint(word_keys(stems))
        for at in numbers
        for stems in stemmer.stems(words[max(0, at - _NEAR_WORDS) : at + _NEAR_WORDS + 1])
    )
