from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.attribution import attribute, people, same_person
from corpus.cleaning import clean
from corpus.models import Statement
from corpus.passages import split

SHARED = Path(__file__).resolve().parents[3] / "shared"

PIECES = st.sampled_from(
    [
        *" .!?…,;:“”‘’\"'«»()[]—-\n",
        "''",
        "``",
        "\n\n",
        "said ",
        "says ",
        "he ",
        "She ",
        "who ",
        "according to ",
        "told reporters ",
        "adding that ",
        "denied ",
        "Anna Roe ",
        "Mr. Lind ",
        "President Lind",
        "the president ",
        "’s ",
        "and ",
        "but ",
        "that ",
        "on Monday ",
        "quoted ",
        "as saying ",
        "its leader, ",
        "the Norwegian president ",
        "pointed out ",
        "spoke of ",
        "; ",
        "7 a.m. ",
        "OSLO — ",
        "per cent ",
        "“We are ready,” ",
        "你好",
        "É",
        "👩‍🚒",
    ]
)


def said(body: str) -> list[tuple[str, str]]:
    return [(one.speaker, body[one.start : one.end]) for one in attribute(body, split(body))]


def only(body: str) -> Statement:
    (statement,) = attribute(body, split(body))
    return statement


@pytest.mark.parametrize(
    "body",
    [
        "Gwen Ashdown, leader of the union of drivers, which speaks for the night shift, said she hopes for a deal.",
        "Gwen Ashdown, head of Norrland Ferries -- the firm that owns the pier -- told us, “We sail on.”",
    ],
)
def test_a_long_apposition_does_not_hide_the_name(body: str) -> None:
    assert only(body).speaker == "Gwen Ashdown"


@pytest.mark.parametrize(
    "body",
    [
        "Speaking beside Gwen Ashdown, the president of the port said the pier would close.",
        "After meeting Gwen Ashdown, the president of the port said the pier would close.",
    ],
)
def test_a_name_before_a_comma_need_not_be_the_speaker(body: str) -> None:
    assert only(body).speaker == "president of the port"


INTRODUCED = "Prime Minister Anna Roe met Mayor Peter Lind in Oslo. "


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # Direct, before, after and around the cue, in every kind of marks.
        ("“We will rebuild the bridge,” Roe said.", [("Anna Roe", "“We will rebuild the bridge,”")]),
        ('"We will rebuild the bridge," said Roe.', [("Anna Roe", '"We will rebuild the bridge,"')]),
        ("«We will rebuild the bridge», Roe said.", [("Anna Roe", "«We will rebuild the bridge»")]),
        ("‘We will rebuild the bridge,’ Roe said.", [("Anna Roe", "‘We will rebuild the bridge,’")]),
        ("Roe declared: “We will rebuild.”", [("Anna Roe", "“We will rebuild.”")]),
        (
            "“The bridge,” Roe told reporters, “will open in May.”",
            [("Anna Roe", "“The bridge,”"), ("Anna Roe", "“will open in May.”")],
        ),
        (
            "“It is late,” Lind said on Friday. “We should all go home.”",
            [("Peter Lind", "“It is late,”"), ("Peter Lind", "“We should all go home.”")],
        ),
        ("“Who paid for this?” Lind asked.", [("Peter Lind", "“Who paid for this?”")]),
        # Reported.
        ("Roe said Tuesday that the bridge was safe.", [("Anna Roe", "that the bridge was safe")]),
        ("The bridge is safe, Roe said.", [("Anna Roe", "The bridge is safe")]),
        ("The bridge is safe, according to Roe.", [("Anna Roe", "The bridge is safe")]),
        ("The bridge, she said, is safe.", [("Anna Roe", "The bridge, she said, is safe")]),
        ("Roe told the city council that the bridge was safe.", [("Anna Roe", "that the bridge was safe")]),
        (
            "Roe said the bridge was safe but warned that rain would come.",
            [("Anna Roe", "the bridge was safe"), ("Anna Roe", "that rain would come")],
        ),
        (
            "Roe said the bridge was safe, adding that it was “as good as new.”",
            [("Anna Roe", "the bridge was safe"), ("Anna Roe", "that it was “as good as new.”")],
        ),
        (
            "Roe said the bridge was safe, while Lind insisted it was not.",
            [("Anna Roe", "the bridge was safe"), ("Peter Lind", "it was not")],
        ),
        # The verb belongs to what was said.
        ("Roe called the bridge “a miracle.”", [("Anna Roe", "called the bridge “a miracle.”")]),
        ("Lind denied that he had been paid.", [("Peter Lind", "denied that he had been paid")]),
        ("Lind accused the builders of fraud.", [("Peter Lind", "accused the builders of fraud")]),
        ("Lind repeated his demand for a vote.", [("Peter Lind", "repeated his demand for a vote")]),
        # The clause that the cue stands after or within, no less and no more.
        ("The bridge will close, Roe promised at the gate on Friday.", [("Anna Roe", "The bridge will close")]),
        ("The bridge must close, Roe insisted once more.", [("Anna Roe", "The bridge must close")]),
        ("The day was long; the bridge, Roe said, would hold.", [("Anna Roe", "the bridge, Roe said, would hold")]),
        (
            "The bridge, Roe told reporters, was “as good as new.”",
            [("Anna Roe", "The bridge, Roe told reporters, was “as good as new.”")],
        ),
        (
            "Nobody would be hurt, Roe said: the bridge was “as good as new.”",
            [("Anna Roe", "Nobody would be hurt, Roe said: the bridge was “as good as new.”")],
        ),
        ("Roe told her guest that their bridge was safe.", [("Anna Roe", "that their bridge was safe")]),
        ("By noon, Roe said at least 80% was done.", [("Anna Roe", "at least 80% was done")]),
        ("OSLO — The bridge is safe, Roe said.", [("Anna Roe", "The bridge is safe")]),
        # Cues of more than one word.
        ("The bridge, Roe pointed out, is old.", [("Anna Roe", "The bridge, Roe pointed out, is old")]),
        ("The bridge, Roe allowed, is old.", [("Anna Roe", "The bridge, Roe allowed, is old")]),
        ("The bridge is old, Roe made clear.", [("Anna Roe", "The bridge is old")]),
        ("Roe spoke of “a very old bridge.”", [("Anna Roe", "spoke of “a very old bridge.”")]),
        # Insertions between subject and verb.
        ("Lind, who was born in Bergen, said he would run.", [("Peter Lind", "he would run")]),
        ("Lind, 61, of Bergen, said he would run.", [("Peter Lind", "he would run")]),
        ("The mayor, Peter Lind, said he would run.", [("Peter Lind", "he would run")]),
        # What is not a statement.
        ("Roe read “War and Peace” on the train.", []),
        ("Lind did not say when the vote would be.", []),
        ("Roe was told that the bridge was safe.", []),
        ("The report’s claims and Lind’s demands were old news.", []),
        ("Roe had said so before.", []),
        ("Roe wrote about the bridge.", []),
        ("The harbor admitted its first visitors on Monday.", []),
        ("None of the papers seen by Lind says how many came.", []),
        ("This is what was said, and who said it.", []),
        ("Roe pointed at the bridge and spoke of it.", []),
        ("The sea allowed a small boat to pass.", []),
    ],
)
def test_who_said_what(sentence: str, expected: list[tuple[str, str]]) -> None:
    body = INTRODUCED + sentence
    assert said(body) == expected


def test_kind_cue_and_source() -> None:
    body = "Prime Minister Anna Roe said the plan was “bold.”"
    statement = only(body)
    assert statement.kind == "mixed"
    assert statement.cue == "said"
    assert body[statement.source_start : statement.source_end] == "Prime Minister Anna Roe"
    assert only("Anna Roe said the plan was bold.").kind == "indirect"
    assert only("“The plan is bold,” Anna Roe said.").kind == "direct"


def test_somebody_quoted_as_saying_is_relayed() -> None:
    statement = only("Anna Roe spoke. No bridge would close, she quoted Peter Lind as saying.")
    assert (statement.speaker, statement.relayed) == ("Anna Roe", "Peter Lind")
    assert only("Peter Lind was quoted as saying that it was late.").speaker == "Peter Lind"


def test_a_quote_over_paragraphs_has_one_speaker() -> None:
    body = (
        "The festival’s director, Peter Lind, stayed at home.\n\n"
        "Anna Roe won the prize for her film. She gave it to her mother.\n\n"
        "“My mother kept the books.\n\n"
        "“I made the film for her,” the director said."
    )
    assert [name for name, _ in said(body)] == ["Anna Roe", "Anna Roe"]


def test_a_quote_goes_on_in_the_next_paragraph() -> None:
    body = (
        "“We have waited for an answer,” Peter Lind said.\n\n"
        "“Nobody has called us. We will not wait much longer.”\n\n"
        "He left at noon."
    )
    assert said(body) == [
        ("Peter Lind", "“We have waited for an answer,”"),
        ("Peter Lind", "“Nobody has called us. We will not wait much longer.”"),
    ]


def test_an_open_quote_runs_over_paragraphs() -> None:
    body = "Peter Lind said: “We have waited.\n\n“We will not wait any longer.”\n\nHe left."
    assert said(body) == [
        ("Peter Lind", "“We have waited."),
        ("Peter Lind", "“We will not wait any longer.”"),
    ]


def test_an_announced_quote_opens_the_next_paragraph() -> None:
    body = "Peter Lind said in a statement:\n\n“We have waited long enough for this.”"
    assert said(body) == [("Peter Lind", "“We have waited long enough for this.”")]


@pytest.mark.parametrize(
    "body",
    [
        "Peter Lind was blunt. “We have lost this vote.”",
        "Peter Lind was blunt.\n\n“We have lost this vote.”",
        "“We have lost this vote.” Peter Lind was blunt.",
        "“We have lost this vote.”\n\nPeter Lind was blunt about it.",
        "Peter Lind was blunt: “We have lost this vote.”",
    ],
)
def test_a_quote_without_a_cue_takes_the_person_named_beside_it(body: str) -> None:
    assert said(body) == [("Peter Lind", "“We have lost this vote.”")]


@pytest.mark.parametrize(
    "bad",
    [
        "He called it “a mess and went home.",
        'He called it a mess" and went home.',
        "‘Tis late in the ’90s, ’twas said.",
    ],
)
def test_a_bad_mark_costs_one_paragraph_at_most(bad: str) -> None:
    body = f"Peter Lind came early. {bad}\n\n“We have waited long enough,” Anna Roe said."
    assert said(body)[-1] == ("Anna Roe", "“We have waited long enough,”")


@pytest.mark.parametrize(
    "sentence",
    [
        "Anna Roe said Peter Lind told her that the mill would close.",
        "Anna Roe said that Peter Lind told her the mill would close.",
        "According to Anna Roe, Peter Lind also said the mill would close.",
    ],
)
def test_a_relayed_report_is_the_relayer_s_statement(sentence: str) -> None:
    statement = only(sentence)
    assert (statement.speaker, statement.relayed) == ("Anna Roe", "Peter Lind")


@pytest.mark.parametrize(
    "sentence",
    [
        "“The mill will close,” Peter Lind said, according to Reuters.",
        "“The mill will close,” Peter Lind said at the gate, Radio Norway reported.",
        "According to the Oslo Times, Peter Lind said the mill will close.",
    ],
)
def test_an_outlet_is_a_channel_and_no_speaker(sentence: str) -> None:
    statement = only(sentence)
    assert (statement.speaker, statement.relayed) == ("Peter Lind", None)
    assert "mill will close" in sentence[statement.start : statement.end]
    assert not re.search("Reuters|Radio|Times", sentence[statement.start : statement.end])


@pytest.mark.parametrize("dash", ["―", "—", "–", "--", "-", " ― ", " — ", " - "])
def test_who_signs_a_quote_says_it(dash: str) -> None:
    body = f"“My boat leaks.”{dash}Tove Moe\n”I swim well, and “often,” too.”{dash}Ola C. Bru.\n\n"
    body += f"“The pier is gone.”{dash}Pia Dahl, 34, Bergen"
    assert said(body) == [
        ("Tove Moe", "“My boat leaks.”"),
        ("Ola C. Bru", "”I swim well, and “often,” too.”"),
        ("Pia Dahl", "“The pier is gone.”"),
    ]


@pytest.mark.parametrize(
    "sign",
    [
        "— Lind",
        "– Peter Lind.",
        "-Mayor Peter Lind, writing after the storm",
        "- former mayor Peter Lind (R-Oslo)",
    ],
)
def test_a_signature_may_stand_on_the_line_after(sign: str) -> None:
    body = f"Peter Lind met Anna Roe.\n\n“The pier is gone for good.”\n\n{sign}\n\nThe town slept."
    assert said(body) == [("Peter Lind", "“The pier is gone for good.”")]


def test_a_signature_signs_all_paragraphs_of_a_quote() -> None:
    body = "The letters came late.\n\n“My boat leaks.\n\n“My pier is gone.” — Tove Moe\n\n“Nobody signs this one here.”"
    assert said(body) == [("Tove Moe", "“My boat leaks."), ("Tove Moe", "“My pier is gone.”")]


@pytest.mark.parametrize(
    "after",
    [
        " — Reuters",
        " – Photo: Tove Moe",
        " — Tove Moe/Getty Images",
        " — The Oslo Times",
        " — it was a hard day.",
        " — Tove Moe left at noon.",
        " — Then the rain came.",
        " — Oslo",
        " — BBC NEWS",
        "\n\n- Tove Moe, 34, was late\n- Ola Bru, 35, was early",
    ],
)
def test_a_dash_alone_signs_nothing(after: str) -> None:
    assert said(f"“We will stay the course.”{after}") == []


def test_a_credit_after_a_report_signs_nothing() -> None:
    body = "The town promised that the pier was “still the best.” — Tove Moe"
    assert "Tove Moe" not in [name for name, _ in said(body)]


def test_a_quote_between_dashes_after_a_name() -> None:
    body = "Many said so, including the sailor Peter Lind -- ''The pier is a disgrace to us'' -- and the cook."
    assert ("Peter Lind", "''The pier is a disgrace to us''") in said(body)


def test_a_quote_goes_on_after_a_source_in_a_paper() -> None:
    body = "“Few fish are left,” wrote Tove Moe for Morning Herald. “Just 9 percent of them are cod.”"
    assert [name for name, _ in said(body)] == ["Tove Moe", "Tove Moe"]


def test_an_open_quote_before_another_speaker() -> None:
    body = (
        "“It hurts us all,” Mayor Anna Roe said. “How can you sleep if the pier is gone.\n"
        "“I have not slept,” added Rep. Tove Moe (D-Vt.), the deputy leader of the caucus. “And I will not.”"
    )
    assert said(body)[-2:] == [("Tove Moe", "“I have not slept,”"), ("Tove Moe", "“And I will not.”")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Tove Moe read “The Old Pier” on the train.",
        "Tove Moe put it on the table.",
        "Tove Moe referred to “The Old Pier.”",
        "Tove Moe liked the song -- “Old Pier” -- and the dance.",
        "Tove Moe went on to win.",
    ],
)
def test_words_that_only_look_like_a_report(sentence: str) -> None:
    assert said(sentence) == []


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join)))
def test_every_text_gives_sound_statements(body: str) -> None:
    statements = attribute(body, split(body))
    for one in statements:
        assert 0 <= one.start < one.end <= len(body)
        assert 0 <= one.source_start < one.source_end <= len(body)
        assert one.speaker
        assert one.cue
    assert [one.start for one in statements] == sorted(one.start for one in statements)
    people(body, split(body))


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the data folder is not here")
def test_evidence_of_the_open_questions_lies_in_statements_of_its_speaker() -> None:
    straight = str.maketrans("“”‘’", "\"\"''")
    articles = []
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        body = clean(path.read_text(encoding="utf-8")).body
        articles.append((body.translate(straight), attribute(body, split(body))))
    questions = [json.loads(line) for line in (SHARED / "gold" / "questions.jsonl").open(encoding="utf-8")]
    wrong = []
    for question in questions:
        for evidence in question["evidence"] if question["speaker"] else ():
            text = evidence["text"].translate(straight)
            hits = [
                one
                for body, statements in articles
                if (start := body.find(text)) >= 0
                for one in statements
                if min(one.end, start + len(text)) - max(one.start, start) >= 0.6 * len(text)
            ]
            if not any(same_person(question["speaker"], one.speaker) for one in hits):
                wrong.append((question["id"], evidence["text"]))
    assert not wrong
