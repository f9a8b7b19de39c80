"""What the worker does with a server's own collection: take an article out, remove all of it.

Adding is done elsewhere (``shelving.py``): it takes minutes, and the worker has questions to answer.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot import words
from bot.errors import UsageError
from bot.jobs import Job
from bot.visibility import is_of_guild
from bot.wiring import collection_folder
from corpus.store.articles import ArticleSummary
from retrieval.errors import IngestBusyError

if TYPE_CHECKING:
    from bot.desk import Desk


def article_value(article_id: str) -> str:
    """How an article is named in a list to choose from, which takes 100 characters; ids may be whole addresses."""
    return article_id if len(article_id) <= 100 else f"#{hashlib.sha256(article_id.encode()).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class RemoveJob(Job["str | None"]):
    """Take one article out of a server's own collection; its title, None where there is no such article."""

    collection: str
    wanted: str
    """An id, the short form of one, or a title that only one article bears."""

    def run(self, desk: Desk) -> str | None:
        """See :class:`Job`."""
        store = desk.reading((self.collection,)).stores.get(self.collection)
        if store is None or not is_of_guild(self.collection):
            return None
        found = _chosen(store.articles.listed(), self.wanted.strip())
        if found is None:
            return None
        try:
            desk.wiring.remove(self.collection, [found.id])
        except IngestBusyError as error:
            raise UsageError(words.SHELF_IN_USE) from error
        return found.title or found.id


@dataclass(frozen=True, slots=True)
class PurgeJob(Job[bool]):
    """Remove a server's collection as a whole; whether there was one."""

    collection: str

    def run(self, desk: Desk) -> bool:
        """See :class:`Job`."""
        assert is_of_guild(self.collection), "no other collection is ever removed by the bot"
        folder = collection_folder(desk.settings.home, self.collection)
        desk.forget(self.collection)
        there = folder.exists()
        if there:
            shutil.rmtree(folder)
        return there


def _chosen(articles: list[ArticleSummary], wanted: str) -> ArticleSummary | None:
    for article in articles:
        if wanted in (article.id, article_value(article.id)):
            return article
    titled = [article for article in articles if (article.title or "").casefold() == wanted.casefold()]
    return titled[0] if len(titled) == 1 else None
