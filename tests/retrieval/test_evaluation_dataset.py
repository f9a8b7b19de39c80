"""Question sets and BEIR folders: what is read, and what is said of what cannot be."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

import pytest

from retrieval.errors import DatasetError
from retrieval.evaluation.dataset import Evidence, beir_articles, load_dataset

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA / "beir", tmp_path / "beir"))


def questions(folder: Path, *rows: object) -> Path:
    path = folder / "questions.jsonl"
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows), "utf-8")
    return path


def row(**changes: object) -> dict[str, object]:
    return {"id": "a", "question": "Who?", "evidence": [{"text": "Words"}], **changes}


def test_a_folder_with_questions_and_articles() -> None:
    found = load_dataset(DATA / "harbour")
    assert (found.name, found.articles, found.problems) == ("harbour", DATA / "harbour" / "articles.jsonl", ())
    assert [question.id for question in found.questions] == ["h1", "h2", "h3", "n1", "n2"]
    assert found.kinds == ("fact", "quote", "null")
    assert found.questions[1].speaker == "Ada Brook"


def test_a_file_of_questions_and_a_gzip_one(tmp_path: Path) -> None:
    packed = tmp_path / "elections.jsonl.gz"
    packed.write_bytes(gzip.compress((DATA / "harbour" / "questions.jsonl").read_bytes()))
    found = load_dataset(packed)
    assert (found.name, found.articles, len(found.questions)) == ("elections", None, 5)
    assert found.fingerprint == load_dataset(DATA / "harbour").fingerprint
    assert load_dataset(DATA / "harbour" / "questions.jsonl").name == "harbour"


def test_a_beir_folder() -> None:
    found = load_dataset(DATA / "beir")
    assert found.problems == ()
    assert [(q.id, q.kind, q.answerable) for q in found.questions] == [
        ("q1", "question", True), ("q2", "place", True), ("z1", "null", False),
    ]  # fmt: skip
    # Judged by the test part alone; a grade of 0 is no evidence.
    assert found.questions[0].evidence == (Evidence(None, "d1", 1),)
    assert found.questions[1].evidence == (Evidence(None, "d2", 2),)
    assert found.questions[0].answers == ("four metres",)
    articles = list(beir_articles(DATA / "beir" / "corpus.jsonl", []))
    assert articles[0] == {"id": "d1", "title": "Tides", "text": "The tide at Port Ellery rises four metres in spring."}
    assert "title" not in articles[2]


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        ("{", "line 2: not valid JSON"),
        ("[1]", "line 2: the row is not an object"),
        ("\udcff", "line 2: not valid JSON"),
        (row(id=None), "line 2: there is no 'id'"),
        (row(id="b", question=" "), "line 2: there is no 'question'"),
        (row(id=7), "line 2: 'id' is not a text"),
        (row(), "line 2: the id 'a' is taken by an earlier row"),
        (row(id="b", evidence="Words"), "line 2: 'evidence' is not a list of objects"),
        (row(id="b", evidence=[{}]), "line 2: an evidence has no 'text'"),
        (row(id="b", answers="yes"), "line 2: 'answers' is not a list of texts"),
        (row(id="b", answerable="yes"), "line 2: 'answerable' is neither true nor false"),
        (row(id="b", answerable=False), "line 2: it has evidence and is marked as not answerable"),
        (row(id="b", question="\ud800"), "line 2: 'question' holds half a character"),
    ],
)
def test_a_broken_row_is_named_and_the_rest_goes_on(tmp_path: Path, broken: object, sentence: str) -> None:
    if broken == "\udcff":
        path = questions(tmp_path, row())
        path.write_bytes(path.read_bytes() + b'{"id": "\xff"}\n')
    else:
        path = questions(tmp_path, row(), broken)
    found = load_dataset(path)
    assert [question.id for question in found.questions] == ["a"]
    (problem,) = found.problems
    assert problem.kind == "broken_row"
    assert sentence in problem.sentence
    assert problem.sentence.endswith(".")


def test_what_nobody_judged_is_named(tmp_path: Path) -> None:
    rows = [row(id=f"q{n}", evidence=[], answerable=True) for n in range(7)]
    (problem,) = load_dataset(questions(tmp_path, row(), *rows)).problems
    assert problem.kind == "not_judged"
    assert problem.sentence == (
        "7 questions have no judged evidence and cannot be measured: 'q0', 'q1', 'q2', 'q3', 'q4' and 2 more."
    )


def test_judgements_for_unknown_documents_and_questions_are_counted_and_named(beir: Path) -> None:
    with (beir / "qrels" / "test.tsv").open("a") as table:
        table.write("q9\td1\t1\nq1\td9\t1\nq1 d1 1\nq1\td1\thigh\n")
    with (beir / "answers.jsonl").open("a") as file:
        file.write('{"_id": "q8", "answers": ["x"]}\n{"_id": "q1", "answers": "x"}\n')
    with (beir / "queries.jsonl").open("a") as file:
        file.write('{"_id": "q3", "text": "Unjudged?"}\n')
    found = load_dataset(beir)
    assert [(problem.kind, problem.sentence.partition(": ")[2]) for problem in found.problems] == [
        ("unknown_question", "judges 'q9', which is no query."),
        ("unknown_document", "judges 'd9', which is no document."),
        ("broken_row", "not query, document and a whole number between tabs; mend the row."),
        ("broken_row", "not query, document and a whole number between tabs; mend the row."),
        ("unknown_question", "answers 'q8', which is no query."),
        ("broken_row", 'not {"_id": "…", "answers": ["…"]}; mend the row.'),
        ("not_judged", "'q3'."),
    ]
    assert [item.article_id for item in found.questions[0].evidence] == ["d1", "d9"]


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("corpus.jsonl", "has no corpus.jsonl (or corpus.jsonl.gz)"),
        ("queries.jsonl", "has no queries.jsonl (or queries.jsonl.gz)"),
        ("qrels", "has no qrels/*.tsv"),
    ],
)
def test_a_beir_folder_with_a_file_missing(beir: Path, missing: str, sentence: str) -> None:
    path = beir / missing
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    with pytest.raises(DatasetError) as raised:
        load_dataset(beir)
    assert sentence in str(raised.value)


def test_what_is_no_set(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="no such file or folder"):
        load_dataset(tmp_path / "nowhere")
    with pytest.raises(DatasetError, match="holds no question set"):
        load_dataset(tmp_path)
    with pytest.raises(DatasetError, match="holds no questions; add some"):
        load_dataset(questions(tmp_path))
    with pytest.raises(DatasetError, match=r"holds no questions \(1 could not be used: .* not valid JSON"):
        load_dataset(questions(tmp_path, "{"))
    (tmp_path / "questions.jsonl.gz").write_bytes(b"\x1f\x8b\x08damaged")
    with pytest.raises(DatasetError, match="damaged gzip file"):
        load_dataset(tmp_path / "questions.jsonl.gz")


def test_a_part_of_a_set() -> None:
    whole = load_dataset(DATA / "harbour")
    assert [q.id for q in whole.only(("null",), None, 0).questions] == ["n1", "n2"]
    drawn = whole.only((), 3, 1)
    assert len(drawn.questions) == 3
    assert drawn.questions == whole.only((), 3, 1).questions
    assert [q.id for q in drawn.questions] == sorted(q.id for q in drawn.questions)
    assert len({whole.only((), 3, seed).questions for seed in range(9)}) > 1
    assert whole.only((), 99, 0).questions == whole.questions
