"""The process that reads: what it may do, how long it may take, and how many wait for it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from patients.images import process, refusals
from patients.images.limits import MEMORY, OPEN_FILES, WAITING
from patients.images.process import ENVIRONMENT, Reader
from patients.images.refusals import BrokenError, BusyError
from tests.patients.images import making

linux = pytest.mark.skipif(sys.platform != "linux", reason="limits are looked at in /proc")


def test_one_image_by_the_way_that_the_site_takes():
    assert process.decode(making.png(), seconds=60).width == 40


@linux
def test_it_may_do_little():
    with Reader() as reader:
        reader.read(making.dicom(), seconds=60)
        told = Path(f"/proc/{reader.pid}/limits").read_text()
        rows = {line[:26].strip(): line[26:].split()[:2] for line in told.splitlines()[1:]}
        known = Path(f"/proc/{reader.pid}/environ").read_text().split("\x00")
        assert os.getpgid(reader.pid) == reader.pid
        kept_open = len(list(Path(f"/proc/{reader.pid}/fd").iterdir()))
    assert rows["Max address space"] == [str(MEMORY)] * 2
    assert rows["Max file size"] == rows["Max core file size"] == ["0", "0"]
    assert rows["Max processes"] == ["0", "0"]
    assert rows["Max open files"] == [str(OPEN_FILES)] * 2
    assert rows["Max cpu time"][0] != "unlimited"
    assert {entry.partition("=")[0] for entry in known} - {""} == set(ENVIRONMENT)
    assert kept_open <= OPEN_FILES


def test_it_knows_nothing_of_the_site():
    script = (
        "import sys\n"
        "import patients.images.decoding.__main__\n"
        "from patients.images.decoding import dicom, encoding, raster\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in"
        " ('django', 'casebase', 'literature', 'psycopg2', 'rest_framework')"
        " or name.startswith('patients') and not name.startswith('patients.images')))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=process.ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "['patients']"


def test_what_takes_too_long_is_ended_and_said():
    with Reader() as reader:
        with pytest.raises(BrokenError) as refused:
            reader.read(making.png(), seconds=0.001)  # Python alone takes longer to start
        assert str(refused.value) == refusals.slow(0.001)
        assert not reader.is_alive


def test_a_process_that_ends_is_no_harm():
    with Reader() as reader:
        assert reader.read(making.png(), seconds=60).width == 40
        os.kill(reader.pid, signal.SIGKILL)
        for _ in range(2):
            with pytest.raises(BrokenError) as refused:
                reader.read(making.png(), seconds=60)
            assert str(refused.value) == refusals.BROKEN
    assert process.decode(making.png(), seconds=60).width == 40


def test_no_process_stays_behind():
    with Reader() as reader:
        reader.read(making.png(), seconds=60)
        pid = reader.pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_only_a_few_wait():
    taken = [process._waiting.acquire(blocking=False) for _ in range(WAITING + 1)]
    try:
        assert all(taken)
        with pytest.raises(BusyError, match="Nothing is lost"):
            process.decode(making.png(), seconds=60)
    finally:
        for _ in taken:
            process._waiting.release()
    assert process.decode(making.png(), seconds=60).width == 40


def test_nobody_waits_for_ever(monkeypatch):
    monkeypatch.setattr(process, "PATIENCE", 0.01)
    with process._turn, pytest.raises(BusyError):
        process.decode(making.png(), seconds=60)
    assert process.decode(making.png(), seconds=60).width == 40


def test_a_refusal_gives_the_turn_back():
    for _ in range(WAITING + 3):
        with pytest.raises(BrokenError):
            process.decode(b"")
    with pytest.raises(refusals.RefusedError):
        process.decode(b"no picture", seconds=60)
    assert process.decode(making.png(), seconds=60).width == 40
