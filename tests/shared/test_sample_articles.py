"""The sample articles on Ukraine against the record that they may draw on: facts and quotes, never sentences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

SAMPLE = Path(__file__).parents[2] / "corpus" / "sample"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEEDS.is_dir(), reason="no ../shared/seeds beside the project"),
]

LONGEST_QUOTE = 25  # words: a short quote is a fact of record, a long one is somebody's article
LONGEST_RUN = 7  # words shared outside quote marks; 8 in a row are a copied sentence

# Their words are ours, so they may say what the record does not hold, in paragraphs of their own.
MADE_UP_PEOPLE = ("Tamsin Orrell", "Henrik Solvang", "Odile Marchetti")
REAL_PEOPLE = (
    "Baerbock", "Biden", "Blinken", "Borrell", "Dincu", "Duda", "Dumoulin", "Johnson", "Khodakovsky",
    "Kuleba", "Macron", "Peskov", "Putin", "Scholz", "Sullivan", "Zelensky",
)  # fmt: skip

# An opening mark without a closing one is a quote that goes on in the next paragraph.
QUOTED = re.compile(r'“([^“”]*)(?:”|$)|"([^"]*)(?:"|$)')
WORD = re.compile(r"[\w$%]+(?:[.,'-]\w+)*")


def plain(text: str) -> str:
    """Straight quote marks and single spaces, so that two prints of the same words compare equal."""
    return " ".join(text.translate(str.maketrans("“”‘’", "\"\"''")).split())


def blocks(path: Path) -> list[str]:
    """The headline and every printed block of the body; none unless the article is of the Ukraine beat."""
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    meta = yaml.safe_load(head)
    return [meta["title"], *body.strip().split("\n\n")] if meta["category"] == "diplomacy" else []


def quotes(block: str) -> list[str]:
    found = (next(filter(None, match.groups()), "") for match in QUOTED.finditer(block))
    return [plain(quote).rstrip(",.") for quote in found]


def made_up_only(block: str) -> bool:
    made_up = any(name.split()[-1] in block for name in MADE_UP_PEOPLE)
    return made_up and not any(name in block for name in REAL_PEOPLE)


def runs(text: str) -> set[tuple[str, ...]]:
    words = WORD.findall(plain(text).lower())
    return {tuple(words[i : i + LONGEST_RUN + 1]) for i in range(len(words) - LONGEST_RUN)}


@pytest.fixture(scope="module")
def seeds() -> list[str]:
    return [plain(path.read_text(encoding="utf-8")) for path in sorted(SEEDS.glob("*.txt"))]


DIPLOMACY = [path for path in sorted(SAMPLE.glob("*.md")) if blocks(path)]
per_article = pytest.mark.parametrize("path", DIPLOMACY, ids=lambda path: path.stem)


def test_there_are_articles_to_check() -> None:
    assert len(DIPLOMACY) >= 16


@per_article
def test_real_people_are_quoted_in_words_on_record(path: Path, seeds: list[str]) -> None:
    for block in blocks(path):
        for quote in quotes(block):
            if len(quote.split()) <= 2 or made_up_only(block):
                continue
            forms = (quote[0].lower() + quote[1:], quote[0].upper() + quote[1:])
            assert any(form in seed for form in forms for seed in seeds), quote
            assert len(quote.split()) <= LONGEST_QUOTE, quote


@per_article
def test_no_sentence_is_taken_over(path: Path, seeds: list[str]) -> None:
    theirs = set().union(*(runs(seed) for seed in seeds))
    for block in blocks(path):
        for stretch in QUOTED.sub("\n", block).split("\n"):
            copied = [" ".join(run) for run in runs(stretch) & theirs]
            assert not copied
