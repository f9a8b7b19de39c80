"""Articles about one flood, for the tests of figures, days and outlets: numbers that differ, days that are derived."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import dateline_in

EVACUATED = "How many people were evacuated after the flood in Port Ellery?"
REOPENS = "When does the bridge of Port Ellery reopen?"
FLOOD = "The flood in Port Ellery"
MAYOR = "What did Mayor Ada Brook say about the flood?"

ENDLESS = "W" + "o" * 4_000 + "w"
"""A word that no page could hold."""

_ARTICLES = (
    ("harbour", "Test Courier", "2023-05-02", "Port Ellery under water",
     "The river Tarn flooded Port Ellery on Monday. About 1,200 people were evacuated from Port Ellery after the "
     "flood.\n\n“We have never seen the Tarn so high,” Mayor Ada Brook said of the flood."),
    ("herald", "Test Herald", "2023-05-03", "Flood in Port Ellery drives people from their homes",
     "More than 1,000 people were evacuated in Port Ellery after the flood, the fire brigade said.\n\n"
     "The bridge of Port Ellery will reopen on Saturday, engineer Ivo Lund said on Tuesday."),
    ("tidings", "Skarn Tidings", "2023-05-04", "Port Ellery counts its losses after the flood",
     "After the flood in Port Ellery 1,450 people were evacuated, the county said on Wednesday.\n\n"
     "“The flood has cost us the school,” Mayor Ada Brook said on Wednesday."),
    ("gazette", "Tarn Gazette", "2023-05-10", "The regatta of Skarn",
     "The regatta of Skarn was won by a boat from Port Ellery, which the flood had spared.\n\nNobody spoke of it."),
)  # fmt: skip

WICKED = {
    "id": "wicked",
    "title": "@everyone read <@&1> [this](https://evil.example) **now** `x`",
    "outlet": "||Wicked|| @here",
    "author": "<@1> # _A_",
    "published_at": "2023-05-05",
    "url": "javascript:alert(1)",
    "text": "Some 900 people were evacuated from Port Ellery after the flood, @everyone, said <@&1> **on Thursday** "
    "[here](https://evil.example).\n\n"
    f"On Thursday the flood in Port Ellery took the {ENDLESS} and 17 {ENDLESS} with it.",
}


def write(folder: Path, *, wicked: bool = False) -> Path:
    """The articles as files."""
    folder.mkdir(parents=True)
    for name, outlet, day, title, text in _ARTICLES:
        address = f"https://{name}.example/{day}"
        head = f"---\nid: {name}\ntitle: {title}\noutlet: {outlet}\npublished_at: {day}\nurl: {address}\n---\n\n"
        (folder / f"{name}.md").write_text(f"{head}{text}\n", encoding="utf-8")
    if wicked:
        (folder / "wicked.jsonl").write_text(json.dumps(WICKED), encoding="utf-8")
    return folder


def ingest(home: Path, *, wicked: bool = False) -> Path:
    """The same as the operator's articles."""
    done = dateline_in(home, "ingest", str(write(home.parent / "flood", wicked=wicked)))
    assert done.code == 0, done.err
    return home
