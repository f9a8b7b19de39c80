"""What a measurement was taken on."""

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


def machine_line() -> str:
    """Processor, what it can do, how many of it, and how busy it is."""
    model, _ = _told()
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    able = " ".join(flag for flag in _TELLING if flag in flags())
    return f"{model} ({able or platform.machine()}), {os.cpu_count()} processors, {memory()}{load}"


def flags() -> set[str]:
    """What the processor says it can do; empty where it does not say."""
    return _told()[1]


def memory() -> str:
    """All of it."""
    try:
        return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / (1 << 30):.0f} GB"
    except (AttributeError, ValueError, OSError):
        return "memory unknown"


def versions(*packages: str) -> dict[str, str]:
    """Of Python, the system and what is installed of the packages."""
    found = {"Python": platform.python_version(), "system": f"{platform.system()} {platform.machine()}"}
    for package in packages:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def _told() -> tuple[str, set[str]]:
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine(), set()
    names = re.findall(r"^model name\s*:\s*(.+)$", told, re.MULTILINE)
    found = re.findall(r"^(?:flags|Features)\s*:\s*(.+)$", told, re.MULTILINE)
    return names[0] if names else platform.machine(), set(" ".join(found[:1]).split())
