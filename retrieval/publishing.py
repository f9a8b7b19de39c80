"""Index files: written beside, pointed to, loaded, brought up to date, rebuilt when they cannot be trusted."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import uuid
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import StoreError
from corpus.store import Store
from corpus.store.vectors import Published, Window
from embeddings.errors import IndexFileError
from embeddings.index import IndexLoader, VectorIndex, as_ids
from retrieval.vectors import stored_size, unpack

_log = logging.getLogger(__name__)

_KEPT_FILES = 2
"""The file that serves and the one before it, which a reader may just be opening."""

_BLOCK = 8192
"""Vectors read from the database at once."""


def publish(store: Store, model: int, dimension: int, loader: IndexLoader) -> None:
    """Write the index of all live passages to a new file and point readers to it.

    Raises :class:`corpus.errors.StoreError` when the file cannot be written. The old one serves until the pointer
    moves.
    """
    with store.snapshot():
        sequence = store.vectors.sequence()
        index = _build(store, model, dimension, loader)
    folder = store.path.parent
    file = folder / f"index-{model}-{sequence}-{uuid.uuid4().hex[:8]}.faiss"
    try:
        index.save(file)
    except OSError as error:
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)
        raise StoreError(
            f"The index file {file} cannot be written ({error.strerror or error}); nothing is lost: "
            "make room and ingest again."
        ) from error
    store.vectors.publish(model, Published(file.name, sequence, len(index), _sha256(file)))
    _collect(store, model)


@dataclass(frozen=True, slots=True)
class LoadedIndex:
    """An index in memory and how far it is."""

    index: VectorIndex
    file: str | None
    """The published file that it stands for, though it may have been built from stored vectors instead."""
    sequence: int


def load(store: Store, model: int, dimension: int, loader: IndexLoader, loaded: LoadedIndex | None) -> LoadedIndex:
    """The index as of the store's current snapshot; cheap when ``loaded`` is (nearly) up to date.

    Call it inside ``store.snapshot()``. A file that is missing, torn or not what the pointer says is not an
    error: the index is built from stored vectors, without the model.
    """
    sequence = store.vectors.sequence()
    published = store.vectors.published(model)
    # Another file of the same sequence may hold more: what another model had not encoded is in no change log.
    if loaded is None or (published and published.file != loaded.file and loaded.sequence <= published.sequence):
        loaded = _read(store, published, dimension, loader)
    if loaded is None:
        _log.info("the index file of %s is missing or damaged; building it from stored vectors", store.collection)
        return LoadedIndex(_build(store, model, dimension, loader), published.file if published else None, sequence)
    if loaded.sequence < sequence:
        _catch_up(store, model, loaded.index, loaded.sequence, dimension)
        loaded = LoadedIndex(loaded.index, loaded.file, sequence)
    return loaded


def verify(store: Store, model: int) -> str | None:
    """What is wrong with the published file, or None."""
    published = store.vectors.published(model)
    if published is None:
        return "no index file is published yet"
    file = store.path.parent / published.file
    if not file.exists():
        return f"the index file {published.file} is missing"
    if _sha256(file) != published.sha256:
        return f"the index file {published.file} is damaged"
    return None


def _read(store: Store, published: Published | None, dimension: int, loader: IndexLoader) -> LoadedIndex | None:
    if published is None:
        return None
    file = store.path.parent / published.file
    try:
        # FAISS reads some flipped bits without an error, so the bytes are checked first, once per file state.
        if not _verified(file, published.sha256):
            return None
        index = loader.load(file, dimension)
    except (IndexFileError, OSError):
        return None
    if len(index) != published.count:
        return None
    return LoadedIndex(index, published.file, published.sequence)


def _build(store: Store, model: int, dimension: int, loader: IndexLoader) -> VectorIndex:
    index = loader.create(dimension)
    windows = list(store.vectors.windows(model))
    for first in range(0, len(windows), _BLOCK):
        _add(store, model, index, windows[first : first + _BLOCK], dimension)
    return index


def _catch_up(store: Store, model: int, index: VectorIndex, sequence: int, dimension: int) -> None:
    changed = store.vectors.changed_since(sequence)
    known = set(index.ids().tolist())
    live = list(store.vectors.windows(model, changed))
    # What was removed stays in memory under ids that no live passage bears; the search drops those.
    _add(store, model, index, [window for window in live if window.id not in known], dimension)


def _add(store: Store, model: int, index: VectorIndex, windows: list[Window], dimension: int) -> None:
    stored = store.vectors.load(model, [window.hash for window in windows])
    # In a damaged store a vector may have lost a part.
    size = stored_size(dimension)
    usable = [window for window in windows if len(stored.get(window.hash, b"")) == size]
    index.add(as_ids([window.id for window in usable]), unpack([stored[w.hash] for w in usable], dimension))


def _verified(file: Path, sha256: str) -> bool:
    """Whether the file's bytes are those published; the answer is kept beside it per (inode, size, mtime)."""
    stat = file.stat()
    state = f"{stat.st_ino} {stat.st_size} {stat.st_mtime_ns} {sha256}"
    note = file.with_suffix(".checked")
    with contextlib.suppress(OSError):
        if note.read_text() == state:
            return True
    if _sha256(file) != sha256:
        return False
    with contextlib.suppress(OSError):
        note.write_text(state)
    return True


def _collect(store: Store, model: int) -> None:
    published = store.vectors.published(model)
    files = [
        path
        for path in store.path.parent.glob(f"index-{model}-*.faiss")
        if published is None or path.name != published.file
    ]
    for old in sorted(files, key=lambda path: path.stat().st_mtime_ns)[: -(_KEPT_FILES - 1)]:
        with contextlib.suppress(OSError):
            os.unlink(old)
        with contextlib.suppress(OSError):
            os.unlink(old.with_suffix(".checked"))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
