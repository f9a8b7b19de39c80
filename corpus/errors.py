"""Errors of the corpus.

    CorpusError
    ├── ReadError             a file or page could not be read as an article (the rest goes on)
    ├── StoreError            the database could not be used
    │   ├── StoreBusyError         another process is writing
    │   └── StoreTooNewError       written by a newer version of Dateline
    └── ArticleNotFoundError       no article of that id

Each message is one sentence for a person and ends with the next step.
"""

from __future__ import annotations


class CorpusError(Exception):
    """Base of all errors of this package."""


class ReadError(CorpusError):
    """A source could not be read as an article; ``source`` names it."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class StoreError(CorpusError):
    """The database cannot be opened, read or written."""


class StoreBusyError(StoreError):
    """Another process holds the write lock."""


class StoreTooNewError(StoreError):
    """The database was written by a newer version."""


class ArticleNotFoundError(CorpusError):
    """No live article bears the id asked for."""
