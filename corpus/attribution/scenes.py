"""Scenes: to whom something was said, who passed it on to the paper, and on what occasion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from corpus.attribution.addressees import addressed, addressed_beside
from corpus.attribution.asides import Aside, asides
from corpus.attribution.cues import Cue
from corpus.attribution.items import Items
from corpus.attribution.occasions import occasion, told_event
from corpus.attribution.phrases import phrase_after
from corpus.attribution.speakers import Speaker, Speakers
from corpus.attribution.units import Unit
from corpus.models import Span

_CARRIED: Final = frozenset("carried broadcast aired televised relayed reported cited quoted".split())
_BY: Final = frozenset(("by", "on"))


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known of how something was said."""

    addressee: str | None = None
    via: str | None = None
    occasion: Span | None = None


UNKNOWN: Final = Scene()


class Scenes:
    """Finds the scenes of the cues of one sentence, in order."""

    def __init__(self, unit: Unit, top: Sequence[Cue], speakers: Speakers) -> None:
        self._unit = unit
        self._speakers = speakers
        self._top = top
        self._last = UNKNOWN
        channel = next((cue for cue in top if cue.channel and cue.source is not None), None)
        self._channel = channel

    def of(self, number: int, speaker: Speaker, here: Sequence[Speaker]) -> Scene:
        """The scene of the cue of this number; one that takes over its subject takes over the scene as well."""
        cue, items = self._top[number], self._unit.items
        before = self._top[number - 1] if number else None
        low = self._unit.low
        if before is not None:
            low = max([before.last + 1, *(end for _, end in before.contents)])
        limit = next((one.clause for one in self._top[number + 1 :] if one.clause > cue.last), self._unit.high)
        found = asides(items, cue, low, limit)
        told = addressed(items, cue, limit)
        event = told_event(items, told, limit) if told is not None else None
        if event is not None:
            told = None
        elif told is not None:
            found = [replace(one, start=told[1] + 1) if one.start <= told[0] < one.end else one for one in found]
        else:
            told = addressed_beside(items, found)
        event = event or occasion(items, found)
        addressee = self._listener(items, told, speaker, here) if told is not None else None
        via = self._carrier(items, cue, found)
        at = Span(items.starts[event[0]], items.ends[event[1] - 1]) if event is not None else None
        if cue.source is None:
            last = self._last
            addressee, via, at = addressee or last.addressee, via or last.via, at or last.occasion
        known = addressee is not None or via is not None or at is not None
        scene = Scene(addressee, via, at) if known else UNKNOWN
        self._last = scene
        return scene

    def _listener(self, items: Items, told: tuple[int, int], speaker: Speaker, here: Sequence[Speaker]) -> str | None:
        low = items.lows[told[0]]
        if told[0] == told[1] and low in ("him", "her"):
            person = self._speakers.told("m" if low == "him" else "f", speaker, here)
            return person.name if person is not None else None
        if told[0] == told[1] and low == "them":
            return None
        return self._name(items, told)

    def _carrier(self, items: Items, cue: Cue, found: Sequence[Aside]) -> str | None:
        """ "quoted by Interfax as saying", "in remarks carried by the Tass agency"."""
        if cue.carrier is not None:
            return self._name(items, cue.carrier)
        channel = self._channel
        if channel is not None and channel.source is not None and _level(items, channel.verb, cue.verb):
            return self._name(items, channel.source)
        for aside in found:
            for at in range(aside.start, aside.end - 2):
                if items.lows[at] in _CARRIED and items.lows[at + 1] in _BY:
                    phrase = phrase_after(items, at + 2, aside.end)
                    if phrase is not None and self._speakers.phrase(items, *phrase).outlet:
                        return self._name(items, phrase)
        return None

    def _name(self, items: Items, phrase: tuple[int, int]) -> str:
        return self._speakers.phrase(items, *phrase).name


def _level(items: Items, left: int, right: int) -> bool:
    """Whether no bracket stands between two items: what is said in brackets is said of what stands there."""
    between = items.lows[min(left, right) : max(left, right)]
    return "(" not in between and ")" not in between
