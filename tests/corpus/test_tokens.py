"""Texts taken apart into words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.tokens import tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("The U.S. won't pay £5m.", ["The", "U", "S", "won", "t", "pay", "5m"]),
        ("“It’s a well-known—and old—road …”", ["It", "s", "a", "well", "known", "and", "old", "road"]),
        ("snake_case\xa0and tabs\tand\x00nothing", ["snake", "case", "and", "tabs", "and", "nothing"]),
        ("Müller’s café, 10²", ["Müller", "s", "café", "10²"]),
        ("Кремль 俄罗斯", ["Кремль", "俄罗斯"]),
    ],
)
def test_letters_and_digits_are_words(text: str, words: list[str]) -> None:
    assert tokens(text) == words


@given(st.text() | st.text(st.sampled_from("aZ0_ -.'’“”—…\xa0\x85\u2028éßİ²\x1f\n")))
def test_it_is_what_the_pattern_says(text: str) -> None:
    assert tokens(text) == re.findall(r"[^\W_]+", text)
