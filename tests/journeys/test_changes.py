"""Articles come, change and go, with the real model."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.conftest import Dateline

QUESTION = "Why is the harbour of Port Ellery closing?"


def test_articles_come_change_and_go(dateline: Dateline, articles: Path) -> None:
    first = dateline("ingest", str(articles))
    assert first.code == 0, first.err
    assert first.out.startswith("3 new, 0 changed, 0 unchanged, 0 removed, 0 refused; ")
    # The article of three paragraphs of one sentence each: a window and a sentence of each are encoded.
    assert "; 0 texts encoded" not in first.out

    again = dateline("ingest", str(articles))
    assert again.out.startswith("0 new, 0 changed, 3 unchanged, 0 removed, 0 refused; 0 texts encoded; ")

    harbour = articles / "harbour.md"
    text = harbour.read_text(encoding="utf-8")
    harbour.write_text(text.replace("Fishermen protested", "Anglers protested"), encoding="utf-8")
    changed = dateline("ingest", str(articles))
    # One paragraph changed: its window (with the headline before it) and its only sentence.
    assert changed.out.startswith("0 new, 1 changed, 2 unchanged, 0 removed, 0 refused; 2 texts encoded; ")

    lines = "What did Ada Brook say about another winter?\nWho protested outside the town hall?\n"
    before = dateline("ask", "--json", "-", stdin=lines)
    said, protest = before.objects
    assert said["outcome"] == "answered"
    assert said["citations"][0]["quote"] == "We cannot pay for another winter"
    assert said["citations"][0]["speaker"] == "Ada Brook"
    assert (said["citations"][0]["article_id"], said["citations"][0]["revision"]) == ("harbour", 2)
    assert protest["hits"][0]["text"] == "Anglers protested outside the town hall."

    assert dateline("remove", "harbour").out == "removed harbour\n"
    after = dateline("ask", "--json", "-", stdin=lines)
    for answer in after.objects:
        assert "harbour" not in {citation["article_id"] for citation in answer["citations"]}
        assert "harbour" not in {hit["article_id"] for hit in answer["hits"]}
    gone = dateline("source", "harbour")
    assert gone.code == 1
    assert gone.err.startswith("The article 'harbour' was removed on ")
