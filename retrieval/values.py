"""Whether words hold the kind of value that a question asks for: a number, a length of time, how often, a date."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from corpus.store.text import Stemmer
from retrieval.coverage import word_key, word_keys
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
_TIMES = "seconds minutes hours? days? weeks? months? years? decades? century centuries nights?"
_LENGTHS = (
    "miles? km kilometers? kilometres? meters? metres? cm centimeters? centimetres? mm millimeters? millimetres? "
    "feet foot yards? inch inches mph"
)
_NUMBERED = "degrees? story stories storey storeys"
"""Measures only beside a number: "a story" is told and "a degree of autonomy" is granted."""
_BRIEF = "second minute"
"""Lengths of time that are as often something else: "a second promise", "a minute detail"."""
_EVERY = "daily weekly monthly annually yearly once twice"
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

_SEVERAL = rf"(?:\d|\b(?:{_either(_NUMBERS)}|several|few)\b)[\w,.]*[\s-]+"
# Neither "£4 a day" nor "twice a week": a rate is no length of time.
_AN = r"(?<!\d )(?<!times )(?<!once )(?<!twice )(?<!million )(?<!billion )\b(?:an?|one)[\s-]+"
_DURATION = (
    rf"(?:{_SEVERAL}|{_AN})(?:(?!(?:an?|per|each|every)\b)\w+[\s-]+)?(?:{_either(_TIMES)})\b"
    rf"|{_SEVERAL}(?:{_either(_BRIEF)})\b|\bovernight\b"
    # "A second later", "a minute of silence"; "for a second", but neither "for a second time" nor "expects a second".
    rf"|{_AN}(?:{_either(_BRIEF)})\s+(?:later|earlier|ago|long|longer|apart|more|less|or\s+(?:two|so|more|less))\b"
    rf"|{_AN}(?:{_either(_BRIEF)})\s+and\s+a\s+(?:half|quarter)\b"
    rf"|{_AN}(?:full|whole|long|mere)\s+(?:{_either(_BRIEF)})\b(?!\s+(?:time|chance|term)\b)"
    rf"|{_AN}minute(?:\s+of\b|[’']s\b)"
    r"|\b(?:for|in|within|than|under|over|about|just|only|half|lasts?|lasted|lasting|takes?|took|taking|waits?|waited)\s+"
    rf"{_AN}(?:{_either(_BRIEF)})(?=\s*$|\s*[^\w\s]|\s+(?:to|before|after|when|while|until|at|on|as|with|by|from)\b)"
)
_DURATION_HELD = re.compile(_DURATION, re.IGNORECASE)
_EXTENT_HELD = re.compile(
    rf"{_DURATION}|(?:{_SEVERAL}|{_AN})(?:\w+[\s-]+)?(?:{_either(_LENGTHS)})\b"
    rf"|{_SEVERAL}(?:\w+[\s-]+)?(?:{_either(_NUMBERED)})\b",
    re.IGNORECASE,
)
_FREQUENCY_HELD = re.compile(
    rf"{_SEVERAL}(?:\w+[\s-]+)?times\b|\b(?:{_either(_EVERY)})\b"
    rf"|\b(?:every|each|per)\s+(?:\w+\s+)?(?:{_either(_TIMES)}|{_either(_BRIEF)})\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[$£€¥₽₹]\s?(?:us|aud?|cad?|nz)?\s?\d|\d[\d.,]*(?:\s*(?:thousand|million|billion|trillion|[mbk]n?))?\s*(?:\w+\s+)?"
    rf"(?:{_either(_CURRENCIES)})\b"
    rf"|\b(?:{_either(_NUMBERS)}|an?)\b[\w\s-]{{0,20}}\b(?:{_either(_SPELLED_OUT)})\b|\b(?:{_either(_NOTHING)})\b",
    re.IGNORECASE,
)
_PATTERNS = {
    Asks.MONEY: _MONEY,
    Asks.DURATION: _DURATION_HELD,
    Asks.EXTENT: _EXTENT_HELD,
    Asks.FREQUENCY: _FREQUENCY_HELD,
}
_SO_OFTEN_IN = re.compile(
    r"\b(?:times|once|twice)\s+(?:in|within|over|during)\s+(?:(?:the|last|past|just|only)\s+)*$", re.IGNORECASE
)
_FUTURE = re.compile(r"\b(?:near|nearest|immediate|foreseeable|the) future\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_WITH_A_SIGN = re.compile(r"[$£€¥₽₹]|\d[^\W\d_]")

_TELLING = {
    Asks.COUNT: _each(f"{_NUMBERS} {_FEW_NUMBERS}"),
    Asks.MONEY: _each(f"{_CURRENCIES} {_NOTHING}"),
    Asks.DURATION: _each(f"{_TIMES} {_BRIEF} overnight"),
    Asks.EXTENT: _each(f"{_TIMES} {_BRIEF} {_LENGTHS} {_NUMBERED} overnight"),
    Asks.FREQUENCY: _each(f"{_TIMES} {_BRIEF} {_EVERY} times"),
    Asks.WHEN: _each(_DAYS),
}
"""Words of which one stands in whatever holds such a value, where no sign and no digit does: looking them up takes a
tenth of the time of a pattern, and most sentences hold no value."""


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
    if not told and _WITH_A_SIGN.search(text) is None:
        return False
    held = _PATTERNS[asks].finditer(text)
    return any(asks is not Asks.DURATION or not is_period(text[: match.start()]) for match in held)


def is_period(before: str) -> bool:
    """Whether a length of time after these words is one in which something was done so often: "three times in"."""
    return _SO_OFTEN_IN.search(before) is not None


def counts(focus: Sequence[str], text: str, stemmer: Stemmer) -> bool:
    """Whether in ``text`` a number stands within a few words of what is counted; True when nothing is named."""
    wanted = word_keys(stem for stems in stemmer.stems(focus) for stem in stems)
    if not wanted:
        return True
    words = tokens(text)
    counted = [at for at, stem in enumerate(stemmer.stems_of_words(words)) if stem and word_key(stem) in wanted]
    if not counted:
        return False
    telling = _TELLING[Asks.COUNT]
    numbers = [at for at, word in enumerate(words) if word.lower() in telling or _DIGIT.search(word)]
    return any(abs(one - other) <= _NEAR_WORDS for one in numbers for other in counted)
