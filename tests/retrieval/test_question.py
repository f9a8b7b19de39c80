"""What is read off a question's wording alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from retrieval.lexicon import name_words, normalise, tokens
from retrieval.question import MAX_CHARACTERS, Asks, complaint, understand

# Whose words


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("what did Putin say about NATO expansion?", "Putin"),
        ("What did Vladimir Putin tell Macron?", "Vladimir Putin"),
        ("What has Olaf Scholz said about Nord Stream 2?", "Olaf Scholz"),
        ("what does president Macron think of the talks", "Macron"),
        ("What did Foreign Minister Dmytro Kuleba warn?", "Dmytro Kuleba"),
        ("What did U.S. President Joe Biden announce?", "Joe Biden"),
        ("How did Zelensky respond to the claim?", "Zelensky"),
        ("According to Jean-Yves Le Drian, what comes next?", "Jean-Yves Le Drian"),
        ("What comes next according to O’Brien?", "O’Brien"),
        ("What is Scholz's position on the pipeline?", "Scholz"),
        ("Scholz’s view on sanctions", "Scholz"),
        ("What was the Mayor's reaction to it?", "Mayor"),
        ("What’s Putin’s view on NATO?", "Putin"),
        ("comments by Ada Brook about the harbour", "Ada Brook"),
        ("What was said by Ursula von der Leyen about it?", "Ursula von der Leyen"),
        ("quotes from Peskov", "Peskov"),
        ("What did we hear from Ivo Lund about the bridge?", "Ivo Lund"),
        ("Did the White House deny it?", "White House"),
        ("what did kuleba say", "kuleba"),
        ("WHAT DID PUTIN SAY", "PUTIN"),
        ("What did the German chancellor say about gas?", "chancellor"),
        ("What did Зеленский say?", "Зеленский"),
        ("What is Putin quoted as saying about NATO?", "Putin"),
    ],
)
def test_whose_words_are_asked_for(question: str, speaker: str) -> None:
    asked = understand(question)
    assert asked.speaker is not None
    # A title may be kept or left out; the name itself is whole.
    assert asked.speaker.endswith(speaker)
    assert asked.pronoun is None


@pytest.mark.parametrize(
    "question",
    [
        "How many troops has Russia massed near Ukraine?",
        "Who won the World Cup?",
        "Why has Scholz been criticised?",
        "What did the article say about gas?",
        "What do the reports say?",
        "Did anyone say anything?",
        "What happened in Minsk?",
        "What did Putin and Macron say to each other?",
        "NATO expansion",
        "tell me about Nord Stream 2",
    ],
)
def test_nobodys_words_are_asked_for(question: str) -> None:
    assert understand(question).speaker is None
    assert not understand(question).asks_words


@pytest.mark.parametrize(
    ("question", "pronoun"),
    [("What did he say?", "he"), ("what has she said about it", "she"), ("What did they announce?", "they")],
)
def test_a_pronoun_is_nobody_yet(question: str, pronoun: str) -> None:
    asked = understand(question)
    assert (asked.speaker, asked.pronoun) == (None, pronoun)


def test_words_are_asked_for_and_not_deeds() -> None:
    assert understand("What did Macron say about it?").asks_words
    assert understand("Macron's comments on Minsk").asks_words
    assert understand("According to Macron, what is next?").asks_words
    assert not understand("What did Macron offer Putin?").asks_words


# Which kind of answer


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("what did Putin say about NATO?", Asks.SAID),
        ("What has Scholz announced about when it ends?", Asks.SAID),
        ("Who said “it is cold here”?", Asks.WHO_SAID),
        ("who warned of a war", Asks.WHO_SAID),
        ("How many troops are there?", Asks.COUNT),
        ("how much did it cost", Asks.MONEY),
        ("What did the bridge cost?", Asks.MONEY),
        ("how much money does france give ukraine", Asks.MONEY),
        ("How much rain fell?", Asks.COUNT),
        ("What percentage voted?", Asks.COUNT),
        ("How long will it take?", Asks.DURATION),
        ("How old is the bridge?", Asks.DURATION),
        ("How long has it been closed?", Asks.DURATION),
        ("how far is it", Asks.EXTENT),
        ("How long is the bridge?", Asks.EXTENT),
        ("How long was the call?", Asks.EXTENT),
        ("How long will the tunnel be?", Asks.EXTENT),
        ("How long does she walk to her shift?", Asks.EXTENT),
        ("How often did they meet?", Asks.FREQUENCY),
        ("When did the talks begin?", Asks.WHEN),
        ("On which day did they meet?", Asks.WHEN),
        ("Why did the harbour close?", Asks.WHY),
        ("Where did they meet?", Asks.WHERE),
        ("In which city did they meet?", Asks.WHERE),
        ("Who met whom?", Asks.WHO),
        ("Which company pays?", Asks.WHO),
        ("Nord Stream 2", Asks.OTHER),
        ("What happened in Minsk?", Asks.OTHER),
    ],
)
def test_which_kind_of_answer_is_wanted(question: str, asks: Asks) -> None:
    assert understand(question).asks is asks


def test_what_a_value_is_asked_of() -> None:
    assert understand("How long did the talks last?").matter == ("talks",)
    assert understand("How much did the bridge at Vell cost?").matter == ("bridge", "Vell")
    assert understand("Who opened the bridge at Vell?").matter == ("opened", "bridge", "Vell")


def test_a_long_description_asks_for_no_one_kind_of_value() -> None:
    question = (
        "Which company, known for rockets, satellites, cars and tunnels, bought a network when its shares fell, "
        "said how many employees would leave, and moved its offices to Texas?"
    )
    assert understand(question).asks is Asks.OTHER


@pytest.mark.parametrize(
    ("question", "focus"),
    [
        ("How many antitank weapons has Britain sent?", ("antitank", "weapons")),
        ("how many troops are there", ("troops",)),
        ("Which towers were built?", ("towers",)),
        ("How many people were hurt?", ()),
        ("Who won?", ()),
        ("How many?", ()),
    ],
)
def test_what_is_counted(question: str, focus: tuple[str, ...]) -> None:
    assert understand(question).focus == focus


def test_words_in_quote_marks_of_a_question_who_said_them() -> None:
    assert understand("Who said “it is cold here”?").quoted == "it is cold here"
    assert understand('Who said "it is cold here"?').quoted == "it is cold here"
    assert understand("Who said “…”?").quoted is None
    assert understand("What is “it”?").quoted is None


# Words and names


def test_content_words_in_order_each_once() -> None:
    asked = understand("What did the harbour of Port Ellery cost, and who paid for the harbour?")
    assert asked.words == ("harbour", "Port", "Ellery", "cost", "paid")


def test_single_letters_are_remnants_and_single_digits_are_not() -> None:
    assert understand("Is the U.S. paying for Nord Stream 2?").words == ("paying", "Nord", "Stream", "2")
    assert "戰" in understand("戰 爭").words


def test_topic_words_leave_out_the_saying_and_the_speaker() -> None:
    asked = understand("What did Vladimir Putin warn about NATO expansion?")
    assert asked.topic_words() == ("NATO", "expansion")
    assert asked.topic_words(with_speaker=True) == ("Vladimir", "Putin", "NATO", "expansion")


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("what did Angela Merkel say about Nord Stream 2?", {"Angela Merkel", "Nord Stream 2"}),
        ("Is Jean-Yves Le Drian in Kyiv?", {"Jean-Yves Le Drian", "Kyiv"}),
        ("What is NATO?", {"NATO"}),
        ("Harbour closed?", set()),
        ("What did Ada Brook’s office say?", {"Ada Brook"}),
        ("What is in the Treaty of Rome?", {"Treaty of Rome"}),
        ("nothing has a capital here", set()),
    ],
)
def test_names_are_what_bears_a_capital(question: str, names: set[str]) -> None:
    assert set(understand(question).names) == names


def test_names_typed_without_capitals_are_known_from_the_articles() -> None:
    asked = understand("did macron meet putin in moscow", frozenset({"macron", "putin", "minsk"}))
    assert asked.names == ("macron", "putin")
    assert understand("did macron meet putin").names == ()


def test_the_words_of_a_name_that_can_be_looked_up() -> None:
    assert name_words("Time for Reflection") == ["Time", "Reflection"]
    assert name_words("U.S.") == []
    assert name_words("Nord Stream 2") == ["Nord", "Stream", "2"]


def test_tokens_are_letters_and_digits() -> None:
    assert tokens("Can’t—won’t: 3,000 U.S. snake_case ½ 北京") == [
        "Can", "t", "won", "t", "3", "000", "U", "S", "snake", "case", "½", "北京"
    ]  # fmt: skip


# What can be asked at all


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The question is empty; ask something"),
        (" \n\t ", "The question is empty; ask something"),
        ("\u200b\u202e\ufeff", "The question is empty; ask something"),
        ("\x00\x1b", "The question is empty; ask something"),
        ("?!… — “”", "The question holds no word that could be looked up; ask in words."),
        ("🦄🎉", "The question holds no word that could be looked up; ask in words."),
        ("____", "The question holds no word that could be looked up; ask in words."),
        ("x" * (MAX_CHARACTERS + 1), "The question has 2,001 characters; ask in at most 2,000."),
    ],
)
def test_what_cannot_be_asked(text: str, sentence: str) -> None:
    found = complaint(text)
    assert found is not None
    assert found.startswith(sentence)


@pytest.mark.parametrize("text", ["harbour", "北京", "2", "x" * MAX_CHARACTERS, "NEAR(mill", "'; DROP TABLE --"])
def test_what_can_be_asked(text: str) -> None:
    assert complaint(text) is None


def test_normalised_is_one_line_of_printed_characters() -> None:
    assert normalise(" a\tb\r\n\x00c \u200bd\u202e e\u0301 ") == "a b c d é"
    assert understand("what did\nPutin\x00say?").speaker == "Putin"


NAUGHTY = [
    "", "undefined", "null", "NaN", "1/0", "-1", "0x0", "1,000,000.00", "’", "''", '"', "Ω≈ç√∫˜µ≤≥÷", "¡™£¢∞§¶•ªº",
    "␢", "部落格", "사회과학원", "和製漢語", "Ⱥ", "﷽", "ヽ༼ຈل͜ຈ༽ﾉ", "(｡◕ ∀ ◕｡)", "👾 🙇 💁 🙅", "🇺🇸🇷🇺", "ثم نفس سقطت",
    "\u202a\u202atest\u202a", "T\u0333\u0323\u0329o\u0361", "˙ɐnbᴉlɐ", "<script>alert(0)</script>", "%s%n", "{0}",
    "../../etc/passwd", "\\", "\\\\", "File:///", "Roses are \x1b[0;31mred", "ﾉ", "ı", "İ", "ß", "ǆ", "ﬁ", "\ufeff",
    "what did say", "what did  say about", "according to", "according to ,", "’s view on", "did did say", "how many",
    "who said “", "quotes from", "said by", "did . say", "did ’ say", "did -- say", "is A saying", "did U.S say",
]  # fmt: skip


def check(text: str) -> None:
    """What is promised of any text."""
    asked = understand(text)
    assert asked.text == normalise(text)
    known = set(tokens(asked.text))
    assert set(asked.words) <= known
    assert len(set(asked.words)) == len(asked.words)
    assert set(asked.focus) <= known
    assert set(asked.topic_words()) <= set(asked.words)
    for name in asked.names:
        assert name.strip()
        assert name in asked.text
    if asked.speaker is not None:
        assert asked.speaker.strip()
        assert all(part in asked.text for part in asked.speaker.split())
        assert asked.pronoun is None
    # Read again it says the same.
    assert understand(asked.text) == asked
    assert complaint(text) is None or complaint(text) == complaint(text).strip()  # type: ignore[union-attr]


@pytest.mark.parametrize("text", NAUGHTY)
def test_odd_input(text: str) -> None:
    check(text)
    check(f"what did {text} say about {text}?")
    check(f"how many {text} has {text}?")


PIECES = st.sampled_from(
    ["what did ", "say ", "about ", "according to ", "Putin ", "he ", "the ", "how many ", "’s view on ", "who said “",
     "”", "? ", ", ", "U.S. ", "of ", "and ", "is ", "quotes from ", "\n", "\u200b", "É", "北京 ", "2 ", "-", ".", "A"]
)  # fmt: skip


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=20).map("".join)))
@example("did ’ say")
@example("\ud800 what did \udfff say?")
def test_nothing_that_is_typed_is_an_error(text: str) -> None:
    check(text)


@settings(max_examples=50, deadline=1000)
@given(
    st.text(st.sampled_from("Aa .-’&,2"), min_size=1, max_size=8),
    st.sampled_from(["", "did ", "how many "]),
)
def test_no_question_takes_long(piece: str, start: str) -> None:
    understand((start + piece * 2000)[:2000])


@pytest.mark.shared
def test_naughty_strings(shared: Path) -> None:
    (file,) = (shared / "bench" / "hostile").rglob("blns.json")
    strings = json.loads(file.read_text(encoding="utf-8"))
    assert len(strings) > 400
    for text in strings:
        check(text)
        check(f"what did {text} say about {text}?")
