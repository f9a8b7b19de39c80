"""What only looks like a time: names, habits, and words that mean another thing.

"Black Friday", "the Sunday Times", "Theresa May", "on Sundays", "a better tomorrow", "AI today": each rule looks at
a few words beside the expression.
"""

from __future__ import annotations

import re
from functools import lru_cache

_NAMES_BEFORE = (
    "Black|Cyber|Good|Bloody|Super|Ash|Easter|Palm|Holy|Maundy|Shrove|Giving|Casual|Ruby|Freaky|Whit|Fat|Taco|Red|Blue"
    "|Sheffield|Gloomy|Manic|Stir-up|Spy|Pink|Green|Throwback|Thirsty|Mail on|Glad|Cinco|Mardi|Golden|Sweet|CBS|NBC"
    "|ABC|ESPN|Any Given|First|Big|Derby|Judgment|Judgement|Lazy|BLACK|CYBER|Prime|Meatless|Motivation|Survival|Wear"
    "|Small Business|College|News"
)
_COMES_BACK = (
    "every|each|any|most|some|other|alternate|many|first|second|third|fourth|fifth|final|that|given|the following"
    "|the previous|the preceding|the same|opening|one|single|typical|normal|regular|consecutive|straight|two|three|four"
    "|lazy|quiet"
)
_NOT_THIS_DAY = re.compile(
    rf"(?:\b(?:{_NAMES_BEFORE})\s|\b(?:{_COMES_BACK}|E(?:very|ach)|O(?:ne|ther)|A(?:ny)|M(?:ost))\s"
    r"|\b(?:weeks?|days?|months?)\s(?:from|on|after|before|ago)\s(?:on\s)?|\bmy\s|\bour\s|\byour\s|[/@#$_-]"
    r"|[a-z]day(?:\s?[–—-]\s?|\s(?:to|through|until|till)\s))$"
)
_A_OR_THE = re.compile(r"\b(?:[Aa]n?|[Tt]he)\s(?:(?:late|early)\s)?$")
_FUNCTION = frozenset(
    "after and as at because before but by during following for from if in into is last next of on or since so than"
    " that the then this through till to until was were when where which while who will with would".split()
)
_NEXT_WORD = re.compile(r"(?:\s(?:morning|afternoon|evening|night))?\s([a-z]+)")
_TITLE_AFTER = re.compile(
    r"(?:\s(?:Night|Times|Telegraph|Mirror|Mail|Express|World|Post|Herald|Independent|People|Sun|Business|Brunch|Ticket"
    r"|Service|Mass|Prayers?|Morning|League|Worship|Evening Post|Agreement|Club|Star|Addams|Afternoon|Shopping|Deals?"
    r"|Review|Magazine|Life|Lights|Khutba|Mornings|School|Breakfast|Show|Project|Footy|Football|NFL|Sport|Today|Sales?"
    r"|football\b)|\s(?:night|NIGHT)\s(?:[Ff]ootball|FOOTBALL|[Ll]ive|[Ll]ights|[Rr]aw|[Ff]ever|[Ff]ooty|SmackDown)"
    r"|\s(?:school|best|roast|lunch|league|brunch|papers?|newspapers?|drivers?|supplement|tickets?|funday|magazine"
    r"|(?:talk|news|morning)\sshows?)\b"
    r"|\s(?:before\slast|after\snext|week\b|the\s13th|for\sFuture)|-(?!\d)\w|[/@_]|\s?[®™])"
)


def no_weekday(left: str, right: str) -> bool:
    """Whether a weekday between ``left`` and ``right`` is a name or a habit, or means a day of another week."""
    if _NOT_THIS_DAY.search(left) or _TITLE_AFTER.match(right):
        return True
    if _A_OR_THE.search(left):
        # "a Monday interview" is a day, "on a Monday" and "the Monday after" are none that can be told.
        following = _NEXT_WORD.match(right)
        return following is None or following[1] in _FUNCTION
    return False


_NAMED_DAY_AFTER = re.compile(
    r"[’']?s?\s(?:terror\w*|attacks?|hijack\w+|riots?|rioters?|insurrection\w*|committee|panel|defendants?|massacre"
    r"|assault|commission|victims|famil(?:y|ies)|siege|storming|cases?|prosecutions?|investigations?|probe|memorial"
    r"|anniversary|(?:U\.?S\.?\s)?Capitol|Committee|House|hearings?|Memorial|Museum|Commission|Insurrection|Attacks?"
    r"|Movement|Revolution|invasion\sof\sIsrael|Hamas)\b"
)
# Days that became the name of what happened: their year is seldom the nearest one.
_NAMED_DAYS = {(9, 11), (1, 6), (10, 7)}
_FRESH = 21
"""Days within which such a date may be the day itself."""


def names_an_event(month: int, day: int, right: str, days_off: int) -> bool:
    """Whether a date without a year names an event of an earlier year ("the Sept. 11 attacks").

    :param days_off: how far the nearest such day lies from the day of printing.
    """
    return (month, day) in _NAMED_DAYS and (abs(days_off) > _FRESH or bool(_NAMED_DAY_AFTER.match(right)))


_MONTH_BEFORE = re.compile(
    r"(?:\b(?P<sure>[Ii]n|[Ss]ince|[Uu]ntil|[Dd]uring|[Ll]ast|[Nn]ext|[Tt]his|[Tt]hroughout|[Bb]ack\sin|[Mm]onth\sof"
    r"|[Mm]iddle\sof|[Bb]eginning\sof|[Ss]tart\sof|[Ee]nd\sof|[Hh]alf\sof|[Mm]ost\sof|[Ww]eeks?\sof|[Dd]ays?\sof"
    r"|[Ee]arly|[Ll]ate|[Mm]id|[Ii]n\searly|(?:scheduled|planned|set|slated|due)\sfor)"
    r"|\b(?P<likely>[Bb]y|[Ff]rom|[Tt]ill|[Tt]hrough|[Bb]efore|[Ff]or|[Bb]etween|[Ii]nto|[Aa]s\sof))(?:\s|-)$"
)
_NO_NAME_BEFORE = re.compile(r"\b(?:in|early|late|mid|end\sof|month\sof)[\s-]$", re.IGNORECASE)
_DETERMINER = re.compile(r"\b(?:[Aa]n?|[Tt]he|[Ii]ts?s?|[Hh]is|[Hh]er|[Tt]heir|[Tt]his|[Ll]ast|[Nn]ext)\s$")
_NOUN = re.compile(r"\s([a-z]{3,})")
_OTHER_MEANING = re.compile(
    r"\s(?:Madness|Fools?|Hare|Queen|Day\b|Fourth\b|for\s(?:Our|Life|Lives)|on\s(?:Rome|Washington)|Revolution|Uprising"
    r"|Surprise|Wilson|Crisis|Kenyatta|Pride|Jones|Ryan|Rain|War)|[/@_]|-(?:born|based|\d)"
)
_NAME_LIKE = frozenset(("May", "March", "April", "June", "August", "MAY", "MARCH", "APRIL", "JUNE", "AUGUST"))
_BORNE = re.compile(
    r"\b(?:Mrs?\.?|Ms\.?|Minister|Secretary|Sir|Dame|Aunt|(?!Late|Early|Since|Last|Next|This|Until|From"
    r"|Mid|And|For|But|Before|After|During|The|On|To|By|In)[A-Z][a-z]+)\s(May|April|June|August)\b"
    r"(?!\s\d|,\s(?:19|20)\d\d)"
)


@lru_cache(maxsize=4)
def _borne_names(body: str) -> frozenset[str]:
    """Months that are also somebody's name in this text ("Theresa May")."""
    return frozenset(_BORNE.findall(body))


def a_bare_month(printed: str, left: str, right: str, follows: bool, body: str) -> bool:
    """Whether a month without a day or a year is one: its preposition says so.

    :param follows: it stands right after another month and "and" or a comma ("in March and May").
    """
    if _OTHER_MEANING.match(right):
        return False
    found = _MONTH_BEFORE.search(left)
    if found is not None:
        name_like = printed in _NAME_LIKE
        if name_like and printed in _borne_names(body) and not _NO_NAME_BEFORE.search(left):
            return False
        return not name_like or (found["sure"] is not None and not _person(printed, right))
    if follows:
        return not _person(printed, right)
    if printed == "June" and right.startswith(("’s ", "'s ")):
        return printed not in _borne_names(body)
    if printed not in _NAME_LIKE:
        noun = _NOUN.match(right)
        return right.startswith(("’s ", "'s ")) or (
            _DETERMINER.search(left) is not None and noun is not None and noun[1] not in _FUNCTION
        )
    return False


def _person(printed: str, right: str) -> bool:
    return re.match(r"\s(?:said|says|told|has|is|was|had|took|will)\b", right) is not None and printed != "March"


_YEAR_BEFORE = re.compile(
    r"\b(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Tt]ill|[Dd]uring|[Bb]efore|[Aa]fter|[Ff]rom|[Tt]hrough|[Tt]hroughout|[Ii]nto"
    r"|[Ee]arly|[Ll]ate|[Mm]id|[Bb]ack\sin|[Yy]ear|spring|summer|autumn|fall|winter|[Aa]s\sof"
    r"|(?:[Ee]nd|[Bb]eginning|[Ss]tart|[Mm]iddle|[Hh]alf|[Mm]ost|[Rr]est|[Rr]emainder|[Aa]ll|[Ss]ummer|[Ss]pring"
    r"|[Ff]all|[Aa]utumn|[Ww]inter|[Qq]uarter|[Mm]onths|[Ww]eeks|[Dd]ays|[Pp]art)\sof|back\sto|dat(?:es|ed|ing)\sto)[\s-]$"
)
_OF = re.compile(
    r"\b(?!class|total|sum|price|number|height|altitude|capacity|maximum|minimum|score|average|rate|record|cost|value"
    r"|population|distance|top|speed|low|high|fee|salary)[a-z]{3,}\sof\s$"
)
_ENDS = re.compile(
    r"[.,;:)!?—”\"’]|\s(?:[–—-]|and|when|after|before|as|by|in|to|that|which|who|was|is|are|were|has|had)\b|$"
)
_YEAR_DETERMINER = re.compile(r"(?:\b(?:[Aa]n?|[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur)|[’']s)\s$")
_COUNTED = re.compile(
    r"\s(?:people|troops|soldiers|men|women|children|cases|deaths|votes|seats|points|meters|metres|miles|kilomet\w+|km"
    r"|feet|dollars|euros|pounds|hours|minutes|seconds|days|weeks|months|years|words|yards|calories|users|employees"
    r"|workers|jobs|homes|houses|stores|shops|cars|vehicles|customers|members|students|schools|copies|units|games|runs"
    r"|rubles|roubles|percent|per\scent|degrees|grams|kg|pages|steps|times|of\s(?:the|them)|or\s(?:more|so)|more)\b"
    r"|[%°:]|,\d|\.\d|[-‑–/]\d|px|mAh"
)
_NO_YEAR_NOUN = frozenset("m mm cm kg km and or to of in on at is are was were has had model models".split())


def a_bare_year(number: int, left: str, right: str, follows: bool) -> bool:
    """Whether four digits are a year: a preposition before them, or an article before and a noun behind."""
    if _COUNTED.match(right) or re.search(r"(?:[$€£¥]|\b[Ff]iscal\s(?:[Yy]ear\s)?|\bNo\.?\s)$", left):
        return False
    if number < 1900:
        return re.search(r"\b(?:[Ii]n|[Ss]ince|[Yy]ear)\s$", left) is not None and not _NOUN.match(right)
    if _YEAR_BEFORE.search(left):
        return re.match(r"\s(?:[A-Z][\w’-]+\s)*(?:Season|Cup|Games|Awards|Olympics)\b", right) is None
    if _OF.search(left) and _ENDS.match(right):
        return True
    if follows or (left.endswith("(") and right.startswith(")")):
        return True
    if _YEAR_DETERMINER.search(left):
        noun = _NOUN.match(right)
        return noun is not None and noun[1] not in _NO_YEAR_NOUN
    return right.startswith(("’s ", "'s ")) and not left.endswith((" a ", "-"))


_TODAY_LEFT = re.compile(
    r"(?:\b(?:USA|Psychology|Russia|Video|Christianity|History|India|Medical\sNews|MSN|of|even|still|than|until|to|the"
    r"|Even|Still|Until|From|from|Here|here|Buy|buy|up|Try|try|Subscribe|Shop)\s|[#@/_-]|“|\")$"
)
_GENERIC_AFTER = re.compile(
    r"(?:\s(?:show|Show|programme|program|or\s|Parents|Sports|at\s\w+\.com)|[/@_.]\w|\scould\b)"
)
_EVENT_OF_DAY = re.compile(
    r"[’']s\s(?:\w+\s)?(?:announcements?|meetings?|votes?|games?|match|matches|hearing|summit|ruling|decision|verdict"
    r"|statement|speech|talks|session|debate|report|election|trial|strike|protests?|news|briefing|press|launch|visit"
    r"|attack|close|opening|race|final)\b"
)


def no_day_word(word: str, left: str, right: str) -> bool:
    """Whether "today", "tomorrow" and their like mean no day but an age, a name or an advertiser's urging."""
    if _GENERIC_AFTER.match(right) or right[:1] == "-" or left.endswith("ago "):
        return True
    if word == "today":
        return bool(_TODAY_LEFT.search(left)) or (right[:2] in ("’s", "'s") and not _EVENT_OF_DAY.match(right))
    if word == "tomorrow":
        return re.search(r"\b(?:no|of|better|a|the|new)\s$", left) is not None or (
            right[:2] in ("’s", "'s") and not _EVENT_OF_DAY.match(right)
        )
    return False
