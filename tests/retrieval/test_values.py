"""Whether words hold a number, a length of time, a date; and whether the number counts what is asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.store.text import Stemmer
from retrieval.question import VALUED, Asks
from retrieval.values import counts, holds_value

STEMMER = Stemmer()


@pytest.mark.parametrize(
    ("asks", "text"),
    [
        (Asks.MONEY, "It cost £214 million."),
        (Asks.MONEY, "The crew made it for 900,000 crowns."),
        (Asks.MONEY, "A ticket is two euros."),
        (Asks.MONEY, "Parking is free."),
        (Asks.COUNT, "Some 3,000 visitors came."),
        (Asks.COUNT, "It fell by half."),
        (Asks.COUNT, "Two people were hurt."),
        (Asks.COUNT, "Hundreds of people came."),
        (Asks.COUNT, "Nobody came, and no one was hurt: none."),
        (Asks.DURATION, "It took nine years."),
        (Asks.DURATION, "A 90-minute talk."),
        (Asks.DURATION, "They spoke for several long hours."),
        (Asks.DURATION, "A second later the lights went out."),
        (Asks.DURATION, "He hesitated for a minute."),
        (Asks.DURATION, "It was over in a second, he said."),
        (Asks.DURATION, "She waited half a minute before she spoke."),
        (Asks.DURATION, "A minute of silence was kept."),
        (Asks.DURATION, "A 30-second clip."),
        (Asks.DURATION, "It took them a minute or two."),
        (Asks.DURATION, "It lasted a minute and a half."),
        (Asks.DURATION, "The silence held for one long second."),
        (Asks.DURATION, "It took a full minute."),
        (Asks.DURATION, "A film about one minute long."),
        (Asks.EXTENT, "20 kilometers from the border"),
        (Asks.EXTENT, "It took nine years."),
        (Asks.EXTENT, "The shoe is 14 centimetres long."),
        (Asks.EXTENT, "a tower of twelve storeys"),
        (Asks.FREQUENCY, "He called several times."),
        (Asks.FREQUENCY, "They meet twice a year."),
        (Asks.FREQUENCY, "Trains leave every ten minutes."),
        (Asks.WHEN, "It opened on Sunday."),
        (Asks.WHEN, "in June"),
        (Asks.WHEN, "They met last week."),
        (Asks.WHEN, "in 1999"),
    ],
)
def test_the_value_asked_for_is_there(asks: Asks, text: str) -> None:
    assert holds_value(asks, text)
    assert holds_value(asks, text.upper())


@pytest.mark.parametrize(
    ("asks", "text"),
    [
        (Asks.MONEY, "Some 3,000 visitors came."),
        (Asks.MONEY, "It took three years."),
        (Asks.COUNT, "Fishermen protested outside the town hall."),
        (Asks.COUNT, "The onewheel was phoned."),
        (Asks.DURATION, "The mayor spoke of money."),
        (Asks.DURATION, "He lived in the hourglass house."),
        (Asks.DURATION, "It cost 42 crowns."),
        (Asks.DURATION, "The mayor made a second promise."),
        (Asks.DURATION, "He has a daughter and expects a second."),
        (Asks.DURATION, "They met for a second time, in a second town."),
        (Asks.DURATION, "A close second, for a minute detail."),
        (Asks.DURATION, "It was a full second term, for a long second time."),
        (Asks.DURATION, "Parking costs £4 a day, and they meet twice a week."),
        (Asks.DURATION, "He called several times."),
        (Asks.DURATION, "He called three times in the last 10 days."),
        (Asks.DURATION, "20 kilometers from the border"),
        (Asks.EXTENT, "He told a story of a degree of autonomy."),
        (Asks.EXTENT, "He called several times."),
        (Asks.FREQUENCY, "It took nine years."),
        (Asks.WHEN, "The mayor spoke of money."),
        (Asks.WHEN, "A mayhem of marching junebugs."),
    ],
)
def test_the_value_asked_for_is_not_there(asks: Asks, text: str) -> None:
    assert not holds_value(asks, text)


@pytest.mark.parametrize("asks", set(Asks) - set(VALUED))
def test_other_questions_ask_for_no_such_value(asks: Asks) -> None:
    assert holds_value(asks, "Fishermen protested.")


@pytest.mark.parametrize(
    ("focus", "text"),
    [
        (("troops",), "Russia has massed 100,000 troops."),
        (("troops",), "Russia has massed 100,000 well-trained and well-armed troops."),
        (("troop",), "The troops, some 3,000, left."),
        (("antitank", "weapons"), "Britain sent two thousand weapons."),
        ((), "Nothing is named, so anything will do."),
        (("the",), ""),
    ],
)
def test_a_number_stands_near_what_is_counted(focus: tuple[str, ...], text: str) -> None:
    assert counts(focus, text, STEMMER) or (focus and not text)


@pytest.mark.parametrize(
    ("focus", "text"),
    [
        (("troops",), "Russia has massed troops."),
        (("troops",), "Some 42 towers stand there."),
        (("troops",), "In 2014 they came, and years later nobody in the whole of the town had forgotten the troops."),
        (("troops",), ""),
    ],
)
def test_no_number_stands_near_what_is_counted(focus: tuple[str, ...], text: str) -> None:
    assert not counts(focus, text, STEMMER)


@given(st.sampled_from(Asks), st.text(), st.lists(st.text(max_size=10), max_size=3))
def test_any_text_can_be_looked_at(asks: Asks, text: str, focus: list[str]) -> None:
    assert holds_value(asks, text) in (True, False)
    assert counts(focus, text, STEMMER) in (True, False)
