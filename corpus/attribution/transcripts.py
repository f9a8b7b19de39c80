"""Transcripts and interviews: who speaks by the label before a paragraph, "ROE: ...", "Q: ...".

A label speaks until the next one. Many lists print labels as well ("FILM: ...", "LAST WEEK: ..."), so that labels
count only where they are names or parts of a conversation, some of them return, and people address each other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.attribution.names import Individual, Names
from corpus.attribution.shouting import shouts
from corpus.attribution.vocabulary import (
    COUNTRIES,
    FEMALE_NAMES,
    FUNCTION,
    MALE_NAMES,
    NOT_PERSONAL,
    OCCUPATIONS,
    OUTLETS,
    PARTICLES,
    ROLE_MODIFIERS,
    ROLES,
)
from corpus.models import Block, PassageKind

_LABEL: Final = re.compile(
    r"[*_]{0,3}(?P<name>[^\W\d_][\w.’'‐‑-]*(?:[ \u00a0][\w.’'‐‑&-]+){0,6})(?:,[ \u00a0][^:.?!“”\"]{1,40})?"
    r"(?:\s?\([^()\n]{1,40}\))?(?:[*_]{0,3}:[*_]{0,3}(?P<gap>\s+)|(?<=^[QA])\.\s+|(?<=\n[QA])\.\s+)(?=\S)"
)
_ASKS: Final = frozenset(("q", "question", "questions"))
_ANSWERS: Final = frozenset(("a", "answer"))
_UNNAMED: Final = _ASKS | _ANSWERS
_PARTS: Final = frozenset(
    "interviewer moderator host reporter questioner narrator anchor announcer audience unidentified male female voice "
    "journalist presenter caller protester crowd correspondent member speaker".split()
)
_NEVER: Final = NOT_PERSONAL | FUNCTION | COUNTRIES.keys() | ROLES
_ADDRESS: Final = re.compile(
    r"\b(?:I|I[’']\w+|[Yy]ou|[Yy]ou[’']\w+|[Ww]e|[Ww]e[’']\w+|[Mm]y|[Mm]e|[Yy]our|[Oo]ur|[Uu]s)\b|\?|\b[Tt]hank"
)
_YOU: Final = re.compile(r"\b[Yy]ou(?:r|[’']\w+)?\b")
_OWN: Final = re.compile(r"\b(?:I|I[’']\w+|[Mm]y|[Ww]e|[Oo]ur)\b")
_QUOTED: Final = re.compile(r"[“\"][^“”\"]*[”\"]")
_STAGE: Final = re.compile(r"[\[(][^\[\]()]*[\])]\W*")
_EDITOR: Final = re.compile(
    r"\W*(?:this|the|our)\s(?:\w+\s)?(?:interview|conversation|transcript|discussion|exchange|q&a)\b", re.IGNORECASE
)
_WITH: Final = re.compile(
    r"\b(?:[Ii]nterview(?:s|ed|ing)?|[Cc]onversations?|[Qq]\s?&\s?[Aa]|[Ss]poke|[Ss]peaks|[Tt]alked|[Tt]alks"
    r"|[Ss]at down|[Ss]its down|[Cc]aught up|[Qq]uestions)\s?(?:with|to|for|:)?\s"
)
_ANSWERED: Final = re.compile(r"\s(?:talks|talked|speaks|spoke|sat down|sits down|answers|answered)\b(?!\sabout)")
# So far behind "an interview with" the name may begin.
_REACH: Final = 60
# As many paragraphs without a label a turn goes on for.
_LONGEST: Final = 12
_FEWEST: Final = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """What one paragraph of a transcript says: ``label`` and ``words`` are ranges of the body.

    ``speaker`` is None where nobody is named.
    """

    speaker: str | None
    label: tuple[int, int]
    words: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Label:
    number: int
    text: str
    start: int
    end: int
    words: int
    """Where what is said begins."""


def turns(body: str, blocks: Sequence[Block], names: Names) -> dict[int, Turn]:
    """The paragraphs of an article that are turns of a conversation, by their place in ``blocks``."""
    labels = _labels(body, blocks)
    if len(labels) < 2:
        return {}
    counts = Counter(one.text.lower() for one in labels)
    who = {text: _who(text, counts, names) for text in {one.text for one in labels}}
    sure = [one for one in labels if who[one.text] is not None or one.text.lower() in _UNNAMED]
    if not _converse(body, blocks, sure):
        return {}
    if any(one.text.lower() in _ANSWERS for one in sure):
        guest = _interviewed(body, blocks, sure[0].number, names)
        who.update((text, guest) for text in who if text.lower() in _ANSWERS)
    for text in who:
        if who[text] is None and text.lower() not in _UNNAMED:
            who[text] = _full_name(text)
    return dict(_turns(body, blocks, labels[labels.index(sure[0]) :], who, names))


def _labels(body: str, blocks: Sequence[Block]) -> list[_Label]:
    found = []
    for number, block in enumerate(blocks):
        if ":" not in block.text[:120] and block.text[1:2] != ".":
            continue
        match = _LABEL.match(body, block.start, block.end)
        if match is not None and match.end() < block.end:
            name = match.group("name").rstrip(".")
            found.append(_Label(number, name, match.start("name"), match.start("name") + len(name), match.end()))
    return found


def _who(label: str, counts: Counter[str], names: Names) -> str | None:
    """Whom a label names; None where it names nobody."""
    words = label.split()
    lows = [word.lower() for word in words]
    if label.lower() in _UNNAMED:
        return None
    if _PARTS.intersection(lows):
        return label
    while len(words) > 1 and (lows[0] in ROLES or lows[0] in ROLE_MODIFIERS or lows[0] in OCCUPATIONS):
        words, lows = words[1:], lows[1:]
    titled = len(words) < len(label.split())
    person = names.find([word.capitalize() if word.isupper() else word for word in words])
    person = person or (_by_initials(label, names) if len(words) == 1 else None)
    if person is not None:
        return person.name
    if not all(word[0].isupper() or low in PARTICLES for word, low in zip(words, lows, strict=True)):
        return None
    if OUTLETS.intersection(lows):
        return label
    if len(words) > 4 or not _NEVER.isdisjoint(lows):
        return None
    if titled or lows[0] in MALE_NAMES or lows[0] in FEMALE_NAMES:
        return " ".join(words)
    return label if counts[label.lower()] > 1 and (label.isupper() or len(words) > 1) else None


def _by_initials(label: str, names: Names) -> Individual | None:
    """ "AR:" in an interview with Anna Roe."""
    letters = label.replace(".", "")
    if not 2 <= len(letters) <= 3 or not letters.isupper():
        return None
    found = [one for one in names.individuals if "".join(word[0] for word in one.name.split()).upper() == letters]
    return found[0] if len(found) == 1 else None


def _full_name(label: str) -> str | None:
    """A label that appears once, where it can be nothing but a name of two words or more."""
    words = label.split()
    plain = all(word[0].isupper() and word.lower() not in _NEVER for word in words)
    return label if 2 <= len(words) <= 4 and plain and not label.isupper() else None


def _converse(body: str, blocks: Sequence[Block], labels: Sequence[_Label]) -> bool:
    """Whether labelled paragraphs are a conversation: two speak, somebody again, and to each other."""
    counts = Counter(one.text.lower() for one in labels)
    if _ASKS.intersection(counts) and _ANSWERS.intersection(counts):
        return True
    if len(counts) < 2 or len(labels) < _FEWEST or max(counts.values()) < 2:
        return False
    if len(counts) * 3 > len(labels) * 2:
        return False
    addressed = sum(_ADDRESS.search(body, one.words, blocks[one.number].end) is not None for one in labels)
    return addressed * 2 >= len(labels)


def _interviewed(body: str, blocks: Sequence[Block], first: int, names: Names) -> str | None:
    """The one person whom the lines before the first question name as the one who answers."""
    found = set()
    for block in blocks[:first]:
        for match in _WITH.finditer(body, block.start, block.end):
            for mention in names.mentioned(match.end(), min(match.end() + _REACH, block.end))[:1]:
                if not any(mark in body[match.end() : mention.start] for mark in '.?!;“”"'):
                    found.add(mention.person.name)
        for mention in names.mentioned(block.start, block.end):
            if _ANSWERED.match(body, mention.end, block.end):
                found.add(mention.person.name)
    return found.pop() if len(found) == 1 else None


def _turns(
    body: str, blocks: Sequence[Block], labels: Sequence[_Label], who: dict[str, str | None], names: Names
) -> Iterator[tuple[int, Turn]]:
    goes_on = False
    for place, one in enumerate(labels):
        speaker, last = who[one.text], place + 1 == len(labels)
        if speaker is None and one.text.lower() not in _UNNAMED:
            continue  # "Related: ..." ends a turn and begins none
        yield one.number, Turn(speaker, (one.start, one.end), (one.words, blocks[one.number].end))
        if last and not goes_on:
            return  # whether the article goes on by itself cannot be told
        limit = min(one.number + 1 + _LONGEST, len(blocks)) if last else labels[place + 1].number
        for number in range(one.number + 1, limit):
            before_label = number + 1 == limit and not last
            if not _continues(blocks[number], speaker, names, last=last, before_label=before_label):
                break
            goes_on = True
            yield number, Turn(speaker, (one.start, one.end), (blocks[number].start, blocks[number].end))


def _continues(block: Block, speaker: str | None, names: Names, *, last: bool, before_label: bool) -> bool:
    """Whether a paragraph without a label is by who spoke before.

    It is not where it tells of him or of the talk, where it may be somebody's question, and behind the last label
    where nobody speaks of himself.
    """
    text = block.text
    if block.kind is not PassageKind.PARAGRAPH or _EDITOR.match(text) or _STAGE.fullmatch(text) or shouts(text):
        return False
    if text.endswith("?") or (before_label and _YOU.search(text) is not None):
        return False
    named = names.mentioned(block.start, block.end)
    if any(mention.person.name == speaker for mention in named):
        return False
    if last:
        return _OWN.search(_QUOTED.sub("", text)) is not None
    return _ADDRESS.search(text) is not None or not named
