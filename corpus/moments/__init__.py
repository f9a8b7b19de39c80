"""Days and longer times that a text names, resolved against the day it was printed on: rules, no model.

:func:`find_moments` finds those of an article, :func:`moments_in` those of a single text such as a question, and
:func:`describe` prints one. What is a name ("Black Friday", "the Jan. 6 committee"), what comes back ("on Sundays")
and what cannot be counted from the day of printing ("two days earlier") is left out: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.moments.printing import describe

if TYPE_CHECKING:
    from corpus.models import Block, Moment

__all__ = ["describe", "find_moments", "moments_in"]


def find_moments(body: str, blocks: Sequence[Block], published_at: str | None) -> tuple[Moment, ...]:
    """See :func:`corpus.moments.finding.find_moments`."""
    # Imported here: who only prints days does without the patterns that find them.
    from corpus.moments import finding

    return finding.find_moments(body, blocks, published_at)


def moments_in(text: str, published_at: str | None) -> tuple[Moment, ...]:
    """See :func:`corpus.moments.finding.moments_in`."""
    from corpus.moments import finding

    return finding.moments_in(text, published_at)
