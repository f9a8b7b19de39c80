"""What takes a model to prepare, prepared once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import Ran, dateline_in

QUESTION = "what did Putin say about NATO expansion?"


@dataclass(frozen=True)
class FirstRun:
    """The first command that a person ever types."""

    home: Path
    ran: Ran


@pytest.fixture(scope="session")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> FirstRun:
    """One question to a fresh installation; the samples are prepared on the way."""
    home = tmp_path_factory.mktemp("first") / "home"
    return FirstRun(home, dateline_in(home, "ask", "--json", QUESTION))


Dateline = Callable[..., Ran]
