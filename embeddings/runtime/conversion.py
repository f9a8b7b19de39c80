"""From a sentence-transformers model to a folder that OpenVINO serves it from; needs torch, once.

The model is traced from token ids to the pooled vector, so whatever its modules do is in the graph: transformer,
pooling, normalising, dense layers. Everything is written beside and switched into place, the manifest last: a
conversion that is interrupted leaves nothing that would be served.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from embeddings.encoder import SentenceTransformerEncoder
from embeddings.errors import EngineError, ModelError
from embeddings.runtime import engine as runtime
from embeddings.runtime import manifest as manifests
from embeddings.runtime import tokens, tuning
from embeddings.runtime.batches import INPUTS, padded
from embeddings.runtime.manifest import Manifest, Stamp
from embeddings.runtime.probes import PROBES

_log = logging.getLogger(__name__)

_FILES = (runtime.GRAPH, runtime.WEIGHTS, tokens.FILE, tuning.REFERENCES)

_MODULES = {"Transformer", "Pooling", "Normalize", "Dense", "LayerNorm", "Dropout"}
"""What a model may consist of; each takes one text as it is."""


class _RefusedError(Exception):
    """The model is not of the usual shape; the message says why."""


def convert(model: str, device: str, folder: Path) -> Manifest:
    """Convert the model into ``folder``; takes some seconds and loads torch. Call it under a lock, in a child process.

    A model that cannot be converted gives a manifest that says why, so that nobody tries again.

    :param model: the name of the model, or the full path of its folder.
    :param device: as for :class:`SentenceTransformerEncoder`.

    Raises :class:`embeddings.errors.ModelError` when the model cannot be loaded, :class:`EngineError` when OpenVINO
    cannot be, OSError when ``folder`` cannot be written.
    """
    runtime.machine()
    plain = SentenceTransformerEncoder(model, device=device)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / manifests.FILE).unlink(missing_ok=True)
    beside = folder / "conversion.part"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    # Taken before the weights are read: what changes meanwhile is noticed at the next start.
    source = manifests.source_of(model)
    loaded = plain.loaded()
    manifest = Manifest(
        model, plain.fingerprint, plain.dimension, int(loaded.max_seq_length or 0), (), 0, False,
        str(loaded.device.type), manifests.made_by(), {}, source,
    )  # fmt: skip
    try:
        try:
            manifest = _converted(plain, loaded, manifest, beside)
        except (ModelError, OSError, MemoryError):
            raise
        except (_RefusedError, tuning.UnfaithfulError) as error:
            manifest = _refused(manifest, str(error))
        except EngineError as error:
            manifest = _refused(manifest, f"OpenVINO does not take it: {error}")
        except Exception as error:  # whatever torch raises of a module that cannot be traced
            told = (str(error).strip() or type(error).__name__).splitlines()[0]
            manifest = _refused(manifest, f"torch cannot trace it: {told[:200]}")
        for name in _FILES if manifest.refusal is None else ():
            os.replace(beside / name, folder / name)
        manifests.write(manifest, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return manifest


def _converted(plain: SentenceTransformerEncoder, loaded: Any, manifest: Manifest, beside: Path) -> Manifest:
    _check_shape(loaded)
    tokens.write(loaded.tokenizer, manifest.tokens, beside)
    names = _check_tokens(loaded, tokens.Tokens(beside), manifest.tokens)
    np.save(beside / tuning.REFERENCES, plain.encode_bare(PROBES))
    manifest = replace(
        manifest, inputs=names, pad=int(loaded.tokenizer.pad_token_id), pad_left=loaded.tokenizer.padding_side == "left"
    )
    found = _written(loaded, manifest, beside)
    _log.info("converted %s: %s", manifest.model, found)
    tuning.keep(found, beside, into=beside.parent)
    return replace(manifest, files={name: Stamp.of(beside / name) for name in _FILES})


def _written(loaded: Any, manifest: Manifest, beside: Path) -> tuning.Tuning:
    """The graph, with weights of the width that suits the precision in which it is going to run."""
    device = loaded.device
    loaded.to("cpu")
    try:
        traced = _traced(loaded, manifest)
    finally:
        loaded.to(device)
    if runtime.precisions() != ("f32",):
        runtime.write_graph(traced, beside, half=True)
        with contextlib.suppress(tuning.UnfaithfulError):  # weights that float16 cannot hold
            found = tuning.tune(beside, manifest, tokens.Tokens(beside))
            if found.precision != "f32":
                return found
    runtime.write_graph(traced, beside, half=False)
    return tuning.tune(beside, manifest, tokens.Tokens(beside))


def _refused(manifest: Manifest, reason: str) -> Manifest:
    _log.info("%s cannot be converted: %s", manifest.model, reason)
    return replace(manifest, files={}, refusal=reason)


def _check_shape(loaded: Any) -> None:
    kinds = [type(module).__name__ for module in loaded]
    foreign = [module for module in loaded if not type(module).__module__.startswith("sentence_transformers.")]
    if foreign or set(kinds) - _MODULES or kinds[:1] != ["Transformer"] or "Pooling" not in kinds:
        raise _RefusedError(f"it consists of {', '.join(kinds)}")
    if "message" in getattr(loaded[0], "modality_config", {}):
        raise _RefusedError("it reads texts as messages of a chat")
    if loaded.default_prompt_name is not None:
        raise _RefusedError("it puts a prompt of its own before each text")
    if loaded.truncate_dim is not None:
        raise _RefusedError("its vectors are cut short")
    if not loaded.max_seq_length:
        raise _RefusedError("it sets no limit to a text's length")
    if getattr(loaded.tokenizer, "backend_tokenizer", None) is None or loaded.tokenizer.pad_token_id is None:
        raise _RefusedError("its tokenizer is none of the library tokenizers")


def _check_tokens(loaded: Any, ours: tokens.Tokens, most: int) -> tuple[str, ...]:
    """The names of the inputs, once the tokenizer that was written has been found to read as the original does."""
    names: tuple[str, ...] = ()
    for text, ids in zip(PROBES, ours.ids(PROBES), strict=True):
        theirs = {name: value for name, value in loaded.preprocess([text]).items() if hasattr(value, "numpy")}
        names = tuple(name for name in INPUTS if name in theirs)
        if set(theirs) != set(names) or "input_ids" not in names:
            raise _RefusedError(f"it takes {', '.join(sorted(theirs))}")
        expected = {"input_ids": [ids], "attention_mask": [[1] * len(ids)], "token_type_ids": [[0] * len(ids)]}
        if len(ids) > most or any(theirs[name].tolist() != expected[name] for name in names):
            raise _RefusedError("its tokenizer reads texts in a way that cannot be repeated without it")
    return names


def _traced(loaded: Any, manifest: Manifest) -> Any:
    import torch

    class Sentence(torch.nn.Module):  # type: ignore[misc]  # torch ships no types that mypy follows here
        """From token ids to the pooled vector."""

        def __init__(self) -> None:
            super().__init__()
            self.stages = torch.nn.ModuleList(loaded)

        def forward(self, *inputs: Any) -> Any:
            features = dict(zip(manifest.inputs, inputs, strict=True))
            for stage in self.stages:
                features = stage(features)
            return features["sentence_embedding"]

    # Two texts of different length, so that the mask matters and is not taken for a constant.
    words = [int(token) for token in loaded.preprocess([PROBES[0]])["input_ids"][0]]
    example = padded([0, 1], [words, words[: len(words) // 2]], len(words), manifest.pad, manifest.pad_left)
    inputs = tuple(torch.from_numpy(one) for one in example.inputs(manifest.inputs))
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # tracing warns of each branch, none of which depends on the texts
        return torch.jit.trace(Sentence().eval(), inputs, strict=False, check_trace=False)
