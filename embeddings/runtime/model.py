"""A converted model being served: text to vectors, with what it needs loaded when it is first needed."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from embeddings.encoder import Vectors
from embeddings.errors import EngineError
from embeddings.runtime import child, tuning
from embeddings.runtime import engine as runtime
from embeddings.runtime.batches import encode
from embeddings.runtime.engine import Engine
from embeddings.runtime.manifest import Manifest
from embeddings.runtime.probes import PROBES
from embeddings.runtime.tokens import Tokens
from embeddings.runtime.tuning import Tuning
from embeddings.windows import windows

FEW = 32
"""Up to so many texts are encoded on one thread: preparing the others takes about as long as encoding these."""

_SAME = 0.999
"""The cosine to the reference that the first probe must reach at every start, whatever the precision."""


class AlteredError(EngineError):
    """What lies in the folder is not what the conversion wrote."""


class ConvertedModel:
    """Serves a folder that :func:`embeddings.runtime.conversion.convert` made. May be used by several threads.

    Every method raises :class:`EngineError` when the runtime cannot be used, and :class:`AlteredError` when the files
    are not what they were.
    """

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest
        self._lock = threading.RLock()
        self._tokens: Tokens | None = None
        self._tuning: Tuning | None = None
        self._one: Engine | None = None
        self._all: Engine | None = None

    def encode(self, texts: Sequence[str]) -> Vectors:
        """float32 of shape (len(texts), dimension), each row of length 1."""
        ids = self._tokenizer().ids(texts)
        return encode(self._engine(several=len(texts) > FEW), ids, self.manifest)

    def prepare(self) -> None:
        """Load what a question needs."""
        self._engine(several=False)

    def windows(self, text: str, prefix: str) -> list[tuple[int, int]]:
        """See :func:`embeddings.windows.windows`."""
        return windows(text, prefix, self.manifest.tokens, self._tokenizer())

    def tuning(self) -> Tuning:
        """The precision on this machine and what it does to vectors; found now where it was not before."""
        with self._lock:
            if self._tuning is None:
                found = tuning.known(self.folder, runtime.machine())
                self._tuning = found or self._tuned()
            return self._tuning

    def _tokenizer(self) -> Tokens:
        with self._lock:
            if self._tokens is None:
                try:
                    self._tokens = Tokens(self.folder)
                except (OSError, ValueError) as error:
                    raise AlteredError(str(error)) from error
            return self._tokens

    def _engine(self, *, several: bool) -> Engine:
        with self._lock:
            if several and runtime.processors() > 1:
                if self._all is None:
                    # What is encoded by the hundred is going to be stored: every byte is looked at first.
                    if not self.manifest.whole(self.folder, thoroughly=True):
                        raise AlteredError("its files have been altered")
                    self._all = self._open(runtime.processors())
                return self._all
            if self._one is None:
                self._one = self._open(1)
            return self._one

    def _open(self, streams: int) -> Engine:
        found = self.tuning()
        engine: Engine | None = None
        graph = tuning.exported_graph(self.folder, found.machine)
        if found.exported is not None and found.exported.fits(graph):
            with contextlib.suppress(EngineError, OSError):
                engine = runtime.open_exported(graph, self.folder, found.precision, streams)
        if engine is None:
            engine = runtime.open_graph(self.folder, found.precision, streams)
        self._check(engine)
        return engine

    def _check(self, engine: Engine) -> None:
        """One text whose vector is known: files of the right size may hold anything, processors differ."""
        (vector,) = encode(engine, self._tokenizer().ids(PROBES[:1]), self.manifest)
        try:
            reference: Vectors = np.load(self.folder / tuning.REFERENCES)[0]
        except (OSError, ValueError, IndexError) as error:
            raise AlteredError(str(error)) from error
        if not float(vector @ reference) >= _SAME:
            raise AlteredError("it does not give the vectors that it gave when it was converted")

    def _tuned(self) -> Tuning:
        """On a machine that is new to the folder; where nothing can be kept, float32, which needs no trying."""
        probe = self.folder / "tuning.part"
        try:
            probe.write_bytes(b"")
            probe.unlink(missing_ok=True)
        except OSError:
            return Tuning(runtime.machine(), "f32", 1.0, 1.0, 1.0)
        found = tuning.parsed(child.tune(self.folder))
        if found is None:
            raise EngineError("no precision could be chosen")
        return found
