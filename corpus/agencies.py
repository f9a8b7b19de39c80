"""Which news agency a text credits as its source: in its dateline, its byline or its closing lines.

A mere mention credits nobody: "told Reuters", "according to TASS", a photograph by AFP.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from corpus.datelines import read_dateline
from corpus.models import Block, PassageKind

_FORMS = {
    "AP": ("AP", "The Associated Press", "Associated Press", "AP News"),
    "Reuters": ("Reuters", "REUTERS", "Thomson Reuters", "Thomson Reuters Foundation", "Reuters News"),
    "AFP": ("AFP", "Agence France-Presse", "Agence France Presse", "Agence-France Presse"),
    "dpa": ("dpa", "DPA", "Deutsche Presse-Agentur", "dpa International"),
    "PA": ("PA", "PA Media", "Press Association", "The Press Association", "PA News Agency", "PA news agency"),
    "UPI": ("UPI", "United Press International"),
    "Bloomberg": ("Bloomberg", "Bloomberg News", "Bloomberg L.P.", "Bloomberg LP"),
    "TASS": ("TASS", "Itar-Tass", "ITAR-TASS", "Tass"),
    "Interfax": ("Interfax", "Interfax-Ukraine"),
    "RIA Novosti": ("RIA Novosti", "RIA"),
    "Sputnik": ("Sputnik", "Sputnik News"),
    "Ukrinform": ("Ukrinform",),
    "UNIAN": ("UNIAN",),
    "ANSA": ("ANSA",),
    "EFE": ("EFE", "Agencia EFE", "EPA-EFE"),
    "Xinhua": ("Xinhua", "Xinhua News Agency"),
    "Kyodo": ("Kyodo", "KYODO", "Kyodo News", "KYODO NEWS"),
    "Jiji": ("Jiji", "Jiji Press", "JIJI"),
    "Yonhap": ("Yonhap", "Yonhap News Agency"),
    "Anadolu": ("Anadolu", "Anadolu Agency", "AA"),
    "The Canadian Press": ("The Canadian Press", "Canadian Press"),
    "AAP": ("AAP", "Australian Associated Press"),
    "PTI": ("PTI", "Press Trust of India"),
    "ANI": ("ANI", "Asian News International"),
    "IANS": ("IANS",),
    "Bernama": ("Bernama", "BERNAMA"),
    "Antara": ("Antara", "ANTARA"),
    "WAM": ("WAM",),
    "APA": ("Austria Presse Agentur", "Austria Press Agency"),
    "RNS": ("RNS", "Religion News Service"),
    "JTA": ("JTA", "Jewish Telegraphic Agency"),
    "CNN": ("CNN", "CNN Newsource", "CNN Wire", "CNN.com Wire Service"),
}
_NAMES = {form: name for name, forms in _FORMS.items() for form in forms}
_AGENCY = "(?:" + "|".join(sorted(map(re.escape, _NAMES), key=len, reverse=True)) + r")(?![\w-])"

# These also stand for other things where no dateline says what they are: a state, a battery, a news channel ...
_ONLY_IN_DATELINES = frozenset(("AA", "CNN", "RIA", "ANI", "WAM", "PA"))
# ... and this is also a surname, where nothing but a name stands before it.
_SURNAMES = frozenset(("Bloomberg",))

_TOP = 8
"""Blocks within which a dateline or a byline stands."""
_BOTTOM = 6
"""Blocks, or lines of the raw text, within which a closing credit stands."""
_LONGEST = 250
"""Characters of a line that can be a credit."""

_OPENING = re.compile(rf"(?:[A-Z][^()“”\"]{{0,60}}\s)?\((?P<name>{_AGENCY})\)\s*(?:—|–|-{{1,2}}|―)\s")
_OPENING_BARE = re.compile(rf"(?P<name>{_AGENCY})\s*(?:—|–|--|―|\s-)\s(?=[A-Z“\"])")
_STAFF = r"(?:\s(?:[Ss]taff|[Ww]riters?|[Rr]eporters?|[Cc]orrespondents?|[Ee]ditors?|[Nn]ews|[Aa]gency|[Ss]ports)){0,3}"
_BYLINE = re.compile(
    rf"(?:(?:By|BY|From|Source:|Sources?:|Via:?|Credit:)\s)?(?:.{{1,120}}?(?:[,|/•·–—-]\s*|\s(?:of|for|with|in|and|at)\s"
    rf"|\s(?=The\sAssociated)))?[(\[]?(?:the\s|The\s)?(?P<name>{_AGENCY}){_STAFF}[)\]]?"
)
_BY = re.compile(r"(?:By|BY|From|Via|Source)\b")
_PERSON_THEN_AGENCY = re.compile(
    rf"(?:By|BY)\s(?:[A-ZÀ-Þ][\w.'’-]*\s){{2,5}}(?:[Tt]he\s|THE\s)?(?P<name>{_AGENCY}|ASSOCIATED PRESS){_STAFF}"
)
_COPYRIGHT = re.compile(
    rf"(?:©|\(c\)|[Cc]opyright)[\s\d,–-]*(?:©|\(c\))?[\s\d,–-]*(?:by\s)?(?:[Tt]he\s)?(?P<name>{_AGENCY})"
)
_SIGNED = re.compile(rf"(?:.*[.!?”\"]\s)?[—–(/\[-]+\s?(?P<name>{_AGENCY})(?:[/,]\s?\w+)?\s?[)\]]?\.?")
_WITH = re.compile(
    rf"[(\[—–-]*\s?(?:[Aa]dditional\s|[Ww]ith\s|[Ss]ome\s)*(?:[Rr]eporting|[Ff]iles|[Ii]nput|[Aa]ssistance|[Ii]nputs"
    rf"|[Mm]aterial|[Ii]nformation|[Cc]opy)\s(?:by|from)\s(?:[^.;:]{{1,100}}?(?:,\s|\sand\s|\sof\s|\sfor\s|/))?"
    rf"(?:the\s|The\s)?(?P<name>{_AGENCY})(?:[\s,/)\].].*)?"
)
_CONTRIBUTED = re.compile(
    rf"(?:[^.]{{0,160}}?(?:,\s|\sand\s|\sof\s))?(?:[Tt]he\s)?(?P<name>{_AGENCY})[^.]{{0,160}}?\scontributed\b.*"
)
_PUBLISHED = re.compile(
    rf".{{0,60}}\b(?:provided|supplied|distributed|published|produced|syndicated|written)\sby\s(?:the\s)?(?P<name>{_AGENCY})"
    rf"(?:\W.*)?"
)
_PICTURE = re.compile(
    r"\b(?:photos?|pictures?|images?|video|getty|graphics?|illustration|file|handout)\b", re.IGNORECASE
)


def credited_agency(body: str, blocks: Sequence[Block], fields: Mapping[str, str], raw: str = "") -> str | None:
    """Return the agency that a text credits, by one name for all forms of it ("AP"), or None.

    :param fields: metadata by key as in :class:`corpus.models.Document`; ``author`` and ``outlet`` are looked at.
    :param raw: the text before cleaning, which takes notices such as "© 2022 AFP" out of the body.

    The dateline counts first, then the byline, then closing lines, then whose outlet it is.
    """
    lines = [body[block.start : block.end] for block in blocks[-_BOTTOM:] if block.kind is not PassageKind.CAPTION]
    top = [(block.kind, body[block.start : block.end]) for block in blocks[:_TOP]]
    return (
        _in_dateline([text for kind, text in top if kind not in (PassageKind.CAPTION, PassageKind.CREDIT)])
        or _in_byline([text for kind, text in top if kind is not PassageKind.CAPTION], fields.get("author"))
        or _at_the_end(lines)
        or _at_the_end(_last_lines(raw), notices_only=True)
        or _named(fields.get("outlet", "").strip())
    )


def _in_dateline(texts: Sequence[str]) -> str | None:
    for text in texts:
        text = text[:160]
        found = _OPENING.match(text)
        if found and _from_a_place(found["name"], text[: found.start("name")]):
            return _NAMES[found["name"]]
        found = _OPENING_BARE.match(text)
        if found and found["name"] not in _ONLY_IN_DATELINES | _SURNAMES:
            return _NAMES[found["name"]]
        dateline = read_dateline(text)
        if dateline and dateline.agency in _NAMES and _from_a_place(dateline.agency, dateline.text):
            return _NAMES[dateline.agency]
    return None


def _from_a_place(name: str, before: str) -> bool:
    """Whether a name in brackets is an agency: "LONDON (PA) —", but not "Senator Roe (PA) —"."""
    return name not in _ONLY_IN_DATELINES or before.isupper() or any(char.isdigit() for char in before)


def _in_byline(texts: Sequence[str], author: str | None) -> str | None:
    if author and (found := _BYLINE.fullmatch(author.strip()[:_LONGEST])):
        return _named(found["name"])
    for text in texts:
        if len(text) > _LONGEST or _PICTURE.search(text):
            continue
        found = _PERSON_THEN_AGENCY.fullmatch(text)
        if found and found["name"] not in _SURNAMES:
            return _named(found["name"].replace("ASSOCIATED PRESS", "Associated Press"))
        if _is_a_line(text) and (found := _BYLINE.fullmatch(text)):
            return _named(found["name"])
    return None


def _is_a_line(text: str) -> bool:
    """Whether a line is a byline or nothing but a name; a heading that ends with one is neither."""
    return bool(_BY.match(text)) or text.strip("()[] ") in _NAMES


def _at_the_end(lines: Sequence[str], *, notices_only: bool = False) -> str | None:
    for number, line in enumerate(reversed(lines)):
        text = line.strip()
        if _PICTURE.search(text) and not _CONTRIBUTED.fullmatch(text):
            continue
        # A signature may close a long last paragraph: "... he said. — AFP".
        patterns = [_COPYRIGHT] if notices_only else [_COPYRIGHT, _WITH, _CONTRIBUTED, _PUBLISHED]
        if len(text) <= _LONGEST:
            for pattern in patterns:
                if found := pattern.match(text) if pattern is _COPYRIGHT else pattern.fullmatch(text):
                    return _named(found["name"])
            if not notices_only and (_is_a_line(text) and (found := _BYLINE.fullmatch(text))):
                return _named(found["name"])
        if number == 0 and not notices_only and (found := _SIGNED.fullmatch(text[-_LONGEST:])):
            return _named(found["name"])
    return None


def _last_lines(raw: str) -> list[str]:
    lines = [line for line in raw[-4000:].splitlines() if line.strip()]
    return lines[-_BOTTOM:]


def _named(form: str) -> str | None:
    return None if form in _ONLY_IN_DATELINES else _NAMES.get(form)
