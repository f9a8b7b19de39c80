"""What every side of the comparison understands, so that a side's script holds nothing but its own use of a library.

    python SIDE.py index --model FOLDER --store FOLDER --paragraphs FILE     build what a search needs, once
    python SIDE.py first --model FOLDER --store FOLDER --question TEXT       a fresh process: open it, print the nearest
    python SIDE.py serve --model FOLDER --store FOLDER                       one JSON object a line, in and out

Served are ``{"do": "search", "kind", "questions", "skip", "top_k"}``, of which the first ``skip`` questions only warm
up, and ``{"do": "encode", "texts"}``. Imports nothing heavy: a first answer pays for what its side imports alone.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol


class Side(Protocol):
    """What a script of this folder is made of."""

    kinds: Sequence[str]
    """The kinds of search it has, the one a person would choose first."""

    def index(self, paragraphs: Sequence[dict[str, str]]) -> None:
        """Encode and store; each paragraph has ``id``, ``title`` and ``text``."""

    def search(self, question: str, kind: str, top_k: int) -> list[str]:
        """Ids of the best paragraphs; the index is opened at the first call for a kind."""

    def shown(self, ids: Sequence[str]) -> list[str]:
        """The words of paragraphs."""

    def encode(self, texts: Sequence[str]) -> Any:
        """Vectors."""


def embedded(paragraph: dict[str, str]) -> str:
    """What is encoded and searched for its words: the same for every side."""
    return f"{paragraph['title']}\n{paragraph['text']}" if paragraph.get("title") else paragraph["text"]


def main(make: Callable[[str, str], Side]) -> None:
    """``make`` takes the model's folder and the store's."""
    parser = argparse.ArgumentParser()
    parser.add_argument("mode", choices=("index", "first", "serve"))
    parser.add_argument("--model", required=True)
    parser.add_argument("--store", required=True)
    parser.add_argument("--paragraphs")
    parser.add_argument("--question", default="")
    arguments = parser.parse_args()
    os.makedirs(arguments.store, exist_ok=True)
    if arguments.mode == "index":
        with open(arguments.paragraphs, encoding="utf-8") as lines:
            paragraphs = [json.loads(line) for line in lines]
        make(arguments.model, arguments.store).index(paragraphs)
    elif arguments.mode == "first":
        side = make(arguments.model, arguments.store)
        for text in side.shown(side.search(arguments.question, side.kinds[0], 3)):
            print(text)
    else:
        # What libraries print must not get between the objects.
        out, sys.stdout = sys.stdout, sys.stderr
        side = make(arguments.model, arguments.store)
        for answer in served(side, sys.stdin):
            print(json.dumps(answer), file=out, flush=True)


def served(side: Side, lines: Any) -> Iterator[dict[str, Any]]:
    """An object for each line."""
    for line in lines:
        asked = json.loads(line)
        if asked["do"] == "encode":
            started = time.perf_counter()
            side.encode(asked["texts"])
            yield {"seconds": time.perf_counter() - started}
            continue
        taken, found = [], []
        for question in asked["questions"]:
            started = time.perf_counter()
            ids = side.search(question, asked["kind"], asked["top_k"])
            taken.append(1000 * (time.perf_counter() - started))
            found.append(ids)
        yield {"ms": taken[asked["skip"] :], "ids": found[asked["skip"] :]}
