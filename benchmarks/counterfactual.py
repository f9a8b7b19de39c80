"""Does the answer depend on who is asked about? What one person said, asked of another person of the same article.

    python benchmarks/counterfactual.py polnear/dev.jsonl.gz [--pairs 300] [--examples 10]

From each article with hand-marked attributions, two people with marked sources are drawn. The topic is the
weightiest phrase of something one of them said (the content holds quoted words or the cue is one of speech);
"What did A say about TOPIC?" is true, the same of B is not, unless B's own contents share a rare word with it. Prints
how many of each are declined.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import math
import random
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from attribution import QUOTE_MARKS, SPEECH

from corpus.store import Store
from embeddings.encoder import SentenceTransformerEncoder
from embeddings.faiss_index import FaissLoader
from retrieval.asking import Asker
from retrieval.collections import Collection
from retrieval.indexing import Indexer
from retrieval.models import Outcome
from retrieval.question import understand

_NAME = re.compile(r"(?<![\w.])(?:[A-Z][\w’'-]*\.? )+[A-Z][\w’'-]+")
_TITLES = frozenset(
    "president sen sens rep reps gov secretary mr mrs ms dr del former vice mayor democratic republican".split()
)
_SHORT = 1
"""A phrase of so few words alone is no topic that anybody would ask about."""
_NO_TOPIC = frozenset(
    "say says said saying tell told think thinks thought know knows make makes made take takes took get gets got go "
    "goes going went come comes came want wants wanted need needs look looks see sees seen saw let lets put keep "
    "really even never ever always maybe still yet lot lots thing things something anything everything nothing "
    "someone anyone one two way ways kind sort good bad great new well back right first last like now today people "
    "himself herself themselves itself myself ourselves yourself much because but whether would could should "
    "might".split()
)
_CONTRACTED = re.compile(r"[’'](?:t|m|ve|ll|re|d|s)$", re.IGNORECASE)


@dataclass(frozen=True)
class Pair:
    """Two people of one article and what only the first is on record with."""

    topic: str
    asked: str
    other: str


def words(text: str) -> list[str]:
    return re.findall(r"[\w’'-]+", text)


def person(sources: list[dict[str, Any]], common: set[str], places: set[str]) -> str | None:
    """The name in a marked source, without titles; None for pronouns, places and what holds an ordinary word."""
    match = _NAME.search(sources[0]["text"]) if sources else None
    if match is None:
        return None
    parts = match.group().removesuffix("’s").removesuffix("'s").split()
    while len(parts) > 2 and parts[0].strip(".").lower() in _TITLES:
        parts = parts[1:]
    owners = [n for n, part in enumerate(parts) if re.search(r"[’']s$", part)]
    parts = parts[owners[-1] + 1 :] if owners else parts  # "CNN's Jake Tapper"
    # "South Carolina", "Tax Justice": a name of which a part is an ordinary word may be no person's.
    name = " ".join(parts)
    if not 2 <= len(parts) <= 3 or name in places or any(part.strip(".").lower() in common | _TITLES for part in parts):
        return None
    return name


def topic_of(content: str, rarity: dict[str, float]) -> str | None:
    """The weightiest phrase between function words, and the next one if that is short, in the order of print.

    Candidates as in RAKE (Rose et al., 2010: Automatic keyword extraction from individual documents); weighed by
    how rare their words are.
    """
    phrases: list[list[str]] = [[]]
    for token in re.findall(r"[\w’'-]+|[^\w\s]", content):
        if understand(token).words and token.lower() not in _NO_TOPIC and _is_word(token):
            phrases[-1].append(token)
        else:
            phrases.append([])
    whole = [(n, phrase) for n, phrase in enumerate(phrases) if phrase]
    whole.sort(key=lambda numbered: -sum(rarity.get(word.lower(), 0.0) for word in numbered[1][:4]))
    chosen = whole[:1] if whole and len(whole[0][1]) > _SHORT else whole[:2]
    topic = " and ".join(" ".join(phrase[:4]) for _, phrase in sorted(chosen))
    return topic if len({word.lower()[:4] for word in words(topic)} - {"and"}) > 1 else None


def _is_word(token: str) -> bool:
    return token[0].isalnum() and not _CONTRACTED.search(token)


def pairs(rows: list[dict[str, Any]], wanted: int) -> list[Pair]:
    counts = collections.Counter(word for row in rows for word in {w.lower() for w in words(row["text"])})
    rarity = {word: math.log(len(rows) / count) for word, count in counts.items()}
    common = {word for row in rows for word in re.findall(r"(?<![\w’'-])[a-z]{2,}(?![\w’'-])", row["text"])}
    # "In South Carolina", "the Annenberg Institute".
    places = {name for row in rows for name in re.findall(rf"\b(?:[Ii]n|[Aa]t|[Tt]he) ({_NAME.pattern})", row["text"])}
    found = []
    for row in rows:
        held: dict[str, list[str]] = collections.defaultdict(list)
        said: dict[str, list[str]] = collections.defaultdict(list)
        for attribution in row["attributions"]:
            name = person(attribution["source"], common, places)
            if name and attribution["content"]:
                content = max((part["text"] for part in attribution["content"]), key=len)
                # Beliefs, wishes and doings are marked, too: they are on record, but nobody "said" them.
                held[name].append(content)
                if is_said(attribution):
                    said[name].append(content)
        for asked, contents in said.items():
            others = [name for name in held if not set(name.split()) & set(asked.split())]
            for content in contents:
                topic = topic_of(content, rarity)
                if topic is None or any(part in topic for name in held for part in name.split()):
                    continue
                rare = {word.lower() for word in understand(topic).words if rarity.get(word.lower(), 0) > 2}
                silent = [o for o in others if not rare & {w.lower() for c in held[o] for w in words(c)}]
                found += [Pair(topic, asked, other) for other in silent[:3]]
    random.Random(7).shuffle(found)
    return found[:wanted]


def is_said(attribution: dict[str, Any]) -> bool:
    """Whether a marked attribution holds quoted words or has a cue of speech."""
    quoted = any(mark in part["text"] for part in attribution["content"] for mark in QUOTE_MARKS)
    return quoted or any(word in SPEECH for part in attribution["cue"] for word in words(part["text"].lower()))


def articles_of(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, str]]:
    """The hand-marked articles in the form that ``dateline ingest`` takes."""
    for row in rows:
        yield {"id": row["_id"], "title": row["title"], "text": row["text"], "outlet": row["publisher"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("articles", type=Path, help="hand-marked articles, one JSON object a line")
    parser.add_argument("--pairs", type=int, default=300)
    parser.add_argument("--examples", type=int, default=0, help="print this many that went wrong")
    arguments = parser.parse_args()
    with gzip.open(arguments.articles, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    encoder, loader = SentenceTransformerEncoder(), FaissLoader()
    with tempfile.TemporaryDirectory() as folder:
        file_of_articles = Path(folder) / "articles.jsonl"
        with file_of_articles.open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(article) + "\n" for article in articles_of(rows))
        with Store.open(Path(folder) / "main", create=True) as store:
            Indexer(store, encoder, loader).ingest([str(file_of_articles)])
            asker = Asker([Collection(store, encoder, loader)], encoder)
            drawn = pairs(rows, arguments.pairs)
            shown = 0
            declined = {"true": 0, "counterfactual": 0}
            for pair in drawn:
                for kind, name in (("true", pair.asked), ("counterfactual", pair.other)):
                    answer = asker.ask(f"What did {name} say about {pair.topic}?")
                    wrong = (answer.outcome is Outcome.ANSWERED) != (kind == "true")
                    declined[kind] += answer.outcome is not Outcome.ANSWERED
                    if wrong and shown < arguments.examples:
                        shown += 1
                        print(f"{kind}: {answer.question} (p={answer.confidence:.2f})\n    {answer.text[:300]}")
    for kind, count in declined.items():
        print(f"{kind:14} declined {count} of {len(drawn)} ({count / max(len(drawn), 1):.0%})")


if __name__ == "__main__":
    main()
