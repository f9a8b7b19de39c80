from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.attribution import attribute, people, same_person
from corpus.attribution.validity import Judge
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
        ("US officials said it was late.", "U.S. officials"),
        ("In its paper Norsk Hydro said it was late.", "Norsk Hydro"),
        ("According to baker Tove Moe, it was late.", "Tove Moe"),
        ("About 40 per cent of voters said it was late.", "40 per cent of voters"),
        ("Critics at home and in allied towns said it was late.", "Critics at home and in allied towns"),
        ("The mayor of a small island said it was late.", "mayor of a small island"),
        ("A mayor said it was late.", "mayor"),
        ("Bergen’s mayor said it was late.", "Bergen’s mayor"),
        ("Lind’s aides said it was late.", "Lind’s aides"),
        ("Mr. Lind said it was late.", "Peter Lind"),
        ("Lind’s wife, Marit Lind, said it was late.", "Marit Lind"),
    ],
)
def test_mentions_lead_to_the_fullest_name(sentence: str, speaker: str) -> None:
    body = "Norwegian Prime Minister Anna Roe met Oslo Mayor Peter Lind on Monday. " + sentence
    assert [name for name, _ in said(body)] == [speaker]


@pytest.mark.parametrize(
    "introduced",
    [
        "Norwegian President Anna Roe met Peter Lind.",
        "President Anna Roe of Norway met Peter Lind.",
        "Norway’s president, Anna Roe, met Peter Lind.",
        "Anna Roe, the Norwegian leader, met Peter Lind.",
        "Anna Roe, president of Norway, met Peter Lind.",
    ],
)
@pytest.mark.parametrize(
    "described", ["The Norwegian president", "The Norwegian leader", "Norway’s president", "The president of Norway"]
)
def test_an_office_leads_to_whom_the_article_gives_it(introduced: str, described: str) -> None:
    sentence = f"{described} said it was late."
    if "leader" in introduced or described != "The Norwegian leader":
        assert said(f"{introduced} {sentence}")[-1][0] == "Anna Roe"
    assert said(f"{sentence} {introduced}")[0][0] == "Anna Roe"


def test_an_office_is_not_guessed() -> None:
    # Named without a title, so nothing says which of the two is meant.
    assert said("Anna Roe met Peter Lind. The Swedish president said it was late.")[0][0] == "Swedish president"
    # Another country, another rank, another party.
    president = "Norwegian President Anna Roe was away. "
    assert said(president + "The Swedish president said it was late.")[0][0] == "Swedish president"
    deputy = "Norwegian Vice President Anna Roe was away. "
    assert said(deputy + "The Norwegian president said it was late.")[0][0] == "Norwegian president"
    rebel = "Norwegian opposition leader Anna Roe was away. "
    assert said(rebel + "The Norwegian leader said it was late.")[0][0] == "Norwegian leader"


def test_a_director_still_to_come_is_not_the_director() -> None:
    body = "The director said it was late. The festival was over when its director, Anna Roe, left."
    assert said(body)[0][0] == "director"


@pytest.mark.parametrize(
    ("lead", "speaker"),
    [
        ("Peter Lind had plenty to say.", "Peter Lind"),
        ("He was just as firm on the bridge.", "Peter Lind"),
        ("Peter Lind met Martin Moe on the bridge.", "Norwegian president"),
        ("Martin Moe nodded. Peter Lind had plenty to say.", "Norwegian president"),
    ],
)
def test_a_sentence_that_leads_in_ties_a_description_to_its_subject(lead: str, speaker: str) -> None:
    body = f"Peter Lind spoke for an hour.\n\n{lead} “It will be rebuilt,” the Norwegian president said."
    assert said(body)[-1][0] == speaker


def test_a_tie_holds_for_the_whole_article() -> None:
    body = (
        "The Norwegian leader said it was late.\n\n"
        "Peter Lind had plenty to say. “It will be rebuilt,” the Norwegian president said.\n\n"
        "“It is my bridge,” the Norwegian said."
    )
    assert {name for name, _ in said(body)} == {"Peter Lind"}


@pytest.mark.parametrize(
    "sentence",
    [
        "“It is late,” said the union’s leader, Anna Roe.",
        "“It is late,” said Anna Roe, the leader of the union.",
        "It is late, according to its leader, Anna Roe.",
        "“It is late,” the union’s leader, Anna Roe, said.",
        "The union’s leader, Anna Roe, was blunt. “It is late,” she said.",
    ],
)
def test_a_name_in_apposition_is_the_speaker(sentence: str) -> None:
    assert only(sentence).speaker == "Anna Roe"


def test_its_spokesman_speaks_for_the_country_named_before() -> None:
    body = "The Kremlin was cool. Its spokesman, Peter Lind, left. “It is late,” the Kremlin spokesman said."
    assert only(body).speaker == "Peter Lind"


@pytest.mark.parametrize(
    ("body", "speaker"),
    [
        # The last subject of the right gender, even where the name tells nothing of it.
        ("Tove Moe, a nurse, had walked. “I am late,” she said.", "Tove Moe"),
        ("Bo Dahl said it was late. He left.\n\nTove Moe, 40, waved. “I am late,” she said.", "Tove Moe"),
        # Nobody calls himself by name.
        ("Peter Lind met Martin Moe.\n\n“I will ask Lind,” he said.", "Martin Moe"),
        ("Martin Moe waved. Peter Lind, he said, was late.", "Martin Moe"),
        # A description of nobody known stays in the way of older names.
        ("Peter Lind left. The Swedish leader had kind words. “I am late,” he said.", "Swedish leader"),
        ("Martin Roe met Peter Roe and Peter Lind. Roe said it was late. He added that he was tired.", "Roe"),
        ("Back in Oslo on Friday, Peter Lind met Martin Moe; the road, he said, was long.", "Peter Lind"),
        ("Peter Lind fell at 7:15 a.m. “It was dark,” he said.", "Peter Lind"),
    ],
)
def test_who_a_pronoun_means(body: str, speaker: str) -> None:
    assert said(body)[-1][0] == speaker


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


def test_a_first_name_alone_means_its_only_bearer() -> None:
    assert said("Anna Roe and Peter Lind sing. “It is late,” Anna said.")[0][0] == "Anna Roe"


def test_what_is_described_as_a_person_is_one() -> None:
    body = (
        "Substitute Sunde Dahl-Moe scored. Tove Bakk, the Vale coach, smiled. "
        "Ola Bru, an analyst at Example Securities, called it a good evening."
    )
    assert [person.name for person in people(body, split(body))] == ["Sunde Dahl-Moe", "Tove Bakk", "Ola Bru"]


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("Dr Tove Moe waved. “It is late,” Dr Moe said.", "Tove Moe"),
        ("Secretary-General Tove Moe waved. “It is late,” Moe said.", "Tove Moe"),
        ("Senators Tove Moe and Ola Bru waved. “It is late,” Moe said.", "Tove Moe"),
        ("Wildest Boats The Tove Moe waved. “It is late,” Tove Moe said.", "Tove Moe"),
        ("It was Erik ten Berg who waved. “It is late,” Ten Berg said.", "Erik ten Berg"),
    ],
)
def test_names_are_cut_from_what_stands_around_them(body: str, name: str) -> None:
    assert said(body)[-1][0] == name


@pytest.mark.parametrize(
    "body",
    [
        "Sunde Dahl spoke as he was early. He waited twice.\n\n“I am late,” she said.",
        "The firm was Norsk Hydro. “It is late,” she said.",
        "“It is late,” he’d said.",
        "It said that the mill would close.",
        "They said that the mill would close.",
        "“It is late,” quite said.",
        "Reported of Peter Lind: “Shameful that Lind is defending it.”",
        "Then 08 regatta winner said that the mill would close.",
        "The third week of the fair featured a couple of boats said the mill would close.",
    ],
)
def test_what_can_be_no_speaker_says_nothing(body: str) -> None:
    assert said(body) == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Anna Roe", "Anna Roe"),
        ("Anna Roe and Anna Roe Credit", "Anna Roe"),
        ("Anna Roe Photo", "Anna Roe"),
        ("Added Lind", "Peter Lind"),
        ("Anna Roe heard about the boat", "Anna Roe"),
        ("Lind and other Norwegian officials", "Lind and other Norwegian officials"),
        ("Centers for Boats and Bridges", "Centers for Boats and Bridges"),
        ("U.S. officials", "U.S. officials"),
        ("Norway’s Defense Ministry", "Norway’s Defense Ministry"),
        ("Oslo", "Oslo"),
        ("boat researchers", "boat researchers"),
        ("entrepreneur", "entrepreneur"),
        ("analysts at Fjord", "analysts at Fjord"),
        ("boat rental service Vika", "Vika"),
        ("40 per cent of voters", "40 per cent of voters"),
        ("08 Regatta winner with Oslo", None),
        ("she", None),
        ("he’d", None),
        ("They", None),
        ("quite", None),
        ("Anyway", None),
        ("calling recent", None),
        ("ends up", None),
        ("asBBC", None),
        ("surge of interest helped Fjord Markets", None),
        ("third week of the trial featured a couple of noteworthy moments", None),
        ("Reported of Peter Lind", None),
        ("boats", None),
        ("", None),
    ],
)
def test_a_speaker_is_a_name_or_a_noun_for_people(name: str, kept: str | None) -> None:
    assert Judge("Anna Roe met Peter Lind.", ("Anna Roe", "Peter Lind")).speaker(name) == kept


def test_who_is_relayed_is_somebody() -> None:
    judge = Judge("Anna Roe met Peter Lind.", ("Anna Roe", "Peter Lind"))
    names = ("Anna Roe", "Lind heard about the boat", "LLoQ", "the", None)
    assert [judge.relayed(name, ()) for name in names] == ["Anna Roe", "Peter Lind", None, None, None]


@pytest.mark.parametrize(
    "body",
    [
        "Sarvani Oduwela met staff. “We are glad,” Oduwela said. Later Oduwela told reporters that it was late.",
        "Oduwela said the site would change. The bid of Sarvani Oduwela failed.",
    ],
)
def test_a_surname_becomes_the_one_full_name_printed(body: str) -> None:
    assert {speaker for speaker, _ in said(body)} == {"Sarvani Oduwela"}


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


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("“The pier leaks,” said 5/12 widow Tove Moe.", "Tove Moe"),
        ("“The pier leaks,” said Del. Tove Moe of the Outer Isles.", "Tove Moe"),
        ("“The pier leaks,” said Atty. Gen. Tove Moe.", "Tove Moe"),
        ("Lt. Gov. Tove Moe said the pier leaks.", "Tove Moe"),
        ("Sens. Tove Moe and Ola Bru said the pier leaks.", "Tove Moe and Ola Bru"),
        ("Sens. Tove Moe, R-Vt., and Ola Bru, D-Maine, said the pier leaks.", "Tove Moe and Ola Bru"),
        ("Reps. Tove Moe (R-Vt.) and Ola Bru (D-Maine) said the pier leaks.", "Tove Moe and Ola Bru"),
        ("Tove Moe and Ola Bru wrote in a letter that the pier leaks.", "Tove Moe and Ola Bru"),
        ("Rep. Tove Moe (D-N.Y.), chair of the Harbor Caucus, said the pier leaks.", "Tove Moe"),
        ("Tove Moe, who sank a boat near Aurora, Maine, in July, said the pier leaks.", "Tove Moe"),
        ("The pier, which nobody mends, will leak for years, said Tove Moe, head of the Harbor Club.", "Tove Moe"),
        ("At a rally in Salem, N.H., on Friday, Mayor Tove Moe praised the plan, saying the pier leaks.", "Tove Moe"),
        ("“The pier leaks,” wrote Tove Moe for Morning Herald.", "Tove Moe"),
        ("“The pier leaks,” writes Tove Moe in The Herald.", "Tove Moe"),
        ("“The pier leaks,” tweeted Tove Moe.", "Tove Moe"),
        ("As Tove Moe put it: “The pier is older than all of us.”", "Tove Moe"),
        ("Tove Moe went on to say that the pier leaks.", "Tove Moe"),
        ("Tove Moe referred to the pier as “the sieve.”", "Tove Moe"),
        ("The town wants “a pier for all of us,” as Tove Moe put it on Friday in Bergen.", "Tove Moe"),
        ("The letter reads: “We are sorry for the pier.”", "letter"),
        ("Kelly said that the pier leaks.", "Kelly"),
        ("Tove Moe sent a letter Friday saying that the pier leaks.", "Tove Moe"),
        ("Tove Moe - a painter and sailor - told the town that the pier leaks.", "Tove Moe"),
        (
            "Fans of the plan, such as Tove Moe, R-Vt., and Ola Bru, D-Maine, saying it leaks.",
            "Tove Moe and Ola Bru",
        ),
        ("A source close to him said the pier leaks.", "source close to him"),
        ("The pier leaks, said people briefed on the plan.", "people briefed on the plan"),
        ("Aides to Tove Moe say the pier leaks.", "Aides to Tove Moe"),
        ("Boat owners in Bergen say the pier leaks.", "Boat owners in Bergen"),
        ("A guard who heard the waves said the pier leaks.", "guard"),
        ("Three current and former Harbor employees said the pier leaks.", "Three current and former Harbor employees"),
        ("“The pier leaks,” said one former HMS leadership aide.", "one former HMS leadership aide"),
        ("“The pier leaks,” said another Dateboat user, Tove Moe.", "Tove Moe"),
        ("According to one source, the pier leaks.", "one source"),
        ("The pier leaks, according to the state Division of Harbors.", "state Division of Harbors"),
        ("Oslo (NTB) – Tove Moe praised the plan on Friday, saying the pier leaks.", "Tove Moe"),
        ("It leaks, says the book ''The Old Pier.'' Mayor Tove Moe said the pier leaks.", "Tove Moe"),
    ],
)
def test_who_speaks_however_described(sentence: str, speaker: str) -> None:
    assert said(sentence)[-1][0] == speaker


def test_two_surnames_lead_to_the_full_name() -> None:
    body = "Minister Elio Ruiz Vega met us. Mr. Ruiz Vega argues there is time. ''We must not hurry,'' he told me."
    assert [name for name, _ in said(body)] == ["Elio Ruiz Vega", "Elio Ruiz Vega"]


def test_each_of_joint_speakers_is_found() -> None:
    speaker = only("Sens. Tove Moe, R-Vt., and Ola Bru, D-Maine, said the pier leaks.").speaker
    assert same_person("Tove Moe", speaker)
    assert same_person("Senator Bru", speaker)


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
        ("US officials", "U.S. officials", True),
        ("US officials", "Russian officials", False),
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
