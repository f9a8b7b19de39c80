"""Which articles print one text: wire copy that several outlets carry, cut, reordered and under another headline.

Fingerprints are MinHash signatures of word shingles (Broder 1997, "On the resemblance and containment of documents"),
looked up by bands (locality-sensitive hashing: Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", ch. 3).
How well that tells copies from other articles on the same topic, and what it costs, ``benchmarks/duplicates.py``
measures; the numbers below were chosen by it.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from corpus.models import Block, PassageKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_VERSION = 2
"""First byte of a stored fingerprint; raised when what is hashed changes, so that old ones are not compared to new."""

_WORDS = 5
"""Words per shingle. Two reports of one event share runs of three words ("the prime minister said"), seldom of five."""

_PERMUTATIONS = 256
"""Hashes per signature: a standard error of 0.029 at most. 16 bits are kept of each, 512 bytes in all; that two
different ones agree in these is as likely as 1 in 65,536."""

_BANDS = 48
_ROWS = 2
"""Signature values per band, and bands. Two texts of resemblance r share one with probability 1 - (1 - r²)^48:
0.998 for r = 0.35, 0.02 for r = 0.02."""

_SAME_ORIGIN = 0.3
"""Resemblance from which two texts count as one. Of 600 generated copies of whole articles (seeds 0 to 2) the least has
0.45, of as many others on the same topic the most 0.22."""

_EXCERPT = (0.2, 0.75)
"""Resemblance and containment from which a shorter text counts as an excerpt of a longer one."""

_FEWEST = 24
"""Shingles, of about three sentences, below which a text is too short to say where it comes from."""

_CHUNK = 4096
"""Shingles hashed at a time: the table of permutations takes 4 MB, whatever the length of the text."""

# What an outlet prints below all its articles, in plain text. A sentence with one of these is left out, and alike on
# both sides, so that taking out too much does no harm.
_BOILERPLATE = tuple(
    (
        "sign up|signing up|sign in|subscri|newsletter|follow us|follow him|follow her|follow @|join the|email|e-mail"
        "|copyright|all rights reserved|terms of use|terms of service|terms and conditions|privacy policy"
        "|privacy notice|cookies|disclaimer|affiliate|earn a commission|commission on|commission from|advertis"
        "|promo code|gambling|download our|download the|click here|read more|related:|see also|more stories"
        "|our journalism|our app|our readers|our website|our newsroom|our coverage|our free|our daily|our weekly"
        "|our events|support us|donate|breaking news|latest news|for more news|for more information|http|www."
        "|on twitter|on facebook|on instagram|on tiktok|reach him|reach her|reach us|got a tip|got a story"
        "|comments section|leave a comment|this article|this story|this post|this report was|this page|this content"
        "|this website|this material|version of this|correction:|updated:|editors note|originally appeared"
        "|originally published|first appeared|first published|contributed to this|contributed reporting|reporting by"
        "|editing by|writing by| is a reporter| is a senior| is a staff| is a correspondent| is an editor"
        "| is the editor| is a columnist| is a writer| is a freelance| is an award"
    ).split("|")
)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a text is recognised by."""

    signature: bytes
    """16-bit values, little-endian; empty where the text has no shingles."""
    shingles: int
    """How many different runs of words the text has."""

    def to_bytes(self) -> bytes:
        """As it is stored: 517 bytes, or 5 for a text without shingles."""
        return bytes([_VERSION]) + self.shingles.to_bytes(4, "little") + self.signature

    @classmethod
    def from_bytes(cls, stored: bytes) -> Fingerprint:
        """Raises ``ValueError`` for what :meth:`to_bytes` of this version did not make."""
        if stored[:1] != bytes([_VERSION]) or len(stored) not in (5, 5 + 2 * _PERMUTATIONS):
            raise ValueError("not a fingerprint of this version")
        return cls(stored[5:], int.from_bytes(stored[1:5], "little"))


def fingerprint(body: str, blocks: Sequence[Block]) -> Fingerprint:
    """Return the fingerprint of an article's running text.

    Headline, captions, credits and teasers differ between outlets and are left out, and so are sentences of the kind
    that one outlet prints below everything. Shingles end with their sentence, so that order and paragraphs do not
    matter. Takes time linear in the length of the text.
    """
    hashes = _shingles(_sentences(body, blocks))
    if not len(hashes):
        return Fingerprint(b"", 0)
    minhash = _empty().copy()
    for start in range(0, len(hashes), _CHUNK):
        minhash.update_batch(hashes[start : start + _CHUNK].tolist())
    return Fingerprint(minhash.hashvalues.astype("<u2").tobytes(), len(hashes))


def bands(one: Fingerprint) -> tuple[bytes, ...]:
    """Return the keys under which a text is looked up, one for each band in order; none for one without shingles.

    Two articles are worth comparing when one of their keys is the same in the same band.
    """
    width = 2 * _ROWS
    return tuple(one.signature[at : at + width] for at in range(0, min(len(one.signature), _BANDS * width), width))


def resemblance(one: Fingerprint, other: Fingerprint) -> float:
    """Return the share of shingles that two texts have in common, of all that either has (Jaccard), estimated."""
    if not one.signature or not other.signature:
        return 0.0
    # As MinHash.jaccard() of datasketch does it, without the second that importing that takes.
    return float((_values(one.signature) == _values(other.signature)).mean())


def containment(one: Fingerprint, other: Fingerprint) -> float:
    """Return the share of the shorter text's shingles that the other has too, estimated."""
    smaller = min(one.shingles, other.shingles)
    if not smaller:
        return 0.0
    alike = resemblance(one, other)
    return min(1.0, alike / (1 + alike) * (one.shingles + other.shingles) / smaller)


def same_origin(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether two articles print the same text, cut or complete; False where one is too short to tell."""
    if min(one.shingles, other.shingles) < _FEWEST:
        return False
    alike = resemblance(one, other)
    least, contained = _EXCERPT
    return alike >= _SAME_ORIGIN or (alike >= least and containment(one, other) >= contained)


K = TypeVar("K", bound=Hashable)


def group(items: Sequence[tuple[K, Fingerprint]]) -> list[list[K]]:
    """Split articles into groups of one origin; who resembles nobody is a group of one.

    Groups come in the order of their first members, members in the given order. Only articles that share a band are
    compared, and of those that are already together one, so that many cost little more than few.
    """
    parents = list(range(len(items)))

    def root(number: int) -> int:
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    buckets: dict[tuple[int, bytes], list[int]] = {}
    compared: set[tuple[int, int]] = set()
    for number, (_, own) in enumerate(items):
        for key in enumerate(bands(own)):
            bucket = buckets.setdefault(key, [])
            for other in bucket[-_COMPARED:]:
                one, two = root(other), root(number)
                if one == two or (other, number) in compared:
                    continue
                compared.add((other, number))
                if same_origin(items[other][1], own):
                    parents[max(one, two)] = min(one, two)
            if not any(root(other) == root(number) for other in bucket):
                bucket.append(number)
    groups: dict[int, list[K]] = {}
    for number, (name, _) in enumerate(items):
        groups.setdefault(root(number), []).append(name)
    return list(groups.values())


_COMPARED = 64
"""Different texts of one bucket that a further one is compared with; copies share dozens of buckets."""


def _sentences(body: str, blocks: Sequence[Block]) -> list[str]:
    """The running text in plain letters, without boilerplate."""
    found = [
        _plain(body[span.start : span.end])
        for block in blocks
        if block.kind is PassageKind.PARAGRAPH
        for span in block.sentences
    ]
    text = "\n".join(found)
    # Most of these stand nowhere in an article: asking once for each is cheaper than asking every sentence for all.
    present = [phrase for phrase in _BOILERPLATE if phrase in text]
    return [sentence for sentence in found if not any(phrase in sentence for phrase in present)] if present else found


def _shingles(sentences: Sequence[str]) -> NDArray[np.uint32]:
    """Different 32-bit hashes of the runs of words, none across the end of a sentence."""
    import numpy as np

    words: list[int] = []
    lengths: list[int] = []
    token = _token()
    for sentence in sentences:
        tokens = token.findall(sentence)
        if len(tokens) >= _WORDS:
            words.extend(map(_word_hash, tokens))
            lengths.append(len(tokens))
    if not lengths:
        return np.zeros(0, dtype=np.uint32)
    hashes = np.array(words, dtype=np.uint64)
    mixed = np.zeros(len(hashes) - _WORDS + 1, dtype=np.uint64)
    for place in range(_WORDS):
        # Overflow is meant: a polynomial modulo 2^64.
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + hashes[place : place + len(mixed)]
    ends = np.cumsum(lengths)
    crossing = (ends[:-1, None] - np.arange(1, _WORDS)).ravel()
    whole = np.ones(len(mixed), dtype=bool)
    whole[crossing] = False
    return np.unique((mixed[whole] >> np.uint64(32)).astype(np.uint32))


def _plain(sentence: str) -> str:
    """Without what editors change: case, typographic marks, ligatures."""
    return unicodedata.normalize("NFKC", sentence).casefold().replace("’", "").replace("'", "")


@lru_cache(maxsize=1 << 15)
def _word_hash(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def _values(signature: bytes) -> NDArray[np.uint16]:
    import numpy as np

    return np.frombuffer(signature, dtype="<u2")


@cache
def _token() -> re.Pattern[str]:
    """When articles are read: who only compares fingerprints does without."""
    return re.compile(
        # Scripts without spaces between words: each character counts as one.
        r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|\w+"
    )


@cache
def _empty() -> Any:
    """A MinHash of nothing, to be copied: drawing the permutations takes longer than hashing a short text."""
    # Imported here: it brings scipy along, a second of processor time.
    from datasketch import MinHash

    return MinHash(num_perm=_PERMUTATIONS, seed=1, hashfunc=int, scheme="affine32")
