"""The buttons of an answer."""

from __future__ import annotations

from tests.bot.discord.conftest import NATO, NOWHERE, Stage
from tests.discord_server import Interaction
from tests.discord_server.reading import walk


def press(stage: Stage, asked: Interaction, label: str, who: object = None) -> Interaction:
    assert asked.message is not None
    return stage.server.press(who or stage.ada, asked.message, label).wait(20)  # type: ignore[arg-type]


def test_context_opens_the_paragraph_with_its_neighbours_in_private(stage: Stage) -> None:
    asked = stage.ask(NATO)
    opened = press(stage, asked, "Context")
    assert opened.ephemeral
    assert "**It's not us moving toward NATO" in opened.text
    assert opened.text.count("-# ¶") == 3
    assert "page 1 of" in opened.text
    turned = press(stage, opened, "Next")
    assert turned.message is opened.message
    assert "page 2 of" in turned.text


def test_anybody_may_open_the_context_of_a_public_answer(stage: Stage) -> None:
    assert "¶" in press(stage, stage.ask(NATO), "Context", stage.ben).text


def test_more_sources_shows_what_else_was_found(stage: Stage) -> None:
    asked = stage.ask(NATO)
    more = press(stage, asked, "More sources")
    assert more.ephemeral
    assert "Also on record" in more.text
    assert more.text.count("> ") >= 2


def test_near_misses_of_a_decline_open_too(stage: Stage) -> None:
    assert "¶" in press(stage, stage.ask(NOWHERE), "More sources").text


def test_a_follow_up_goes_on_in_the_conversation_of_the_answer(stage: Stage) -> None:
    asked = stage.ask("What did Macron say about Ukraine?")
    form = press(stage, asked, "Follow up")
    sent = stage.server.submit_modal(stage.ada, form, {"Your question": "And what did he say about Belarus?"}).wait(30)
    assert "Understood as" in sent.text
    assert "Macron" in sent.text
    assert not sent.ephemeral


def test_feedback_is_stored_and_belongs_to_the_asker(stage: Stage) -> None:
    asked = stage.ask(NATO)
    assert "Thank you" in press(stage, asked, "Helpful").text
    other = press(stage, asked, "Not helpful", stage.ben)
    assert other.ephemeral
    assert "Only the person who asked" in other.text


def test_share_posts_a_private_answer_once(stage: Stage) -> None:
    asked = stage.ask(NATO, private=True)
    before = len(stage.server.all_messages(stage.channel))
    first = stage.server.press(stage.ada, asked.message, "Share")  # type: ignore[arg-type]
    second = stage.server.press(stage.ada, asked.message, "Share")  # type: ignore[arg-type]
    texts = {first.wait(20).text, second.wait(20).text}
    assert "Shared with the channel." in texts
    posted = [one for one in stage.server.all_messages(stage.channel)[before:] if "Shared by" in one.text]
    assert len(posted) == 1
    assert "It's NATO moving toward us." in posted[0].text
    # It is public now: others may open it, and go on from it.
    opened = stage.server.press(stage.ben, posted[0], "Context").wait(20)
    assert "¶" in opened.text
    assert "already" in press(stage, asked, "Share").text


def test_two_presses_at_once_act_once(stage: Stage) -> None:
    asked = stage.ask(NATO)
    pressed = [stage.server.press(stage.ada, asked.message, "Context") for _ in range(2)]  # type: ignore[arg-type]
    texts = [one.wait(20).text for one in pressed]
    assert sum("¶" in text for text in texts) == 1
    assert any("One moment" in text for text in texts)


def forge(stage: Stage, asked: Interaction, custom_id: str) -> None:
    """Somebody's message with a button of another id, as a modified client might have it."""
    assert asked.message is not None
    for part in walk(asked.message.components):
        if part.get("label") == "Context":
            part["custom_id"] = custom_id


def test_a_button_of_an_older_kind_gets_a_sentence(stage: Stage) -> None:
    asked = stage.ask(NATO)
    forge(stage, asked, "something:else")
    pressed = press(stage, asked, "Context")
    assert pressed.ephemeral
    assert "no longer have" in pressed.text


def test_an_answer_of_another_place_is_not_opened(stage: Stage) -> None:
    private = stage.ask(NATO, private=True)
    assert private.message is not None
    wanted = next(one["custom_id"] for one in walk(private.message.components) if one.get("label") == "Context")
    # Copied by somebody else in the same channel, and by oneself in another one.
    here = stage.ask(NATO, stage.ben)
    forge(stage, here, wanted)
    assert "Only the person who asked" in press(stage, here, "Context", stage.ben).text
    other = stage.guild.add_channel("copy")
    there = stage.ask(NATO, where=other)
    forge(stage, there, wanted)
    assert "another place" in press(stage, there, "Context").text
