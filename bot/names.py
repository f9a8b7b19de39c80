"""Names to complete while somebody types: held in memory, since autocomplete can neither be deferred nor wait."""

from __future__ import annotations

import asyncio
import logging
import time
import unicodedata
from collections.abc import Iterable

from bot.jobs import Names, NamesJob
from bot.worker import Worker

_log = logging.getLogger(__name__)

_FRESH_SECONDS = 30.0
"""After that names are read anew, while what is known is offered: articles come and go meanwhile."""

_PATIENCE = 1.5
"""How long the very first person waits: an offer after three seconds is an error."""

CHOICES = 25
LONGEST = 100
"""Discord's limits on what is offered."""


class NameBook:
    """Names by the set of collections that may be seen."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._known: dict[tuple[str, ...], tuple[float, Names]] = {}
        self._reading: dict[tuple[str, ...], asyncio.Task[Names]] = {}

    async def names(self, collections: tuple[str, ...]) -> Names:
        """What is known now; the first time, what can be read in a moment."""
        known = self._known.get(collections)
        if known is None or time.monotonic() - known[0] > _FRESH_SECONDS:
            task = self._reading.get(collections)
            if task is None:
                task = asyncio.create_task(self._read(collections))
                self._reading[collections] = task
            if known is None:
                done, _ = await asyncio.wait({task}, timeout=_PATIENCE)
                return task.result() if done else Names()
        return known[1] if known else Names()

    def forget(self) -> None:
        """Articles were added or removed."""
        self._known.clear()

    async def _read(self, collections: tuple[str, ...]) -> Names:
        try:
            names = await self._worker.do(NamesJob(collections))
            self._known[collections] = (time.monotonic(), names)
            return names
        except Exception as error:
            _log.info("names could not be read: %s", type(error).__name__)
            return Names()
        finally:
            self._reading.pop(collections, None)


def offers(typed: str, names: Iterable[str]) -> list[str]:
    """Up to 25 names: those that begin with what was typed, then those of which a later word does, then any part."""
    wanted = _folded(typed)
    usable = [name for name in names if 0 < len(name) <= LONGEST]
    first = [name for name in usable if _folded(name).startswith(wanted)]
    later = [name for name in usable if any(f"{mark}{wanted}" in _folded(name) for mark in " -’'(")]
    inside = [name for name in usable if wanted in _folded(name)]
    return list(dict.fromkeys([*first, *later, *inside]))[:CHOICES]


def _folded(text: str) -> str:
    marks = unicodedata.normalize("NFD", text.casefold())
    return "".join(character for character in marks if not unicodedata.combining(character)).strip()
