"""Cues: which verbs of a sentence report, and who their subject is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from corpus.attribution.items import POSSESSIVE, QUOTE, Items
from corpus.attribution.lists import list_after, whole_list
from corpus.attribution.phrases import (
    DASHES,
    POSTPOSED,
    REACH,
    STOPS,
    _at_boundary,
    is_adverb,
    nominal,
    phrase_after,
    skip_days,
    subject_before,
    whole_subject,
    with_name,
)
from corpus.attribution.vocabulary import (
    ADDRESSING,
    ADVERBS,
    AUXILIARY,
    BE,
    COMPLETED,
    COORDINATORS,
    DAYS,
    DETERMINERS,
    DO,
    HAVE,
    MODAL,
    NEEDS_CLAUSE,
    NEEDS_QUOTE,
    NEGATION,
    NOMINATIVE,
    NP_PREPOSITIONS,
    OCCUPATIONS,
    PARENTHETICAL,
    PREPOSITIONS,
    ROLE_MODIFIERS,
    ROLES,
    SUBORDINATORS,
    VERBS,
    Verb,
)

_ARTICLES: Final = frozenset("the a an his her its their our my your no".split())
_PLURALS: Final = frozenset(
    "people police they we who i you others some many few both most men women all media".split()
)
_ADMITTED: Final = frozenset("patients patient members member students student refugees visitors to into".split())
CLAUSE_STARTS: Final = NOMINATIVE | {"there", "nobody", "everyone", "everybody", "nothing", "someone"}
_HANGS: Final = NP_PREPOSITIONS | {"to"}
_OBLIQUE: Final = frozenset(("him", "her", "them"))
_WENT: Final = frozenset(("went", "goes", "gone", "going", "go"))
# What is read out rather than said, and what is found rather than claimed.
_WRITTEN: Final = frozenset(
    "letter statement email e-mail memo report article post tweet message note headline caption petition ad "
    "advertisement document filing editorial op-ed resolution plaque banner inscription label text summary".split()
)
_CUES: Final = frozenset((*VERBS, "according"))
# "quoted Smith as saying"
_QUOTING: Final = frozenset(("quote", "cite", "report"))
_PARTICLE_VERBS: Final = {
    ("point", "out"), ("call", "for"), ("call", "on"), ("lash", "out"), ("chime", "in"), ("rule", "out"),
    ("speak", "out"), ("weigh", "in"),
}  # fmt: skip


@dataclass(slots=True)
class Cue:
    """One reporting verb in its clause; all positions are item indexes.

    ``source`` is the subject (first and last item), None when it is shared with an earlier clause
    (``inherited``). ``clause`` is where the clause of this verb begins, ``inverted`` is "said Smith".
    """

    verb: int
    last: int
    lemma: str
    form: str
    act: bool
    source: tuple[int, int] | None
    clause: int
    relays: tuple[int, int] | None = None
    """Who is quoted in "he quoted Smith as saying"."""
    inverted: bool = False
    inherited: bool = False
    according: bool = False
    channel: bool = False
    """Names only the outlet that carried somebody's words."""
    carrier: tuple[int, int] | None = None
    """Who passed the words on: "he was quoted by Interfax as saying"."""
    nested: list[Cue] = field(default_factory=list)
    contents: list[tuple[int, int]] = field(default_factory=list)


def find_cues(items: Items, low: int, high: int) -> list[Cue]:
    """The reporting verbs of one unit with their subjects, in order."""
    cues: list[Cue] = []
    lows = items.lows
    if _CUES.isdisjoint(lows[low:high]):
        return cues
    for index in [at for at, word in enumerate(lows[low:high], low) if word in _CUES]:
        word = lows[index]
        if word != "according":
            cue = _reporting(items, index, VERBS[word], low, high, cues)
        elif index + 2 < high and lows[index + 1] == "to":
            cue = _according(items, index, high)
        else:
            continue
        if cue is not None:
            cues.append(cue)
    return cues


def _according(items: Items, index: int, high: int) -> Cue | None:
    source = phrase_after(items, index + 2, high)
    if source is None:
        return None
    source = list_after(items, with_name(items, source, high), high)
    return Cue(index, index + 1, "according to", "", False, source, index, inverted=True, according=True)


def _reporting(items: Items, index: int, verb: Verb, low: int, high: int, cues: list[Cue]) -> Cue | None:
    """The clause of a verb form, or None where it does not report (a noun, a passive, an intention)."""
    lows = items.lows
    capital = items.capital(index) and index > low and not _sentence_opening(items, index, low)
    if capital and (verb.noun or verb.form not in ("s", "past") or not _title_case(items, low, high)):
        return None
    if index > low and (lows[index - 1] in _ARTICLES or (verb.noun and lows[index - 1] in POSSESSIVE)):
        return None  # "a warning", "his demand for", "Russia’s demands"
    last = index
    if index + 1 < high and lows[index + 1] in ("out", "on", "for", "in"):
        last = index + 1 if (verb.lemma, lows[index + 1]) in _PARTICLE_VERBS else index
    if verb.form in ("base", "ing") and (verb.lemma in PARENTHETICAL or verb.lemma in ("speak", "read", "put")):
        return None
    if verb.lemma in COMPLETED:
        with_it = verb.lemma == "make" and lows[index + 1 : index + 2] == ["it"]
        last = index + (2 if with_it else 1)
        if lows[last : last + 1] != [COMPLETED[verb.lemma]]:
            return None
    relays = carrier = None
    if verb.lemma in _QUOTING:
        saying = _as_saying(items, index, high)
        if saying is None and verb.lemma == "quote":
            return None
        if saying is not None:
            last = saying + 1
            relays = _quoted(items, index + 1, saying)
            by = index + 1 if lows[index + 1] == "by" else last + 1
            carrier = (
                phrase_after(items, by + 1, saying if by < saying else high) if lows[by : by + 1] == ["by"] else None
            )
    head = index - 1
    seen: set[str] = set()
    while head >= low and index - head < 12:
        word = lows[head]
        if word in AUXILIARY or word == "to":
            seen.add(word)
        elif not is_adverb(word) or (items.capital(head) and head > low):
            break
        head -= 1
    if head < low < index and items.capital(low) and lows[low] not in ADVERBS and not lows[low].endswith("ally"):
        head = low  # "Kelly said"
    head = skip_days(items, head, low)
    quoted = last > index and verb.lemma in _QUOTING and bool(seen & BE)
    if quoted:  # "Smith was quoted as saying"
        seen -= BE
        relays = None
    if not _reports(verb, seen, lows, index, high):
        return None
    if verb.lemma in NEEDS_CLAUSE and not _clause_near(items, index, last, low, high):
        return None
    if verb.lemma == "refer" and not _refers_as(items, last + 1, high):
        return None
    if verb.lemma in NEEDS_QUOTE and (verb.form == "base" or not _quote_near(items, index, low, high)):
        return None
    if verb.form == "ing" and not seen & BE:
        if index > low and lows[index - 1] in DETERMINERS:
            return None
        recalled = verb.lemma == "say" and head == index - 1 and items.capital(head)
        if recalled and cues and cues[-1].last + 3 >= head > cues[-1].last:
            return None  # "Roe recalled Lind saying": what she recalls
        return _participle(items, index, last, verb, head, low, high)
    if "to" in seen:
        if verb.form != "base" or head - 1 < low or lows[head] != "on" or lows[head - 1] not in _WENT:
            return None
        seen = {"had"}  # "Smith went on to say"
        head -= 2
    inverted = _inverted(items, index, verb, head, low, high)
    if verb.lemma in PARENTHETICAL and not _inserted(items, index, head, low, high):
        return None
    if inverted is not None and not seen:
        return Cue(index, last, verb.lemma, verb.form, verb.act, inverted, index, inverted=True)
    if head < low:
        return None
    if lows[head] in COORDINATORS and head > low:
        plural = bool(cues) and cues[-1].form == "base" and "to" not in lows[cues[-1].last : index]
        if verb.form == "base" and not plural and not seen & (HAVE | DO | MODAL):
            return None
        if verb.noun and verb.form != "past" and not _complement_follows(items, last + 1, high):
            return None
        clause = head - 1 if lows[head - 1] == "," else head
        return Cue(index, last, verb.lemma, verb.form, verb.act, None, clause, inherited=True)
    source = subject_before(items, head, low)
    if source is None and lows[head] in _OBLIQUE and lows[head - 1] in PREPOSITIONS:
        source = whole_subject(items, (head, head), low)  # "a source close to him"
        source = source if source[0] < head else None
    elif source is not None:
        source = whole_subject(items, source, low)
    if verb.lemma == "read" and (source is None or lows[source[1]] not in _WRITTEN):
        return None
    if source is None:
        if lows[head] == "," and cues and cues[-1].form == verb.form and verb.form in ("past", "s"):
            return Cue(index, last, verb.lemma, verb.form, verb.act, None, head, inherited=True)
        return None
    listed = whole_list(items, source, low)
    if not any(_agrees(items, one, verb, seen, index, last, high) for one in dict.fromkeys((source, listed))):
        return None
    source = listed
    source = _without_lead(items, source, low)
    if source[0] > low and lows[source[0] - 1] == "by":
        return None  # "none of the reports seen by Smith says"
    act = verb.act and not quoted
    return Cue(index, last, verb.lemma, verb.form, act, source, source[0], relays, carrier=carrier if quoted else None)


def _as_saying(items: Items, index: int, high: int) -> int | None:
    """Where "as saying" stands after "quoted" or "cited", with those quoted before it."""
    at = next((at for at in range(index + 1, min(index + 10, high - 1)) if items.lows[at] == "as"), high)
    return at if items.lows[at + 1 : at + 2] == ["saying"] else None


def _quoted(items: Items, start: int, end: int) -> tuple[int, int] | None:
    """Who is quoted: all that stands before "as saying", without what is inserted between commas."""
    comma = next((at for at in range(start, end) if items.lows[at] in STOPS), end)
    return (start, comma - 1) if comma > start and items.lows[start] not in PREPOSITIONS else None


def _without_lead(items: Items, source: tuple[int, int], low: int) -> tuple[int, int]:
    """ "In its report Meta said": the comma before the name is missing."""
    first, last = source
    if first == low or items.lows[first - 1] not in PREPOSITIONS or not items.capital(last):
        return source
    if first - 1 > low and items.lows[first - 2] not in STOPS:
        return source
    start = last
    while start > first and items.capital(start - 1):
        start -= 1
    before = items.lows[start - 1]
    if start == first or before in ROLES or before in ROLE_MODIFIERS or before in DETERMINERS or before in OCCUPATIONS:
        return source
    return (start, last) if before[0].isalpha() and before not in NP_PREPOSITIONS else source


def _inserted(items: Items, index: int, head: int, low: int, high: int) -> bool:
    """Whether subject and verb stand between commas, or after one at the end."""
    if index + 1 < high and items.lows[index + 1] not in (",", ".", QUOTE):
        return False
    source = subject_before(items, head, low)
    return source is not None and source[0] > low and items.lows[source[0] - 1] in (",", QUOTE)


def _sentence_opening(items: Items, index: int, low: int) -> bool:
    return all(items.lows[at] in STOPS for at in range(max(low, index - 3), index))


def _title_case(items: Items, low: int, high: int) -> bool:
    """Whether a unit is a headline in capitals, where a capital tells nothing about a word."""
    return high - low < 40 and all(
        word[0].isupper() or len(word) < 5 or not word[0].isalpha() for word in items.words[low:high]
    )


def _quote_near(items: Items, index: int, low: int, high: int) -> bool:
    return QUOTE in items.lows[max(low, index - 6) : min(high, index + 12)]


def _refers_as(items: Items, start: int, high: int) -> bool:
    """ "referred to the bridge as “old iron”"."""
    lows = items.lows
    return any(lows[at] == "as" and QUOTE in lows[at : at + 6] for at in range(start, min(high, start + 14)))


def _clause_near(items: Items, index: int, last: int, low: int, high: int) -> bool:
    """Whether "that", a quote or a clause follows the verb, or the verb ends its sentence after one."""
    lows = items.lows
    if last + 1 >= high or lows[last + 1] in STOPS or QUOTE in lows[max(low, index - 6) : index]:
        return True
    if lows[last + 1] in CLAUSE_STARTS or lows[last + 1] in ("how", "why", "what", "whether"):
        return True
    near = lows[last + 1 : min(high, last + 8)]
    if "that" in near or _quote_near(items, index, index, high):
        return True
    for word in lows[last + 2 : min(high, last + 10)]:
        if word in STOPS or word in SUBORDINATORS:
            return False  # "maintained contact since he was elected"
        if word in MODAL or word in HAVE or word in BE or (word.endswith("ed") and len(word) > 4):
            return True
    return False


def _reports(verb: Verb, seen: set[str], lows: list[str], index: int, high: int) -> bool:
    """Whether auxiliaries leave the verb a report: no passive, no negation, nothing merely possible."""
    if verb.form == "past" and seen & BE:
        return False
    if seen & NEGATION and not verb.act:
        return False
    if seen & NEGATION and verb.lemma not in ("deny", "dispute", "doubt"):
        return False
    if verb.form == "base" and seen & MODAL and not seen & {"would", "can", "’d", "will"}:
        return False
    following = lows[index + 1] if index + 1 < high else "."
    if verb.lemma == "think" and verb.form in ("base", "ing"):
        return following != "of"
    if verb.lemma == "write" and following in ("about", "for", "off", "down", "up", "songs", "books"):
        return False
    if verb.lemma in ("thank", "charge") and (following == "to" or (verb.form == "ing" and following != "that")):
        return False
    if verb.lemma == "admit" and any(low in _ADMITTED for low in lows[index + 1 : index + 5]):
        return False
    if verb.lemma == "add" and (following[0].isdigit() or following in ("to", "$", "£", "€")):
        return False
    if verb.lemma == "call" and following in ("several", "twice", "again", "back", "himself"):
        return False
    if verb.lemma == "call" and lows[index + 1 : index + 3] == ["it", "quits"]:
        return False
    return not (verb.lemma == "call" and following in ("off", "up", "in", "it", "out") and following != "it")


def _participle(items: Items, index: int, last: int, verb: Verb, head: int, low: int, high: int) -> Cue | None:
    """ "…, adding that": the subject is that of the clause before, or the noun phrase right before it."""
    lows = items.lows
    if head < low:
        source = None
        comma = next((at for at in range(index, min(high, index + REACH)) if lows[at] == ","), None)
        if comma is not None and comma + 1 < high:
            source = phrase_after(items, comma + 1, high)
        return Cue(index, last, verb.lemma, verb.form, verb.act, source, index, inherited=source is None)
    word = lows[head]
    if (
        word == ","
        or word in DASHES
        or word == QUOTE
        or word in ("by", "while", "and", "without", "in", "after", "before")
    ):
        if verb.noun and not _complement_follows(items, last + 1, high):
            return None
        named = _listed(items, head, low) if word == "," else None
        if named is not None:
            return Cue(index, last, verb.lemma, verb.form, verb.act, named, named[0] - 1)
        if word == "without":
            return None
        clause = head if word != QUOTE else index
        if word in ("and", "by", "while", "in", "after", "before") and head - 1 >= low and lows[head - 1] == ",":
            clause = head - 1
        return Cue(index, last, verb.lemma, verb.form, verb.act, None, clause, inherited=True)
    if head < index - 1 and (word in _WRITTEN or word[:-1] in _WRITTEN):
        # "issued a statement Tuesday saying ..."
        return Cue(index, last, verb.lemma, verb.form, verb.act, None, index, inherited=True)
    if head == index - 1 and nominal(items, head):
        source = subject_before(items, head, low)
        if source is not None and source[0] > low and lows[source[0] - 1] in ("with", ","):
            return Cue(index, last, verb.lemma, verb.form, verb.act, source, source[0] - 1)
        if source is not None and _complement_follows(items, last + 1, high) and not verb.noun:
            return Cue(index, last, verb.lemma, verb.form, verb.act, None, index, inherited=True)
    return None


def _listed(items: Items, comma: int, low: int) -> tuple[int, int] | None:
    """ "early supporters, such as Anna Roe, R-Oslo, now saying ...": those named last, not the subject."""
    if comma - 4 < low or "-" not in items.lows[comma - 1] + items.lows[comma - 2]:
        return None
    source = subject_before(items, comma, low)
    if source is None:
        return None
    source = whole_subject(items, source, low)
    lead = items.lows[source[0] - 1] if source[0] > low else ""
    return source if lead in ("as", "including", "like", "with") else None


def _inverted(items: Items, index: int, verb: Verb, head: int, low: int, high: int) -> tuple[int, int] | None:
    """The subject after the verb in “…,” said Smith; None when the verb has another order."""
    if verb.form not in ("past", "s") or index + 1 >= high or head < low or head != index - 1:
        return None
    lows = items.lows
    if not (lows[head] == QUOTE or (lows[head] in STOPS and head > low)):
        return None
    if lows[index + 1] in ("that", "to", "about", "for", "him", "her", "them", "reporters") or lows[index + 1] in DAYS:
        return None
    if verb.act or verb.lemma in ADDRESSING:
        if lows[head] != QUOTE and not (head > low and lows[head - 1] == QUOTE):
            return None
        if verb.lemma == "tell":
            return None
    source = phrase_after(items, index + 1, high)
    if source is None:
        return None
    source = list_after(items, with_name(items, source, high), high)
    after = lows[source[1] + 1] if source[1] + 1 < high else "."
    if lows[head] == QUOTE or (head > low and lows[head - 1] == QUOTE):
        return source
    if after in STOPS or after in PREPOSITIONS or after in DAYS or after in ("who", "when", "as", "while"):
        if (
            (lows[head] in (",", ")") or lows[head] in DASHES)
            and subject_before(items, head, low) is not None
            and not _closes(items, source, high)
        ):
            return None
        return source
    return None


def _closes(items: Items, source: tuple[int, int], high: int) -> bool:
    """Whether a sentence ends with the name after the verb, or with what describes it: ", said Roe, a nurse."."""
    lows = items.lows
    after = source[1] + 1
    if not items.capital(source[1]):
        return False
    if (
        after >= high
        or lows[after] in (".", "!", "?")
        or (lows[after] == "," and lows[after + 1 : after + 2] == ["who"])
    ):
        return True
    if lows[after] != "," or high - after > REACH or QUOTE in lows[after:high]:
        return False
    return not any(low in AUXILIARY or low in VERBS or low in NOMINATIVE for low in lows[after:high])


def _agrees(
    items: Items, source: tuple[int, int], verb: Verb, seen: set[str], index: int, last: int, high: int
) -> bool:
    """Whether subject and verb can belong together; keeps nouns like "claims" and participles out."""
    lows = items.lows
    word = lows[source[1]]
    pronoun = word in NOMINATIVE or word == "that"
    helped = bool(seen & (HAVE | DO | MODAL | BE))
    if word in ("it", "that", "which") and verb.lemma in ("suggest", "call", "explain"):
        return False
    if verb.form == "base" and not helped:
        plural = word in _PLURALS or (word.endswith("s") and not word.endswith("ss")) or word == "which"
        plural = plural or any(lows[at] == "and" for at in range(source[0], source[1]))
        plural = plural or _plural_head(items, source)
        if not plural:
            return False
    if verb.noun and not helped and not pronoun and verb.form != "past":
        name = items.capital(source[1])
        if (
            not name
            and verb.form == "s"
            and last + 1 < high
            and lows[last + 1] != "that"
            and lows[last + 1] not in NOMINATIVE
        ):
            return False
        return (name or lows[source[0]] in DETERMINERS) and _complement_follows(items, last + 1, high)
    if verb.lemma in ("call", "dub", "label") and lows[source[0]] in ("a", "an") and not helped:
        return False  # "a course called ..." is a name
    if verb.form == "past" and not helped and not pronoun and not items.capital(source[1]):
        following = lows[last + 1] if last + 1 < high else "."
        if following == "by":
            return False
        if verb.act or verb.noun:
            return (
                source[0] == 0
                or lows[source[0]] in DETERMINERS
                or word.endswith("s")
                or _at_boundary(items, source[0], 0)
            )
    return True


def _plural_head(items: Items, source: tuple[int, int]) -> bool:
    """ "Aides to the mayor", "organizers in Oslo", "people familiar with it"."""
    for at in range(source[0] + 1, source[1]):
        if items.lows[at] in _HANGS or items.lows[at] in POSTPOSED:
            return items.lows[at - 1].endswith("s") or items.lows[at - 1] in _PLURALS
    return False


def _complement_follows(items: Items, index: int, high: int) -> bool:
    if index >= high:
        return False
    low = items.lows[index]
    if low in DAYS:
        return False
    return (
        low
        in (
            "that",
            "how",
            "why",
            "what",
            "whether",
            "for",
            "on",
            "to",
            ":",
            ",",
            QUOTE,
            "it",
            "him",
            "them",
            "me",
            "us",
        )
        or low in NOMINATIVE
        or low in DETERMINERS
        or items.capital(index)
        or low[0].isdigit()
    )
