"""From a follow-up question and the turns before it to a question that stands alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from retrieval.followups.context import Context, stem
from retrieval.followups.fragments import completed
from retrieval.followups.phrases import TOKEN, bare, head, phrases, theme_of, topics_of
from retrieval.followups.pointing import EXISTS, Draft, put_meanings
from retrieval.followups.turns import Resolved, Turn
from retrieval.followups.vocabulary import ASPECTS, CHAT, FUNCTION
from retrieval.lexicon import normalise
from retrieval.question import complaint, understand

TURNS: Final = 3
"""Earlier questions that are looked at."""

_LONG: Final = 4
"""Content words from which a question without a pronoun is taken to say all it means."""

_NEW: Final = re.compile(
    r"^\W*(?:(?:and|but|so|ok(?:ay)?)\W+)?(?:(?:what|who)(?:['’]s|\s+(?:is|are|was|were))|"
    r"(?:please\s+)?(?:tell|describe|explain|define|compare)(?:\s+(?:me|us|more|about))*|(?:how|what)\s+about|"
    r"(?:\w+\s+){0,2}(?:do|does|did|is|are|was|were|has|have|can|could|will|would|should))\s+(?:an?\s+|the\s+)?$",
    re.IGNORECASE,
)
"""What stands before a thing that a question brings up: the next question will take it up."""

_HEADLESS: Final = re.compile(
    r"\b(?:the\s+(?:most\s+\w+|\w+est|first|best|worst|least\s+\w+|last)|ones?|any|others?)"
    r"(?:\s+(?:ever|in|on|of|to|and|for|from|related|caught|with|that|who|invented|known|available|important)\b|\W*$)",
    re.IGNORECASE,
)
"""A quality or a number of something that is not named: "the largest in the world"."""

_ASKS_WORDS: Final = re.compile(
    r"^\W*(?:and\s+|but\s+|so\s+)?(?:what|how)(?:\s+else)?\s+(?:did|does|do|has|have|had)\b", re.IGNORECASE
)
_BRIDGE: Final = re.compile(r"\bthe\s+(?:\w+\s+)?[a-z]+\b(?!\s+(?:of|for|[a-z]+(?:est)?\s+of)\b)")
"""A definite noun without an "of": the drawing of the lottery that was talked of."""


def resolve(text: str, turns: Sequence[Turn]) -> Resolved:
    """The question as it would be asked by somebody who had said nothing before.

    ``turns`` are the earlier questions, the oldest first; the last three are looked at. A question that needs
    nothing of them comes back as it was typed. Nothing is raised: what cannot be resolved is left as it is.

    Pronouns go to what was taken up last (Grosz, Joshi and Weinstein 1995, "Centering"); a question that names no
    topic of its own gets the words of the topic, as in the historical query expansion of TREC CAsT (Dalton, Xiong and
    Callan 2020), but only those. Word lists, lengths and what is put behind a question were tuned on CAsT 2019.
    """
    kept = tuple(turns)[-TURNS:]
    clean = normalise(text) if complaint(text) is None else ""
    if not kept or all(bare(word) in CHAT for word in TOKEN.findall(clean)):
        topics = topics_of(clean)
        return Resolved(text, (), False, topics, theme_of(clean))
    context = Context(kept)
    whole = completed(clean, context)
    if whole is not None and whole != clean:
        return _resolved(text, whole, context, topics_of(whole))
    draft = Draft(clean, context, tuple(phrase for phrase in phrases(clean) if not phrase.side))
    put_meanings(draft)
    points_back = bool(draft.taken) or not draft.own
    _missing(draft)
    _background(draft)
    if not draft.suffix and not draft.taken:
        return _resolved(text, text, context, topics_of(clean))
    own = [phrase.text for phrase in draft.own]
    first = [*own, *draft.taken] if _brings_up(draft) else [*draft.taken, *own]
    resolved = _resolved(text, draft.finished(), context, tuple(dict.fromkeys(first)))
    return replace(resolved, loose=resolved.changed and not points_back)


def _resolved(typed: str, whole: str, context: Context, topics: tuple[str, ...]) -> Resolved:
    if complaint(whole):
        whole = typed  # longer than a question may be
    before = {stem(word) for word in TOKEN.findall(typed)}
    added = dict.fromkeys(
        word for word in TOKEN.findall(whole) if bare(word) not in FUNCTION and stem(word) not in before
    )
    if not topics:
        topics = context.last.topics
    shifted = whole == typed and len(understand(whole).words) >= _LONG and understand(whole).names
    theme = None if shifted else context.theme
    return Resolved(whole, tuple(added), whole != typed, topics, theme or theme_of(whole))


def _brings_up(draft: Draft) -> bool:
    """Whether the question starts from something that it names itself, taking nothing up."""
    if not draft.own or draft.changes:
        return False
    before = draft.text[: draft.own[0].start]
    words = [bare(word) for word in TOKEN.findall(before) if word.lower() not in ("a", "an", "the")]
    # "the cost of solar power": a side of a thing that is named.
    return _NEW.search(before) is not None or (words[-1:] == ["of"] and not ASPECTS.isdisjoint(words[-2:-1]))


def _missing(draft: Draft) -> None:
    """A topic for a question that has none of its own."""
    question = understand(draft.text)
    if question.pronoun and not draft.taken:
        return  # whom it means is not known: a topic would not help
    if _ASKS_WORDS.match(draft.text) and question.cue and not draft.suffix:
        own = {word.lower() for word in question.topic_words()} - {"else", (question.pronoun or "").lower()}
        if not own and all(draft.context.is_person(one) for one in draft.taken):
            _about(draft)
            return
    if draft.taken:
        return
    headless = _HEADLESS.search(draft.text) is not None
    content = question.words
    if draft.own and not headless:
        if len(content) >= _LONG or any(phrase.name for phrase in draft.own):
            return
        if _brings_up(draft) and not EXISTS.search(draft.text) and not _BRIDGE.search(draft.text):
            return
    thing = draft.context.thing(beside=[phrase.text for phrase in draft.own]) or draft.context.reported()
    if thing and (headless or not any(_alike(thing, phrase.text) for phrase in draft.own)):
        draft.append(thing)


def _background(draft: Draft) -> None:
    """What else the last question was about, and what the conversation began with, behind a question without a name."""
    if any(phrase.name for phrase in draft.own) or any(draft.context.is_person(one) for one in draft.taken):
        return  # "Did he mention Belarus?" turns to something else
    question = understand(draft.text)
    if not draft.taken and (len(question.words) >= _LONG or question.pronoun):
        return
    said = [*draft.taken, *(phrase.text for phrase in draft.own)]
    behind: list[str] = []
    for one in (*(draft.context.beside() if draft.taken else ()), draft.context.theme):
        if one and not any(_alike(one, other) or _alike(other, one) for other in (*said, *behind)):
            behind.append(one)
    if behind:
        draft.suffix.append(f"({', '.join(behind)})")


def _alike(one: str, other: str) -> bool:
    """Whether two topics are of one kind, or one within the other: "lung cancer" follows "throat cancer"."""
    words, others = ({stem(word) for word in text.split()} for text in (one, other))
    return stem(head(one)) == stem(head(other)) or words <= others


def _about(draft: Draft) -> None:
    """ "What did Biden say?" goes on about what was talked of."""
    names = [phrase.text for phrase in draft.own]
    thing = draft.context.said_about() or draft.context.thing(beside=[*names, *draft.taken])
    if thing is None or draft.context.is_person(thing):
        return
    speaks = re.search(
        r"\b(?:(say|think|speak|warn|talk|argue|suggest|add|claim|tell)|(respond|react|reply))\b", draft.text
    )
    if speaks is None:
        draft.append(thing)
        return
    draft.suffix.append(f"{'about' if speaks[1] else 'to'} {draft.context.with_article(thing)}")
    draft.taken.append(thing)
