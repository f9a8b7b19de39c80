"""Which things a question names: noun phrases read off word lists and positions, without a tagger."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from retrieval.followups.vocabulary import (
    ASPECTS,
    BEING,
    DETERMINERS,
    DOING,
    FUNCTION,
    NOMINATIVES,
    OFFICES,
    QUALITIES,
    VERBS,
)
from retrieval.question import understand

TOKEN: Final = re.compile(r"[^\W_]+(?:[’'./&-][^\W_]+)*")
_POSSESSIVE: Final = re.compile(r"(?:[’']s|(?<=s)[’'])$")
_CLITIC: Final = re.compile(r"^(.+?)[’'](?:s|m|re|ve|ll|d|t)$")
_JOINS: Final = frozenset("of and the for de der van von".split())
_ABBREVIATIONS: Final = frozenset("St Mr Mrs Ms Dr Gen Gov Sen Rep Prof Mt".split())
_SINGULAR_S: Final = re.compile(r"(?:ss|us|is|ics|news)$")
_NO_THING: Final = re.compile(r"^[\d.,%]+$|^[a-z-]+(?:able|ible|ous|ive|ful|less|ly|ed|ical|gal)$")
"""Alone, these are what is asked of a thing: "treatable", "legal"."""
_DEED: Final = re.compile(r"^[a-z]+(?:ed|ing)$")
_ATTACHED: Final = re.compile(r"\s(?:in|at|on|of)(?:\sthe)?\s")
_ASKED: Final = re.compile(r"\b(?:how\s+(?:many|much)|which|what)\s+(?:other\s+|more\s+)?$", re.IGNORECASE)
"""What stands directly behind these is sought or counted, and less likely to be taken up than the rest."""

_BEFORE_DEED: Final = frozenset("of for by after before when while without from start begin".split())


@dataclass(frozen=True, slots=True)
class Phrase:
    """A thing named in a question; ``start`` and ``end`` are offsets into it, without determiner."""

    text: str
    start: int
    end: int
    name: bool = False
    """Written with a capital where a common noun has none."""
    side: bool = False
    """Only a side of something: "health effects"."""


def plural(text: str) -> bool:
    """Whether "they" suits a thing better than "it": the last word is a plural, or two things are named."""
    last = head(text)
    return bool((last.endswith("s") and not _SINGULAR_S.search(last) and len(last) > 3) or " and " in text)


def head(text: str) -> str:
    """The word that says what a thing is: "walkway" of "wooden walkway in Dunmallow"."""
    words = _ATTACHED.split(text)[0].split()
    return words[-1] if words else ""


def bare(word: str) -> str:
    """In lower case, without a possessive ending."""
    return _POSSESSIVE.sub("", word.replace("’", "'")).lower()


def topics_of(text: str) -> tuple[str, ...]:
    """The things a question names, each once, in order; sides of things only where nothing else is named."""
    found = [phrase for phrase in phrases(text) if not phrase.side] or list(phrases(text))
    topics: list[str] = []
    asked: list[str] = []
    index = 0
    while index < len(found):
        start, end = found[index].start, found[index].end
        # "acidic reflux in the morning": what follows belongs to it.
        if index + 1 < len(found) and _ATTACHED.fullmatch(text[end : found[index + 1].start]) and not found[index].name:
            index += 1
            end = found[index].end
        (asked if _ASKED.search(text[:start]) else topics).append(text[start:end])
        index += 1
    return tuple(dict.fromkeys([*topics, *asked]))


def sought(text: str) -> frozenset[str]:
    """Things that a question counts or chooses among: "beds" of "how many beds does the hospital have?"."""
    return frozenset(phrase.text for phrase in phrases(text) if _ASKED.search(text[: phrase.start]))


def theme_of(text: str) -> str | None:
    """What a conversation that opens with this question is about: the first name but the speaker's, else a thing."""
    found = phrases(text)
    speaker = understand(text).speaker
    strong = [phrase for phrase in found if not phrase.side and not (speaker and speaker in phrase.text)] or list(found)
    return next((phrase.text for phrase in strong if phrase.name), strong[0].text if strong else None)


def phrases(text: str) -> tuple[Phrase, ...]:
    """The things a question names, in order. Words that only say what is asked of a thing are no part of them."""
    tokens = list(TOKEN.finditer(text))
    found: list[Phrase] = []
    index = 0
    while index < len(tokens):
        if _function(tokens[index].group()):
            index += 1
            continue
        first = index
        index += 1
        while index < len(tokens) and _goes_on(text, tokens, index):
            index += 1
        found.extend(_things(text, tokens, first, index))
    return tuple(found)


def _function(word: str) -> bool:
    if bare(word) in FUNCTION or (len(word) == 1 and not word.isdigit()):
        return True
    clitic = _CLITIC.match(word.lower())
    return clitic is not None and (clitic[1] in FUNCTION or word.lower().endswith(("n't", "n’t")))


def _goes_on(text: str, tokens: list[re.Match[str]], index: int) -> bool:
    """Whether the run of words that holds the token before goes on with this one."""
    before, token = tokens[index - 1], tokens[index]
    between = text[before.end() : token.start()].strip(" ’'")
    if between and not (between == "." and before.group() in _ABBREVIATIONS):
        return False
    word = token.group()
    if not _function(word):
        return True
    # "Lewis and Clark", "Bank of England": a small word between two capitals.
    following = index + 1
    if word in _JOINS and following < len(tokens) and tokens[following].group() in _JOINS:
        following += 1
    return (
        word in _JOINS
        and following < len(tokens)
        and tokens[following].group()[0].isupper()
        and not _function(tokens[following].group())
        and (before.group()[0].isupper() or before.group() in _JOINS)
        and not _POSSESSIVE.search(before.group())
        and before.start() > 0
    )


def _things(text: str, tokens: list[re.Match[str]], first: int, end: int) -> list[Phrase]:
    """One run of words may hold several things: "sunlight cause depression"."""
    opener = first - 1
    while opener > 0 and tokens[opener].group().lower() in DETERMINERS:
        opener -= 1
    lead = tokens[opener].group().lower() if opener >= 0 and opener < first else ""
    follows = bare(tokens[end].group()) if end < len(tokens) else ""
    directly = tokens[first - 1].group().lower() if first else ""
    if _low(tokens[first]) and (directly == "how" or _starts_with_deed(tokens, first, end, lead)):
        first += 1
    last = end
    if last - first > 1 and _low(tokens[last - 1]):
        word = tokens[last - 1].group()
        # "did Franklin want it", "how does it work", "where was cheese created"
        acts = lead in DOING and (not follows or follows in FUNCTION) and follows != "of"
        if (lead in BEING and word.endswith("ed")) or (acts and not word.endswith(("tion", "ment", "ness", "ity"))):
            last -= 1
    found = []
    at = first
    while at < last:
        if _generic(tokens[at], at) or (
            _low(tokens[at]) and bare(tokens[at].group()) in OFFICES and _name_at(tokens, at + 1, last)
        ):
            at += 1
            continue
        stop = at + 1
        while stop < last and not (_low(tokens[stop]) and bare(tokens[stop].group()) in VERBS - ASPECTS):
            stop += 1
        found.extend(_thing(text, tokens, at, stop))
        at = stop
    return found


def _thing(text: str, tokens: list[re.Match[str]], first: int, last: int) -> list[Phrase]:
    tail = last
    if tail > first + 1 and _DEED.search(tokens[tail - 1].group()) and tokens[tail - 2].group()[0].isupper():
        tail -= 1  # "Russia invaded", "Germany sending"
    while tail > first + 1 and _generic(tokens[tail - 1], tail - 1):
        if _numbered(tokens[tail - 2]) and bare(tokens[tail - 1].group()) in ASPECTS - VERBS:
            break
        tail -= 1
    named = any(token.group()[0].isupper() for token in tokens[first:tail] if token.start())
    side = tail < last and not named and bare(tokens[last - 1].group()) in ASPECTS
    if side:
        tail = last
    start = tokens[first].start()
    printed = _POSSESSIVE.sub("", text[start : tokens[tail - 1].end()])
    if not named and _NO_THING.search(printed):
        return []
    return [Phrase(printed, start, start + len(printed), named, side)]


def _numbered(before: re.Match[str]) -> bool:
    """Whether a name or number stands before a general word: "529 plan", "the Galileo system"."""
    word = before.group()
    return (word.isdigit() or (word[0].isupper() and before.start() > 0)) and not _POSSESSIVE.search(word)


def _starts_with_deed(tokens: list[re.Match[str]], first: int, end: int, lead: str) -> bool:
    """ "you sleep", "of consuming drinks" """
    word = tokens[first].group()
    if lead in NOMINATIVES:
        return True
    return end - first > 1 and word.endswith("ing") and (lead in _BEFORE_DEED or tokens[first + 1].group()[0].isupper())


def _name_at(tokens: list[re.Match[str]], index: int, last: int) -> bool:
    return index < last and tokens[index].group()[0].isupper()


def _low(token: re.Match[str]) -> bool:
    return token.group().islower()


def _generic(token: re.Match[str], index: int) -> bool:
    word = token.group()
    if index and word[0].isupper():
        return False
    low = bare(word)
    return low in ASPECTS or low in QUALITIES or low in VERBS or low in FUNCTION
