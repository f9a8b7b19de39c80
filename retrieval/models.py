"""The values of question time. All are frozen; offsets are Unicode code points into the article's body."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from corpus.models import Figure, Moment, Passage, Statement, StatementKind
from corpus.store.articles import ArticleSummary

_STATEMENT = 60
"""Characters of a statement that an explanation shows."""


class Outcome(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    NO_EVIDENCE = "no_evidence"
    ERROR = "error"


class Reason(StrEnum):
    """Why no answer is given."""

    OFF_TOPIC = "off_topic"
    SPEAKER_SILENT = "speaker_silent"
    NEAR_MISS = "near_miss"
    FILTERED_OUT = "filtered_out"
    BAD_QUESTION = "bad_question"


@dataclass(frozen=True, slots=True)
class Signals:
    """What a passage's score is made of; each part is comparable across collections of any size."""

    lexical: float = 0.0
    """Share of the best possible BM25 score of the question's words, 0 to about 1."""
    passage: float = 0.0
    """Cosine of question and passage (best window)."""
    sentence: float = 0.0
    """Cosine of question and the passage's best sentence."""
    covered: float = 0.0
    """Share of the question's content words, by weight, that stand in the passage."""
    covered_closely: float = 0.0
    """The same for the sentence that holds most of them."""
    phrases: float = 0.0
    """Share of the pairs of neighbouring content words, by weight, that stand together in the passage."""
    boosts: tuple[tuple[str, float], ...] = ()
    """Named additions and deductions, e.g. ``("asked speaker", 0.3)``, ``("caption", -0.4)``."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question."""

    collection: str
    passage: Passage
    article: ArticleSummary
    rank: int
    """From 1."""
    score: float
    """Higher is better."""
    signals: Signals
    ranks: dict[str, int]
    """Rank by each retriever that found it: ``lexical``, ``dense``."""
    also: tuple[tuple[Passage, ArticleSummary], ...] = ()
    """Near-identical passages of other articles that were folded into this hit."""
    statements: tuple[Statement, ...] = ()
    """What the asked speaker says in it."""

    def explain(self) -> str:
        """One line that says why the hit is where it is."""
        parts = [
            f"words {self.signals.lexical:.2f}" + _rank(self.ranks.get("lexical")),
            f"passage {self.signals.passage:.2f}" + _rank(self.ranks.get("dense")),
            f"best sentence {self.signals.sentence:.2f}",
            f"covers {self.signals.covered:.0%}, phrases {self.signals.phrases:.0%}",
            *(f"{name} {amount:+.2f}" for name, amount in self.signals.boosts),
        ]
        said = "".join(f"; {self._told(statement)}" for statement in self.statements)
        return f"score {self.score:.2f} = " + ", ".join(parts) + said

    def _told(self, statement: Statement) -> str:
        words = " ".join(
            self.passage.text[statement.start - self.passage.start :][: statement.end - statement.start].split()
        )
        short = words if len(words) <= _STATEMENT else f"{words[:_STATEMENT].rsplit(' ', 1)[0]} …"
        return f"{statement.speaker} ({statement.cue or 'quoted'}, {statement.kind.value}): {short}"


@dataclass(frozen=True, slots=True)
class Citation:
    """A checked quote: ``body[start:end] == quote``, and it maps back to the raw text by recorded edits alone.

    Quotes from one passage share a ``number``.
    """

    number: int
    collection: str
    article: ArticleSummary
    passage: Passage
    start: int
    end: int
    quote: str
    link: str | None
    speaker: str | None
    kind: StatementKind | None
    """None where nobody speaks but the article itself (narration)."""
    relayed: str | None = None
    also: tuple[ArticleSummary, ...] = ()
    """Other articles that print the same passage."""
    addressee: str | None = None
    """To whom it was said."""
    via: str | None = None
    """Who passed it on to the outlet, e.g. an agency."""
    occasion: str | None = None
    """On which occasion it was said, as printed in the same article."""


class Difference(StrEnum):
    """How a figure stands to the most precise one shown."""

    SAME = "same"  # the same number, by another claimant or of another day
    ROUNDED = "rounded"  # the same number, told less precisely
    LATER = "later"  # holds for a later day, or was printed later
    EARLIER = "earlier"
    OTHER_SCOPE = "other scope"  # counts something else, or in another unit
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure as it is shown: verbatim, with the quotes that it stands in."""

    figure: Figure
    printed: str
    """``body[figure.start:figure.end]`` of the article of the first citation."""
    citations: tuple[Citation, ...]
    """The quote that holds the figure, then quotes of other articles that print the same figure."""
    difference: Difference | None
    """None for the most precise figure, to which the others are compared."""


@dataclass(frozen=True, slots=True)
class ShownMoment:
    """When something is or was, as a quote prints it and as it was resolved."""

    moment: Moment
    printed: str
    """``body[moment.start:moment.end]`` of the citation's article."""
    citation: Citation


@dataclass(frozen=True, slots=True)
class Independence:
    """How many outlets print what an answer cites, and from how many origins they have it."""

    outlets: int
    origins: int
    """Texts that are no copies of each other; several outlets may print one agency's."""
    agencies: tuple[str, ...]
    """The agencies that the cited texts credit."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person gets: no claim without a number, no number without a citation."""

    question: str
    outcome: Outcome
    confidence: float
    """Estimated probability that the articles hold the answer."""
    reason: Reason | None
    text: str
    """Plain text with ``[1]``."""
    citations: tuple[Citation, ...] = ()
    hits: tuple[Hit, ...] = ()
    notes: tuple[str, ...] = ()
    """Sentences beside the answer, e.g. how many undated articles a dated question left out."""
    figures: tuple[ShownFigure, ...] = ()
    """Where a number is asked for: what each article prints, the most precise first."""
    moments: tuple[ShownMoment, ...] = ()
    """Where a day is asked for: the days that the quotes name."""
    independence: Independence | None = None
    """None where nothing is cited."""
    timings_ms: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a quote tells of, and when it was."""

    first: str
    """ISO date."""
    last: str
    """ISO date; the same for a single day."""
    citation: Citation
    moment: Moment | None
    """What in the quote names the day; None where only the day of publication is known."""
    printed: str | None
    """The moment as printed."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Events on a matter, oldest first."""

    question: str
    events: tuple[Event, ...] = ()
    undated: int = 0
    """Quotes on the matter that neither name a day nor stand in an article that bears one; not shown."""
    reason: Reason | None = None
    """Why there is nothing."""
    text: str = ""
    """The same in a sentence."""
    notes: tuple[str, ...] = ()
    """Sentences beside the events, as with an answer."""


def _rank(rank: int | None) -> str:
    return f" (#{rank})" if rank else ""
