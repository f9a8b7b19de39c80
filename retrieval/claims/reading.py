"""What a text claims: the words, and who is said to have said them. Read off its form alone."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from corpus.attribution.vocabulary import ADVERBS, AUXILIARY, DAYS, FUNCTION, PARTICLES, ROLE_MODIFIERS, ROLES, VERBS
from retrieval.lexicon import TITLE_WORDS, normalise

_PAIRS = {"“": "”", "„": "“”", "«": "»", "»": "«", '"': '"', "”": "”", "″": "″", "‟": "”"}
_CLOSE_ANY = '”"″'
_SINGLES = {"‘": "’", "'": "'", "‹": "›", "‚": "‘’"}
_ELLIPSIS = re.compile(r"\s*[\[(]?\s*(?:…|\.\s?\.\s?\.(?:\s?\.)?)\s*[\])]?\s*")
_MARKDOWN = re.compile(r"\*{1,3}|__|~~|\|\||`")
_LINK = re.compile(r"<?https?://\S+|<[@#][!&]?\d+>")
_WORD = re.compile(r"[^\W_](?:[\w.’'&-]*[^\W_])?\.?|\S")
_ENDED = re.compile(
    r"(?<!\b(?:Rev|Gen|Sen|Gov|Rep|Hon|Col|Sgt|Maj|Adm))(?<!\b(?:Capt|Prof))(?<!\b(?:Mrs|Ltd))"
    r"(?<!\b(?:Mr|Ms|Dr|Lt|St|Jr|Sr|No))(?<=[^.\s]{2})[.!?;](?:\s+|$)"
)
"""The end of a sentence, not of a title or an initial."""
_STOP = re.compile(r"[.!?;]\s*$")

_SAYING = frozenset(VERBS) - frozenset(
    "make makes made making point points pointed pointing attack attacks post posts object objects crow crows rule "
    "rules ruled ruling brand brands bash cry cries email emails reason reasons note notes question questions".split()
)
_ONLY_REPORTS = frozenset(form for form, verb in VERBS.items() if not verb.act)
_BARE = frozenset(_SAYING - {form for form, verb in VERBS.items() if verb.noun})
_BETWEEN = ADVERBS | AUXILIARY | frozenset(
    "also has had have having once then just reportedly allegedly recently later repeatedly actually really now "
    "himself herself is was did does do ever already".split()
)  # fmt: skip
_NO_NAME = (
    FUNCTION
    | AUXILIARY
    | DAYS
    | frozenset(
        "breaking claim check fact update news question quote source re fyi edit title note tldr true false real fake "
        "here today yesterday so and but when what who is did does has the a an says said article headline he she they "
        "it we i you him her them his their this that these those someone somebody people everyone not no yes hi hello "
        "please verify context example answer statement summary caption via from".split()
    )
)
_LEADS = re.compile(
    r"^(?:(?:is it true|is it correct|i (?:heard|read|saw)|someone (?:said|says)|they say|apparently|allegedly|so|and|"
    r"but|please check|check|fact[- ]check|claim|did you know|can you (?:check|verify)(?: if| whether)?)\b[\s:,]*"
    r"(?:that\b)?\s*)+",
    re.IGNORECASE,
)
_LONGEST_NAME = 7
"""Words of "the Ukrainian foreign minister Dmytro Kuleba" and the like."""
_REACH = 12
"""Words between a verb of saying and the quote: "told reporters in Kyiv on Tuesday after the talks that"."""
_SMALL_NAME = 3
"""Words in small letters that may be a name typed without capitals."""
_FILL = re.compile(
    r"^(?:(?:to|told)?\s*(?:reporters|journalists|lawmakers|parliament|a news conference|the press|(?:the )?media)\b"
    r"(?:[^,:]{0,60}?(?=\bthat\b))?)?\s*[,:]?\s*(?:that\b)?\s*[,:]?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """Words that are claimed to have been said: those of one pair of quote marks, or a whole statement."""

    words: str
    speaker: str | None
    quoted: bool
    pieces: tuple[str, ...]
    """The words on either side of each ellipsis."""
    joined: bool = False
    """Whether only an ellipsis stands between this quote and the one before."""


def read_claim(text: str) -> tuple[Claimed, ...]:
    """The claimed words in order; empty where nothing is claimed."""
    text = _MARKDOWN.sub("", _LINK.sub(" ", _block_quotes(unicodedata.normalize("NFC", text))))
    text = normalise(text)
    quotes = _quotes(text)
    if quotes and not _quotes_within(text, quotes):
        return _with_speakers(text, quotes)
    words, speaker = _unquoted(text)
    words = words.strip(" \t,;:")
    return (Claimed(words, speaker, False, pieces_of(words)),) if re.search(r"[^\W_]", words) else ()


def pieces_of(words: str) -> tuple[str, ...]:
    """The words on either side of each ellipsis, without marks at their ends."""
    return tuple(piece for part in _ELLIPSIS.split(words) if re.search(r"[^\W_]", piece := part.strip()))


def _block_quotes(text: str) -> str:
    """Lines that a messenger marks as quoted become quoted words, unless they hold quote marks themselves."""
    lines = text.split("\n")
    if any(mark in text for mark in '“”"«„') or not any(line.lstrip().startswith(">") for line in lines):
        return "\n".join(re.sub(r"^\s*>{1,3}\s?", "", line) for line in lines)
    out, inside = [], False
    for line in lines:
        quoted = re.match(r"\s*>{1,3}\s?(.*)", line)
        if quoted and not inside:
            out.append("“" + quoted[1])
        elif quoted:
            out.append(quoted[1])
        elif inside:
            out[-1] += "”"
            out.append(line)
        else:
            out.append(line)
        inside = quoted is not None
    return "\n".join(out) + ("”" if inside else "")


def _quotes(text: str) -> list[tuple[int, int, int, int]]:
    """(start, end, start of the words, end of the words) of each quote; one left open runs to the end."""
    found = _paired(text, _PAIRS)
    return found or _paired(text, _SINGLES)


def _quotes_within(text: str, quotes: list[tuple[int, int, int, int]]) -> bool:
    """Whether the quotes are a part of what somebody is claimed to say: Ada Brook: I told him, “No,” and left."""
    head = re.match(r"([^:“”\"«»„]{2,80}?)\s*:\s+", _LEADS.sub("", text))
    if head is None or whole_name(head[1]) is None:
        return False
    stated = text[text.index(":") + 1 :].lstrip()
    quoted = sum(last - first for _, _, first, last in quotes)
    # Single marks are what quotes within quotes bear.
    single = text[quotes[0][0]] in _SINGLES
    return quotes[0][0] > text.index(stated) and (single or 2 * quoted < len(stated))


def _paired(text: str, pairs: dict[str, str]) -> list[tuple[int, int, int, int]]:
    found = []
    at = 0
    while at < len(text):
        mark = text[at]
        if mark not in pairs or not _opens(text, at, mark):
            at += 1
            continue
        closing = pairs[mark] + (_CLOSE_ANY if pairs is _PAIRS and mark in "“„‟" else "")
        end = next((n for n in range(at + 1, len(text)) if text[n] in closing and _closes(text, n)), None)
        if end is None:
            if pairs is _SINGLES:
                at += 1
                continue
            end = len(text)
        if re.search(r"[^\W_]", text[at + 1 : end]):
            found.append((at, min(end + 1, len(text)), at + 1, end))
        at = end + 1
    return found


def _opens(text: str, at: int, mark: str) -> bool:
    if mark not in "'‘‚‹":
        return True
    before, after = text[at - 1 : at] if at else " ", text[at + 1 : at + 2]
    return not before.isalnum() and (after.isalnum() or after in "[($€£…") and after != ""


def _closes(text: str, at: int) -> bool:
    if text[at] not in "’'›‘":
        return True
    return not text[at + 1 : at + 2].isalnum()


def _with_speakers(text: str, quotes: list[tuple[int, int, int, int]]) -> tuple[Claimed, ...]:
    found: list[Claimed] = []
    for n, (start, end, first, last) in enumerate(quotes):
        before = text[quotes[n - 1][1] if n else 0 : start]
        after = text[end : quotes[n + 1][0] if n + 1 < len(quotes) else len(text)]
        speaker = _named_before(before) or _named_after(after)
        if speaker is None and _STOP.search(before):
            speaker = _named_before(_STOP.sub("", before))
        words = text[first:last].strip()
        only_ellipsis = n > 0 and _ELLIPSIS.fullmatch(before) is not None
        found.append(Claimed(words, speaker, True, pieces_of(words) or (words,), only_ellipsis))
    # "A," Putin said. "B.": a quote that names nobody belongs to who spoke before, else to who speaks next.
    for order in (range(len(found)), range(len(found) - 1, -1, -1)):
        known = None
        for n in order:
            known = found[n].speaker or known
            found[n] = replace(found[n], speaker=known)
    return tuple(found)


def _named_before(text: str) -> str | None:
    """Who is named before a quote: "X said:", "X told reporters in Kyiv that", "according to X,", "X:", "said X,"."""
    text = text.rstrip()
    if not text or _STOP.search(text):
        return None
    clause = _ENDED.split(text)[-1].strip()
    colon = re.search(r"^(.*?)\s*(?::|\s[-–—]+)$", clause)
    if colon and (name := whole_name(_LEADS.sub("", colon[1]))):
        return name
    clause = clause.rstrip(" ,:")
    according = re.search(r"\b(?:according to|per)\s+([^,:]+)$", clause, re.IGNORECASE)
    if according:
        return whole_name(according[1])
    words = list(_WORD.finditer(clause))
    for n in range(len(words) - 1, max(-1, len(words) - 1 - _REACH), -1):
        if words[n].group().lower() not in _SAYING:
            continue
        name = _name_ending(clause[: words[n].start()])
        if name is None and n + 1 < len(words) and n and words[n].group().lower() in _BARE:
            name = whole_name(clause[words[n].end() :])  # "said X,"
        if name:
            return name
    return None


def _named_after(text: str) -> str | None:
    """Who is named after a quote: ", said X", ", X said", "— X", "(X)", "according to X"."""
    stripped = text.strip()
    signed = re.match(r"^\s*(?:[-–—~]+|\(|by\b)\s*([^()\n,;:]+)", text)
    if signed and (name := whole_name(signed[1].rstrip(" ."))):
        return name
    clause = _ENDED.split(stripped.lstrip(" ,"))[0] if stripped[:1] not in ".;!?" else ""
    according = re.match(r"(?:according to|per|as told by)\s+(.+)", clause, re.IGNORECASE)
    if according:
        return leading_name(according[1])
    words = list(_WORD.finditer(clause))
    if not words:
        return None
    if words[0].group().lower() in _SAYING:
        return leading_name(clause[words[0].end() :])
    for word in words[1 : _LONGEST_NAME + 5]:
        if word.group().lower() in _SAYING:
            return _name_ending(clause[: word.start()], whole=True)
    return None


def _unquoted(text: str) -> tuple[str, str | None]:
    """(words, speaker) of a claim without quote marks."""
    text = _LEADS.sub("", text)
    asked = re.match(r"(?:did|has|have|does)\s", text, re.IGNORECASE)
    body = text.rstrip(" ?") if asked or text.rstrip().endswith("?") else text
    if colon := re.match(r"([^:]{2,80}?)\s*:\s+(.+)", text):
        name = whole_name(colon[1]) or _name_ending(_without_verb(colon[1]), whole=True)
        if name:
            return colon[2], name
    if signed := re.search(r"^(.+?[\w.!?…])\s*(?:\s[-–—~]+\s*|\s\()([^():,]{2,60})\)?$", body):
        name = whole_name(signed[2])
        if name and name[:1].isupper():
            return signed[1], name
    if according := re.match(r"according to\s+(.+?)\s*,\s*(.+)", body, re.IGNORECASE):
        name = whole_name(according[1])
        if name:
            return according[2], name
    if according := re.match(r"(.+?),?\s+according to\s+([^,]+?)\.?$", body, re.IGNORECASE):
        name = whole_name(according[2])
        if name:
            return according[1], name
    if after := re.match(r"(.+),\s+(.+?)\.?$", body):
        name = _named_after(", " + after[2])
        if name and len(after[2].split()) <= _LONGEST_NAME + 2:
            return after[1], name
    words = list(_WORD.finditer(body))
    for n, word in enumerate(words[1 : _LONGEST_NAME + 5], start=1):
        low = word.group().lower()
        if low not in _SAYING:
            continue
        name = _name_ending(body[: word.start()], whole=True)
        if name is None or n + 1 == len(words):
            continue
        # "denied a deal": a verb that is half of the message stays with it.
        rest = body[word.end() :] if low in _ONLY_REPORTS else body[word.start() :]
        return _FILL.sub("", rest.lstrip(), count=1), name
    return body if not asked else text, None


def _without_verb(text: str) -> str:
    words = list(_WORD.finditer(text))
    at = next((word.start() for word in words[1:] if word.group().lower() in _SAYING), None)
    return text if at is None else text[:at]


def _name_ending(text: str, *, whole: bool = False) -> str | None:
    """The name that a text ends with, before a verb; with ``whole`` nothing but words before a name may precede it."""
    text = text.rstrip()
    if text.endswith(","):  # "Dmitry Peskov, the Kremlin spokesman,"
        head, comma, _ = text[:-1].rpartition(",")
        text = head if comma else text[:-1]
    words = [match.group() for match in _WORD.finditer(text)]
    while words and (words[-1].lower() in _BETWEEN or (words[-1].islower() and words[-1].endswith("ly"))):
        words.pop()
    taken: list[str] = []
    while words and len(taken) < _LONGEST_NAME and _of_name(words[-1], taken):
        taken.insert(0, words.pop())
    while taken and (taken[0].lower() in PARTICLES | {"of"} or not _names(taken[0])) and taken[0].lower() != "the":
        words.append(taken.pop(0))
    if not any(_names(word) for word in taken):
        return _small_name(words + taken)
    if whole and any(word.lower() not in _NO_NAME and word[0].isalnum() for word in words):
        return None
    return " ".join(taken)


def leading_name(text: str) -> str | None:
    """The name that a text begins with: "Putin on Monday", "the Russian president in Moscow"."""
    words = [match.group() for match in _WORD.finditer(text)]
    while words and words[0].lower() in _BETWEEN:
        words.pop(0)
    taken: list[str] = []
    for n, word in enumerate(words[:_LONGEST_NAME]):
        low = word.lower()
        proper = word[0].isupper() and low not in _NO_NAME
        linking = low in PARTICLES | {"of"} and n + 1 < len(words) and words[n + 1][0].isupper() and bool(taken)
        if not (proper or linking or low in _OFFICE or (low == "the" and not taken)):
            break
        taken.append(word)
    if any(_names(word) for word in taken):
        return " ".join(taken)
    small = []
    for word in words[:_SMALL_NAME]:
        if word.lower() in _NO_NAME or not word[0].isalpha():
            break
        small.append(word)
    return " ".join(small) or None


def whole_name(text: str) -> str | None:
    """The text, where it is nothing but a name; what follows a comma ("Kyiv, 2022") is left out."""
    text = re.sub(r"\s*[(\[].*$", "", text.split(",")[0]).strip(" .")
    words = [match.group() for match in _WORD.finditer(text)]
    name = leading_name(text)
    if name is None or not words:
        return None
    given = [match.group() for match in _WORD.finditer(name)]
    return name if len(given) == len(words) else None


_OFFICE = {word for word in TITLE_WORDS | ROLES | ROLE_MODIFIERS if word not in ("then", "chief")} | {"officials"}


def _of_name(word: str, taken: list[str]) -> bool:
    low = word.lower()
    if low == "the":
        return bool(taken)
    if low in PARTICLES or low == "of":
        return bool(taken) and taken[0][0].isupper()
    if taken and taken[0].lower() == "the":
        return False
    return (word[0].isupper() and low not in _NO_NAME) or low in _OFFICE


def _names(word: str) -> bool:
    low = word.lower()
    return (word[0].isupper() and low not in _NO_NAME) or low in _OFFICE


def _small_name(words: list[str]) -> str | None:
    """A name typed in small letters: "putin" in "did putin"."""
    taken: list[str] = []
    while words and len(taken) < _SMALL_NAME and words[-1].lower() not in _NO_NAME and words[-1][0].isalpha():
        taken.insert(0, words.pop())
    if not taken or (words and words[-1].lower() not in _NO_NAME):
        return None
    return " ".join(taken)
