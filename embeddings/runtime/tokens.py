"""Text to token ids by the library ``tokenizers`` alone, from the file that a conversion wrote."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from embeddings.errors import EngineError

FILE = "tokenizer.json"


class Tokens:
    """A model's tokenizer; also :class:`embeddings.windows.Pieces`. May be used by several threads.

    Raises OSError or ValueError when the file cannot be read, :class:`EngineError` when the library is not there.
    """

    def __init__(self, folder: Path) -> None:
        self._cutting = _read((folder / FILE).read_text(encoding="utf-8"))
        self._whole: Any = None
        self._lock = threading.Lock()

    def ids(self, texts: Sequence[str]) -> list[list[int]]:
        """The ids of each text with the special tokens, cut where the model stops reading."""
        return [encoding.ids for encoding in self._cutting.encode_batch_fast(list(texts))]

    def count(self, text: str) -> int:
        """See :class:`embeddings.windows.Pieces`."""
        return len(self._uncut().encode(text, add_special_tokens=False).ids)

    def split(self, text: str) -> tuple[list[tuple[int, int]], list[int | None]]:
        """See :class:`embeddings.windows.Pieces`."""
        encoding = self._uncut().encode(text, add_special_tokens=False)
        return encoding.offsets, encoding.word_ids

    def _uncut(self) -> Any:
        # Whether it cuts belongs to a tokenizer, not to a call; questions never need the second one.
        with self._lock:
            if self._whole is None:
                self._whole = _read(self._cutting.to_str())
                self._whole.no_truncation()
            return self._whole


def write(tokenizer: Any, most: int, folder: Path) -> None:
    """Save a tokenizer of transformers as :class:`Tokens` reads it, cutting at ``most`` tokens."""
    ours = _read(tokenizer.backend_tokenizer.to_str())
    ours.no_padding()
    ours.enable_truncation(most, strategy="longest_first", direction=tokenizer.truncation_side)
    ours.save(str(folder / FILE), pretty=False)


def _read(text: str) -> Any:
    try:
        from tokenizers import Tokenizer
    except ImportError as error:
        raise EngineError(f"the library tokenizers cannot be imported: {error}") from error
    try:
        return Tokenizer.from_str(text)
    except Exception as error:  # the library raises plain exceptions
        raise ValueError(f"this is no tokenizer: {error}") from error
