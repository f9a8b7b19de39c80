"""What the texts were found to hold beside statements: figures, moments, fingerprints."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.models import Bound, Figure, Moment
from corpus.store.articles import batches


@dataclass(frozen=True, slots=True)
class ArticlePrint:
    """The fingerprint of a live article."""

    article_id: str
    signature: bytes
    agency: str | None


class KnowledgeRows:
    """Reads only."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def figures_in(self, passage_ids: Sequence[int]) -> dict[int, list[Figure]]:
        """For each passage the figures printed in it, in order."""
        found: dict[int, list[Figure]] = {i: [] for i in passage_ids}
        for marks, batch in batches(passage_ids):
            rows = self._db.execute(
                "SELECT passage, start, end, low, high, bound, unit, counted, as_of, claimant, claimant_start, "
                f"claimant_end FROM figures WHERE passage IN ({marks}) ORDER BY passage, start",
                batch,
            )
            for passage, start, end, low, high, bound, *rest in rows:
                found[passage].append(Figure(start, end, low, high, Bound(bound), *rest))
        return found

    def moments_in(self, passage_ids: Sequence[int]) -> dict[int, list[Moment]]:
        """For each passage the days and times it names, in order."""
        found: dict[int, list[Moment]] = {i: [] for i in passage_ids}
        for marks, batch in batches(passage_ids):
            rows = self._db.execute(
                "SELECT passage, start, end, first, last, resolved_from FROM moments "
                f"WHERE passage IN ({marks}) ORDER BY passage, start",
                batch,
            )
            for passage, *moment in rows:
                found[passage].append(Moment(*moment))
        return found

    def prints(self, article_ids: Sequence[str]) -> dict[str, ArticlePrint]:
        """The fingerprints of the articles named, as far as they have one."""
        found: dict[str, ArticlePrint] = {}
        for marks, batch in batches(article_ids):
            rows = self._db.execute(
                "SELECT a.id, f.signature, f.agency FROM fingerprints f JOIN articles a ON a.key = f.article "
                f"WHERE a.removed_at IS NULL AND a.id IN ({marks})",
                batch,
            )
            found.update((row[0], ArticlePrint(*row)) for row in rows)
        return found
