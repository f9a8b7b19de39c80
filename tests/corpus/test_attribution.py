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
        # Insertions between subject and verb.
        ("Lind, who was born in Bergen, said he would run.", [("Peter Lind", "he would run")]),
        ("Lind, 61, of Bergen, said he would run.", [("Peter Lind", "he would run")]),
        ("The mayor, Peter Lind, said he would run.", [("Peter Lind", "he would run")]),
        # What is not a statement.
        ("Roe read “War and Peace” on the train.", []),
        ("Lind did not say when the vote would be.", []),
        ("Roe was told that the bridge was safe.", []),
        ("The report’s claims and Lind’s demands were old news.", []),
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


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("The Norwegian prime minister said it was late.", "Anna Roe"),
        ("Norway’s leader said it was late.", "Anna Roe"),
        ("The mayor said it was late.", "Peter Lind"),
        ("She said it was late.", "Anna Roe"),
        ("He said it was late.", "Peter Lind"),
        ("They said it was late.", "Anna Roe and Peter Lind"),
        ("The city council said it was late.", "city council"),
        ("Norway’s Foreign Ministry said it was late.", "Norway’s Foreign Ministry"),
        ("U.S. officials said it was late.", "U.S. officials"),
        ("Mr. Lind said it was late.", "Peter Lind"),
        ("Lind’s wife, Marit Lind, said it was late.", "Marit Lind"),
    ],
)
def test_mentions_lead_to_the_fullest_name(sentence: str, speaker: str) -> None:
    body = "Norwegian Prime Minister Anna Roe met Oslo Mayor Peter Lind on Monday. " + sentence
    assert [name for name, _ in said(body)] == [speaker]


def test_a_surname_of_two_people_stays_as_printed() -> None:
    body = "Anna Roe and her brother Martin Roe own the mill. Roe said it would close."
    assert said(body)[-1] == ("Roe", "it would close")


def test_pronouns_follow_the_subject_and_the_last_speaker() -> None:
    body = "Peter Lind sent Martin Roe a letter.\n\n“It was friendly,” he said.\n\nHe added that it was short."
    assert [name for name, _ in said(body)] == ["Peter Lind", "Peter Lind"]


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


def test_people_have_the_forms_that_were_printed() -> None:
    body = "Prime Minister Anna Roe met Peter Lind at the White House. Roe smiled. Mr. Lind did not."
    found = {person.name: person.aliases for person in people(body, split(body))}
    assert found == {"Anna Roe": ("Roe",), "Peter Lind": ("Lind",)}


@pytest.mark.parametrize(
    ("asked", "speaker", "expected"),
    [
        ("roe", "Anna Roe", True),
        ("Prime Minister Roe", "Anna Roe", True),
        ("anna roe", "Anna Roe", True),
        ("Zelenskyy", "Volodymyr Zelensky", True),
        ("Volodymyr Zelenskiy", "Volodymyr Zelensky", True),
        ("Lind", "Anna Roe and Peter Lind", True),
        ("Bob Stone", "Robert Stone", True),
        ("Angela Merkel", "Angela Davis", False),
        ("Martin Roe", "Anna Roe", False),
        ("Mary Stone", "Gary Stone", False),
        ("Anna", "Anna Roe", False),
        ("", "Anna Roe", False),
        ("Roe", "", False),
    ],
)
def test_same_person(asked: str, speaker: str, expected: bool) -> None:
    assert same_person(asked, speaker) is expected


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


@given(st.text(), st.text())
def test_same_person_never_raises(asked: str, speaker: str) -> None:
    same_person(asked, speaker)


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
