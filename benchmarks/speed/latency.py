"""What one warm question costs, stage by stage, to the checked answer.

    python -m benchmarks.speed.latency [--quick]

Asked over the paragraphs of SQuAD 2.0, each question once, after some that are not counted.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import Any

from benchmarks.speed import measures, numbers, plots, texts
from benchmarks.speed.bars import Bar, at_most
from benchmarks.speed.measures import Setup

TITLE = "One warm question, stage by stage"
PICTURES = ("latency",)

STAGES = {
    "encode": "encode the question",
    "search": "find and rank passages",
    "answer": "choose, weigh, cite and check quotes",
    "total": "all stages",
}


class Timed:
    """An encoder whose questions are timed."""

    def __init__(self, encoder: Any) -> None:
        self._encoder = encoder
        self.seconds = 0.0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._encoder, name)

    def encode_query(self, given: Any) -> Any:
        started = time.perf_counter()
        vectors = self._encoder.encode_query(given)
        self.seconds += time.perf_counter() - started
        return vectors


def measure(setup: Setup) -> dict[str, Any]:
    from bot.settings import Settings
    from bot.wiring import Wiring

    questions = texts.squad_questions(setup)
    count, warm = (200, 40) if setup.quick else (800, 60)
    settings = Settings(home=texts.squad_home(setup))
    sets = {
        "answerable": (questions.answerable[-warm:], questions.answerable[:count]),
        "unanswerable": (questions.unanswerable[-warm:], questions.unanswerable[: count // 2]),
    }
    with Wiring(settings, setup.say) as wiring:
        timed = Timed(wiring.encoder)
        library = wiring.library(())
        wiring.asker(library).ask("What did the president say?")
        wiring.encoder = timed  # type: ignore[assignment]
        asker = wiring.asker(library)
        found = {}
        for name, (first, counted) in sets.items():
            setup.say(f"{len(counted)} questions ({name})")
            for question in first:
                asker.ask(question)
            taken: dict[str, list[float]] = {stage: [] for stage in STAGES}
            answered = 0
            for question in counted:
                timed.seconds = 0.0
                started = time.perf_counter()
                answer = asker.ask(question)
                total = 1000 * (time.perf_counter() - started)
                encode = 1000 * timed.seconds
                search = answer.timings_ms.get("search", 0.0)
                taken["encode"].append(encode)
                taken["search"].append(max(search - encode, 0.0))
                taken["answer"].append(max(total - search, 0.0))
                taken["total"].append(total)
                answered += bool(answer.citations)
            found[name] = {
                "answered": answered, "ms": {stage: numbers.rounded(one, 4) for stage, one in taken.items()},
            }  # fmt: skip
        passages = library.stores[0].articles.size().passages
    return {"passages": passages, "questions": found}


def section(data: dict[str, Any]) -> str:
    parts = []
    for name, told in data["questions"].items():
        count = len(told["ms"]["total"])
        rows = [
            [label, *(numbers.number(numbers.percentile(told["ms"][stage], share)) for share in (0.5, 0.95, 0.99))]
            for stage, label in STAGES.items()
        ]
        parts.append(
            f"{count:,} {name} questions over {data['passages']:,} passages, each asked once; "
            f"{told['answered']:,} were answered. Milliseconds:\n\n" + numbers.table(["", "p50", "p95", "p99"], rows)
        )
    return "\n\n".join(parts)


def bars(data: dict[str, Any]) -> list[Bar]:
    total = data["questions"]["answerable"]["ms"]["total"]
    ratio = numbers.percentile(total, 0.95) / statistics.median(total)
    return [at_most("A warm question, all stages: p95 over p50", ratio, 2)]


def draw(data: dict[str, Any], folder: Path) -> None:
    figure, (axis,) = plots.canvas(height=2.4)
    taken = data["questions"]["answerable"]["ms"]
    rows = [(label, taken[stage], plots.OURS if stage == "total" else plots.OTHERS) for stage, label in STAGES.items()]
    plots.ranges(axis, rows, "milliseconds")
    axis.set_title(f"One warm question over {data['passages']:,} passages")
    plots.save(figure, folder, "latency")


if __name__ == "__main__":
    measures.run(__name__)
