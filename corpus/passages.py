"""From a body to its printed blocks, their sentences and what they say of the article's origin."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.datelines import read_byline, read_dateline
from corpus.kinds import tell_kinds
from corpus.models import Block, Field, PassageKind, Span
from corpus.sentences import sentences

_LINE = re.compile(r"[^\n]+")
_TOP = 8  # blocks within which a byline or a dateline stands


def split(body: str) -> tuple[Block, ...]:
    """Return the blocks of a body: each line that is not blank, without the white space around it."""
    spans: list[tuple[int, int]] = []
    for found in _LINE.finditer(body):
        line = found.group()
        if stripped := line.strip():
            start = found.start() + len(line) - len(line.lstrip())
            spans.append((start, start + len(stripped)))
    if not spans:
        return ()
    texts = [body[start:end] for start, end in spans]
    tilings = [sentences(text) for text in texts]
    starts = [start for start, _ in spans[1:]]
    gaps = [body.count("\n", end, start) > 1 for (_, end), start in zip(spans, starts, strict=False)]
    gaps.append(True)
    kinds = tell_kinds(texts, gaps, [len(tiling) == 1 for tiling in tilings])
    return tuple(
        Block(
            ordinal=number,
            start=start,
            end=end,
            text=text,
            kind=kind,
            sentences=tuple(Span(start + span.start, start + span.end) for span in tiling),
        )
        for number, ((start, end), text, kind, tiling) in enumerate(
            zip(spans, texts, kinds, tilings, strict=True), start=1
        )
    )


def derive_fields(body: str, blocks: Sequence[Block]) -> dict[str, Field]:
    """Return the metadata that the text itself prints: headline, byline, dateline and what stands in it.

    To be used where the source states nothing. A date without a year gives no ``published_at``.
    """
    fields: dict[str, Field] = {}
    if blocks and blocks[0].kind is PassageKind.HEADLINE:
        fields["title"] = Field(blocks[0].text, "first line")
    for block in blocks[:_TOP]:
        text = body[block.start : block.end]
        if "author" not in fields and (author := read_byline(text)):
            fields["author"] = Field(author, "byline")
        if "dateline" in fields or block.kind is not PassageKind.PARAGRAPH:
            continue
        if dateline := read_dateline(text):
            fields["dateline"] = Field(dateline.text, "text dateline")
            if dateline.agency:
                fields["outlet"] = Field(dateline.agency, "text dateline")
            if dateline.date:
                fields["published_at"] = Field(dateline.date, "text dateline")
    return fields
