"""Complements: where, after a reporting verb, what was said begins."""

from __future__ import annotations

from typing import Final

from corpus.attribution.cues import Cue
from corpus.attribution.items import POSSESSIVE, QUOTE, Items
from corpus.attribution.phrases import STOPS, is_adverb, phrase_after
from corpus.attribution.vocabulary import ADDRESSING, DAYS, DETERMINERS, PREPOSITIONS, PRONOUNS

_ENDS: Final = STOPS - {QUOTE, "(", "["}
_POINTERS: Final = DETERMINERS - {"a", "an", "the"}
_SPEECH_PLACES: Final = frozenset(
    "statement interview interviews speech tweet tweets letter email e-mail address remarks post memo call briefing "
    "conference rally appearance twitter facebook telegram video hearing testimony message release".split()
)


def has_complement(items: Items, cue: Cue, high: int) -> bool:
    """Whether anything said follows the verb within its clause."""
    start = complement(items, cue, high)
    return start is not None and start < high and items.lows[start] not in _ENDS


def complement(items: Items, cue: Cue, limit: int) -> int | None:
    """Where what was said begins after the verb: past the person told and past time and place."""
    lows = items.lows
    at = cue.last + 1
    if cue.act and not cue.inverted:
        while at < limit and lows[at] in DAYS and not (at + 1 < limit and lows[at + 1] in POSSESSIVE):
            at += 1
        return at if at < limit and lows[at] not in _ENDS else _colon(items, at, limit)
    if cue.inverted and cue.source is not None:
        at = cue.source[1] + 1
    if cue.lemma in ADDRESSING and at < limit and lows[at] != "that":
        that = _that_near(items, at, limit)
        if that is not None and lows[at] not in _POINTERS:
            return that
        phrase = phrase_after(items, at, limit)
        if phrase is not None and that is not None and phrase[0] < that <= phrase[1]:
            return that  # "told his host that their talk ..."
        if phrase is not None and (
            cue.lemma in ("tell", "remind", "inform", "assure") or _that_near(items, phrase[1] + 1, limit) is not None
        ):
            at = _addressee_end(items, phrase, limit)
    at = _skip_adverbials(items, at, limit)
    colon = _colon(items, at, limit)
    if colon is not None:
        return colon
    if at >= limit or lows[at] in _ENDS:
        return None
    return at


def _colon(items: Items, at: int, limit: int) -> int | None:
    """What follows a colon, or a comma before a quote."""
    if at + 1 < limit and (items.lows[at] == ":" or (items.lows[at] == "," and items.lows[at + 1] == QUOTE)):
        return at + 1
    return None


def _addressee_end(items: Items, phrase: tuple[int, int], limit: int) -> int:
    """Where the person told ends: a pronoun is one word, a name its capitals, else the whole noun phrase."""
    lows = items.lows
    start, last = phrase
    if lows[start] in PRONOUNS or lows[start] in ("reporters", "journalists", "supporters", "aides", "lawmakers"):
        return start + 1
    return last + 1


def _that_near(items: Items, start: int, limit: int) -> int | None:
    """Where "that" opens what a listener is told, before any punctuation."""
    for at in range(start, min(limit, start + 10)):
        if items.lows[at] == "that":
            return at
        if items.lows[at] in STOPS:
            break
    return None


def _skip_adverbials(items: Items, at: int, limit: int) -> int:
    lows = items.lows
    for _ in range(6):
        if at >= limit:
            return at
        word = lows[at]
        if at + 1 < limit and lows[at + 1] in POSSESSIVE:
            return at
        if word in DAYS and (items.capital(at) or word in ("today", "yesterday", "tonight")):
            at += 1
            while at < limit and (lows[at] in DAYS or lows[at].isdigit()):
                at += 1
            continue
        following = lows[at + 1] if at + 1 < limit else "."
        if word == "at" and following in ("least", "most"):
            return at
        if word == "once" and following == "more":
            at += 2
            continue
        if is_adverb(word) and word not in ("all", "both", "each", "only", "either", "perhaps", "even", "maybe"):
            at += 1
            continue
        if word in ("last", "this", "earlier", "late") and at + 1 < limit and lows[at + 1] in DAYS:
            at += 2
            continue
        if (word in PREPOSITIONS and not (word == "to" and not _hearer(items, at + 1, limit))) or word in (
            "when",
            "while",
            "as",
            ",",
        ):
            end = _adverbial_end(items, at, limit)
            if end > at:
                at = end
                continue
        return at
    return at


def _hearer(items: Items, at: int, limit: int) -> bool:
    """Whether "to" is followed by somebody who listens, not by a verb."""
    if at >= limit:
        return False
    low = items.lows[at]
    return low in DETERMINERS or low in PRONOUNS or items.capital(at) or low in ("reporters", "journalists")


def _adverbial_end(items: Items, at: int, limit: int) -> int:
    """The end of "in a statement", "at a news conference Monday": where "that", a colon or a quote follows."""
    lows = items.lows
    comma = lows[at] == ","
    reach = min(limit, at + 20)
    stop = at + 1
    while stop < reach:
        word = lows[stop]
        if word == "that" and not comma and stop > at + 1:
            return stop
        if word == ":" or (word == QUOTE and lows[stop - 1] in (",", ":") and items.quotes[stop].utterance):
            return stop
        if word == "," and comma and stop + 1 < reach and lows[stop + 1] == "that":
            return stop + 1
        if word in STOPS and not (word == QUOTE and not items.quotes[stop].utterance and not comma):
            break
        stop += 1
    if comma:
        return at
    if (stop < limit and lows[stop] in (".", ",", ";", "?", "!")) or stop >= limit:
        if stop - at <= 14:
            return (
                stop
                if lows[at]
                in (
                    "in",
                    "on",
                    "at",
                    "during",
                    "after",
                    "before",
                    "from",
                    "when",
                    "while",
                    "by",
                    "to",
                    "with",
                    "as",
                    "through",
                    "via",
                    "over",
                )
                else at
            )
        return at
    if lows[at] in ("in", "on", "during", "at", "via", "through"):
        for end in range(at + 1, min(limit, at + 5)):
            if lows[end] in _SPEECH_PLACES or (lows[end] in DAYS):
                return end + 1
    return at
