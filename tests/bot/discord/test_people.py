"""The bot's own record, without Discord."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.kept import KeptAnswer, KeptCitation, KeptHit, Words
from bot.people import DAY, YEAR, People
from retrieval.followups import Turn

CITATION = KeptCitation(
    1, "main", "harbour", 1, 7, 2, 10, 20, "for winter", "Ada Brook", "direct", None, "Harbour", "Courier", None, ("b",)
)
WORDS = Words("and a secret harbour?", "What about the secret harbour?", "“for winter” [1]", ("a note",), (Turn("Q"),))


class Clock:
    now = 1_000_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def people(tmp_path: Path, clock: Clock) -> Iterator[People]:
    opened = People.open(tmp_path, clock)
    yield opened
    opened.close()


def kept(clock: Clock, key: str = "k1", **changed: object) -> KeptAnswer:
    made = KeptAnswer(
        key, clock.now, 1, 2, 3, True, "answered", None, (CITATION,), (KeptHit("main", "harbour", 1, 7),), WORDS
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def test_an_answer_comes_back_as_it_was_kept(people: People, clock: Clock) -> None:
    people.add_answer(kept(clock))
    assert people.answer("k1") == kept(clock)
    people.place_answer("k1", 5, 99)
    assert people.answer_under(99) == kept(clock, channel=5, message=99)
    people.place_answer("k1", 5, 100, public=True)
    assert people.answer("k1") == kept(clock, channel=5, message=100, private=False)
    assert people.answer("other") is None


def test_after_a_day_nothing_tells_of_the_question(people: People, clock: Clock, tmp_path: Path) -> None:
    people.add_answer(kept(clock))
    people.add_turn(1, 2, Turn("What about the secret harbour?"))
    clock.now += DAY
    assert people.turns(1, 2) == ()
    found = people.answer("k1")
    assert found is not None
    assert found.words is None
    assert found.citations == (CITATION,)
    people.prune()
    assert b"secret" not in b"".join(path.read_bytes() for path in tmp_path.glob("people.db*"))
    clock.now += YEAR
    people.prune()
    assert people.answer("k1") is None


def test_the_last_three_questions_of_one_person_in_one_place(people: People) -> None:
    for number in range(5):
        people.add_turn(1, 2, Turn(f"Q{number}"))
    people.add_turn(1, 3, Turn("elsewhere"))
    people.add_turn(4, 2, Turn("somebody else"))
    assert [turn.text for turn in people.turns(1, 2)] == ["Q2", "Q3", "Q4"]
    assert [turn.text for turn in people.turns(4, 2)] == ["somebody else"]


def test_sharing_is_done_once(people: People, clock: Clock) -> None:
    people.add_answer(kept(clock))
    assert people.share("k1")
    assert not people.share("k1")
    people.unshare("k1")
    assert people.share("k1")


def test_the_last_opinion_counts(people: People, clock: Clock) -> None:
    people.add_answer(kept(clock))
    people.set_feedback("k1", 1, helpful=True)
    people.set_feedback("k1", 1, helpful=False)
    assert people.feedback("k1") == {1: False}


def test_forgetting_somebody_overwrites(people: People, clock: Clock, tmp_path: Path) -> None:
    people.add_answer(kept(clock))
    people.add_answer(kept(clock, "k2", asker=8))
    people.add_turn(1, 2, Turn("a secret question"))
    people.set_feedback("k2", 1, helpful=True)
    assert people.forget(1) == 1
    assert people.answer("k1") is None
    assert people.answer("k2") is not None
    assert people.feedback("k2") == {}
    assert b"secret question" not in b"".join(path.read_bytes() for path in tmp_path.glob("people.db*"))


def test_a_record_that_cannot_be_used_gets_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "people.db").write_bytes(b"no database" * 100)
    with pytest.raises(SettingsError, match=r"people\.db cannot be used"):
        People.open(tmp_path)


def test_each_record_is_another(tmp_path: Path) -> None:
    first, second = People.open(tmp_path / "a"), People.open(tmp_path / "b")
    assert first.uuid != second.uuid
    assert len(first.uuid) == 32
    first.close()
    second.close()
