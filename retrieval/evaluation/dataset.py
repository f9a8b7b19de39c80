"""Question sets and BEIR folders, read and checked.

What cannot be read as a whole raises :class:`DatasetError`; a row that cannot be used is left out, counted
and named as a :class:`Problem`, and the rest goes on.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, cast

from retrieval.errors import DatasetError

_MAX_BYTES = 10_000_000
"""The longest row that is read."""

_NAMED = 5
"""Names that one sentence lists before it only counts."""

PROBLEM_KINDS = ("broken_row", "unknown_question", "unknown_document", "not_judged", "evidence_nowhere")
"""What may be wrong with a part of a set."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a set that cannot be used as it is."""

    kind: str
    """One of :data:`PROBLEM_KINDS`."""
    sentence: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a person judged to answer a question: printed words, or a whole article."""

    text: str | None
    """As printed; None where the whole article was judged."""
    article_id: str | None
    """None where the words count in whichever article they are printed."""
    grade: int = 1


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """One question of a set."""

    id: str
    text: str
    kind: str
    answerable: bool
    speaker: str | None = None
    answers: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Dataset:
    """A set as it was read."""

    name: str
    questions: tuple[JudgedQuestion, ...]
    articles: Path | None
    """The articles that come with it, as ``ingest`` takes them; None: those already ingested."""
    beir_corpus: Path | None
    """The documents of a BEIR folder."""
    problems: tuple[Problem, ...]

    @property
    def fingerprint(self) -> str:
        """The same for the same questions and judgements, wherever they lie and in whatever order."""
        rows = sorted(
            json.dumps(
                [
                    question.id, question.text, question.kind, question.answerable, question.speaker,
                    question.answers, [[item.text, item.article_id, item.grade] for item in question.evidence],
                ]
            )
            for question in self.questions
        )  # fmt: skip
        return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of its questions, as they come."""
        return tuple(dict.fromkeys(question.kind for question in self.questions))

    def only(self, kinds: Sequence[str], limit: int | None, seed: int) -> Dataset:
        """A part of it: questions of some kinds, and of these ``limit`` drawn by chance."""
        chosen = [question for question in self.questions if not kinds or question.kind in kinds]
        if limit is not None and limit < len(chosen):
            drawn = sorted(random.Random(seed).sample(range(len(chosen)), limit))
            chosen = [chosen[n] for n in drawn]
        return replace(self, questions=tuple(chosen))


def load_dataset(path: Path) -> Dataset:
    """Read a folder with ``questions.jsonl``, a file of questions, or a BEIR folder.

    Raises :class:`DatasetError` when it is none of them, a file is missing or unreadable, or no question is left.
    """
    if not path.exists():
        raise DatasetError(f"{path}: there is no such file or folder; check the path, or evaluate: sample")
    if path.is_file():
        name = path.resolve().parent.name if path.name.startswith("questions.jsonl") else path.name.split(".")[0]
        found = _question_set(name, path, None)
    elif questions := _either(path, "questions.jsonl"):
        found = _question_set(path.resolve().name, questions, _either(path, "articles.jsonl"))
    elif any(_either(path, name) for name in ("corpus.jsonl", "queries.jsonl")) or (path / "qrels").is_dir():
        found = _beir(path)
    else:
        raise DatasetError(
            f"{path} holds no question set; put questions.jsonl into it, or corpus.jsonl, queries.jsonl and "
            "qrels/test.tsv."
        )
    if not found.questions:
        broken = f" ({len(found.problems)} could not be used: {found.problems[0].sentence})" if found.problems else ""
        raise DatasetError(f"{path} holds no questions{broken}; add some.")
    return found


def _either(folder: Path, name: str) -> Path | None:
    for file in (folder / name, folder / f"{name}.gz"):
        if file.is_file():
            return file
    return None


# Question sets


def _question_set(name: str, path: Path, articles: Path | None) -> Dataset:
    problems: list[Problem] = []
    questions: dict[str, JudgedQuestion] = {}
    for where, row in _rows(path, problems):
        try:
            question = _question(row)
            if question.id in questions:
                raise ValueError(f"the id {question.id!r} is taken by an earlier row; give this one another")
        except ValueError as error:
            problems.append(Problem("broken_row", f"{where}: {error}."))
            continue
        questions[question.id] = question
    problems += _unjudged([q.id for q in questions.values() if q.answerable and not (q.evidence or q.answers)])
    return Dataset(name, tuple(questions.values()), articles, None, tuple(problems))


def _question(row: dict[str, Any]) -> JudgedQuestion:
    identity = _text(row, "id")
    text = _text(row, "question")
    if identity is None or text is None:
        raise ValueError(f"there is no {'id' if identity is None else 'question'!r}; add it or remove the row")
    evidence = row.get("evidence") or []
    if not isinstance(evidence, list) or not all(isinstance(item, dict) for item in evidence):
        raise ValueError("'evidence' is not a list of objects; write [{\"text\": …}]")
    judged = []
    for item in evidence:
        printed = _text(item, "text")
        if printed is None:
            raise ValueError("an evidence has no 'text'; add the words as they are printed")
        judged.append(Evidence(printed, _text(item, "article_id")))
    answers = row.get("answers") or []
    if not isinstance(answers, list) or not all(isinstance(answer, str) for answer in answers):
        raise ValueError("'answers' is not a list of texts; write [\"…\"]")
    answerable = row.get("answerable", bool(judged or answers))
    if not isinstance(answerable, bool):
        raise ValueError("'answerable' is neither true nor false; mend it")
    if judged and not answerable:
        raise ValueError("it has evidence and is marked as not answerable; mend one of them")
    kind = _text(row, "kind") or ("question" if answerable else "null")
    return JudgedQuestion(
        identity, text, kind, answerable, _text(row, "speaker"), tuple(answer for answer in answers if answer.strip()),
        tuple(dict.fromkeys(judged)),
    )  # fmt: skip


# BEIR folders


def _beir(folder: Path) -> Dataset:
    files = {name: _either(folder, name) for name in ("corpus.jsonl", "queries.jsonl")}
    for name, file in files.items():
        if file is None:
            raise DatasetError(f"{folder} has no {name} (or {name}.gz); a BEIR folder needs it.")
    tables = sorted((folder / "qrels").glob("*.tsv"))
    if not tables:
        raise DatasetError(f"{folder} has no qrels/*.tsv; a BEIR folder needs the judgements.")
    # Where a set is split, what it is judged by is its test part.
    tables = [table for table in tables if table.name == "test.tsv"] or tables
    corpus, queries = cast(Path, files["corpus.jsonl"]), cast(Path, files["queries.jsonl"])
    problems: list[Problem] = []
    documents = {document["id"] for document in beir_articles(corpus, problems)}
    rows = list(_beir_queries(queries, problems))
    asked = {identity for identity, _, _ in rows}
    judged: dict[str, dict[str, int]] = {}
    for table in tables:
        for where, question, document, grade in _judgements(table, problems):
            if question not in asked:
                problems.append(Problem("unknown_question", f"{where}: judges {question!r}, which is no query."))
                continue
            if document not in documents:
                problems.append(Problem("unknown_document", f"{where}: judges {document!r}, which is no document."))
            if grade > 0:
                judged.setdefault(question, {})[document] = grade
    answers = _beir_answers(folder, asked, problems)
    questions = [
        JudgedQuestion(
            identity, text, kind or "question", True, None, answers.get(identity, ()),
            tuple(Evidence(None, document, grade) for document, grade in judged[identity].items()),
        )
        for identity, text, kind in rows if identity in judged
    ]  # fmt: skip
    problems += _unjudged([identity for identity, _, _ in rows if identity not in judged])
    if null := _either(folder, "queries_null.jsonl"):
        for identity, text, kind in _beir_queries(null, problems):
            if identity in asked:
                problems.append(Problem("broken_row", f"{null}: the id {identity!r} is taken by a query; change it."))
                continue
            questions.append(JudgedQuestion(identity, text, kind or "null", False))
    return Dataset(folder.resolve().name, tuple(questions), None, corpus, tuple(problems))


def beir_articles(corpus: Path, problems: list[Problem]) -> Iterator[dict[str, str]]:
    """The documents of a BEIR corpus as rows of article JSONL: one document, one article."""
    seen: set[str] = set()
    for where, row in _rows(corpus, problems):
        try:
            identity, text = _text(row, "_id"), _text(row, "text")
            if identity is None:
                raise ValueError("there is no '_id'; add it or remove the row")
            if text is None:
                raise ValueError("there is no 'text'; add it or remove the row")
            if identity in seen:
                raise ValueError(f"the id {identity!r} is taken by an earlier row; give this one another")
            title = _text(row, "title")
        except ValueError as error:
            problems.append(Problem("broken_row", f"{where}: {error}."))
            continue
        seen.add(identity)
        yield {"id": identity, "text": text, **({"title": title} if title else {})}


def _beir_queries(path: Path, problems: list[Problem]) -> Iterator[tuple[str, str, str | None]]:
    seen: set[str] = set()
    for where, row in _rows(path, problems):
        try:
            identity, text = _text(row, "_id"), _text(row, "text")
            if identity is None or text is None:
                raise ValueError(f"there is no {'_id' if identity is None else 'text'!r}; add it or remove the row")
            if identity in seen:
                raise ValueError(f"the id {identity!r} is taken by an earlier row; give this one another")
            metadata = row.get("metadata")
            kind = metadata.get("kind") if isinstance(metadata, dict) else None
        except ValueError as error:
            problems.append(Problem("broken_row", f"{where}: {error}."))
            continue
        seen.add(identity)
        yield identity, text, kind if isinstance(kind, str) and kind.strip() else None


def _judgements(table: Path, problems: list[Problem]) -> Iterator[tuple[str, str, str, int]]:
    """(where, question, document, grade) of each row; the first may be a heading."""
    for number, line in _lines(table):
        where = f"{table} line {number}"
        cells = [" ".join(cell.split()) for cell in line.decode("utf-8", "replace").split("\t")]
        if number == 1 and cells[0] in ("query-id", "query_id", "qid"):
            continue
        try:
            if len(cells) != 3 or not all(cells):
                raise ValueError("form")
            yield where, cells[0], cells[1], int(cells[2])
        except ValueError:
            problems.append(
                Problem("broken_row", f"{where}: not query, document and a whole number between tabs; mend the row.")
            )


def _beir_answers(folder: Path, asked: Iterable[str], problems: list[Problem]) -> dict[str, tuple[str, ...]]:
    path = _either(folder, "answers.jsonl")
    if path is None:
        return {}
    known = set(asked)
    found: dict[str, tuple[str, ...]] = {}
    for where, row in _rows(path, problems):
        answers = row.get("answers")
        identity = row.get("_id")
        if (
            not isinstance(identity, str)
            or not isinstance(answers, list)
            or not all(isinstance(answer, str) for answer in answers)
        ):
            problems.append(Problem("broken_row", f'{where}: not {{"_id": "…", "answers": ["…"]}}; mend the row.'))
        elif " ".join(identity.split()) not in known:
            problems.append(Problem("unknown_question", f"{where}: answers {identity!r}, which is no query."))
        else:
            found[" ".join(identity.split())] = tuple(answer for answer in answers if answer.strip())
    return found


def _unjudged(ids: Sequence[str]) -> list[Problem]:
    if not ids:
        return []
    count = "1 question has" if len(ids) == 1 else f"{len(ids):,} questions have"
    return [Problem("not_judged", f"{count} no judged evidence and cannot be measured: {named(ids)}.")]


def named(names: Sequence[str]) -> str:
    """The first few of many names, and how many more there are."""
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return ", ".join(repr(name) for name in names[:_NAMED]) + more


# Rows


def _rows(path: Path, problems: list[Problem]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(where, object) of each row of JSON Lines."""
    for number, line in _lines(path):
        where = f"{path} line {number}"
        try:
            row = json.loads(line.decode("utf-8"))
        except (ValueError, RecursionError) as error:
            reason = error.msg if isinstance(error, json.JSONDecodeError) else "not UTF-8, or nested too deeply"
            problems.append(Problem("broken_row", f"{where}: not valid JSON ({reason}); mend the row."))
            continue
        if not isinstance(row, dict):
            problems.append(Problem("broken_row", f"{where}: the row is not an object; mend the row."))
            continue
        yield where, row


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with _opened(path) as file:
            number = 0
            while line := file.readline(_MAX_BYTES + 1):
                number += 1
                if len(line) > _MAX_BYTES:
                    raise DatasetError(f"{path} line {number} is larger than {_MAX_BYTES // 1_000_000} MB; split it.")
                if number == 1:
                    line = line.removeprefix(b"\xef\xbb\xbf")
                if line.strip():
                    yield number, line
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise DatasetError(f"{path} is a damaged gzip file ({error}); fetch or pack it again.") from error
    except OSError as error:
        raise DatasetError(f"{path} cannot be read ({error.strerror or error}); check it.") from error


def _opened(path: Path) -> IO[bytes]:
    if path.name.lower().endswith(".gz"):
        return cast(IO[bytes], gzip.open(path, "rb"))
    return path.open("rb")


def _text(row: dict[str, Any], key: str) -> str | None:
    """A text of a row, with single spaces in an id; None where it is absent or empty."""
    value = row.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError(f"{key!r} is not a text; put it in quotes")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise ValueError(f"{key!r} holds half a character (a lone surrogate); write it out in UTF-8")
    if key in ("id", "_id", "article_id"):
        value = " ".join(value.split())
    return value if value.strip() else None
