"""Where quotes are printed, as lines for Discord: numbered, with links that open at the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot import words
from bot.render.lines import shortened
from bot.render.markdown import escaped_line, masked_link, web_link
from bot.render.terminal import day
from corpus.models import Passage, PassageKind
from corpus.store.articles import ArticleSummary
from retrieval.models import Citation

_LONGEST_TITLE = 200
_LONGEST_NAME = 100
_BRIEF = 120
"""Characters of a title where a page could not hold more."""

_ALSO_NAMED = 8

_KINDS = {
    PassageKind.HEADLINE: "headline",
    PassageKind.SUBHEAD: "subhead",
    PassageKind.CAPTION: "photo caption",
    PassageKind.CREDIT: "credit",
    PassageKind.TEASER: "teaser",
}


def source_line(article: ArticleSummary, passage: Passage | None, link: str | None = None) -> str:
    """``[headline](link) · outlet · 8 Feb 2022 · ¶ 17``; the address of the article where there is no deep link."""
    title = shortened(article.title or article.id, _LONGEST_TITLE)
    parts = [masked_link(title, link if web_link(link) else article.url)]
    if article.outlet:
        parts.append(escaped_line(shortened(article.outlet, _LONGEST_NAME)))
    published = day(article.published_at)
    if published:
        parts.append(escaped_line(published))
    if passage is not None:
        parts.append(f"¶ {passage.ordinal}{kind_note(passage)}")
    return " · ".join(parts)


def numbered_sources(citations: Sequence[Citation]) -> str:
    """Numbered sources, each once, one line each."""
    lines = [f"**{words.SOURCES}**"]
    for first in in_order(citations):
        lines.append(f"**\\[{first.number}\\]** {source_line(first.article, first.passage, first.link)}")
        lines += also_printed(first)
    return "\n".join(lines)


def also_printed(citation: Citation) -> list[str]:
    """Who else prints it, in a line of small print."""
    named = list(dict.fromkeys(_named(other) for other in citation.also))
    outlets = ", ".join(named[:_ALSO_NAMED])
    if len(named) > _ALSO_NAMED:
        outlets += words.AND_MORE.format(count=len(named) - _ALSO_NAMED)
    return [f"-# {words.ALSO_PRINTED.format(outlets=outlets)}"] if named else []


def in_order(citations: Sequence[Citation]) -> list[Citation]:
    """The first citation of each number, by number."""
    unique = {citation.number: citation for citation in reversed(citations)}
    return [unique[number] for number in sorted(unique)]


def in_brief(citations: Sequence[Citation]) -> list[Citation]:
    """Without links and copies, in few words."""
    found = []
    for one in citations:
        article = one.article
        title = shortened(article.title or article.id, _BRIEF)
        outlet = shortened(article.outlet, _BRIEF) if article.outlet else None
        found.append(replace(one, link=None, also=(), article=replace(article, title=title, outlet=outlet, url=None)))
    return found


def kind_note(passage: Passage) -> str:
    """`` (photo caption)``; nothing for an ordinary paragraph."""
    label = _KINDS.get(passage.kind)
    return f" ({label})" if label else ""


def _named(article: ArticleSummary) -> str:
    return escaped_line(shortened(article.outlet or article.title or article.id, _BRIEF))
