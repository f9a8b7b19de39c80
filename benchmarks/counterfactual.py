"""Does the answer depend on who is asked about? What one person said, asked of another person of the same article.

    python benchmarks/counterfactual.py polnear/dev.jsonl.gz [--pairs 300] [--examples 10]

From each article with hand-marked attributions, two people with marked sources are drawn. The topic is the run of
words in one's content that is rarest in the corpus; "What did A say about TOPIC?" is true, the same of B is not,
unless B's own contents share a rare word with it. Prints how many of each are declined.
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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.attribution import same_person
from corpus.store import Store
from embeddings.encoder import SentenceTransformerEncoder
from embeddings.faiss_index import FaissLoader
from retrieval.asking import Asker
from retrieval.collections import Collection
from retrieval.indexing import Indexer
from retrieval.models import Outcome
from retrieval.question import understand

_NAME = re.compile(r"(?:[A-Z][\w.’'-]+ )+[A-Z][\w’'-]+")
_WORDS_OF_TOPIC = (3, 6)
_GROUPS = re.compile(
    r"\b(?:The|Department|Council|Commission|Committee|Office|States?|House|Party|Court|Times|Post|News|Journal|University|"
    r"Institute|Center|Association|Foundation|Bank|Group|Agency|Bureau|Ministry|Army|Police|Union|Fund|York|Americans?|"
    r"Democratic|Republicans?|Democrats|Campaign|Street|Watch|Rights|Security|Press|Street|City|County|Fargo|Many)\b"
)
_TITLES = ("President", "Sen", "Rep", "Gov", "Secretary", "Mr", "Mrs", "Ms", "Dr", "Democratic", "Republican")


@dataclass(frozen=True)
class Pair:
    topic: str
    asked: str
    other: str


def words(text: str) -> list[str]:
    return re.findall(r"[\w’'-]+", text)


def person(sources: list[dict[str, Any]]) -> str | None:
    """The name in a marked source, without titles; None for pronouns, groups and organisations."""
    match = _NAME.search(sources[0]["text"]) if sources else None
    if match is None or _GROUPS.search(match.group()):
        return None
    parts = match.group().split()
    while len(parts) > 2 and parts[0].strip(".") in _TITLES:
        parts = parts[1:]
    return " ".join(parts) if 2 <= len(parts) <= 3 and parts[0].strip(".") not in _TITLES else None


def topic_of(content: str, rarity: dict[str, float]) -> str | None:
    """The run of a few words that is rarest on average, ending on content words at both ends."""
    # Within one sentence or quote: a run over a full stop is no topic that anybody would ask about.
    plain = max((words(part) for part in re.split(r"[.!?“”\"]+", content)), key=len, default=[])
    best, best_score = None, 0.0
    for length in range(_WORDS_OF_TOPIC[0], _WORDS_OF_TOPIC[1] + 1):
        for at in range(len(plain) - length + 1):
            run = plain[at : at + length]
            if not understand(run[0]).words or not understand(run[-1]).words:
                continue
            score = sum(rarity.get(word.lower(), 0.0) for word in run) / math.sqrt(length)
            if score > best_score:
                best, best_score = " ".join(run), score
    return best


def pairs(rows: list[dict[str, Any]], wanted: int) -> list[Pair]:
    counts = collections.Counter(word for row in rows for word in {w.lower() for w in words(row["text"])})
    rarity = {word: math.log(len(rows) / count) for word, count in counts.items()}
    found = []
    for row in rows:
        said = collections.defaultdict(list)
        for attribution in row["attributions"]:
            name = person(attribution["source"])
            if name:
                said[name].append(max((part["text"] for part in attribution["content"]), key=len))
        for asked, contents in said.items():
            others = [name for name in said if not same_person(name, asked) and not same_person(asked, name)]
            for content in contents:
                topic = topic_of(content, rarity)
                if topic is None or any(part in topic for name in said for part in name.split()):
                    continue
                rare = {word.lower() for word in understand(topic).words if rarity.get(word.lower(), 0) > 2}
                silent = [o for o in others if not rare & {w.lower() for c in said[o] for w in words(c)}]
                found += [Pair(topic, asked, other) for other in silent[:1]]
    random.Random(7).shuffle(found)
    return found[:wanted]


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
            for row in rows:
                article = {"id": row["_id"], "title": row["title"], "text": row["text"], "outlet": row["publisher"]}
                out.write(json.dumps(article) + "\n")
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
