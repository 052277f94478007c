"""What looking for identifying text costs, and that it grows with the text and no faster.

    .venv/bin/python -m bench.screening

First, `find` beside `str.split` and beside one scan of the same text by a regular expression that
looks for words with a capital, in turns (ours, theirs, theirs, ours): the median of the ratios.
Then hostile texts, built to make a rule begin at every place of them, of 20,000 and of 40,000
characters in turns: the median ratio of the two times, which is 2 where the work is linear.
"""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Callable
from statistics import median
from time import perf_counter

ROUNDS = 5
SHORT, LONG = 20_000, 40_000
LINEAR_AT_MOST = 2.5
PROSE = (
    "A tumour of the liver was seen on MRI and treated by embolisation; three weeks later the left "
    "lobe had shrunk by 30 %. Octreotide 30 mg was given every 28 days. 术后第7天拔除引流管，"
    "三个月后复查未见复发。The patient was well at the last visit in 2018. "
)
HOSTILE = (
    "a", "A ", "Aa ", "1", "1 ", "1-", "1.", "+1 ", "王", "路", "May ", "Dr ", "St. ", "a.@", "a@",
    "(A", "A.", " ", "北京医院", "县一村", "住院号1", "Paris ", "Paris a-", "www.", "MRN 1 ",
    "Aa of ", "lives in ", "patient A.", "tel 1", "二〇", "医院", "年", "Hospital ", "of the ",
    "Calle ", "1 Aa ", "10.1000/",
)  # fmt: skip


def seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def ratio(ours: Callable[[], object], theirs: Callable[[], object]) -> float:
    found = []
    for _ in range(ROUNDS):
        first = seconds(ours)
        other = seconds(theirs) + seconds(theirs)
        found.append((first + seconds(ours)) / other)
    return median(found)


def main() -> None:
    find = importlib.import_module("patients.screening.find").find
    prose = (PROSE * 400)[:LONG]
    capitals = re.compile(r"\b[A-Z]\w{1,20}")
    print(f"find / str.split           {ratio(lambda: find(prose), prose.split):8.1f}")
    scan = ratio(lambda: find(prose), lambda: capitals.findall(prose))
    print(f"find / one scan by re      {scan:8.1f}")
    print(f"find, microseconds a character {seconds(lambda: find(prose)) / LONG * 1e6:.2f}")
    print("\ntwice the text, times the work")
    worst = 0.0
    for unit in HOSTILE:
        short, long = ((unit * size)[:size] for size in (SHORT, LONG))
        times = ratio(lambda text=long: find(text), lambda text=short: find(text))
        worst = max(worst, times)
        print(f"{unit!r:14} {times:5.2f}{'' if times <= LINEAR_AT_MOST else '  more than linear?'}")
    print(f"worst {worst:.2f}")


def configure() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casebase.settings")
    os.environ.setdefault("CASEBASE_HOSTS", "localhost")
    os.environ.setdefault("CASEBASE_SECRET_KEY", "".join(map(chr, range(48, 110))))
    os.environ.setdefault("DATABASE_URL", "postgres://nobody@localhost:1/none")
    import django

    django.setup()


if __name__ == "__main__":
    configure()
    main()
