"""The encoder that ships: a converted model where there is one, else sentence-transformers, which it is made from.

Nothing is loaded before the first text. The first use in a data folder loads sentence-transformers and converts the
model; every later process starts without them.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import re
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np

from embeddings.encoder import BUNDLED_SHA256, DEFAULT_MODEL, SentenceTransformerEncoder, Vectors, name_of
from embeddings.errors import EmbeddingsError, EngineError
from embeddings.remembered import Remembered
from embeddings.runtime import manifest as manifests
from embeddings.runtime.manifest import Manifest
from embeddings.runtime.model import FEW, AlteredError, ConvertedModel

_log = logging.getLogger(__name__)

_WAIT_SECONDS = 300
"""How long to wait for another process that is converting the same model: far longer than it takes."""

_T = TypeVar("_T")


class RuntimeEncoder:
    """:class:`embeddings.encoder.Encoder` without torch, once the model has been converted.

    :param model: as for :class:`SentenceTransformerEncoder`.
    :param folders: where converted models are kept; the first that can be written takes a new one.
    :param device: ``auto`` or ``cpu``. With ``auto``, many passages go to a GPU if the machine has one.
    :param say: is told, once, why a model is not served as it should be.

    Errors: every method raises :class:`embeddings.errors.ModelError` when the model is missing, altered or unloadable.
    """

    def __init__(
        self,
        model: str = DEFAULT_MODEL,
        *,
        folders: Sequence[Path],
        device: str = "auto",
        batch_size: int = 32,
        query_prefix: str = "",
        passage_prefix: str = "",
        say: Callable[[str], None] = _log.warning,
    ) -> None:
        self._requested = model
        self._folders = tuple(folder / _folder_name(model) for folder in folders)
        self._device = device
        self._query_prefix = query_prefix
        self._passage_prefix = passage_prefix
        self._say = say
        self._plain = SentenceTransformerEncoder(
            model, device=device, batch_size=batch_size, query_prefix=query_prefix, passage_prefix=passage_prefix
        )
        self._questions = Remembered(lambda texts: self._encode([query_prefix + text for text in texts]))
        self._lock = threading.RLock()
        self._settled = False
        self._serving: ConvertedModel | None = None
        self._preparing: threading.Thread | None = None

    @property
    def name(self) -> str:
        """As sentence-transformers would name it, so that vectors stored by either serve both.

        Known for the bundled model without anything being loaded.
        """
        serving = None if self._is_bundled else self._converted()
        if serving is None:
            return self._plain.name
        return name_of(self._requested, serving.manifest.fingerprint, self._query_prefix, self._passage_prefix)

    @property
    def dimension(self) -> int:
        """384 for the bundled model."""
        serving = None if self._is_bundled else self._converted()
        return self._plain.dimension if serving is None else serving.manifest.dimension

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """See :class:`embeddings.encoder.Encoder`."""
        return self._questions.vectors(texts)

    def foresee(self, texts: Iterable[str]) -> None:
        """See :meth:`embeddings.remembered.Remembered.foresee`, for questions."""
        self._questions.foresee(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """See :class:`embeddings.encoder.Encoder`."""
        return self._encode([self._passage_prefix + text for text in texts])

    def windows(self, text: str, prefix: str = "") -> list[tuple[int, int]]:
        """See :class:`embeddings.encoder.Encoder`; the same ranges as sentence-transformers' tokenizer gives."""
        return self._do(
            lambda model: model.windows(text, self._passage_prefix + prefix),
            lambda: self._plain.windows(text, prefix),
        )

    def prepare(self) -> None:
        """Load a converted model beside whatever comes before the first text; what fails here fails again then.

        Does nothing where there is none yet, and costs nothing but a thread that ends by itself.
        """

        def load() -> None:
            with contextlib.suppress(EmbeddingsError, OSError):
                with self._lock:
                    model = self._serving if self._settled else self._find()
                    if model is not None:
                        self._serving, self._settled = model, True
                if model is not None:
                    model.prepare()

        # Not a daemon: Python's exit under a thread that is loading libraries may crash.
        self._preparing = threading.Thread(target=load, name="model", daemon=False)
        self._preparing.start()

    def wait(self) -> None:
        """Until what :meth:`prepare` began has ended: before that a process should not."""
        if self._preparing is not None:
            self._preparing.join()

    def verify(self) -> str:
        """Check every byte of the model, converted or not; how it is served, in a sentence."""
        if self._is_bundled:
            self._plain.verify()
        for folder in self._folders:
            manifest = self._read(folder)
            if manifest is None:
                continue
            if manifest.refusal is not None:
                return f"It is run by sentence-transformers, since it cannot be converted: {manifest.refusal}."
            if not manifest.whole(folder, thoroughly=True):
                return f"What was converted in {folder} has been altered; the next question converts it anew."
            try:
                model = ConvertedModel(folder, manifest)
                model.encode(["ready"])
                found = model.tuning()
            except EngineError as error:
                return f"It is run by sentence-transformers, since OpenVINO cannot be used ({error})."
            return (
                f"It is run by OpenVINO in {found.precision}, with a cosine of {found.mean:.5f} to "
                f"sentence-transformers (at least {found.least:.5f})."
            )
        self._plain.verify()
        return "It will be converted for quick starts by the next question."

    @property
    def _is_bundled(self) -> bool:
        return self._requested == DEFAULT_MODEL

    def _encode(self, texts: list[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)

        def converted(model: ConvertedModel) -> Vectors:
            if self._device == "auto" and model.manifest.device != "cpu" and len(texts) > FEW:
                return self._plain.encode_bare(texts)
            return model.encode(texts)

        return self._do(converted, lambda: self._plain.encode_bare(texts))

    def _do(self, act: Callable[[ConvertedModel], _T], otherwise: Callable[[], _T]) -> _T:
        """By the converted model; anew where it was altered; else by sentence-transformers, said once."""
        for last in (False, True):
            serving = self._converted()
            if serving is None:
                break
            try:
                return act(serving)
            except AlteredError as error:
                self._give_up(serving, error if last else None)
            except EngineError as error:
                self._give_up(serving, error)
        return otherwise()

    def _give_up(self, serving: ConvertedModel, error: EngineError | None) -> None:
        """Convert again at the next call, or never again in this process where ``error`` is why."""
        with self._lock:
            if serving is not self._serving:
                return
            self._serving, self._settled = None, error is not None
            if error is None:
                _log.info("the model in %s has been altered; converting it again", serving.folder)
                _forget(serving.folder)
            else:
                self._tell(error)

    def _converted(self) -> ConvertedModel | None:
        with self._lock:
            if not self._settled:
                self._serving = self._find() or self._convert()
                self._settled = True
            return self._serving

    def _find(self) -> ConvertedModel | None:
        for folder in self._folders:
            manifest = self._read(folder)
            if manifest is not None and manifest.refusal is None and manifest.whole(folder):
                return ConvertedModel(folder, manifest)
        return None

    def _read(self, folder: Path) -> Manifest | None:
        """What was written there, unless it was made from another state of the model."""
        manifest = manifests.read(folder)
        if manifest is None or not manifest.current():
            return None
        return manifest if not self._is_bundled or manifest.fingerprint == BUNDLED_SHA256 else None

    def _convert(self) -> ConvertedModel | None:
        if any(known.refusal for folder in self._folders if (known := self._read(folder)) is not None):
            return None
        unwritable = ""
        for folder in self._folders:
            try:
                manifest = self._converted_in(folder)
            except OSError as error:
                unwritable = unwritable or f"The folder {folder.parent} cannot be written ({error.strerror or error})"
                continue
            except EngineError as error:
                self._tell(error)
                return None
            if manifest is None:
                return None
            if manifest.refusal is not None:
                self._say(
                    f"The model {self._requested} is run by sentence-transformers, which start more slowly, since it "
                    f"cannot be converted ({manifest.refusal}); for quick starts choose another in DATELINE_MODEL."
                )
                return None
            if unwritable:
                self._say(
                    f"{unwritable}, so the converted model is kept in {folder.parent}; set DATELINE_HOME to a folder "
                    "that can be."
                )
            return ConvertedModel(folder, manifest)
        if unwritable:
            self._say(
                f"{unwritable}, so each start loads the model by sentence-transformers, slowly; set DATELINE_HOME to a "
                "folder that can be."
            )
        return None

    def _converted_in(self, folder: Path) -> Manifest | None:
        """Under a lock; None where another process holds it for too long."""
        from filelock import FileLock, Timeout

        from embeddings.runtime import child

        folder.parent.mkdir(parents=True, exist_ok=True)
        model = _resolved(self._requested)
        try:
            with FileLock(folder.with_name(f"{folder.name}.lock"), timeout=_WAIT_SECONDS):
                manifest = self._read(folder)
                if manifest is None or not (manifest.refusal or manifest.whole(folder)):
                    try:
                        child.convert(model, self._device, folder)
                    except child.CrashedError as error:
                        manifests.write(manifests.refusing(model, f"OpenVINO does not take it: {error}"), folder)
                    manifest = self._read(folder)
                return manifest
        except Timeout:
            _log.info("another process is still converting into %s", folder)
            return None

    def _tell(self, error: EngineError) -> None:
        self._say(
            f"OpenVINO cannot be used here ({error}), so sentence-transformers run the model, which start more slowly; "
            "reinstall it with: pip install --force-reinstall openvino"
        )


def _forget(folder: Path) -> None:
    try:
        (folder / manifests.FILE).unlink(missing_ok=True)
    except OSError as error:
        _log.info("%s stays, since it cannot be removed: %s", folder, error)


def _resolved(model: str) -> str:
    """A folder by its full path, so that it is found from any other; a name as it is."""
    return str(Path(model).resolve()) if model != DEFAULT_MODEL and Path(model).is_dir() else model


def _folder_name(model: str) -> str:
    resolved = _resolved(model)
    slug = re.sub(r"[^A-Za-z0-9._-]+", "-", Path(resolved).name)[:40].lstrip(".-") or "model"
    return f"{slug}-{hashlib.sha256(resolved.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
