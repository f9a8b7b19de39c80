"""Pictures: they parse, hold their words for whoever hears them, and nothing in them overlaps."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from itertools import combinations

import pytest
from PIL import Image

from bot.render.plot import MOST_EVENTS, alternative_text, figures_picture, timeline_picture
from bot.render.sheet import Align, Format, Sheet, width_of, wrapped
from corpus.models import Bound
from retrieval.models import Difference, Event, ShownFigure, Timeline
from tests.bot.making_overviews import figure, named, published
from tests.conftest import ROOT

LONG = (
    "The council of Port Ellery decided after a long and at times bitter debate that the harbour, which has served the "
    "fishermen of the coast for more than three hundred years, will be closed to all vessels from the first of June."
)
TIMELINE = Timeline(
    "What happened to the harbour?",
    (
        named(1, "2014-01-01", "It opened in 2014.", "2014-12-31"),
        named(2, "2022-02-07", LONG, printed="on Monday"),
        published(3, "2022-02-08", "“We cannot pay,” she said.", speaker="Ada Brook"),
    ),
)
FIGURES = (
    figure(1, "110,000 soldiers", 110_000, counted="soldiers", claimant="U.S. officials", as_of="2022-02-07"),
    figure(2, "100,000 to 130,000 men", 100_000, 130_000, Bound.BETWEEN, counted="men", difference=Difference.ROUNDED),
    figure(3, "more than 100,000", 100_000, bound=Bound.AT_LEAST, difference=Difference.ROUNDED, also=(4, 5, 6)),
    figure(7, "up to 190,000 men " + "and more " * 20, 19e4, bound=Bound.AT_MOST, difference=Difference.LATER),
    figure(8, "nearly 150,000", 150_000, bound=Bound.ABOUT, difference=Difference.DIFFERS),
    figure(9, "some 3 million people", 3e6, bound=Bound.ABOUT, difference=Difference.OTHER_SCOPE),
)  # fmt: skip
MONEY = (
    figure(1, "€1.2 billion", 1.2e9, unit="EUR"),
    figure(2, "more than $1.3 billion", 1.3e9, bound=Bound.AT_LEAST, unit="USD", difference=Difference.OTHER_SCOPE),
)
SHARES = (
    figure(1, "4.99 percent", 4.99, unit="%"),
    figure(2, "less than 6%", 6, bound=Bound.AT_MOST, unit="%", difference=Difference.ROUNDED),
)
ODD = [
    "$5 and $6 \\frac{1}{2} ^_{} %", "$unclosed", "$\\nonsense{$ is no formula",
    "🦄🎉", "שלום עולם", "مرحبا بالعالم", "日本語の記事" * 40, "W" * 400,
    "zero\0null \x1b[2J \ud800 \ufffe \U0001ffff -- --> <b>&amp; ]]>", "\u202eevil", "e\u0301" * 200, "Z̷͎͆a̵̺͝l̸̫̈́g̶̰̀o̸̞͐",
    "\u200d\ufe0f", "\n\n\t",
    "a" * 60 + " " + "b" * 300, "",
]  # fmt: skip
FORMATS: tuple[Format, ...] = ("png", "svg")


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack_from(">II", png, 16)
    return width, height


def words_of(svg: bytes) -> tuple[str, str]:
    """Title and description as a screen reader finds them."""
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    named_by = (root.get("aria-labelledby") or "").split()
    elements = {child.get("id"): child for child in root}
    title, description = (elements[name] for name in named_by)
    assert (title.tag.rpartition("}")[2], description.tag.rpartition("}")[2]) == ("title", "desc")
    return title.text or "", description.text or ""


def many(count: int, quote: str = LONG) -> Timeline:
    return Timeline("harbour", tuple(named(n, f"2022-{n % 12 + 1:02}-03", f"{n} {quote}") for n in range(count)))


# Files


def test_a_png_holds_its_words() -> None:
    made = timeline_picture(TIMELINE, "png")
    width, height = size_of(made)
    assert width > 1000
    assert 300 < height < 1200
    with Image.open(io.BytesIO(made)) as picture:
        picture.load()
        assert isinstance(picture, Image.Image)
        text = picture.text  # type: ignore[attr-defined]
    assert text["Title"] == TIMELINE.question
    assert text["Description"] == alternative_text(TIMELINE)
    assert set(text) == {"Title", "Description"}


def test_a_description_in_plain_letters_is_an_ordinary_text_chunk() -> None:
    made = figures_picture("How much?", SHARES, "png")
    assert b"tEXtDescription\x00Chart of 2 figures." in made


def test_an_svg_says_its_words_to_whoever_hears_it() -> None:
    assert words_of(timeline_picture(TIMELINE, "svg")) == (TIMELINE.question, alternative_text(TIMELINE))
    assert words_of(figures_picture("How many <b>?", FIGURES, "svg")) == ("How many <b>?", alternative_text(FIGURES))


def test_two_pictures_on_one_page_do_not_take_each_others_words() -> None:
    names = [
        ET.fromstring(made).get("aria-labelledby")
        for made in (figures_picture("q", FIGURES, "svg"), figures_picture("q", MONEY, "svg"))
    ]
    assert names[0] != names[1]


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_picture_has_the_same_bytes_and_bears_no_day(format: Format) -> None:
    made = timeline_picture(TIMELINE, format)
    assert made == timeline_picture(TIMELINE, format)
    assert made != timeline_picture(many(2), format)
    assert b"matplotlib.org" not in made
    assert b"<dc:date>" not in made


def test_a_picture_is_as_tall_as_what_it_shows() -> None:
    heights = [size_of(timeline_picture(many(count), "png"))[1] for count in (1, 2, 5)]
    assert heights == sorted(set(heights))


def test_of_very_many_events_the_rest_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = drawn(monkeypatch, lambda: timeline_picture(many(MOST_EVENTS + 2), "png"))
    assert "2 later events not in the picture" in [one.text for one in shown]
    assert f"[{MOST_EVENTS - 1}]" in [one.text for one in shown]
    assert f"[{MOST_EVENTS}]" not in [one.text for one in shown]


# Odd text


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("format", FORMATS)
def test_no_text_breaks_a_picture(text: str, format: Format) -> None:
    event = named(1, "2022-02-07", text or "x", printed=text, outlet=text or None, speaker=text or None)
    row = figure(1, text, 5, counted=text, unit=text[:3] or None, claimant=text)
    for made in (timeline_picture(Timeline(text, (event,)), format), figures_picture(text, (row, row), format)):
        if format == "png":
            size_of(made)
        else:
            words_of(made)


@pytest.mark.parametrize("value", [0.0, -5.0, 1e300, 1e-300, float("inf"), float("nan")])
@pytest.mark.parametrize("bound", list(Bound))
def test_no_number_breaks_a_picture(value: float, bound: Bound) -> None:
    rows = (figure(1, "odd", value, bound=bound), figure(2, "5", 5))
    size_of(figures_picture("q", rows, "png"))
    size_of(figures_picture("q", rows[:1], "png"))


def test_days_that_are_no_dates_are_shown_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    events = (published(1, "some day", "x"), published(2, "2022-02-08", "y"))
    shown = drawn(monkeypatch, lambda: timeline_picture(Timeline("q", events), "png"))
    assert "some day" in [one.text for one in shown]


# What is drawn


@dataclass(frozen=True)
class Drawn:
    """A text, and the room it takes."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


def drawn(monkeypatch: pytest.MonkeyPatch, draw: object) -> list[Drawn]:
    """Every text that a picture draws."""
    found: list[Drawn] = []
    real = Sheet.text

    def noted(
        self: Sheet, x: float, y: float, text: str, size: float, colour: str, *, bold: bool = False,
        align: Align = "left",
    ) -> None:  # fmt: skip
        width = width_of(text, size, bold=bold)
        left = x - {"left": 0.0, "center": width / 2, "right": width}[align]
        if text:
            found.append(Drawn(text, left, left + width, y - size * 0.75, y))
        real(self, x, y, text, size, colour, bold=bold, align=align)

    with monkeypatch.context() as patch:
        patch.setattr(Sheet, "text", noted)
        draw()  # type: ignore[operator]
    return found


PICTURES: dict[str, Timeline | tuple[ShownFigure, ...]] = {
    "three": TIMELINE,
    "nineteen": many(19),
    "thirty": many(30, "Short."),
    "periods": Timeline("q" * 300, tuple(named(n, f"2022-0{n}-28", LONG, f"2022-0{n + 1}-03") for n in range(1, 8))),
    "wide": Timeline("W" * 300, (named(1, "2022-02-07", "W" * 500, outlet="W" * 200),)),
    "one day": Timeline("q", tuple(named(n, "2022-02-07", f"{n} {LONG}") for n in range(15))),
    "labels": (figure(1, "5", 5), figure(2, "over 9", 9, bound=Bound.AT_LEAST, difference=Difference.OTHER_SCOPE)),
    "numbers": FIGURES, "money": MONEY, "shares": SHARES, "alone": FIGURES[:1],
    "far": (FIGURES[0], figure(2, "3 tanks", 3, counted="tanks", difference=Difference.DIFFERS)),
}  # fmt: skip


@pytest.mark.parametrize("shown", PICTURES.values(), ids=PICTURES)
def test_no_text_lies_over_another_or_leaves_the_card(
    monkeypatch: pytest.MonkeyPatch, shown: Timeline | tuple[ShownFigure, ...]
) -> None:
    def draw() -> None:
        png = (
            timeline_picture(shown, "png") if isinstance(shown, Timeline) else figures_picture("q" * 300, shown, "png")
        )
        size.append(tuple(length / 200 * 72 for length in size_of(png)))

    size: list[tuple[float, ...]] = []
    texts = drawn(monkeypatch, draw)
    assert len(texts) > 3
    ((width, height),) = size
    for one in texts:
        assert 0 < one.left < one.right < width, one
        assert 0 < one.top < one.bottom < height, one
    for one, other in combinations(texts, 2):
        apart = (
            one.right <= other.left + 0.1
            or other.right <= one.left + 0.1
            or one.bottom <= other.top
            or other.bottom <= one.top
        )
        assert apart, (one, other)


def texts_of(monkeypatch: pytest.MonkeyPatch, *events: Event) -> list[str]:
    return [one.text for one in drawn(monkeypatch, lambda: timeline_picture(Timeline("q", events), "png"))]


@pytest.mark.parametrize(
    ("then", "gap"),
    [
        ("2022-02-07", None), ("2022-02-08", None), ("2022-02-09", "2 days later"), ("2022-02-21", "2 weeks later"),
        ("2022-06-07", "4 months later"), ("2023-02-07", "1 year later"), ("2031-02-07", "9 years later"),
    ],
)  # fmt: skip
def test_gaps_between_days_are_named(monkeypatch: pytest.MonkeyPatch, then: str, gap: str | None) -> None:
    shown = texts_of(monkeypatch, named(1, "2022-02-07", "One."), named(2, then, "Two."))
    assert [text for text in shown if text.endswith(" later")] == ([gap] if gap else [])


def test_within_a_longer_time_there_is_no_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = texts_of(
        monkeypatch, named(1, "2022-01-01", "A.", "2022-12-31"), named(2, "2022-02-01", "B."),
        named(3, "2022-11-01", "C."),
    )  # fmt: skip
    assert not [text for text in shown if text.endswith(" later")]


def test_a_long_quote_is_cut_between_words() -> None:
    lines = wrapped(LONG, 200, 10, 3)
    assert len(lines) == 3
    assert lines[-1].endswith(" …")
    assert LONG.startswith(" ".join(lines).removesuffix(" …"))
    assert LONG[len(" ".join(lines).removesuffix(" …"))] == " "
    assert all(width_of(line, 10) <= 200 for line in lines)
    assert " ".join(wrapped(LONG, 200, 10, 99)) == LONG


def test_a_word_wider_than_the_line_is_cut_where_it_must_be() -> None:
    lines = wrapped("x" * 300, 100, 10, 99)
    assert "".join(lines) == "x" * 300
    assert len(lines) > 2


# The library


def test_importing_the_pictures_loads_nothing_heavy_and_drawing_needs_no_pyplot() -> None:
    script = (
        "import sys; import bot.render.plot as plot; assert 'matplotlib' not in sys.modules; "
        "from tests.bot.test_plot import TIMELINE; plot.timeline_picture(TIMELINE, 'png'); "
        "assert 'matplotlib.figure' in sys.modules; assert 'matplotlib.pyplot' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_nobodys_own_settings_change_a_picture() -> None:
    import matplotlib

    before = timeline_picture(TIMELINE, "svg")
    with matplotlib.rc_context({"text.usetex": True, "text.color": "red", "font.size": 40, "savefig.bbox": "tight"}):
        assert timeline_picture(TIMELINE, "svg") == before
        assert matplotlib.rcParams["text.usetex"] is True
