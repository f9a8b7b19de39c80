"""Encoders that are known to do well, with the prefixes that their cards ask for.

Choosing one is one setting, the model's name; an index is kept for each model, so going back costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prefixes:
    """What a model wants to read before a question and before a passage."""

    query: str = ""
    passage: str = ""


PRESETS = {
    # 33 million parameters, 384 dimensions: as quick to search as the default, slower to encode.
    "BAAI/bge-small-en-v1.5": Prefixes(query="Represent this sentence for searching relevant passages: "),
    # 109 million, 768 dimensions.
    "BAAI/bge-base-en-v1.5": Prefixes(query="Represent this sentence for searching relevant passages: "),
    "intfloat/e5-base-v2": Prefixes(query="query: ", passage="passage: "),
    "Snowflake/snowflake-arctic-embed-m": Prefixes(query="Represent this sentence for searching relevant passages: "),
    # 335 million, 1,024 dimensions: for machines with a GPU.
    "mixedbread-ai/mxbai-embed-large-v1": Prefixes(query="Represent this sentence for searching relevant passages: "),
}


def prefixes_of(model: str) -> Prefixes:
    """The prefixes of a known model; none for any other."""
    return PRESETS.get(model, Prefixes())
