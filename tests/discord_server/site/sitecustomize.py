"""Sends an unmodified discord.py to the server of the tests.

Put this folder on PYTHONPATH and set both variables; Python runs the file before anything else. It waits for the
two modules to be imported, so that a process that never imports discord.py pays for two dictionary look-ups only.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
from collections.abc import Callable, Sequence
from types import ModuleType

API = os.environ.get("DATELINE_TEST_DISCORD_API")
GATEWAY = os.environ.get("DATELINE_TEST_DISCORD_GATEWAY")


def redirect_http(module: ModuleType) -> None:
    """Webhooks and interaction responses use the same Route, or one derived from it."""
    module.Route.BASE = API


def redirect_gateway(module: ModuleType) -> None:
    """discord.py connects here without asking for /gateway."""
    import yarl

    module.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(GATEWAY or "")


CHANGES: dict[str, Callable[[ModuleType], None]] = {
    "discord.http": redirect_http,
    "discord.gateway": redirect_gateway,
}


class Redirecting(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads a module as usual, then changes one address in it."""

    def __init__(self) -> None:
        self.usual: dict[str, importlib.abc.Loader] = {}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname not in CHANGES:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path)
        if spec is None or spec.loader is None:
            return None
        self.usual[fullname] = spec.loader
        spec.loader = self
        return spec

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        return self.usual[spec.name].create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        usual = self.usual[module.__name__]
        module.__loader__ = usual
        if module.__spec__ is not None:
            module.__spec__.loader = usual
        usual.exec_module(module)
        CHANGES[module.__name__](module)


if API and GATEWAY:
    sys.meta_path.insert(0, Redirecting())
