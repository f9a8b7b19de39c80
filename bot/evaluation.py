"""``dateline eval``: a set is read, its articles brought in, its questions asked, its figures shown and kept."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import corpus.sample
from bot.errors import UsageError
from bot.failures import note, sentence_of
from bot.progress import progress_bar
from bot.wiring import MAIN, SAMPLE, Library, Wiring
from retrieval.asking import Options
from retrieval.evaluation.dataset import Dataset, load_dataset
from retrieval.evaluation.evaluation import Evaluation, evaluate
from retrieval.models import Answer, Outcome


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be evaluated."""

    dataset: str
    articles: str | None = None
    collection: str | None = None
    kinds: tuple[str, ...] = ()
    limit: int | None = None
    seed: int = 0


def evaluation_of(request: Request, wiring: Wiring, say_some: Callable[[str, Sequence[str]], None]) -> Evaluation:
    """Do the whole of it; what is wrong with parts of the set is said as it is found."""
    if request.articles is not None and request.collection is not None:
        raise UsageError("--articles and --collection both name the articles; give one of them.")
    dataset = sample_dataset() if request.dataset == SAMPLE else load_dataset(Path(request.dataset).expanduser())
    part = dataset.only(request.kinds, request.limit, request.seed)
    library = _library(request, dataset, wiring, say_some)
    questions = [question.text for question in part.questions]
    with progress_bar() as report:
        asker = wiring.asker(library, ahead=questions, progress=report)

        def ask(question: str, top_k: int) -> Answer:
            try:
                return asker.ask(question, Options(top_k=top_k))
            except Exception as error:
                note(error)
                return Answer(question, Outcome.ERROR, 0.0, None, sentence_of(error))

        found = evaluate(dataset, part, library.stores, ask, wiring.encoder.name, report)
    say_some("Note", [problem.sentence for problem in found.problems])
    say_some("Failed", [f"{row.question.id}: {row.answer.text}" for row in found.rows if _failed(row.answer)])
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
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def _failed(answer: Answer) -> bool:
    return answer.outcome is Outcome.ERROR


def _library(
    request: Request, dataset: Dataset, wiring: Wiring, say_some: Callable[[str, Sequence[str]], None]
) -> Library:
    if request.dataset == SAMPLE and request.articles is None and request.collection is None:
        return wiring.library((SAMPLE,))
    if request.collection is not None:
        return wiring.library((request.collection,))
    if request.articles is not None:
        return wiring.evaluation_library(dataset.name, Path(request.articles).expanduser(), None, say_some)
    if dataset.articles is not None or dataset.beir_corpus is not None:
        return wiring.evaluation_library(dataset.name, dataset.articles, dataset.beir_corpus, say_some)
    return wiring.library((MAIN,))
