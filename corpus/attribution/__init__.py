"""Who said what, by rules and from the text alone: no model, and time linear in the length of the text.

:func:`attribute` finds the statements of an article, :func:`people` the people it names, and
:func:`same_person` says whether an asked name can mean a speaker.
"""

from corpus.attribution.matching import same_person
from corpus.attribution.names import Person
from corpus.attribution.statements import attribute, people

__all__ = ["Person", "attribute", "people", "same_person"]
