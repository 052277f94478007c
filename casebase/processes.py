"""No process outlives the one that started it: an orphan would hold the port or the data."""

import contextlib
import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable

PR_SET_PDEATHSIG = 1
"""From Linux's prctl.h."""


def signalled_when_parent_dies(number: signal.Signals) -> Callable[[], None] | None:
    """For `preexec_fn`: Linux then signals the new process when this one ends, however it does.
    Elsewhere None; there the next start ends what was left behind."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def before_exec() -> None:
        prctl(PR_SET_PDEATHSIG, int(number))

    return before_exec


def end_with_parent(grace: float = 5.0, interval: float = 0.3) -> None:
    """Watches, in a thread, for the death of the parent; then asks this process to end, and makes
    it end after `grace` seconds."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(interval)
        with contextlib.suppress(ProcessLookupError):
            os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(grace)
        os._exit(1)

    threading.Thread(target=watch, name="end-with-parent", daemon=True).start()
