"""The index file can be lost, torn or flipped: answers stay the same, for it is derived."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Ran

Cli = Callable[..., Ran]

QUESTION = "What did the town council of Port Ellery decide?"


def missing(file: Path) -> None:
    file.unlink()


def torn(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-100])


def empty(file: Path) -> None:
    file.write_bytes(b"")


def flipped(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0x40
    file.write_bytes(data)


def another_file(file: Path) -> None:
    file.write_text("this is no index")


def ranking(answer: dict[str, Any]) -> list[tuple[str, int, float, str]]:
    return [(hit["article_id"], hit["paragraph"], hit["score"], str(hit["ranks"])) for hit in answer["hits"]]


@pytest.mark.parametrize("damage", [missing, torn, empty, flipped, another_file])
def test_answers_stay_the_same(cli: Cli, home: Path, articles: Path, damage: Callable[[Path], None]) -> None:
    cli("ingest", str(articles))
    before = cli("ask", "--json", QUESTION)
    assert len(ranking(before.json)) == 7
    (file,) = (home / "collections" / "main").glob("*.faiss")
    damage(file)
    after = cli("ask", "--json", QUESTION)
    assert ranking(after.json) == ranking(before.json)
    assert (after.json["text"], after.code, after.err) == (before.json["text"], before.code, before.err)
    doctor = cli("doctor")
    assert doctor.code == 1
    assert "FAIL  main: the index file" in doctor.out


def test_ingesting_again_mends_the_file(cli: Cli, home: Path, articles: Path) -> None:
    cli("ingest", str(articles))
    (file,) = (home / "collections" / "main").glob("*.faiss")
    missing(file)
    assert "; 0 texts encoded; " in cli("ingest", str(articles)).out
    doctor = cli("doctor")
    assert doctor.code == 0
    assert "main: the index file is whole." in doctor.out
