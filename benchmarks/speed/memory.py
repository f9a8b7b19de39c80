"""What a process that serves holds: at rest, after its first question, after 200.

    python -m benchmarks.speed.memory [--quick]

Dateline is opened as the Discord bot opens it, without the connection; its peers answer the same questions over the
same paragraphs (SQuAD 2.0).
"""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import Any

from benchmarks.speed import numbers, peers, plots, texts
from benchmarks.speed.bars import Bar
from benchmarks.speed.measures import NotMeasuredError, Setup, run
from benchmarks.speed.processes import Conversation
from benchmarks.speed.side_by_side import ANSWER

TITLE = "Memory of a process that serves"
PICTURES = ("memory",)

_MOMENTS = {"first": "after the first question", "rest": "after {count} questions", "peak": "at the peak"}


def measure(setup: Setup) -> dict[str, Any]:
    questions = texts.squad_questions(setup).answerable
    count, rounds = (60, 1) if setup.quick else (200, 3)
    try:
        found, missing = peers.ready(setup)
    except NotMeasuredError as error:
        found, missing = [], {peer.name: str(error) for peer in peers.PEERS}
    held: dict[str, list[dict[str, float]]] = {}
    for number in range(rounds):
        setup.say(f"each side is started and asked, round {number + 1} of {rounds}")
        held.setdefault(peers.OURS, []).append(_held(peers.ours_serving(setup), ANSWER, questions[:count], opens=True))
        for peer in found:
            side = peers.serving(peer, setup)
            held.setdefault(peer.name, []).append(_held(side, peer.kinds[0], questions[:count]))
    megabytes = {
        name: {moment: [one[moment] for one in told] for moment in told[0]} for name, told in held.items()
    }  # fmt: skip
    return {"questions": count, "missing": missing, "megabytes": megabytes}


def _held(side: Conversation, kind: str, questions: list[str], opens: bool = False) -> dict[str, float]:
    found = {}
    with side:
        if opens:
            side.ask(do="open")
            found["start"] = side.resident()
        side.ask(do="search", kind=kind, questions=questions[:1], skip=0, top_k=10)
        found["first"] = side.resident()
        side.ask(do="search", kind=kind, questions=questions[1:], skip=0, top_k=10)
        found["rest"] = side.resident()
        found["peak"] = side.close()
    return {moment: round(value, 1) for moment, value in found.items()}


def section(data: dict[str, Any]) -> str:
    rows = [
        [name, *(numbers.spread(told[moment], digits=0) for moment in _MOMENTS)]
        for name, told in data["megabytes"].items()
    ]
    start = data["megabytes"][peers.OURS]["start"]
    return (
        "Resident megabytes of one process; where there were several rounds, the median (least to most). Dateline "
        f"opened and warm, before anybody has asked: {numbers.spread(start, digits=0)}.\n\n"
        + numbers.table(["", *(words.format(count=data["questions"]) for words in _MOMENTS.values())], rows)
    )


def bars(data: dict[str, Any]) -> list[Bar]:
    return []


def draw(data: dict[str, Any], folder: Path) -> None:
    figure, (axis,) = plots.canvas(height=2.2)
    held = {name: [statistics.median(told["rest"])] for name, told in data["megabytes"].items()}
    plots.bars(axis, held, f"megabytes resident after {data['questions']} questions")
    axis.set_title("Memory of a process that serves")
    plots.save(figure, folder, "memory")


if __name__ == "__main__":
    run(__name__)
