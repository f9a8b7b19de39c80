"""Words that point back, put for what they mean: pronouns, "there", "that deal", "the spokesman", "which one"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from retrieval.followups.context import Context
from retrieval.followups.phrases import TOKEN, Phrase, bare
from retrieval.followups.vocabulary import (
    ASPECTS,
    AUXILIARIES,
    FEMALE,
    FUNCTION,
    GROUPS,
    KINDS,
    MALE,
    OFFICES,
    PERSONAL,
    POINTING,
    POSSESSIVES,
    PREPOSITIONS,
    THINGS,
    VERBS,
)
from retrieval.question import understand

_CLAUSE: Final = re.compile(
    r"[;:?.!]|,|\b(?:if|when|because|which|while|than)\b|"
    r"\band\s+(?=(?:its|their|his|her)\b|$)|"
    r"\b(?:and|but|or)\s+(?:what|how|why|when|where|who|which|is|are|was|were|do|does|did|can|will)\b",
    re.IGNORECASE,
)
_EMPTY_IT: Final = re.compile(
    r"\bit\s+(?:mean\s+to|takes?\s+(?:\w+\s+)?to|rains?\b|snows?\b)"
    r"|\b(?:is|was)\s+it\s+(?:\w+\s+)?(?:true|possible|likely|necessary|legal|safe|important|clear|known)\s+(?:that|to|if)\b",
    re.IGNORECASE,
)
EXISTS: Final = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had)\s+there\b|\bthere\s+(?:is|are|was|were|be|been|any|a|an)\b|"
    r"\bthere['’]s\b|\bthere\s+to\b|\bthere\s+(?:will|would|could|might|may|has|have)\b|\b(?:will|would|could)\s+there\s+be\b",
    re.IGNORECASE,
)
_SAID: Final = re.compile(
    r"\b(?:say|says|said|saying|think|thinks|thought|tell|told|mean|means|know|knows)\s+$", re.IGNORECASE
)
"""What stands after these is what was said, not what it was said about."""

_ASKS_SIDE: Final = re.compile(
    r"^\W*(?:and\s+)?(?:what|which|tell|describe|explain|are|is|how\s+(?:many|much))\b", re.IGNORECASE
)
_COUNTS: Final = re.compile(
    r"\b(how\s+many)(?=\s+(?:is|are|was|were|did|does|do|has|have|had|will|would|could|can)\b)|\b(which)\s+ones?\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Draft:
    """A question while it is rewritten: changes to the typed text, and what was taken for them."""

    text: str
    context: Context
    own: tuple[Phrase, ...]
    changes: list[tuple[int, int, str]] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    suffix: list[str] = field(default_factory=list)

    def replace(self, start: int, end: int, new: str, taken: str) -> None:
        """Put ``new`` for the typed words, on account of the topic or person ``taken``; what is changed stays so."""
        if any(start < other_end and other < end for other, other_end, _ in self.changes):
            return
        self.changes.append((start, end, new))
        self.taken.append(taken)

    def append(self, thing: str) -> None:
        """Name ``thing`` behind the question: "the advantages of X" where it ends so, else in brackets."""
        words = TOKEN.findall(self.text)
        last = words[-1] if words else ""
        ends = bare(last) in ASPECTS and _ASKS_SIDE.match(self.text) and self.text.rstrip(" ?").endswith(last)
        self.suffix.append(f"of {thing}" if ends else f"({thing})")
        self.taken.append(thing)

    def finished(self) -> str:
        """The question as rewritten."""
        text = self.text
        for start, end, new in sorted(self.changes, reverse=True):
            text = text[:start] + new + text[end:]
        if not self.suffix:
            return text
        body = text.rstrip(" ?!.")
        return body + " " + " ".join(self.suffix) + (text[len(body) :].strip() or "")


def put_meanings(draft: Draft) -> None:
    """Put what they mean for the words of ``draft`` that point back; a word without a meaning stays."""
    _personal(draft)
    _things(draft)
    _pointing(draft)
    _there(draft)
    _descriptions(draft)
    _counted(draft)


def _within(draft: Draft, token: re.Match[str], *, person: bool) -> bool:
    """Whether the question itself names before the pronoun what the pronoun means."""
    for phrase in draft.own:
        if phrase.end > token.start():
            continue
        if person:
            # Nobody acts on himself without saying so: in "Did Macron agree with him?" he is somebody else.
            free = _is_possessive(draft, token) or bare(token.group()) in ("he", "she")
            if not free and not _CLAUSE.search(draft.text[phrase.end : token.end()]):
                continue
            if phrase.name and (draft.context.is_person(phrase.text) or " " in phrase.text):
                return True
        elif _CLAUSE.search(draft.text[phrase.end : token.end()]):
            return True
        elif phrase.name and _is_possessive(draft, token) and not draft.context.is_person(phrase.text):
            return True  # "When do Russia and Belarus begin their exercise?"
    return False


def _possessive(name: str) -> str:
    mark = "’"
    return name + (mark if name.endswith("s") else mark + "s")


def _is_possessive(draft: Draft, token: re.Match[str]) -> bool:
    word = bare(token.group())
    if word != token.group().lower():  # "it's"
        return True
    if word != "her":
        return word in POSSESSIVES
    following = TOKEN.search(draft.text, token.end())
    return following is not None and bare(following.group()) not in FUNCTION


def _first(draft: Draft, words: frozenset[str]) -> re.Match[str] | None:
    return next((token for token in TOKEN.finditer(draft.text) if bare(token.group()) in words), None)


def _put(draft: Draft, token: re.Match[str], name: str) -> None:
    taken, name = name, draft.context.with_article(name)
    new = _possessive(name) if _is_possessive(draft, token) else name
    draft.replace(token.start(), token.end(), new, taken)


def _personal(draft: Draft) -> None:
    token = _first(draft, PERSONAL)
    if token is None or _within(draft, token, person=True):
        return
    word = bare(token.group())
    beside = [phrase.text for phrase in draft.own if phrase.name]
    gender = "f" if word in FEMALE else "m" if word in MALE else ""
    name = draft.context.person(gender, beside)
    if name:
        _put(draft, token, name)


def _things(draft: Draft) -> None:
    for words, many in ((GROUPS, True), (THINGS, False)):
        token = _first(draft, words)
        if token is None or _within(draft, token, person=False):
            continue
        if not many and _EMPTY_IT.search(draft.text):
            continue
        if not many and _SAID.search(draft.text[: token.start()]):
            _what_was_said(draft, token)
            continue
        beside = [*(phrase.text for phrase in draft.own), *draft.taken]
        speaks = many and understand(draft.text).pronoun is not None
        named = draft.context.group() if speaks else None if many else draft.context.chosen()
        thing = named or draft.context.thing(many=many, beside=beside)
        if thing:
            _put(draft, token, thing)


def _what_was_said(draft: Draft, token: re.Match[str]) -> None:
    """ "Where did he say that?": "that" stays, with what it was about."""
    about = draft.context.said_about()
    if about:
        draft.replace(token.start(), token.end(), f"that about {about}", about)
    elif thing := draft.context.thing(beside=draft.taken):
        draft.append(thing)


def _pointing(draft: Draft) -> None:
    tokens = list(TOKEN.finditer(draft.text))
    for index, token in enumerate(tokens):
        word = bare(token.group())
        if word not in POINTING:
            continue
        before = bare(tokens[index - 1].group()) if index else ""
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        following = bare(after.group()) if after else ""
        alone = not following or following in FUNCTION or (following in VERBS and following not in ASPECTS)
        if word == "that" and after and index and not _points(before, following):
            continue  # "the tribes that they met", "true that prices rose"
        thing = draft.context.thing(many=word in ("these", "those"), beside=draft.taken)
        if thing is None:
            return
        if alone and word in ("this", "that") and _SAID.search(draft.text[: token.start()]):
            _what_was_said(draft, token)
        elif alone:
            said = draft.context.said_about()
            if said and word in ("this", "that"):
                draft.replace(token.start(), token.end(), said, said)
            else:
                draft.replace(token.start(), token.end(), draft.context.with_article(thing), thing)
        elif after is not None and (following in KINDS or draft.context.called(following) == thing):
            draft.replace(token.start(), after.end(), draft.context.with_article(thing), thing)
        else:
            draft.append(thing)
        return


def _points(before: str, following: str) -> bool:
    return before in AUXILIARIES | PREPOSITIONS or following in KINDS


def _there(draft: Draft) -> None:
    token = _first(draft, frozenset(("there",)))
    if token is None or EXISTS.search(draft.text):
        return
    place = draft.context.place()
    if place:
        preposition = draft.context.preposition(place)
        draft.replace(token.start(), token.end(), f"{preposition} {place}", place)


def _descriptions(draft: Draft) -> None:
    """ "the experiment", "the spokesman": the thing or person that the conversation calls so."""
    for token in TOKEN.finditer(draft.text):
        if token.group().lower() != "the":
            continue
        after = TOKEN.match(draft.text, token.end() + 1)
        if after is None or after.group()[0].isupper() or re.match(r"\s+(?:of|for)\b", draft.text[after.end() :]):
            continue
        word = bare(after.group())
        person = draft.context.office(word) if word in OFFICES else None
        thing = draft.context.called(word) if word not in OFFICES else None
        if person and not any(phrase.name for phrase in draft.own):
            new = _possessive(person) if after.group().endswith(("’s", "'s")) else person
            draft.replace(token.start(), after.end(), new, person)
            return
        if thing and thing not in draft.taken:
            draft.replace(after.start(), after.start() + len(word), thing, thing)
            return


def _counted(draft: Draft) -> None:
    """ "And how many has Biden offered?", "which one ...": the noun of the last question."""
    match = _COUNTS.search(draft.text)
    noun = draft.context.counted() if match else None
    if match is not None and noun is not None:
        draft.replace(match.end(1) if match[1] else match.end(2), match.end(), f" {noun}", noun)
