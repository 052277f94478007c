"""What a PDF costs beyond the start of a process, side by side.

    .venv/bin/python -m bench.figure_export

Every export converts in a process of its own, so its cost is the start of Python and of the
converter with the conversion. Printed are medians and the ratio, for a figure in Latin letters and,
where this machine has the fonts, one in Chinese.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter

RUNS = 15
ROWS = 60
ROW = 12
"""Points."""
LATIN = "Transarterial embolisation of the liver metastasis"
CHINESE = "肝转移瘤经动脉栓塞术"


def figure(words: str, rows: int = ROWS) -> str:
    """A figure 180 mm wide, with one label, marker and bracket in each row."""
    width, height = 510.2, rows * ROW + ROW
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}"><style>text{{font:7px Liberation Sans}}</style>'
    ]
    for row in range(rows):
        x, y = 20 + row * 5 % 250, row * ROW + ROW
        parts.append(f'<path d="M{x} {y}h9v4h-9z" fill="none" stroke="#333"/>')
        parts.append(f'<text x="{x + 12}" y="{y}">{words} {row}</text>')
    return "".join(parts) + "</svg>"


def seconds(task: Callable[[], object]) -> float:
    task()
    times = []
    for _ in range(RUNS):
        started = perf_counter()
        task()
        times.append(perf_counter() - started)
    return median(times)


def start_python() -> object:
    return subprocess.run([sys.executable, "-I", "-c", "import json"], check=True)


def main() -> None:
    # Only to be imported: no database is asked, no page is served.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casebase.settings")
    os.environ.setdefault("CASEBASE_HOSTS", "localhost")
    os.environ.setdefault("CASEBASE_SECRET_KEY", "".join(map(chr, range(48, 110))))
    os.environ.setdefault("DATABASE_URL", "postgres://nobody@localhost:1/none")
    import django

    django.setup()
    from patients.exporters import conversion

    bare = seconds(start_python)
    print(f"{'start of Python alone':<34}{bare * 1000:7.1f} ms")
    tasks: list[tuple[str, Callable[[], object]]] = [
        (f"PDF, {ROWS} labels", lambda: conversion.to_pdf(figure(LATIN))),
        (f"PDF, {ROWS} labels in Chinese", lambda: conversion.to_pdf(figure(CHINESE))),
        ("PNG, 300 dpi", lambda: conversion.to_png(figure(LATIN), scale=1, dpi=300)),
        (f"PDF, {10 * ROWS} labels", lambda: conversion.to_pdf(figure(LATIN, 10 * ROWS))),
    ]
    for name, task in tasks:
        try:
            took = seconds(task)
        except conversion.MissingLettersError:
            print(f"{name:<34}no font here")
            continue
        told = f"{took * 1000:7.1f} ms  {took / bare:5.1f} ×  +{(took - bare) * 1000:.0f} ms"
        print(f"{name:<34}{told}")


if __name__ == "__main__":
    main()
