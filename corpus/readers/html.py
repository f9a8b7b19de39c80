"""Web pages, from a file or an address, by trafilatura."""

from __future__ import annotations

import codecs
import copy
import html
import json
import logging
import re
from pathlib import Path
from typing import Any

from corpus.dates import iso_date
from corpus.errors import ReadError
from corpus.models import Document
from corpus.readers.files import address_slug, make_fields, path_slug, read_bytes

MAX_PAGE_BYTES = 20_000_000
"""The largest page that is fetched."""

_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# As browsers do: pages that name these are in truth in the Windows superset.
_SUPERSETS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}


def read(path: Path, root: Path) -> Document:
    """Return the article of a saved page.

    Raises ReadError when the file is unreadable, too large or empty, or holds no article text.
    """
    page = read_bytes(path)
    return _document(page, _decode(page, None), str(path), str(path.resolve()), path_slug(path, root), None)


def fetch(url: str, *, timeout: float) -> Document:
    """Return the article at an http or https address.

    Raises ReadError when the address does not answer with a page within ``timeout`` seconds, and when the
    page holds no article text. Addresses of the own machine and of private networks are refused.
    """
    # Imported here and below: it takes a third of a second, which reading plain text should not wait for.
    from trafilatura import downloads, settings

    config = copy.deepcopy(settings.DEFAULT_CONFIG)
    config["DEFAULT"]["DOWNLOAD_TIMEOUT"] = str(max(1, round(timeout)))
    config["DEFAULT"]["MAX_FILE_SIZE"] = str(MAX_PAGE_BYTES)
    config["DEFAULT"]["MAX_REDIRECTS"] = "5"
    # A page whose certificate is wrong may be anybody's; what is quoted must not be.
    config["DEFAULT"]["INSECURE_SSL_FALLBACK"] = "off"
    cause = _Cause()
    downloads.LOGGER.addHandler(cause)
    try:
        response = downloads.fetch_response(url, config=config)
    except Exception as error:  # whatever a socket, a proxy or a malformed address can raise
        raise ReadError(url, f"the page cannot be fetched ({error}); check the address and the network.") from error
    finally:
        downloads.LOGGER.removeHandler(cause)
    if response is None:
        raise ReadError(url, f"the page cannot be fetched{cause}; check the address and the network.")
    if response.status != 200:
        raise ReadError(url, f"the server answered with status {response.status}; check the address.")
    if not response.data:
        raise ReadError(url, "the server sent an empty page; check the address.")
    headers = response.headers or {}
    kind = headers.get("content-type", "")
    if kind and not re.match(r"\s*(?:text/|application/xhtml|application/xml)", kind, re.IGNORECASE):
        raise ReadError(url, f"the address holds {kind.split(';')[0].strip()}, not a web page; give a page.")
    charset = re.search(r"charset\s*=\s*[\"']?([\w:.-]+)", kind, re.IGNORECASE)
    text = _decode(response.data, charset[1] if charset else None)
    return _document(response.data, text, url, url, address_slug(url), url)


class _Cause(logging.Handler):
    """Keeps why a download failed, which trafilatura only logs."""

    def __init__(self) -> None:
        super().__init__()
        self.message = ""

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR and len(record.args or ()) > 1 and isinstance(record.args, tuple):
            # "…Pool(…): Max retries exceeded with url: … (Caused by SomeError("…: what happened"))"
            what = re.sub(r"^.*Caused by \w+\(.*?: (.*?)[\"')]*$", r"\1", str(record.args[1]), flags=re.DOTALL)
            self.message = f" ({what})"

    def __str__(self) -> str:
        return self.message


def _decode(page: bytes, header_charset: str | None) -> str:
    """Decode a page: byte order mark, then header, then its own declaration, then UTF-8, then Windows-1252."""
    declared = _META_CHARSET.search(page[:4096])
    named = [encoding for mark, encoding in _BOMS if page.startswith(mark)]
    named += [header_charset] if header_charset else []
    named += [declared[1].decode("ascii")] if declared else []
    for name in named:
        try:
            encoding = codecs.lookup(name).name
            if name != "utf-16" and encoding.startswith("utf-16"):
                continue  # a declaration that was read byte by byte cannot be in UTF-16
            text = page.decode(_SUPERSETS.get(encoding, encoding), errors="replace")
        except LookupError:
            continue
        # A stray byte is forgiven; a page that is full of them is not in the charset it names.
        if text.count("\ufffd") * 10 <= sum(byte > 127 for byte in page):
            return text
    try:
        return page.decode("utf-8")
    except UnicodeDecodeError:
        return page.decode("cp1252", errors="replace")


def _document(page: bytes, text: str, source: str, origin: str, slug: str, url: str | None) -> Document:
    found = _extracted(text, source, url)
    # One line is one paragraph; the blank line between says so to everything after.
    raw = "\n\n".join(line for line in (found.text or "").split("\n") if line.strip())
    if not raw:
        raise ReadError(source, "no article text found in the page; save the text as .txt or .md instead.")
    address = found.url or url
    values = {
        "title": found.title,
        "outlet": _outlet(found.sitename, text, address),
        "author": found.author,
        "published_at": _published(text, address),
        "url": address,
    }
    fields, notes = make_fields({key: value for key, value in values.items() if value}, "html meta")
    return Document(raw=raw, origin=origin, slug=slug, page=page, fields=fields, notes=notes)


def _extracted(text: str, source: str, url: str | None) -> Any:
    from trafilatura import bare_extraction

    # What it finds wrong comes back as a ReadError; its own log lines would only stand between.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = bare_extraction(
            text,
            url=url,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False},
        )
    except Exception as error:  # parsers meet pages that nobody foresaw
        raise ReadError(source, f"the page cannot be parsed ({type(error).__name__}); save it as .txt.") from error
    if found is None:
        raise ReadError(source, "no article text found in the page; save the text as .txt or .md instead.")
    return found


_DATE_NAME = (
    r"(?:article:published(?:_time)?|og:published_time|article:published_date|datePublished|date|pubdate|publishdate"
    r"|publish-date|publication_date|parsely-pub-date|sailthru\.date|dc\.date(?:\.issued)?|dcterms\.(?:issued|created))"
)
_PUBLISHED = (
    re.compile(
        rf"""<meta\b[^>]{{0,300}}?\b(?:property|name|itemprop)\s*=\s*["']?{_DATE_NAME}["'\s]"""
        r"""[^>]{0,300}?\bcontent\s*=\s*["']([^"'<>]{4,60})["']""",
        re.IGNORECASE,
    ),
    re.compile(
        r"""<meta\b[^>]{0,300}?\bcontent\s*=\s*["']([^"'<>]{4,60})["'][^>]{0,300}?\b(?:property|name|itemprop)"""
        rf"""\s*=\s*["']?{_DATE_NAME}["'\s/>]""",
        re.IGNORECASE,
    ),
    re.compile(r""""datePublished"\s*:\s*"([^"<>]{4,60})\""""),
    re.compile(
        r"""<time\b(?=[^>]{0,300}\b(?:pubdate|datePublished|published)\b)[^>]{0,300}?\bdatetime\s*=\s*["']"""
        r"""([^"'<>]{4,60})["']""",
        re.IGNORECASE,
    ),
)
_TIME = re.compile(r"""<time\b[^>]{0,300}?\bdatetime\s*=\s*["']([^"'<>]{4,60})["']""", re.IGNORECASE)
_ADDRESS_DATE = re.compile(r"/((?:19|20)\d\d)[/-](\d\d)[/-](\d\d)(?=[/_-]|$)")


def _published(text: str, url: str | None) -> str | None:
    """Return the time of publication that the page or its address states.

    trafilatura's own search is not used: it gives the day alone, and where none is stated takes one from
    a footer.
    """
    stated = [html.unescape(found[1]) for pattern in _PUBLISHED if (found := pattern.search(text))]
    times = {found[1] for found in _TIME.finditer(text)}
    if not stated and len(times) == 1:
        stated.extend(times)
    if not stated and url and (found := _ADDRESS_DATE.search(url)):
        stated.append("-".join(found.groups()))
    # One that does not parse is kept where there is no better, so that a note is made of it.
    return next((value for value in stated if iso_date(value)), stated[0] if stated else None)


_PUBLISHER = re.compile(r'"publisher"\s*:\s*\{[^{}]{0,300}?"name"\s*:\s*("(?:[^"\\]|\\.){1,100}")')


def _outlet(sitename: str | None, text: str, url: str | None) -> str | None:
    """Return the outlet's name; a host name is no name, and trafilatura gives it where it finds none."""
    if sitename and not (url and sitename.lower() in url.lower()):
        return sitename
    found = _PUBLISHER.search(text)
    try:
        return html.unescape(str(json.loads(found[1]))) if found else None
    except ValueError:
        return None
