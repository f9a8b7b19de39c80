"""Text that is no ordinary article: transcripts, posts, capitals, other languages, broken marks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.attribution import attribute, people
from corpus.passages import split


def said(body: str) -> list[tuple[str, str]]:
    return [(one.speaker, body[one.start : one.end]) for one in attribute(body, split(body))]


DEBATE = "Anna Roe met Peter Lind in a debate on Monday.\n\n"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("ROE:", "LIND:"),
        ("Anna Roe:", "Peter Lind:"),
        ("**Anna Roe:**", "**Peter Lind:**"),
        ("**Roe**:", "**Lind**:"),
        ("AR:", "PL:"),
        ("PRIME MINISTER ROE:", "MAYOR LIND:"),
        ("ANNA ROE (V):", "PETER LIND (H):"),
    ],
)
def test_a_label_names_the_speaker_until_the_next_one(first: str, second: str) -> None:
    body = DEBATE + (
        f"{first} I want to mend the pier. You do not.\n\nMy plan is ready.\n\n"
        f"{second} That is not true, and you know it.\n\n{first} Then why did you vote no?"
    )
    assert said(body) == [
        ("Anna Roe", "I want to mend the pier. You do not."),
        ("Anna Roe", "My plan is ready."),
        ("Peter Lind", "That is not true, and you know it."),
        ("Anna Roe", "Then why did you vote no?"),
    ]


@pytest.mark.parametrize(
    "between",
    [
        "Roe paused and looked at the crowd.",
        "(APPLAUSE)",
        "[Lind laughs.]",
        "MORE ON THE PIER: WHY IT LEAKS AND WHO SHOULD PAY",
        "Related: Our guide to piers that you should not miss",
        "And why did you do it then?",
    ],
)
def test_what_stands_between_turns_is_nobody_s(between: str) -> None:
    body = DEBATE + (
        f"ROE: I want to mend the pier.\n\n{between}\n\nLIND: You never did, and you know it.\n\nROE: I always did."
    )
    assert between not in [words for _, words in said(body)]
    assert len(said(body)) == 3


def test_the_article_after_a_transcript_is_read_as_such() -> None:
    body = DEBATE + (
        "ROE: I want to mend the pier.\n\nLIND: You never did.\n\nROE: I always did.\n\n"
        "The crowd left early. “It was a long day,” said Tove Moe, a guard."
    )
    assert said(body)[-1] == ("Tove Moe", "“It was a long day,”")


INTERVIEW = "\n\nQ: Why did you run?\n\nA: I wanted to mend the pier.\n\nQ: And now?\n\nA: Now I will mend it."


@pytest.mark.parametrize(
    "introduction",
    [
        "Our interview with Anna Roe, the mayor of Oslo.",
        "We spoke to Anna Roe before the vote.",
        "Anna Roe talks to us of her plans.",
        "Q&A with Mayor Anna Roe",
    ],
)
def test_answers_are_of_whom_the_article_says_is_interviewed(introduction: str) -> None:
    assert said(introduction + INTERVIEW) == [
        ("Anna Roe", "I wanted to mend the pier."),
        ("Anna Roe", "Now I will mend it."),
    ]


@pytest.mark.parametrize(
    "introduction",
    [
        "We asked a fisherman.",
        "Anna Roe was not there.",
        "Our interview with Anna Roe was late. We spoke to Peter Lind.",
    ],
)
@pytest.mark.parametrize("marks", [": ", ". "])
def test_answers_of_nobody_named_are_nobody_s(introduction: str, marks: str) -> None:
    assert said(introduction + INTERVIEW.replace(": ", marks)) == []


def test_an_interviewer_is_not_the_one_interviewed() -> None:
    body = (
        "Interviewer: Why do you fish?\n\nTove Moe: I like it.\n\nIt calms me.\n\nInterviewer: And you sell it?\n\n"
        "Tove Moe: I do."
    )
    assert said(body) == [
        ("Interviewer", "Why do you fish?"),
        ("Tove Moe", "I like it."),
        ("Tove Moe", "It calms me."),
        ("Interviewer", "And you sell it?"),
        ("Tove Moe", "I do."),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "FILM: Lind moved well.\n\nLAST WEEK: You saw eight boats.\n\nFILM: You can see he is fast.\n\nSTARTS: Lind",
        "Lind: Has two boats.\n\nRoe: Sails well.\n\nMoe: Leaks a little.\n\nLind: Rows.",
        "Time: 8 p.m.\n\nPlace: Oslo\n\nTime to go: now",
        "ROE: I want to mend the pier.",
    ],
)
def test_not_every_colon_is_a_transcript(body: str) -> None:
    assert said("Peter Lind and Anna Roe own boats.\n\n" + body) == []


def test_posts_are_of_who_signs_them() -> None:
    body = (
        "People were angry about the pier.\n\n"
        "The pier is gone. — Tove Moe (@tovemoe) February 7, 2022\n\n"
        "Nobody told us! pic.example/abc\n\n— Ola Bru 🐟 (@olabru) February 8, 2022\n\n"
        "@piadahl: I loved that pier.\n\n"
        "Jens Holm @jensholm · Feb 9\n\nIt was the best one.\n\n"
        "So was mine. — 🐟🐟 (@fish) February 9, 2022"
    )
    assert said(body) == [
        ("Tove Moe", "The pier is gone."),
        ("Ola Bru", "Nobody told us! pic.example/abc"),
        ("@piadahl", "I loved that pier."),
        ("Jens Holm", "It was the best one."),
        ("@fish", "So was mine."),
    ]


def test_an_account_that_prints_a_quote_passes_it_on() -> None:
    body = (
        "“It was so late,” Anna Roe said.\n\n“And then we all went home, you know.” — Boat News (@boats) May 1\n\n"
        "“We are all glad of that now.” — Peter Lind (@lind) May 1, 2022"
    )
    assert said(body)[-1] == ("Peter Lind", "“We are all glad of that now.”")
    assert "Boat News" not in [speaker for speaker, _ in said(body)]


def test_a_handle_signs_the_line_before_it_where_the_list_ends_with_one() -> None:
    body = "What people said.\n\nThe pier is gone.\n\n@tovemoe.\n\nI loved it.\n\n@olabru."
    assert said(body) == [("@tovemoe", "The pier is gone."), ("@olabru", "I loved it.")]
    assert said("What people said.\n\n@tovemoe\n\nThe pier is gone.\n\n@olabru\n\nI loved it.") == []


def test_whom_a_post_quotes_said_it_by_way_of_the_post() -> None:
    body = "Anna Roe tells us it is over. “I am done,” she said. — Tove Moe (@tovemoe) May 1, 2022"
    found = attribute(body, split(body))
    assert [(one.speaker, one.via) for one in found] == [("Tove Moe", None), ("Anna Roe", "Tove Moe")]


@pytest.mark.parametrize(
    ("sentence", "speakers"),
    [
        ("“THE PIER LEAKS,” SAID MAYOR ANNA ROE.", ["ANNA ROE"]),
        ("“THE PIER LEAKS,” THE MAYOR SAID.", ["MAYOR"]),
        ("OFFICIALS SAID THE PIER LEAKS.", ["OFFICIALS"]),
        ("BIG STORM WARNING SAID THE PIER LEAKS.", []),
        ("ANNA ROE SAID THE PIER LEAKS. “WE MEND IT,” SHE ADDED.", ["ANNA ROE"]),
        ("ANNA ROE SAYS THE PIER LEAKS, WARNS THAT IT WILL FALL", ["ANNA ROE", "ANNA ROE"]),
        ("THE PIER LEAKS, ACCORDING TO THE TOP OF THE TOWN.", []),
    ],
)
def test_capitals_throughout_name_only_who_is_sure(sentence: str, speakers: list[str]) -> None:
    assert [speaker for speaker, _ in said(sentence)] == speakers


def test_who_is_named_elsewhere_is_known_in_capitals() -> None:
    body = "SUNDE DAHL SAYS THE PIER OF BERGEN LEAKS\n\nSunde Dahl, a nurse, saw the pier. Dahl was there."
    assert [speaker for speaker, _ in said(body)] == ["Sunde Dahl"]


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Anna Roe, Peter Lind and Tove Moe said the pier leaks.", "Anna Roe, Peter Lind and Tove Moe"),
        ("Anna Roe, Peter Lind, and Tove Moe said the pier leaks.", "Anna Roe, Peter Lind and Tove Moe"),
        ("“The pier leaks,” said Anna Roe, Peter Lind and Tove Moe.", "Anna Roe, Peter Lind and Tove Moe"),
        ("The pier leaks, according to Anna Roe, Peter Lind and Tove Moe.", "Anna Roe, Peter Lind and Tove Moe"),
        ("Norway, Sweden and Iceland said the pier leaks.", "Norway, Sweden and Iceland"),
        ("Police, doctors and teachers said the pier leaks.", "Police, doctors and teachers"),
        ("Meanwhile, Peter Lind and Tove Moe said the pier leaks.", "Peter Lind and Tove Moe"),
        ("In Oslo, Peter Lind and Tove Moe said the pier leaks.", "Peter Lind and Tove Moe"),
        ("Rain came to Oslo, Norway, and Peter Lind said the pier leaks.", "Peter Lind"),
        ("The mayor, Peter Lind, and Tove Moe said the pier leaks.", "Peter Lind and Tove Moe"),
        ("Anna Roe, a guard, and head of the Harbor Club, said the pier leaks.", "Anna Roe"),
    ],
)
def test_of_several_speakers_none_is_left_out(sentence: str, speaker: str) -> None:
    assert [name for name, _ in said(sentence)] == [speaker]


@pytest.mark.parametrize(
    "share",
    [
        "30 percent",
        "Some 30 per cent",
        "About 30%",
        "Two-thirds",
        "A third",
        "More than half",
        "A majority",
        "One in five",
        "Nearly 1,200",
        "Forty-two percent",
        "Just 12",
    ],
)
@pytest.mark.parametrize("sentence", ["{} said the pier leaks.", "The pier leaks, according to {}."])
def test_a_share_says_nothing(share: str, sentence: str) -> None:
    assert said("The town was asked. " + sentence.format(share)) == []


FRENCH = (
    "Le maire de la ville a déclaré lundi que le pont était sûr. « Nous allons le réparer », a dit Anne Roux devant "
    "les journalistes, mais la plupart des habitants ne sont pas du même avis."
)


def test_another_language_is_not_read() -> None:
    assert said(FRENCH) == []
    german = "„Die Brücke ist sicher“, sagte Anna Roth am Montag vor der Presse: „Wir werden sie nicht schließen.“"
    assert said(german) == []
    russian = "«Мост безопасен», — сказала Анна Рот в понедельник: «Мы его не закроем»."
    assert said(russian) == []


def test_a_paragraph_in_another_language_says_nothing_and_stops_nobody() -> None:
    english = "“The pier is safe for all of us,” Anna Roe said. The people of the town were glad to hear that."
    body = f"{english}\n\n{FRENCH}\n\n“We will mend it before the end of May,” she told reporters."
    assert said(body) == [
        ("Anna Roe", "“The pier is safe for all of us,”"),
        ("Anna Roe", "“We will mend it before the end of May,”"),
    ]


@pytest.mark.parametrize(
    "body", ["", "\n\n", "Rain fell. The pier leaks. Nobody came.", "“Why?”\n\n“Why not?”", "“”", "@"]
)
def test_where_nobody_speaks_nothing_is_said(body: str) -> None:
    assert said(body) == []


def test_one_mark_less_costs_no_more_than_its_paragraph() -> None:
    paragraphs = [f"“We will mend pier {one} by the end of May,” Anna Roe said." for one in range(12)]
    whole = said("\n\n".join(paragraphs))
    for at in range(12):
        for mark in "“”":
            broken = [*paragraphs]
            broken[at] = broken[at].replace(mark, "")
            left = said("\n\n".join(broken))
            assert [one for one in whole if one not in left and one[1] not in paragraphs[at]] == []


PIECES = st.sampled_from(
    [
        *" .:,“”‘’\"'()[]@—·\n",
        "\n\n",
        "Q: ",
        "A: ",
        "ROE: ",
        "Anna Roe: ",
        "**Lind:** ",
        "Interviewer: ",
        "(APPLAUSE)",
        "— Tove Moe (@moe) May 1",
        "@moe",
        "@moe: ",
        "Anna Roe, Peter Lind and Tove Moe ",
        "SAID ",
        "said ",
        "told ",
        "reporters ",
        "him ",
        "after ",
        "meeting ",
        "in an interview with ",
        "speaking ",
        "at the rally ",
        "according to ",
        "citing ",
        "quoted ",
        "as saying ",
        "by Interfax ",
        "30 percent ",
        "the ",
        "that ",
        "I ",
        "you?",
        "Monday ",
        "und der ",
        "Мост",
        "🐟",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=70).map("".join))
def test_every_text_gives_sound_statements(body: str) -> None:
    blocks = split(body)
    for one in attribute(body, blocks):
        assert 0 <= one.start < one.end <= len(body)
        assert 0 <= one.source_start < one.source_end <= len(body)
        assert one.speaker
        assert one.cue
        assert "" not in (one.addressee, one.via, one.relayed)
        if one.occasion is not None:
            words = body[one.occasion.start : one.occasion.end]
            assert words
            assert words == words.strip()
    people(body, blocks)
