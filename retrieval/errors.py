"""Errors of retrieval.

    RetrievalError
    ├── IngestBusyError   another process is ingesting into the same collection
    ├── DatasetError      a set of questions cannot be read, or holds nothing to measure
    ├── ComparisonError   an earlier evaluation cannot be compared with
    └── FloorsError       a file of floors cannot be used

Each message is one sentence for a person and ends with the next step. A question that cannot be asked is no
error but an answer with the outcome ``no_evidence`` and the reason ``bad_question``.
"""

from __future__ import annotations


class RetrievalError(Exception):
    """Base of all errors of this package."""


class IngestBusyError(RetrievalError):
    """Only one process ingests into a collection at a time."""


class DatasetError(RetrievalError):
    """A set of questions is missing files, unreadable or empty."""


class ComparisonError(RetrievalError):
    """An earlier evaluation is unreadable or of another set."""


class FloorsError(RetrievalError):
    """A file of floors is unreadable, of another version, or says nothing of the set."""
