"""Measure how follow-up questions are made to stand alone.

    python benchmarks/followups.py --cast TURNS [--years 2019] [--misses]
    python benchmarks/followups.py --news ARTICLES [--misses]

TURNS is a JSONL file (plain or gzipped) of conversations as TREC CAsT has them, one turn a line: ``year``, ``topic``,
``turn``, ``question`` as typed and ``rewrite``, the same made to stand alone by hand. Of the content words that the
hand added, *recall* is the share that we added; *precision* is the share of our words that are the hand's. A turn
sees what a conversation keeps: our own versions of the three questions before, and no answers.

ARTICLES is anything that ``dateline ingest`` takes, normally the sample articles. The conversations of
``news_followups.jsonl`` are asked of them: the follow-up as resolved after the first answer (*resolved*), as typed
(*as typed*) and as written out by hand (*by hand*). Right is an answer that shows, in its first three quotes, at least
half of an evidence's words; *left alone* counts the questions that need no context and were not touched. Most of the
conversations were kept because the question by hand found its answer when they were written: they measure resolving,
and what *by hand* misses is not for this module to mend.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.store import Store
from corpus.store.text import Stemmer
from embeddings.encoder import SentenceTransformerEncoder
from embeddings.faiss_index import FaissLoader
from retrieval.asking import Asker
from retrieval.collections import Collection
from retrieval.conversation import ask_in_turn
from retrieval.followups import Resolved, Turn, resolve
from retrieval.indexing import Indexer
from retrieval.models import Answer
from retrieval.question import understand

if __package__:
    from benchmarks.gold import overlaps
else:
    from gold import overlaps

NEWS = Path(__file__).with_name("news_followups.jsonl")
KEPT = 3


@dataclass(slots=True)
class Words:
    """Counts of content words: what the hand added, what we added, and both."""

    wanted: int = 0
    added: int = 0
    right: int = 0
    touched: int = 0
    turns: int = 0

    @property
    def recall(self) -> float:
        return self.right / max(self.wanted, 1)

    @property
    def precision(self) -> float:
        return self.right / max(self.added, 1)


def rows_of(path: Path) -> list[dict[str, Any]]:
    packed = path.read_bytes()
    text = (gzip.decompress(packed) if path.suffix == ".gz" else packed).decode("utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def conversation(rows: Sequence[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], Resolved]]:
    """Each turn with what it is resolved to, keeping only what a conversation keeps."""
    turns: list[Turn] = []
    for row in rows:
        if row["turn"] == 1:
            turns = []
        resolved = resolve(row["question"], turns)
        yield row, resolved
        turns = [*turns, Turn.of(resolved)][-KEPT:]


def measure_cast(rows: Sequence[dict[str, Any]], show_misses: bool = False) -> Words:
    stemmer = Stemmer()

    def content(text: str) -> set[str]:
        return {stem for stems in stemmer.stems(understand(text).words) for stem in stems}

    counts = Words()
    for row, resolved in conversation(rows):
        typed = content(row["question"])
        wanted, added = content(row["rewrite"]) - typed, content(resolved.text) - typed
        counts.wanted += len(wanted)
        counts.added += len(added)
        counts.right += len(wanted & added)
        counts.touched += resolved.changed
        counts.turns += 1
        if show_misses and wanted != added:
            print(f"{row['topic']}.{row['turn']} {row['question']}\n   asked {resolved.text}")
            print(f"   missing {sorted(wanted - added)}, too much {sorted(added - wanted)}")
    return counts


def measure_news(articles: Sequence[str], show_misses: bool = False) -> dict[str, tuple[int, int]]:
    """Each figure as (count, of)."""
    rows = rows_of(NEWS)
    encoder, loader = SentenceTransformerEncoder(), FaissLoader()
    counts = dict.fromkeys(("resolved", "as typed", "by hand", "left alone"), 0)
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "main", create=True) as store:
        Indexer(store, encoder, loader).ingest(list(articles))
        asker = Asker([Collection(store, encoder, loader)], encoder)
        for row in rows:
            turn = Turn.of(row["first"], asker.ask(row["first"]))
            started = time.perf_counter()
            resolve(row["follow_up"], [turn])
            slowest = max(slowest, time.perf_counter() - started)
            resolved, answer = ask_in_turn(asker, row["follow_up"], [turn])
            right = hit(row, answer)
            counts["resolved"] += right
            counts["as typed"] += hit(row, asker.ask(row["follow_up"]))
            counts["by hand"] += hit(row, asker.ask(row["stand_alone"]))
            alone = row["follow_up"] == row["stand_alone"]
            counts["left alone"] += alone and not resolved.changed
            if show_misses and (not right or (alone and resolved.changed)):
                print(f"{row['id']} {row['first']} | {row['follow_up']}\n   asked {resolved.text}\n   {turn}")
                print(f"   {answer.outcome} p={answer.confidence:.2f} {answer.text[:300]!r}")
    alone_of = sum(row["follow_up"] == row["stand_alone"] for row in rows)
    print(f"slowest resolution {slowest * 1000:.1f} ms")
    return {name: (count, alone_of if name == "left alone" else len(rows)) for name, count in counts.items()}


def hit(row: dict[str, Any], answer: Answer) -> bool:
    return overlaps(row["evidence"], " ".join(citation.quote[:400] for citation in answer.citations[:3]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--cast", type=Path, help="turns with their rewrites by hand")
    parser.add_argument("--years", type=int, nargs="+", help="only these (default: all)")
    parser.add_argument("--news", nargs="+", help="articles to ask our own conversations of")
    parser.add_argument("--misses", action="store_true", help="show what was resolved otherwise than by hand")
    arguments = parser.parse_args()
    if not arguments.cast and not arguments.news:
        parser.error("name --cast TURNS, --news ARTICLES or both")
    if arguments.cast:
        rows = rows_of(arguments.cast)
        print("year  turns  changed  recall  precision")
        for year in sorted({row["year"] for row in rows} & set(arguments.years or [row["year"] for row in rows])):
            words = measure_cast([row for row in rows if row["year"] == year], arguments.misses)
            print(f"{year}  {words.turns:5}  {words.touched:7}  {words.recall:6.3f}  {words.precision:9.3f}")
    if arguments.news:
        for name, (count, of) in measure_news(arguments.news, arguments.misses).items():
            print(f"{name:14} {count:4} of {of}")


if __name__ == "__main__":
    main()
