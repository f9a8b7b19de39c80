"""Sentences of a block, by syntok, with the boundaries that news text gets wrong taken back.

syntok is plain Python, keeps offsets and is linear; of the splitters compared it makes the fewest mistakes
on news (benchmarks aside: pysbd is five times slower, blingfire ships no library for ARM Linux).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from syntok import segmenter
from syntok.tokenizer import Tokenizer

from corpus.models import Span

_TOKENIZER = Tokenizer(emit_hyphen_or_underscore_sep=True, replace_not_contraction=False)
_TERMINAL = re.compile(r"[.!?…。！？]")
_SPACELESS_TERMINALS = tuple("。！？")
_CLOSERS = "”’\"')]»›"
_OPENERS = "“‘\"'([«‹"

# Titles, ranks and the like: a name follows, so their full stop ends no sentence.
_TITLE = re.compile(
    r"(?:^|[\s(“\"‘'])(?:Mr|Mrs|Ms|Dr|Prof|Rev|Fr|Sr|Hon|Gov|Sen|Sens|Rep|Reps|Pres|Gen|Lt|Col|Maj|Capt|Cmdr|Adm|Sgt|Cpl"
    r"|Pvt|Pfc|Brig|Supt|Det|Insp|Msgr|Amb|Atty|Dist|St|Ste|Mt|Ft|Messrs|vs|v|No|Nos|Op|Vol|pp|Fig|Eq|cf|approx|e\.g|i\.e"
    r"|U\.S\. (?:Sen|Rep|Gen|Army|Amb)|Lt\. (?:Gov|Gen|Col|Cmdr)|Maj\. Gen|Brig\. Gen|Vice Adm|Rear Adm)\.$"
)
_COUNTRY = re.compile(r"(?:^|\W)(?:U\.S|U\.K|U\.N|E\.U|D\.C|U\.S\.A|[A-Z])\.$")
_AFTER_COUNTRY = re.compile(
    r"(?:Army|Navy|Marines?|Air|Coast|Senate|House|Supreme|Congress|Capitol|Department|President|Secretary|Representative"
    r"|Senators?|Attorney|Ambassador|Treasury|State|Justice|District|Court|Circuit|Embassy|Bank|Steel|Open|Census|General"
    r"|Security|Soccer|Virgin|Forest|Food|Energy|Defen[cs]e|Trade|Chamber|Special|Central|Customs|Centers|Dollar|Food"
    r"|Geological|National|Postal|Women|Men|Ryder|Olympics?|[A-Z]\.)\b"
)
_MONTH = re.compile(r"(?:^|\W)(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|a\.m|p\.m|No|Nos|Sec|Art|Ch)\.$")
_SPEAKS = re.compile(
    r"(?:[A-Z][\w.’'-]*\s+){1,4}(?:said|says|asked|asks|wrote|added|told|replied|recalled|joked|quipped|shouted|exclaimed"
    r"|tweeted|wondered|explained|continued|responded|answered|declared|insisted|remarked)\b"
)
_LONGEST_QUOTE = 600
_ITEM_NUMBER = re.compile(r"\(?(?:\d{1,3}|[A-Za-z])[.)]")
# What signs a quotation or a text at its end: "— Anna Roe", "—AR", or the bare name after closing marks.
_SIGNATURE = re.compile(r"[—–-]\s?\S.{0,60}")
_SIGNING_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][\w.'’-]*(?:\s[A-ZÀ-ÖØ-Þ][\w.'’-]*){0,4}(?<!\.)")


def sentences(text: str) -> tuple[Span, ...]:
    """Return spans that tile ``text``: white space between two sentences belongs to the first of them."""
    if not text:
        return ()
    starts = [0]
    if _TERMINAL.search(text, 0, len(text) - 1):
        quotes = _open_quotes(text)
        for start in _all_starts(text):
            if starts[-1] < start < len(text) and _holds(text, starts[-1], start, quotes):
                starts.append(start)
    ends = [*starts[1:], len(text)]
    return tuple(Span(start, end) for start, end in zip(starts, ends, strict=True))


# After these a new sentence begins only with a word that no name begins with.
_AMBIGUOUS = re.compile(
    r"(?<=\W)(?:U\.S|U\.K|U\.N|D\.C|[ap]\.m|Inc|Corp|Co|Ltd|Jr|Sr)\.[”\"’]?\s+"
    r"(?=(?:He|She|It|They|We|I|The|But|And|In|On|At|When|While|This|That|These|Those|If|As|After|His|Her|Their)\s)"
)


def _all_starts(text: str) -> list[int]:
    starts = set(_starts(text))
    starts.update(found.end() for found in _AMBIGUOUS.finditer(text))
    starts.update(found.end() for found in re.finditer(r"[。！？]+[”’」』）]*\s*", text))
    return sorted(starts)


def _starts(text: str) -> Iterator[int]:
    """Yield where a sentence begins, closing marks that were left behind moved to the sentence they close."""
    try:
        # The state machine would otherwise read on through brackets that never close.
        for tokens in segmenter.segment(_TOKENIZER.tokenize(text), 250):
            at = tokens[0].offset
            while at < len(text) and text[at].isspace():
                at += 1
            if at and text[at - 1] not in " \t\n":
                # Glued to what precedes: only closing marks may be passed over to find the space.
                while at < len(text) and text[at] in _CLOSERS:
                    at += 1
                if at < len(text) and text[at].isspace():
                    while at < len(text) and text[at].isspace():
                        at += 1
                elif text[at - 1] not in _SPACELESS_TERMINALS:
                    continue
            yield at
    except (IndexError, StopIteration, RuntimeError, ValueError):
        # A splitter that gives up has found what it found; the rest is one sentence.
        return


def _holds(text: str, begin: int, start: int, quotes: list[tuple[int, int]]) -> bool:
    """Tell whether a sentence that began at ``begin`` really ends before ``start``."""
    rest = text[start : start + 60]
    before = text[max(begin, start - 40) : start].rstrip()
    bare = rest.lstrip(_OPENERS)
    if not bare or not any(char.isalnum() for char in rest):
        return len(text) - start > 60
    if bare[0].islower():
        return False
    if rest[0] in ",;:)]”’»" or not any(text[at].isalnum() for at in range(begin, min(start, begin + 200))):
        return False
    if begin == 0 and _ITEM_NUMBER.fullmatch(text[begin:start].strip() if start < 10 else ""):
        return False
    if len(text) - start <= 64 and (
        _SIGNATURE.fullmatch(text, start) or (before[-1:] in '”"' and _SIGNING_NAME.fullmatch(text, start))
    ):
        return False
    if _TITLE.search(before) or (_COUNTRY.search(before) and _AFTER_COUNTRY.match(bare)):
        return False
    if _MONTH.search(before) and bare[0].isdigit():
        return False
    if before[-1:] in _CLOSERS and before[-2:-1] in "?!…," and _SPEAKS.match(rest):
        return False
    return not _inside_quote(text, begin, start, quotes)


def _open_quotes(text: str) -> list[tuple[int, int]]:
    """Return the spans of quotations that open in the middle of a clause, after a word and a space."""
    spans = []
    opened: dict[str, int] = {}
    for found in re.finditer(r"[“”\"]", text):
        mark, at = found.group(), found.start()
        if mark == "“" or (mark == '"' and text[at - 1 : at].strip("([—–-") in ("", " ")):
            opened["”" if mark == "“" else '"'] = at
        elif mark in opened:
            spans.append((opened.pop(mark), at))
    return spans


def _inside_quote(text: str, begin: int, start: int, quotes: list[tuple[int, int]]) -> bool:
    """Tell whether the boundary cuts a quotation that its sentence introduces: saying “this. And that.”"""
    low, high = 0, len(quotes)
    while low < high:
        middle = (low + high) // 2
        if quotes[middle][1] < start:
            low = middle + 1
        else:
            high = middle
    if low == len(quotes):
        return False
    opened, closed = quotes[low]
    introduced = text[max(begin, opened - 8) : opened].rstrip()
    return (
        opened < start <= closed
        and bool(introduced)
        and introduced[-1] not in ".!?"
        and (closed - begin <= _LONGEST_QUOTE)
    )
