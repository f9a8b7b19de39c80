"""Sentences of a block, by syntok, with the boundaries that news text gets wrong taken back.

syntok is plain Python, keeps offsets and is linear; of the splitters compared it makes the fewest mistakes
on news (benchmarks aside: pysbd is five times slower, blingfire ships no library for ARM Linux).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from syntok import segmenter
from syntok.tokenizer import Token, Tokenizer

from corpus.models import Span

_TOKENIZER = Tokenizer(emit_hyphen_or_underscore_sep=True, replace_not_contraction=False)
# All that the segmenter stops at: what may end a sentence, and brackets.
_MARK = re.compile(
    "[.!?;\u203c\u203d\u2047-\u2049\u3002\ufe52\ufe57\uff01\uff0e\uff1f\uff61"
    "(\\[{\uff5f\uff5b\uff3b\uff08\ufe5d\ufe5b\ufe59\ufd3e\u301a\u3018\u2985\u2983\u2329"
    ")\\]}\uff60\uff5d\uff3d\uff09\ufe5e\ufe5c\ufe5a\ufd3f\u301b\u3019\u2986\u2984\u232a]"
)
_MARKS_OPENING = frozenset("([{\uff5f\uff5b\uff3b\uff08\ufe5d\ufe5b\ufe59\ufd3e\u301a\u3018\u2985\u2983\u2329")
_WORDS_AFTER = 1
_WORDS_AFTER_OPENING = 52
"""The segmenter looks for the closing bracket among the next fifty tokens; a word is one or more."""
_OTHER_SPACE = re.compile(r"[^\S ]|\u200b")
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
        for tokens in segmenter.segment(_tokens(text), 250):
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


def _tokens(text: str) -> Iterator[Token]:
    """Yield the tokens by which syntok decides, a fifth of all.

    Where sentences begin depends on the marks alone, the word before each and the words after. All other tokens are
    only passed on, which takes most of the time that reading an article takes.
    """
    for start, end in _stretches(text):
        # Words are tokenised each by itself, so that a part of the text gives what the whole would.
        for token in _TOKENIZER.tokenize(text[start:end]):
            token.update(start)
            yield token


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Yield the parts of a text that lie around its marks, in order, from space to space, and its beginning."""
    if _OTHER_SPACE.search(text):
        yield 0, len(text)
        return
    start, end = 0, _after(text, 0, _WORDS_AFTER)
    seen = 0
    for found in _MARK.finditer(text):
        at = found.start()
        words = _WORDS_AFTER_OPENING if found.group() in _MARKS_OPENING else _WORDS_AFTER
        if at < seen and words == _WORDS_AFTER:
            continue  # in a word that was looked at: "e.g.," or text without spaces
        begin = _before(text, at) if at > end else start
        if begin > end:
            yield start, end
            start = begin
        end = max(end, _after(text, at, words))
        seen = max(seen, _after(text, at, 0))
        if end == len(text):
            break
    yield start, end


def _before(text: str, at: int) -> int:
    """Return where the space begins before the word that precedes the one at ``at``."""
    for _ in range(2):
        at = text.rfind(" ", 0, at) + 1
        while at and text[at - 1] == " ":
            at -= 1
    return at


def _after(text: str, at: int, words: int) -> int:
    """Return where the word at ``at`` and so many after it end."""
    length = len(text)
    for number in range(words + 1):
        if number:
            while at < length and text[at] == " ":
                at += 1
        at = text.find(" ", at)
        if at < 0:
            return length
    return at


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
