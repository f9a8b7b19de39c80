"""The two streams: results to standard output, everything else to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from bot.render.lines import Line


_CALLED_TERMINAL = frozenset({"FORCE_COLOR", "TTY_COMPATIBLE"})
"""Variables by which rich may take for a terminal what is none. Without them it is not asked: importing it takes
time."""


def prepare_streams() -> None:
    """UTF-8 whatever the locale; a character that cannot be written is replaced, not a crash."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def say(sentence: str) -> None:
    """One sentence to the person, beside the results."""
    from bot.render.lines import visible

    print(visible(sentence), file=sys.stderr, flush=True)


def show(lines: Iterable[Line]) -> None:
    """Print results: wrapped and styled in a terminal, plain and unwrapped anywhere else."""
    if sys.stdout.isatty() or not _CALLED_TERMINAL.isdisjoint(os.environ):
        _show_styled(lines)
    else:
        for line in lines:
            print(line.plain)
    sys.stdout.flush()


def _show_styled(lines: Iterable[Line]) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, markup=False, emoji=False)
    if console.no_color:
        # NO_COLOR alone would leave bold and italics.
        console = Console(highlight=False, markup=False, emoji=False, color_system=None)
    for line in lines:
        if not console.is_terminal:
            print(line.plain)
        elif line.whole:
            console.print(Text(" " * line.indent) + line.text, soft_wrap=True)
        else:
            for part in line.text.wrap(console, max(console.width - line.indent, 20)):
                part.rstrip()
                console.print(Text(" " * line.indent) + part, soft_wrap=True)


def lines_of(stream: IO[str]) -> Iterator[str]:
    """Lines as the person ended them, by newline alone; bytes that are no UTF-8 are replaced."""
    binary = getattr(stream, "buffer", None)
    if binary is None:
        for text in stream:
            yield text.rstrip("\r\n")
        return
    for line in binary:
        yield line.decode("utf-8", "replace").rstrip("\r\n").removeprefix("\ufeff")


def typed(text: str) -> str:
    """An argument as text: bytes that the locale could not decode are read as UTF-8, halves of pairs are replaced."""
    try:
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def is_terminal(stream: TextIO) -> bool:
    """Whether a person sits at the other end."""
    return stream.isatty()
