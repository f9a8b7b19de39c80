"""The README's exchanges are what the program prints."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.conftest import ROOT, dateline_in

_BLOCK = re.compile(r"```console\n\$ dateline ([^\n]*)\n(.*?)```", re.DOTALL)


def blocks() -> list[tuple[str, str]]:
    return _BLOCK.findall((ROOT / "README.md").read_text("utf-8"))


def test_there_are_an_answer_and_a_decline() -> None:
    commands = [command for command, _ in blocks()]
    assert len(commands) >= 2


@pytest.fixture(scope="module")
def samples_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("readme") / "home"


@pytest.mark.parametrize(("command", "printed"), blocks())
def test_readme_block(command: str, printed: str, samples_home: Path) -> None:
    assert dateline_in(samples_home, *shlex.split(command)).out == printed


def test_readme_names_every_command(samples_home: Path) -> None:
    listed = dateline_in(samples_home, "--help").out.partition("Commands:")[2]
    commands = set(re.findall(r"^  (\w+)", listed, re.MULTILINE)) - {"version"}
    readme = (ROOT / "README.md").read_text("utf-8")
    assert len(commands) >= 9
    assert {command for command in commands if f"dateline {command}" not in readme} == set()
