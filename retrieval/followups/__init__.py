"""Follow-up questions: what a conversation keeps, and how a question that points back is made to stand alone."""

from retrieval.followups.resolving import resolve
from retrieval.followups.turns import Resolved, Turn

__all__ = ["Resolved", "Turn", "resolve"]
