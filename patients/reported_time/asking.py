"""How a rule stops reading and asks instead."""

from __future__ import annotations


class Asking(Exception):
    """The words cannot be read as they stand.

    `fragment` is the part that it is about; `instead` are whole texts that might be meant, the
    likeliest first. They are offered only where they can be read themselves.
    """

    def __init__(self, reason: str, fragment: str = "", instead: tuple[str, ...] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.fragment = fragment
        self.instead = instead
