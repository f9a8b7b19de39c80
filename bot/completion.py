"""What the REPL offers while a person types, and what it remembers of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, InMemoryHistory

from bot.render.lines import visible

_MOST = 50
"""Offers at once: more than a menu shows, few enough to stay quick in a large collection."""


_ASKING = ("/figures ", "/timeline ", "/compare ")
"""Behind these stands a question."""


@dataclass(frozen=True, slots=True)
class Known:
    """Names that can be completed; read anew for each prompt, since other processes ingest."""

    articles: Sequence[str]
    outlets: Sequence[str]
    speakers: Sequence[str]


class ReplCompleter(Completer):
    """Commands after ``/``, ids, outlets and speakers after the commands that take them, names in questions."""

    def __init__(self, commands: Sequence[str], fields: Sequence[str], known: Callable[[], Known]) -> None:
        self._commands = commands
        self._fields = fields
        self._known = known

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """See prompt_toolkit."""
        text = document.text_before_cursor
        if text.startswith("/") and not text.startswith(_ASKING):
            yield from self._after_slash(text)
            return
        word = text.rpartition(" ")[2]
        # While typing, only a capital asks for a name; the tabulator asks for one in any case.
        if word[:1].isupper() or (word and complete_event.completion_requested):
            known = self._known()
            yield from _offers(word, [*known.speakers, *known.outlets])

    def _after_slash(self, text: str) -> Iterator[Completion]:
        command, space, rest = text.partition(" ")
        if not space:
            yield from (Completion(name, start_position=-len(text)) for name in self._commands if name.startswith(text))
            return
        known = self._known()
        if command in ("/source", "/sources"):
            yield from _offers(rest, known.articles)
        elif command == "/quotes":
            yield from _offers(rest, known.speakers)
        elif command == "/filter":
            field, space, value = rest.partition(" ")
            if not space:
                yield from _offers(field, self._fields)
            elif field in ("speaker", "outlet"):
                yield from _offers(value, known.speakers if field == "speaker" else known.outlets)


def _offers(typed: str, names: Sequence[str]) -> Iterator[Completion]:
    """Names that begin with what was typed, then names of which a later word does."""
    wanted = typed.lower()
    first = [name for name in names if name.lower().startswith(wanted)]
    later = [name for name in names if name not in first and _later_word(name.lower(), wanted)]
    for name in [*first, *later][:_MOST]:
        yield Completion(name, start_position=-len(typed), display=visible(name))


def _later_word(name: str, wanted: str) -> bool:
    return any(f"{mark}{wanted}" in name for mark in " -_/.")


def session_with(completer: Completer, home: Path) -> PromptSession[str]:
    """A prompt with history, kept in the data folder where that can be."""
    path = _history_file(home)
    return PromptSession(
        history=FileHistory(str(path)) if path else InMemoryHistory(),
        completer=completer,
        complete_while_typing=True,
    )


def _history_file(home: Path) -> Path | None:
    """The file of earlier lines, for its owner's eyes only; None where it cannot be written."""
    path = home / "history"
    try:
        home.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError:
        return None
    return path
