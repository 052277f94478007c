"""What a duplicate check costs on a library of 500,000 references, beside reading as many rows.

    .venv/bin/python -m bench.duplicates [references]

Half of the candidates are in the library, told otherwise; half are new. Both sides are timed in
turns on one connection: the check, and a plain look-up of as many references by primary key.
Printed are medians and their ratio. The library is made by COPY in a database of its own, which
goes again in the end.
"""

from __future__ import annotations

import io
import json
import os
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from casebase.postgres import Server

ROUNDS = 15
REFERENCES = 500_000
SPOKEN = (
    "portal vein thrombosis hepatic splenic tumour embolisation resection survival outcome liver "
    "metastases pancreatic neuroendocrine imaging therapy randomised cohort patients treatment "
    "analysis recurrence surgery transplantation somatostatin receptor radionuclide carcinoid "
    "syndrome gastric varices bleeding prognosis registry laparoscopic artery biopsy staging "
    "diagnosis predictors children elderly acute chronic inhibitor expression mutation serum "
    "marker renal cardiac pulmonary infection vaccine diabetes insulin obesity hypertension stroke"
)
WORDS = SPOKEN.split()
ENDINGS = ("", "ström", "mann", "er", "sen", "ova", "ini", "gren", "ham", "ley")
STEMS = ("Lind", "Berg", "Ost", "Hal", "Mor", "Wang", "Kim", "Ros", "Nak")
FAMILIES = [stem + ending for stem in STEMS for ending in ENDINGS]
FIELDS = ("Clinical", "Surgical", "Experimental", "Applied")
JOURNALS = [f"Journal of {field} {word}" for field in FIELDS for word in WORDS[:25]]


def record(number: int) -> dict[str, Any]:
    rng = random.Random(number)
    title = " ".join(rng.choices(WORDS, k=rng.randint(6, 14))).capitalize()
    first = rng.randint(1, 2000)
    return {
        "type": "article-journal",
        "title": title,
        "author": [{"family": rng.choice(FAMILIES), "given": rng.choice("ABCDEFGH")}
                   for _ in range(4)],
        "container-title": rng.choice(JOURNALS),
        "issued": {"date-parts": [[rng.randint(1980, 2024)]]},
        "volume": str(rng.randint(1, 120)),
        "issue": str(rng.randint(1, 12)),
        "page": f"{first}-{first + rng.randint(1, 12)}",
        **({"DOI": f"10.5555/bench.{number}"} if number % 3 else {}),
    }  # fmt: skip


def told_otherwise(number: int) -> dict[str, Any]:
    """The same work without its identifier, the title in capitals, the journal abbreviated."""
    csl = {field: value for field, value in record(number).items() if field != "DOI"}
    csl["title"] = csl["title"].upper()
    csl["container-title"] = csl["container-title"].replace("Journal of ", "J ")
    return csl


def fill(count: int) -> None:
    from django.db import connection

    def lines() -> Iterator[str]:
        for number in range(count):
            text = json.dumps(record(number)).replace("\\", "\\\\")
            yield f"B{number:09d}\t{text}\t\t2024-01-01\t2024-01-01\n"

    columns = "public_id, csl, study_design, created_at, updated_at"
    with connection.cursor() as cursor:
        copy = f"COPY literature_reference ({columns}) FROM STDIN"
        chunk: list[str] = []
        for line in lines():
            chunk.append(line)
            if len(chunk) == 20_000:
                cursor.copy_expert(copy, io.StringIO("".join(chunk)))
                chunk = []
        cursor.copy_expert(copy, io.StringIO("".join(chunk)))
        cursor.execute("VACUUM ANALYZE literature_reference")


def in_turns(tasks: dict[str, Callable[[int], object]]) -> dict[str, float]:
    """The median seconds of each, timed one after the other in every round."""
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for turn in range(ROUNDS + 1):
        for name, task in tasks.items():
            started = perf_counter()
            task(turn)
            if turn:  # the first one warms up
                times[name].append(perf_counter() - started)
    return {name: median(row) for name, row in times.items()}


def measure(count: int, batch: int) -> None:
    from literature.duplicates.finding import find_matches
    from literature.models import Reference

    pks = list(Reference.objects.order_by("pk").values_list("pk", flat=True))

    rng = random.Random(batch)
    numbers = [[rng.randrange(count) for _ in range(batch)] for _ in range(ROUNDS + 1)]
    entries = [
        [(at, told_otherwise(n if at % 2 == 0 else n + 10 * count)) for at, n in enumerate(row)]
        for row in numbers
    ]

    def check(turn: int) -> dict[int, list[Any]]:
        return find_matches(entries[turn])

    def look_up(turn: int) -> object:
        wanted = [pks[number] for number in numbers[turn]]
        return list(Reference.objects.filter(pk__in=wanted).values_list("pk", "csl"))

    found = check(0)
    same = sum(bool(rows) and rows[0].comparison.likeness == "same" for rows in found.values())
    seconds = in_turns({"check": check, "look-up": look_up})
    ratio = seconds["check"] / seconds["look-up"]
    print(
        f"{batch:5} candidates: check {1000 * seconds['check']:7.1f} ms "
        f"({batch / seconds['check']:,.0f} a second), look-up by key "
        f"{1000 * seconds['look-up']:6.1f} ms, {ratio:5.1f} ×; {same} certain"
    )


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else REFERENCES
    with tempfile.TemporaryDirectory(prefix="casebase-bench-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        server = Server(folder, durable=False, say=lambda line: None)
        os.environ |= {
            "DATABASE_URL": server.start(),
            "DJANGO_SETTINGS_MODULE": "casebase.settings",
            "CASEBASE_HOSTS": "localhost",
            "CASEBASE_SECRET_KEY": "".join(map(chr, range(48, 110))),
        }
        try:
            run(count)
        finally:
            server.stop()


def run(count: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    started = perf_counter()
    fill(count)
    print(f"{count:,} references made by COPY in {perf_counter() - started:.0f} s")
    for batch in (1, 1_000):
        measure(count, batch)
    connection.close()


if __name__ == "__main__":
    main()
