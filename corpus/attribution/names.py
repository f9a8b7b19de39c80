"""The people an article names: their fullest names, what else they are called, and by what offices."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from corpus.attribution.matching import first_name, fold, same_first
from corpus.attribution.offices import HEADS, MINISTERS, Office, offices, places
from corpus.attribution.runs import TOKENS, Run, look_around, personal, runs_of
from corpus.attribution.vocabulary import FEMALE_NAMES, MALE_NAMES, NOT_PERSONAL, PARTICLES, ROLES
from corpus.models import Block

__all__ = ["Individual", "Mention", "Names", "Person", "fold"]

_FEMALE_TITLES: Final = frozenset(("mrs.", "ms.", "miss", "mrs", "ms", "lady", "queen", "princess", "dame"))
_MALE_TITLES: Final = frozenset(("mr.", "mr", "sir", "lord", "king", "prince", "pope"))
# As many people of one sentence are kept for its pronouns.
PRESENT: Final = 8
# As many mentions are looked through for a pronoun that nothing nearer explains.
_LOOK_BACK: Final = 24


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
    nearby: set[str] = field(default_factory=set)
    """Countries that "its spokesman, Peskov" may speak for."""
    words: set[str] = field(default_factory=set)
    """What stands around the name where an office is given with it."""
    first: int = 0
    """Where the article first names an office of this person's, or the person."""
    forms: set[str] = field(default_factory=set)


class Mention(NamedTuple):
    """A printed name of a person, titles left out."""

    start: int
    end: int
    person: Individual


class Names:
    """All names of an article; built once, then asked by surname, by office and by place in the text."""

    def __init__(self, body: str, blocks: Sequence[Block]) -> None:
        self.individuals: list[Individual] = []
        self.mentions: list[Mention] = []
        self._by_full: dict[tuple[str, str], Individual] = {}
        self._by_surname: dict[str, list[Individual]] = {}
        self._by_first: dict[str, list[Individual]] = {}
        self._known_holders: dict[tuple[frozenset[str], ...], Sequence[Individual]] = {}
        runs = [run for block in blocks for run in runs_of(body, block)]
        self._collect(runs)
        self._mark(body, runs)
        self._starts = [mention.start for mention in self.mentions]

    def find(self, words: Sequence[str], honorific: str = "") -> Individual | None:
        """Who a name is, by full name or unambiguous surname; an honorific decides between a couple."""
        if not words:
            return None
        surname = fold(words[-1])
        if len(words) > 1:
            known = self._by_full.get((first_name(words[0]), surname))
            if known is not None:
                return known
        candidates = self._by_surname.get(surname, [])
        if len(words) > 1:
            candidates = [one for one in candidates if same_first(one.name, words[0])]
        gender = "f" if honorific in _FEMALE_TITLES else "m" if honorific in _MALE_TITLES else ""
        if gender and len(candidates) > 1:
            candidates = [one for one in candidates if one.gender == gender]
        if not candidates and len(words) == 1 and not honorific:
            candidates = self._by_first.get(fold(words[0]), [])
        return candidates[0] if len(candidates) == 1 else None

    def mentioned(self, start: int, end: int) -> list[Mention]:
        """The first few mentions within a range of the body."""
        first = bisect.bisect_left(self._starts, start)
        return self.mentions[first : min(first + PRESENT, bisect.bisect_left(self._starts, end, first))]

    def before(self, offset: int) -> list[Mention]:
        """The last mentions before a place in the body, the nearest first."""
        last = bisect.bisect_left(self._starts, offset)
        return self.mentions[max(0, last - _LOOK_BACK) : last][::-1]

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
        return None if early and not office.roles & (HEADS | MINISTERS) else holders[0]

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

    def _collect(self, runs: Sequence[Run]) -> None:
        """First the full names, since they say what a surname alone means."""
        alone = Counter(fold(run.words[0]) for run in runs if len(run.words) == 1)
        located = {tuple(run.words) for run in runs if run.located}
        full: dict[tuple[str, str], list[Run]] = {}
        for run in runs:
            if len(run.words) >= 2 and personal(run, alone, located):
                full.setdefault((first_name(run.words[0]), fold(run.words[-1])), []).append(run)
        for (first, surname), group in sorted(full.items(), key=lambda item: item[0][0] in PARTICLES):
            self._register(first, surname, group)
        for run in runs:
            if len(run.words) > 1 or not ROLES.intersection(run.titles):
                continue
            surname = fold(run.words[0])
            if surname not in self._by_surname and run.words[0].lower() not in NOT_PERSONAL:
                self._register("", surname, [run])

    def _register(self, first: str, surname: str, group: list[Run]) -> None:
        names = Counter(" ".join(run.words) for run in group)
        name = max(names, key=lambda text: (names[text], len(text)))
        for known in self._by_surname.get(surname, []):
            particle = first in PARTICLES and f" {first} " in f" {known.name} "  # "Ten Hag" is Erik ten Hag
            if first and len(first) > 2 and first not in MALE_NAMES and first not in FEMALE_NAMES:
                particle = particle or first in known.name.lower().split()[1:-1]  # "Mr. Ruiz Vega" is Elio Ruiz Vega
            if first and (particle or same_first(known.name, first)):
                self._by_full[(first, surname)] = known
                return
        person = Individual(name, _gender(first))
        self.individuals.append(person)
        self._by_full[(first, surname)] = person
        self._by_surname.setdefault(surname, []).append(person)
        if first and (person.gender or len(first) > 3) and first not in PARTICLES:
            self._by_first.setdefault(fold(name.split()[0]), []).append(person)

    def _mark(self, body: str, runs: Sequence[Run]) -> None:
        for run in runs:
            honorific = run.titles[-1] if run.titles else ""
            person = self.find(run.words, honorific)
            if person is None:
                continue
            if len(run.words) == 1:
                look_around(run, body)
            for title in run.titles:
                if title in _FEMALE_TITLES:
                    person.gender = "f"
                elif title in _MALE_TITLES:
                    person.gender = "m"
            if not person.forms or not person.roles:
                person.first = run.start
            person.forms.add(" ".join(run.words))
            for words in (run.titles, run.apposed):
                if words:
                    _describe(person, words)
            if run.around:
                person.words.update(word.lower() for word in TOKENS.findall(run.around.replace("’", "'")))
            if run.nearby:
                person.nearby |= places(run.nearby)
            self.mentions.append(Mention(run.start, run.end, person))


def _gender(first: str) -> str:
    if first in FEMALE_NAMES:
        return "f"
    return "m" if first in MALE_NAMES else ""


def _describe(person: Individual, words: Sequence[str]) -> None:
    found = offices(words)
    person.roles |= found
    if found:
        person.places |= places(words)
