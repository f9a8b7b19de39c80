"""One question, outlet by outlet: what each prints, and which print nothing on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.asking import Asker, Options
from retrieval.models import Answer, Outcome, Reason

MOST_OUTLETS = 8
"""Outlets compared at most, those nearest to the question first."""

_LOOKED_AT = 60
"""Passages whose outlets are asked."""


@dataclass(frozen=True, slots=True)
class OutletAnswer:
    """What one outlet prints."""

    outlet: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Comparison:
    """One question, asked of each outlet alone."""

    question: str
    together: Answer
    """The answer from all of them together, or why there is none."""
    outlets: tuple[OutletAnswer, ...]
    """Those that answer, the nearest first."""
    silent: tuple[str, ...]
    """Those that print something near, but do not say."""


def compare_outlets(asker: Asker, text: str, options: Options | None = None) -> Comparison:
    """Ask all outlets together, then each that has something near; ``options.outlets`` names them instead."""
    options = options or Options()
    together = asker.ask(text, replace(options, top_k=max(options.top_k, _LOOKED_AT)))
    outlets: Sequence[str] = tuple(dict.fromkeys(options.outlets)) or _near(together)
    if together.reason is Reason.BAD_QUESTION:
        outlets = ()
    answers: list[OutletAnswer] = []
    silent: list[str] = []
    # Where all of them together do not say, none of them does alone; an outlet named is asked all the same.
    for outlet in outlets[:MOST_OUTLETS] if together.outcome is Outcome.ANSWERED or options.outlets else ():
        answer = asker.ask(text, replace(options, outlets=(outlet,)))
        if answer.outcome is not Outcome.ANSWERED:
            answer = _part_of(together, outlet)  # below the threshold alone, but cited beside the others
        if answer.citations:
            answers.append(OutletAnswer(outlet, answer))
        else:
            silent.append(outlet)
    together = replace(together, hits=together.hits[: options.top_k])
    return Comparison(text, together, tuple(answers), tuple(silent))


def _part_of(together: Answer, outlet: str) -> Answer:
    """What of an answer from all outlets stands in one of them."""
    own = tuple(citation for citation in together.citations if citation.article.outlet == outlet)
    text = "\n".join(f"“{citation.quote}” [{citation.number}]" for citation in own)
    return replace(together, text=text, citations=own, figures=(), moments=(), independence=None)


def _near(answer: Answer) -> tuple[str, ...]:
    """The outlets of what was found, the nearest first; those that print a copy as well."""
    cited = [article for citation in answer.citations for article in (citation.article, *citation.also)]
    found = [article for hit in answer.hits for article in (hit.article, *(other for _, other in hit.also))]
    return tuple(dict.fromkeys(article.outlet for article in (*cited, *found) if article.outlet))
