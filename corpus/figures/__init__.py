"""Numbers with what they count: value, bound, unit, date and claimant, by rules and from the text alone.

:func:`find_figures` finds the figures of an article, :func:`figures_in` those of a bare text; :func:`read_number`
reads a number in digits or words, :func:`base_unit` a unit of measure.
"""

from corpus.figures.finding import figures_in, find_figures
from corpus.figures.numbers import read_number
from corpus.figures.units import base_unit

__all__ = ["base_unit", "figures_in", "find_figures", "read_number"]
