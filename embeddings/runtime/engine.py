"""OpenVINO behind one small class; the only module that knows it.

Chosen by measurement over ONNX Runtime (2026.4 and 1.31, an Intel processor with AMX): it encodes news paragraphs
2.4 times as fast in bf16 and 1.3 times in float32, starts about 50 ms slower, needs no second format to convert
through, and has wheels for ARM as well.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Vectors
from embeddings.errors import EngineError

GRAPH = "model.xml"
WEIGHTS = "model.bin"

_MODULE_THAT_REPORTS = "openvino.tools.ovc"
"""Importing it, which ``import openvino`` does where it can, sends an event to Intel; nothing here needs it."""


class Engine:
    """A model ready to run. May be used by several threads, which take turns."""

    def __init__(self, compiled: Any, streams: int) -> None:
        self._compiled = compiled
        self._streams = streams
        self._lock = threading.Lock()
        self._request = compiled.create_infer_request()
        self._requests: list[Any] = []

    def run(self, inputs: Sequence[NDArray[np.int64]]) -> Vectors:
        """The vectors of one batch, from its inputs, each of shape (texts, tokens); on one thread.

        Raises :class:`EngineError`.
        """
        with self._lock, _explained():
            self._request.infer(list(inputs))
            return np.array(self._request.get_output_tensor(0).data, dtype=np.float32)

    def run_all(self, batches: Iterable[tuple[list[int], Sequence[NDArray[np.int64]]]], into: Vectors) -> None:
        """Encode batches, each given with its rows of ``into``; on as many threads as there are streams.

        Raises :class:`EngineError`; rows may then be missing.
        """
        if self._streams == 1:
            for rows, inputs in batches:
                into[rows] = self.run(inputs)
            return
        with self._lock, _explained():
            # Twice as many requests as streams: the next batch is there already when one is done. They are waited for
            # here and not answered by callbacks, each of which would hold its stream until Python had time for it,
            # which it often has not while other threads prepare articles.
            while len(self._requests) < 2 * self._streams:
                self._requests.append(self._compiled.create_infer_request())
            idle = list(self._requests)
            running: deque[tuple[Any, list[int]]] = deque()

            def take_first() -> None:
                request, rows = running.popleft()
                request.wait()
                into[rows] = request.get_output_tensor(0).data
                idle.append(request)

            try:
                for rows, inputs in batches:
                    if not idle:
                        take_first()
                    request = idle.pop()
                    request.start_async(list(inputs))
                    running.append((request, rows))
                while running:
                    take_first()
            finally:
                for request, _ in running:
                    with contextlib.suppress(RuntimeError):
                        request.wait()

    def export(self) -> bytes:
        """What :func:`open_exported` starts from in half the time; holds no weights."""
        with _explained():
            exported = self._compiled.export_model()
            return exported if isinstance(exported, bytes) else bytes(exported.getvalue())


def open_graph(folder: Path, precision: str, streams: int = 1) -> Engine:
    """Compile a converted model.

    :param precision: one of :func:`precisions`.
    :param streams: how many batches run beside each other, each on a thread of its own.

    Raises :class:`EngineError` when the library or the model cannot be used on this machine.
    """
    with _explained():
        return Engine(_core().compile_model(str(folder / GRAPH), "CPU", _settings(precision, streams)), streams)


def open_exported(exported: Path, folder: Path, precision: str, streams: int = 1) -> Engine:
    """The same from a file that :meth:`Engine.export` gave, on such a machine, with this version of the library.

    Raises :class:`EngineError` for any other.
    """
    with _explained():
        settings = {**_settings(precision, streams), "WEIGHTS_PATH": str(folder / WEIGHTS)}
        return Engine(_core().import_model(exported.read_bytes(), "CPU", settings), streams)


def write_graph(traced: Any, folder: Path, *, half: bool) -> None:
    """Convert a module that torch has traced.

    :param half: keep the weights in float16, half the disk and memory. In float32 they are then widened at every
        run, which takes 40% longer where there is AVX2 only.

    Raises :class:`EngineError` when it holds something that OpenVINO does not know, OSError when the files cannot be
    written.
    """
    with _explained():
        openvino = _openvino()
        from openvino.frontend import FrontEndManager
        from openvino.frontend.pytorch.ts_decoder import TorchScriptPythonDecoder

        # Not openvino.convert_model, which is in the module that reports.
        frontend = FrontEndManager().load_by_framework("pytorch")
        decoder = TorchScriptPythonDecoder(traced)  # must outlive the conversion
        model = frontend.convert(frontend.load(decoder))
        # Any number of texts of any length: what the example had is not baked in.
        model.reshape({port: [-1, -1] for port in model.inputs})
    try:
        openvino.save_model(model, str(folder / GRAPH), compress_to_fp16=half)
    except RuntimeError as error:
        raise OSError(f"the converted model cannot be written to {folder}: {error}") from error


def machine() -> str:
    """What a compiled model depends on: version, processor and what it can do.

    Raises :class:`EngineError` when the library cannot be loaded.
    """
    with _explained():
        core = _core()
        able = " ".join(core.get_property("CPU", "OPTIMIZATION_CAPABILITIES"))
        return f"OpenVINO {_openvino().get_version()}, {core.get_property('CPU', 'FULL_DEVICE_NAME')} ({able})"


def precisions() -> tuple[str, ...]:
    """What to try on this processor besides float32, which is ``f32`` and the last: the quickest first.

    Raises :class:`EngineError` when the library cannot be loaded.
    """
    with _explained():
        able = _core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    # Where there is bf16, float16 is slower than float32 (measured on Sapphire Rapids); ARM has float16 alone.
    half = "bf16" if "BF16" in able else "f16" if "FP16" in able else None
    return ("f32",) if half is None else (half, "f32")


def processors() -> int:
    """How many this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS and Windows
        return os.cpu_count() or 1


def _settings(precision: str, streams: int) -> dict[str, Any]:
    return {
        "INFERENCE_PRECISION_HINT": precision,
        "NUM_STREAMS": streams,
        "INFERENCE_NUM_THREADS": streams,
        # Pinned threads would all be on the same processors in several processes.
        "ENABLE_CPU_PINNING": False,
        "CACHE_MODE": "OPTIMIZE_SIZE",
    }


_loaded: dict[str, Any] = {}
_loading = threading.Lock()


def _core() -> Any:
    openvino = _openvino()
    with _loading:
        if "core" not in _loaded:
            _loaded["core"] = openvino.Core()
        return _loaded["core"]


def _openvino() -> Any:
    with _loading:
        if "module" not in _loaded:
            hidden = _MODULE_THAT_REPORTS not in sys.modules
            if hidden:
                sys.modules[_MODULE_THAT_REPORTS] = None  # type: ignore[assignment]  # stands for "cannot be imported"
            try:
                import openvino
            finally:
                if hidden:
                    del sys.modules[_MODULE_THAT_REPORTS]
            _loaded["module"] = openvino
        return _loaded["module"]


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except EngineError:
        raise
    except Exception as error:  # the library raises plain RuntimeErrors of several lines
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        # The first lines only say where in the library it was.
        told = next((line for line in lines if not line.startswith("Exception from")), type(error).__name__)
        raise EngineError(told[:200]) from error
