"""Errors of retrieval.

    RetrievalError
    └── IngestBusyError   another process is ingesting into the same collection

Each message is one sentence for a person and ends with the next step. A question that cannot be asked is no
error but an answer with the outcome ``no_evidence`` and the reason ``bad_question``.
"""

from __future__ import annotations


class RetrievalError(Exception):
    """Base of all errors of this package."""


class IngestBusyError(RetrievalError):
    """Only one process ingests into a collection at a time."""
