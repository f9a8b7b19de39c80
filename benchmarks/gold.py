"""Count what a question set over news articles gets: passages, answers, speakers, declining.

    python benchmarks/gold.py ARTICLES QUESTIONS [--misses]

ARTICLES is anything that ``dateline ingest`` takes; QUESTIONS is a JSONL file of questions with evidence.
The measures: *first* and *in three*, a passage with judged evidence ranked there; *answer hit*, at least half
of an evidence's words in the first three quotes shown (their first 400 characters); *speaker*, the first quote
shown overlaps evidence and bears the right speaker; *declined*, both kinds.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import unicodedata
from pathlib import Path

from corpus.attribution import same_person
from corpus.store import Store
from embeddings.encoder import SentenceTransformerEncoder
from embeddings.faiss_index import FaissLoader
from retrieval.asking import Asker
from retrieval.collections import Collection
from retrieval.indexing import Indexer
from retrieval.models import Outcome


def plain(text: str) -> str:
    """White space and quote marks normalised, as evidence is judged."""
    text = unicodedata.normalize("NFC", text)
    return " ".join(re.sub(r"[“”„«»\"‘’'`]", "'", text).split()).lower()


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", plain(text)))


def overlaps(evidence: list[dict[str, str]], text: str) -> bool:
    shown = words(text)
    return any(2 * len(words(e["text"]) & shown) >= len(words(e["text"])) for e in evidence)


def measure(articles: list[str], questions: Path, show_misses: bool = False) -> dict[str, tuple[int, int]]:
    """Each figure as (count, of)."""
    rows = [json.loads(line) for line in questions.read_text("utf-8").splitlines() if line.strip()]
    encoder, loader = SentenceTransformerEncoder(), FaissLoader()
    counts = dict.fromkeys(("first", "in three", "answer hit", "speaker", "null declined", "true declined"), 0)
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "main", create=True) as store:
        Indexer(store, encoder, loader).ingest(articles)
        asker = Asker([Collection(store, encoder, loader)], encoder)
        for row in rows:
            answer = asker.ask(row["question"])
            declined = answer.outcome is not Outcome.ANSWERED
            missed = []
            if not row["answerable"]:
                counts["null declined"] += declined
                missed = [] if declined else ["answered"]
            else:
                evidence = row["evidence"]
                right = [
                    any(
                        plain(e["text"]) in plain(hit.passage.text)
                        and e.get("article_id", hit.article.id) == hit.article.id
                        for e in evidence
                    )
                    for hit in answer.hits
                ]
                first = answer.citations[0] if answer.citations else None
                shown = " ".join(citation.quote[:400] for citation in answer.citations[:3])
                got = {
                    "first": right[:1] == [True],
                    "in three": any(right[:3]),
                    "answer hit": overlaps(evidence, shown),
                }
                if row.get("speaker"):
                    got["speaker"] = bool(
                        first
                        and first.speaker
                        and same_person(row["speaker"], first.speaker)
                        and overlaps(evidence, first.quote)
                    )
                counts["true declined"] += declined
                for name, value in got.items():
                    counts[name] += value
                missed = [name for name, value in got.items() if not value] + ["declined"] * declined
            if show_misses and missed:
                print(f"{row['id']} {row['question']}\n   missed {', '.join(missed)}; p={answer.confidence:.2f}")
                for hit in answer.hits[:3]:
                    print(f"   hit {hit.article.id} ¶{hit.passage.ordinal}: {hit.passage.text[:90]!r} {hit.explain()}")
                for c in answer.citations:
                    print(f"   [{c.number}] {c.speaker} {c.kind}: {c.quote[:160]!r}")
                print(f"   {answer.text[:300]!r}" if declined else "")
    answerable = sum(row["answerable"] for row in rows)
    spoken = sum(bool(row["answerable"] and row.get("speaker")) for row in rows)
    of = {"speaker": spoken, "null declined": len(rows) - answerable}
    return {name: (count, of.get(name, answerable)) for name, count in counts.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("articles")
    parser.add_argument("questions", type=Path)
    parser.add_argument("--misses", action="store_true", help="show each miss with what was found instead")
    parser.add_argument("--floors", type=Path, help="a JSON file of the figures that must be reached")
    arguments = parser.parse_args()
    figures = measure([arguments.articles], arguments.questions, arguments.misses)
    for name, (count, of) in figures.items():
        print(f"{name:14} {count:4} of {of}")
    floors = json.loads(arguments.floors.read_text("utf-8")) if arguments.floors else {}
    most = floors.pop("true declined at most", None)
    missed = [f"{name} {figures[name][0]} < {floor}" for name, floor in floors.items() if figures[name][0] < floor]
    if most is not None and figures["true declined"][0] > most:
        missed.append(f"true declined {figures['true declined'][0]} > {most}")
    if missed:
        raise SystemExit("below the floor: " + "; ".join(missed))


if __name__ == "__main__":
    main()
