import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from casebase.postgres import home
from tests.casebase.demo import demo


@contextmanager
def reachable_folder() -> Iterator[Path]:
    """One that the database's account can reach, which pytest's own, as root, is not."""
    path = Path(tempfile.mkdtemp(prefix="casebase-"))
    path.chmod(0o711)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def folder(monkeypatch):
    """For data folders. What would go to the folder that all data folders of a machine share stays
    in it as well."""
    with reachable_folder() as path:
        monkeypatch.setattr(home, "SHARED", path / "shared")
        yield path


@pytest.fixture(scope="session")
def _started_once():
    with reachable_folder() as path:
        with demo(path / "data") as site:
            site.start_and_wait()
            site.process.terminate()
            assert site.process.wait(120) == 0
        yield path / "data"


@pytest.fixture
def loaded(folder, _started_once) -> Callable[[str], Path]:
    """Makes the data folder of a site that was started once and ended, which a start takes less
    time for than for a new one."""

    def copied(name: str = "data") -> Path:
        subprocess.run(["cp", "-a", _started_once, folder / name], check=True)
        return folder / name

    return copied
