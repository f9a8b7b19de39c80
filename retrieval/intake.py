"""Reading for ingest: which sources changed, what they hold, and under which ids."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from corpus import preparation
from corpus.errors import ReadError
from corpus.readers import SUFFIXES, Source, discover, read
from corpus.store import Store

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, total) where stage is ``files`` or ``passages``."""


@dataclass
class Summary:
    """What an ingest did."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0
    removed: list[str] = field(default_factory=list)
    refused: list[ReadError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    encoded: int = 0
    """Texts (passage windows and sentences) that the model was run on."""
    seconds: float = 0.0


@dataclass(frozen=True)
class ReadSource:
    """A source that was read, the articles it holds, and its fingerprint (empty when something was refused)."""

    origin: str
    root: str
    fingerprint: str
    ids: list[str]


@dataclass
class Intake:
    """What one run read, before anything is stored."""

    articles: list[tuple[str, preparation.Prepared]] = field(default_factory=list)
    taken: dict[str, str] = field(default_factory=dict)
    """Article id -> where it came from in this run."""
    read: list[ReadSource] = field(default_factory=list)
    origins: set[str] = field(default_factory=set)
    roots: list[str] = field(default_factory=list)


class Reader:
    """Reads sources for one ingest into one store."""

    def __init__(self, store: Store, summary: Summary, progress: Progress) -> None:
        self._store = store
        self._summary = summary
        self._progress = progress

    def read(self, paths: Sequence[str]) -> Intake:
        """Everything below the paths that is new to the store or changed; what is refused goes into the summary."""
        intake = Intake()
        sources: list[tuple[Source, str]] = []
        for path in paths:
            try:
                found = [(source, _root_of(path)) for source in discover([path])]
            except ReadError as error:
                self._summary.refused.append(error)
                continue
            sources += found
            intake.roots.append(_root_of(path))
            if not found:
                self._summary.notes.append(f"{path}: the folder holds no articles ({', '.join(SUFFIXES)}).")
        # What did not change comes first: an article that is there keeps its id against newcomers.
        changed = [(source, root) for source, root in sources if not self._is_unchanged(source, intake)]
        for n, (source, root) in enumerate(changed):
            self._progress("files", n, len(changed))
            self._read_source(source, root, intake)
        if changed:
            self._progress("files", len(changed), len(changed))
        return intake

    def _is_unchanged(self, source: Source, intake: Intake) -> bool:
        """Whether there is nothing to read: read before and not touched since, or given twice."""
        origin = _origin_of(source)
        if not _is_text(origin):
            self._summary.refused.append(
                ReadError(origin.encode("utf-8", "replace").decode(), "the name is not valid UTF-8; rename the file.")
            )
            return True
        if origin in intake.origins:
            return True
        intake.origins.add(origin)
        fingerprint = _fingerprint(source)
        if not fingerprint or self._store.writer.fingerprint(origin) != fingerprint:
            return False
        ids = self._store.writer.source_article_ids(origin)
        intake.taken.update((article_id, origin) for article_id in ids)
        self._summary.unchanged += len(ids)
        return True

    def _read_source(self, source: Source, root: str, intake: Intake) -> None:
        writer = self._store.writer
        origin = _origin_of(source)
        fingerprint = _fingerprint(source)
        ids: list[str] = []
        whole = True
        try:
            for item in read(source.location, root=source.root):
                try:
                    if isinstance(item, ReadError):
                        raise item
                    prepared = preparation.prepare(item)
                    article_id = self._id_of(prepared, intake)
                except ReadError as error:
                    self._summary.refused.append(error)
                    whole = False
                    continue
                ids.append(article_id)
                self._summary.notes += [f"{article_id}: {note}" for note in item.notes]
                intake.articles.append((article_id, prepared))
        except ReadError as error:
            self._summary.refused.append(error)
            whole = False
        # A source with something refused is read again next time, and keeps the articles it had.
        kept = ids if whole else [*ids, *writer.source_article_ids(origin)]
        intake.read.append(ReadSource(origin, root, fingerprint if whole else "", kept))

    def _id_of(self, prepared: preparation.Prepared, intake: Intake) -> str:
        document = prepared.document
        url = prepared.fields.get("url")
        writer = self._store.writer
        stated = document.given_id or (url.value if url else None)
        if stated is not None:
            article_id = stated
        elif document.origin.lower().endswith((".jsonl", ".jsonl.gz")):
            article_id = document.slug
        else:
            # Kept for good with the path it first came from; another file of the same name gets a number.
            article_id = writer.id_of_origin(document.origin) or document.slug
            n = 2
            while article_id in intake.taken or (writer.origin_of_id(article_id) or document.origin) != document.origin:
                article_id = f"{document.slug}-{n}"
                n += 1
        if article_id in intake.taken:
            raise ReadError(
                document.origin,
                f"the id {article_id!r} is taken by {intake.taken[article_id]}; "
                "that article was kept, give this one another id.",
            )
        intake.taken[article_id] = document.origin
        return article_id


def _origin_of(source: Source) -> str:
    return source.location if isinstance(source.location, str) else str(source.location.resolve())


def _root_of(path: str) -> str:
    return path if "://" in path else os.path.abspath(os.path.expanduser(path))


def _is_text(origin: str) -> bool:
    """Whether a database can hold it: a file's name may be any bytes."""
    try:
        origin.encode()
    except UnicodeEncodeError:
        return False
    return True


def _fingerprint(source: Source) -> str:
    """Size and time of a file and the version of what reads it; empty for a URL, which is always fetched."""
    if isinstance(source.location, str):
        return ""
    try:
        stat = source.location.stat()
    except OSError:
        return ""
    return f"{stat.st_size}:{stat.st_mtime_ns}:{preparation.VERSION}"
