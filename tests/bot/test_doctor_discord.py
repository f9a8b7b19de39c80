"""What doctor says of the Discord bot."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from bot.invite import install_link
from tests.conftest import ROOT, Ran
from tests.discord_server import TOKEN

Cli = Callable[..., Ran]


def said(cli: Cli) -> tuple[int, str]:
    ran = cli("doctor")
    assert ran.err == ""
    (line,) = (line for line in ran.out.splitlines() if "Discord:" in line)
    return ran.code, line


def test_without_a_token_nothing_is_wrong_and_the_way_is_told(cli: Cli) -> None:
    code, line = said(cli)
    assert code == 0
    assert line.startswith("ok ")
    assert "DATELINE_DISCORD_TOKEN" in line


def test_with_a_token_it_prints_the_link_and_never_the_token(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_DISCORD_TOKEN", TOKEN)
    code, line = said(cli)
    assert code == 0
    assert line.startswith("ok ")
    assert line.endswith(f" {install_link(100000000000000000)}")
    ran = cli("doctor")
    assert TOKEN.split(".")[0] not in ran.out
    assert TOKEN.split(".", 1)[1] not in ran.out


@pytest.mark.parametrize("wrong", ["secret-of-the-oauth-page", "Bot.secret.words", "123456789012345678.secret.words"])
def test_what_is_no_token_is_said_and_not_shown(cli: Cli, monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv("DATELINE_DISCORD_TOKEN", wrong)
    code, line = said(cli)
    assert code == 1
    assert line.startswith("FAIL ")
    assert "Developer Portal" in line
    assert wrong not in line
    assert "secret" not in line


def test_doctor_loads_no_discord_library() -> None:
    script = "import sys, bot.doctor; assert 'discord' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
