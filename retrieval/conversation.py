"""A question asked in a conversation: made a question of its own where it points back, then answered."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.asking import Asker, Options
from retrieval.followups import Resolved, Turn, resolve
from retrieval.models import Answer, Outcome


def ask_in_turn(
    asker: Asker, text: str, turns: Sequence[Turn], options: Options | None = None
) -> tuple[Resolved, Answer]:
    """What the question was understood as, and its answer. ``turns`` are the earlier questions, the oldest first.

    A question in which no word points back may still go on about what was talked of, or turn to something else. The
    articles tell: it is asked as typed first, and with what was talked of only where that finds nothing.
    """
    meant = resolve(text, turns)
    answer = asker.ask(text if meant.loose else meant.text, options)
    if not meant.loose:
        return meant, answer
    if answer.outcome is not Outcome.ANSWERED:
        wider = asker.ask(meant.text, options)
        if wider.outcome is Outcome.ANSWERED:
            return meant, wider
    return resolve(text, ()), answer
