"""How well are copies of one text told from other texts on the same topic, and what does it cost?

    python benchmarks/duplicates.py ARTICLES [--seed 0] [--pairs 200] [--first N] [--errors] [--encode 6]

ARTICLES is a JSONL file (plain or gzipped) with ``title`` and ``text``, at least 200 of them with twelve sentences or
more. A set is generated from them, the same for the same seed:

*copies*: 200 articles, each beside itself as another outlet might print it. 5, 10, 20, 30 or 40 % of its sentences are
cut, paragraphs are broken elsewhere, and it is *cut* only, *reordered* (paragraphs shuffled), *retitled*, given a *new
lead* (two sentences of another article), an outlet's *boilerplate* (made up below), or *everything* of these.

*others*: 200 articles, each beside the article most like it by words (cosine of TF-IDF) that is no copy of it: fewer
than half the sentences of either stand in the other. Those passed over for that are counted. Every second pair is
printed in one outlet: both carry the same boilerplate.

With ``--first N`` only the first N sentences of each article are taken: the shorter a text, the harder.

Beside the set, and not in the figures: *briefs*, the first quarter of an article.

Measured are precision and recall of ``same_origin``, how many copies share a band, what ``group`` makes of all articles
at once, and seconds per article for fingerprint and bands beside those for encoding its passages and sentences with the
default model, in one run. Passes where precision is 0.98 and recall 0.95 or more, more than 0.99 of the copies share
a band, and a fingerprint costs at most a tenth of encoding.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import random
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer

from corpus.cleaning import clean
from corpus.duplicates import Fingerprint, bands, containment, fingerprint, group, resemblance, same_origin
from corpus.models import Block, PassageKind
from corpus.passages import split
from embeddings.encoder import SentenceTransformerEncoder

KINDS = ("cut", "reordered", "retitled", "new lead", "boilerplate", "everything")
SHARES = (0.05, 0.1, 0.2, 0.3, 0.4)
LEAST_SENTENCES = 12
# The last line of each is such as no rule can know; the others are what pages say everywhere.
OUTLETS = (
    (
        "Sign up to the Courier’s evening newsletter and never miss a story from the valley again.",
        "This article was first published by the Sample Courier and may not be reproduced without permission.",
        "Do you have a story for our newsroom? Write to the desk, and we will call you back within a day.",
        "The Courier has been printed in Harrowmere since 1887 and is owned by the people who read it.",
    ),
    (
        "Follow us on Facebook and Instagram for the pictures that did not fit on this page.",
        "Subscribers of the Example Gazette read this story first; subscriptions begin at four crowns a month.",
        "We may earn a commission from links on this page, which never decides what we recommend to our readers.",
        "The Gazette follows the code of the press council, and its editors answer every complaint in writing.",
    ),
    (
        "Download our app to get breaking news on your telephone as it happens, day and night.",
        "Copyright Placeholder Post. All rights reserved. No part of this page may be sold or broadcast again.",
        "Jane Doe is a senior reporter for the Placeholder Post and covers the council, the courts and the harbour.",
        "More than nine hundred volunteers deliver the Post by hand each morning, in every kind of weather.",
    ),
)


@dataclass(frozen=True, slots=True)
class Text:
    """A cleaned article."""

    name: str
    title: str
    body: str
    blocks: tuple[Block, ...]

    @property
    def sentences(self) -> list[str]:
        """Of the running text."""
        paragraphs = [block for block in self.blocks if block.kind is PassageKind.PARAGRAPH]
        return [self.body[span.start : span.end].strip() for block in paragraphs for span in block.sentences]

    @property
    def fingerprint(self) -> Fingerprint:
        return fingerprint(self.body, self.blocks)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts, whether they are copies, and how the second was made."""

    one: Text
    other: Text
    copies: bool
    kind: str
    share: float


def prepared(name: str, title: str, text: str) -> Text:
    body = clean(text).body
    return Text(name, title, body, split(body))


def read(path: Path, first: int | None) -> list[Text]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    texts = [prepared(str(row.get("id", number)), row["title"], row["text"]) for number, row in enumerate(rows)]
    texts = [text for text in texts if len(text.sentences) >= LEAST_SENTENCES]
    if first is None:
        return texts
    return [prepared(text.name, text.title, "\n\n".join([text.title, *text.sentences[:first]])) for text in texts]


def printed(name: str, title: str, sentences: Sequence[str], below: Sequence[str], rng: random.Random) -> Text:
    """A page with these sentences in paragraphs of one to three."""
    paragraphs = []
    rest = list(sentences)
    while rest:
        size = rng.choice((1, 1, 2, 2, 3))
        paragraphs.append(" ".join(rest[:size]))
        rest = rest[size:]
    return prepared(name, title, "\n\n".join([title, *paragraphs, *below]))


def republished(text: Text, kind: str, share: float, lead: Text, rng: random.Random) -> Text:
    sentences = text.sentences
    cut = set(rng.sample(range(len(sentences)), max(1, round(share * len(sentences)))))
    kept = [sentence for number, sentence in enumerate(sentences) if number not in cut]
    if kind in ("reordered", "everything"):
        parts = [kept[at : at + 3] for at in range(0, len(kept), 3)]
        rng.shuffle(parts)
        kept = [sentence for part in parts for sentence in part]
    if kind in ("new lead", "everything"):
        kept = lead.sentences[:2] + kept
    title = lead.title if kind in ("retitled", "everything") else text.title
    below = rng.choice(OUTLETS) if kind in ("boilerplate", "everything") else ()
    return printed(f"{text.name} {kind} {share:.0%}", title, kept, below, rng)


def overlap(one: Text, other: Text) -> float:
    """The larger share of sentences of either that stand in the other, character for character."""
    left, right = set(one.sentences), set(other.sentences)
    return len(left & right) / max(1, min(len(left), len(right)))


def generate(texts: Sequence[Text], count: int, rng: random.Random) -> tuple[list[Pair], list[Pair], int]:
    """Copies, others, and how many articles were passed over as real copies."""
    order = list(range(len(texts)))
    rng.shuffle(order)
    combinations_of = [(kind, share) for kind in KINDS for share in SHARES]
    copies = []
    for turn, number in enumerate(order[:count]):
        kind, share = combinations_of[turn % len(combinations_of)]
        lead = texts[rng.choice(order[count:] or order)]
        copies.append(Pair(texts[number], republished(texts[number], kind, share, lead, rng), True, kind, share))
    vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(text.body for text in texts)
    alike = (vectors @ vectors.T).toarray()
    rng.shuffle(order)
    others, passed_over = [], 0
    for turn, number in enumerate(order[:count]):
        for near in alike[number].argsort()[::-1]:
            if near == number:
                continue
            if overlap(texts[number], texts[near]) >= 0.5:
                passed_over += 1
                continue
            one, other = texts[number], texts[near]
            if turn % 2:
                below = rng.choice(OUTLETS)
                one, other = (printed(t.name, t.title, t.sentences, below, rng) for t in (one, other))
            others.append(Pair(one, other, False, "same outlet" if turn % 2 else "same topic", 0.0))
            break
    return copies, others, passed_over


def percentiles(values: Iterable[float]) -> str:
    ordered = sorted(values)
    at = [ordered[min(len(ordered) - 1, int(share * len(ordered)))] for share in (0, 0.01, 0.05, 0.5, 0.95, 0.99, 1)]
    return "  ".join(f"{value:.3f}" for value in at)


def judge(pairs: Sequence[Pair], show_errors: bool) -> bool:
    prints = [(pair.one.fingerprint, pair.other.fingerprint) for pair in pairs]
    found = [same_origin(one, other) for one, other in prints]
    right = sum(f and pair.copies for f, pair in zip(found, pairs, strict=True))
    wrong = sum(f and not pair.copies for f, pair in zip(found, pairs, strict=True))
    copies = sum(pair.copies for pair in pairs)
    precision, recall = right / max(1, right + wrong), right / max(1, copies)
    print(f"precision {precision:.3f} ({right} of {right + wrong})   recall {recall:.3f} ({right} of {copies})")
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for pair, f in zip(pairs, found, strict=True):
        keys = [pair.kind, f"{pair.share:.0%} cut"] if pair.copies else [pair.kind]
        for key in keys:
            counts[key][0] += f
            counts[key][1] += 1
    for key, (called, of) in counts.items():
        print(f"   {key:<12} {called:4} of {of:4} called one text")
    shared = [any(a == b for a, b in zip(bands(x), bands(y), strict=True)) for x, y in prints]
    meeting = sum(s for s, pair in zip(shared, pairs, strict=True) if pair.copies)
    strangers = sum(s for s, pair in zip(shared, pairs, strict=True) if not pair.copies)
    print(f"share a band: copies {meeting} of {copies}, others {strangers} of {len(pairs) - copies}")
    print("resemblance    least     1 %     5 %    half    95 %    99 %    most")
    for name, wanted in (("copies", True), ("others", False)):
        values = [resemblance(*p) for p, pair in zip(prints, pairs, strict=True) if pair.copies is wanted]
        print(f"   {name:<9} {percentiles(values)}")
    if show_errors:
        for pair, f, p in zip(pairs, found, prints, strict=True):
            if f is not pair.copies:
                measured = f"resemblance {resemblance(*p):.3f} containment {containment(*p):.3f}"
                print(f"   {'missed' if pair.copies else 'wrongly'}: {pair.one.name} | {pair.other.name} {measured}")
    return precision >= 0.98 and recall >= 0.95 and meeting > 0.99 * copies


def judge_groups(copies: Sequence[Pair], others: Sequence[Pair]) -> None:
    texts = {text.name: text for pair in (*others, *copies) for text in (pair.one, pair.other)}
    items = [(name, text.fingerprint) for name, text in texts.items()]
    began = time.perf_counter()
    groups = group(items)
    seconds = time.perf_counter() - began
    truth = {frozenset((pair.one.name, pair.other.name)) for pair in copies}
    together = {
        frozenset((one, other))
        for members in groups
        for one, other in combinations(members, 2)
        # Not two that are copies in the collection itself.
        if one.split()[0] == other.split()[0] or overlap(texts[one], texts[other]) < 0.5
    }
    print(
        f"grouping {len(items)} articles at once: {len(truth & together)} of {len(truth)} copies together, "
        f"{len(together - truth)} other pairs together, {seconds:.2f} s"
    )


def judge_cost(texts: Sequence[Text], encoded: int, rng: random.Random) -> bool:
    encoder = SentenceTransformerEncoder()
    encoder.encode_passages(["The model is loaded before the clock runs."])
    sample = rng.sample(list(texts), encoded)
    _ = sample[0].fingerprint
    began = time.perf_counter()
    for text in texts:
        bands(text.fingerprint)
    own = (time.perf_counter() - began) / len(texts)
    began = time.perf_counter()
    for text in sample:
        bands(text.fingerprint)
    own_sample = (time.perf_counter() - began) / encoded
    began = time.perf_counter()
    for text in sample:
        prefix = f"{text.title}\n"
        passages = [prefix + b.text[a:z] for b in text.blocks for a, z in encoder.windows(b.text, prefix)]
        sentences = [text.body[span.start : span.end].strip() for block in text.blocks for span in block.sentences]
        encoder.encode_passages([*passages, *dict.fromkeys(sentences)])
    theirs = (time.perf_counter() - began) / encoded
    characters = sum(len(text.body) for text in sample) // encoded
    print(f"machine: {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(
        f"fingerprint and bands {own * 1000:.2f} ms an article (all {len(texts)}); on {encoded} of "
        f"{characters:,} characters {own_sample * 1000:.2f} ms, encoding them {theirs * 1000:.0f} ms: "
        f"1/{theirs / own_sample:.0f}"
    )
    return own_sample * 10 <= theirs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--pairs", type=int, default=200, help="copies, and as many others")
    parser.add_argument("--first", type=int, help="take only so many sentences of each article")
    parser.add_argument("--errors", action="store_true", help="name each pair that is judged wrongly")
    parser.add_argument("--encode", type=int, default=6, help="articles to encode for the cost; 0 to leave it out")
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    texts = read(arguments.articles, arguments.first)
    if len(texts) < arguments.pairs + 1:
        raise SystemExit(f"{len(texts)} articles are long enough; {arguments.pairs + 1} are needed")
    copies, others, passed_over = generate(texts, arguments.pairs, rng)
    print(f"{len(texts)} articles, {len(copies)} copies, {len(others)} others; {passed_over} real copies passed over")
    good = judge([*copies, *others], arguments.errors)
    judge_groups(copies, others)
    briefs = [(pair.one, pair.one.sentences[: max(6, len(pair.one.sentences) // 4)]) for pair in copies]
    same = sum(
        same_origin(text.fingerprint, printed(text.name, text.title, brief, (), rng).fingerprint)
        for text, brief in briefs
    )
    print(f"briefs, the first quarter: {same} of {len(briefs)} called one text")
    if arguments.encode:
        good = judge_cost(texts, arguments.encode, rng) and good
    raise SystemExit(0 if good else 1)


if __name__ == "__main__":
    main()
