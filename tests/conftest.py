"""What most tests need: a home of their own, the command line inside and outside this process, small articles."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import bot
from bot import commands, failures, wiring
from bot.cli import run as run_in_process
from tests.fakes import FakeEncoder

ROOT = Path(bot.__file__).parents[1]
SHARED = Path(__file__).parents[2] / "shared"


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def objects(self) -> list[Any]:
        """One object a line."""
        return [json.loads(line) for line in self.out.split("\n") if line]


def dateline_in(home: Path, *arguments: str, stdin: str | bytes = b"", **environment: str) -> Ran:
    """The command in a process of its own, with the real model."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=stdin.encode() if isinstance(stdin, str) else stdin,
        capture_output=True,
        # Not the project's folder: a .env there is no business of the tests.
        cwd=home.parent,
        env={**clean, "PYTHONPATH": str(ROOT), "DATELINE_HOME": str(home), **environment},
        timeout=600,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that does not exist yet, and no settings from anywhere else."""
    for name in os.environ:
        if name.startswith("DATELINE_"):
            monkeypatch.delenv(name)
    folder = tmp_path / "home"
    monkeypatch.setenv("DATELINE_HOME", str(folder))
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def dateline(home: Path) -> Callable[..., Ran]:
    """The command in a process of its own."""

    def run(*arguments: str, stdin: str | bytes = b"", **environment: str) -> Ran:
        return dateline_in(home, *arguments, stdin=stdin, **environment)

    return run


@pytest.fixture
def encoder() -> FakeEncoder:
    """The encoder that :func:`cli` uses."""
    return FakeEncoder()


@pytest.fixture
def cli(
    home: Path, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Callable[..., Ran]]:
    """The command in this process, without a model."""
    monkeypatch.setattr(wiring, "make_encoder", lambda settings: encoder)

    def run(*arguments: str) -> Ran:
        code = run_in_process(list(arguments))
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    yield run
    commands.set_debug(False)
    failures.stop_logging_details()


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder with three small articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "harbour.md").write_text(
        "---\nid: harbour\ntitle: Harbour to close\noutlet: Test Courier\npublished_at: 2023-05-02\n"
        "url: https://courier.example/harbour\n---\n\n"
        "The harbour of Port Ellery will close in June, the town council decided on Monday.\n\n"
        "“We cannot pay for another winter,” Mayor Ada Brook said.\n\n"
        "Fishermen protested outside the town hall.\n",
        encoding="utf-8",
    )
    (folder / "bridge.md").write_text(
        "---\ntitle: Bridge opens\noutlet: Test Herald\npublished_at: 2023-06-11\n---\n\n"
        "A bridge over the Tarn opened on Sunday after nine years of work.\n\n"
        "“It has cost 42 million crowns,” engineer Ivo Lund said.\n",
        encoding="utf-8",
    )
    (folder / "orchard.txt").write_text(
        "Some 3,000 visitors came to the orchard festival in Vell on Saturday, police said.\n\nRain ended it early.\n",
        encoding="utf-8",
    )
    return folder


@pytest.fixture
def shared() -> Path:
    """The data folder beside the project."""
    if not SHARED.is_dir():
        pytest.skip("the data folder beside the project is absent")
    return SHARED
