"""Figures, timelines and comparisons over the sample articles, with the real model, as a new person asks for them."""

from __future__ import annotations

import re
import struct
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Ran, dateline_in
from tests.journeys.conftest import FirstRun

TROOPS = "how many Russian troops are near Ukraine?"
SUBJECT = "Macron and Putin"
EXPANSION = "what did Putin say about NATO expansion?"


def run(first_run: FirstRun, *arguments: str, stdin: str = "") -> Ran:
    ran = dateline_in(first_run.home, *arguments, stdin=stdin)
    assert "Traceback" not in ran.err
    return ran


@pytest.fixture(scope="module")
def bodies() -> dict[str, str]:
    """The articles that were looked up so far."""
    return {}


def verified(first_run: FirstRun, citations: list[dict[str, Any]], bodies: dict[str, str]) -> None:
    """Each quote stands in its article, character for character."""
    for citation in citations:
        name = citation["article_id"]
        if name not in bodies:
            bodies[name] = run(first_run, "source", name, "--json").json["body"]
        assert bodies[name][citation["start"] : citation["end"]] == citation["quote"]


def test_figures_stand_side_by_side_and_in_their_quotes(first_run: FirstRun, bodies: dict[str, str]) -> None:
    ran = run(first_run, "figures", TROOPS, "--json")
    assert ran.code == 0
    found = ran.json
    values = {shown["low"] for shown in found["figures"]}
    assert {100_000.0, 110_000.0} <= values
    by_number: dict[int, list[str]] = {}
    for citation in found["citations"]:
        by_number.setdefault(citation["number"], []).append(citation["quote"])
    for shown in found["figures"]:
        assert shown["citations"]
        assert all(any(shown["printed"] in quote for quote in by_number[n]) for n in shown["citations"][:1])
    verified(first_run, found["citations"], bodies)
    printed = run(first_run, "figures", TROOPS)
    rows = [line for line in printed.out.split("\n\n")[0].splitlines() if "[" in line]
    assert [row.split("  [")[0].strip() for row in rows] == [shown["printed"] for shown in found["figures"]]
    assert found["text"].splitlines()[0] in printed.out


def test_a_timeline_is_in_order_and_each_day_is_told_by_its_quote(first_run: FirstRun, bodies: dict[str, str]) -> None:
    ran = run(first_run, "timeline", SUBJECT, "--json")
    assert ran.code == 0
    events = ran.json["events"]
    assert len(events) > 5
    days = [(event["first"], event["last"]) for event in events]
    assert days == sorted(days)
    assert all(first <= last for first, last in days)
    # The sources are numbered as they come.
    numbers = list(dict.fromkeys(event["number"] for event in events))
    assert numbers == list(range(1, len(numbers) + 1))
    for event in events:
        if event["moment"] is None:
            assert event["first"] == event["published_at"][:10]
        else:
            assert event["moment"]["printed"] in event["quote"]
    resolved = [event for event in events if event["moment"] and event["moment"]["resolved_from"]]
    assert any(event["first"] == "2022-02-07" and event["moment"]["printed"] == "on Monday" for event in resolved)
    verified(first_run, events, bodies)


def test_a_printed_timeline_groups_by_day(first_run: FirstRun) -> None:
    out = run(first_run, "timeline", SUBJECT).out
    events, _, sources = out.partition("\n\n")
    heads = [line for line in events.splitlines() if not line.startswith(" ")]
    assert "7 Feb 2022" in heads
    assert len(heads) == len(set(heads))
    assert all(re.search(r" \[\d+\]( \([^()]+\))?$", line) for line in events.splitlines() if line.startswith(" "))
    assert "(derived from “on Monday”)" in events
    assert "(published)" in events
    assert sources.startswith("[1] ")
    assert {f"[{n}]" for n in re.findall(r" \[(\d+)\]", events)} == set(re.findall(r"^\[\d+\]", sources, re.MULTILINE))


def test_outlets_side_by_side_print_only_their_own(first_run: FirstRun, bodies: dict[str, str]) -> None:
    ran = run(first_run, "compare", EXPANSION, "--json")
    assert ran.code == 0
    found = ran.json
    names = [one["outlet"] for one in found["outlets"]]
    assert {"Placeholder Post", "The Sample Courier", "Example Gazette"} <= set(names)
    assert not set(names) & set(found["silent"])
    assert found["silent"]
    for one in found["outlets"]:
        assert {citation["outlet"] for citation in one["answer"]["citations"]} == {one["outlet"]}
        verified(first_run, one["answer"]["citations"], bodies)
    out = run(first_run, "compare", EXPANSION).out
    assert [line for line in out.splitlines() if line in names] == names
    assert f"Near it, but do not say: {', '.join(found['silent'])}" in out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("timeline", ""), "The question is empty;"),
        (("figures", "?! …"), "The question holds no word"),
        (("compare", "who won the zeppelin race in Qatar?"), "Nothing in these articles is about that."),
        (("timeline", SUBJECT, "--outlet", "Nowhere Times"), "No article matches the speaker, outlets or dates"),
        (("figures", "what did Kuleba say about red lines?"), ""),
    ],
)
def test_what_the_articles_do_not_hold_is_exit_code_3(
    first_run: FirstRun, arguments: tuple[str, ...], sentence: str
) -> None:
    ran = run(first_run, *arguments)
    assert ran.code == 3
    assert ran.out.startswith(sentence)
    assert "[1]" not in ran.out


def test_bad_targets_are_refused_before_anything_is_asked(first_run: FirstRun, tmp_path: Path) -> None:
    for target, sentence in (
        (tmp_path / "nowhere" / "x.png", "name a file in a folder that is there."),
        (tmp_path / "x.gif", "end it in .png or .svg."),
        (tmp_path / "folder.png", "name a file in a folder that is there."),
    ):
        (tmp_path / "folder.png").mkdir(exist_ok=True)
        ran = run(first_run, "timeline", SUBJECT, "--plot", str(target))
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == f"--plot {target} {ran.err.partition(f'{target} ')[2]}"
        assert sentence in ran.err
        assert len(ran.err.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["folder.png"]


def test_pictures_open_and_say_what_they_show(first_run: FirstRun, tmp_path: Path) -> None:
    png, svg = tmp_path / "troops.png", tmp_path / "visit.svg"
    ran = run(first_run, "figures", TROOPS, "--plot", str(png))
    assert ran.code == 0
    assert ran.err.splitlines()[-1] == f"Written: {png}"
    data = png.read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack_from(">II", data, 16)
    assert width > 1000
    assert height > 300
    assert b"Description" in data
    assert len(data) < 500_000

    ran = run(first_run, "timeline", SUBJECT, "--plot", str(svg))
    assert ran.code == 0
    root = ET.parse(svg).getroot()
    assert root.get("role") == "img"
    said = {child.tag.rpartition("}")[2]: child.text or "" for child in root}
    assert said["title"] == SUBJECT
    assert said["desc"].startswith("Timeline of ")
    assert "7 Feb 2022" in said["desc"]
    first = svg.read_bytes()
    run(first_run, "timeline", SUBJECT, "--plot", str(svg))
    assert svg.read_bytes() == first
    assert sorted(path.name for path in tmp_path.iterdir()) == ["troops.png", "visit.svg"]


def test_a_session_goes_from_an_answer_to_the_same_by_day_size_and_outlet(first_run: FirstRun) -> None:
    ran = run(first_run, "repl", stdin=f"{TROOPS}\n/figures\n/timeline\n/filter outlet Example Gazette\n/compare\n")
    assert ran.code == 0
    # Of standard error nothing but that the samples answer.
    assert len(ran.err.splitlines()) == 1
    assert run(first_run, "figures", TROOPS).out in ran.out
    assert "\nExample Gazette\n" in ran.out
    assert "\nThe Sample Courier\n" not in ran.out
