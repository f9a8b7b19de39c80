"""Which stored passages hold the judged evidence.

Judged are words and articles, never passages: however an article is split, its judgements stay true.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.models import Passage
from corpus.store import Store
from retrieval.evaluation.dataset import Evidence, JudgedQuestion, Problem, named
from retrieval.models import Hit

_MARKS = re.compile(r"[“”„«»\"‘’'`]")

Unit = tuple[str, str, int | None]
"""What can be found: (collection, article, passage), or with None the whole article."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The evidence of one question in terms of what is stored."""

    evidence: tuple[frozenset[Unit], ...]
    """For each evidence of the question where it stands; empty where it stands nowhere."""

    def grades(self, question: JudgedQuestion) -> dict[Unit, int]:
        """Each relevant unit with its grade."""
        found: dict[Unit, int] = {}
        for item, units in zip(question.evidence, self.evidence, strict=True):
            for unit in units:
                found[unit] = max(item.grade, found.get(unit, 0))
        return found

    def nowhere(self, question: JudgedQuestion) -> list[Evidence]:
        """The evidence that stands in none of the articles."""
        return [item for item, units in zip(question.evidence, self.evidence, strict=True) if not units]


def plain(text: str) -> str:
    """The text as evidence is compared: white space, quote marks and capitals made the same."""
    text = unicodedata.normalize("NFC", text)
    return " ".join(_MARKS.sub("'", text).split()).lower()


def units_of(hit: Hit) -> frozenset[Unit]:
    """What a hit brings, copies that were folded into it included."""
    own = [(hit.passage, hit.article), *hit.also]
    return frozenset(
        unit
        for passage, article in own
        for unit in ((hit.collection, article.id, passage.id), (hit.collection, article.id, None))
    )


class Judge:
    """Looks evidence up in the stored passages."""

    def __init__(self, stores: Iterable[Store]) -> None:
        self._articles: dict[str, list[_Printed]] = {}
        for store in stores:
            with store.snapshot():
                for article in store.articles.listed():
                    passages = store.articles.passages(article.id, article.revision)
                    printed = _Printed(store.collection, article.id, passages)
                    self._articles.setdefault(article.id, []).append(printed)

    def judge(self, question: JudgedQuestion) -> Judged:
        """Where each evidence of a question stands."""
        return Judged(tuple(frozenset(self._units(item)) for item in question.evidence))

    def _units(self, evidence: Evidence) -> Iterator[Unit]:
        if evidence.article_id is None:
            among = [printed for own in self._articles.values() for printed in own]
        else:
            among = self._articles.get(evidence.article_id, [])
        if evidence.text is None:
            yield from ((printed.collection, printed.article_id, None) for printed in among)
            return
        wanted = plain(evidence.text)
        for printed in among:
            for passage_id in printed.holding(wanted):
                yield printed.collection, printed.article_id, passage_id

    def problems(self, questions: Sequence[JudgedQuestion], judged: dict[str, Judged]) -> list[Problem]:
        """Evidence that is in none of the articles, and articles that are not there."""
        found = []
        strangers: dict[str, list[str]] = {}
        for question in questions:
            for item in judged[question.id].nowhere(question):
                if item.article_id is not None and item.article_id not in self._articles:
                    strangers.setdefault(item.article_id, []).append(question.id)
                else:
                    where = f"in {item.article_id!r}" if item.article_id is not None else "in any article"
                    sentence = f"Question {question.id!r}: its evidence “{_short(item.text or '')}” stands not {where}."
                    found.append(Problem("evidence_nowhere", sentence))
        missing = [
            Problem("unknown_document", f"There is no article {article_id!r}, which judgements of {named(ids)} name.")
            for article_id, ids in strangers.items()
        ]
        return missing + found


class _Printed:
    """One article's passages, ready to be searched."""

    def __init__(self, collection: str, article_id: str, passages: Sequence[Passage]) -> None:
        self.collection = collection
        self.article_id = article_id
        self._passages = [(passage.id, plain(passage.text)) for passage in passages]
        self._whole = " ".join(text for _, text in self._passages)

    def holding(self, wanted: str) -> list[int]:
        """The passages that hold the words; where they run over several, each that holds a part."""
        at = self._whole.find(wanted)
        if at < 0 or not wanted:
            return []
        whole = [passage_id for passage_id, text in self._passages if wanted in text]
        if whole:
            return whole
        parts, start = [], 0
        for passage_id, text in self._passages:
            if text and start < at + len(wanted) and at < start + len(text):
                parts.append(passage_id)
            start += len(text) + 1
        return parts


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:60] + "…"
