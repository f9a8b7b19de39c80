"""What is made of the statements when the whole article is read: descriptions find their holders, nobody speaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.attribution.names import Names
from corpus.attribution.offices import Office
from corpus.attribution.validity import Judge
from corpus.models import Statement


def settle(
    statements: Sequence[Statement], names: Names, judge: Judge, unknown: Mapping[str, Office]
) -> list[Statement]:
    """The statements whose speaker can be one, with the names that later sentences gave to descriptions.

    ``unknown`` are the descriptions whose holder was not known when they were read.
    """

    def named(name: str | None) -> str | None:
        office = unknown.get(name) if name is not None else None
        holder = names.holder(office) if office is not None else None
        return holder.name if holder is not None else name

    held = {name: named(name) for one in statements for name in (one.speaker, one.relayed, one.addressee, one.via)}
    speakers = {one.speaker: judge.speaker(held[one.speaker] or one.speaker) for one in statements}
    known = {name for name in speakers.values() if name is not None}
    kept = []
    for one in statements:
        speaker = speakers[one.speaker]
        if speaker is None and one.speaker.lower() in ("he", "she"):
            speaker = _only(names, "m" if one.speaker.lower() == "he" else "f", one.source_start)
        if speaker is None:
            continue
        relayed = judge.relayed(held[one.relayed], known)
        addressee = judge.listener(held[one.addressee])
        via = judge.carrier(held[one.via])
        relayed = relayed if relayed != speaker else None
        addressee = addressee if addressee != speaker else None
        via = via if via != speaker else None
        settled = (speaker, relayed, addressee, via)
        if settled != (one.speaker, one.relayed, one.addressee, one.via):
            one = replace(one, speaker=speaker, relayed=relayed, addressee=addressee, via=via)
        kept.append(one)
    return kept


def _only(names: Names, gender: str, before: int) -> str | None:
    """Who "he" or "she" is: the person named last who is known to be one, or the only one who can be."""
    for mention in names.before(before):
        if mention.person.gender == gender:
            return mention.person.name
    earlier = [one for one in names.individuals if one.gender == "" and one.first < before]
    return earlier[0].name if len(earlier) == 1 else None
