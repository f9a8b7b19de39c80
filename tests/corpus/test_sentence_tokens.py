"""Only the tokens around marks are given to the segmenter: it must find what it finds in all of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import sentences
from tests.conftest import ROOT

_WORDS = st.sampled_from(("word", "Word", "said", "it", "The", "I", "5", "2023", "don't", "well-known", "Foo.Bar"))
_ODD = st.sampled_from(
    "U.S. e.g. Dr. No. 1.5 XI . ! ? ; ... … ( [ { ) ] } \" ” “ ' ’ ’s Inc. Jan. , : — 。 ！ （ ） etc.) (see".split()
)
_SPACES = st.sampled_from((" ", " ", " ", " ", "  ", "", "\t", "\u2003", "\u200b", "\x1c", "\n"))
TEXTS = st.lists(st.tuples(st.one_of(_WORDS, _WORDS, _ODD), _SPACES), max_size=90).map(
    lambda parts: "".join(word + space for word, space in parts)
)


def starts(text: str, *, all_tokens: bool) -> list[int]:
    with pytest.MonkeyPatch.context() as patch:
        if all_tokens:
            patch.setattr(sentences, "_tokens", sentences._TOKENIZER.tokenize)
        return sentences._all_starts(text)


@given(TEXTS)
def test_the_tokens_left_out_change_nothing(text: str) -> None:
    assert starts(text, all_tokens=False) == starts(text, all_tokens=True)


def test_they_change_nothing_in_articles() -> None:
    for path in sorted((ROOT / "corpus" / "sample").glob("*.md")):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert starts(line, all_tokens=False) == starts(line, all_tokens=True)


def test_most_tokens_are_left_out() -> None:
    text = "The mayor closed the old mill by the river on Monday after nine long years of work. " * 20
    assert len(list(sentences._tokens(text))) < len(list(sentences._TOKENIZER.tokenize(text))) / 2
