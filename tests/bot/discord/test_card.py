"""The card alone: what it escapes, how it fills pages."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.render.card import answer_card, opening
from bot.render.markdown import escaped, masked_link, web_link
from bot.render.pages import PAGE_CHARACTERS
from corpus.models import Passage, PassageKind, StatementKind
from corpus.store.articles import ArticleSummary
from retrieval.models import Answer, Citation, Hit, Outcome, Reason, Signals


def article(
    number: int, title: str = "A harbour closes", url: str | None = "https://courier.example/a"
) -> ArticleSummary:
    return ArticleSummary(f"article-{number}", 1, title, "Test Courier", None, url, "2023-05-02", 9)


def citation(number: int, quote: str, speaker: str | None = "Ada Brook", **more: object) -> Citation:
    passage = Passage(number, f"article-{number}", 1, 3, 0, len(quote), quote, PassageKind.PARAGRAPH)
    return Citation(
        number, "main", more.get("article") or article(number), passage, 0, len(quote), quote,  # type: ignore[arg-type]
        "https://courier.example/a#:~:text=x", speaker, StatementKind.DIRECT if speaker else None,
    )  # fmt: skip


def answered(citations: list[Citation]) -> Answer:
    text = "\n".join(f"{one.speaker}: “{one.quote}” [{one.number}]" for one in citations)
    return Answer("What about the harbour?", Outcome.ANSWERED, 0.9, None, text, tuple(citations))


def unescaped(text: str) -> str:
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", text)


def whole(answer: Answer) -> str:
    return unescaped("\n".join(section for page in answer_card(answer).pages for section in page.sections))


def test_long_answers_take_several_pages_and_lose_nothing() -> None:
    quotes = [citation(n, f"Quote {n}: " + "words and more words, " * 30 + "end.") for n in range(1, 13)]
    card = answer_card(answered(quotes))
    assert len(card.pages) > 1
    assert all(page.characters <= PAGE_CHARACTERS + 100 for page in card.pages)
    for one in quotes:
        holding = [page for page in card.pages if one.quote in unescaped("\n".join(page.sections))]
        assert len(holding) == 1
        # Its source stands on the same page.
        assert f"**\\[{one.number}\\]** [A harbour" in holding[0].sections[-1]


def test_a_quote_that_no_page_could_hold_goes_on_between_words() -> None:
    endless = citation(1, "word " * 2_000 + "end.")
    card = answer_card(answered([endless]))
    assert all(page.characters <= 4_000 for page in card.pages)
    words = [word for page in card.pages for word in page.sections[1].replace(">", " ").split()]
    assert words.count("word") == 2_000 - 1  # the first has a quote mark before it


def test_quotes_stand_apart_below_their_speaker() -> None:
    text = whole(answered([citation(1, "We cannot pay for another winter,"), citation(2, "It is over.", "Ivo Lund")]))
    assert "**Ada Brook**\n> “We cannot pay for another winter,” **[1]**" in text
    assert "**Ivo Lund**\n> “It is over.” **[2]**" in text


def test_titles_quotes_and_questions_do_not_act() -> None:
    nasty = "@everyone <@&1> [x](javascript:alert) `code` ||spoiler|| **bold** # head https://evil.example/x"
    one = citation(1, nasty, "<@1>", article=article(1, nasty))
    answer = Answer(nasty, Outcome.ANSWERED, 1.0, None, f"<@1>: “{nasty}” [1]", (one,))
    text = "\n".join(answer_card(answer).pages[0].sections)
    for acting in (r"(?<!\\)@everyone", r"(?<!\\)<@", r"(?<!\\)`", r"(?<!\\)\|\|", r"\]\(javascript", r"https://evil"):
        assert not re.search(acting, text), acting
    assert nasty in unescaped(text)


def test_only_web_addresses_become_links() -> None:
    for bad in ("javascript:alert(1)", "ftp://x.example/a", "https://", "http://a b", None, "https://[bad", "x" * 600):
        assert web_link(bad) is None
    assert masked_link("A (b)", "https://x.example/a)b") == "[A \\(b\\)](https://x.example/a%29b)"


def test_where_a_link_to_the_words_is_too_long_the_article_opens() -> None:
    one = replace(citation(1, "It is over."), link="https://courier.example/a#:~:text=" + "x" * 600)
    assert "[A harbour closes](https://courier.example/a) · Test Courier" in whole(answered([one]))


def test_a_decline_shows_near_misses_as_whole_sentences() -> None:
    text = "The first sentence is here. " + "Another one follows after it. " * 20
    passage = Passage(1, "article-1", 1, 2, 0, len(text), text, PassageKind.PARAGRAPH)
    hit = Hit("main", passage, article(1), 1, 0.5, Signals(), {})
    answer = Answer("Who?", Outcome.NO_EVIDENCE, 0.1, Reason.NEAR_MISS, "The articles do not say.", (), (hit,))
    card = answer_card(answer)
    assert "not an answer" in "\n".join(card.pages[0].sections)
    assert opening(text).endswith(".” \\[…\\]")
    assert card.further


@given(st.text(max_size=300))
def test_escaping_keeps_what_was_printed(text: str) -> None:
    from bot.render.lines import visible

    assert unescaped(escaped(text)).replace("\\", "") == visible(text).replace("\\", "")
