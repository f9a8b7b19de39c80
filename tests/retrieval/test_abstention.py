"""Whether to answer: what speaks for it and against it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.store import Filters
from corpus.store.text import Stemmer
from retrieval.abstention import THRESHOLD, Evidence, confidence, reason, weigh
from retrieval.answering import answering_spans
from retrieval.models import Outcome, Reason
from retrieval.outlets import NamedOutlets
from retrieval.question import understand
from retrieval.retriever import Found, Retriever
from tests.making import bundled_encoder
from tests.retrieval.conftest import Shelf

STRONG = Evidence(
    nearest=0.8, covered=1.0, strange_names=0.0, strange_words=0.0, strange_outlets=0.0, silent=0.0, uncounted=0.0,
    apart=0.0, length=0.0, on_record=0.0, unsaid=0.0,
)  # fmt: skip
WEAK = Evidence(
    nearest=0.1, covered=0.1, strange_names=1.0, strange_words=1.0, strange_outlets=1.0, silent=1.0, uncounted=1.0,
    apart=1.0, length=0.0, on_record=0.0, unsaid=1.0,
)  # fmt: skip
SHARES = st.floats(0, 1)
EVIDENCE = st.builds(
    Evidence, nearest=st.floats(-1, 1), covered=SHARES, strange_names=SHARES, strange_words=SHARES,
    strange_outlets=SHARES, silent=SHARES, uncounted=SHARES, apart=SHARES, length=st.floats(-2, 6),
    on_record=st.sampled_from((0.0, 1.0)), unsaid=SHARES,
)  # fmt: skip


@given(EVIDENCE)
def test_confidence_is_a_probability(evidence: Evidence) -> None:
    assert 0 < confidence(evidence) < 1


def test_strong_evidence_is_answered_and_weak_declined() -> None:
    assert confidence(STRONG) > 0.9 > THRESHOLD > 0.1 > confidence(WEAK)


FOR = ("nearest", "covered")
AGAINST = ("strange_names", "strange_words", "strange_outlets", "silent", "uncounted", "apart", "unsaid")
OF_WORDS = ("nearest", "covered", "strange_names", "unsaid")
"""What counts where somebody on record is asked for their words."""


@given(EVIDENCE, st.sampled_from(FOR), SHARES)
def test_more_for_an_answer_never_makes_it_less_likely(evidence: Evidence, name: str, other: float) -> None:
    low, high = sorted((getattr(evidence, name), other))
    assert confidence(replace(evidence, **{name: low})) <= confidence(replace(evidence, **{name: high}))


@given(EVIDENCE, st.sampled_from(AGAINST), SHARES)
def test_more_against_an_answer_never_makes_it_more_likely(evidence: Evidence, name: str, other: float) -> None:
    low, high = sorted((getattr(evidence, name), other))
    assert confidence(replace(evidence, **{name: low})) >= confidence(replace(evidence, **{name: high}))


def test_every_part_of_the_evidence_counts() -> None:
    assert {field.name for field in fields(Evidence)} == {*FOR, *AGAINST, "length", "on_record"}
    on_record = replace(STRONG, on_record=1.0)
    for name in (*FOR, *AGAINST):
        one = on_record if name in OF_WORDS else STRONG
        assert confidence(replace(one, **{name: 0.3})) != confidence(replace(one, **{name: 0.6}))


def test_no_one_sign_decides_alone() -> None:
    """A near passage that holds nothing that is asked for is not enough, nor are the right words far away."""
    assert confidence(replace(WEAK, nearest=0.8)) < THRESHOLD
    assert confidence(replace(WEAK, covered=1.0)) < THRESHOLD


# What is seen in the articles


def looked(shelf: Shelf, text: str) -> tuple[Evidence, Found]:
    question = understand(text)
    found = Retriever([shelf.collection], shelf.encoder).find(question, Filters())
    stemmer = Stemmer()
    return weigh(question, found, answering_spans(question, found, stemmer), stemmer), found


def test_what_is_asked_and_printed(newsroom: Shelf) -> None:
    evidence, _ = looked(newsroom, "When will the harbour of Port Ellery close?")
    assert evidence.nearest > 0.6
    assert evidence.covered > 0.9
    assert evidence.apart < 0.1
    assert (evidence.strange_names, evidence.strange_words, evidence.silent) == (0, 0, 0)


@pytest.mark.parametrize(
    ("question", "sign"),
    [
        ("What did Angela Merkel say about the harbour?", "silent"),
        ("Did the harbour of Port Ellery please Margaret Thatcherson in Luxemburgville?", "strange_names"),
        ("How many antitank weapons are in the harbour of Port Ellery?", "uncounted"),
        ("How many antitank weapons are in the harbour of Port Ellery?", "strange_words"),
        ("What does the Reuters article say about the harbour of Port Ellery?", "strange_outlets"),
        ("How long did the mayors of Port Ellery argue over ferries?", "apart"),
        ("How deep is the ferry?", "apart"),
        ("What did Ada Brook say about zebras and ostriches?", "unsaid"),
    ],
)
def test_what_is_missing_is_seen(newsroom: Shelf, question: str, sign: str) -> None:
    evidence, _ = looked(newsroom, question)
    assert getattr(evidence, sign) > 0.4
    assert getattr(looked(newsroom, "What did Ada Brook say about the harbour?")[0], sign) == 0


def test_which_failure_it_is(newsroom: Shelf) -> None:
    for text, expected in (
        ("Who won the football cup in Brazil?", Reason.OFF_TOPIC),
        ("What did Angela Merkel say about the harbour?", Reason.SPEAKER_SILENT),
        ("What did Ivo Lund say about the fishermen of Port Ellery?", Reason.SPEAKER_SILENT),
        ("How many boats are there in the harbour of Port Ellery?", Reason.NEAR_MISS),
    ):
        evidence, found = looked(newsroom, text)
        assert reason(understand(text), found, evidence) is expected


TUNNEL = (
    "The tunnel under the Tarn is dug, but no train has run through it.",
    "Engineers of the railway were at the site on Monday, and the valley was watching them.",
    "Mayor Ada Brook met the mayors of Vell and Orr on Tuesday; the three, she said, shared one wish, a quiet summer.",
)


def test_a_headline_is_no_topic_of_somebodys_words(open_shelf: Callable[..., Shelf]) -> None:
    shelf = open_shelf("main", bundled_encoder())
    shelf.write("tunnel.md", *TUNNEL, title="What will become of the Tarn tunnel?")
    shelf.ingest()
    answer = shelf.ask("What did Ada Brook say about the Tarn tunnel?")
    assert answer.reason is Reason.SPEAKER_SILENT
    assert answer.text.startswith("The articles quote Ada Brook, but not on the Tarn tunnel.")
    shelf.write("more.md", "“The Tarn tunnel will open in May,” Mayor Ada Brook said.", title="Plans for the summer")
    shelf.ingest()
    answer = shelf.ask("What did Ada Brook say about the Tarn tunnel?")
    assert [quote.quote for quote in answer.citations] == ["The Tarn tunnel will open in May"]


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("Ivo Lund, who has written about the valley, doubts that it was a road at all.", True),
        ("“It was never a road,” said Ivo Lund, who has written about the valley.", True),
        ("“Maybe nobody saw it,” said Ivo Lund, who has written about the valley.", False),
    ],
)
def test_a_pronoun_at_the_head_of_somebodys_words_points_back(
    open_shelf: Callable[..., Shelf], said: str, answered: bool
) -> None:
    shelf = open_shelf("main", bundled_encoder())
    shelf.write("walkway.md", "Where the old walkway leads nobody can tell.", said, title="A find in Vell")
    shelf.ingest()
    answer = shelf.ask("What does Ivo Lund think the walkway was for?")
    assert (answer.outcome is Outcome.ANSWERED) is answered


def test_nothing_found_is_weak_evidence() -> None:
    nothing = Found((), (), (), 0, NamedOutlets(frozenset(), ()), {}, 0)
    for text in ("When will the harbour close?", "What did Ada Brook say?", "How many boats?", "x"):
        evidence = weigh(understand(text), nothing, [], Stemmer())
        assert confidence(evidence) < THRESHOLD
        assert reason(understand(text), nothing, evidence) in (Reason.OFF_TOPIC, Reason.SPEAKER_SILENT)
