"""How fast and how faithful the converted model is beside ``SentenceTransformer.encode`` at its defaults.

    python benchmarks/encoding.py [ARTICLES.jsonl.gz] [--count 256] [--rounds 5] [--model NAME|FOLDER]

Texts of four lengths are drawn from the articles (default: the samples). Both encode the same texts in turn, after a
round that is not counted. Prints for each length how many times as fast, by wall and by processor time, and mean and
least cosine; then how long one question takes. For a processor without AVX-512 or AMX, as far as one can be feigned:

    ONEDNN_MAX_CPU_ISA=AVX2 ATEN_CPU_CAPABILITY=avx2 MKL_ENABLE_INSTRUCTIONS=AVX2 python benchmarks/encoding.py
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from machine import machine_line

from embeddings.encoder import DEFAULT_MODEL, SentenceTransformerEncoder, Vectors
from embeddings.runtime.encoder import RuntimeEncoder

ROOT = Path(__file__).parents[1]

LENGTHS = {"sentences": 120, "paragraphs": 420, "long paragraphs": 900, "cut at the limit": 2400}
"""Characters at most; the second is what an article's paragraphs are."""

BARS = (
    "bars: paragraphs at least 4x (1.5x where only AVX2 is allowed), mean cosine at least 0.9999; "
    "a question is read on one thread, by sentence-transformers on all"
)


def bodies(source: Path | None) -> list[str]:
    if source is None:
        return [path.read_text("utf-8").split("---\n", 2)[-1] for path in sorted((ROOT / "corpus/sample").glob("*.md"))]
    opened = gzip.open if source.suffix == ".gz" else open
    with opened(source, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [str(row.get("text") or row.get("body")) for row in rows]


def drawn(texts: list[str], most: int, count: int) -> list[str]:
    """Stretches of whole words, the longest ``most`` characters, the shortest half of that."""
    chance = random.Random(most)
    found: list[str] = []
    while len(found) < count:
        text = chance.choice(texts)
        length = chance.randint(most // 2, most)
        start = chance.randrange(max(len(text) - length, 1))
        words = text[start : start + length].split()
        while len(" ".join(words)) < most // 2:  # a short article
            words += chance.choice(texts)[:length].split()
        found.append(" ".join(words)[:length])
    return found


def timed(act: Callable[[], Vectors]) -> tuple[float, float, Vectors]:
    wall, processor = time.perf_counter(), time.process_time()
    vectors = act()
    return time.perf_counter() - wall, time.process_time() - processor, vectors


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="?", type=Path, help="rows with a text, as dateline ingest takes them")
    parser.add_argument("--count", type=int, default=256)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--model", default=DEFAULT_MODEL)
    arguments = parser.parse_args()
    texts = bodies(arguments.articles)
    plain = SentenceTransformerEncoder(arguments.model, device="cpu")
    with tempfile.TemporaryDirectory() as folder:
        ours = RuntimeEncoder(arguments.model, folders=[Path(folder)], device="cpu")
        ours.encode_passages(drawn(texts, 200, 64))
        print(machine_line("openvino", "torch", "sentence-transformers"))
        print(f"{ours.name}: {ours.verify()}")
        print(f"{arguments.count} texts, {arguments.rounds} rounds: medians of the ratios (least to most)\n")
        print(f"{'':20}{'wall':>24}{'processor':>24}{'texts a second':>16}{'cosine, mean':>14}{'least':>10}")
        for name, most in LENGTHS.items():
            chosen = drawn(texts, most, arguments.count)
            walls, processors, rates, cosines = [], [], [], np.zeros(0)
            for number in range(arguments.rounds + 1):
                theirs = timed(lambda chosen=chosen: plain.encode_passages(chosen))  # type: ignore[misc]
                mine = timed(lambda chosen=chosen: ours.encode_passages(chosen))  # type: ignore[misc]
                if number:
                    walls.append(theirs[0] / mine[0])
                    processors.append(theirs[1] / mine[1])
                    rates.append(arguments.count / mine[0])
                    cosines = np.sum(theirs[2] * mine[2], axis=1)
            print(
                f"{name:20}{told(walls):>24}{told(processors):>24}{statistics.median(rates):>16,.0f}"
                f"{cosines.mean():>14.6f}{cosines.min():>10.6f}"
            )
        questions = drawn(texts, 60, 40)
        each = {"sentence-transformers": plain.encode_query, "converted": ours.encode_query}
        taken: dict[str, list[float]] = {name: [] for name in each}
        for question in questions[:3] + questions:
            for name, encode in each.items():
                taken[name].append(timed(lambda encode=encode, question=question: encode([question]))[0])  # type: ignore[misc]
    print("\none question, milliseconds (middle half)")
    for name, seconds in taken.items():
        low, middle, high = statistics.quantiles([1000 * one for one in seconds[3:]], n=4)
        print(f"{name:24}{middle:>8.1f} ({low:.1f} to {high:.1f})")
    print(f"\n{BARS}")


def told(ratios: list[float]) -> str:
    return f"{statistics.median(ratios):.1f}x ({min(ratios):.1f} to {max(ratios):.1f})"


if __name__ == "__main__":
    main()
