"""Whose words a question asks for: the speaker, to whom, on which occasion, who is being relayed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.lexicon import FUNCTION_WORDS, TITLE_WORDS, tokens
from retrieval.models import Answer, Outcome
from retrieval.question import Asks, understand
from retrieval.saying import Saying, is_saying_surely, is_verdict, read_saying
from tests.making import bundled_encoder
from tests.retrieval.conftest import Shelf
from tests.retrieval.test_question import NAUGHTY

# question: speaker, addressee, relayed, occasion
READ: list[tuple[str, str | None, str | None, str | None, str | None]] = [
    ("What did Brook say?", "Brook", None, None, None),
    ("What did Ada Brook say about the harbour?", "Ada Brook", None, None, None),
    ("what did ada brook say about the harbour", "ada brook", None, None, None),
    ("What did Mayor Ada Brook say about the harbour?", "Ada Brook", None, None, None),
    ("What has President Lund said about cables?", "Lund", None, None, None),
    ("What did the French president say about gas?", "French president", None, None, None),
    ("What did the mayor's spokesman say about gas?", "mayor's spokesman", None, None, None),
    ("What did the Courier's Jo Mills say about gas?", "Jo Mills", None, None, None),
    ("What did the White House say about gas?", "White House", None, None, None),
    ("What did U.S. officials say about gas?", "U.S. officials", None, None, None),
    ("What did Jean-Luc d'Arbois say about gas?", "Jean-Luc d'Arbois", None, None, None),
    ("What did O’Hara say about gas?", "O’Hara", None, None, None),
    ("What did Özgür say about gas?", "Özgür", None, None, None),
    ("What did 山田 say about rice?", "山田", None, None, None),
    ("What is Lund's position on cables?", "Lund", None, None, None),
    ("What are Lund’s comments on cables?", "Lund", None, None, None),
    ("What was the reaction of Lund to the plan?", "Lund", None, None, None),
    ("What were the remarks by Ivo Lund on the plan?", "Ivo Lund", None, None, None),
    ("According to Lund, what happens next?", "Lund", None, None, None),
    ("What happens next, according to Ivo Lund?", "Ivo Lund", None, None, None),
    ("Was anything said by Lund about cables?", "Lund", None, None, None),
    ("Lund said what about cables?", "Lund", None, None, None),
    ("Quotes from Ivo Lund about cables", "Ivo Lund", None, None, None),
    ("What have we heard from Lund about cables?", "Lund", None, None, None),
    # To whom.
    ("What did Brook tell the Courier about gas?", "Brook", "the Courier", None, None),
    ("What did Brook tell reporters?", "Brook", "reporters", None, None),
    ("What did Brook tell her host?", "Brook", "her host", None, None),
    ("what did brook tell lund about gas", "brook", "lund", None, None),
    ("What did Brook say to Ivo Lund about gas?", "Brook", "Ivo Lund", None, None),
    ("What did Brook discuss with Lund?", "Brook", "Lund", None, None),
    ("What did Brook urge the council to do?", "Brook", "the council", None, None),
    ("What did Brook ask Lund in Vell?", "Brook", "Lund", None, None),
    ("What did Brook tell them?", "Brook", None, None, None),
    ("What did Brook tell about the harbour?", "Brook", None, None, None),
    # Who is being relayed.
    ("What did Brook say Lund told her?", "Brook", None, "Lund", None),
    ("what did brook say lund told her about gas", "brook", None, "lund", None),
    ("What did Brook say that Ivo Lund had promised her?", "Brook", None, "Ivo Lund", None),
    ("What did Brook say Lund and Roe told her?", "Brook", None, "Lund and Roe", None),
    ("What did Brook say Lund has also confirmed?", "Brook", None, "Lund", None),
    # On which occasion.
    ("What did Brook say after meeting Lund?", "Brook", None, None, "after meeting Lund"),
    ("what did brook say after meeting lund", "brook", None, None, "after meeting lund"),
    ("WHAT DID BROOK SAY AFTER MEETING LUND?", "BROOK", None, None, "AFTER MEETING LUND"),
    ("After meeting Lund, what did Brook say about gas?", "Brook", None, None, "After meeting Lund"),
    ("At the summit, what did Brook say?", "Brook", None, None, "At the summit"),
    ("What did Brook say before her trip to Vell?", "Brook", None, None, "before her trip to Vell"),
    ("What did Brook say while visiting Vell?", "Brook", None, None, "while visiting Vell"),
    ("What did Brook say following the vote about gas?", "Brook", None, None, "following the vote"),
    ("What did Brook say in an interview with the Courier?", "Brook", None, None,
     "in an interview with the Courier"),
    ("What did Brook say at her news conference about gas?", "Brook", None, None, "at her news conference"),
    ("What did Brook say during the debate, and why?", "Brook", None, None, "during the debate"),
    ("What did Brook say after Vell?", "Brook", None, None, "after Vell"),
    ("What did Brook say on Tuesday about gas?", "Brook", None, None, "on Tuesday"),
    ("What did Brook tell Lund during their call about gas?", "Brook", "Lund", None, "during their call"),
    # What follows the topic belongs to it.
    ("What did Brook say about relations after the war?", "Brook", None, None, None),
    ("What did Brook say on gas before the winter?", "Brook", None, None, None),
    # Nobody's words, or of nobody who could be looked up.
    ("How many people joined the protest?", None, None, None, None),
    ("Who said that there would be no winners?", None, None, None, None),
    ("What did the article say about Brook?", None, None, None, None),
    ("What did you say?", None, None, None, None),
    ("What did everyone say?", None, None, None, None),
    ("What did Brook and Lund say about gas?", None, None, None, None),
    ("Why has Brook been criticised?", None, None, None, None),
    ("what did who say", None, None, None, None),
    ("say what", None, None, None, None),
    ("", None, None, None, None),
]  # fmt: skip


def test_the_table_is_long_enough() -> None:
    assert len({question for question, *_ in READ}) == len(READ) >= 40


@pytest.mark.parametrize(("question", "speaker", "addressee", "relayed", "occasion"), READ)
def test_whose_words_are_asked_for(
    question: str, speaker: str | None, addressee: str | None, relayed: str | None, occasion: str | None
) -> None:
    found = read_saying(question)
    assert (found.speaker, found.addressee, found.relayed, found.occasion) == (speaker, addressee, relayed, occasion)
    assert found.pronoun is None


@pytest.mark.parametrize(
    ("question", "speaker", "addressee", "relayed", "occasion"),
    [
        # "the" may not begin a name that is relayed, though a title does.
        ("What did Brook say the Russian president told her?", "Brook", None, "Russian president", None),
        # Seven words; an office takes so many.
        ("What did the Minister of Foreign Affairs of Vell say?", "Minister of Foreign Affairs of Vell", None, None,
         None),
        # "report" is no verb here.
        ("What did the Ellery Courier report say about gas?", None, None, None, None),
        # What was decided after the talks was said at any time.
        ("What did Brook say was decided after the talks?", "Brook", None, None, None),
    ],
)  # fmt: skip
@pytest.mark.xfail(strict=True, reason="not read, or read wrongly, so far")
def test_what_is_not_read_yet(
    question: str, speaker: str | None, addressee: str | None, relayed: str | None, occasion: str | None
) -> None:
    found = read_saying(question)
    assert (found.speaker, found.addressee, found.relayed, found.occasion) == (speaker, addressee, relayed, occasion)


@pytest.mark.parametrize(
    ("question", "pronoun"),
    [("What did he say about gas?", "he"), ("What did She tell reporters?", "She"), ("what have they said?", "they")],
)
def test_a_pronoun_is_nobody_yet(question: str, pronoun: str) -> None:
    found = read_saying(question)
    assert (found.speaker, found.pronoun) == (None, pronoun)


@pytest.mark.parametrize(
    ("question", "cue"),
    [("What did Brook say?", "say"), ("What has Brook said?", "said"), ("Did Brook deny it?", "deny"),
     ("What is Brook's stance on gas?", "stance"), ("According to Brook, is it so?", None)],
)  # fmt: skip
def test_the_verb_or_noun_of_saying_is_kept(question: str, cue: str | None) -> None:
    assert read_saying(question).cue == cue


@pytest.mark.parametrize(
    ("cue", "surely"), [(None, True), ("say", True), ("SAID", True), ("offer", False), ("want", False)]
)
def test_which_verbs_ask_for_words(cue: str | None, surely: bool) -> None:
    assert is_saying_surely(cue) is surely


@pytest.mark.parametrize(
    ("cue", "verdict"),
    [("denied", True), ("did not deny", True), ("Confirmed", True), ("ruled out", True), ("said", False), ("", False),
     ("denim", False)],
)  # fmt: skip
def test_which_verbs_confirm_or_deny(cue: str, verdict: bool) -> None:
    assert is_verdict(cue) is verdict


def test_to_whom_and_when_are_no_words_of_the_topic() -> None:
    asked = understand("What did Brook tell Lund about gas after the summit in Vell?")
    assert (asked.asks, asked.topic_words()) == (Asks.SAID, ("gas", "summit", "Vell"))
    asked = understand("What did Brook tell Lund at the summit about gas?")
    assert asked.topic_words() == ("gas",)
    asked = understand("What did Brook say Lund had promised her about gas?")
    assert asked.topic_words() == ("gas",)


# Anything


def holds(text: str, found: Saying) -> None:
    """What is read off a question stands in it."""
    for part in (found.cue, found.pronoun, found.addressee, found.relayed, found.occasion):
        assert part is None or (part and part in text)
    if found.speaker is not None:
        assert found.speaker in " ".join(text.split())
        assert found.pronoun is None
        assert found.speaker.split()[0].lower() not in FUNCTION_WORDS
        first, last = (found.speaker.lower().split()[n] for n in (0, -1))
        assert first not in TITLE_WORDS or len(found.speaker.split()) == 1 or last in TITLE_WORDS
    else:
        assert (found.addressee, found.relayed, found.occasion) == (None, None, None)
    if found.addressee is not None:
        assert any(word.lower() not in FUNCTION_WORDS for word in tokens(found.addressee))


ODD = [
    "What did \u202eBrook\u202c say after \x00 meeting Lund?",
    "What did ' OR 1=1; -- say about gas?",
    "What did (((( say after meeting )))) tell [[[ about ]]]?",
    "What did Brook\nsay\nto\nLund\nabout\ngas?",
    "What did did did say say say tell tell to to to?",
    "what did a b c d e f g h i j k l m n o p say",
    "What did $(rm -rf /) say to `id` after ${HOME}?",
    "What did Brook say to to to to to to to to?",
    "WHAT did İbrahim SAY TO ﬁscher AFTER ẞTRASSE?",
    "What did Brook say after " + "after " * 300,
    "What did Brook say in the the the the the the the the interview?",
    "?" * 500,
    "“What did Brook say?” he said, “what did Lund say?”",
]


@pytest.mark.parametrize("text", [*NAUGHTY, *ODD])
def test_odd_questions_are_read_without_complaint(text: str) -> None:
    holds(text, read_saying(text))
    holds(f"What did {text} say to Lund after {text}?", read_saying(f"What did {text} say to Lund after {text}?"))
    understand(text)


WORDS = (
    "what did does has Brook Ada brook Mayor the a say said tell told to with about on after before meeting her in an "
    "interview Lund that had promised and according , ? ’s 's he view of by from quotes on Tuesday at . what’s deny"
).split(" ")


@settings(max_examples=400)
@given(st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join))
def test_what_is_read_stands_in_the_question(text: str) -> None:
    holds(text, read_saying(text))


@given(st.text(max_size=120))
def test_no_text_is_an_error(text: str) -> None:
    read_saying(text)
    understand(text)


# Long questions


REPEATED = [
    "did a ", "after his ", "at a b c d interview ", "according to a ", "What did Brook say after ", "told ", "a ",
    "the ", ".", "'", "said by a ", "quotes from ", "Lund had ", "view of ", " ", "?", "A", "in the the the call ",
    "What did Brook say in an interview with ", "has a a a a a a been ", "to ", "山", "did x say ",
]  # fmt: skip


# In an answer


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """With the real model. For reading only."""
    shelf = Shelf(tmp_path_factory.mktemp("talks"), encoder=bundled_encoder())
    shelf.write(
        "a.md",
        "“The harbour will stay open for another year,” Mayor Ada Brook said after meeting Ivo Lund in Vell.",
        "“Nobody will lose a berth in the harbour,” Brook told the Ellery Courier in an interview on Sunday.",
        "“The harbour costs us more than it brings,” Brook said at a news conference before the vote.",
        "Lund had told her that the cables of the bridge would hold, Brook said.",
        "The council met behind closed doors.",
        id="a", title="Brook speaks on the harbour", outlet="Test Herald", published_at="2023-05-02",
    )  # fmt: skip
    shelf.write(
        "b.md",
        "“It was a long night,” Ivo Lund told Brook when they met in Vell.",
        "The council denied that the harbour would be sold.",
        "Traders in Vell wonder whether the harbour will be sold, and to whom the harbour would be sold.",
        id="b", title="A night in Vell", outlet="Test Courier", published_at="2023-05-03",
    )  # fmt: skip
    # Of all these only one was said to Lund, one after meeting him, one relays him: what is nearer to a topic is not.
    shelf.write(
        "c.md",
        "“The mill of Port Ellery costs us more than it brings,” Mayor Mara Vale said on the radio.",
        "On Sunday Vale received Otto Kern, a miller, in Vell.",
        "“It is going to stay open,” Vale said after meeting Kern. “That much of the mill is sure.”",
        "“My father built that mill,” Vale told him.",
        "The mill would need new sails within the year, Vale said Kern had warned her.",
        "“Nobody in Port Ellery is going to lose a day in the mill,” Vale told a crowd.",
        id="c", title="Vale on the mill", outlet="Test Herald", published_at="2023-05-02",
    )  # fmt: skip
    shelf.ingest()
    yield shelf
    shelf.close()


@pytest.fixture
def first(talks: Shelf) -> Callable[[str], str]:
    def ask(question: str) -> str:
        answer: Answer = talks.ask(question)
        assert answer.outcome is Outcome.ANSWERED
        return answer.citations[0].quote

    return ask


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did Brook say about the harbour after meeting Lund?", "The harbour will stay open for another year"),
        ("What did Brook say after meeting Lund?", "The harbour will stay open for another year"),
        ("What did Brook tell the Ellery Courier about the harbour?", "Nobody will lose a berth in the harbour"),
        ("What did Brook say about the harbour before the vote?", "The harbour costs us more than it brings"),
        ("What did Brook say at the news conference?", "The harbour costs us more than it brings"),
        ("What did Vale say after meeting Kern about the sails of the mill?", "It is going to stay open"),
        ("What did Vale tell Kern about the mill?", "My father built that mill"),
    ],
)
def test_what_was_said_then_and_to_them_comes_first(first: Callable[[str], str], question: str, words: str) -> None:
    assert first(question) == words


def test_only_what_is_relayed_is_shown_where_that_is_asked(talks: Shelf) -> None:
    answer = talks.ask("What did Brook say Lund told her?")
    assert answer.outcome is Outcome.ANSWERED
    assert {citation.relayed for citation in answer.citations} == {"Ivo Lund"}
    assert "cables" in answer.citations[0].quote


def test_what_else_was_said_on_the_topic_is_not_what_was_relayed(talks: Shelf) -> None:
    answer = talks.ask("What did Vale say Kern told her about the mill?")
    assert [(one.speaker, one.relayed) for one in answer.citations] == [("Mara Vale", "Otto Kern")]
    assert "new sails" in answer.citations[0].quote


@pytest.mark.xfail(strict=True, reason="without a topic the words around a meeting outweigh to whom something was said")
def test_what_was_said_to_them_comes_first_without_a_topic(first: Callable[[str], str]) -> None:
    assert first("What did Vale tell Kern?") == "My father built that mill"


@pytest.mark.xfail(strict=True, reason="after a topic no occasion is read: “about relations after the war”")
def test_when_something_was_said_may_follow_the_topic(first: Callable[[str], str]) -> None:
    assert first("What did Vale say about losing a day in the mill after meeting Kern?") == "It is going to stay open"


@pytest.mark.xfail(strict=True, reason="to whom is left out of the topic, and then missed by nobody")
def test_what_was_said_to_nobody_of_that_name_is_no_answer(talks: Shelf) -> None:
    answer = talks.ask("What did Vale tell Odile Marchetti about the mill?")
    assert answer.outcome is Outcome.NO_EVIDENCE


def test_a_denial_leads_where_it_is_asked_whether_something_is_so(first: Callable[[str], str]) -> None:
    assert first("Will the harbour be sold?") == "The council denied that the harbour would be sold."
