"""Options that several commands of the command line share."""

from __future__ import annotations

from typing import Annotated

import typer

Collections = Annotated[
    list[str] | None, typer.Option("--collection", metavar="NAME", help="A collection to read; may be repeated.")
]
OneCollection = Annotated[str, typer.Option("--collection", metavar="NAME", help="The collection.")]
Outlets = Annotated[
    list[str] | None, typer.Option("--outlet", metavar="NAME", help="Only articles of this outlet; may be repeated.")
]
Since = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="Only articles of this day or later.")]
Until = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="Only articles of this day or earlier.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Speaker = Annotated[str | None, typer.Option(metavar="NAME", help="Only what this person said.")]
Plot = Annotated[
    str | None, typer.Option("--plot", metavar="FILE", help="Draw a picture as well: a file ending in .png or .svg.")
]
