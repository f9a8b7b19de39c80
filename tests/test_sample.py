"""The articles and questions that ship with the project: well formed, plainly samples, and true to each other."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

SAMPLE = Path(__file__).parents[1] / "corpus" / "sample"
REQUIRED = {"id", "title", "outlet", "category", "sample", "note"}
# Left out on purpose, so that a new user also sees an article without a link, a date or an author.
MAY_LACK = {"url": 2, "published_at": 1, "author": 1}
KINDS = {"quote", "fact", "null"}


def read(path: Path) -> tuple[dict[str, Any], str]:
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(head), body.strip()


ARTICLES = [read(path) for path in sorted(SAMPLE.glob("*.md"))]
BODIES: dict[str, str] = {meta["id"]: body for meta, body in ARTICLES}
QUESTIONS: list[dict[str, Any]] = [
    json.loads(line) for line in (SAMPLE / "questions.jsonl").read_text(encoding="utf-8").splitlines()
]
per_article = pytest.mark.parametrize(("meta", "body"), ARTICLES, ids=list(BODIES))
per_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["id"])


def test_there_are_enough_articles_each_with_its_own_id() -> None:
    assert len(ARTICLES) >= 24
    assert len(BODIES) == len(ARTICLES)
    assert {path.stem for path in SAMPLE.glob("*.md")} == set(BODIES)


def test_few_articles_lack_optional_metadata() -> None:
    assert {key: sum(key not in meta for meta, _ in ARTICLES) for key in MAY_LACK} == MAY_LACK


@per_article
def test_front_matter_is_complete(meta: dict[str, Any], body: str) -> None:
    assert meta.keys() >= REQUIRED
    assert meta.keys() <= REQUIRED | MAY_LACK.keys()
    assert meta["sample"] is True
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", meta["id"])


@per_article
def test_links_lead_nowhere_real(meta: dict[str, Any], body: str) -> None:
    links: list[str] = re.findall(r"https?://\S+", body)
    if "url" in meta:
        links.append(meta["url"])
    assert all((urlsplit(link).hostname or "").endswith(".example") for link in links)


@per_article
def test_an_article_has_the_length_of_a_news_article(meta: dict[str, Any], body: str) -> None:
    paragraphs = [block for block in body.split("\n\n") if not block.startswith("#")]
    assert 7 <= len(paragraphs) <= 16


@per_article
def test_an_article_prints_one_style_of_quote_marks(meta: dict[str, Any], body: str) -> None:
    assert not (re.search("[“”‘’]", body) and re.search("[\"']", body))


def test_there_are_enough_questions_of_each_kind() -> None:
    assert len(QUESTIONS) >= 60
    assert sum(not question["answerable"] for question in QUESTIONS) >= 12
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)
    assert len({question["question"].lower() for question in QUESTIONS}) == len(QUESTIONS)


@per_question
def test_a_question_is_well_formed(question: dict[str, Any]) -> None:
    assert set(question) == {"id", "question", "kind", "answerable", "speaker", "evidence"}
    assert question["kind"] in KINDS
    assert question["answerable"] == bool(question["evidence"]) == (question["kind"] != "null")


@per_question
def test_evidence_stands_in_the_article_that_it_names(question: dict[str, Any]) -> None:
    for evidence in question["evidence"]:
        assert evidence["text"].strip()
        assert evidence["text"] in BODIES[evidence["article_id"]]
