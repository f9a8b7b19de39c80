"""The process that reads files into servers' own collections: ``python -m bot.shelving``.

A process of its own, since a file may be anything: what takes minutes, too much memory or for ever costs nobody else
an answer, and it can be ended at any instant (a collection always stands as its last transaction left it). It reads
one request a line from standard input and writes lines of JSON: how far it is, and at last what became of it. It
ends when its input does, so that it never outlives the bot.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.errors import BotError
from bot.render.lines import shortened
from bot.visibility import is_of_guild
from corpus.errors import CorpusError, ReadError
from embeddings.errors import EmbeddingsError
from retrieval.errors import IngestBusyError, RetrievalError

if TYPE_CHECKING:
    from bot.wiring import Wiring
    from retrieval.intake import Summary

_log = logging.getLogger(__name__)

MEGABYTE = 1_000_000

_NAMED = 15
"""Refusals and notes that are named one by one."""

_LONGEST_SENTENCE = 160
_BUSY_SECONDS = 60.0
"""How long to wait for another process that changes the collection: the operator's, or one that is just ending."""


@dataclass(frozen=True, slots=True)
class Request:
    """A file to read."""

    collection: str
    file: str
    """In a folder of its own; the folder holds nothing else but our notes."""
    name: str
    """As the person called it."""
    articles: int
    """How many the collection may hold in all."""
    megabytes: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file."""

    new: int = 0
    replaced: int = 0
    unchanged: int = 0
    left_out: int = 0
    """Articles beyond the quota."""
    refused: tuple[str, ...] = ()
    """The first of them, each with its reason."""
    refused_in_all: int = 0
    notes: tuple[str, ...] = ()
    failed: str | None = None
    """Why it could not be done, as a sentence; empty where that is no sentence for a person."""
    full: str | None = None
    """Which quota is used up: "articles" or "megabytes"; then nothing was read."""

    @classmethod
    def read(cls, told: dict[str, Any]) -> Outcome:
        """From a line of the process."""
        return cls(**{**told, "refused": tuple(told["refused"]), "notes": tuple(told["notes"])})


def shelve(request: Request, wiring: Wiring, report: Any) -> Outcome:
    """Read one file into a server's collection, as far as its quota goes."""
    assert is_of_guild(request.collection), "main is the operator's"
    file = Path(request.file)
    store = wiring.store(request.collection, create=True)
    noted = file.with_name(".left_out")
    if noted.exists():
        # Begun before a restart: what it has stored itself is not to count against it.
        left_out = int(noted.read_text())
    else:
        room = request.articles - store.articles.size().articles
        if room <= 0:
            return Outcome(full="articles")
        if store.articles.stored_bytes() + file.stat().st_size > request.megabytes * MEGABYTE:
            return Outcome(full="megabytes")
        left_out = _trim(file, room) if file.suffix == ".jsonl" else 0
        noted.write_text(str(left_out))
    summary = _ingest(wiring, request, report)
    told = [_told(error, file, request.name) for error in summary.refused]
    notes = [shortened(note, _LONGEST_SENTENCE) for note in summary.notes[:_NAMED]]
    return Outcome(
        len(summary.new), len(summary.changed), summary.unchanged, left_out, tuple(told[:_NAMED]), len(told),
        tuple(notes),
    )  # fmt: skip


def _ingest(wiring: Wiring, request: Request, report: Any) -> Summary:
    until = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            return wiring.ingest(request.collection, [request.file], prune=False, report=report)
        except IngestBusyError:
            if time.monotonic() > until:
                raise
        time.sleep(0.5)


def _trim(file: Path, most: int) -> int:
    """Keep the first rows of a JSONL file; how many were left out."""
    rows = [row for row in file.read_bytes().split(b"\n") if row.strip()]
    if len(rows) <= most:
        return 0
    beside = file.with_name(".part")
    beside.write_bytes(b"\n".join(rows[:most]) + b"\n")
    os.replace(beside, file)
    return len(rows) - most


def _told(error: ReadError, file: Path, name: str) -> str:
    """A refusal as a person may read it: with the name they gave, and without the folders of this machine."""
    sentence = str(error)
    for path in (file, file.resolve()):
        sentence = sentence.replace(str(path), name)
    for path in (file.parent, file.parent.resolve()):
        sentence = sentence.replace(f"{path}{os.sep}", "")
    return shortened(sentence, _LONGEST_SENTENCE)


def failure(error: BaseException, home: Path) -> str:
    """A sentence of our own errors, without the folders of this machine; nothing of any other."""
    if isinstance(error, BotError | CorpusError | EmbeddingsError | RetrievalError):
        return shortened(str(error).replace(str(home), "the data folder"), 2 * _LONGEST_SENTENCE)
    return ""


def main(arguments: Sequence[str] = ()) -> None:
    """Until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal reaches us too; the bot decides
    if hasattr(os, "nice"):
        os.nice(10)
    if hasattr(os, "sched_setaffinity"):
        # What runs the model takes all the processors that it may; the other ones answer questions.
        with contextlib.suppress(OSError):
            os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    requests: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests,), daemon=True).start()

    from bot.console import prepare_streams, say
    from bot.failures import configure_logging
    from bot.settings import load_settings
    from bot.wiring import Wiring

    prepare_streams()
    settings = load_settings()
    configure_logging(settings.log_level)

    def report(stage: str, done: int, total: int) -> None:
        _write({"stage": stage, "done": done, "total": total})

    wiring = Wiring(settings, say)  # one for all: it holds the model
    while True:
        request = Request(**json.loads(requests.get()))
        try:
            outcome = shelve(request, wiring, report)
        except Exception as error:
            _log.exception("a server's file could not be read")
            outcome = Outcome(failed=failure(error, settings.home))
        finally:
            wiring.close(request.collection)
        _write({"outcome": asdict(outcome)})


def _listen(requests: queue.SimpleQueue[str]) -> None:
    for line in sys.stdin:
        requests.put(line)
    # The bot has closed it, or is no more. What was stored stays; the rest is done after the next start.
    os._exit(0)


def _write(value: dict[str, Any]) -> None:
    # ASCII alone: a line is never longer than what was put in it, whatever the locale.
    print(json.dumps(value), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
