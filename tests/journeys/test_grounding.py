"""A store that somebody tampered with shows no quote."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran

Cli = Callable[..., Ran]

QUESTION = "What did Mayor Ada Brook say about paying for another winter?"

TAMPERED = {
    "body": "UPDATE revisions SET body = replace(body, 'cannot pay', 'will pay')",
    "body shifted": "UPDATE revisions SET body = 'x' || body",
    "body cut": "UPDATE revisions SET body = substr(body, 1, 40)",
    "passage": "UPDATE passages SET text = replace(text, 'cannot pay', 'will pay')",
    "body and passage": "UPDATE revisions SET body = replace(body, 'cannot pay', 'will pay'); "
    "UPDATE passages SET text = replace(text, 'cannot pay', 'will pay')",
    "body and passage, same length": "UPDATE revisions SET body = replace(body, 'cannot', 'surely'); "
    "UPDATE passages SET text = replace(text, 'cannot', 'surely')",
    "raw": "UPDATE revisions SET raw = replace(raw, 'cannot pay', 'will pay')",
    "raw emptied": "UPDATE revisions SET raw = ''",
    "edits unreadable": "UPDATE revisions SET edits = 'nonsense'",
    "edits invented": 'UPDATE revisions SET edits = \'[[0, 40, "x", "advert"]]\'',
    "offsets": "UPDATE passages SET start = start + 5, end = end + 5",
    "offsets past the end": "UPDATE passages SET start = start + 100000, end = end + 100000",
    "another revision": "UPDATE passages SET revision = revision; UPDATE revisions SET body = body || ' More.', "
    "raw = 'Something else altogether.'",
}


@pytest.fixture
def asked(cli: Cli, articles: Path) -> Cli:
    cli("ingest", str(articles))
    answer = cli("ask", "--json", QUESTION).json
    assert answer["citations"][0]["quote"] == "We cannot pay for another winter"
    assert cli("quotes", "Brook", "--json").json["quotes"]
    return cli


@pytest.mark.parametrize("script", TAMPERED.values(), ids=TAMPERED)
def test_no_quote_is_shown_of_a_tampered_article(asked: Cli, home: Path, script: str) -> None:
    with contextlib.closing(sqlite3.connect(home / "collections" / "main" / "articles.db")) as database:
        database.executescript(script)
    ran = asked("ask", "--json", QUESTION)
    answer = ran.json
    assert not any(citation["article_id"] == "harbour" for citation in answer["citations"])
    assert "pay for another winter" not in answer["text"]
    assert ran.code in (0, 3)
    quotes = asked("quotes", "Brook", "--json")
    assert quotes.json["quotes"] == []
    assert quotes.code == 3


def test_statement_offsets_that_point_elsewhere_show_nothing(asked: Cli, home: Path) -> None:
    with contextlib.closing(sqlite3.connect(home / "collections" / "main" / "articles.db")) as database:
        database.executescript("UPDATE statements SET start = start + 5000, end = end + 5000")
    for arguments in (("ask", "--json", QUESTION), ("quotes", "Brook", "--json")):
        ran = asked(*arguments)
        assert ran.code in (0, 3)
        body = asked("source", "harbour", "--json").json["body"]
        for citation in ran.json.get("citations", ran.json.get("quotes")):
            assert body[citation["start"] : citation["end"]] == citation["quote"]
