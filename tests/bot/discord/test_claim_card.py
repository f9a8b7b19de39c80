"""The card of a checked claim alone: its marks keep every character and survive the end of a page."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bot import words
from bot.render.claim_card import check_pages, marked
from bot.render.lines import visible
from retrieval.claims import ClaimCheck, Difference, Part, Verdict
from retrieval.claims.models import Match
from tests.bot.discord.test_card import citation


def unmarked(text: str) -> str:
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", re.sub(r"(?<!\\)(\*\*|~~)", "", text))


RANGES = st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=5)


@given(st.text(st.sampled_from("ab *_~`|[](){}<>@#-.:\n1“”"), max_size=80), RANGES)
def test_marks_and_escapes_keep_every_character(text: str, ranges: list[tuple[int, int]]) -> None:
    for mark in ("**", "~~"):
        shown = marked(text, ranges, mark)
        assert unmarked(shown).replace("\\", "") == visible(text).replace("\\", "")
        # As many marks open as close, on each line.
        for line in shown.split("\n"):
            assert len(re.findall(r"(?<!\\)" + re.escape(mark), line)) % 2 == 0


def test_a_mark_stands_at_no_white_space_and_no_other_mark() -> None:
    assert marked("he **said** ~it~", [(2, 12)], "**") == "he \\*\\***said**\\*\\* \\~it\\~"
    assert marked("one two", [(3, 7)], "~~") == "one ~~two~~"
    assert marked("ab", [(0, 1), (1, 2)], "**") == "**ab**"
    assert marked("a\nb", [(0, 3)], "**") == "**a**\n**b**"
    assert marked("***", [(0, 3)], "**") == "\\*\\*\\*"


def long_check(count: int) -> ClaimCheck:
    quote = " ".join(f"word{n}" for n in range(count))
    claimed = " ".join(f"claim{n}" for n in range(count))
    cited = citation(1, quote)
    difference = Difference(claimed, quote, 0, len(claimed), 0, len(quote), 0)
    part = Part(
        claimed, "Ada Brook", Verdict.OTHER_WORDS, "…", (Match(0, 0, len(quote), claimed),), (difference,)
    )  # fmt: skip
    return ClaimCheck(claimed, claimed, "Ada Brook", Verdict.OTHER_WORDS, "…", (cited,), (part,))


def test_marks_survive_the_end_of_a_page() -> None:
    pages = check_pages(long_check(900))
    assert len(pages) > 2
    for page in pages:
        assert page.characters <= 4_000
        assert len(page.sections) + 2 <= 40
        for line in "\n".join(page.sections).split("\n"):
            for mark in ("**", "~~"):
                assert len(re.findall(r"(?<!\\)" + re.escape(mark), line)) % 2 == 0
    text = "\n".join(section for page in pages for section in page.sections)
    assert all(text.count(f"~~claim{n}~~") == text.count(f"**word{n}**") == 1 for n in range(900))


def test_a_word_without_end_bears_no_mark() -> None:
    assert "**" not in marked("x" * 3_000, [(0, 3_000)], "**")


def test_every_verdict_has_words() -> None:
    assert set(words.VERDICTS) == {verdict.value for verdict in Verdict}
