"""Whether what stands for a speaker can be one: a name, or a noun for people or an organisation."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from corpus.attribution.phrases import POSTPOSED, is_adverb
from corpus.attribution.vocabulary import (
    ADVERBS,
    AUXILIARY,
    COORDINATORS,
    COUNTRIES,
    DAYS,
    DETERMINERS,
    FEMALE_NAMES,
    FUNCTION,
    MALE_NAMES,
    NOT_PERSONAL,
    NP_PREPOSITIONS,
    OCCUPATIONS,
    OUTLETS,
    PARTICLES,
    PREPOSITIONS,
    PRONOUNS,
    ROLE_MODIFIERS,
    ROLES,
    SPEAKING_NOUNS,
    VERBS,
)

# Names of people and organisations are no longer than this, nor the words up to the noun of a description ...
_NAME: Final = 5
_PHRASE: Final = 4
# ... and what hangs on the noun ("for the agriculture department") is cut off beyond this.
_TAIL: Final = 9

_TOKEN: Final = re.compile(r"[\w$]+(?:[.&'’‐‑-]+\w+)*\.?")
_PRINTED: Final = re.compile(r"[\w’']+|[^\w\s]")
# So many words are searched for before an article is taken apart.
_SEARCHED: Final = 40
_GLUED: Final = re.compile(r"\s+(?:Credit|Credits|Photo|Photos|Image|Images|Photograph)$")
_EDGES: Final = " \t\r\n\u00a0,;:—–-"
_POSSESSIVE: Final = re.compile(r"[’']s?$")
_CONTRACTION: Final = re.compile(r"[’'](?:d|ll|ve|re|m|s)$")
_SHOWN: Final = re.compile(r"\b(?:footage|video|clip|recording|tape)\sof\s([A-Z]\S*(?:\s[A-Z]\S*){0,3})$")
_TAILS: Final = re.compile(r"\s(?:of|for|from|by|in|at|on|with|to)\s")
_DOCUMENT: Final = re.compile(
    r"\b(?:transcripts?|cop(?:y|ies)|accounts?|reports?|polls?|surveys?|stud(?:y|ies)|documents?|papers|records?|filings?|audio|videos?"
    r"|recordings?|excerpts?|emails?|e-mails?|letters?|memos?|statements?|books?|notes|data|complaints?|releases?|websites?"
    r"|indictments?|lawsuits?|affidavits?|memoirs?|analys[ie]s|posts?|articles?|clips?|footage)$",
)
_SHARE: Final = re.compile(r"[\d.]+\s(?:per\s?cent|%)\sof\s")
# "a couple of" people may speak, a couple of moments not.
_HANGING: Final = NP_PREPOSITIONS | POSTPOSED | {"to"}
_VAGUE: Final = frozenset("many some most several few".split())
_RANKS: Final = frozenset("state federal local county city national regional provincial".split())
_SOME_OF: Final = frozenset("couple group groups pair majority minority crowd some many several others".split())
_COUNTED: Final = re.compile(r"\d+-[a-z-]+")
_LISTED: Final = re.compile(r",\s+(?:and\s+)?|\s+and\s+")
# "30 percent", "nearly two-thirds": a share is nobody, "40 per cent of voters" are voters.
_SHARES: Final = frozenset(
    "percent cent half halves third thirds quarter quarters fifth fifths tenth tenths majority minority plurality "
    "dozen dozens hundred hundreds thousand thousands million millions one two three four five six seven eight nine "
    "ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety".split()
)
_ABOUT: Final = frozenset(
    "about nearly almost some more less fewer than over just only roughly around at least most up to another other a "
    "an the of in per slight vast narrow large small overwhelming points".split()
)
_HANDLE: Final = re.compile(r"@\w+")
_NO_OPENING: Final = DETERMINERS | PRONOUNS
_AND: Final = re.compile(r",?\s+and\s+")
_LINKS: Final = frozenset("of for and the & in at on y".split()) | PARTICLES
_CAPITALISED: Final = re.compile(r"\b[A-Z]\w+(?:-\w+)*")
_TRAILING: Final = PREPOSITIONS | {"published", "released", "filed", "conducted", "obtained", "issued"}
_NO_NAME: Final = frozenset(
    (
        "oh ok okay yes no right very quite granted related anyway already really well day question credit "
        "episode integrated"
    ).split()
)
# An order or a label before a name is not of it: "Watch Chelsea", "Added Kooker".
_LEADS: Final = frozenset("enter watch related see read".split())
_PEOPLE_ENDINGS: Final = ("ist", "ists", "ologian", "ician", "icians", "workers", "makers", "goers", "holders", "women")
_KNOWN: Final = COUNTRIES.keys() | frozenset(COUNTRIES.values()) | OUTLETS | NOT_PERSONAL
_BARE_PRONOUNS: Final = PRONOUNS | frozenset("that this these those what someone anyone everyone".split())


class Judge:
    """Judges the speakers of one article."""

    def __init__(self, body: str, people: Iterable[str]) -> None:
        self._people = frozenset(one for one in people if not _leads(one.split()[0].lower()))
        self._bearing: dict[str, list[str]] | None = None
        self._body = body
        self._asked = 0
        self._words: tuple[frozenset[str], frozenset[str]] | None = None
        self._before: dict[str, Counter[str]] | None = None
        self._counts: Counter[str] = Counter()
        self._known: dict[str, str | None] = {}

    def speaker(self, name: str) -> str | None:
        """The speaker without what is glued to it, or None where it can be none."""
        if name not in self._known:
            self._known[name] = self._speaker(name)
        return self._known[name]

    def relayed(self, name: str | None, speakers: Iterable[str]) -> str | None:
        """Who is relayed, where it is somebody: one lone word must be known as a name otherwise."""
        kept = self.speaker(name) if name is not None else None
        if kept is None or kept in self._people or " " in kept or kept.lower() in _KNOWN or kept in speakers:
            return kept
        return kept if kept.isupper() or noun_of_people(kept.lower()) else None

    def listener(self, name: str | None) -> str | None:
        """Whom something was said to, where that is somebody."""
        return self.speaker(name) if name is not None and not written(name) else None

    def carrier(self, name: str | None) -> str | None:
        """Who passed something on, where that is somebody: not a paper, not "many in the media"."""
        if name is None or name.split()[0].lower() in _VAGUE or written(name):
            return None
        return self.speaker(name)

    def _speaker(self, name: str) -> str | None:
        if name in self._people and self._bears(name) and _GLUED.search(name) is None:
            return name
        parts = _LISTED.split(name) if "," in name and " and " in name else []
        if len(parts) > 2:
            judged = [self.speaker(part) for part in parts]
            return None if None in judged else f"{', '.join(map(str, judged[:-1]))} and {judged[-1]}"
        if _amount(name):
            return None
        if _HANDLE.fullmatch(name):
            return name
        cut = _GLUED.sub("", name.strip(_EDGES)).strip(_EDGES)
        parts = _AND.split(cut)
        if len(parts) == 2 and parts[0] and (parts[1] == parts[0] or parts[1].startswith(parts[0] + " ")):
            cut = parts[0]  # "Anna Roe and Anna Roe Credit"
        while " " in cut and cut.rsplit(" ", 1)[1] in _TRAILING:
            cut = cut.rsplit(" ", 1)[0]
        first, _, rest = cut.partition(" ")
        verb = VERBS.get(first.lower())
        if rest[:1].isupper() and (first.lower() in _LEADS or (verb is not None and verb.form == "past")):
            cut = rest
        if cut in self._people and self._bears(cut):
            return cut
        shown = _SHOWN.search(cut)
        if shown is not None and self._person(shown.group(1)) is not None:
            return self._person(shown.group(1))
        head, _, object_ = cut.partition(" of ")
        if self._person(object_) is not None and not noun_of_people(head.split()[-1].lower()):
            return None  # "Reported of Peter Lind"
        kept = self._whole(cut) or self._opening(cut) or self._ending(cut)
        return self._full(kept) if kept is not None else None

    def _full(self, name: str) -> str:
        """A lone surname with the one first name that the article ever prints before it."""
        low = name.lower()
        if not name.isalpha() or not name[0].isupper() or name.isupper() or low in _KNOWN or noun_of_people(low):
            return name
        full = {f"{first} {name}" for first in self._pairs().get(name, ()) if self._first_name(first, name)}
        if self._bearing is None:
            self._bearing = {}
            for one in self._people:
                self._bearing.setdefault(one.rsplit(" ", 1)[-1], []).append(one)
        full.update(one for one in self._bearing.get(name, ()) if _bearer(one, name))
        return full.pop() if len(full) == 1 else name

    def _first_name(self, first: str, surname: str) -> bool:
        """Whether a word is a first name by where it stands: nearly always before this surname."""
        low = first.lower()
        if low in _KNOWN or low in ROLES or low in FUNCTION or low in ROLE_MODIFIERS or low in DETERMINERS:
            return False
        if not first.isalpha() or first.isupper() or self._small(low) or low in VERBS or len(first) < 3:
            return False
        if low in _LEADS or low.endswith("ed") or is_adverb(low) or low in DAYS or low in COORDINATORS:
            return False
        if low in MALE_NAMES or low in FEMALE_NAMES:
            return True
        return self._pairs()[surname][first] * 2 > self._counts[first]

    def _pairs(self) -> dict[str, Counter[str]]:
        """For each capitalised word, the capitalised words before it that no other one stands before."""
        if self._before is None:
            self._before = {}
            before, adjoining, end = "", False, -2
            for found in _CAPITALISED.finditer(self._body):
                word = found.group()
                follows = found.start() == end + 1 and self._body[end] in " \u00a0"
                if follows and not adjoining:
                    self._before.setdefault(word, Counter())[before] += 1
                self._counts[word] += 1
                before, adjoining, end = word, follows, found.end()
        return self._before

    def _ending(self, text: str) -> str | None:
        """The name that a description leads up to: "streaming service Mdundo", "site owner Anna Roe"."""
        tokens = text.split()
        at = len(tokens)
        while at and tokens[at - 1][0].isupper():
            at -= 1
        if not 0 < at < len(tokens) or not noun_of_people(tokens[at - 1].lower()):
            return None
        name = " ".join(tokens[at:])
        return name if self._named(tokens[at:]) and not any(self._clausal(token) for token in tokens) else None

    def _opening(self, text: str) -> str | None:
        """The person that a text opens with which goes on as a clause: "Anna Roe checks herself"."""
        tokens = text.split()
        at = next((at for at, token in enumerate(tokens) if not token[0].isupper()), len(tokens))
        if not 0 < at < len(tokens) or not tokens[at].isalpha() or tokens[at] in ("and", "or") or at > _NAME:
            return None
        return self._person(" ".join(tokens[:at]))

    def _person(self, name: str) -> str | None:
        """The one person of the article who bears a name or surname."""
        if name in self._people:
            return name
        bearing = [one for one in self._people if one.endswith(" " + name)]
        return bearing[0] if len(bearing) == 1 else None

    @staticmethod
    def _bears(name: str) -> bool:
        """Whether what was collected as a person has the looks of a name."""
        tokens = name.split()
        return len(tokens) <= _NAME and all(one[0].isupper() or one in _LINKS for one in tokens)

    def _whole(self, text: str) -> str | None:
        tokens = text.split()
        if _SHARE.match(text):  # "40 per cent of voters"
            return text if len(tokens) <= _TAIL and noun_of_people(tokens[-1].lower()) else None
        lows = [token.lower() for token in tokens]
        at = next((at for at, low in enumerate(lows) if at and low in _HANGING), len(tokens))
        if lows[at : at + 1] == ["of"] and lows[at - 1] in _SOME_OF:
            return text if len(tokens) <= _TAIL and self._described(tokens[at + 1 :]) else None
        if at < len(tokens) and not self._named(tokens) and self._described(tokens[:at]):
            tail = tokens[at:]
            if len(tail) <= _TAIL and not any(self._clausal(token) for token in tail):
                return text
            return " ".join(tokens[:at])  # "researchers at ..."
        if self._named(tokens) or (lows[:1] != [] and lows[0] in _RANKS and self._named(tokens[1:])):
            return text
        if at == len(tokens) and self._described(tokens):
            return text  # "three current and former employees"
        parts = [part.split() for part in _AND.split(text)]
        if len(parts) <= 3 and all(self._named(part) or self._described(part) for part in parts):
            return text
        return None

    def _named(self, tokens: list[str]) -> bool:
        """Whether it is a proper name: capitals throughout, particles and links within."""
        if not 1 <= len(tokens) <= _NAME or not _TOKEN.fullmatch(tokens[0]) or not tokens[0][0].isupper():
            return False
        if not tokens[-1][0].isupper() and not tokens[-1][0].isdigit():
            return False
        if any(not token[0].isupper() and not token[0].isdigit() and token not in _LINKS for token in tokens):
            return False
        if len(tokens) > 1:
            return tokens[0].lower() not in _NO_OPENING or tokens[0].isupper()
        return self._lone(tokens[0])

    def _lone(self, word: str) -> bool:
        """Whether one capitalised word may name somebody, rather than open a sentence."""
        low = _CONTRACTION.sub("", word.lower())
        if low in _BARE_PRONOUNS or low in FUNCTION or low in _NO_NAME or low in DETERMINERS:
            return word.isupper() and len(word) > 1 and low not in _NO_NAME
        if noun_of_people(low) or word.lower() in _KNOWN:
            return True
        if not self._small(low):
            return True
        return word in self._printed()[1] and not is_adverb(low)

    def _small(self, low: str) -> bool:
        """Whether the article prints a word small; the words are not told apart before that is needed."""
        self._asked += 1
        if self._words is None and self._asked < _SEARCHED and low not in self._body:
            return False
        return low in self._printed()[0]

    def _printed(self) -> tuple[frozenset[str], frozenset[str]]:
        """Words of the article printed small, and those with a capital within a sentence."""
        if self._words is None:
            small, inside = set(), set()
            before = "."
            for word in _PRINTED.findall(self._body):
                if word.islower():
                    small.add(word)
                elif word[0].isupper() and (before[0].islower() or before == ","):
                    inside.add(_POSSESSIVE.sub("", word))
                before = word
            self._words = frozenset(small), frozenset(inside)
        return self._words

    def _described(self, tokens: list[str]) -> bool:
        """Whether it is a short phrase that ends in a noun for people or an organisation."""
        names = sum(token[0].isupper() for token in tokens)
        if not 1 <= len(tokens) <= _PHRASE + min(names, _PHRASE):
            return False
        if not tokens[0][0].isalpha() and not _COUNTED.fullmatch(tokens[0]):
            return False
        if any(self._clausal(token) for token in tokens) or tokens[0].lower() in ("he", "she", "it", "they", "i", "we"):
            return False
        return noun_of_people(_POSSESSIVE.sub("", tokens[-1].lower()))

    @staticmethod
    def _clausal(token: str) -> bool:
        """Whether a word inside makes a clause of it: a verb, an adverb."""
        low = token.lower()
        if not token[0].islower() or low in ("ex-", "the"):
            return False
        verb = VERBS.get(low)
        if verb is not None and verb.form in ("s", "past") and not verb.noun:
            return True
        return low in AUXILIARY or low in ("who", "which", "that", "heard", "published", "conducted", "featured")


def _amount(name: str) -> bool:
    """Whether a name is a mere number or share."""
    words = [word.strip("$£€%,.") for word in name.lower().replace("-", " ").split()]
    counted = [word for word in words if word not in _ABOUT]
    if not counted:
        return len(words) == 1 and is_adverb(words[0])
    return all(word in _SHARES or word[:1].isdigit() or not word for word in counted)


def written(name: str) -> bool:
    """Whether a name is that of something written or recorded: "a transcript of the show"."""
    return _DOCUMENT.search(_TAILS.split(name, maxsplit=1)[0]) is not None


def _leads(low: str) -> bool:
    """Whether a word before a name is an order, an adverb or a conjunction and not a first name."""
    return low in _LEADS or low in FUNCTION or low in ADVERBS


def _bearer(person: str, surname: str) -> bool:
    first, _, rest = person.partition(" ")
    return rest.split(" ")[-1] == surname and len(first) > 1


@functools.lru_cache(maxsize=16384)
def noun_of_people(low: str) -> bool:
    """Whether a noun is one for people or for an organisation, in the singular or plural."""
    forms = {low, low.rsplit("-", 1)[-1]}
    for one in tuple(forms):
        if one.endswith("ies"):
            forms.add(one[:-3] + "y")
        if one.endswith("men"):
            forms.add(one[:-3] + "man")
        if one.endswith("es"):
            forms.add(one[:-2])
        if one.endswith("s"):
            forms.add(one[:-1])
    if forms & _PEOPLE:
        return True
    return len(low) > 6 and low.endswith(_PEOPLE_ENDINGS)


_PEOPLE: Final = ROLES | OCCUPATIONS | SPEAKING_NOUNS
