"""What a measurement was taken on, in one line."""

from __future__ import annotations

import os
import platform
import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_TELLING = (
    "avx2",
    "avx512f",
    "avx512_bf16",
    "avx512_fp16",
    "avx512_vnni",
    "amx_bf16",
    "amx_int8",
    "asimd",
    "bf16",
    "sve",
)


def machine_line(*packages: str) -> str:
    """Processor, what it can do, how many of it, how busy it is, and versions."""
    model, flags = platform.processor() or platform.machine(), set[str]()
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
        names = re.findall(r"^model name\s*:\s*(.+)$", told, re.MULTILINE)
        model = names[0] if names else model
        flags = set(" ".join(re.findall(r"^(?:flags|Features)\s*:\s*(.+)$", told, re.MULTILINE)[:1]).split())
    except OSError:
        pass
    able = " ".join(flag for flag in _TELLING if flag in flags)
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    found = [f"Python {platform.python_version()}", *filter(None, map(_version, packages))]
    return f"{model} ({able or platform.machine()}), {os.cpu_count()} processors{load}; {', '.join(found)}"


def _version(package: str) -> str | None:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return None
