"""What Dateline knows of people and machines: settings, commands, the REPL, rendering."""

from __future__ import annotations


def own_version() -> str:
    """The installed version; a checkout that was never installed has none."""
    # Reading the metadata of packages takes as long as a tenth of all imports of a question.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("dateline")
    except PackageNotFoundError:
        return "(not installed)"
