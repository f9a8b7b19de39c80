"""The encoder on a thread of its own: it runs while the next texts are found and the last vectors are kept.

All that the encoder does is done on that thread, one thing after the other, since not every encoder may be used by
two; all that the database does, on the thread that opened it.
"""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Generic, TypeVar

from corpus.store.vectors import VectorRows
from embeddings.encoder import Encoder
from embeddings.runtime.engine import processors
from retrieval.vectors import pack

_TEXTS_AT_ONCE = 256
"""Texts for each processor and call of the encoder: about a second's work, which is what a crash costs."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Plan(Generic[T]):
    """Something to store once the vectors of its texts are."""

    planned: T
    texts: dict[bytes, str]
    """By hash."""
    passages: int


@dataclass(slots=True)
class _Work:
    """A plan, and how many of its texts are unknown and still without a stored vector."""

    plan: Plan[Any]
    unknown: int
    left: int


@dataclass(frozen=True, slots=True)
class _Chunk:
    work: _Work
    digests: list[bytes]
    vectors: Future[list[bytes]]


class Encoding:
    """Encodes what is not stored yet, and saves it; also what was encoded before something failed.

    :param saved: is told, after vectors were saved, how many passages' worth there are by now.
    """

    def __init__(self, encoder: Encoder, vectors: VectorRows, model: int, saved: Callable[[int], None]) -> None:
        self._encoder = encoder
        self._vectors = vectors
        self._model = model
        self._saved = saved
        self._thread = ThreadPoolExecutor(1, "encoder")
        self._chunks: deque[_Chunk] = deque()
        self._running: set[bytes] = set()
        self._passages = 0
        self.encoded = 0
        """Texts that the model was run on."""

    def __enter__(self) -> Encoding:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # The chunk that is being encoded comes to its end, the others never begin.
        self._thread.shutdown(cancel_futures=True)
        if kind is not None:
            # What ended it is what is to be heard of.
            with contextlib.suppress(Exception):
                self._save_what_is_there()

    def in_turn(self, plans: Iterable[Callable[[], Plan[T]]]) -> Iterator[T]:
        """What was planned, each when all its vectors are stored; meanwhile the next is encoded.

        A plan is made on the thread of the encoder, which it may ask for windows.
        """
        before: _Work | None = None
        for make in plans:
            work = self._begin(self._thread.submit(make).result())
            if before is not None:
                yield self._finished(before)
            before = work
        if before is not None:
            yield self._finished(before)

    def save(self) -> None:
        """Save what has been encoded by now. Raises what the encoder raised."""
        while self._chunks and self._chunks[0].vectors.done():
            self._save_first()

    def _begin(self, plan: Plan[T]) -> _Work:
        todo = self._vectors.unknown(self._model, [digest for digest in plan.texts if digest not in self._running])
        # By length, so that a chunk holds texts that are read in the same batches.
        ordered = sorted((digest for digest in plan.texts if digest in todo), key=lambda one: len(plan.texts[one]))
        work = _Work(plan, len(ordered), len(ordered))
        size = texts_at_once()
        for first in range(0, len(ordered), size):
            digests = ordered[first : first + size]
            vectors = self._thread.submit(self._encode, [plan.texts[digest] for digest in digests])
            self._chunks.append(_Chunk(work, digests, vectors))
            self._running.update(digests)
        return work

    def _encode(self, texts: list[str]) -> list[bytes]:
        return pack(self._encoder.encode_passages(texts))

    def _finished(self, work: _Work) -> Any:
        while work.left:
            self._save_first()
        self._passages += work.plan.passages
        self._saved(self._passages)
        return work.plan.planned

    def _save_first(self) -> None:
        chunk = self._chunks[0]
        vectors = chunk.vectors.result()
        self._chunks.popleft()
        self._vectors.save(self._model, zip(chunk.digests, vectors, strict=True))
        self._running.difference_update(chunk.digests)
        self.encoded += len(chunk.digests)
        work = chunk.work
        work.left -= len(chunk.digests)
        if work.left:
            self._saved(self._passages + work.plan.passages * (work.unknown - work.left) // work.unknown)

    def _save_what_is_there(self) -> None:
        while self._chunks and self._chunks[0].vectors.done() and not self._chunks[0].vectors.cancelled():
            if self._chunks[0].vectors.exception() is not None:
                return
            self._save_first()


def texts_at_once() -> int:
    """How many texts one call of the encoder gets."""
    return _TEXTS_AT_ONCE * processors()
