"""Who reports whom: outlets that carry somebody's words, and people who pass on what another one told them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from corpus.attribution.cues import Cue
from corpus.attribution.items import Items
from corpus.attribution.names import Names
from corpus.attribution.phrases import phrase_after
from corpus.attribution.speakers import Speaker, Speakers
from corpus.attribution.validity import noun_of_people, written
from corpus.attribution.vocabulary import BE, COUNTRIES, ROLE_MODIFIERS, ROLES

_POINTING: Final = frozenset("he she they it who which that i we you".split())
_REPORTS: Final = frozenset(("report", "say", "write"))
_TOLD: Final = frozenset("told assured informed promised warned advised reassured".split())
_WORD: Final = frozenset(
    "assurance assurances promise promises guarantee guarantees commitment commitments pledge pledges heard".split()
)
# Within so many words of what is reported somebody else is named as its source.
_NEAR: Final = 16
_OPENS: Final = re.compile(r"[“”\"'‘«`\s]*(?:(?:And|But|So|Well|Now|Yesterday|Today),?\s)?")
_TOLD_US: Final = re.compile(
    r"(?:\s(?:has|had|also|just|himself|herself|personally|then|again))*\s"
    r"(?:(?:told|assured|informed|promised|reassured|warned)\s(?:me|us|my|our)\b|said\s(?:that|there|to\s(?:me|us))\b)"
)
# As many words may stand before the report that a report is opened with.
_OPENING: Final = 8


def mark_channels(items: Items, cues: Sequence[Cue], speakers: Speakers) -> None:
    """An outlet that merely carries a person's words is no speaker: “…,” Smith said, according to the Times."""
    if len(cues) < 2:
        return
    persons = [_names_person(items, cue, speakers) for cue in cues]
    if any(persons):
        for number, cue in enumerate(cues):
            cue.channel = not persons[number] and _carries(items, cue, speakers)
        return
    last = cues[-1]  # "The ministry said ..., CNN reported"
    behind = last.source is not None and items.lows[last.clause - 1 : last.clause] == [","]
    if behind and _carries(items, last, speakers) and _outlet(items, last.source, speakers):
        said = [cue.source for cue in cues[:-1] if cue.source is not None and not cue.act]
        last.channel = any(_somebody(items, one) and not _outlet(items, one, speakers) for one in said)


def under(items: Items, top: list[Cue], speakers: Speakers) -> list[Cue]:
    """ "According to Macron, Putin said ...": the reports in the sentence are within that of Macron."""
    if len(top) < 2:
        return top
    outer = next((cue for cue in top if cue.according and not cue.channel), None)
    if outer is None or not _names_person(items, outer, speakers):
        return top
    outer.nested.extend(cue for cue in top if cue is not outer)
    return [outer]


def hand_over(items: Items, top: list[Cue], speakers: Speakers) -> list[Cue]:
    """ "Interfax quoted Peskov as saying", "Tass reported, citing Peskov": the outlet only carries his words."""
    for cue in top:
        if cue.relays is not None and cue.source is not None and _outlet(items, cue.source, speakers):
            cue.carrier, cue.source, cue.relays = cue.source, cue.relays, None
            cue.contents = [(cue.last + 1 if start == cue.verb else start, end) for start, end in cue.contents]
    citing = next((cue for cue in top if cue.lemma == "cite" and cue.form == "ing"), None)
    if citing is None:
        return top
    for cue in top:
        if cue.lemma not in _REPORTS or cue.source is None or not _outlet(items, cue.source, speakers):
            continue
        cited = phrase_after(items, citing.last + 1, citing.last + _NEAR)
        if cited is not None and _somebody(items, cited):
            cue.carrier, cue.source = cue.source, cited
            behind = cited[1] + 2  # "reported, citing Peskov, that ..."
            if not cue.contents and items.lows[behind - 1 : behind] == [","]:
                cue.contents = [(behind, end) for _, end in citing.contents if behind < end]
            return [one for one in top if one is not citing]
    return top


def _somebody(items: Items, phrase: tuple[int, int]) -> bool:
    low = items.lows[phrase[1]]
    return (items.capital(phrase[1]) or noun_of_people(low)) and not written(low)


def _outlet(items: Items, source: tuple[int, int] | None, speakers: Speakers) -> bool:
    if source is None:
        return False
    found = speakers.phrase(items, *source)
    return found.outlet and found.person is None


def relayed(items: Items, cue: Cue, speaker: Speaker, speakers: Speakers) -> str | None:
    """Who is reported by the speaker, when the content opens with another one's report."""
    if cue.relays is not None:
        other = speakers.phrase(items, *cue.relays)
        return other.name if other.name != speaker.name else None
    for inner in cue.nested:
        if inner.source is None or not cue.contents:
            continue
        if inner.clause - cue.contents[0][0] > _OPENING and not cue.according:
            continue
        first, last = inner.source
        if first == last and items.lows[first] in _POINTING:
            continue
        other = speakers.phrase(items, first, last)
        if other.name != speaker.name and (other.person is not None or other.name[0].isupper()):
            return other.name
    for start, end in cue.contents:
        passed = _passed_on(items, start, min(end, start + _NEAR))
        if passed is not None and start > cue.last:
            other = speakers.phrase(items, *passed)
            if other.name != speaker.name and other.person is not None:
                return other.name
    return None


def relayed_in_quote(body: str, start: int, speaker: str, names: Names) -> str | None:
    """Who is relayed by quoted words that open with it: “President Putin told me ...”."""
    for mention in names.mentioned(start, start + 60)[:1]:
        before = _OPENS.match(body, start, mention.start)
        titles = body[before.end() : mention.start].split() if before is not None else ["?"]
        if mention.person.name == speaker or not all(_title(word.lower()) for word in titles):
            return None
        if _TOLD_US.match(body, mention.end) is not None:
            return mention.person.name
    return None


def _title(low: str) -> bool:
    return low in ROLES or low in COUNTRIES or low in ROLE_MODIFIERS or low == "the"


def _passed_on(items: Items, start: int, end: int) -> tuple[int, int] | None:
    """ "he had been told by Putin", "assurances from Putin", "Putin saying": who is behind what is reported."""
    lows = items.lows
    for at in range(start, end - 2):
        low, following = lows[at], lows[at + 1]
        told = low in _TOLD and following == "by" and not BE.isdisjoint(lows[max(start, at - 3) : at])
        if told or (following == "from" and low in _WORD):
            return _cut(items, phrase_after(items, at + 2, end))
    phrase = phrase_after(items, start, end) if start < end and items.capital(start) else None
    if phrase is not None and lows[phrase[1] + 1 : phrase[1] + 2] == ["saying"]:
        return phrase
    return None


def _cut(items: Items, phrase: tuple[int, int] | None) -> tuple[int, int] | None:
    """A phrase without the clause that "that" opens."""
    if phrase is None or "that" not in items.lows[phrase[0] : phrase[1] + 1]:
        return phrase
    end = items.lows.index("that", phrase[0]) - 1
    return (phrase[0], end) if end >= phrase[0] else None


def _carries(items: Items, cue: Cue, speakers: Speakers) -> bool:
    """Whether a cue only says by what channel another one's words came."""
    if cue.source is None:
        return False
    if cue.according:
        return True
    return cue.lemma in _REPORTS and speakers.phrase(items, *cue.source).outlet


def _names_person(items: Items, cue: Cue, speakers: Speakers) -> bool:
    if cue.source is None:
        return False
    first, last = cue.source
    if first == last and items.lows[first] in ("he", "she", "who"):
        return True
    return speakers.phrase(items, first, last).person is not None
