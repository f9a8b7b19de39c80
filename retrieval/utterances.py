"""What of a statement is shown: never so little that a hedge, a negation or a condition is cut off."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.datelines import read_dateline
from corpus.models import Passage, Sentence, Statement, StatementKind

_QUOTE_MARKS = "\"“”„«»‘’'‹›"

_WHOLE_WORDS = 4
"""Words from which an utterance in quote marks stands alone; a shorter one is shown with its sentence."""


def shown_span(
    statement: Statement, passage: Passage, sentences: Sequence[Sentence], statements: Sequence[Statement]
) -> tuple[int, int]:
    """The span of a statement's words: a whole utterance without its marks, else the sentences it stands in.

    ``sentences`` and ``statements`` are all of the passage. A fragment that begins in the middle of a sentence,
    or one half of an utterance that goes on after "he said", is shown with its sentence.
    """
    around = [s for s in sentences if s.start < statement.end and statement.start < s.end]
    whole = (around[0].start, around[-1].end) if around else (statement.start, min(statement.end, passage.end))
    if statement.kind is StatementKind.DIRECT:
        start, end = trimmed(passage, statement.start, min(statement.end, passage.end), _QUOTE_MARKS + ",")
        words = passage.text[start - passage.start : end - passage.start]
        goes_on = any(
            other != statement and other.kind is StatementKind.DIRECT and whole[0] <= other.start < whole[1]
            for other in statements
        )
        if len(words.split()) >= _WHOLE_WORDS and not words[0].islower() and not goes_on:
            return start, end
    return trimmed(passage, *whole)


def trimmed(passage: Passage, start: int, end: int, marks: str = "") -> tuple[int, int]:
    """The span, kept within the passage, without white space and ``marks`` at either end."""
    text, base = passage.text, passage.start
    # A damaged store may hold offsets that lie outside; an empty span is never shown.
    start, end = max(start, base), min(end, passage.end, base + len(text))
    dateline = read_dateline(text) if start == base else None
    if dateline is not None and start + dateline.end < end:
        start += dateline.end  # "MOSCOW —" is printed before the sentence, not part of it
    while start < end and (text[start - base] in marks or text[start - base].isspace()):
        start += 1
    while start < end and (text[end - 1 - base] in marks or text[end - 1 - base].isspace()):
        end -= 1
    return start, end
