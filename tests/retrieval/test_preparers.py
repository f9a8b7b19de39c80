"""Articles prepared in other processes: what comes of them, in which order, and what is left when one is gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import ReadError
from corpus.models import Document
from corpus.preparation import Prepared
from corpus.readers import Source
from retrieval import intake, preparers
from retrieval.preparers import Item, Outcome, Preparers, made
from tests.conftest import ROOT
from tests.retrieval.conftest import Shelf

TEXT = "The mayor closed mill number{n} on Monday.\n\n“We cannot pay for mill number{n},” Ada Brook said.\n"


def document(n: int, text: str = TEXT) -> Document:
    return Document(raw=text.format(n=n), origin=f"/articles/{n}.txt", slug=f"article-{n}")


def told(outcome: Outcome) -> object:
    """Errors are compared by what they say."""
    return (outcome.source, outcome.reason) if isinstance(outcome, ReadError) else outcome


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The third item already goes to a process."""
    monkeypatch.setattr(preparers, "_FEW", 2)


@pytest.fixture
def items(tmp_path: Path) -> list[tuple[int, Item]]:
    file = tmp_path / "page.html"
    file.write_text("<html><body><article><p>A mill burned down on Monday, police said.</p></article></body></html>")
    mixed: list[Item] = [document(n) for n in range(12)]
    mixed[4:4] = [Source(file, tmp_path), Source(tmp_path / "gone.txt", tmp_path), document(99, "\u200b"), None]
    mixed += [ReadError("rows.jsonl line 3", "it is broken; mend it."), None]
    return list(enumerate(mixed))


@pytest.mark.parametrize("most", [1, 3])
def test_other_processes_find_the_same_in_the_same_order(items: list[tuple[int, Item]], most: int) -> None:
    here = [(n, told(made(item))) for n, item in items]
    with Preparers(most) as workers:
        there = [(n, told(outcome)) for n, outcome in workers.in_order(iter(items))]
        assert 1 <= len(workers._started) <= most
    assert there == here
    assert sum(isinstance(outcome, Prepared) for _, outcome in there) == 13


def test_only_few_are_held_at_a_time() -> None:
    taken = 0

    def endless() -> Iterator[tuple[None, Item]]:
        nonlocal taken
        while True:
            taken += 1
            yield None, document(taken)

    with Preparers(2) as workers:
        results = workers.in_order(endless())
        for given in range(1, 40):
            next(results)
            assert taken <= given + 2 * preparers._AHEAD + 1
        results.close()


def processes(workers: Preparers) -> list[int]:
    return [preparer._process.pid for preparer in workers._started]


def test_they_are_gone_when_the_work_is_done_or_left(items: list[tuple[int, Item]]) -> None:
    for results_wanted in (5, len(items)):
        with Preparers(2) as workers:
            results = workers.in_order(iter(items))
            for _ in range(results_wanted):
                next(results)
            assert processes(workers)
        for pid in processes(workers):
            with pytest.raises(ProcessLookupError):
                os.kill(pid, 0)


def test_one_that_is_killed_loses_nothing(items: list[tuple[int, Item]]) -> None:
    with Preparers(1) as workers:
        results = workers.in_order(iter(items))
        there = [next(results) for _ in range(5)]
        for preparer in workers._started:
            preparer._process.kill()
            preparer._process.wait()
        there += results
    assert [(n, told(outcome)) for n, outcome in there] == [(n, told(made(item))) for n, item in items]


def test_where_none_can_be_started_this_process_does_it(
    items: list[tuple[int, Item]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for executable in ("/no/such/python", "", None):
        monkeypatch.setattr(sys, "executable", executable)
        with Preparers(2) as workers:
            assert len(list(workers.in_order(iter(items)))) == len(items)


def test_what_fails_for_another_reason_fails_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def prepare(document: Document) -> Prepared:
        raise ZeroDivisionError

    monkeypatch.setattr(preparers, "prepare", prepare)
    broken = Document(raw=None, origin="/x.txt", slug="x")  # type: ignore[arg-type]
    with Preparers(1) as workers, pytest.raises(ZeroDivisionError):
        list(workers.in_order(iter([(0, None), (1, None), (2, broken)])))


def test_they_know_no_model_and_no_database() -> None:
    script = (
        "import sys, retrieval.preparers; "
        "assert not [name for name in sys.modules if name.split('.')[0] in ('embeddings', 'sqlite3', 'openvino')]"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_they_end_with_whoever_started_them() -> None:
    script = """
import time
from corpus.models import Document
from retrieval import preparers
preparers._FEW = 0
with preparers.Preparers(1) as workers:
    for n in range(3):
        results = workers.in_order(iter([(n, Document(raw="A mill burned down.", origin="/a.txt", slug="a"))] * 100))
        next(results)
        print(workers._started[0]._process.pid, flush=True)
        time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and _is_alive(pid):
        time.sleep(0.05)
    assert not _is_alive(pid)


def _is_alive(pid: int) -> bool:
    try:
        # An orphan that nobody has waited for yet is still listed.
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_an_ingest_with_processes_stores_the_same(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.write_rows("rows.jsonl", *({"id": f"row-{n}", "text": TEXT.format(n=n)} for n in range(8)), {"text": " "})
    for n in range(8):
        shelf.write(f"note-{n}.txt", TEXT.format(n=n + 100))
    monkeypatch.setattr(intake, "_processes", lambda: 2)
    summary = shelf.ingest()
    assert sorted(summary.new) == sorted([f"row-{n}" for n in range(8)] + [f"note-{n}" for n in range(8)])
    assert [error.source for error in summary.refused] == [f"{shelf.folder}/rows.jsonl line 9"]
    assert shelf.hits("Who cannot pay for mill number103?")[0] == "note-3"
    assert summary.encoded == len(shelf.fake.encoded) == len(set(shelf.fake.encoded)) == 32
