"""The passages that are looked at for claimed words: those that hold all of them, and those that come near."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.attribution import same_person
from corpus.attribution.names import fold
from corpus.store import Filters, Store
from embeddings.encoder import Encoder
from retrieval.claims.places import Place
from retrieval.collections import Collection
from retrieval.lexicon import tokens
from retrieval.models import Signals
from retrieval.offices import holders, is_title
from retrieval.question import understand
from retrieval.retriever import Candidate, Retriever

_RAREST = 4
"""Words whose passages are intersected; a passage that prints the claim holds them all."""

_EXACT = 400
"""Passages compared word by word at most; only a claim of common words alone is in more."""

_NEAR = 60
"""Candidates of the search that are compared."""


class Finder:
    """Looks into the collections it was given, and into no others. Holds for one claim what it has read."""

    def __init__(self, collections: Sequence[Collection], encoder: Encoder) -> None:
        self._collections = tuple(collections)
        self._retriever = Retriever(collections, encoder)
        self._places: dict[tuple[str, int], Place] = {}
        self._names: dict[tuple[str, str], frozenset[str]] = {}

    def begin(self) -> None:
        """Forget what was read for the claim before: articles may have changed."""
        self._places.clear()
        self._names.clear()

    def holding(self, words: str, speaker: str | None) -> list[Place]:
        """Passages that hold all of the words in any order and form; those with the speaker's words first."""
        found: list[Place] = []
        for collection in self._collections:
            text = collection.store.text
            known = text.words(list(dict.fromkeys(tokens(words))))
            if not known or any(word.passages == 0 or word.read_as for word in known):
                continue
            ids: set[int] | None = None
            for word in sorted(known, key=lambda word: word.passages)[:_RAREST]:
                own = set(text.shares([word]))
                ids = own if ids is None else ids & own
            chosen = sorted(ids or ())
            if len(chosen) > _EXACT and speaker:
                names = tuple(self.names(collection.store, speaker))
                spoken = set(collection.store.articles.live_ids(Filters(speakers=names))) if names else set()
                chosen.sort(key=lambda passage: (passage not in spoken, passage))
            found += self._read(collection, chosen[:_EXACT])
        return found

    def near(self, words: str, speaker: str | None) -> list[Place]:
        """Passages that share rare words or meaning, best first."""
        question = understand(words)
        question = replace(question, speaker=speaker, cue=None)
        found = self._retriever.find(question, Filters())
        candidates = [one for first in found.candidates[:_NEAR] for one in (first, *first.also)]
        return [self._place(candidate) for candidate in candidates]

    def names(self, store: Store, speaker: str) -> frozenset[str]:
        """The names under which the person meant is on record in one collection."""
        key = (store.collection, speaker)
        if key not in self._names:
            names = [name for name, _ in store.articles.speakers()]
            same = [name for name in _sharing(speaker, names) if same_person(speaker, name)]
            if is_title(speaker):
                same = list(holders(speaker, names, [store])) or same
            self._names[key] = frozenset(same)
        return self._names[key]

    def means(self, place: Place, speaker: str, printed: str) -> bool:
        """Whether a claimed speaker is the one whom an article names or describes."""
        if same_person(speaker, printed):
            return True
        store = self.store(place.candidate.collection)
        names = self.names(store, speaker)
        if printed in names or any(same_person(name, printed) for name in names if len(name.split()) > 1):
            return True
        return is_title(printed) and bool(self.names(store, printed) & names)

    def store(self, collection: str) -> Store:
        """The store of a collection by name."""
        return next(one.store for one in self._collections if one.name == collection)

    def _read(self, collection: Collection, ids: Sequence[int]) -> Iterable[Place]:
        for reading in collection.readings([i for i in ids if (collection.name, i) not in self._places]).values():
            self._place(Candidate(collection.name, reading, 0.0, Signals(), {}))
        return [place for i in ids if (place := self._places.get((collection.name, i))) is not None]

    def _place(self, candidate: Candidate) -> Place:
        # Without the copies that the search folded into it: they are places of their own.
        return self._places.setdefault((candidate.collection, candidate.passage.id), Place(replace(candidate, also=())))


def describes(speaker: str) -> bool:
    """Whether a printed speaker is one person whom the article does not name: "the Russian leader", "a spokesman"."""
    return is_title(speaker) and not speaker.rstrip(".").lower().endswith("s")


def _sharing(speaker: str, names: Sequence[str]) -> list[str]:
    """Names with a word that begins as one of the speaker's; comparing all of thousands is slow."""
    starts = {fold(word)[:2] for word in tokens(speaker)}
    return [name for name in names if any(fold(word)[:2] in starts for word in tokens(name))]
