"""How fast people may ask: the buckets alone, and what people see of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from bot import limits
from bot.limits import PRESS, Limits, Whose
from bot.settings import Settings
from tests.bot.discord.conftest import NATO, Stage, staged
from tests.discord_server.state import Channel


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_person_may_ask_a_minutes_worth_at_once_and_then_as_fast_as_it_comes_back(clock: Clock) -> None:
    made = Limits(6, 0, clock)
    assert [made.take(1, 2) for _ in range(6)] == [None] * 6
    refused = made.take(1, 2)
    assert refused is not None
    assert (refused.whose, refused.seconds, refused.first) == (Whose.PERSON, 10, True)
    clock.now += 4
    again = made.take(1, 3)
    assert again is not None
    assert (again.seconds, again.first) == (6, False)
    clock.now += 6
    assert made.take(1, 2) is None
    after = made.take(1, 2)
    assert after is not None
    assert after.first


def test_one_persons_haste_is_nobody_elses(clock: Clock) -> None:
    made = Limits(2, 0, clock)
    assert [made.take(1, 2) for _ in range(2)] == [None, None]
    assert made.take(1, 2) is not None
    assert made.take(3, 2) is None


def test_a_channel_has_a_limit_of_its_own_and_what_is_refused_costs_nothing(clock: Clock) -> None:
    made = Limits(3, 4, clock)
    assert [made.take(person, 2) for person in (1, 3, 4, 5)] == [None] * 4
    refused = made.take(1, 2)
    assert refused is not None
    assert refused.whose is Whose.CHANNEL
    # The person's own tokens are still there, elsewhere.
    assert [made.take(1, 9) for _ in range(2)] == [None, None]


def test_presses_cost_less(clock: Clock) -> None:
    made = Limits(2, 0, clock)
    taken = [made.take(1, 2, PRESS) for _ in range(11)]
    assert taken.count(None) in (9, 10)  # tenths do not add up exactly
    assert taken[-1] is not None


def test_nothing_is_limited_by_nought(clock: Clock) -> None:
    made = Limits(0, 0, clock)
    assert not any(made.take(1, 2) for _ in range(1_000))
    assert made.remembered == 0


def test_memory_is_bounded(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_MOST_BUCKETS", 100)
    made = Limits(5, 5, clock)
    for person in range(1_000):
        clock.now += 1
        assert made.take(person, 10_000 + person) is None
        assert made.remembered <= 102
    # Who is empty is not let in by the cleaning up.
    for _ in range(5):
        made.take(1, 1)
    clock.now += 1
    for person in range(2_000, 2_100):
        made.take(person, person)
    assert made.take(1, 1) is not None


def test_there_are_limits_unless_the_operator_lifts_them(home: Path) -> None:
    settings = Settings()
    assert 0 < settings.person_limit < settings.channel_limit


# Through Discord


@pytest.fixture(scope="module")
def hasty(prepared_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Three questions a person, five a channel. What a minute brings back is little in the time of a test."""
    home = Path(copytree(prepared_home, tmp_path_factory.mktemp("hasty") / "home"))
    with staged(home, DATELINE_PERSON_LIMIT="3", DATELINE_CHANNEL_LIMIT="5") as stage:
        yield stage
        stage.server.check()
        assert not stage.server.pings
        assert "Traceback" not in stage.bot.output


def told(stage: Stage, where: Channel, count: int) -> list[str]:
    """What the bot wrote in a channel, once it has written so often and goes on with nothing more."""

    def own() -> list[str]:
        return [one.text for one in stage.server.all_messages(where) if one.author is stage.server.bot]

    assert stage.server.wait_until(lambda: len(own()) >= count, 30)
    assert not stage.server.wait_until(lambda: len(own()) > count, 1)
    return own()


def test_commands_of_a_person(hasty: Stage) -> None:
    place = hasty.guild.add_channel("one")
    dora = hasty.server.add_user("Dora", [hasty.guild])
    for _ in range(3):
        assert "NATO moving" in hasty.ask(NATO, dora, place).text
    asking = [(name, {"question": NATO}) for name in ("ask", "timeline", "compare")]
    for name, options in (*asking, ("check", {"text": "Putin: “Ice.”"})):
        refused = hasty.server.command(dora, place, name, options).wait(20)
        assert refused.ephemeral
        assert "faster than I can look things up" in refused.text
    # What looks nothing up, and names while typing, are free; others are not held up.
    assert "What I keep" in hasty.server.command(dora, place, "privacy").wait(20).text
    offered = hasty.server.autocomplete(dora, place, "ask", "speaker", "M", {"question": "Who?"}).wait()
    assert offered.choices
    assert "NATO moving" in hasty.ask(NATO, hasty.ben, place).text


def test_a_message_menu_counts_as_well(hasty: Stage) -> None:
    place = hasty.guild.add_channel("two")
    fred = hasty.server.add_user("Fred", [hasty.guild])
    message = hasty.server.send_message(fred, place, "Putin: “Ice cream.”")
    asked = [hasty.server.message_command(fred, message, "Check this claim").wait(30) for _ in range(4)]
    assert ["faster than I can" in one.text for one in asked] == [False, False, False, True]


def test_a_channel_where_many_ask(hasty: Stage) -> None:
    place = hasty.guild.add_channel("three")
    people = [hasty.server.add_user(f"P{n}", [hasty.guild]) for n in range(6)]
    asked = [hasty.ask(NATO, person, place) for person in people]
    assert ["This channel asks a great deal" in one.text for one in asked] == [False] * 5 + [True]
    assert asked[-1].ephemeral


def test_mentions_are_told_once(hasty: Stage) -> None:
    place, cleo = hasty.guild.add_channel("hasty"), hasty.server.add_user("Cleo", [hasty.guild])
    for _ in range(6):
        hasty.server.send_message(cleo, place, f"{hasty.server.bot.mention} {NATO}")
    texts = told(hasty, place, 4)
    assert sum("NATO moving" in text for text in texts) == 3
    assert sum("faster than I can look things up" in text for text in texts) == 1


def test_direct_messages(hasty: Stage) -> None:
    eve = hasty.server.add_user("Eve")
    for _ in range(5):
        hasty.server.direct_message(eve, NATO)
    texts = told(hasty, hasty.server.dm(eve), 4)
    assert sum("NATO moving" in text for text in texts) == 3
    assert sum("faster than I can look things up" in text for text in texts) == 1


def test_a_form_is_refused_before_anything_is_typed_into_it(hasty: Stage) -> None:
    place = hasty.guild.add_channel("four")
    gus = hasty.server.add_user("Gus", [hasty.guild])
    asked = [hasty.ask(NATO, gus, place) for _ in range(2)][-1]
    assert asked.message is not None
    form = hasty.server.press(gus, asked.message, "Follow up").wait(20)
    assert form.modal is not None
    refused = hasty.server.press(gus, asked.message, "Follow up").wait(20)
    assert refused.modal is None
    assert "faster than I can" in refused.text
    sent = hasty.server.submit_modal(gus, form, {"Your question": "What did Macron say about Ukraine?"}).wait(30)
    assert "Macron" in sent.text
