"""JSON Lines: one article a row, plain or gzipped."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, cast

from corpus.errors import ReadError
from corpus.models import Document
from corpus.readers.files import KEYS, MAX_BYTES, make_fields, path_slug

_BLOCK = 1 << 20
"""Bytes read at a time where nothing but line ends is looked for."""


def read(path: Path, root: Path) -> Iterator[Document | ReadError]:
    """Yield the article of each row, or the ReadError that says what is wrong with that row.

    Raises ReadError when the file cannot be opened or unpacked, or has no rows.
    """
    source = str(path)
    origin, slug = str(path.resolve()), path_slug(path, root)
    rows = 0
    try:
        with _opened(path) as file:
            number = 0
            while line := file.readline(MAX_BYTES + 1):
                number += 1
                if len(line) > MAX_BYTES:
                    raise ReadError(
                        f"{source} line {number}", f"the row is larger than {MAX_BYTES // 1_000_000} MB; split it."
                    )
                if number == 1:
                    line = line.removeprefix(b"\xef\xbb\xbf")
                if not line.strip():
                    continue
                rows += 1
                try:
                    yield _document(line, f"{source} line {number}", origin, slug)
                except ReadError as error:
                    yield error
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise ReadError(source, f"the gzip file is damaged ({error}); fetch or pack it again.") from error
    except OSError as error:
        reason = error.strerror or error
        raise ReadError(source, f"the file cannot be read ({reason}); check it and its permissions.") from error
    if not rows:
        raise ReadError(source, "the file is empty; remove it or put articles into it.")


def count(path: Path) -> int:
    """Return how many lines the file has, 0 when it cannot be opened or unpacked."""
    try:
        with _opened(path) as file:
            lines, block = 0, b"\n"
            while more := file.read(_BLOCK):
                lines, block = lines + more.count(b"\n"), more
            return lines + (not block.endswith(b"\n"))
    except (gzip.BadGzipFile, EOFError, zlib.error, OSError):
        return 0


def _opened(path: Path) -> IO[bytes]:
    if path.name.lower().endswith(".gz"):
        return cast(IO[bytes], gzip.open(path, "rb"))
    return path.open("rb")


def _document(line: bytes, source: str, origin: str, file_slug: str) -> Document:
    row = _row(line, source)
    values: dict[str, str] = {}
    for key in ("id", "text", *KEYS):
        value = row.get(key)
        if value is None:
            continue
        if not isinstance(value, str):
            raise ReadError(source, f"{key!r} is {_kind(value)}, not a text; put it in quotes.")
        if any("\ud800" <= char <= "\udfff" for char in value):
            raise ReadError(source, f"{key!r} holds half a character (a lone surrogate); write it out in UTF-8.")
        values[key] = value
    raw = values.get("text", "")
    if not raw.strip():
        raise ReadError(source, "there is no 'text'; add the article or remove the row.")
    digest = hashlib.sha256(raw.encode()).hexdigest()[:12]
    fields, notes = make_fields(values, "jsonl")
    return Document(
        raw=raw,
        origin=origin,
        slug=f"{file_slug}-{digest}",
        given_id=" ".join(values.get("id", "").split()) or None,
        fields=fields,
        notes=notes,
    )


def _row(line: bytes, source: str) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        at = error.start
        raise ReadError(
            source, f"byte {at} of the row (0x{line[at]:02X}) is not valid UTF-8; save the file as UTF-8."
        ) from error
    except json.JSONDecodeError as error:
        raise ReadError(source, f"not valid JSON ({error.msg}, column {error.colno}); mend the row.") from error
    except (RecursionError, ValueError) as error:
        raise ReadError(source, "the row is nested too deeply or holds too long a number; mend the row.") from error
    if not isinstance(row, dict):
        raise ReadError(source, f'the row is {_kind(row)}, not an object; write {{"text": …}}.')
    return row


def _kind(value: object) -> str:
    if value is None:
        return "null"
    return {dict: "an object", list: "a list", bool: "true or false", str: "a text"}.get(type(value), "a number")
