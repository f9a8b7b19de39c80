"""One collection of invented news, in a process of its own, so that what it holds can be told.

python -m benchmarks.speed.growth_side index FOLDER      FOLDER/articles.jsonl into FOLDER/main
python -m benchmarks.speed.growth_side serve FOLDER      one JSON object a line, as benchmarks/peers/protocol.py
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from benchmarks.speed.quick_vectors import QuickVectors
from corpus.store import Store
from embeddings.faiss_index import FaissLoader
from embeddings.runtime.encoder import RuntimeEncoder
from retrieval.asking import Asker, Options
from retrieval.collections import Collection


def index(folder: Path) -> None:
    """Prints what was stored and where the time went."""
    from retrieval.indexing import Indexer

    encoder = QuickVectors()
    started = time.perf_counter()
    with Store.open(folder / "main", create=True) as store:
        Indexer(store, encoder, FaissLoader()).ingest([str(folder / "articles.jsonl")])
        passages = store.articles.size().passages
    seconds = time.perf_counter() - started
    print(json.dumps({
        "passages": passages, "seconds": round(seconds, 2), "vectors_seconds": round(encoder.passage_seconds, 2),
        "texts": encoder.passages,
    }))  # fmt: skip


def serve(folder: Path) -> None:
    """Each question is also read by the real model, whose time is told apart."""
    encoder = QuickVectors(RuntimeEncoder(folders=[folder.parent / "models"], device="cpu"))
    with Store.open(folder / "main", create=False) as store:
        asker = Asker([Collection(store, encoder, FaissLoader())], encoder)
        for line in sys.stdin:
            asked = json.loads(line)
            taken, reading, found = [], [], []
            for question in asked["questions"]:
                encoder.question_seconds = 0.0
                started = time.perf_counter()
                answer = asker.ask(question, Options(top_k=asked["top_k"]))
                taken.append(1000 * (time.perf_counter() - started))
                reading.append(1000 * encoder.question_seconds)
                found.append([hit.article.id for hit in answer.hits])
            skip = asked["skip"]
            print(json.dumps({"ms": taken[skip:], "encode_ms": reading[skip:], "ids": found[skip:]}), flush=True)


if __name__ == "__main__":
    {"index": index, "serve": serve}[sys.argv[1]](Path(sys.argv[2]))
