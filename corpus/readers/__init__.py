"""From files and web addresses to documents: one format a file."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import ReadError
from corpus.models import Document
from corpus.readers.files import address_scheme

SUFFIXES = (".txt", ".md", ".html", ".htm", ".jsonl", ".jsonl.gz")
"""What names a readable file ends with."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file or web address to read.

    ``root`` is the folder that was asked for, below which the path gives the slug; None for an address.
    """

    location: str | Path
    root: Path | None


def discover(paths: Sequence[str]) -> Iterator[Source]:
    """Yield what is to be read for files, folders (whole, sorted), glob patterns and http(s) addresses.

    In a folder, hidden files and files of other formats are passed over; no source comes twice.

    Raises ReadError, before anything is yielded, for a path that does not exist, a pattern that matches
    nothing, and an address that is not http or https; and, as it goes, for a folder that cannot be listed.
    """
    found = [source for path in paths for source in _roots(path)]
    return _unique(found)


def read(
    source: str | Path, *, root: Path | None = None, fetch_timeout: float = 20.0
) -> Iterator[Document | ReadError]:
    """Yield the articles of one file or web address; a row that cannot be read comes as a ReadError.

    ``root`` is the folder that the slug is to be relative to (by default the one the file lies in).

    Raises ReadError when the source as a whole cannot be read.
    """
    # Imported here: an ingest that finds nothing new reads nothing.
    from corpus.readers import html, jsonl, markdown, text

    scheme = address_scheme(source)
    if scheme in ("http", "https"):
        yield html.fetch(str(source), timeout=fetch_timeout)
        return
    if scheme:
        raise ReadError(str(source), f"{scheme} addresses are not read; give an http or https address, or a path.")
    path = Path(source)
    folder = root or path.parent
    if path.exists() and not path.is_file() and not path.is_dir():
        # Opening a named pipe would wait for good.
        raise ReadError(str(source), "it is no ordinary file but a pipe or a device; give a file.")
    match _suffix(path.name):
        case ".txt":
            yield text.read(path, folder)
        case ".md":
            yield markdown.read(path, folder)
        case ".html" | ".htm":
            yield html.read(path, folder)
        case ".jsonl" | ".jsonl.gz":
            yield from jsonl.read(path, folder)
        case _:
            raise _unknown_suffix(str(source))


def holds_one(location: str | Path) -> bool:
    """Whether it is a file of one article, by its name."""
    return isinstance(location, Path) and _suffix(location.name) in (".txt", ".md", ".html", ".htm")


def count(location: str | Path) -> int:
    """About how many articles a file or web address holds, found much faster than it can be read."""
    rows = isinstance(location, Path) and (_suffix(location.name) or "").startswith(".jsonl")
    if not rows:
        return 1
    from corpus.readers import jsonl

    return jsonl.count(Path(location))


def _suffix(name: str) -> str | None:
    lowered = name.lower()
    return next((suffix for suffix in SUFFIXES if lowered.endswith(suffix)), None)


def _unknown_suffix(source: str) -> ReadError:
    return ReadError(source, f"the format is not known by its name; give a file ending in {', '.join(SUFFIXES)}.")


def _roots(given: str) -> Iterator[Source]:
    scheme = address_scheme(given)
    if scheme in ("http", "https"):
        yield Source(given, None)
        return
    if scheme:
        raise ReadError(given, f"{scheme} addresses are not read; give an http or https address, or a path.")
    path = Path(given).expanduser()
    try:
        if path.exists():
            yield _given(given, path, path if path.is_dir() else path.parent)
            return
    except (OSError, ValueError) as error:
        raise ReadError(given, f"the path cannot be used ({error}); check it.") from error
    if not glob.has_magic(given):
        raise ReadError(given, "there is no such file or folder; check the path.")
    matches = [Path(match) for match in sorted(glob.glob(str(path), recursive=True))]
    wanted = [match for match in matches if match.is_dir() or _suffix(match.name)]
    if not wanted:
        raise ReadError(given, "the pattern matches nothing that can be read; check it and quote it.")
    root = Path(*_fixed_parts(path))
    for match in wanted:
        # "**" matches folders as well as what is in them; a folder is listed as if it had been given.
        yield Source(match, root)


def _given(given: str, path: Path, root: Path) -> Source:
    if path.is_file() and not _suffix(path.name):
        raise _unknown_suffix(given)
    return Source(path, root)


def _fixed_parts(path: Path) -> Iterator[str]:
    for part in path.parts[:-1]:
        if glob.has_magic(part):
            return
        yield part


def _unique(sources: Iterable[Source]) -> Iterator[Source]:
    seen: set[str] = set()
    for source in sources:
        if isinstance(source.location, str):
            files = [source]
        elif source.location.is_dir():
            files = [Source(path, source.root) for path in _listing(source.location)]
        else:
            files = [source]
        for file in files:
            key = file.location if isinstance(file.location, str) else str(file.location.resolve())
            if key not in seen:
                seen.add(key)
                yield file


def _listing(folder: Path) -> Iterator[Path]:
    def fail(error: OSError) -> None:
        raise ReadError(str(error.filename or folder), f"the folder cannot be listed ({error.strerror}); check it.")

    for here, folders, names in os.walk(folder, onerror=fail):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and _suffix(name):
                yield Path(here, name)
