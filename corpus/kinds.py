"""What each printed block is: told by its form and its place, in doubt a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.datelines import read_byline, read_dateline
from corpus.dates import iso_date
from corpus.models import PassageKind

_TOP = 8  # blocks within which a photograph stands above the report
_TERMINAL = re.compile(r"[.!?…:;,。！？][”’\"')\]]*$")

_PICTURE = r"(?:photo(?:graph)?|phot|image|picture|illustration|video|graphic|art)s?"
_PHOTO_CREDIT = re.compile(
    rf"""\(?(?:(?:pool|handout|ap|afp|reuters|staff|courtesy)\s)?{_PICTURE}(?:\s(?:illustration|composite))?
        (?:\s?credits?)?(?:\sby\s|\s?:\s?|\scourtesy\s(?:of\s)?|/)(?-i:[A-Z@]).{{1,100}}
    | \((?:Getty(?:\sImages)?|AP|AFP|Reuters|EPA|PA|Shutterstock|iStock|Supplied|The\sCanadian\sPress)
        (?:[\s/].{{0,50}})?\)
    | (?:©|credit:)\s?.{{2,60}}""",
    re.IGNORECASE | re.VERBOSE,
)
_STAFF_CREDIT = re.compile(
    r"""[\[(—–-]*\s?(?:additional\s|with\s|editing\sand\s)?
        (?:reporting|writing|compiled|edited|editing|written|translated)\s(?:by|from)\s(?-i:[A-Z]).{1,250}
    | .{2,200}\bcontributed\s(?:reporting|to\sthis\s(?:report|story|article|piece|dispatch)).{0,120}
    | [\[(—–-]*\s?with\s(?:assistance|files|reporting|additional\sreporting)\s(?:by|from)\s.{2,200}""",
    re.IGNORECASE | re.VERBOSE,
)
_NAME = r"[A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ][\w'’.-]+){0,2}"
_FROM = re.compile(rf"{_NAME}(?:(?:,\s|,?\sand\s){_NAME}){{0,5}}\s(?:reported\sfrom|is\sa)\s.{{1,200}}")
_FROM = re.compile(rf"{_NAME}(?:(?:,\s|,?\sand\s){_NAME}){{0,5}}\sreported\sfrom\s[A-Z].{{1,250}}")

_SIDE = r"(?:(?:far\s|second\s(?:from\s)?)?(?:left|right)|cent(?:er|re))"
_CAPTION = re.compile(
    rf"""\((?:{_PICTURE}|(?:AP|AFP|EPA|UPI|Reuters|Pool|File|Handout)\s(?:photo|image|via\s)|(?:photo|image)\scredits?)
            (?:\s?(?:by|:|/)|\scourtesy|\s?credits?).{{1,120}}\)\W*$
    | (?:^|[.!?”"]\s|\)\s)(?:photo|phot|image|picture|illustration)s?\s?(?:by|:|credits?:)\s(?-i:[A-Z@]).{{1,100}}$
    | \((?:Getty\sImages|AP|AFP|Reuters|EPA).{{0,60}}\)$
    | \(left\).*\(right\) | ^(?:via\sGetty\s)?(?-i:[A-Z][A-Z ,.'-]+)\s[–-]\s(?-i:[A-Z]+)\s\d{{1,2}}:\s
    | \(L\)(?=\s|,) | \(L-R\) | ^L-R:
    | (?-i:[A-ZÀ-Þ])[\w’'-]+,\s{_SIDE},?\s(?:and|with|in|at|on|during|shakes|greets|speaks|meets|listens|walks|looks)\b
    | ^(?:from|clockwise\sfrom)\s(?:top\s)?left\b
    | ^\d{{1,2}}\sof\s\d{{1,3}}\s?[|–—-]
    | \b(?:seen|pictured|shown)\sin\s(?:this|an?)\s
        (?:file|undated|handout|still|image|photo|picture|\d{{4}}\s(?:file\s)?photo)
    | \bin\sthis\s(?:file|undated|handout)\s(?:photo|image|picture)
    | \|\s?(?-i:Reuters|AFP|AP|EPA|UPI|Bloomberg|Getty\sImages)$
    | ^file\s?(?:photo|-|–|—|:|picture|image)""",
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST_CAPTION = 500


def tell_kinds(texts: Sequence[str], gaps: Sequence[bool], single: Sequence[bool]) -> list[PassageKind]:
    """Tell the kind of each block of one article.

    ``gaps[i]`` says whether a blank line (or the end) follows block i, ``single[i]`` whether it is one
    sentence.
    """
    kinds = [_by_form(text, number, len(texts)) for number, text in enumerate(texts)]
    _captions_by_place(texts, gaps, kinds)
    running = [len(text) >= 80 and bool(_TERMINAL.search(text)) for text in texts]
    # In a table, a list or a poem a short line is no heading.
    if sum(running) * 5 >= len(texts):
        _headline(texts, gaps, single, kinds)
        _subheads(texts, running, kinds)
        _teasers(texts, single, kinds)
    return kinds


def _by_form(text: str, number: int, count: int) -> PassageKind:
    if len(text) > _LONGEST_CAPTION:
        return PassageKind.PARAGRAPH
    edge = number < _TOP or number >= count - 6
    if read_byline(text) or (_PHOTO_CREDIT.fullmatch(text) and not _mid_sentence(text)):
        return PassageKind.CREDIT
    if _STAFF_CREDIT.fullmatch(text) or (edge and _FROM.fullmatch(text)):
        return PassageKind.CREDIT
    if _CAPTION.search(text) and not read_dateline(text):
        return PassageKind.CAPTION
    return PassageKind.PARAGRAPH


def _mid_sentence(text: str) -> bool:
    """A credit names somebody and stops; a sentence after it makes it a text about pictures."""
    return len(text) > 60 and bool(re.search(r"[.!?]\s", text[20:]))


def _captions_by_place(texts: Sequence[str], gaps: Sequence[bool], kinds: list[PassageKind]) -> None:
    """Take in what belongs to a photograph at the top: a slug line above, a fragment above its credit."""
    top = range(min(_TOP, len(texts) - 1) - 1, -1, -1)
    for number in top:
        if kinds[number] is not PassageKind.PARAGRAPH or gaps[number]:
            continue
        text, below = texts[number], kinds[number + 1]
        slug = len(text) <= 40 and not _TERMINAL.search(text)
        photo = below is PassageKind.CREDIT and _PHOTO_CREDIT.fullmatch(texts[number + 1])
        if (below is PassageKind.CAPTION and slug) or (photo and len(text) <= 300):
            kinds[number] = PassageKind.CAPTION


def _headline(texts: Sequence[str], gaps: Sequence[bool], single: Sequence[bool], kinds: list[PassageKind]) -> None:
    text = texts[0]
    if (
        kinds[0] is PassageKind.PARAGRAPH
        and len(texts) > 1
        and gaps[0]
        and len(text) <= (120 if text.endswith(("?", "!")) else 200)
        and (single[0] or not text.endswith(("?", "!")))
        and (len(text.split()) >= 3 or not text[:1].isascii())
        and not _NOT_A_HEADLINE.search(text)
        and not read_dateline(text)
        and iso_date(text) is None
    ):
        kinds[0] = PassageKind.HEADLINE


_NOT_A_HEADLINE = re.compile(
    r"[.…,。][”’\"')]?$|[:;]$|^[-–—*•@#]|^[a-z]|https?://|^(?:Last updated|Updated|Published|Part of /)"
)
# List items, tweets, scores, times, key-and-value lines and whole quotations are printed text, not headings.
_NOT_A_SUBHEAD = re.compile(
    r"^[^\w“‘\"'¿¡]|^\d{1,2}[:.)]|^[a-z]|^[QA]:|^“.*”$|^\".*\"$|^[“\"].*[”\"] [—–-]|^[\w ’'-]{1,30}:\s"
    r"|[|@#$/✨🔥→•]|https?:|www\.|\d[-–]\d|\d, [A-Z].*\d$|\d{1,2}:\d\d|\.\.\.|[])—]$|\bvs\.? "
)


def _subheads(texts: Sequence[str], running: Sequence[bool], kinds: list[PassageKind]) -> None:
    for number in range(1, len(texts) - 1):
        text = texts[number]
        if (
            kinds[number] is PassageKind.PARAGRAPH
            and len(text) <= 80
            and len(text.split()) <= 12
            and not _TERMINAL.search(text)
            and not _NOT_A_SUBHEAD.search(text)
            and running[number + 1]
            and kinds[number + 1] is PassageKind.PARAGRAPH
            and (running[number - 1] or kinds[number - 1] is not PassageKind.PARAGRAPH)
        ):
            kinds[number] = PassageKind.SUBHEAD


_SAYS = re.compile(r"\b(?:said|says|told|according)\b")
# A teaser stands alone: it points to nothing in the text around it, quotes nobody and counts nothing.
_TIED = re.compile(
    r"[“”\"‘:;()—$\d]|\b(?:(?<!World War )I|we|you|your|our|my|he|she|they|her|it|its|this|that|these|those|him|them"
    r"|us|me|said|says?|told|according|asked|added|wrote|tweeted|announced|reported|claimed|argued|warned|noted"
    r"|explained|called|insisted|denied|confirmed|vowed|stated|revealed)\b"
)
_TEASER = re.compile(
    r"(?:Perhaps|Maybe|Plenty of|Few|Some|Many|Here[’']s|Here are|Why|How|What|Inside|Meet|Could|Can|Should|Once"
    r"|Amid)\b"
    r"|[A-Z][a-z]+ (?:of|in|over|for|from|on) "
)


def _teasers(texts: Sequence[str], single: Sequence[bool], kinds: list[PassageKind]) -> None:
    """Mark lines that sell other stories, dropped between the paragraphs of a report.

    One such line alone may be an odd paragraph; only where an article has several are they a habit of
    the page, and of one that reports rather than argues.
    """
    if sum(bool(_SAYS.search(text)) for text in texts) * 4 < len(texts):
        return
    found = [
        number
        for number in range(4, len(texts) - 2)
        if single[number]
        and 50 <= len(texts[number]) <= 160
        and texts[number].endswith(".")
        and all(kinds[at] is PassageKind.PARAGRAPH and len(texts[at]) > 60 for at in (number - 1, number + 1))
        and kinds[number] is PassageKind.PARAGRAPH
        and _TEASER.match(texts[number])
        and not _TIED.search(texts[number])
    ]
    if len(found) > 1:
        for number in found:
            kinds[number] = PassageKind.TEASER
