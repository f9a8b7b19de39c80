from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.attribution import attribute, people, same_person
from corpus.attribution.validity import Judge
from corpus.models import Statement
from corpus.passages import split


def said(body: str) -> list[tuple[str, str]]:
    return [(one.speaker, body[one.start : one.end]) for one in attribute(body, split(body))]


def only(body: str) -> Statement:
    (statement,) = attribute(body, split(body))
    return statement


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


@given(st.text(), st.text())
def test_same_person_never_raises(asked: str, speaker: str) -> None:
    same_person(asked, speaker)
