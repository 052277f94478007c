"""Writes to the library."""

from literature.actions.references import remove, save

__all__ = ["remove", "save"]
