"""The arithmetic of recorded edits: apply them, chain them, map a span of the body back to the raw text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.models import Edit


def apply_edits(raw: str, edits: Iterable[Edit]) -> str:
    """Return ``raw`` with the edits made. They are sorted and do not overlap."""
    parts: list[str] = []
    at = 0
    for edit in edits:
        parts.append(raw[at : edit.raw_start])
        parts.append(edit.replacement)
        at = edit.raw_end
    parts.append(raw[at:])
    return "".join(parts)


def to_raw(edits: Iterable[Edit], start: int, end: int) -> tuple[int, int]:
    """Map ``body[start:end]`` to the smallest raw span that it came from.

    Text deleted just before or just after the span is left out. A span that begins or ends inside a
    replacement takes in the whole of what was replaced.

    Raises ValueError when the span is not a range.
    """
    raw_start, raw_end, _ = _locate(edits, start, end)
    return raw_start, raw_end


def spans_agree(raw: str, body: str, edits: Sequence[Edit], start: int, end: int) -> bool:
    """Tell whether the recorded edits alone turn the raw text behind ``body[start:end]`` into it.

    Never raises: values that do not fit together (offsets outside the texts, edits out of order) do not
    agree.
    """
    try:
        if not 0 <= start <= end <= len(body) or not _well_formed(edits, len(raw)):
            return False
        raw_start, raw_end, lead = _locate(edits, start, end)
        if not 0 <= raw_start <= raw_end <= len(raw):
            return False
        inside = [
            Edit(edit.raw_start - raw_start, edit.raw_end - raw_start, edit.replacement, edit.reason)
            for edit in edits
            if raw_start <= edit.raw_start and edit.raw_end <= raw_end
        ]
        again = apply_edits(raw[raw_start:raw_end], inside)
        return again[lead : lead + end - start] == body[start:end]
    except (AttributeError, TypeError, ValueError):
        return False


def chain(first: Sequence[Edit], between: str, second: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return the edits that do at once what ``first`` and then ``second`` do.

    ``between`` is the text that ``first`` yields and that ``second`` is made on. Where an edit of
    ``second`` touches what ``first`` put in, the two become one, which bears the reason of the later.
    """
    if not first or not second:
        return tuple(first or second)
    result: list[Edit] = []
    shift = 0  # raw offset minus offset in ``between``, after the edits of ``first`` taken so far
    i = j = 0
    while j < len(second):
        start, end = second[j].raw_start, second[j].raw_end
        while i < len(first) and first[i].raw_start - shift + len(first[i].replacement) <= start:
            result.append(first[i])
            shift += _shrinkage(first[i])
            i += 1
        if i < len(first):
            start = min(start, first[i].raw_start - shift)
        raw_start = start + shift
        parts: list[str] = []
        done = start
        reason = second[j].reason
        # Whatever overlaps the growing range [start, end) becomes part of the one edit.
        while True:
            if i < len(first) and first[i].raw_start - shift < end:
                end = max(end, first[i].raw_start - shift + len(first[i].replacement))
                shift += _shrinkage(first[i])
                i += 1
            elif j < len(second) and second[j].raw_start < end:
                parts += between[done : second[j].raw_start], second[j].replacement
                done = second[j].raw_end
                end = max(end, done)
                j += 1
            else:
                break
        parts.append(between[done:end])
        result.append(Edit(raw_start, end + shift, "".join(parts), reason))
    result.extend(first[i:])
    return tuple(result)


def _shrinkage(edit: Edit) -> int:
    return edit.raw_end - edit.raw_start - len(edit.replacement)


def _locate(edits: Iterable[Edit], start: int, end: int) -> tuple[int, int, int]:
    """Return the raw span of a body span, and how many characters it yields before the body span."""
    if not 0 <= start <= end:
        raise ValueError(f"{start}:{end} is not a span of a text")
    shift = 0
    raw_start: int | None = None
    raw_end: int | None = None
    lead = 0
    for edit in edits:
        here = edit.raw_start - shift
        stop = here + len(edit.replacement)
        if raw_start is None and start < stop:
            if start < here:
                raw_start = start + shift
            else:
                raw_start, lead = edit.raw_start, start - here
        if raw_start is not None and end <= here:
            raw_end = end + shift
            break
        if raw_start is not None and end <= stop:
            raw_end = edit.raw_end
            break
        shift += _shrinkage(edit)
    if raw_start is None:
        raw_start = start + shift
    if raw_end is None:
        raw_end = end + shift
    if start == end and raw_end < raw_start:
        raw_end = raw_start
    return raw_start, raw_end, lead


def _well_formed(edits: Sequence[Edit], length: int) -> bool:
    at = 0
    for edit in edits:
        if not at <= edit.raw_start <= edit.raw_end <= length:
            return False
        at = edit.raw_end
    return True
