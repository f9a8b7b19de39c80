"""Cards as Discord shows them: layouts, buttons that work after a restart, the form of a follow-up.

The id of a button says all that is needed to answer it: which record it belongs to (the UUID of ``people.db``, so
that a rebuilt one never answers for another answer), what it does, for which answer, and one number.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import discord

from bot import words
from bot.pictures import Picture
from bot.render.card import Card
from bot.render.pages import Page

if TYPE_CHECKING:
    from bot.client import Dateline

ANSWERED = 0x2E7D5B
DECLINED = 0x7A7A7A
OWN_WORDS = 0x3B6EA5
"""Colours of the bar beside a card: an answer, none, a sentence of our own."""

_TEMPLATE = re.compile(
    r"dl:(?P<record>[0-9a-f]{32}):(?P<action>[a-z_]{1,20}):(?P<key>[0-9A-Za-z-]{1,32}):(?P<number>\d{1,6})"
)


@dataclass(frozen=True, slots=True)
class Press:
    """What the id of a button or form says."""

    record: str
    action: str
    key: str
    number: int = 0

    @property
    def custom_id(self) -> str:
        """At most 100 characters."""
        return f"dl:{self.record}:{self.action}:{self.key}:{self.number}"

    @classmethod
    def read(cls, custom_id: str) -> Self | None:
        """None for an id that is none of ours."""
        match = _TEMPLATE.fullmatch(custom_id)
        return None if match is None else cls(match["record"], match["action"], match["key"], int(match["number"]))


class PressButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=_TEMPLATE):
    """Any of our buttons; what it does is told by the client's table of actions."""

    def __init__(
        self, press: Press, label: str = "", *, emphasis: bool = False, emoji: str | None = None, off: bool = False
    ) -> None:
        style = discord.ButtonStyle.primary if emphasis else discord.ButtonStyle.secondary
        super().__init__(
            discord.ui.Button(label=label, emoji=emoji, style=style, custom_id=press.custom_id, disabled=off)
        )
        self.press = press

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """See discord.py."""
        press = Press.read(match.string)
        assert press is not None, "the template has matched"
        return cls(press, "…")

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """See discord.py."""
        client: Dateline = interaction.client
        await client.pressed(interaction, self.press)


class CardView(discord.ui.LayoutView):
    """A message with a picture in it, or none. The picture travels beside the layout, as a file of that name."""

    def __init__(self, picture: Picture | None = None) -> None:
        super().__init__(timeout=None)
        self.picture = picture

    def files(self) -> list[discord.File]:
        """Made anew for each try: a file can be sent once."""
        if self.picture is None:
            return []
        data = io.BytesIO(self.picture.data)
        return [discord.File(data, self.picture.name, description=self.picture.description)]

    def leave_picture_out(self) -> None:
        """Where Discord does not take it."""
        self.picture = None
        for item in list(self.walk_children()):
            if isinstance(item, discord.ui.MediaGallery) and isinstance(item.parent, discord.ui.Container):
                item.parent.remove_item(item)


def layout(
    page: Page,
    rows: Sequence[Sequence[PressButton]] = (),
    colour: int = OWN_WORDS,
    picture: Picture | None = None,
) -> CardView:
    """A page as a message; at most 40 parts in all, which a page of :mod:`bot.render.pages` stays far below."""
    view = CardView(picture)
    box: discord.ui.Container[Any] = discord.ui.Container(accent_colour=colour)
    for n, section in enumerate(page.sections):
        if n:
            box.add_item(discord.ui.Separator())
        box.add_item(discord.ui.TextDisplay(section))
    if picture is not None:
        shown = discord.MediaGalleryItem(f"attachment://{picture.name}", description=picture.description or None)
        box.add_item(discord.ui.MediaGallery(shown))
    for row in rows:
        if row:
            box.add_item(discord.ui.ActionRow(*row))
    view.add_item(box)
    return view


def sentence_view(sentence: str) -> CardView:
    """One sentence of our own."""
    return layout(Page((sentence,)))


def card_view(
    card: Card, record: str, key: str, *, private: bool, footer: str | None = None, picture: Picture | None = None
) -> CardView:
    """The first page of an answer with its buttons."""

    def button(action: str, label: str, emphasis: bool = False) -> PressButton:
        return PressButton(Press(record, action, key), label, emphasis=emphasis)

    first = [button("context", words.CONTEXT)] if card.cites else []
    if card.more:
        first.append(button("more", words.MORE))
    first.append(button("follow", words.FOLLOW_UP, emphasis=True))
    if private:
        first.append(button("share", words.SHARE))
    second = [button("helpful", words.HELPFUL), button("unhelpful", words.NOT_HELPFUL)]
    page = card.pages[0]
    going_on = [f"-# {words.MORE_WAITS.format(button=words.MORE)}"] if len(card.pages) > 1 else []
    below = [*going_on, *([f"-# {footer}"] if footer else [])]
    if below:
        page = Page((*page.sections, "\n".join(below)))
    return layout(page, (first, second), ANSWERED if card.answered else DECLINED, picture)


def paged_view(pages: Sequence[Page], at: int, record: str, action: str, key: str, colour: int = OWN_WORDS) -> CardView:
    """One of several pages with buttons to turn them; the buttons' number is the page they lead to."""
    at = min(max(at, 0), len(pages) - 1)
    return page_view(pages[at], at, len(pages), record, action, key, colour)


def page_view(
    page: Page,
    at: int,
    pages: int,
    record: str,
    action: str,
    key: str,
    colour: int = OWN_WORDS,
    picture: Picture | None = None,
) -> CardView:
    """The same where only the page to be shown has been made."""
    if pages == 1:
        return layout(page, (), colour, picture)
    turning = [
        PressButton(Press(record, action, key, max(at - 1, 0)), words.PREVIOUS, off=at == 0),
        PressButton(Press(record, action, key, at + 1), words.NEXT, off=at == pages - 1),
    ]
    where = f"-# {words.PAGE.format(page=at + 1, pages=pages)}"
    return layout(Page((*page.sections, where)), (turning,), colour, picture)


class FollowUpForm(discord.ui.Modal):
    """Asks for the question; sent in, it is answered by its id (``Dateline.pressed``), also after a restart."""

    def __init__(self, press: Press) -> None:
        super().__init__(title=words.FOLLOW_UP_TITLE, custom_id=press.custom_id, timeout=900)
        self.add_item(
            discord.ui.Label(
                text=words.FOLLOW_UP_LABEL,
                description=words.FOLLOW_UP_HELP,
                component=discord.ui.TextInput(
                    custom_id="question", style=discord.TextStyle.paragraph, min_length=1, max_length=2_000
                ),
            )
        )


def typed_into_form(interaction: discord.Interaction[Any]) -> str:
    """The one field of a form that was sent in."""
    data: Any = interaction.data or {}
    for part in data.get("components", ()):
        for field in (part.get("component"), *part.get("components", ())):
            if field and "value" in field:
                return str(field["value"])
    return ""
