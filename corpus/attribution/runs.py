"""Runs of capitals in the text that may be people's names, with what stands around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.attribution.matching import bare, fold
from corpus.attribution.offices import OF, apposition
from corpus.attribution.vocabulary import (
    COUNTRIES,
    FEMALE_NAMES,
    FUNCTION,
    MALE_NAMES,
    NOMINATIVE,
    NOT_PERSONAL,
    OCCUPATIONS,
    OUTLETS,
    PARTICLES,
    ROLE_MODIFIERS,
    ROLES,
    VERBS,
)
from corpus.models import Block, PassageKind

_UPPER: Final = "".join(chr(code) for code in (*range(0x41, 0x530), *range(0x1E00, 0x1F00)) if chr(code).isupper())
_CAPITAL: Final = (
    r"(?:[A-Z][a-z]++(?![\w’'‐‑.-])|(?:[A-Z]\.){2,}|[A-Z]\.|(?=[A-Z])(?:Mr|Mrs|Ms|Dr|Adv|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Maj|Capt|Adm|Prof|Rev|St|Jr|Sr"
    r"|Sens|Reps|Del|Atty|Det|Supt|Insp|Cpl|Pvt|Brig|Cllr|Ald)\."
    rf"|[{_UPPER}][\w’'‐‑-]*(?<![’']))"
)
# The look at one capital spares all other places the rest.
_RUN: Final = re.compile(
    rf"(?=[{_UPPER}]){_CAPITAL}(?:[ \u00a0](?:(?:{'|'.join(sorted(PARTICLES - {'y'}))})[ \u00a0])*{_CAPITAL})*"
)
_POSSESSIVE: Final = re.compile(r"[’']s?$")
_SPACE: Final = re.compile(r"[ \u00a0]+")
_WORD: Final = re.compile(r",?\s([a-z]+)")
_SAID: Final = re.compile(
    r"(?:\b(?:said|says|added|wrote|writes|tweeted|tweets|explained|replied)|according to)\s"
    r"(?:(?!whether|rather|another|neither)[a-z]{3,}(?:er|or|ist|ian|ant|man|ess)\s)?$"
)
_HANGING: Final = re.compile(r"\b(?:of|at|in|for|from|with|on|near|by)\s(?:the\s)?$")
_LOCATED: Final = (" the ", "The ", " at ", "At ", " in ", "In ", " inside ", " outside ", " near ")
TOKENS: Final = re.compile(r"\w+(?:[.-]\w+)*")
# "the union's leader, " and "Its director, " before a name.
_LEAD: Final = re.compile(
    r"\b((?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[\w.]+[’']s?)\s(?:[\w.’'-]+\s){0,4}?)([a-z-]+)"
    r"(?:\s(?:of|for|to|at)\s(?:the\s)?[A-Z][\w.]*(?:\s[A-Z][\w.]*)?)?,\s$"
)
_ITS: Final = re.compile(r"\b(?:[Ii]ts|[Tt]heir)\s(?:[a-z]+\s){0,2}[a-z]+,?\s$")
_AGE: Final = re.compile(r",\s(?:\d{1,3}\b(?!\s?[%m])|who\b)|\s\(\d\d\)")
_WALK: Final = re.compile(r",\s(?:an?|the|one)\s((?:[a-z-]+\s?){1,4})")
_GERUND: Final = re.compile(r"[a-z]{2}(?:ing|ly)$")
_SUFFIXES: Final = frozenset(("jr.", "sr.", "jr", "sr", "ii", "iii"))
NOT_NAMES: Final = frozenset(
    "the a an in on at but and so he she they it we i you his her its their our this that these those there "
    "here when while as if after before asked what who how why where which meanwhile however also still yet "
    "no not for from with by to of or one two three some many most all both according now then last next "
    "source sources".split()
)
_NO_NAMES: Final = NOT_PERSONAL | OUTLETS
_NO_SURNAMES: Final = _NO_NAMES | NOT_NAMES | FUNCTION | ROLES | NOMINATIVE | COUNTRIES.keys()
_NEVER_NAMES: Final = FUNCTION | NOT_NAMES | COUNTRIES.keys()


@dataclass(slots=True)
class Run:
    """Words with capitals side by side, titles taken off."""

    start: int
    end: int
    words: list[str]
    titles: list[str]
    speaks: bool = False
    apposed: Sequence[str] = ()
    """The words of "the union's leader," before the name and of ", the German chancellor" after it."""
    nearby: Sequence[str] = ()
    around: str = ""
    described: bool = False
    """An age, "who" or a walk of life follows: nothing but a person is described so."""
    low: int = 0
    """Where its block begins."""
    located: bool = False
    """After "the" or "in", where no person's name stands."""


def runs_of(body: str, block: Block) -> list[Run]:
    """Runs of capitals with titles taken off, as far as they may be a person's name.

    What stands around a lone word is left for when it turns out to be somebody's surname.
    """
    found: list[Run] = []
    starts = {sentence.start for sentence in block.sentences}
    shout = block.kind is PassageKind.HEADLINE
    for match in _RUN.finditer(body, block.start, block.end):
        text = match.group()
        start = match.start()
        opens = start in starts or body[max(start - 1, 0)] in "“\"‘'«"
        if " " in text or "\u00a0" in text:
            run = _strip(_SPACE.split(text), start, text, body, opens)
        else:
            run = _lone(text, start, body, opens)
        if run is None or (shout and len(run.words) > 3):
            continue
        run.low = block.start
        if len(run.words) > 1:
            look_around(run, body)
        found.append(run)
    return found


def personal(run: Run, alone: Counter[str], located: set[tuple[str, ...]]) -> bool:
    """Whether a run of several capitals is a person: by first name, by title, or by its surname standing alone."""
    first = run.words[0].lower()
    if any(char.isdigit() for word in run.words for char in word):
        return False
    if any(len(word) > 2 and word.isupper() and "." not in word for word in run.words):
        return False
    if first in MALE_NAMES or first in FEMALE_NAMES or not ROLES.isdisjoint(run.titles):
        return True
    if re.fullmatch(r"[A-Z]\.(?:[A-Z]\.)*", run.words[0]):
        return True
    if run.described or not OCCUPATIONS.isdisjoint(run.titles):
        return True
    if tuple(run.words) in located:
        return False
    if run.speaks:
        return True
    if _gerund(first):
        return False
    surname = fold(run.words[-1])
    return alone[surname] > 0 and alone[fold(run.words[0])] == 0


def _lone(text: str, start: int, body: str, opens: bool) -> Run | None:
    """One word with a capital, where it may be a surname."""
    plain = bare(text)
    low = plain.lower()
    if not plain or low in _NO_SURNAMES or (opens and (low in VERBS or _gerund(low))):
        return None
    if ("’" in low or "'" in low) and low.replace("'", "’").partition("’")[0] in NOMINATIVE:
        return None  # "I’ve"
    before = body[max(start - 60, 0) : start].replace("\u00a0", " ")
    return Run(start, start + len(plain), [plain], _titles_before(before) if before.endswith(" ") else [])


def _strip(words: list[str], start: int, text: str, body: str, opens: bool) -> Run | None:
    before = body[max(start - 60, 0) : start].replace("\u00a0", " ")
    titles = _titles_before(before) if before.endswith(" ") else []
    first = 0
    for index, word in enumerate(words):
        low = bare(word.lower())
        if index == 0 and low.replace("'", "’").partition("’")[0] in NOMINATIVE:
            return None  # "I’ve"
        if low in ROLES or (low in COUNTRIES and index < len(words) - 1):
            titles += [bare(w.lower()) for w in words[first : index + 1]]
            first = index + 1
        elif index == 0 and len(words) > 1 and (low in ROLE_MODIFIERS or _POSSESSIVE.search(word)):
            titles.append(low)
            first = 1
        elif low in NOT_NAMES and (index == 0 or word != word.lower()):
            first = index + 1  # a heading without a full stop runs into the sentence: "Wildest Beards The ..."
            titles.clear()
        elif index == 0 and (low in FUNCTION or (opens and (low in VERBS or _gerund(low)))):
            first = 1
        elif index == first and low in OCCUPATIONS and len(words) - index > 2:
            titles.append(low)
            first = index + 1
    rest = words[first:]
    if not rest:
        return None
    offset = start + sum(len(word) + 1 for word in words[:first])
    last = rest[-1]
    plain = bare(last)
    end = start + len(text) - (len(last) - len(plain))
    if len(rest) > 1 and any(_POSSESSIVE.search(word) for word in rest[:-1]):
        return None
    rest[-1] = plain
    while len(rest) > 1 and rest[-1].lower() in _SUFFIXES:
        rest.pop()
    if len(rest) > 5 or not plain:
        return None
    lows = [word.lower() for word in rest]
    if not _NO_NAMES.isdisjoint(lows) or (len(lows) == 1 and lows[0] in _NEVER_NAMES):
        return None
    told = len(rest) > 1 and ((first == 0 and _SAID.search(before[-32:]) is not None) or _says(body, end, before))
    return Run(offset, end, rest, titles, told)


def _titles_before(before: str) -> list[str]:
    """The words for offices that a name follows: "the former Norwegian minister "."""
    titles: list[str] = []
    end = len(before) - 1
    while len(titles) < 3:
        start = before.rfind(" ", 0, end) + 1
        low = before[start:end].lower()
        if low not in ROLES and low not in ROLE_MODIFIERS:
            break
        titles.insert(0, low)
        if not start:
            break
        end = start - 1
    return titles


def _says(body: str, end: int, before: str) -> bool:
    """Whether a reporting verb follows a name."""
    after = _WORD.match(body, end)
    verb = VERBS.get(after.group(1)) if after is not None else None
    if after is None or verb is None or (after.group().startswith(",") and _HANGING.search(before[-16:])):
        return False  # "an analyst at Example Securities, said"
    return verb.form in ("past", "s") and not verb.noun


def look_around(run: Run, body: str) -> None:
    """Note what the words before and after a name say of it."""
    before = body[max(run.start - 200, run.low) : run.start]
    after = body[run.end : run.end + 90]
    lead = _LEAD.search(before[-100:]) if before.endswith(", ") else None
    if lead is not None and lead.group(2).lower() in ROLES and (not after or not after[0].isalnum()):
        closed = after[:1] in ",.;:)—" or after[:4] == " who" or not after.strip()
        words = [bare(word.lower()) for word in lead.group(1).split()]
        if closed and not any(word in VERBS for word in words):
            run.apposed = [*words, lead.group(2).lower()]
    if run.titles or run.apposed:
        run.around = before[-60:].rpartition(". ")[2] + after.partition(".")[0]
    if run.titles and (of := OF.match(after)) is not None:
        run.titles.append(of.group(1).lower())  # "President Anna Roe of Norway"
    near = before[-40:]
    own = _ITS.search(near) if "ts " in near or "heir " in near else None
    if own is not None:
        run.nearby = [bare(word.lower()) for word in TOKENS.findall(before[:-40] + near[: own.start()])]
    run.located = before.endswith(_LOCATED)
    opens = after[:1]
    if opens == ",":
        run.apposed = [*run.apposed, *apposition(after)]
    run.described = not ROLES.isdisjoint(run.apposed)
    if run.described or (opens != "," and after[:2] != " ("):
        return
    walk = _WALK.match(after)
    occupied = walk is not None and any(word in OCCUPATIONS or word in ROLES for word in walk.group(1).split())
    run.described = occupied or _AGE.match(after) is not None


def _gerund(low: str) -> bool:
    return _GERUND.search(low) is not None and low not in MALE_NAMES and low not in FEMALE_NAMES
