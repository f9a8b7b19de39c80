"""How fast and how faithful the converted model is beside ``SentenceTransformer.encode`` at its defaults.

    python -m benchmarks.speed.encoding [--quick]

Texts of four lengths are drawn from news (without the data beside the project: from the samples). Both encode the same
texts in turn, after a round that is not counted. Where the processor has AVX-512 or AMX, paragraphs are measured once
more in a process in which the libraries are told to use AVX2 at most, as far as a lesser processor can be feigned so.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.speed import machine, numbers, plots, texts
from benchmarks.speed.bars import Bar, at_least
from benchmarks.speed.measures import ROOT, NotMeasuredError, Setup, run

TITLE = "Encoding"
PICTURES = ("encoding",)

LENGTHS = {"sentences": 120, "paragraphs": 420, "long paragraphs": 900, "cut at the limit": 2400}
"""Characters at most; the second is what a long paragraph of news has."""

_BFLOAT = {"amx_bf16", "avx512_bf16"}
_FEIGNED = {
    "ONEDNN_MAX_CPU_ISA": "AVX2",
    "ATEN_CPU_CAPABILITY": "avx2",
    "MKL_ENABLE_INSTRUCTIONS": "AVX2",
    "DNNL_MAX_CPU_ISA": "AVX2",
}
_CHILD = "_BENCHMARK_ENCODING"


def measure(setup: Setup) -> dict[str, Any]:
    found = compared(setup, dict(LENGTHS))
    found["flags"] = sorted(machine.flags() & {*_BFLOAT, "avx2", "asimd"})
    if machine.flags() & {"avx512f", "amx_bf16"}:
        setup.say("once more, with AVX2 at most")
        asked = json.dumps({"quick": setup.quick, "work": str(setup.work)})
        command = [sys.executable, "-m", "benchmarks.speed.encoding"]
        environment = {**os.environ, **_FEIGNED, _CHILD: asked}
        done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
        found["feigned"] = json.loads(done.stdout.splitlines()[-1])
    return found


def compared(setup: Setup, lengths: dict[str, int]) -> dict[str, Any]:
    """Both sides in turn, in this process."""
    import numpy as np

    from embeddings.encoder import SentenceTransformerEncoder
    from embeddings.runtime.encoder import RuntimeEncoder

    count, rounds = (64, 3) if setup.quick else (128, 5)
    try:
        bodies = [" ".join(part.split()) for part in texts.news_paragraphs(setup, 4000)]
    except NotMeasuredError:
        bodies = texts.samples()
    plain = SentenceTransformerEncoder(device="cpu")
    # Precision is chosen where a model is converted: one that was converted elsewhere may not suit.
    models = setup.work / ("models-feigned" if _CHILD in os.environ else "models")
    ours = RuntimeEncoder(folders=[models], device="cpu")
    ours.encode_passages(drawn(bodies, 200, 64))
    found: dict[str, Any] = {"count": count, "lengths": {}}
    for name, most in lengths.items():
        setup.say(f"{count} {name}, {rounds} rounds")
        chosen = drawn(bodies, most, count)
        walls: dict[str, list[float]] = {"plain": [], "ours": []}
        processors: dict[str, list[float]] = {"plain": [], "ours": []}
        cosines = np.zeros(0)
        for number in range(rounds + 1):
            sides = {
                "plain": timed(lambda chosen=chosen: plain.encode_passages(chosen)),  # type: ignore[misc]
                "ours": timed(lambda chosen=chosen: ours.encode_passages(chosen)),  # type: ignore[misc]
            }
            cosines = np.sum(sides["plain"][2] * sides["ours"][2], axis=1)
            for side, (wall, processor, _) in sides.items():
                if number:
                    walls[side].append(round(wall, 5))
                    processors[side].append(round(processor, 5))
        found["lengths"][name] = {
            "characters": most, "wall": walls, "processor": processors,
            "cosine": {"mean": round(float(cosines.mean()), 6), "least": round(float(cosines.min()), 6)},
        }  # fmt: skip
    asked = drawn(bodies, 60, 40)
    each = {"plain": plain.encode_query, "ours": ours.encode_query}
    taken: dict[str, list[float]] = {name: [] for name in each}
    for question in [*drawn(bodies, 50, 5), *asked]:
        for name, encode in each.items():
            wall = timed(lambda encode=encode, question=question: encode([question]))[0]  # type: ignore[misc]
            taken[name].append(1000 * wall)
    found["question_ms"] = {name: numbers.rounded(one[5:], 4) for name, one in taken.items()}
    return found


def drawn(bodies: list[str], most: int, count: int) -> list[str]:
    """Stretches of whole words, the longest ``most`` characters, the shortest half of that."""
    chance = random.Random(most)
    found: list[str] = []
    while len(found) < count:
        length = chance.randint(most // 2, most)
        text = chance.choice(bodies)
        start = chance.randrange(max(len(text) - length, 1))
        words = text[start : start + length].split()
        while len(" ".join(words)) < length:  # a short text
            words += chance.choice(bodies)[:length].split()
        found.append(" ".join(words)[:length])
    return found


def timed(act: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds by the wall, seconds of the processor, and what came of it."""
    wall, processor = time.perf_counter(), time.process_time()
    vectors = act()
    return time.perf_counter() - wall, time.process_time() - processor, vectors


def section(data: dict[str, Any]) -> str:
    head = ["", "texts a second", "times as fast, wall", "times as fast, processor", "cosine, mean", "least"]
    rows = _rows(data, "")
    if "feigned" in data:
        rows += _rows(data["feigned"], ", AVX2 at most")
    asked = [
        ["", "sentence-transformers", "converted"],
        [
            "one question, ms",
            *(numbers.spread([numbers.percentile(data["question_ms"][side], s) for s in (0.25, 0.5, 0.75)])
              for side in ("plain", "ours")),
        ],
    ]  # fmt: skip
    return (
        f"The converted model beside `SentenceTransformer.encode` at its defaults, {data['count']} texts of each "
        "length, the sides in turn: median (least to most). Both on all processors.\n\n"
        + numbers.table(head, rows)
        + "\n\nOne question, the converted model on one thread: median (middle half).\n\n"
        + numbers.table(asked[0], asked[1:])
    )


def _rows(data: dict[str, Any], suffix: str) -> list[list[str]]:
    return [
        [
            f"{name} (to {told['characters']} characters){suffix}",
            numbers.spread([data["count"] / one for one in told["wall"]["ours"]]),
            numbers.spread(faster(told, "wall"), "x", 1),
            numbers.spread(faster(told, "processor"), "x", 1),
            f"{told['cosine']['mean']:.6f}",
            f"{told['cosine']['least']:.6f}",
        ]
        for name, told in data["lengths"].items()
    ]


def faster(told: dict[str, Any], clock: str) -> list[float]:
    """Round by round."""
    return numbers.ratios(told[clock]["plain"], told[clock]["ours"])


def bars(data: dict[str, Any]) -> list[Bar]:
    told = data["lengths"]["paragraphs"]
    times = statistics.median(faster(told, "wall"))
    found = []
    if _BFLOAT & set(data["flags"]):
        found.append(at_least("Encoding paragraphs beside sentence-transformers, AMX or AVX-512 bf16", times, 4))
        feigned = data.get("feigned")
        found.append(
            at_least(
                "The same, AVX2 at most (feigned)",
                statistics.median(faster(feigned["lengths"]["paragraphs"], "wall")) if feigned else None,
                1.5,
            )
        )
    else:
        found.append(at_least("Encoding paragraphs beside sentence-transformers", times, 1.5))
    cosine = min(one["cosine"]["mean"] for one in data["lengths"].values())
    found.append(Bar("The same: mean cosine of the two", "at least 0.9999", f"{cosine:.6f}", cosine >= 0.9999))
    return found


def draw(data: dict[str, Any], folder: Path) -> None:
    figure, (axis,) = plots.canvas(height=2.4)
    lengths = data["lengths"]
    for at, told in enumerate(lengths.values()):
        rates = {
            side: statistics.median(data["count"] / one for one in told["wall"][side]) for side in ("plain", "ours")
        }
        axis.plot([rates["plain"], rates["ours"]], [at, at], color="#d4d4cc", linewidth=3, zorder=1)
        for side, label, colour in (
            ("plain", "sentence-transformers", plots.OTHERS),
            ("ours", "converted", plots.OURS),
        ):
            axis.plot(rates[side], at, "o", color=colour, markersize=8, label=label if at == 0 else None)
        times = statistics.median(faster(told, "wall"))
        plots.written(axis, rates["ours"], at, f"{rates['ours']:,.0f} ({times:.1f} times)")
    axis.set_xscale("log")
    axis.set_xlim(right=4 * axis.get_xlim()[1])
    plots.plain_numbers(axis.xaxis)
    axis.grid(False, axis="y")
    axis.set_yticks(
        range(len(lengths)), [f"{name}, to {told['characters']} characters" for name, told in lengths.items()]
    )
    axis.set_ylim(len(lengths) - 0.5, -0.5)
    axis.set_xlabel("texts encoded a second")
    axis.set_title("Encoding by length")
    axis.legend(loc="lower right")
    plots.save(figure, folder, "encoding")


if __name__ == "__main__":
    if _CHILD in os.environ:
        told = json.loads(os.environ[_CHILD])
        print(
            json.dumps(
                compared(Setup(told["quick"], Path(), Path(told["work"])), {"paragraphs": LENGTHS["paragraphs"]})
            )
        )
    else:
        run(__name__)
