"""Which precision a converted model runs in on the machine at hand: the quickest that is exact enough.

float32 is held against what sentence-transformers computed at the conversion, and so is the half precision that the
processor is good at. What was found is kept beside the model, one file for each kind of machine, together with the
compiled graph, from which the next start takes half the time.
"""

from __future__ import annotations

import hashlib
import logging
import os
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from embeddings.encoder import Vectors
from embeddings.errors import EngineError
from embeddings.runtime import engine as runtime
from embeddings.runtime.batches import encode
from embeddings.runtime.manifest import Manifest, Stamp, read, read_json, replace_json
from embeddings.runtime.probes import PROBES
from embeddings.runtime.tokens import Tokens

_log = logging.getLogger(__name__)

REFERENCES = "probes.npy"
"""What sentence-transformers made of the probes, float32 of shape (len(PROBES), dimension)."""

_MEAN_FLOOR = 0.9999
"""The mean cosine to the references; half of what storing vectors as float16 costs."""

_LEAST_FLOOR = 0.999
"""No probe may be further off than this."""

_WORTH = 0.9
"""A half precision that takes more than this share of float32's time is not worth its rounding."""

_ROUNDS = 3


class UnfaithfulError(Exception):
    """The converted model does not give the vectors of the original even in float32."""


@dataclass(frozen=True, slots=True)
class Tuning:
    """What was found on one kind of machine."""

    machine: str
    precision: str
    mean: float
    """Mean cosine of the probes to the references, and the least."""
    least: float
    gain: float
    """How many times as fast as float32, on one thread."""
    exported: Stamp | None = None
    """The compiled graph beside it, if it could be written."""


def known(folder: Path, machine: str) -> Tuning | None:
    """What was found on such a machine before."""
    return parsed(read_json(_file(folder, machine)))


def parsed(stored: Any) -> Tuning | None:
    """From its fields, as JSON has them."""
    try:
        exported = stored["exported"]
        return Tuning(**{**stored, "exported": None if exported is None else Stamp(**exported)})
    except (KeyError, TypeError):
        return None


def exported_graph(folder: Path, machine: str) -> Path:
    """Where the compiled graph for such a machine lies."""
    return _file(folder, machine).with_suffix(".blob")


def tune_here(folder: Path) -> Tuning:
    """:func:`tune` for a converted model, kept in its own folder. Raises :class:`EngineError`, OSError."""
    manifest = read(folder)
    if manifest is None:
        raise EngineError(f"there is no converted model in {folder}")
    try:
        return keep(tune(folder, manifest, Tokens(folder)), folder, into=folder)
    except UnfaithfulError as error:
        raise EngineError(str(error)) from error


def tune(folder: Path, manifest: Manifest, tokens: Tokens) -> Tuning:
    """Try the precisions; takes a second or two for the default model. Nothing is written.

    Raises :class:`UnfaithfulError`, or :class:`EngineError` when not even float32 runs. May end the process where a
    model or processor is not what OpenVINO expects: call it in one of its own.
    """
    references: Vectors = np.load(folder / REFERENCES)
    ids = tokens.ids(PROBES)
    exact = runtime.open_graph(folder, "f32")
    mean, least = parity(encode(exact, ids, manifest), references)
    if mean < _MEAN_FLOOR or least < _LEAST_FLOOR:
        raise UnfaithfulError(f"its vectors have a cosine of {mean:.5f} (at least {least:.5f}) to the original ones")
    best = Tuning(runtime.machine(), "f32", mean, least, 1.0)
    for precision in runtime.precisions():
        if precision == "f32":
            continue
        try:
            half = runtime.open_graph(folder, precision)
            mean, least = parity(encode(half, ids, manifest), references)
        except EngineError:
            continue  # claimed, but not there: virtual machines may hide instructions
        if mean < _MEAN_FLOOR or least < _LEAST_FLOOR:
            continue
        taken = {"f32": float("inf"), precision: float("inf")}
        for _ in range(_ROUNDS):
            for name, engine in (("f32", exact), (precision, half)):
                started = time.process_time()  # not by the clock: other programs may be busy
                encode(engine, ids, manifest)
                taken[name] = min(taken[name], time.process_time() - started)
        if taken[precision] < _WORTH * taken["f32"]:
            best = Tuning(runtime.machine(), precision, mean, least, round(taken["f32"] / taken[precision], 2))
    return best


def keep(found: Tuning, folder: Path, into: Path) -> Tuning:
    """Write what was found and the compiled graph to ``into`` for the next start, if it can be."""
    graph = exported_graph(into, found.machine)
    beside = graph.with_name(f"{graph.name}.{os.getpid()}.part")
    try:
        beside.write_bytes(runtime.open_graph(folder, found.precision).export())
        os.replace(beside, graph)
        found = replace(found, exported=Stamp.of(graph))
        replace_json(_file(into, found.machine), asdict(found))
    except (OSError, EngineError) as error:
        _log.info("the compiled graph cannot be kept in %s: %s", into, error)
    return found


def parity(vectors: Vectors, references: Vectors) -> tuple[float, float]:
    """Mean and least cosine of unit vectors, row by row."""
    cosines = np.sum(vectors * references, axis=1)
    return float(cosines.mean()), float(cosines.min())


def _file(folder: Path, machine: str) -> Path:
    return folder / f"tuned-{hashlib.sha256(machine.encode()).hexdigest()[:12]}.json"
