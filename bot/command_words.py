"""The commands of the Discord bot as people see them in the menu: names, descriptions, options.

Discord takes 100 characters for a description.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class Command:
    """A command as people see it in the menu."""

    name: str
    description: str
    options: dict[str, str] = field(default_factory=dict)
    """Option -> description."""


ASK: Final = Command(
    "ask",
    "Ask the news articles; the answer is in the printed words",
    {
        "question": "What do you want to know?",
        "speaker": "Only what this person said",
        "outlet": "Only articles of this outlet",
        "since": "Only articles of this day or later, as 2022-02-08",
        "until": "Only articles of this day or earlier, as 2022-02-08",
        "private": "Only you see the answer",
    },
)

TIMELINE: Final = Command(
    "timeline",
    "What happened when, as the articles print it, oldest first",
    {
        "question": "A question or just a subject, for example: Macron’s visit to Moscow",
        "speaker": "Only what this person said",
        "outlet": "Only articles of this outlet",
        "since": "Only articles of this day or later, as 2022-02-08",
        "until": "Only articles of this day or earlier, as 2022-02-08",
        "private": "Only you see it",
    },
)
COMPARE: Final = Command(
    "compare",
    "One question, outlet by outlet: what each prints, and which print nothing on it",
    {
        "question": "What do you want to know?",
        "since": "Only articles of this day or later, as 2022-02-08",
        "until": "Only articles of this day or earlier, as 2022-02-08",
        "private": "Only you see it",
    },
)

CHECK: Final = Command(
    "check",
    "See how a quote or claim stands in the articles",
    {
        "text": "The claim, for example: Ada Brook said “We cannot pay for it.”",
        "private": "Only you see the answer",
    },
)
PRIVACY: Final = Command("privacy", "What I keep of you, and for how long")
FORGET_ME: Final = Command("forget-me", "Delete everything that I keep of you")

SOURCE: Final = Command(
    "source",
    "Read one article: what is known about it, and its paragraphs",
    {"article": "Its title or id; a list appears while you type"},
)
SOURCE_LIST: Final = Command(
    "sources",
    "List the articles, newest first",
    {
        "query": "Part of a title or id",
        "outlet": "Only articles of this outlet",
        "since": "Only articles of this day or later, as 2022-02-08",
        "until": "Only articles of this day or earlier, as 2022-02-08",
    },
)
QUOTES: Final = Command(
    "quotes",
    "Everything that somebody is on record with, direct quotes first",
    {"speaker": "Who; a list appears while you type", "about": "Only what was said about this"},
)
VERIFY: Final = Command(
    "verify",
    "Check today whether each quote of an earlier answer still stands in its article",
    {"message_link": "The link of a message of mine: its menu, Copy Message Link"},
)
ABOUT: Final = Command("about", "How many articles I know, from when, and how I read them")
HELP: Final = Command("help", "What can be asked, all commands, and how to follow up")

SETUP: Final = Command(
    "setup",
    "For those who manage the server: how I behave in a channel",
    {"channel": "Which channel; this one where you do not say"},
)
ADD: Final = Command(
    "add",
    "For those who manage the server: add articles that are seen in this server alone",
    {"file": "A .txt, .md or .html file with one article, or .jsonl with one in each row"},
)
REMOVE: Final = Command(
    "remove",
    "For those who manage the server: remove one of the articles that were added here",
    {"article": "Its title or id; a list appears while you type"},
)
