"""Is the verdict on a claimed quote right? Claims made out of printed quotes, as printed and altered in known ways.

    python benchmarks/claims.py corpus/sample [--polnear polnear/dev.jsonl.gz] [--seed 7] [--cases 200]

Kinds of claims: *as printed* (other quote marks, no full stop at the end, a small first letter), *word changed* (a
word or a number), *speaker swapped* (mostly for another speaker of the same article), *negation* (one dropped or
added), *joined* (two quotes of different passages in one pair of marks), *invented* (a quote of an article that was
left out, or words of several shuffled). Quotes and speakers come from the hand-marked attributions of PolNeAR and,
for ARTICLES, from the statements that were found in them: there the speaker is right by construction.

Prints how many verdicts are right, by kind, and the number of changed quotes that were called *printed as claimed*,
which must be 0. With ``--fit`` it prints how the two cut-offs of retrieval/claims/checking.py divide such claims.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import random
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.attribution import same_person
from corpus.models import StatementKind
from corpus.store import Filters, Store
from corpus.store.text import Stemmer
from embeddings.encoder import SentenceTransformerEncoder
from embeddings.faiss_index import FaissLoader
from retrieval.claims import ClaimChecker, Verdict
from retrieval.claims.checking import SAME_SPEAKER
from retrieval.claims.comparing import nearest, retold
from retrieval.claims.finding import Finder
from retrieval.claims.tokens import tokens_of
from retrieval.collections import Collection
from retrieval.indexing import Indexer

_QUOTED = re.compile(r"[“\"]([^“”\"]{20,400})[”\"]")
_NAME = re.compile(r"(?:[A-Z][\w’'-]*\.? )*[A-Z][\w’'-]+")
_TITLES = frozenset(
    "president sen sens rep reps gov secretary mr mrs ms dr del former vice mayor senator governor justice".split()
)
_AUXILIARIES = "is|are|was|were|will|would|can|could|should|must|has|have|had|does|did"
_DROPPED = (
    (r"\s(?:not|never)\b", ""),
    (r"\bno\s", ""),
    (r"\b(do|does|did|is|are|was|were|would|could|should|has|have|had)n[’']t\b", r"\1"),
    (r"\bcannot\b|\bcan[’']t\b", "can"),
    (r"\bwon[’']t\b", "will"),
)
_HELD_OUT = 5
"""Every so-manyth article is left out, to draw invented quotes from."""

_FORMS = (
    "{name} said “{quote}”", '{name}: "{quote}"', '"{quote}", said {name}', "“{quote}” — {name}",
    'According to {name}, "{quote}"', "{name} told reporters: “{quote}”", "did {name} say '{plain}'?",
    "{name}: {quote}",
)  # fmt: skip


@dataclass(frozen=True)
class Quoted:
    """A printed quote, who says it, and where."""

    words: str
    speaker: str
    article: str
    others: tuple[str, ...]
    """Other people who say something in the article, and not this."""


@dataclass(frozen=True)
class Case:
    kind: str
    claim: str
    right: Verdict


KINDS = ("as printed", "word changed", "speaker swapped", "negation", "joined", "invented")
CHANGED = ("word changed", "negation", "joined", "invented")


def marked_quotes(rows: list[dict[str, Any]]) -> Iterator[Quoted]:
    """Quotes of hand-marked attributions whose source is a person's name."""
    common = {word for row in rows for word in re.findall(r"(?<![\w’'-])[a-z]{2,}(?![\w’'-])", row["text"])}
    for row in rows:
        full = {
            name for a in row["attributions"] for source in a["source"][:1] if (name := _person(source["text"], common))
        }
        named = []
        for attribution in row["attributions"]:
            name = _person(attribution["source"][0]["text"], common) if attribution["source"] else None
            known = [other for other in full if len(other.split()) > 1 and name and same_person(name, other)]
            for content in attribution["content"]:
                named.append((content, known[0] if len(known) == 1 else None, attribution["source"]))
        people = sorted({name for _, name, _ in named if name})
        for content, name, _ in named:
            if name is None:
                continue
            for match in _QUOTED.finditer(content["text"]):
                start, end = content["start"] + match.start(1), content["start"] + match.end(1)
                inside = [n for c, n, s in named if c["start"] < end and start < c["end"] and s]
                if len(inside) == 1 and len(match[1].split()) >= 5 and "\n" not in match[1]:
                    others = tuple(p for p in people if not same_person(p, name) and not same_person(name, p))
                    yield Quoted(match[1], name, row["_id"], others)


def _person(text: str, common: set[str]) -> str | None:
    match = _NAME.search(text)
    parts = match.group().removesuffix("’s").removesuffix("'s").split() if match else []
    while len(parts) > 1 and parts[0].strip(".").lower() in _TITLES:
        parts = parts[1:]
    if not 1 <= len(parts) <= 3 or any(part.strip(".").lower() in common | _TITLES for part in parts):
        return None
    return " ".join(parts)


def found_quotes(store: Store) -> Iterator[Quoted]:
    """Direct quotes as they were found in the articles of a collection."""
    passages = store.articles.live_passages(store.articles.live_ids(Filters()))
    statements = store.articles.statements_in(list(passages))
    speakers: dict[str, set[str]] = collections.defaultdict(set)
    for passage_id, said in statements.items():
        speakers[passages[passage_id].article_id] |= {s.speaker for s in said if re.fullmatch(_NAME, s.speaker)}
    for passage_id, said in statements.items():
        passage = passages[passage_id]
        for statement in said:
            words = passage.text[statement.start - passage.start : statement.end - passage.start].strip('“”", ')
            if statement.kind is StatementKind.DIRECT and len(words.split()) >= 5 and " " in statement.speaker:
                others = tuple(
                    sorted(
                        s for s in speakers[passage.article_id] if " " in s and not same_person(s, statement.speaker)
                    )
                )
                yield Quoted(words, statement.speaker, passage.article_id, others)


def cases(quotes: list[Quoted], left_out: list[str], wanted: int, seed: int) -> list[Case]:
    """As many claims of each kind as it takes."""
    draw = random.Random(seed)
    vocabulary = sorted({w for q in quotes for w in re.findall(r"\b[a-z]{5,}\b", q.words)})
    printed = " ".join(_letters(q.words) for q in quotes)
    names = sorted({q.speaker for q in quotes})
    made: list[Case] = []
    each = -(-wanted // len(KINDS))
    for kind in KINDS:
        pool = list(quotes)
        draw.shuffle(pool)
        own: list[Case] = []
        for quote in pool * 3:
            if len(own) == each:
                break
            case = _case(kind, quote, pool, vocabulary, names, left_out, printed, draw)
            if case is not None and case.claim not in {c.claim for c in own}:
                own.append(case)
        made += own
    return made


def _case(
    kind: str, quote: Quoted, pool: list[Quoted], vocabulary: list[str], names: list[str], left_out: list[str],
    printed: str, draw: random.Random,
) -> Case | None:  # fmt: skip
    words, name = quote.words, quote.speaker
    right = Verdict.OTHER_WORDS
    form = draw.choice(_FORMS)
    if kind == "as printed":
        right = Verdict.AS_CLAIMED
        words = draw.choice((words, words.rstrip(".,"), words[0].lower() + words[1:], words.replace("’", "'")))
    elif kind == "word changed":
        changed = _changed(words, vocabulary, draw)
        if changed is None:
            return None
        words = changed
    elif kind == "speaker swapped":
        right = Verdict.OTHER_SPEAKER
        others = quote.others if quote.others and draw.random() < 0.8 else names
        name = draw.choice([n for n in others if not same_person(n, name) and not same_person(name, n)] or [""])
        if not name or any(q.words == words and same_person(name, q.speaker) for q in pool):
            return None
    elif kind == "negation":
        turned = _negated(words, draw)
        if turned is None:
            return None
        words = turned
    elif kind == "joined":
        right = Verdict.STITCHED
        other = draw.choice(pool)
        if other.article == quote.article or other.words == words:
            return None
        joint = draw.choice((". ", " … ", " [...] ", ", and "))
        words = words.rstrip(".,!? ") + joint + other.words.strip()
        form = draw.choice(_FORMS[:6])
    else:
        right = Verdict.NOT_PRINTED
        words = draw.choice(left_out)
        if _letters(words) in printed:
            return None
    if form == _FORMS[-1] and re.search(r"[:—–-]", words):
        form = _FORMS[0]
    return Case(kind, form.format(name=name, quote=words, plain=words.replace("'", "’").rstrip("?")), right)


def _says(speaker: str, printed: str | None) -> bool:
    return printed is not None and same_person(speaker, printed)


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


def _changed(words: str, vocabulary: list[str], draw: random.Random) -> str | None:
    numbers = list(re.finditer(r"\b\d+\b", words))
    if numbers and draw.random() < 0.5:
        match = draw.choice(numbers)
        return words[: match.start()] + str(int(match.group()) + draw.randint(1, 9)) + words[match.end() :]
    spots = list(re.finditer(r"(?<![\w’'-])[a-z]{3,}(?![\w’'-])", words))
    if not spots:
        return None
    match = draw.choice(spots)
    new = draw.choice([word for word in vocabulary if word != match.group()])
    return words[: match.start()] + new + words[match.end() :]


def _negated(words: str, draw: random.Random) -> str | None:
    """A negation dropped, or one added where there is none."""
    for pattern, instead in _DROPPED:
        if re.search(pattern, words):
            return re.sub(pattern, instead, words, count=1)
    spots = list(re.finditer(rf"\b(?:{_AUXILIARIES})\b", words))
    if not spots:
        return None
    match = draw.choice(spots)
    return f"{words[: match.end()]} {draw.choice(('not', 'never'))}{words[match.end() :]}"


def run(checker: ClaimChecker, made: list[Case], examples: int) -> tuple[collections.Counter[str], int]:
    """(right verdicts by kind, changed quotes called printed as claimed); prints what went wrong."""
    right: collections.Counter[str] = collections.Counter()
    broken = shown = 0
    for case in made:
        check = checker.check(case.claim)
        right[case.kind] += check.verdict is case.right
        if case.kind == "speaker swapped":
            right["(not confirmed)"] += check.verdict is not Verdict.AS_CLAIMED
        wrongly = check.verdict is Verdict.AS_CLAIMED and case.kind in CHANGED
        broken += wrongly
        if (check.verdict is not case.right and shown < examples) or wrongly:
            shown += 1
            print(f"{case.kind}: {case.claim}\n    {check.text[:500]}\n")
    return right, broken


def fit(finder: Finder, rows: list[dict[str, Any]], quotes: list[Quoted], left_out: list[str], seed: int) -> None:
    """How many claims reach each cut-off: altered quotes and retold statements, and those of left-out articles."""
    draw = random.Random(seed)
    stemmer = Stemmer()
    vocabulary = sorted({w for q in quotes for w in re.findall(r"\b[a-z]{5,}\b", q.words)})

    def short(words: str) -> str:
        return " ".join(words.split()[:6]) if draw.random() < 0.3 else words

    def altered(words: str) -> str:
        for _ in range(max(1, len(words.split()) // 8)):
            words = _changed(words, vocabulary, draw) or words
        return short(words)

    def shares(words: str, speaker: str) -> tuple[float, float]:
        finder.begin()
        places = finder.near(words, speaker)
        like = nearest(tokens_of(words), places)
        own = [one.share + SAME_SPEAKER * _says(speaker, one.voice.speaker) for one in like]
        found = retold(words, places, lambda _, statement: _says(speaker, statement.speaker), stemmer)
        return max(own, default=0.0), found[0] if found and found[1] > 1 else 0.0

    speakers = sorted({q.speaker for q in quotes})
    changed = [shares(altered(q.words), q.speaker)[0] for q in draw.sample(quotes, min(150, len(quotes)))]
    foreign = [shares(short(words), draw.choice(speakers))[0] for words in left_out]
    told, untold = [], []
    common = {word for row in rows for word in re.findall(r"(?<![\w’'-])[a-z]{2,}(?![\w’'-])", row["text"])}
    for n, row in enumerate(rows):
        for attribution in row["attributions"]:
            name = _person(attribution["source"][0]["text"], common) if attribution["source"] else None
            content = attribution["content"][0]["text"] if attribution["content"] else ""
            if name is None or not 6 <= len(content.split()) <= 30:
                continue
            if n % _HELD_OUT:
                kept = [word for word in content.split() if draw.random() > 0.4]
                draw.shuffle(kept)
                told.append((" ".join(kept), name))
            else:
                untold.append((content, draw.choice(speakers)))
    own = [shares(*one)[1] for one in draw.sample(told, min(150, len(told)))]
    other = [shares(*one)[1] for one in draw.sample(untold, min(150, len(untold)))]
    print(
        f"cut-off  changed of {len(changed)}  foreign of {len(foreign)}  retold of {len(told)}  untold of {len(other)}"
    )
    for cut in (0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8):
        reached = [sum(share >= cut for share in group) for group in (changed, foreign, own, other)]
        print(f"{cut:7.2f}  {reached[0]:14}  {reached[1]:13}  {reached[2]:13}  {reached[3]:13}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--polnear", type=Path, help="hand-marked articles, one JSON object a line")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--examples", type=int, default=0, help="print this many that went wrong")
    parser.add_argument("--home", type=Path, help="keep the ingested articles here for the next run")
    parser.add_argument("--fit", action="store_true", help="only show how the cut-offs divide claims; needs --polnear")
    arguments = parser.parse_args()
    encoder, loader = SentenceTransformerEncoder(), FaissLoader()
    right: collections.Counter[str] = collections.Counter()
    of: collections.Counter[str] = collections.Counter()
    broken = 0
    with tempfile.TemporaryDirectory() as folder:
        home = arguments.home or Path(folder)
        rows = []
        if arguments.polnear:
            with gzip.open(arguments.polnear, "rt", encoding="utf-8") as file:
                rows = [json.loads(line) for line in file]
        kept = [row for n, row in enumerate(rows) if n % _HELD_OUT]
        texts = "".join(_letters(row["text"]) for row in kept)
        marked = list(marked_quotes(rows))
        held = {row["_id"] for row in rows} - {row["_id"] for row in kept}
        left_out = [q.words for q in marked if q.article in held and _letters(q.words) not in texts]
        sources = [("articles", [str(path) for path in sorted(arguments.articles.glob("*.md"))])]
        if rows:
            file_of_articles = Path(folder) / "articles.jsonl"
            with file_of_articles.open("w", encoding="utf-8") as out:
                for row in kept:
                    article = {"id": row["_id"], "title": row["title"], "text": row["text"], "outlet": row["publisher"]}
                    out.write(json.dumps(article) + "\n")
            sources.append(("polnear", [str(file_of_articles)]))
        for name, paths in sources:
            with Store.open(home / name, create=True) as store:
                if not store.articles.ids():
                    Indexer(store, encoder, loader).ingest(paths)
                own = name == "articles"
                quotes = list(found_quotes(store)) if own else [q for q in marked if q.article not in held]
                if arguments.fit:
                    if not own:
                        finder = Finder([Collection(store, encoder, loader)], encoder)
                        fit(finder, rows, quotes, left_out, arguments.seed)
                    continue
                third = arguments.cases // 3
                share = arguments.cases if len(sources) == 1 else third if own else arguments.cases - third
                checker = ClaimChecker([Collection(store, encoder, loader)], encoder)
                made = cases(quotes, left_out or _shuffled(quotes, arguments.seed), share, arguments.seed)
                got, wrong = run(checker, made, arguments.examples)
                counts = collections.Counter(case.kind for case in made)
                for kind in KINDS:
                    print(f"{name:9} {kind:16} {got[kind]:4} of {counts[kind]}")
                right += got
                of += counts
                broken += wrong
    if arguments.fit:
        return
    print()
    for kind in KINDS:
        print(f"{kind:16} right {right[kind]:4} of {of[kind]} ({right[kind] / max(of[kind], 1):.0%})")
    total = sum(of[kind] for kind in KINDS)
    print(f"{'overall':16} right {sum(right[kind] for kind in KINDS):4} of {total} "
          f"({sum(right[kind] for kind in KINDS) / max(total, 1):.1%})")  # fmt: skip
    swapped = of["speaker swapped"]
    print(f"swapped speaker not confirmed {right['(not confirmed)']} of {swapped}")
    print(f"changed quotes called printed as claimed: {broken}")
    if broken:
        raise SystemExit(1)


def _shuffled(quotes: list[Quoted], seed: int) -> list[str]:
    """Words of several quotes in any order: said by nobody."""
    draw = random.Random(seed)
    bag = [word for quote in quotes for word in quote.words.split()]
    return [" ".join(draw.sample(bag, draw.randint(7, 16))) for _ in range(60)]


if __name__ == "__main__":
    main()
