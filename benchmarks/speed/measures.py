"""What a measure is, where its numbers are kept, and how one is run alone.

A measure is a module with ``TITLE``, ``measure(setup)``, which gives raw numbers, and three pure functions of them:
``section(data)`` (Markdown), ``bars(data)`` and ``draw(data, folder)`` (pictures, their names in ``PICTURES``).
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.speed import machine

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "benchmarks" / "results"

NAMES = (
    "cold_start",
    "side_by_side",
    "latency",
    "growth",
    "concurrency",
    "memory",
    "encoding",
    "ingest",
)
"""In the order of RESULTS.md."""

_PACKAGES = ("openvino", "torch", "sentence-transformers", "faiss-cpu", "numpy")


class NotMeasuredError(Exception):
    """Something that a measure needs is not here; the message says what."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What one run works with."""

    quick: bool
    environments: Path
    """Where the virtual environments of the peers are kept from one run to the next."""
    work: Path
    """What the measures of one run share; removed after it."""

    @property
    def shared(self) -> Path:
        """The data beside the project. Raises :class:`NotMeasuredError` where there is none."""
        folder = ROOT.parent / "shared" / "bench"
        if not folder.is_dir():
            raise NotMeasuredError("the data beside the project, ../shared/bench, is not here")
        return folder

    def say(self, text: str) -> None:
        """To whoever watches."""
        print(f"{time.strftime('%H:%M:%S')}  {text}", file=sys.stderr, flush=True)


def store(folder: Path, name: str, setup: Setup, data: dict[str, Any] | None, seconds: float, why: str = "") -> None:
    """Write what a measure found beside the others; ``why`` says why it found nothing."""
    result = {
        "measure": name,
        "quick": setup.quick,
        "taken": datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "machine": machine.machine_line(),
        "versions": machine.versions(*_PACKAGES),
        "seconds": round(seconds, 1),
        **({"not_measured": why} if data is None else {"data": data}),
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(written(result) + "\n", encoding="utf-8")


def load(folder: Path = RESULTS) -> dict[str, dict[str, Any]]:
    """Everything that was stored, by measure."""
    files = [folder / f"{name}.json" for name in NAMES]
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in files if file.exists()}


def written(value: Any, indent: int = 0) -> str:
    """JSON that a person can read: one line a key, but a list of numbers on a single line."""
    margin = " " * (indent + 1)
    if isinstance(value, dict) and value:
        inner = [f"{margin}{json.dumps(str(key))}: {written(one, indent + 1)}" for key, one in value.items()]
        return "{\n" + ",\n".join(inner) + "\n" + " " * indent + "}"
    if isinstance(value, list) and any(isinstance(one, dict | list) for one in value):
        return "[\n" + ",\n".join(margin + written(one, indent + 1) for one in value) + "\n" + " " * indent + "]"
    return json.dumps(value, ensure_ascii=False)


def arguments(description: str | None) -> argparse.Namespace:
    """What every command of this package takes."""
    import platformdirs

    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a fifth of the time, for a first look")
    parser.add_argument(
        "--environments", type=Path, metavar="FOLDER",
        default=platformdirs.user_cache_path("dateline", appauthor=False) / "benchmarks",
        help="where the peers' virtual environments are kept (some 4 GB; default: the user's cache folder)",
    )  # fmt: skip
    parser.add_argument("--results", type=Path, default=RESULTS, metavar="FOLDER", help="where numbers are written")
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--only", nargs="+", choices=NAMES, help="these measures alone; the others stay as they are")
    return parser.parse_args()


def run(module_name: str) -> None:
    """Take one measure, store its numbers and print what RESULTS.md says of them."""
    module = sys.modules[module_name]
    given = arguments(module.__doc__)
    # As shipped, whatever whoever measures has set for themselves.
    for setting in [setting for setting in os.environ if setting.startswith("DATELINE_")]:
        del os.environ[setting]
    # Run as a script, a module does not know its own name.
    name = Path(str(module.__file__)).stem
    with _folder(given.work) as work:
        setup = Setup(given.quick, given.environments.expanduser().absolute(), work)
        started = time.monotonic()
        try:
            data = module.measure(setup)
        except NotMeasuredError as error:
            store(given.results, name, setup, None, time.monotonic() - started, str(error))
            print(f"{module.TITLE}: not measured, since {error}.")
            return
        store(given.results, name, setup, data, time.monotonic() - started)
    data = load(given.results)[name]["data"]
    print(f"## {module.TITLE}\n\n{machine.machine_line()}\n\n{module.section(data)}\n")
    for bar in module.bars(data):
        print(f"{bar.name}: {bar.wanted}; measured {bar.measured}: {bar.verdict}")


@contextmanager
def _folder(given: Path | None) -> Iterator[Path]:
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="dateline-speed-", ignore_cleanup_errors=True) as folder:
        yield Path(os.path.realpath(folder))
