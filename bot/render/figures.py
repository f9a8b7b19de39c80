"""The figures of an evaluation, and what changed since another, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from bot.render.lines import Line, one_line
from retrieval.evaluation.comparison import TEST, Changed, Comparison
from retrieval.evaluation.evaluation import Evaluation
from retrieval.evaluation.measures import BRIER, MEASURES
from retrieval.evaluation.statistics import Figure

_GREY = "grey62"
_CHANGED = 20
"""Changed questions that are listed before the rest is only counted."""

NAMES = {
    "success@1": "Success@1",
    "success@3": "Success@3",
    "success@4": "Success@4",
    "success@10": "Success@10",
    "mrr@10": "MRR@10",
    "ndcg@10": "nDCG@10",
    "map@10": "MAP@10",
    "evidence_recall@10": "Evidence recall@10",
    "answer_hit": "Answer hit",
    "speaker": "Speaker",
    "declining_right": "Rightly answered or declined",
    "brier": "Brier score",
    "auroc": "AUROC",
    "aurc": "Area under the risk",
    "answerable_declined": "Answerable, declined",
    "unanswerable_declined": "Unanswerable, declined",
}
"""Figures as a person reads them."""


def evaluation_lines(evaluation: Evaluation) -> list[Line]:
    """A table of all figures, by kind of question."""
    kinds = list(evaluation.kinds)
    head = ["", "all", "95 %", *(one_line(kind) for kind in kinds)]
    rows = [
        [NAMES[measure], _value(evaluation.figures[measure]), interval(evaluation.figures[measure])]
        + [_value(evaluation.kinds[kind].get(measure)) for kind in kinds]
        for measure in MEASURES
        if measure in evaluation.figures
    ]
    counts = ["Questions", str(len(evaluation.rows)), ""]
    counts += [str(sum(row.question.kind == kind for row in evaluation.rows)) for kind in kinds]
    lines = [Line(Text(headline(evaluation), style="bold")), Line(Text())]
    lines += _table(head, [counts, *rows])
    lines += [Line(Text()), Line(Text(_declining_at(evaluation), style="bold"))]
    return lines + _table(["", "all", "95 %"], declining_rows(evaluation))


def declining_rows(evaluation: Evaluation) -> list[list[str]]:
    """Name, value and interval of each figure of declining."""
    found = evaluation.abstention
    rows = [
        [NAMES[name], _value(figure), interval(figure)]
        for name, figure in (
            ("answerable_declined", found.answerable_declined),
            ("unanswerable_declined", found.unanswerable_declined),
            ("auroc", found.auroc),
            ("brier", found.brier),
        )
        if figure is not None
    ]
    if found.aurc is not None and found.unanswerable_declined is not None:
        rows.append([NAMES["aurc"], f"{found.aurc:.3f}", ""])
    return rows


def headline(evaluation: Evaluation) -> str:
    """What was measured on what."""
    part = "" if evaluation.whole else " of the set"
    answerable = sum(row.question.answerable for row in evaluation.rows)
    return (
        f"{one_line(evaluation.dataset)}: {_counted(len(evaluation.rows), 'question')}{part} ({answerable:,} "
        f"answerable) on {_counted(evaluation.articles, 'article')}, {_counted(evaluation.passages, 'passage')}; "
        f"{one_line(evaluation.model)}; {evaluation.seconds:,.1f} s"
    )


def comparison_lines(comparison: Comparison, old_name: str) -> list[Line]:
    """What got better and worse since an earlier evaluation."""
    left_out = comparison.old_only + comparison.new_only
    note = f" ({left_out:,} that only one of them asked are left out)" if left_out else ""
    title = f"Compared with {one_line(old_name)}: {_counted(comparison.questions, 'question')}{note}"
    rows = []
    for measure, found in comparison.differences.items():
        tested = "" if found.p is None else f"{found.p:.4f}"
        won, lost = len(comparison.won(measure)), len(comparison.lost(measure))
        counts = ["", ""] if found.p is None else [str(won), str(lost)]
        rows.append(
            [
                NAMES[measure], f"{found.old:.3f}", f"{found.new:.3f}", f"{found.new - found.old:+.3f}",
                f"[{found.low:+.3f}, {found.high:+.3f}]", tested, *counts, "real" if found.real else "",
            ]
        )  # fmt: skip
    lines = [Line(Text(title, style="bold")), Line(Text())]
    lines += _table(["", "old", "new", "change", "95 %", "p", "won", "lost", ""], rows)
    lines.append(Line(Text(f"real: p below 0.05; {TEST}.", style=_GREY)))
    lines += [Line(Text()), *_changed_lines(comparison.changed)]
    return lines


def _changed_lines(changed: Sequence[Changed]) -> list[Line]:
    # A confidence that moved by a digit is no change that a person wants to read about.
    changed = [one for one in changed if {*one.won, *one.lost} - {BRIER}]
    if not changed:
        return [Line(Text("No question changed, but for its confidence."))]
    lines = [Line(Text(f"{_counted(len(changed), 'question')} changed, confidence apart:", style="bold"))]
    for one in changed[:_CHANGED]:
        text = Text.assemble((one_line(one.id), "cyan"))
        for what, measures, style in (("won", one.won, "green"), ("lost", one.lost, "red")):
            named = [NAMES[measure] for measure in measures if measure != BRIER]
            if named:
                text.append(f"  {what} ", style=style).append(", ".join(named))
        text.append(f"  ({_then_and_now(one)})", style=_GREY)
        lines.append(Line(text, indent=2))
    if len(changed) > _CHANGED:
        lines.append(Line(Text(f"and {len(changed) - _CHANGED:,} more; --json lists all.", style=_GREY), indent=2))
    return lines


def _then_and_now(one: Changed) -> str:
    parts = []
    if one.old.outcome != one.new.outcome:
        parts.append(f"{one_line(one.old.outcome)} → {one.new.outcome}")
    if one.old.ranks != one.new.ranks:
        parts.append(f"ranks {_ranks(one.old.ranks)} → {_ranks(one.new.ranks)}")
    parts.append(f"confidence {one.old.confidence:.2f} → {one.new.confidence:.2f}")
    return ", ".join(parts)


def _ranks(ranks: Sequence[int]) -> str:
    return "/".join(map(str, ranks[:4])) + ("…" if len(ranks) > 4 else "") or "none"


def _declining_at(evaluation: Evaluation) -> str:
    threshold = evaluation.abstention.threshold
    return "Declining" if threshold is None else f"Declining below a confidence of {threshold:g}"


def interval(figure: Figure) -> str:
    """``[0.576, 0.803]``."""
    return f"[{figure.low:.3f}, {figure.high:.3f}]"


def _value(figure: Figure | None) -> str:
    return "–" if figure is None else f"{figure.value:.3f}"


def _counted(n: int, what: str) -> str:
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Line]:
    """Columns of figures: the first to the left, the others to the right."""
    widths = [max(len(row[n]) for row in (head, *rows)) for n in range(len(head))]
    lines = []
    for row in (head, *rows):
        cells = [
            cell.ljust(width) if n == 0 else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append(Line(Text("  ".join(cells).rstrip(), style=_GREY if row is head else ""), whole=True))
    return lines
