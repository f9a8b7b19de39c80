"""The command line: each command reads its options, has the work done and shows what came of it.

Exit codes: 0 answered or done, 1 failure, 2 usage, 3 no evidence. Results go to standard output, everything
else to standard error. What is heavy is imported inside the commands: ``dateline --help`` loads no model.
"""

from __future__ import annotations

import copy
import gc
import logging
import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from bot import commands, questions
from bot.failures import NO_EVIDENCE, exit_code_of
from bot.options import Collections, Json, OneCollection, Outlets, Since, Until

_BRIEF = frozenset("ask figures timeline compare quotes check sources source version".split())
"""Commands that answer and are done: all they have written when they return is their answer."""


class _AsTyped:
    """What typer does to values, without pydantic where none was given or a text is a text already.

    Importing that takes longer than answering a question, and hardly a command is given a number.
    """

    def coerce(self, value: Any, param: Any, ctx: typer.Context) -> Any:
        several = param.multiple or param.nargs == -1
        if value is None:
            return () if several else None
        wanted = param.type_descriptor.annotation
        if wanted is str and isinstance(value, str):
            return value
        if wanted == list[str] and isinstance(value, list | tuple) and all(isinstance(one, str) for one in value):
            return list(value)
        param._runtime_param = None
        return param.get_runtime_param().coerce(value, param=param, ctx=ctx)


class _Commands(TyperGroup):
    """Typer's own, but for :class:`_AsTyped`."""

    def get_params(self, ctx: Any) -> list[Any]:
        return _as_typed(super().get_params(ctx))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        command = super().get_command(ctx, cmd_name)
        if command is not None:
            _as_typed(command.get_params(ctx))
        return command


def _as_typed(params: list[Any]) -> list[Any]:
    for param in params:
        param._runtime_param = _AsTyped()
    return params


app = typer.Typer(
    name="dateline",
    cls=_Commands,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def dateline(
    context: typer.Context,
    debug: Annotated[bool, typer.Option("--debug", help="Write all details to a log file.")] = False,
    show_version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> int:
    """Answer questions about news articles in the words that were printed, or say that they do not tell.

    \b
    Example:
      dateline ask "what did Putin say about NATO expansion?"
      dateline ingest ~/articles
    """
    commands.set_debug(debug)
    if show_version:
        return commands.version()
    if context.invoked_subcommand is None:
        print(context.get_help())
    return 0


# What is asked of the articles stands first in the help.
for question in (questions.ask, questions.figures, questions.timeline, questions.compare):
    app.command()(question)


@app.command()
def repl(collection: Collections = None) -> int:
    """Ask one question after the other, with look-ups and history.

    \b
    Example:
      dateline repl
      dateline repl --collection main < questions.txt
    """
    return commands.repl(collection)


@app.command()
def ingest(
    paths: Annotated[list[str], typer.Argument(metavar="PATH|URL...", help="Files, folders, globs, web addresses.")],
    collection: OneCollection = "main",
    prune: Annotated[bool, typer.Option("--prune", help="Remove articles that are no longer there.")] = False,
) -> int:
    """Add articles: .txt, .md, .html, .jsonl, .jsonl.gz. What did not change is not read again.

    \b
    Example:
      dateline ingest ~/articles
      dateline ingest ~/articles --prune
      dateline ingest https://example.com/news/1 --collection clippings
    """
    return commands.ingest(paths, collection, prune=prune)


@app.command()
def remove(
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Ids as dateline sources lists them.")],
    collection: OneCollection = "main",
) -> int:
    """Remove articles, their text and vectors; they are out of every answer at once.

    \b
    Example:
      dateline remove 2022/02/08-moscow
    """
    return commands.remove(ids, collection)


@app.command()
def sources(
    query: Annotated[str | None, typer.Argument(help="A part of the title or id.")] = None,
    outlet: Outlets = None,
    since: Since = None,
    until: Until = None,
    collection: Collections = None,
    json: Json = False,
) -> int:
    """List the articles, newest first.

    \b
    Example:
      dateline sources
      dateline sources macron --since 2022-02-08
    """
    return commands.sources(query, outlet, since, until, collection, json=json)


@app.command()
def source(
    id: Annotated[str, typer.Argument(help="The id as dateline sources lists it.")],
    revision: Annotated[int | None, typer.Option(min=1, help="An older revision of the article.")] = None,
    collection: Collections = None,
    json: Json = False,
) -> int:
    """Show one article with numbered paragraphs, and where each fact about it comes from.

    \b
    Example:
      dateline source sample-wire-macron-in-kyiv
      dateline source sample-wire-macron-in-kyiv --revision 1 --json
    """
    return commands.source(id, revision, collection, json=json)


@app.command()
def quotes(
    speaker: Annotated[str | None, typer.Argument(help="A name; without one, all speakers are listed.")] = None,
    about: Annotated[str | None, typer.Option(metavar="TEXT", help="Only what was said about this.")] = None,
    outlet: Outlets = None,
    since: Since = None,
    until: Until = None,
    collection: Collections = None,
    json: Json = False,
) -> int:
    """Show everything that a person is on record with.

    \b
    Example:
      dateline quotes Macron
      dateline quotes Macron --about "the security of Europe"
    """
    return commands.quotes(speaker, about, outlet, since, until, collection, json=json)


@app.command()
def check(
    text: Annotated[list[str], typer.Argument(help="The claim: who is said to have said what.")],
    collection: Collections = None,
    json: Json = False,
) -> int:
    """Say how a quote or claim stands in the articles, never whether it is true. Exit code 3: it is not there.

    \b
    Example:
      dateline check 'Putin: "It is NATO moving toward us."'
      dateline check 'Macron said "It is us moving toward NATO."' --json
    """
    return commands.check(" ".join(text), collection, json=json)


@app.command("eval")
def evaluate(
    dataset: Annotated[
        str,
        typer.Argument(
            help="A folder with questions.jsonl (and articles.jsonl), a file of questions, a BEIR folder, or: sample"
        ),
    ],
    articles: Annotated[
        str | None, typer.Option(metavar="PATH", help="The articles to ask, as ingest takes them.")
    ] = None,
    collection: Annotated[
        str | None, typer.Option(metavar="NAME", help="Ask the articles of this collection instead.")
    ] = None,
    kinds: Annotated[
        list[str] | None, typer.Option(metavar="KIND", help="Only questions of this kind; may be repeated.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only so many questions, drawn by chance.")] = None,
    seed: Annotated[int, typer.Option(help="Which ones --limit draws.")] = 0,
    compare: Annotated[
        str | None, typer.Option(metavar="OLD.json", help="Say what changed since this was printed by --json.")
    ] = None,
    out: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write every miss to a page (.html) or every question (.jsonl).")
    ] = None,
    floors: Annotated[
        str | None, typer.Option(metavar="FILE", help="Fail where a figure is below its floor in this file.")
    ] = None,
    raise_floors: Annotated[bool, typer.Option("--raise-floors", help="Move floors up to what is reached.")] = False,
    lower_floors: Annotated[bool, typer.Option("--lower-floors", help="Move floors also down.")] = False,
    json: Json = False,
) -> int:
    """Measure the answers on questions with judged evidence. Exit code 1: a figure is below its floor.

    \b
    Example:
      dateline eval sample
      dateline eval sets/elections --json > before.json
      dateline eval sets/elections --compare before.json --out report.html
      dateline eval questions.jsonl --articles ~/articles --limit 200
    """
    return commands.evaluate(
        dataset, articles, collection, kinds, limit, seed, compare, out, floors,
        raise_floors=raise_floors, lower_floors=lower_floors, json=json,
    )  # fmt: skip


@app.command()
def backup(
    file: Annotated[str, typer.Argument(help="The file to write; it must not exist.")],
    collection: OneCollection = "main",
) -> int:
    """Write a consistent copy of a collection's database, also while others use it.

    \b
    Example:
      dateline backup ~/dateline-main.db
    """
    return commands.backup(file, collection)


@app.command()
def serve() -> int:
    """Answer on Discord until stopped. Needs DATELINE_DISCORD_TOKEN, in the environment or in .env.

    \b
    Example:
      dateline serve
    """
    return commands.serve()


@app.command()
def doctor() -> int:
    """Check folder, model, databases and index files; print the link that installs the Discord bot.

    \b
    Example:
      dateline doctor
    """
    return commands.doctor()


@app.command()
def version() -> int:
    """Print the version.

    \b
    Example:
      dateline version
    """
    return commands.version()


def run(arguments: list[str]) -> int:
    """Carry out one command line; what went wrong is said in one sentence and told by the exit code."""
    from bot.console import prepare_streams

    prepare_streams()
    try:
        result = _with_only(_command_in(arguments))(args=arguments, prog_name="dateline", standalone_mode=False)
        if sys.stdout is not None:  # None where the caller closed it
            sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:
        return exit_code_of(error)
    return result if isinstance(result, int) else 0


def main() -> None:
    """The command ``dateline``."""
    brief = _command_in(sys.argv[1:]) in _BRIEF
    if brief:
        # It makes few objects and lets go of fewer; looking for circles among them costs a twentieth.
        gc.set_threshold(100_000, 20, 100)
    code = run(sys.argv[1:])
    if brief and code in (0, NO_EVIDENCE):
        _leave(code)
    sys.exit(code)


def _command_in(arguments: list[str]) -> str | None:
    """Only flags stand before it."""
    return next((argument for argument in arguments if not argument.startswith("-")), None)


def _with_only(command: str | None) -> typer.Typer:
    """The application with that command alone, if it is one: to make all ready takes as long as to find passages."""
    own = [one for one in app.registered_commands if command == (one.name or getattr(one.callback, "__name__", ""))]
    if not own:
        return app
    reduced = copy.copy(app)
    reduced.registered_commands = own
    return reduced


def _leave(code: int) -> None:
    """End the process without taking it apart, which costs an eighth of what a question does.

    Only where a command has ended well: its databases are closed then and no thread of it is at work. Comes back
    where something cannot be written, which is told as Python tells it at its end.
    """
    try:
        logging.shutdown()
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        return
    os._exit(code)
