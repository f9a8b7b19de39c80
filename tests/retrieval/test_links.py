"""Links that open at the quoted words: found by the rules by which a browser finds them."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from retrieval.links import deep_link

URL = "https://courier.example/harbour"


def link(body: str, quote: str, *, nth: int = 0, url: str | None = URL) -> str | None:
    start = [found.start() for found in re.finditer(re.escape(quote), body)][nth]
    return deep_link(url, body, start, start + len(quote))


def directive(body: str, quote: str, *, nth: int = 0) -> str:
    found = link(body, quote, nth=nth)
    assert found is not None
    before, _, after = found.partition("#:~:text=")
    assert before == URL
    return after


def parts(text: str) -> tuple[str | None, str, str | None, str | None]:
    """Prefix, start, end, suffix of a directive, as a browser takes it apart."""
    pieces = text.split(",")
    prefix = unquote(pieces.pop(0)[:-1]) if pieces[0].endswith("-") else None
    suffix = unquote(pieces.pop()[1:]) if pieces[-1].startswith("-") else None
    assert 1 <= len(pieces) <= 2
    return prefix, unquote(pieces[0]), unquote(pieces[1]) if len(pieces) == 2 else None, suffix


def found_by_browser(body: str, text: str) -> tuple[int, int] | None:
    """The range that a browser would mark: the algorithm of the specification, on plain text.

    https://wicg.github.io/scroll-to-text-fragment/#finding-ranges-in-a-document
    """
    prefix, first, last, suffix = parts(text)
    page = " ".join(body.split(" ")).casefold()
    if len(page) != len(body):  # casefolding may lengthen; the positions are needed
        page = body
    else:
        first, prefix, last, suffix = (part and part.casefold() for part in (first, prefix, last, suffix))  # type: ignore[assignment]

    def bounded(at: int) -> bool:
        return at in (0, len(page)) or not (_is_word(page[at - 1]) and _is_word(page[at]))

    at = 0
    while True:
        if prefix is not None:
            at = page.find(prefix, at)
            if at < 0:
                return None
            if not bounded(at):
                at += 1
                continue
            begin = at + len(prefix)
            begin += len(page[begin:]) - len(page[begin:].lstrip())
            at += 1
            if not page.startswith(first, begin):
                continue
        else:
            begin = page.find(first, at)
            if begin < 0:
                return None
            at = begin + 1
        end = begin + len(first)
        if not bounded(begin) or not bounded(end):
            continue
        if last is not None:
            end = page.find(last, end)
            while end >= 0 and not (bounded(end) and bounded(end + len(last))):
                end = page.find(last, end + 1)
            if end < 0:
                return None
            end += len(last)
        if suffix is not None:
            rest = page[end:]
            close = end + len(rest) - len(rest.lstrip())
            if not page.startswith(suffix, close) or not bounded(close + len(suffix)):
                continue
        return begin, end


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


# Which addresses


@pytest.mark.parametrize(
    "url",
    [None, "", "/articles/note.txt", "note", "file:///etc/passwd", "javascript:alert(1)", "ftp://courier.example/",
     "mailto:a@b.example", "https//no.colon", "http://[bad", "https://[::1/x"],
)  # fmt: skip
def test_no_link_without_a_web_address(url: str | None) -> None:
    assert link("A mill burned down.", "mill burned", url=url) is None


@pytest.mark.parametrize("url", ["http://courier.example", "https://courier.example/a?b=c&d=e", "HTTPS://C.example/"])
def test_the_address_is_kept_as_it_is(url: str) -> None:
    assert link("A mill burned down.", "mill burned", url=url) == f"{url}#:~:text=mill%20burned"


def test_an_address_that_has_a_fragment_keeps_it() -> None:
    url = "https://courier.example/#section-2"
    assert link("A mill burned down.", "mill burned", url=url) == f"{url}:~:text=mill%20burned"


def test_words_of_marks_alone_give_the_address_alone() -> None:
    assert link("Well … then.", " … ") == URL


# What is in the directive


def test_the_quote_stands_in_it_without_the_marks_at_its_ends() -> None:
    assert directive("He said: “It is cold here.” Then he left.", "“It is cold here.”") == "It%20is%20cold%20here"


@pytest.mark.parametrize(
    ("quote", "encoded"),
    [
        ("a well-known mill", "a%20well%2Dknown%20mill"),
        ("mills, bridges and towers", "mills%2C%20bridges%20and%20towers"),
        ("Marks & Spencer", "Marks%20%26%20Spencer"),
        ("up 5% in a year", "up%205%25%20in%20a%20year"),
        ("a #1 hit", "a%20%231%20hit"),
        ("what? no", "what%3F%20no"),
        ("x=1+1", "x%3D1%2B1"),
        ("café “Élysée” 北京", "caf%C3%A9%20%E2%80%9C%C3%89lys%C3%A9e%E2%80%9D%20%E5%8C%97%E4%BA%AC"),
        ("party 🎉 time", "party%20%F0%9F%8E%89%20time"),
        ("we can’t pay", "we%20can%E2%80%99t%20pay"),
    ],
)
def test_what_means_something_in_a_directive_is_encoded(quote: str, encoded: str) -> None:
    body = f"Yesterday: {quote}; that was it."
    assert directive(body, quote) == encoded
    assert found_by_browser(body, encoded) == (11, 11 + len(quote))


def test_a_long_quote_is_named_by_its_ends() -> None:
    quote = "We will not pay for this, " + "because it is too dear, " * 10 + "and that is the end of it"
    assert len(quote) > 200
    text = directive(f"He said: “{quote}.”", quote)
    assert text == "We%20will%20not%20pay%20for%20this,that%20is%20the%20end%20of%20it"
    assert found_by_browser(f"He said: “{quote}.”", text) == (10, 10 + len(quote))


@pytest.mark.parametrize("words", [1, 2, 3, 7, 11])
def test_the_ends_of_a_quote_of_few_long_words_do_not_overlap(words: int) -> None:
    quote = " ".join(chr(ord("a") + n) * 230 for n in range(words))
    text = directive(f"He said: “{quote}.”", quote)
    assert found_by_browser(f"He said: “{quote}.”", text) == (10, 10 + len(quote))


def test_words_of_two_paragraphs_are_named_by_their_ends() -> None:
    body = "We cannot pay for this.\n\nAnd we never will do so again."
    assert parts(directive(body, body)) == (None, "We cannot pay for this", "we never will do so again", None)
    assert found_by_browser(body, directive(body, body)) == (0, len(body) - 1)


def test_two_paragraphs_of_the_same_words_are_named_by_both() -> None:
    body = "It is cold here.\n\nIt is cold here."
    assert parts(directive(body, body))[1:3] == ("It is cold here", "It is cold here")


# Context only where the words alone would not do


def test_no_context_where_the_words_occur_once() -> None:
    assert directive("The mill burned. The millers wept.", "mill") == "mill"


@pytest.mark.parametrize("nth", [0, 1])
def test_words_that_occur_twice_are_told_apart_by_what_stands_before(nth: int) -> None:
    body = "Ada Brook said: “It is cold here.” Later Ivo Lund said: “It is cold here.”"
    quote = "It is cold here"
    text = directive(body, quote, nth=nth)
    assert parts(text)[0] is not None
    start = [found.start() for found in re.finditer(quote, body)][nth]
    assert found_by_browser(body, text) == (start, start + len(quote))


def test_case_does_not_tell_words_apart() -> None:
    body = "It is cold here, he said. Others deny that it is cold here."
    text = directive(body, "it is cold here")
    assert parts(text)[0] == "said. Others deny that"
    assert found_by_browser(body, text) == (body.rindex("it is"), len(body) - 1)


def test_where_nothing_stands_before_what_follows_tells_them_apart() -> None:
    body = "“It is cold here,” Ada Brook said.\n\n“It is cold here,” Ivo Lund said."
    text = directive(body, "It is cold here", nth=1)
    assert parts(text) == (None, "It is cold here", None, ",” Ivo Lund said")
    assert found_by_browser(body, text) == (body.rindex("It is"), body.rindex("It is") + 15)


def test_the_context_never_crosses_a_paragraph() -> None:
    body = "Nothing here.\n\nIt is cold.\n\nMore of it.\n\nIt is cold."
    assert directive(body, "It is cold", nth=1) == "It%20is%20cold"


def test_a_long_quote_whose_beginning_occurs_twice_gets_context_too() -> None:
    start = "We will not pay for this"
    long = start + " because it is too dear" * 12 + ", and that is all there is to say"
    body = f"Ada Brook said: “{start}.”\n\nIvo Lund said: “{long}.”"
    text = directive(body, long)
    assert parts(text)[0] == "Ivo Lund said: “"
    assert found_by_browser(body, text) == (body.index(long), body.index(long) + len(long))


# Any text

WORDS = st.sampled_from(
    ["the ", "mill ", "burned", " - ", ", ", "& ", "“It ", "is ” ", "\n\n", "\n", "can’t ", "U.S. ", "3,000 ",
     "well-known ",
     "北京 ", "Élysée ", "e\u0301", "🎉", "% ", "# ", "… "]
)  # fmt: skip
ANY = st.text(st.characters(exclude_categories=["Cs"]))
BODIES = st.one_of(st.lists(WORDS, min_size=1, max_size=60).map("".join), ANY)


@given(BODIES, st.data())
def test_what_is_in_a_link_stands_in_the_text(body: str, data: st.DataObject) -> None:
    assume(body)
    start = data.draw(st.integers(0, len(body) - 1))
    end = data.draw(st.integers(start + 1, len(body)))
    found = deep_link(URL, body, start, end)
    assert found is not None
    assert urlsplit(found).netloc == "courier.example"
    assert re.fullmatch(r"[!-~]+", found)
    if found == URL:
        assert not any(_is_word(character) for character in body[start:end])
        return
    text = found.partition("#:~:text=")[2]
    # Nothing but the separators themselves is left unencoded.
    assert re.fullmatch(r"(?:[\w.~%]+-,)?[\w.~%]+(?:,[\w.~%]+)?(?:,-[\w.~%]+)?", text)
    prefix, first, last, suffix = parts(text)
    inside = body[start:end]
    assert first in inside
    assert last is None or last in inside
    if prefix is not None:
        assert re.search(re.escape(prefix) + r"\s*" + re.escape(first), body)
    if suffix is not None:
        assert re.search(re.escape(last or first) + r"\s*" + re.escape(suffix), body)


@given(st.lists(WORDS, min_size=3, max_size=40).map("".join), st.data())
def test_a_browser_finds_words_that_occur_once(body: str, data: st.DataObject) -> None:
    words = list(re.finditer(r"\w+", body))
    assume(words and unicodedata.is_normalized("NFC", body))
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, min(first + 8, len(words) - 1)))
    start, end = words[first].start(), words[last].end()
    inside = body[start:end]
    bounded = rf"(?<!\w)(?={re.escape(inside)}(?!\w))"
    assume("\n" not in inside and len(inside) <= 200 and len(re.findall(bounded, body, re.IGNORECASE)) == 1)
    found = deep_link(URL, body, start, end)
    assert found is not None
    text = found.partition("#:~:text=")[2]
    assert parts(text) == (None, inside, None, None)
    assert found_by_browser(body, text) == (start, end)
