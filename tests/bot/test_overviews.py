"""``dateline figures``, ``timeline`` and ``compare``, in this process and without a model."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from bot.completion import Known, ReplCompleter
from tests.conftest import Ran

Cli = Callable[..., Ran]

COMMANDS = ("figures", "timeline", "compare")
TOWN = "the harbour of Port Ellery"
DECIDED = "The harbour of Port Ellery will close in June, the town council decided on Monday."
VISITORS = "how many visitors came to the orchard festival in Vell?"


@pytest.fixture
def filled(cli: Cli, articles: Path) -> Cli:
    assert cli("ingest", str(articles)).code == 0
    return cli


@pytest.fixture
def piped(filled: Cli, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Ran]:
    """The REPL with lines from a pipe."""

    def run(lines: str) -> Ran:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
        return filled("repl")

    return run


def listing(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# Timelines


def test_a_timeline_resolves_days_and_numbers_its_sources_as_they_come(filled: Cli) -> None:
    ran = filled("timeline", TOWN)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[:2] == ["1 May 2023", f"  “{DECIDED}” [1] (derived from “on Monday”)"]
    assert "Jun 2023" in lines
    assert "[1] Harbour to close, Test Courier, 2 May 2023, ¶ 1" in lines


def test_a_timeline_as_json(filled: Cli) -> None:
    found = filled("timeline", TOWN, "--json").json
    assert set(found) == {"question", "reason", "text", "events", "undated", "notes"}
    first = found["events"][0]
    assert (first["first"], first["last"], first["number"]) == ("2023-05-01", "2023-05-01", 1)
    assert first["moment"]["printed"] == "on Monday"
    assert first["moment"]["resolved_from"] == "2023-05-02"
    body = filled("source", first["article_id"], "--json").json["body"]
    assert body[first["start"] : first["end"]] == first["quote"] == DECIDED
    days = [event["first"] for event in found["events"]]
    assert days == sorted(days)


def test_words_need_no_quotes_of_a_shell(filled: Cli) -> None:
    assert filled("timeline", *TOWN.split()).out == filled("timeline", TOWN).out


def test_what_bears_no_day_is_no_timeline_and_says_so(filled: Cli) -> None:
    filled("remove", "harbour", "bridge")
    ran = filled("timeline", "Rain ended the orchard festival early", "--json")
    assert ran.code == 3
    assert ran.json["events"] == []
    assert "cannot be put on a day" in ran.json["text"]


# Figures


def test_a_single_figure_is_shown_before_its_quote(filled: Cli) -> None:
    ran = filled("figures", VISITORS)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[:2] == ["  Some 3,000 visitors  [1]  according to police in orchard", ""]
    assert "Some 3,000 visitors came to the orchard festival" in lines[2]
    assert "Figures" not in lines


def test_figures_keep_the_question_as_it_was_typed(filled: Cli) -> None:
    ran = filled("figures", "visitors to the orchard festival", "--json")
    assert ran.code == 0
    assert ran.json["question"] == "visitors to the orchard festival"
    assert [one["low"] for one in ran.json["figures"]] == [3000.0]


def test_an_answer_without_a_figure_is_no_answer_to_this(filled: Cli) -> None:
    ran = filled("figures", "Fishermen protested outside the town hall")
    assert ran.code == 3
    assert len(ran.out.splitlines()) == 1
    assert "no figure was found" in ran.out
    assert filled("figures", "Fishermen protested outside the town hall", "--json").json["figures"] == []


# Comparisons


def test_each_outlet_has_its_own_words(filled: Cli, tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text(
        "---\nid: other\ntitle: No harbour\noutlet: Test Herald\npublished_at: 2023-05-03\n---\n\n"
        "The harbour of Port Ellery will close for good, the council said.\n",
        encoding="utf-8",
    )
    assert filled("ingest", str(tmp_path / "other.md")).code == 0
    ran = filled("compare", "will the harbour of Port Ellery close?")
    assert ran.code == 0
    courier, herald = ran.out.index("Test Courier\n"), ran.out.index("Test Herald\n")
    assert courier < ran.out.index(DECIDED)
    assert herald < ran.out.index("close for good")
    assert "    https://courier.example/harbour" in ran.out
    found = filled("compare", "will the harbour of Port Ellery close?", "--json").json
    assert set(found) == {"question", "together", "outlets", "silent"}
    assert {one["outlet"] for one in found["outlets"]} == {"Test Courier", "Test Herald"}
    for one in found["outlets"]:
        assert {citation["outlet"] for citation in one["answer"]["citations"]} == {one["outlet"]}


def test_an_outlet_is_found_in_any_case_and_shown_as_it_is_written(filled: Cli) -> None:
    ran = filled("compare", TOWN, "--outlet", "test courier", "--outlet", "TEST COURIER")
    assert ran.code == 0
    assert ran.out.splitlines().count("Test Courier") == 1
    assert "test courier" not in ran.out


def test_an_outlet_that_is_not_here_is_not_called_silent(filled: Cli) -> None:
    ran = filled("compare", TOWN, "--outlet", "Nowhere", "--outlet", "Test Courier", "--outlet", "Test Herald")
    assert ran.code == 0
    assert "No article is of the outlet 'Nowhere'" in ran.err
    assert "Nowhere" not in ran.out
    alone = filled("compare", TOWN, "--outlet", "Nowhere", "--json")
    assert alone.code == 3
    assert (alone.json["outlets"], alone.json["silent"]) == ([], [])
    assert alone.json["together"]["reason"] == "filtered_out"


def test_articles_that_name_no_outlet_answer_together(filled: Cli) -> None:
    filled("remove", "harbour", "bridge")
    ran = filled("compare", VISITORS)
    assert ran.code == 0
    assert ran.out.startswith("The articles that answer this name no outlet; all together:\n")
    assert "3,000 visitors" in ran.out


# What all of them share


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("question", ["", "   ", "?!", "-", "x" * 3_000])
def test_what_cannot_be_asked_is_one_sentence(filled: Cli, command: str, question: str) -> None:
    ran = filled(command, "--json", "--", question)
    assert ran.code == 3
    found = ran.json.get("together", ran.json)
    assert found["reason"] == "bad_question"
    plain = filled(command, "--", question)
    assert (plain.code, plain.out) == (3, f"{found['text']}\n")


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "options", [("--outlet", "Nowhere"), ("--since", "2030-01-01"), ("--until", "1990-01-01"), ("--speaker", "Nobody")]
)
def test_filters_that_admit_nothing_are_named(filled: Cli, command: str, options: tuple[str, str]) -> None:
    ran = filled(command, "harbour", *options)
    assert ran.code == 3
    assert ran.out.startswith("No article matches the speaker, outlets or dates that were set; loosen one of them.\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_filters_hold(filled: Cli, command: str) -> None:
    for options in (("--outlet", "test herald"), ("--since", "2023-06-01")):
        out = filled(command, "the town", "--json", *options).out
        assert "harbour" not in out
        assert "orchard" not in out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("timeline", "x", "--plot", "nowhere/x.png"), "name a file in a folder that is there."),
        (("figures", "x", "--plot", "x.gif"), "end it in .png or .svg."),
        (("figures", "x", "--plot", "png"), "end it in .png or .svg."),
        (("timeline", "x", "--plot", ""), "end it in .png or .svg."),
        (("timeline", "x", "--since", "yesterday"), "--since is 'yesterday'; give a date"),
        (("figures", "x", "--since", "2023-02-02", "--until", "2023-01-01"), "swap them"),
        (("compare", "x", "--speaker", " "), "The speaker is empty"),
        (("compare", "x", "--plot", "x.png"), "No such option: --plot"),
        (("timeline", "x", "--collection", "../etc"), "cannot name a collection"),
        (("timeline",), "Missing argument"),
    ],
)
def test_what_is_typed_wrong_is_one_sentence_and_exit_code_2(
    cli: Cli, arguments: tuple[str, ...], sentence: str
) -> None:
    ran = cli(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert sentence in ran.err
    assert len(ran.err.splitlines()) == 1


# Pictures


@pytest.mark.parametrize(("name", "begins"), [("a.png", b"\x89PNG"), ("b.svg", b"<?xml"), ("C.PNG", b"\x89PNG")])
def test_a_picture_lies_beside_what_is_printed(filled: Cli, tmp_path: Path, name: str, begins: bytes) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for command, question in (("timeline", TOWN), ("figures", VISITORS)):
        ran = filled(command, question, "--plot", str(folder / name))
        assert (ran.code, ran.err) == (0, f"Written: {folder / name}\n")
        assert ran.out == filled(command, question).out
        assert (folder / name).read_bytes().startswith(begins)
        assert listing(folder) == [name]


def test_where_there_is_nothing_to_draw_no_file_appears_and_none_is_touched(filled: Cli, tmp_path: Path) -> None:
    old = tmp_path / "old.png"
    old.write_bytes(b"an older picture")
    for command, question in (("timeline", "?!"), ("figures", "Fishermen protested outside the town hall")):
        ran = filled(command, question, "--plot", str(old))
        assert (ran.code, ran.err) == (3, f"There is nothing to draw; {old} was not written.\n")
        assert old.read_bytes() == b"an older picture"


def test_half_a_picture_never_replaces_a_whole_one(
    filled: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "old.png").write_bytes(b"an older picture")

    def full(self: Path, data: bytes) -> int:
        with self.open("wb") as file:
            file.write(data[: len(data) // 2])
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "write_bytes", full)
    ran = filled("timeline", TOWN, "--plot", str(folder / "old.png"))
    assert ran.code == 1
    assert "No space left on device" in ran.err
    assert listing(folder) == ["old.png"]
    assert (folder / "old.png").read_bytes() == b"an older picture"


def test_a_folder_that_nobody_may_write_into_is_told_before_the_work(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != tmp_path)
    ran = cli("timeline", "x", "--plot", str(tmp_path / "x.png"))
    assert ran.code == 2
    assert "you may not write into" in ran.err


# In the REPL


def test_in_the_repl_they_print_what_the_commands_print(piped: Callable[[str], Ran], filled: Cli) -> None:
    ran = piped(f"/timeline {TOWN}\n/figures {VISITORS}\n/compare {TOWN}\n")
    assert (ran.code, ran.err) == (0, "")
    expected = [filled("timeline", TOWN), filled("figures", VISITORS), filled("compare", TOWN)]
    assert ran.out == "".join(f"{one.out}\n" for one in expected)


def test_without_a_question_they_take_the_last_one(piped: Callable[[str], Ran], filled: Cli) -> None:
    ran = piped(f"{TOWN}\n/json on\n/timeline\n/figures\n/compare\n")
    lines = [json.loads(line) for line in ran.out.splitlines() if line.startswith("{")]
    assert [line["question"] for line in lines] == [TOWN] * 3
    assert lines[0] == filled("timeline", TOWN, "--json").json
    assert "events" in lines[0]
    assert "figures" in lines[1]
    assert "silent" in lines[2]


@pytest.mark.parametrize("command", COMMANDS)
def test_without_any_question_they_ask_for_one(piped: Callable[[str], Ran], command: str) -> None:
    assert piped(f"/{command}\n").err == f"/{command} needs a question, or one asked before it.\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_filters_of_the_repl_hold(piped: Callable[[str], Ran], filled: Cli, command: str) -> None:
    ran = piped(f"/filter outlet Test Herald\n/{command} the town\n")
    assert ran.out.partition("\n")[2] == f"{filled(command, 'the town', '--outlet', 'Test Herald').out}\n"
    assert "Courier" not in ran.out


def test_help_names_them(piped: Callable[[str], Ran]) -> None:
    out = piped("/help\n").out
    assert all(f"  /{command} [QUESTION] " in out for command in COMMANDS)


def test_names_are_offered_in_their_questions() -> None:
    completer = ReplCompleter(
        [f"/{command}" for command in COMMANDS], [], lambda: Known(("harbour",), ("Test Courier",), ("Ada Brook",))
    )

    def offers(text: str) -> list[str]:
        found = completer.get_completions(Document(text), CompleteEvent(text_inserted=True))
        return [text[: len(text) + one.start_position] + one.text for one in found]

    assert offers("/ti") == ["/timeline"]
    assert offers("/timeline what did A") == ["/timeline what did Ada Brook"]
    assert offers("/compare Tes") == ["/compare Test Courier"]
    assert offers("/figures how many") == []
