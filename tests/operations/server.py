"""What a machine has before the first command of `docs/operations.md` is typed, and the typing."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.operations.blocks import Block
from tests.operations.machine import Machine, booted, minor_version, running_packages

ROOT = Path(__file__).parents[2]
HOST = "casebase.example.org"
PASSWORD = "a-password-for-this-test-alone"
LEFT_OUT = (".git", ".venv", "tests", "bench", "__pycache__")
SHELL = "/tmp/shell"
"""Where the shell's variables and folder are kept from one block to the next."""
SEES_PACKAGES = """\
import os, sys
if os.path.exists(sys.prefix + "/bin/pip") and sys.prefix != sys.base_prefix:
    sys.path.append("/opt/packages")
"""
AS_THE_PACKAGES_DO = """
version=$(ls /usr/lib/postgresql | sort -V | tail -n 1)
pg_createcluster "$version" main -- --no-sync >/dev/null
systemctl start postgresql
"""


def typed_at(block: Block) -> tuple[str, ...]:
    """What an administrator answers in it."""
    return (PASSWORD, PASSWORD) if "createsuperuser" in block.commands else ()


@contextmanager
def empty_server() -> Iterator[Machine]:
    with booted(seed, running_packages()) as machine:
        machine.run(AS_THE_PACKAGES_DO)
        yield machine


def seed(folder: Path) -> None:
    """The release twice, in root's home; a name for the site; and, so that nothing is downloaded,
    the packages that these tests run with, which a virtual environment there sees as installed."""
    (folder / "etc" / f"python{minor_version()}").mkdir(parents=True)
    (folder / "root").mkdir(mode=0o700)
    (folder / "etc" / "hosts").write_text(f"127.0.0.1 localhost {HOST}\n::1 localhost\n")
    (folder / "etc" / "hostname").write_text("casebase\n")
    (folder / "etc" / "resolv.conf").write_text("")
    hook = folder / "etc" / f"python{minor_version()}" / "sitecustomize.py"
    hook.write_text(SEES_PACKAGES)
    release = folder / "root" / "casebase-1.tar.gz"
    with tarfile.open(release, "w:gz", compresslevel=1) as archive:
        for path in sorted(ROOT.iterdir()):
            if path.name not in LEFT_OUT and not path.name.startswith("."):
                archive.add(path, path.name, filter=_as_in_git)
    (folder / "root" / "casebase-2.tar.gz").hardlink_to(release)


def _as_in_git(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return None if Path(member.name).name in LEFT_OUT else member


def type_in(machine: Machine, block: Block) -> str:
    """Runs a block as if it were typed into one shell with all before it."""
    before = f"[ ! -e {SHELL} ] || . {SHELL}"
    after = '{ declare -p; echo "cd $(printf %q "$PWD")"; } 2>/dev/null'
    kept = f"{after} | grep -vE '^declare -[a-zA-Z]*r' > {SHELL}"
    script = f"{before} 2>/dev/null\nset -x\n{block.commands}\n{{ set +x; }} 2>/dev/null\n{kept}"
    return machine.run(script, typed=typed_at(block))
