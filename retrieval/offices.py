"""Who "the French president" is: the person whom the articles call so, and nobody where they do not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from corpus.attribution import same_person
from corpus.attribution.vocabulary import COUNTRIES
from corpus.store import Store
from retrieval.lexicon import TITLE_WORDS, tokens

_PASSAGES = 200
"""Passages looked at: far more than it takes to see who is called so most often."""

_MAJORITY = 0.6
"""A title that the articles give to several people names nobody."""

_NAME = r"((?:[^\W\d_a-z][\w’'.-]*)(?:\s+(?:(?:de|van|von|der|al|bin)\s+)?[^\W\d_a-z][\w’'-]*){0,3})"

_LEADERS = ("president", "prime minister", "chancellor", "premier", "king", "queen")


def holders(title: str, speakers: Sequence[str], stores: Iterable[Store]) -> tuple[str, ...]:
    """The names, among ``speakers``, of the person whom the articles give this title; empty when unclear.

    "Ukrainian President Volodymyr Zelensky", "Ukraine's president, Volodymyr Zelensky" and "Volodymyr Zelensky,
    the Ukrainian president" all count.
    """
    words = [word for word in re.sub(r"[’']s\b", "", title.lower()).split() if word not in ("the", "a", "an", "of")]
    if not words:
        return ()
    forms = {tuple(words)}
    if words[0] in COUNTRIES:
        forms.add((COUNTRIES[words[0]], *words[1:]))
    if words[-1] == "leader":
        forms |= {(*form[:-1], *office.split()) for form in set(forms) for office in _LEADERS}
    votes: Counter[str] = Counter()
    for store in stores:
        for form in forms:
            printed = r"(?:[’']s)?\s+".join(re.escape(word) for word in form)
            before = re.compile(rf"\b(?i:{printed}),?\s+{_NAME}")
            after = re.compile(
                rf"{_NAME},\s+(?:who\s+(?:is|was)\s+)?(?:(?i:the|its|their|his|her)\s+)?(?i:{printed})\b"
            )
            for text in store.text.passages_with(form, _PASSAGES):
                for match in (*before.finditer(text), *after.finditer(text)):
                    votes[_canonical(match[1], speakers)] += 1
    votes.pop("", None)
    if not votes:
        return ()
    name, count = votes.most_common(1)[0]
    if count < _MAJORITY * votes.total():
        return ()
    return tuple(speaker for speaker in speakers if same_person(name, speaker))


def is_title(speaker: str) -> bool:
    """Whether a name is typed or a description: "Olaf Scholz" or "the German chancellor"."""
    parts = tokens(speaker)
    common = [part for part in parts if part.islower() and len(part) > 3]
    # Typed in small letters throughout, only a word for an office tells a title from a name.
    return bool(common) and (len(common) < len(parts) or any(part in TITLE_WORDS for part in common))


def _canonical(printed: str, speakers: Sequence[str]) -> str:
    return next((speaker for speaker in speakers if same_person(printed, speaker)), "")
