"""What bringing in a large file costs beside COPY of the same rows into the same table.

    .venv/bin/python -m bench.importing [RECORDS]

A PostgreSQL of its own holds as many other references already. The file (RIS, made up, 50,000
records if nothing else is said) is brought in whole by a worker: kept, parsed, compared with the
library and with itself, staged, and saved with the originals. COPY writes only the references, from
text that is ready, into the same table with the same generated columns and indexes. It runs before
and after; printed is the ratio to the mean of the two, and the peak of this process's memory.
"""

from __future__ import annotations

import os
import random
import re
import resource
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

from casebase.postgres import Server

WORDS = re.findall(
    r"\w+",
    """
    liver pancreas tumour insulin embolisation growth course children adults rare response
    treatment surgery imaging lesion metastasis portal artery vein hormone glucose relapse drug
    outcome cohort trial report follow diagnosis marker antibody gene mutation therapy dose
    """,
)
COPIED = "public_id, csl, study_design, added_by_id, created_at, updated_at"


def ris(first: int, records: int) -> str:
    """Records with titles of their own, a fifth of them without an identifier."""
    chance = random.Random(first)
    return "".join(_record(number, chance) for number in range(first, first + records))


def _record(number: int, chance: random.Random) -> str:
    doi = f"DO  - 10.5555/bench.{number}\n" if number % 5 else ""
    title = " ".join(chance.choices(WORDS, k=10))
    authors = "".join(
        f"AU  - {chance.choice(WORDS).title()}son{chance.randrange(5000)}, Anna B.\n"
        for _ in range(4)
    )
    return (
        f"TY  - JOUR\n{authors}TI  - {title.capitalize()} {number}\nT2  - Journal of Tests\n"
        f"PY  - {1960 + chance.randrange(60)}\nVL  - {chance.randrange(1, 90)}\n"
        f"IS  - {chance.randrange(1, 13)}\nSP  - {chance.randrange(1, 2000)}\n"
        f"EP  - {chance.randrange(2000, 2100)}\n{doi}"
        f"AB  - {' '.join(chance.choices(WORDS, k=150))}\nER  - \n\n"
    )


def set_up(url: str) -> None:
    os.environ |= {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "casebase.settings",
        "CASEBASE_SECRET_KEY": "only for a benchmark, and long enough to pass the check of length",
        "CASEBASE_HOSTS": "localhost",
        "CASEBASE_STATEMENT_TIMEOUT": "0",
        "CASEBASE_LOG": os.devnull,
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def bring_in(path: Path) -> dict[str, float]:
    """Seconds of each step."""
    from literature.actions import imports
    from literature.importing.working import Worker
    from literature.models import ImportState

    began = perf_counter()
    with path.open("rb") as source:
        imported = imports.begin(source=source, name=path.name, by=None)
    kept = perf_counter()
    Worker().run_this(imported)
    read = perf_counter()
    imported.refresh_from_db()
    imports.save(imported=imported, by=None)
    Worker().run_this(imported)
    saved = perf_counter()
    imported.refresh_from_db()
    assert imported.state == ImportState.DONE, imported.error
    return {"keep": kept - began, "read": read - kept, "save": saved - read}


def copy_in(path: Path) -> float:
    """Seconds."""
    began = perf_counter()
    with path.open() as file:
        _cursor().copy_expert(f"COPY literature_reference ({COPIED}) FROM STDIN", file)
    return perf_counter() - began


def _cursor() -> Any:
    from django.db import connection

    connection.ensure_connection()
    return connection.connection.cursor()


def run_sql(*statements: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def forget_imports(first_kept: str) -> None:
    run_sql(
        "TRUNCATE literature_import, literature_importrow, literature_importchunk, "
        "literature_origin",
        f"DELETE FROM literature_reference WHERE public_id NOT IN ({first_kept})",
        "VACUUM ANALYZE literature_reference",
    )


def measure(folder: Path, records: int) -> None:
    library, brought = folder / "library.ris", folder / "brought.ris"
    library.write_text(ris(10_000_000, records))
    brought.write_text(ris(1, records))
    bring_in(library)
    run_sql("CREATE TABLE kept AS SELECT public_id FROM literature_reference")
    forget_imports("SELECT public_id FROM kept")

    bring_in(brought)
    rows = folder / "rows.txt"
    run_sql("CREATE TABLE brought AS SELECT * FROM literature_reference r "
            "WHERE public_id NOT IN (SELECT public_id FROM kept)")  # fmt: skip
    _copy_brought(rows)
    forget_imports("SELECT public_id FROM kept")

    before = copy_in(rows)
    forget_imports("SELECT public_id FROM kept")
    steps = bring_in(brought)
    forget_imports("SELECT public_id FROM kept")
    after = copy_in(rows)
    copying, importing = (before + after) / 2, sum(steps.values())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = ", ".join(f"{step} {seconds:.1f}" for step, seconds in steps.items())
    print(f"{records:,} records of RIS, {brought.stat().st_size / 1e6:.0f} MB")
    print(f"import {importing:.1f} s ({told}); COPY {before:.1f} s and {after:.1f} s")
    print(f"import / COPY: {importing / copying:.1f}; peak of memory {peak:.0f} MB")


def _copy_brought(path: Path) -> None:
    with path.open("w") as file:
        _cursor().copy_expert(f"COPY (SELECT {COPIED} FROM brought) TO STDOUT", file)


def main() -> None:
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    with tempfile.TemporaryDirectory(prefix="casebase-bench-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        server = Server(folder / "data", say=lambda line: None)
        try:
            set_up(server.start())
            measure(folder, records)
        finally:
            from django.db import connections

            connections.close_all()
            server.stop()


if __name__ == "__main__":
    main()
