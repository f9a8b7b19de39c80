"""What one server adds moves no score anywhere else.

Discord does not show scores: this is the same desk that the worker has, with an encoder that is quick.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot import wiring
from bot.desk import Desk
from bot.settings import Settings
from bot.visibility import guild_collection, visible_collections
from retrieval.models import Answer
from tests.bot.discord.shelf import ABOUT_LIGHTHOUSE, LIGHTHOUSE, MAIN_ARTICLES, OF_MAIN
from tests.fakes import FakeEncoder


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(wiring, "make_encoder", lambda settings: FakeEncoder())
    for name in ("main", "guild"):
        (tmp_path / name).mkdir()
    for name, text in MAIN_ARTICLES.items():
        (tmp_path / "main" / name).write_text(text, encoding="utf-8")
    (tmp_path / "guild" / "lighthouse.md").write_text(LIGHTHOUSE, encoding="utf-8")
    with Desk(Settings(home=tmp_path / "home"), lambda sentence: None) as opened:
        opened.wiring.ingest("main", [str(tmp_path / "main")], prune=False)
        yield opened


def answers(desk: Desk, guild: int | None) -> list[Answer]:
    asker = desk.reading(visible_collections(guild)).asker
    questions = (*OF_MAIN, ABOUT_LIGHTHOUSE, "What did the council decide?", "What did the mayor say?")
    return [replace(asker.ask(question), timings_ms={}) for question in questions]


def shelve(desk: Desk, guild: int, folder: Path) -> None:
    desk.wiring.ingest(guild_collection(guild), [str(folder)], prune=False)


def test_scores_of_main_are_the_same_before_and_after(desk: Desk, tmp_path: Path) -> None:
    before = {place: answers(desk, place) for place in (None, 1, 2)}
    assert any(answer.hits and answer.hits[0].score > 0 for answer in before[2])
    shelve(desk, 1, tmp_path / "guild")
    assert {place: answers(desk, place) for place in (None, 2)} == {None: before[None], 2: before[2]}
    own = answers(desk, 1)
    assert guild_collection(1) in {hit.collection for answer in own for hit in answer.hits}
    # Where both are seen, word statistics do not cross: a passage of main scores as it does alone.
    for alone, both in zip(before[2], own, strict=True):
        scores = {hit.passage.id: (hit.score, hit.signals) for hit in alone.hits}
        found = [hit for hit in both.hits if hit.collection == "main"]
        assert [(hit.score, hit.signals) for hit in found] == [scores[hit.passage.id] for hit in found]
    # Nor does the little that was added make what main says much less sure.
    assert all(abs(alone.confidence - both.confidence) < 0.15 for alone, both in zip(before[2][:3], own, strict=False))
    desk.wiring.remove(guild_collection(1), ["lighthouse"])
    assert answers(desk, 1) == before[1]
    desk.forget(guild_collection(1))
    shutil.rmtree(desk.settings.home / "collections" / guild_collection(1))
    assert answers(desk, 1) == before[1]


def test_samples_are_seen_where_there_is_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "make_encoder", lambda settings: FakeEncoder())
    (tmp_path / "guild").mkdir()
    (tmp_path / "guild" / "lighthouse.md").write_text(LIGHTHOUSE, encoding="utf-8")
    with Desk(Settings(home=tmp_path / "home"), lambda sentence: None) as desk:
        shelve(desk, 1, tmp_path / "guild")

        def seen(guild: int | None) -> list[str]:
            return list(desk.reading(visible_collections(guild)).stores)

        assert seen(None) == seen(2) == ["sample"]
        assert seen(1) == ["guild-1"]
        desk.wiring.ingest("main", [str(tmp_path / "guild")], prune=False)
        assert seen(None) == seen(2) == ["main"]
        assert seen(1) == ["main", "guild-1"]


def test_the_open_collections_are_bounded(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.desk._SETS_KEPT", 3)
    for guild in range(6):
        shelve(desk, guild, tmp_path / "guild")
        assert list(desk.reading(visible_collections(guild)).stores) == ["main", guild_collection(guild)]
    assert len(desk._own) == 3
    assert "main" in desk.reading(visible_collections(0)).stores
