"""Days and longer times that a text names, resolved against the day it was printed on: rules, no model.

:func:`find_moments` finds those of an article, :func:`moments_in` those of a single text such as a question, and
:func:`describe` prints one. What is a name ("Black Friday", "the Jan. 6 committee"), what comes back ("on Sundays")
and what cannot be counted from the day of printing ("two days earlier") is left out: nothing is guessed.
"""

from corpus.moments.finding import find_moments, moments_in
from corpus.moments.printing import describe

__all__ = ["describe", "find_moments", "moments_in"]
