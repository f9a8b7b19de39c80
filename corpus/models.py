"""The values that the corpus hands out. All are frozen; all offsets are Unicode code points."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class PassageKind(StrEnum):
    """What a printed block is, as far as its form tells."""

    HEADLINE = "headline"
    SUBHEAD = "subhead"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    CREDIT = "credit"
    TEASER = "teaser"


class StatementKind(StrEnum):
    """How the words of a speaker are printed."""

    DIRECT = "direct"  # within quote marks, a whole utterance
    INDIRECT = "indirect"  # reported, no quote marks
    MIXED = "mixed"  # reported, with quoted words inside


@dataclass(frozen=True, slots=True)
class Edit:
    """One recorded difference between the raw text and the body.

    ``raw[raw_start:raw_end]`` was replaced by ``replacement`` (empty: deleted). Edits are sorted by
    ``raw_start`` and do not overlap.
    """

    raw_start: int
    raw_end: int
    replacement: str
    reason: str


@dataclass(frozen=True, slots=True)
class Field:
    """A piece of metadata and where it came from, e.g. ``front matter``, ``html meta``, ``first line``."""

    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Document:
    """One article as a reader found it, before cleaning.

    ``raw`` is the text to clean; ``page`` is the untouched source where the text was extracted from
    something richer (an HTML page), else None. ``given_id`` is an id that the source states.
    ``origin`` is the resolved path or URL it came from; ``slug`` a readable id derived from the path below
    the ingested root, to be used when there is neither an id nor a URL. Metadata that the source does not
    state is absent from ``fields``; its keys are ``title``, ``outlet``, ``author``, ``published_at``
    (ISO 8601 date or date-time), ``url``, ``category``, ``dateline``.
    """

    raw: str
    origin: str
    slug: str
    given_id: str | None = None
    page: bytes | None = None
    fields: dict[str, Field] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    """Sentences for the person who ingests, e.g. about a date that does not parse."""


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of the body."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """One printed block of a body before it is stored: ``body[start:end] == text``.

    ``sentences`` tile the block: the first starts at ``start``, each starts where the one before ends
    (white space between two sentences belongs to the one before), the last ends at ``end``.
    """

    ordinal: int
    """From 1, counted over all blocks of the article, headline and captions included."""
    start: int
    end: int
    text: str
    kind: PassageKind
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """Something somebody said, from the text alone.

    ``body[start:end]`` is what was said (quote marks included where printed); ``body[source_start:source_end]``
    is the mention that names the speaker (a name, a title or a pronoun) and ``speaker`` the fullest form of
    that name in the article, e.g. ``Vladimir Putin``. ``cue`` is the verb or phrase ("said", "according to").
    ``relayed`` names who is being relayed when the speaker reports another person's words
    ("Macron said Putin told him ..." has speaker Macron, relayed Putin), else None. ``via`` is who passed the
    statement on to the outlet ("Peskov said, according to Interfax" has speaker Peskov, via Interfax).
    ``addressee`` is to whom it was said, a person by the fullest form of the name in the article, others as
    printed ("reporters"). ``occasion`` is where the text says at what event or after what it was said, e.g. "after
    his meeting with Putin", "at a news conference in Kyiv".
    """

    speaker: str
    source_start: int
    source_end: int
    cue: str
    start: int
    end: int
    kind: StatementKind
    relayed: str | None = None
    addressee: str | None = None
    via: str | None = None
    occasion: Span | None = None


class Bound(StrEnum):
    """How a printed number stands to the true one."""

    EXACT = "exact"  # "110,000"
    ABOUT = "about"  # "some 150,000", "nearly half"
    AT_LEAST = "at least"  # "more than 100,000", "at least 70%"
    AT_MOST = "at most"  # "up to 3,000", "fewer than 200"
    BETWEEN = "between"  # "100,000 to 130,000"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts or measures, from the text alone.

    ``body[start:end]`` is the figure as printed with its bound, unit and what is counted ("more than 100,000
    Russian troops"). ``low`` and ``high`` are equal but for a range. ``unit`` is ``%``, an ISO 4217 code (``USD``),
    a unit of measure (``km``, ``°C``, ``day``, ...) in base form, or None where things are counted. ``counted`` is
    what is counted or measured, as printed ("Russian troops"), empty where the text does not say. ``as_of`` is the
    ISO date at which the text says the figure holds, None where it says nothing. ``claimant`` is who says so where
    it is not the article itself, named as in :class:`Statement`, with the mention at
    ``body[claimant_start:claimant_end]``.
    """

    start: int
    end: int
    low: float
    high: float
    bound: Bound
    unit: str | None
    counted: str
    as_of: str | None = None
    claimant: str | None = None
    claimant_start: int | None = None
    claimant_end: int | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A day or a longer time that the text names, resolved.

    ``body[start:end]`` is the expression ("on Monday", "Feb. 14-15"). ``first`` and ``last`` are ISO dates, equal
    for a single day. ``resolved_from`` is the ISO date it was counted from, the publication's, or None where the
    text states the date in full.
    """

    start: int
    end: int
    first: str
    last: str
    resolved_from: str | None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the text of one block was found to hold. None of it is embedded: finding better encodes nothing."""

    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()
    moments: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class CopyPrint:
    """What tells copies of an article's text; made by :mod:`corpus.duplicates`.

    ``agency`` is the news agency that the text credits.
    """

    signature: bytes
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One revision of an article as stored. Identity is ``(collection, id)``."""

    collection: str
    id: str
    revision: int
    title: str | None
    body: str
    raw: str
    edits: tuple[Edit, ...]
    outlet: str | None
    author: str | None
    url: str | None
    published_at: str | None
    """ISO 8601, a date or a date-time, as far as the source gives it."""
    dateline: str | None
    category: str | None
    provenance: dict[str, str]
    """For each metadata field that is present: where it came from."""
    origin: str
    ingested_at: str

    @property
    def display_title(self) -> str:
        """The title, or the id where none was printed: nothing is invented."""
        return self.title or self.id


@dataclass(frozen=True, slots=True)
class Passage:
    """One block of a stored revision; the unit that is embedded and cited.

    ``id`` is unique in its collection and never reused.
    """

    id: int
    article_id: str
    revision: int
    ordinal: int
    start: int
    end: int
    text: str
    kind: PassageKind


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a passage; offsets into the same body."""

    passage_id: int
    start: int
    end: int
