"""The REPL, as a pipe and in a terminal, without a model."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.completion import Known, ReplCompleter
from bot.repl import Repl
from bot.settings import load_settings
from bot.wiring import Wiring
from retrieval.asking import Asker
from tests.conftest import Ran
from tests.fakes import FakeEncoder

Cli = Callable[..., Ran]

KNOWN = Known(("harbour", "2022/bridge"), ("Test Courier", "Herald"), ("Ada Brook", "Ivo Lund", "Brookfield"))


@pytest.fixture
def piped(cli: Cli, articles: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Ran]:
    """The REPL with lines from a pipe, over three articles."""
    assert cli("ingest", str(articles)).code == 0

    def run(lines: str) -> Ran:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
        return cli("repl")

    return run


@pytest.fixture
def wired(cli: Cli, articles: Path) -> Iterator[Wiring]:
    assert cli("ingest", str(articles)).code == 0
    with Wiring(load_settings(), print) as wiring:
        yield wiring


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Iterator[PipeInput]:
    """A terminal whose keys the test presses."""
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        yield pipe


# Piped


def test_plain_text_is_a_question_and_the_end_of_the_input_ends_it(piped: Callable[[str], Ran]) -> None:
    ran = piped("What did Mayor Ada Brook say about paying for another winter?\n\nwho won the zeppelin race?")
    assert ran.code == 0
    assert "“We cannot pay for another winter" in ran.out
    assert "[1] Harbour to close, Test Courier, 2 May 2023, ¶ 2" in ran.out
    assert "Nearest passages (not an answer):" in ran.out
    assert "> " not in ran.out
    assert ran.err == ""


def test_look_ups(piped: Callable[[str], Ran], cli: Cli) -> None:
    ran = piped("/source harbour\n/sources bridge\n/quotes brook\n/quotes\n")
    assert ran.code == 0
    expected = [cli("source", "harbour"), cli("sources", "bridge"), cli("quotes", "brook"), cli("quotes")]
    assert ran.out == "".join(one.out for one in expected)


def test_quotes_about_something(piped: Callable[[str], Ran]) -> None:
    out = piped("/quotes Ada Brook about another winter\n").out
    assert "¶ 2  “We cannot pay for another winter" in out


def test_explain_and_json_of_the_last_answer_and_of_every_one(piped: Callable[[str], Ran]) -> None:
    assert "Found:" in piped("harbour\n/explain\n").out
    assert piped("/explain on\nharbour\n").out.count("Found:") == 1
    assert piped("/explain on\n/explain off\nharbour\n").out.count("Found:") == 0
    last = piped("harbour\n/json\n").out.splitlines()[-1]
    assert json.loads(last)["question"] == "harbour"
    lines = piped("/json on\nharbour\nbridge\n").out.splitlines()
    assert [json.loads(line)["question"] for line in lines[1:]] == ["harbour", "bridge"]


def test_filters_are_set_shown_used_and_cleared(piped: Callable[[str], Ran]) -> None:
    ran = piped(
        "/filter\n/filter outlet Test Herald\n/filter since 2023-06-01\n/json on\nthe town\n/json off\n"
        "/filter outlet\n/filter clear\n"
    )
    lines = ran.out.splitlines()
    assert lines[:3] == [
        "Filters: none", "Filters: outlet Test Herald", "Filters: outlet Test Herald, since 2023-06-01",
    ]  # fmt: skip
    assert {hit["article_id"] for hit in json.loads(lines[4])["hits"]} == {"bridge"}
    assert lines[-2:] == ["Filters: since 2023-06-01", "Filters: none"]


def test_filters_hold_for_look_ups_too(piped: Callable[[str], Ran]) -> None:
    assert piped("/filter outlet Test Herald\n/sources\n").out.splitlines()[1:] == [
        "bridge · 11 Jun 2023 · Test Herald · Bridge opens · 2 ¶"
    ]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("/sorces", "There is no command /sorces; did you mean /sources?"),
        ("/zzzzzz", "There is no command /zzzzzz; /help lists what there is."),
        ("/source", "/source needs an id; list them with /sources"),
        ("/source nowhere", "There is no article 'nowhere'; list them with: dateline sources"),
        ("/source harbour 7", "The article 'harbour' has revisions 1 to 1, not 7."),
        ("/explain", "There is no answer to explain yet; ask something first."),
        ("/json", "There is no answer to show yet; ask something first."),
        ("/json maybe", "/json takes on or off, or nothing for the last answer."),
        ("/filter colour red", "/filter knows speaker, outlet, since, until and clear, not colour."),
        ("/filter since yesterday", "since is 'yesterday'; give a date as YYYY-MM-DD, for example 2022-02-08."),
        ("/sources zeppelin", "No article matches; /sources lists all, /filter clear drops the filters."),
    ],
)
def test_what_goes_wrong_is_one_sentence_and_the_session_goes_on(
    piped: Callable[[str], Ran], line: str, sentence: str
) -> None:
    ran = piped(f"{line}\n/sources harbour\n")
    assert ran.code == 0
    assert ran.err == f"{sentence}\n"
    assert ran.out.startswith("harbour · ")


def test_quit_ends_it(piped: Callable[[str], Ran]) -> None:
    ran = piped("/quit\n/sources\n")
    assert (ran.code, ran.out) == (0, "")


def test_help_names_every_command(piped: Callable[[str], Ran]) -> None:
    out = piped("/help\n").out
    for command in ("/source", "/sources", "/quotes", "/explain", "/json", "/filter", "/help", "/quit"):
        assert f"  {command} " in out


def test_a_pronoun_without_context_gets_a_question_back(piped: Callable[[str], Ran]) -> None:
    assert "Whom do you mean by “he”?" in piped("What did he say?\n").out


def test_a_persons_own_articles_take_over_from_the_samples(
    cli: Cli, articles: Path, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bot.wiring.sample_files", lambda: [articles / "orchard.txt"])
    with Wiring(load_settings(), print) as wiring:
        session = Repl(wiring, ())
        session._carry_out("/sources")
        assert "orchard" in capsys.readouterr().out
        with Wiring(load_settings(), print) as other:
            other.ingest("main", [str(articles / "harbour.md")], prune=False)
        session._carry_out("/json on")
        session._carry_out("the harbour of Port Ellery")
        answer = json.loads(capsys.readouterr().out.splitlines()[-1])
        assert {hit["collection"] for hit in answer["hits"]} == {"main"}


# In a terminal


def test_keys_history_and_the_way_out(wired: Wiring, typing: PipeInput, capsys: pytest.CaptureFixture[str]) -> None:
    typing.send_text("/sources harbour\r")
    typing.send_text("half a quest\x03")  # Ctrl-C clears the line
    typing.send_text("/sources bridge\r")
    typing.send_text("\x04")  # Ctrl-D leaves
    assert Repl(wired, ()).run() == 0
    out = capsys.readouterr().out
    assert "harbour · 2 May 2023" in out
    assert "bridge · 11 Jun 2023" in out
    assert "half a quest" not in out
    history = wired.settings.home / "history"
    assert history.stat().st_mode & 0o777 == 0o600
    typing.send_text("\x1b[A\x1b[A\r\x04")  # up, up: the line before last of the session before
    assert Repl(wired, ()).run() == 0
    assert "harbour · 2 May 2023" in capsys.readouterr().out


def test_the_prompt_names_collection_and_count(wired: Wiring, capsys: pytest.CaptureFixture[str]) -> None:
    session = Repl(wired, ())
    assert session._prompt() == "main (3 articles)> "
    session._carry_out("/filter speaker Brook")
    assert session._prompt() == "main (3 articles, filtered)> "
    wired.remove("main", ["bridge", "orchard"])
    assert session._prompt() == "main (1 article, filtered)> "


def test_ctrl_c_cancels_a_running_question(
    wired: Wiring, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(self: object, *arguments: object) -> None:
        raise KeyboardInterrupt

    session = Repl(wired, ())
    with monkeypatch.context() as patch:
        patch.setattr(Asker, "ask", interrupted)
        session._carry_out("harbour")
    assert capsys.readouterr().err == "Cancelled.\n"
    session._carry_out("the harbour of Port Ellery")
    assert "Port Ellery" in capsys.readouterr().out


# Completion


def offers(text: str, *, tab: bool = False, known: Known = KNOWN) -> list[str]:
    completer = ReplCompleter(
        ["/source", "/sources", "/quotes", "/filter"], ["speaker", "outlet", "clear"], lambda: known
    )
    event = CompleteEvent(completion_requested=tab, text_inserted=not tab)
    found = completer.get_completions(Document(text), event)
    return [text[: len(text) + one.start_position] + one.text for one in found]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("/", ["/source", "/sources", "/quotes", "/filter"]),
        ("/so", ["/source", "/sources"]),
        ("/source h", ["/source harbour"]),
        ("/source b", ["/source 2022/bridge"]),
        ("/quotes b", ["/quotes Brookfield", "/quotes Ada Brook"]),
        ("/quotes ada b", ["/quotes Ada Brook"]),
        ("/filter s", ["/filter speaker"]),
        ("/filter outlet t", ["/filter outlet Test Courier"]),
        ("/filter speaker i", ["/filter speaker Ivo Lund"]),
        ("/filter since 2", []),
        ("what did A", ["what did Ada Brook"]),
        ("what did ", []),
        ("what did a", []),
    ],
)
def test_completion(typed: str, expected: Sequence[str]) -> None:
    assert offers(typed) == expected


def test_the_tabulator_completes_names_in_small_letters() -> None:
    assert offers("what did iv", tab=True) == ["what did Ivo Lund"]


def test_offers_are_few_and_harmless() -> None:
    many = Known([f"a{n}" for n in range(1000)], (), ("\x1b[2JEve",))
    assert len(offers("/source a", known=many)) == 50
    completer = ReplCompleter([], [], lambda: many)
    (one,) = completer.get_completions(Document("/quotes \x1b"), CompleteEvent())
    assert "\x1b" not in one.display_text
