"""What is built from this folder installs and runs without it."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
# What a build without a network says where it may not use what is installed already.
UNREACHABLE = ("No matching distribution found", "Temporary failure", "Could not find a version", "Connection")


def pip(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    # A copy of the sources: building writes beside them.
    sources = folder / "sources"
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("no git checkout to build from")
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            target = sources / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / name).read_bytes())
    built = pip("wheel", "--no-deps", "--quiet", "--wheel-dir", str(folder), str(sources))
    if built.returncode and any(sentence in built.stderr for sentence in UNREACHABLE):
        pytest.skip("setuptools cannot be fetched to build with")
    assert built.returncode == 0, built.stderr
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("installed")
    done = pip("install", "--no-deps", "--no-index", "--quiet", "--target", str(target), str(wheel))
    assert done.returncode == 0, done.stderr
    return target


def run(installed: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Python in another folder that finds the installed packages before any others, and not the checkout."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DATELINE_", "PYTHON"))}
    elsewhere = installed.parent
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=elsewhere, capture_output=True, text=True, timeout=300, check=False,
        env={**clean, "PYTHONPATH": str(installed), "DATELINE_HOME": str(elsewhere / "home"), "PYTHONUTF8": "1"},
    )  # fmt: skip


def test_the_wheel_holds_every_package_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    packages = {name.replace("/", ".") for name in SETTINGS["tool"]["setuptools"]["packages"]}
    shipped = {str(Path(name).parent).replace("/", ".") for name in names if name.endswith(".py")}
    assert shipped == packages
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"bot", "retrieval", "embeddings", "corpus"}
    assert not [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".db", ".faiss", ".env"))]


def test_every_module_of_the_sources_is_shipped(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for top in ("bot", "retrieval", "embeddings", "corpus"):
        for path in (ROOT / top).rglob("*"):
            if path.suffix in (".py", ".md", ".jsonl", ".css") or path.name == "py.typed":
                assert path.relative_to(ROOT).as_posix() in names
        assert f"{top}/py.typed" in names


def test_the_samples_are_shipped(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    samples = [name for name in names if name.startswith("corpus/sample/") and name.endswith(".md")]
    assert len(samples) >= 24
    assert sorted(samples) == sorted(
        path.relative_to(ROOT).as_posix() for path in (ROOT / "corpus" / "sample").glob("*.md")
    )


def test_the_metadata_says_what_it_is(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (info,) = {name.split("/")[0] for name in archive.namelist() if ".dist-info/" in name}
        metadata = archive.read(f"{info}/METADATA").decode()
        entry_points = archive.read(f"{info}/entry_points.txt").decode()
        assert any(name.endswith("LICENSE") for name in archive.namelist())
    head, _, readme = metadata.partition("\n\n")
    project = SETTINGS["project"]
    assert f"Name: {project['name']}\n" in head
    assert f"Version: {project['version']}\n" in head
    assert "License-Expression: MIT\n" in head
    assert f"Requires-Python: {project['requires-python']}" in head
    assert len(readme) > 1000
    assert entry_points.split() == ["[console_scripts]", "dateline", "=", "bot.cli:main"]


def test_help_runs_from_the_installed_wheel(installed: Path) -> None:
    done = run(installed, "-m", "bot", "--help")
    assert done.returncode == 0, done.stderr
    assert "dateline ask" in done.stdout or "  ask " in done.stdout
    assert done.stderr == ""
    where = run(installed, "-c", "import bot, corpus, embeddings, retrieval; print(bot.__file__, corpus.__file__)")
    assert all(Path(path).is_relative_to(installed) for path in where.stdout.split())


def test_every_module_of_the_wheel_can_be_imported_and_loads_nothing_heavy(installed: Path, wheel: Path) -> None:
    names = [name for name in zipfile.ZipFile(wheel).namelist() if name.endswith(".py") and "__main__" not in name]
    modules = sorted(name.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for name in names)
    script = (
        f"import importlib, sys\nfor name in {modules!r}: importlib.import_module(name)\n"
        "print(sorted({'torch', 'sentence_transformers', 'transformers', 'faiss'} & set(sys.modules)))"
    )
    done = run(installed, "-c", script)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def test_the_installed_wheel_lists_the_samples(installed: Path) -> None:
    done = run(installed, "-m", "bot", "sources", "--collection", "sample", "--json")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count('"id"') >= 24
    assert '"sample-wire-macron-in-kyiv"' in done.stdout
