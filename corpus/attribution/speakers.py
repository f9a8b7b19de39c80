"""Who a mention means: names to their fullest form, offices to their holder, pronouns to somebody named before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from corpus.attribution.items import POSSESSIVE, Items
from corpus.attribution.names import COUNTRY_NAMES, Individual, Names, offices
from corpus.attribution.phrases import phrase_before
from corpus.attribution.vocabulary import (
    COUNTRIES,
    NOT_PERSONAL,
    NP_PREPOSITIONS,
    OUTLETS,
    PARTICLES,
    ROLE_MODIFIERS,
    ROLES,
)

_MEMORY: Final = 12
_ARTICLE: Final = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_MALE: Final = frozenset(("he", "him", "himself"))
_FEMALE: Final = frozenset(("she", "her", "herself"))
_PLURAL: Final = frozenset(("they", "them", "both"))
_RELATIVE: Final = frozenset(("who", "which", "that"))


@dataclass(frozen=True, slots=True)
class Speaker:
    """A resolved source: its name, and the person where it is one."""

    name: str
    person: Individual | None = None
    plural: bool = False
    outlet: bool = False
    pronoun: bool = False


@dataclass(slots=True)
class Memory:
    """Who was spoken of, the newest last: each entry one unit's speakers, subject and other people, best first."""

    units: list[list[Speaker]] = field(default_factory=list)

    def remember(self, speakers: Sequence[Speaker]) -> None:
        """Keep the people of one unit; only the newest units are ever asked for."""
        if speakers:
            self.units.append(list(speakers))
            del self.units[:-_MEMORY]


class Speakers:
    """Resolves mentions of one article; unit by unit, in reading order."""

    def __init__(self, body: str, names: Names) -> None:
        self._body = body
        self._names = names
        self.memory = Memory()

    def resolve(self, items: Items, source: tuple[int, int], here: Sequence[Speaker]) -> Speaker:
        """Who a noun phrase means; ``here`` are the people of this unit so far, best first."""
        first, last = source
        low = items.lows[first]
        if first == last:
            pronoun = self._pronoun(low, here)
            if pronoun is not None:
                return pronoun
            if low in _RELATIVE:
                return self._antecedent(items, first, here)
            if low in _MALE | _FEMALE | _PLURAL or low in ("it", "i", "we", "you"):
                return Speaker(items.words[first], pronoun=True)
        return self.phrase(items, first, last)

    def phrase(self, items: Items, first: int, last: int) -> Speaker:
        """Who a noun phrase means by its own words."""
        lows = items.lows
        printed = self._body[items.starts[first] : items.ends[last]]
        ands = [at for at in range(first + 1, last) if lows[at] == "and"]
        if len(ands) == 1:
            left = self.name(items, first, self._head(items, first, ands[0] - 1))
            right = self.name(items, ands[0] + 1, self._head(items, ands[0] + 1, last))
            if left is not None and right is not None:
                return Speaker(f"{left.name} and {right.name}", plural=True)
        head_last = self._head(items, first, last)
        named = self.name(items, first, head_last)
        if named is not None:
            return named
        holder = self._office(items, first, last)
        if holder is not None:
            return holder
        bare = _ARTICLE.sub("", printed)
        plural = lows[head_last].endswith("s") and (
            not items.capital(head_last) or lows[head_last][:-1] in ROLES or lows[head_last][:-1] in COUNTRIES
        )
        outlet = any(word in OUTLETS for word in lows[first : last + 1])
        return Speaker(bare or printed, plural=plural or any(at < head_last for at in ands), outlet=outlet)

    @staticmethod
    def _is_lead(words: Sequence[str]) -> bool:
        """Whether the words before a surname are no first name: places, titles, institutions."""
        return all(
            (low := word.lower()) in NOT_PERSONAL or low in COUNTRIES or low in COUNTRY_NAMES or low in ROLE_MODIFIERS
            for word in words
        )

    @staticmethod
    def _head(items: Items, first: int, last: int) -> int:
        """The last item before "of", "for" ...; "Secretary of State John Smith" goes on to the name."""
        lows = items.lows
        for at in range(first + 1, last + 1):
            if lows[at] in NP_PREPOSITIONS:
                titled = lows[at] == "of" and lows[at - 1] in ROLES and items.capital(at - 1)
                if (
                    titled
                    and items.capital(last)
                    and all(lows[i] not in NP_PREPOSITIONS for i in range(at + 1, last + 1))
                ):
                    continue
                return at - 1
        return last

    def name(self, items: Items, first: int, last: int) -> Speaker | None:
        """The person a noun phrase ends in, titles taken off; None where it ends in anything else."""
        lows = items.lows
        if not items.capital(last):
            return None
        start = last
        while start > first and (items.capital(start - 1) or lows[start - 1] in PARTICLES):
            if lows[start - 1] in POSSESSIVE:
                break
            start -= 1
        while start < last and lows[start] in PARTICLES and not items.capital(start):
            start += 1
        honorific = ""
        begin = start
        for at in range(start, last + 1):
            if lows[at] in ROLES:
                begin = at + 1
                honorific = lows[at]
        if begin > last:
            return None
        titled = begin > start or (start > first and (lows[start - 1] in ROLES))
        while begin < last and not titled and (lows[begin] in COUNTRIES or lows[begin] in ROLE_MODIFIERS):
            begin += 1
        words = items.words[begin : last + 1]
        while len(words) > 1 and words[-1].lower() in ("jr.", "sr.", "jr", "ii", "iii"):
            words = words[:-1]
        for skip in range(len(words)):
            if skip and skip == len(words) - 1 and not self._is_lead(words[:skip]):
                break  # "Khizr Khan" is not the Khan named elsewhere
            person = self._names.find(words[skip:], honorific)
            if person is not None:
                return Speaker(person.name, person)
        if titled:
            return Speaker(" ".join(words))
        return None

    def _office(self, items: Items, first: int, last: int) -> Speaker | None:
        """The holder of "the Russian president", where the article introduces exactly one."""
        lows = items.lows
        definite = lows[first] in ("the", "his", "her") or any(low in POSSESSIVE for low in lows[first:last])
        if not definite and lows[first] not in COUNTRIES and not items.capital(first):
            return None
        if lows[last] not in ROLES or last - first > 6:
            return None
        named = offices(lows[first : last + 1])
        # "The foreign minister" is not any minister.
        roles = {office for office in named if " " in office} or named
        places = {
            COUNTRIES.get(low, low) for low in lows[first : last + 1] if low in COUNTRIES or low in COUNTRIES.values()
        }
        person = self._names.holder(roles, places)
        return Speaker(person.name, person) if person is not None else None

    def _antecedent(self, items: Items, index: int, here: Sequence[Speaker]) -> Speaker:
        at = index - 1
        if at >= 0 and items.lows[at] == ",":
            at -= 1
        phrase = phrase_before(items, at, max(0, at - 20)) if at >= 0 else None
        if phrase is None:
            return here[0] if here else Speaker(items.words[index], pronoun=True)
        return self.phrase(items, *phrase)

    def _pronoun(self, low: str, here: Sequence[Speaker]) -> Speaker | None:
        if low in _MALE or low in _FEMALE:
            gender = "m" if low in _MALE else "f"
            for group in (here, *reversed(self.memory.units)):
                for speaker in group:
                    if speaker.person is not None and speaker.person.gender in (gender, ""):
                        return speaker
        elif low in _PLURAL:
            for number, group in enumerate((here, *reversed(self.memory.units))):
                for speaker in group:
                    if speaker.plural:
                        return speaker
                persons = [speaker for speaker in group if speaker.person is not None]
                if len(persons) == 2 and number < 2:
                    return Speaker(f"{persons[0].name} and {persons[1].name}", plural=True)
        elif low == "it":
            for group in (here, *list(reversed(self.memory.units))[:3]):
                for speaker in group:
                    if speaker.person is None and not speaker.plural and not speaker.pronoun:
                        return speaker
        return None
