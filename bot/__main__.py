"""``python -m bot`` is the command ``dateline``."""

from __future__ import annotations

from bot.cli import main

main()
