"""What is asked: about what, of whom, which kind of value. Read off the wording alone."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

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
    DURATION = "duration"  # how long, how far, how old
    WHEN = "when"
    WHO = "who"
    WHERE = "where"
    WHY = "why"
    OTHER = "other"


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

    @property
    def asks_words(self) -> bool:
        """Whether the speaker's words are asked for, and not perhaps their deeds ("what did France offer")."""
        return self.speaker is not None and (self.cue is None or self.cue.lower() in _SAYING_SURELY)

    def topic_words(self, *, with_speaker: bool = False) -> tuple[str, ...]:
        """The content words without the verb of saying and, unless asked for, the speaker's name."""
        own = {part.lower() for part in tokens(self.cue or "")} | _SAYING
        if not with_speaker:
            own |= {part.lower() for part in tokens(self.speaker or "")}
        return tuple(word for word in self.words if word.lower() not in own)


_FUNCTION_WORDS = frozenset(
    "a an the of in on at to for from by with within without and or but nor so if then than as is are was were be "
    "been being am do does did done doing have has had having will would shall should can could may might must "
    "i me my we us our you your he him his she her hers it its they them their theirs this that these those there "
    "here what which who whom whose when where why how not no any some all each every both either neither "
    "about into onto over under up down out off again further also just only very too more most much many "
    "such own same other another between against during before after above below through because while until "
    "happen happens happened please tell give show know find anything something someone anyone everything".split()
)

_SAY_BASE = (
    "say|tell|think|claim|state|announce|declare|warn|argue|insist|promise|pledge|vow|deny|demand|call|describe|"
    "respond|react|reply|comment|suggest|stress|add|admit|acknowledge|accuse|urge|write|tweet|explain|propose|"
    "predict|express|mention|note|reveal|report|believe|want|ask|offer|condemn|criticize|criticise|praise|repeat|"
    "reiterate|confirm|speak|talk|discuss|said|told|threaten|estimate|expect|recommend|advise|signal|hint|mean|"
    "reject|defend|justify|answer|welcome"
)
_SAY_PARTICIPLE = (
    "said|told|claimed|stated|announced|declared|warned|argued|insisted|promised|pledged|vowed|denied|demanded|"
    "called|described|responded|reacted|replied|commented|suggested|stressed|added|admitted|acknowledged|accused|"
    "urged|written|tweeted|explained|proposed|predicted|expressed|mentioned|noted|revealed|believed|confirmed|"
    "spoken|talked|threatened|estimated|condemned|criticized|criticised|praised|repeated|reiterated|offered"
)
_MEASURES = frozenset("long far old close big large high tall deep wide fast quickly soon often likely".split())
"""After "how" these ask for a value; the answer seldom prints them."""

_SAYING = frozenset("say says said saying tell told according article articles quote quoted quotes".split())

_SAYING_SURELY = frozenset(
    "say said saying tell told telling think claim claimed state stated warn "
    "warned argue argued insist insisted deny denied comment commented suggest suggested stress stressed add "
    "added admit admitted acknowledge acknowledged urge urged tweet tweeted respond responded reply replied "
    "describe described view views opinion position stance comments remarks remark reaction response statement "
    "statements thoughts words quote quotes".split()
)

_NAME = (
    r"(?P<name>(?!(?:what|who|whom|whose|how|when|where|why|which|is|are|was|were|did|does|do|has|have|had|in|on)\b)"
    r"[^\W\d_][\w.’'-]*"
    r"(?:\s+(?!(?:say|tell|said|told|think|been|have|has|had|ever|to|just|really|then)\b)[\w.’'-]+){0,5}?)"
)
_SPEAKER_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:did|does|do|would|will|could|might)\s+{_NAME}\s+(?:(?:also|really|ever|publicly|just|then|have\s+to)\s+)?(?P<cue>{_SAY_BASE})\b",
        # Not "is", "was", "been": "why has Scholz been criticised" asks for no words of his.
        rf"\b(?:has|have|had)\s+{_NAME}\s+(?:also\s+|ever\s+|publicly\s+)?(?P<cue>{_SAY_PARTICIPLE})\b",
        rf"\b(?:has|have|had|is|was|were|are)\s+{_NAME}\s+(?:been\s+)?(?P<cue>saying|telling|quoted\s+as\s+saying)\b",
        rf"\baccording\s+to\s+{_NAME}\s*(?:[?,.;:]|$|\b(?:what|how|who|when|where|why|which|is|are|was|were|did|does|has)\b)",
        rf"\b{_NAME}(?:’s|'s|s’|s')\s+(?:\w+\s+)?(?P<cue>view|opinion|position|stance|comments?|remarks?|reaction|"
        r"response|statements?|thoughts|words|quotes?|answer|take)\s+(?:on|about|to|regarding|concerning|of)\b",
        rf"\b(?P<cue>views?|opinion|position|stance|comments?|remarks?|reaction|response|statements?|words|quotes?)\s+"
        rf"(?:of|by|from)\s+{_NAME}\s+(?:on|about|to|regarding|concerning)\b",
        rf"\b(?:said|stated|quoted|announced|claimed|made)\s+by\s+{_NAME}\s*(?:[?,.;:]|$|\b(?:on|about|regarding|in|after|before)\b)",
        rf"^\s*{_NAME}\s+(?:said|says|told)\s+what\b",
        rf"^\s*(?:quotes?|words|statements?)\s+(?:from|by|of)\s+{_NAME}(?:\s+(?:on|about)\b|\s*[?.!]?$)",
        rf"\bhear(?:d)?\s+from\s+{_NAME}\s+(?:on|about)\b",
    )
)
_PRONOUNS = frozenset("he she they him her them it his hers their theirs".split())
_NO_SPEAKER = frozenset(
    "the a an article articles this that these those there people anyone someone somebody anybody everyone everybody "
    "report reports text story stories paper papers newspaper you we i one both either neither who which what".split()
)
_BEFORE_SPEAKER = _NO_SPEAKER | (_FUNCTION_WORDS - _PRONOUNS) | {"what's", "what’s", "who's", "who’s"}
_PRINTED_THINGS = frozenset("article articles report reports story stories piece pieces coverage paper text".split())
TITLE_WORDS = frozenset(
    "president prime minister chancellor foreign defense defence secretary general senator sen rep representative "
    "governor gov mayor spokesman spokeswoman spokesperson ambassador king queen prince princess pope dr mr mrs ms "
    "miss sir lord lady judge justice coach captain professor prof ceo chairman chairwoman chief commander "
    "russian french german british american ukrainian polish us u.s uk u.k eu european kremlin former then "
    "national security adviser advisor white house the leader leaders head official officials minister ministry "
    "government administration manager director executive coach officer".split()
)
_ASKS = (
    (Asks.WHO_SAID, r"^\W*who\s+(?:\w+\s+){0,2}?(?:said|says|told|claimed|called|warned|declared|denied|announced|"
                    r"stated|argued|described|insisted|suggested|tweeted|wrote|accused|admitted|promised)\b"),
    (Asks.MONEY, r"\bhow\s+much\b.*\b(?:cost|costs|money|worth|spend|spent|pays?|paid)\b|"
                 r"\b(?:what|which)\s+(?:\w+\s+)?(?:price|cost|salary|fare|fine|budget)\b|"
                 r"^\W*what\s+(?:did|does|do|will|would)\s+.+\bcost\b"),
    (Asks.COUNT, r"\bhow\s+(?:many|much|large|big|high)\b|\b(?:what|which)\s+(?:\w+\s+)?(?:share|percentage|proportion|"
                 r"number|amount|fraction|rate)\b|\b(?:number|amount)\s+of\b"),
    (Asks.DURATION, r"\bhow\s+(?:long|far|old|close|deep|tall|wide|fast|often|soon)\b"),
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
_FIRST_WORDS = _FUNCTION_WORDS | {
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


def name_words(name: str) -> list[str]:
    """The words of a name that can be looked up: "Time for Reflection" without its "for"."""
    return [word for word in tokens(name) if _counts(word) and word.lower() not in _FUNCTION_WORDS]


def tokens(text: str) -> list[str]:
    """Words as typed: letters and digits, inner apostrophes, points and hyphens split them."""
    return re.findall(r"[^\W_]+", text)


def understand(text: str, known_names: frozenset[str] = frozenset()) -> Question:
    """Take a question apart. ``known_names`` are lower-case names to recognise in all-lower-case typing."""
    text = normalise(text)
    asked_how = re.search(r"\bhow\s+(\w+)", text, re.IGNORECASE)
    measure = {asked_how[1].lower()} & _MEASURES if asked_how else set()
    if re.search(r"\bhow\s+much\s+money\b", text, re.IGNORECASE):
        measure.add("money")
    words = tuple(
        dict.fromkeys(
            word
            for word in tokens(text)
            if word.lower() not in _FUNCTION_WORDS and word.lower() not in measure and _counts(word)
        )
    )
    speaker, cue, pronoun = _speaker(text)
    asks = next((asks for asks, pattern in _ASKS_COMPILED if pattern.search(text)), Asks.OTHER)
    if len(words) > _LONG and not _WHAT_SAID.match(text):
        speaker = cue = None
        asks = Asks.OTHER  # "which company, ... when it ..., said how many": no one kind of value is asked for
    valued = (Asks.COUNT, Asks.MONEY, Asks.DURATION, Asks.WHEN, Asks.WHERE, Asks.WHY, Asks.WHO)
    if speaker and (asks not in valued or _WHAT_SAID.match(text)):
        asks = Asks.SAID
    return Question(
        text, asks, words, _names(text, known_names), speaker, _focus(text), cue, _quoted(text, asks), pronoun
    )


def normalise(text: str) -> str:
    """NFC, control and format characters out, white space to single spaces."""
    text = unicodedata.normalize("NFC", text)
    text = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
    text = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cs", "Co", "Cn"))
    return " ".join(text.split())


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


def _counts(word: str) -> bool:
    # A single letter is a remnant of "U.S." or "it's"; a single digit ("Nord Stream 2") is not.
    return len(word) > 1 or word.isdigit() or ord(word) > 0x2E80


def _speaker(text: str) -> tuple[str | None, str | None, str | None]:
    """(speaker, cue, pronoun): who is asked about, by which word of saying, or a pronoun in the name's place."""
    for pattern in _SPEAKER_PATTERNS:
        for match in pattern.finditer(text):
            parts = match["name"].strip(" .,'’").split()
            # "What is Scholz's position": what stands before a name is no part of it.
            while parts and parts[0].lower().strip(".") in _BEFORE_SPEAKER:
                parts = parts[1:]
            if not parts or parts[-1].lower() in _PRINTED_THINGS:
                continue
            cue = match.groupdict().get("cue")
            if parts[0].lower() in _PRONOUNS:
                return None, cue, parts[0]
            bare = parts
            # "President Biden" without his title; "the French president" is nothing but a title and stays whole.
            if any(part.lower().strip(".") not in TITLE_WORDS for part in bare):
                while len(bare) > 1 and bare[0].lower().strip(".") in TITLE_WORDS and bare[-1].lower() != "house":
                    bare = bare[1:]
            if bare[0].lower() in _FUNCTION_WORDS or "and" in (part.lower() for part in bare):
                continue
            return " ".join(bare), cue, None
    return None, None, None


def plain_words(text: str) -> str:
    """The words in lower case between single spaces, for comparing what is printed with what is typed."""
    return f" {' '.join(tokens(text)).lower()} "


def _quoted(text: str, asks: Asks) -> str | None:
    match = re.search(r"[“\"]([^”\"]*\w[^”\"]*)[”\"]", text) if asks is Asks.WHO_SAID else None
    return match[1] if match else None


def _focus(text: str) -> tuple[str, ...]:
    match = next((found for pattern in _FOCUS if (found := pattern.search(text))), None)
    if match is None:
        return ()
    words = [word for word in tokens(match[1]) if word.lower() not in _FUNCTION_WORDS]
    return tuple(word for word in words if word.lower() not in _VAGUE and _counts(word))


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
