"""Dateline beside what a person would pick instead: warm questions, how often they are right, encoding, disk.

    python -m benchmarks.speed.side_by_side [--quick]

Every side is a process that stays; blocks of questions go to each in turn, one question of each block only warms up.
"""

from __future__ import annotations

import contextlib
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.speed import numbers, peers, plots, texts
from benchmarks.speed.bars import Bar, at_least
from benchmarks.speed.measures import Setup, run

TITLE = "Side by side, warm"
PICTURES = ("side_by_side",)

_BLOCK = 20
_SETTLE = 0.25
"""Seconds between two sides: threads of the one before stop waiting actively, which would slow down the next."""

ANSWER = "answer"
"""What Dateline is asked for where others search."""


def measure(setup: Setup) -> dict[str, Any]:
    questions = texts.squad_questions(setup)
    count, texts_count, rounds = (200, 200, 2) if setup.quick else (1000, 1000, 3)
    sample = texts.news_paragraphs(setup, texts_count)
    found, missing = peers.ready(setup)
    with contextlib.ExitStack() as opened:
        sides = {peers.OURS: (opened.enter_context(peers.ours_serving(setup)), (ANSWER,))}
        sides |= {peer.name: (opened.enter_context(peers.serving(peer, setup)), peer.kinds) for peer in found}
        ways = [(name, side, kind) for name, (side, kinds) in sides.items() for kind in kinds]
        taken: dict[tuple[str, str], list[float]] = {(name, kind): [] for name, _, kind in ways}
        right = {key: Right() for key in taken}
        searching: list[float] = []
        warm = questions.unanswerable
        for first in range(0, count, _BLOCK):
            if first % (10 * _BLOCK) == 0:
                setup.say(f"question {first} of {count}")
            block = questions.answerable[first : first + _BLOCK]
            # Two of them before the first block, while the indexes are opened.
            asked = [*warm[2 * first : 2 * first + (2 if first else 12)], *block]
            for name, side, kind in ways:
                time.sleep(_SETTLE)
                told = side.ask(do="search", kind=kind, questions=asked, skip=len(asked) - len(block), top_k=10)
                taken[name, kind] += numbers.rounded(told["ms"], 4)
                right[name, kind].count(told["ids"], questions.right[first : first + _BLOCK])
                searching += told.get("search_ms", [])
        seconds = _encoding(setup, {name: side for name, (side, _) in sides.items()}, sample, rounds)
    return {
        "paragraphs": len(texts.squad_paragraphs(setup)),
        "questions": count,
        "missing": missing,
        "ways": [
            {
                "side": name, "kind": kind, "ms": taken[name, kind], "success@1": right[name, kind].success,
                "mrr@10": right[name, kind].reciprocal,
            }
            for name, _, kind in ways
        ],
        "search_ms": numbers.rounded(searching, 4),
        "encoded": texts_count,
        "encoding_seconds": seconds,
        "installed": peers.sizes(setup, found),
    }  # fmt: skip


class Right:
    """How often the first paragraph is a right one, and where the first right one stands."""

    def __init__(self) -> None:
        self._asked = 0
        self._first = 0
        self._sum = 0.0

    def count(self, found: Sequence[Sequence[str]], right: Sequence[set[str]]) -> None:
        for ids, wanted in zip(found, right, strict=True):
            rank = next((rank for rank, one in enumerate(ids[:10], start=1) if one in wanted), None)
            self._asked += 1
            self._first += rank == 1
            self._sum += 1 / rank if rank else 0.0

    @property
    def success(self) -> float:
        return round(self._first / self._asked, 4)

    @property
    def reciprocal(self) -> float:
        return round(self._sum / self._asked, 4)


def _encoding(setup: Setup, sides: dict[str, Any], sample: list[str], rounds: int) -> dict[str, list[float]]:
    seconds: dict[str, list[float]] = {name: [] for name in sides}
    for name in sides:
        sides[name].ask(do="encode", texts=sample[:32])
    for number in range(rounds):
        setup.say(f"each side encodes {len(sample)} paragraphs, round {number + 1} of {rounds}")
        for name, side in sides.items():
            time.sleep(_SETTLE)
            seconds[name].append(round(side.ask(do="encode", texts=sample)["seconds"], 4))
    return seconds


def section(data: dict[str, Any]) -> str:
    ours, *_ = data["ways"]
    rows = []
    for way in data["ways"]:
        # Question by question: the sides were asked the same ones.
        slower = "" if way is ours else numbers.number(statistics.median(numbers.ratios(way["ms"], ours["ms"]))) + "x"
        rows.append(
            [
                f"{way['side']}: {_WORDS[way['kind']]}",
                *(numbers.number(numbers.percentile(way["ms"], share)) for share in (0.5, 0.95)),
                slower,
                f"{way['success@1']:.3f}",
                f"{way['mrr@10']:.3f}",
            ]
        )
    base = data["encoding_seconds"][peers.OURS]
    count = data["encoded"]
    disk = []
    for name, seconds in data["encoding_seconds"].items():
        told = data["installed"].get(name)
        disk.append(
            [
                name,
                numbers.spread([count / one for one in seconds]),
                "" if name == peers.OURS else numbers.spread(numbers.ratios(seconds, base), "x"),
                f"{told['megabytes']:,.0f}" if told else "–",
            ]
        )
    return (
        f"The same {data['questions']:,} questions with an answer over the same {data['paragraphs']:,} paragraphs of "
        "SQuAD 2.0, each side in a process that stays, asked in turn in blocks of "
        f"{_BLOCK}. The others find paragraphs; Dateline goes through all stages to the checked answer (finding alone: "
        f"{numbers.number(statistics.median(data['search_ms']))} ms). What is embedded is the same everywhere: "
        "headline and paragraph. Ranking is Dateline's as shipped, with weights that were tuned on this set among "
        "others; the others as they fuse by themselves.\n\n"
        + numbers.table(["", "p50, ms", "p95, ms", "median of the ratios", "Success@1", "MRR@10"], rows)
        + f"\n\nEncoding {count:,} paragraphs of news, {len(base)} rounds in turn: median (least to most). Installed "
        "is the library with all that it needs, torch in the same build in each; Dateline's share holds readers, the "
        "Discord library and plots as well.\n\n"
        + numbers.table(["", "paragraphs a second", "times as long as Dateline", "installed, MB"], disk)
    )


_WORDS = {ANSWER: "the checked answer", "hybrid": "search, words and meaning", "dense": "search, meaning alone"}


def fastest(data: dict[str, Any]) -> dict[str, Any] | None:
    """The way of a peer whose median is the least."""
    others = [way for way in data["ways"] if way["side"] != peers.OURS]
    return min(others, key=lambda way: statistics.median(way["ms"]), default=None)


def bars(data: dict[str, Any]) -> list[Bar]:
    way = fastest(data)
    name = "A warm question, all stages, beside the fastest peer's bare search"
    if way is None:
        return [at_least(name, None, 2)]
    ours = statistics.median(data["ways"][0]["ms"])
    return [at_least(f"{name} ({way['side']}, {way['kind']}): p50", statistics.median(way["ms"]) / ours, 2)]


def draw(data: dict[str, Any], folder: Path) -> None:
    figure, (left, right) = plots.canvas(9.6, 2.7, columns=2, width_ratios=(3, 2))
    rows = [(f"{way['side']}: {way['kind']}", way["ms"], plots.COLOURS[way["side"]]) for way in data["ways"]]
    plots.ranges(left, rows, "ms")
    left.set_title("Warm questions, SQuAD 2.0")
    rates = {name: [data["encoded"] / one for one in told] for name, told in data["encoding_seconds"].items()}
    plots.bars(right, rates, "paragraphs a second")
    right.set_title("Encoding news")
    plots.save(figure, folder, "side_by_side")


if __name__ == "__main__":
    run(__name__)
