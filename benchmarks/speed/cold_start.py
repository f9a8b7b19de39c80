"""What one question costs in a fresh process, over an index that is there: ``dateline ask`` beside its peers.

    python -m benchmarks.speed.cold_start [--quick]

All have read the same paragraphs (SQuAD 2.0) with the same model files. Processes alternate, after one round that is
not counted; each round asks another question.
"""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import Any

from benchmarks.speed import numbers, peers, plots, processes, texts
from benchmarks.speed.bars import Bar, at_least
from benchmarks.speed.measures import Setup, run

TITLE = "A first answer from a cold shell"
PICTURES = ("cold_start",)

_UNITS = {"wall": "wall, s", "processor": "processor, s", "memory": "peak memory, MB"}


def measure(setup: Setup) -> dict[str, Any]:
    questions = texts.squad_questions(setup).answerable
    found, missing = peers.ready(setup)
    home = texts.squad_home(setup)
    stores = {peer.name: peers.indexed(peer, setup) for peer in found}
    rounds = 3 if setup.quick else 9
    taken: dict[str, list[processes.Cost]] = {peers.OURS: [], **{peer.name: [] for peer in found}}
    for number in range(rounds + 1):
        setup.say(f"a first answer from each side, round {number} of {rounds}")
        question = questions[number]
        # 3: the articles do not say.
        ours = processes.cost_of(
            processes.dateline("ask", question), processes.environment_of(home), setup.work, fine=(0, 3)
        )
        taken[peers.OURS].append(ours)
        for peer in found:
            command = peer.command(setup, "first", stores[peer.name], "--question", question)
            taken[peer.name].append(processes.cost_of(command, peers.environment(setup), setup.work))
    return {
        "paragraphs": len(texts.squad_paragraphs(setup)),
        "missing": missing,
        "costs": {name: processes.costs(costs[1:]) for name, costs in taken.items()},
    }


def section(data: dict[str, Any]) -> str:
    costs = data["costs"]
    rounds = len(costs[peers.OURS]["wall"])
    rows = [
        [name, *(numbers.spread(told[kind], digits=0 if kind == "memory" else 2) for kind in _UNITS)]
        for name, told in costs.items()
    ]
    less = []
    for name, told in costs.items():
        if name != peers.OURS:
            times = (numbers.ratios(told[kind], costs[peers.OURS][kind]) for kind in _UNITS)
            less.append([f"{name}, times as much", *(numbers.spread(one, "x", 1) for one in times)])
    return (
        f"A process is started, opens an index of {data['paragraphs']:,} paragraphs, reads one question, prints and "
        f"ends. {rounds} rounds, the sides in turn, each round another question: median (least to most). txtai and "
        "Haystack search by words and by meaning, as Dateline does; Dateline also chooses and checks its quotes.\n\n"
        + numbers.table(["", *_UNITS.values()], [*rows, *less])
    )


def bars(data: dict[str, Any]) -> list[Bar]:
    costs = data["costs"]
    peak = statistics.median(costs[peers.OURS]["memory"])
    against = costs.get(peers.PLAIN)
    found = [
        at_least(
            f"A first answer from a cold shell beside {peers.PLAIN}: {kind} time",
            statistics.median(numbers.ratios(against[kind], costs[peers.OURS][kind])) if against else None,
            least,
        )
        for kind, least in (("wall", 10), ("processor", 8))
    ]
    return [*found, Bar("The same: peak memory", "below 350 MB", f"{peak:.0f} MB", peak < 350)]


def draw(data: dict[str, Any], folder: Path) -> None:
    figure, axes = plots.canvas(9.6, 2.3, columns=3)
    for axis, (kind, unit) in zip(axes, _UNITS.items(), strict=True):
        plots.bars(axis, {name: told[kind] for name, told in data["costs"].items()}, unit)
        if axis is not axes[0]:
            axis.set_yticklabels([])
    axes[0].set_title("A first answer from a cold shell: median, least to most")
    plots.save(figure, folder, "cold_start")


if __name__ == "__main__":
    run(__name__)
