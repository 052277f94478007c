"""What happened to records: the database writes it down, whatever way the change came.

`acting` says who acts; `literature.models.Change` is what the triggers of `operations.Watch` write.
"""

from literature.history.acting import acting

__all__ = ["acting"]
