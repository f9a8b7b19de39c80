"""What the command line loads: ``dateline ask`` on an existing index starts without torch, and nothing says so."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import ROOT, Ran, dateline_in

QUESTION = "Who said that they cannot pay for another winter?"

WATCH = """
import os, sys

class Watch:
    def find_spec(self, name, path=None, target=None):
        if name in {heavy!r}:
            os.write(2, f"IMPORTED {{name}}\\n".encode())
            os._exit(99)

sys.meta_path.insert(0, Watch())
"""
UNUSED = ("pydantic", "dotenv", "rich.console", "asyncio", "trafilatura", "retrieval.indexing", "corpus.preparation")
"""What one question has no use for, though less heavy."""

HEAVY = ("torch", "transformers", "sentence_transformers", "openvino_telemetry", "openvino.tools.ovc")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a collection; the model was converted on the way."""
    base = tmp_path_factory.mktemp("light")
    (base / "harbour.md").write_text(
        "---\ntitle: Harbour to close\noutlet: Test Courier\npublished_at: 2023-05-02\n---\n\n"
        "The harbour of Port Ellery will close in June, the town council decided on Monday.\n\n"
        "“We cannot pay for another winter,” Mayor Ada Brook said.\n",
        encoding="utf-8",
    )
    ran = dateline_in(base / "home", "ingest", str(base / "harbour.md"))
    assert ran.code == 0, ran.err
    assert ran.err == ""
    return base / "home"


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A path for Python on which importing anything heavy ends the process."""
    return watching(tmp_path_factory.mktemp("watch"), HEAVY)


def watching(folder: Path, modules: tuple[str, ...]) -> str:
    (folder / "sitecustomize.py").write_text(WATCH.format(heavy=modules), encoding="utf-8")
    return os.pathsep.join([str(folder), str(ROOT)])


def test_the_watch_does_watch(home: Path, watched: str) -> None:
    ran = dateline_in(home, "ask", QUESTION, PYTHONPATH=watched, DATELINE_RUNTIME="sentence-transformers")
    assert (ran.code, ran.err) == (99, "IMPORTED sentence_transformers\n")


def answered(ran: Ran) -> None:
    assert ran.code == 0, ran.err
    assert "We cannot pay for another winter" in ran.out
    assert ran.err == ""


def test_ask_imports_no_torch(home: Path, watched: str) -> None:
    answered(dateline_in(home, "ask", QUESTION, PYTHONPATH=watched))
    # A model's folder is found by any process: nothing is converted twice.
    assert len(list((home / "models").glob("*/manifest.json"))) == 1


def test_ask_imports_nothing_that_it_does_not_use(home: Path, tmp_path: Path) -> None:
    path = watching(tmp_path, (*HEAVY, *UNUSED))
    answered(dateline_in(home, "ask", QUESTION, PYTHONPATH=path))
    answered(dateline_in(home, "ask", QUESTION, "--outlet", "Test Courier", "--since", "2023-01-01", PYTHONPATH=path))
    # A number is checked by pydantic.
    assert dateline_in(home, "ask", QUESTION, "--top-k", "3", PYTHONPATH=path).err == "IMPORTED pydantic\n"
    answered(dateline_in(home, "ask", QUESTION, "--top-k", "3"))


def test_many_questions_import_no_torch(home: Path, watched: str) -> None:
    lines = f"{QUESTION}\n" * 3
    answered(dateline_in(home, "ask", "-", stdin=lines, PYTHONPATH=watched))


def test_the_repl_and_a_claim_import_no_torch(home: Path, watched: str) -> None:
    ran = dateline_in(home, "repl", stdin=f"{QUESTION}\n", PYTHONPATH=watched)
    assert ran.code == 0, ran.err
    assert "We cannot pay for another winter" in ran.out
    answered(dateline_in(home, "check", 'Ada Brook: "We cannot pay for another winter"', PYTHONPATH=watched))


def test_more_articles_import_no_torch(home: Path, watched: str) -> None:
    more = home.parent / "more.md"
    more.write_text("---\ntitle: Orchard\n---\n\n" + "Some 3,000 visitors came to Vell. " * 90, encoding="utf-8")
    ran = dateline_in(home, "ingest", str(more), PYTHONPATH=watched)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("1 new, ")


def test_a_model_altered_after_all_is_made_again(home: Path, watched: str) -> None:
    (weights,) = (home / "models").glob("*/model.bin")
    weights.write_bytes(b"\0" * weights.stat().st_size)
    # In a process of its own: even then the one that answers loads nothing heavy.
    (manifest,) = (home / "models").glob("*/manifest.json")
    before = manifest.stat().st_mtime_ns
    answered(dateline_in(home, "ask", QUESTION))
    assert manifest.stat().st_mtime_ns != before
    answered(dateline_in(home, "ask", QUESTION, PYTHONPATH=watched))


def test_both_ways_of_running_the_model_answer_alike(home: Path) -> None:
    ours, plain = (
        dateline_in(home, "ask", "--json", QUESTION, DATELINE_RUNTIME=way).json
        for way in ("auto", "sentence-transformers")
    )
    assert ours["citations"] == plain["citations"]
    assert ours["confidence"] == pytest.approx(plain["confidence"], abs=0.01)


def test_doctor_says_how_the_model_is_run(home: Path, watched: str) -> None:
    ran = dateline_in(home, "doctor", PYTHONPATH=watched)
    assert "It is run by OpenVINO in " in ran.out
    assert "with a cosine of " in ran.out
