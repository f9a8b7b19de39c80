"""``dateline quotes`` and ``dateline check``: what somebody is on record with, and whether it was what is claimed."""

from __future__ import annotations

from collections.abc import Sequence

from bot import lookups
from bot.console import show, typed
from bot.failures import NO_EVIDENCE
from bot.render import json as as_json
from bot.render import terminal
from bot.render.claims import check_lines, check_object
from bot.wiring import Wiring
from corpus.store import Filters
from retrieval.asking import Options
from retrieval.claims import ClaimChecker, Verdict


def show_record(
    wiring: Wiring,
    speaker: str | None,
    about: str | None,
    outlets: Sequence[str] | None,
    days: tuple[str | None, str | None],
    collections: Sequence[str] | None,
    *,
    json: bool,
) -> int:
    """Show a person's words, or who is on record at all; the exit code."""
    library = wiring.library(collections or ())
    if speaker is None:
        return _show_speakers(lookups.speakers(library.stores), json=json)
    if about is None:
        record = lookups.record(library.stores, typed(speaker), Filters(tuple(outlets or ()), *days))
    else:
        options = Options(typed(speaker), tuple(outlets or ()), *days, (), wiring.settings.top_k)
        record = lookups.record_about(wiring.asker(library), library.stores, typed(speaker), typed(about), options)
    if json:
        print(
            as_json.dumps(
                {
                    "speaker": speaker,
                    "about": about,
                    "names": list(record.names),
                    "text": record.sentence,
                    "quotes": [as_json.citation_object(citation) for citation in record.quotes],
                }
            )
        )
    elif record.quotes:
        show(terminal.quotes_lines(record.names, record.quotes, several=len(library.collections) > 1))
    else:
        print(record.sentence)
    return 0 if record.quotes else NO_EVIDENCE


def show_check(wiring: Wiring, claim: str, collections: Sequence[str] | None, *, json: bool) -> int:
    """Show how a claim stands in the articles; the exit code, which tells only whether its words are there."""
    library = wiring.library(collections or ())
    wiring.asker(library)  # everything in them is encoded
    check = ClaimChecker(library.collections, wiring.encoder).check(claim)
    if json:
        print(as_json.dumps(check_object(check)))
    else:
        show(check_lines(check, several=len(library.collections) > 1))
    return NO_EVIDENCE if check.verdict in (None, Verdict.NOT_PRINTED) else 0


def _show_speakers(found: Sequence[tuple[str, int]], *, json: bool) -> int:
    if json:
        print(as_json.dumps([{"speaker": name, "statements": count} for name, count in found]))
        return 0
    show(terminal.speaker_lines(found))
    return 0
