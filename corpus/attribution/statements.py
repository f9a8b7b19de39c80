"""Statements of an article: reading order, speakers that carry over, and what becomes a value."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from corpus.attribution.clauses import arrange
from corpus.attribution.cues import Cue, find_cues
from corpus.attribution.items import QUOTE, Items, read_items
from corpus.attribution.names import Individual, Mention, Names, Office, Person
from corpus.attribution.phrases import DASHES, REACH, dateline_end, first_subject
from corpus.attribution.quotes import Quote, find_quotes
from corpus.attribution.signatures import Signature, signature
from corpus.attribution.speakers import Speaker, Speakers
from corpus.attribution.validity import Judge
from corpus.attribution.vocabulary import FUNCTION, PREPOSITIONS
from corpus.models import Block, PassageKind, Statement, StatementKind

_TRIM: Final = " \t\r\n\u00a0,;:.—–-"


def attribute(body: str, blocks: Sequence[Block]) -> tuple[Statement, ...]:
    """Who said what in an article, sorted by start.

    ``blocks`` are the printed blocks of ``body`` in order. Every statement's two ranges are not empty and lie
    within the body. A sentence that denies is a statement of the one who denies. Words that one person reports
    of another are the reporter's statement, with the other one in ``relayed``. Never raises, for any text.
    """
    names = Names(body, blocks)
    return _Reader(body, blocks, names).read()


def people(body: str, blocks: Sequence[Block]) -> tuple[Person, ...]:
    """The people an article names, in order of first mention, with the other forms of their names."""
    names = Names(body, blocks)
    return tuple(Person(one.name, tuple(sorted(one.forms - {one.name}))) for one in names.individuals)


# As many people of one sentence are kept for its pronouns.
_PRESENT: Final = 8


# As many mentions are looked through for a pronoun that nothing nearer explains.
_LOOK_BACK: Final = 24


class _Cover:
    """Answers in logarithmic time whether a range lies within one of many statements."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        spans = sorted((one.start, one.end) for one in statements)
        self._starts = [start for start, _ in spans]
        self._ends = list(itertools.accumulate((end for _, end in spans), max))

    def holds(self, start: int, end: int) -> bool:
        """Whether some statement reaches from before ``start`` to ``end`` or further."""
        index = bisect.bisect_right(self._starts, start) - 1
        return index >= 0 and self._ends[index] >= end


@dataclass(frozen=True, slots=True)
class _Voice:
    """A speaker with the mention and the cue that a quote without a cue of its own takes over."""

    speaker: str
    source_start: int
    source_end: int
    cue: str
    relayed: str | None

    def says(self, quote: Quote) -> Statement:
        """The quote as this voice's statement."""
        return Statement(
            self.speaker,
            self.source_start,
            self.source_end,
            self.cue,
            quote.start,
            quote.end,
            StatementKind.DIRECT,
            self.relayed,
        )


_RELATIVE: Final = frozenset(("who", "which", "that"))
_READERS: Final = frozenset(("i", "we", "you"))
_CONTRACTED: Final = ("we’", "we'", "i’", "i'", "you’", "you'")
_SAYS_NOTHING: Final = FUNCTION | frozenset("so before it all this that more much about . ,".split())


def _speaks(items: Items, source: tuple[int, int], speaker: Speaker, cue: Cue) -> bool:
    """Whether a source is somebody, and not merely the writer or the reader of the article."""
    low = items.lows[source[0]]
    if speaker.pronoun and low in _RELATIVE:
        return False
    if source[0] == source[1] and low in ("this", "these", "those"):
        return False
    if low in _READERS or low.startswith(_CONTRACTED):
        return any(
            items.lows[at] == QUOTE for start, end in cue.contents for at in range(start, min(end, start + REACH))
        )
    return True


def _voice_of(statement: Statement) -> _Voice:
    return _Voice(statement.speaker, statement.source_start, statement.source_end, statement.cue, statement.relayed)


class _Reader:
    """Reads the blocks once, in order; holds who spoke last."""

    def __init__(self, body: str, blocks: Sequence[Block], names: Names) -> None:
        self._body = body
        self._blocks = blocks
        self._names = names
        self._speakers = Speakers(body, names)
        self._mention_starts = [mention.start for mention in names.mentions]
        self._found: list[Statement] = []
        # Who speaks in a quote whose sentence names nobody, and since which paragraph.
        self._voice: _Voice | None = None
        self._voice_paragraph = -2
        self._waiting: list[Quote] = []
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
        quotes = find_quotes(self._body, self._blocks)
        signed: Signature | None = None
        for number, (block, inside) in enumerate(zip(self._blocks, quotes, strict=True)):
            main = block.kind is PassageKind.PARAGRAPH
            if main:
                self._paragraph += 1
            if signed is not None and signed.start >= block.start:
                continue  # the line of a signature
            items = read_items(self._body, block, inside)
            ahead = self._blocks[number : number + 3]
            signed = signature(self._body, ahead, items, self._names) if inside else None
            if signed is not None:
                self._sign(signed, inside[0])
                continue
            for low, high in items.units:
                self._unit(items, low, high, main)
        found = self._judged([self._settled(statement) for statement in self._found])
        found.sort(key=lambda statement: (statement.start, statement.end))
        return tuple(found)

    def _sign(self, signed: Signature, first: Quote) -> None:
        """A signed quote is its signer's, with the paragraphs before that it goes on from."""
        cue = self._body[signed.dash[0] : signed.dash[1]]
        voice = _Voice(signed.speaker, signed.start, signed.end, cue, None)
        if first.continued:
            self._found.extend(voice.says(quote) for quote in self._waiting)
        self._waiting.clear()
        self._voice = None
        start, end = signed.words
        self._found.append(voice.says(Quote(start, end, True)))

    def _judged(self, statements: Sequence[Statement]) -> list[Statement]:
        """The statements whose speaker can be one."""
        judge = Judge(self._body, (one.name for one in self._names.individuals))
        speakers = {one.speaker: judge.speaker(one.speaker) for one in statements}
        known = {name for name in speakers.values() if name is not None}
        kept = []
        for one in statements:
            speaker, relayed = speakers[one.speaker], judge.relayed(one.relayed, known)
            if speaker is None and one.speaker.lower() in ("he", "she"):
                speaker = self._only("m" if one.speaker.lower() == "he" else "f", one.source_start)
            if speaker is None:
                continue
            if (speaker, relayed) != (one.speaker, one.relayed):
                one = replace(one, speaker=speaker, relayed=relayed if relayed != speaker else None)
            kept.append(one)
        return kept

    def _only(self, gender: str, before: int) -> str | None:
        """Who "he" or "she" is: the person named last who is known to be one, or the only one who can be."""
        last = bisect.bisect_left(self._mention_starts, before)
        for mention in reversed(self._names.mentions[max(0, last - _LOOK_BACK) : last]):
            if mention.person.gender == gender:
                return mention.person.name
        earlier = [one for one in self._names.individuals if one.gender == "" and one.first < before]
        return earlier[0].name if len(earlier) == 1 else None

    def _settled(self, statement: Statement) -> Statement:
        """A statement with the names that later sentences gave to its descriptions."""
        speaker, relayed = self._settle(statement.speaker), self._settle(statement.relayed)
        if speaker is None or (speaker == statement.speaker and relayed == statement.relayed):
            return statement
        return replace(statement, speaker=speaker, relayed=relayed if relayed != speaker else None)

    def _settle(self, name: str | None) -> str | None:
        office = self._open.get(name) if name is not None else None
        holder = self._names.holder(office) if office is not None else None
        return holder.name if holder is not None else name

    def _unit(self, items: Items, low: int, high: int, main: bool) -> None:
        """One sentence."""
        opens = low == 0
        if self._paragraph <= 2:
            low = dateline_end(items, low, high)
        fresh = not opens and self._remembered_paragraph == self._paragraph
        self._speakers.begin()
        cues = find_cues(items, low, high)
        self._mark_channels(items, cues)
        top = self._under(items, arrange(items, cues, low, high))
        here: list[Speaker] = []
        emitted: list[Statement] = []
        subject = first_subject(items, low, high)
        previous: tuple[Speaker, tuple[int, int]] | None = None
        for cue in top:
            if cue.channel:
                continue
            source = cue.source
            if source is None:
                if previous is not None:
                    speaker, source = previous
                elif subject is not None:
                    source = subject
                    speaker = self._speakers.resolve(items, source, here)
                else:
                    continue
            else:
                if not here and subject is not None and subject[1] < source[0]:
                    lead = self._speakers.phrase(items, *subject)
                    here += [lead] if lead.person is not None else []
                elif not here and subject is None:
                    here += self._named_before(items, low, source[0])
                speaker = self._speakers.resolve(items, source, here, self._named_in(items, cue), fresh)
                speaker = self._described(items, cue, speaker, opens)
            if not _speaks(items, source, speaker, cue):
                continue
            if not cue.according:
                previous = (speaker, source)
            here.insert(0, speaker)
            del here[_PRESENT:]
            relayed = self._relayed(items, cue, speaker, here)
            for start, end in cue.contents:
                statement = self._statement(items, cue, speaker, source, start, end, relayed)
                if statement is not None:
                    emitted.append(statement)
        if QUOTE in items.lows[low:high]:
            self._dashed(items, low, high, emitted)
            self._loose_quotes(items, low, high, emitted, subject, here)
        self._listen(items, low, high, top, emitted, subject, here, main)
        self._found.extend(emitted)
        self._lead_in(items, low, high, emitted or top, subject, main)
        if main or emitted:
            self._remember(items, low, high, here, subject)

    def _mentioned(self, start: int, end: int) -> list[Mention]:
        first = bisect.bisect_left(self._mention_starts, start)
        found = []
        for mention in self._names.mentions[first : first + _PRESENT]:
            if mention.start >= end:
                break
            found.append(mention)
        return found

    def _named_before(self, items: Items, low: int, at: int) -> list[Speaker]:
        """The people named in a sentence before its first cue, where its subject was not found."""
        found = self._mentioned(items.starts[low], items.starts[at])
        return [Speaker(one.person.name, one.person) for one in found if not items.quoted(one.start)]

    def _named_in(self, items: Items, cue: Cue) -> list[Individual]:
        """Who is named in what a cue reports: nobody says "he" of one so named."""
        found: list[Individual] = []
        if cue.source is None or items.lows[cue.source[0]] not in ("he", "she"):
            return found
        for start, end in cue.contents:
            after = start > cue.last or items.lows[start] == QUOTE
            for mention in self._mentioned(items.starts[start], items.ends[end - 1]):
                beside = mention.end + 2 == items.starts[cue.clause] and items.lows[cue.clause - 1] == ","
                if after or beside or items.quoted(mention.start):
                    found.append(mention.person)
        return found

    def _described(self, items: Items, cue: Cue, speaker: Speaker, opens: bool) -> Speaker:
        """A description is the person that the sentence before leads in, or that went on speaking."""
        if speaker.office is None:
            return speaker
        quotes = [
            items.quotes[at]
            for start, end in cue.contents
            for at in range(start, min(end, start + REACH))
            if at in items.quotes
        ]
        voice = self._voice
        if quotes and quotes[0].continued and voice is not None and self._paragraph - self._voice_paragraph <= 1:
            person = next((one for one in self._names.individuals if one.name == voice.speaker), None)
            if not speaker.office.places and person is not None:
                return Speaker(person.name, person)
        if speaker.person is not None:
            return speaker
        lead = self._lead
        near = self._lead_paragraph == self._paragraph - (1 if opens else 0)
        if lead is not None and near and (quotes or not opens) and self._speakers.tie(speaker, lead):
            return Speaker(lead.name, lead)
        self._open.setdefault(speaker.name, speaker.office)
        return speaker

    def _lead_in(
        self,
        items: Items,
        low: int,
        high: int,
        reports: Sequence[object],
        subject: tuple[int, int] | None,
        main: bool,
    ) -> None:
        """Note whom a sentence is about that reports nothing: "Smith was blunt." before a quote."""
        if not main:
            return
        earlier = self._lead if self._lead_paragraph == self._paragraph else None
        rivals = self._rivals if self._rivals_paragraph == self._paragraph else []
        self._lead, self._lead_paragraph = None, self._paragraph
        named = [one.person for one in self._mentioned(items.starts[low], items.ends[high - 1])]
        self._rivals, self._rivals_paragraph = [*rivals, *named][-_PRESENT:], self._paragraph
        if reports or subject is None or len(self._names.individuals) == 0:
            return
        person = self._speakers.resolve(items, subject, []).person
        if person is None or (earlier is not None and earlier is not person):
            return
        if all(one is person or one.roles or one.places for one in self._rivals):
            self._lead = person

    def _mark_channels(self, items: Items, cues: list[Cue]) -> None:
        """An outlet that merely carries a person's words is no speaker: “…,” Smith said, according to the Times."""
        if len(cues) < 2:
            return
        persons = [cue.source is not None and self._names_person(items, cue) for cue in cues]
        if not any(persons):
            return
        for number, cue in enumerate(cues):
            cue.channel = not persons[number] and self._carries(items, cue)

    def _carries(self, items: Items, cue: Cue) -> bool:
        """Whether a cue only says by what channel another one's words came."""
        if cue.source is None:
            return False
        if cue.according:
            return True
        return cue.lemma in ("report", "say", "write") and self._speakers.phrase(items, *cue.source).outlet

    def _under(self, items: Items, top: list[Cue]) -> list[Cue]:
        """ "According to Macron, Putin said ...": the reports in the sentence are within that of Macron."""
        outer = next((cue for cue in top if cue.according and not cue.channel), None)
        if outer is None or len(top) < 2 or not self._names_person(items, outer):
            return top
        outer.nested.extend(cue for cue in top if cue is not outer)
        return [outer]

    def _names_person(self, items: Items, cue: Cue) -> bool:
        if cue.source is None:
            return False
        first, last = cue.source
        if first == last and items.lows[first] in ("he", "she", "who"):
            return True
        return self._speakers.phrase(items, first, last).person is not None

    def _relayed(self, items: Items, cue: Cue, speaker: Speaker, here: list[Speaker]) -> str | None:
        """Who is reported by the speaker, when the content opens with another one's report."""
        if cue.relays is not None:
            other = self._speakers.phrase(items, *cue.relays)
            return other.name if other.name != speaker.name else None
        for inner in cue.nested:
            if inner.source is None or not cue.contents:
                continue
            start = cue.contents[0][0]
            if inner.clause - start > 8 and not cue.according:
                continue
            first, last = inner.source
            if first == last and items.lows[first] in (
                "he",
                "she",
                "they",
                "it",
                "who",
                "which",
                "that",
                "i",
                "we",
                "you",
            ):
                continue
            other = self._speakers.phrase(items, first, last)
            if other.name != speaker.name and (other.person is not None or other.name[0].isupper()):
                return other.name
        return None

    def _statement(
        self,
        items: Items,
        cue: Cue,
        speaker: Speaker,
        source: tuple[int, int],
        first: int,
        end: int,
        relayed: str | None,
    ) -> Statement | None:
        span = self._trim(items, first, end)
        if span is None or (first == cue.verb and span[1] <= items.ends[cue.last]):
            return None
        if first != cue.verb and end - first <= 3 and self._says_nothing(items, cue, first, end):
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
            relayed=relayed,
        )

    @staticmethod
    def _says_nothing(items: Items, cue: Cue, first: int, end: int) -> bool:
        """Whether a few words after the verb report nothing: "had said so before", "said amid tears"."""
        lows = items.lows[first:end]
        if QUOTE in lows:
            return False
        return all(low in _SAYS_NOTHING for low in lows) or (lows[0] in PREPOSITIONS and cue.lemma != "ask")

    def _trim(self, items: Items, first: int, end: int) -> tuple[int, int, StatementKind] | None:
        """The range of items without punctuation at its edges, and how it is printed."""
        last = end - 1
        while last >= first and items.lows[last] != QUOTE and items.words[last] in ",;:.—–---":
            last -= 1
        while first <= last and items.lows[first] != QUOTE and items.words[first] in ",;:.—–---":
            first += 1
        if first > last:
            return None
        quoted = [at for at in range(first, last + 1) if items.lows[at] == QUOTE]
        if not quoted:
            kind = StatementKind.INDIRECT
        elif len(quoted) == last - first + 1:
            kind = StatementKind.DIRECT
        else:
            kind = StatementKind.MIXED
        return items.starts[first], items.ends[last], kind

    def _loose_quotes(
        self,
        items: Items,
        low: int,
        high: int,
        emitted: list[Statement],
        subject: tuple[int, int] | None,
        here: list[Speaker],
    ) -> None:
        """Quotes that no cue of their sentence covers: somebody named around them says them."""
        loose = [at for at in range(low, high) if items.lows[at] == QUOTE and items.quotes[at].utterance]
        if loose and emitted:
            covered = _Cover(emitted)
            loose = [at for at in loose if not covered.holds(items.starts[at], items.ends[at])]
        only = bool(loose) and all(low == QUOTE or not low[0].isalnum() for low in items.lows[low:high])
        for at in loose:
            voice: _Voice | None = None
            if emitted:
                voice = _voice_of(emitted[-1])
            elif only:
                voice = self._voice if self._paragraph - self._voice_paragraph <= 1 else None
                if voice is None:
                    self._waiting.append(items.quotes[at])
            elif subject is not None and at > low and items.lows[at - 1] == ":":
                voice = self._subject_voice(items, subject, here)
            if voice is not None:
                emitted.append(voice.says(items.quotes[at]))

    def _dashed(self, items: Items, low: int, high: int, emitted: list[Statement]) -> None:
        """Whole utterances between dashes after a name: "critics like Anna Roe — “It is late” — and others"."""
        for at in range(low + 2, high):
            if items.lows[at] != QUOTE or items.lows[at - 1] not in DASHES or not items.quotes[at].utterance:
                continue
            if at + 1 < high and items.lows[at + 1] not in DASHES:
                continue
            for mention in self._mentioned(items.starts[max(low, at - 7)], items.starts[at - 1]):
                own = any(one.start <= items.starts[at] and one.source_start == mention.start for one in emitted)
                if mention.end == items.ends[at - 2] and not own:
                    cue = self._body[items.starts[at - 1] : items.ends[at - 1]]
                    voice = _Voice(mention.person.name, mention.start, mention.end, cue, None)
                    emitted.append(voice.says(items.quotes[at]))

    def _listen(
        self,
        items: Items,
        low: int,
        high: int,
        top: list[Cue],
        emitted: list[Statement],
        subject: tuple[int, int] | None,
        here: list[Speaker],
        main: bool,
    ) -> None:
        """Settle who speaks next where nobody is named, and who said the quotes that waited for a name."""
        voice: _Voice | None = None
        if items.lows[high - 1] == ":":  # "Smith said in a statement:"
            source = next((cue.source for cue in reversed(top) if cue.source is not None), subject)
            voice = self._subject_voice(items, source, here) if source is not None else None
        elif emitted:
            voice = _voice_of(emitted[-1])
        elif main and subject is not None:  # "Smith was blunt. “We lost.”"
            voice = self._subject_voice(items, subject, here)
            if voice is not None and self._speakers.resolve(items, subject, []).person is None:
                voice = None
        if voice is not None:
            emitted.extend(voice.says(quote) for quote in self._waiting)
            self._voice, self._voice_paragraph = voice, self._paragraph
        if not all(low == QUOTE or not low[0].isalnum() for low in items.lows[low:high]):
            self._waiting.clear()

    def _subject_voice(self, items: Items, subject: tuple[int, int], here: list[Speaker]) -> _Voice | None:
        speaker = here[0] if here else self._speakers.resolve(items, subject, [])
        return _Voice(speaker.name, items.starts[subject[0]], items.ends[subject[1]], ":", None)

    def _remember(
        self, items: Items, low: int, high: int, here: list[Speaker], subject: tuple[int, int] | None
    ) -> None:
        """What later pronouns may mean: speakers first, then the subject, then the other people named."""
        known = list(here)
        if subject is not None and not here:
            first, last = subject
            if first != last or items.lows[first] not in ("he", "she", "they", "it"):
                known.append(self._speakers.phrase(items, first, last))
            else:
                known.append(self._speakers.resolve(items, subject, []))
        start, end = items.starts[low], items.ends[high - 1]
        index = bisect.bisect_left(self._mention_starts, start)
        while index < len(self._mention_starts) and self._mention_starts[index] < end and len(known) < 8:
            mention = self._names.mentions[index]
            index += 1
            if any(speaker.person is mention.person for speaker in known):
                continue
            if items.quoted(mention.start):
                continue
            known.append(Speaker(mention.person.name, mention.person))
        self._speakers.memory.remember(known)
        self._remembered_paragraph = self._paragraph
