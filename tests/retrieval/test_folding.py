"""Copies of one text shown once."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.folding import Shingles, fold, same_text, shingles_of
from retrieval.lexicon import tokens
from retrieval.vocabulary import vocabulary

WIRE = (
    "The harbour of Port Ellery will close in June, the town council decided on Monday after a debate of nine hours "
    "in which fishermen and shopkeepers pleaded for another winter."
)


@dataclass(frozen=True)
class Item:
    number: int
    text: str

    @property
    def shingles(self) -> Shingles:
        return shingles_of(vocabulary().words(self.text))


def items(*texts: str) -> list[Item]:
    return [Item(n, text) for n, text in enumerate(texts)]


def folded(*texts: str) -> list[list[int]]:
    return [[first.number, *(other.number for other in others)] for first, others in fold(items(*texts))]


@pytest.mark.parametrize(
    "copy",
    [
        WIRE,
        WIRE.upper(),
        WIRE.replace("June", "July"),
        WIRE.replace(",", ""),
        WIRE.replace(" ", "  "),
        f"“{WIRE}”",
        WIRE + " Rain fell.",
        "PORT ELLERY — " + WIRE,
    ],
)
def test_copies_are_one_text(copy: str) -> None:
    assert same_text(WIRE, copy)
    assert same_text(copy, WIRE)
    assert folded(WIRE, "A mill burned down in Vell.", copy) == [[0, 2], [1]]


@pytest.mark.parametrize(
    "other",
    [
        "A mill burned down.",
        "The harbour of Port Ellery will close.",
        " ".join(reversed(WIRE.split())),
        WIRE.replace("close", "open").replace("June", "May").replace("council", "mayor").replace("nine", "two"),
        WIRE + " " + "But that is another story, of which more will be told on another day in another place. " * 3,
    ],
)
def test_other_texts_stay_apart(other: str) -> None:
    assert not same_text(WIRE, other)
    assert not same_text(other, WIRE)
    assert folded(WIRE, other) == [[0], [1]]


def test_short_texts_are_the_same_only_word_for_word() -> None:
    assert same_text("It is.", "it is")
    assert not same_text("It is.", "It was.")
    assert not same_text("It is cold here.", "It is cold.")
    assert folded("No.", "Yes.", "no") == [[0, 2], [1]]


@pytest.mark.parametrize(("changed", "same"), [(0, True), (1, True), (3, True), (4, False), (8, False)])
def test_seven_tenths_of_all_runs_of_words_make_a_copy(changed: int, same: bool) -> None:
    words = [f"word{n}" for n in range(20)]
    # Of 18 runs of three words in each, 18 - changed are shared.
    copy = words[: 20 - changed] + [f"other{n}" for n in range(changed)]
    assert same_text(" ".join(words), " ".join(copy)) is same
    assert folded(" ".join(words), " ".join(copy)) == ([[0, 1]] if same else [[0], [1]])


def test_the_order_of_the_ranking_is_kept() -> None:
    assert folded("A mill burned.", WIRE, "A bridge fell.", WIRE, "a mill burned", WIRE) == [[0, 4], [1, 3, 5], [2]]
    assert folded() == []


def test_what_is_folded_is_like_the_first_and_not_like_another_copy() -> None:
    # A chain of small changes ends far from where it began.
    words = WIRE.split()
    chain = [" ".join(["x"] * n + words[n:]) for n in range(0, len(words), 2)]
    groups = folded(*chain)
    assert len(groups) > 1
    for first, *others in groups:
        assert all(same_text(chain[first], chain[other]) for other in others)


def slowly(texts: list[str]) -> list[list[int]]:
    """The same by its definition: Jaccard similarity of runs of three words, each against each first one."""

    def runs(text: str) -> set[tuple[str, ...]]:
        words = [word.lower() for word in tokens(text)]
        return {tuple(words[i : i + 3]) for i in range(max(1, len(words) - 2))}

    groups: list[list[int]] = []
    for n, text in enumerate(texts):
        for group in groups:
            one, other = runs(texts[group[0]]), runs(text)
            if len(one & other) >= 0.7 * len(one | other):
                group.append(n)
                break
        else:
            groups.append([n])
    return groups


@settings(max_examples=200)
@given(
    st.lists(
        st.lists(st.sampled_from("the mill the bridge burned down in Vell on , “ and fell".split()), max_size=14).map(
            " ".join
        ),
        max_size=12,
    )
)
def test_the_quick_way_finds_what_the_slow_way_finds(texts: list[str]) -> None:
    assert folded(*texts) == slowly(texts)


@given(st.text(), st.text())
def test_being_the_same_goes_both_ways(one: str, other: str) -> None:
    assert same_text(one, one)
    assert same_text(one, other) == same_text(other, one)
