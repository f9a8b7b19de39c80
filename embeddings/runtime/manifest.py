"""What a conversion wrote, and from what: read at every start, so that nothing altered or outdated is served."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

FILE = "manifest.json"

_PACKAGES = ("openvino", "torch", "sentence-transformers", "transformers", "tokenizers")

_SMALL = 1 << 20
"""Bytes; what is read in a millisecond."""

_FORMAT = 1
"""Raised when what is written changes; a model of another format is converted anew."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A file as it was."""

    size: int
    changed: int
    """Time of its last change in nanoseconds."""
    sha256: str

    @classmethod
    def of(cls, path: Path) -> Stamp:
        """Raises OSError when it cannot be read."""
        status = path.stat()
        return cls(status.st_size, status.st_mtime_ns, sha256_of(path))

    def fits(self, path: Path, *, thoroughly: bool = False) -> bool:
        """Whether the file is the same; a large one is read only where its time has changed, or ``thoroughly``."""
        try:
            status = path.stat()
            if status.st_size != self.size:
                return False
            if status.st_mtime_ns == self.changed and status.st_size > _SMALL and not thoroughly:
                return True
            return sha256_of(path) == self.sha256
        except OSError:
            return False


@dataclass(frozen=True, slots=True)
class Manifest:
    """A converted model, or why there is none."""

    model: str
    """Its name, or the full path of its folder."""
    fingerprint: str
    """SHA-256 of the weights that it was made from."""
    dimension: int
    tokens: int
    """How many it reads at most."""
    inputs: tuple[str, ...]
    pad: int
    pad_left: bool
    device: str
    """Where sentence-transformers would run the model on this machine."""
    made_by: str
    files: Mapping[str, Stamp]
    source: Mapping[str, Stamp]
    """The files of the folder that it was made from; none for a model by name."""
    refusal: str | None = None
    """Why it cannot be converted; sentence-transformers serve it then."""

    def whole(self, folder: Path, *, thoroughly: bool = False) -> bool:
        """Whether every file that was written is there unaltered."""
        return all(stamp.fits(folder / name, thoroughly=thoroughly) for name, stamp in self.files.items())

    def current(self) -> bool:
        """Whether the folder that it was made from still holds the same model; a refusal, whether it still holds."""
        if self.refusal is not None and self.made_by != made_by():
            return False
        if not self.source:
            return True
        folder = Path(self.model)
        return set(self.source) == set(_model_files(folder)) and all(
            stamp.fits(folder / name) for name, stamp in self.source.items()
        )


def read(folder: Path) -> Manifest | None:
    """None where there is none, or one that this version does not understand."""
    try:
        stored = json.loads((folder / FILE).read_text(encoding="utf-8"))
        if stored.pop("format") != _FORMAT:
            return None
        for name in ("files", "source"):
            stored[name] = {file: Stamp(**stamp) for file, stamp in stored[name].items()}
        return Manifest(**{**stored, "inputs": tuple(stored["inputs"])})
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def write(manifest: Manifest, folder: Path) -> None:
    """Whole or not at all. Raises OSError."""
    replace_json(folder / FILE, {"format": _FORMAT, **asdict(manifest)})


def refusing(model: str, reason: str) -> Manifest:
    """For a model that cannot be converted. Raises OSError."""
    return Manifest(model, "", 0, 0, (), 0, False, "cpu", made_by(), {}, source_of(model), reason)


def made_by() -> str:
    """The versions on which it depends whether a model can be converted."""
    from importlib.metadata import PackageNotFoundError, version

    found = []
    for package in _PACKAGES:
        with contextlib.suppress(PackageNotFoundError):
            found.append(f"{package} {version(package)}")
    return ", ".join(found)


def source_of(model: str) -> dict[str, Stamp]:
    """The files of a model that is given by the full path of its folder; none for a name. Raises OSError."""
    folder = Path(model)
    if not folder.is_absolute():
        return {}
    return {name: Stamp.of(folder / name) for name in _model_files(folder)}


def replace_json(path: Path, value: object) -> None:
    """Write beside, then switch. Raises OSError."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    beside.write_text(json.dumps(value, indent=1), encoding="utf-8")
    os.replace(beside, path)


def read_json(path: Path) -> Any:
    """None where there is nothing to read."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def sha256_of(path: Path) -> str:
    """Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _model_files(folder: Path) -> list[str]:
    """What a model is made of; not its card, nor pictures, nor what a version control keeps."""
    kinds = {".json", ".safetensors", ".bin", ".txt", ".model", ".py"}
    found = (path for path in folder.rglob("*") if path.suffix in kinds and path.is_file())
    names = (path.relative_to(folder) for path in found)
    return sorted(name.as_posix() for name in names if not any(part.startswith(".") for part in name.parts))
