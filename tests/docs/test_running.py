"""What the README and ``deploy/`` say about running the Discord bot agrees with the program."""

from __future__ import annotations

import configparser
import re
import shlex
import struct
import tomllib
from dataclasses import fields
from importlib.metadata import version

import pytest

from bot import words
from bot.invite import PERMISSIONS, SCOPES, install_link, permissions_number
from bot.people import TURNS
from bot.settings import Settings
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")
DISCORD = README.partition("\n## Discord\n")[2].partition("\n## ")[0]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text("utf-8")


def pinned_torch() -> str:
    (pin,) = (one for one in PROJECT["dependencies"] if one.startswith("torch"))
    return pin


# The README


def test_the_install_link_is_that_of_doctor() -> None:
    assert install_link(1234).replace("1234", "YOUR_APPLICATION_ID") in DISCORD
    assert all(f"`{scope}`" in DISCORD for scope in SCOPES)
    numbers = set(re.findall(r"\b\d{9,}\b", DISCORD))
    assert numbers == {str(permissions_number())}


def test_every_permission_is_named_with_its_reason_and_no_other() -> None:
    table = DISCORD.partition("| permission | for |")[2].partition("\n\n")[0]
    named = re.findall(r"^ *\| ([A-Z][\w ]+) \|", table, re.MULTILINE)
    # Discord's menu says View Channels where the API says view_channel.
    assert [name.lower().replace(" ", "_").replace("view_channels", "view_channel") for name in named] == [*PERMISSIONS]


def told() -> dict[str, list[str]]:
    """Command -> options, of the README's table."""
    rows = re.findall(r"^\| `/([\w-]+)([^`]*)` \|", DISCORD, re.MULTILINE)
    return {name: re.findall(r"[\w-]+", options) for name, options in rows}


def test_every_command_stands_in_the_table_and_no_other() -> None:
    commands = [one for one in vars(words).values() if isinstance(one, words.Command)]
    assert told() == {one.name: [option.replace("_", "-") for option in one.options] for one in commands}
    assert f"| *{words.CHECK_MENU}*, on a message |" in DISCORD


def test_commands_and_buttons_that_the_text_names_are_there() -> None:
    named = set(re.findall(r"`/([a-z][\w-]*)(?![\w/-])", DISCORD)) - {"data"}
    assert named == set(told())
    for button in (words.CONTEXT, words.MORE, words.FOLLOW_UP, words.HELPFUL, words.NOT_HELPFUL, words.SHARE):
        assert f"*{button}*" in " ".join(DISCORD.split())


def test_what_is_kept_is_what_the_bot_says() -> None:
    said = " ".join(DISCORD.partition("### What is kept")[2].split())
    assert "24 hours" in said
    assert TURNS == 3
    assert "last three questions" in said


def test_the_picture_is_there_small_and_described() -> None:
    picture = re.search(r'<img src="([\w/.]+)" width="\d+" alt="([^"]{80,})">', DISCORD)
    assert picture is not None
    data = (ROOT / picture[1]).read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert len(data) < 120_000
    width, height = struct.unpack_from(">II", data, 16)
    assert width > 1000
    assert height > 1000


def test_files_and_settings_that_the_readme_names_are_there() -> None:
    for name in re.findall(r"\]\((deploy/[\w.]+)\)|(?<=[ `(])(deploy/[\w.]+)", DISCORD):
        assert (ROOT / "".join(name)).is_file()
    known = {f"DATELINE_{field.name.upper()}" for field in fields(Settings)}
    assert set(re.findall(r"DATELINE_[A-Z_]+", DISCORD)) <= known


# systemd


@pytest.fixture(scope="module")
def unit() -> configparser.ConfigParser:
    # Some keys stand twice, as systemd wants it.
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(ROOT / "deploy" / "dateline.service", "utf-8")
    return parser


def test_the_unit_starts_the_command_of_the_project(unit: configparser.ConfigParser) -> None:
    service = unit["Service"]
    program, *arguments = shlex.split(service["ExecStart"])
    assert program.rpartition("/")[2] in PROJECT["scripts"]
    assert arguments == ["serve"]
    venv = program.removesuffix("/bin/dateline")
    assert f"python3 -m venv {venv}" in README
    assert f"{venv}/bin/pip install ." in README
    assert service["Restart"] == "on-failure"
    assert unit["Install"]["WantedBy"] == "multi-user.target"


def test_the_unit_keeps_data_and_token_where_the_readme_says(unit: configparser.ConfigParser) -> None:
    service = unit["Service"]
    home = f"/var/lib/{service['StateDirectory']}"
    assert service["Environment"].split() == [f"DATELINE_HOME={home}", f"MPLCONFIGDIR={home}/matplotlib"]
    assert f"DATELINE_HOME={home}" in README
    assert f"install -m 600 .env {service['EnvironmentFile']}" in README
    assert f"useradd --system --home-dir {home} --shell /usr/sbin/nologin {service['User']}" in README


def test_the_unit_gives_time_to_answer_what_was_asked(unit: configparser.ConfigParser) -> None:
    from bot.serve import _DRAIN_SECONDS

    seconds = int(unit["Service"]["TimeoutStopSec"])
    assert seconds > _DRAIN_SECONDS + 10
    assert f"--stop-timeout {seconds}" in README


def test_the_unit_may_do_little(unit: configparser.ConfigParser) -> None:
    service = unit["Service"]
    for key in ("NoNewPrivileges", "PrivateTmp", "ProtectHome", "RestrictNamespaces", "LockPersonality"):
        assert service[key] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["CapabilityBoundingSet"] == ""
    # What torch and its libraries compile at run time must be allowed to run.
    assert "MemoryDenyWriteExecute" not in service


# Docker


def instructions() -> list[tuple[str, str]]:
    lines = [line for line in DOCKERFILE.splitlines() if line.strip() and not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in joined.splitlines())]


def of(name: str) -> list[str]:
    return [rest for kind, rest in instructions() if kind == name]


def test_the_image_has_a_python_that_the_project_takes() -> None:
    (image,) = of("FROM")
    found = re.fullmatch(r"python:3\.(\d+)-slim", image)
    assert found is not None
    assert int(found[1]) >= int(PROJECT["requires-python"].removeprefix(">=3."))


def test_the_image_has_the_torch_that_the_project_asks_for_without_cuda() -> None:
    first, second = of("RUN")[:2]
    assert first == f"pip install --index-url https://download.pytorch.org/whl/cpu {pinned_torch()}"
    assert second.startswith("pip install . ")
    assert version("torch").split("+")[0] == pinned_torch().partition("==")[2]


def test_the_image_is_made_of_what_the_project_needs_and_nothing_else() -> None:
    copied = {word for line in of("COPY") for word in line.split()[:-1]}
    config = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packages = {name.partition(".")[0] for name in config["tool"]["setuptools"]["packages"]}
    assert copied == packages | {"pyproject.toml", PROJECT["readme"], *PROJECT["license-files"]}
    assert all((ROOT / name).exists() for name in copied)
    admitted = (ROOT / "deploy" / "Dockerfile.dockerignore").read_text("utf-8").split("\n")
    assert "*" in admitted
    assert {line[1:] for line in admitted if line.startswith("!")} == copied


def test_the_image_serves_as_nobody_in_particular() -> None:
    (user,) = of("USER")
    assert user not in ("root", "0")
    assert any(f"useradd --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin {user}" in
               line for line in of("RUN"))  # fmt: skip
    assert of("VOLUME") == ["/data"]
    assert "DATELINE_HOME=/data" in " ".join(of("ENV"))
    assert of("CMD") == ['["dateline", "serve"]']
    assert [kind for kind, _ in instructions()][-1] == "CMD"
    kinds = [kind for kind, _ in instructions()]
    # What is made after VOLUME is lost, and what is made after USER may not be root's.
    assert kinds.index("USER") > max(n for n, kind in enumerate(kinds) if kind in ("RUN", "COPY"))


def test_the_commands_of_the_readme_use_the_image_as_it_is() -> None:
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", DISCORD, re.DOTALL))
    assert "docker build --file deploy/Dockerfile --tag dateline ." in blocks
    runs = [shlex.split(line) for line in blocks.splitlines() if line.startswith("docker run")]
    assert len(runs) == 2
    assert all("dateline:/data" in run for run in runs)
