"""What is said, logged and returned when a command fails: one sentence, never a traceback."""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
import sys
import tempfile
from pathlib import Path

import typer

from bot.console import say
from bot.errors import BotError, UsageError
from corpus.errors import CorpusError
from embeddings.errors import EmbeddingsError
from retrieval.errors import RetrievalError

FAILURE = 1
USAGE = 2
NO_EVIDENCE = 3
INTERRUPTED = 130

_log = logging.getLogger(__name__)
_OWN = ("bot", "retrieval", "embeddings", "corpus")
_debug_handler: logging.FileHandler | None = None


def configure_logging(level: str) -> None:
    """Log to standard error. What libraries warn about is of no use to the person who asks."""
    logging.basicConfig(level=logging.ERROR, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    logging.captureWarnings(True)
    for name in _OWN:
        logging.getLogger(name).setLevel(level.upper())


def log_details(home: Path) -> None:
    """Write everything, tracebacks included, to a file in the data folder, or where there is room."""
    global _debug_handler
    for folder in (home, Path(tempfile.gettempdir())):
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            handler = logging.FileHandler(folder / "debug.log", encoding="utf-8")
            handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
            root = logging.getLogger()
            for other in root.handlers:
                other.setLevel(logging.ERROR)
            root.addHandler(handler)
            root.setLevel(logging.INFO)
            for name in _OWN:
                logging.getLogger(name).setLevel(logging.DEBUG)
            _debug_handler = handler
            return


def stop_logging_details() -> None:
    """Close the file."""
    global _debug_handler
    if _debug_handler is not None:
        logging.getLogger().removeHandler(_debug_handler)
        _debug_handler.close()
        _debug_handler = None


def sentence_of(error: BaseException) -> str:
    """What a person is told of an error."""
    if isinstance(error, BotError | CorpusError | EmbeddingsError | RetrievalError):
        return str(error)
    if isinstance(error, sqlite3.Error):
        return f"The database cannot be used ({error}); run: dateline doctor"
    if isinstance(error, MemoryError):
        return "There is not enough memory; close other programs or ingest fewer articles at once."
    if isinstance(error, OSError) and error.strerror:
        where = f" {error.filename}" if error.filename else ""
        return f"The system refused{where} ({error.strerror}); check the path and the space on the disk."
    hint = "" if _debug_handler else "; for the details run: dateline --debug and the same command"
    return f"Something went wrong inside Dateline ({type(error).__name__}){hint}."


def note(error: BaseException) -> None:
    """Keep the traceback for the debug log, which exists only where it was asked for."""
    if _debug_handler is not None:
        _log.debug("failed", exc_info=error)


def exit_code_of(error: BaseException) -> int:
    """Say what went wrong; the exit code for it."""
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED
    if isinstance(error, typer.Exit):
        return error.exit_code
    if isinstance(error, BrokenPipeError):
        # Whoever read our output has enough; what is still buffered must not raise at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILURE
    if isinstance(error, typer.TyperException):
        context = getattr(error, "ctx", None)
        say(f"{error.format_message().rstrip('.')}; see: {context.command_path if context else 'dateline'} --help")
        return error.exit_code
    note(error)
    say(sentence_of(error))
    if _debug_handler is not None:
        say(f"The details are in {_debug_handler.baseFilename}.")
    return USAGE if isinstance(error, UsageError) else FAILURE
