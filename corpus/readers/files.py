"""What the readers share: bytes of a file, text of bytes, slugs, fields."""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import Path
from urllib.parse import urlsplit

from corpus.dates import iso_date
from corpus.errors import ReadError
from corpus.models import Field

MAX_BYTES = 100_000_000
"""The largest file, page or row that is read; a news article is a thousandth of it."""

KEYS = ("title", "outlet", "author", "published_at", "url", "category")
"""The metadata that a source may state."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark its own begins with
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_bytes(path: Path) -> bytes:
    """Return the content of a file.

    Raises ReadError when it cannot be opened, is larger than MAX_BYTES or holds nothing.
    """
    try:
        # Not only asked of the file system: a named pipe has no size.
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ReadError(str(path), f"the file cannot be read ({reason}); check it and its permissions.") from error
    if len(content) > MAX_BYTES:
        limit = MAX_BYTES // 1_000_000
        raise ReadError(str(path), f"the file is larger than {limit} MB; split it into articles.")
    if not content.strip():
        raise ReadError(str(path), "the file is empty; remove it or put an article into it.")
    return content


def decode(content: bytes, source: str) -> str:
    """Return the text of a file in UTF-8, or in UTF-16 or UTF-32 where it begins with a byte order mark.

    Raises ReadError for anything else, naming the byte, and for binary content.
    """
    encoding = next((name for mark, name in _BOMS if content.startswith(mark)), None)
    if encoding in ("utf-16", "utf-32"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            raise ReadError(
                source, f"byte {error.start} is not valid {encoding.upper()}; save the file as UTF-8."
            ) from error
    else:
        zero = content.find(b"\0")
        if zero >= 0:
            raise ReadError(source, f"byte {zero} is zero, so this is no text file; save the text as UTF-8.")
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            at = error.start + (len(codecs.BOM_UTF8) if encoding else 0)
            raise ReadError(
                source, f"byte {at} (0x{content[at]:02X}) is not valid UTF-8; save the file as UTF-8."
            ) from error
    if "\0" in text:
        raise ReadError(source, "the text holds zero characters, so this is no text file; save it as UTF-8.")
    if not text.strip().strip("\ufeff").strip():
        raise ReadError(source, "the file holds no text; remove it or put an article into it.")
    return text


def address_scheme(source: str | Path) -> str | None:
    """Return the scheme of something like ``https://…`` in lower case, None for a path."""
    if isinstance(source, Path):
        return None
    found = re.match(r"([A-Za-z][A-Za-z0-9+.-]*)://", source)
    return found[1].lower() if found else None


def path_slug(path: Path, root: Path) -> str:
    """Return the path below ``root``, without suffix, in letters that need no quoting."""
    resolved = path.resolve()
    try:
        below = resolved.relative_to(root.resolve())
    except ValueError:  # reached through a link that leads out of the root
        below = Path(resolved.name)
    name = re.sub(r"(?i)(?:\.jsonl)?\.(?:txt|md|html?|jsonl|gz)$", "", below.name) or below.name
    return slug((below.parent / name).as_posix())


def address_slug(url: str) -> str:
    """Return a readable id for a web page: its host and path."""
    try:
        parts = urlsplit(url)
        host, path = parts.hostname or "", parts.path
    except ValueError:
        host, path = "", url
    return slug(f"{host.removeprefix('www.')}{path}")


def slug(text: str) -> str:
    """Reduce a name to letters, digits, ``.``, ``_``, ``-`` and ``/``."""
    composed = unicodedata.normalize("NFC", text)
    return re.sub(r"[^\w./-]+", "-", composed).strip("-/") or "article"


def make_fields(values: dict[str, str], source: str) -> tuple[dict[str, Field], tuple[str, ...]]:
    """Return the fields that have a value, and a sentence about each that could not be used."""
    fields: dict[str, Field] = {}
    notes: list[str] = []
    for key in KEYS:
        value: str | None = " ".join(values.get(key, "").split())
        if not value:
            continue
        if key == "published_at":
            printed, value = value, iso_date(value)
            if value is None:
                notes.append(f"The date {printed!r} was left out: it is not a whole date in a form that is known.")
                continue
        fields[key] = Field(value, source)
    return fields, tuple(notes)
