"""Words as they are typed and printed: what they are split into, which of them mean nothing alone."""

from __future__ import annotations

import unicodedata

from corpus.tokens import tokens as tokens

FUNCTION_WORDS = frozenset(
    "a an the of in on at to for from by with within without and or but nor so if then than as is are was were be "
    "been being am do does did done doing have has had having will would shall should can could may might must "
    "i me my we us our you your he him his she her hers it its they them their theirs this that these those there "
    "here what which who whom whose when where why how not no any some all each every both either neither "
    "about into onto over under up down out off again further also just only very too more most much many "
    "such own same other another between against during before after above below through because while until "
    "happen happens happened please tell give show know find anything something someone anyone everything".split()
)

TITLE_WORDS = frozenset(
    "president prime minister chancellor foreign defense defence secretary general senator sen rep representative "
    "governor gov mayor spokesman spokeswoman spokesperson ambassador king queen prince princess pope dr mr mrs ms "
    "miss sir lord lady judge justice coach captain professor prof ceo chairman chairwoman chief commander "
    "russian french german british american ukrainian polish us u.s uk u.k eu european kremlin former then "
    "national security adviser advisor white house the leader leaders head official officials minister ministry "
    "government administration manager director executive coach officer".split()
)


def name_words(name: str) -> list[str]:
    """The words of a name that can be looked up: "Time for Reflection" without its "for"."""
    return [word for word in tokens(name) if is_content_word(word)]


def plain_words(text: str) -> str:
    """The words in lower case between single spaces, for comparing what is printed with what is typed."""
    return f" {' '.join(tokens(text)).lower()} "


def normalise(text: str) -> str:
    """NFC, control and format characters out, white space to single spaces."""
    text = unicodedata.normalize("NFC", text)
    text = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
    text = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cs", "Co", "Cn"))
    return " ".join(text.split())


_NAMES_LIKE_FUNCTION_WORDS = frozenset({"US", "WHO", "IT"})


def is_content_word(word: str) -> bool:
    """Whether a token means something alone: no function word, unless its capitals make it a name ("US")."""
    return counts_as_word(word) and (word.lower() not in FUNCTION_WORDS or word in _NAMES_LIKE_FUNCTION_WORDS)


def counts_as_word(word: str) -> bool:
    """Whether a token is a word that can be looked up."""
    # A single letter is a remnant of "U.S." or "it's"; a single digit ("Nord Stream 2") is not.
    return len(word) > 1 or word.isdigit() or ord(word) > 0x2E80
