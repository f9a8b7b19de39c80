from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings, env_example, load_settings

PROJECT = Path(__file__).parents[2]


def test_the_example_is_generated_from_the_class() -> None:
    assert (PROJECT / ".env.example").read_text(encoding="utf-8") == env_example()


def test_the_module_prints_the_example() -> None:
    done = subprocess.run([sys.executable, "-m", "bot.settings"], capture_output=True, cwd=PROJECT, check=True)
    assert done.stdout.decode() == env_example()


def test_every_setting_is_described_and_in_the_example() -> None:
    text = env_example()
    for name, field in Settings.model_fields.items():
        assert field.description
        assert f"# DATELINE_{name.upper()}=" in text


def test_the_example_itself_changes_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = load_settings()
    uncommented = [line.removeprefix("# ") for line in env_example().splitlines() if line.startswith("# DATELINE_")]
    Path(".env").write_text("\n".join(uncommented), encoding="utf-8")
    assert load_settings() == before


def test_environment_wins_over_the_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("DATELINE_TOP_K=3\nDATELINE_BATCH_SIZE=7\nSOMETHING_ELSE=1\n", encoding="utf-8")
    monkeypatch.setenv("DATELINE_TOP_K", "4")
    settings = load_settings()
    assert (settings.top_k, settings.batch_size) == (4, 7)


def test_home_is_absolute(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_HOME", "data")
    assert load_settings().home == Path.cwd() / "data"


def test_without_a_setting_home_is_the_users_data_folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATELINE_HOME")
    monkeypatch.setattr("bot.settings.platformdirs.user_data_dir", lambda name, appauthor: f"/somewhere/{name}")
    assert load_settings().home == Path("/somewhere/dateline")


@pytest.mark.parametrize(
    ("name", "value"),
    [("TOP_K", "abc"), ("TOP_K", "0"), ("BATCH_SIZE", "-1"), ("LOG_LEVEL", "loud")],
)
def test_a_bad_value_is_one_sentence(home: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"DATELINE_{name}", value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    sentence = str(caught.value)
    assert sentence.startswith(f"DATELINE_{name}={value!r} cannot be used (")
    assert sentence.endswith("; change it or unset it.")
    assert "\n" not in sentence


def test_a_file_that_is_no_text_is_one_sentence(home: Path) -> None:
    Path(".env").write_bytes(b"\xff\xfe\x00DATELINE")
    with pytest.raises(SettingsError, match=r"check the file \.env"):
        load_settings()


def test_the_token_is_never_shown(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_DISCORD_TOKEN", "s3cret")
    settings = load_settings()
    assert settings.discord_token is not None
    assert settings.discord_token.get_secret_value() == "s3cret"
    assert "s3cret" not in repr(settings) + str(settings) + settings.model_dump_json()
