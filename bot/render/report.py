"""An evaluation as one page that needs nothing but itself, and as one object a question.

What articles, questions and data sets say is other people's text: every word of it is escaped.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Any

from bot.render.figures import NAMES, declining_rows, headline, interval
from bot.render.json import citation_object
from bot.render.lines import one_line, shortened, visible
from bot.render.terminal import day
from corpus.models import Passage, StatementKind
from corpus.store.articles import ArticleSummary
from retrieval.evaluation.comparison import TEST, Comparison
from retrieval.evaluation.evaluation import LOOKED_DOWN, Evaluation, Row
from retrieval.evaluation.measures import DEPTH, MEASURES, MISSES
from retrieval.evaluation.record import row_object
from retrieval.evaluation.statistics import Figure
from retrieval.models import Citation, Hit, Outcome

_SHOWN_HITS = 3
"""Hits a miss is shown with, beside those that bring evidence."""

_TEXT = 280
"""Characters of a passage."""

_KINDS = {StatementKind.DIRECT: "direct", StatementKind.INDIRECT: "reported", StatementKind.MIXED: "partly direct"}
_RETRIEVERS = {"lexical": "words", "dense": "meaning"}

_TAGS = {
    "answered": "should be declined",
    "failed": "failed",
    "declined": "declined",
    "not_found": "not found",
    "other_words": "other words",
    "other_speaker": "other speaker",
    "not_first": "not first",
}
"""What is wrong, in a word or two."""


def report_rows(evaluation: Evaluation) -> Iterator[dict[str, Any]]:
    """Every question with what was judged, shown and found; ``missed`` is empty where all is well."""
    for row in evaluation.rows:
        found = row.ranked
        yield {
            **row_object(row),
            "question": row.question.text,
            "speaker": row.question.speaker,
            "answers": list(row.question.answers),
            "evidence": [
                {
                    "text": item.text,
                    "article_id": item.article_id,
                    "rank": found.evidence_ranks[n] if found else None,
                    "nowhere": found.nowhere[n] if found else None,
                }
                for n, item in enumerate(row.question.evidence)
            ],
            "text": row.answer.text,
            "citations": [citation_object(citation) for citation in row.answer.citations],
            "hits": [
                {
                    "rank": hit.rank,
                    "article_id": hit.article.id,
                    "title": hit.article.title,
                    "paragraph": hit.passage.ordinal,
                    "text": hit.passage.text,
                    "evidence": hit.rank in _evidence_ranks(row),
                    "score": round(hit.score, 4),
                    "ranks": dict(hit.ranks),
                    "explain": hit.explain(),
                    "also": [article.id for _, article in hit.also],
                }
                for hit in row.answer.hits
            ],
        }


def report_page(evaluation: Evaluation, comparison: Comparison | None = None, compared_with: str = "") -> str:
    """The whole page."""
    title = f"Dateline on {one_line(evaluation.dataset)}"
    sections = [(name, [row for row in evaluation.rows if row.missed[:1] == (name,)]) for name in MISSES]
    body = [
        f"<header><h1>{_text(title)}</h1><p>{_text(headline(evaluation))}</p></header>",
        _cards(evaluation),
        _figures(evaluation),
        _declining(evaluation),
        *([_comparison(comparison, compared_with)] if comparison else []),
        *([_problems(evaluation)] if evaluation.problems else []),
        _contents(sections, len(evaluation.rows)),
        *(_section(name, rows) for name, rows in sections if rows),
        f"<footer>{_text(_HOW)}</footer>",
    ]
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        # Nothing is loaded and nothing runs, whatever a text may hold.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{_text(title)}</title>\n<style>{_style()}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(body)
        + "\n</main>\n</body>\n</html>\n"
    )


# Figures


def _cards(evaluation: Evaluation) -> str:
    found = evaluation.abstention
    shown: list[tuple[str, Figure | None]] = [
        (NAMES[name], evaluation.figures.get(name))
        for name in ("success@1", "mrr@10", "evidence_recall@10", "answer_hit", "speaker")
    ]
    shown += [
        ("Answerable, declined", found.answerable_declined),
        ("Unanswerable, declined", found.unanswerable_declined),
    ]
    cards = [
        f"<li><b>{figure.value:.1%}</b><span>{_text(name)}</span>"
        f"<small>{figure.low:.1%} to {figure.high:.1%}</small></li>"
        for name, figure in shown
        if figure is not None
    ]
    return f'<ul class="cards">{"".join(cards)}</ul>'


def _figures(evaluation: Evaluation) -> str:
    kinds = list(evaluation.kinds)
    head = "".join(f'<th scope="col">{_text(kind)}</th>' for kind in ("all", "95 %", *kinds))
    counts = [sum(row.question.kind == kind for row in evaluation.rows) for kind in kinds]
    rows = [_row("Questions", [str(len(evaluation.rows)), "", *map(str, counts)])]
    for measure in MEASURES:
        if measure in evaluation.figures:
            figure = evaluation.figures[measure]
            by_kind = [evaluation.kinds[kind].get(measure) for kind in kinds]
            cells = ["–" if one is None else f"{one.value:.3f}" for one in by_kind]
            rows.append(_row(NAMES[measure], [f"{figure.value:.3f}", interval(figure), *cells]))
    return (
        '<section><h2>Figures</h2><div class="wide"><table><thead><tr><td></td>'
        f"{head}</tr></thead><tbody>{''.join(rows)}</tbody></table></div></section>"
    )


def _declining(evaluation: Evaluation) -> str:
    threshold = evaluation.abstention.threshold
    at = "" if threshold is None else f" below a confidence of {threshold:g}"
    rows = "".join(_row(name, cells) for name, *cells in declining_rows(evaluation))
    curve = _curve(evaluation) if evaluation.abstention.unanswerable_declined is not None else ""
    return (
        f"<section><h2>Declining{_text(at)}</h2>{curve}"
        f'<div class="wide"><table><thead><tr><td></td><th scope="col">all</th><th scope="col">95 %</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div></section>"
    )


def _curve(evaluation: Evaluation) -> str:
    """Risk over coverage as a drawing."""
    left, top, width, height = 56, 14, 560, 240
    points = [(coverage, risk) for _, coverage, risk in evaluation.abstention.curve]
    answered = sum(row.answered for row in evaluation.rows)
    wrong = sum(row.answered and not row.question.answerable for row in evaluation.rows)
    here = (answered / len(evaluation.rows), wrong / answered) if answered else None
    most = max([risk for _, risk in points] + [here[1] if here else 0.0, 0.05])
    step = next(step for step in (0.02, 0.05, 0.1, 0.2, 0.25) if most <= 4 * step or step == 0.25)
    ceiling = step * 4

    def at(coverage: float, risk: float) -> str:
        return f"{left + coverage * width:.1f},{top + height - risk / ceiling * height:.1f}"

    said = "Risk–coverage curve. " + (
        f"At the shipped setting {here[0]:.0%} of the questions are answered, and {here[1]:.1%} of these have no "
        f"answer in the articles. " if here else "At the shipped setting nothing is answered. "
    ) + (f"Were all answered, it would be {points[-1][1]:.1%}." if points else "")  # fmt: skip
    parts = []
    for n in range(5):
        y = top + height - n * height / 4
        parts.append(f'<line class="grid" x1="{left}" y1="{y:.1f}" x2="{left + width}" y2="{y:.1f}"/>')
        parts.append(f'<text class="tick" x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{n * step:.0%}</text>')
        x = left + n * width / 4
        parts.append(f'<text class="tick" x="{x:.1f}" y="{top + height + 18}" text-anchor="middle">{n * 25}%</text>')
    parts.append(f'<polyline class="curve" points="{" ".join(at(*point) for point in points)}"/>')
    if here:
        here_x, here_y = at(*here).split(",")
        parts.append(f'<circle class="here" cx="{here_x}" cy="{here_y}" r="5"/>')
        end = here[0] > 0.7
        parts.append(
            f'<text class="label" x="{float(here_x) + (-10 if end else 10):.1f}" y="{float(here_y) - 10:.1f}" '
            f'text-anchor="{"end" if end else "start"}">as shipped: {here[1]:.1%} at {here[0]:.0%}</text>'
        )
    parts.append(
        f'<text class="tick" x="{left + width / 2}" y="{top + height + 38}" text-anchor="middle">'
        "questions answered, most confident first</text>"
    )
    return (
        f'<figure><svg viewBox="0 0 640 300" role="img" aria-labelledby="curve-said">'
        f'<title id="curve-said">{_text(said)}</title>{"".join(parts)}</svg>'
        f"<figcaption>Share of the answered questions that the articles cannot answer. {_text(said)}</figcaption>"
        "</figure>"
    )


def _comparison(comparison: Comparison, compared_with: str) -> str:
    rows = []
    for measure, found in comparison.differences.items():
        won, lost = comparison.won(measure), comparison.lost(measure)
        rows.append(
            _row(
                NAMES[measure],
                [
                    f"{found.old:.3f}", f"{found.new:.3f}", f"{found.new - found.old:+.3f}",
                    f"[{found.low:+.3f}, {found.high:+.3f}]", "" if found.p is None else f"{found.p:.4f}",
                    *(["", ""] if found.p is None else [str(len(won)), str(len(lost))]), "real" if found.real else "",
                ],
                strong=found.real,
            )
        )  # fmt: skip
    head = "".join(f'<th scope="col">{name}</th>' for name in ("old", "new", "change", "95 %", "p", "won", "lost", ""))
    return (
        f"<section><h2>Compared with {_text(compared_with)}</h2>"
        f"<p>{comparison.questions:,} questions in both. Real: p below 0.05; {_text(TEST)}.</p>"
        f'<div class="wide"><table><thead><tr><td></td>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'
        "</section>"
    )


def _problems(evaluation: Evaluation) -> str:
    items = "".join(f"<li>{_text(problem.sentence)}</li>" for problem in evaluation.problems)
    return (
        f'<section><details class="problems"><summary>{len(evaluation.problems):,} notes on the set</summary>'
        f"<ul>{items}</ul></details></section>"
    )


def _row(name: str, cells: Sequence[str], *, strong: bool = False) -> str:
    marked = ' class="strong"' if strong else ""
    return f'<tr{marked}><th scope="row">{_text(name)}</th>{"".join(f"<td>{_text(cell)}</td>" for cell in cells)}</tr>'


# Misses


def _contents(sections: Sequence[tuple[str, Sequence[Row]]], questions: int) -> str:
    items = "".join(
        f'<li><a href="#{name}">{_text(MISSES[name])}</a> <span>{len(rows):,}</span></li>'
        for name, rows in sections
        if rows
    )
    well = questions - sum(len(rows) for _, rows in sections)
    return (
        f"<section><h2>Misses</h2><p>With {well:,} of {questions:,} questions all is well. Each of the others stands "
        f'under the gravest that is wrong with it.</p><ol class="contents">{items}</ol></section>'
    )


def _section(name: str, rows: Sequence[Row]) -> str:
    return (
        f'<section id="{name}"><h2>{_text(MISSES[name])} <span class="count">{len(rows):,}</span></h2>'
        f"{''.join(map(_miss, rows))}</section>"
    )


def _miss(row: Row) -> str:
    tags = "".join(f'<span class="tag">{_TAGS[name]}</span>' for name in row.missed[1:])
    asked = f"{_text(row.question.text)}"
    meta = f"{row.question.id} · {row.question.kind} · confidence {row.answer.confidence:.2f}"
    return (
        f'<details class="miss"><summary><span class="asked">{asked}</span>{tags}'
        f"<small>{_text(meta)}</small></summary>"
        f'<div class="columns"><div><h3>Judged</h3>{_judged(row)}</div><div><h3>Shown</h3>{_shown(row)}</div></div>'
        f"<h3>Found</h3>{_found(row)}</details>"
    )


def _judged(row: Row) -> str:
    if not row.question.answerable:
        return "<p>The articles do not say.</p>"
    parts = []
    if row.question.speaker:
        parts.append(f"<p>Speaker: {_text(row.question.speaker)}</p>")
    if row.question.answers:
        parts.append(f"<p>Answer: {_text(' / '.join(row.question.answers))}</p>")
    items = []
    hits = {hit.rank: hit for hit in row.answer.hits}
    for n, item in enumerate(row.question.evidence):
        said = f"“{_text(item.text)}”" if item.text is not None else "the whole article"
        source = f" <small>{_text(item.article_id)}</small>" if item.article_id else ""
        items.append(f'<li>{said}{source}<br><small class="where">{_text(_where(row, n, hits))}</small></li>')
    return "".join(parts) + (f"<ul>{''.join(items)}</ul>" if items else "")


def _where(row: Row, n: int, hits: dict[int, Hit]) -> str:
    if row.ranked is None:
        return ""
    rank = row.ranked.evidence_ranks[n]
    if rank is not None:
        return f"hit {rank}; {_retriever_ranks(hits[rank])}" if rank in hits else f"hit {rank}"
    if row.ranked.nowhere[n]:
        return "stands in none of the articles"
    return f"not among the first {LOOKED_DOWN}"


def _shown(row: Row) -> str:
    if row.answer.outcome is not Outcome.ANSWERED:
        return f'<p class="declined">{_text(row.answer.text)}</p>'
    return f'<ol class="quotes">{"".join(map(_quote, row.answer.citations))}</ol>'


def _quote(citation: Citation) -> str:
    speaker = f"<b>{_text(citation.speaker)}</b> " if citation.speaker else ""
    kind = f"<i>{_KINDS[citation.kind]}</i> " if citation.kind in _KINDS else ""
    source = _source(citation.article, citation.passage)
    return f"<li>{speaker}{kind}“{_text(citation.quote)}”<br><small>{source}</small></li>"


def _found(row: Row) -> str:
    evidence = _evidence_ranks(row)
    shown = [hit for hit in row.answer.hits if hit.rank <= _SHOWN_HITS or hit.rank in evidence]
    if not shown:
        return "<p>Nothing.</p>"
    return f'<ol class="hits">{"".join(_hit(hit, hit.rank in evidence) for hit in shown)}</ol>'


def _hit(hit: Hit, evidence: bool) -> str:
    mark = '<span class="tag good">judged evidence</span>' if evidence else ""
    also = ", ".join(one_line(article.outlet or article.id) for _, article in hit.also)
    copies = f"<br><small>the same text: {_text(also)}</small>" if also else ""
    return (
        f'<li value="{hit.rank}"{" class=good" if evidence else ""}>{_source(hit.article, hit.passage)} {mark}'
        f"<br>{_text(shortened(hit.passage.text, _TEXT))}{copies}"
        f"<br><small>{_text(_retriever_ranks(hit))}; {_text(hit.explain())}</small></li>"
    )


def _evidence_ranks(row: Row) -> set[int]:
    if row.ranked is None:
        return set()
    return {*row.ranked.ranks, *(rank for rank in row.ranked.evidence_ranks if rank is not None)}


def _retriever_ranks(hit: Hit) -> str:
    return ", ".join(
        f"{label} #{hit.ranks[name]}" if name in hit.ranks else f"{label} –" for name, label in _RETRIEVERS.items()
    )


def _source(article: ArticleSummary, passage: Passage) -> str:
    parts = [article.outlet, day(article.published_at), f"¶ {passage.ordinal}"]
    return f"<cite>{_text(article.title or article.id)}</cite>" + "".join(f", {_text(part)}" for part in parts if part)


def _style() -> str:
    return files("bot.render").joinpath("report.css").read_text("utf-8")


def _text(text: str) -> str:
    return html.escape(visible(text))


_HOW = (
    f"Ranking is measured on the first {DEPTH} hits of all answerable questions, declined ones too, by ir-measures; a "
    "question without hits counts 0. Copies that were folded into one hit count where it stands. Intervals: 95 %, "
    "bootstrap over questions, fixed seed. Answer hit: half of an evidence's words stand in the first three quotes "
    "shown (400 characters each), or, where only answers are given, one of them stands there. Success@k: judged "
    "evidence among the first k hits."
)
