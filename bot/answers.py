"""``dateline ask``: one question, or one a line from standard input."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from bot.console import lines_of, say, show, typed
from bot.failures import FAILURE, NO_EVIDENCE, note, sentence_of
from bot.wiring import Wiring
from retrieval.asking import Asker, Options
from retrieval.models import Answer, Outcome


def show_answers(
    wiring: Wiring, question: str, options: Options, collections: Sequence[str] | None, *, json: bool, explain: bool
) -> int:
    """Answer, ``-`` line by line; the exit code."""
    library = wiring.library(collections or ())
    asker = wiring.asker(library)
    several = len(library.collections) > 1
    if question == "-":
        for line in lines_of(sys.stdin):
            _show(_answer(asker, line, options), json=json, explain=explain, several=several)
            if not json:
                print()
        return 0
    answer = _answer(asker, typed(question), options)
    _show(answer, json=json, explain=explain, several=several)
    return {Outcome.ANSWERED: 0, Outcome.NO_EVIDENCE: NO_EVIDENCE, Outcome.ERROR: FAILURE}[answer.outcome]


def _answer(asker: Asker, question: str, options: Options) -> Answer:
    """An answer in any case: a question that fails is one with the outcome ``error``."""
    try:
        return asker.ask(question, options)
    except Exception as error:
        note(error)
        return Answer(question, Outcome.ERROR, 0.0, None, sentence_of(error))


def _show(answer: Answer, *, json: bool, explain: bool, several: bool) -> None:
    if json:
        from bot.render import json as as_json

        print(as_json.dumps(as_json.answer_object(answer, explain=explain)), flush=True)
    if answer.outcome is Outcome.ERROR:
        say(answer.text)
    elif not json:
        from bot.render import terminal

        show(terminal.answer_lines(answer, explain=explain, several=several))
