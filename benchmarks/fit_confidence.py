"""Fit the weights in ``retrieval/abstention.py``: which evidence tells that the articles hold an answer.

    python benchmarks/fit_confidence.py ../shared --homes FOLDER

Asks questions of five sets (the gold questions on the seed articles, those on the sample articles, MultiHop-RAG,
SQuAD 2.0, and the counterfactual questions of ``counterfactual.py``), and fits a logistic regression over what
``Asker.weigh`` sees. Prints the weights as they stand in the code, and what each set gets by them. FOLDER keeps the
collections, so that a second run encodes nothing (MultiHop-RAG alone takes about twenty minutes).

scikit-learn does the fitting; it is needed here alone.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import IO

import numpy as np
from counterfactual import articles_of, pairs
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, roc_auc_score

from corpus.store import Store
from embeddings.encoder import SentenceTransformerEncoder
from embeddings.faiss_index import FaissLoader
from retrieval.abstention import THRESHOLD, Evidence
from retrieval.asking import Asker
from retrieval.collections import Collection
from retrieval.evaluation.dataset import beir_articles, load_dataset
from retrieval.indexing import Indexer

SAMPLES = Path(__file__).parent.parent / "corpus" / "sample"


@dataclass(frozen=True)
class FittedOn:
    """A set, how many of its questions are asked, and what one of them counts: (answerable, unanswerable)."""

    name: str
    questions: int
    of_words: tuple[float, float]
    of_anything_else: tuple[float, float]


# What one question counts, chosen so that each set's two error rates are where we want them at a threshold of one half:
# few and hand-made questions count much; SQuAD's unanswerable ones are made to be mistaken for answerable, so that they
# would teach to decline what is well covered.
SETS = (
    FittedOn("gold", 1000, (30.0, 6.0), (24.0, 34.0)),
    FittedOn("sample", 1000, (10.0, 2.0), (5.0, 7.0)),
    FittedOn("squad2", 3000, (0.0, 0.0), (1.4, 0.05)),
    FittedOn("multihop", 500, (0.0, 0.0), (0.3, 3.0)),
    FittedOn("counterfactual", 300, (2.0, 0.58), (0.0, 0.0)),
)
OF_WORDS_SEES = frozenset({"nearest", "covered", "strange_names", "length", "unsaid"})
"""What tells whether a person on record said something; the rest is nothing to them or never varies."""
REGULARISATION = 3.0
"""scikit-learn's C; between 1 and 10 nothing changes."""


@dataclass(frozen=True)
class Seen:
    """A question and what was found."""

    set: str
    question: str
    answerable: bool
    evidence: Evidence


def opened(path: Path) -> IO[str]:
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")


def questions_of(name: str, shared: Path) -> list[tuple[str, bool]]:
    """(question, whether it has an answer), each once."""
    if name == "counterfactual":
        with opened(shared / "bench" / "polnear" / "dev.jsonl.gz") as file:
            rows = [json.loads(line) for line in file]
        found = [
            (f"What did {who} say about {pair.topic}?", who == pair.asked)
            for pair in pairs(rows, 300)
            for who in (pair.asked, pair.other)
        ]
        return list(dict.fromkeys(found))
    folder = {"gold": shared / "gold", "sample": SAMPLES}.get(name, shared / "bench" / name)
    dataset = load_dataset(folder)
    return [(question.text, question.answerable) for question in dataset.questions]


def articles_for(name: str, shared: Path, scratch: Path) -> list[str]:
    """What to ingest for a set."""
    if name == "gold":
        return [str(shared / "seeds")]
    if name == "sample":
        return [str(path) for path in sorted(SAMPLES.glob("*.md"))]
    if name == "multihop":
        return [str(shared / "bench" / "multihop" / "articles.jsonl.gz")]
    if name == "squad2":
        return [
            str(as_lines(beir_articles(shared / "bench" / "squad2" / "corpus.jsonl.gz", []), scratch / "squad2.jsonl"))
        ]
    with opened(shared / "bench" / "polnear" / "dev.jsonl.gz") as file:
        return [str(as_lines(articles_of(map(json.loads, file)), scratch / "polnear.jsonl"))]


def as_lines(rows: Iterable[dict[str, str]], path: Path) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def look(part: FittedOn, shared: Path, homes: Path, encoder: SentenceTransformerEncoder) -> Iterator[Seen]:
    homes.mkdir(parents=True, exist_ok=True)
    with Store.open(homes / part.name, create=True) as store:
        loader = FaissLoader()
        Indexer(store, encoder, loader).ingest(articles_for(part.name, shared, homes))
        asker = Asker([Collection(store, encoder, loader)], encoder)
        asked = questions_of(part.name, shared)
        for text, answerable in random.Random(0).sample(asked, min(part.questions, len(asked))):
            yield Seen(part.name, text, answerable, asker.weigh(text))


def fit(seen: Sequence[Seen], mask: np.ndarray, counts: dict[tuple[str, bool], float]) -> LogisticRegression:
    """``mask``: 1 for what is looked at, 0 for the rest; ``counts``: for (set, answerable) what one question counts."""
    seen = [one for one in seen if counts[one.set, one.answerable]]
    return LogisticRegression(C=REGULARISATION, max_iter=5000).fit(
        np.array([astuple(one.evidence) for one in seen]) * mask,
        [one.answerable for one in seen],
        sample_weight=[counts[one.set, one.answerable] for one in seen],
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("shared", type=Path, help="the folder that holds seeds, gold and bench")
    parser.add_argument("--homes", type=Path, required=True, help="where the collections are kept")
    arguments = parser.parse_args()
    encoder = SentenceTransformerEncoder()
    seen = []
    for part in SETS:
        seen += look(part, arguments.shared, arguments.homes, encoder)
        print(f"{part.name}: {sum(one.set == part.name for one in seen):,} questions asked", flush=True)
    sure = np.zeros(len(seen))
    on_record = np.array([bool(one.evidence.on_record) for one in seen])
    for name, own, part in (
        ("_OF_WORDS", on_record, lambda one: one.of_words),
        ("_OF_ANYTHING_ELSE", ~on_record, lambda one: one.of_anything_else),
    ):
        counts = {(one.name, kind): part(one)[0 if kind else 1] for one in SETS for kind in (True, False)}
        chosen = [one for one, mine in zip(seen, own, strict=True) if mine]
        mask = np.array([float(name != "_OF_WORDS" or field.name in OF_WORDS_SEES) for field in fields(Evidence)])
        model = fit(chosen, mask, counts)
        sure[own] = model.predict_proba(np.array([astuple(one.evidence) for one in chosen]) * mask)[:, 1]
        print(f"\n{name} = Regression(\n    {model.intercept_[0]:.2f},\n    Evidence(")
        for field, weight in zip(fields(Evidence), model.coef_[0], strict=True):
            print(f"        {field.name}={weight:.2f},")
        print("    ),\n)")
    report(seen, sure)


def report(seen: Sequence[Seen], sure: np.ndarray) -> None:
    """What each set gets by the confidences, one for each question."""
    print("\nset             answerable declined    unanswerable declined   AUROC   Brier")
    answerable = np.array([one.answerable for one in seen])
    for part in SETS:
        own = np.array([one.set == part.name for one in seen])
        declined = sure < THRESHOLD
        cells = []
        for kind in (answerable, ~answerable):
            of = own & kind
            cells.append(f"{(declined & of).sum():4d} of {of.sum():4d} {declined[of].mean():7.1%}")
        auroc = roc_auc_score(answerable[own], sure[own])
        brier = brier_score_loss(answerable[own], sure[own])
        print(f"{part.name:14}  {cells[0]}   {cells[1]}   {auroc:.3f}   {brier:.3f}")


if __name__ == "__main__":
    main()
