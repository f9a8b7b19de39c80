"""Ingesting a whole collection of news, all that Dateline does with it, beside peers that encode paragraphs alone.

    python -m benchmarks.speed.ingest [--quick]

``dateline ingest`` reads, cleans, splits, attributes and indexes the articles of MultiHop-RAG and encodes each
paragraph and each sentence, in a fresh data folder to which only the converted model is given. Before and after it
each peer encodes a sample of the same paragraphs, and stores nothing.
"""

from __future__ import annotations

import contextlib
import gzip
import itertools
import json
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.speed import numbers, peers, plots, processes, texts
from benchmarks.speed.bars import Bar, at_least
from benchmarks.speed.measures import Setup, run

TITLE = "Ingesting news, all of it"
PICTURES = ("ingest",)

_ENOUGH = 200
"""Seconds of ingesting after which no further round begins."""

_COUNT = """
import json, sys
from bot.settings import load_settings
from bot.wiring import Wiring

with Wiring(load_settings(), print) as wiring:
    size = wiring.store("main").articles.size()
    print(json.dumps([size.articles, size.passages]))
"""


def measure(setup: Setup) -> dict[str, Any]:
    rounds, count = (2, 100) if setup.quick else (3, 300)
    sample = texts.news_paragraphs(setup, count)
    found, missing = peers.ready(setup)
    articles = texts.news(setup)
    if setup.quick:
        with gzip.open(articles, "rt", encoding="utf-8") as lines:
            first = [json.loads(line) for _, line in zip(range(40), lines, strict=False)]
        articles = texts.write_rows(setup.work / "ingest" / "articles.jsonl", first)
    costs: list[processes.Cost] = []
    size = [0, 0]
    with contextlib.ExitStack() as opened:
        sides = {peer.name: opened.enter_context(peers.serving(peer, setup)) for peer in found}
        for side in sides.values():
            side.ask(do="encode", texts=sample[:32])
        rates: dict[str, list[float]] = {name: [] for name in sides}
        for number in range(rounds + 1):
            for name, side in sides.items():
                setup.say(f"{name} encodes {count} paragraphs")
                rates[name].append(round(count / side.ask(do="encode", texts=sample)["seconds"], 2))
            if number < rounds:
                setup.say(f"Dateline ingests {articles.name}, round {number + 1} of {rounds}")
                home = setup.work / f"ingest-home-{number}"
                shutil.copytree(texts.sample_home(setup) / "models", home / "models")
                environment = processes.environment_of(home)
                costs.append(processes.cost_of(processes.dateline("ingest", str(articles)), environment, setup.work))
                told = subprocess.run(
                    [sys.executable, "-c", _COUNT], env=environment, cwd=setup.work, check=True, capture_output=True,
                    text=True,
                )  # fmt: skip
                size = json.loads(told.stdout.splitlines()[-1])
                shutil.rmtree(home, ignore_errors=True)
            elif costs:
                break
            if sum(cost.wall for cost in costs) > _ENOUGH:
                rounds = min(rounds, number + 1)
    return {
        "missing": missing,
        "articles": size[0],
        "paragraphs": size[1],
        "whole": not setup.quick,
        "costs": processes.costs(costs),
        "sample": count,
        "peers": rates,
    }


def fastest(data: dict[str, Any]) -> tuple[str, list[float]]:
    """The peer that encoded most paragraphs a second, and how many each time."""
    return max(data["peers"].items(), key=lambda item: statistics.median(item[1]))


def rates_of(data: dict[str, Any]) -> list[float]:
    """Paragraphs a second that were ingested, round by round."""
    return [data["paragraphs"] / seconds for seconds in data["costs"]["wall"]]


def times(data: dict[str, Any]) -> list[float]:
    """Each round against the fastest peer before and after it."""
    _, theirs = fastest(data)
    around = [statistics.mean(pair) for pair in itertools.pairwise(theirs)]
    return numbers.ratios(rates_of(data), around)


def section(data: dict[str, Any]) -> str:
    ours = f"Dateline: {data['articles']} articles ingested, every sentence encoded as well"
    rows = [[ours, numbers.spread(rates_of(data))]]
    rows += [
        [f"{name}: paragraphs encoded, nothing else", numbers.spread(rates)] for name, rates in data["peers"].items()
    ]
    name, _ = fastest(data)
    costs = data["costs"]
    return (
        f"{data['articles']} articles, {data['paragraphs']:,} paragraphs: {numbers.spread(costs['wall'])} s by the "
        f"wall, {numbers.spread(costs['processor'])} s of the processor, {numbers.spread(costs['memory'])} MB at the "
        f"peak. The peers encode {data['sample']} of these paragraphs before and after. Against the fastest of them, "
        f"{name}: {numbers.spread(times(data), 'x')}.\n\n" + numbers.table(["", "paragraphs a second"], rows)
    )


def bars(data: dict[str, Any]) -> list[Bar]:
    name = "Whole ingest beside the fastest peer's encoding of paragraphs alone"
    return [at_least(name if data["whole"] else f"{name} (first articles only)", statistics.median(times(data)), 1.5)]


def draw(data: dict[str, Any], folder: Path) -> None:
    figure, (axis,) = plots.canvas(height=2.2)
    plots.bars(axis, {peers.OURS: rates_of(data), **data["peers"]}, "paragraphs of news a second")
    axis.set_title("The whole ingest, beside encoding paragraphs alone")
    plots.save(figure, folder, "ingest")


if __name__ == "__main__":
    run(__name__)
