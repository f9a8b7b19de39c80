"""The commands, in this process and without a model: what is printed where, and the exit codes."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from filelock import FileLock

from bot import commands, wiring
from bot.cli import app
from bot.errors import UsageError
from bot.wiring import collection_folder, sample_files
from retrieval.asking import Asker
from tests.conftest import ROOT, Ran
from tests.fakes import FakeEncoder

Cli = Callable[..., Ran]

COMMANDS = (
    "ask", "figures", "timeline", "compare", "repl", "ingest", "remove", "sources", "source", "quotes", "check", "eval",
    "backup", "serve", "doctor", "version",
)  # fmt: skip


@pytest.fixture
def few_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three of the sample articles are enough to see what is done with them."""
    shipped = sample_files()[:3]
    monkeypatch.setattr(wiring, "sample_files", lambda: shipped)


# Help


def test_every_command_is_listed() -> None:
    assert set(typer.main.get_command(app).commands) == set(COMMANDS)  # type: ignore[attr-defined]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example_that_calls_it(cli: Cli, command: str) -> None:
    ran = cli(command, "--help")
    assert ran.code == 0
    _, found, examples = ran.out.partition("Example:\n")
    assert found
    assert examples.startswith(f"    dateline {command}")
    assert ran.err == ""


@pytest.mark.parametrize("arguments", [("--help",), ("-h",), ()])
def test_help_lists_the_commands(cli: Cli, arguments: tuple[str, ...]) -> None:
    ran = cli(*arguments)
    assert ran.code == 0
    assert all(f"\n  {command} " in ran.out for command in COMMANDS)


def test_help_and_version_load_nothing_heavy(home: Path) -> None:
    script = (
        "import sys; from bot.cli import run; run(['--help']); run(['ask', '--help']); run(['version']); "
        "heavy = {'torch', 'sentence_transformers', 'transformers', 'faiss', 'numpy', 'trafilatura', "
        "'prompt_toolkit', 'discord', 'pydantic', 'ir_measures', 'matplotlib'}; "
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, cwd=ROOT, check=True)
    assert done.stderr.decode().strip() == "[]"


def test_version(cli: Cli) -> None:
    assert cli("version").out.startswith("dateline ")
    assert cli("--version").out == cli("version").out


# Usage


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("ask",), "Missing argument"),
        (("nonsense",), "No such command 'nonsense'"),
        (("ask", "x", "--nonsense"), "No such option: --nonsense"),
        (("ask", "x", "--top-k", "0"), "--top-k"),
        (("ask", "x", "--top-k", "many"), "--top-k"),
        (("ask", "x", "--since", "2022"), "--since is '2022'; give a date as YYYY-MM-DD"),
        (("ask", "x", "--until", "2022-02-30"), "--until is '2022-02-30'; give a date"),
        (("ask", "x", "--since", "20220208"), "--since is '20220208'; give a date"),
        (("ask", "x", "--since", "2022-03-01", "--until", "2022-02-01"), "swap them"),
        (("sources", "--since", "yesterday"), "--since is 'yesterday'"),
        (("quotes", "--about", "Minsk"), "--about needs a speaker"),
        (("quotes", " "), "The speaker is empty"),
        (("source", "x", "--revision", "0"), "--revision"),
        (("ask", "x", "--collection", "../../etc"), "'../../etc' cannot name a collection"),
        (("ask", "x", "--collection", "main", "--collection", "sample"), "stands alone"),
        (("ingest", "x", "--collection", "sample"), "stands alone"),
        (("remove", "x", "--collection", "sample"), "stands alone"),
    ],
)
def test_what_is_typed_wrong_is_one_sentence_and_exit_code_2(
    cli: Cli, arguments: tuple[str, ...], sentence: str
) -> None:
    ran = cli(*arguments)
    assert ran.code == 2
    assert sentence in ran.err
    assert len(ran.err.splitlines()) == 1
    assert ran.out == ""


def test_options_reach_a_command_as_they_are_typed(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[object] = []
    monkeypatch.setattr(commands, "ask", lambda *args, **named: given.append((args, named)) or 0)
    assert cli("ask", "who", "-", "x\udcff", "--outlet", "A", "--outlet", "B", "--top-k", " 7 ", "--json").code == 0
    assert cli("ask", "--", "--json").code == 0
    assert given == [
        (("who - x\udcff", None, ["A", "B"], None, None, None, None, 7), {"json": True, "explain": False}),
        (("--json", None, None, None, None, None, None, None), {"json": False, "explain": False}),
    ]


@pytest.mark.parametrize("arguments", [("evaluate", "sample"), ("askk",), ("--", "quote")])
def test_a_command_that_is_none_is_compared_to_all(cli: Cli, arguments: tuple[str, ...]) -> None:
    ran = cli(*arguments)
    assert ran.code == 2
    assert "No such command" in ran.err
    assert "Did you mean" in ran.err


@pytest.mark.parametrize(
    "name", ["", ".", "..", "a/b", "/etc", "Main", "-x", "_x", "a" * 65, "x\n", "é", "a b", "a\0", "~", "con.db"]
)
def test_a_collections_name_never_leads_elsewhere(name: str) -> None:
    with pytest.raises(UsageError):
        collection_folder(Path("/home"), name)


@pytest.mark.parametrize("name", ["main", "a", "0", "news-2022", "guild_1", "a" * 64])
def test_names_of_collections(name: str) -> None:
    assert collection_folder(Path("/home"), name) == Path("/home/collections") / name


def test_a_bad_setting_is_one_sentence(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_TOP_K", "many")
    ran = cli("ask", "x")
    assert ran.code == 1
    assert ran.err.startswith("DATELINE_TOP_K='many' cannot be used")
    assert len(ran.err.splitlines()) == 1


# Samples


@pytest.mark.usefixtures("few_samples")
def test_the_samples_answer_while_there_is_nothing_else(cli: Cli, home: Path, encoder: FakeEncoder) -> None:
    first = cli("sources", "--json")
    assert [line for line in first.err.splitlines() if "Answering from the sample articles" in line]
    assert {article["collection"] for article in first.json} == {"sample"}
    assert {article["id"] for article in first.json} == {path.stem for path in sample_files()[:3]}
    assert not (home / "collections").exists()
    encoder.encoded.clear()
    again = cli("sources")
    assert again.err.splitlines() == [
        "Answering from the sample articles that come with Dateline, since you have not added any: dateline ingest PATH"
    ]
    assert encoder.encoded == []


@pytest.mark.usefixtures("few_samples")
def test_the_samples_are_never_mixed_with_a_persons_articles(cli: Cli, articles: Path) -> None:
    cli("sources")
    cli("ingest", str(articles))
    ran = cli("sources", "--json")
    assert ran.err == ""
    assert {article["collection"] for article in ran.json} == {"main"}
    assert len(ran.json) == 3
    assert {hit["collection"] for hit in cli("ask", "--json", "Macron talks").json["hits"]} <= {"main"}


@pytest.mark.usefixtures("few_samples")
def test_the_samples_come_back_when_everything_was_removed(cli: Cli, articles: Path) -> None:
    cli("ingest", str(articles / "harbour.md"))
    assert cli("remove", "harbour").code == 0
    assert {article["collection"] for article in cli("sources", "--json").json} == {"sample"}


@pytest.mark.usefixtures("few_samples")
def test_the_samples_can_be_asked_for_by_name(cli: Cli, articles: Path) -> None:
    cli("ingest", str(articles))
    ran = cli("sources", "--collection", "sample", "--json")
    assert {article["collection"] for article in ran.json} == {"sample"}
    assert "Answering from" not in ran.err


@pytest.mark.usefixtures("few_samples")
def test_two_first_commands_at_once_both_answer(cli: Cli, home: Path) -> None:
    folder = home / "samples" / "sample"
    folder.mkdir(parents=True)
    # Another process prepares them; it is done a little later.
    lock = FileLock(folder / "ingest.lock", thread_local=False)
    lock.acquire()
    threading.Timer(0.5, lock.release).start()
    ran = cli("sources", "--json")
    assert ran.code == 0
    assert len(ran.json) == 3
    assert len(ran.err.splitlines()) == 2


def test_samples_follow_what_is_shipped(
    cli: Cli, tmp_path: Path, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    for name, text in (("a", "Harbour news.\n\nIt closed."), ("b", "Bridge news.\n\nIt opened.")):
        (shipped / f"{name}.md").write_text(f"---\nid: {name}\n---\n\n{text}\n", encoding="utf-8")
    monkeypatch.setattr(wiring, "sample_files", lambda: sorted(shipped.glob("*.md")))
    assert {article["id"] for article in cli("sources", "--json").json} == {"a", "b"}
    encoder.encoded.clear()
    (shipped / "b.md").unlink()
    (shipped / "a.md").write_text("---\nid: a\n---\n\nHarbour news.\n\nIt reopened.\n", encoding="utf-8")
    listed = cli("sources", "--json").json
    assert [(article["id"], article["revision"]) for article in listed] == [("a", 2)]
    assert encoder.encoded
    assert not any("Bridge" in text or "Harbour" in text for text in encoder.encoded)


def test_the_samples_are_the_articles_and_not_the_questions() -> None:
    assert len(sample_files()) >= 24
    assert all(path.suffix == ".md" for path in sample_files())


# Ingest


def test_the_summary_counts_what_was_done(cli: Cli, articles: Path, encoder: FakeEncoder) -> None:
    first = cli("ingest", str(articles))
    assert first.code == 0
    assert first.out.startswith("3 new, 0 changed, 0 unchanged, 0 removed, 0 refused; ")
    assert f"; {len(encoder.encoded):,} texts encoded; " in first.out
    assert first.err == ""
    encoder.encoded.clear()
    second = cli("ingest", str(articles))
    assert second.out.startswith("0 new, 0 changed, 3 unchanged, 0 removed, 0 refused; 0 texts encoded; ")
    assert encoder.encoded == []


def test_what_is_refused_is_named_with_its_reason_and_the_rest_goes_on(cli: Cli, articles: Path) -> None:
    (articles / "latin.txt").write_bytes("Caf\xe9 closes\n\nIt closed.".encode("latin-1"))
    (articles / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    (articles / "gone.txt").symlink_to(articles / "nowhere.txt")
    ran = cli("ingest", str(articles))
    assert ran.code == 0
    assert ran.out.startswith("3 new, 0 changed, 0 unchanged, 0 removed, 3 refused; ")
    refused = sorted(ran.err.splitlines())
    assert [line.partition(": ")[0] for line in refused] == ["Refused"] * 3
    assert "gone.txt" in refused[0]
    assert "latin.txt: byte 3 (0xE9) is not valid UTF-8" in refused[1]
    assert "picture.txt" in refused[2]


@pytest.mark.parametrize("make", ["empty", "missing", "binary", "wrong suffix", "no paragraphs"])
def test_where_nothing_can_be_read_it_fails_with_the_next_step(cli: Cli, tmp_path: Path, make: str) -> None:
    target = tmp_path / "given"
    if make == "empty":
        target.mkdir()
    elif make == "binary":
        target = tmp_path / "given.txt"
        target.write_bytes(os.urandom(64) + b"\0")
    elif make == "wrong suffix":
        target = tmp_path / "given.docx"
        target.write_bytes(b"x")
    elif make == "no paragraphs":
        target = tmp_path / "given.md"
        target.write_text("---\ntitle: Nothing\n---\n\n \n", encoding="utf-8")
    ran = cli("ingest", str(target))
    assert ran.code == 1
    assert ran.out.startswith("0 new, 0 changed, 0 unchanged, 0 removed, ")
    lines = ran.err.splitlines()
    assert lines[-1] == "No article could be read; give a file or folder with .txt, .md, .html or .jsonl articles."
    assert str(target) in lines[0]
    assert len(lines) == 2


def test_prune_removes_what_is_no_longer_there(cli: Cli, articles: Path) -> None:
    cli("ingest", str(articles))
    (articles / "bridge.md").unlink()
    kept = cli("ingest", str(articles))
    assert kept.out.startswith("0 new, 0 changed, 2 unchanged, 0 removed")
    assert cli("source", "bridge").code == 0
    pruned = cli("ingest", str(articles), "--prune")
    assert pruned.out.startswith("0 new, 0 changed, 2 unchanged, 1 removed")
    gone = cli("source", "bridge")
    assert gone.code == 1
    assert "was removed on" in gone.err


def test_a_file_of_the_wrong_kind_does_not_fill_the_screen(cli: Cli, articles: Path) -> None:
    (articles / "rows.jsonl").write_text('{"question": "no article"}\n' * 100, encoding="utf-8")
    ran = cli("ingest", str(articles))
    assert ran.code == 0
    assert ran.out.startswith("3 new, 0 changed, 0 unchanged, 0 removed, 100 refused; ")
    assert len(ran.err.splitlines()) == 21
    assert ran.err.endswith("Refused: 80 more like these; see to them and run the command again.\n")


def test_a_date_that_does_not_parse_is_noted_and_left_out(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        json.dumps({"id": "a", "text": "The mill burned down.", "published_at": "the day after"}), encoding="utf-8"
    )
    ran = cli("ingest", str(tmp_path / "a.jsonl"))
    assert ran.code == 0
    assert "Note: a: The date 'the day after' was left out" in ran.err
    assert cli("source", "a", "--json").json["published_at"] is None


def test_a_duplicate_id_is_refused_and_the_first_kept(cli: Cli, tmp_path: Path) -> None:
    rows = [{"id": "a", "text": "The mill burned down."}, {"id": "a", "text": "The mill is fine."}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    ran = cli("ingest", str(tmp_path / "a.jsonl"))
    assert ran.code == 0
    assert ran.out.startswith("1 new, 0 changed, 0 unchanged, 0 removed, 1 refused")
    assert "the id 'a' is taken" in ran.err
    assert cli("source", "a", "--json").json["body"] == "The mill burned down."


def test_ctrl_c_keeps_what_was_stored(
    cli: Cli, articles: Path, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli("ingest", str(articles / "harbour.md"))

    def interrupted(texts: list[str]) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(encoder, "encode_passages", interrupted)
        ran = cli("ingest", str(articles))
    assert ran.code == 130
    assert ran.err == "Interrupted; what was stored so far stays, and the same command goes on with the rest.\n"
    assert [article["id"] for article in cli("sources", "--json").json] == ["harbour"]
    assert cli("ingest", str(articles)).out.startswith("2 new, 0 changed, 1 unchanged")


# Asking


@pytest.fixture
def asked(cli: Cli, articles: Path) -> Cli:
    """The command line after three articles were ingested."""
    assert cli("ingest", str(articles)).code == 0
    return cli


def test_with_json_nothing_but_one_object_is_printed(asked: Cli) -> None:
    ran = asked("ask", "--json", "What did Ada Brook say about paying for another winter?")
    assert len(ran.out.splitlines()) == 1
    answer = ran.json
    assert ran.code == {"answered": 0, "no_evidence": 3}[answer["outcome"]]
    assert answer["hits"]
    assert answer["question"] == "What did Ada Brook say about paying for another winter?"


def test_every_quote_is_what_the_source_prints(asked: Cli) -> None:
    answer = asked("ask", "--json", "What did Mayor Ada Brook say about paying for another winter?").json
    assert answer["outcome"] == "answered"
    for citation in answer["citations"]:
        body = asked("source", citation["article_id"], "--json").json["body"]
        assert body[citation["start"] : citation["end"]] == citation["quote"]
        assert f"[{citation['number']}]" in answer["text"]


def test_words_of_a_question_need_no_quote_marks(asked: Cli) -> None:
    together = asked("ask", "--json", "who opened the bridge").json
    apart = asked("ask", "who", "opened", "the", "bridge", "--json").json
    assert apart["question"] == together["question"] == "who opened the bridge"


@pytest.mark.parametrize("question", ["", "   ", "?!…", "\u200b", "x" * 10_000])
def test_a_question_that_cannot_be_asked_is_answered_with_the_next_step(asked: Cli, question: str) -> None:
    ran = asked("ask", "--json", question)
    assert ran.code == 3
    assert (ran.json["outcome"], ran.json["reason"]) == ("no_evidence", "bad_question")
    plain = asked("ask", question)
    assert plain.code == 3
    assert plain.out.rstrip("\n") == ran.json["text"]
    assert plain.err == ""


@pytest.mark.parametrize(
    "question",
    [
        '"', "harbour*", "NEAR(harbour bridge)", "headline:harbour", "harbour AND", "NOT harbour", "(harbour",
        "-harbour", "harbour; DROP TABLE articles", "^harbour", "{harbour}", "'harbour", "harbour\x00bridge",
        "\ud83d\ude00 harbour", "\x1b[31mharbour", "harbour \u202e", "null", "-", "--",
    ],
)  # fmt: skip
def test_no_question_breaks_the_search(asked: Cli, question: str) -> None:
    from bot.commands import ask as ask_command

    with contextlib.redirect_stdout(io.StringIO()) as out:
        code = ask_command(f" {question}", None, None, None, None, None, None, None, json=True, explain=False)
    answer = json.loads(out.getvalue())
    assert code in (0, 3)
    assert answer["outcome"] in ("answered", "no_evidence")
    assert answer["reason"] != "error"


def test_filters(asked: Cli) -> None:
    hits = asked("ask", "--json", "the town", "--outlet", "test herald").json["hits"]
    assert {hit["article_id"] for hit in hits} == {"bridge"}
    hits = asked("ask", "--json", "the town", "--article", "orchard").json["hits"]
    assert {hit["article_id"] for hit in hits} == {"orchard"}
    dated = asked("ask", "--json", "the town", "--since", "2023-06-01", "--until", "2023-06-30").json
    assert {hit["article_id"] for hit in dated["hits"]} == {"bridge"}
    assert dated["notes"] == ["1 article without a date was left out."]
    assert len(asked("ask", "--json", "the town", "--top-k", "2").json["hits"]) == 2
    assert asked("ask", "--json", "the town", "--outlet", "Nobody").json["reason"] == "filtered_out"


def test_explain_says_why(asked: Cli) -> None:
    ran = asked("ask", "harbour in winter", "--explain")
    assert "Found:" in ran.out
    assert "score " in ran.out
    assert "best sentence " in ran.out


def feed(monkeypatch: pytest.MonkeyPatch, lines: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines)))


def test_one_object_a_line(asked: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, "the harbour\n\nwho said\u2028 what\r\n\xff bridge\x85\nlast".encode() + b" \xff\xfe")
    ran = asked("ask", "--json", "-")
    assert ran.code == 0
    assert [answer["question"] for answer in ran.objects] == [
        "the harbour", "", "who said\u2028 what", "\xff bridge\x85", "last \ufffd\ufffd",
    ]  # fmt: skip
    assert ran.objects[1]["reason"] == "bad_question"
    assert len(ran.out.splitlines()) == 5


def test_a_question_that_fails_gives_an_object_and_the_rest_go_on(asked: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Asker.ask

    def failing(self: Asker, text: str, options: object = None) -> object:
        if "fail" in text:
            raise sqlite3.OperationalError("disk I/O error")
        return real(self, text, options)  # type: ignore[arg-type]

    monkeypatch.setattr(Asker, "ask", failing)
    feed(monkeypatch, b"harbour\nplease fail\nbridge\n")
    ran = asked("ask", "--json", "-")
    assert ran.code == 0
    assert [answer["outcome"] == "error" for answer in ran.objects] == [False, True, False]
    assert "disk I/O error" in ran.objects[1]["text"]
    assert ran.err == ran.objects[1]["text"] + "\n"
    single = asked("ask", "--json", "please fail")
    assert single.code == 1
    assert single.json["outcome"] == "error"


def test_questions_are_also_read_without_json(asked: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    feed(monkeypatch, b"?\n!\n")
    ran = asked("ask", "-")
    assert ran.code == 0
    assert ran.out.count("The question holds no word") == 2


# Looking up


def test_sources(asked: Cli) -> None:
    ran = asked("sources")
    assert ran.out.splitlines() == [
        "bridge · 11 Jun 2023 · Test Herald · Bridge opens · 2 ¶",
        "harbour · 2 May 2023 · Test Courier · Harbour to close · 3 ¶",
        "orchard · 2 ¶",
    ]
    assert [article["id"] for article in asked("sources", "HARB", "--json").json] == ["harbour"]
    assert [article["id"] for article in asked("sources", "--outlet", "Test Herald", "--json").json] == ["bridge"]
    assert [article["id"] for article in asked("sources", "--until", "2023-05-31", "--json").json] == ["harbour"]
    nothing = asked("sources", "zeppelin")
    assert (nothing.code, nothing.out) == (0, "")
    assert asked("sources", "zeppelin", "--json").json == []


def test_a_source_shows_paragraphs_and_where_its_facts_come_from(asked: Cli) -> None:
    ran = asked("source", "harbour")
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0] == "Harbour to close"
    assert "outlet: Test Courier (front matter)" in lines
    assert "¶ 1" in lines
    assert "  “We cannot pay for another winter,” Mayor Ada Brook said." in lines
    assert asked("source", "orchard").out.startswith("orchard\nid: orchard\nrevision: 1 (from ")


def test_a_source_as_json_is_what_offsets_refer_to(asked: Cli) -> None:
    article = asked("source", "harbour", "--json").json
    assert article.keys() >= {
        "id", "revision", "title", "outlet", "author", "url", "published_at", "dateline", "category", "provenance",
        "body", "raw", "edits", "passages",
    }  # fmt: skip
    assert article["provenance"]["outlet"] == "front matter"
    for passage in article["passages"]:
        assert article["body"][passage["start"] : passage["end"]] == passage["text"]


def test_an_older_revision_can_be_shown(asked: Cli, articles: Path) -> None:
    text = (articles / "harbour.md").read_text(encoding="utf-8")
    (articles / "harbour.md").write_text(text.replace("in June", "in July"), encoding="utf-8")
    assert asked("ingest", str(articles)).out.startswith("0 new, 1 changed, 2 unchanged")
    assert "in July" in asked("source", "harbour").out
    old = asked("source", "harbour", "--revision", "1", "--json").json
    assert (old["revision"], "in June" in old["body"], bool(old["passages"])) == (1, True, True)
    missing = asked("source", "harbour", "--revision", "9")
    assert missing.code == 1
    assert missing.err == "The article 'harbour' has revisions 1 to 2, not 9.\n"


def test_a_source_that_is_not_there(asked: Cli) -> None:
    ran = asked("source", "nowhere", "--json")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "There is no article 'nowhere'; list them with: dateline sources\n"


def test_quotes(asked: Cli) -> None:
    ran = asked("quotes", "brook", "--json")
    assert ran.code == 0
    (quote,) = ran.json["quotes"]
    assert quote["article_id"] == "harbour"
    assert quote["quote"] == "We cannot pay for another winter"
    assert "Brook" in quote["speaker"]
    body = asked("source", "harbour", "--json").json["body"]
    assert body[quote["start"] : quote["end"]] == quote["quote"]
    assert "  ¶ 2  “We cannot pay for another winter”" in asked("quotes", "Ada Brook").out
    assert asked("quotes", "brook", "--outlet", "Test Herald").code == 3


def test_quotes_of_nobody(asked: Cli) -> None:
    ran = asked("quotes", "Zanzibar")
    assert ran.code == 3
    assert ran.out.startswith("The articles report no words of Zanzibar; ")
    assert "did you mean" in asked("quotes", "Broook").out
    assert asked("quotes", "Zanzibar", "--json").json["quotes"] == []
    assert asked("quotes", "Zanzibar", "--about", "winter").code == 3


def test_without_a_name_everyone_on_record_is_listed(asked: Cli) -> None:
    listed = asked("quotes", "--json").json
    assert any("Brook" in row["speaker"] and row["statements"] == 1 for row in listed)


def test_remove(asked: Cli) -> None:
    ran = asked("remove", "bridge", "nowhere", "bridge")
    assert ran.code == 1
    assert ran.out == "removed bridge\n"
    assert ran.err == "There is no article 'nowhere'; list them with: dateline sources\n"
    hits = asked("ask", "--json", "A bridge over the Tarn opened on Sunday").json["hits"]
    assert "bridge" not in {hit["article_id"] for hit in hits}


def test_several_collections_are_searched_and_named(asked: Cli, tmp_path: Path) -> None:
    (tmp_path / "mill.txt").write_text("The mill burned down\n\nNobody was hurt at the mill.\n", encoding="utf-8")
    asked("ingest", str(tmp_path / "mill.txt"), "--collection", "clippings")
    both = ("--collection", "main", "--collection", "clippings")
    hits = asked("ask", "--json", "the mill and the harbour", *both).json["hits"]
    assert {hit["collection"] for hit in hits} == {"main", "clippings"}
    assert {hit["collection"] for hit in asked("ask", "--json", "the mill and the harbour").json["hits"]} == {"main"}
    assert asked("source", "mill", *both, "--json").json["collection"] == "clippings"
    assert asked("source", "mill").code == 1
    assert "mill · clippings · " in asked("sources", *both).out


def test_a_collection_that_is_not_there(asked: Cli) -> None:
    ran = asked("ask", "x", "--collection", "nope")
    assert ran.code == 1
    assert ran.err == ("There is no collection 'nope'; create it with: dateline ingest PATH --collection nope\n")


# Another model


def test_another_model_is_encoded_for_before_it_answers(
    asked: Cli, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = FakeEncoder("other@2", 32)
    monkeypatch.setattr(wiring, "make_encoder", lambda settings: other)
    ran = asked("ask", "--json", "harbour")
    assert ran.err.splitlines() == ["Encoding the collection 'main' for the model all-MiniLM-L6-v2, once."]
    assert other.encoded
    assert ran.json["hits"][0]["ranks"]["dense"] >= 1
    other.encoded.clear()
    assert asked("ask", "--json", "harbour").err == ""
    assert other.encoded == []


# Keeping


def test_backup_is_a_whole_database(asked: Cli, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    assert asked("backup", str(target)).code == 0
    with contextlib.closing(sqlite3.connect(target)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copy.execute("SELECT count(*) FROM revisions").fetchone() == (3,)
    assert list(tmp_path.glob("copy.db*")) == [target]
    again = asked("backup", str(target))
    assert again.code == 1
    assert again.err == f"{target} exists already; name a file that does not.\n"
    nowhere = asked("backup", str(tmp_path / "no" / "copy.db"))
    assert nowhere.code == 1
    assert "cannot be written" in nowhere.err


def test_doctor_finds_everything_well(asked: Cli) -> None:
    ran = asked("doctor")
    assert ran.code == 0, ran.out
    assert all(line.startswith("ok") for line in ran.out.splitlines())
    assert "main: 3 articles, 7 passages, 2023-05-02 to 2023-06-11; the database is whole." in ran.out


def test_doctor_finds_a_damaged_index_and_ingest_mends_it(asked: Cli, home: Path, articles: Path) -> None:
    (index,) = (home / "collections" / "main").glob("*.faiss")
    data = bytearray(index.read_bytes())
    data[len(data) // 2] ^= 1
    index.write_bytes(data)
    ran = asked("doctor")
    assert ran.code == 1
    assert "is damaged" in ran.out
    assert asked("ingest", str(articles)).code == 0
    assert asked("doctor").code == 0


def test_doctor_finds_a_damaged_database(asked: Cli, home: Path) -> None:
    database = home / "collections" / "main" / "articles.db"
    data = bytearray(database.read_bytes())
    data[4096 * 3 : 4096 * 6] = os.urandom(4096 * 3)
    database.write_bytes(data)
    ran = asked("doctor")
    assert ran.code == 1
    assert any(line.startswith("FAIL") and "main" in line for line in ran.out.splitlines())
    assert ran.err == ""


# Failures


def test_a_home_that_cannot_be_written(
    cli: Cli, tmp_path: Path, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "file" / "home"))
    for arguments in (("ask", "x"), ("ingest", str(articles)), ("sources",), ("repl",)):
        ran = cli(*arguments)
        assert (ran.code, ran.out) == (1, "")
        assert len(ran.err.splitlines()) == 1
        assert ran.err.endswith("set DATELINE_HOME to a folder that can be written.\n")
    doctor = cli("doctor")
    assert doctor.code == 1
    assert "FAIL  The data folder" in doctor.out


def test_a_database_of_a_newer_version(asked: Cli, home: Path, articles: Path) -> None:
    database = home / "collections" / "main" / "articles.db"
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA user_version = 999")
    before = database.read_bytes()
    for arguments in (("ask", "harbour"), ("ingest", str(articles)), ("sources",), ("remove", "bridge")):
        ran = asked(*arguments)
        assert (ran.code, ran.out) == (1, "")
        assert "upgrade with: pip install --upgrade dateline" in ran.err
        assert len(ran.err.splitlines()) == 1
    assert database.read_bytes() == before


def test_a_file_that_is_no_database(cli: Cli, home: Path) -> None:
    folder = home / "collections" / "main"
    folder.mkdir(parents=True)
    (folder / "articles.db").write_text("this is no database, however long it may be" * 100, encoding="utf-8")
    ran = cli("ask", "x")
    assert (ran.code, ran.out) == (1, "")
    assert len(ran.err.splitlines()) == 1
    assert "damaged or no database" in ran.err


def test_what_nobody_foresaw_is_one_sentence_and_its_details_go_to_a_log(
    asked: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: object, *arguments: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("bot.lookups.sources", broken)
    ran = asked("sources")
    assert ran.code == 1
    assert ran.err == (
        "Something went wrong inside Dateline (ZeroDivisionError); "
        "for the details run: dateline --debug and the same command.\n"
    )
    level = logging.getLogger().level
    debugged = asked("--debug", "sources")
    logging.getLogger().setLevel(level)
    assert debugged.code == 1
    assert "Traceback" not in debugged.err
    assert debugged.err.splitlines()[-1] == f"The details are in {home / 'debug.log'}."
    log = (home / "debug.log").read_text(encoding="utf-8")
    assert "Traceback" in log
    assert "secret detail" in log


def test_output_is_utf_8_whatever_the_locale(asked: Cli, home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "source", "harbour"],
        capture_output=True,
        cwd=home.parent,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "DATELINE_HOME": str(home), "LC_ALL": "C",
             "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"},
        check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert "“We cannot pay for another winter,”" in done.stdout.decode("utf-8")


def test_a_reader_that_leaves_early_is_no_error(asked: Cli, home: Path) -> None:
    done = subprocess.run(
        ["bash", "-c", f'"{sys.executable}" -m bot source harbour | true'],
        capture_output=True,
        cwd=home.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.stderr == b""
