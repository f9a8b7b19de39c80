"""Files and questions that nobody would wish for: one clear sentence, the right exit code, nothing lost."""

from __future__ import annotations

import base64
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran

Cli = Callable[..., Ran]


@pytest.fixture
def kept(cli: Cli, articles: Path) -> Cli:
    """Three good articles, which whatever comes must leave alone."""
    assert cli("ingest", str(articles)).code == 0
    return cli


def ids(cli: Cli) -> set[str]:
    return {article["id"] for article in cli("sources", "--json").json}


GOOD = {"harbour", "bridge", "orchard"}

BROKEN_HTML = {
    "unclosed": "<html><body><article><h1>Mill burns<p>The old mill in Vell burned down on Monday night, police said."
    "<p>Nobody was hurt in the fire, which began in the loft, according to the fire brigade.",
    "nested wrongly": "<p><b>The old mill in Vell burned down on Monday night, police said.</p></b></div></html><html>",
    "only tags": "<html><head></head><body><div></div></body></html>",
    "attributes": "<p class=\"x' onclick=>The old mill in Vell burned down on Monday night, police said.<a href=<",
    "deep": "<div>" * 3000 + "The old mill in Vell burned down on Monday night, police said." + "</div>" * 10,
    "nothing but brackets": "<<<<<>>>>><!--",
}


@pytest.mark.parametrize("page", BROKEN_HTML.values(), ids=BROKEN_HTML)
def test_broken_html_is_read_or_refused(kept: Cli, tmp_path: Path, page: str) -> None:
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    ran = kept("ingest", str(tmp_path / "page.html"))
    assert "Traceback" not in ran.err
    if ran.code == 0:
        assert ran.out.startswith("1 new, ")
        assert "mill" in kept("source", "page", "--json").json["body"]
    else:
        assert ran.code == 1
        assert ran.err.startswith(f"Refused: {tmp_path / 'page.html'}: ")
        assert len(ran.err.splitlines()) == 2
    assert ids(kept) >= GOOD


def test_broken_rows_are_named_and_the_good_ones_kept(kept: Cli, tmp_path: Path) -> None:
    rows = [
        json.dumps({"id": "one", "text": "The mill in Vell burned down."}),
        "{not json",
        json.dumps(["a", "list"]),
        json.dumps({"id": "empty", "text": " "}),
        json.dumps({"id": "three", "text": "The mill in Vell stood still.", "outlet": 3}),
        json.dumps(
            {"id": "two", "text": "The mill in Vell was rebuilt.", "title": None, "outlet": "", "url": "javascript:x"}
        ),
    ]
    with gzip.open(tmp_path / "rows.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join(rows))
    ran = kept("ingest", str(tmp_path / "rows.jsonl.gz"))
    assert ran.code == 0
    assert ran.out.startswith("2 new, 0 changed, 0 unchanged, 0 removed, 4 refused; ")
    refused = [line for line in ran.err.splitlines() if line.startswith("Refused: ")]
    assert len(refused) == 4
    assert all("rows.jsonl.gz" in line for line in refused)
    assert ids(kept) == GOOD | {"one", "two"}


def test_an_archive_that_is_torn(kept: Cli, tmp_path: Path) -> None:
    whole = gzip.compress(json.dumps({"id": "one", "text": "The mill in Vell burned down."}).encode() * 50)
    (tmp_path / "rows.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    ran = kept("ingest", str(tmp_path / "rows.jsonl.gz"))
    assert ran.code == 1
    assert "rows.jsonl.gz" in ran.err
    assert ids(kept) == GOOD


def test_front_matter_that_is_none(kept: Cli, tmp_path: Path) -> None:
    for name, head in (
        ("list", "- a\n- b"),
        ("broken", "title: [unclosed"),
        ("code", "x: !!python/object:os.system ls"),
    ):
        (tmp_path / f"{name}.md").write_text(f"---\n{head}\n---\n\nThe mill in Vell burned down.\n", encoding="utf-8")
    ran = kept("ingest", *(str(tmp_path / f"{name}.md") for name in ("list", "broken", "code")))
    assert "Traceback" not in ran.err
    assert ran.code in (0, 1)
    assert ids(kept) >= GOOD


def test_invalid_utf_8_is_named_and_the_rest_goes_on(kept: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "bad.txt").write_bytes(b"The caf\xe9 in Vell closed on Monday.")
    (folder / "good.txt").write_text("The café in Vell opened again on Friday.", encoding="utf-8")
    ran = kept("ingest", str(folder))
    assert ran.code == 0
    assert ran.out.startswith("1 new, 0 changed, 0 unchanged, 0 removed, 1 refused; ")
    assert ran.err == f"Refused: {folder / 'bad.txt'}: byte 7 (0xE9) is not valid UTF-8; save the file as UTF-8.\n"
    assert ids(kept) == GOOD | {"good"}


def test_a_text_of_50_megabytes_is_refused(kept: Cli, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("The committee met again and put off its decision.\n\n" * 1_000_000, "utf-8")
    ran = kept("ingest", str(tmp_path / "long.txt"), str(tmp_path / "articles"))
    assert ran.code == 0
    assert ran.out.startswith("0 new, 0 changed, 3 unchanged, 0 removed, 1 refused; ")
    assert ran.err == (
        f"Refused: {tmp_path / 'long.txt'}: has 51,000,000 characters, more than any article; split it into articles.\n"
    )
    assert ids(kept) == GOOD


def test_hostile_ids_and_texts_come_out_harmless(kept: Cli, tmp_path: Path) -> None:
    row = {
        "id": "../../x\x1b[2J",
        "title": "[red]T\x07",
        "text": "The \x1b]0;owned\x07 mill [bold]burned[/] down in Vell.",
    }
    (tmp_path / "rows.jsonl").write_text(json.dumps(row), encoding="utf-8")
    ran = kept("ingest", str(tmp_path / "rows.jsonl"))
    assert ran.code == 0
    shown = [kept("sources").out, kept("source", row["id"]).out, kept("ask", "the mill burned down in Vell").out]
    for out in [ran.out, ran.err, *shown]:
        assert "\x1b" not in out
        assert "\x07" not in out
    assert "[red]T" in shown[0]
    assert "[bold]burned[/]" in shown[1]


@pytest.mark.shared
def test_naughty_strings_as_questions(kept: Cli, shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = sorted(path for path in (shared / "bench" / "hostile").rglob("*") if "blns" in path.name.lower())
    assert found, "the naughty strings are gone"
    strings = naughty(found)
    assert len(strings) > 400
    # One question a line: what holds a newline itself becomes several.
    lines = "\n".join(strings).split("\n")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("\n".join(lines).encode("utf-8", "replace"))))
    ran = kept("ask", "--json", "-")
    assert ran.code == 0
    assert len(ran.objects) == len(lines)
    assert {answer["outcome"] for answer in ran.objects} <= {"answered", "no_evidence"}
    assert ids(kept) == GOOD


def naughty(found: list[Path]) -> list[str]:
    """The list as JSON, as base64 or as lines, whichever lies there."""
    for path in found:
        if path.suffix == ".json":
            strings = json.loads(path.read_text(encoding="utf-8"))
            if "base64" in path.name:
                strings = [base64.b64decode(one).decode("utf-8", "replace") for one in strings]
            return list(strings)
    return [line for line in found[0].read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]
