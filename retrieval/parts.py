"""Questions that ask several things at once: "does the X article ..., while the Y article ...".

No passage holds the whole of such a question; each part is looked for on its own as well.
"""

from __future__ import annotations

import re

import numpy as np

from embeddings.encoder import Vectors
from retrieval.question import understand

_LEAST_WORDS = 12
"""Content words from which a question is looked at: shorter ones ask one thing."""

_LEAST_PART = 4
"""Content words of a part; a shorter one belongs to its neighbour."""

_MOST_PARTS = 6
"""Each part costs a search."""

_IN_TURN = 50
"""Candidates for which the parts take turns; further ones are hardly ever looked at."""

_JOINT = re.compile(
    r"[,;?]?\s+(?=(?:while|whereas|but|as opposed to|in contrast to|compared (?:to|with)|unlike|although)\b)"
    r"|[,;?]\s+"
    r"|\s+(?=and (?:the|is|that|was|also|has|does|did|another|an|a|in|which|who|what|how|when|where|why)\b)",
    re.IGNORECASE,
)

# What a candidate's best part counts beside the whole question, and how much less each time the part was served
# already, so that every part gets its passages. Tuned on MultiHop-RAG (250 questions).
PART_SHARE = 0.5
SERVED = 0.2


def parts_of(question: str) -> tuple[str, ...]:
    """The parts of a long question, in order; empty when it asks one thing."""
    if len(understand(question).words) < _LEAST_WORDS:
        return ()
    found: list[str] = []
    for piece in _JOINT.split(question):
        if found and min(len(understand(piece).words), len(understand(found[-1]).words)) < _LEAST_PART:
            found[-1] = f"{found[-1]}, {piece}"
        else:
            found.append(piece)
    return tuple(found[:_MOST_PARTS]) if len(found) > 1 else ()


def served_in_turn(whole: Vectors, parts: Vectors) -> list[tuple[int, float]]:
    """(candidate, score), best first: each is scored by the whole question and the part that it serves best.

    ``whole`` is (candidates,), ``parts`` (candidates, parts). A part that was served counts less for the next one:
    the greedy step of maximal marginal relevance (Carbonell and Goldstein, 1998), with parts in place of similarity.
    """
    worth = (1 - PART_SHARE) * whole[:, None] + PART_SHARE * parts
    ordered: list[tuple[int, float]] = []
    for _ in range(min(_IN_TURN, len(worth))):
        best, part = np.unravel_index(np.argmax(worth), worth.shape)
        ordered.append((int(best), float(worth[best, part])))
        worth[best] = -np.inf
        worth[:, part] -= PART_SHARE * SERVED
    rest = worth.max(axis=1)
    ordered += [(int(n), float(rest[n])) for n in np.argsort(-rest, kind="stable") if np.isfinite(rest[n])]
    return ordered
