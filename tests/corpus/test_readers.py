from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cleaning import clean
from corpus.dates import iso_date
from corpus.errors import ReadError
from corpus.models import Document, Field
from corpus.passages import split
from corpus.readers import SUFFIXES, discover, files, html, read


def one(path: Path, **options) -> Document:
    (document,) = read(path, **options)
    assert isinstance(document, Document)
    return document


def refusal(path: Path | str) -> str:
    with pytest.raises(ReadError) as caught:
        list(read(path))
    assert str(path) in caught.value.source
    return caught.value.reason


def write(path: Path, content: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# --- plain text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_text_in_its_encodings(tmp_path, encoding):
    text = "Fähre zurück\n\nThe ferry – “Anna” – came in. 🚢\n"
    document = one(write(tmp_path / "a b.txt", text.encode(encoding)))
    assert document.raw == text
    assert document.slug == "a-b"
    assert document.origin == str((tmp_path / "a b.txt").resolve())
    assert (document.given_id, document.page, document.fields, document.notes) == (None, None, {}, ())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\xef\xbb\xbf \n", "no text"),
        (b"Fine so far \xe9 not", "byte 12 (0xE9) is not valid UTF-8"),
        (b"\xef\xbb\xbfab\xff", "byte 5 (0xFF)"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "byte 8 is zero"),
        (b"\xff\xfea\x00b", "not valid UTF-16"),
    ],
)
def test_text_that_is_none(tmp_path, content, said):
    assert said in refusal(write(tmp_path / "x.txt", content))


def test_a_file_that_is_missing_a_folder_or_of_another_format(tmp_path):
    assert "cannot be read" in refusal(tmp_path / "no.txt")
    (tmp_path / "folder.txt").mkdir()
    assert "cannot be read" in refusal(tmp_path / "folder.txt")
    assert "format is not known" in refusal(write(tmp_path / "x.pdf", "x"))


def test_a_file_that_is_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_BYTES", 1000)
    assert one(write(tmp_path / "a.txt", "x" * 1000)).raw
    assert "larger than" in refusal(write(tmp_path / "b.txt", "x" * 1001))


def test_a_large_text_goes_through(tmp_path):
    text = "The ferry came in. “At last,” she said.\r\n\r\n" * 10_000
    document = one(write(tmp_path / "large.txt", text))
    cleaned = clean(document.raw)
    assert len(split(cleaned.body)) == 10_000
    assert len(cleaned.edits) == 20_000


@given(content=st.binary(max_size=200), suffix=st.sampled_from([".txt", ".md", ".jsonl", ".jsonl.gz"]))
def test_any_bytes_give_documents_or_a_refusal(tmp_path_factory, content, suffix):
    path = write(tmp_path_factory.mktemp("any") / f"x{suffix}", content)
    try:
        results = list(read(path))
    except ReadError as error:
        results = [error]
    assert results
    for found in results:
        assert found.reason.endswith(".") if isinstance(found, ReadError) else found.raw.strip()


# --- Markdown


def test_markdown_with_front_matter(tmp_path):
    path = write(
        tmp_path / "news" / "ferry.md",
        "---\nid: 007\ntitle: No\noutlet: Harbour Post\nauthor: [Anna Roe, Jon Lind]\ndate: 2024-03-05\n"
        "url: https://a.example/f\ncategory: news\nmood: fine\n---\n# Ferry back\n\nIt came *in*.\n",
    )
    document = one(path, root=tmp_path)
    assert document.raw == "# Ferry back\n\nIt came *in*.\n"
    assert (document.given_id, document.slug) == ("007", "news/ferry")
    assert {key: found.value for key, found in document.fields.items()} == {
        "title": "No",
        "outlet": "Harbour Post",
        "author": "Anna Roe, Jon Lind",
        "published_at": "2024-03-05",
        "url": "https://a.example/f",
        "category": "news",
    }
    assert {found.source for found in document.fields.values()} == {"front matter"}


@pytest.mark.parametrize(
    "text",
    [
        "# Ferry back\n\nIt came in.",
        "---\nNo closing rule\n\ntext",
        "---\nJust words\n---\nmore",
        "Text\n---\nid: 1\n---\n",
    ],
)
def test_markdown_without_front_matter(tmp_path, text):
    document = one(write(tmp_path / "a.md", text))
    assert (document.raw, document.given_id, document.fields) == (text, None, {})


def test_markdown_that_is_broken(tmp_path):
    assert "line 3" in refusal(write(tmp_path / "a.md", '---\nid: 1\ntitle: "Ferry\n---\ntext'))
    assert "'title' in the front matter" in refusal(write(tmp_path / "b.md", "---\ntitle: {a: b}\n---\ntext"))
    assert "no text below" in refusal(write(tmp_path / "c.md", "---\ntitle: a\n---\n \n"))
    assert "cannot be read" in refusal(write(tmp_path / "d.md", "---\na: " + "[" * 5000 + "\n---\ntext"))


def test_a_date_that_does_not_parse_is_a_note(tmp_path):
    document = one(write(tmp_path / "a.md", "---\ndate: last Tuesday\ntitle: T\n---\ntext"))
    assert document.fields == {"title": Field("T", "front matter")}
    assert len(document.notes) == 1
    assert "'last Tuesday'" in document.notes[0]


# --- JSON Lines


def test_rows_and_what_is_wrong_with_them(tmp_path):
    text = "The ferry came in."
    rows = [
        json.dumps({"id": "f1", "title": "Ferry", "text": text, "published_at": "2024-03-05", "more": 1, "url": None}),
        json.dumps({"text": text}),
        "",
        '{"text": "cut off',
        json.dumps({"text": 7}),
        json.dumps({"text": "a", "title": ["b"]}),
        json.dumps({"title": "no text"}),
        json.dumps({"text": "  "}),
        json.dumps(["text"]),
        '{"text": "\\ud800"}',
        json.dumps({"text": "last"}),
    ]
    path = write(tmp_path / "n.jsonl", b"\xef\xbb\xbf" + "\n".join(rows).encode() + b'\n{"text": "\xff"}')
    results = list(read(path))
    good = [found for found in results if isinstance(found, Document)]
    bad = [found for found in results if isinstance(found, ReadError)]
    assert [found.raw for found in good] == [text, text, "last"]
    assert good[0].given_id == "f1"
    assert good[0].fields == {"title": Field("Ferry", "jsonl"), "published_at": Field("2024-03-05", "jsonl")}
    assert good[1].slug == f"n-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
    assert [found.source.removeprefix(str(path)) for found in bad] == [f" line {n}" for n in (4, 5, 6, 7, 8, 9, 10, 12)]
    reasons = " ".join(found.reason for found in bad)
    for said in ("not valid JSON", "'text' is a number", "'title' is a list", "no 'text'", "surrogate", "0xFF"):
        assert said in reasons


def test_gzipped_rows(tmp_path):
    packed = gzip.compress(b"".join(json.dumps({"text": f"row {n}"}).encode() + b"\n" for n in range(5000)))
    path = write(tmp_path / "n.jsonl.gz", packed)
    assert len(list(read(path))) == 5000
    assert next(iter(read(path))).slug.startswith("n-")
    assert "gzip file is damaged" in refusal(write(tmp_path / "cut.jsonl.gz", packed[:-20]))
    assert "gzip file is damaged" in refusal(write(tmp_path / "no.jsonl.gz", b"no gzip"))
    flipped = bytearray(packed)
    flipped[len(packed) // 2] ^= 0xFF
    assert "gzip file is damaged" in refusal(write(tmp_path / "flipped.jsonl.gz", bytes(flipped)))


def test_rows_of_an_empty_or_missing_file(tmp_path):
    assert "empty" in refusal(write(tmp_path / "a.jsonl", b"\n\n"))
    assert "cannot be read" in refusal(tmp_path / "no.jsonl")


# --- web pages

PAGE = """<html><head><title>Ferry back | Harbour Post</title>{head}
<meta property="og:site_name" content="Harbour Post"><meta name="author" content="Anna Roe">
<meta property="article:published_time" content="2024-03-05T08:30:00+01:00">
<link rel="canonical" href="https://post.example/ferry"></head><body><nav><a href="/">Home</a></nav>
<article><h1>Ferry back after nine days</h1>
<p>The café owners of the old port cheered on Tuesday as the first ferry in nine days came in, carrying mail.</p>
<p>“We waited long enough,” said harbour master Jonas Lind, who had kept the link closed since the storm.</p>
<p>The company promised two sailings a day until the end of the month, when a larger ship is to arrive.</p>
</article><footer>© 2024 Harbour Post</footer></body></html>"""


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="utf-8">', "utf-8"),
        ("", "utf-8"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
        ("", "cp1252"),
        ('<meta charset="iso-8859-1">', "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">', "cp1252"),
        ('<meta charset="no-such-charset">', "utf-8"),
        ('<meta charset="utf-8">', "cp1252"),
    ],
)
def test_a_page(tmp_path, head, encoding):
    page = PAGE.format(head=head).encode(encoding)
    document = one(write(tmp_path / "ferry.html", page))
    assert document.page == page
    paragraphs = document.raw.split("\n\n")
    assert paragraphs[0] == "Ferry back after nine days"
    assert paragraphs[1].startswith("The café owners")
    assert paragraphs[2].startswith("“We waited long enough,” said")
    assert len(paragraphs) == 4
    assert {key: found.value for key, found in document.fields.items()} == {
        "title": "Ferry back after nine days",
        "outlet": "Harbour Post",
        "author": "Anna Roe",
        "published_at": "2024-03-05T08:30:00+01:00",
        "url": "https://post.example/ferry",
    }
    assert {found.source for found in document.fields.values()} == {"html meta"}


@pytest.mark.parametrize(
    ("head", "fields"),
    [
        ("", {}),
        ('<meta content="2024-03-05" name="pubdate">', {"published_at": "2024-03-05"}),
        ('<meta name="date" content="early spring">', {}),
        ('<link rel="canonical" href="https://post.example/2024/03/05/f">', {"published_at": "2024-03-05"}),
        (
            '<link rel="canonical" href="https://post.example/f"><script type="application/ld+json">'
            '{"publisher": {"@type": "Organization", "name": "Harbour \\u0026 Post"},'
            '"datePublished": "2024-03-05T08:30Z"}</script>',
            {"published_at": "2024-03-05T08:30:00+00:00", "outlet": "Harbour & Post"},
        ),
    ],
)
def test_a_page_states_its_date_and_outlet_or_has_none(tmp_path, head, fields):
    article = PAGE[PAGE.index("<article>") :].replace("© 2024", "Updated 3 May 2023 ©")
    document = one(write(tmp_path / "a.html", f"<html><head><title>Ferry</title>{head}</head><body>{article}"))
    found = {key: field.value for key, field in document.fields.items()}
    assert {key: found[key] for key in ("published_at", "outlet") if key in found} == fields
    assert len(document.notes) == ("early" in head)


def test_a_page_that_is_broken_gives_the_text_there_is(tmp_path):
    page = PAGE.format(head="<meta").replace("</p>", "").replace("</article>", "<div><b>")[:-80]
    assert "We waited long enough" in one(write(tmp_path / "a.htm", page)).raw


@pytest.mark.parametrize(
    "page", ["<html><body></body></html>", "<", "no page", "<p></p>", b"\x89PNG\r\n\x1a\n\x00\xff\xfe"]
)
def test_a_page_without_an_article(tmp_path, page):
    assert "no article text found" in refusal(write(tmp_path / "a.html", page))


class Answer:
    def __init__(self, data: bytes, status: int = 200, kind: str = "text/html; charset=utf-8") -> None:
        self.data = data
        self.status = status
        self.headers = {"content-type": kind}


@pytest.fixture
def answer(monkeypatch):
    seen = []

    def serve(response):
        def fetch_response(url, *, config):
            seen.append((url, dict(config["DEFAULT"])))
            return response

        monkeypatch.setattr("trafilatura.downloads.fetch_response", fetch_response)
        return seen

    return serve


def test_a_fetched_page(answer):
    page = PAGE.format(head="").encode()
    seen = answer(Answer(page))
    (document,) = read("https://www.post.example/news/ferry", fetch_timeout=7)
    assert isinstance(document, Document)
    assert (document.origin, document.slug) == ("https://www.post.example/news/ferry", "post.example/news/ferry")
    assert document.page == page
    assert "We waited" in document.raw
    ((_, config),) = seen
    assert config["download_timeout"] == "7"
    assert config["insecure_ssl_fallback"] == "off"
    assert int(config["max_file_size"]) == html.MAX_PAGE_BYTES


@pytest.mark.parametrize(
    ("response", "said"),
    [
        (None, "cannot be fetched"),
        (Answer(b"gone", 404), "status 404"),
        (Answer(b""), "empty page"),
        (Answer(b"%PDF-1.7", kind="application/pdf"), "holds application/pdf"),
        (Answer(b"<html></html>"), "no article text"),
    ],
)
def test_an_address_that_holds_no_article(answer, response, said):
    answer(response)
    assert said in refusal("https://post.example/x")


def test_addresses_that_are_refused():
    assert "ftp addresses are not read" in refusal("ftp://a.example/x.txt")
    assert "file addresses are not read" in refusal("file:///tmp/x.txt")
    assert "cannot be fetched" in refusal("http://[::1")
    # Nothing listens there; and if something did, the own machine is refused.
    assert "cannot be fetched" in refusal("http://127.0.0.1:9/")


# --- finding sources


def test_folders_patterns_and_addresses(tmp_path):
    for name in ("b/2.txt", "b/1.md", "a.jsonl.gz", "A.HTML", ".hidden.txt", ".git/x.txt", "c.pdf", "b/deep/3.htm"):
        write(tmp_path / name, "x")

    def names(*paths):
        return [
            source.location if isinstance(source.location, str) else source.location.relative_to(tmp_path).as_posix()
            for source in discover(paths)
        ]

    assert names(str(tmp_path)) == ["A.HTML", "a.jsonl.gz", "b/1.md", "b/2.txt", "b/deep/3.htm"]
    assert names(str(tmp_path / "b" / "*.md")) == ["b/1.md"]
    assert names(str(tmp_path / "**" / "*.txt")) == ["b/2.txt"]
    assert names(str(tmp_path / "b"), str(tmp_path / "b" / "1.md"), "https://a.example/x") == [
        "b/1.md",
        "b/2.txt",
        "b/deep/3.htm",
        "https://a.example/x",
    ]
    assert {source.root for source in discover([str(tmp_path / "b")])} == {tmp_path / "b"}
    assert {source.root for source in discover([str(tmp_path / "b" / "1.md")])} == {tmp_path / "b"}
    assert [source.root for source in discover(["http://a.example"])] == [None]
    assert {source.root for source in discover([str(tmp_path / "b" / "**" / "*.htm")])} == {tmp_path / "b"}


@pytest.mark.parametrize("path", ["no-such-file.txt", "no-such-*.txt", "gopher://a.example", "a\0b"])
def test_what_is_not_there_is_told_before_anything_is_read(tmp_path, path):
    write(tmp_path / "a.txt", "x")
    with pytest.raises(ReadError):
        discover([str(tmp_path / "a.txt"), path])


def test_a_file_of_another_format_is_refused_by_name(tmp_path):
    with pytest.raises(ReadError, match=SUFFIXES[0]):
        discover([str(write(tmp_path / "a.pdf", "x"))])


def test_a_name_with_a_bracket_is_a_name_first(tmp_path):
    path = write(tmp_path / "a[1].txt", "x")
    assert [source.location for source in discover([str(path)])] == [path]


def test_slugs_stay_below_the_root(tmp_path):
    path = write(tmp_path / "in" / "Über uns (2).txt", "x")
    assert one(path, root=tmp_path).slug == "in/Über-uns-2"
    assert one(path, root=tmp_path / "elsewhere").slug == "Über-uns-2"


# --- dates


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("2022-02-08", "2022-02-08"),
        ("2022/02/08", "2022-02-08"),
        ("2022-02-08T10:05:00Z", "2022-02-08T10:05:00+00:00"),
        ("2022-02-08 10:05", "2022-02-08T10:05:00"),
        ("2022-02-08T10:05:00.120+0100", "2022-02-08T10:05:00.120000+01:00"),
        ("Tue, 08 Feb 2022 10:05:00 GMT", "2022-02-08T10:05:00+00:00"),
        ("Tue, 8 Feb 2022 10:05:00 -0500", "2022-02-08T10:05:00-05:00"),
        ("November 13, 2023", "2023-11-13"),
        ("Nov. 13, 2023", "2023-11-13"),
        ("Monday, November 13th, 2023", "2023-11-13"),
        ("8 Feb 2022", "2022-02-08"),
        ("8 February 2022, 14:30", "2022-02-08T14:30:00"),
        ("November 13, 2023 at 5:04 p.m. EST", "2023-11-13T17:04:00-05:00"),
        ("November 13, 2023 12:04 AM", "2023-11-13T00:04:00"),
        ("November 13, 2023 5:04 PM ET", "2023-11-13"),
        ("  Nov 13,\n2023 ", "2023-11-13"),
    ],
)
def test_dates_that_are_whole(printed, iso):
    assert iso_date(printed) == iso


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "2022",
        "2022-02",
        "February 2022",
        "Feb. 7",
        "08/02/2022",
        "2022-02-30",
        "February 30, 2022",
        "November 13, 2023 25:00",
        "November 13, 2023 13:00 PM",
        "yesterday",
        "20220208",
        "1644314700",
        "on November 13, 2023",
        "2022-02-08T99:00",
        "9999999-01-01",
    ],
)
def test_dates_that_are_not(printed):
    assert iso_date(printed) is None


@given(st.text(max_size=70))
def test_any_text_is_a_date_or_none(printed):
    assert iso_date(printed) is None or iso_date(printed)[4] == "-"


@given(st.dates())
def test_a_date_stays_itself(day):
    assert iso_date(day.isoformat()) == day.isoformat()
