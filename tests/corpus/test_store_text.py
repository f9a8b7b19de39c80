"""Full-text search: which passages, which scores, and whatever may be typed."""

from __future__ import annotations

import contextlib
import sqlite3
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from corpus.store import Filters, Store
from corpus.store.text import TOKENIZER, Stemmer, Word
from tests.making import draft, paragraphs, put

FILLER = "alder birch cedar aspen maple rowan hazel elder"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "main", create=True) as opened:
        yield opened


def search(store: Store, *words: str) -> dict[str, float]:
    """Text of each passage found, with its share, best first."""
    shares = store.text.shares(store.text.words(words))
    passages = store.articles.live_passages(list(shares))
    return {passages[i].text: share for i, share in sorted(shares.items(), key=lambda item: -item[1])}


def word(store: Store, printed: str) -> Word:
    (only,) = store.text.words([printed])
    return only


# What is found


def test_any_of_the_words_will_do_and_more_is_better(store: Store) -> None:
    put(store, draft("a", paragraphs("harbour and winter", "harbour and summer", "bridge and winter", "a mill")))
    found = search(store, "harbour", "winter")
    assert next(iter(found)) == "harbour and winter"
    assert found.keys() == {"harbour and winter", "harbour and summer", "bridge and winter"}


@pytest.mark.parametrize(
    ("printed", "typed"),
    [
        ("troops", "troop"),
        ("protested", "protesting"),
        ("Élysée", "elysee"),
        ("Zelenskyy", "ZELENSKYY"),
        ("négociations", "NÉGOCIATIONS"),
        ("Москва", "москва"),
        ("2022", "2022"),
        ("東京で", "東京で"),
    ],
)
def test_case_accents_and_endings_do_not_matter(store: Store, printed: str, typed: str) -> None:
    text = f"The word {printed} stands here."
    put(store, draft("a", paragraphs(text, "Here stands none.")))
    assert list(search(store, typed)) == [text]


def test_headline_outlet_and_date_can_be_searched_and_count_less(store: Store) -> None:
    put(
        store,
        draft("a", f"{FILLER} walrus", title="A quiet day", outlet="Test Courier", published_at="2023-05-02"),
        draft("b", f"{FILLER} nothing", title="A walrus day", outlet="Walrus Herald", published_at="2023-06-11"),
        draft("c", f"{FILLER} otherwise", title="A third day", outlet="Test Courier"),
    )
    assert list(search(store, "walrus")) == [f"{FILLER} walrus", f"{FILLER} nothing"]
    assert list(search(store, "Herald")) == [f"{FILLER} nothing"]
    assert list(search(store, "06")) == [f"{FILLER} nothing"]


def test_only_live_passages_are_found_and_counted(store: Store) -> None:
    put(store, draft("a", "A walrus swam in the harbour."), draft("b", "A bridge was built."))
    before = word(store, "walrus")
    assert before.passages == 1
    put(store, draft("a", "A seal swam in the harbour."))
    assert search(store, "walrus") == {}
    assert word(store, "walrus").passages == 0
    assert word(store, "seal").passages == 1
    store.writer.remove(["a"])
    assert search(store, "seal", "harbour") == {}
    assert (word(store, "seal").passages, word(store, "harbour").passages) == (0, 0)
    put(store, draft("a", "A walrus swam in the harbour."))
    assert list(search(store, "walrus")) == ["A walrus swam in the harbour."]
    # The same numbers as if nothing had happened between.
    assert word(store, "walrus") == before


def test_nothing_asked_and_nothing_there(store: Store) -> None:
    assert search(store) == {}
    assert search(store, "walrus") == {}
    assert word(store, "walrus").passages == 0
    put(store, draft("a", "A bridge was built."))
    assert search(store) == {}
    assert search(store, "walrus") == {}


# How much it counts


def test_a_rare_word_weighs_more_than_a_common_one(store: Store) -> None:
    put(store, *(draft(f"a{n}", f"The council met {'walrus' if n == 3 else 'again'} number{n}") for n in range(20)))
    rare, common = word(store, "walrus"), word(store, "council")
    assert (rare.passages, common.passages) == (1, 20)
    assert rare.idf > 2 > common.idf > 0
    found = search(store, "walrus", "council")
    assert len(found) == 20
    assert "walrus" in next(iter(found))
    # What stands everywhere says nothing.
    assert sorted(found.values())[-2] < 0.05


def collection(tmp_path: Path, size: int) -> Store:
    """Passages of nine words each, of which three are about the thing."""
    store = Store.open(tmp_path / str(size), create=True)
    printed = [f"{FILLER} other{n}" for n in range(size - 3)]
    printed += [f"{FILLER} walrus", "alder birch cedar aspen maple rowan hazel walrus harbour"]
    printed += ["alder birch cedar aspen maple rowan walrus harbour winter"]
    made = [
        draft(f"a{first}", paragraphs(*printed[first : first + 500]), title="Trees") for first in range(0, size, 500)
    ]
    put(store, *made)
    return store


def test_a_share_means_the_same_in_a_small_and_in_a_large_collection(tmp_path: Path) -> None:
    shares = []
    for size in (30, 3000):
        with contextlib.closing(collection(tmp_path, size)) as store:
            assert store.articles.size().passages == size
            shares.append(search(store, "walrus", "harbour", "winter"))
    small, large = shares
    assert list(small) == list(large)
    # One word of three, two of three, all of them: more is better, and the best is near the most there can be.
    for found in shares:
        values = list(found.values())
        assert values == sorted(values, reverse=True)
        assert all(0 < share <= 1 for share in values)
        assert values[0] > 0.4
        assert values[0] > values[1] > values[2]
        assert values[0] > 2 * values[2]
    # A hundred times the passages: the raw scores doubled, the shares hardly moved.
    for one, other in zip(small.values(), large.values(), strict=True):
        assert one == pytest.approx(other, abs=0.08)


def test_a_word_given_twice_counts_once(store: Store) -> None:
    put(store, draft("a", paragraphs("the troops came back", "a mill stood there", "nothing at all happened")))
    once = search(store, "troops")
    assert once
    for words in (("troops", "troops"), ("troops", "Troop"), ("troop", "troops", "TROOPS")):
        assert search(store, *words) == pytest.approx(once)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_shares_lie_between_0_and_1(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    vocabulary = ["walrus", "harbour", "winter", "mill", "the", "bridge"]
    texts = data.draw(
        st.lists(st.lists(st.sampled_from(vocabulary), min_size=1, max_size=12).map(" ".join), min_size=1, max_size=8)
    )
    words = data.draw(st.lists(st.sampled_from(vocabulary), min_size=1, max_size=6))
    with Store.open(tmp_path_factory.mktemp("shares") / "main", create=True) as store:
        put(store, draft("a", paragraphs(*texts), title=data.draw(st.sampled_from([None, "walrus winter"]))))
        shares = store.text.shares(store.text.words(words))
        assert all(0 <= share <= 1.0001 for share in shares.values())


# Whatever may be typed


SYNTAX = [
    '"', '""', '"""', "*", "mill*", "*mill", "NEAR(", "NEAR(mill bridge, 2)", "text:", "text:mill", "col:mill",
    "- text : mill", "AND", "OR", "NOT", "mill AND bridge", "mill NOT bridge", "(", ")", "((mill)", "{a b}:mill",
    "^mill", "+", "mill + bridge", "-mill", "'", "'; DROP TABLE articles; --", "%", "_", "\\", "\x00", "mi\x00ll",
    "passages_text", "\n", "🦄", "\u202e", "\ud7ff", "x" * 5000, "mill " * 500, "e\u0301", "½", "٣",
]  # fmt: skip


@pytest.mark.parametrize("typed", SYNTAX)
def test_the_syntax_of_fts5_is_harmless(store: Store, typed: str) -> None:
    put(store, draft("a", paragraphs("the old mill burned", "a bridge was built", "not near the text and or so")))
    found = search(store, typed, "burned")
    assert "the old mill burned" in found
    # A word that means something to FTS5 is looked for as a word; anything else is no word at all.
    assert found.keys() <= {"the old mill burned", "not near the text and or so"}
    assert store.articles.ids() == ["a"]


@pytest.mark.parametrize("operator", ["AND", "OR", "NOT", "NEAR"])
def test_an_operator_is_a_word_like_any_other(store: Store, operator: str) -> None:
    put(store, draft("a", paragraphs("the old mill burned", "a bridge was built", f"one {operator.lower()} two")))
    assert search(store, "mill", operator, "bridge").keys() == {
        "the old mill burned", "a bridge was built", f"one {operator.lower()} two"
    }  # fmt: skip


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(SYNTAX)), max_size=5))
def test_nothing_typed_is_an_error(store: Store, typed: list[str]) -> None:
    if not store.articles.ids():
        put(store, draft("a", paragraphs("the old mill burned", "a bridge was built")))
    words = store.text.words(typed)
    assert {one.printed for one in words} <= set(typed)
    assert set(store.text.shares(words)) <= set(store.articles.live_ids(Filters()))


# Slips of the keyboard


@pytest.mark.parametrize(
    ("printed", "typed"),
    [("harbour", "harbuor"), ("harbour", "habour"), ("Zelensky", "Zelenskiy"), ("Macron", "Macrom")],
)
def test_one_slip_is_read_as_the_word_that_was_meant(store: Store, printed: str, typed: str) -> None:
    text = f"They spoke of {printed} at length."
    put(store, draft("a", paragraphs(text, "A mill burned down.")))
    read = word(store, typed)
    assert read.printed == typed
    assert read.read_as is not None
    assert read.passages == 1
    assert list(search(store, typed)) == [text]


@pytest.mark.parametrize(
    "printed", ["defense", "licensing", "expansion", "sanctions", "crisis", "analyses", "offenses"]
)
def test_a_slip_finds_words_whose_stem_would_be_stemmed_again(store: Store, printed: str) -> None:
    text = f"They spoke of {printed} at length."
    put(store, draft("a", paragraphs(text, "A mill burned down.")))
    typed = printed[:2] + printed[3] + printed[2] + printed[4:]
    if word(store, typed).read_as is None:
        pytest.skip("the slip changes the stem too much to be read as one")
    assert list(search(store, typed)) == [text]


def test_a_word_that_stands_somewhere_is_no_slip(store: Store) -> None:
    put(store, draft("a", paragraphs("The harbor was closed.", "The harbour was opened.")))
    assert word(store, "harbor").read_as is None
    assert list(search(store, "harbor")) == ["The harbor was closed."]


@pytest.mark.parametrize("typed", ["Iran", "2023", "bridgehead", "xqzzy"])
def test_what_may_be_another_word_is_no_slip(store: Store, typed: str) -> None:
    put(store, draft("a", paragraphs("Iraq said so in 2022.", "A bridge was built.")))
    assert word(store, typed).read_as is None
    assert search(store, typed) == {}


# Names


def test_names_are_what_is_printed_with_a_capital(store: Store) -> None:
    put(
        store,
        draft("a", paragraphs("On Monday Macron met the mayor.", "The mayor and Macron spoke of a mill.", "A mill.")),
    )
    assert store.text.names_among(["macron", "mayor", "mill", "nowhere", "", "("]) == {"macron"}


def test_a_capital_at_the_start_of_a_sentence_makes_no_name(store: Store) -> None:
    put(store, draft("a", paragraphs("Harbour works began.", "Harbour works ended.")))
    assert store.text.names_among(["harbour"]) == frozenset()


# The stemmer knows what the index knows


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.execute(f"CREATE VIRTUAL TABLE texts USING fts5 (text, tokenize = '{TOKENIZER}')")
        database.execute("CREATE VIRTUAL TABLE terms USING fts5vocab (texts, instance)")
        yield database


def indexed(database: sqlite3.Connection, text: str) -> list[str]:
    """The terms of a text, in order, as the full-text index has them."""
    database.execute("DELETE FROM texts")
    database.execute("INSERT INTO texts (text) VALUES (?)", (text,))
    return [term for (term,) in database.execute("SELECT term FROM terms ORDER BY offset")]


STEMMER = Stemmer()
# SQLite knows the letters of Unicode 6.1; what came later is no letter to it.
OLD = unicodedata.ucd_3_2_0
LETTERS = st.characters(categories=["Lu", "Ll", "Lo", "Nd"]).filter(lambda c: OLD.category(c) != "Cn")
ENGLISH = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(ENGLISH, st.text(LETTERS, min_size=1)))
@example("Élysée")
@example("Straße")
@example("ΣΊΣΥΦΟΣ")
@example("İstanbul")
@example("running")
def test_a_word_has_the_stem_that_the_index_has(index: sqlite3.Connection, word: str) -> None:
    word = unicodedata.normalize("NFC", word)
    assert STEMMER.stems([word]) == [indexed(index, word)]


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            ENGLISH, st.sampled_from([" ", ", ", ".", "’s ", "“", "”", "-", "—", "_", "3,000", "U.S.", "½", "\n", "☂"])
        )
    ).map("".join)
)
def test_a_text_has_the_stems_that_the_index_has(index: sqlite3.Connection, text: str) -> None:
    assert STEMMER.stems([text]) == [indexed(index, text)]


def test_many_texts_at_once_and_again(index: sqlite3.Connection) -> None:
    texts = ["The troops protested.", "", "… “—”", "Protests, troop by troop"]
    expected = [indexed(index, text) for text in texts]
    stemmer = Stemmer()
    assert stemmer.stems(texts) == expected
    assert stemmer.stems(texts[::-1]) == expected[::-1]
    assert stemmer.stems([]) == []


def test_stems_are_right_also_after_very_many_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.store.text._STEMS_KEPT", 50)
    stemmer = Stemmer()
    for n in range(0, 400, 40):
        words = [f"troops troop{m}" for m in range(n, n + 40)]
        assert stemmer.stems(words) == [["troop", f"troop{m}"] for m in range(n, n + 40)]
