"""Whether a word may be another one mistyped."""

from __future__ import annotations

_SHORTEST = 5
"""Shorter words have too many true neighbours: "Iran" is not "Iraq" mistyped."""


def mistyped(typed: str, meant: str) -> bool:
    """Whether one slip leads from ``meant`` to ``typed``: a letter left out, added, changed, or two swapped.

    Both in lower case. The first two letters must agree, as they nearly always do in slips (Yannakoudakis and
    Fawthrop 1983 found errors in the first letter rare).
    """
    if min(len(typed), len(meant)) < _SHORTEST or typed[:2] != meant[:2] or typed == meant:
        return False
    if abs(len(typed) - len(meant)) > 1 or any(char.isdigit() for char in typed + meant):
        return False
    at = next((n for n, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), min(len(typed), len(meant)))
    return (
        typed[at + 1 :] == meant[at + 1 :]
        or typed[at:] == meant[at + 1 :]
        or typed[at + 1 :] == meant[at:]
        or (typed[at : at + 2] == meant[at : at + 2][::-1] and typed[at + 2 :] == meant[at + 2 :])
    )
