"""Answers, articles and lists as lines for a terminal. Nothing here prints."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from rich.text import Text

from bot.render.lines import Line, one_line, shortened, visible
from bot.render.panels import Row, figure_rows, independence_sentence, moment_rows
from corpus.models import Article, Passage, PassageKind, StatementKind
from corpus.store.articles import ArticleSummary
from retrieval.models import Answer, Citation, Hit, Outcome

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_KIND_LABELS = {
    PassageKind.HEADLINE: "headline",
    PassageKind.SUBHEAD: "subhead",
    PassageKind.CAPTION: "photo caption",
    PassageKind.CREDIT: "credit",
    PassageKind.TEASER: "teaser",
}

_REPORTED = "Reported of"

_NEAR_MISSES = 3
_NEAR_MISS_CHARACTERS = 160

_GREY = "bright_black"


def answer_lines(answer: Answer, *, explain: bool = False, several: bool = False) -> list[Line]:
    """An answer or a decline; ``several`` names the collection of each source."""
    lines = _answered(answer, several) if answer.outcome is Outcome.ANSWERED else _declined(answer, several)
    if explain:
        lines += [Line(Text()), *explain_lines(answer.hits, several=several)]
    return lines


def explain_lines(hits: Sequence[Hit], *, several: bool = False) -> list[Line]:
    """Every passage that was found, and why it is where it is."""
    if not hits:
        return [Line(Text("Nothing was found.", style=_GREY))]
    lines = [Line(Text("Found:", style="bold"))]
    for hit in hits:
        source = _source(hit.article, hit.passage, hit.collection if several else None)
        lines.append(Line(Text.assemble((f"{hit.rank:2}. ", "bold cyan"), source)))
        lines.append(Line(Text(visible(hit.explain())), indent=4))
        lines.append(Line(Text(shortened(hit.passage.text, _NEAR_MISS_CHARACTERS), style=_GREY), indent=4))
        if hit.also:
            others = ", ".join(one_line(article.outlet or article.id) for _, article in hit.also)
            lines.append(Line(Text(f"the same text: {others}", style=_GREY), indent=4))
    return lines


def article_lines(article: Article, passages: Sequence[Passage]) -> list[Line]:
    """A whole article: what is known about it, then its numbered paragraphs."""
    lines = [Line(Text(one_line(article.title or article.id), style="bold"))]
    facts = (
        ("id", article.id, None),
        ("outlet", article.outlet, "outlet"),
        ("author", article.author, "author"),
        ("published", article.published_at, "published_at"),
        ("dateline", article.dateline, "dateline"),
        ("category", article.category, "category"),
        ("url", article.url, "url"),
    )
    for label, value, field in facts:
        if value:
            source = article.provenance.get(field) if field else None
            known_from = f" ({one_line(source)})" if source else ""
            lines.append(Line(Text.assemble((f"{label}: ", _GREY), one_line(value), (known_from, _GREY))))
    read = f" (from {one_line(article.origin)}, {article.ingested_at[:10]})"
    lines.append(Line(Text.assemble(("revision: ", _GREY), str(article.revision), (read, _GREY))))
    for passage in passages:
        number = Text.assemble((f"¶ {passage.ordinal}", "cyan"), (_kind_note(passage), _GREY))
        lines += [Line(Text()), Line(number)]
        lines += [Line(Text(visible(part)), indent=2) for part in passage.text.split("\n")]
    return lines


def source_list_lines(articles: Sequence[tuple[str, ArticleSummary]], *, several: bool = False) -> list[Line]:
    """A list of (collection, article), one article a line."""
    lines = []
    for collection, article in articles:
        text = Text.assemble((one_line(article.id), "cyan"))
        parts = [
            collection if several else None,
            day(article.published_at), article.outlet, article.title, f"{article.passages} ¶",
        ]  # fmt: skip
        for part in parts:
            if part:
                text.append(" · ", style=_GREY).append(one_line(part))
        lines.append(Line(text))
    return lines


def quotes_lines(names: Sequence[str], citations: Sequence[Citation], *, several: bool = False) -> list[Line]:
    """Everything on record of a speaker, by article."""
    groups: dict[tuple[str, str], list[Citation]] = {}
    for citation in citations:
        groups.setdefault((citation.collection, citation.article.id), []).append(citation)
    count = f"{_counted(len(citations), 'quote')} in {_counted(len(groups), 'article')}"
    lines = [Line(Text.assemble((one_line(" / ".join(names)), "bold"), f": {count}"))]
    for own in groups.values():
        lines += [Line(Text()), Line(_source(own[0].article, None, own[0].collection if several else None))]
        for citation in own:
            text = Text.assemble((f"¶ {citation.passage.ordinal}", "cyan"), _kind_note(citation.passage) + "  ")
            if citation.kind is not StatementKind.DIRECT:
                text.append("Reported: ", style="italic")
            text.append(f"“{one_line(citation.quote)}”")
            if citation.relayed:
                text.append(f" (relaying {one_line(citation.relayed)})", style=_GREY)
            lines.append(Line(text, indent=2))
    return lines


def speaker_lines(speakers: Sequence[tuple[str, int]]) -> list[Line]:
    """Everyone on record with the number of statements."""
    return [Line(Text.assemble(one_line(name), (f" · {count:,}", _GREY))) for name, count in speakers]


def source_lines(citations: Sequence[Citation], *, several: bool = False) -> list[Line]:
    """The numbered sources, each once."""
    lines: list[Line] = []
    shown: set[int] = set()
    for citation in citations:
        if citation.number not in shown:
            shown.add(citation.number)
            lines += _citation(citation, several)
    return lines


def day(published_at: str | None) -> str | None:
    """``2022-02-08T07:00:00Z`` as ``8 Feb 2022``; what is no date stays as it is."""
    if not published_at:
        return None
    try:
        date = datetime.date.fromisoformat(published_at[:10])
    except ValueError:
        return one_line(published_at)
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def _answered(answer: Answer, several: bool) -> list[Line]:
    lines = [Line(_styled(line, answer.citations), indent=2) for line in visible(answer.text).split("\n")]
    lines += _panel("Figures", figure_rows(answer.figures))
    lines += _panel("Days", moment_rows(answer.moments))
    lines += [Line(Text()), *source_lines(answer.citations, several=several)]
    independence = independence_sentence(answer.independence)
    if independence:
        lines.append(Line(Text(independence, style=_GREY)))
    return [*lines, *_notes(answer)]


def _panel(title: str, rows: Sequence[Row]) -> list[Line]:
    if not rows:
        return []
    width = max(len(row.printed) for row in rows)
    lines = [Line(Text()), Line(Text(title, style="bold"), indent=2)]
    for row in rows:
        numbers = " ".join(f"[{number}]" for number in row.numbers)
        text = Text.assemble(row.printed.ljust(width), "  ", (numbers, "bold cyan"))
        lines.append(Line(text.append(f"  {row.beside}" if row.beside else "", style=_GREY), indent=2))
    return lines


def _declined(answer: Answer, several: bool) -> list[Line]:
    lines = [Line(Text(line)) for line in visible(answer.text).split("\n")]
    near = answer.hits[:_NEAR_MISSES]
    if near:
        lines += [Line(Text()), Line(Text("Nearest passages (not an answer):", style=_GREY))]
    for hit in near:
        source = _source(hit.article, hit.passage, hit.collection if several else None)
        lines.append(Line(Text.assemble("- ", source)))
        lines.append(Line(Text(shortened(hit.passage.text, _NEAR_MISS_CHARACTERS), style=_GREY), indent=4))
    return lines + _notes(answer)


def _notes(answer: Answer) -> list[Line]:
    if not answer.notes:
        return []
    return [Line(Text()), *(Line(Text(f"Note: {visible(note)}")) for note in answer.notes)]


def _styled(line: str, citations: Sequence[Citation]) -> Text:
    """The speaker in bold, what is reported marked, the numbers coloured. The words stay as they are."""
    text = Text(line)
    for speaker in {citation.speaker for citation in citations if citation.speaker}:
        name = visible(speaker)
        if line.startswith(name):
            text.stylize("bold", 0, len(name))
    if line.startswith(_REPORTED):
        text.stylize("italic", 0, len(_REPORTED))
    for match in re.finditer(r"\[\d+\](?=$|[ ;,.…])", line):
        text.stylize("bold cyan", *match.span())
    return text


def _citation(citation: Citation, several: bool) -> list[Line]:
    source = _source(citation.article, citation.passage, citation.collection if several else None)
    lines = [Line(Text.assemble((f"[{citation.number}] ", "bold cyan"), source))]
    if citation.also:
        others = ", ".join(_named(other) for other in citation.also)
        lines.append(Line(Text(f"also printed by {others}", style=_GREY), indent=4))
    if citation.link:
        lines.append(Line(Text(one_line(citation.link), style=_GREY), indent=4, whole=True))
    return lines


def _source(article: ArticleSummary, passage: Passage | None, collection: str | None) -> Text:
    """*title or id*, outlet, day, ¶ n (kind)."""
    text = Text.assemble((one_line(article.title or article.id), "italic"))
    parts = [one_line(article.outlet) if article.outlet else None, day(article.published_at)]
    if passage is not None:
        parts.append(f"¶ {passage.ordinal}{_kind_note(passage)}")
    if collection is not None:
        parts.append(f"in {collection}")
    return text.append("".join(f", {part}" for part in parts if part))


def _kind_note(passage: Passage) -> str:
    label = _KIND_LABELS.get(passage.kind)
    return f" ({label})" if label else ""


def _named(article: ArticleSummary) -> str:
    return one_line(article.outlet or article.title or article.id)


def _counted(n: int, what: str) -> str:
    return f"{n:,} {what}{'' if n == 1 else 's'}"
