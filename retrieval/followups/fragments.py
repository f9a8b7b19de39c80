"""Fragments that live on the question before: "and to Kyiv?", "what about Macron?", "why?", "who else?"."""

from __future__ import annotations

import re
from typing import Final

from corpus.attribution import same_person
from retrieval.followups.context import Context, place, stem
from retrieval.followups.phrases import TOKEN, Phrase, bare, phrases
from retrieval.followups.vocabulary import (
    ASPECTS,
    AUXILIARIES,
    FUNCTION,
    PLACE_PREPOSITIONS,
    PREPOSITIONS,
    QUALITIES,
    TIME,
    VERBS,
)
from retrieval.question import Asks, understand

_LONGEST: Final = 8
"""Words; what is longer says what it means."""

_LED: Final = re.compile(
    r"^\W*(?P<and>and|but|or|so|ok|okay|also)?\b[\s,]*(?P<about>(?:what|how)\s+about|what\s+of)?\b[\s,]*(?P<rest>.+?)[\s?.!]*$",
    re.IGNORECASE,
)
_BARE: Final = re.compile(
    r"^\W*(?:(?:and|but|so)\s+)?(?P<asked>(?:since|until|by)\s+when|why(?:\s+not)?|when|where(?:\s+to)?|who(?:m)?|"
    r"how(?:\s+(?:many|much|long|often|far|old|big|soon|so))?)(?P<else>\s+else)?(?:\s+(?:exactly|then|that))?[\s?.!]*$",
    re.IGNORECASE,
)
_ADVERBIAL: Final = re.compile(
    r"^(?:when|where|why|how|how\s+long|how\s+soon|how\s+often|since\s+when)$", re.IGNORECASE
)
_OPENING: Final = re.compile(
    r"^(?P<asked>(?:since\s+)?(?:what|when|where|why|who|whom|how)(?:\s+(?:long|soon|often|far))?)\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
_SAYING: Final = re.compile(r"\b(say|think|tell)\b(?=\s+(?:about|on|of|to)\b|\W*$)", re.IGNORECASE)
_ABOUT: Final = re.compile(r"\b(?:about|on|regarding|concerning)\s+(?P<topic>[^?.!;()]+)", re.IGNORECASE)
_NESTED: Final = re.compile(r"^(?:Who|When|Where|Why|How|Since|Until|By)\b[\w\s]{0,14} \((.+)\)\?$")
_YEAR: Final = re.compile(r"\b(?:1[89]|20)\d\d\b")


def completed(text: str, context: Context) -> str | None:
    """The question that a fragment stands for, made from the last question; None where ``text`` is none."""
    asked = _BARE.match(text)
    if asked:
        return _asked_anew(asked["asked"], bool(asked["else"]), context)
    match = _LED.match(text)
    if match is None or not (match["and"] or match["about"]):
        return None
    rest = match["rest"]
    words = [bare(word) for word in TOKEN.findall(rest)]
    if (
        all(word in FUNCTION for word in words)
        or len(words) > _LONGEST
        or not AUXILIARIES.isdisjoint(words)
        or _OPENING.match(rest)
    ):
        return None
    if any(word in VERBS and word not in ASPECTS for word in words) and words[0] not in PREPOSITIONS:
        return None
    last = context.last.text
    if words[0] in PREPOSITIONS:
        return _with_preposition(last, rest, words[0], context)
    named = [phrase for phrase in phrases(f"and {rest}") if phrase.name]
    if named:
        return _with_name(last, rest, context)
    return _with_noun(last, rest, words, context)


def _ended(question: str) -> str:
    return question.rstrip(" ?.!") + "?"


def _with_preposition(last: str, rest: str, preposition: str, context: Context) -> str:
    """ "and to Kyiv?": in the place of "to Moscow", else behind the question."""
    body = last.rstrip(" ?.!")
    year = _YEAR.search(rest)
    if year and (old := _YEAR.search(last)):
        return _ended(last[: old.start()] + year.group() + last[old.end() :])
    about = _ABOUT.search(body) if context.last.speaker else None
    if about and preposition in ("about", "on", "regarding", "concerning"):
        return _ended(body[: about.start()] + rest + body[about.end() :])
    timed = TIME.search(rest) is not None or year is not None
    spans = [
        span
        for span in _spans(body)
        if timed == bool(TIME.search(body[span[0] : span[1]]) or _YEAR.search(body[span[0] : span[1]]))
    ]
    same = [span for span in spans if span[2] == preposition]
    if not same and preposition in PLACE_PREPOSITIONS and not timed:
        same = [span for span in spans if span[2] in PLACE_PREPOSITIONS and span[3] and not context.is_person(span[3])]
    if same:
        start, end, *_ = same[-1]
        return _ended(body[:start] + rest + body[end:])
    return _ended(f"{body} {rest}")


def _spans(text: str) -> list[tuple[int, int, str, str]]:
    """(start, end, preposition, name or nothing) of each preposition with what follows it."""
    tokens = list(TOKEN.finditer(text))
    found = []
    for index, token in enumerate(tokens):
        if bare(token.group()) not in PREPOSITIONS:
            continue
        at = index + 1
        while at < len(tokens) and tokens[at].group().lower() in ("the", "a", "an", "this", "that"):
            at += 1
        first = at
        while at < len(tokens) and bare(tokens[at].group()) not in FUNCTION and _touches(text, tokens, at, first):
            at += 1
        if at > first:
            words = text[tokens[first].start() : tokens[at - 1].end()]
            found.append(
                (token.start(), tokens[at - 1].end(), bare(token.group()), words if words[0].isupper() else "")
            )
    return found


def _touches(text: str, tokens: list[re.Match[str]], at: int, first: int) -> bool:
    return at == first or not text[tokens[at - 1].end() : tokens[at].start()].strip()


def _with_name(last: str, rest: str, context: Context) -> str | None:
    """ "and Macron?": in the place of a name of the same kind."""
    question = understand(last)
    speaker = context.last.speaker
    is_place = place(rest) or rest.isupper()
    if speaker and speaker in last and not is_place and not same_person(rest, speaker):
        # "What did Putin say about Macron?" - "And Zelensky?" may mean either; who speaks is the rule.
        whole = re.search(
            rf"\b(?:did|does|do|has|have|had|would|could)\s+(.*?{re.escape(speaker)})", last, re.IGNORECASE
        )
        return _ended(last[: whole.start(1)] + rest + last[whole.end(1) :] if whole else last.replace(speaker, rest, 1))
    if question.asks is Asks.SAID and (about := _ABOUT.search(last)):
        return _ended(last[: about.start("topic")] + rest + last[about.end("topic") :])
    if context.is_person(rest) and not any(context.is_person(name) for name in question.names):
        thing = context.thing()
        return f"What did {rest} say about {context.with_article(thing)}?" if thing else None
    names = [phrase for phrase in phrases(last) if phrase.name and "(" not in last[: phrase.start]]
    for alike in (lambda name: place(name) == is_place and context.is_person(name) == context.is_person(rest), place):
        kind = [phrase for phrase in names if alike(phrase.text) == (True if alike is not place else is_place)]
        if kind:
            return _put(last, kind[0], rest)
    return _put(last, names[-1], rest) if names else None


def _put(last: str, phrase: Phrase, rest: str) -> str:
    before = last[: phrase.start]
    if rest.lower().startswith("the ") and before.lower().rstrip().endswith(" the"):
        rest = rest[4:]
    return _ended(before + rest + last[phrase.end :])


def _with_noun(last: str, rest: str, words: list[str], context: Context) -> str | None:
    """ "what about disadvantages?", "and the oldest?": in the place of a word of the same kind."""
    if understand(last).asks is Asks.SAID and (about := _ABOUT.search(last)):
        return _ended(last[: about.start("topic")] + rest + last[about.end("topic") :])
    tokens = list(TOKEN.finditer(last))
    if words[-1] in ASPECTS:
        old = next((token for token in tokens if bare(token.group()) in ASPECTS - QUALITIES), None)
        if old is not None and stem(words[-1]) != stem(old.group()):
            return _ended(last[: old.start()] + rest + last[old.end() :])
        return None
    if words[-1].endswith("est"):
        old = next((token for token in tokens if bare(token.group()).endswith("est")), None)
        if old is not None:
            return _ended(last[: old.start()] + words[-1] + last[old.end() :])
        return None
    found = [phrase for phrase in phrases(last) if not phrase.side]
    alike = [phrase for phrase in found if stem(phrase.text.split()[-1]) == stem(words[-1])]
    if alike:
        return _put(last, alike[0], rest)
    simple = re.match(r"^(?:is|are|was|were)\s+(?:an?\s+|the\s+)?", last, re.IGNORECASE)
    if simple and found and found[0].start == simple.end() and len(found) > 1:
        return _put(last, found[0], rest)
    return None


def _asked_anew(asked: str, other: bool, context: Context) -> str | None:
    """ "why?": the last question, asked with another word."""
    nested = _NESTED.match(context.last.text)  # "why?" after "when?" is about the same question
    last = f"{nested[1]}?" if nested else context.last.text
    word = asked[0].upper() + asked[1:].lower()
    opening = _OPENING.match(last)
    body = last.rstrip(" ?.!")
    first = bare(TOKEN.findall(last)[0]) if TOKEN.search(last) else ""
    if other:
        if opening and opening["asked"].lower() == asked.lower():
            return _ended(f"{word} else {opening['rest']}")
        if asked.lower() == "who" and context.last.speaker and (about := _ABOUT.search(body)):
            return _ended(f"Who else spoke about {about['topic']}")
        return f"{word} else ({body})?"
    if opening is None and first in AUXILIARIES and _ADVERBIAL.match(asked):
        return _ended(f"{word} {last[0].lower()}{last[1:]}")
    if opening and _ADVERBIAL.match(asked):
        following = bare(TOKEN.findall(opening["rest"])[0])
        if following in AUXILIARIES:
            rest = opening["rest"]
            if opening["asked"].lower() in ("what", "who", "whom"):
                rest = _SAYING.sub(r"\1 that", rest)
            return _ended(f"{word} {rest}")
    return f"{word} ({body})?"
