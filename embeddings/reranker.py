"""A cross-encoder, which reads question and passage together: slower by far than vectors, and more exact."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from embeddings.encoder import Vectors
from embeddings.errors import ModelError


class Reranker(Protocol):
    """Judges how well passages answer a question."""

    def scores(self, question: str, passages: Sequence[str]) -> Vectors:
        """float32 of shape (len(passages),), each from 0 to 1, higher is better."""


class CrossEncoderReranker:
    """Any sentence-transformers ``CrossEncoder`` with one output, by name or folder; loaded at the first use.

    Raises :class:`ModelError` when it cannot be loaded or has several outputs.
    """

    def __init__(self, model: str, *, device: str = "auto") -> None:
        self._name = model
        self._device = device
        self._loaded: Any = None

    def scores(self, question: str, passages: Sequence[str]) -> Vectors:
        """See :class:`Reranker`. A single output is squashed by a sigmoid, as sentence-transformers does itself."""
        if not passages:
            return np.zeros(0, dtype=np.float32)
        found = self._model().predict([(question, passage) for passage in passages], show_progress_bar=False)
        return np.asarray(found, dtype=np.float32)

    def _model(self) -> Any:
        if self._loaded is None:
            logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
            try:
                from sentence_transformers import CrossEncoder
                from torch.nn import Sigmoid

                model = CrossEncoder(
                    self._name, device=None if self._device == "auto" else self._device, activation_fn=Sigmoid()
                )
            except Exception as error:  # the library raises whatever its loaders raise
                first_line = (str(error).strip() or type(error).__name__).splitlines()[0]
                raise ModelError(
                    f"The cross-encoder {self._name!r} cannot be loaded ({first_line[:200]}); "
                    "check DATELINE_RERANKER, or unset it to do without."
                ) from error
            if model.num_labels != 1:
                raise ModelError(
                    f"The cross-encoder {self._name!r} has {model.num_labels} outputs, not one; "
                    "choose another in DATELINE_RERANKER."
                )
            self._loaded = model
        return self._loaded
