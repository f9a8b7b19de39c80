"""What stands beside an answer's quotes, as plain text: figures, days, independence. Terminal and Discord share it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from bot.render.lines import one_line
from retrieval.models import Difference, Independence, ShownFigure, ShownMoment

_DIFFERENCES = {
    Difference.SAME: "same",
    Difference.ROUNDED: "rounded",
    Difference.LATER: "later",
    Difference.EARLIER: "earlier",
    Difference.OTHER_SCOPE: "other scope",
    Difference.DIFFERS: "differs",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a panel."""

    printed: str
    """Verbatim."""
    numbers: tuple[int, ...]
    """The citations that print it."""
    beside: str
    """Who says so, as of when, how it differs; may be empty."""


def figure_rows(figures: Sequence[ShownFigure]) -> list[Row]:
    """Figures side by side; none where there is but one, which its quote shows already."""
    if len(figures) < 2:
        return []
    rows = []
    for shown in figures:
        figure = shown.figure
        parts = [
            one_line(figure.claimant) if figure.claimant else "",
            f"as of {figure.as_of}" if figure.as_of else "",
            _DIFFERENCES[shown.difference] if shown.difference else "",
        ]
        numbers = tuple(dict.fromkeys(citation.number for citation in shown.citations))
        rows.append(Row(one_line(shown.printed), numbers, ", ".join(part for part in parts if part)))
    return rows


def moment_rows(moments: Sequence[ShownMoment]) -> list[Row]:
    """The days that were resolved, not those that are printed in full."""
    rows: dict[tuple[str, str], list[int]] = {}
    for shown in moments:
        if shown.moment.resolved_from and _is_day(shown.moment.first) and _is_day(shown.moment.last):
            # With it comes all that finds days in texts, which a question has no use for.
            from corpus.moments import describe

            row = (one_line(shown.printed), f"{describe(shown.moment)} (derived)")
            rows.setdefault(row, []).append(shown.citation.number)
    return [Row(printed, tuple(dict.fromkeys(numbers)), day) for (printed, day), numbers in rows.items()]


def _is_day(text: str) -> bool:
    # A damaged store may hold anything.
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def independence_sentence(independence: Independence | None) -> str | None:
    """Whether several outlets have it from one origin; None where each has its own."""
    if independence is None or independence.outlets <= independence.origins:
        return None
    agencies = f" ({', '.join(one_line(agency) for agency in independence.agencies)})" if independence.agencies else ""
    origins = "1 origin" if independence.origins == 1 else f"{independence.origins} independent origins"
    return f"{independence.outlets} outlets, {origins}{agencies}"
