"""Reading and preparing of articles in processes beside this one, once there are many.

Finding who said what is plain Python, of which a process does one thing at a time; the model runs on all processors
meanwhile. A preparer knows no model and no database. It gets one file or document at a time on standard input, and
ends when that does, so that it never outlives who started it. (``multiprocessing`` would import the main script of a
program anew in each process, whatever it does.)
"""

from __future__ import annotations

import contextlib
import pickle
import queue
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from corpus.errors import ReadError
from corpus.models import Document
from corpus.preparation import Prepared, prepare
from corpus.readers import Source, read

Item = Source | Document | ReadError | None
"""A file of one article, or a document that was read already; what is neither is passed on as it is."""

Outcome = Prepared | ReadError | None

_FEW = 32
"""So many are prepared in this process first: about as long as others take to start."""

_AHEAD = 4
"""Items for each process that are prepared before anybody asks for them."""

_START = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN); sys.path.insert(0, sys.argv[1]); "
    "from retrieval.preparers import serve; serve()"
)
"""Ctrl-C in a terminal reaches every process; it is for the first one to decide."""

C = TypeVar("C")


def made(item: Item) -> Outcome:
    """Read what is not read yet, and prepare it; what is wrong with it comes as a ReadError."""
    if not isinstance(item, Source | Document):
        return item
    try:
        if isinstance(item, Source):
            (item,) = read(item.location, root=item.root)
        return item if isinstance(item, ReadError) else prepare(item)
    except ReadError as error:
        return error


class Preparers:
    """Up to ``most`` processes, started when they are needed; with none, or if none starts, this process does it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._idle: queue.SimpleQueue[_Preparer] = queue.SimpleQueue()
        self._started: list[_Preparer] = []
        self._usable = bool(sys.executable)
        self._ending = False

    def __enter__(self) -> Preparers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def in_order(self, items: Iterable[tuple[C, Item]]) -> Iterator[tuple[C, Outcome]]:
        """What :func:`made` makes of each item, with whatever came with it; only few are held at a time."""
        items = iter(items)
        for companion, item in islice(items, _FEW) if self._most else items:
            yield companion, made(item)
        if self._most:
            yield from self._beside(items)

    def _beside(self, items: Iterator[tuple[C, Item]]) -> Iterator[tuple[C, Outcome]]:
        waiting: deque[tuple[C, Future[Outcome]]] = deque()
        threads = ThreadPoolExecutor(self._most, "preparer")
        try:
            for companion, item in items:
                waiting.append((companion, threads.submit(self._made, item)))
                while len(waiting) > self._most * _AHEAD or (waiting and waiting[0][1].done()):
                    first, future = waiting.popleft()
                    yield first, future.result()
            while waiting:
                first, future = waiting.popleft()
                yield first, future.result()
        finally:
            self._end()
            threads.shutdown(cancel_futures=True)

    def _made(self, item: Item) -> Outcome:
        """On a thread that waits for a process of its own."""
        if not self._usable or not isinstance(item, Source | Document):
            return made(item)
        try:
            preparer = self._idle.get_nowait()
        except queue.Empty:
            try:
                preparer = _Preparer()
            except OSError:
                self._usable = False
                return made(item)
            self._started.append(preparer)
        try:
            known, outcome = preparer.ask(item)
        except (OSError, EOFError, ValueError, pickle.PickleError):
            # It is no more, for want of memory perhaps.
            self._usable = False
            if self._ending:
                return None
            return made(item)
        self._idle.put(preparer)
        # What failed there for no reason that we know fails here as it should, or does not.
        return outcome if known else made(item)

    def _end(self) -> None:
        self._ending = True
        for preparer in self._started:
            preparer.end()


class _Preparer:
    """One process; one thread at a time."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, str(Path(__file__).parents[1])],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def ask(self, item: Source | Document) -> tuple[bool, Outcome]:
        """Whether it came to an end with the item, and to which."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        pickle.dump(item, self._process.stdin, pickle.HIGHEST_PROTOCOL)
        self._process.stdin.flush()
        known, outcome = pickle.load(self._process.stdout)
        return known, ReadError(*outcome) if isinstance(outcome, tuple) else outcome

    def end(self) -> None:
        """At once: it keeps nothing."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()


def serve() -> None:
    """The process's end: an outcome for each item, until there are no more."""
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever a library prints is no outcome
    while True:
        try:
            item = pickle.load(source)
        except EOFError:
            return
        try:
            outcome = made(item)
            known = True
        except Exception:
            outcome, known = None, False
        # An error with arguments of its own does not survive pickling.
        told = (outcome.source, outcome.reason) if isinstance(outcome, ReadError) else outcome
        try:
            pickle.dump((known, told), sink, pickle.HIGHEST_PROTOCOL)
            sink.flush()
        except BrokenPipeError:
            return
