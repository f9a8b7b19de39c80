"""All settings, and the only place that reads the environment.

python -m bot.settings        prints .env.example
"""

from __future__ import annotations

import os
import textwrap
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any, Literal, get_type_hints

import platformdirs

from bot.errors import SettingsError

_PREFIX = "DATELINE_"
_FILE = ".env"


@dataclass(frozen=True, repr=False)
class Secret:
    """A text that is never shown unless it is asked for."""

    value: str

    def get_secret_value(self) -> str:
        """The text itself."""
        return self.value

    def __repr__(self) -> str:
        return "Secret(***)"


def _default_home() -> Path:
    return Path(platformdirs.user_data_dir("dateline", appauthor=False))


@dataclass(frozen=True)
class Told:
    """What is told of a setting, and between which numbers it has to be."""

    description: str
    ge: float | None = None
    gt: float | None = None
    le: float | None = None


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the person who runs Dateline may set; each as ``DATELINE_<NAME>`` or in ``.env``."""

    home: Annotated[
        Path,
        Told(
            "Folder of all data: collections, the sample articles, the REPL's history. "
            "Default: the platform's folder for user data."
        ),
    ] = field(default_factory=_default_home)
    model: Annotated[
        str,
        Told(
            "The embedding model: the bundled default, or any sentence-transformers model by name or folder. "
            "Articles are encoded anew for another model, once."
        ),
    ] = "all-MiniLM-L6-v2"
    device: Annotated[str, Told("Where the model runs: auto, cpu, cuda, mps.")] = "auto"
    runtime: Annotated[
        Literal["auto", "sentence-transformers"],
        Told(
            "What runs the model: auto converts it once and starts without torch from then on; "
            "sentence-transformers never does."
        ),
    ] = "auto"
    query_prefix: Annotated[
        str | None,
        Told(
            "Put before each question, as the card of some models asks for. Default: what the known models "
            "(README, Settings) ask for."
        ),
    ] = None
    passage_prefix: Annotated[str | None, Told("The same before each passage.")] = None
    reranker: Annotated[
        str | None,
        Told(
            "A cross-encoder by name or folder, which reads each of the best passages again beside the "
            "question: slower, often better. Default: none."
        ),
    ] = None
    batch_size: Annotated[int, Told("Texts that the model reads at once.", ge=1, le=4096)] = 32
    top_k: Annotated[int, Told("How many passages an answer lists as found.", ge=1, le=100)] = 10
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"],
        Told("How much is logged to standard error: debug, info, warning, error."),
    ] = "warning"
    discord_token: Annotated[
        Secret | None, Told("The Discord bot's token, for dateline serve. Never logged, never shown.")
    ] = None

    person_limit: Annotated[
        int,
        Told("How many questions one person may ask the Discord bot in a minute; 0: any number.", ge=0, le=10_000),
    ] = 12
    channel_limit: Annotated[
        int,
        Told("How many questions the Discord bot answers in one channel in a minute; 0: any number.", ge=0, le=10_000),
    ] = 40

    upload_megabytes: Annotated[
        float, Told("Discord bot: the largest file that /add takes, in megabytes.", gt=0, le=100)
    ] = 5.0
    server_articles: Annotated[
        int, Told("Discord bot: how many articles a server may add; 0 switches /add off.", ge=0)
    ] = 1000
    server_megabytes: Annotated[float, Told("Discord bot: how much text a server may add, in megabytes.", gt=0)] = 20.0
    server_files_a_day: Annotated[int, Told("Discord bot: how many files a server may add in 24 hours.", ge=1)] = 30
    keep_left_days: Annotated[
        float,
        Told(
            "Discord bot: days after which a server's articles and settings are removed once the bot has left it.",
            ge=0,
        ),
    ] = 7.0


def load_settings() -> Settings:
    """Read the environment and ``.env`` in the working directory; where both set one, the environment does.

    Raises :class:`SettingsError` with one sentence for the first setting that cannot be used.
    """
    try:
        given = {**_given(_written()), **_given(os.environ)}
        kinds = {name: kind for name, kind in _kinds().items() if name in given}
        values: dict[str, Any] = {name: _read(name, kind, given[name]) for name, kind in kinds.items()}
        return Settings(**values)
    except (OSError, UnicodeError, RuntimeError) as error:
        raise SettingsError(f"The settings cannot be read ({error}); check the file .env in this folder.") from error


def env_example() -> str:
    """The text of ``.env.example``: every setting with its description and default, all commented out."""
    blocks = [
        "# Settings of Dateline. Copy this file to .env and remove the # before what you want to change.\n"
        "# Written by: python -m bot.settings > .env.example\n"
    ]
    for setting in fields(Settings):
        (told,) = _kinds()[setting.name].__metadata__
        described = textwrap.fill(told.description, 98, initial_indent="# ", subsequent_indent="# ")
        default = "" if setting.default is MISSING or setting.default is None else setting.default
        blocks.append(f"{described}\n# {_PREFIX}{setting.name.upper()}={default}\n")
    return "\n".join(blocks)


def _kinds() -> dict[str, Any]:
    """The annotation of each setting."""
    return get_type_hints(Settings, include_extras=True)


def _written() -> Mapping[str, str | None]:
    """What stands in ``.env``."""
    path = Path(_FILE)
    if not (path.is_file() or path.is_fifo()):
        return {}
    from dotenv import dotenv_values

    return dotenv_values(path, encoding="utf-8")


def _given(variables: Mapping[str, str | None]) -> dict[str, str]:
    """By the names of settings, however they are capitalised; what is set to nothing is not set."""
    small = _PREFIX.lower()
    given = ((name.lower(), value) for name, value in variables.items() if value)
    return {name.removeprefix(small): value for name, value in given if name.startswith(small)}


def _read(name: str, kind: Any, text: str) -> object:
    """A value as it was typed; what is no text of any kind is checked."""
    if name == "home":
        return Path(text).expanduser().absolute()
    if name == "discord_token":
        return Secret(text)
    if kind.__origin__ in (str, str | None):
        return text
    return _checked(name, kind, text.lower() if name == "log_level" else text)


def _checked(name: str, kind: Any, text: str) -> object:
    """A number between its bounds, or one of a few words.

    Hardly a command is given one: the others do without pydantic, which takes longer to import than to answer a
    question.
    """
    from pydantic import Field, TypeAdapter, ValidationError

    (told,) = kind.__metadata__
    adapter: TypeAdapter[object] = TypeAdapter(Annotated[kind, Field(ge=told.ge, gt=told.gt, le=told.le)])
    try:
        return adapter.validate_python(text)
    except ValidationError as error:
        reason = error.errors(include_url=False)[0]["msg"]
        raise SettingsError(
            f"{_PREFIX}{name.upper()}={text[:60]!r} cannot be used ({reason[:1].lower()}{reason[1:]}); "
            "change it or unset it."
        ) from error


if __name__ == "__main__":
    print(env_example(), end="")
