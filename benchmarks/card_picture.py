"""Take the README's picture of an answer in Discord, from the message that the bot really sent.

    python benchmarks/card_picture.py [--question TEXT] [--out docs/card.png] [--page card.html]

Starts the tests' Discord on loopback and ``dateline serve`` with the sample articles, asks one question by ``/ask``,
lays the components of the answer out as Discord does (``card_picture.css``, our own) and photographs the page with
headless Chromium, which must be installed. What Discord would show and this page cannot is an error, not a gap.
"""

from __future__ import annotations

import argparse
import html
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.discord_server import DiscordServer  # noqa: E402
from tests.discord_server.state import Message  # noqa: E402

QUESTION = "what did Putin say about NATO expansion?"
WIDTH = 830
"""CSS pixels; the picture has twice as many."""
MOST_BYTES = 120_000
COLOURS = 96
"""A page of text on a plain ground has few; the file is a third as large."""

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_HEIGHT = re.compile(r'data-height="(\d+)"')

Component = dict[str, Any]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--question", default=QUESTION)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "card.png")
    parser.add_argument("--page", type=Path, help="keep the HTML page here")
    parser.add_argument("--home", type=Path, help="a data folder to use again; without articles of its own")
    given = parser.parse_args()
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser is None:
        print(f"Chromium is needed: none of {', '.join(_BROWSERS)} is on the path.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="card-") as folder:
        home = (given.home or Path(folder, "home")).absolute()
        page = page_of(ask(home, given.question))
        if given.page:
            given.page.write_text(page, encoding="utf-8")
        photograph(browser, page, given.out, Path(folder))
    size = given.out.stat().st_size
    print(f"{given.out}: {size / 1000:.0f} kB")
    return 0 if size < MOST_BYTES else 1


def ask(home: Path, question: str) -> Message:
    """The message that answers ``/ask``."""
    home.mkdir(parents=True, exist_ok=True)
    with DiscordServer() as server:
        guild = server.add_guild("Newsroom")
        channel, ada = guild.add_channel("general"), server.add_user("Ada", [guild])
        told = {"DATELINE_HOME": str(home), "DATELINE_DISCORD_TOKEN": server.token}
        with server.start_bot("-m", "bot", "serve", cwd=home.parent, **told) as bot:
            server.wait_ready(timeout=120)
            if not bot.wait_for("Dateline is ready", 600):
                raise SystemExit(bot.output)
            answered = server.command(ada, channel, "ask", {"question": question}).wait(60)
            assert answered.message is not None
        server.check()
        return answered.message


# The page


def page_of(message: Message) -> str:
    """The message as a person sees it; its time, which tells nothing, is left out."""
    style = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
    used = message.interaction
    assert used is not None
    asked_by, command = html.escape(used.user.name), html.escape(str(used.data["name"]))
    parts = "".join(map(component, message.components))
    return f"""<!doctype html>
<html lang="en"><meta charset="utf-8"><title>An answer in Discord</title>
<style>{style}</style>
<main>
<p class="used"><i class="spine"></i><b class="face small">{asked_by[0]}</b><b class="who">{asked_by}</b> used
<span class="command">/{command}</span></p>
<article><b class="face">D</b><div class="body">
<h1>Dateline<span class="app">APP</span></h1>
{parts}
</div></article>
</main>
<script>document.documentElement.dataset.height = Math.ceil(document.querySelector("main").offsetHeight)</script>
</html>
"""


def component(part: Component) -> str:
    """One component of Discord's second kind of message."""
    lay_out = _COMPONENTS.get(part["type"])
    if lay_out is None:
        raise NotImplementedError(f"this page cannot show a component of type {part['type']}")
    return lay_out(part)


def _container(part: Component) -> str:
    inner = "".join(map(component, part["components"]))
    return f'<section class="container" style="border-left-color:#{part["accent_color"]:06x}">{inner}</section>'


def _row(part: Component) -> str:
    return f'<div class="row">{"".join(map(component, part["components"]))}</div>'


def _button(part: Component) -> str:
    kind = {1: "primary", 2: "secondary"}[part["style"]]
    assert not part.get("disabled")
    return f'<button class="{kind}">{html.escape(part["label"])}</button>'


def _separator(part: Component) -> str:
    return f'<hr class="{"wide" if part["spacing"] == 2 else "narrow"}">'


def _text(part: Component) -> str:
    """Line by line: quotes, small print, blank lines as high as Discord leaves them."""
    blocks: list[tuple[str, list[str]]] = []
    for line in part["content"].split("\n"):
        kind, text = next(((tag, line[len(mark) :]) for mark, tag in _LINES if line.startswith(mark)), ("p", line))
        if kind == "blockquote" and blocks and blocks[-1][0] == kind:
            blocks[-1][1].append(inline(text))
        else:
            blocks.append((kind if line else "br", [inline(text)]))
    laid = [f"<{kind}>{'<br>'.join(lines)}</{kind}>" if kind != "br" else "<p>&nbsp;</p>" for kind, lines in blocks]
    return f'<div class="text">{"".join(laid)}</div>'


_LINES = (("> ", "blockquote"), ("-# ", "small"))
_COMPONENTS: dict[int, Callable[[Component], str]] = {1: _row, 2: _button, 10: _text, 14: _separator, 17: _container}
_INSIDE = r"((?:\\.|[^\\])+?)"
_INLINE = re.compile(
    rf"\\(?P<plain>[^\w\s])|\*\*{_INSIDE}\*\*|__{_INSIDE}__|~~{_INSIDE}~~|\*{_INSIDE}\*"
    r"|\[(?P<label>(?:\\.|[^\]\\])+)\]\((?P<url>[^)\s]+)\)",
    re.DOTALL,
)
_TAGS = {2: "strong", 3: "u", 4: "s", 5: "em"}


def inline(text: str) -> str:
    """The marks within a line."""
    made, at = "", 0
    for match in _INLINE.finditer(text):
        made += html.escape(text[at : match.start()])
        at = match.end()
        if match["plain"]:
            made += html.escape(match["plain"])
        elif match["label"]:
            made += f'<a href="{html.escape(match["url"])}">{inline(match["label"])}</a>'
        else:
            (number,) = (one for one in _TAGS if match[one] is not None)
            made += f"<{_TAGS[number]}>{inline(match[number])}</{_TAGS[number]}>"
    return made + html.escape(text[at:])


# The picture


def photograph(browser: str, page: str, out: Path, folder: Path) -> None:
    """As high as the page is, which the browser tells first."""
    written = folder / "card.html"
    written.write_text(page, encoding="utf-8")
    arguments = [
        browser, "--headless", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=2",
        f"--user-data-dir={folder / 'browser'}",
    ]  # fmt: skip
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium's sandbox does not run for root; the page is our own
    told = _run([*arguments, f"--window-size={WIDTH},2000", "--dump-dom", written.as_uri()])
    height = _HEIGHT.search(told)
    assert height is not None, told[:500]
    out.parent.mkdir(parents=True, exist_ok=True)
    taken = folder / "card.png"
    _run([*arguments, f"--window-size={WIDTH},{height[1]}", f"--screenshot={taken}", written.as_uri()])
    out.write_bytes(with_palette(pixels_of(taken.read_bytes())))


Pixels = npt.NDArray[np.uint8]


def pixels_of(png: bytes) -> Pixels:
    """(rows, columns, 3) of what Chromium writes: eight bits for each of red, green and blue."""
    parts: dict[bytes, bytes] = {}
    at = 8
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        kind = png[at + 4 : at + 8]
        parts[kind] = parts.get(kind, b"") + png[at + 8 : at + 8 + length]
        at += 12 + length
    width, height, bits, colour = struct.unpack_from(">IIBB", parts[b"IHDR"])
    assert (bits, colour) == (8, 2), "a screenshot with another kind of pixels"
    raw = zlib.decompress(parts[b"IDAT"])
    across = 3 * width
    above = bytearray(across)
    rows = bytearray()
    for start in range(0, len(raw), across + 1):
        above = _unfiltered(raw[start], bytearray(raw[start + 1 : start + 1 + across]), above)
        rows += above
    return np.frombuffer(bytes(rows), np.uint8).reshape(height, width, 3)


def _unfiltered(how: int, row: bytearray, above: bytearray) -> bytearray:
    """PNG writes a byte as its difference from what its neighbours foretell (PNG specification, 9.2)."""
    for at in range(len(row) if how else 0):
        left, up = row[at - 3] if at >= 3 else 0, above[at]
        if how == 1:
            foretold = left
        elif how == 2:
            foretold = up
        elif how == 3:
            foretold = (left + up) // 2
        else:
            corner = above[at - 3] if at >= 3 else 0
            foretold = min((left, up, corner), key=lambda one: abs(left + up - corner - one))
        row[at] = (row[at] + foretold) & 0xFF
    return row


def with_palette(pixels: Pixels, colours: int = COLOURS) -> bytes:
    """A PNG of the commonest colours, each other one drawn in the nearest of them."""
    found, which, times = np.unique(pixels.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True)
    palette = found[np.argsort(-times)[:colours]]
    apart = found[:, None].astype(np.int32) - palette[None].astype(np.int32)
    nearest = np.argmin((apart**2).sum(axis=2), axis=1).astype(np.uint8)
    height, width = pixels.shape[:2]
    indices = nearest[which].reshape(height, width)
    rows = np.concatenate([np.zeros((height, 1), np.uint8), indices], axis=1).tobytes()
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", palette.tobytes()), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )


def _run(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=180).stdout


if __name__ == "__main__":
    sys.exit(main())
