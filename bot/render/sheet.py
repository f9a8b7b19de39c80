"""A card that is drawn from the top down and comes out as PNG or SVG. The one module that knows matplotlib.

No display, no pyplot and none of the person's own matplotlib settings are involved, and what is drawn is told in words
inside the file. The same card gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Literal
from xml.sax.saxutils import escape

from bot.render.lines import one_line

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.font_manager import FontProperties
    from matplotlib.transforms import Transform

Format = Literal["png", "svg"]
Align = Literal["left", "center", "right"]

# One dark card for everybody: Discord's dark mode is what most people have, a light card would glare there, and on a
# white page a dark one can be read as well. Each colour has a contrast of at least 4.5 to the card.
CARD = "#24262b"
INK = "#eceef1"
SOFT = "#a8aeb8"
ACCENT = "#7ab8ff"
MARK = "#f2b866"
FAINT = "#4a4e57"
"""For lines that carry no words."""

_DPI = 200
_POINTS = 72
_COLOURS = 64
"""Of a PNG: six colours and their shades at the edges of letters."""

_ROUND = 9.0
_FAMILY = "DejaVu Sans"  # comes with matplotlib, so that a card looks alike everywhere
_FALLBACKS = (
    "Noto Sans", "Noto Sans CJK JP", "Noto Sans CJK SC", "Noto Sans JP", "Noto Sans SC", "WenQuanYi Zen Hei",
    "Droid Sans Fallback", "Hiragino Sans", "PingFang SC", "Microsoft YaHei", "Yu Gothic", "Malgun Gothic",
    "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari", "Noto Sans Thai", "Noto Emoji", "Segoe UI Symbol",
    "Arial Unicode MS",
)  # fmt: skip
"""For letters that the first has not, where one of these is installed; else matplotlib draws a box for the script.
None holds coloured pictures, which matplotlib cannot draw."""

_NO_CHARACTERS = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
"""Code points that XML forbids or nobody may exchange."""


def clean(text: str) -> str:
    """Text on one line that neither acts on anything nor breaks a file."""
    return _NO_CHARACTERS.sub("\ufffd", one_line(text))


class Sheet:
    """Lengths are points; ``y`` grows downwards, and text stands on it."""

    def __init__(self, width: float) -> None:
        self.width = width
        self._marks: list[Callable[[Transform], Artist]] = []

    def text(
        self, x: float, y: float, text: str, size: float, colour: str, *, bold: bool = False, align: Align = "left"
    ) -> None:
        """One line of text, dollar signs and all."""

        def made(place: Transform) -> Artist:
            from matplotlib.text import Text

            font = _font(size, bold)
            return Text(
                x, y, text, color=colour, fontproperties=font, ha=align, va="baseline", parse_math=False,
                transform=place,
            )  # fmt: skip

        self._marks.append(made)

    def line(
        self, start: tuple[float, float], end: tuple[float, float], colour: str, width: float, *, dashed: bool = False
    ) -> None:
        """A straight line."""

        def made(place: Transform) -> Artist:
            from matplotlib.lines import Line2D

            style: Literal["-"] | tuple[float, tuple[float, float]] = (0, (1.5, 2.5)) if dashed else "-"
            return Line2D(
                (start[0], end[0]), (start[1], end[1]), color=colour, linewidth=width, linestyle=style,
                solid_capstyle="round", dash_capstyle="round", transform=place,
            )  # fmt: skip

        self._marks.append(made)

    def dot(self, x: float, y: float, radius: float, colour: str, *, filled: bool = True) -> None:
        """A filled point, or a ring that hides what lies under it."""

        def made(place: Transform) -> Artist:
            from matplotlib.patches import Circle

            inside = colour if filled else CARD
            return Circle((x, y), radius, facecolor=inside, edgecolor=colour, linewidth=1.4, transform=place)

        self._marks.append(made)

    def bar(
        self, start: tuple[float, float], end: tuple[float, float], colour: str, *, opacity: float = 1.0,
        edge: str | None = None, rounding: float = 2.0,
    ) -> None:  # fmt: skip
        """A rectangle with rounded corners, from its upper left corner to its lower right one."""

        def made(place: Transform) -> Artist:
            from matplotlib.colors import to_rgba
            from matplotlib.patches import FancyBboxPatch

            width, height = end[0] - start[0], end[1] - start[1]
            return FancyBboxPatch(
                start, width, height, boxstyle=f"round,pad=0,rounding_size={min(rounding, width / 2, height / 2)}",
                facecolor=to_rgba(colour, opacity), edgecolor=edge or "none", linewidth=1.0 if edge else 0.0,
                transform=place,
            )  # fmt: skip

        self._marks.append(made)

    def arrow(self, x: float, y: float, to: float, colour: str) -> None:
        """A level arrow."""
        self.line((x, y), (to, y), colour, 1.6)
        back = 4.0 if to > x else -4.0

        def made(place: Transform) -> Artist:
            from matplotlib.patches import Polygon

            head = ((to + back / 4, y), (to - back, y - 3.2), (to - back, y + 3.2))
            return Polygon(head, closed=True, facecolor=colour, edgecolor="none", transform=place)

        self._marks.append(made)

    def picture(self, height: float, format: Format, title: str, description: str) -> bytes:
        """Everything drawn so far on a card of this height."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
        from matplotlib.transforms import Affine2D

        title, description = clean(title), clean(description)
        made = io.BytesIO()
        with _own_settings():
            figure = Figure(figsize=(self.width / _POINTS, height / _POINTS), dpi=_DPI, facecolor="none")
            FigureCanvasAgg(figure)
            place = Affine2D().scale(1, -1).translate(0, height).scale(1 / _POINTS) + figure.dpi_scale_trans
            card = Sheet(self.width)
            card.bar((0.5, 0.5), (self.width - 0.5, height - 0.5), CARD, edge=FAINT, rounding=_ROUND)
            for order, mark in enumerate((*card._marks, *self._marks)):
                artist = mark(place)
                artist.set_zorder(order)
                artist.set_clip_on(False)
                figure.add_artist(artist)
            # Neither day nor program stands in the file: it would differ without looking different.
            nothing = {"Software": None} if format == "png" else dict.fromkeys(("Date", "Creator", "Format", "Type"))
            figure.savefig(made, format=format, metadata=nothing)
        if format == "png":
            return _in_few_colours(made, title, description)
        return _described(made.getvalue().decode("utf-8"), title, description)


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is."""
    return _width(text, bold) * size


def wrapped(text: str, width: float, size: float, most: int, *, bold: bool = False) -> list[str]:
    """The text in at most so many lines, broken between words where that can be; an ellipsis where more follows."""
    lines: list[str] = []
    line = ""
    for word in clean(text).split(" "):
        longer = f"{line} {word}" if line else word
        if width_of(longer, size, bold=bold) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        while width_of(word, size, bold=bold) > width and len(lines) <= most:
            head = _fitting(word, width, size, bold)
            lines.append(head)
            word = word[len(head) :]
        line = word
        if len(lines) > most:
            break
    lines = [*lines, line] if line else lines
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while " " in last and width_of(f"{last} …", size, bold=bold) > width:
        last = last.rpartition(" ")[0]
    if width_of(f"{last} …", size, bold=bold) > width:
        last = _fitting(last, width - width_of(" …", size, bold=bold), size, bold)
    return [*lines[: most - 1], f"{last.rstrip(' ,;:–—-')} …"]


def _fitting(word: str, width: float, size: float, bold: bool) -> str:
    """As much of a word as fits; one letter at least."""
    low, high = 1, len(word)
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(word[:middle], size, bold=bold) <= width:
            low = middle
        else:
            high = middle - 1
    return word[:low]


@lru_cache(maxsize=4096)
def _width(text: str, bold: bool) -> float:
    """Widths grow with the size alone: they are measured once, at a size of one."""
    from matplotlib.textpath import text_to_path

    with _quiet():
        # It measures at a large size and scales down, so that nothing is lost by rounding.
        width, _, _ = text_to_path.get_text_width_height_descent(text, _font(100.0, bold), ismath=False)
    return float(width) / 100.0


def _font(size: float, bold: bool) -> FontProperties:
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=list(_families()), size=size, weight="bold" if bold else "normal")


@lru_cache(maxsize=1)
def _families() -> tuple[str, ...]:
    from matplotlib.font_manager import fontManager

    there = {font.name for font in fontManager.ttflist}
    return (_FAMILY, *(name for name in _FALLBACKS if name in there))


@contextmanager
def _own_settings() -> Iterator[None]:
    """The same on every machine, whatever somebody's matplotlibrc says."""
    import matplotlib

    with _quiet(), matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update({"svg.hashsalt": "dateline", "svg.fonttype": "path", "text.hinting": "none"})
        yield


@contextmanager
def _quiet() -> Iterator[None]:
    with warnings.catch_warnings():
        # A letter that no font has is drawn as a box; nobody needs to be told more of it.
        warnings.simplefilter("ignore")
        yield


def _in_few_colours(png: io.BytesIO, title: str, description: str) -> bytes:
    """The same to the eye and a quarter of the size, with its words for whoever reads them."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    for name, text in (("Title", title), ("Description", description)):
        # Of Latin-1 it makes a chunk tEXt, of everything else iTXt, as the format has it.
        words.add_text(name, text)
    made = io.BytesIO()
    with Image.open(png) as picture:
        few = picture.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE)
        few.save(made, format="png", optimize=True, pnginfo=words, dpi=(_DPI, _DPI))
    return made.getvalue()


def _described(svg: str, title: str, description: str) -> bytes:
    """The picture with its words for whoever hears it; the names differ, so that a page may hold several."""
    name = f"dateline-{hashlib.sha256((title + svg).encode()).hexdigest()[:8]}"
    root = re.search(r"<svg\b[^>]*", svg)
    assert root is not None, "matplotlib writes a root element"
    opening = f'{root.group()} role="img" aria-labelledby="{name}-title {name}-desc">'
    words = f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(description)}</desc>'
    return f"{svg[: root.start()]}{opening}\n {words}{svg[root.end() + 1 :]}".encode()
