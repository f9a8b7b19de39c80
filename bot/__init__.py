"""What Dateline knows of people and machines: settings, commands, the REPL, rendering."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def own_version() -> str:
    """The installed version; a checkout that was never installed has none."""
    try:
        return version("dateline")
    except PackageNotFoundError:
        return "(not installed)"
