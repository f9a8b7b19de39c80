"""What was aimed at, and whether a run has it: always computed from its numbers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """One aim."""

    name: str
    wanted: str
    measured: str
    met: bool | None
    """None where it was not measured as it is meant."""

    @property
    def verdict(self) -> str:
        """For a table."""
        return "not measured" if self.met is None else "met" if self.met else "**not met**"


def at_least(name: str, value: float | None, least: float, unit: str = "x") -> Bar:
    """``value`` is None where it was not measured."""
    measured = "–" if value is None else f"{value:.2f}{unit}"
    return Bar(name, f"at least {least:g}{unit}", measured, None if value is None else value >= least)


def at_most(name: str, value: float | None, most: float, unit: str = "x") -> Bar:
    """``value`` is None where it was not measured."""
    measured = "–" if value is None else f"{value:.2f}{unit}"
    return Bar(name, f"at most {most:g}{unit}", measured, None if value is None else value <= most)
