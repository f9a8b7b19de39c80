"""The people an article names: their fullest names, what else they are called, and by what offices."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from corpus.attribution.vocabulary import (
    COUNTRIES,
    FEMALE_NAMES,
    FUNCTION,
    LEADERS,
    MALE_NAMES,
    NICKNAMES,
    NOT_PERSONAL,
    OUTLETS,
    PARTICLES,
    ROLE_MODIFIERS,
    ROLES,
    VERBS,
)
from corpus.models import Block, PassageKind

_UPPER: Final = "".join(chr(code) for code in (*range(0x41, 0x530), *range(0x1E00, 0x1F00)) if chr(code).isupper())
_CAPITAL: Final = (
    r"(?:(?:[A-Z]\.){2,}|[A-Z]\.|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Maj|Capt|Adm|Prof|Rev|St|Jr|Sr)\."
    rf"|[{_UPPER}][\w’'‐‑-]*(?<![’']))"
)
_RUN: Final = re.compile(rf"{_CAPITAL}(?:[ \u00a0](?:(?:{'|'.join(sorted(PARTICLES - {'y'}))})[ \u00a0])*{_CAPITAL})*")
_POSSESSIVE: Final = re.compile(r"[’']s?$")
_SPACE: Final = re.compile(r"[ \u00a0]+")
_ENDING: Final = re.compile(r"(?:iy|yy|ij|yi|ii|y|i)$")
_WORD: Final = re.compile(r",?\s([a-z]+)")
_SAID: Final = re.compile(r"\b(?:said|says|added)\s$")
_FEMALE_TITLES: Final = frozenset(("mrs.", "ms.", "miss", "mrs", "ms", "lady", "queen", "princess", "dame"))
_MALE_TITLES: Final = frozenset(("mr.", "mr", "sir", "lord", "king", "prince", "pope"))
_GERUND: Final = re.compile(r"[a-z]{3}(?:ing|ly)$")
_SUFFIXES: Final = frozenset(("jr.", "sr.", "jr", "sr", "ii", "iii"))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody an article names. ``aliases`` are the other forms it prints, e.g. the surname alone."""

    name: str
    aliases: tuple[str, ...]


@dataclass(slots=True)
class Individual:
    """A person while an article is read: ``gender`` is ``m``, ``f`` or unknown; ``roles`` the offices named."""

    name: str
    gender: str = ""
    roles: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Mention:
    """A printed name of a person, titles left out."""

    start: int
    end: int
    person: Individual


@dataclass(slots=True)
class _Run:
    start: int
    end: int
    words: list[str]
    titles: list[str]
    speaks: bool = False


class Names:
    """All names of an article; built once, then asked by surname, by office and by place in the text."""

    def __init__(self, body: str, blocks: Sequence[Block]) -> None:
        self.individuals: list[Individual] = []
        self.mentions: list[Mention] = []
        self._by_full: dict[tuple[str, str], Individual] = {}
        self._by_surname: dict[str, list[Individual]] = {}
        runs = [run for block in blocks for run in _runs(body, block)]
        self._collect(runs)
        self._mark(body, runs)

    def find(self, words: Sequence[str], honorific: str = "") -> Individual | None:
        """Who a name is, by full name or unambiguous surname; an honorific decides between a couple."""
        if not words:
            return None
        surname = fold(words[-1])
        if len(words) > 1:
            known = self._by_full.get((_first(words[0]), surname))
            if known is not None:
                return known
        candidates = self._by_surname.get(surname, [])
        if len(words) > 1:
            candidates = [one for one in candidates if _same_first(one.name, words[0])]
        gender = "f" if honorific in _FEMALE_TITLES else "m" if honorific in _MALE_TITLES else ""
        if gender and len(candidates) > 1:
            candidates = [one for one in candidates if one.gender == gender]
        return candidates[0] if len(candidates) == 1 else None

    def holder(self, roles: set[str], places: set[str]) -> Individual | None:
        """The only person introduced with this office (and country), or None."""
        if "leader" in roles:
            roles = roles | LEADERS
        holders = [one for one in self.individuals if one.roles & roles and places <= one.places]
        return holders[0] if len(holders) == 1 else None

    def _collect(self, runs: Sequence[_Run]) -> None:
        """First the full names, since they say what a surname alone means."""
        alone = Counter(fold(run.words[0]) for run in runs if len(run.words) == 1)
        full: dict[tuple[str, str], list[_Run]] = {}
        for run in runs:
            if len(run.words) >= 2 and _personal(run, alone):
                full.setdefault((_first(run.words[0]), fold(run.words[-1])), []).append(run)
        for (first, surname), group in full.items():
            self._register(first, surname, group)
        for run in runs:
            if len(run.words) > 1 or not ROLES.intersection(run.titles):
                continue
            surname = fold(run.words[0])
            if surname not in self._by_surname and run.words[0].lower() not in NOT_PERSONAL:
                self._register("", surname, [run])

    def _register(self, first: str, surname: str, group: list[_Run]) -> None:
        names = Counter(" ".join(run.words) for run in group)
        name = max(names, key=lambda text: (names[text], len(text)))
        for known in self._by_surname.get(surname, []):
            if first and _same_first(known.name, first):
                self._by_full[(first, surname)] = known
                return
        person = Individual(name, _gender(first))
        self.individuals.append(person)
        self._by_full[(first, surname)] = person
        self._by_surname.setdefault(surname, []).append(person)

    def _mark(self, body: str, runs: Sequence[_Run]) -> None:
        for run in runs:
            honorific = run.titles[-1] if run.titles else ""
            person = self.find(run.words, honorific)
            if person is None:
                continue
            person.forms.add(" ".join(run.words))
            for title in run.titles:
                if title in _FEMALE_TITLES:
                    person.gender = "f"
                elif title in _MALE_TITLES:
                    person.gender = "m"
            _describe(person, run.titles)
            _describe(person, _apposition(body, run.end))
            self.mentions.append(Mention(run.start, run.end, person))


def _runs(body: str, block: Block) -> list[_Run]:
    """Runs of capitals with titles taken off, as far as they may be a person's name."""
    found: list[_Run] = []
    starts = {sentence.start for sentence in block.sentences}
    shout = block.kind is PassageKind.HEADLINE
    for match in _RUN.finditer(body, block.start, block.end):
        text = match.group()
        words = _SPACE.split(text)
        start = match.start()
        opens = start in starts or body[max(start - 1, 0)] in "“\"‘'«"
        run = _strip(words, start, text, body, opens)
        if run is not None and not (shout and len(run.words) > 3):
            found.append(run)
    return found


def _strip(words: list[str], start: int, text: str, body: str, opens: bool) -> _Run | None:
    titles: list[str] = []
    before = body[max(start - 60, 0) : start]
    if before.endswith((" ", "\u00a0")):
        for word in reversed(before.replace("\u00a0", " ").split(" ")[-4:-1]):
            low = word.lower()
            if low not in ROLES and low not in ROLE_MODIFIERS:
                break
            titles.insert(0, low)
    first = 0
    for index, word in enumerate(words):
        low = _POSSESSIVE.sub("", word.lower())
        if low in ROLES or (low in COUNTRIES and index < len(words) - 1):
            titles += [_POSSESSIVE.sub("", w.lower()) for w in words[first : index + 1]]
            first = index + 1
        elif index == 0 and len(words) > 1 and (low in ROLE_MODIFIERS or _POSSESSIVE.search(word)):
            titles.append(low)
            first = 1
        elif (index == 0 and (low in FUNCTION or low in NOT_NAMES)) or (
            index == 0 and opens and (low in VERBS or _GERUND.search(low))
        ):
            first = 1
    rest = words[first:]
    if not rest:
        return None
    offset = start + sum(len(word) + 1 for word in words[:first])
    last = rest[-1]
    bare = _POSSESSIVE.sub("", last)
    end = start + len(text) - (len(last) - len(bare))
    if any(_POSSESSIVE.search(word) for word in rest[:-1]):
        return None
    rest[-1] = bare
    while len(rest) > 1 and rest[-1].lower() in _SUFFIXES:
        rest.pop()
    lows = {word.lower() for word in rest}
    if len(rest) > 5 or lows & NOT_PERSONAL or lows & OUTLETS or not bare:
        return None
    if len(rest) == 1 and (rest[0].lower() in COUNTRIES or rest[0].lower() in FUNCTION | NOT_NAMES):
        return None
    after = _WORD.match(body, end)
    verb = VERBS.get(after.group(1)) if after else None
    told = _SAID.search(before[-12:]) is not None if first == 0 else False
    return _Run(offset, end, rest, titles, told or (verb is not None and verb.form in ("past", "s") and not verb.noun))


NOT_NAMES: Final = frozenset(
    "the a an in on at but and so he she they it we i you his her its their our this that these those there "
    "here when while as if after before asked what who how why where which meanwhile however also still yet "
    "no not for from with by to of or one two three some many most all both according now then last next "
    "source sources".split()
)


def _personal(run: _Run, alone: Counter[str]) -> bool:
    """Whether a run of several capitals is a person: by first name, by title, or by its surname standing alone."""
    first = run.words[0].lower()
    if any(char.isdigit() for word in run.words for char in word):
        return False
    if any(len(word) > 2 and word.isupper() and "." not in word for word in run.words):
        return False
    if first in MALE_NAMES or first in FEMALE_NAMES or ROLES.intersection(run.titles):
        return True
    if re.fullmatch(r"[A-Z]\.(?:[A-Z]\.)*", run.words[0]):
        return True
    if run.speaks:
        return True
    surname = fold(run.words[-1])
    return alone[surname] > 0 and alone[fold(run.words[0])] == 0


def _first(word: str) -> str:
    low = fold(word)
    return NICKNAMES.get(low, low)


def _same_first(name: str, first: str) -> bool:
    """Whether two first names are one person's: equal, short for each other, or one letter apart."""
    other = _first(name.split()[0]) if " " in name else ""
    mine = _first(first)
    if not other or other == mine:
        return True
    if other[:3] == mine[:3] and min(len(other), len(mine)) == 3:
        return True
    if len(mine) == 1 or len(other) == 1 or mine.endswith(".") or other.endswith("."):
        return mine[0] == other[0]
    return (
        len(mine) == len(other) > 3
        and mine[0] == other[0]
        and sum(a != b for a, b in zip(mine, other, strict=True)) == 1
    )


def _gender(first: str) -> str:
    if first in FEMALE_NAMES:
        return "f"
    return "m" if first in MALE_NAMES else ""


def _describe(person: Individual, words: Sequence[str]) -> None:
    person.roles |= offices(words)
    for word in words:
        if word in COUNTRIES:
            person.places.add(COUNTRIES[word])
        elif word in COUNTRY_NAMES:
            person.places.add(word)


COUNTRY_NAMES: Final = frozenset(COUNTRIES.values())


def offices(words: Sequence[str]) -> set[str]:
    """The offices in a title: each alone and with the word before it ("minister", "foreign minister")."""
    found: set[str] = set()
    for index, word in enumerate(words):
        if word in ROLES:
            found.add(word)
            if index and words[index - 1] in ROLE_MODIFIERS:
                found.add(f"{words[index - 1]} {word}")
    if "prime minister" in found:
        found.add("premier")
    return found


def _apposition(body: str, end: int) -> list[str]:
    """The words of ", the Kremlin spokesman" or ", Ukraine's president" after a name; empty when there is none."""
    match = re.match(r",\s((?:[\w.&-]+(?:[’']s)?\s){0,5}?)([a-z-]+)\b", body[end : end + 90])
    if match is None or match.group(2) not in ROLES:
        return []
    lead = [_POSSESSIVE.sub("", word.lower()) for word in match.group(1).split()]
    if any(word in VERBS or word in ("and", "who", "which", "met", "as", "while") for word in lead):
        return []
    return [*lead, match.group(2)]


@functools.lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """A name for comparison: lower case, no accents, one spelling for the endings -y, -yy, -iy, -ij, -i."""
    plain = text.lower().replace("’", "'")
    if not plain.isascii():
        plain = "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))
    return _ENDING.sub("y", plain)


def _name_words(text: str) -> list[str]:
    words = [word.strip(".,;:'\"“”()") for word in text.replace("\u00a0", " ").split()]
    words = [_POSSESSIVE.sub("", word) for word in words if word]
    while len(words) > 1 and (
        (low := words[0].lower()) in ROLES
        or low + "." in ROLES
        or low in COUNTRIES
        or low in ROLE_MODIFIERS
        or low == "the"
    ):
        words = words[1:]
    while len(words) > 1 and words[-1].lower().rstrip(".") in ("jr", "sr", "ii", "iii"):
        words = words[:-1]
    return [word for word in words if word]


def same_person(asked: str, speaker: str) -> bool:
    """Whether a name somebody typed can mean a speaker, with no article at hand.

    Full names must agree in first name and surname; a surname alone agrees with every bearer. Case, accents,
    titles and the usual transliterations of a final -y do not matter.
    """
    wanted = _name_words(asked)
    if not wanted:
        return False
    return any(_same(wanted, _name_words(part)) for part in re.split(r"\band\b", speaker))


def _same(wanted: Sequence[str], named: Sequence[str]) -> bool:
    if not named:
        return False
    left, right = [fold(word) for word in wanted], [fold(word) for word in named]
    if left == right:
        return True
    if len(left) == 1:
        return left[0] == right[-1] and len(right) <= 5
    if len(right) == 1:
        return right[0] == left[-1]
    if left[-1] != right[-1]:
        return False
    return _same_first(" ".join(named), wanted[0])
