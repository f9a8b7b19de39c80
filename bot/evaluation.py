"""``dateline eval``: a set is read, its articles brought in, its questions asked, its figures shown and kept."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import corpus.sample
from bot.console import say, show
from bot.errors import UsageError
from bot.failures import FAILURE, note, sentence_of
from bot.progress import progress_bar
from bot.render import figures, report
from bot.render import json as as_json
from bot.wiring import MAIN, SAMPLE, Library, Wiring
from retrieval.asking import Options
from retrieval.evaluation import floors as floors_file
from retrieval.evaluation.comparison import Comparison, compare, comparison_object
from retrieval.evaluation.dataset import Dataset, load_dataset
from retrieval.evaluation.evaluation import Evaluation, evaluate
from retrieval.evaluation.record import evaluation_object, read_record, record_of
from retrieval.models import Answer, Outcome

SaySome = Callable[[str, Sequence[str]], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be evaluated, and what is to come of it."""

    dataset: str
    articles: str | None = None
    collection: str | None = None
    kinds: tuple[str, ...] = ()
    limit: int | None = None
    seed: int = 0
    compare: Path | None = None
    out: Path | None = None
    floors: Path | None = None
    raise_floors: bool = False
    lower_floors: bool = False
    json: bool = False

    def check(self) -> None:
        """Raise :class:`UsageError` for what does not go together: before an hour is spent, not after."""
        if self.articles is not None and self.collection is not None:
            raise UsageError("--articles and --collection both name the articles; give one of them.")
        if self.out is not None and self.out.suffix.lower() not in (".html", ".jsonl"):
            raise UsageError(f"--out {self.out} has no form that is known; give a name ending in .html or .jsonl.")
        if self.out is not None and (self.out.is_dir() or not self.out.absolute().parent.is_dir()):
            raise UsageError(f"--out {self.out} cannot be written; name a file in a folder that is there.")
        if self.floors is None and (self.raise_floors or self.lower_floors):
            raise UsageError("--raise-floors and --lower-floors change a file; name it with --floors FILE.")
        if self.floors is not None and (self.kinds or self.limit is not None):
            raise UsageError("Floors are of a whole set; leave out --kinds and --limit, or --floors.")


def run(request: Request, wiring: Wiring, say_some: SaySome) -> int:
    """Do the whole of it; the exit code."""
    old = read_record(request.compare) if request.compare else None
    floors = _floors(request)
    found = evaluation_of(request, wiring, say_some)
    comparison = compare(old, record_of(found)) if old else None
    if request.out is not None:
        write_beside(request.out, _report(request, found, comparison))
        say(f"Written: {request.out}")
    if request.json:
        added = {"comparison": comparison_object(comparison)} if comparison else {}
        print(as_json.dumps({**evaluation_object(found), **added}))
    else:
        show(figures.evaluation_lines(found))
        if comparison is not None:
            print()
            show(figures.comparison_lines(comparison, str(request.compare)))
    return 0 if floors is None else _held(request, found, floors)


def evaluation_of(request: Request, wiring: Wiring, say_some: SaySome) -> Evaluation:
    """Ask and measure; what is wrong with parts of the set is said as it is found."""
    dataset = sample_dataset() if request.dataset == SAMPLE else load_dataset(Path(request.dataset).expanduser())
    for kind in request.kinds:
        if kind not in dataset.kinds:
            raise UsageError(
                f"No question of {dataset.name!r} is of the kind {kind!r}; choose from: {', '.join(dataset.kinds)}"
            )
    part = dataset.only(request.kinds, request.limit, request.seed)
    library = _library(request, dataset, wiring, say_some)
    with progress_bar() as progress:
        asker = wiring.asker(library, ahead=[question.text for question in part.questions], progress=progress)

        def ask(question: str, top_k: int) -> Answer:
            try:
                return asker.ask(question, Options(top_k=top_k))
            except Exception as error:
                note(error)
                return Answer(question, Outcome.ERROR, 0.0, None, sentence_of(error))

        found = evaluate(dataset, part, library.stores, ask, wiring.encoder.name, progress)
    say_some("Note", [problem.sentence for problem in found.problems])
    failed = [row for row in found.rows if row.answer.outcome is Outcome.ERROR]
    say_some("Failed", [f"{row.question.id}: {row.answer.text}" for row in failed])
    return found


def sample_dataset() -> Dataset:
    """The questions on the articles that come with Dateline."""
    return load_dataset(Path(str(corpus.sample.__file__)).parent / "questions.jsonl")


def write_beside(path: Path, content: str) -> None:
    """Write a file whole or not at all."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        beside.write_text(content, encoding="utf-8", errors="replace")
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def _library(request: Request, dataset: Dataset, wiring: Wiring, say_some: SaySome) -> Library:
    if request.collection is not None:
        return wiring.library((request.collection,))
    if request.articles is not None:
        return wiring.evaluation_library(dataset.name, Path(request.articles).expanduser(), None, say_some)
    if request.dataset == SAMPLE:
        return wiring.library((SAMPLE,))
    if dataset.articles is not None or dataset.beir_corpus is not None:
        return wiring.evaluation_library(dataset.name, dataset.articles, dataset.beir_corpus, say_some)
    return wiring.library((MAIN,))


def _report(request: Request, found: Evaluation, comparison: Comparison | None) -> str:
    assert request.out is not None
    if request.out.suffix.lower() == ".html":
        return report.report_page(found, comparison, str(request.compare or ""))
    return "".join(f"{as_json.dumps(row)}\n" for row in report.report_rows(found))


def _floors(request: Request) -> dict[str, dict[str, float]] | None:
    if request.floors is None:
        return None
    if not request.floors.exists() and (request.raise_floors or request.lower_floors):
        return {}
    return floors_file.read_floors(request.floors)


def _held(request: Request, found: Evaluation, floors: dict[str, dict[str, float]]) -> int:
    """Whether the figures are above their floors, which move only where that was asked for."""
    assert request.floors is not None
    reached = floors_file.figures_of(found)
    if request.raise_floors or request.lower_floors:
        floors, moves = floors_file.moved(floors, found.dataset, reached, lower=request.lower_floors)
        if moves:
            write_beside(request.floors, floors_file.floors_text(floors))
        for move in moves:
            say(f"Floor of {found.dataset} moved: {move}")
    missed = floors_file.misses(floors, found.dataset, reached, request.floors)
    for miss in missed:
        say(f"Below the floor on {found.dataset}: {miss.sentence}.")
    return FAILURE if missed else 0
