"""How much of a change for the worse the tests notice: `make mutants`.

mutmut alters the modules that decide who may do and see what, what may identify a patient, and
what leaves the base, one small change at a time, and runs the tests of each. A copy of the
checkout is altered, never the checkout itself. Not part of the tests: it takes hours.

    python -m tests.walls.mutants [GROUP …] [--keep FOLDER] [--least 90]
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mutmut.stats import status_by_exit_code

from casebase.postgres import Server

ROOT: Final = Path(__file__).parents[2]
COPIED: Final = ("casebase", "literature", "patients", "tests", "templates", "static", "demo",
                 "docs", "bench", "manage.py", "pyproject.toml", "README.md", "requirements.txt",
                 "Makefile", "CONTRIBUTING.md")  # fmt: skip
OPTIONS: Final = ("--reuse-db", "-p", "no:cacheprovider", "-p", "tests.walls.without_commits",
                  "-x", "-q")  # fmt: skip
NOTICED: Final = frozenset({"killed", "timeout", "caught by type check", "segfault"})
NOT_COUNTED: Final = frozenset({"skipped", "not checked", "suspicious"})


@dataclass(frozen=True)
class Group:
    modules: tuple[str, ...]
    tests: tuple[str, ...]


GROUPS: Final = {
    "permissions": Group(
        ("literature/rest/permissions.py", "literature/views/access.py",
         "patients/editor/access.py", "casebase/authentication.py",
         "casebase/accounts/second_factor.py"),
        ("tests/walls/test_who_may.py", "tests/api/test_tokens.py",
         "tests/accounts/test_second_factor.py", "tests/pages/test_editor_access.py"),
    ),
    "visibility": Group(
        ("patients/querysets.py", "literature/querysets.py"),
        ("tests/walls/test_who_sees.py", "tests/patients/test_visibility.py"),
    ),
    "deidentification": Group(
        ("patients/deidentification.py", "patients/screening/*.py"),
        ("tests/patients/test_deidentification.py", "tests/patients/screening"),
    ),
    "export": Group(
        ("literature/spreadsheet.py", "literature/exporters/*.py"),
        ("tests/walls/test_spreadsheets.py", "tests/literature/exporters"),
    ),
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("groups", nargs="*", choices=[*GROUPS, []], metavar="GROUP")
    parser.add_argument("--keep", type=Path, help="a folder to work in, and to go on in later")
    parser.add_argument("--least", type=float, default=90.0, help="per cent that must be noticed")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="casebase-mutants-") as folder:
        at = asked.keep or Path(folder)
        at.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            at.chmod(0o711)
        server = Server(at / "database", durable=False, say=lambda line: None)
        url = server.start()
        try:
            shares = [measure(name, at / name, url) for name in asked.groups or GROUPS]
        finally:
            server.stop()
    sys.exit(min(shares) < asked.least)


def measure(name: str, folder: Path, url: str) -> float:
    """Runs mutmut on one group and prints its figures. Returns the per cent noticed."""
    copy(folder)
    configure(folder, GROUPS[name])
    environment = os.environ | {"DATABASE_URL": url, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", "1"]
    subprocess.run(command, cwd=folder, env=environment, check=False, stdin=subprocess.DEVNULL)
    look_again(folder, GROUPS[name], environment)
    return told(name, folder)


def look_again(folder: Path, group: Group, environment: dict[str, str]) -> None:
    """Runs the tests anew, from the first import on, for what was not noticed: mutmut alters a
    process that has imported everything, so a function that runs at import, or whose answer is
    kept, was altered too late."""
    tests = [test for test in group.tests if (ROOT / test).exists()]
    command = [sys.executable, "-m", "pytest", *OPTIONS]
    for meta in sorted((folder / "mutants").rglob("*.py.meta")):
        known = json.loads(meta.read_text())
        for mutant, code in known.get("exit_code_by_key", {}).items():
            if status_by_exit_code[code] != "survived":
                continue
            done = subprocess.run(
                [*command, *tests], cwd=folder / "mutants", check=False, capture_output=True,
                env=environment | {"MUTANT_UNDER_TEST": mutant}, stdin=subprocess.DEVNULL,
            )  # fmt: skip
            known["exit_code_by_key"][mutant] = 1 if done.returncode else 0
        meta.write_text(json.dumps(known))


def copy(folder: Path) -> None:
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, dirs_exist_ok=True,
                            ignore=shutil.ignore_patterns("__pycache__"))  # fmt: skip
        elif source.exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, folder / name)


def configure(folder: Path, group: Group) -> None:
    tests = [test for test in group.tests if (ROOT / test).exists()]
    altered = ("casebase", "literature", "patients")
    lines = {
        "source_paths": altered,
        "only_mutate": group.modules,
        "also_copy": [name for name in COPIED if name not in altered],
        "pytest_add_cli_args_test_selection": tests,
        "pytest_add_cli_args": OPTIONS,
    }
    said = ["[mutmut]"]
    for key, values in lines.items():
        said += [f"{key} =", *(f"    {value}" for value in values)]
    (folder / "setup.cfg").write_text("\n".join([*said, ""]))


def told(name: str, folder: Path) -> float:
    """Prints what became of the mutants, by module, with those that nothing noticed."""
    by_module: dict[str, Counter[str]] = {}
    alive: list[str] = []
    for meta in sorted((folder / "mutants").rglob("*.py.meta")):
        codes: dict[str, Any] = json.loads(meta.read_text()).get("exit_code_by_key", {})
        module = str(meta.relative_to(folder / "mutants"))[: -len(".meta")]
        for mutant, code in codes.items():
            status = status_by_exit_code[code]
            by_module.setdefault(module, Counter())[status] += 1
            if status not in NOTICED | NOT_COUNTED:
                alive.append(f"{status}: {mutant}")
    total: Counter[str] = Counter()
    for module, counts in by_module.items():
        total += counts
        print(f"{module}: {share(counts):.1f} % of {counted(counts)} noticed {dict(counts)}")
    print(*alive, sep="\n")
    print(f"{name}: {share(total):.1f} % of {counted(total)} mutants noticed")
    return share(total)


def counted(counts: Counter[str]) -> int:
    return sum(count for status, count in counts.items() if status not in NOT_COUNTED)


def share(counts: Counter[str]) -> float:
    noticed = sum(counts[status] for status in NOTICED)
    return 100 * noticed / (counted(counts) or 1)


if __name__ == "__main__":
    main()
