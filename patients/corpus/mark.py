"""How a synthetic record says that it is one."""

from typing import Final

MARK: Final = "Synthetic record: "
"""How the title of every synthetic record begins, and of no other."""
NOTICE: Final = "This is a synthetic record, made for measurement. It tells of no patient."


def is_synthetic(title: str) -> bool:
    return title.startswith(MARK)
