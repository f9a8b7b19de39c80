"""The values of a checked claim. All are frozen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from retrieval.models import Citation


class Verdict(StrEnum):
    """How claimed words stand in the articles; it says nothing of whether they are true."""

    AS_CLAIMED = "printed as claimed"
    NO_SPEAKER = "printed, but no speaker is named"
    OTHER_SPEAKER = "printed, but by another speaker"
    OTHER_WORDS = "printed with other words"
    STITCHED = "stitched from several"
    NOT_PRINTED = "not in the articles"


@dataclass(frozen=True, slots=True)
class Difference:
    """Where claimed and printed words part; one side may be empty.

    ``part.words[claimed_start:claimed_end] == claimed`` and, in the body of the cited article,
    ``body[printed_start:printed_end] == printed``, within the quote of ``citations[citation]``.
    """

    claimed: str
    printed: str
    claimed_start: int
    claimed_end: int
    printed_start: int
    printed_end: int
    citation: int
    """Index into the citations of the check."""


@dataclass(frozen=True, slots=True)
class Match:
    """Printed words that a claim repeats: ``body[start:end]``, within the quote of ``citations[citation]``."""

    citation: int
    start: int
    end: int
    claimed: str
    """The claimed words that they answer."""


@dataclass(frozen=True, slots=True)
class Part:
    """The words of one pair of quote marks, or the whole statement where nothing stands in any."""

    words: str
    speaker: str | None
    """Who is claimed to have said them, as typed."""
    verdict: Verdict
    text: str
    """The verdict as a sentence, with ``[1]``."""
    matches: tuple[Match, ...] = ()
    differences: tuple[Difference, ...] = ()
    cut: tuple[str, ...] = ()
    """What is printed in the same sentence beside the claimed words and limits them: a negation, hedge or condition."""
    remarks: tuple[str, ...] = ()
    """Sentences of ``text`` on what claimed and printed words side by side do not show."""


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """A claim with its verdict, the least favourable of its parts."""

    claim: str
    words: str
    """The claimed words; those of several pairs of quote marks joined by " … "."""
    speaker: str | None
    verdict: Verdict | None
    """None where the text cannot be checked; ``text`` says why."""
    text: str
    citations: tuple[Citation, ...] = ()
    parts: tuple[Part, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Those of all parts."""
        return tuple(difference for part in self.parts for difference in part.differences)

    @property
    def cut(self) -> tuple[str, ...]:
        """What of all parts."""
        return tuple(words for part in self.parts for words in part.cut)
