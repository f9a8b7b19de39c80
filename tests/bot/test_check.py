"""``dateline check``, in this process and without a model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from retrieval.claims import Verdict
from tests.conftest import Ran

Cli = Callable[..., Ran]


@pytest.fixture
def filled(cli: Cli, articles: Path) -> Cli:
    assert cli("ingest", str(articles)).code == 0
    return cli


@pytest.mark.parametrize(
    ("claim", "verdict", "code"),
    [
        ("Ada Brook said “We cannot pay for another winter.”", Verdict.AS_CLAIMED, 0),
        ("Ivo Lund said “We cannot pay for another winter.”", Verdict.OTHER_SPEAKER, 0),
        ("Ada Brook said “We can pay for another winter.”", Verdict.OTHER_WORDS, 0),
        ("Ada Brook said “The zeppelin has landed.”", Verdict.NOT_PRINTED, 3),
    ],
)
def test_the_verdict_and_the_exit_code(filled: Cli, claim: str, verdict: Verdict, code: int) -> None:
    ran = filled("check", claim)
    assert ran.code == code
    assert ran.out.lower().startswith(f"{verdict.value}.\n")
    assert ran.err == ""
    assert filled("check", claim, "--json").json["verdict"] == verdict.value


def test_words_that_differ_are_shown_with_the_source(filled: Cli) -> None:
    out = filled("check", "Ada Brook said “We can pay for another winter.”").out
    assert "claimed “can”, printed “cannot”" in out
    assert "[1] Harbour to close, Test Courier, 2 May 2023, ¶ 2" in out


def test_json_holds_what_a_program_needs(filled: Cli) -> None:
    found = filled("check", "Ada Brook said “We can pay for another winter.”", "--json").json
    assert set(found) == {"claim", "words", "speaker", "verdict", "text", "parts", "citations", "notes"}
    (part,) = found["parts"]
    (difference,) = part["differences"]
    assert (difference["claimed"], difference["printed"]) == ("can", "cannot")
    (citation,) = found["citations"]
    assert citation["article_id"] == "harbour"
    assert citation["speaker"] == "Ada Brook"


def test_quotes_of_a_shell_are_not_needed(filled: Cli) -> None:
    assert filled("check", "Ada", "Brook:", "We", "cannot", "pay", "for", "another", "winter").code == 0


@pytest.mark.parametrize("claim", ["", "?!", "x" * 3_000])
def test_what_cannot_be_checked_is_one_sentence(filled: Cli, claim: str) -> None:
    ran = filled("check", claim)
    assert ran.code == 3
    assert len(ran.out.splitlines()) == 1
    assert filled("check", claim, "--json").json["verdict"] is None


def test_a_collection_can_be_named(filled: Cli, articles: Path) -> None:
    assert filled("ingest", str(articles / "bridge.md"), "--collection", "other").code == 0
    claim = "Ada Brook said “We cannot pay for another winter.”"
    assert filled("check", claim, "--collection", "other").code == 3
    assert filled("check", claim, "--collection", "main", "--collection", "other").code == 0


def test_only_the_verdict_and_no_judgement(filled: Cli) -> None:
    out = filled("check", "Ada Brook said “We can pay for another winter.”").out.lower()
    assert not {"true", "false", "wrong", "lie"} & set(out.replace(".", " ").split())
