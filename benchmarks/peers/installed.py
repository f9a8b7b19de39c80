"""How much stands on the disk for some packages and everything that they need: python installed.py PACKAGE ..."""

import json
import re
import sys
from importlib.metadata import PackageNotFoundError, distribution

from_name = re.compile(r"[A-Za-z0-9._-]+")


def needed(names):
    """Distributions by name, without those that only an extra asks for, or another system."""
    found, waiting = {}, list(names)
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:  # for another system or another Python
            continue
        waiting += [from_name.match(one)[0] for one in found[name].requires or [] if "extra ==" not in one]
    return found


def size(one):
    paths = {path.locate() for path in one.files or []}
    return sum(path.stat().st_size for path in paths if path.exists())


every = needed(sys.argv[1:])
print(
    json.dumps(
        {
            "megabytes": sum(map(size, every.values())) / 1e6,
            "packages": len(every),
            "versions": {name: every[name].version for name in sys.argv[1:] if name in every},
        }
    )
)
