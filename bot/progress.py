"""A bar for long work: files, then passages, with rate and time left."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

Report = Callable[[str, int, int], None]
"""Called with (stage, done, total)."""

_LABELS = {
    "files": "Reading files",
    "passages": "Encoding passages",
    "encoding": "Encoding questions",
    "questions": "Asking questions",
}


@contextlib.contextmanager
def progress_bar() -> Iterator[Report]:
    """A bar on standard error while the block runs; nothing at all where that is no terminal."""
    if not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"), TimeRemainingColumn(compact=True),
        console=Console(stderr=True), transient=True,
    )  # fmt: skip
    tasks: dict[str, TaskID] = {}

    def begin(stage: str, total: int | None) -> None:
        if stage not in tasks:
            tasks[stage] = bar.add_task(_LABELS.get(stage, stage), total=total, rate="")

    def report(stage: str, done: int, total: int) -> None:
        # Of a single file the passages tell how far it is.
        single = stage == "files" and total == 1
        if not single:
            begin(stage, total)
        if stage == "files":
            # The model takes a while to load before the first passage is encoded: show that something goes on.
            begin("passages", None)
        if single:
            return
        task = bar.tasks[bar.task_ids.index(tasks[stage])]
        speed = task.finished_speed or task.speed
        bar.update(tasks[stage], completed=done, total=total, rate=f"{speed:,.0f}/s" if speed else "")

    with bar:
        yield report
