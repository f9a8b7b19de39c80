"""Plain text: the file is the article, and states nothing about itself."""

from __future__ import annotations

from pathlib import Path

from corpus.models import Document
from corpus.readers.files import decode, path_slug, read_bytes


def read(path: Path, root: Path) -> Document:
    """Return the article of a text file.

    Raises ReadError when the file is unreadable, too large, binary, empty or wrongly encoded.
    """
    raw = decode(read_bytes(path), str(path))
    return Document(raw=raw, origin=str(path.resolve()), slug=path_slug(path, root))
