"""Verdicts on claimed quotes: what may differ, what may not, who says it, and what is never said of a claim."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.claims import ClaimCheck, ClaimChecker, Verdict
from retrieval.claims.reading import read_claim
from retrieval.claims.tokens import find, tokens_of
from tests.retrieval.conftest import Shelf, fill_newsroom
from tests.retrieval.test_question import NAUGHTY

OpenShelf = Callable[..., Shelf]

WINTER = "We cannot pay for another winter of repairs to the harbour"


def fill_council(shelf: Shelf) -> None:
    fill_newsroom(shelf)
    shelf.write(
        "council.md",
        "“We have never raised the ferry fare,” Councillor Nadia Holt said on Friday. “We will raise it by $1.3 "
        "million a year if the state does not pay.”",
        "“The bridge is safe,” Holt said. She paused. “The tunnel is not.”",
        "Membership of the ferry union “in the near term is not very likely,” Holt said.",
        "Holt said she did not “trust the ferrymen in general.”",
        "“Do you want a non-nuclear ferry?” Holt asked the crowd.",
        "Nobody had asked for a permanent [ferry] base in Vell.",
        "The ferry carried 9,000 people last year.",
        "Ferry workers walked out on Thursday, Holt said, because the pay was too low.",
        "“The last ferry leaves when the moon is up over the bay.” — Tomas Reyk",
        "The mayor of Vell called the talks “long and fruitless.”",
        id="council", title="Council talks ferries", outlet="Test Gazette", published_at="2023-07-01",
    )  # fmt: skip
    shelf.ingest()


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path_factory.mktemp("council"))
    fill_council(shelf)
    yield shelf
    shelf.close()


@pytest.fixture(scope="module")
def checker(council: Shelf) -> ClaimChecker:
    return ClaimChecker([council.collection], council.encoder)


def promised(check: ClaimCheck, *shelves: Shelf) -> None:
    """What holds of every check."""
    stores = {shelf.store.collection: shelf.store for shelf in shelves}
    assert check.text
    numbers = {int(number) for number in re.findall(r"\[(\d+)\]", check.text)}
    if check.verdict in (None, Verdict.NOT_PRINTED) and len(check.parts) <= 1:
        assert check.citations == ()
        return
    assert {citation.number for citation in check.citations} <= numbers
    for citation in check.citations:
        article = stores[citation.collection].articles.get(citation.article.id)
        assert article.body[citation.start : citation.end] == citation.quote
    for part in check.parts:
        for match in part.matches:
            citation = check.citations[match.citation]
            assert citation.start <= match.start < match.end <= citation.end
        for difference in part.differences:
            citation = check.citations[difference.citation]
            assert part.words[difference.claimed_start : difference.claimed_end] == difference.claimed
            start, end = difference.printed_start - citation.start, difference.printed_end - citation.start
            assert citation.quote[start:end] == difference.printed


# Printed as claimed


@pytest.mark.parametrize(
    "claim",
    [
        f"Ada Brook said “{WINTER}”",
        f'Brook: "{WINTER}."',
        f"“{WINTER},” Mayor Ada Brook told reporters on Monday.",
        f"‘{WINTER}’ — Ada Brook",
        f"according to ada brook, “{WINTER}”",
        f"Ada Brook: {WINTER}",
        f"> {WINTER}\n— Ada Brook",
        "**Ada Brook**: «we cannot pay for another winter of repairs\nto  the harbour»",
        f"Did Ada Brook say “{WINTER}”?",
        f"“{WINTER}”",
    ],
)
def test_printed_as_claimed(checker: ClaimChecker, council: Shelf, claim: str) -> None:
    check = checker.check(claim)
    assert check.verdict is Verdict.AS_CLAIMED
    assert check.citations[0].quote == WINTER
    assert check.citations[0].speaker == "Ada Brook"
    assert [article.id for article in check.citations[0].also] == ["harbour-herald"]
    assert check.differences == ()
    assert "Ada Brook" in check.text
    assert "[1]" in check.text
    promised(check, council)


def test_words_that_the_article_interrupts(checker: ClaimChecker, council: Shelf) -> None:
    check = checker.check(
        "Holt: “We have never raised the ferry fare. "
        "We will raise it by $1.3 million a year if the state does not pay.”"
    )
    assert check.verdict is Verdict.AS_CLAIMED
    assert "puts words of its own between" in check.text
    promised(check, council)


def test_an_ellipsis_within_one_statement_names_what_it_leaves_out(checker: ClaimChecker, council: Shelf) -> None:
    check = checker.check("Brook said “We cannot pay for … repairs to the harbour”")
    assert check.verdict is Verdict.AS_CLAIMED
    assert "Left out by the claim: “another winter of”" in check.text
    promised(check, council)


def test_two_quotes_with_an_ellipsis_between(checker: ClaimChecker) -> None:
    check = checker.check("“We cannot pay” … “repairs to the harbour” — Ada Brook")
    assert check.verdict is Verdict.AS_CLAIMED
    assert check.words == "We cannot pay … repairs to the harbour"
    assert [part.speaker for part in check.parts] == ["Ada Brook", "Ada Brook"]


@pytest.mark.parametrize(
    ("claim", "cut"),
    [
        ("Holt said “is not very likely”", "in the near term"),
        ("Holt: “We will raise it by $1.3 million a year”", "if the state does not pay"),
    ],
)
def test_what_limits_a_fragment_is_said(checker: ClaimChecker, council: Shelf, claim: str, cut: str) -> None:
    check = checker.check(claim)
    assert check.verdict is Verdict.AS_CLAIMED
    assert any(cut in words for words in check.cut)
    assert cut in check.text
    promised(check, council)


def test_a_signature_names_the_speaker(checker: ClaimChecker) -> None:
    assert checker.check("Tomas Reyk: “The last ferry leaves when the moon is up”").verdict is Verdict.AS_CLAIMED
    assert checker.check("Ivo Lund: “The last ferry leaves when the moon is up”").verdict is Verdict.OTHER_SPEAKER


# Other words


@pytest.mark.parametrize(
    ("claim", "claimed", "printed"),
    [
        ("Brook: “We cannot pay for another summer of repairs to the harbour”", "summer", "winter"),
        ("Brook: “We can pay for another winter of repairs to the harbour”", "can", "cannot"),
        ("Brook: “We cannot pay for another winter of repairs of the harbour”", "of", "to"),
        ("Brook: “We cannot pay for another winter, of repairs to the harbour”", ", ", ""),
        ("Brook: “We cannot Pay for another winter of repairs to the harbour”", "Pay", "pay"),
        ("Brook: “We cannot pay for another winter of [costly] repairs to the harbour”", " [costly] ", ""),
        ("Lund: “It has cost 43 million crowns, and it was worth every one of them”", "43", "42"),
        ("Lund: “It has cost 42”", "", "million"),
        ("Holt: “We have raised the ferry fare”", "", "never"),
        ("Holt: “raised the ferry fare”", "", "never"),
        ("Holt: “trust the ferrymen in general”", "", "not"),
        ("Holt: “We have … raised the ferry fare”", " … ", "never"),
        ("Holt: “Do you want a nuclear ferry?”", "", "non"),
        ("Holt: “Do you want a non-nuclear ferry”", "", "?"),
        ("“We will raise it by 1.3 million a year”", "", "$"),
        ("“We will raise it by $1.3 a year”", "", "million"),
        ("“a permanent ferry base in Vell”", "", "["),
        ("“The ferry carried 90,000 people last year”", "90,000", "9,000"),
    ],
)
def test_every_change_makes_other_words(
    checker: ClaimChecker, council: Shelf, claim: str, claimed: str, printed: str
) -> None:
    check = checker.check(claim)
    assert check.verdict is Verdict.OTHER_WORDS, check.text
    assert any(
        difference.claimed.strip() == claimed.strip() and printed in difference.printed
        for difference in check.differences
    ), check.differences
    assert check.citations[0].quote in check.text
    promised(check, council)


def test_other_words_of_somebody_else(checker: ClaimChecker) -> None:
    check = checker.check("Ivo Lund: “We cannot pay for another summer of repairs to the harbour”")
    assert check.verdict is Verdict.OTHER_WORDS
    assert "Ada Brook" in check.text
    assert "The claim names Ivo Lund." in check.text


@pytest.mark.parametrize(
    "claim",
    [
        "Lund said that the bridge will need new cables in the next twenty years",
        "Brook said the harbour has cost the town 42 million crowns",
        "Holt said ferry workers walked out over low pay",
    ],
)
def test_a_claim_in_reported_form_is_compared_by_its_words(checker: ClaimChecker, council: Shelf, claim: str) -> None:
    check = checker.check(claim)
    assert check.verdict is Verdict.OTHER_WORDS, check.text
    assert check.citations
    promised(check, council)


QUOTES = (
    ("Ada Brook", WINTER),
    ("Ivo Lund", "It has cost 42 million crowns, and it was worth every one of them"),
    ("Carl Brook", "The council has never once asked the fishermen what they think of the harbour"),
    ("Nadia Holt", "We have never raised the ferry fare"),
)


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_no_changed_quote_is_ever_printed_as_claimed(checker: ClaimChecker, data: st.DataObject) -> None:
    speaker, quote = data.draw(st.sampled_from(QUOTES))
    words = quote.split()
    at = data.draw(st.integers(1, len(words) - 2))
    match data.draw(st.sampled_from(("drop", "put in", "change", "swap", "case"))):
        case "drop":
            changed = words[:at] + words[at + 1 :]
        case "put in":
            changed = [*words[:at], data.draw(st.sampled_from(("not", "never", "hardly", "7", "very"))), *words[at:]]
        case "change":
            changed = [*words[:at], data.draw(st.sampled_from(("never", "might", "41", "boats"))), *words[at + 1 :]]
        case "swap":
            changed = [*words[:at], words[at + 1], words[at], *words[at + 2 :]]
        case _:
            changed = [*words[:at], words[at].swapcase(), *words[at + 1 :]]
    text = " ".join(changed)
    if text != quote and words[at] != "42":
        check = checker.check(f"{speaker} said “{text}”")
        assert check.verdict not in (Verdict.AS_CLAIMED, Verdict.NO_SPEAKER, Verdict.OTHER_SPEAKER), text


# Speakers


@pytest.mark.parametrize("name", ["Ivo Lund", "Carl Brook", "Vladimir Putin", "Odile Marchetti"])
def test_another_speaker_is_named(checker: ClaimChecker, council: Shelf, name: str) -> None:
    check = checker.check(f"{name} said “{WINTER}”")
    assert check.verdict is Verdict.OTHER_SPEAKER
    assert f"Ada Brook, not {name}" in check.text
    promised(check, council)


def test_narration_is_nobodys_words(checker: ClaimChecker) -> None:
    check = checker.check("Ada Brook: “The ferry carried 9,000 people last year”")
    assert check.verdict is Verdict.NO_SPEAKER
    assert "that Ada Brook said them is not printed there" in check.text
    assert check.citations[0].speaker is None
    assert checker.check("“The ferry carried 9,000 people last year”").verdict is Verdict.AS_CLAIMED


def test_a_description_names_nobody(checker: ClaimChecker) -> None:
    check = checker.check("Ada Brook: “long and fruitless”")
    assert check.verdict in (Verdict.NO_SPEAKER, Verdict.OTHER_SPEAKER)
    assert "Printed as claimed" not in check.text


def test_the_claimed_speakers_own_place_comes_first(shelf: Shelf) -> None:
    shelf.write("one.md", "“The harbour will stay open,” Carl Brook said.", id="one", title="One")
    shelf.write("two.md", "“The harbour will stay open,” Ada Brook said.", id="two", title="Two")
    shelf.ingest()
    checker = ClaimChecker([shelf.collection], shelf.encoder)
    for name, article in (("Carl Brook", "one"), ("Ada Brook", "two")):
        check = checker.check(f"{name}: “The harbour will stay open.”")
        assert check.verdict is Verdict.AS_CLAIMED
        assert check.citations[0].article.id == article
    both = checker.check("“The harbour will stay open.”")
    assert {citation.speaker for citation in both.citations} == {"Ada Brook", "Carl Brook"}


# Stitched


@pytest.mark.parametrize(
    "claim",
    [
        f"Ada Brook said “{WINTER}. The council has never once asked the fishermen what they think of the harbour.”",
        f"Brook: “{WINTER} … never once asked the fishermen what they think”",
        "Brook: “We cannot pay for another winter and it was worth every one of them”",
        "Holt: “The bridge is safe. The tunnel is not.”",
        f"“{WINTER}” … “worth every one of them” — Ada Brook",
    ],
)
def test_pieces_of_several_places_are_stitched(checker: ClaimChecker, council: Shelf, claim: str) -> None:
    check = checker.check(claim)
    assert check.verdict is Verdict.STITCHED, check.text
    promised(check, council)


def test_each_piece_has_its_speaker_and_source(checker: ClaimChecker) -> None:
    check = checker.check(f"Ada Brook: “{WINTER}. Never have so many apples been eaten in a single day.”")
    assert [citation.speaker for citation in check.citations] == ["Ada Brook", "Odile Marchetti"]
    assert "Odile Marchetti" in check.text
    assert {citation.number for citation in check.citations} == {1, 2}


# Not printed


@pytest.mark.parametrize(
    "claim",
    [
        "Ada Brook: “My uncle flew to Lisbon with eleven parrots and a trombone”",
        "Vladimir Putin said “It’s NATO moving toward us.”",
        "Odile Marchetti said the council should resign over the parrots",
        "Bitcoin",
    ],
)
def test_what_is_nowhere_is_not_in_the_articles(checker: ClaimChecker, council: Shelf, claim: str) -> None:
    check = checker.check(claim)
    assert check.verdict is Verdict.NOT_PRINTED, check.text
    assert check.text.startswith("Not in the articles")
    promised(check, council)


def test_the_least_favourable_part_decides(checker: ClaimChecker, council: Shelf) -> None:
    check = checker.check(f"Ada Brook said “{WINTER}” and added “My uncle flew to Lisbon with eleven parrots”.")
    assert [part.verdict for part in check.parts] == [Verdict.AS_CLAIMED, Verdict.NOT_PRINTED]
    assert check.verdict is Verdict.NOT_PRINTED
    assert len(check.text.splitlines()) == 2
    promised(check, council)


# What is looked at


def test_no_other_collection_is_read(open_shelf: OpenShelf) -> None:
    one, other = open_shelf("main"), open_shelf("guild")
    one.write("a.md", "“The lighthouse is dark,” Ada Brook said.", id="a")
    other.write("b.md", "“The lighthouse is bright tonight,” Ivo Lund said.", id="b")
    one.ingest()
    other.ingest()
    claim = "Ivo Lund: “The lighthouse is bright tonight”"
    assert ClaimChecker([one.collection], one.encoder).check(claim).verdict is not Verdict.AS_CLAIMED
    both = ClaimChecker([one.collection, other.collection], one.encoder).check(claim)
    assert both.verdict is Verdict.AS_CLAIMED
    assert both.citations[0].collection == "guild"
    promised(both, one, other)


def test_a_quote_that_does_not_hold_is_not_shown(shelf: Shelf) -> None:
    fill_newsroom(shelf)
    claim = f"Ada Brook: “{WINTER}”"
    checker = ClaimChecker([shelf.collection], shelf.encoder)
    assert checker.check(claim).verdict is Verdict.AS_CLAIMED
    with sqlite3.connect(shelf.store.path) as damaged:
        damaged.execute("UPDATE revisions SET body = replace(body, 'winter', 'summer')")
    damaged.close()
    check = checker.check(claim)
    assert check.verdict is Verdict.NOT_PRINTED
    assert check.citations == ()


def test_what_was_removed_is_not_found(shelf: Shelf) -> None:
    fill_newsroom(shelf)
    checker = ClaimChecker([shelf.collection], shelf.encoder)
    claim = "Odile Marchetti: “Never have so many apples been eaten in a single day”"
    assert checker.check(claim).verdict is Verdict.AS_CLAIMED
    (shelf.folder / "orchard.md").unlink()
    shelf.ingest(prune=True)
    assert checker.check(claim).verdict is Verdict.NOT_PRINTED


def test_an_empty_collection(shelf: Shelf) -> None:
    check = ClaimChecker([shelf.collection], shelf.encoder).check("Ada Brook: “We cannot pay”")
    assert check.verdict is Verdict.NOT_PRINTED


# What cannot be checked


@pytest.mark.parametrize("text", ["", "   ", "…", "“”", "?!", "\u200b", "x" * 6000])
def test_what_cannot_be_checked_gets_a_sentence(checker: ClaimChecker, text: str) -> None:
    check = checker.check(text)
    assert check.verdict is None
    assert check.text.endswith((".", "”"))
    assert check.citations == ()


@pytest.mark.parametrize("text", NAUGHTY)
def test_naughty_texts(checker: ClaimChecker, council: Shelf, text: str) -> None:
    promised(checker.check(text), council)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="Ada Brok said:“”\"'…,.-—([])> \n$1%not", max_size=80))
def test_any_text_gets_a_verdict_or_a_sentence(checker: ClaimChecker, council: Shelf, text: str) -> None:
    promised(checker.check(text), council)


# Reading


@pytest.mark.parametrize(
    ("text", "words", "speakers"),
    [
        ("“A b c,” said Ada Brook, “d e f.”", ["A b c,", "d e f."], ["Ada Brook", "Ada Brook"]),
        ("“A b c,” Brook said. “D e f,” said Ivo Lund.", ["A b c,", "D e f,"], ["Brook", "Ivo Lund"]),
        ("Brook said “a b” and Lund replied “c d”", ["a b", "c d"], ["Brook", "Lund"]),
        ("Ada Brook, the mayor, told reporters in Vell on Monday that “a b”", ["a b"], ["Ada Brook"]),
        ("“a b”, said Rev. Tom Hale on Sunday", ["a b"], ["Rev. Tom Hale"]),
        ("the French president said “a b”", ["a b"], ["the French president"]),
        ("i heard that macron said 'don't go'", ["don't go"], ["macron"]),
        ("According to Ada Brook, the harbour closes", ["the harbour closes"], ["Ada Brook"]),
        ("The harbour closes, Ada Brook said.", ["The harbour closes"], ["Ada Brook"]),
        ("Brook denied a deal", ["denied a deal"], ["Brook"]),
        ("Ada Brook: do you want it?", ["do you want it?"], ["Ada Brook"]),
        ("The harbour closes in June - Ada Brook", ["The harbour closes in June"], ["Ada Brook"]),
        (
            "Brook: I told him, ‘No,’ and then I left for the harbour",
            ["I told him, ‘No,’ and then I left for the harbour"],
            ["Brook"],
        ),
        (
            "Ada Brook: I said “yes” when he asked whether I would go",
            ["I said “yes” when he asked whether I would go"],
            ["Ada Brook"],
        ),
        ("Breaking: the harbour closes", ["Breaking: the harbour closes"], [None]),
        ("“left open by somebody", ["left open by somebody"], [None]),
        ("“cafe\u0301 bar” (Zoe\u0308 Lund)", ["caf\u00e9 bar"], ["Zo\u00eb Lund"]),
        ("„a b“ (Ada Brook)", ["a b"], ["Ada Brook"]),
    ],
)
def test_what_is_claimed_of_whom(text: str, words: list[str], speakers: list[str | None]) -> None:
    claimed = read_claim(text)
    assert [part.words for part in claimed] == words
    assert [part.speaker for part in claimed] == speakers


def test_pieces_of_an_ellipsis() -> None:
    assert [part.pieces for part in read_claim("“a b … c d [...] e f ...”")] == [("a b", "c d", "e f")]


@pytest.mark.parametrize(
    ("claimed", "printed", "same"),
    [
        ("it’s - here", "It's — here", True),
        ("the U.S. is", "The U.S. is", True),
        ("100,000 men", "100,000 men", True),
        ("100.000 men", "100,000 men", False),
        ("1", "1.3", False),
        ("long term", "long-term", False),
        ("us", "US", False),
        ("a “b” c", "a 'b' c", True),
        ("you go?", "you go.", False),
    ],
)
def test_what_counts_as_the_same_words(claimed: str, printed: str, same: bool) -> None:
    assert bool(find(tokens_of(claimed), tokens_of(printed))) is same
