"""What drawing the figure costs beside rendering the same events as a table.

    .venv/bin/python -m bench.figure

Both are timed in turns in one process, on the same case of 200 events; printed are medians and the
ratio. Nothing is asked of a database.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from statistics import median
from time import perf_counter

ROUNDS = 25
EVENTS = 200


def configure() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casebase.settings")
    os.environ.setdefault("CASEBASE_HOSTS", "localhost")
    os.environ.setdefault("CASEBASE_SECRET_KEY", "".join(map(chr, range(48, 110))))
    os.environ.setdefault("DATABASE_URL", "postgres://nobody@localhost:1/none")
    import django

    django.setup()


def case_of(count: int) -> object:
    """A made-up course: days that cluster, some imprecise times, some spans, citations."""
    from patients.document.model import CaseDocument, EventData, EventTime, PatientData, TimeData
    from patients.vocabulary import Category

    rng = random.Random(7)
    rows = []
    for place in range(count):
        low = place * 9 + (900 if place > count / 2 else 0)
        high = low + rng.choice([0, 0, 0, 20])
        end = TimeData(low + 30, low + 30, "", "", "", "") if place % 5 == 0 else None
        start = TimeData(low, high, "", "", f"day {low}", "")
        rows.append(
            EventData(
                id=f"E{place:09d}", case="CB-TESTTES", number=place + 1,
                category=rng.choice(Category.values), label=f"Event number {place} of this course",
                term=None, site=None, detail="", is_index=place == 0,
                time=EventTime(start, end, False, None, None, f"day {low}"), drug=None,
                procedure=None, pathology=None, outcome="", findings=[], citations=[],
            )
        )  # fmt: skip
    return CaseDocument(
        schema_version=1, accession="CB-TESTTES", title="A case", summary="",
        patient=PatientData("P", "", "", None, None, ""), diagnosis=None, primary_site=None,
        day_zero_year=None, source=None, events=rows, imaging_findings=[], lesions=[],
        citations=[], references=[], problems=[],
    )  # fmt: skip


def in_turns(tasks: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The median seconds of each, timed one after the other in every round."""
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for task in tasks.values():
        task()
    for _ in range(ROUNDS):
        for name, task in tasks.items():
            started = perf_counter()
            task()
            times[name].append(perf_counter() - started)
    return {name: median(row) for name, row in times.items()}


def main() -> None:
    configure()
    from django.template.loader import get_template

    from patients.presenters import case_view
    from patients.timeline import FigureOptions, Form, draw

    document = case_of(EVENTS)
    row = get_template("patients/_partials/event.html")

    def table() -> object:
        return [row.render({"event": event}) for event in case_view(document).events]  # type: ignore[arg-type]

    found = in_turns(
        {
            "events table": table,
            "figure, wide": lambda: draw(document),  # type: ignore[arg-type]
            "figure, narrow": lambda: draw(
                document,  # type: ignore[arg-type]
                FigureOptions(width=350, form=Form.VERTICAL),
            ),
        }
    )
    for name, seconds in found.items():
        ratio = seconds / found["events table"]
        print(f"{name:16} {1000 * seconds:7.1f} ms   {ratio:5.2f} × the table")


if __name__ == "__main__":
    main()
