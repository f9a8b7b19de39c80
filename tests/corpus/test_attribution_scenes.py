from __future__ import annotations

import pytest

from corpus.attribution import attribute
from corpus.models import Statement
from corpus.passages import split

INTRODUCED = "Prime Minister Anna Roe met Mayor Peter Lind in Oslo. "


def last(sentence: str) -> tuple[str, Statement]:
    body = INTRODUCED + sentence
    return body, attribute(body, split(body))[-1]


def occasion(sentence: str) -> str | None:
    body, statement = last(sentence)
    return body[statement.occasion.start : statement.occasion.end] if statement.occasion is not None else None


@pytest.mark.parametrize(
    ("sentence", "addressee"),
    [
        ("“It is late,” Roe told reporters.", "reporters"),
        ("Roe told Mr. Lind that it was late.", "Peter Lind"),
        ("Roe told the mayor it was late.", "Peter Lind"),
        ("Roe told him that it was late.", "Peter Lind"),
        ("Lind told her that it was late.", "Anna Roe"),
        ("Roe said to Lind that it was late.", "Peter Lind"),
        ("Roe warned Bergen that it was late.", "Bergen"),
        ("Roe informed parliament that it was late.", "parliament"),
        ("Roe urged Norway to leave.", "Norway"),
        ("Roe called on Lind to leave.", "Peter Lind"),
        ("Roe asked Lind whether it was late.", "Peter Lind"),
        ("Roe promised voters that it would end.", "voters"),
        ("Roe told The Morning Herald it was late.", "Morning Herald"),
        ("“It is late,” Roe told Oslo Tonight on Monday.", "Oslo Tonight"),
        ("“It is late,” Roe told Radio 4.", "Radio 4"),
        ("“It is late,” Roe told the Herald’s “Boat Show.”", "Herald"),
        ("“It is late,” Roe told cheering supporters in Bergen on Monday.", "cheering supporters"),
        ("Roe told the Bergen city council in a speech that it was late.", "Bergen city council"),
        ("In an interview with the Harbor Herald, Roe said it was late.", "Harbor Herald"),
        ("In a letter to the city council, Roe wrote that it was late.", "city council"),
        ("Speaking to reporters on Monday, Roe said it was late.", "reporters"),
        ("Roe told reporters it was late, adding that she was tired.", "reporters"),
        ("“It is late,” Roe told reporters. “We should go home.”", "reporters"),
    ],
)
def test_to_whom_it_was_said(sentence: str, addressee: str) -> None:
    assert last(sentence)[1].addressee == addressee


@pytest.mark.parametrize(
    "sentence",
    [
        "Roe said it was late.",
        "Roe warned Bergen would fall.",
        "Roe asked a question: “Is it late?”",
        "“It is late,” Roe told me.",
        "“It is late,” Roe told us.",
        "Roe told the truth: “It is late.”",
        "Roe vowed to block the nominee.",
        "Roe promised a report on the pier.",
        "Roe said that Lind told reporters it was late.",
        "“It is late,” said the former aide to Mayor Peter Lind.",
        "The pier leaks, according to a letter to reporters.",
    ],
)
def test_nobody_is_made_the_addressee(sentence: str) -> None:
    assert last(sentence)[1].addressee is None


def test_a_pronoun_is_nobody_where_two_can_be_meant() -> None:
    body = "Peter Lind met Martin Moe. Anna Roe told him that it was late."
    assert attribute(body, split(body))[-1].addressee is None


@pytest.mark.parametrize(
    ("sentence", "via"),
    [
        ("“It is late,” Roe said, according to Interfax.", "Interfax"),
        ("Roe said it was late, the Harbor Herald reported.", "Harbor Herald"),
        ("The Harbor Herald reported that Roe said it was late.", "Harbor Herald"),
        ("The ministry said it was late, the Harbor Herald reported.", "Harbor Herald"),
        ("Interfax quoted Roe as saying that it was late.", "Interfax"),
        ("Roe was quoted by Interfax as saying that it was late.", "Interfax"),
        ("“It is late,” Roe was quoted as saying by Interfax.", "Interfax"),
        ("“It is late,” the Interfax agency quoted Roe as saying.", "Interfax agency"),
        ("Interfax reported on Monday, citing Roe, that it was late.", "Interfax"),
        ("“It is late,” Roe said in remarks carried by Radio Norway.", "Radio Norway"),
        ("Roe told Lind it was late, according to two people in the room.", "two people"),
    ],
)
def test_who_passed_it_on(sentence: str, via: str) -> None:
    statement = last(sentence)[1]
    assert statement.via is not None
    assert statement.via.startswith(via)
    assert statement.speaker in ("Anna Roe", "ministry")
    assert "quoted" not in sentence[statement.start - len(INTRODUCED) : statement.end - len(INTRODUCED)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Roe told Interfax that it was late.",
        "Roe said it was late, according to a transcript of the talk.",
        "Roe told Lind it was late, according to court documents.",
        "Roe said it was late (60 percent agree, according to Interfax).",
        "As many in the media have noted, Roe said it was late.",
    ],
)
def test_who_is_told_and_what_is_written_pass_nothing_on(sentence: str) -> None:
    assert last(sentence)[1].via is None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Roe said after her meeting with Lind that it was late.", "after her meeting with Lind"),
        ("Following talks with Lind, Roe said it was late.", "Following talks with Lind"),
        ("“It is late,” Roe said at a news conference in Bergen on Monday.", "at a news conference in Bergen"),
        ("In an interview with the Herald, Roe said it was late.", "In an interview with the Herald"),
        ("During a visit to Bergen on Tuesday, Roe said it was late.", "During a visit to Bergen"),
        ("On Tuesday, during a visit to Bergen, Roe said it was late.", "during a visit to Bergen"),
        ("Speaking after the talks, Roe said it was late.", "Speaking after the talks"),
        ("Roe, speaking in Bergen, said it was late.", "speaking in Bergen"),
        ("“It is late,” Roe said, speaking to reporters at the airport.", "speaking to reporters at the airport"),
        ("In a speech to parliament, Roe warned that it was late.", "In a speech to parliament"),
        ("At the start of talks, Roe said it was late.", "At the start of talks"),
        ("Before flying to Bergen, Roe said it was late.", "Before flying to Bergen"),
        ("Roe told reporters on Monday after meeting Lind that it was late.", "on Monday after meeting Lind"),
        ("“It is late,” Roe said a day after the vote.", "a day after the vote"),
        ("“It is late,” said Roe after the talks.", "after the talks"),
        ("“It is late,” Roe said after she met Lind in Bergen.", "after she met Lind in Bergen"),
        ("After she met Lind, Roe said it was late.", "After she met Lind"),
        ("Roe told a news conference in Bergen that it was late.", "a news conference in Bergen"),
        ("“It is late,” Roe said on the sidelines of the summit.", "on the sidelines of the summit"),
        ("“It is late,” Roe said on Radio Norway.", "on Radio Norway"),
        ("“It is late,” Roe said on the podcast “Old Boats.”", "on the podcast “Old Boats.”"),
        ("Asked at a briefing about the pier, Roe said it was late.", "at a briefing about the pier"),
        ("At a rally in Salem, N.H., on Friday, Roe said it was late.", "At a rally in Salem, N.H."),
        ("At a rally in Bergen, Roe said it was late and warned that rain would come.", "At a rally in Bergen"),
        ("“It is late,” Roe said after talks. “We should go home.”", "after talks"),
        ("Lind spoke. “It is late,” Roe said at a rally.\n\n“We should all go home now.”", "at a rally"),
    ],
)
def test_on_what_occasion_it_was_said(sentence: str, expected: str) -> None:
    assert occasion(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "“It is late,” Roe said in Bergen.",
        "“It is late,” Roe said on Monday.",
        "“It is late,” Roe said in a statement.",
        "“It is late,” Roe wrote on Twitter.",
        "Roe said in exchange for money that it was late.",
        "Roe spoke in English: “It is late.”",
        "Speaking on condition of anonymity, an aide to Roe said it was late.",
        # These say when what is said happens.
        "After the war, Roe said, the pier would be rebuilt.",
        "After the war ends, Roe said the pier would be rebuilt.",
        "At the rally, fans would gather at noon, Roe said.",
        "Roe said the pier would open after the rally in Bergen.",
        "Roe said that at the rally in Bergen fans would gather.",
        # These belong to somebody else.
        "At the rally, Lind fell, which Roe said was sad.",
        "According to guests at the meeting, it was late.",
        "After winning the vote, the party grew, and Roe said it was late.",
        "Roe said it was late after a man at the rally fell.",
    ],
)
def test_a_place_a_day_or_what_is_said_is_no_occasion(sentence: str) -> None:
    assert occasion(sentence) is None


def test_an_occasion_is_not_carried_to_another_report() -> None:
    body, statement = last("“It is late,” Roe told reporters at a rally. She said that she was tired.")
    assert (statement.occasion, statement.addressee) == (None, None)
    assert body[statement.start : statement.end] == "that she was tired"
