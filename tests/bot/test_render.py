from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest

from bot import console
from bot.render.lines import Line, one_line, shortened, visible
from bot.render.terminal import answer_lines, day, explain_lines, quotes_lines, source_list_lines
from corpus.models import Passage, PassageKind, StatementKind
from corpus.store.articles import ArticleSummary
from retrieval.models import Answer, Citation, Hit, Outcome, Reason, Signals

ARTICLE = ArticleSummary(
    "a-1", 1, "Harbour to close", "Test Courier", None, "https://courier.example/1", "2022-02-08T07:00:00Z", 9
)
TEXT = "“We cannot pay,” Ada Brook said. She warned of higher fees."
PASSAGE = Passage(7, "a-1", 1, 3, 0, len(TEXT), TEXT, PassageKind.PARAGRAPH)
HIT = Hit(
    "main",
    PASSAGE,
    ARTICLE,
    1,
    1.5,
    Signals(lexical=0.4, passage=0.5, sentence=0.6, boosts=(("asked speaker", 0.2),)),
    {"lexical": 1, "dense": 2},
)
DIRECT = Citation(
    1, "main", ARTICLE, PASSAGE, 1, 14, "We cannot pay", "https://courier.example/1#:~:text=We", "Ada Brook",
    StatementKind.DIRECT,
)  # fmt: skip
REPORTED = replace(DIRECT, start=33, end=59, quote="She warned of higher fees.", kind=StatementKind.INDIRECT, link=None)
ANSWER = Answer(
    "what did Brook say?", Outcome.ANSWERED, 0.9, None,
    "Ada Brook: “We cannot pay” [1]\nReported of Ada Brook: “She warned of higher fees.” [1]",
    (DIRECT, REPORTED), (HIT,),
)  # fmt: skip


def plain(lines: list[Line]) -> list[str]:
    return [line.plain for line in lines]


def test_an_answer_sets_quotes_apart_and_lists_each_source_once() -> None:
    assert plain(answer_lines(ANSWER)) == [
        "  Ada Brook: “We cannot pay” [1]",
        "  Reported of Ada Brook: “She warned of higher fees.” [1]",
        "",
        "[1] Harbour to close, Test Courier, 8 Feb 2022, ¶ 3",
        "    https://courier.example/1#:~:text=We",
    ]


def test_the_speaker_is_bold_and_reported_words_are_marked() -> None:
    direct, reported, *_ = answer_lines(ANSWER)
    assert [(span.start, span.end) for span in direct.text.spans if span.style == "bold"] == [(0, 9)]
    assert [(span.start, span.end) for span in reported.text.spans if span.style == "italic"] == [(0, 11)]


def test_without_title_outlet_or_date_nothing_is_invented() -> None:
    bare = replace(DIRECT, article=ArticleSummary("a-1", 1, None, None, None, None, None, 9), link=None)
    lines = plain(answer_lines(replace(ANSWER, citations=(bare,))))
    assert "[1] a-1, ¶ 3" in lines


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        (PassageKind.HEADLINE, "headline"), (PassageKind.SUBHEAD, "subhead"), (PassageKind.CAPTION, "photo caption"),
        (PassageKind.CREDIT, "credit"), (PassageKind.TEASER, "teaser"),
    ],
)  # fmt: skip
def test_what_is_no_paragraph_is_called_what_it_is(kind: PassageKind, label: str) -> None:
    citation = replace(DIRECT, passage=replace(PASSAGE, kind=kind))
    lines = plain(answer_lines(replace(ANSWER, citations=(citation,))))
    assert f"[1] Harbour to close, Test Courier, 8 Feb 2022, ¶ 3 ({label})" in lines


def test_copies_are_named() -> None:
    other = replace(ARTICLE, id="b-1", outlet="Test Herald")
    unnamed = replace(ARTICLE, id="c-1", outlet=None, title=None)
    lines = plain(answer_lines(replace(ANSWER, citations=(replace(DIRECT, also=(other, unnamed)),))))
    assert "    also printed by Test Herald, c-1" in lines


def test_notes_follow_the_sources() -> None:
    assert plain(answer_lines(replace(ANSWER, notes=("1 article without a date was left out.",))))[-2:] == [
        "",
        "Note: 1 article without a date was left out.",
    ]


def test_a_decline_shows_at_most_three_near_misses_and_calls_them_so() -> None:
    hits = tuple(replace(HIT, rank=rank) for rank in range(1, 6))
    lines = plain(
        answer_lines(Answer("q", Outcome.NO_EVIDENCE, 0.1, Reason.NEAR_MISS, "The articles do not say.", (), hits))
    )
    assert lines[:3] == ["The articles do not say.", "", "Nearest passages (not an answer):"]
    assert lines.count("- Harbour to close, Test Courier, 8 Feb 2022, ¶ 3") == 3
    assert not any("[1]" in line for line in lines)


def test_a_decline_without_hits_is_its_sentence() -> None:
    answer = Answer("", Outcome.NO_EVIDENCE, 0.0, Reason.BAD_QUESTION, "The question is empty.")
    assert plain(answer_lines(answer)) == ["The question is empty."]


def test_a_near_miss_is_cut_between_words() -> None:
    assert shortened("one two three", 13) == "one two three"
    assert shortened("one two three four", 10) == "one two …"
    assert shortened("one two, three", 9) == "one two …"
    assert shortened("x" * 30, 10) == "x" * 10 + " …"


def test_explain_gives_each_hits_reasons() -> None:
    lines = plain(explain_lines([HIT]))
    assert HIT.explain() in "\n".join(lines)
    assert "asked speaker +0.20" in "\n".join(lines)
    assert plain(answer_lines(ANSWER, explain=True))[-len(lines) :] == lines


def test_quotes_are_grouped_by_article() -> None:
    elsewhere = replace(DIRECT, article=replace(ARTICLE, id="b-1", title="Other"))
    assert plain(quotes_lines(["Ada Brook"], [DIRECT, elsewhere, replace(REPORTED, relayed="Ivo Lund")])) == [
        "Ada Brook: 3 quotes in 2 articles",
        "",
        "Harbour to close, Test Courier, 8 Feb 2022",
        "  ¶ 3  “We cannot pay”",
        "  ¶ 3  Reported: “She warned of higher fees.” (relaying Ivo Lund)",
        "",
        "Other, Test Courier, 8 Feb 2022",
        "  ¶ 3  “We cannot pay”",
    ]


def test_collections_are_named_when_there_are_several() -> None:
    assert "[1] Harbour to close, Test Courier, 8 Feb 2022, ¶ 3, in main" in plain(answer_lines(ANSWER, several=True))
    assert plain(source_list_lines([("main", ARTICLE)], several=True)) == [
        "a-1 · main · 8 Feb 2022 · Test Courier · Harbour to close · 9 ¶"
    ]


@pytest.mark.parametrize(
    ("date", "shown"),
    [("2022-02-08", "8 Feb 2022"), ("2022-12-31T23:59:00Z", "31 Dec 2022"), ("soon", "soon"), (None, None), ("", None)],
)
def test_days(date: str | None, shown: str | None) -> None:
    assert day(date) == shown


HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202egnp.exe\u2028\ud800 [bold red]x[/] :smile:"


def test_nothing_in_a_text_acts_on_the_terminal() -> None:
    shown = visible(HOSTILE)
    assert not set(shown) & set("\x1b\x07\x9b\u202e\u2028\ud800")
    assert shown.startswith(r"\x1b]0;owned\x07")
    assert "[bold red]x[/] :smile:" in shown
    assert visible("“naïve” — Привет\nзвук") == "“naïve” — Привет\nзвук"
    assert "\n" not in one_line("a\nb\r\nc")


def test_hostile_articles_are_shown_harmless(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    article = ArticleSummary(HOSTILE, 1, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, 1)
    passage = replace(PASSAGE, text=HOSTILE)
    citation = replace(
        DIRECT, article=article, passage=passage, quote=HOSTILE, speaker=HOSTILE, link=HOSTILE, also=(article,)
    )
    hit = replace(HIT, article=article, passage=passage, also=((passage, article),))
    answer = Answer(
        HOSTILE, Outcome.ANSWERED, 0.9, None, f"{HOSTILE}: “{HOSTILE}” [1]", (citation,), (hit,), (HOSTILE,)
    )
    lines = [
        *answer_lines(answer, explain=True, several=True),
        *answer_lines(replace(answer, outcome=Outcome.NO_EVIDENCE, citations=())),
        *quotes_lines([HOSTILE], [citation]),
        *source_list_lines([("main", article)]),
    ]
    printed = "\n".join(line.plain for line in lines)
    assert not set(printed) & set("\x1b\x07\x9b\u202e\u2028\ud800\r")
    assert "[bold red]x[/] :smile:" in printed
    console.show(lines)
    assert "[bold red]x[/] :smile:" in capsys.readouterr().out


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def shown_in_terminal(lines: list[Line], monkeypatch: pytest.MonkeyPatch, **environment: str) -> str:
    screen = Terminal()
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"TERM": "xterm-256color", "COLUMNS": "40", "LINES": "30", **environment}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdout", screen)
    console.show(lines)
    return screen.getvalue()


def test_a_terminal_gets_style_and_wrapped_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    out = shown_in_terminal(answer_lines(ANSWER), monkeypatch)
    assert "\x1b[1mAda Brook\x1b[0m" in out
    assert "\x1b[1;36m[1] \x1b[0m\x1b[3mHarbour to close\x1b[0m, Test Courier, 8" in out
    assert re.sub(r"\x1b\[[\d;]*m", "", out).splitlines() == [
        "  Ada Brook: “We cannot pay” [1]",
        "  Reported of Ada Brook: “She warned of",
        "  higher fees.” [1]",
        "",
        "[1] Harbour to close, Test Courier, 8",
        "Feb 2022, ¶ 3",
        # A link stays whole, so that it can be copied.
        "    https://courier.example/1#:~:text=We",
    ]


def test_no_color_means_no_escape_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    out = shown_in_terminal(answer_lines(ANSWER), monkeypatch, NO_COLOR="1")
    assert "\x1b" not in out
    assert max(len(line) for line in out.splitlines()) <= 40


def test_elsewhere_lines_are_plain_and_whole(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    console.show(answer_lines(ANSWER))
    assert capsys.readouterr().out.splitlines() == plain(answer_lines(ANSWER))
