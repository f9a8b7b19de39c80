"""What each command does. Imports what is heavy where it is needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bot import own_version
from bot.console import say, show, typed
from bot.errors import UsageError
from bot.failures import FAILURE, INTERRUPTED, configure_logging, log_details

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.wiring import Wiring
    from retrieval.intake import Summary

_MOST_SAID = 20
"""Sentences about refused sources before the rest is only counted."""

_debug = False


def set_debug(on: bool) -> None:
    """Whether details go to a log file, before the settings are known."""
    global _debug
    _debug = on


def ask(
    question: str,
    speaker: str | None,
    outlets: Sequence[str] | None,
    since: str | None,
    until: str | None,
    articles: Sequence[str] | None,
    collections: Sequence[str] | None,
    top_k: int | None,
    *,
    json: bool,
    explain: bool,
) -> int:
    """Answer one question, or each line of standard input."""
    if speaker is not None and not speaker.strip():
        raise UsageError("The speaker is empty; name one, or leave --speaker out.")
    with _wired() as wiring:
        wiring.prepare()  # the model loads while the rest is imported
        from bot import answers
        from bot.lookups import parse_days
        from retrieval.asking import Options

        first, last = parse_days(since, until)
        options = Options(
            speaker, tuple(outlets or ()), first, last, tuple(articles or ()), top_k or wiring.settings.top_k
        )
        return answers.show_answers(wiring, question, options, collections, json=json, explain=explain)


def overview(
    kind: Literal["figures", "timeline", "compare"],
    question: str,
    speaker: str | None,
    outlets: Sequence[str] | None,
    since: str | None,
    until: str | None,
    collections: Sequence[str] | None,
    plot: str | None = None,
    *,
    json: bool,
) -> int:
    """Answer one question by size, by day or by outlet."""
    from bot import overviews

    request = overviews.Request(
        question, speaker, tuple(outlets or ()), since, until, tuple(collections or ()), _path(plot), json
    )
    request.check()
    with _wired() as wiring:
        return overviews.SHOWN[kind](request, wiring)


def repl(collections: Sequence[str] | None) -> int:
    """Ask and look up until the person leaves."""
    from bot.repl import Repl

    with _wired() as wiring:
        return Repl(wiring, collections or ()).run()


def ingest(paths: Sequence[str], collection: str, *, prune: bool) -> int:
    """Bring articles into a collection."""
    with _wired() as wiring:
        try:
            summary = wiring.ingest(collection, paths, prune=prune)
        except KeyboardInterrupt:
            say("Interrupted; what was stored so far stays, and the same command goes on with the rest.")
            return INTERRUPTED
    _say_some("Refused", [str(error) for error in summary.refused])
    _say_some("Note", summary.notes)
    print(_summary_line(summary))
    if summary.new or summary.changed or summary.unchanged or summary.removed:
        return 0
    say("No article could be read; give a file or folder with .txt, .md, .html or .jsonl articles.")
    return FAILURE


def remove(ids: Sequence[str], collection: str) -> int:
    """Remove articles."""
    with _wired() as wiring:
        removed = wiring.remove(collection, [typed(article_id) for article_id in dict.fromkeys(ids)])
    for article_id in removed:
        print(f"removed {article_id}")
    missing = [article_id for article_id in dict.fromkeys(ids) if article_id not in removed]
    if missing:
        say(f"There is no article {', '.join(map(repr, missing))}; list them with: dateline sources")
    return FAILURE if missing else 0


def sources(
    query: str | None,
    outlets: Sequence[str] | None,
    since: str | None,
    until: str | None,
    collections: Sequence[str] | None,
    *,
    json: bool,
) -> int:
    """List articles."""
    from bot import lookups
    from bot.render import json as as_json
    from bot.render import terminal
    from corpus.store import Filters

    first, last = lookups.parse_days(since, until)
    with _wired() as wiring:
        library = wiring.library(collections or ())
        found = lookups.sources(library.stores, Filters(tuple(outlets or ()), first, last), query)
    if json:
        print(as_json.dumps([{"collection": name, **as_json.summary_object(article)} for name, article in found]))
    elif found:
        show(terminal.source_list_lines(found, several=len(library.collections) > 1))
    else:
        say("No article matches; list all with: dateline sources")
    return 0


def source(article_id: str, revision: int | None, collections: Sequence[str] | None, *, json: bool) -> int:
    """Show one article."""
    from bot import lookups
    from bot.render import json as as_json
    from bot.render import terminal

    with _wired() as wiring:
        article, passages = lookups.article(wiring.library(collections or ()).stores, typed(article_id), revision)
    if json:
        print(as_json.dumps(as_json.article_object(article, passages)))
    else:
        show(terminal.article_lines(article, passages))
    return 0


def quotes(
    speaker: str | None,
    about: str | None,
    outlets: Sequence[str] | None,
    since: str | None,
    until: str | None,
    collections: Sequence[str] | None,
    *,
    json: bool,
) -> int:
    """Show a person's words, or who is on record at all."""
    from bot import record
    from bot.lookups import parse_days

    first, last = parse_days(since, until)
    if about is not None and speaker is None:
        raise UsageError("--about needs a speaker; name one, for example: dateline quotes Macron --about Minsk")
    if speaker is not None and not speaker.strip():
        raise UsageError("The speaker is empty; name one, for example: dateline quotes Macron")
    with _wired() as wiring:
        return record.show_record(wiring, speaker, about, outlets, (first, last), collections, json=json)


def check(text: str, collections: Sequence[str] | None, *, json: bool) -> int:
    """Say how a claim stands in the articles."""
    from bot import record

    with _wired() as wiring:
        return record.show_check(wiring, typed(text), collections, json=json)


def evaluate(
    dataset: str,
    articles: str | None,
    collection: str | None,
    kinds: Sequence[str] | None,
    limit: int | None,
    seed: int,
    compare: str | None,
    out: str | None,
    floors: str | None,
    *,
    raise_floors: bool,
    lower_floors: bool,
    json: bool,
) -> int:
    """Measure answers on a set of questions."""
    from bot import evaluation

    wanted = tuple(dict.fromkeys(kind.strip() for given in kinds or () for kind in given.split(",") if kind.strip()))
    request = evaluation.Request(
        dataset, articles, collection, wanted, limit, seed, _path(compare), _path(out), _path(floors),
        raise_floors, lower_floors, json,
    )  # fmt: skip
    request.check()
    with _wired() as wiring:
        return evaluation.run(request, wiring, _say_some)


def backup(file: str, collection: str) -> int:
    """Copy a collection's database."""
    target = Path(file).expanduser()
    with _wired() as wiring:
        wiring.store(collection).backup(target)
    print(f"written {target}")
    return 0


def doctor() -> int:
    """Check everything that can be checked."""
    from bot.doctor import examine

    settings = _settings()
    findings = list(examine(settings))
    for finding in findings:
        print(f"{'ok  ' if finding.well else 'FAIL'}  {finding.sentence}")
    return 0 if all(finding.well for finding in findings) else FAILURE


def serve() -> int:
    """Run the Discord bot."""
    settings = _settings()
    from bot import serve as serving

    return serving.run(settings)


def version() -> int:
    """Print the version."""
    print(f"dateline {own_version()}")
    return 0


def _settings() -> Settings:
    from bot.settings import load_settings

    settings = load_settings()
    configure_logging(settings.log_level)
    if _debug:
        log_details(settings.home)
    return settings


@contextmanager
def _wired() -> Iterator[Wiring]:
    from bot.wiring import Wiring

    with Wiring(_settings(), say) as wiring:
        yield wiring


def _path(given: str | None) -> Path | None:
    return None if given is None else Path(given).expanduser()


def _say_some(what: str, sentences: Sequence[str]) -> None:
    """Not thousands of lines where a whole file is of the wrong kind."""
    for sentence in sentences[:_MOST_SAID]:
        say(f"{what}: {sentence}")
    if len(sentences) > _MOST_SAID:
        say(f"{what}: {len(sentences) - _MOST_SAID:,} more like these; see to them and run the command again.")


def _summary_line(summary: Summary) -> str:
    return (
        f"{len(summary.new)} new, {len(summary.changed)} changed, {summary.unchanged} unchanged, "
        f"{len(summary.removed)} removed, {len(summary.refused)} refused; "
        f"{summary.encoded:,} texts encoded; {summary.seconds:.1f} s"
    )
