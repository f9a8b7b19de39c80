"""Which outlets a question names, and which of them no article is from."""

from __future__ import annotations

import pytest

from retrieval.outlets import named_outlets

HERE = ("The Harbour Post", "Evening Ledger - Sports", "Evening Ledger - Arts", "Ledgerline")


@pytest.mark.parametrize(
    ("question", "outlets"),
    [
        ("What does the Harbour Post say about the bridge?", {"The Harbour Post"}),
        ("Did the Evening Ledger report the final?", {"Evening Ledger - Sports", "Evening Ledger - Arts"}),
        ("Did the 'Evening Ledger - Sports' article name the coach?", {"Evening Ledger - Sports"}),
        ("Who posted a ledger at the harbour?", set()),
    ],
)
def test_an_outlet_is_known_by_its_main_name(question: str, outlets: set[str]) -> None:
    found = named_outlets(question, HERE)
    assert found.here == outlets
    assert found.absent == ()
    assert found.absent_share == 0


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("What does the article from The Northern Star say about tolls?", ("Northern Star",)),
        ("According to the Northern Star article, who won?", ("Northern Star",)),
        ("What does a Reuters report say about the tolls?", ("Reuters",)),
        ("Was the toll reported by the BBC the one in the Harbour Post?", ("BBC",)),
        ("Did one from The Guardian and another from Tolls Today agree?", ("Guardian", "Tolls Today")),
        # Who reports, writes or is written about need be no outlet.
        ("What did the Mueller report say?", ()),
        ("What is in the report by Amnesty International?", ()),
        ("What does the article by Jane Doe say?", ()),
        ("What did the November article say?", ()),
        ("Which story did the mayor tell?", ()),
    ],
)
def test_an_outlet_that_no_article_is_from(question: str, absent: tuple[str, ...]) -> None:
    assert named_outlets(question, HERE).absent == absent


def test_where_no_article_bears_an_outlet_none_can_be_missed() -> None:
    assert named_outlets("What does the Reuters article say?", ()).absent == ()


def test_share_of_named_outlets_without_an_article() -> None:
    found = named_outlets("Do the Harbour Post and the Bloomberg article agree?", HERE)
    assert found.absent == ("Bloomberg",)
    assert found.absent_share == 0.5
    assert found.hold(["harbour", "post"])
    assert found.hold(["Bloomberg"])
    assert not found.hold(["Harbour", "Bloomberg"])
