"""What is asked: about what, of whom, which kind of value. Read off the wording alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from retrieval.lexicon import FUNCTION_WORDS, counts_as_word, is_content_word, normalise, tokens
from retrieval.saying import Saying, is_saying_surely, read_saying

_LONG = 14
"""Content words from which a question is a description rather than one plain question."""

MAX_CHARACTERS = 2000
"""A Discord message; what is longer is no question but a text."""


class Asks(StrEnum):
    """Which kind of answer the question wants."""

    SAID = "said"  # what somebody said
    WHO_SAID = "who said"
    COUNT = "count"  # how many, how much, what share
    MONEY = "money"  # how much it costs, what somebody pays
    DURATION = "duration"  # how long something takes, how old it is
    EXTENT = "extent"  # how far, how deep; how long something is, in time or space
    FREQUENCY = "frequency"  # how often
    WHEN = "when"
    WHO = "who"
    WHERE = "where"
    WHY = "why"
    OTHER = "other"


MEASURED = (Asks.DURATION, Asks.EXTENT, Asks.FREQUENCY)
"""What asks for a length of time, a length, or how often."""
UNCOUNTED = (Asks.MONEY, *MEASURED)
"""What asks for an amount or a measure: nothing is counted by which to tell one matter from another."""
VALUED = (Asks.COUNT, *UNCOUNTED, Asks.WHEN)
"""What asks for a number, with or without a unit, or for a date."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart."""

    text: str
    asks: Asks
    words: tuple[str, ...]
    """Content words in order, as typed; without question words and other function words."""
    names: tuple[str, ...]
    """Runs of capitalised words, e.g. ``Angela Merkel``, ``Nord Stream 2``."""
    speaker: str | None = None
    """Whose words are asked for, as typed, without titles."""
    focus: tuple[str, ...] = ()
    """What is counted or chosen among: ``antitank weapons`` in "how many antitank weapons has ..."."""
    cue: str | None = None
    """The verb or noun of saying in the question."""
    quoted: str | None = None
    """Words in quote marks in a question of who said them."""
    pronoun: str | None = None
    """A pronoun in the speaker's place, which only a conversation could resolve."""
    addressee: str | None = None
    """To whom the words asked for were said, as typed."""
    relayed: str | None = None
    """Whose words the speaker reports, as typed."""
    occasion: str | None = None
    """When or where the words were said, as typed: ``after meeting Zelensky``."""

    @property
    def asks_words(self) -> bool:
        """Whether the speaker's words are asked for, and not perhaps their deeds ("what did France offer")."""
        return self.speaker is not None and is_saying_surely(self.cue)

    @property
    def asks_whether(self) -> bool:
        """Whether yes or no would answer."""
        return self.asks is Asks.OTHER and _WHETHER.match(self.text) is not None

    @property
    def matter(self) -> tuple[str, ...]:
        """The content words without those that ask for the value: what a number or a length of time is to be of."""
        return tuple(word for word in self.words if word.lower() not in _ASKING_FOR_VALUE)

    def topic_words(self, *, with_speaker: bool = False) -> tuple[str, ...]:
        """The content words without the verb of saying, to whom and when and, unless asked for, the speaker's name."""
        own = {part.lower() for part in tokens(self.cue or "")} | _SAYING
        if self.asks_words:
            aside = (self.addressee, self.relayed, self.occasion)
            own |= {part.lower() for text in aside for part in tokens(text or "")}
            own |= _RELAYING if self.relayed else set()
        if not with_speaker:
            own |= {part.lower() for part in tokens(self.speaker or "")}
        return tuple(word for word in self.words if word.lower() not in own)


_SAYING = frozenset("say says said saying tell told according article articles quote quoted quotes".split())

_RELAYING = frozenset("promised assured confirmed agreed pledged informed".split())

_WHETHER = re.compile(
    r"\W*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|is it true)\b", re.IGNORECASE
)

_MEASURES = frozenset("long far old close big large high tall deep wide fast quickly soon often likely".split())
"""After "how" these ask for a value; the answer seldom prints them."""

_ASKING_FOR_VALUE = frozenset("last lasts lasted lasting take takes took taken cost costs price worth".split())
"""Verbs and nouns that whatever lasts or costs shares with whatever else does."""

_ASKS = (
    (Asks.WHO_SAID, r"^\W*who\s+(?:\w+\s+){0,2}?(?:said|says|told|claimed|called|warned|declared|denied|announced|"
                    r"stated|argued|described|insisted|suggested|tweeted|wrote|accused|admitted|promised)\b"),
    (Asks.MONEY, r"\bhow\s+much\b.*\b(?:cost|costs|money|worth|spend|spent|pays?|paid)\b|"
                 r"\b(?:what|which)\s+(?:\w+\s+)?(?:price|cost|salary|fare|fine|budget)\b|"
                 r"^\W*what\s+(?:did|does|do|will|would)\s+.+\bcost\b"),
    (Asks.COUNT, r"\bhow\s+(?:many|much|large|big|high)\b|\b(?:what|which)\s+(?:\w+\s+)?(?:share|percentage|proportion|"
                 r"number|amount|fraction|rate)\b|\b(?:number|amount)\s+of\b"),
    # "How long does the road run" asks for a length as well as for a time; only where it can be none is it a time.
    (Asks.DURATION, r"\bhow\s+(?:old|soon)\b|\bhow\s+long\s+(?:ago|did|has|have|had)\b|"
                    r"\bhow\s+long\s+(?:do|does|will|would|can|could|may|might|must|should)\b.*"
                    r"\b(?:last|take|stay|remain|wait|live|continue|keep|survive|serve|need|work|speak|go on)\b"),
    (Asks.EXTENT, r"\bhow\s+(?:long|far|close|deep|tall|wide|fast)\b"),
    (Asks.FREQUENCY, r"\bhow\s+often\b"),
    (Asks.WHEN, r"\bwhen\b|\b(?:what|which)\s+(?:day|date|year|month|time|century|decade)\b"),
    (Asks.WHY, r"\bwhy\b|\bfor what reason\b|\bwhat\s+(?:is|was|are|were)\s+the\s+reasons?\b"),
    (Asks.WHERE, r"\bwhere\b|\b(?:in|to|from|at)\s+(?:what|which)\s+"
                 r"(?:country|countries|city|cities|place|state|town|region)\b"),
    (Asks.WHO, r"\bwho(?:m|se)?\b|\bwhich\s+(?:person|man|woman|company|team|player|president|minister|official)\b"),
)  # fmt: skip
_ASKS_COMPILED = tuple((asks, re.compile(pattern, re.IGNORECASE)) for asks, pattern in _ASKS)
_AUXILIARY = "is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must"
# An auxiliary ends what is counted, else what looks like a verb: "weapons" in "antitank weapons has" does so, too.
_FOCUS = tuple(
    re.compile(
        r"\b(?:how\s+(?:many|much)|what|which)\s+(?:(?:other|more|new|kind|sort|type|share|percentage|number|amount)\s+)?"
        rf"(?:of\s+)?(?:the\s+)?(?!(?:{_AUXILIARY})\b)((?:[\w.’'-]+\s+){{1,4}}?)(?:{end})\b",
        re.IGNORECASE,
    )
    for end in (_AUXILIARY, r"\w+(?:ed|s)")
)
_VAGUE = frozenset(
    "country countries city cities company companies person people day date year month time place team kind type sort "
    "one ones way part thing things name man woman number amount percentage share is are was were did does".split()
)
_CAPITALISED = re.compile(
    r"(?:[^\W\d_a-zß-öø-ÿ][\w’'.&-]*\w|[A-Z])(?:\s+(?:(?:of|the|de|der|van|von|al|bin|for)\s+(?=[A-Z]))*"
    r"(?:[^\W\d_a-zß-öø-ÿ][\w’'.&-]*\w|[A-Z]\b|\d+\b))*"
)
_WHAT_SAID = re.compile(r"\W*what\s+(?:did|does|do|has|have|had)\b", re.IGNORECASE)
_FIRST_WORDS = FUNCTION_WORDS | {
    "are",
    "is",
    "according",
    "name",
    "list",
    "describe",
    "explain",
    "compare",
    "between",
    "one",
    "will",
    "besides",
}


_KEPT = 64
"""Questions, and parts of such, that stay understood: each is looked at several times on its way to an answer."""


@lru_cache(maxsize=_KEPT)
def understand(text: str, known_names: frozenset[str] = frozenset()) -> Question:
    """Take a question apart. ``known_names`` are lower-case names to recognise in all-lower-case typing."""
    text = normalise(text)
    asked_how = re.search(r"\bhow\s+(\w+)", text, re.IGNORECASE)
    measure = {asked_how[1].lower()} & _MEASURES if asked_how else set()
    if re.search(r"\bhow\s+much\s+money\b", text, re.IGNORECASE):
        measure.add("money")
    words = tuple(dict.fromkeys(word for word in tokens(text) if is_content_word(word) and word.lower() not in measure))
    saying = read_saying(text)
    asks = next((asks for asks, pattern in _ASKS_COMPILED if pattern.search(text)), Asks.OTHER)
    if len(words) > _LONG and not _WHAT_SAID.match(text):
        saying = Saying()
        asks = Asks.OTHER  # "which company, ... when it ..., said how many": no one kind of value is asked for
    valued = (*VALUED, Asks.WHERE, Asks.WHY, Asks.WHO)
    if saying.speaker and (asks not in valued or _WHAT_SAID.match(text)):
        asks = Asks.SAID
    return Question(
        text, asks, words, _names(text, known_names), saying.speaker, _focus(text), saying.cue, _quoted(text, asks),
        saying.pronoun, saying.addressee, saying.relayed, saying.occasion,
    )  # fmt: skip


def complaint(text: str) -> str | None:
    """Why this cannot be asked, as a sentence with the next step; None when it can."""
    if len(text) > MAX_CHARACTERS:
        return f"The question has {len(text):,} characters; ask in at most {MAX_CHARACTERS:,}."
    clean = normalise(text)
    if not clean:
        return "The question is empty; ask something, for example: who met whom in Moscow?"
    if not tokens(clean):
        return "The question holds no word that could be looked up; ask in words."
    return None


def _quoted(text: str, asks: Asks) -> str | None:
    match = re.search(r"[“\"]([^”\"]*\w[^”\"]*)[”\"]", text) if asks is Asks.WHO_SAID else None
    return match[1] if match else None


def _focus(text: str) -> tuple[str, ...]:
    match = next((found for pattern in _FOCUS if (found := pattern.search(text))), None)
    if match is None:
        return ()
    words = [word for word in tokens(match[1]) if word.lower() not in FUNCTION_WORDS]
    return tuple(word for word in words if word.lower() not in _VAGUE and counts_as_word(word))


def _names(text: str, known: frozenset[str]) -> tuple[str, ...]:
    found = []
    for match in _CAPITALISED.finditer(text):
        parts = match.group().split()
        while parts and parts[0].lower().strip("’'.") in _FIRST_WORDS:
            parts = parts[1:]
        while parts and not parts[0][0].isupper() and not parts[0][0].isdigit():
            parts = parts[1:]
        name = " ".join(parts).strip("’'.&-")
        if name.endswith(("’s", "'s")):
            name = name[:-2]
        # The first word of a question is capitalised whatever it is.
        if name and not (match.start() == 0 and len(parts) == 1 and name.lower() not in known and not name.isupper()):
            found.append(name)
    if not found:
        found = [word for word in tokens(text) if word.lower() in known]
    return tuple(dict.fromkeys(found))
