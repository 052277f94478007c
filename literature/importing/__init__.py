"""Imports on their way: bytes kept, rows staged and compared, brought in, undone.

`literature.actions.imports` is what others call to write; here is what it is made of, and what
pages ask.
"""

from literature.importing.leases import worker_seen
from literature.importing.plan import Plan, counts, plan
from literature.importing.stored import original_bytes
from literature.importing.undoing import Undoing, would_undo

__all__ = [
    "Plan",
    "Undoing",
    "counts",
    "original_bytes",
    "plan",
    "worker_seen",
    "would_undo",
]
