"""Whose words a question asks for: the speaker, to whom, on which occasion, and who is being relayed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from retrieval.lexicon import FUNCTION_WORDS, TITLE_WORDS, tokens


@dataclass(frozen=True, slots=True)
class Saying:
    """What a question tells of the words it asks for, each part as typed."""

    speaker: str | None = None
    cue: str | None = None
    """The verb or noun of saying."""
    pronoun: str | None = None
    """A pronoun in the speaker's place, which only a conversation could resolve."""
    addressee: str | None = None
    """To whom: ``the BBC`` in "what did Macron tell the BBC about gas?"."""
    relayed: str | None = None
    """Whose words the speaker reports: ``Putin`` in "what did Macron say Putin told him?"."""
    occasion: str | None = None
    """When or where it was said: ``after meeting Zelensky``."""


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
_SAYING_SURELY = frozenset(
    "say said saying tell told telling think claim claimed state stated warn "
    "warned argue argued insist insisted deny denied comment commented suggest suggested stress stressed add "
    "added admit admitted acknowledge acknowledged urge urged tweet tweeted respond responded reply replied "
    "describe described view views opinion position stance comments remarks remark reaction response statement "
    "statements thoughts words quote quotes".split()
)

_NAME = (
    r"(?<![\w.’'-])"
    r"(?P<name>(?!(?:what|who|whom|whose|how|when|where|why|which|is|are|was|were|did|does|do|has|have|had|in|on)\b)"
    r"[^\W\d_][\w.’'-]*"
    r"(?:\s+(?!(?:say|tell|said|told|think|been|have|has|had|ever|to|just|really|then)\b)[\w.’'-]+){0,5}?)"
)
_SPEAKER_PATTERNS = (
    (
        "did do would will could might",
        rf"\b(?:did|does|do|would|will|could|might)\s+{_NAME}\s+(?:(?:also|really|ever|publicly|just|then|have\s+to)\s+)?(?P<cue>{_SAY_BASE})\b",
    ),
    (
        # Not "is", "was", "been": "why has Scholz been criticised" asks for no words of his.
        "has have had",
        rf"\b(?:has|have|had)\s+{_NAME}\s+(?:also\s+|ever\s+|publicly\s+)?(?P<cue>{_SAY_PARTICIPLE})\b",
    ),
    (
        "saying telling",
        rf"\b(?:has|have|had|is|was|were|are)\s+{_NAME}\s+(?:been\s+)?(?P<cue>saying|telling|quoted\s+as\s+saying)\b",
    ),
    (
        "according",
        rf"\baccording\s+to\s+{_NAME}\s*(?:[?,.;:]|$|\b(?:what|how|who|when|where|why|which|is|are|was|were|did|does|has)\b)",
    ),
    (
        "'",
        rf"\b{_NAME}(?:’s|'s|s’|s')\s+(?:\w+\s+)?(?P<cue>view|opinion|position|stance|comments?|remarks?|reaction|"
        r"response|statements?|thoughts|words|quotes?|answer|take)\s+(?:on|about|to|regarding|concerning|of)\b",
    ),
    (
        "view opinion position stance comment remark reaction response statement words quote",
        rf"\b(?P<cue>views?|opinion|position|stance|comments?|remarks?|reaction|response|statements?|words|quotes?)\s+"
        rf"(?:of|by|from)\s+{_NAME}\s+(?:on|about|to|regarding|concerning)\b",
    ),
    (
        "by",
        rf"\b(?:said|stated|quoted|announced|claimed|made)\s+by\s+{_NAME}\s*(?:[?,.;:]|$|\b(?:on|about|regarding|in|after|before)\b)",
    ),
    (
        "said says told",
        rf"^\s*{_NAME}\s+(?:said|says|told)\s+what\b",
    ),
    (
        "quote words statement",
        rf"^\s*(?:quotes?|words|statements?)\s+(?:from|by|of)\s+{_NAME}(?:\s+(?:on|about)\b|\s*[?.!]?$)",
    ),
    (
        "hear",
        rf"\bhear(?:d)?\s+from\s+{_NAME}\s+(?:on|about)\b",
    ),
)
"""Each with words of which one has to stand in a text for the pattern to find anything."""
_PRONOUNS = frozenset("he she they him her them it his hers their theirs".split())
_NO_SPEAKER = frozenset(
    "the a an article articles this that these those there people anyone someone somebody anybody everyone everybody "
    "report reports text story stories paper papers newspaper you we i one both either neither who which what".split()
)
_BEFORE_SPEAKER = _NO_SPEAKER | (FUNCTION_WORDS - _PRONOUNS) | {"what's", "what’s", "who's", "who’s"}
_PRINTED_THINGS = frozenset("article articles report reports story stories piece pieces coverage paper text".split())
_VERDICTS = frozenset(
    "deny denies denied denying denial confirm confirms confirmed confirming confirmation reject rejects rejected "
    "rejecting dismiss dismisses dismissed dismissing refute refutes refuted rule ruled rules acknowledge acknowledged "
    "acknowledges admit admits admitted".split()
)
_TELLING = frozenset("tell tells told telling ask asked urge urged warn warned".split())
_STOP = (
    r"(?=\s+(?:about|on|regarding|concerning|that|to|of|before|after|during|following|when|in|at|if|why|how|what|was|is)"
    r"\b|\s*[?.!,]|\s*$)"
)
_UP_TO_FIVE_WORDS = rf"((?:[\w.’'-]+\s+){{0,4}}?[\w.’'-]+){_STOP}"
_ADDRESSEE = rf"\s+(?!(?:about|on|of|that|in|at|after|before|to)\b){_UP_TO_FIVE_WORDS}"
_ADDRESSEE_AFTER_TO = rf"\s+(?:to|with)\s+{_UP_TO_FIVE_WORDS}"
_RELAYED = (
    r"\s+(?:that\s+)?(?!(?:about|on|of|the|that|in|at|after|before|to)\b)((?:[^\W\d_][\w.’'-]*\s+){1,3}?)"
    r"(?:had\s+|has\s+|also\s+)*(?:told|said|promised|assured|confirmed|says|tells|agreed|pledged|informed)\b"
    r"(?:\s+(?:him|her|them))?"
)
_EVENT = (
    r"interview|conference|briefing|speech|meeting|talks|visit|trip|summit|address|rally|hearing|debate|call|"
    r"ceremony|session|conversation|event|launch|match|game|final|vote|verdict|trial|arrival"
)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_TO_TOPIC_OR_END = rf"[^?,]*?(?=\s+(?:about|regarding|on(?!\s+{_WEEKDAY}))\b|[?,]|$)"
_OCCASIONS = (
    # "after meeting Zelensky", "before his trip", "following the talks".
    r"\b(?:after|before|during|following|ahead\s+of|while)\s+(?:\w+ing|his|her|their|its|the|an?)\s+"
    rf"{_TO_TOPIC_OR_END}",
    # "in an interview with the BBC", "at his news conference".
    rf"\b(?:at|in|during|after|before|following)\s+(?:[\w’'-]+\s+){{0,4}}?(?:{_EVENT})\b{_TO_TOPIC_OR_END}",
    # "after Kyiv".
    rf"\b(?:after|before|during|following)\s+(?-i:[A-Z]){_TO_TOPIC_OR_END}",
    rf"\bon\s+{_WEEKDAY}\b",
)
_OCCASION = "|".join(_OCCASIONS)
_DOING = (
    r"\b(?:after|before|during|following)\s+(?:meeting|visiting|talking|speaking|seeing|his|her|their)\s+"
    rf"{_TO_TOPIC_OR_END}"
)
_TOPIC_FIRST = r"\b(?:about|on|regarding|concerning|of)\b"


def read_saying(text: str) -> Saying:
    """Read whose words a question asks for off its wording; all None where it asks for nobody's."""
    # Only in ASCII are small letters all that a pattern may take for one another.
    small = text.lower() if text.isascii() else None
    for words, pattern in _SPEAKER_PATTERNS:
        if small is not None and not any(word in small for word in words.split()):
            continue
        for match in _compiled(pattern).finditer(text):
            parts = match["name"].strip(" .,'’").split()
            # "What is Scholz's position": what stands before a name is no part of it.
            while parts and parts[0].lower().strip(".") in _BEFORE_SPEAKER:
                parts = parts[1:]
            if not parts or parts[-1].lower() in _PRINTED_THINGS:
                continue
            cue = match.groupdict().get("cue")
            if parts[0].lower() in _PRONOUNS:
                return Saying(cue=cue, pronoun=parts[0])
            bare = _without_owner(parts)
            # "President Biden" without his title; "the French president" is nothing but a title and stays whole.
            if any(part.lower().strip(".") not in TITLE_WORDS for part in bare):
                while len(bare) > 1 and bare[0].lower().strip(".") in TITLE_WORDS and bare[-1].lower() != "house":
                    bare = bare[1:]
            if bare[0].lower() in FUNCTION_WORDS or "and" in (part.lower() for part in bare):
                continue
            before, after = text[: match.start()], text[match.end() :]
            return Saying(
                " ".join(bare), cue, None, _addressee(cue, after), _relayed(cue, after), _occasion(before, after)
            )
    return Saying()


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """When it is first needed: all of them together take longer than many a question, and most need two."""
    return re.compile(pattern, re.IGNORECASE)


def is_saying_surely(cue: str | None) -> bool:
    """Whether a verb or noun asks for words and not perhaps for deeds ("what did France offer")."""
    return cue is None or cue.lower() in _SAYING_SURELY


def is_verdict(cue: str) -> bool:
    """Whether a verb of saying confirms or denies."""
    return any(word in _VERDICTS for word in tokens(cue.lower()))


def _addressee(cue: str | None, after: str) -> str | None:
    telling = (cue or "").lower() in _TELLING
    match = _compiled(_ADDRESSEE if telling else _ADDRESSEE_AFTER_TO).match(after)
    if match is None or all(word.lower() in FUNCTION_WORDS for word in tokens(match[1])):
        return None
    return match[1]


def _relayed(cue: str | None, after: str) -> str | None:
    match = _compiled(_RELAYED).match(after) if (cue or "").lower() not in _TELLING else None
    return match[1].strip() if match else None


def _occasion(before: str, after: str) -> str | None:
    """The occasion named before the question ("After meeting Zelensky, what did ...") or after its verb.

    Once a topic is named, what follows belongs to it: "about relations after the war".
    """
    leading = _compiled(_OCCASION).match(before.strip())
    if leading and before.rstrip().endswith((",", "what", "What")):
        return leading.group()
    match = _compiled(_OCCASION).search(after)
    if match is None:
        return None
    if _compiled(_TOPIC_FIRST).search(after, 0, match.start()):
        # "about gas after meeting Scholz": what somebody did is no part of the topic.
        match = _compiled(_DOING).search(after)
    return match.group() if match else None


def _without_owner(parts: list[str]) -> list[str]:
    """A name without what it belongs to: "CNN's Jake Tapper" is Jake Tapper, "the mayor's spokesman" stays."""
    for n in range(len(parts) - 1, 0, -1):
        if re.search(r"[’']s$", parts[n - 1]) and all(part[0].isupper() for part in parts[n:]):
            return parts[n:]
    return parts
