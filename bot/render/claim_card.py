"""A checked claim as a card for Discord: what is claimed and what is printed, one below the other.

Where they part, claimed words are struck out and printed ones bold. A mark never reaches across a line or, in a long
text, a space: pages may be divided there, and half a mark marks nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot import words
from bot.render.card import numbered_sources
from bot.render.markdown import escaped, escaped_line
from bot.render.pages import Page, Unit, paged
from retrieval.claims import ClaimCheck, Part, Verdict
from retrieval.models import Citation

_STRUCK, _BOLD, _UNDERLINED = "~~", "**", "__"

_LONG = 1_000
"""Characters from which words are marked one by one."""

_LONGEST_WORD = 300
"""What is longer is no word; a page might be divided within it, so it bears no mark."""

_NOT_AT_THE_ENDS = " \t\r*_~"
"""Next to a mark these would be read as a part of it."""

Range = tuple[int, int]


def check_pages(check: ClaimCheck) -> tuple[Page, ...]:
    """The verdict, claimed and printed words with their sources, and what else there is to say."""
    if check.verdict is None:
        return (Page((escaped(check.text),)),)
    head = [_head(check)]
    units = [unit for part in check.parts for unit in _part(part, check)]
    notes = [f"-# {words.NOTE.format(note=escaped_line(note))}" for note in check.notes]
    return paged(head, units, ["\n".join([*notes, f"-# {words.CLAIM_FOOTER}"])], _sources)


def _head(check: ClaimCheck) -> str:
    assert check.verdict is not None
    legend = []
    if any(one.claimed for one in check.differences):
        legend.append(words.CLAIM_STRUCK)
    if any(one.printed for one in check.differences):
        legend.append(words.CLAIM_BOLD)
    if any(part.verdict is Verdict.STITCHED for part in check.parts):
        legend.append(words.CLAIM_UNDERLINED)
    head = f"**{_verdict(check.verdict)}**"
    return f"{head}\n-# {' · '.join(legend)}" if legend else head


def _part(part: Part, check: ClaimCheck) -> list[Unit]:
    """One pair of quote marks of the claim: its words, and below them what is printed."""
    lead = words.CLAIM_CLAIMED
    if part.speaker:
        lead = words.CLAIM_CLAIMED_OF.format(speaker=escaped_line(part.speaker))
    if len(check.parts) > 1:
        lead += f" · *{_verdict(part.verdict)}*"
    struck = [(one.claimed_start, one.claimed_end) for one in part.differences]
    units = [Unit(_quoted(part.words, struck, _STRUCK), True, lead)]
    if part.verdict is Verdict.NOT_PRINTED:
        # With a single part the whole text also says what there is of the speaker.
        return [*units, Unit(escaped(check.text if len(check.parts) == 1 else part.text))]
    for n, index in enumerate(dict.fromkeys(match.citation for match in part.matches)):
        citation = check.citations[index]
        mark = _UNDERLINED if part.verdict is Verdict.STITCHED else _BOLD
        places = (
            [(match.start, match.end) for match in part.matches if match.citation == index]
            if part.verdict is Verdict.STITCHED
            else [(one.printed_start, one.printed_end) for one in part.differences if one.citation == index]
        )
        ranges = [(start - citation.start, end - citation.start) for start, end in places]
        text = f"{_quoted(citation.quote, ranges, mark)} **\\[{citation.number}\\]**"
        units.append(Unit(text, True, _printed(citation, again=n > 0), False, (citation,)))
    remarks = list(part.remarks)
    if part.verdict is Verdict.NO_SPEAKER and part.speaker:
        remarks.insert(0, words.CLAIM_NO_SPEAKER.format(speaker=part.speaker))
    return [*units, Unit(escaped("\n".join(remarks)))] if remarks else units


def _verdict(verdict: Verdict) -> str:
    return words.VERDICTS[verdict.value]


def _printed(citation: Citation, *, again: bool) -> str:
    """Who says it in print, above the printed words."""
    label = words.CLAIM_ALSO_PRINTED if again else words.CLAIM_PRINTED
    if not citation.speaker:
        return f"{label} · *{words.CLAIM_NOBODY}*"
    who = f"**{escaped_line(citation.speaker)}**"
    if citation.relayed:
        who = words.CLAIM_RELAYING.format(speaker=who, relayed=f"**{escaped_line(citation.relayed)}**")
    return f"{label} · {who}"


def _sources(citations: Sequence[Citation]) -> str:
    """Each source once, whatever the order in which the parts of a claim come to it."""
    unique = {citation.number: citation for citation in citations}
    return numbered_sources([unique[number] for number in sorted(unique)])


def _quoted(text: str, ranges: Iterable[Range], mark: str) -> str:
    """In quote marks, unless the words bring their own."""
    shown = marked(text, ranges, mark)
    return shown if text[:1] in '"“«„' else f"“{shown}”"


def marked(text: str, ranges: Iterable[Range], mark: str) -> str:
    """Escaped text in which ranges bear a mark."""
    shown, at = "", 0
    for start, end in _merged(ranges, len(text)):
        shown += escaped(text[at:start]) + _with_mark(text[start:end], mark, one_by_one=len(text) > _LONG)
        at = end
    return shown + escaped(text[at:])


def _merged(ranges: Iterable[Range], length: int) -> list[Range]:
    """In order and apart: two marks that touch would cancel each other."""
    found: list[Range] = []
    for start, end in sorted((max(start, 0), min(end, length)) for start, end in ranges):
        if end <= start:
            continue
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _with_mark(text: str, mark: str, *, one_by_one: bool) -> str:
    shown, at = "", 0
    for piece in re.finditer(r"\S+" if one_by_one else r"[^\n]+", text):
        inner = piece[0].strip(_NOT_AT_THE_ENDS)
        if not inner or (one_by_one and len(inner) > _LONGEST_WORD):
            continue
        start = text.index(inner, piece.start())
        shown += f"{escaped(text[at:start])}{mark}{escaped(inner)}{mark}"
        at = start + len(inner)
    return shown + escaped(text[at:])
