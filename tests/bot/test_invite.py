"""The link that installs the bot, and the permissions in it, which are enough and no more."""

from __future__ import annotations

import base64
from urllib.parse import parse_qs, urlsplit

import discord
import pytest

from bot.invite import PERMISSIONS, SCOPES, application_id, install_link, permissions_number
from tests.discord_server import TOKEN


def token_of(first: str) -> str:
    return base64.urlsafe_b64encode(first.encode()).decode().rstrip("=") + ".GabcdE.rest_of-it"


def test_the_permissions_are_those_that_discord_py_knows_by_these_names() -> None:
    granted = discord.Permissions(**dict.fromkeys(PERMISSIONS, True))
    assert granted.value == permissions_number()
    for name, bit in PERMISSIONS.items():
        assert discord.Permissions(**{name: True}).value == bit


def test_none_of_them_lets_the_bot_govern() -> None:
    asked = discord.Permissions(permissions_number())
    # What everybody in a new server may do, too.
    assert asked <= discord.Permissions.general() | discord.Permissions.text()
    for power in ("administrator", "manage_guild", "manage_messages", "manage_threads", "mention_everyone"):
        assert not getattr(asked, power)


def test_the_link_is_what_discord_py_would_make() -> None:
    made = urlsplit(install_link(123456789012345678))
    wanted = urlsplit(
        discord.utils.oauth_url(
            123456789012345678, permissions=discord.Permissions(permissions_number()), scopes=SCOPES
        )
    )
    assert (made.scheme, made.netloc, made.path) == (wanted.scheme, wanted.netloc, wanted.path)
    assert parse_qs(made.query) == parse_qs(wanted.query)


@pytest.mark.parametrize("number", [100000000000000000, 1234567890123456789, 12345678901234567])
def test_a_token_tells_its_application(number: int) -> None:
    assert application_id(token_of(str(number))) == number
    assert application_id(f"  {token_of(str(number))}\n") == number


def test_the_token_of_the_tests_is_one() -> None:
    assert application_id(TOKEN) == 100000000000000000


@pytest.mark.parametrize(
    "no_token",
    ["", "abc", "a.b.c", "MTAwMDAwMDAwMDAwMDAwMDAw", "MTAwMDAwMDAwMDAwMDAwMDAw.only", "é.b.c", "0.1.2",
     token_of("not a number"), token_of("123"), token_of("١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧"), token_of("1" * 40), "Bot " + TOKEN],
)  # fmt: skip
def test_what_is_no_token_tells_none(no_token: str) -> None:
    assert application_id(no_token) is None
