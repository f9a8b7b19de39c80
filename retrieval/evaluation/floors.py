"""The figures that may not be fallen below, kept in a file.

    {"version": 1, "sets": {"sample": {"success@1": 0.69, "answerable_declined": 0.05}}}

A figure that should be small (``answerable_declined``, ``brier``, ``aurc``) has a ceiling there. A floor is
never lowered unless that is asked for.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from retrieval.errors import FloorsError
from retrieval.evaluation.evaluation import Evaluation
from retrieval.evaluation.measures import LOWER_IS_BETTER

VERSION = 1

GATED = (
    "questions", "success@1", "mrr@10", "evidence_recall@10", "answer_hit", "speaker",
    "answerable_declined", "unanswerable_declined",
)  # fmt: skip
"""What a set without floors gets floors for; others may be added by hand."""

_SLACK = 1e-9

Floors = Mapping[str, Mapping[str, float]]
"""Set -> figure -> floor."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A figure that is not what it has to be."""

    name: str
    value: float | None
    """None where the figure could not be measured at all."""
    floor: float

    @property
    def sentence(self) -> str:
        """For a person."""
        if self.value is None:
            return f"{self.name} was not measured, and its floor is {self.floor:g}"
        if self.name in LOWER_IS_BETTER:
            return f"{self.name} is {self.value:.4f}, above its ceiling {self.floor:g}"
        return f"{self.name} is {self.value:.4f}, below its floor {self.floor:g}"


def figures_of(evaluation: Evaluation) -> dict[str, float]:
    """Every figure that can have a floor."""
    found = {name: figure.value for name, figure in evaluation.figures.items()}
    declining = evaluation.abstention
    for name, figure in (
        ("auroc", declining.auroc),
        ("answerable_declined", declining.answerable_declined),
        ("unanswerable_declined", declining.unanswerable_declined),
    ):
        if figure is not None:
            found[name] = figure.value
    if declining.aurc is not None:
        found["aurc"] = declining.aurc
    # So that a set which lost its hard questions is noticed.
    found["questions"] = float(len(evaluation.rows))
    return found


def read_floors(path: Path) -> dict[str, dict[str, float]]:
    """Read a file of floors.

    Raises :class:`FloorsError` when it is missing, malformed or of another version.
    """
    try:
        found = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise FloorsError(f"{path}: there is no such file; write it with: --floors {path} --raise-floors") from error
    except OSError as error:
        raise FloorsError(f"{path} cannot be read ({error.strerror or error}); check the path.") from error
    except (ValueError, RecursionError) as error:
        raise FloorsError(f"{path} is not valid JSON; mend it.") from error
    version = found.get("version") if isinstance(found, dict) else None
    if version != VERSION:
        raise FloorsError(
            f"{path} is of version {version!r}, and this Dateline reads version {VERSION}; "
            "write it anew with --raise-floors into another file, or use the Dateline that wrote it."
        )
    sets = found.get("sets")
    if not isinstance(sets, dict) or not all(
        isinstance(floors, dict) and all(_is_number(floor) for floor in floors.values()) for floors in sets.values()
    ):
        raise FloorsError(
            f'{path} is no file of floors; write {{"version": 1, "sets": {{"name": {{"figure": 0.5}}}}}}.'
        )
    return {name: {figure: float(floor) for figure, floor in floors.items()} for name, floors in sets.items()}


def misses(floors: Floors, dataset: str, figures: Mapping[str, float], where: Path) -> list[Miss]:
    """The figures of a set that are below their floors.

    Raises :class:`FloorsError` when the file says nothing of the set.
    """
    own = floors.get(dataset)
    if not own:
        raise FloorsError(f"{where} has no floors for {dataset!r}; add them with: --floors {where} --raise-floors")
    found = [Miss(name, figures.get(name), floor) for name, floor in own.items()]
    return [miss for miss in found if miss.value is None or _worse(miss.name, miss.value, miss.floor)]


def moved(
    floors: Floors, dataset: str, figures: Mapping[str, float], *, lower: bool
) -> tuple[dict[str, dict[str, float]], list[str]]:
    """The floors with those of one set moved to what is reached, and a sentence about each that moved.

    Upwards, and where ``lower`` is asked for also downwards; a set without floors gets those of :data:`GATED`.
    """
    own = dict(floors.get(dataset, {}))
    sentences = []
    for name in own or GATED:
        if name not in figures:
            continue
        reached = _rounded(name, figures[name])
        old = own.get(name)
        if old is None:
            sentences.append(f"{name}: {reached:g}")
        elif _worse(name, old, reached) or (lower and _worse(name, figures[name], old)):
            sentences.append(f"{name}: {old:g} to {reached:g}")
        else:
            continue
        own[name] = reached
    return {**{key: dict(value) for key, value in floors.items()}, dataset: own}, sentences


def floors_text(floors: Floors) -> str:
    """The content of a file of floors."""
    return json.dumps({"version": VERSION, "sets": floors}, indent=2, ensure_ascii=False) + "\n"


def _worse(name: str, value: float, than: float) -> bool:
    return value > than + _SLACK if name in LOWER_IS_BETTER else value < than - _SLACK


def _rounded(name: str, value: float) -> float:
    """To the safe side, so that the figure itself passes."""
    scale = 10000.0
    if name in LOWER_IS_BETTER:
        return math.ceil(value * scale - _SLACK) / scale
    return math.floor(value * scale + _SLACK) / scale


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
