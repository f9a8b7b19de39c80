"""The read-eval-print loop: plain text is a question, a slash begins a look-up."""

from __future__ import annotations

import contextlib
import difflib
import os
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot import filters, lookups, overviews
from bot.console import lines_of, say, show, typed
from bot.errors import UsageError
from bot.failures import note, sentence_of
from bot.render import json as as_json
from bot.render import terminal
from bot.render.claims import check_lines
from bot.render.lines import Line
from bot.render.timeline import comparison_lines, figures_lines, timeline_lines
from bot.wiring import MAIN, Library, Wiring
from corpus.store import Filters
from retrieval.asking import Asker, Options
from retrieval.claims import ClaimChecker
from retrieval.conversation import ask_in_turn
from retrieval.followups import Turn
from retrieval.models import Answer

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession

    from bot.completion import Known

_HELP = """\
Type a question, or:
  /figures [QUESTION]          the figures that the articles print; without a question, on the last one
  /timeline [QUESTION]         what happened when, oldest first
  /compare [QUESTION]          outlet by outlet
  /source ID [REVISION]        show an article
  /sources [TEXT]              list articles, those with TEXT in title or id
  /quotes SPEAKER [about TEXT] show what somebody said; without a name, who is on record
  /check TEXT                  how a claim stands in the articles: Name: "words"
  /new                         begin a new conversation: what follows points back to nothing
  /explain [on|off]            why the last answer's passages were found; on: with every answer
  /json [on|off]               the last answer as JSON; on: every answer
  /filter [FIELD [VALUE]]      show, set or clear: speaker, outlet, since, until; /filter clear clears all
  /help                        this
  /quit                        leave (also Ctrl-D)"""

_TURNS = 3
"""Questions to which a follow-up may point back."""


class Repl:
    """One session over the collections named."""

    def __init__(self, wiring: Wiring, names: Sequence[str]) -> None:
        self._wiring = wiring
        self._names = names
        self._library: Library = wiring.library(names)
        self._asker: Asker | None = None
        self._loading: threading.Thread | None = None
        self._options = Options(top_k=wiring.settings.top_k)
        self._last: Answer | None = None
        self._turns: list[Turn] = []
        self._explain = False
        self._json = False
        self._commands: dict[str, Callable[[str], None]] = {
            "/figures": self._figures,
            "/timeline": self._timeline,
            "/compare": self._compare,
            "/source": self._source,
            "/sources": self._sources,
            "/quotes": self._quotes,
            "/check": self._check,
            "/new": self._new,
            "/explain": self._explain_last,
            "/json": self._json_last,
            "/filter": self._filter,
            "/help": lambda rest: print(_HELP),
            "/quit": self._quit,
        }

    def run(self) -> int:
        """Until Ctrl-D, ``/quit`` or the end of the input."""
        if not sys.stdin.isatty():
            with contextlib.suppress(EOFError):
                for line in lines_of(sys.stdin):
                    self._carry_out(line)
            return 0
        session = self._session()
        self._load_in_background()
        print("Ask a question, or type /help. Ctrl-D leaves.")
        while True:
            try:
                self._carry_out(session.prompt(self._prompt))
            except KeyboardInterrupt:
                continue
            except EOFError:
                break
        self._leave()
        return 0

    def _carry_out(self, line: str) -> None:
        """One line; what goes wrong is said, and the session goes on."""
        line = typed(line).strip()
        if not line:
            return
        try:
            if line.startswith("/"):
                command, _, rest = line.partition(" ")
                self._command(command)(rest.strip())
            else:
                self._ask(line)
            sys.stdout.flush()
        except EOFError:
            raise
        except KeyboardInterrupt:
            say("Cancelled.")
        except BrokenPipeError:
            raise
        except Exception as error:
            note(error)
            say(sentence_of(error))

    def _command(self, name: str) -> Callable[[str], None]:
        if name in self._commands:
            return self._commands[name]
        near = difflib.get_close_matches(name, self._commands, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]}?" if near else "/help lists what there is."
        raise UsageError(f"There is no command {name}; {hint}")

    # Questions

    def _ask(self, question: str) -> None:
        meant, self._last = ask_in_turn(self._ready(), question, self._turns, self._options)
        self._turns = [*self._turns, Turn.of(meant, self._last)][-_TURNS:]
        if meant.changed:
            say(f"Understood as: {meant.text}")
        if self._json:
            print(as_json.dumps(as_json.answer_object(self._last, explain=self._explain)))
            return
        show(terminal.answer_lines(self._last, explain=self._explain, several=self._several))
        print()

    def _ready(self) -> Asker:
        if self._library.samples:
            # The person may have ingested something meanwhile, in another window.
            self._follow_main()
        if self._asker is None:
            if self._loading is not None:
                self._loading.join()
            self._asker = self._wiring.asker(self._library)
        return self._asker

    def _follow_main(self) -> None:
        if tuple(self._names) in ((), (MAIN,)) and self._wiring.has_articles():
            self._library = self._wiring.library(self._names)
            self._asker = None
            say("Your own articles are there now; answering from them.")

    def _load_in_background(self) -> None:
        """Read the model from disk while the person types; what fails here fails again, and is said, when asked."""

        def load() -> None:
            with contextlib.suppress(Exception):
                self._wiring.encoder.encode_query(["ready"])

        self._loading = threading.Thread(target=load, name="model", daemon=True)
        self._loading.start()

    def _leave(self) -> None:
        if self._loading is not None and self._loading.is_alive():
            # Python's exit under a thread that is loading libraries may crash; nothing here is left to be done.
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(0)

    # The same by size, by day and by outlet

    def _figures(self, rest: str) -> None:
        answer = overviews.figures_on(self._ready(), self._meant("/figures", rest), self._options)
        self._print(as_json.answer_object(answer), figures_lines(answer, several=self._several))

    def _timeline(self, rest: str) -> None:
        timeline = overviews.timeline_on(self._ready(), self._meant("/timeline", rest), self._options)
        self._print(as_json.timeline_object(timeline), timeline_lines(timeline, several=self._several))

    def _compare(self, rest: str) -> None:
        asker, question = self._ready(), self._meant("/compare", rest)
        comparison = overviews.comparison_on(asker, self._library.stores, question, self._options)
        self._print(as_json.comparison_object(comparison), comparison_lines(comparison, several=self._several))

    def _meant(self, command: str, typed: str) -> str:
        """The question behind a command, or the last one asked."""
        if not typed and self._last is None:
            raise UsageError(f"{command} needs a question, or one asked before it.")
        return typed or (self._last.question if self._last else "")

    def _print(self, found: dict[str, Any], lines: Sequence[Line]) -> None:
        if self._json:
            print(as_json.dumps(found))
        else:
            show(lines)
            print()

    # Look-ups

    def _source(self, rest: str) -> None:
        if not rest:
            raise UsageError("/source needs an id; list them with /sources")
        article_id, revision = rest, None
        head, _, tail = rest.rpartition(" ")
        if head and tail.isdigit():
            article_id, revision = head.strip(), int(tail)
        show(terminal.article_lines(*lookups.article(self._library.stores, article_id, revision)))

    def _sources(self, rest: str) -> None:
        found = lookups.sources(self._library.stores, self._filters(), rest or None)
        if not found:
            say("No article matches; /sources lists all, /filter clear drops the filters.")
        show(terminal.source_list_lines(found, several=self._several))

    def _quotes(self, rest: str) -> None:
        speaker, _, about = f" {rest} ".partition(" about ")
        speaker, about = speaker.strip(), about.strip()
        if not speaker:
            show(terminal.speaker_lines(lookups.speakers(self._library.stores)))
            return
        if about:
            asker = self._ready()
            options = replace(self._options, speaker=speaker)
            found = lookups.record_about(asker, self._library.stores, speaker, about, options)
        else:
            found = lookups.record(self._library.stores, speaker, self._filters())
        if found.quotes:
            show(terminal.quotes_lines(found.names, found.quotes, several=self._several))
        else:
            print(found.sentence)

    def _check(self, rest: str) -> None:
        checker = ClaimChecker(self._library.collections, self._wiring.encoder)
        show(check_lines(checker.check(rest), several=self._several))

    def _new(self, rest: str) -> None:
        self._turns = []
        print("A new conversation.")

    def _explain_last(self, rest: str) -> None:
        if rest:
            self._explain = _switch("/explain", rest)
        elif self._last is None:
            raise UsageError("There is no answer to explain yet; ask something first.")
        else:
            show(terminal.explain_lines(self._last.hits, several=self._several))

    def _json_last(self, rest: str) -> None:
        if rest:
            self._json = _switch("/json", rest)
        elif self._last is None:
            raise UsageError("There is no answer to show yet; ask something first.")
        else:
            print(as_json.dumps(as_json.answer_object(self._last, explain=self._explain)))

    def _filter(self, rest: str) -> None:
        field, _, value = rest.partition(" ")
        value = value.strip()
        if field == "clear":
            self._options = Options(top_k=self._options.top_k)
        elif field in filters.FIELDS:
            self._options = filters.changed(self._options, field, value)
        elif field:
            raise UsageError(f"/filter knows {', '.join(filters.FIELDS)} and clear, not {field}.")
        print(f"Filters: {filters.described(self._options)}")

    def _quit(self, rest: str) -> None:
        raise EOFError

    def _filters(self) -> Filters:
        return Filters(self._options.outlets, self._options.since, self._options.until)

    @property
    def _several(self) -> bool:
        return len(self._library.collections) > 1

    # The prompt

    def _prompt(self) -> str:
        count = sum(store.articles.size().articles for store in self._library.stores)
        filtered = "" if filters.described(self._options) == "none" else ", filtered"
        return f"{self._library.names} ({count:,} article{'' if count == 1 else 's'}{filtered})> "

    def _session(self) -> PromptSession[str]:
        from bot.completion import ReplCompleter, session_with

        completer = ReplCompleter(list(self._commands), [*filters.FIELDS, "clear"], self._known)
        return session_with(completer, self._wiring.settings.home)

    def _known(self) -> Known:
        from bot.completion import Known

        stores = self._library.stores
        return Known(
            [article_id for store in stores for article_id in store.articles.ids()],
            [outlet for store in stores for outlet in store.articles.outlets()],
            [name for name, _ in lookups.speakers(stores)],
        )


def _switch(command: str, rest: str) -> bool:
    if rest not in ("on", "off"):
        raise UsageError(f"{command} takes on or off, or nothing for the last answer.")
    print(f"{command} is {rest}.")
    return rest == "on"
