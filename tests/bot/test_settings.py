from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import fields
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
    for setting in fields(Settings):
        assert re.search(rf"^# .+\n# DATELINE_{setting.name.upper()}=", text, re.MULTILINE)


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


def test_numbers_are_read_as_people_write_them(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_TOP_K", " 32.0 ")
    monkeypatch.setenv("DATELINE_SERVER_ARTICLES", "1_000")
    monkeypatch.setenv("DATELINE_KEEP_LEFT_DAYS", "1e1")
    monkeypatch.setenv("DATELINE_LOG_LEVEL", "Info")
    settings = load_settings()
    assert (settings.top_k, settings.server_articles, settings.keep_left_days) == (32, 1000, 10.0)
    assert settings.log_level == "info"


def test_names_may_be_small_and_nothing_is_no_value(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("DATELINE_TOP_K=5\nDATELINE_MODEL\nDATELINE_DEVICE=\n", encoding="utf-8")
    monkeypatch.setenv("dateline_batch_size", "7")
    monkeypatch.setenv("DATELINE_TOP_K", "")
    settings = load_settings()
    assert (settings.top_k, settings.batch_size) == (5, 7)
    assert (settings.model, settings.device) == (Settings().model, Settings().device)


def test_the_file_is_read_as_such_files_are(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHERE", "here")
    Path(".env").write_text(
        "export DATELINE_TOP_K=3 # few\nDATELINE_QUERY_PREFIX='query: '\nDATELINE_MODEL=${WHERE}/model\nMODEL=x\n",
        encoding="utf-8",
    )
    settings = load_settings()
    assert (settings.top_k, settings.query_prefix, settings.model) == (3, "query: ", "here/model")


def test_the_first_bad_value_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_KEEP_LEFT_DAYS", "week")
    monkeypatch.setenv("DATELINE_BATCH_SIZE", "many")
    with pytest.raises(SettingsError, match=r"^DATELINE_BATCH_SIZE='many' cannot be used \(input should be a valid"):
        load_settings()


def test_texts_are_taken_as_they_are_and_cost_no_library(home: Path) -> None:
    script = (
        "import sys; from bot.settings import load_settings; print(ascii(load_settings().model)); "
        "print({'pydantic', 'dotenv'} & set(sys.modules))"
    )
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "DATELINE_MODEL": " a\udcff'b "}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, env=environment, check=True)
    assert done.stdout.decode().splitlines() == [ascii(" a\udcff'b "), "set()"]


def test_home_is_absolute(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_HOME", "data")
    assert load_settings().home == Path.cwd() / "data"


def test_without_a_setting_home_is_the_users_data_folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATELINE_HOME")
    monkeypatch.setattr("bot.settings.platformdirs.user_data_dir", lambda name, appauthor: f"/somewhere/{name}")
    assert load_settings().home == Path("/somewhere/dateline")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TOP_K", "abc"),
        ("TOP_K", "0"),
        ("TOP_K", "101"),
        ("BATCH_SIZE", "-1"),
        ("LOG_LEVEL", "loud"),
        ("RUNTIME", "AUTO"),
        ("UPLOAD_MEGABYTES", "0"),
        ("UPLOAD_MEGABYTES", "nan"),
        ("KEEP_LEFT_DAYS", "week"),
    ],
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
    assert "s3cret" not in repr(settings) + str(settings) + f"{settings.discord_token}"
