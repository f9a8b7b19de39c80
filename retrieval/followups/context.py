"""What a conversation offers to a question that points back: people, things, places, its topic."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from corpus.attribution import same_person
from corpus.attribution.vocabulary import COUNTRIES, FEMALE_NAMES, MALE_NAMES
from retrieval.followups.phrases import bare, head, phrases, plural, sought, theme_of
from retrieval.followups.turns import Turn
from retrieval.followups.vocabulary import ASPECTS, FUNCTION, KINDS, PLACE_PREPOSITIONS, SEATS, TIME, VERBS
from retrieval.lexicon import tokens
from retrieval.offices import is_title
from retrieval.question import Asks, understand

_ABOUT: Final = re.compile(r"\b(?:about|on|regarding|concerning)\s+([^?.!;()]+)", re.IGNORECASE)
_BESIDE: Final = 2
"""Topics of the last question that may stand behind the next one."""

_CHOICE: Final = re.compile(r"^[Ww](?:hich|hat)\s+([a-z]+)\s+([a-z]+)\s+([^?.!;()]+?)[\s?.!]*$")
_PLACES: Final = frozenset(COUNTRIES) | frozenset(COUNTRIES.values()) | SEATS


class Context:
    """The turns of a conversation, asked for what a word may mean. The last turn counts first."""

    def __init__(self, turns: Sequence[Turn]) -> None:
        self.turns = tuple(reversed(turns))
        self.last = self.turns[0]
        self._texts = tuple(turn.text.lower() for turn in self.turns)
        asked = [turn.speaker for turn in self.turns if turn.speaker and understand(turn.text).asks is Asks.SAID]
        cited = [name for turn in self.turns for name in (*turn.speakers, *turn.people)]
        asked = [name for name in asked if not _described(name)]
        self._known = tuple(name for name in dict.fromkeys([*cited, *asked]) if not _institution(name))

    @property
    def theme(self) -> str | None:
        """What the conversation began with."""
        theme = self.last.theme or next(iter(self.turns[-1].topics), None)
        return None if theme is None or self.is_person(theme) or self.is_group(theme) else theme

    def beside(self) -> tuple[str, ...]:
        """The first topics of the last question, without people and without what was only counted or sought."""
        topics = [topic for topic in self.last.topics if not self.is_person(topic) and not self.is_group(topic)]
        return tuple(topic for topic in topics[:_BESIDE] if topic not in sought(self.last.text))

    def reported(self) -> str | None:
        """What the article that the last answer cites first is about, by its title."""
        title = next(iter(self.last.titles), "")
        named = (name for name in understand(title).names if not self.is_person(name))
        return next(named, None) or theme_of(title)

    def is_person(self, name: str) -> bool:
        """Whether a name is a person's: an answer cites or names them, or the first name is one."""
        words = name.split()
        if not words or not words[0][0].isupper() or place(name):
            return False
        if any(same_person(name, known) for known in self._known):
            return True
        return len(words) > 1 and all(word[0].isupper() for word in words) and _gender(name) != ""

    def is_group(self, name: str) -> bool:
        """Whether several people are named: "Putin and Macron"."""
        return " and " in name and all(self.is_person(part.strip()) or part.istitle() for part in name.split(" and "))

    def group(self) -> str | None:
        """Who "they" are that said something: several people, else an organisation."""
        for turn in self.turns:
            found = [topic for topic in turn.topics if self.is_group(topic)]
            found += [name for name in turn.names if not self.is_person(name)]
            if found:
                return found[0]
        return None

    def _cited(self, name: str) -> bool:
        return any(same_person(name, known) for known in self._known)

    def full(self, name: str) -> str:
        """The name as an answer prints it in full: "Macron" is "Emmanuel Macron"."""
        return next((known for known in self._known if same_person(name, known)), name)

    def person(self, gender: str = "", beside: Iterable[str] = ()) -> str | None:
        """Whom "he" or "she" means, not one of ``beside``: who was asked about, else who was cited or named."""
        beside = tuple(beside)
        for turn in self.turns:
            for name in self._people(turn):
                own = _gender(self.full(name))
                if gender and own and own != gender:
                    continue
                if not any(same_person(name, other) for other in beside):
                    return name
        return None

    def _people(self, turn: Turn) -> list[str]:
        cited = [*turn.speakers, *turn.people]
        asked = [turn.speaker] if turn.speaker and not place(turn.speaker) else []
        if asked and turn.speakers and is_title(asked[0]):
            asked = []  # "the coach" has a name now
        asked += [name for name in turn.names if self.is_person(name)]
        placed = set(self._placed(turn))
        others = [
            name for name in turn.names if not place(name) and not name.isupper() and name not in {*asked, *placed}
        ]
        if understand(turn.text).asks in (Asks.WHO, Asks.WHO_SAID):
            fresh = [name for name in cited if not any(same_person(known, name) for known in asked)]
            return [*fresh, *asked, *cited, *others]
        return [*asked, *cited, *others]

    def thing(self, *, many: bool = False, beside: Iterable[str] = ()) -> str | None:
        """What "it" or "they" means: the first topic of the right number, else the first topic."""
        beside = {word.lower() for word in beside}
        first = None
        for turn in self.turns:
            found = [topic for topic in turn.topics if topic.lower() not in beside]
            things = [topic for topic in found if not self.is_person(topic) and (many or not self.is_group(topic))] or [
                topic for topic in found if many or not self._cited(topic)
            ]
            agreeing = [topic for topic in things if not many or plural(topic)]
            if agreeing:
                return agreeing[0]
            first = first or next(iter(things), None)
        return first

    def chosen(self) -> str | None:
        """What the last question asked to choose, as a description: "the film that won the Silver Heron"."""
        match = _CHOICE.match(self.last.text)
        if match is None or match[2] not in VERBS or plural(match[1]) or match[1] in ASPECTS | FUNCTION:
            return None
        return f"the {match[1]} that {match[2]} {match[3]}"

    def office(self, word: str) -> str | None:
        """Who holds an office, where a cited passage says so."""
        return next((person for turn in self.turns for office, person in turn.offices if office == word), None)

    def place(self) -> str | None:
        """Where "there" is: what follows "in" or "to" in an earlier question, or a country it names."""
        return next((found[-1] for turn in self.turns if (found := self._placed(turn))), None)

    def _placed(self, turn: Turn) -> list[str]:
        found = []
        for phrase in phrases(turn.text):
            before = {bare(word) for word in tokens(turn.text[: phrase.start])[-2:]}
            led = not {"on", *PLACE_PREPOSITIONS}.isdisjoint(before) and not TIME.search(phrase.text)
            if place(phrase.text) or (phrase.name and led and not self.is_person(phrase.text)):
                found.append(phrase.text)
        return found

    def preposition(self, name: str) -> str:
        """How an earlier question says that something is at a place: "on" an island."""
        for text in self._texts:
            for preposition in ("in", "on", "at"):
                if f" {preposition} {name.lower()}" in text or f" {preposition} the {name.lower()}" in text:
                    return preposition
        return "in"

    def with_article(self, topic: str) -> str:
        """With "the" where an earlier question has an article before it."""
        low = topic.lower()
        printed = [f" {article} {low}" for article in ("the", "a", "an")]
        # A pattern for each topic would take longer to compile than all the rest takes.
        return f"the {topic}" if any(one in f" {text}" for one in printed for text in self._texts) else topic

    def counted(self) -> str | None:
        """What the last question counted or chose among: "soldiers" of "how many soldiers is ..."."""
        return " ".join(understand(self.last.text).focus) or None

    def said_about(self) -> str | None:
        """What the last question asked somebody's words about."""
        last = self.last
        match = _ABOUT.search(last.text) if last.speaker else None
        return match[1].strip() if match else None

    def called(self, word: str) -> str | None:
        """The topic that has this word as its head: "the experiment" is "Stanford Experiment"."""
        for turn in self.turns:
            for topic in turn.topics:
                if " " in topic and stem(head(topic)) == stem(word):
                    return topic
        return None


def place(name: str) -> bool:
    """Whether the name is a country's, a word for its people or the seat of its government."""
    return name.lower() in _PLACES


def _institution(name: str) -> bool:
    return place(name) or not KINDS.isdisjoint(stem(word) for word in name.split())


def _described(name: str) -> bool:
    """Whether a speaker was asked about by a description with a name in it: "Norland train drivers"."""
    return any(word.islower() for word in name.split()) and not name.islower()


def stem(word: str) -> str:
    """Without the ending of a plural: enough to see that "the experiments" are the experiment."""
    low = bare(word)
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    return low[:-1] if low.endswith("s") and not low.endswith(("ss", "us", "is")) and len(low) > 3 else low


def _gender(name: str) -> str:
    words = name.split()
    first = bare(words[0]) if len(words) > 1 else ""
    return "f" if first in FEMALE_NAMES else "m" if first in MALE_NAMES else ""
