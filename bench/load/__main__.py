"""Finds what the machine can do, holds a share of it, and keeps the tables in a document.

    .venv/bin/python -m bench.load [--minutes 60] [--scale 2000] [--write docs/performance.md]

The site is served as for real (`bench.load.site`). Visits of many kinds (`bench.load.visits`) come
first as fast as they can, from one to sixteen visitors at once; then at random times (Poisson), at
80 % of the most that was done a second, whether the last visits are over or not. How long a
request takes counts from when it was due. What is made stays in `.casebase/bench`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from bench.load.driving import hold, ramp
from bench.load.report import Load
from bench.load.site import site_of
from bench.load.watching import watched
from bench.reading.machine import machine
from bench.reading.report import check_place, write_into
from bench.reading.servers import DATA

WINDOW: Final = 600.0
"""Seconds."""
LEAST_WINDOWS: Final = 4


def main() -> None:
    asked = _asked()
    if asked.write:
        check_place(asked.write)
    seconds = asked.minutes * 60
    with site_of(asked.scale, asked.data) as site:
        steps = ramp(site, asked.ramp)
        rate = asked.share * max(step.visits for step in steps)
        print(f"At most {rate / asked.share:.1f} visits a second; {rate:.1f} are held.", flush=True)
        with watched(site.processes) as memory:
            book, begin = hold(site, rate, seconds)
        told = machine(site.connection)
    window = min(WINDOW, seconds / LEAST_WINDOWS)
    load = Load(
        f"{asked.minutes:g} minutes of mixed load, {asked.scale:,} cases",
        f"{told}. `{_command()}`",
        steps, rate, book.seen, book.errors, memory, begin, window, round(seconds / window),
    )  # fmt: skip
    print(f"\n{load}")
    if asked.write:
        write_into(asked.write, load)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.load")
    parser.add_argument("--minutes", type=float, default=60, help="for which the load is held")
    parser.add_argument("--scale", type=int, default=2_000, help="synthetic cases")
    parser.add_argument("--share", type=float, default=0.8, help="of what the machine can do")
    parser.add_argument("--ramp", type=float, default=20, help="seconds of each step of the ramp")
    parser.add_argument("--data", type=Path, default=DATA, help="where what is made is kept")
    parser.add_argument("--write", type=Path, help="a file with a place for the tables")
    return parser.parse_args()


def _command() -> str:
    return " ".join(["python -m bench.load", *sys.argv[1:]])


if __name__ == "__main__":
    main()
