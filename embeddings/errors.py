"""Errors of the embeddings.

    EmbeddingsError
    ├── ModelError       the model is missing, altered or cannot be loaded
    ├── IndexFileError   an index file is missing, torn or not what the manifest says (rebuild it)
    └── EngineError      the light runtime cannot run a model (sentence-transformers do it instead)

Each message is one sentence for a person and ends with the next step.
"""

from __future__ import annotations


class EmbeddingsError(Exception):
    """Base of all errors of this package."""


class ModelError(EmbeddingsError):
    """The encoder's model cannot be used."""


class IndexFileError(EmbeddingsError):
    """The index file cannot be trusted."""


class EngineError(EmbeddingsError):
    """The light runtime cannot be used. No person is told this sentence alone: sentence-transformers serve instead."""
