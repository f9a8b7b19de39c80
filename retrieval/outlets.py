"""Which outlets a question names, and whether any article here is from them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_NAME = r"(?:(?:the|The)\s+)?[A-Z][\w.&’'-]*(?:\s+(?:(?:of|and|the)\s+)?[A-Z][\w.&’'-]*){0,3}"
_ARTICLE = r"(?:articles?|stor(?:y|ies)|pieces?|columns?|editorials?|newspaper)"
_MENTIONS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_ARTICLE}\s+(?:\w+\s+)?(?:from|in)\s+(?P<name>{_NAME})",
        # "An article by Jane Doe" names its author; an outlet is "The Age", one word, or one of those known to all.
        rf"\b{_ARTICLE}\s+(?:published\s+)?by\s+(?P<name>(?:the|The)\s+{_NAME}|[A-Z][\w.&-]*\b(?!\s+[A-Z]))",
        rf"\b(?P<name>{_NAME})(?:['’]s)?\s+{_ARTICLE}\b",
        rf"\b(?:another|one)\s+(?:from|in|by)\s+(?P<name>{_NAME})",
        # Who reports may be anybody: only what everybody knows to be an outlet counts.
        rf"\breport(?:s|ed|ing)?\s+(?:\w+\s+)?(?:from|in|by)\s+(?P<known>{_NAME})",
        rf"\b(?P<known>{_NAME})(?:['’]s)?\s+report(?:s|ed|ing)?\b",
    )
)
_FIRST_WORDS = frozenset(
    "the a an in on according what which who whose when where why how did does do is are was were has have both as "
    "considering based between given while and or from by this that".split()
)
_MONTHS = frozenset("january february march april may june july august september october november december".split())
_KNOWN = frozenset(
    "reuters|associated press|ap|afp|agence france-presse|bloomberg|bbc|bbc news|cnn|cnbc|nbc|nbc news|abc news|cbs|"
    "cbs news|fox news|msnbc|npr|pbs|sky news|al jazeera|new york times|washington post|wall street journal|"
    "financial times|guardian|times|daily telegraph|daily mail|independent|economist|forbes|fortune|time|newsweek|"
    "politico|axios|los angeles times|usa today|le monde|le figaro|der spiegel|bild|die zeit|tass|interfax|"
    "ria novosti|xinhua|kyiv independent|times of india|economic times|hindu|haaretz|el pais|corriere della sera|"
    "techcrunch|the verge|wired|engadget|espn|rolling stone|vox|vice|huffpost|buzzfeed".split("|")
)


@dataclass(frozen=True, slots=True)
class NamedOutlets:
    """The outlets that a question names."""

    here: frozenset[str]
    """As the articles print them."""
    absent: tuple[str, ...]
    """As typed: those that no article is from."""

    @property
    def absent_share(self) -> float:
        """Share of the named outlets that no article is from; 0 when none is named."""
        return len(self.absent) / (len(self.absent) + len(self.here)) if self.absent else 0.0

    def hold(self, words: Sequence[str]) -> bool:
        """Whether all of the words stand in one outlet's name."""
        wanted = {word.lower() for word in words}
        return any(wanted <= set(_plain(outlet).split()) for outlet in (*self.here, *self.absent))


def named_outlets(question: str, printed: Iterable[str]) -> NamedOutlets:
    """The outlets that ``question`` names. Where no article bears an outlet, none can be missed."""
    asked = f" {_plain(question)} "
    names = {outlet: _main_name(outlet) for outlet in printed}
    named = [outlet for outlet, name in names.items() if name and f" {name} " in asked]
    # "FOX News - Health" typed in full is not "FOX News - Travel".
    in_full = {names[outlet] for outlet in named if f" {_whole_name(outlet)} " in asked}
    here = frozenset(outlet for outlet in named if names[outlet] not in in_full or f" {_whole_name(outlet)} " in asked)
    absent: dict[str, None] = {}
    for typed in _typed(question) if names else ():
        plain = _plain(typed).removeprefix("the ")
        if not any(
            f" {plain} " in f" {_whole_name(outlet)} " or f" {name} " in f" {plain} "
            for outlet, name in names.items()
            if name
        ):
            absent[typed] = None
    return NamedOutlets(here, tuple(absent))


def _typed(question: str) -> Iterable[str]:
    for pattern in _MENTIONS:
        for match in pattern.finditer(question):
            parts = (match.groupdict().get("name") or match.groupdict().get("known") or "").split()
            while parts and parts[0].lower() in _FIRST_WORDS:
                parts = parts[1:]
            name = " ".join(parts).removesuffix("’s").removesuffix("'s").rstrip(".,")
            if name and name.lower() not in _MONTHS and ("known" not in match.groupdict() or _plain(name) in _KNOWN):
                yield name


def _main_name(outlet: str) -> str:
    """ "independent" for "The Independent - Sports"; sections and slogans are seldom typed."""
    return _plain(re.split(r"\s[-|–—]\s|:\s", outlet, maxsplit=1)[0]).removeprefix("the ")


def _whole_name(outlet: str) -> str:
    return _plain(outlet).removeprefix("the ")


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text)).lower()
