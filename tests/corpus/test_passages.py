from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cleaning import clean
from corpus.datelines import read_byline, read_dateline
from corpus.models import PassageKind
from corpus.passages import derive_fields, split
from corpus.sentences import sentences

PIECES = st.sampled_from(
    [
        *" .!?…,;:“”\"'’()[]—-\n\t",
        "\n\n",
        "Mr. ",
        "U.S. ",
        "Feb. 14 ",
        "He said ",
        "she ",
        "Smith",
        "...",
        ". ",
        "? ",
        "。",
        "你好",
        "\u200b",
        "\u2028",
        "\x1c",
        "👩‍🚒",
        "e\u0301",
        "PARIS — ",
        "By Anna Roe\n",
        "(Photo: AP)\n",
    ]
)
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.lists(PIECES, max_size=60).map("".join),
)


@given(TEXTS)
def test_offsets_hold_for_any_text(body):
    blocks = split(body)
    assert [block.ordinal for block in blocks] == list(range(1, len(blocks) + 1))
    at = 0
    for block in blocks:
        assert at <= block.start < block.end <= len(body)
        assert body[at : block.start].strip() == ""
        assert body[block.start : block.end] == block.text == block.text.strip()
        assert "\n" not in block.text
        assert block.sentences[0].start == block.start
        assert block.sentences[-1].end == block.end
        for one, next_one in zip(block.sentences, block.sentences[1:], strict=False):
            assert one.start < one.end == next_one.start < next_one.end
        at = block.end
    assert body[at:].strip() == ""


@given(TEXTS)
def test_derived_fields_stand_in_the_text(body):
    for key, found in derive_fields(body, split(body)).items():
        assert found.value
        if key != "published_at":
            assert all(part in body for part in found.value.split(", "))


def cut(text: str) -> list[str]:
    return [text[span.start : span.end].strip() for span in sentences(text)]


@pytest.mark.parametrize(
    "marked",
    [
        "Mr. Roe met Sgt. Ann P. Poe/U.S. Army on Feb. 14.| Gov. Lind left.",
        "“We can’t,” he said.| “Not now.”| Then he left.",
        "It will “open the port. ... That is the aim,” she said.| He nodded.",
        "It gave him grounds. for hope.| Others had none.",
        "They saw the quay. , and then the port.",
        '"Really?" she asked.| "Yes!" he cried.',
        "“Really?” Lind asked.| “No!” Roe said.",
        "“For all of us.| We must act.| Now.”| He sat.",
        "Also on Monday.| U.S. Secretary Ann Roe spoke at 5 a.m. on deck.| He left at 5 p.m.| The end.",
        "He lives in the U.S.| He left.| The U.S. Army came.",
        "It cost $1.5 million vs. $2 million.| No. 5 won.",
        "Robert F. Poe Jr. said no.| J.K. Roe won.",
        "(See below.)| Done.| He wrote [sic].| Then.",
        "Wait...| What?| He said... nothing.",
        "你好。| 我是。".replace(" ", ""),
        "talks.Lind said so",
        "37. The ferry",
        "It came in.| It left again. —AR",
        "“It came in.| It left again.” Anna Roe",
        "He called it “a start. A good one.”| She did not.",
    ],
)
def test_sentences_of_news(marked):
    assert cut(marked.replace("|", "")) == [part.strip() for part in marked.split("|")]


def test_a_closing_mark_stays_with_its_sentence():
    for text in ("He said “no.” She said “yes.” They left.", 'He said "no." She said "yes." They left.'):
        for part in cut(text):
            assert part[0] not in "”)"
            assert part.count('"') % 2 == 0
            assert part.count("“") == part.count("”")


def test_a_splitter_that_fails_leaves_one_sentence(monkeypatch):
    def broken(*_):
        raise IndexError

    monkeypatch.setattr("corpus.sentences.segmenter.segment", broken)
    assert cut("One thing. Another thing.") == ["One thing. Another thing."]


REPORT = "The ferry to the island came in on Monday with forty passengers and some mail, the harbour master said."
MORE = "A larger ship is to arrive from the yard in the north by the end of the month, according to the company."


def kinds_of(*lines: str, gap: str = "\n\n") -> list[str]:
    return [block.kind.value for block in split(gap.join(lines))]


def test_a_report_with_everything():
    body = "\n\n".join(
        [
            "Ferry link to the island reopens after nine days",
            "By Anna Roe",
            "pier north\nPassengers leave the ferry on Monday. (Photo: Harbour Post)",
            "LINDHAVEN — " + REPORT,
            MORE,
            "What comes next",
            REPORT,
            "Poe reported from Lindhaven. Jon Lind contributed to this report.",
        ]
    )
    assert [block.kind.value for block in split(body)] == [
        "headline",
        "credit",
        "caption",
        "caption",
        "paragraph",
        "paragraph",
        "subhead",
        "paragraph",
        "credit",
    ]


@pytest.mark.parametrize(
    "first",
    [
        "The ferry came in.",
        "LINDHAVEN — The ferry came in on Monday, and nobody was there to see it",
        "By Anna Roe",
        "Nov. 13, 2023",
        "the ferry came in on Monday",
        "Ferries",
        "x " * 101,
        "“The ferry came in.”",
        "Whose ferry is it? Nobody on the island seems to know the answer, or does anybody?",
    ],
)
def test_no_headline(first):
    assert kinds_of(first, REPORT, MORE)[0] != "headline"


def test_a_headline_has_a_blank_line_below():
    assert kinds_of("Ferry link reopens", REPORT, MORE)[0] == "headline"
    assert kinds_of("Ferry link reopens", REPORT, MORE, gap="\n")[0] == "paragraph"


@pytest.mark.parametrize(
    "text",
    [
        "Anna Roe (L) and Jon Lind (R) meet on the quay on Monday. Photo by Pool/Island News",
        "Mayor Anna Roe, left, and harbour master Jon Lind.",
        "1 of 7 | The ferry leaves the quay on Monday.",
        "Ships are seen in this file photo from last year.",
        "FILE PHOTO: The ferry leaves the quay.",
        "The ferry leaves. Photo by Sgt. Ann Poe/U.S. Army",
        "The quay after the storm (Getty Images/Island)",
        "From left, Anna Roe and Jon Lind.",
    ],
)
def test_captions(text):
    assert kinds_of(REPORT, text, MORE)[1] == "caption"


@pytest.mark.parametrize(
    "text",
    [
        "(Pool photo by Anna Roe)",
        "Photo by Anna Roe / Harbour Post",
        "Photograph: Harbour Post",
        "(Getty Images)",
        "Reporting by Anna Roe; editing by Jon Lind",
        "(Writing by Anna Roe)",
        "Additional reporting by Jon Lind.",
        "The Island Press contributed to this report.",
        "By Anna Roe and Jon Lind",
    ],
)
def test_credits(text):
    assert kinds_of(REPORT, text, MORE)[1] == "credit"


@pytest.mark.parametrize(
    "text",
    [
        "Photography was banned on the quay by the mayor on Monday.",
        "He kicked it on the left, and it went in.",
        "The senators, Roe (R) and Poe (D), voted no.",
        "By Monday the ferry was back.",
        "By Lindhaven Harbour they waited, and waited, until the ferry came.",
        "Emissions contributed to the storm, the report said.",
        "Q: What did the harbour master say about it",
        "- one thing on a list",
        "@lind The ferry is back #ferry",
        "“The ferry is back”",
        "Ferries 3, Bridges 1",
        "Where to go: the quay",
    ],
)
def test_paragraphs_by_form(text):
    assert kinds_of(REPORT, text, MORE)[1] == "paragraph"


def test_short_lines_alone_are_paragraphs():
    assert set(kinds_of("Milk", "Bread and butter", "Tea for two", "Eggs", "Salt")) == {"paragraph"}
    assert kinds_of(REPORT, "One item", "Another item", "A third item", REPORT)[1:4] == ["paragraph"] * 3


def test_several_link_lines_in_a_report_are_teasers():
    first = "Plenty of islanders don’t mind the quiet, but some are moving away anyway."
    second = "Perhaps the new bridge wasn’t worth the wait after all."
    report = [REPORT, MORE] * 3
    with_both = kinds_of(*report, first, REPORT, MORE, second, REPORT, MORE)
    assert (with_both[6], with_both[9]) == ("teaser", "teaser")
    assert "teaser" not in kinds_of(*report, first, REPORT, MORE, REPORT, MORE)


def test_what_the_text_says_of_itself():
    dateline = "PARIS, Feb 7, 2022 (Reuters)"
    body = f"Ferry link reopens after storm\n\nBy Anna Roe and Jon Lind\n\n{dateline} - {REPORT}\n\n{MORE}"
    fields = derive_fields(body, split(body))
    assert {key: (found.value, found.source) for key, found in fields.items()} == {
        "title": ("Ferry link reopens after storm", "first line"),
        "author": ("Anna Roe and Jon Lind", "byline"),
        "dateline": ("PARIS, Feb 7, 2022 (Reuters)", "text dateline"),
        "outlet": ("Reuters", "text dateline"),
        "published_at": ("2022-02-07", "text dateline"),
    }


def test_nothing_is_invented():
    assert derive_fields("", ()) == {}
    assert derive_fields(REPORT, split(REPORT)) == {}
    body = f"Feb. 7 (UPI) -- {REPORT}\n\n{MORE}"
    assert set(derive_fields(body, split(body))) == {"dateline", "outlet"}


@pytest.mark.parametrize(
    ("block", "dateline"),
    [
        ("MOSCOW — The ferry came.", "MOSCOW"),
        ("Feb. 7 (UPI) -- The ferry came.", "Feb. 7 (UPI)"),
        ("PARIS, Feb 7 (Reuters) - The ferry came.", "PARIS, Feb 7 (Reuters)"),
        ("WASHINGTON (AP) — The ferry came.", "WASHINGTON (AP)"),
        ("KYIV, Ukraine (AP) — The ferry came.", "KYIV, Ukraine (AP)"),
        ("ST. PETERSBURG, Fla. — The ferry came.", "ST. PETERSBURG, Fla."),
        ("NEW YORK – “The ferry,” he said.", "NEW YORK"),
        ("Moscow, 7 February (TASS) — The ferry came.", "Moscow, 7 February (TASS)"),
        ("BREAKING — The ferry came.", None),
        ("NATO — the alliance — came.", None),
        ("PARIS (France) — The ferry came.", None),
        ("The ferry — Anna — came.", None),
        ("Anna Roe - The ferry came.", None),
        ("LINDHAVEN, ISLAND – MARCH 05: Anna Roe on the quay", None),
    ],
)
def test_datelines(block, dateline):
    found = read_dateline(block)
    assert (found.text if found else None) == dateline


@pytest.mark.parametrize(
    ("block", "names"),
    [
        ("By Anna Roe", "Anna Roe"),
        ("BY ANNA ROE", "ANNA ROE"),
        ("By Anna Roe, Jon Lind and Ann P. Poe", "Anna Roe, Jon Lind and Ann P. Poe"),
        ("By Anna Roe, Associated Press", "Anna Roe"),
        ("By Anna van der Roe | Harbour Post", "Anna van der Roe"),
        ("By Monday evening they left", None),
        ("By Monday Evening.", None),
        ("By and large", None),
    ],
)
def test_bylines(block, names):
    assert read_byline(block) == names


@pytest.mark.parametrize("unit", ["One more. And “so. ", "a. b ", "( A. ", '" A. ', ". ", "x", "“", "A, ", "U.S. He "])
def test_a_long_block_takes_no_more_than_its_share(unit):
    """Counts the lines of Python that run: twice the text, about twice the lines."""

    def lines_run(text: str) -> int:
        count = 0

        def trace(frame, event, arg):
            nonlocal count
            count += 1
            return trace

        previous = sys.gettrace()
        sys.settrace(trace)
        try:
            split(text)
        finally:
            sys.settrace(previous)
        return count

    size = 4000
    assert lines_run((unit * size)[: 2 * size]) < 2.6 * lines_run((unit * size)[:size]) + 2000


@pytest.mark.shared
def test_the_seeds_are_told_apart():
    folder = Path(__file__).parents[3] / "shared" / "seeds"
    if not folder.is_dir():
        pytest.skip("the data folder is not there")
    teasers = 0
    for path in sorted(folder.glob("*.txt")):
        cleaned = clean(path.read_text(encoding="utf-8"))
        blocks = split(cleaned.body)
        assert not {"Advertisement", "Source link", "Latest Headlines"} & {block.text for block in blocks}
        assert sum(block.kind is PassageKind.PARAGRAPH for block in blocks) * 10 >= len(blocks) * 8
        teasers += sum(block.kind is PassageKind.TEASER for block in blocks)
    assert teasers == 3
