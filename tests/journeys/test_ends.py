"""How a command ends: all that it has to say is written and its exit code stands, wherever the output goes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

import pytest

from tests.conftest import ROOT, dateline_in
from tests.journeys.conftest import QUESTION, FirstRun

UNANSWERED = "what did the mayor of Atlantis say about trams?"


def started(home: Path, *arguments: str, stdout: int | IO[bytes] = subprocess.PIPE, **more: Any) -> subprocess.Popen:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    # As a shell starts it: what is printed waits in a buffer.
    clean.pop("PYTHONUNBUFFERED", None)
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        stdin=more.pop("stdin", subprocess.DEVNULL), stdout=stdout, stderr=subprocess.PIPE, cwd=home.parent,
        env={**clean, "PYTHONPATH": str(ROOT), "DATELINE_HOME": str(home), **more},
    )  # fmt: skip


@pytest.fixture
def home(first_run: FirstRun) -> Path:
    assert first_run.ran.code == 0
    return first_run.home


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("ask", QUESTION), 0),
        (("ask", QUESTION, "--explain", "--json"), 0),
        (("ask", UNANSWERED), 3),
        (("ask", "?"), 3),
        (("sources",), 0),
        (("quotes", "Macron", "--json"), 0),
        (("quotes", "Nobody At All"), 3),
        (("source", "no-such-article"), 1),
        (("timeline", "Macron in Moscow"), 0),
        (("version",), 0),
    ],
)
def test_a_file_and_a_pipe_hold_everything(home: Path, tmp_path: Path, arguments: tuple[str, ...], code: int) -> None:
    kept = tmp_path / "out.txt"
    with kept.open("wb") as file:
        process = started(home, *arguments, stdout=file)
        _, said = process.communicate()
    assert process.returncode == code
    piped = started(home, *arguments)
    out, said_beside = piped.communicate()
    assert piped.returncode == code
    assert said == said_beside
    written = kept.read_bytes()
    if b"timings_ms" not in written:
        assert written == out
    assert written.endswith(b"\n") or not written


def test_lines_from_a_pipe_are_all_answered(home: Path) -> None:
    ran = dateline_in(home, "ask", "--json", "-", stdin=f"{QUESTION}\n{UNANSWERED}\n" * 10)
    assert ran.code == 0
    assert [one["question"] for one in ran.objects] == [QUESTION, UNANSWERED] * 10


def test_a_reader_who_has_left(home: Path) -> None:
    process = started(home, "ask", QUESTION)
    process.stdout.close()
    assert process.stderr.read().splitlines()[1:] == []  # the first says what is answered from
    assert process.wait() == 1
    process.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("arguments", [("ask", QUESTION), ("sources", "--json"), ("version",), ("ask", "--help")])
def test_a_full_disk_is_told(home: Path, arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        process = started(home, *arguments, stdout=full)
        _, said = process.communicate()
    assert process.returncode not in (0, 3)
    assert "The system refused (No space left on device); " in said.decode()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_below_the_messages_changes_no_answer(home: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "sources", "--collection", "sample"], stdout=subprocess.PIPE, stderr=full,
            env={**os.environ, "PYTHONPATH": str(ROOT), "DATELINE_HOME": str(home)}, check=False,
        )  # fmt: skip
    assert done.returncode == 0
    assert done.stdout.endswith(b"\n")


def test_the_log_is_written_to_its_end(home: Path) -> None:
    ran = dateline_in(home, "--debug", "ask", QUESTION)
    assert ran.code == 0
    log = home / "debug.log"
    try:
        assert log.read_text("utf-8").endswith("\n")
    finally:
        log.unlink()


def test_a_key_press_ends_it(home: Path) -> None:
    process = started(home, "ask", "-", stdin=subprocess.PIPE)
    process.stdin.write(QUESTION.encode() + b"\n")
    process.stdin.flush()
    first = process.stdout.readline()
    process.send_signal(signal.SIGINT)
    # Its input stays open: it does not end for want of questions.
    assert process.wait(60) == 130
    assert (first + process.stdout.read()).endswith(b"\n")
    assert b"Traceback" not in process.stderr.read()
    for stream in (process.stdin, process.stdout, process.stderr):
        stream.close()


def test_the_database_is_left_closed(home: Path) -> None:
    assert dateline_in(home, "ask", QUESTION).code == 0
    # SQLite removes these when the last connection closes.
    assert not list(home.rglob("*.db-wal")) + list(home.rglob("*.db-shm"))
