"""Markdown with YAML front matter."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from corpus.errors import ReadError
from corpus.models import Document
from corpus.readers.files import KEYS, decode, make_fields, path_slug, read_bytes

_FENCE = re.compile(r"\s*?---[ \t]*\r?\n")
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$\n?", re.MULTILINE)


def read(path: Path, root: Path) -> Document:
    """Return the article of a Markdown file, its marks still in it; the front matter becomes fields.

    Raises ReadError when the file is unreadable, too large, binary, empty or wrongly encoded, when its front
    matter is broken, and when there is no text below it.
    """
    content = decode(read_bytes(path), str(path))
    values, raw = _front_matter(content, str(path))
    if not raw.strip():
        raise ReadError(str(path), "there is no text below the front matter; add the article.")
    given_id = " ".join(values.pop("id", "").split()) or None
    fields, notes = make_fields(values, "front matter")
    return Document(
        raw=raw,
        origin=str(path.resolve()),
        slug=path_slug(path, root),
        given_id=given_id,
        fields=fields,
        notes=notes,
    )


def _front_matter(content: str, source: str) -> tuple[dict[str, str], str]:
    opening = _FENCE.match(content)
    closing = _END.search(content, opening.end()) if opening else None
    if opening is None or closing is None:
        return {}, content
    block = content[opening.end() : closing.start()]
    first_line = content[: opening.end()].count("\n") + 1
    try:
        # The base loader makes strings of everything: "No" stays a title, 0012 stays an id.
        loaded = yaml.load(block, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        problem = getattr(error, "problem", None) or "not valid YAML"
        # What is never closed is found out at the end, but to be mended where it opens.
        mark = getattr(error, "context_mark" if "end of stream" in problem else "problem_mark", None)
        line = first_line + (mark.line if mark else 0)
        raise ReadError(source, f"the front matter is broken in line {line} ({problem}); mend it.") from error
    except (RecursionError, ValueError) as error:
        raise ReadError(source, "the front matter cannot be read; mend it.") from error
    if not isinstance(loaded, dict):
        # Two rules with text between them are no front matter.
        return {}, content
    if "published_at" not in loaded and "date" in loaded:
        loaded["published_at"] = loaded["date"]
    values: dict[str, str] = {}
    for key in ("id", *KEYS):
        value = loaded.get(key)
        if key == "author" and isinstance(value, list) and all(isinstance(name, str) for name in value):
            value = ", ".join(value)
        if value is None or value in ("null", "~"):
            continue
        if not isinstance(value, str):
            raise ReadError(source, f"{key!r} in the front matter is not a text; write it in one line.")
        values[key] = value
    return values, content[closing.end() :]
