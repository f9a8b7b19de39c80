"""A checked claim as lines for a terminal, and as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rich.text import Text

from bot.render.json import citation_object
from bot.render.lines import Line, one_line, visible
from bot.render.terminal import source_lines
from retrieval.claims import ClaimCheck, Part, Verdict

_STYLES = {
    Verdict.AS_CLAIMED: "bold green",
    Verdict.NO_SPEAKER: "bold yellow",
    Verdict.OTHER_SPEAKER: "bold yellow",
    Verdict.OTHER_WORDS: "bold yellow",
    Verdict.STITCHED: "bold yellow",
    Verdict.NOT_PRINTED: "bold red",
}


def check_lines(check: ClaimCheck, *, several: bool = False) -> list[Line]:
    """The verdict, what is printed, and each place where the claim departs from it."""
    if check.verdict is None:
        return [Line(Text(visible(check.text)))]
    verdict = check.verdict.value
    lines = [Line(Text(f"{verdict[0].upper()}{verdict[1:]}.", style=_STYLES[check.verdict]))]
    lines += [Line(Text(line), indent=2) for line in visible(check.text).split("\n")]
    lines += [line for part in check.parts for line in _departures(part)]
    if check.citations:
        lines += [Line(Text()), *source_lines(check.citations, several=several)]
    if check.notes:
        lines += [Line(Text()), *(Line(Text(f"Note: {visible(note)}")) for note in check.notes)]
    return lines


def check_object(check: ClaimCheck) -> dict[str, Any]:
    """The same for programs."""
    return {
        "claim": check.claim,
        "words": check.words,
        "speaker": check.speaker,
        "verdict": None if check.verdict is None else check.verdict.value,
        "text": check.text,
        "parts": [asdict(part) for part in check.parts],
        "citations": [citation_object(citation) for citation in check.citations],
        "notes": list(check.notes),
    }


def _departures(part: Part) -> list[Line]:
    """Claimed words in red where print has others, printed ones in green; words, not colour alone, tell which."""
    return [
        Line(
            Text.assemble(
                "claimed ", (f"“{one_line(one.claimed)}”" if one.claimed else "nothing", "red"),
                ", printed ", (f"“{one_line(one.printed)}”" if one.printed else "nothing", "green"),
            ),
            indent=4,
        )
        for one in part.differences
    ]  # fmt: skip
