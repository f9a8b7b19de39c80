"""What of a statement is shown: whole sentences, whole utterances, never half of either."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import preparation
from corpus.errors import ReadError
from corpus.models import Document, Passage, Sentence, Statement, StatementKind
from retrieval.utterances import shown_span, trimmed

MARKS = "\"“”„«»‘’'‹›"


def passages(text: str) -> list[tuple[Passage, list[Sentence], tuple[Statement, ...]]]:
    """The passages of a text with their sentences and statements, as they would be stored."""
    prepared = preparation.prepare(Document(raw=text, origin="/a.txt", slug="a"))
    return [
        (
            Passage(n, "a", 1, block.ordinal, block.start, block.end, block.text, block.kind),
            [Sentence(n, span.start, span.end) for span in block.sentences],
            prepared.knowledge_of(block).statements,
        )
        for n, block in enumerate(prepared.blocks, start=1)
    ]


def shown(text: str) -> list[str]:
    """What is shown of each statement of a text of one paragraph, each once."""
    ((passage, sentences, statements),) = passages(text)
    spans = [shown_span(statement, passage, sentences, statements) for statement in statements]
    return list(dict.fromkeys(passage.text[start - passage.start : end - passage.start] for start, end in spans))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A whole utterance, without its marks and without who said it.
        ("“We cannot pay for another winter,” Mayor Ada Brook said.", "We cannot pay for another winter"),
        ('"We cannot pay for another winter," Mayor Ada Brook said.', "We cannot pay for another winter"),
        ("Mayor Ada Brook said: “We cannot pay for another winter.”", "We cannot pay for another winter."),
        # Less than an utterance is shown with its sentence.
        ("“as long as we are able to pay for it,” Ada Brook said.",) * 2,
        ("“Never again,” Mayor Ada Brook said.", "“Never again,” Mayor Ada Brook said."),
        (
            "Mayor Ada Brook called it “a threat to each and every one of us” on Monday.",
            "Mayor Ada Brook called it “a threat to each and every one of us” on Monday.",
        ),
        # Reported words are shown whole, with what hedges or denies them.
        (
            "The harbour may possibly close in June, Mayor Ada Brook said on Monday.",
            "The harbour may possibly close in June, Mayor Ada Brook said on Monday.",
        ),
    ],
)
def test_what_is_shown(text: str, expected: str) -> None:
    assert shown(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "“We will pay for another winter,” Mayor Ada Brook said, “if the town finds the money.”",
        "“We cannot pay,” Mayor Ada Brook said, “for another winter in this harbour of ours.”",
        "“Of course,” said Ada Brook, “we have said all along that we cannot pay for it.”",
    ],
)
def test_an_utterance_that_goes_on_is_shown_with_its_sentence(text: str) -> None:
    # Never one half alone: the condition, or what cannot be paid for, stands with it.
    assert shown(text) == [text]


HEDGES = ["not", "never", "perhaps", "unless we find the money", "if the town agrees", "reportedly"]


@pytest.mark.parametrize("hedge", HEDGES)
@pytest.mark.parametrize(
    "frame",
    [
        "Mayor Ada Brook said the harbour would {} close.",
        "Mayor Ada Brook said that the harbour would close, {}.",
        "The harbour would {} close, according to Mayor Ada Brook.",
        "“The harbour of ours will {} close in June,” Mayor Ada Brook said.",
    ],
)
def test_a_hedge_is_never_cut_off(frame: str, hedge: str) -> None:
    found = shown(frame.format(hedge))
    assert found
    assert all(hedge in words for words in found)


@pytest.mark.parametrize("kind", StatementKind)
@pytest.mark.parametrize(("start", "end"), [(0, 5), (-50, -20), (500, 600), (10, 10**9), (30, 10), (-5, 500), (20, 20)])
def test_offsets_that_point_elsewhere_show_nothing_of_elsewhere(kind: StatementKind, start: int, end: int) -> None:
    second = passages("The harbour closes in June.\n\n“We cannot pay for another winter,” Ada Brook said.\n\nMore.")[1]
    passage, sentences, statements = second
    damaged = replace(statements[0], start=start, end=end, kind=kind)
    shown_start, shown_end = shown_span(damaged, passage, sentences, statements)
    # An empty span is never shown.
    assert shown_start >= shown_end or passage.start <= shown_start < shown_end <= passage.end


def test_trimming_leaves_the_words() -> None:
    passage = Passage(1, "a", 1, 1, 100, 112, " “ It is. ” ", passages("x")[0][0].kind)
    assert trimmed(passage, 100, 112) == (101, 111)
    assert trimmed(passage, 100, 112, "“”") == (103, 109)
    assert trimmed(passage, 103, 109, "“”") == (103, 109)
    assert trimmed(passage, 100, 103, "“”")[0] >= trimmed(passage, 100, 103, "“”")[1]
    assert trimmed(passage, 0, 10**6) == (101, 111)


PIECES = st.sampled_from(
    ["“We cannot pay,” ", "“", "” ", "he said", "Ada Brook said ", "that ", "the harbour would close", ". ", ", ",
     "told ", "Mr. Brook", "according to Ivo Lund", ": ", "“It is not ", "so,” ", "she added, ", "‘quite’ ", "\"",
     " — ", "\n\n", "if ", "not ", "We ", "may ", "? ", "Lund denied ", "e\u0301", "👩‍🚒 "]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_a_span_lies_in_its_passage_and_ends_where_words_end(text: str) -> None:
    try:
        found = passages(text)
    except ReadError:
        return
    for passage, sentences, statements in found:
        for statement in statements:
            start, end = shown_span(statement, passage, sentences, statements)
            assert passage.start <= start < end <= passage.end
            words = passage.text[start - passage.start : end - passage.start]
            assert words == words.strip()
            opened = passage.text[start - passage.start - 1] if start > passage.start else " "
            assert not opened.isalnum()
            if statement.kind is not StatementKind.DIRECT:
                # From the beginning of a sentence to the end of one, around all that was said.
                assert any(
                    passage.text[s.start - passage.start : start - passage.start].strip() == "" for s in sentences
                )
                assert start <= statement.start
                assert passage.text[end - passage.start : statement.end - passage.start].strip() == ""
