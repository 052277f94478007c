"""A folder for the images of the tests, which goes when they end."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

FOLDER = "CASEBASE_TESTS_MEDIA"
"""Where it is, for the workers of pytest-xdist."""


def media_folder() -> Path:
    if found := os.environ.get(FOLDER):
        return Path(found)
    folder = Path(tempfile.mkdtemp(prefix="casebase-tests-media-"))
    os.environ[FOLDER] = str(folder)
    started_by = os.getpid()

    def remove() -> None:
        if os.getpid() == started_by:
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(remove)
    return folder
