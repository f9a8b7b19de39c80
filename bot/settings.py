"""All settings, and the only place that reads the environment.

python -m bot.settings        prints .env.example
"""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings import SettingsError as SourceError

from bot.errors import SettingsError

_PREFIX = "DATELINE_"


def _default_home() -> Path:
    return Path(platformdirs.user_data_dir("dateline", appauthor=False))


class Settings(BaseSettings):
    """What the person who runs Dateline may set; each as ``DATELINE_<NAME>`` or in ``.env``."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True,
        extra="ignore", frozen=True,
    )  # fmt: skip

    home: Path = Field(
        default_factory=_default_home,
        description="Folder of all data: collections, the sample articles, the REPL's history. "
        "Default: the platform's folder for user data.",
    )
    model: str = Field(
        default="all-MiniLM-L6-v2",
        description="The embedding model: the bundled default, or any sentence-transformers model by name or folder. "
        "Articles are encoded anew for another model, once.",
    )
    device: str = Field(default="auto", description="Where the model runs: auto, cpu, cuda, mps.")
    runtime: Literal["auto", "sentence-transformers"] = Field(
        default="auto",
        description="What runs the model: auto converts it once and starts without torch from then on; "
        "sentence-transformers never does.",
    )
    query_prefix: str | None = Field(
        default=None,
        description="Put before each question, as the card of some models asks for. Default: what the known models "
        "(README, Settings) ask for.",
    )
    passage_prefix: str | None = Field(default=None, description="The same before each passage.")
    reranker: str | None = Field(
        default=None,
        description="A cross-encoder by name or folder, which reads each of the best passages again beside the "
        "question: slower, often better. Default: none.",
    )
    batch_size: int = Field(default=32, ge=1, le=4096, description="Texts that the model reads at once.")
    top_k: int = Field(default=10, ge=1, le=100, description="How many passages an answer lists as found.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="warning", description="How much is logged to standard error: debug, info, warning, error."
    )
    discord_token: SecretStr | None = Field(
        default=None, description="The Discord bot's token, for dateline serve. Never logged, never shown."
    )

    person_limit: int = Field(
        default=12, ge=0, le=10_000,
        description="How many questions one person may ask the Discord bot in a minute; 0: any number.",
    )  # fmt: skip
    channel_limit: int = Field(
        default=40, ge=0, le=10_000,
        description="How many questions the Discord bot answers in one channel in a minute; 0: any number.",
    )  # fmt: skip

    upload_megabytes: float = Field(
        default=5.0, gt=0, le=100, description="Discord bot: the largest file that /add takes, in megabytes."
    )
    server_articles: int = Field(
        default=1000, ge=0, description="Discord bot: how many articles a server may add; 0 switches /add off."
    )
    server_megabytes: float = Field(
        default=20.0, gt=0, description="Discord bot: how much text a server may add, in megabytes."
    )
    server_files_a_day: int = Field(
        default=30, ge=1, description="Discord bot: how many files a server may add in 24 hours."
    )
    keep_left_days: float = Field(
        default=7.0,
        ge=0,
        description="Discord bot: days after which a server's articles and settings are removed "
        "once the bot has left it.",
    )

    @field_validator("home")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().absolute()

    @field_validator("log_level", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value


def load_settings() -> Settings:
    """Read the environment and ``.env`` in the working directory.

    Raises :class:`SettingsError` with one sentence for the first setting that cannot be used.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError(_sentence(error)) from error
    except (SourceError, OSError, UnicodeError, RuntimeError) as error:
        raise SettingsError(f"The settings cannot be read ({error}); check the file .env in this folder.") from error


def env_example() -> str:
    """The text of ``.env.example``: every setting with its description and default, all commented out."""
    blocks = [
        "# Settings of Dateline. Copy this file to .env and remove the # before what you want to change.\n"
        "# Written by: python -m bot.settings > .env.example\n"
    ]
    for name, field in Settings.model_fields.items():
        described = textwrap.fill(str(field.description), 98, initial_indent="# ", subsequent_indent="# ")
        default = "" if field.default_factory or field.default is None else field.default
        blocks.append(f"{described}\n# {_PREFIX}{name.upper()}={default}\n")
    return "\n".join(blocks)


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    name = str(first["loc"][0])
    given = "" if name == "discord_token" else f"={str(first['input'])[:60]!r}"
    reason = first["msg"].removeprefix("Value error, ")
    return f"{_PREFIX}{name.upper()}{given} cannot be used ({reason[:1].lower()}{reason[1:]}); change it or unset it."


if __name__ == "__main__":
    print(env_example(), end="")
