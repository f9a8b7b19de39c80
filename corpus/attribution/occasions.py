"""Occasions: at what event or after what something was said, where the clause of saying tells.

"After talks in Oslo, Roe said ...", "... , Roe said at a rally", "speaking after the vote". A place or a day alone
is no occasion, and neither is the paper that something is written on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from corpus.attribution.asides import Aside, ends_well, extent, head, leads_on
from corpus.attribution.items import QUOTE, Items
from corpus.attribution.phrases import STOPS, is_adverb, skip_days
from corpus.attribution.vocabulary import (
    BE,
    COORDINATORS,
    COUNTRIES,
    DAYS,
    DETERMINERS,
    HAVE,
    MODAL,
    OUTLETS,
    PREPOSITIONS,
    VERBS,
)

EVENTS: Final = frozenset(
    "interview conference briefing rally speech address hearing testimony debate meeting talk summit visit trip call "
    "conversation ceremony forum event appearance session remark comment deposition trial proceeding inquiry exchange "
    "discussion roundtable dinner breakfast lunch luncheon supper fundraiser convention funeral memorial vigil protest "
    "demonstration march parade game match tournament party gathering reception banquet launch opening premiere "
    "screening panel seminar symposium workshop lecture sermon mass inauguration swearing-in signing "
    "graduation commencement announcement presentation tour stop walk flight ride podcast webcast livestream broadcast "
    "show programme program episode negotiation consultation arrival departure sentencing arraignment court "
    "festival fair exhibition expo assembly commemoration anniversary celebration sitting "
    "plenary media-call telephone call-in phone-in webinar chat q&a scrum availability gaggle teleconference keynote "
    "concert rehearsal warm-up  stump "
    "reunion retreat wedding christening evening session encounter telethon statement-to-camera"
    " appearance stopover photo-call photocall hustings picnic barbecue brunch tea gala awards ".split()
)
# These last: something may be said during and after them, but "in the race" is no event.
_SEASONS: Final = frozenset("race primary caucus election vote referendum campaign tournament season".split())
# Parts of an event: the event itself hangs on them.
_PARTS: Final = frozenset("start end beginning outset opening close conclusion sidelines margins eve part day".split())
# What somebody is on, rather than at.
_ON: Final = frozenset(
    "visit trip call tour podcast show program programme broadcast episode arrival departure flight walk stump stop "
    "telethon webcast livestream bus ride".split()
)
_LISTENERS: Final = frozenset(("court", "show", "assembly", "convention", "programme", "program", "podcast"))
# "in court" is one without an article, "in exchange for" is none.
_ALONE: Final = frozenset("court testimony interviews trial dinner lunch breakfast".split())
_NO_EVENT: Final = frozenset("exchange call session speech conference address".split())
_AT: Final = frozenset("in at on over".split())
_WHEN: Final = frozenset("after before following during ahead".split())
_OPENING: Final = _AT | _WHEN
_SPEAKING: Final = frozenset("speaking talking appearing testifying".split())
_ASKED: Final = frozenset("asked questioned pressed interviewed quizzed addressing".split())
_STANDING: Final = frozenset(
    "in at after before during following from outside inside near beside alongside aboard".split()
)
_ROOMS: Final = frozenset(
    "airport hall church court courthouse courtroom parliament palace office headquarters university college school "
    "hotel stadium house stage podium studio steps embassy capital city town village square base station plant factory "
    "hospital museum theatre theater hallway corridor lobby garden".split()
)
_TONGUES: Final = frozenset("english arabic hebrew latin mandarin cantonese hindi urdu farsi persian kurdish".split())
_ANONYMOUS: Final = frozenset("condition conditions background anonymously anonymity behalf grounds terms".split())
_MET: Final = frozenset(("he", "she", "they"))
_PASTS: Final = frozenset(
    "met won lost left came went took gave got saw spoke made held flew beat became began cast drew fell found heard "
    "kept knew led rode ran sat shook stood swore taught threw wrote".split()
)
_AGO: Final = frozenset("day days hour hours minute minutes week weeks month months moments shortly soon just".split())


def occasion(items: Items, found: Sequence[Aside]) -> tuple[int, int] | None:
    """The first occasion that the asides of a cue tell of, as a range of items."""
    for aside in found:
        told = _in_lead(items, aside) if aside.leads else _after_verb(items, aside)
        if told is not None:
            return told
    return None


def told_event(items: Items, told: tuple[int, int], limit: int) -> tuple[int, int] | None:
    """ "told a news conference in Oslo": who is told is an event."""
    noun = head(items, told[0], told[1] + 1)
    if (
        items.lows[told[0]] not in DETERMINERS
        or items.capital(noun)
        or not is_event(items.lows[noun])
        or items.lows[noun] in _LISTENERS
    ):
        return None
    return told[0], max(told[1] + 1, extent(items, told[0], limit))


def is_event(low: str) -> bool:
    """Whether a noun is one for something people meet or speak at."""
    return low in EVENTS or (low.endswith("s") and low[:-1] in EVENTS) or low.rsplit("-", 1)[-1] in EVENTS


def _in_lead(items: Items, aside: Aside) -> tuple[int, int] | None:
    """Before the verb nothing but an event will do: "After the war, he said" dates what follows."""
    lows = items.lows
    asked = False
    for at in range(aside.start, aside.end):
        low = lows[at]
        asked = asked or low in _ASKED
        before = lows[at - 1] if at > aside.start else ","
        if before in DAYS:
            day = skip_days(items, at - 1, aside.start)
            before = lows[day] if day > aside.start else ","
        opens = before in STOPS or before in COORDINATORS or is_adverb(before) or before == "back"
        opens = opens and lows[aside.start] != "despite"
        if not opens and not (asked and low in _OPENING):
            continue
        if low in _SPEAKING:
            told = _speaking(items, at, aside.end)
        else:
            told = _phrase(items, at, aside.end, strict=True)
        if told is not None and leads_on(items, told[1], aside.end):
            return told
    return None


def _after_verb(items: Items, aside: Aside) -> tuple[int, int] | None:
    """After the verb: right behind it, behind a day or another aside; behind a comma only an event."""
    lows = items.lows
    at, comma = aside.start, False
    while at < aside.end:
        low = lows[at]
        told = None
        if low in _SPEAKING and comma:
            told = _speaking(items, at, aside.end)
        elif low in _OPENING or low in _AGO or low in DETERMINERS:
            told = _phrase(items, at, aside.end, strict=comma)
        if told is not None:
            return told
        if low == ",":
            comma = True
            at += 1
        elif low in DAYS or is_adverb(low) or low in ("early", "late", "last", "this", "earlier"):
            at += 1
        elif low in PREPOSITIONS:
            end = _past_day(items, at, aside.end)
            end = max(at, extent(items, at + 1, aside.end)) if end == at else end
            if end == at:
                return None
            at = end
        else:
            return None
    return None


def _past_day(items: Items, at: int, limit: int) -> int:
    """Behind "on Monday"; ``at`` where no day follows."""
    end = at + 1
    while end < limit and (items.lows[end] in DAYS or items.lows[end].isdigit() or items.lows[end] in DETERMINERS):
        end += 1
    return end if end > at + 1 else at


def _phrase(items: Items, at: int, limit: int, *, strict: bool) -> tuple[int, int] | None:
    """The occasion that opens with a preposition at ``at``, with the time before it: "a day after the vote"."""
    lows = items.lows
    begin = at
    if lows[at] in DETERMINERS or lows[at] in _AGO or lows[at].isdigit():
        at += 1
        while at < limit and lows[at] in _AGO:
            at += 1
        if at >= limit or lows[at] not in ("after", "before") or lows[at - 1] not in _AGO:
            return None
    low = lows[at]
    if low not in _AT and low not in _WHEN:
        return None
    start = at + 1
    if low == "ahead":
        if lows[start : start + 1] != ["of"]:
            return None
        start += 1
    if start >= limit:
        return None
    end = extent(items, start, limit)
    if low in ("after", "before") and lows[start] in _MET:
        end = _clause(items, start, limit)
    if end <= start or not ends_well(items, end, limit):
        return None
    noun = head(items, start, end)
    if lows[start] not in _MET and not _tells(items, low, start, noun, end, strict=strict):
        return None
    return _with_day(items, begin, low), end


def _tells(items: Items, low: str, start: int, noun: int, end: int, *, strict: bool) -> bool:
    """Whether what follows a preposition is an event."""
    lows = items.lows
    if lows[noun] in DETERMINERS or (lows[noun] in DAYS and items.capital(noun)):
        return False  # "after the 13-10 (88) win", "in March of last year"
    if lows[noun] in _PARTS:
        return lows[noun + 1 : noun + 2] == ["of"] and noun + 2 < end
    if low in _AT:
        if low == "on":
            return _on_air(items, start, end) or lows[noun] in _ON
        if start == noun and (lows[noun] in _NO_EVENT or (end == start + 1 and lows[noun] not in _ALONE)):
            return False
        return is_event(lows[noun]) and not lows[start].endswith("ing")
    if lows[start].endswith("ing") and start < end - 1:
        return True
    lasting = lows[noun] in _SEASONS or lows[noun][:-1] in _SEASONS
    return is_event(lows[noun]) or lasting if strict or low == "during" else lows[noun] not in DAYS


def _on_air(items: Items, start: int, end: int) -> bool:
    """ "on CNN", "on Radio Oslo’s “Old Boats”"."""
    lows = items.lows[start:end]
    if QUOTE in lows:
        return True
    return any(low in OUTLETS and items.capital(at) for at, low in enumerate(lows, start)) and not (
        {"website", "site", "page", "twitter", "facebook"} & set(lows)
    )


def _with_day(items: Items, at: int, low: str) -> int:
    """ "on Monday after meeting Roe" is one occasion."""
    if low not in ("after", "before", "following", "during"):
        return at
    day = skip_days(items, at - 1, max(0, at - 4)) + 1
    return day if day < at and items.lows[day] == "on" else at


def _clause(items: Items, start: int, limit: int) -> int:
    """Where "he met Roe in Oslo" ends: nothing is said in it."""
    lows = items.lows
    at = start + 1
    if at >= limit or lows[at] in MODAL or not (lows[at] in HAVE or lows[at] in BE or _past(lows[at])):
        return start
    while at < limit and at - start < 14 and lows[at] not in STOPS and lows[at] != "that":
        verb = VERBS.get(lows[at])
        if verb is not None and not verb.noun and verb.form in ("past", "s", "ing"):
            return start
        at += 1
    if at < limit and lows[at] not in STOPS:
        return start
    while at > start and (lows[at - 1] in DAYS or lows[at - 1] in PREPOSITIONS):
        at -= 1
    return at if at - start > 1 else start


def _past(low: str) -> bool:
    return low.endswith("ed") or low in _PASTS


def _speaking(items: Items, at: int, limit: int) -> tuple[int, int] | None:
    """ "speaking to reporters in Kyiv": with where or when."""
    lows = items.lows
    start = at + 1
    while start < limit and (is_adverb(lows[start]) or lows[start] in DAYS):
        start += 1
    if start >= limit or lows[start] not in PREPOSITIONS or lows[start] in ("of", "about", "as", "for"):
        return None
    end = extent(items, start + 1, limit)
    if end <= start + 1 or _ANONYMOUS.intersection(lows[start:end]):
        return None
    for place in range(start, end):
        low = lows[place]
        if low == "on" and (_on_air(items, place + 1, end) or is_event(lows[head(items, place + 1, end)])):
            return at, end
        if low in _STANDING and _stands(items, low, place + 1, end):
            return at, end
    return None


def _stands(items: Items, low: str, start: int, end: int) -> bool:
    """Whether somewhere or some event follows: not "in English", "in a low voice"."""
    if start >= end:
        return False
    lows = items.lows
    noun = head(items, start, end)
    if low in ("after", "before", "during", "following"):
        return lows[noun] not in DAYS
    if is_event(lows[noun]) or lows[noun] in _ROOMS:
        return True
    named = items.capital(noun) and lows[noun] not in _TONGUES
    return named and not (noun == start and lows[noun] in COUNTRIES)
