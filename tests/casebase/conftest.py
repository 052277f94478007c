import shutil
import tempfile
from pathlib import Path

import pytest

from casebase.postgres import home


@pytest.fixture
def folder(monkeypatch):
    """A data folder that the database's account can reach, which pytest's own, as root, is not.

    What would go to the folder that all data folders of a machine share stays in it as well.
    """
    path = Path(tempfile.mkdtemp(prefix="casebase-"))
    path.chmod(0o711)
    monkeypatch.setattr(home, "SHARED", path / "shared")
    yield path
    shutil.rmtree(path)
