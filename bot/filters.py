"""What ``/filter`` of the REPL sets beside the questions."""

from __future__ import annotations

from dataclasses import replace

from bot import lookups
from retrieval.asking import Options

FIELDS = ("speaker", "outlet", "since", "until")


def changed(options: Options, field: str, value: str) -> Options:
    """The options with one field set, or cleared by an empty value."""
    if field == "outlet":
        return replace(options, outlets=(value,) if value else ())
    values = {"speaker": options.speaker, "since": options.since, "until": options.until}
    values[field] = value or None
    since, until = lookups.parse_days(values["since"], values["until"], prefix="")
    return replace(options, speaker=values["speaker"], since=since, until=until)


def described(options: Options) -> str:
    """What is set, in words."""
    parts = [
        f"{name} {value}"
        for name, value in (
            ("speaker", options.speaker),
            ("outlet", " or ".join(options.outlets)),
            ("since", options.since),
            ("until", options.until),
        )
        if value
    ]
    return ", ".join(parts) or "none"
