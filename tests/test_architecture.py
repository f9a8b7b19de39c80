"""The house as ARCHITECTURE.md draws it: its directions hold, and every file that it names is there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

TEXT = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
PACKAGES = ("bot", "retrieval", "embeddings", "corpus")


def test_the_directions_hold() -> None:
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_file_that_is_named_is_there() -> None:
    named = set(re.findall(r"`((?:bot|retrieval|embeddings|corpus|tests|benchmarks)/[\w/.-]+)`", TEXT))
    assert len(named) > 20
    assert {name for name in named if not (ROOT / name).exists()} == set()


def test_every_module_can_be_found() -> None:
    """Whoever is new finds each file by its own name or by that of its folder."""
    unnamed = set()
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            below = path.relative_to(ROOT)
            folders = {f"{parent.as_posix()}/" for parent in below.parents if parent.as_posix() not in (".", package)}
            if path.stem.startswith("__") or any(f"`{folder}" in TEXT for folder in folders):
                continue
            if not re.search(rf"\b{path.stem}\b", TEXT):
                unnamed.add(below.as_posix())
    assert unnamed == set()


SQL = re.compile(r"\b(?:SELECT\s.+\sFROM|INSERT\s+(?:OR\s+\w+\s+)?INTO|DELETE\s+FROM|UPDATE\s+\w+\s+SET)\b", re.DOTALL)


def test_all_sql_of_the_corpus_is_in_the_store() -> None:
    # What people did is the bot's own record, beside the corpus.
    own = {ROOT / "bot" / f"{name}.py" for name in ("people", "guilds", "migrations")}
    allowed = own | {ROOT / "corpus" / "migrations.py", *(ROOT / "corpus" / "store").glob("*.py")}
    holding = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if path not in allowed and SQL.search(path.read_text(encoding="utf-8"))
    }
    assert holding == set()


@pytest.mark.parametrize("package", [name for name in PACKAGES if name != "bot"])
def test_only_bot_reads_the_environment(package: str) -> None:
    reading = re.compile(r"os\.environ(?!\.setdefault)|os\.getenv|getenv\(")
    found = [path for path in (ROOT / package).rglob("*.py") if reading.search(path.read_text(encoding="utf-8"))]
    assert [path.relative_to(ROOT).as_posix() for path in found] == []


def test_no_module_is_far_longer_than_a_screen_can_hold() -> None:
    """Beyond 600 lines a file is several things."""
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 600
    }
    assert long == {}


def test_only_serving_loads_the_discord_library() -> None:
    script = "import sys, bot.cli, bot.commands, bot.repl; assert 'discord' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_nothing_is_done_while_importing() -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        if path.stem != "__main__"
    ]
    script = f"""
import importlib, logging, sys, threading
for name in {modules!r}:
    importlib.import_module(name)
heavy = {{"torch", "sentence_transformers", "transformers", "faiss"}} & set(sys.modules)
assert not heavy, heavy
assert not logging.getLogger().handlers
assert threading.active_count() == 1
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert Path(ROOT, "pyproject.toml").exists()
