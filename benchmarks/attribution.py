"""How well does `corpus.attribution` find who said what, and how fast?

    python benchmarks/attribution.py ../shared/bench/polnear/dev.jsonl.gz [--errors 40] [--plot cost.png]

PolNeAR marks every attribution of a political article by hand: source, cue, content. Measured are

(a) quoted: marked attributions with quoted words in the content. Found when a statement shares at least half of
    the quoted content and its source mention overlaps the marked source.
(b) speech: marked attributions whose cue holds a speech verb of the list below (PolNeAR also marks belief,
    intention and deeds). Found when the source overlaps and the tokens of the contents have F1 >= 0.7.
    A statement counts for precision as right when it so matches any marked attribution.
(c) articles a second on one core for the article of median length, and the cost per character of texts of 1 to 32
    times a length: the same for all where the time is linear. Other work on the machine only ever adds time, so each
    article counts with its best of several runs; the spread over runs is printed beside.

Attributions that the annotators gave no source are left out on both sides, and counted in the table.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import statistics
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.attribution import attribute
from corpus.models import Statement
from corpus.passages import split

SPEECH = frozenset(
    "said say says saying told tell tells telling added adds adding wrote writes tweeted tweets according asked asks "
    "argued argues arguing noted notes noting explained explains announced announces announcing declared declares "
    "declaring insisted insists insisting warned warns warning called calls calling claimed claims claiming denied "
    "denies denying accused accuses accusing urged urges urging vowed vows promised promises pledged acknowledged "
    "acknowledges acknowledging admitted admits conceded suggested suggests suggesting stated states reiterated "
    "repeated responded replied replies concluded recalled stressed emphasized predicted criticized praised "
    "condemned described describes demanded confirmed asserted remarked complained joked tweeting contended".split()
)
QUOTE_MARKS = frozenset('"“”«»') | {"''"}
WORD = re.compile(r"\w+")


@dataclass
class Marked:
    """One attribution, marked or found: ranges of sources and contents, and the cue."""

    sources: list[tuple[int, int]]
    contents: list[tuple[int, int]]
    cue: str

    def words(self, body: str) -> set[int]:
        return {m.start() for a, b in self.contents for m in WORD.finditer(body, a, b)}

    def quoted(self, body: str) -> bool:
        text = " ".join(body[a:b] for a, b in self.contents)
        return any(mark in text for mark in QUOTE_MARKS)

    def speech(self) -> bool:
        return any(word in SPEECH for word in WORD.findall(self.cue.lower()))


def overlaps(left: list[tuple[int, int]], right: list[tuple[int, int]]) -> bool:
    return any(a < d and c < b for a, b in left for c, d in right)


def gold(row: dict[str, Any]) -> list[Marked]:
    return [
        Marked(
            [(s["start"], s["end"]) for s in item["source"]],
            [(c["start"], c["end"]) for c in item["content"]],
            " ".join(c["text"] for c in item["cue"]),
        )
        for item in row["attributions"]
        if item["content"]
    ]


def grouped(statements: tuple[Statement, ...]) -> list[Marked]:
    """The pieces of one split quote are one attribution, as the annotators have it."""
    groups: dict[tuple[int, int, str], Marked] = {}
    for one in statements:
        key = (one.source_start, one.source_end, one.cue)
        group = groups.setdefault(key, Marked([(one.source_start, one.source_end)], [], one.cue))
        group.contents.append((one.start, one.end))
    return list(groups.values())


def halves(left: set[int], right: set[int]) -> bool:
    return bool(left and right) and len(left & right) * 2 >= min(len(left), len(right))


def f1(left: set[int], right: set[int]) -> float:
    return 2 * len(left & right) / (len(left) + len(right)) if left or right else 0.0


class Tally:
    def __init__(self, name: str) -> None:
        self.name = name
        self.found = self.right = self.marked = self.recalled = self.sourceless = 0

    def line(self) -> str:
        precision = self.right / max(self.found, 1)
        recall = self.recalled / max(self.marked, 1)
        score = 2 * precision * recall / max(precision + recall, 1e-9)
        return (
            f"{self.name:<8} {precision:9.3f} {recall:9.3f} {score:9.3f} "
            f"{self.found:7d} {self.marked:7d} {self.sourceless:11d}"
        )


def judge(body: str, marked: list[Marked], found: list[Marked], quoted: Tally, speech: Tally) -> list[str]:
    """Count one article into the tallies; returns the errors in words."""
    errors = []
    words_marked = [one.words(body) for one in marked]
    words_found = [one.words(body) for one in found]

    def show(one: Marked) -> str:
        sources = "|".join(body[a:b] for a, b in one.sources)
        return f"{sources} // {one.cue} // {' ## '.join(body[a:b] for a, b in one.contents)}"

    for one, words in zip(found, words_found, strict=True):
        near = [i for i, other in enumerate(words_marked) if halves(words, other)]
        with_source = [i for i in near if marked[i].sources]
        if one.quoted(body):
            candidates = [i for i in with_source if marked[i].quoted(body)]
            if near and not with_source:
                quoted.sourceless += 1
            else:
                good = any(overlaps(one.sources, marked[i].sources) for i in candidates)
                quoted.found += 1
                quoted.right += good
                if not good:
                    errors.append("a-precision  " + show(one) + "   <>   " + " ;; ".join(show(marked[i]) for i in near))
        if near and not with_source:
            speech.sourceless += 1
            continue
        good = any(overlaps(one.sources, marked[i].sources) and f1(words, words_marked[i]) >= 0.7 for i in with_source)
        speech.found += 1
        speech.right += good
        if not good:
            errors.append("b-precision  " + show(one) + "   <>   " + " ;; ".join(show(marked[i]) for i in near))
    for one, words in zip(marked, words_marked, strict=True):
        if not one.sources:
            continue
        near = [i for i, other in enumerate(words_found) if halves(words, other)]
        if one.quoted(body):
            good = any(overlaps(one.sources, found[i].sources) for i in near)
            quoted.marked += 1
            quoted.recalled += good
            if not good:
                errors.append("a-recall  " + show(one) + "   <>   " + " ;; ".join(show(found[i]) for i in near))
        if one.speech():
            good = any(overlaps(one.sources, found[i].sources) and f1(words, words_found[i]) >= 0.7 for i in near)
            speech.marked += 1
            speech.recalled += good
            if not good:
                errors.append("b-recall  " + show(one) + "   <>   " + " ;; ".join(show(found[i]) for i in near))
    return errors


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds for one text, over several runs."""

    characters: int
    seconds: tuple[float, ...]

    @property
    def best(self) -> float:
        return min(self.seconds)

    def per_character(self) -> tuple[float, float, float]:
        """Nanoseconds a character: best, median and worst run."""
        each = sorted(one / self.characters * 1e9 for one in self.seconds)
        return each[0], statistics.median(each), each[-1]


def cost(body: str, runs: int) -> Cost:
    blocks = split(body)
    seconds = []
    for _ in range(runs):
        start = time.process_time()
        attribute(body, blocks)
        seconds.append(time.process_time() - start)
    return Cost(len(body), tuple(seconds))


def median_article(bodies: list[str], runs: int = 7) -> tuple[int, float, tuple[float, float]]:
    """The median length, articles a second at it, and how far they spread over the runs.

    Measured on the fifth of the articles whose lengths are nearest to the median.
    """
    length = int(statistics.median(map(len, bodies)))
    near = sorted(bodies, key=lambda body: abs(len(body) - length))[: max(len(bodies) // 5, 5)]
    costs = [cost(body, runs) for body in near]
    rates = [len(near) / sum(one.seconds[run] for one in costs) for run in range(runs)]
    return length, len(near) / sum(one.best for one in costs), (min(rates), max(rates))


def against_length(bodies: list[str], runs: int = 5) -> list[Cost]:
    """The cost of texts of 1, 2, 4 ... 32 times 25,000 characters, the short ones measured often enough to tell."""
    text = "\n\n".join(bodies)
    while len(text) < 800_000:
        text += "\n\n" + text
    return [cost(text[: 25_000 * times], runs) for times in (1, 2, 4, 8, 16, 32)]


def print_speed(bodies: list[str]) -> list[Cost]:
    length, rate, (low, high) = median_article(bodies)
    print(
        f"\narticles a second of the median length ({length:,} characters): {rate:.0f} (runs: {low:.0f} to {high:.0f})"
    )
    costs = against_length(bodies)
    first = costs[0].per_character()[0]
    print(
        f"{'characters':>12} {'seconds':>9} {'ns/character: best':>19} {'median':>8} {'worst':>8} {'to the first':>13}"
    )
    for one in costs:
        best, middle, worst = one.per_character()
        print(f"{one.characters:12,} {one.best:9.3f} {best:19.0f} {middle:8.0f} {worst:8.0f} {best / first:9.2f}")
    return costs


def plot(costs: list[Cost], path: Path) -> None:
    """Draw seconds against length, with the line that the first length promises."""
    try:
        import matplotlib.pyplot as plt
    except ImportError:
        print("no picture: matplotlib is not installed")
        return
    sizes = [one.characters / 1000 for one in costs]
    figure, axes = plt.subplots(figsize=(6, 4))
    axes.plot(sizes, [one.best for one in costs], "o-", label="measured")
    axes.plot(sizes, [costs[0].best / sizes[0] * size for size in sizes], "--", color="grey", label="linear")
    axes.set(xlabel="thousand characters", ylabel="seconds", title="Attribution: cost against length")
    axes.legend()
    figure.savefig(path, dpi=150, bbox_inches="tight")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path, help="a PolNeAR file, .jsonl.gz")
    parser.add_argument("--errors", type=int, default=0, help="show this many errors, drawn at random")
    parser.add_argument("--kind", default="", help="only errors that begin so, e.g. a-precision")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--plot", type=Path, help="draw cost against length into this file, if matplotlib is installed")
    parser.add_argument("--limit", type=int, default=0, help="only the first articles")
    arguments = parser.parse_args()
    with gzip.open(arguments.path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    rows = rows[: arguments.limit or None]
    quoted, speech = Tally("quoted"), Tally("speech")
    errors: list[str] = []
    for row in rows:
        body = row["text"]
        errors += judge(body, gold(row), grouped(attribute(body, split(body))), quoted, speech)
    print(f"{'':<8} {'precision':>9} {'recall':>9} {'F1':>9} {'found':>7} {'marked':>7} {'sourceless':>11}")
    print(quoted.line())
    print(speech.line())
    costs = print_speed([row["text"] for row in rows])
    if arguments.plot is not None:
        plot(costs, arguments.plot)
    chosen = [error for error in errors if error.startswith(arguments.kind)]
    random.Random(arguments.seed).shuffle(chosen)
    for error in chosen[: arguments.errors]:
        print("\n" + error)


if __name__ == "__main__":
    main()
