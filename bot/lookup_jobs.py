"""Looking up, as jobs for the worker: an article, the list of them, somebody's words, what there is at all.

Pages are made where the articles are read: a long list is neither carried to the event loop nor rendered in it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self

from bot import lookups, words
from bot.errors import UsageError
from bot.jobs import Job
from bot.render import lookups as shown
from bot.render.markdown import escaped_line
from bot.render.pages import Page
from corpus.errors import ArticleNotFoundError
from corpus.models import StatementKind
from corpus.store import Filters, Store
from corpus.store.filters import folded
from retrieval.asking import Options

if TYPE_CHECKING:
    from bot.desk import Desk

_NAMED = 5
"""Articles or people that are named where what was typed fits several."""


class Kind(StrEnum):
    """What can be looked up."""

    SOURCE = "source"  # one article
    SOURCES = "sources"  # the list of articles
    QUOTES = "quotes"  # somebody's words


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks up; kept with its pages so that they can be turned."""

    kind: Kind
    text: str | None = None
    """An article's id or title, part of one, or a speaker; None lists everything."""
    about: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    exact: bool = False
    """``text`` is the id of an article that was found before."""

    def as_json(self) -> str:
        """As a column of the record."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """From a column of the record."""
        row: dict[str, Any] = json.loads(text)
        return cls(**{**row, "kind": Kind(row["kind"])})


@dataclass(frozen=True, slots=True)
class LookedUp:
    """One page of what was found, or the sentence that says why there is none."""

    page: Page | None = None
    at: int = 0
    pages: int = 0
    wanted: Wanted | None = None
    """What was found, to be asked for again: the id in place of the words that led to it."""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class LookUpJob(Job[LookedUp]):
    """One page of a look-up, from the articles as they are now."""

    collections: tuple[str, ...]
    wanted: Wanted
    at: int = 0
    outlets: tuple[str, ...] = ()
    """Those that are set for the channel; all where it is empty. An article that is named is shown all the same."""

    def run(self, desk: Desk) -> LookedUp:
        """See :class:`Job`."""
        if self.wanted.kind is Kind.SOURCE:
            return self._source(desk)
        if self.wanted.kind is Kind.QUOTES:
            return self._quotes(desk)
        stores = list(desk.reading(self.collections).stores.values())
        wanted = self.wanted
        filters = Filters(self._admitted(), wanted.since, wanted.until)
        found = [article for _, article in lookups.sources(stores, filters, wanted.text)]
        if not found:
            return LookedUp(sentence=words.NO_ARTICLES)
        # Each collection comes with its newest first; together they are one list.
        found.sort(key=lambda article: article.published_at or "", reverse=True)
        pages = -(-len(found) // shown.ARTICLES_A_PAGE)
        at = min(self.at, pages - 1)
        part = found[at * shown.ARTICLES_A_PAGE :][: shown.ARTICLES_A_PAGE]
        chosen = shown.chosen(wanted.text, wanted.outlet, wanted.since, wanted.until)
        return LookedUp(shown.list_page(part, len(found), at, chosen), at, pages, wanted)

    def _admitted(self) -> tuple[str, ...]:
        if self.wanted.outlet is None:
            return self.outlets
        if self.outlets and folded(self.wanted.outlet) not in {folded(outlet) for outlet in self.outlets}:
            raise UsageError(words.OUTLET_NOT_HERE)
        return (self.wanted.outlet,)

    def _source(self, desk: Desk) -> LookedUp:
        stores = list(desk.reading(self.collections).stores.values())
        asked = self.wanted.text or ""
        try:
            article, passages = lookups.article(stores, asked)
        except ArticleNotFoundError:
            if self.wanted.exact or any(store.articles.fate(asked) for store in stores):
                return LookedUp(sentence=words.GONE)
            found = _articles_named(asked, stores)
            if len(found) != 1:
                return LookedUp(sentence=_which([label for _, label in found]))
            article, passages = lookups.article(stores, found[0][0])
        wanted = replace(self.wanted, text=article.id, exact=True)
        return self._turned(shown.article_pages(article, passages), wanted)

    def _quotes(self, desk: Desk) -> LookedUp:
        reading = desk.reading(self.collections)
        stores, speaker, about = list(reading.stores.values()), self.wanted.text or "", self.wanted.about
        if about is None:
            record = lookups.record(stores, speaker, Filters(self.outlets))
        else:
            options = Options(speaker=speaker, outlets=self.outlets, top_k=desk.settings.top_k)
            record = lookups.record_about(reading.asker, stores, speaker, about, options)
        if not record.names:
            near = [escaped_line(name) for name in lookups.alike(stores, speaker)]
            hint = words.NOBODY_NEAR.format(names=" · ".join(near)) if near else words.NOBODY_HINT
            return LookedUp(sentence=f"{words.NOBODY.format(speaker=shown.short(speaker))} {hint}")
        if not record.quotes:
            return LookedUp(sentence=escaped_line(record.sentence or words.NO_ARTICLES))
        # What somebody said comes before what is reported of it; otherwise the order stays.
        ranks = {StatementKind.DIRECT: 0, StatementKind.MIXED: 1}
        quotes = sorted(record.quotes, key=lambda quote: ranks.get(quote.kind, 2) if quote.kind else 2)
        return self._turned(shown.quotes_pages(record.names, quotes, about), self.wanted)

    def _turned(self, pages: Sequence[Page], wanted: Wanted) -> LookedUp:
        at = min(self.at, len(pages) - 1)
        return LookedUp(pages[at], at, len(pages), wanted)


def _articles_named(text: str, stores: Sequence[Store]) -> list[tuple[str, str]]:
    """(id, title or id) of the articles that words mean: those of that very title, else those with them in it."""
    if not text:
        return []
    found = dict.fromkeys(
        (article.id, article.title or article.id) for _, article in lookups.sources(stores, Filters(), text)
    )
    same = [one for one in found if folded(one[1]) == folded(text)]
    return same or list(found)


def _which(labels: Sequence[str]) -> str:
    if not labels:
        return words.NO_SUCH_ARTICLE
    named = "\n".join(f"- {shown.short(label)}" for label in labels[:_NAMED])
    return f"{words.SEVERAL_ARTICLES}\n{named}"


@dataclass(frozen=True, slots=True)
class Holdings:
    """What there is to ask."""

    articles: int
    own: int
    """Of these, how many are seen in this server alone."""
    passages: int
    outlets: int
    speakers: int
    first_date: str | None
    last_date: str | None
    samples: bool
    """Whether these are the sample articles, for want of others."""
    model: str


@dataclass(frozen=True, slots=True)
class HoldingsJob(Job[Holdings]):
    """How much the collections hold, and who reads it."""

    collections: tuple[str, ...]

    def run(self, desk: Desk) -> Holdings:
        """See :class:`Job`."""
        library = desk.reading(self.collections).library
        sizes = {store.collection: store.articles.size() for store in library.stores}
        days = [day for size in sizes.values() for day in (size.first_date, size.last_date) if day]
        return Holdings(
            articles=sum(size.articles for size in sizes.values()),
            own=sum(sizes[name].articles for name in self.collections[1:] if name in sizes),
            passages=sum(size.passages for size in sizes.values()),
            outlets=len({outlet for store in library.stores for outlet in store.articles.outlets()}),
            speakers=len(lookups.speakers(library.stores)),
            first_date=min(days, default=None),
            last_date=max(days, default=None),
            samples=library.samples,
            model=_model(desk.settings.model),
        )


def _model(name: str) -> str:
    """The model's name; of a folder the last part, since the operator's folders are nobody's business."""
    parts = [part for part in name.replace("\\", "/").split("/") if part]
    # "publisher/model" is a name in itself; anything else with a slash is a folder.
    folder = name.startswith(("/", ".", "~")) or "\\" in name or len(parts) > 2
    return parts[-1] if folder and parts else name
