"""The sentences around checked claims. They say what is printed and by whom it is said there, never what is true."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.models import StatementKind
from retrieval.claims.models import Part, Verdict
from retrieval.claims.reading import Claimed
from retrieval.models import Citation

NOTHING_CLAIMED = "There is nothing to check; give the words, for example: Ada Brook said “We cannot pay for it.”"
_MOST_SHOWN = 300
_REST = 5
"""Words outside quote marks from which something is claimed there that was not checked."""


def complaint(length: int, most: int) -> str:
    """Why a text cannot be checked."""
    if length > most:
        return f"The claim has {length:,} characters; check at most {most:,} at once."
    return NOTHING_CLAIMED


def notes(text: str, claimed: Sequence[Claimed], most: int) -> tuple[str, ...]:
    """What of a text was left unchecked."""
    found = []
    if len(claimed) > most:
        found.append(f"Only the first {most} quotes were checked.")
    if claimed[0].quoted:
        rest = len(re.findall(r"\w+", text)) - sum(len(re.findall(r"\w+", part.words)) for part in claimed)
        named = sum(len((part.speaker or "").split()) for part in claimed)
        if rest - named >= _REST:
            found.append("Only the words in quote marks and their speaker were checked.")
    return tuple(found)


def silent(speaker: str, known: bool) -> str:
    """What the articles have of somebody whose claimed words they do not print."""
    return (
        f"The articles quote {speaker}, but not with these words."
        if known
        else f"The articles report no words of {speaker}."
    )


def whole_text(parts: Sequence[Part], about_speaker: str) -> str:
    """The verdicts of all parts, a line each."""
    lines = []
    for part in parts:
        lead = f"“{_short(part.words)}”: " if len(parts) > 1 else ""
        text = part.text
        if part.verdict is Verdict.NOT_PRINTED and about_speaker and len(parts) == 1:
            text = f"{text} {about_speaker}"
        lines.append(lead + text)
    return "\n".join(lines)


def part_text(part: Part, citations: Sequence[Citation], interrupted: bool, omits: str, agrees: bool) -> str:
    """The verdict on one part as plain sentences, each source with its number.

    ``interrupted``: the article puts words of its own between; ``omits``: what the claim's ellipsis leaves out;
    ``agrees``: the printed speaker, if any, can be the claimed one.
    """
    if part.verdict is Verdict.NOT_PRINTED:
        return "Not in the articles: these words are not printed there."
    cited = [citations[match.citation] for match in part.matches]
    first = cited[0]
    if part.verdict is Verdict.STITCHED:
        pieces = [
            f"“{_short(match.claimed)}” {_by(citations[match.citation])} {_source(citations[match.citation])}"
            for match in part.matches
        ]
        return f"Stitched from several: these words are not printed together. {'; '.join(pieces)}."
    if part.verdict is Verdict.OTHER_WORDS:
        only_marks = part.differences and all(
            re.sub(r"[\W_]+", "", d.claimed).lower() == re.sub(r"[\W_]+", "", d.printed).lower()
            for d in part.differences
        )
        what = "only capitals or marks differ" if only_marks else f"claimed is “{_short(part.words)}”"
        return _and(
            f"Printed with other words: {_quoted(first)} {_by(first)} {_source(first)}; {what}.",
            remarks(part, citations, interrupted, omits, agrees),
        )
    if part.verdict is Verdict.OTHER_SPEAKER:
        speakers = list(dict.fromkeys(_who(citation) for citation in cited))
        where = ", ".join(_source(citation) for citation in _unique(cited))
        return f"Printed, but by another speaker: {' and '.join(speakers)}, not {part.speaker}, {where}."
    if part.verdict is Verdict.NO_SPEAKER:
        given = f", given to “{_who(first)}”" if first.speaker else ""
        where = ", ".join(_source(citation) for citation in _unique(cited))
        return (
            f"Printed, but no speaker is named: the words stand {where}{given}; "
            f"that {part.speaker} said them is not printed there."
        )
    text = f"Printed as claimed{'' if part.speaker or not first.speaker else ', said by ' + _who(first)}: "
    text += f"{_quoted(first)} {_by(first)} {_source(first)}."
    text = _and(text, remarks(part, citations, interrupted, omits, agrees))
    others = [citation for citation in _unique(cited) if citation.number != first.number]
    if others:
        text += f" Also {'; '.join(f'{_by(citation)} {_source(citation)}' for citation in others)}."
    if first.also:
        n = len(first.also)
        text += f" {n} other article{'' if n == 1 else 's'} print{'s' if n == 1 else ''} it, too."
    return text


def remarks(part: Part, citations: Sequence[Citation], interrupted: bool, omits: str, agrees: bool) -> tuple[str, ...]:
    """What of :func:`part_text` is not to be seen where claimed and printed words stand side by side."""
    first = citations[part.matches[0].citation] if part.matches else None
    found = []
    if first is None:
        return ()
    if part.verdict is Verdict.OTHER_WORDS:
        if part.speaker and first.speaker and not agrees:
            found.append(f"The claim names {part.speaker}.")
    elif part.verdict is Verdict.AS_CLAIMED:
        if first.kind is StatementKind.INDIRECT:
            found.append("The article reports this without quote marks.")
        if interrupted:
            found.append("The article puts words of its own between.")
        if omits:
            found.append(f"Left out by the claim: “{_short(omits)}”.")
        if part.cut:
            found.append(f"The sentence also says: {', '.join(f'“{words}”' for words in part.cut)}.")
    return tuple(found)


def _and(text: str, remarks: Sequence[str]) -> str:
    return " ".join((text, *remarks))


def _quoted(citation: Citation) -> str:
    """In quote marks, unless the words bring their own."""
    quote = citation.quote
    return quote if quote[:1] in '“"«„' else f"“{quote}”"


def _who(citation: Citation) -> str:
    if citation.speaker and citation.relayed:
        return f"{citation.speaker}, relaying {citation.relayed}"
    return citation.speaker or "the article itself"


def _by(citation: Citation) -> str:
    return f"({_who(citation)})" if citation.speaker else "(no speaker named)"


def _source(citation: Citation) -> str:
    article = citation.article
    title = article.title or article.id
    outlet = f", {article.outlet}" if article.outlet else ""
    date = f", {article.published_at[:10]}" if article.published_at else ""
    return f"in “{title}”{outlet}{date} [{citation.number}]"


def _unique(citations: Sequence[Citation]) -> list[Citation]:
    return list({citation.number: citation for citation in citations}.values())


def _short(words: str) -> str:
    return words if len(words) <= _MOST_SHOWN else f"{words[:_MOST_SHOWN].rsplit(' ', 1)[0]} …"
