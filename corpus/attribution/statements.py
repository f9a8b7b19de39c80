"""Statements of an article: the whole of attribution, from printed blocks to values."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.attribution.names import Names, Person
from corpus.attribution.reader import Reader
from corpus.language import is_english, surely_english
from corpus.models import Block, Statement


def attribute(body: str, blocks: Sequence[Block]) -> tuple[Statement, ...]:
    """Who said what in an article, sorted by start.

    ``blocks`` are the printed blocks of ``body`` in order. Every statement's two ranges are not empty and lie
    within the body. A sentence that denies is a statement of the one who denies. Words that one person reports
    of another are the reporter's statement, with the other one in ``relayed``. Paragraphs that are not
    English have no statements. Never raises, for any text.
    """
    if not is_english(body):
        blocks = [block for block in blocks if surely_english(block.text)]
        if not blocks:
            return ()
    return Reader(body, blocks, Names(body, blocks)).read()


def people(body: str, blocks: Sequence[Block]) -> tuple[Person, ...]:
    """The people an article names, in order of first mention, with the other forms of their names."""
    names = Names(body, blocks)
    return tuple(Person(one.name, tuple(sorted(one.forms - {one.name}))) for one in names.individuals)
