"""How index time, size and a warm question grow with the collection: 1,000 to 100,000 invented paragraphs.

    python -m benchmarks.speed.growth [--quick]

The paragraphs are made from a seed (``invented.py``), and their vectors by hashing words (``quick_vectors.py``): with
the model, 100,000 paragraphs and three times as many sentences would take an hour. Each question is read by the real
model all the same, and its time counts. All sizes are asked in turn, the same questions, which the smallest answers.
"""

from __future__ import annotations

import contextlib
import json
import random
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.speed import numbers, plots, processes, texts
from benchmarks.speed.bars import Bar, at_most
from benchmarks.speed.invented import World
from benchmarks.speed.measures import ROOT, Setup, run

TITLE = "A growing collection"
PICTURES = ("growth",)

_BLOCK = 10
_WARM = 20
_SMALLEST, _LARGEST = 1_000, 100_000
_SIDE = [sys.executable, "-m", "benchmarks.speed.growth_side"]


def measure(setup: Setup) -> dict[str, Any]:
    sizes = (1_000, 3_000, 10_000) if setup.quick else (1_000, 3_000, 10_000, 30_000, 100_000)
    count = 100 if setup.quick else 200
    folder = setup.work / "growth"
    environment = processes.environment_of(setup.work) | {"PYTHONPATH": str(ROOT)}
    found: list[dict[str, Any]] = []
    for size in sizes:
        setup.say(f"{size:,} paragraphs are indexed")
        found.append(_indexed(folder / str(size), size, environment))
    questions = _questions(count + _WARM)
    with contextlib.ExitStack() as opened:
        sides = []
        for size in sizes:
            side = processes.Conversation(
                [*_SIDE, "serve", str(folder / str(size))], environment, folder / f"serving-{size}"
            )
            sides.append(opened.enter_context(side))
        for told, side in zip(found, sides, strict=True):
            # One after the other: the first of them converts the model.
            side.ask(questions=[text for text, _ in questions[:_WARM]], skip=_WARM, top_k=10)
            told |= {"ms": [], "encode_ms": [], "hits": 0}
        for first in range(_WARM, count + _WARM, _BLOCK):
            if (first - _WARM) % 50 == 0:
                setup.say(f"question {first - _WARM} of {count}")
            block = questions[first : first + _BLOCK]
            for told, side in zip(found, sides, strict=True):
                answer = side.ask(questions=[text for text, _ in block], skip=0, top_k=10)
                told["ms"] += numbers.rounded(answer["ms"], 4)
                told["encode_ms"] += numbers.rounded(answer["encode_ms"], 4)
                told["hits"] += sum(right in ids for (_, right), ids in zip(block, answer["ids"], strict=True))
        for told, side in zip(found, sides, strict=True):
            told["resident_mb"] = round(side.resident(), 1)
    return {"questions": count, "sizes": found}


def _indexed(folder: Path, size: int, environment: dict[str, str]) -> dict[str, Any]:
    texts.write_rows(folder / "articles.jsonl", [row for row, _ in World().articles(size)])
    done = subprocess.run(
        [*_SIDE, "index", str(folder)], env=environment, cwd=folder, check=True, stdout=subprocess.PIPE, text=True
    )
    told: dict[str, Any] = {"paragraphs": size, **json.loads(done.stdout.splitlines()[-1])}
    files = [path for path in (folder / "main").rglob("*") if path.is_file()]
    database = sum(path.stat().st_size for path in files if path.name.startswith("articles.db"))
    told["database_mb"] = round(database / 1e6, 2)
    told["index_mb"] = round((sum(path.stat().st_size for path in files) - database) / 1e6, 2)
    told["text_mb"] = round((folder / "articles.jsonl").stat().st_size / 1e6, 2)
    return told


def _questions(count: int) -> list[tuple[str, str]]:
    """With the articles of the smallest collection that they were made from; none twice, all kinds mixed."""
    # The last article is cut short in the smallest collection, and goes on in the others.
    articles = list(World().articles(_SMALLEST))[:-1]
    found = {text: row["id"] for row, asked in articles for text in asked}
    return random.Random(texts.SEED).sample(list(found.items()), count)


def section(data: dict[str, Any]) -> str:
    first = data["sizes"][0]
    rows = []
    for told in data["sizes"]:
        alone = [one - read for one, read in zip(told["ms"], told["encode_ms"], strict=True)]
        rows.append(
            [
                f"{told['passages']:,}",
                numbers.number(told["seconds"] - told["vectors_seconds"]),
                f"{told['database_mb']:,.0f} + {told['index_mb']:,.0f}",
                f"{told['resident_mb']:,.0f}",
                *(numbers.number(numbers.percentile(told["ms"], share)) for share in (0.5, 0.95)),
                numbers.number(statistics.median(numbers.ratios(told["ms"], first["ms"]))) + "x",
                numbers.number(statistics.median(alone)),
            ]
        )
    head = [
        "passages", "index, s, without vectors", "disk, MB: database + index", "resident, MB", "p50, ms", "p95, ms",
        "median of the ratios", "p50 without encoding",
    ]  # fmt: skip
    last = data["sizes"][-1]
    return (
        "News that nobody wrote, made from a seed: paragraphs of one to six sentences, some 55 words in the mean, word "
        "frequencies by Zipf's law, new names and words as it grows. **Their vectors are not the model's** but sums of "
        "hashed words, of the same length, which take no time to make; the model would need "
        f"{last['texts'] / last['passages']:.1f} texts a passage, at the rates above. Each of the "
        f"{data['questions']} questions is read by the real model as well, and that time is in the figures. All sizes "
        "were asked the same questions in turn; the larger collections hold the smaller ones. Found among the first "
        "ten: "
        + ", ".join(f"{told['hits'] / data['questions']:.0%} of {told['passages']:,}" for told in data["sizes"])
        + ".\n\n"
        + numbers.table(head, rows)
    )


def bars(data: dict[str, Any]) -> list[Bar]:
    first, last = data["sizes"][0], data["sizes"][-1]
    ratio = statistics.median(last["ms"]) / statistics.median(first["ms"])
    name = f"A warm question: p50 over {_LARGEST:,} passages against {_SMALLEST:,}"
    if (first["paragraphs"], last["paragraphs"]) == (_SMALLEST, _LARGEST):
        return [at_most(name, ratio, 3)]
    return [Bar(name, "at most 3x", f"{ratio:.2f}x at {last['paragraphs']:,}", None)]


def draw(data: dict[str, Any], folder: Path) -> None:
    figure, (time, size, latency) = plots.canvas(10.4, 3.0, columns=3)
    counts = [told["passages"] for told in data["sizes"]]
    style = {"markersize": 4.5, "color": plots.OURS}
    time.plot(counts, [told["seconds"] - told["vectors_seconds"] for told in data["sizes"]], "o-", **style)
    time.set_ylabel("seconds")
    time.set_title("Index, without vectors")
    size.plot(
        counts, [told["database_mb"] + told["index_mb"] for told in data["sizes"]], "o-", label="on disk", **style
    )
    size.plot(counts, [told["resident_mb"] for told in data["sizes"]], "s--", label="resident", **style)
    size.set_ylabel("megabytes")
    size.set_title("Size")
    size.legend()
    for share, mark, name in ((0.5, "o-", "p50"), (0.95, "s--", "p95")):
        latency.plot(
            counts, [numbers.percentile(told["ms"], share) for told in data["sizes"]], mark, label=name, **style
        )
    latency.set_ylabel("milliseconds")
    latency.set_ylim(bottom=0)
    latency.set_title("A warm question")
    latency.legend()
    for axis in (time, size, latency):
        axis.set_xscale("log")
        axis.set_xlabel("passages")
        plots.plain_numbers(axis.xaxis)
    for axis in (time, size):
        axis.set_yscale("log")
        plots.plain_numbers(axis.yaxis)
    plots.save(figure, folder, "growth")


if __name__ == "__main__":
    run(__name__)
