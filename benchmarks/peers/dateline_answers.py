"""Dateline by the protocol of its peers; where they only search, it answers: every stage, to the checked quotes.

Runs as the Discord bot does its work (``bot.desk``), without the connection.
"""

from __future__ import annotations

import json
import sys
import time

from bot.console import say
from bot.desk import Desk
from bot.settings import load_settings
from bot.wiring import MAIN
from retrieval.asking import Options


def main() -> None:
    """One JSON object a line."""
    with Desk(load_settings(), say) as desk:
        for line in sys.stdin:
            asked = json.loads(line)
            if asked["do"] == "open":
                desk.warm_up()
                answer: dict[str, object] = {}
            elif asked["do"] == "encode":
                started = time.perf_counter()
                desk.wiring.encoder.encode_passages(asked["texts"])
                answer = {"seconds": time.perf_counter() - started}
            else:
                answer = answered(desk, asked["questions"], asked["skip"], asked["top_k"])
            print(json.dumps(answer), flush=True)


def answered(desk: Desk, questions: list[str], skip: int, top_k: int) -> dict[str, object]:
    """Milliseconds of each, and the articles found, best first: each paragraph of the set is one."""
    asker = desk.reading((MAIN,)).asker
    taken, searching, found = [], [], []
    for question in questions:
        started = time.perf_counter()
        answer = asker.ask(question, Options(top_k=top_k))
        taken.append(1000 * (time.perf_counter() - started))
        searching.append(answer.timings_ms.get("search", 0.0))
        found.append(list(dict.fromkeys(hit.article.id for hit in answer.hits)))
    return {"ms": taken[skip:], "search_ms": searching[skip:], "ids": found[skip:]}


if __name__ == "__main__":
    main()
