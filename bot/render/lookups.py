"""What is looked up, as pages for Discord: an article, the list of them, somebody's words, a check of quotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bot import words
from bot.jobs import Rechecked, Standing
from bot.render.card import kind_note, source_line
from bot.render.lines import shortened
from bot.render.markdown import escaped, escaped_line, masked_link
from bot.render.pages import PAGE_CHARACTERS, Page, Unit, paged
from bot.render.terminal import day
from corpus.models import Article, Passage, StatementKind
from corpus.store.articles import ArticleSummary
from retrieval.models import Citation

if TYPE_CHECKING:
    from bot.lookup_jobs import Holdings

ARTICLES_A_PAGE = 8
"""Fixed, so that a page of a long list is found without making those before it."""

_LINE = PAGE_CHARACTERS // (ARTICLES_A_PAGE + 1)
"""Characters of one article in a list; the head has the rest."""

_LONGEST_TITLE = 150
_LONGEST_FACT = 300


def short(text: str, limit: int = _LONGEST_TITLE) -> str:
    """Somebody's words on one line of ours, shortened and escaped."""
    return escaped_line(shortened(text, limit))


def article_pages(article: Article, passages: Sequence[Passage]) -> tuple[Page, ...]:
    """What is known of an article, then its numbered paragraphs. Where its file lay is the operator's business."""
    head = f"**{masked_link(shortened(article.title or article.id, _LONGEST_FACT), article.url)}**"
    units = [Unit(_facts(article))]
    units += [Unit(escaped(one.text), True, f"-# ¶ {one.ordinal}{kind_note(one)}") for one in passages]
    return paged([head], units)


def _facts(article: Article) -> str:
    facts = (
        (words.FACT_OUTLET, article.outlet, "outlet"),
        (words.FACT_AUTHOR, article.author, "author"),
        (words.FACT_PUBLISHED, day(article.published_at), "published_at"),
        (words.FACT_DATELINE, article.dateline, "dateline"),
        (words.FACT_CATEGORY, article.category, "category"),
        (words.FACT_ID, article.id, None),
    )
    lines = []
    for label, value, field in facts:
        if value:
            known_from = article.provenance.get(field) if field else None
            note = f" ({short(known_from)})" if known_from else ""
            lines.append(f"**{label}:** {short(value, _LONGEST_FACT)}{note}")
    revision = words.FACT_REVISION.format(revision=article.revision, day=day(article.ingested_at))
    return "\n".join([*lines, f"-# {revision}"])


def chosen(text: str | None, outlet: str | None, since: str | None, until: str | None) -> str | None:
    """What narrows a list, in words."""
    parts = (
        words.CHOSEN_TEXT.format(text=short(text)) if text else "",
        short(outlet) if outlet else "",
        words.CHOSEN_SINCE.format(day=day(since)) if since else "",
        words.CHOSEN_UNTIL.format(day=day(until)) if until else "",
    )
    return " · ".join(part for part in parts if part) or None


def list_page(part: Sequence[ArticleSummary], total: int, at: int, narrowed: str | None) -> Page:
    """One page of the list of articles, newest first."""
    first = at * ARTICLES_A_PAGE + 1
    head = f"**{words.LISTED.format(articles=counted(total, words.COUNTED_ARTICLES))}**" + (
        f"\n-# {narrowed}" if narrowed else ""
    )
    lines = [f"**{first + n}.** {_listed(article)}" for n, article in enumerate(part)]
    return Page((head, "\n".join(lines)))


def _listed(article: ArticleSummary) -> str:
    """Title with link, outlet, day, id; without the link, then shortened, where no list could hold it."""
    title = shortened(article.title or article.id, _LONGEST_TITLE)
    brief = replace(article, title=title, outlet=shortened(article.outlet, 60) if article.outlet else None)
    tail = f" · {article.passages:,} ¶" + (f"\n-# {short(article.id, 100)}" if article.id != article.url else "")
    line = source_line(brief, None) + tail
    return line if len(line) <= _LINE else _without_address(brief, tail)


def _without_address(article: ArticleSummary, tail: str) -> str:
    """The same without its address; an id or title made of marks alone, which escaping doubles, is cut."""
    line = source_line(replace(article, url=None), None) + tail
    if len(line) <= _LINE:
        return line
    return escaped_line(shortened(article.title or article.id, _LINE // 4))


def quotes_pages(names: Sequence[str], quotes: Sequence[Citation], about: str | None) -> tuple[Page, ...]:
    """Everything on record of a speaker, or what there is about something; reported speech is marked."""
    articles = {(quote.collection, quote.article.id) for quote in quotes}
    title = " / ".join(short(name) for name in names[:3])
    count = words.ON_RECORD.format(
        quotes=counted(len(quotes), words.COUNTED_QUOTES), articles=counted(len(articles), words.COUNTED_ARTICLES)
    )
    head = f"**{title}** · {count}"
    if about is not None:
        head += f"\n-# {words.ABOUT_TOPIC.format(about=short(about))}"
    return paged([head], [_quote(quote, several=len(names) > 1) for quote in quotes])


def _quote(quote: Citation, *, several: bool) -> Unit:
    lead = quote_source(quote)
    if several:
        lead = f"**{short(quote.speaker or '')}** · {lead}"
    if quote.kind is not StatementKind.DIRECT:
        reported = words.REPORTED if quote.kind is StatementKind.INDIRECT else words.PARTLY_QUOTED
        lead = f"*{reported}* · {lead}"
    if quote.relayed:
        lead += f" · {words.RELAYING.format(name=short(quote.relayed))}"
    return Unit(f"“{escaped(quote.quote)}”", True, lead)


def quote_source(quote: Citation) -> str:
    """Where a quote is printed, with the link that opens at it."""
    brief = replace(quote.article, title=shortened(quote.article.title or quote.article.id, _LONGEST_TITLE))
    return source_line(brief, quote.passage, quote.link)


def counted(number: int, forms: tuple[str, str]) -> str:
    """``1 article``, ``2,000 articles``."""
    return forms[number != 1].format(n=f"{number:,}")


def checked_pages(found: Sequence[Rechecked], asked_at: float) -> tuple[Page, ...]:
    """The quotes of an earlier answer as they stand today; what stands no more is named, not shown from memory."""
    counts = Counter(one.standing for one in found)
    told = ", ".join(f"{counts[each]:,} {words.STANDINGS[each.value]}" for each in Standing if counts[each])
    head = f"**{words.VERIFIED.format(counts=told)}**\n-# {words.VERIFIED_ASKED.format(time=int(asked_at))}"
    return paged([head], [_checked(one) for one in found])


def _checked(one: Rechecked) -> Unit:
    kept, citation = one.kept, one.citation
    number = f"**\\[{kept.number}\\]**"
    verdict = f"**{words.STANDINGS[one.standing.value]}** · {words.STANDING_SENTENCES[one.standing.value]}"
    if citation is None:
        parts = [short(kept.title or kept.article_id), short(kept.outlet or ""), short(day(kept.published_at) or "")]
        return Unit(verdict, False, f"{number} {' · '.join(part for part in parts if part)}")
    lead = f"{number} {quote_source(citation)}\n{verdict}"
    speaker = f"**{short(kept.speaker)}**: " if kept.speaker else ""
    return Unit(f"{speaker}“{escaped(citation.quote)}”", True, lead)


def holdings_page(found: Holdings, version: str) -> Page:
    """What there is to ask, and who reads it."""
    lines = [words.ABOUT_NOTHING]
    if found.articles:
        lines = [
            words.ABOUT_HOLDS.format(
                articles=counted(found.articles, words.COUNTED_ARTICLES), outlets=f"{found.outlets:,}",
                speakers=f"{found.speakers:,}", passages=f"{found.passages:,}",
            )
        ]  # fmt: skip
    if found.first_date:
        first, last = short(day(found.first_date) or ""), short(day(found.last_date) or "")
        lines.append(words.ABOUT_DATES.format(first=first, last=last))
    if found.samples:
        lines.append(words.ABOUT_SAMPLES)
    if found.own:
        lines.append(words.ABOUT_OWN.format(articles=counted(found.own, words.COUNTED_ARTICLES)))
    made = words.ABOUT_MODEL.format(version=escaped_line(version), model=short(found.model))
    return Page((f"**Dateline**\n{words.ABOUT_WHAT}", "\n".join(lines), f"-# {made}"))


def help_page(commands: Sequence[tuple[str, str]], menus: Sequence[str]) -> Page:
    """``commands``: (name, description); ``menus``: names of what can be done with a message."""
    listed = "\n".join(f"`/{name}` {description}" for name, description in commands)
    sections = [words.HELP_ASKING, f"{words.HELP_COMMANDS}\n{listed}"]
    if menus:
        sections.append("\n".join([words.HELP_MENUS, *(f"- {name}" for name in menus)]))
    return Page((*sections, words.HELP_FOLLOWING))
