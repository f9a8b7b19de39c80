"""Texts on which a converted model is held against the one it was made from.

Short and long, plain and odd: whatever a tokenizer or a padded batch could make a difference to is among them.
"""

from __future__ import annotations

QUESTION = "What did the prime minister say about the harbour in June?"
"""The first probe; as long as questions are, so that encoding it warms up what the first question needs."""

_PARAGRAPH = (
    "The council of Port Ellery voted on Monday to close the old harbour before the winter, after engineers had "
    "warned that its northern wall could give way in a storm. “We cannot pay for another year of repairs,” Mayor Ada "
    "Brook said after the meeting, which lasted until midnight; some 3,000 people had signed a petition against it. "
)

PROBES: tuple[str, ...] = (
    QUESTION,
    "Who won?",
    "how many troops are near the border",
    "bridge",
    "",
    "   \n\t ",
    "He declined to comment.",
    "Inflation rose to 4.5% in March (2021: 3.9%), the statistics office said.",
    "“It's not us moving toward NATO,” he told reporters. “It's NATO moving toward us.”",
    "A spokeswoman for the ministry did not say when, or whether, the talks in Geneva would be resumed.",
    "Le Conseil d’État a rejeté mardi la requête déposée par l’association des riverains.",
    "Der Bundestag stimmt am Donnerstag über das Gesetz ab, teilte ein Sprecher mit.",
    "東京で会議が開かれた。",
    "대한민국의 수도는 서울이다.",
    "عقد الاجتماع في القاهرة يوم الأحد",
    "e\u0301t\u0327e\u0301 — “quoted” … ½ \u202e reversed \u0007 control",
    "🦄👩‍🚒🎉 all is well",
    "[SEP] <s> </s> [MASK] are words like any other",
    "pneumonoultramicroscopicsilicovolcanoconiosis " * 6,
    "Shares in the company fell 7 percent after it cut its forecast for the year.\nAnalysts had expected a gain.",
    _PARAGRAPH[:150],
    _PARAGRAPH,
    "Harbour to close\n" + _PARAGRAPH,
    "Fishermen protest\n" + _PARAGRAPH[::-1],
    _PARAGRAPH + "Fishermen protested outside the town hall, and the ferry company threatened to leave.",
    "Port Ellery\n" + _PARAGRAPH * 2,
    _PARAGRAPH * 3,
    _PARAGRAPH * 12,
)
"""In no order of length; the last one is longer than any usual model reads."""
