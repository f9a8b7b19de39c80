"""Where the bot's work is done: holds the encoder, the open collections and an asker for each set of them.

One desk belongs to one thread, or to one process; who sends it work is ``worker.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING

from bot import pictures
from bot.wiring import MAIN, Library, Wiring, collection_folder
from corpus.store import Store
from retrieval.asking import texts_of

if TYPE_CHECKING:
    from bot.settings import Settings
    from retrieval.asking import Asker

_SETS_KEPT = 64
"""Sets of collections, one a server, whose askers are kept open."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one job may read."""

    library: Library
    asker: Asker

    @property
    def stores(self) -> dict[str, Store]:
        """By the names that citations bear."""
        return {store.collection: store for store in self.library.stores}


class Desk:
    """Opened, used and closed in one thread."""

    def __init__(self, settings: Settings, say: Callable[[str], None]) -> None:
        self.settings = settings
        self.wiring = Wiring(settings, say)
        self._main: Library | None = None
        self._own: dict[str, Collection] = {}
        self._readings: dict[tuple[str, ...], Reading] = {}

    def __enter__(self) -> Desk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.wiring.__exit__(kind, error, trace)

    def warm_up(self) -> None:
        """Whatever the first question would otherwise wait for: the model, the samples, the index, what draws."""
        self.reading((MAIN,)).asker.ask("What did the president say?")
        pictures.warm_up()

    def foresee(self, questions: Iterable[str]) -> None:
        """Have the model read questions together that are going to be asked soon, the next of them first."""
        self.wiring.encoder.foresee(text for question in questions for text in texts_of(question))

    def reading(self, names: Sequence[str]) -> Reading:
        """The collections named, as far as there are any; main stands for the samples while it is empty."""
        library = self._library(names)
        key = tuple(collection.name for collection in library.collections)
        found = self._readings.pop(key, None)
        if found is None or any(c not in library.collections for c in found.library.collections):
            found = Reading(library, self.wiring.asker(library))
        elif not all(collection.indexed for collection in library.collections):
            self.wiring.asker(library)  # something was stored by another process and not encoded
        self._readings[key] = found  # the last used stands last
        while len(self._readings) > _SETS_KEPT:
            self._let_go(next(iter(self._readings)))
        return found

    def forget(self, name: str) -> None:
        """A collection was removed: nothing of it stays open."""
        self._readings = {key: reading for key, reading in self._readings.items() if name not in key}
        self._own.pop(name, None)
        self.wiring.close(name)

    def _let_go(self, names: tuple[str, ...]) -> None:
        """Close what nobody asked for since a long time: a bot may be in thousands of servers."""
        self._readings.pop(names)
        for name in names:
            if name in self._own and not any(name in key for key in self._readings):
                self.forget(name)

    def _library(self, names: Sequence[str]) -> Library:
        own = [collection for name in names if name != MAIN and (collection := self._opened(name)) is not None]
        main = self._of_main() if MAIN in names else Library((), samples=False)
        if main.samples and own:
            # The samples speak where there is nothing else to speak.
            main = Library((), samples=False)
        return Library((*main.collections, *own), main.samples)

    def _opened(self, name: str) -> Collection | None:
        """A collection that holds something: word statistics of an empty one would weigh down those of others."""
        if name not in self._own:
            if not (collection_folder(self.settings.home, name) / "articles.db").exists():
                return None
            self._own[name] = self.wiring.library((name,)).collections[0]
        found = self._own[name]
        return found if found.store.articles.size().articles else None

    def _of_main(self) -> Library:
        # The operator may ingest while the bot runs.
        if self._main is None or (self._main.samples and self.wiring.has_articles()):
            self._main = self.wiring.library((MAIN,))
        return self._main


if TYPE_CHECKING:
    from retrieval.collections import Collection
