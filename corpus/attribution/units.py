"""One sentence as it is read: its items, its quotes, its subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.attribution.items import QUOTE, Items
from corpus.attribution.names import Mention, Names
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
    mentions: Sequence[Mention]
    """The first few people named in it."""

    @property
    def only_quotes(self) -> bool:
        """Whether there are no words beside what stands in quote marks."""
        lows = self.items.lows
        if not self.quotes and lows[self.low][0].isalnum():
            return False
        return all(lows[at] == QUOTE or not lows[at][0].isalnum() for at in range(self.low, self.high))


def read_unit(items: Items, names: Names, low: int, high: int, *, main: bool, opens: bool) -> Unit:
    """The unit over a range of items that is not empty."""
    lows = items.lows[low:high]
    quotes = tuple(at for at, word in enumerate(lows, low) if word == QUOTE) if QUOTE in lows else ()
    mentions = names.mentioned(items.starts[low], items.ends[high - 1])
    return Unit(items, low, high, main, opens, first_subject(items, low, high), quotes, mentions)
