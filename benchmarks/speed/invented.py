"""News that nobody wrote: any number of paragraphs from one seed, with questions that they answer.

What counts for speed is as in news: how long paragraphs and sentences are, how often each word stands (content words
by Zipf's law, function words by the templates), that an article keeps to its topic and its people, and that the number
of different names and words grows with the text. The sense does not count. A smaller collection is the beginning of a
larger one, so that the same questions can be asked of both.
"""

from __future__ import annotations

import datetime
import itertools
import random
from collections.abc import Iterator
from typing import Any

_TEMPLATES = (
    "The {n} of {L} {v} a {a} {n} on {D}, after {m} months of {n} and {n}.",
    "Officials in {L} {v} the {n} because the {a} {n} had not {v} before {D}.",
    "It was the first {n} in {m} years that {v} both the {n} and the {n} of the {a} {O}.",
    "The {O} has {v} about {m} {n} this year, more than the {a} {n} in {L}.",
    "Nobody knows yet how the {n} will {u} the {n}, or whether a {a} {n} could be {v} at all.",
    "A {a} {n} near {L} was {v} late on {D}, and its {n} have been {v} ever since.",
    "While the {n} {v}, the {a} {n} of the {O} {v} to {u} its {n} in {L} and {L}.",
    "The {n} costs {m} million a year, which the {O} wants to {u} with a {a} {n}.",
    "In {L}, the {n} had been {v} for a {a} {n} that never {v}.",
    "Some {m} people were {v} when the {n} {v} in the {a} part of {L}.",
    "The {a} {n}, which {v} in {L}, is not the only {n} that the {O} has to {u}.",
    "Since then, {n} and {n} have {v} the {a} {n} without a {n}.",
    "There is no {n} for it.",
    "That {v} the {n}.",
)
_SAID = (
    "“The {n} will {u} our {a} {n} before the {n} does,” said {P}, who leads the {O} in {L}.",
    "{P} said the {n} had {v} {m} {n} and would {u} them again.",
    "“We cannot {u} the {n} without a {a} {n},” {P} told reporters in {L} on {D}.",
    "{P} of the {O} said that nobody should {u} a {a} {n} “until the {n} has {v}”.",
    "According to {P}, the {n} of {L} was {v} {m} times.",
)
_ASKED = (
    "What did {P} say about the {n}?",
    "Who said that the {n} would {u} the {a} {n}?",
    "How many {n} has the {O} {v} in {L}?",
    "When was the {a} {n} near {L} {v}?",
    "Why did officials in {L} {u} the {n}?",
    "which {n} of the {O} {v} the {a} {n}?",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_SENTENCES = (1, 2, 3, 4, 5, 6)
_SENTENCE_WEIGHTS = (5, 16, 30, 27, 15, 7)
"""Three in the mean and some 55 words: paragraphs as newspapers print them."""

_PARAGRAPHS = (6, 40)
"""In an article: from, to."""

_OWN = 0.4
"""Share of an article's content words that belong to its topic."""


class Zipf:
    """Draws from words of which the second stands half as often as the first, the third a third as often."""

    def __init__(self, chance: random.Random, words: list[str]) -> None:
        self._chance = chance
        self._words = words
        self._weights = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(len(words))))

    def draw(self, count: int) -> list[str]:
        """So many of them, with repetitions."""
        return self._chance.choices(self._words, cum_weights=self._weights, k=count)


class World:
    """Words, people, places and outlets of one seed."""

    def __init__(self, seed: int = 6) -> None:
        self._chance = chance = random.Random(seed)
        taken: set[str] = set()
        self._nouns = Zipf(chance, [_word(chance, taken) for _ in range(24_000)])
        self._adjectives = Zipf(
            chance, [_word(chance, taken) + chance.choice(("al", "ive", "ish")) for _ in range(6_000)]
        )
        self._verbs = Zipf(chance, [_word(chance, taken) for _ in range(6_000)])
        self._places = Zipf(chance, [_word(chance, taken).capitalize() for _ in range(3_000)])
        first = [_word(chance, taken).capitalize() for _ in range(900)]
        last = [_word(chance, taken).capitalize() for _ in range(9_000)]
        self._people = Zipf(chance, [f"{chance.choice(first)} {chance.choice(last)}" for _ in range(20_000)])
        bodies = ("Council", "Ministry", "Institute", "Party", "Union", "Agency")
        self._bodies = Zipf(
            chance, [f"{_word(chance, taken).capitalize()} {chance.choice(bodies)}" for _ in range(2_000)]
        )
        kinds = ("Post", "Courier", "Herald", "Gazette", "Wire")
        self._outlets = Zipf(chance, [f"{_word(chance, taken).capitalize()} {chance.choice(kinds)}" for _ in range(40)])

    def articles(self, paragraphs: int) -> Iterator[tuple[dict[str, Any], list[str]]]:
        """Rows as ``dateline ingest`` reads them, which hold just so many paragraphs; some questions on each."""
        left, number = paragraphs, 0
        day = datetime.date(2023, 1, 1)
        while left > 0:
            count = min(self._chance.randint(*_PARAGRAPHS), left)
            topic = self._topic()
            printed = [self._paragraph(topic) for _ in range(count)]
            title = self._filled("{n} {v} in {L}: the {a} {n}", topic).capitalize()
            row = {
                "id": f"invented-{number:06}",
                "title": title,
                "text": "\n\n".join(printed),
                "outlet": self._outlets.draw(1)[0],
                "published_at": (day + datetime.timedelta(days=number % 700)).isoformat(),
            }
            # Of its own topic, and of nothing else, or none could tell which article answers.
            yield row, [self._filled(template, {**topic, "own": 1.0}) for template in _ASKED]
            left -= count
            number += 1

    def _topic(self) -> dict[str, Any]:
        return {
            "n": self._nouns.draw(9), "a": self._adjectives.draw(4), "v": self._verbs.draw(4),
            "L": self._places.draw(3), "P": self._people.draw(3), "O": self._bodies.draw(2), "own": _OWN,
        }  # fmt: skip

    def _paragraph(self, topic: dict[str, Any]) -> str:
        (count,) = self._chance.choices(_SENTENCES, _SENTENCE_WEIGHTS)
        sentences = []
        for _ in range(count):
            template = self._chance.choice(_SAID if self._chance.random() < 0.25 else _TEMPLATES)
            sentences.append(self._filled(template, topic))
        return " ".join(sentences)

    def _filled(self, template: str, topic: dict[str, Any]) -> str:
        """With words of the topic and of all others; ``u`` is a verb as it stands, ``v`` in the past."""
        sources = {
            "n": self._nouns, "a": self._adjectives, "v": self._verbs, "L": self._places, "P": self._people,
            "O": self._bodies,
        }  # fmt: skip
        head, *rest = template.split("{")
        parts = [head]
        for part in rest:
            slot, _, after = part.partition("}")
            if slot == "D":
                word = self._chance.choice(_DAYS)
            elif slot == "m":
                word = str(int(2 + 10 ** self._chance.uniform(0, 3)))
            else:
                kind = "v" if slot == "u" else slot
                own = self._chance.random() < (topic["own"] if kind not in "PLO" else 0.8)
                word = self._chance.choice(topic[kind]) if own else sources[kind].draw(1)[0]
                word = f"{word}ed" if slot == "v" else word
            parts += [word, after]
        return "".join(parts)


_ONSETS = "b br c cr d dr f fl g gr h j k l m n p pl pr r s sl st t tr v w".split()
_NUCLEI = "a e i o u ai ea ou".split()
_CODAS = ("", "", "l", "n", "r", "s", "t", "m", "nd", "rk", "st")


def _word(chance: random.Random, taken: set[str]) -> str:
    """A word that no other is, short ones first."""
    while True:
        count = 2 if len(taken) < 4_000 else 3
        parts = [chance.choice(_ONSETS) + chance.choice(_NUCLEI) for _ in range(count)]
        word = "".join(parts) + chance.choice(_CODAS)
        if word not in taken:
            taken.add(word)
            return word
