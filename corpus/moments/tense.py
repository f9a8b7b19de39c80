"""Whether the words around an expression look back or ahead: the nearest verb that tells, first to the left.

"Macron, who met Putin on Monday, will travel to Kyiv on Tuesday": news puts the time after its verb, so the verb
before an expression governs it; one that opens its sentence is governed by the first verb after it.
"""

from __future__ import annotations

import re

from corpus.models import PassageKind
from corpus.moments.reckoning import Tense

_REACH = 160
"""Characters looked at on either side: with a limit the whole stays linear in the length of a text."""

_WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:[’'](?:ll|t|s|re|d|ve|m)\b)?|[;:.!?“”\"()—–]|\d+")

_MODALS = frozenset("will won't shall would wouldn't may might could can cannot can't should shouldn't must".split())
_AHEAD = frozenset("upcoming forthcoming deadline scheduled slated due gonna tentatively expects awaits".split())
# "expected to", "set for", "due on": planned, whatever the tense of what stands before.
_PLANNED = frozenset(
    "expected set poised likely planned planning plans plan hopes hope hoping hoped intends intend intended aims aiming"
    " wants agreed agrees vowed vows promised promises pledged pledges ready prepares preparing prepared going supposed"
    " invited due scheduled slated projected anticipated about continue unlikely arranged booked".split()
)
_PAST = frozenset(
    "said told was were had did didn't wasn't weren't hadn't couldn't went came took gave got saw made held met left"
    " began became brought broke built bought caught chose cut dealt died drew drove fell felt fought flew found froze"
    " grew heard hit hid hung kept knew laid led lent let lit lost meant ordered paid put ran rang read rose sat sank"
    " sold sent set shot shut slept spoke spent spread stood stole struck swore swept swung taught thought threw"
    " understood wore won wrote issued overthrew overtook withdrew undertook foresaw born killed".split()
)
_BASE_TOO = frozenset("cut hit let put read set shut spread beat cost hurt bet split quit born".split())
_NO_VERB = frozenset(
    "need indeed hundred speed feed united red bed seed bleed breed exceed proceed succeed naked sacred unprecedented"
    " embed wicked weed shed sled led talented beloved armed limited".split()
)
_FUNCTION = frozenset(
    "a an the this that these those his her its their our my your to on in at by for from with of and or but as he she"
    " it they we i you who which that because after before when while over under into through against about him them us"
    " early late last next".split()
)
_SUBJECTS = frozenset("he she it they we i you who which that and but also then later has have had".split())
_DETERMINERS = frozenset(
    "a an the this that these those his her its their our my your of in on at for with no some any new first second"
    " from by to and or".split()
)
_SCHEDULED = frozenset(
    "opens begins starts kicks meets plays faces hosts returns travels heads airs premieres debuts launches arrives"
    " drops releases runs ends closes expires resumes takes goes comes visits votes decides continues concludes wraps"
    " lands hits welcomes marks falls gets sees".split()
)
_SCHEDULED_BASE = frozenset(
    "open begin start meet play face host return travel head air arrive resume take go come vote visit tip kick".split()
)
_BE = frozenset("be being been".split())
_PRESENT_BE = frozenset("is are am isn't aren't re".split())
_PERFECT = frozenset("has have haven't hasn't having".split())
_CUES = (
    _MODALS | _AHEAD | _PLANNED | _PAST | _SCHEDULED | _SCHEDULED_BASE | _PRESENT_BE | _PERFECT
    | {"to", "ahead", "if", "unless", "coming"}
)  # fmt: skip

_LEANS_AHEAD = re.compile(
    r"\b(?:(?P<sure>ahead\sof|starting|beginning|effective|expected|due|debuting|premiering|airing|arriving|opening|returning|upcoming|no\slater\sthan|(?:set|scheduled|slated|planned)"
    r"\sfor)|until|till|by|prior\sto|through|come|for|coming)\s(?:on\s|in\s|the\s)?$",
    re.IGNORECASE,
)
_LEANS_BACK = re.compile(r"\b(?:since|following|as\sof|late|dated|past|earlier|ended)\s(?:on\s)?$", re.IGNORECASE)
_OPENS_BACK = re.compile(r"^\W*(?:After|Following|Since)\s[^,]*$")
_CLAUSE_END = re.compile(r"[;:.!?“”\"—–](?:\s|$)|\s[–—-]\s")
_OWN_CLAUSE = re.compile(r"(?:\s(?!to\b|in\b|at\b|of\b|with\b|on\b|after\b|before\b)[\w'’-]+){0,6}")
_BRACKETS = re.compile(r"\s?\([^()]*\)")
_IS = re.compile(r"\s(?:is|are)(?:\s|$)")
_CLOCK = re.compile(r",?\s(?:at\s)?\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.?m\b|ET\b|GMT\b|BST\b)")


def tense_at(text: str, begin: int, stop: int, start: int, end: int, kind: PassageKind) -> Tense:
    """The tense in which the sentence ``text[begin:stop]`` speaks at its expression ``text[start:end]``.

    The present tense of a caption tells of what was photographed.
    """
    pictured = kind is PassageKind.CAPTION
    left, right = _sides(text, begin, stop, start, end)
    near = left[-24:]
    if _LEANS_BACK.search(near):
        return Tense.PAST
    if pictured:
        told = _scan_left(left, pictured) or _scan_right(right, pictured)
        return told if told is Tense.FUTURE else Tense.PAST
    lean = _LEANS_AHEAD.search(near)
    if lean and lean["sure"]:
        return Tense.FUTURE
    ahead = Tense.FUTURE if lean else None
    if text[max(start, end - 2) : end] in ("’s", "'s"):
        # "Monday's vote will decide": the verb of that noun stands after it, if in the same clause.
        own = _OWN_CLAUSE.match(right)
        told = _scan_right(own[0], pictured) if own else None
        if told is None and own and _IS.search(own[0]):
            return Tense.FUTURE  # one that is over "was"
        told = told or _scan_left(left, pictured) or ahead
    else:
        told = _scan_left(left, pictured)
        if ahead and told is not Tense.PAST:
            return Tense.FUTURE
        if told is None and _OPENS_BACK.search(left):
            return Tense.PAST
        told = told or _scan_right(right, pictured)
    if told is None and _CLOCK.match(right):
        return Tense.FUTURE
    return told or Tense.UNKNOWN


def happens(text: str, begin: int, stop: int, start: int, end: int) -> bool:
    """Whether something is done at "today" in ``text[start:end]``; as often it means an age ("as we live today")."""
    left, right = _sides(text, begin, stop, start, end)
    if _ON_THE_DAY.search(left):
        return True
    clause = _CLAUSE_END.split(left)[-1].split(",")[-1]
    words = _WORD.findall(clause)
    for at in range(len(words) - 1, max(-1, len(words) - 7), -1):
        if _tells(words, at, pictured=True) is not None:
            return words[at].lower() not in _HABITS
        if words[at].lower() in _PRESENT:
            return False
    if len(words) > 2:
        return bool(_DONE_NEXT.match(right))
    ahead = _WORD.findall(_CLAUSE_END.split(right, maxsplit=1)[0])[:12]
    for at, word in enumerate(ahead):
        if word.lower() in _PRESENT:
            return bool(_DOING.match(" ".join(ahead[at:])))
        if _tells(ahead, at, pictured=True) is not None:
            return word.lower() not in _HABITS
    return False


_ON_THE_DAY = re.compile(
    r"\b(?:[Ee]arlier|[Ll]ater|statement|testimony|hearing|interview|briefing|meeting|remarks|speech|note|report|post"
    r"|announcement|session|news|vote|ruling|game|match)\s$"
)
_HABITS = frozenset(
    "used known needed based called considered felt made seen built sold found employed played available could would"
    " can should may might must allowed required wouldn't lost".split()
)
_PRESENT = frozenset(
    "if which aged is are am has have do does isn't aren't who remains remain use uses live lives exist exists being"
    " it's that's see sees feel feels face faces know knows get gets".split()
)
_DONE_NEXT = re.compile(r"\s(?:\w+ed|said|told|made|won|lost|met|began|sent|put|held|gave|took|saw|led|hit)\b(?!-)")
_DOING = re.compile(
    r"(?:is|are|am|has|have)\s(?:now\s|also\s)?(?:announc|launch|unveil|introduc|releas|publish|hold|meet|sign|vot|fil"
    r"|open|expect|set to|due to|scheduled|ask|call|report|add|rais|seek|mak|issu|join)"
)


def _sides(text: str, begin: int, stop: int, start: int, end: int) -> tuple[str, str]:
    left = text[max(begin, start - _REACH) : start].replace("’", "'")
    if "(" in left:
        left = _BRACKETS.sub("", left)
    return left, text[end : min(stop, end + _REACH)].replace("’", "'")


def _scan_left(text: str, pictured: bool) -> Tense | None:
    words = _WORD.findall(text)
    after = False
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        if word in ".!?" and at < len(words) - 1 and words[at + 1][0].isupper():
            return None  # a sentence of a quotation before this one
        if word in ("after", "since", "following"):
            after = True
        told = _tells(words, at, pictured)
        if told is not None:
            # "They are playing again after a victory on Monday"; what will be done after it may lie ahead as it does.
            present = after and words[at].lower() not in _MODALS | _PLANNED | _AHEAD
            return Tense.PAST if present else told
    return None


def _scan_right(text: str, pictured: bool) -> Tense | None:
    words = _WORD.findall(text)
    for at in range(len(words)):
        told = _tells(words, at, pictured)
        if told is not None:
            return told
    return None


def _tells(words: list[str], at: int, pictured: bool) -> Tense | None:
    """What the word at a place says of the time, None where it says nothing."""
    word = words[at].lower()
    if word not in _CUES and not word.endswith(("ed", "'ll", "'re")):
        return None
    before = words[at - 1].lower() if at else ""
    after = words[at + 1].lower() if at + 1 < len(words) else ""
    if word in _MODALS or word.endswith("'ll"):
        return None if _is_a_name(words, at) else _modal(word, after, words[at + 2 : at + 3])
    if word in _AHEAD and not (word == "due" and after == "to" and _of_a_cause(words, at)):
        return Tense.PAST if before in ("been", "not") and "had" in _back(words, at) else Tense.FUTURE
    if word in _PLANNED and after in ("to", "for") and before not in ("as", "than"):
        return None if word == "set" and before in ("a", "the") else Tense.FUTURE
    if word == "to":
        planned = after == "be" and before not in ("appeared", "seemed", "found", "proved", "turned", "have")
        return Tense.FUTURE if planned else None
    if word == "coming":
        return Tense.FUTURE if after.endswith("s") else None
    if word == "ahead":
        return Tense.FUTURE if after == "of" else None
    if word in ("if", "unless"):
        return None if pictured else Tense.FUTURE
    if word in _PERFECT:
        return _perfect(before, after)
    if word in _PRESENT_BE or word.endswith("'re"):
        return _present_be(words, at, after, pictured)
    if word in _PAST or (word.endswith("ed") and len(word) > 3 and word not in _NO_VERB):
        return _past(words, at, word, before, after)
    if pictured or not words[at].islower():
        return None
    if word in _SCHEDULED and before not in _DETERMINERS and before:
        return Tense.FUTURE
    if word in _SCHEDULED_BASE and at and _plural_subject(words[at - 1]):
        return Tense.FUTURE
    return None


def _is_a_name(words: list[str], at: int) -> bool:
    """Whether "May" or "Will" is a month or a person here; a question may open with the verb."""
    return words[at][0].isupper() and words[at].lower() in ("may", "will") and at > 0


def _modal(word: str, after: str, following: list[str]) -> Tense | None:
    done = following[0].lower() if following else ""
    finished = done in _PAST or done.endswith(("ed", "en")) or done in ("been", "done", "gone")
    if after == "have" and finished and word not in ("will", "shall") and not word.endswith("'ll"):
        return Tense.PAST
    if word == "could" and after == "not":
        return Tense.PAST
    return Tense.FUTURE


def _perfect(before: str, after: str) -> Tense | None:
    if before in _MODALS or before in ("to", "not") or before.endswith("'ll"):
        return None  # the modal itself comes next
    if after == "to":
        return Tense.FUTURE
    return Tense.PAST if after.endswith(("ed", "en", "n't")) or after in _PAST or after in ("been", "not") else None


def _present_be(words: list[str], at: int, after: str, pictured: bool) -> Tense | None:
    if pictured:
        return None
    following = words[at + 2].lower() if at + 2 < len(words) else ""
    verb = following if after in ("not", "also", "now", "still", "currently", "being") else after
    if verb in _PLANNED and verb not in ("about", "continue"):
        return Tense.FUTURE
    if after == "" or verb.endswith("ing") or verb == "to":
        return Tense.FUTURE
    if (verb.endswith("ed") or verb in _PAST) and after != "being":
        # "is released on Friday"; but "is accused of": only what stands at the very end is a time-table.
        return Tense.FUTURE if at + 3 >= len(words) else None
    return None


def _past(words: list[str], at: int, word: str, before: str, after: str) -> Tense | None:
    if before in ("already", "also", "now", "not", "still", "never", "just", "once", "currently") and at > 1:
        before = words[at - 2].lower()
    if before in _BE or before in _PRESENT_BE or before == "to" or (before in _MODALS and before in words):
        return None  # a passive or an infinitive: its auxiliary tells
    if word in _BASE_TOO and (before in _DETERMINERS or (at and _plural_subject(words[at - 1]) and after == "to")):
        return None
    if word.endswith("ed") and word not in _PAST:
        finite = not after.isalpha() or after in _FUNCTION or after.endswith("ing") or words[at + 1][0].isupper()
        if not finite and before not in _SUBJECTS and not (before and words[at - 1][0].isupper()):
            return None  # "delayed talks"
        if before in ("a", "an", "the", "its", "his", "their", "her"):
            return None
    return Tense.PAST


def _of_a_cause(words: list[str], at: int) -> bool:
    """Whether "due to" gives a reason rather than a plan."""
    if at + 2 >= len(words):
        return False
    following = words[at + 2].lower()
    return following in _DETERMINERS or not following.isalpha() or following.endswith(("s", "ing", "tion"))


def _back(words: list[str], at: int) -> list[str]:
    return [word.lower() for word in words[max(0, at - 4) : at]]


def _plural_subject(word: str) -> bool:
    return word.lower() in ("they", "we", "you", "i") or (
        word[0].isalpha() and word.lower() not in _DETERMINERS and (word[0].isupper() or word.endswith("s"))
    )
