"""Commands that ask the articles: for an answer, and for the same by size, by day and by outlet."""

from __future__ import annotations

from typing import Annotated

import typer

from bot import commands
from bot.options import Collections, Json, Outlets, Plot, Since, Speaker, Until

Question = Annotated[list[str], typer.Argument(help="The question, or just a subject.")]


def ask(
    question: Annotated[list[str], typer.Argument(help="The question, or - to read one a line from standard input.")],
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object a question.")] = False,
    speaker: Speaker = None,
    outlet: Outlets = None,
    since: Since = None,
    until: Until = None,
    article: Annotated[list[str] | None, typer.Option(metavar="ID", help="Only this article; may be repeated.")] = None,
    collection: Collections = None,
    top_k: Annotated[int | None, typer.Option(min=1, max=100, help="How many passages to list as found.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say why each passage was found.")] = False,
) -> int:
    """Answer a question in quotes with their sources. Exit code 3: the articles do not say.

    \b
    Example:
      dateline ask "what did Putin say about NATO expansion?"
      dateline ask "how many troops are near Ukraine?" --since 2022-02-08 --json
      dateline ask --json - < questions.txt
    """
    return commands.ask(
        " ".join(question), speaker, outlet, since, until, article, collection, top_k, json=json, explain=explain
    )


def figures(
    question: Question,
    json: Json = False,
    speaker: Speaker = None,
    outlet: Outlets = None,
    since: Since = None,
    until: Until = None,
    collection: Collections = None,
    plot: Plot = None,
) -> int:
    """Show the figures that the articles print, side by side. Exit code 3: they print none.

    \b
    Example:
      dateline figures "how many Russian troops are near Ukraine?"
      dateline figures "Russian troops" --since 2022-02-08 --plot troops.png
    """
    return commands.overview("figures", " ".join(question), speaker, outlet, since, until, collection, plot, json=json)


def timeline(
    question: Question,
    json: Json = False,
    speaker: Speaker = None,
    outlet: Outlets = None,
    since: Since = None,
    until: Until = None,
    collection: Collections = None,
    plot: Plot = None,
) -> int:
    """Show what happened when, oldest first, in the printed words. Exit code 3: the articles do not say.

    \b
    Example:
      dateline timeline "Macron's visit to Moscow"
      dateline timeline "Minsk accords" --outlet "Placeholder Post" --plot minsk.svg
    """
    return commands.overview("timeline", " ".join(question), speaker, outlet, since, until, collection, plot, json=json)


def compare(
    question: Question,
    json: Json = False,
    speaker: Speaker = None,
    outlet: Outlets = None,
    since: Since = None,
    until: Until = None,
    collection: Collections = None,
) -> int:
    """Show what each outlet prints on a question, and which print nothing. Exit code 3: none does.

    \b
    Example:
      dateline compare "what did Putin say about NATO expansion?"
      dateline compare "Russian bases in Belarus" --outlet "The Sample Courier" --outlet "Example Gazette"
    """
    return commands.overview("compare", " ".join(question), speaker, outlet, since, until, collection, json=json)
