"""Take every measure of speed, one after the other, and write benchmarks/RESULTS.md with its plots.

    python -m benchmarks.speed [--quick] [--only MEASURE ...] [--environments FOLDER]

From the project's folder, in an environment with Dateline. The first run makes the peers' environments and needs the
network; everything else is local. What is missing (the data beside the project, a peer) is left out and named. The
machine should do nothing else meanwhile.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time

from benchmarks.speed import report
from benchmarks.speed.measures import NAMES, RESULTS, ROOT, arguments


def main() -> int:
    given = arguments(__doc__)
    failed = []
    with tempfile.TemporaryDirectory(prefix="dateline-speed-", ignore_cleanup_errors=True) as work:
        options = ["--environments", str(given.environments), "--results", str(given.results), "--work", work]
        for name in given.only or NAMES:
            print(f"{time.strftime('%H:%M:%S')}  {name}", file=sys.stderr, flush=True)
            command = [
                sys.executable,
                "-m",
                f"benchmarks.speed.{name}",
                *options,
                *(["--quick"] if given.quick else []),
            ]
            # A process each: what one has loaded or started must not weigh on the next.
            if subprocess.run(command, cwd=ROOT, check=False).returncode:
                failed.append(name)
    page = report.PAGE if given.results == RESULTS else given.results / "RESULTS.md"
    report.write(given.results, page)
    print(f"{time.strftime('%H:%M:%S')}  written: {page}", file=sys.stderr)
    if failed:
        print(f"Failed, and not written anew: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
