"""``dateline figures``, ``timeline`` and ``compare``: a question seen by size, by day and by outlet; pictures of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from bot import lookups
from bot.console import say, show, typed
from bot.errors import UsageError
from bot.failures import NO_EVIDENCE
from bot.render import json as as_json
from bot.render.phrases import nothing_dated
from bot.render.plot import Format, figures_picture, timeline_picture
from bot.render.timeline import comparison_lines, figures_lines, timeline_lines
from bot.render.timeline_card import in_order_of_days
from bot.wiring import Wiring
from corpus.store import Store
from corpus.store.filters import folded
from retrieval.asking import Asker, Options
from retrieval.by_outlet import Comparison, compare_outlets
from retrieval.models import Answer, Outcome, Timeline

_FORMATS: dict[str, Format] = {".png": "png", ".svg": "svg"}


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked, and in which form it is shown."""

    question: str
    speaker: str | None = None
    outlets: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    collections: tuple[str, ...] = ()
    plot: Path | None = None
    json: bool = False

    def check(self) -> None:
        """Raise :class:`UsageError` for what cannot be done, before a model is loaded for it."""
        if self.speaker is not None and not self.speaker.strip():
            raise UsageError("The speaker is empty; name one, or leave --speaker out.")
        lookups.parse_days(self.since, self.until)
        if self.plot is None:
            return
        if self.plot.suffix.lower() not in _FORMATS:
            raise UsageError(f"--plot {self.plot} is no kind of picture that is known; end it in .png or .svg.")
        folder = self.plot.absolute().parent
        if self.plot.is_dir() or not folder.is_dir():
            raise UsageError(f"--plot {self.plot} cannot be written; name a file in a folder that is there.")
        if not os.access(folder, os.W_OK):
            raise UsageError(f"--plot {self.plot} cannot be written; you may not write into {folder}.")

    def options(self, top_k: int) -> Options:
        """What is set beside the question."""
        return Options(self.speaker, self.outlets, self.since, self.until, (), top_k)


def show_figures(request: Request, wiring: Wiring) -> int:
    """Show the figures on a question side by side; the exit code."""
    library = wiring.library(request.collections)
    asker = wiring.asker(library)
    answer = figures_on(asker, typed(request.question), request.options(wiring.settings.top_k))
    if request.json:
        print(as_json.dumps(as_json.answer_object(answer)))
    else:
        show(figures_lines(answer, several=len(library.collections) > 1))
    if request.plot is not None:
        drawn = partial(figures_picture, answer.question, answer.figures) if answer.figures else None
        _draw(request.plot, drawn)
    return 0 if answer.figures else NO_EVIDENCE


def show_timeline(request: Request, wiring: Wiring) -> int:
    """Show what happened when; the exit code."""
    library = wiring.library(request.collections)
    asker = wiring.asker(library)
    timeline = timeline_on(asker, typed(request.question), request.options(wiring.settings.top_k))
    if request.json:
        print(as_json.dumps(as_json.timeline_object(timeline)))
    else:
        show(timeline_lines(timeline, several=len(library.collections) > 1))
    if request.plot is not None:
        _draw(request.plot, partial(timeline_picture, timeline) if timeline.events else None)
    return 0 if timeline.events else NO_EVIDENCE


def show_comparison(request: Request, wiring: Wiring) -> int:
    """Show what each outlet prints; the exit code."""
    library = wiring.library(request.collections)
    asker = wiring.asker(library)
    options = request.options(wiring.settings.top_k)
    comparison = comparison_on(asker, library.stores, typed(request.question), options)
    if request.json:
        print(as_json.dumps(as_json.comparison_object(comparison)))
    else:
        show(comparison_lines(comparison, several=len(library.collections) > 1))
    return 0 if comparison.outlets or comparison.together.outcome is Outcome.ANSWERED else NO_EVIDENCE


def figures_on(asker: Asker, question: str, options: Options) -> Answer:
    """An answer with figures, under the question as it was typed."""
    return replace(asker.figures(question, options), question=question)


def timeline_on(asker: Asker, question: str, options: Options) -> Timeline:
    """A timeline whose sources are numbered as they come; where it is empty, it says why."""
    timeline = in_order_of_days(asker.timeline(question, options))
    if timeline.events or timeline.text:
        return timeline
    return replace(timeline, text=nothing_dated(timeline.undated))


def comparison_on(asker: Asker, stores: Sequence[Store], question: str, options: Options) -> Comparison:
    """A comparison of the outlets named, as the articles write them; who is not here is said, not called silent."""
    if not options.outlets:
        return compare_outlets(asker, question, options)
    here = {folded(name): name for store in stores for name in store.articles.outlets()}
    known = tuple(dict.fromkeys(here[folded(name)] for name in options.outlets if folded(name) in here))
    for name in options.outlets:
        if folded(name) not in here:
            say(f"No article is of the outlet {name!r}; see how they are written with: dateline sources")
    if not known:
        # Asked all the same, so that the answer is the usual decline.
        comparison = compare_outlets(asker, question, options)
        return replace(comparison, outlets=(), silent=())
    return compare_outlets(asker, question, replace(options, outlets=known))


def _draw(path: Path, picture: Callable[[Format], bytes] | None) -> None:
    """Write a picture whole or not at all; nothing where there is nothing to be seen."""
    if picture is None:
        say(f"There is nothing to draw; {path} was not written.")
        return
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        beside.write_bytes(picture(_FORMATS[path.suffix.lower()]))
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    say(f"Written: {path}")


SHOWN: dict[str, Callable[[Request, Wiring], int]] = {
    "figures": show_figures,
    "timeline": show_timeline,
    "compare": show_comparison,
}
"""By the name of the command."""
