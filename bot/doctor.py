"""Everything that can be checked about an installation, each finding with what to do."""

from __future__ import annotations

import contextlib
import platform
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from pathlib import Path

from bot import own_version, wiring
from bot.invite import application_id, install_link
from bot.settings import Settings
from corpus.errors import CorpusError
from corpus.store import Store
from embeddings.encoder import Encoder, SentenceTransformerEncoder
from embeddings.errors import EmbeddingsError
from embeddings.runtime.encoder import RuntimeEncoder
from retrieval import publishing
from retrieval.vectors import model_name

_PACKAGES = ("sentence-transformers", "torch", "openvino", "faiss-cpu", "discord.py")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    well: bool
    sentence: str


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at versions, folder, model, every collection, the samples included, and the Discord bot's token."""
    yield _versions()
    yield _home(settings.home)
    encoder = wiring.make_encoder(settings)
    name, finding = _model(encoder, settings.model)
    yield finding
    names = wiring.collection_names(settings.home)
    for collection in names:
        yield from _collection(settings.home / "collections" / collection, name)
    samples = settings.home / "samples" / wiring.SAMPLE
    if (samples / "articles.db").exists():
        yield from _collection(samples, name)
    if not names:
        yield Finding(True, "No collection yet: questions go to the sample articles until dateline ingest PATH.")
    yield _discord(settings)


def _versions() -> Finding:
    found = [f"Dateline {own_version()}", f"Python {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}"]
    for package in _PACKAGES:
        try:
            found.append(f"{package} {version_of(package)}")
        except PackageNotFoundError:
            return Finding(False, f"The package {package} is missing; reinstall with: pip install dateline")
    return Finding(True, ", ".join(found))


def _home(home: Path) -> Finding:
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home):
            pass
    except OSError as error:
        return Finding(
            False, f"The data folder {home} cannot be written ({error.strerror}); set DATELINE_HOME to one that can be."
        )
    return Finding(True, f"The data folder {home} can be written.")


def _model(encoder: Encoder, requested: str) -> tuple[str | None, Finding]:
    """The name under which vectors of the model are stored, None where it cannot be used."""
    try:
        how = ""
        if isinstance(encoder, SentenceTransformerEncoder):
            encoder.verify()
        elif isinstance(encoder, RuntimeEncoder):
            how = f" {encoder.verify()}"
        return encoder.name, Finding(True, f"The model {requested} is whole ({encoder.name}).{how}")
    except EmbeddingsError as error:
        return None, Finding(False, str(error))


def _collection(folder: Path, model: str | None) -> Iterator[Finding]:
    name = folder.name
    try:
        with contextlib.closing(Store.open(folder, create=False)) as store:
            problems = store.check()
            if problems:
                yield Finding(
                    False,
                    f"The database of {name} is damaged ({problems[0]}); restore a backup, or remove "
                    f"{folder} and ingest again.",
                )
                return
            size = store.articles.size()
            days = f", {size.first_date} to {size.last_date}" if size.first_date else ""
            yield Finding(
                True, f"{name}: {size.articles:,} articles, {size.passages:,} passages{days}; the database is whole."
            )
            if model is not None and size.passages:
                yield _index(store, model)
    except (CorpusError, sqlite3.Error) as error:
        yield Finding(False, f"{name}: {error}")


def _index(store: Store, model: str) -> Finding:
    key = store.vectors.known_model(model_name(model))
    if key is None or store.vectors.passages_without_windows(key):
        return Finding(
            True, f"{store.collection}: not all of it is encoded for this model yet; the next question does it."
        )
    wrong = publishing.verify(store, key)
    if wrong is None:
        return Finding(True, f"{store.collection}: the index file is whole.")
    # Answers are built from stored vectors meanwhile, only more slowly.
    return Finding(False, f"{store.collection}: {wrong}; it is written anew by the next: dateline ingest PATH")


def _discord(settings: Settings) -> Finding:
    """The link by which the bot is installed. Asks nobody, and never shows the token."""
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""
    if not token:
        return Finding(
            True,
            "Discord: no token, so there is no bot to install; for one, put DATELINE_DISCORD_TOKEN=... into .env "
            "(README, Discord).",
        )
    application = application_id(token)
    if application is None:
        return Finding(
            False,
            "Discord: DATELINE_DISCORD_TOKEN is not a bot's token, which has three parts with dots between them; copy "
            "it from the Bot page of the Developer Portal.",
        )
    return Finding(True, f"Discord: install the bot in a server by {install_link(application)}")
