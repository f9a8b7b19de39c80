"""Who reports whom: "Roe said Lind told her" is Roe's statement, with Lind relayed."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.attribution import attribute, same_person
from corpus.cleaning import clean
from corpus.models import Statement
from corpus.passages import split

SHARED = Path(__file__).resolve().parents[3] / "shared"
INTRODUCED = "Prime Minister Anna Roe met Mayor Peter Lind in Oslo. "


def statements(sentence: str) -> tuple[Statement, ...]:
    body = INTRODUCED + sentence
    return attribute(body, split(body))


@pytest.mark.parametrize(
    "sentence",
    [
        "Roe said Lind told her that the pier was safe.",
        "Roe said that Lind told her the pier was safe.",
        "Roe said on Tuesday that Mayor Peter Lind told her during their talks that the pier was safe.",
        "Roe told reporters that Lind had assured her that the pier was safe.",
        "Roe said that in their talks Lind had told her the pier was safe.",
        "Roe said that Lind also said there would be no pier.",
        "At a rally after the talks, Roe said Lind told her there that “the pier is safe.”",
        "The pier was safe, Lind told me, Roe said.",
        "Lind had assured her that the pier was safe, Roe said.",
        "“The pier is safe,” Lind told her, Roe said.",
        "According to Roe, Lind said the pier was safe.",
        "According to Roe, Lind promised there would be no pier.",
        "According to the prime minister, Lind also said there would be no pier.",
        "Roe quoted Lind as saying there would be no pier.",
        "Lind, Roe said, had promised to mend the pier.",
        "Roe said she had been told by Lind that the pier was safe.",
        "Roe said she had assurances from Mayor Lind that the pier was safe.",
        "Roe recalled Lind saying the pier was safe.",
        "“Peter Lind told me the pier is safe,” Roe said.",
        "“And Mayor Lind has assured us that it is safe,” Roe told reporters.",
    ],
)
def test_who_reports_another_one_s_words_is_the_speaker(sentence: str) -> None:
    (statement,) = statements(sentence)
    assert (statement.speaker, statement.relayed) == ("Anna Roe", "Peter Lind")


@pytest.mark.parametrize(
    "sentence",
    [
        "Roe said she told Lind that the pier was safe.",
        "Roe said the pier was built by Lind.",
        "“Lind built the pier,” Roe said.",
        "“I met a man who said that Lind is old,” Roe said.",
        "Roe said she had a letter from Lind.",
        "“He told me the pier is safe,” Roe said.",
        "Roe said the towns had promised to mend the pier.",
    ],
)
def test_nobody_is_relayed_who_says_nothing(sentence: str) -> None:
    (statement,) = statements(sentence)
    assert (statement.speaker, statement.relayed) == ("Anna Roe", None)


def test_what_follows_a_relayed_report_is_the_reporter_s() -> None:
    found = statements(
        "Roe said Lind told her that the pier was safe. She also said there would be no ferry. "
        "“It will take time,” she added."
    )
    assert [one.speaker for one in found] == ["Anna Roe"] * 3
    assert [one.relayed for one in found] == ["Peter Lind", None, None]


def test_quotes_after_one_that_relays_do_not_relay() -> None:
    first, second = statements("“Peter Lind told me it is safe,” Roe said. “We are all very glad about that.”")
    assert (first.relayed, second.relayed) == ("Peter Lind", None)


def test_the_chain_is_whole() -> None:
    (statement,) = statements("Lind told Roe there would be no pier, according to the ministry.")
    assert (statement.speaker, statement.addressee, statement.via) == ("Peter Lind", "Anna Roe", "ministry")
    found = statements("Roe told reporters at the gate that Lind had assured her that the pier was safe.")[-1]
    assert (found.speaker, found.relayed, found.addressee) == ("Anna Roe", "Peter Lind", "reporters")


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the data folder is not here")
def test_what_macron_said_putin_told_him_about_belarus() -> None:
    found = []
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        body = clean(path.read_text(encoding="utf-8")).body
        found += [
            body[one.start : one.end]
            for one in attribute(body, split(body))
            if same_person("Macron", one.speaker) and one.relayed is not None and same_person("Putin", one.relayed)
        ]
    assert any("Belarus" in words for words in found)
    assert any("escalat" in words for words in found)
