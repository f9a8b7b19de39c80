"""Work that a process of its own does: what needs torch, and what may end a process.

A conversion loads torch, which the process that asked for it then never has to. And a processor or a model that
OpenVINO does not expect can end a process without a word; of its own child a process hears of it.
"""

from __future__ import annotations

import errno
import json
import logging
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from embeddings.errors import EngineError, ModelError

_log = logging.getLogger(__name__)

_SECONDS = 600
"""How long a child may take: a hundred times what the default model takes."""

_FATAL = tuple(
    getattr(signal, name) for name in ("SIGILL", "SIGFPE", "SIGSEGV", "SIGBUS", "SIGABRT") if hasattr(signal, name)
)
"""What ends a process that did something impossible; by others it is ended from outside."""

_START = "import sys; sys.path.insert(0, sys.argv[1]); from embeddings.runtime.child import main; main()"


class CrashedError(EngineError):
    """The child ended by itself, and would again."""


def convert(model: str, device: str, folder: Path) -> None:
    """See :func:`embeddings.runtime.conversion.convert`; raises what that raises, and :class:`CrashedError`."""
    _run({"task": "convert", "model": model, "device": device, "folder": str(folder)})


def tune(folder: Path) -> dict[str, Any]:
    """See :func:`embeddings.runtime.tuning.tune`: the fields of what it found, which is kept in ``folder``.

    Raises :class:`EngineError`, :class:`CrashedError`.
    """
    return dict(_run({"task": "tune", "folder": str(folder)}))


def main() -> None:
    """The child's end: a request as the last argument, the outcome as the last line."""
    request = json.loads(sys.argv[-1])
    folder = Path(request["folder"])
    found: Any = None
    try:
        if request["task"] == "convert":
            from embeddings.runtime.conversion import convert as do

            do(request["model"], request["device"], folder)
        else:
            from embeddings.runtime.tuning import tune_here

            found = asdict(tune_here(folder))
        outcome = {"kind": "done", "found": found}
    except ModelError as error:
        outcome = {"kind": "model", "told": str(error)}
    except EngineError as error:
        outcome = {"kind": "engine", "told": str(error)}
    except OSError as error:
        outcome = {"kind": "system", "told": error.strerror or str(error), "number": error.errno or errno.EIO}
    print("\n" + json.dumps(outcome), flush=True)


def _run(request: dict[str, str]) -> Any:
    home = str(Path(__file__).parents[2])
    try:
        done = subprocess.run(
            [sys.executable, "-c", _START, home, json.dumps(request)],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=_SECONDS, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EngineError(f"no process can be started for it: {error}") from error
    for line in done.stderr.splitlines():
        _log.debug("%s: %s", request["task"], line)
    if -done.returncode in _FATAL:
        raise CrashedError(f"it ended its process by {signal.Signals(-done.returncode).name}")
    try:
        outcome = json.loads(done.stdout.splitlines()[-1])
        kind, told = outcome["kind"], outcome.get("told", "")
    except (ValueError, LookupError, TypeError) as error:
        last = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
        raise EngineError(f"its process ended early: {last[:200]}") from error
    if kind == "model":
        raise ModelError(told)
    if kind == "engine":
        raise EngineError(told)
    if kind == "system":
        raise OSError(outcome["number"], told)
    return outcome["found"]
