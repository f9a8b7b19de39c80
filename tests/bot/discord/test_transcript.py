"""One conversation in the REPL and in Discord: the same answers, word for word."""

from __future__ import annotations

import json
import time
from typing import Any

from bot.kept import KeptAnswer
from bot.people import People
from tests.bot.discord.conftest import NATO, NOWHERE, TROOPS, Stage
from tests.conftest import dateline_in

# Questions, follow-ups and what is declined, in the order of one conversation.
CONVERSATION = (
    NATO,
    "and Macron?",
    "When is Scholz going to Moscow?",
    "and to Kyiv?",
    TROOPS,
    NOWHERE,
    "What did she say?",
    "How many beds does St. Ottilie's Hospital have?",
    "What did it cost?",
)


def in_the_repl(stage: Stage) -> list[dict[str, Any]]:
    done = dateline_in(stage.home, "repl", stdin="\n".join(("/json on", *CONVERSATION)) + "\n")
    assert done.code == 0, done.err
    return [json.loads(line) for line in done.out.split("\n") if line.startswith("{")]


def kept_under(stage: Stage, message: int) -> KeptAnswer:
    """What the bot's record holds of an answer; it is written just after the message."""
    people = People.open(stage.home)
    try:
        for _ in range(100):
            if kept := people.answer_under(message):
                return kept
            time.sleep(0.1)
    finally:
        people.close()
    raise AssertionError("no record of the answer")


def test_the_repl_and_discord_give_the_same_answers(stage: Stage) -> None:
    repl = in_the_repl(stage)
    assert len(repl) == len(CONVERSATION)
    assert [one["outcome"] for one in repl].count("answered") == 7
    for question, answer in zip(CONVERSATION, repl, strict=True):
        message = stage.server.direct_message(stage.ada, question)
        given = stage.server.answer_to(message)
        kept = kept_under(stage, given.id)
        shown = [
            (one.collection, one.article_id, one.revision, one.start, one.end, one.quote) for one in kept.citations
        ]
        assert shown == [
            (one["collection"], one["article_id"], one["revision"], one["start"], one["end"], one["quote"])
            for one in answer["citations"]
        ], question
        if answer["outcome"] != "answered":
            assert answer["text"].split("\n")[0] in given.text.replace("\\", ""), question
