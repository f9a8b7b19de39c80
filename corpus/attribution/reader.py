"""Reading an article sentence by sentence: its reports, who makes them, and whom later pronouns mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from corpus.attribution.clauses import arrange
from corpus.attribution.cues import Cue, find_cues
from corpus.attribution.items import QUOTE, Items, read_items
from corpus.attribution.names import PRESENT, Individual, Names
from corpus.attribution.offices import Office
from corpus.attribution.phrases import REACH, dateline_end
from corpus.attribution.posts import Post, posts
from corpus.attribution.quotes import Quote, find_quotes
from corpus.attribution.relays import hand_over, mark_channels, relayed, relayed_in_quote, under
from corpus.attribution.scenes import Scene, Scenes
from corpus.attribution.settling import settle
from corpus.attribution.shouting import shouts, surely_said
from corpus.attribution.signatures import Signature, signature
from corpus.attribution.speakers import Speaker, Speakers
from corpus.attribution.transcripts import Turn, turns
from corpus.attribution.units import Unit, read_unit
from corpus.attribution.validity import Judge
from corpus.attribution.vocabulary import FUNCTION, PREPOSITIONS
from corpus.attribution.voices import Voice, Voices, says
from corpus.language import is_english, may_be_foreign
from corpus.models import Block, PassageKind, Statement, StatementKind

_RELATIVE: Final = frozenset(("who", "which", "that"))
_READERS: Final = frozenset(("i", "we", "you"))
_CONTRACTED: Final = ("we’", "we'", "i’", "i'", "you’", "you'")
_SAYS_NOTHING: Final = FUNCTION | frozenset("so before it all this that more much about . ,".split())


class Reader:
    """Reads the blocks of an article once, in order, and keeps what later sentences need of earlier ones."""

    def __init__(self, body: str, blocks: Sequence[Block], names: Names) -> None:
        self._body = body
        self._blocks = blocks
        self._names = names
        self._speakers = Speakers(body, names)
        self._voices = Voices(body, names, self._speakers)
        self._judge = Judge(body, (one.name for one in names.individuals))
        self._found: list[Statement] = []
        self._paragraph = 0
        # The person that the sentence before is about, where it reports nothing and names nobody else.
        self._lead: Individual | None = None
        self._lead_paragraph = -2
        self._rivals: list[Individual] = []
        self._rivals_paragraph = -2
        self._remembered_paragraph = -2
        # Descriptions whose holder was unknown when they were read.
        self._open: dict[str, Office] = {}

    def read(self) -> tuple[Statement, ...]:
        """The statements, sorted by start."""
        quotes = find_quotes(self._body, self._blocks)
        said = turns(self._body, self._blocks, self._names)
        posted = posts(self._body, self._blocks, self._names)
        signed: Signature | None = None
        for number, (block, inside) in enumerate(zip(self._blocks, quotes, strict=True)):
            main = block.kind is PassageKind.PARAGRAPH
            if main:
                self._paragraph += 1
            if signed is not None and signed.start >= block.start:
                continue  # the line of a signature
            if number in said or number in posted:
                self._labelled(said.get(number), posted.get(number), read_items(self._body, block, inside))
                continue
            if may_be_foreign(block.text) and not is_english(block.text):
                self._voices.hush()
                continue
            items = read_items(self._body, block, inside)
            ahead = self._blocks[number : number + 3]
            signed = signature(self._body, ahead, items, self._names) if inside else None
            if signed is not None:
                self._found.extend(self._voices.sign(signed, inside[0].continued))
                continue
            shouted = shouts(block.text)
            for low, high in items.units:
                self._read_unit(items, low, high, main, shouted)
        self._found = [self._relaying(one) for one in self._found]
        found = settle(self._found, self._names, self._judge, self._open)
        found.sort(key=lambda statement: (statement.start, statement.end))
        return tuple(found)

    def _labelled(self, turn: Turn | None, post: Post | None, items: Items) -> None:
        """A paragraph of a transcript or a post: the label says who speaks."""
        self._voices.hush()
        if turn is not None:
            if turn.speaker is not None:
                self._found.append(says(Voice(turn.speaker, *turn.label, ":"), *turn.words))
        elif post is not None:
            speaker = post.speaker if self._judge.speaker(post.speaker) is not None else post.handle
            cue = self._body[post.dash[0] : post.dash[1]]
            self._found.append(says(Voice(speaker, *post.source, cue), *post.words))
            before = len(self._found)
            for low, high in items.units:
                self._read_unit(items, low, high, False, False)
            # Whom a post quotes said it as well.
            quoted = [one for one in self._found[before:] if one.kind is StatementKind.DIRECT]
            self._found[before:] = [replace(one, via=speaker) for one in quoted]
            self._voices.hush()

    def _read_unit(self, items: Items, low: int, high: int, main: bool, shouted: bool) -> None:
        """One sentence."""
        start = dateline_end(items, low, high) if self._paragraph <= 2 else low
        unit = read_unit(items, self._names, start, high, main=main, opens=low == 0)
        fresh = not unit.opens and self._remembered_paragraph == self._paragraph
        self._speakers.begin()
        top = self._clauses(unit)
        if shouted:
            unit.subject = None
            top = surely_said(items, top, self._names)
        here: list[Speaker] = []
        emitted = self._reports(unit, top, here, fresh) if top else []
        if unit.quotes:
            self._voices.dashed(unit, emitted)
            self._voices.loose(unit, emitted, here, self._paragraph)
        self._voices.listen(unit, top, emitted, here, self._paragraph)
        self._found += emitted
        self._lead_in(unit, emitted or top)
        if main or emitted:
            self._remember(unit, here)

    def _clauses(self, unit: Unit) -> list[Cue]:
        """The reports of a sentence that are not within another one's."""
        items = unit.items
        cues = find_cues(items, unit.low, unit.high)
        if not cues:
            return cues
        mark_channels(items, cues, self._speakers)
        top = hand_over(items, arrange(items, cues, unit.low, unit.high), self._speakers)
        return under(items, top, self._speakers)

    def _reports(self, unit: Unit, top: Sequence[Cue], here: list[Speaker], fresh: bool) -> list[Statement]:
        """What the cues of a sentence report; those who speak are added to ``here``, the last one first."""
        items = unit.items
        emitted: list[Statement] = []
        previous: tuple[Speaker, tuple[int, int]] | None = None
        scenes = Scenes(unit, top, self._speakers)
        for number, cue in enumerate(top):
            if cue.channel:
                continue
            if cue.source is not None:
                speaker, source = self._speaker(unit, cue, here, fresh), cue.source
            elif previous is not None:
                speaker, source = previous
            elif unit.subject is not None:
                source = unit.subject
                speaker = self._speakers.resolve(items, source, here)
            else:
                continue
            if not _speaks(items, source, speaker, cue):
                continue
            if not cue.according:
                previous = (speaker, source)
            here.insert(0, speaker)
            del here[PRESENT:]
            other = relayed(items, cue, speaker, self._speakers)
            scene = scenes.of(number, speaker, here)
            for content in cue.contents:
                statement = self._statement(items, cue, speaker, source, content, other, scene)
                if statement is not None:
                    emitted.append(statement)
        return emitted

    def _speaker(self, unit: Unit, cue: Cue, here: list[Speaker], fresh: bool) -> Speaker:
        """Who the source of a cue is; whom the sentence names before it may be meant by its pronoun."""
        items, source = unit.items, cue.source
        assert source is not None
        if not here and unit.subject is not None and unit.subject[1] < source[0]:
            lead = self._speakers.phrase(items, *unit.subject)
            here += [lead] if lead.person is not None else []
        elif not here and unit.subject is None:
            # Its subject was not found.
            found = self._names.mentioned(items.starts[unit.low], items.starts[source[0]])
            here += [Speaker(one.person.name, one.person) for one in found if not items.quoted(one.start)]
        speaker = self._speakers.resolve(items, source, here, self._named_in(items, cue), fresh)
        return self._described(unit, cue, speaker)

    def _named_in(self, items: Items, cue: Cue) -> list[Individual]:
        """Who is named in what a cue reports: nobody says "he" of one so named."""
        found: list[Individual] = []
        if cue.source is None or items.lows[cue.source[0]] not in ("he", "she"):
            return found
        for start, end in cue.contents:
            after = start > cue.last or items.lows[start] == QUOTE
            for mention in self._names.mentioned(items.starts[start], items.ends[end - 1]):
                beside = mention.end + 2 == items.starts[cue.clause] and items.lows[cue.clause - 1] == ","
                if after or beside or items.quoted(mention.start):
                    found.append(mention.person)
        return found

    def _described(self, unit: Unit, cue: Cue, speaker: Speaker) -> Speaker:
        """A description is the person that the sentence before leads in, or that went on speaking."""
        if speaker.office is None:
            return speaker
        quotes = _quotes_near(unit.items, cue)
        voice = self._voices.last(self._paragraph) if quotes and quotes[0].continued else None
        if voice is not None:
            person = next((one for one in self._names.individuals if one.name == voice.speaker), None)
            if not speaker.office.places and person is not None:
                return Speaker(person.name, person)
        if speaker.person is not None:
            return speaker
        lead = self._lead
        near = self._lead_paragraph == self._paragraph - (1 if unit.opens else 0)
        if lead is not None and near and (quotes or not unit.opens) and self._speakers.tie(speaker, lead):
            return Speaker(lead.name, lead)
        self._open.setdefault(speaker.name, speaker.office)
        return speaker

    def _lead_in(self, unit: Unit, reports: Sequence[object]) -> None:
        """Note whom a sentence is about that reports nothing: "Smith was blunt." before a quote."""
        if not unit.main:
            return
        earlier = self._lead if self._lead_paragraph == self._paragraph else None
        rivals = self._rivals if self._rivals_paragraph == self._paragraph else []
        self._lead, self._lead_paragraph = None, self._paragraph
        named = [one.person for one in unit.mentions]
        self._rivals, self._rivals_paragraph = [*rivals, *named][-PRESENT:], self._paragraph
        if reports or unit.subject is None or len(self._names.individuals) == 0:
            return
        person = self._speakers.about(unit).person
        if person is None or (earlier is not None and earlier is not person):
            return
        if all(one is person or one.roles or one.places for one in self._rivals):
            self._lead = person

    def _statement(
        self,
        items: Items,
        cue: Cue,
        speaker: Speaker,
        source: tuple[int, int],
        content: tuple[int, int],
        other: str | None,
        scene: Scene,
    ) -> Statement | None:
        first, end = content
        span = _trim(items, first, end)
        if span is None or (first == cue.verb and span[1] <= items.ends[cue.last]):
            return None
        if first != cue.verb and end - first <= 3 and _says_nothing(items, cue, first, end):
            return None
        start, stop, kind = span
        return Statement(
            speaker=speaker.name,
            source_start=items.starts[source[0]],
            source_end=items.ends[source[1]],
            cue=self._body[items.starts[cue.verb] : items.ends[cue.last]],
            start=start,
            end=stop,
            kind=kind,
            relayed=other,
            addressee=scene.addressee,
            via=scene.via,
            occasion=scene.occasion,
        )

    def _relaying(self, one: Statement) -> Statement:
        """The statement with whom its quoted words open with."""
        if one.kind is not StatementKind.DIRECT or one.relayed is not None:
            return one
        other = relayed_in_quote(self._body, one.start, one.speaker, self._names)
        return replace(one, relayed=other) if other is not None else one

    def _remember(self, unit: Unit, here: Sequence[Speaker]) -> None:
        """What later pronouns may mean: speakers first, then the subject, then the other people named."""
        known = list(here)
        items, subject = unit.items, unit.subject
        if subject is not None and not here:
            first, last = subject
            if first != last or items.lows[first] not in ("he", "she", "they", "it"):
                known.append(self._speakers.phrase(items, first, last))
            else:
                known.append(self._speakers.about(unit))
        for mention in unit.mentions:
            if len(known) >= PRESENT:
                break
            if any(speaker.person is mention.person for speaker in known) or items.quoted(mention.start):
                continue
            known.append(Speaker(mention.person.name, mention.person))
        self._speakers.memory.remember(known)
        self._remembered_paragraph = self._paragraph


def _speaks(items: Items, source: tuple[int, int], speaker: Speaker, cue: Cue) -> bool:
    """Whether a source is somebody, and not merely the writer or the reader of the article."""
    low = items.lows[source[0]]
    if speaker.pronoun and low in _RELATIVE:
        return False
    if source[0] == source[1] and low in ("this", "these", "those"):
        return False
    if low in _READERS or low.startswith(_CONTRACTED):
        return bool(_quotes_near(items, cue))
    return True


def _quotes_near(items: Items, cue: Cue) -> list[Quote]:
    """The quotes in what a cue reports."""
    if not items.quotes:
        return []
    near = (at for start, end in cue.contents for at in range(start, min(end, start + REACH)))
    return [items.quotes[at] for at in near if at in items.quotes]


def _says_nothing(items: Items, cue: Cue, first: int, end: int) -> bool:
    """Whether a few words after the verb report nothing: "had said so before", "said amid tears"."""
    lows = items.lows[first:end]
    if QUOTE in lows:
        return False
    return all(low in _SAYS_NOTHING for low in lows) or (lows[0] in PREPOSITIONS and cue.lemma != "ask")


def _trim(items: Items, first: int, end: int) -> tuple[int, int, StatementKind] | None:
    """The range of items without punctuation at its edges, and how it is printed."""
    last = end - 1
    while last >= first and items.lows[last] != QUOTE and items.words[last] in ",;:.—–---":
        last -= 1
    while first <= last and items.lows[first] != QUOTE and items.words[first] in ",;:.—–---":
        first += 1
    if first > last:
        return None
    quoted = items.lows[first : last + 1].count(QUOTE)
    if not quoted:
        kind = StatementKind.INDIRECT
    elif quoted == last - first + 1:
        kind = StatementKind.DIRECT
    else:
        kind = StatementKind.MIXED
    return items.starts[first], items.ends[last], kind
