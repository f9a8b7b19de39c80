"""Nothing is shown that the stored article does not say, letter for letter, in body and raw text."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import CorpusError
from corpus.models import Passage, StatementKind
from corpus.store import Store
from retrieval.citations import Span, cite, intact
from retrieval.models import Signals
from retrieval.readings import Reading
from retrieval.retriever import Candidate
from tests.making import draft, paragraphs, put

HARBOUR = paragraphs(
    "PORT ELLERY — The harbour will close in June, the council decided.\r",
    "“We can\u00adnot pay for another winter,” Mayor Ada Brook said.  It was late.",
    "Fishermen protested outside the town hall.",
)
QUOTE = "We cannot pay for another winter"


@pytest.fixture
def stores(tmp_path: Path) -> dict[str, Store]:
    opened = {name: Store.open(tmp_path / name, create=True) for name in ("main", "other")}
    put(
        opened["main"],
        draft("harbour", HARBOUR, title="Harbour to close", url="https://courier.example/harbour"),
        draft("bridge", "A bridge over the Tarn opened on Sunday. It has cost 42 million crowns."),
    )
    put(opened["other"], draft("harbour", "Another paper prints: we cannot pay for another winter, they say."))
    return opened


def candidate(store: Store, article_id: str, ordinal: int) -> Candidate:
    article = store.articles.get(article_id)
    passage = store.articles.passages(article_id, article.revision)[ordinal - 1]
    (summary,) = store.articles.summaries([article_id])
    return Candidate(store.collection, Reading(passage, summary), 1.0, Signals(), {"lexical": 1})


def span(store: Store, article_id: str, ordinal: int, words: str, speaker: str | None = None) -> Span:
    found = candidate(store, article_id, ordinal)
    start = found.passage.start + found.passage.text.index(words)
    kind = StatementKind.DIRECT if speaker else None
    return Span(found, start, start + len(words), 1.0, 0.5, speaker, kind)


def spans(stores: dict[str, Store]) -> list[Span]:
    return [
        span(stores["main"], "harbour", 2, QUOTE, "Ada Brook"),
        span(stores["main"], "bridge", 1, "It has cost 42 million crowns."),
        span(stores["main"], "harbour", 2, "It was late."),
        span(stores["other"], "harbour", 1, "we cannot pay for another winter"),
    ]


def test_what_holds_is_cited(stores: dict[str, Store]) -> None:
    first, second, third, fourth = cite(spans(stores), stores)
    assert first.quote == QUOTE
    assert (first.speaker, first.kind, first.relayed) == ("Ada Brook", StatementKind.DIRECT, None)
    assert (first.collection, first.article.id, first.passage.ordinal) == ("main", "harbour", 2)
    assert first.link == "https://courier.example/harbour#:~:text=We%20cannot%20pay%20for%20another%20winter"
    assert (second.speaker, second.kind, second.link) == (None, None, None)
    assert fourth.collection == "other"
    for citation in (first, second, third, fourth):
        body = stores[citation.collection].articles.get(citation.article.id).body
        assert body[citation.start : citation.end] == citation.quote
        assert citation.passage.start <= citation.start < citation.end <= citation.passage.end


def test_quotes_of_one_passage_share_a_number(stores: dict[str, Store]) -> None:
    assert [citation.number for citation in cite(spans(stores), stores)] == [1, 2, 1, 3]
    assert cite([], stores) == []


def test_numbers_have_no_gap_where_a_span_was_dropped(stores: dict[str, Store]) -> None:
    given = spans(stores)
    given[0] = replace(given[0], end=10**6)
    # The other quote of that passage still holds.
    assert [citation.number for citation in cite(given, stores)] == [1, 2, 3]


def test_a_passage_id_of_another_collection_is_another_passage(stores: dict[str, Store]) -> None:
    given = spans(stores)
    one, other = given[0], given[3]
    same_id = with_passage(other.candidate, replace(other.candidate.passage, id=one.candidate.passage.id))
    found = cite([one, replace(other, candidate=same_id)], stores)
    assert [citation.number for citation in found] == [1, 2]


# Spans that point elsewhere


def moved(one: Span, start: int, end: int) -> Span:
    return replace(one, start=start, end=end)


@pytest.mark.parametrize(
    "change",
    [
        lambda one: moved(one, one.start, one.start),
        lambda one: moved(one, one.end, one.start),
        lambda one: moved(one, -5, one.end),
        lambda one: moved(one, 0, one.end),
        lambda one: moved(one, one.start, one.candidate.passage.end + 1),
        lambda one: moved(one, one.start, 10**9),
        lambda one: moved(one, one.candidate.passage.start - 1, one.end),
        lambda one: replace(one, candidate=with_passage(one.candidate, shifted(one.candidate.passage, 1))),
        lambda one: replace(one, candidate=with_passage(one.candidate, shifted(one.candidate.passage, 10**6))),
        lambda one: replace(one, candidate=with_text(one.candidate, "Something else")),
        lambda one: replace(one, candidate=with_text(one.candidate, one.candidate.passage.text.replace("not", "now"))),
        lambda one: replace(one, candidate=with_text(one.candidate, "")),
        lambda one: replace(one, candidate=of_revision(one.candidate, 2)),
        lambda one: replace(one, candidate=of_revision(one.candidate, 0)),
        lambda one: replace(one, candidate=of_article(one.candidate, "nowhere")),
        lambda one: replace(one, candidate=of_article(one.candidate, "bridge")),
    ],
)
def test_a_span_that_points_elsewhere_is_dropped(stores: dict[str, Store], change: Callable[[Span], Span]) -> None:
    one, *others = spans(stores)
    found = cite([change(one), *others], stores)
    assert [citation.quote for citation in found] == [citation.quote for citation in cite(others, stores)]


def with_passage(found: Candidate, passage: Passage) -> Candidate:
    return replace(found, reading=Reading(passage, found.article))


def shifted(passage: Passage, by: int) -> Passage:
    return replace(passage, start=passage.start + by, end=passage.end + by)


def with_text(found: Candidate, text: str) -> Candidate:
    return with_passage(found, replace(found.passage, text=text))


def of_revision(found: Candidate, revision: int) -> Candidate:
    return with_passage(found, replace(found.passage, revision=revision))


def of_article(found: Candidate, article_id: str) -> Candidate:
    return with_passage(found, replace(found.passage, article_id=article_id))


# A store that was changed behind our back

ONLY = "WHERE article = (SELECT key FROM articles WHERE id = 'harbour')"
DAMAGES = {
    "body, one letter": f"UPDATE revisions SET body = replace(body, 'cannot', 'cannod') {ONLY}",
    "body, other words": f"UPDATE revisions SET body = replace(body, 'cannot pay', 'will pay') {ONLY}",
    "body, an unseen character": f"UPDATE revisions SET body = replace(body, 'not', char(8203) || 'not') {ONLY}",
    "body, shifted": f"UPDATE revisions SET body = ' ' || body {ONLY}",
    "body, cut": f"UPDATE revisions SET body = substr(body, 1, 80) {ONLY}",
    "body, empty": f"UPDATE revisions SET body = '' {ONLY}",
    "raw, one letter": f"UPDATE revisions SET raw = replace(raw, 'another', 'an other') {ONLY}",
    "raw, other words": f"UPDATE revisions SET raw = replace(raw, 'pay', 'pray') {ONLY}",
    "raw, cut": f"UPDATE revisions SET raw = substr(raw, 1, 90) {ONLY}",
    "raw, empty": f"UPDATE revisions SET raw = '' {ONLY}",
    "raw, shifted": f"UPDATE revisions SET raw = 'x' || raw {ONLY}",
    "edits, none": f"UPDATE revisions SET edits = '[]' {ONLY}",
    "edits, no list": f"UPDATE revisions SET edits = '7' {ONLY}",
    "edits, null": f"UPDATE revisions SET edits = 'null' {ONLY}",
    "edits, broken": f"UPDATE revisions SET edits = '[[1, 2' {ONLY}",
    "edits, too short": f"UPDATE revisions SET edits = '[[1, 2]]' {ONLY}",
    "edits, of words": f'UPDATE revisions SET edits = \'[["a", "b", "c", "d"]]\' {ONLY}',
    "edits, out of order": f'UPDATE revisions SET edits = \'[[90, 91, "", "x"], [1, 2, "", "x"]]\' {ONLY}',
    "edits, far away": f'UPDATE revisions SET edits = \'[[1, 900000, "", "x"]]\' {ONLY}',
    "passages, another revision": "UPDATE articles SET revision = 2 WHERE id = 'harbour'",
    "article, removed": "UPDATE articles SET removed_at = '2024-01-01' WHERE id = 'harbour'",
    "article, gone": "UPDATE articles SET id = 'renamed' WHERE id = 'harbour'",
    "revision, gone": f"DELETE FROM revisions {ONLY}",
    "body, passage and all, but not raw": f"UPDATE revisions SET body = replace(body, 'cannot', 'surely') {ONLY}; "
    "UPDATE passages SET text = replace(text, 'cannot', 'surely')",
}


def tamper(store: Store, script: str) -> None:
    with contextlib.closing(sqlite3.connect(store.path)) as database:
        database.execute("PRAGMA foreign_keys = OFF")
        database.executescript(script)


@pytest.mark.parametrize("script", DAMAGES.values(), ids=DAMAGES)
def test_a_tampered_article_is_not_quoted_and_others_are(stores: dict[str, Store], script: str) -> None:
    before = [span(stores["main"], "harbour", 2, QUOTE), spans(stores)[1]]
    candidates = [candidate(stores["main"], "harbour", 2), candidate(stores["main"], "bridge", 1)]
    assert len(cite(before, stores)) == len(intact(candidates, stores)) == 2
    tamper(stores["main"], script)
    assert [citation.article.id for citation in cite(before, stores)] == ["bridge"]
    assert [found.passage.article_id for found in intact(candidates, stores)] == ["bridge"]
    # Found anew, it is no better.
    with contextlib.suppress(CorpusError, ValueError, TypeError, IndexError):
        again = [span(stores["main"], "harbour", 2, words) for words in (QUOTE, QUOTE.replace("cannot", "surely"))]
        assert cite(again, stores) == []


def test_damage_elsewhere_in_an_article_spares_what_still_stands(stores: dict[str, Store]) -> None:
    given = [span(stores["main"], "harbour", 2, QUOTE), span(stores["main"], "harbour", 3, "Fishermen protested")]
    tamper(stores["main"], f"UPDATE revisions SET raw = replace(raw, 'outside', 'in side'), "
                           f"body = replace(body, 'outside', 'in side') {ONLY}")  # fmt: skip
    # The third paragraph is not what was searched; of the second every letter stands.
    assert [citation.quote for citation in cite(given, stores)] == [QUOTE]


def test_a_newer_revision_drops_the_quotes_of_the_older(stores: dict[str, Store]) -> None:
    given = spans(stores)
    put(stores["main"], draft("harbour", HARBOUR.replace("Fishermen", "Anglers"), title="Harbour to close"))
    # The words stand there as before, but it is not what was searched.
    assert [citation.article.id for citation in cite(given, stores)] == ["bridge", "harbour"]
    assert [citation.collection for citation in cite(given, stores)] == ["main", "other"]
    stores["main"].writer.remove(["harbour", "bridge"])
    assert [citation.collection for citation in cite(given, stores)] == ["other"]


# Who else prints it


def test_other_papers_are_named_once_and_never_the_paper_itself(stores: dict[str, Store]) -> None:
    main, other = stores["main"], stores["other"]
    harbour, bridge = candidate(main, "harbour", 2), candidate(main, "bridge", 1)
    copy = candidate(other, "harbour", 1)
    folded = replace(harbour, also=(copy, with_passage(harbour, candidate(main, "harbour", 3).passage)))
    one = replace(span(main, "harbour", 2, QUOTE), candidate=folded, also=(bridge, replace(bridge, also=(copy,))))
    (citation,) = cite([one], stores)
    assert [(article.id, article.title) for article in citation.also] == [("harbour", None), ("bridge", None)]


def test_intact_keeps_the_order(stores: dict[str, Store]) -> None:
    found: Sequence[Candidate] = [
        candidate(stores["main"], "harbour", 3), candidate(stores["other"], "harbour", 1),
        candidate(stores["main"], "harbour", 1),
    ]  # fmt: skip
    assert intact(found, stores) == list(found)
    broken = [found[0], with_text(found[1], "x"), found[2]]
    assert intact(broken, stores) == [found[0], found[2]]
