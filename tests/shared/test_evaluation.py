"""Sets beside the project can be read and measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from retrieval.evaluation.dataset import load_dataset
from tests.conftest import dateline_in

pytestmark = pytest.mark.shared


def test_every_set_is_read_without_a_problem(shared: Path) -> None:
    for name, questions in (("gold", 47), ("bench/multihop", 1278), ("bench/squad2", 6078)):
        found = load_dataset(shared / name)
        assert (found.problems, len(found.questions)) == ((), questions)


def test_some_gold_questions(shared: Path, tmp_path: Path) -> None:
    arguments = ("eval", str(shared / "gold"), "--articles", str(shared / "seeds"), "--limit", "12", "--json")
    ran = dateline_in(tmp_path / "home", *arguments)
    assert (ran.code, ran.json["problems"]) == (0, [])
    assert ran.json["measures"]["success@10"]["value"] == 1.0
