"""Who is on record: speaker names of many articles, made one person where they mean one.

Full names are one where first name and surname agree, however our letters spell them; a surname alone is its only
bearer's. Two people who share a surname are never made one, and what is no person's name agrees only with itself.
"""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from corpus.attribution.matching import first_name, name_words, same_person
from corpus.attribution.spellings import spelled
from corpus.attribution.validity import noun_of_people
from corpus.attribution.vocabulary import (
    COUNTRIES,
    DETERMINERS,
    FEMALE_NAMES,
    FUNCTION,
    MALE_NAMES,
    NOT_PERSONAL,
    OUTLETS,
    PARTICLES,
    ROLES,
)

_JOINED: Final = re.compile(r",\s+(?:and\s+)?|\s+and\s+")
_DASH: Final = re.compile(r"[-‐‑]")
_ARTICLE: Final = re.compile(r"^(?:the|an?)\s")
# Family names that come first; each is a surname there and hardly ever a first name.
_FAMILY_FIRST: Final = frozenset(
    map(spelled, "xi li wang zhang liu chen zhao yang wen jiang deng mao moon yoon".split())
)
_NEVER: Final = NOT_PERSONAL | OUTLETS | FUNCTION | DETERMINERS | COUNTRIES.keys() | frozenset(COUNTRIES.values())
# These are parts of people's names where they do not stand alone.
_WITHIN: Final = frozenset(("un", "san"))
_GIVEN_NAMES: Final = MALE_NAMES | FEMALE_NAMES
# So often a surname alone may be printed for each full name with a first name that is not known for one.
_OUTWEIGHED: Final = 10
_LONGEST: Final = 5


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody who says something in the articles, a person or an organisation.

    ``name`` is the full name used most, ``aliases`` are the other names under which statements of theirs stand,
    joint ones ("Anna Roe and Peter Lind") included; ``statements`` counts all of them.
    """

    name: str
    aliases: tuple[str, ...]
    statements: int


def merge(names: Iterable[tuple[str, int]]) -> tuple[KnownPerson, ...]:
    """The people and organisations behind speaker names, each given with its number of statements.

    Sorted by statements, most first, then by name.
    """
    counts: Counter[str] = Counter()
    for printed, count in names:
        if printed.strip():
            counts[printed] += count
    record = _Record()
    joint: list[str] = []
    parsed: list[tuple[_Name, str]] = []
    for given in sorted(counts, key=lambda one: (-counts[one], one)):
        name = _parse(given)
        if name is not None:
            parsed.append((name, given))
        elif len(_JOINED.split(given)) > 1:
            joint.append(given)
        else:
            record.things[_thing(given)].add(given, given, counts[given])
    compounds = frozenset(one for name, _ in parsed for one in name.surnames() if " " in one)
    hyphened = frozenset((name.first, name.last) for name, _ in parsed if " " in name.first or " " in name.last)
    parsed = [(_hyphened(_surname_alone(name, compounds), hyphened), given) for name, given in parsed]
    record.take_full([(name, given) for name, given in parsed if name.first and not name.initials], counts)
    # "J. Roe" may be another bearer of "Roe".
    for short, given in sorted(parsed, key=lambda one: not one[0].initials):
        if short.initials or not short.first:
            record.take_short(short, given, counts[given])
    for given in joint:
        record.share(given, counts[given])
    found = [one.known() for one in record.entries()]
    return tuple(sorted(found, key=lambda one: (-one.statements, one.name.casefold(), one.name)))


def find(asked: str, people: Sequence[KnownPerson]) -> tuple[KnownPerson, ...]:
    """Those whom an asked name can mean, in the given order: by full name, by surname, however they are spelled.

    Where nobody on record has the full name, it can be somebody of whom only the surname is on record.
    """
    if asked == asked.lower():
        asked = " ".join(word if word in PARTICLES else word.capitalize() for word in asked.split())
    wanted = _parse(asked)
    if wanted is None:
        thing = _thing(asked)
        return tuple(one for one in people if any(_thing(form) == thing for form in (one.name, *one.aliases)))
    full = tuple(one for one in people if any(_means(wanted, asked, form) for form in (one.name, *one.aliases)))
    if full or not wanted.first:
        return full
    return tuple(one for one in people if _surname(one.name) == wanted.last)


@dataclass(frozen=True, slots=True)
class _Name:
    """A person's name taken apart, spelled for comparison; ``first`` is empty for a surname alone."""

    plain: str
    """As printed, without titles."""
    first: str
    middle: tuple[str, ...]
    """What stands between, particles included."""
    last: str
    """The parts of a name with a hyphen are set apart by a blank."""
    initials: bool = False
    """Whether ``first`` is no name but initials."""

    def surnames(self) -> set[str]:
        """What the person may be called alone: the last word, or the last few."""
        found = {" ".join((*self.middle[at:], self.last)) for at in range(len(self.middle) + 1)}
        return found | {self.first} if self.first in _FAMILY_FIRST else found


@dataclass(slots=True)
class _Entry:
    """A person while names are merged: the names printed without titles, and every name as it was given."""

    forms: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)

    def add(self, plain: str, given: str, count: int) -> None:
        self.forms[plain] += count
        self.given[given] += count

    def known(self) -> KnownPerson:
        best = max(self.forms, key=lambda form: (" " in form, not form.isupper(), self.forms[form], len(form), form))
        others = sorted((one for one in self.given if one != best), key=lambda one: (-self.given[one], one))
        return KnownPerson(best, tuple(others), self.given.total())


class _Record:
    """The people while they are merged, by full name and by surname."""

    def __init__(self) -> None:
        self.things: dict[str, _Entry] = defaultdict(_Entry)
        # By first name, surname and middle name; without one, by its initial, and whoever has a middle name.
        self._full: dict[tuple[str, str, str], _Entry] = {}
        self._middled: dict[tuple[str, str, str], list[_Entry]] = defaultdict(list)
        self._short: dict[tuple[str, str], _Entry] = {}
        self._bearers: dict[str, list[tuple[_Name, _Entry]]] = defaultdict(list)

    def entries(self) -> list[_Entry]:
        """All that were found."""
        return [*self._full.values(), *self._short.values(), *self.things.values()]

    def take_full(self, names: Iterable[tuple[_Name, str]], counts: Counter[str]) -> None:
        """Full names: one person, but where middle names tell two apart and the name without one fits both."""
        for name, given in sorted(names, key=lambda one: -min(len(_middle(one[0])), 2)):
            self._of(name).add(name.plain, given, counts[given])

    def _of(self, name: _Name) -> _Entry:
        """Who has a full name, a new entry where nobody has it yet; names with longer middle names come first."""
        middle = _middle(name)
        key = name.first, name.last, middle
        if key in self._full:
            return self._full[key]
        near = self._middled.get((name.first, name.last, middle[:1]), []) if len(middle) < 2 else []
        if len(near) == 1:
            return near[0]
        entry = self._full[key] = _Entry()
        for surname in name.surnames():
            self._bearers[surname].append((name, entry))
        for start in {"", middle[:1]} if middle else ():
            self._middled[name.first, name.last, start].append(entry)
        return entry

    def take_short(self, name: _Name, given: str, count: int) -> None:
        """A surname alone or behind initials: the only one it can mean, else an entry of its own."""
        entry = self._only(name, count)
        if entry is not None:
            entry.given[given] += count
            return
        key = name.first, name.last
        if key not in self._short:
            self._short[key] = _Entry()
            if name.first:
                self._bearers[name.last].append((name, self._short[key]))
        self._short[key].add(name.plain, given, count)

    def _only(self, name: _Name, count: int = 1) -> _Entry | None:
        bearers = self._bearers.get(name.last, [])
        if name.first:
            bearers = [(other, one) for other, one in bearers if not other.initials and _begins(name.first, other)]
        if len(bearers) != 1:
            return None
        bearer, entry = bearers[0]
        # "Hey Meta" is nobody's name, however often "Meta" speaks.
        known = bearer.plain.split()[0].lower() in _GIVEN_NAMES or entry.forms.total() * _OUTWEIGHED >= count
        return entry if known or name.first else None

    def _named(self, name: _Name) -> _Entry:
        entry = self._of(name)
        entry.forms[name.plain] += 0
        return entry

    def share(self, given: str, count: int) -> None:
        """A joint name counts for each person in it, where one is named in full or two are known."""
        parts = [name for name in map(_parse, _JOINED.split(given)) if name is not None]
        full = [self._named(name) for name in parts if name.first and not name.initials]
        short = [self._only(name) for name in parts if name.initials or not name.first]
        found = {id(one): one for one in (*full, *short) if one is not None}
        if not full and len(found) < 2:
            self.things[_thing(given)].add(given, given, count)
            return
        for entry in found.values():
            entry.given[given] += count


def _middle(name: _Name) -> str:
    """The first middle name, or its initial: what tells two people of one name apart."""
    word = next((word for word in name.middle if word not in PARTICLES), "")
    return word[:1] if len(word) < 3 else word


def _agree(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether middle names can be one person's: equal as far as both go, initials as what they begin."""
    pairs = zip(left, right, strict=False)
    return all(a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]) for a, b in pairs)


def _begins(initials: str, name: _Name) -> bool:
    """Whether initials can stand for a full name."""
    middle = [word for word in name.middle if word not in PARTICLES]
    return name.first[:1] == initials[0] and (len(initials) == 1 or not middle or middle[0][0] == initials[1])


def _surname_alone(name: _Name, compounds: frozenset[str]) -> _Name:
    """ "Roe Lind" where somebody is called Anna Roe Lind, and Roe is no first name."""
    both = f"{name.first} {name.last}"
    opens = name.plain.split()[0].lower()
    if name.middle or both not in compounds or opens in _GIVEN_NAMES:
        return name
    return replace(name, first="", last=both)


def _hyphened(name: _Name, hyphened: frozenset[tuple[str, str]]) -> _Name:
    """A name without hyphens as the one that is printed with them elsewhere."""
    for at in range(len(name.middle)):
        last = " ".join((*name.middle[at:], name.last))
        if (name.first, last) in hyphened:
            return replace(name, middle=name.middle[:at], last=last)
    if name.middle and (f"{name.first} {name.middle[0]}", name.last) in hyphened:
        return replace(name, first=f"{name.first} {name.middle[0]}", middle=name.middle[1:])
    return name


def _means(wanted: _Name, asked: str, form: str) -> bool:
    """Whether a name asked for can be the one on record, in full or by surname."""
    name = _parse(form)
    if name is None or (wanted.first and not name.first):
        return False
    if not wanted.first:
        return wanted.last in name.surnames()
    if not (wanted.surnames() & name.surnames()) or not _agree(wanted.middle, name.middle):
        return False
    return wanted.first == name.first or same_person(asked, form)


def _surname(given: str) -> str:
    """The surname where a name is nothing else."""
    name = _parse(given)
    return name.last if name is not None and not name.first else ""


def _thing(given: str) -> str:
    """What is no person's name, for comparison."""
    return " ".join(_ARTICLE.sub("", given.casefold().replace("’", "'").replace(".", "")).split())


@functools.lru_cache(maxsize=65536)
def _parse(given: str) -> _Name | None:
    """A person's name taken apart; None for what is none."""
    words = name_words(given)
    while len(words) > 1 and words[0] in PARTICLES:
        words = words[1:]
    while len(words) > 2 and words[0].isupper() and len(words[0]) > 2 and not words[-1].isupper():
        words = words[1:]  # "CTO Anna Roe"
    lows = [word.lower() for word in words]
    never = {low for low in lows if len(low) > 1} & _NEVER - (_WITHIN if len(words) > 2 else set())
    if not 1 <= len(words) <= _LONGEST or never or lows[-1] in ROLES or noun_of_people(lows[-1]):
        return None
    if not all(word[0].isupper() or word in PARTICLES for word in words) or not given.replace(" ", "").isprintable():
        return None
    if any(char.isdigit() or char == "@" for char in given):
        return None
    plain = _plain(given, words)
    last = " ".join(map(spelled, filter(None, _DASH.split(words[-1]))))
    if len(words) == 1 or not last:
        return _Name(plain, "", (), last or plain.lower())
    start = next((at for at, word in enumerate(words[:-1]) if len(word) > 1), len(words) - 1)
    if start:  # "J. D. Roe"
        return _Name(plain, "".join(words[:start]).lower(), _spelled(words[start:-1]), last, initials=True)
    if len(words[0]) == 2 and words[0].isupper():
        return _Name(plain, lows[0], _spelled(words[1:-1]), last, initials=True)
    first = " ".join(spelled(first_name(part)) for part in _DASH.split(words[0]) if part)
    return _Name(plain, first, _spelled(words[1:-1]), last)


def _plain(given: str, words: Sequence[str]) -> str:
    """The name as printed, without titles and suffixes."""
    printed = given.split()
    for at in range(len(printed) - len(words), -1, -1):
        part = printed[at : at + len(words)]
        if [word.strip(".,").replace(".", "") for word in part] == [word.replace(".", "") for word in words]:
            return " ".join(part).rstrip(",")
    return " ".join(words)


def _spelled(words: Sequence[str]) -> tuple[str, ...]:
    """Middle names for comparison; particles stay as they are."""
    return tuple(word.lower() if word.lower() in PARTICLES else spelled(word.rstrip(".")) for word in words)
