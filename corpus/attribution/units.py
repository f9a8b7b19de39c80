"""One sentence as it is read: its items, its quotes, its subject."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.attribution.items import QUOTE, Items
from corpus.attribution.phrases import first_subject


@dataclass(slots=True)
class Unit:
    """A sentence of a block, quotes never cut: the items from ``low`` to ``high``."""

    items: Items
    low: int
    high: int
    main: bool
    """Whether it stands in a paragraph, not in a headline or a caption."""
    opens: bool
    """Whether its block begins with it."""
    subject: tuple[int, int] | None
    quotes: tuple[int, ...]

    @property
    def only_quotes(self) -> bool:
        """Whether there are no words beside what stands in quote marks."""
        lows = self.items.lows[self.low : self.high]
        return all(low == QUOTE or not low[0].isalnum() for low in lows)

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands in the body."""
        return self.items.starts[self.low], self.items.ends[self.high - 1]


def read_unit(items: Items, low: int, high: int, *, main: bool, opens: bool) -> Unit:
    """The unit over a range of items that is not empty."""
    lows = items.lows[low:high]
    quotes = tuple(at for at, word in enumerate(lows, low) if word == QUOTE) if QUOTE in lows else ()
    return Unit(items, low, high, main, opens, first_subject(items, low, high), quotes)
