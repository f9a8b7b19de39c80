"""The measures of speed: their page is made of their numbers, and what they are taken on is what it says. No time."""

from __future__ import annotations

import collections
import json
import re
import statistics
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.speed import bars, measures, numbers, report
from benchmarks.speed.invented import World
from benchmarks.speed.quick_vectors import QuickVectors
from benchmarks.speed.side_by_side import Right
from tests.conftest import ROOT

RESULTS = ROOT / "benchmarks" / "results"


@pytest.fixture(scope="module")
def results() -> dict[str, dict[str, Any]]:
    return measures.load(RESULTS)


def test_the_page_is_what_the_numbers_make(results: dict[str, dict[str, Any]]) -> None:
    """Written anew by: python -m benchmarks.speed.report."""
    assert results
    assert (ROOT / "benchmarks" / "RESULTS.md").read_text(encoding="utf-8") == report.render(results)


def test_every_picture_of_the_page_is_there() -> None:
    page = (ROOT / "benchmarks" / "RESULTS.md").read_text(encoding="utf-8")
    pictures = re.findall(r"!\[[^]]*\]\(([^)]+)\)", page)
    assert pictures
    assert [name for name in pictures if not (ROOT / "benchmarks" / name).exists()] == []


def test_nothing_of_the_machine_but_what_it_is_stands_in_the_results() -> None:
    told = [path.read_text(encoding="utf-8") for path in [ROOT / "benchmarks" / "RESULTS.md", *RESULTS.glob("*.json")]]
    assert not re.search(r"/(?:home|root|tmp|Users|work)/", "\n".join(told))


def test_every_measure_has_a_place_on_the_page_even_without_numbers() -> None:
    page = report.render({})
    assert page.count("Not measured.") == len(measures.NAMES)
    why = report.render({"growth": {**_EMPTY, "not_measured": "it rained"}})
    assert "Not measured: it rained." in why


_EMPTY = {"quick": True, "taken": "2026-01-01 00:00 UTC", "machine": "none", "versions": {}, "seconds": 1}


def test_a_bar_follows_from_the_numbers(results: dict[str, dict[str, Any]]) -> None:
    assert bars.at_least("", 3.0, 3).met is True
    assert bars.at_least("", 2.99, 3).met is False
    assert bars.at_most("", 3.01, 3).met is False
    assert bars.at_most("", None, 3).verdict == "not measured"
    if "cold_start" in results:
        slow = json.loads(json.dumps(results))
        ours = slow["cold_start"]["data"]["costs"]["Dateline"]
        ours["wall"] = [1000.0 for _ in ours["wall"]]
        before, after = report.all_bars(results), report.all_bars(slow)
        assert [bar.name for bar in before] == [bar.name for bar in after]
        assert next(bar.met for bar in after if "cold shell" in bar.name) is False


def test_stored_numbers_are_read_back(tmp_path: Path) -> None:
    setup = measures.Setup(quick=True, environments=tmp_path, work=tmp_path)
    data = {"ms": [1.5, 2.0], "by": {"a": [], "b": {}}, "rows": [{"x": 1}, {"x": 2}]}
    measures.store(tmp_path, "latency", setup, data, 1.0)
    measures.store(tmp_path, "memory", setup, None, 1.0, "there is no peer")
    found = measures.load(tmp_path)
    assert found["latency"]["data"] == data
    assert found["memory"]["not_measured"] == "there is no peer"


def test_percentiles_and_spreads() -> None:
    assert numbers.percentile([4, 1, 3, 2], 0.5) == 2.5
    assert numbers.percentile(list(range(101)), 0.95) == 95
    assert numbers.spread([2.0, 1.0, 4.0], "x", 1) == "2.0x (1.0 to 4.0)"


def test_invented_news_is_the_same_each_time_and_the_smaller_begins_the_larger() -> None:
    small, large = list(World().articles(60)), list(World().articles(150))
    assert small[:-1] == large[: len(small) - 1]
    assert sum(len(row["text"].split("\n\n")) for row, _ in large) == 150


def test_invented_news_has_the_lengths_and_word_counts_of_news() -> None:
    paragraphs = [part for row, _ in World().articles(3_000) for part in row["text"].split("\n\n")]
    lengths = [len(part.split()) for part in paragraphs]
    assert 40 <= statistics.mean(lengths) <= 90
    words = collections.Counter(word.strip(".,“”").lower() for part in paragraphs for word in part.split())
    counts = [count for _, count in words.most_common()]
    # Zipf: rank times frequency stays within one order of magnitude over two orders of rank.
    products = [rank * counts[rank - 1] for rank in (10, 30, 100, 300, 1000)]
    assert max(products) < 10 * min(products)
    # Many words stand once, as in any text.
    assert sum(count == 1 for count in counts) > 0.2 * len(counts)


def test_quick_vectors_are_unit_vectors_near_to_what_shares_their_words() -> None:
    encoder = QuickVectors()
    vectors = encoder.encode_passages(
        ["The harbour of Ellery closes", "Ellery closes its harbour", "a bridge opened", ""]
    )
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    cosines = vectors @ encoder.encode_query(["harbour of Ellery"])[0]
    assert int(np.argmax(cosines)) == 0
    assert cosines[1] > cosines[2]


def test_success_and_reciprocal_rank() -> None:
    right = Right()
    right.count([["a", "b"], ["a", "b"], ["c"]], [{"a"}, {"b"}, {"z"}])
    assert right.success == round(1 / 3, 4)
    assert right.reciprocal == 0.5
