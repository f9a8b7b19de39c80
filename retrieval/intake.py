"""Reading for ingest: which sources changed, what they hold, and under which ids."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from corpus import preparation
from corpus.errors import ReadError
from corpus.readers import SUFFIXES, Source, count, discover, holds_one, read
from corpus.store import Store
from embeddings.runtime.engine import processors
from retrieval.preparers import Item, Preparers

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, total) where stage is ``files`` or ``passages``."""

_MOST_PROCESSES = 4
"""Together they prepare as fast as a GPU encodes."""


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
    """A source that was read, the ids of its articles, and its fingerprint (empty when something was refused)."""

    origin: str
    root: str
    fingerprint: str
    ids: list[str]


@dataclass
class Intake:
    """What one run reads."""

    changed: list[tuple[Source, str]] = field(default_factory=list)
    """What there is to read, each with the root that it was found below."""
    taken: dict[str, str] = field(default_factory=dict)
    """Article id -> where it came from in this run."""
    read: list[ReadSource] = field(default_factory=list)
    """What was read so far."""
    origins: set[str] = field(default_factory=set)
    roots: list[str] = field(default_factory=list)
    articles: int = 0
    """How many articles were read so far, and how many there seem to be."""
    expected: int = 0
    passages: int = 0
    """Of those articles that are new or changed."""

    def passages_in_all(self) -> int:
        """How many passages there are to store; a guess, as long as not everything is read."""
        return self.passages * max(self.expected, self.articles) // max(self.articles, 1)


@dataclass
class _Reading:
    """A source while it is being read."""

    source: Source
    root: str
    fingerprint: str
    ids: list[str] = field(default_factory=list)
    whole: bool = True


class Reader:
    """Reads sources for one ingest into one store."""

    def __init__(self, store: Store, summary: Summary, progress: Progress) -> None:
        self._store = store
        self._summary = summary
        self._progress = progress

    def find(self, paths: Sequence[str]) -> Intake:
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
        intake.changed = [(source, root) for source, root in sources if not self._is_unchanged(source, intake)]
        intake.expected = sum(count(source.location) for source, _ in intake.changed)
        return intake

    def articles(self, intake: Intake) -> Iterator[tuple[str, preparation.Prepared]]:
        """Read and prepare what changed, each article under its id, few at a time, in the order of the sources."""
        total = len(intake.changed)
        if total:
            self._progress("files", 0, total)
        with Preparers(_processes()) as preparers:
            for reading, outcome in preparers.in_order(self._items(intake)):
                if outcome is None:
                    intake.read.append(self._done(reading))
                    self._progress("files", len(intake.read), total)
                    continue
                intake.articles += 1
                try:
                    if isinstance(outcome, ReadError):
                        raise outcome
                    article_id = self._id_of(outcome, intake)
                except ReadError as error:
                    self._summary.refused.append(error)
                    reading.whole = False
                    continue
                reading.ids.append(article_id)
                self._summary.notes += [f"{article_id}: {note}" for note in outcome.document.notes]
                yield article_id, outcome
        intake.expected = intake.articles

    def _items(self, intake: Intake) -> Iterator[tuple[_Reading, Item]]:
        """What is to be prepared, and None after the last of each source."""
        for source, root in intake.changed:
            reading = _Reading(source, root, _fingerprint(source))
            if holds_one(source.location):
                yield reading, source
            else:
                try:
                    for item in read(source.location, root=source.root):
                        yield reading, item
                except ReadError as error:
                    yield reading, error
            yield reading, None

    def _done(self, reading: _Reading) -> ReadSource:
        origin = _origin_of(reading.source)
        # A source with something refused is read again next time, and keeps the articles it had.
        kept = reading.ids if reading.whole else [*reading.ids, *self._store.writer.source_article_ids(origin)]
        return ReadSource(origin, reading.root, reading.fingerprint if reading.whole else "", kept)

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


def _processes() -> int:
    """One for every four processors, for encoding an article takes ten times as long as preparing it."""
    return min(processors() // 4, _MOST_PROCESSES)


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
