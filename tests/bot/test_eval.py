"""``dateline eval`` in this process and without a model: what is counted, compared, reported and refused."""

from __future__ import annotations

import html.parser
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot import evaluation
from retrieval.asking import Asker
from retrieval.evaluation.floors import moved
from retrieval.models import Answer
from tests.conftest import Ran
from tests.fakes import FakeEncoder

Cli = Callable[..., Ran]
DATA = Path(__file__).parents[1] / "data"
HARBOUR = DATA / "harbour"


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    """A set that may be changed."""
    return Path(shutil.copytree(HARBOUR, tmp_path / "harbour"))


@pytest.fixture
def before(cli: Cli, tmp_path: Path) -> Path:
    """What an earlier evaluation printed."""
    path = tmp_path / "before.json"
    path.write_text(cli("eval", str(HARBOUR), "--json").out, "utf-8")
    return path


def change_questions(folder: Path, change: Callable[[list[dict[str, Any]]], None]) -> None:
    path = folder / "questions.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    change(rows)
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")


def test_figures_as_json(cli: Cli) -> None:
    ran = cli("eval", str(HARBOUR), "--json")
    assert (ran.code, ran.err) == (0, "")
    found = ran.json
    assert found["dataset"].items() >= {
        "name": "harbour", "questions": 5, "answerable": 3, "articles": 3, "passages": 8, "whole": True,
    }.items()  # fmt: skip
    assert found["measures"]["success@1"] == {"value": 1.0, "low": 1.0, "high": 1.0, "n": 3}
    assert found["measures"]["speaker"]["n"] == 1
    assert found["kinds"]["fact"]["success@1"]["n"] == 2
    assert "success@1" not in found["kinds"]["null"]
    assert found["abstention"]["unanswerable_declined"]["value"] == 1.0
    assert found["abstention"]["curve"][-1]["coverage"] == 1.0
    assert found["abstention"]["curve"][-1]["risk"] == 0.4
    rows = {row["id"]: row for row in found["questions"]}
    assert rows["h1"]["ranks"] == [1]
    assert rows["h1"]["measures"]["mrr@10"] == 1.0
    assert rows["n1"]["measures"].keys() == {"declining_right", "brier"}
    assert found["problems"] == []


def test_figures_in_a_table(cli: Cli) -> None:
    ran = cli("eval", str(HARBOUR))
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0].startswith("harbour: 5 questions (3 answerable) on 3 articles, 8 passages; fake@1; ")
    assert re.fullmatch(r" +all +95 % +fact +quote +null", lines[2])
    assert re.fullmatch(r"Questions +5 +2 +1 +2", lines[3])
    assert re.fullmatch(r"Success@1 +1\.000 +\[1\.000, 1\.000\] +1\.000 +1\.000 +–", lines[4])
    assert any(line.startswith("Declining below a confidence of 0.") for line in lines)


def test_a_second_evaluation_encodes_no_article(cli: Cli, home: Path, encoder: FakeEncoder) -> None:
    cli("eval", str(HARBOUR))
    assert encoder.encoded
    encoder.encoded.clear()
    cli("eval", str(HARBOUR))
    assert encoder.encoded == []
    assert [path.name.rpartition("-")[0] for path in (home / "evaluations").iterdir()] == ["harbour"]
    assert not (home / "collections").exists()


def test_questions_are_encoded_at_once(cli: Cli, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    batches: list[int] = []
    encode = encoder.encode_query
    monkeypatch.setattr(encoder, "encode_query", lambda texts: batches.append(len(texts)) or encode(texts))
    cli("eval", str(HARBOUR))
    assert batches == [5]


def test_a_beir_folder(cli: Cli, encoder: FakeEncoder, home: Path) -> None:
    ran = cli("eval", str(DATA / "beir"), "--json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.json["dataset"]["articles"] == 3
    assert ran.json["measures"]["success@1"] == {"value": 1.0, "low": 1.0, "high": 1.0, "n": 2}
    assert ran.json["measures"]["ndcg@10"]["value"] == 1.0
    assert ran.json["kinds"].keys() == {"question", "place", "null"}
    encoder.encoded.clear()
    (written,) = (home / "evaluations").glob("beir-*/articles.jsonl")
    time = written.stat().st_mtime_ns
    cli("eval", str(DATA / "beir"))
    assert encoder.encoded == []
    assert written.stat().st_mtime_ns == time


def test_articles_from_elsewhere(cli: Cli, tmp_path: Path) -> None:
    questions, articles = tmp_path / "own.jsonl", tmp_path / "texts"
    shutil.copy(HARBOUR / "questions.jsonl", questions)
    articles.mkdir()
    shutil.copy(HARBOUR / "articles.jsonl", articles)
    ran = cli("eval", str(questions), "--articles", str(articles), "--json")
    assert ran.json["dataset"].items() >= {"name": "own", "articles": 3}.items()
    assert cli("ingest", str(articles)).code == 0
    assert cli("eval", str(questions), "--json").json["measures"]["success@1"]["value"] == 1.0
    cli("ingest", str(articles), "--collection", "clippings")
    assert cli("eval", str(HARBOUR), "--collection", "clippings", "--json").json["dataset"]["articles"] == 3


def test_a_part_of_the_set(cli: Cli) -> None:
    few = cli("eval", str(HARBOUR), "--limit", "2", "--json").json
    assert (len(few["questions"]), few["dataset"]["whole"]) == (2, False)
    assert few["dataset"]["fingerprint"] == cli("eval", str(HARBOUR), "--json").json["dataset"]["fingerprint"]
    kinds = cli("eval", str(HARBOUR), "--kinds", "quote,null", "--json").json
    assert [row["id"] for row in kinds["questions"]] == ["h2", "n1", "n2"]


def test_a_question_that_fails_counts_as_nothing(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = Asker.ask

    def sometimes(self: Asker, text: str, *rest: object) -> Answer:
        if "orchard" in text:
            raise ZeroDivisionError("secret")
        return ask(self, text, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Asker, "ask", sometimes)
    ran = cli("eval", str(HARBOUR), "--json")
    assert ran.code == 0
    assert ran.err.startswith("Failed: h3: Something went wrong inside Dateline (ZeroDivisionError)")
    assert ran.json["measures"]["success@1"]["value"] == pytest.approx(2 / 3, abs=1e-4)
    row = next(row for row in ran.json["questions"] if row["id"] == "h3")
    assert (row["outcome"], row["missed"][0]) == ("error", "failed")


# Comparing


def test_nothing_changed(cli: Cli, before: Path) -> None:
    ran = cli("eval", str(HARBOUR), "--compare", str(before))
    assert ran.code == 0
    assert f"Compared with {before}: 5 questions" in ran.out
    assert "No question changed" in ran.out
    found = cli("eval", str(HARBOUR), "--compare", str(before), "--json").json["comparison"]
    assert found["changed"] == []
    assert found["measures"]["success@1"].items() >= {"old": 1.0, "new": 1.0, "p": 1.0, "real": False}.items()


def test_what_changed_is_named(cli: Cli, before: Path) -> None:
    old = json.loads(before.read_text("utf-8"))
    row = next(row for row in old["questions"] if row["id"] == "h1")
    row["ranks"] = [2]
    row["measures"] |= {"success@1": 0.0, "mrr@10": 0.5}
    del old["questions"][-1]
    before.write_text(json.dumps(old), "utf-8")
    ran = cli("eval", str(HARBOUR), "--compare", str(before), "--json")
    found = ran.json["comparison"]
    assert (found["questions"], found["old_only"], found["new_only"]) == (4, 0, 1)
    assert found["measures"]["success@1"]["won"] == ["h1"]
    assert found["measures"]["success@1"]["lost"] == []
    # One question that won: chance alone does as much in each of two ways.
    assert found["measures"]["success@1"]["p"] == 1.0
    assert found["changed"] == [
        {
            "id": "h1", "won": ["success@1", "mrr@10"], "lost": [],
            "old": {"outcome": "answered", "confidence": pytest.approx(row["confidence"], abs=1e-4), "ranks": [2]},
            "new": {"outcome": "answered", "confidence": pytest.approx(row["confidence"], abs=1e-4), "ranks": [1]},
        }
    ]  # fmt: skip
    shown = cli("eval", str(HARBOUR), "--compare", str(before)).out
    assert "4 questions (1 that only one of them asked are left out)" in shown
    assert "  h1  won Success@1, MRR@10  (ranks 2 → 1, confidence " in shown


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "cannot be read (No such file or directory)"),
        ("{", "is not valid JSON; give what dateline eval --json printed."),
        ("[]", "is no evaluation; give what dateline eval --json printed."),
        ('{"version": 1}', "is no evaluation; give what dateline eval --json printed."),
        ('{"version": 9}', "is of version 9 and this is version 1"),
    ],
)
def test_an_earlier_evaluation_that_is_none(cli: Cli, tmp_path: Path, content: str | None, sentence: str) -> None:
    old = tmp_path / "old.json"
    if content is not None:
        old.write_text(content, "utf-8")
    ran = cli("eval", str(HARBOUR), "--compare", str(old))
    assert (ran.code, ran.out) == (1, "")
    assert sentence in ran.err
    assert len(ran.err.splitlines()) == 1


def test_an_earlier_evaluation_of_another_set(cli: Cli, before: Path, harbour: Path) -> None:
    ran = cli("eval", str(DATA / "beir"), "--compare", str(before))
    assert (ran.code, ran.out) == (1, "")
    assert "is of another set ('harbour'), not of 'beir' as it is now" in ran.err
    change_questions(harbour, lambda rows: rows[0].update(question="When does the harbour close?"))
    ran = cli("eval", str(harbour), "--compare", str(before))
    assert ran.code == 1
    assert "whose questions or judgements changed since" in ran.err
    ran = cli("eval", str(HARBOUR), "--kinds", "null", "--json")
    before.write_text(ran.out, "utf-8")
    ran = cli("eval", str(HARBOUR), "--kinds", "fact", "--compare", str(before))
    assert ran.code == 1
    assert "have no question in common" in ran.err


# Reports


class Page(html.parser.HTMLParser):
    """Notes the elements, and that each one is closed."""

    VOID = ("meta", "br", "line", "circle", "polyline", "link", "img")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def test_a_page_that_needs_nothing_but_itself(cli: Cli, harbour: Path, before: Path, tmp_path: Path) -> None:
    hostile = "</style><script>alert(1)</script>\"'&\x1b[31m"

    def change(rows: list[dict[str, Any]]) -> None:
        rows[3]["question"] = f"What did Ada Brook say about another winter? {hostile}"
        rows[3]["kind"] = hostile
        rows[0]["evidence"] = [{"text": f"Fishermen protested {hostile}"}, {"text": "Fishermen protested"}]

    change_questions(harbour, change)
    out = tmp_path / "report.html"
    ran = cli("eval", str(harbour), "--out", str(out))
    assert ran.code == 0
    assert ran.err.endswith(f"Written: {out}\n")
    text = out.read_text("utf-8")
    page = Page(text)
    assert page.open == []
    assert not {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe", "object"}
    assert not any(
        name.startswith("on") or (name in ("href", "src") and not str(value).startswith("#"))
        for _, attributes in page.tags
        for name, value in attributes.items()
    )
    assert "url(" not in text
    assert "@import" not in text
    assert "\x1b" not in text
    assert "prefers-color-scheme" in text
    (drawing,) = [attributes for tag, attributes in page.tags if tag == "svg"]
    assert drawing["role"] == "img"
    assert "Risk–coverage curve. At the shipped setting" in page.words
    assert "stands in none of the articles" in page.words
    assert "alert(1)" in page.words
    assert "words #" in page.words
    assert "score " in page.words
    assert list(tmp_path.glob("report.html*")) == [out]


def test_a_page_with_a_comparison(cli: Cli, before: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    assert cli("eval", str(HARBOUR), "--compare", str(before), "--out", str(out)).code == 0
    page = Page(out.read_text("utf-8"))
    assert page.open == []
    assert f"Compared with {before}" in page.words


def test_every_question_a_line(cli: Cli, tmp_path: Path) -> None:
    out = tmp_path / "report.jsonl"
    assert cli("eval", str(HARBOUR), "--out", str(out)).code == 0
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["h1", "h2", "h3", "n1", "n2"]
    first = rows[0]
    assert first["evidence"] == [{"text": "will close in June", "article_id": "harbour", "rank": 1, "nowhere": False}]
    assert first["hits"][0]["evidence"] is True
    assert first["hits"][0]["explain"].startswith("score ")
    assert first["hits"][0]["ranks"].keys() == {"lexical", "dense"}
    assert first["citations"][0]["quote"] in first["hits"][0]["text"]


# Floors


def test_floors_hold_or_fail_and_never_move_by_themselves(cli: Cli, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    floors.write_text('{"version": 1, "sets": {"harbour": {"success@1": 0.9, "answerable_declined": 0.4}}}', "utf-8")
    assert cli("eval", str(HARBOUR), "--floors", str(floors)).err == ""
    strict = '{"version": 1, "sets": {"harbour": {"questions": 6, "brier": 0.0, "success@1": 0.9, "sharpness": 1}}}'
    floors.write_text(strict, "utf-8")
    ran = cli("eval", str(HARBOUR), "--floors", str(floors))
    assert ran.code == 1
    assert ran.out
    first, second, third = ran.err.splitlines()
    assert first == "Below the floor on harbour: questions is 5.0000, below its floor 6."
    assert re.fullmatch(r"Below the floor on harbour: brier is 0\.\d{4}, above its ceiling 0\.", second)
    assert third == "Below the floor on harbour: sharpness was not measured, and its floor is 1."
    assert floors.read_text("utf-8") == strict


def test_floors_move_up_when_asked_and_down_only_when_asked(cli: Cli, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    floors.write_text('{"version": 1, "sets": {"other": {"mrr@10": 0.5}, "harbour": {"success@1": 0.5}}}', "utf-8")
    ran = cli("eval", str(HARBOUR), "--floors", str(floors), "--raise-floors")
    assert (ran.code, ran.err) == (0, "Floor of harbour moved: success@1: 0.5 to 1\n")
    assert json.loads(floors.read_text("utf-8"))["sets"] == {"other": {"mrr@10": 0.5}, "harbour": {"success@1": 1.0}}
    floors.write_text('{"version": 1, "sets": {"harbour": {"questions": 6}}}', "utf-8")
    ran = cli("eval", str(HARBOUR), "--floors", str(floors), "--raise-floors")
    assert (ran.code, ran.err) == (1, "Below the floor on harbour: questions is 5.0000, below its floor 6.\n")
    ran = cli("eval", str(HARBOUR), "--floors", str(floors), "--lower-floors")
    assert (ran.code, ran.err) == (0, "Floor of harbour moved: questions: 6 to 5\n")


def test_a_file_of_floors_is_made_when_asked(cli: Cli, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    assert cli("eval", str(HARBOUR), "--floors", str(floors), "--raise-floors").code == 0
    made = json.loads(floors.read_text("utf-8"))
    assert made["version"] == 1
    assert made["sets"]["harbour"].items() >= {"success@1": 1.0, "questions": 5.0}.items()
    assert cli("eval", str(HARBOUR), "--floors", str(floors)).code == 0


def test_a_ceiling_is_rounded_to_the_safe_side() -> None:
    floors, _ = moved({}, "x", {"answerable_declined": 0.12341, "mrr@10": 0.12349}, lower=False)
    assert floors == {"x": {"answerable_declined": 0.1235, "mrr@10": 0.1234}}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "there is no such file; write it with: --floors"),
        ("{", "is not valid JSON; mend it."),
        ('{"version": 2, "sets": {}}', "is of version 2, and this Dateline reads version 1"),
        ("[]", "is of version None"),
        ('{"version": 1, "sets": {"harbour": {"mrr@10": "high"}}}', "is no file of floors"),
        ('{"version": 1, "sets": {}}', "has no floors for 'harbour'; add them with: --floors"),
    ],
)
def test_floors_that_cannot_be_used(cli: Cli, tmp_path: Path, content: str | None, sentence: str) -> None:
    floors = tmp_path / "floors.json"
    if content is not None:
        floors.write_text(content, "utf-8")
    ran = cli("eval", str(HARBOUR), "--floors", str(floors))
    assert ran.code == 1
    assert sentence in ran.err
    assert len(ran.err.splitlines()) == 1


# What cannot be evaluated


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("eval",), "Missing argument"),
        (("eval", "x", "--limit", "0"), "--limit"),
        (("eval", "x", "--articles", "a", "--collection", "b"), "give one of them"),
        (("eval", "x", "--out", "report.pdf"), "give a name ending in .html or .jsonl"),
        (("eval", "x", "--out", "nowhere/report.html"), "name a file in a folder that is there"),
        (("eval", "x", "--raise-floors"), "name it with --floors FILE"),
        (("eval", "x", "--floors", "f.json", "--limit", "5"), "Floors are of a whole set"),
        (("eval", "x", "--floors", "f.json", "--kinds", "null"), "Floors are of a whole set"),
    ],
)
def test_what_is_typed_wrong(cli: Cli, arguments: tuple[str, ...], sentence: str) -> None:
    ran = cli(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert sentence in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_kind_that_no_question_is_of(cli: Cli) -> None:
    ran = cli("eval", str(HARBOUR), "--kinds", "poem")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "No question of 'harbour' is of the kind 'poem'; choose from: fact, quote, null\n"


def test_sets_that_are_none(cli: Cli, harbour: Path, tmp_path: Path) -> None:
    for arguments, sentence in (
        ((str(tmp_path / "nowhere"),), "there is no such file or folder"),
        ((str(harbour), "--collection", "nowhere"), "There is no collection 'nowhere'"),
    ):
        ran = cli("eval", *arguments)
        assert (ran.code, ran.out) == (1, "")
        assert sentence in ran.err
        assert len(ran.err.splitlines()) == 1
    (harbour / "articles.jsonl").write_text("{\n", "utf-8")
    ran = cli("eval", str(harbour))
    assert (ran.code, ran.out) == (1, "")
    assert "Refused: " in ran.err
    assert "holds no article that can be read" in ran.err


def test_evidence_that_stands_nowhere_and_unknown_articles_are_named(cli: Cli, harbour: Path) -> None:
    def change(rows: list[dict[str, Any]]) -> None:
        rows[0]["evidence"] = [{"article_id": "harbour", "text": "will close in July"}]
        rows[2]["evidence"].append({"article_id": "zeppelin", "text": "Some 3,000 visitors"})

    change_questions(harbour, change)
    ran = cli("eval", str(harbour), "--json")
    assert ran.code == 0
    assert ran.err.splitlines() == [
        "Note: There is no article 'zeppelin', which judgements of 'h3' name.",
        "Note: Question 'h1': its evidence “will close in July” stands not in 'harbour'.",
    ]
    assert [problem["kind"] for problem in ran.json["problems"]] == ["unknown_document", "evidence_nowhere"]
    assert ran.json["measures"]["success@1"]["value"] == pytest.approx(2 / 3, abs=1e-4)
    assert ran.json["measures"]["evidence_recall@10"]["value"] == pytest.approx((0 + 1 + 1 / 2) / 3, abs=1e-4)


def test_evidence_over_two_paragraphs_counts_with_each(cli: Cli, harbour: Path) -> None:
    spanning = "decided on Monday. “We cannot pay"
    change_questions(harbour, lambda rows: rows[0].update(evidence=[{"text": spanning}]))
    found = cli("eval", str(harbour), "--json").json
    assert found["problems"] == []
    assert next(row for row in found["questions"] if row["id"] == "h1")["ranks"][0] == 1


def test_the_sample_set_is_there() -> None:
    found = evaluation.sample_dataset()
    assert (found.name, found.problems) == ("sample", ())
    assert len(found.questions) >= 60
    assert sum(not question.answerable for question in found.questions) >= 12
