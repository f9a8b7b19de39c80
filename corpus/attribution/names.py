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
    NOMINATIVE,
    NOT_PERSONAL,
    OCCUPATIONS,
    OUTLETS,
    PARTICLES,
    PREPOSITIONS,
    ROLE_MODIFIERS,
    ROLES,
    VERBS,
)
from corpus.models import Block, PassageKind

_UPPER: Final = "".join(chr(code) for code in (*range(0x41, 0x530), *range(0x1E00, 0x1F00)) if chr(code).isupper())
_CAPITAL: Final = (
    r"(?:(?:[A-Z]\.){2,}|[A-Z]\.|(?=[A-Z])(?:Mr|Mrs|Ms|Dr|Adv|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Maj|Capt|Adm|Prof|Rev|St|Jr|Sr"
    r"|Sens|Reps|Del|Atty|Det|Supt|Insp|Cpl|Pvt|Brig|Cllr|Ald)\."
    rf"|[{_UPPER}][\w’'‐‑-]*(?<![’']))"
)
_RUN: Final = re.compile(rf"{_CAPITAL}(?:[ \u00a0](?:(?:{'|'.join(sorted(PARTICLES - {'y'}))})[ \u00a0])*{_CAPITAL})*")
_POSSESSIVE: Final = re.compile(r"[’']s?$")
_SPACE: Final = re.compile(r"[ \u00a0]+")
_ENDING: Final = re.compile(r"(?:iy|yy|ij|yi|ii|y|i)$")
_WORD: Final = re.compile(r",?\s([a-z]+)")
_SAID: Final = re.compile(
    r"(?:\b(?:said|says|added|wrote|writes|tweeted|tweets|explained|replied)|according to)\s"
    r"(?:(?!whether|rather|another|neither)[a-z]{3,}(?:er|or|ist|ian|ant|man|ess)\s)?$"
)
_HANGING: Final = re.compile(r"\b(?:of|at|in|for|from|with|on|near|by)\s(?:the\s)?$")
_LOCATED: Final = (" the ", "The ", " at ", "At ", " in ", "In ", " inside ", " outside ", " near ")
_TOKENS: Final = re.compile(r"\w+(?:[.-]\w+)*")
# "the union's leader, " and "Its director, " before a name.
_LEAD: Final = re.compile(
    r"\b((?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[\w.]+[’']s?)\s(?:[\w.’'-]+\s){0,4}?)([a-z-]+)"
    r"(?:\s(?:of|for|to|at)\s(?:the\s)?[A-Z][\w.]*(?:\s[A-Z][\w.]*)?)?,\s$"
)
_ITS: Final = re.compile(r"\b(?:[Ii]ts|[Tt]heir)\s(?:[a-z]+\s){0,2}[a-z]+,?\s$")
_OF: Final = re.compile(r"\s(?:of|for)\s(?:the\s)?([A-Z][\w.]*)")
_AGE: Final = re.compile(r",\s(?:\d{1,3}\b(?!\s?[%m])|who\b)|\s\(\d\d\)")
_WALK: Final = re.compile(r",\s(?:an?|the|one)\s((?:[a-z-]+\s?){1,4})")
_APPOSED: Final = re.compile(r",\s")
_APPOSED_WORD: Final = re.compile(r"[\w.&-]+(?:[’']s)?")
_GOES_ON: Final = re.compile(r"\s(?:of|for|who|at|in|to|on|with|whose)\b")
_NO_APPOSITION: Final = frozenset("and who which met as while or when he she it according was is has had".split())
_FEMALE_TITLES: Final = frozenset(("mrs.", "ms.", "miss", "mrs", "ms", "lady", "queen", "princess", "dame"))
_MALE_TITLES: Final = frozenset(("mr.", "mr", "sir", "lord", "king", "prince", "pope"))
_HONORIFICS: Final = frozenset("mr. mrs. ms. miss sir hon. adv. mr mrs ms dr dr. prof prof. rev rev.".split())
_GERUND: Final = re.compile(r"[a-z]{2}(?:ing|ly)$")
_SUFFIXES: Final = frozenset(("jr.", "sr.", "jr", "sr", "ii", "iii"))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody an article names. ``aliases`` are the other forms it prints, e.g. the surname alone."""

    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """An office as a description names it: its words, its countries and the place in the text."""

    roles: frozenset[str]
    places: frozenset[str]
    at: int
    proper: frozenset[str] = frozenset()
    """Further names in it: "the Vale manager" is not the manager of another club."""


@dataclass(slots=True)
class Individual:
    """A person while an article is read: ``gender`` is ``m``, ``f`` or unknown; ``roles`` the offices named."""

    name: str
    gender: str = ""
    roles: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    nearby: set[str] = field(default_factory=set)
    """Countries that "its spokesman, Peskov" may speak for."""
    words: set[str] = field(default_factory=set)
    """What stands around the name where an office is given with it."""
    first: int = 0
    """Where the article first names an office of this person's, or the person."""
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
    apposed: list[str] = field(default_factory=list)
    """The words of "the union's leader," before the name and of ", the German chancellor" after it."""
    nearby: list[str] = field(default_factory=list)
    around: str = ""
    described: bool = False
    """An age, "who" or a walk of life follows: nothing but a person is described so."""
    located: bool = False
    """After "the" or "in", where no person's name stands."""


class Names:
    """All names of an article; built once, then asked by surname, by office and by place in the text."""

    def __init__(self, body: str, blocks: Sequence[Block]) -> None:
        self.individuals: list[Individual] = []
        self.mentions: list[Mention] = []
        self._by_full: dict[tuple[str, str], Individual] = {}
        self._by_surname: dict[str, list[Individual]] = {}
        self._by_first: dict[str, list[Individual]] = {}
        self._known_holders: dict[tuple[frozenset[str], ...], Sequence[Individual]] = {}
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
        if not candidates and len(words) == 1 and not honorific:
            candidates = self._by_first.get(fold(words[0]), [])
        return candidates[0] if len(candidates) == 1 else None

    def ambiguous(self, surname: str) -> bool:
        """Whether several people of the article bear a surname."""
        return len(self._by_surname.get(fold(surname), ())) > 1

    def holder(self, office: Office) -> Individual | None:
        """The only person introduced with this office (and country), or None."""
        holders = self._holders(office.roles, office.places, office.proper)
        if not office.places and len(holders) > 1:
            # Without a country it is somebody the reader has met.
            holders = [one for one in holders if one.first < office.at] or holders
        if len(holders) != 1:
            return None
        # "The director" is no director still to come, "the president" may be.
        early = not office.places and holders[0].first >= office.at
        return None if early and not office.roles & (HEADS | _MINISTERS) else holders[0]

    def give(self, person: Individual, office: Office) -> None:
        """Note that a person holds an office."""
        person.roles |= office.roles
        person.places |= office.places
        self._known_holders.clear()

    def _holders(self, roles: frozenset[str], places: frozenset[str], proper: frozenset[str]) -> Sequence[Individual]:
        key = (roles, places, proper)
        found = self._known_holders.get(key)
        if found is None:
            found = self._known_holders[key] = self._find_holders(*key)
        return found

    def _find_holders(
        self, roles: frozenset[str], places: frozenset[str], proper: frozenset[str]
    ) -> Sequence[Individual]:
        if "leader" in roles:
            roles = roles | HEADS
        known = [one for one in self.individuals if proper <= one.words]
        holders = [one for one in known if (one.roles & roles or not roles) and places <= one.places]
        if holders or not places:
            return holders
        if roles & HEADS:
            return [one for one in known if "leader" in one.roles and places <= one.places]
        holders = [one for one in known if one.roles & roles and not one.places]
        return holders if all(one.nearby & places for one in holders) else []

    def _collect(self, runs: Sequence[_Run]) -> None:
        """First the full names, since they say what a surname alone means."""
        alone = Counter(fold(run.words[0]) for run in runs if len(run.words) == 1)
        located = {tuple(run.words) for run in runs if run.located}
        full: dict[tuple[str, str], list[_Run]] = {}
        for run in runs:
            if len(run.words) >= 2 and _personal(run, alone, located):
                full.setdefault((_first(run.words[0]), fold(run.words[-1])), []).append(run)
        for (first, surname), group in sorted(full.items(), key=lambda item: item[0][0] in PARTICLES):
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
            particle = first in PARTICLES and f" {first} " in f" {known.name} "  # "Ten Hag" is Erik ten Hag
            if first and len(first) > 2 and first not in MALE_NAMES and first not in FEMALE_NAMES:
                particle = particle or first in known.name.lower().split()[1:-1]  # "Mr. Ruiz Vega" is Elio Ruiz Vega
            if first and (particle or _same_first(known.name, first)):
                self._by_full[(first, surname)] = known
                return
        person = Individual(name, _gender(first))
        self.individuals.append(person)
        self._by_full[(first, surname)] = person
        self._by_surname.setdefault(surname, []).append(person)
        if first and (person.gender or len(first) > 3) and first not in PARTICLES:
            self._by_first.setdefault(fold(name.split()[0]), []).append(person)

    def _mark(self, body: str, runs: Sequence[_Run]) -> None:
        for run in runs:
            honorific = run.titles[-1] if run.titles else ""
            person = self.find(run.words, honorific)
            if person is None:
                continue
            for title in run.titles:
                if title in _FEMALE_TITLES:
                    person.gender = "f"
                elif title in _MALE_TITLES:
                    person.gender = "m"
            if not person.forms or not person.roles:
                person.first = run.start
            person.forms.add(" ".join(run.words))
            _describe(person, run.titles)
            _describe(person, run.apposed)
            person.words.update(word.lower() for word in _TOKENS.findall(run.around.replace("’", "'")))
            person.nearby |= _places(run.nearby)
            self.mentions.append(Mention(run.start, run.end, person))


def _runs(body: str, block: Block) -> list[_Run]:
    """Runs of capitals with titles taken off, as far as they may be a person's name."""
    found: list[_Run] = []
    starts = {sentence.start for sentence in block.sentences}
    shout = block.kind is PassageKind.HEADLINE
    for match in _RUN.finditer(body, block.start, block.end):
        text = match.group()
        words = _SPACE.split(text)
        if len(words) == 1 and text.lower() in _NEVER_NAMES:
            continue
        start = match.start()
        opens = start in starts or body[max(start - 1, 0)] in "“\"‘'«"
        run = _strip(words, start, text, body, opens)
        if run is not None:
            _look_around(run, body, block.start)
        if run is not None and not (shout and len(run.words) > 3):
            found.append(run)
    return found


def _strip(words: list[str], start: int, text: str, body: str, opens: bool) -> _Run | None:
    titles: list[str] = []
    before = body[max(start - 60, 0) : start]
    if before.endswith((" ", "\u00a0")):
        for word in reversed(before.replace("\u00a0", " ").rsplit(" ", 4)[-4:-1]):
            low = word.lower()
            if low not in ROLES and low not in ROLE_MODIFIERS:
                break
            titles.insert(0, low)
    first = 0
    for index, word in enumerate(words):
        low = _bare(word.lower())
        if index == 0 and low.replace("'", "’").partition("’")[0] in NOMINATIVE:
            return None  # "I’ve"
        if low in ROLES or (low in COUNTRIES and index < len(words) - 1):
            titles += [_bare(w.lower()) for w in words[first : index + 1]]
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
    bare = _bare(last)
    end = start + len(text) - (len(last) - len(bare))
    if len(rest) > 1 and any(_POSSESSIVE.search(word) for word in rest[:-1]):
        return None
    rest[-1] = bare
    while len(rest) > 1 and rest[-1].lower() in _SUFFIXES:
        rest.pop()
    lows = {word.lower() for word in rest}
    if len(rest) > 5 or lows & NOT_PERSONAL or lows & OUTLETS or not bare:
        return None
    if len(rest) == 1 and (lows & FUNCTION or lows & NOT_NAMES or rest[0].lower() in COUNTRIES):
        return None
    told = len(rest) > 1 and ((first == 0 and _SAID.search(before[-32:]) is not None) or _says(body, end, before))
    return _Run(offset, end, rest, titles, told)


def _says(body: str, end: int, before: str) -> bool:
    """Whether a reporting verb follows a name."""
    after = _WORD.match(body, end)
    verb = VERBS.get(after.group(1)) if after is not None else None
    if after is None or verb is None or (after.group().startswith(",") and _HANGING.search(before[-16:])):
        return False  # "an analyst at Example Securities, said"
    return verb.form in ("past", "s") and not verb.noun


NOT_NAMES: Final = frozenset(
    "the a an in on at but and so he she they it we i you his her its their our this that these those there "
    "here when while as if after before asked what who how why where which meanwhile however also still yet "
    "no not for from with by to of or one two three some many most all both according now then last next "
    "source sources".split()
)


_NEVER_NAMES: Final = FUNCTION | NOT_NAMES | COUNTRIES.keys()


def _look_around(run: _Run, body: str, low: int) -> None:
    """What the words before and after a name say of it."""
    before = body[max(run.start - 200, low) : run.start]
    after = body[run.end : run.end + 90]
    lead = _LEAD.search(before[-100:]) if before.endswith(", ") else None
    if lead is not None and lead.group(2).lower() in ROLES and (not after or not after[0].isalnum()):
        closed = after[:1] in ",.;:)—" or after[:4] == " who" or not after.strip()
        words = [_bare(word.lower()) for word in lead.group(1).split()]
        if closed and not any(word in VERBS for word in words):
            run.apposed += [*words, lead.group(2).lower()]
    if run.titles or run.apposed:
        run.around = before[-60:].rpartition(". ")[2] + after.partition(".")[0]
    if run.titles and (of := _OF.match(after)) is not None:
        run.titles.append(of.group(1).lower())  # "President Anna Roe of Norway"
    own = _ITS.search(before[-40:]) if "ts " in before[-40:] or "heir " in before[-40:] else None
    if own is not None:
        run.nearby = [_bare(word.lower()) for word in _TOKENS.findall(before[:-40] + before[-40:][: own.start()])]
    run.located = before.endswith(_LOCATED)
    run.apposed += _apposition(after) if after[:1] == "," else []
    run.described = bool(ROLES.intersection(run.apposed))
    if run.described or after[:1] not in (",", " "):
        return
    walk = _WALK.match(after)
    occupied = walk is not None and any(word in OCCUPATIONS or word in ROLES for word in walk.group(1).split())
    run.described = occupied or _AGE.match(after) is not None


def _bare(word: str) -> str:
    """A word without its possessive ending."""
    return _POSSESSIVE.sub("", word) if "’" in word or "'" in word else word


def _gerund(low: str) -> bool:
    return _GERUND.search(low) is not None and low not in MALE_NAMES and low not in FEMALE_NAMES


def _personal(run: _Run, alone: Counter[str], located: set[tuple[str, ...]]) -> bool:
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
    found = offices(words)
    person.roles |= found
    if found:
        person.places |= _places(words)


def _places(words: Sequence[str]) -> set[str]:
    return {COUNTRIES.get(word, word) for word in words if word in COUNTRIES or word in COUNTRY_NAMES}


COUNTRY_NAMES: Final = frozenset(COUNTRIES.values())
HEADS: Final = LEADERS | {"prime minister", "leader"}
_MINISTERS: Final = frozenset(("minister", "secretary", "foreign minister", "defense minister", "defence minister"))
_OTHER_LEADERS: Final = frozenset(
    "opposition separatist rebel party majority minority house senate conservative liberal republican democratic labor "
    "council church religious campaign deputy".split()
)
_PAST: Final = frozenset(("former", "ex-president", "late", "then", "vice", "deputy"))


def offices(words: Sequence[str]) -> set[str]:
    """The offices in a title: each alone and with the word before it ("minister", "foreign minister")."""
    found: set[str] = set()
    for index, word in enumerate(words):
        if word not in ROLES or word in _HONORIFICS:
            continue
        before = words[index - 1] if index else ""
        lesser = next((earlier for earlier in words[:index] if earlier in _PAST), None)
        if lesser is not None:
            found.add(f"{lesser} {word}")  # "the president" is not the former one
            continue
        modified = before in ROLE_MODIFIERS or before in _OTHER_LEADERS
        if modified:
            found.add(f"{before} {word}")
        if not (word == "leader" and before in _OTHER_LEADERS) and not (word == "minister" and before == "prime"):
            found.add(word)
    if "prime minister" in found:
        found.add("premier")
    return found


def _apposition(after: str) -> list[str]:
    """The words of ", the Kremlin spokesman" or ", Ukraine's president" after a name; empty when there is none."""
    match = _APPOSED.match(after)
    if match is None:
        return []
    words: list[str] = []
    for token in _APPOSED_WORD.finditer(after, match.end()):
        low = _bare(token.group().lower())
        narrates = low in PREPOSITIONS and low not in ("of", "for")
        if narrates or low in VERBS or low in _NO_APPOSITION or len(words) > 5:
            return []
        words.append(low)
        following = after[token.end() :]
        if low in ROLES and (following[:1] in ",.;)—" or _GOES_ON.match(following)):
            of = _OF.match(following)
            return [*words, *([of.group(1).lower()] if of is not None else [])]
        if following[:1] != " ":
            return []
    return []


@functools.lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """A name for comparison: lower case, no accents, one spelling for the endings -y, -yy, -iy, -ij, -i."""
    plain = text.lower().replace("’", "'")
    if not plain.isascii():
        plain = "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))
    return _ENDING.sub("y", plain)


def _name_words(text: str) -> list[str]:
    words = [word.strip(".,;:'\"“”()") for word in text.replace("\u00a0", " ").split()]
    words = [_bare(word.replace(".", "") if word.isupper() else word) for word in words if word]
    office = bool(words) and words[-1].lower() in ROLES  # "Russian officials" are nobody without their country
    while (
        len(words) > 1
        and (not office or words[0].lower() == "the")
        and (
            (low := words[0].lower()) in ROLES
            or low + "." in ROLES
            or low in COUNTRIES
            or low in ROLE_MODIFIERS
            or low == "the"
        )
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
