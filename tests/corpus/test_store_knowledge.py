"""Figures, moments and fingerprints: saved with their article, read better without it, gone with it."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.duplicates import Fingerprint
from corpus.models import Bound, CopyPrint, Figure, Knowledge, Moment, Span, Statement, StatementKind
from corpus.store import ArticleDraft, Change, Filters, PassageDraft, Store
from tests.making import draft, paragraphs, put

DAY = "2023-05-02"
HARBOUR = paragraphs(
    "The harbour of Port Ellery will close on June 30, the town council decided on Monday.",
    "“More than 12,000 people live off it, and 42 boats lie in it,” Mayor Ada Brook told reporters in Vell.",
    "Nothing is counted here.",
)
WIRE = paragraphs(
    "The harbour council of Dunmallow voted on Monday to close the old ferry pier before the winter storms set in.",
    "Engineers had warned in August that two of the nine oak piles under the pier had been eaten through by shipworm.",
    "Mayor Anna Roe told a packed hall that she had crossed on that ferry as a child and would miss it every winter.",
    "The ferry company, which carries four hundred people a day to Lantern Island, asked for a delay until spring.",
    "Its director, John Lind, said the detour over the Mount Vesper bridge would cost each commuter fifty minutes.",
)
OTHER = paragraphs(
    "The orchard festival in Vell drew visitors from all over the valley on a Saturday without a single cloud.",
    "Never before have so many apples been eaten in a single day, said Odile Marchetti, who runs the festival.",
    "A goat that had climbed the cider press was brought down by two firemen and a boy with a handful of oats.",
    "In the evening the band of the glass works played until the lamps went out and the dancers went home.",
)

FIGURE = Figure(4, 9, 1.5, 2.5, Bound.BETWEEN, "km", "Test piers", DAY, "Ada Brook", 11, 14)
BARE = Figure(0, 3, 7.0, 7.0, Bound.EXACT, None, "")
MOMENT = Moment(2, 6, "2023-05-01", "2023-05-07", DAY)
FULL = Moment(0, 4, "1904-01-01", "1904-12-31", None)
STATEMENT = Statement(
    "Ada Brook", 0, 3, "told", 4, 9, StatementKind.MIXED, "Ivo Lund", "reporters", "AFP", Span(10, 14)
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "main"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with Store.open(folder, create=True) as opened:
        yield opened


def ids(store: Store, article: str, revision: int = 1) -> list[int]:
    return [passage.id for passage in store.articles.passages(article, revision)]


def counted(folder: Path, *tables: str) -> list[int]:
    with contextlib.closing(sqlite3.connect(folder / "articles.db")) as database:
        return [database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]


def with_knowledge(made: ArticleDraft, *knowledge: Knowledge) -> ArticleDraft:
    passages = [replace(passage, knowledge=one) for passage, one in zip(made.passages, knowledge, strict=True)]
    return replace(made, passages=tuple(passages))


TABLES = ("statements", "figures", "moments", "fingerprints")


# Saved


def test_what_a_text_holds_is_read_back_as_it_was_found(store: Store) -> None:
    made = draft("harbour", HARBOUR, published_at=DAY)
    put(store, made)
    passages = ids(store, "harbour")
    figures, moments = store.knowledge.figures_in(passages), store.knowledge.moments_in(passages)
    said = store.articles.statements_in(passages)
    for passage_id, passage in zip(passages, made.passages, strict=True):
        assert tuple(figures[passage_id]) == passage.knowledge.figures
        assert tuple(moments[passage_id]) == passage.knowledge.moments
        assert tuple(said[passage_id]) == passage.knowledge.statements
    body = store.articles.get("harbour").body
    assert [body[f.start : f.end] for f in figures[passages[1]]] == ["More than 12,000 people", "42 boats"]
    assert [body[m.start : m.end] for m in moments[passages[0]]] == ["on June 30", "on Monday"]
    assert figures[passages[2]] == moments[passages[2]] == []


def test_every_field_survives(store: Store) -> None:
    found = Knowledge((STATEMENT,), (BARE, FIGURE), (FULL, MOMENT))
    put(store, with_knowledge(draft("harbour", HARBOUR), found, Knowledge(), Knowledge()))
    first = ids(store, "harbour")[0]
    assert store.knowledge.figures_in([first]) == {first: [BARE, FIGURE]}
    assert store.knowledge.moments_in([first]) == {first: [FULL, MOMENT]}
    assert store.articles.statements_in([first])[first] == [STATEMENT]
    # In the order of print, whatever the order they were found in.
    put(
        store,
        with_knowledge(draft("again", HARBOUR), Knowledge((), (FIGURE, BARE), (MOMENT, FULL)), *2 * [Knowledge()]),
    )
    first = ids(store, "again")[0]
    assert store.knowledge.figures_in([first]) == {first: [BARE, FIGURE]}
    assert store.knowledge.moments_in([first]) == {first: [FULL, MOMENT]}


def test_a_passage_that_never_was_holds_nothing(store: Store) -> None:
    put(store, draft("harbour", HARBOUR))
    assert store.knowledge.figures_in([]) == store.knowledge.moments_in([]) == {}
    assert store.knowledge.figures_in([999]) == store.knowledge.moments_in([999]) == {999: []}
    assert store.knowledge.prints([]) == store.knowledge.prints(["nowhere"]) == {}


def test_more_passages_than_one_statement_asks_for(store: Store) -> None:
    put(store, draft("long", paragraphs(*(f"A man in street {n} counted {n + 3000} cats." for n in range(1100)))))
    found = store.knowledge.figures_in(ids(store, "long"))
    assert len(found) == 1100
    assert [one.low for figures in found.values() for one in figures if one.counted == "cats"] == [
        float(n + 3000) for n in range(1100)
    ]


# Changed


def test_an_older_revision_keeps_what_it_held(store: Store) -> None:
    put(store, draft("harbour", HARBOUR, published_at=DAY))
    assert put(store, draft("harbour", HARBOUR.replace("42", "43"), published_at=DAY)) == [Change.CHANGED]
    old, new = (store.knowledge.figures_in(ids(store, "harbour", revision)) for revision in (1, 2))
    assert not old.keys() & new.keys()
    assert [[one.low for figures in found.values() for one in figures] for found in (old, new)] == [
        [12_000.0, 42.0], [12_000.0, 43.0],
    ]  # fmt: skip


def test_storing_what_did_not_change_writes_nothing(store: Store, folder: Path) -> None:
    made = draft("harbour", HARBOUR, published_at=DAY)
    put(store, made)
    before = counted(folder, *TABLES)
    assert put(store, made) == [Change.UNCHANGED]
    assert counted(folder, *TABLES) == before


def test_what_is_found_is_refreshed_and_nothing_else_touched(store: Store, folder: Path) -> None:
    made = draft("harbour", HARBOUR, published_at=DAY)
    put(store, made, draft("orchard", OTHER))
    passages, sequence = ids(store, "harbour"), store.vectors.sequence()
    article, digest = store.articles.get("harbour"), store.writer.stored_hash("harbour")
    others = store.knowledge.figures_in(ids(store, "orchard"))
    sentences, live = store.articles.sentences(passages), store.articles.live_ids(Filters())
    rest = counted(folder, "passages", "sentences", "windows", "vectors", "changes", "revisions")

    better = [(block, Knowledge((STATEMENT,), (FIGURE,), (MOMENT,))) for block in made.blocks[:1]]
    store.writer.refresh("harbour", [*better, *((block, Knowledge()) for block in made.blocks[1:])], made.copy_print)

    assert ids(store, "harbour") == passages
    assert list(store.knowledge.figures_in(passages).values()) == [[FIGURE], [], []]
    assert list(store.knowledge.moments_in(passages).values()) == [[MOMENT], [], []]
    assert [said for said in store.articles.statements_in(passages).values() if said] == [[STATEMENT]]
    assert (store.articles.get("harbour"), store.writer.stored_hash("harbour")) == (article, digest)
    assert (store.articles.sentences(passages), store.articles.live_ids(Filters())) == (sentences, live)
    assert store.vectors.sequence() == sequence
    assert counted(folder, "passages", "sentences", "windows", "vectors", "changes", "revisions") == rest
    assert store.knowledge.figures_in(ids(store, "orchard")) == others
    assert store.text.passages_with(["harbour"], 9)


def test_only_the_blocks_named_are_refreshed(store: Store) -> None:
    made = draft("harbour", HARBOUR, published_at=DAY)
    put(store, made)
    passages = ids(store, "harbour")
    before = store.knowledge.figures_in(passages)
    store.writer.refresh("harbour", [(made.blocks[0], Knowledge((), (FIGURE,)))], made.copy_print)
    after = store.knowledge.figures_in(passages)
    assert after == {**before, passages[0]: [FIGURE]}


def test_a_refresh_reaches_the_newest_revision_alone(store: Store) -> None:
    put(store, draft("harbour", HARBOUR))
    changed = draft("harbour", HARBOUR.replace("42", "43"))
    put(store, changed)
    old = store.knowledge.figures_in(ids(store, "harbour", 1))
    store.writer.refresh("harbour", [(block, Knowledge()) for block in changed.blocks])
    assert store.knowledge.figures_in(ids(store, "harbour", 1)) == old
    assert set(map(tuple, store.knowledge.figures_in(ids(store, "harbour", 2)).values())) == {()}


def test_refreshing_what_is_not_there_does_nothing(store: Store, folder: Path) -> None:
    made = draft("harbour", HARBOUR)
    store.writer.refresh("harbour", [(block, Knowledge((), (FIGURE,))) for block in made.blocks], made.copy_print)
    assert counted(folder, *TABLES) == [0] * len(TABLES)
    put(store, made)
    store.writer.remove(["harbour"])
    store.writer.refresh("harbour", [(block, Knowledge((), (FIGURE,))) for block in made.blocks], made.copy_print)
    assert counted(folder, *TABLES) == [0] * len(TABLES)


def test_a_refresh_that_fails_changes_nothing(store: Store, folder: Path) -> None:
    made = draft("harbour", HARBOUR, published_at=DAY)
    put(store, made)
    passages, before = ids(store, "harbour"), counted(folder, *TABLES)
    figures = store.knowledge.figures_in(passages)
    broken = replace(FIGURE, low=None)  # type: ignore[arg-type]
    with pytest.raises(sqlite3.IntegrityError):
        store.writer.refresh("harbour", [(block, Knowledge((), (broken,))) for block in made.blocks], made.copy_print)
    assert store.knowledge.figures_in(passages) == figures
    assert counted(folder, *TABLES) == before


# Gone


def test_everything_leaves_with_the_article(store: Store, folder: Path) -> None:
    put(store, draft("harbour", HARBOUR, published_at=DAY), draft("wire", WIRE, published_at=DAY))
    put(store, draft("harbour", HARBOUR.replace("42", "43"), published_at=DAY))
    assert all(count > 0 for count in counted(folder, *TABLES))
    kept = store.knowledge.figures_in(ids(store, "wire"))
    passages = [*ids(store, "harbour", 1), *ids(store, "harbour", 2)]
    store.writer.remove(["harbour"])
    assert set(map(tuple, store.knowledge.figures_in(passages).values())) == {()}
    assert store.knowledge.prints(["harbour", "wire"]).keys() == {"wire"}
    assert store.knowledge.figures_in(ids(store, "wire")) == kept
    store.writer.remove(["wire"])
    # Of old revisions as well.
    assert counted(folder, *TABLES) == [0] * len(TABLES)


def test_an_article_that_comes_back_has_its_print_again(store: Store) -> None:
    made = draft("wire", WIRE)
    put(store, made)
    before = store.knowledge.prints(["wire"])
    store.writer.remove(["wire"])
    put(store, made)
    assert store.knowledge.prints(["wire"]) == before


# Fingerprints


def test_a_fingerprint_is_that_of_the_newest_revision(store: Store, folder: Path) -> None:
    first, second = draft("wire", WIRE), draft("wire", OTHER)
    assert first.copy_print is not None
    assert second.copy_print is not None
    put(store, first)
    (found,) = store.knowledge.prints(["wire"]).values()
    assert (found.article_id, found.signature, found.agency) == ("wire", first.copy_print.signature, None)
    assert Fingerprint.from_bytes(found.signature).shingles > 50
    put(store, second)
    (found,) = store.knowledge.prints(["wire"]).values()
    assert found.signature == second.copy_print.signature
    assert counted(folder, "fingerprints") == [1]


def test_the_agency_is_kept_and_refreshed(store: Store) -> None:
    made = draft("wire", f"DUNMALLOW (AFP) — {WIRE}")
    put(store, made)
    assert store.knowledge.prints(["wire"])["wire"].agency == "AFP"
    assert made.copy_print is not None
    nothing = [(block, Knowledge()) for block in made.blocks]
    store.writer.refresh("wire", nothing, replace(made.copy_print, agency="Reuters"))
    assert store.knowledge.prints(["wire"])["wire"].agency == "Reuters"
    # Who says nothing of it leaves it as it is.
    before = store.knowledge.prints(["wire"])
    store.writer.refresh("wire", nothing, None)
    assert store.knowledge.prints(["wire"]) == before


def test_a_text_too_short_for_a_fingerprint_is_stored_all_the_same(store: Store) -> None:
    put(store, draft("a", "Rain."), draft("b", "Rain."))
    assert store.knowledge.prints(["a"]).keys() == {"a"}
    assert Fingerprint.from_bytes(store.knowledge.prints(["a"])["a"].signature).shingles == 0


def test_an_article_without_a_print_has_none(store: Store) -> None:
    made = draft("a", WIRE)
    put(store, replace(made, copy_print=None))
    assert store.knowledge.prints(["a"]) == {}


def test_many_articles_at_once(store: Store) -> None:
    """More than one statement asks for."""
    key = store.vectors.model_key("model@1")
    one = CopyPrint(b"x")
    made = draft("a", "Rain.")
    bare = [
        replace(made, id=f"n{n}", copy_print=one, passages=tuple(
            PassageDraft(p.block, (), (b"",) * len(p.block.sentences), Knowledge()) for p in made.passages
        ))
        for n in range(620)
    ]  # fmt: skip
    store.writer.store(bare, key)
    names = [made.id for made in bare]
    assert store.knowledge.prints(names).keys() == set(names)
