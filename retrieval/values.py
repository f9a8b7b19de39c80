"""Whether words hold the kind of value that a question asks for: a number, a length of time, a date."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.store.text import Stemmer
from retrieval.coverage import word_keys
from retrieval.lexicon import tokens
from retrieval.question import Asks

_NEAR_WORDS = 6
"""How far a number may stand from what it counts: "100,000 well-trained and well-armed troops"."""

_NUMBER_WORD = (
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|dozens?|hundreds?|thousands?|"
    r"millions?|billions?|trillions?|half|twice|doubled?|triple[ds]?|thirds?|quarters?|none|once"
)
_NUMBER = re.compile(rf"\d|\b(?:{_NUMBER_WORD}|no|one|single|several)\b", re.IGNORECASE)
_MEASURE = re.compile(
    rf"(?:\d|\b(?:{_NUMBER_WORD}|an?|one|several|few)\b)[\w,.]*[\s-]+(?:\w+[\s-]+)?"
    r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|miles?|km|kilomet(?:er|re)s?|"
    r"met(?:er|re)s?|feet|foot|yards?|inch(?:es)?|times?|mph|degrees?|stor(?:y|ies|eys?)|nights?)\b"
    r"|\b(?:overnight|daily|weekly|monthly|annually|yearly)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[$£€¥₽₹]\s?(?:us|aud?|cad?|nz)?\s?\d|\d[\d.,]*(?:\s*(?:thousand|million|billion|trillion|[mbk]n?))?\s*(?:\w+\s+)?"
    r"(?:dollars?|euros?|pounds?|cents?|pence|yen|yuan|roubles?|rubles?|rupees?|crowns?|kron[ae]r?|francs?|pesos?|"
    r"shekels?|hryvnias?|zlotys?|usd|eur|gbp|p)\b"
    rf"|\b(?:{_NUMBER_WORD}|an?)\b[\w\s-]{{0,20}}\b(?:dollars?|euros?|pounds?|crowns?|cents?)\b|\bfree\b|\bnothing\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\d|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day|\b(?:january|february|march|april|may|june|july|august|"
    r"september|october|november|december)\b|\b(?:today|yesterday|tonight|tomorrow|next|last|later|earlier|century|"
    r"week|weekend|month|year|(?:near|nearest|immediate|foreseeable|the) future|soon|"
    r"spring|summer|autumn|fall|winter|after|before|during|when)\b",
    re.IGNORECASE,
)
_PATTERNS = {Asks.COUNT: _NUMBER, Asks.MONEY: _MONEY, Asks.DURATION: _MEASURE, Asks.WHEN: _DATE}


def holds_value(asks: Asks, text: str) -> bool:
    """Whether ``text`` could hold the value; True for questions that ask for no such value."""
    pattern = _PATTERNS.get(asks)
    return pattern is None or pattern.search(text) is not None


def counts(focus: Sequence[str], text: str, stemmer: Stemmer) -> bool:
    """Whether in ``text`` a number stands within a few words of what is counted; True when nothing is named."""
    wanted = word_keys(stem for stems in stemmer.stems(focus) for stem in stems)
    if not wanted:
        return True
    words = tokens(text)
    keys = [word_keys(stems) for stems in stemmer.stems(words)]
    return any(
        _NUMBER.search(word) and any(own & wanted for own in keys[max(0, at - _NEAR_WORDS) : at + _NEAR_WORDS + 1])
        for at, word in enumerate(words)
    )
