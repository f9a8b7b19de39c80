from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cleaning import apply_edits, clean, spans_agree, to_raw
from corpus.edits import chain
from corpus.models import Edit

# Characters that the passes look for, so that random text hits them and their neighbours often.
PIECES = st.sampled_from(
    [
        *"aeq .,;-\n\t\r\"'“”()[]#*_>!|\\",
        "\r\n",
        "\u200b",
        "\u200d",
        "\u200c",
        "\ufeff",
        "\u00ad",
        "\xa0",
        "\x07",
        "\x85",
        "\u2028",
        "\u0301",
        "\u0323",
        "\u0307",
        "\u1100",
        "\u1161",
        "\u11a8",
        "한",
        "क",
        "ा",
        "👩",
        "слово",
        "كلمة",
        "Word",
        "Advertisement",
        "Read more",
        "© 2024 X",
        "[text](http://a.example/b_c)",
        "![i](u)",
        "**",
        "line of words that is rather long and runs on and on to the edge",
        "---",
    ]
)
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.lists(PIECES, max_size=40).map("".join),
)


@given(TEXTS, st.booleans())
def test_the_edits_alone_make_the_body(raw, markdown):
    cleaned = clean(raw, markdown=markdown)
    assert apply_edits(raw, cleaned.edits) == cleaned.body
    at = 0
    for edit in cleaned.edits:
        assert at <= edit.raw_start < edit.raw_end <= len(raw)
        assert raw[edit.raw_start : edit.raw_end] != edit.replacement
        assert edit.reason
        at = edit.raw_end


@given(TEXTS, st.booleans(), st.data())
def test_every_span_of_the_body_maps_back(raw, markdown, data):
    cleaned = clean(raw, markdown=markdown)
    start = data.draw(st.integers(0, len(cleaned.body)))
    end = data.draw(st.integers(start, len(cleaned.body)))
    raw_start, raw_end = to_raw(cleaned.edits, start, end)
    assert 0 <= raw_start <= raw_end <= len(raw)
    assert spans_agree(raw, cleaned.body, cleaned.edits, start, end)


@given(TEXTS, st.data())
def test_chained_edits_do_what_both_do(raw, data):
    def some(text):
        cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
        return tuple(
            Edit(a, b, data.draw(st.sampled_from(["", "x", "yz"])), "test")
            for a, b in zip(cuts[::2], cuts[1::2], strict=False)
        )

    first = some(raw)
    between = apply_edits(raw, first)
    second = some(between)
    assert apply_edits(raw, chain(first, between, second)) == apply_edits(between, second)


ODD = st.one_of(st.integers(-5, 60), st.integers(), st.none(), st.text(max_size=2))


@given(st.text(max_size=50), st.text(max_size=50), st.lists(st.tuples(ODD, ODD, ODD)), ODD, ODD)
def test_values_that_do_not_fit_do_not_agree_and_do_not_raise(raw, body, numbers, start, end):
    edits = [Edit(a, b, c, "test") for a, b, c in numbers]
    assert spans_agree(raw, body, edits, start, end) in (True, False)


def test_a_changed_body_does_not_agree():
    raw = "The\xa0mayor said\u200b no.\r\nHe left."
    cleaned = clean(raw)
    forged = cleaned.body.replace("no", "ya")
    assert not spans_agree(raw, forged, cleaned.edits, 0, len(forged))
    assert spans_agree(raw, forged, cleaned.edits, 0, 9)
    assert not spans_agree(raw, cleaned.body, cleaned.edits[1:], 0, 9)
    assert not spans_agree(raw, cleaned.body, cleaned.edits, 0, len(cleaned.body) + 1)


def test_the_raw_span_is_the_smallest():
    cleaned = clean("\u200bab\u200bcd\u200b")
    assert cleaned.body == "abcd"
    assert to_raw(cleaned.edits, 0, 2) == (1, 3)
    assert to_raw(cleaned.edits, 2, 4) == (4, 6)
    assert to_raw(cleaned.edits, 1, 3) == (2, 5)
    with pytest.raises(ValueError, match="not a span"):
        to_raw(cleaned.edits, 3, 2)


@pytest.mark.parametrize(
    ("raw", "body"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("a\u200bb\ufeffc\u2060d\u00ade", "abcde"),
        ("ring\x07 \x1b[0m", "ring [0m"),
        ("10\xa0000\u202f€", "10 000 €"),
        ("cafe\u0301 na\u200bi\u0308ve", "café na\u200bïve".replace("\u200b", "")),
        ("e\u200b\u0301", "é"),
        ("می\u200cخواهم and क्\u200dष and x\u200cy", "می\u200cخواهم and क्\u200dष and xy"),
        ("👩\u200d🚒 works, a\u200d🚒", "👩\u200d🚒 works, a🚒"),
        ("\u1112\u1161\u11ab\u1100\u1173\u11af", "한글"),
    ],
)
def test_characters(raw, body):
    assert clean(raw).body == body


def test_composed_text_is_in_normal_form():
    raw = "Re\u0301sume\u0301 q\u0307\u0323 \u0915\u093c ok"
    assert clean(raw).body == unicodedata.normalize("NFC", raw)


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "ADVERTISEMENT - CONTINUE READING BELOW",
        "ADVERTISEMENT Article continues below this ad",
        "Story continues below",
        "Sponsored",
        "Source link",
        "Latest Headlines",
        "Read more Harbours and Ports",
        "Read more: Why the ferry was late",
        "Related: The island that lost its bridge",
        "MORE: How the cup was won",
        "Click here to subscribe",
        "Sign up for our daily Island newsletter",
        "Share this article",
        "Facebook Twitter Whatsapp Email Share",
        "This website uses cookies to improve your experience.",
        "© 2022 Harbour Post. All rights reserved.",
        "Copyright 2021 The Island Press. All rights reserved. This may not be redistributed.",
        "* * *",
        "____",
    ],
)
def test_furniture_lines_go(line):
    before, after = "The ferry came in.", "It left again."
    assert clean(f"{before}\n\n{line}\n\n{after}").body.split() == f"{before} {after}".split()


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement revenue fell by a third, the publisher said.",
        "Sponsored by the bank, the race drew 4,000 runners.",
        "Read more books, the minister told pupils. “It is that simple,” she said.",
        "More stories like this one are told in the harbour every night, and few of them are true.",
        "Sign up for the army, he said, and see the world.",
        "Related charges against the company were dropped in May.",
        "This website uses cookies without asking, the regulator said.",
        "Copyright law was last changed in 1998, when the web was young.",
        "Share prices fell.",
        "Twitter",
        "Follow us, she called.",
        "The sign reads: click here to win. Nobody did.",
        "“Advertisement!” he shouted.",
        "— Anna Roe",
        "Click here to read, the notice said, and thousands did.",
    ],
)
def test_lines_of_the_article_stay(line):
    assert clean(f"The ferry came in.\n\n{line}\n\nIt left again.").body.split("\n")[2] == line


def test_stray_words_glued_to_a_line_go():
    latin = "The ferry came in on Monday morning with forty passengers and some mail."
    assert clean(f"{latin}اضافة اعلان\n\n{latin}").body == f"{latin}\n\n{latin}"
    assert clean(f"РекламаThe ferry came in.\n\n{latin}").body == f"The ferry came in.\n\n{latin}"


@pytest.mark.parametrize(
    "text",
    [
        "Zelensky (Зеленський) said so on Monday in the capital.",
        "The word for it is мир",
        "He wrote “мир”.",
        "The protein is called TNFα",
        "He moved to Tokyo東京",
        "Паром пришёл в понедельник. Это был первый паром за девять дней.",
        "وصلت العبارة يوم الاثنين. Ferry",
        "See www.пример",
    ],
)
def test_words_of_another_script_that_belong_stay(text):
    assert clean(text).body == text


WRAPPED = """\
The first ferry in nine days reached the island on Monday morning, carrying
mail, bread and forty passengers, some of whom had slept in the terminal for
most of the week.

"We waited long enough," said the harbour master, who had kept the link closed
since the storm broke the quay. A larger ship is to arrive by the end of a
week that nobody on the island will forget, from a yard in the north, co-
owned by the state."""


def test_hard_wrapped_lines_are_joined():
    paragraphs = clean(WRAPPED).body.split("\n\n")
    assert [p.count("\n") for p in paragraphs] == [0, 0]
    assert "carrying mail, bread" in paragraphs[0]
    assert "slept in the terminal for most" in paragraphs[0]
    assert paragraphs[1].endswith("north, co-owned by the state.")


@pytest.mark.parametrize(
    "text",
    [
        "A headline that is rather long and stands without a final stop at all\nBy Anna Roe of the Harbour Post",
        "Forty passengers left the ferry.\nThe mayor met them.\nThey were given bread and tea at the hall.\nAll went.",
        "First line of a caption with a name, left, and another name in the port of town\n(Photo by Anna Roe)",
        "Roses are red\nviolets are blue\nsugar is sweet\nand so are you",
        "The ferry came in on Monday morning. It carried mail and bread and forty people.\n"
        "The harbour master had kept the link closed since the storm. It broke the quay then.\n"
        "The company promised two sailings a day. A larger ship is to come from the yard soon.",
    ],
)
def test_lines_that_were_meant_stay(text):
    assert clean(text).body == text


@pytest.mark.parametrize(
    ("raw", "body"),
    [
        ("# Ferry back ##", "Ferry back"),
        ("The **first** ferry, _Anna_, __came__ *in* ***today***.", "The first ferry, Anna, came in today."),
        ("See [the port](https://a.example/p_(x)_y 'Port') now", "See the port now"),
        ("![a ship](s.png)Look", "Look"),
        ("[![a ship](s.png)](http://b.example)Look", "Look"),
        ("- one\n* two\n> three\n> > four", "one\ntwo\nthree\nfour"),
        ("snake_case_name and 3*4*5 and a * b", "snake_case_name and 3*4*5 and a * b"),
        (r"\*not\* emphasis", "*not* emphasis"),
        ("<https://a.example/x_y_z>", "https://a.example/x_y_z"),
        ("Read [it][1].\n\n[1]: https://a.example 'It'", "Read it.\n\n"),
        ("He said [sic] so (see).", "He said [sic] so (see)."),
        ("#hashtag and C# and 1. First", "#hashtag and C# and 1. First"),
    ],
)
def test_markdown_marks_go_and_words_stay(raw, body):
    assert clean(raw, markdown=True).body == body


def test_marks_stay_in_plain_text():
    text = "# 1 in *all* [charts](x)"
    assert clean(text).body == text


def test_nothing_but_furniture_leaves_a_blank_body():
    assert not clean("Advertisement\n\nRead more\n").body.strip()
