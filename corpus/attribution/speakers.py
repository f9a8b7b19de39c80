"""Who a mention means: names to their fullest form, offices to their holder, pronouns to somebody named before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from corpus.attribution.items import POSSESSIVE, Items
from corpus.attribution.lists import members
from corpus.attribution.names import Individual, Names
from corpus.attribution.offices import COUNTRY_NAMES, HEADS, Office, offices
from corpus.attribution.phrases import POSTPOSED, phrase_before
from corpus.attribution.units import Unit
from corpus.attribution.vocabulary import (
    COUNTRIES,
    DETERMINERS,
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
_PRONOUNS: Final = _MALE | _FEMALE | _PLURAL | {"it", "i", "we", "you"}
_RELATIVE: Final = frozenset(("who", "which", "that"))
# These say whose they are, or are borne by many: no name in the article can be told by them.
_RELATIONS: Final = frozenset(
    "heir son daughter wife husband brother sister mother father widow spokesmen officials aides advisers advisors "
    "republican democrat conservative liberal socialist libertarian independent rival opponent critic supporter "
    "colleague volunteer backer donor voter head senators representatives governors congressmen".split()
)
_AMOUNTS: Final = DETERMINERS - {"the", "a", "an", "this", "that"} | {"about", "nearly", "almost", "over", "nobody"}
_US: Final = re.compile(r"\b(?:US|UK)\b(?=\s[a-z])")
_NATIONAL: Final = ("man", "woman", "ian", "can", "pole", "briton", "spaniard", "swede", "dane", "finn", "turk", "scot")
# "wrote Anna Roe for The Herald"
_WRITES_FOR: Final = frozenset(("for", "in", "at"))
_COMMON: Final = ROLES | ROLE_MODIFIERS | COUNTRIES.keys() | COUNTRY_NAMES
# Units back to which a pronoun is sure enough to tell somebody's gender.
_NEAR: Final = 2


class Speaker(NamedTuple):
    """A resolved source: its name, and the person where it is one."""

    name: str
    person: Individual | None = None
    plural: bool = False
    outlet: bool = False
    pronoun: bool = False
    shared: bool = False
    """A surname that several people of the article bear."""
    office: Office | None = None
    """What a description such as "the Russian president" asks for, whether or not its holder is known."""


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
        self._phrases: dict[tuple[int, int], Speaker] = {}
        self._about: Speaker | None = None

    def resolve(
        self,
        items: Items,
        source: tuple[int, int],
        here: Sequence[Speaker],
        barred: Sequence[Individual] = (),
        fresh: bool = False,
    ) -> Speaker:
        """Who a noun phrase means; ``here`` are the people of this unit so far, best first.

        ``barred`` are named in what is said, and nobody names himself; ``fresh``: the sentence before stands in
        the same paragraph.
        """
        first, last = source
        low = items.lows[first]
        if first == last:
            pronoun = self._pronoun(low, here, barred, fresh)
            if pronoun is not None:
                return pronoun
            if low in _RELATIVE:
                return self._antecedent(items, first, here)
            if low in _PRONOUNS:
                return Speaker(items.words[first], pronoun=True)
        return self.phrase(items, first, last)

    def told(self, gender: str, speaker: Speaker, here: Sequence[Speaker]) -> Individual | None:
        """Whom "him" or "her" means after "told": the one person in sight who can be, but for the speaker."""
        for group in (here, *reversed(self.memory.units[-_NEAR:])):
            persons = {one.person.name: one.person for one in group if one.person is not None}
            persons.pop(speaker.name, None)
            known = [one for one in persons.values() if one.gender == gender]
            if len(known) == 1:
                return known[0]
            if known or any(one.gender == "" for one in persons.values()):
                return None
        return None

    def begin(self) -> None:
        """A new sentence begins: what the one before made of its phrases no longer counts."""
        self._phrases.clear()
        self._about = None

    def about(self, unit: Unit) -> Speaker:
        """Whom the subject of a sentence means, as told by the sentences before."""
        if self._about is None:
            assert unit.subject is not None
            self._about = self.resolve(unit.items, unit.subject, [])
        return self._about

    def phrase(self, items: Items, first: int, last: int) -> Speaker:
        """Who a noun phrase means by its own words."""
        known = self._phrases.get((first, last))
        if known is None:
            known = self._phrases[first, last] = self._phrase(items, first, last)
        return known

    def _phrase(self, items: Items, first: int, last: int) -> Speaker:
        lows = items.lows
        if lows[last] == ".":
            last -= 1
        inner = lows[first + 1 : last]
        joint = self._joint(items, first, last) if "and" in inner else None
        if joint is not None:
            return joint
        if "," in inner:
            first = last - inner[::-1].index(",")  # "the union's leader, Gwen Ashdown"
        ands = [at for at in range(first + 1, last) if lows[at] == "and"] if "and" in inner else []
        if len(ands) == 1:
            left = self.name(items, first, self._head(items, first, ands[0] - 1))
            right = self.name(items, ands[0] + 1, self._head(items, ands[0] + 1, last))
            left = left or (right and self._printed_name(items, first, ands[0] - 1))
            right = right or (left and self._printed_name(items, ands[0] + 1, last))
            if left is not None and right is not None:
                return Speaker(f"{left.name} and {right.name}", plural=True)
        head_last = self._head(items, first, last)
        named = self.name(items, first, head_last)
        if named is not None:
            return named
        printed = self._body[items.starts[first] : items.ends[last]]
        if head_last < last and lows[head_last + 1] in _WRITES_FOR and _outlet_follows(items, head_last + 2, last):
            named = self._printed_name(items, first, head_last)
            if named is not None:
                return named
        office = self._office(items, first, head_last, last)
        if office is not None:
            holder = self.holder(office)
            if holder is not None:
                return Speaker(holder.name, holder, office=office)
        else:
            printed = self._unprefixed(items, first, head_last) or printed
        bare = _ARTICLE.sub("", printed)
        plural = lows[head_last].endswith("s") and (
            not items.capital(head_last) or lows[head_last][:-1] in ROLES or lows[head_last][:-1] in COUNTRIES
        )
        outlet = not OUTLETS.isdisjoint(lows[first : last + 1])
        bare = bare or printed
        if "US" in bare or "UK" in bare:
            bare = _US.sub(lambda match: ".".join((*match.group(), "")), bare)
        plural = plural or any(at < head_last for at in ands)
        return Speaker(bare, plural=plural, outlet=outlet, office=office)

    def _joint(self, items: Items, first: int, last: int) -> Speaker | None:
        """Several speakers with marks between them."""
        tagged = self._tagged(items, first, last)
        listed = members(items, first, last) if tagged is None else []
        if not listed:
            return tagged
        names = [self._phrase(items, *one).name for one in listed]
        return Speaker(f"{', '.join(names[:-1])} and {names[-1]}", plural=True)

    def _tagged(self, items: Items, first: int, last: int) -> Speaker | None:
        """ "Anna Roe, R-Oslo, and Peter Lind" are two speakers."""
        lows = items.lows
        mark = next((at for at in range(first + 1, last) if lows[at] in (",", "(")), None)
        ands = [at for at in range(first + 1, last) if lows[at] == "and"]
        if mark is None or len(ands) != 1 or not first < mark < ands[0] or lows[ands[0] - 1] not in (",", ")", "."):
            return None
        tag = lows[mark + 1 : mark + 2]
        if not tag or tag[0][1:2] != "-":
            return None
        left = self.name(items, first, mark - 1) or self._printed_name(items, first, mark - 1)
        right = self.name(items, ands[0] + 1, last) or self._printed_name(items, ands[0] + 1, last)
        if left is None or right is None:
            return None
        return Speaker(f"{left.name} and {right.name}", plural=True)

    def _printed_name(self, items: Items, first: int, last: int) -> Speaker | None:
        """A name beside a known person's: two or three capitals, none of which is an institution's."""
        while first < last and items.lows[first] in ROLES:
            first += 1
        words = items.words[first : last + 1]
        if not 2 <= len(words) <= 3 or not all(items.capital(at) for at in range(first, last + 1)):
            return None
        if any(word.lower() in NOT_PERSONAL or word.lower() in OUTLETS or word.lower() in _COMMON for word in words):
            return None
        return Speaker(" ".join(words))

    def _unprefixed(self, items: Items, first: int, last: int) -> str | None:
        """ "forecaster Pim Adair" without the lower-case words before a full name."""
        start = last
        while start > first and items.capital(start - 1) and items.lows[start - 1] not in POSSESSIVE:
            start -= 1
        lead = items.lows[first:start]
        if start in (first, last) or not items.capital(last):
            return None
        if any(low in DETERMINERS or low in POSSESSIVE or low in NP_PREPOSITIONS for low in lead):
            return None
        if any(low in NOT_PERSONAL or low in OUTLETS for low in items.lows[start : last + 1]):
            return None
        if any(items.capital(at) or not items.words[at][0].isalpha() for at in range(first, start)):
            return None
        return self._body[items.starts[start] : items.ends[last]]

    def holder(self, office: Office) -> Individual | None:
        """Who holds an office in this article: the only one, or of several the one just spoken of."""
        person = self._names.holder(office)
        if person is not None or office.places or office.proper:
            return person
        for group in reversed(self.memory.units[-2:]):
            held = [one.person for one in group if one.person is not None and one.person.roles & office.roles]
            if held:
                return held[0] if len(held) == 1 else None
        return None

    def tie(self, speaker: Speaker, person: Individual) -> bool:
        """Take a description of nobody known for the person just spoken of, if nothing speaks against it."""
        office = speaker.office
        if office is None or not office.places or not office.roles & HEADS or speaker.person is not None:
            return False
        if (
            person.roles
            or person.places
            or any(one.roles & HEADS and office.places <= one.places for one in self._names.individuals)
        ):
            return False
        self._names.give(person, office)
        self.begin()
        return True

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
            if lows[at] in NP_PREPOSITIONS or lows[at] in POSTPOSED or lows[at] == "to":
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
        if len(words) == 1 and self._names.ambiguous(words[0]):
            return Speaker(words[0], shared=True)
        return None

    @staticmethod
    def _office(items: Items, first: int, last: int, end: int) -> Office | None:
        """The office that "the Russian president" or "the Frenchman" names."""
        lows = items.lows
        definite = lows[first] in ("the", "his", "her") or any(low in POSSESSIVE for low in lows[first:last])
        titled = lows[first] in COUNTRIES or (items.capital(first) and first < last and lows[first] not in DETERMINERS)
        if not definite and not titled:
            return None
        if first + 1 == last and lows[first] == "the" and lows[last] in COUNTRIES and lows[last].endswith(_NATIONAL):
            return Office(frozenset(), frozenset((COUNTRIES[lows[last]],)), items.starts[first])
        head = lows[last]
        if head not in ROLES or head in _RELATIONS or last - first > 6 or (items.capital(last) and not definite):
            return None
        if "and" in lows[first:last]:
            return None
        named = {office for office in offices(lows[first : last + 1]) if office.split()[-1] == head}
        # "The foreign minister" is not any minister.
        roles = {office for office in named if " " in office} or named
        places = {COUNTRIES.get(low, low) for low in lows[first : end + 1] if low in COUNTRIES or low in COUNTRY_NAMES}
        proper = {
            lows[at]
            for at in range(first, end + 1)
            if at != last and items.capital(at) and not (at == first and lows[at] in DETERMINERS)
        }
        if last < end and lows[last + 1] in ("of", "for") and not places and not proper:
            return None  # "the president of a bank" is no president otherwise named
        return Office(frozenset(roles), frozenset(places), items.starts[first], frozenset(proper - _COMMON))

    def _antecedent(self, items: Items, index: int, here: Sequence[Speaker]) -> Speaker:
        lows = items.lows
        at = index - 1
        if at >= 0 and lows[at] == ",":
            at -= 1
        phrase = phrase_before(items, at, max(0, at - 20)) if at >= 0 else None
        if phrase is not None and phrase[0] > 1 and lows[phrase[0] - 1] == "," and lows[phrase[0]] in DETERMINERS:
            named = phrase_before(items, phrase[0] - 2, max(0, phrase[0] - 20))  # "Roe, a historian who has said"
            if named is not None and items.capital(named[1]):
                phrase = named
        if phrase is None:
            return here[0] if here else Speaker(items.words[index], pronoun=True)
        return self.phrase(items, *phrase)

    def _pronoun(self, low: str, here: Sequence[Speaker], barred: Sequence[Individual], fresh: bool) -> Speaker | None:
        if low in _MALE or low in _FEMALE:
            return self._he_or_she("m" if low in _MALE else "f", here, barred, fresh)
        if low in _PLURAL:
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
                        words = speaker.name.lower().split()
                        if words[0] not in _AMOUNTS and not ROLES.intersection(words):
                            return speaker
        return None

    def _he_or_she(
        self, gender: str, here: Sequence[Speaker], barred: Sequence[Individual], fresh: bool
    ) -> Speaker | None:
        second: Speaker | None = None
        for age, group in enumerate((here, *reversed(self.memory.units))):
            if second is not None and age > _NEAR:
                break
            for place, speaker in enumerate(group):
                person = speaker.person
                if person is None:
                    if speaker.shared and age <= _NEAR:
                        return speaker
                    if fresh and age == 1 and place == 0 and speaker.office is not None and speaker.office.places:
                        return speaker  # "The Russian leader smiled. “Yes,” he said."
                    continue
                if person.gender not in (gender, ""):
                    continue
                if any(person is one for one in barred):
                    second = second or speaker
                    continue
                if age <= _NEAR:
                    person.gender = gender
                return speaker
        return second


def _outlet_follows(items: Items, first: int, last: int) -> bool:
    """Whether a preposition leads to an outlet: its name, or one with an article before it."""
    if first > last:
        return True
    return items.lows[first] == "the" or any(low in OUTLETS for low in items.lows[first : last + 1])
