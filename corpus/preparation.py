"""From what a reader found to what is stored: clean, split, complete the metadata, find what the text holds."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.errors import ReadError
from corpus.models import Block, CopyPrint, Document, Edit, Field, Figure, Knowledge, Moment, Statement

VERSION = 9
"""Raised when what is found in a text changes (cleaning, splitting, attribution, figures, moments, fingerprints), so
that unchanged files are read again."""


MAX_CHARACTERS = 5_000_000
"""A text of this length is no article but a library: encoding it would take hours."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document after everything that needs no model."""

    document: Document
    body: str
    edits: tuple[Edit, ...]
    fields: dict[str, Field]
    blocks: tuple[Block, ...]
    statements: tuple[Statement, ...]
    figures: tuple[Figure, ...] = ()
    moments: tuple[Moment, ...] = ()
    copy_print: CopyPrint | None = None

    def knowledge_of(self, block: Block) -> Knowledge:
        """What was found in one block; each thing belongs where it starts."""
        return Knowledge(
            tuple(s for s in self.statements if block.start <= s.start < block.end),
            tuple(f for f in self.figures if block.start <= f.start < block.end),
            tuple(m for m in self.moments if block.start <= m.start < block.end),
        )


def prepare(document: Document) -> Prepared:
    """Raises :class:`ReadError` when nothing is left to read, or far too much is there for one article."""
    if len(document.raw) > MAX_CHARACTERS:
        raise ReadError(
            document.origin, f"has {len(document.raw):,} characters, more than any article; split it into articles."
        )
    # Imported here: hundreds of patterns are compiled with them, and an ingest that finds nothing new needs none.
    from corpus.agencies import credited_agency
    from corpus.attribution import attribute
    from corpus.cleaning import clean
    from corpus.duplicates import fingerprint
    from corpus.figures import find_figures
    from corpus.moments import find_moments
    from corpus.passages import derive_fields, split

    cleaned = clean(document.raw, markdown=document.origin.lower().endswith(".md"))
    blocks = split(cleaned.body)
    if not blocks:
        raise ReadError(document.origin, "holds no text; nothing was stored of it.")
    # What the source states wins over what is read off the text.
    fields = {**derive_fields(cleaned.body, blocks), **document.fields}
    published = fields.get("published_at")
    statements = attribute(cleaned.body, blocks)
    moments = find_moments(cleaned.body, blocks, published.value if published else None)
    figures = find_figures(cleaned.body, blocks, statements, moments)
    text = fingerprint(cleaned.body, blocks)
    agency = credited_agency(cleaned.body, blocks, {name: field.value for name, field in fields.items()}, document.raw)
    copy_print = CopyPrint(text.to_bytes(), agency)
    return Prepared(document, cleaned.body, cleaned.edits, fields, blocks, statements, figures, moments, copy_print)
