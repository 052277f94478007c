"""Edits of a working record: each is logged, and can be taken back and done again."""

from patients.actions.edits.history import edits_of, redo, undo
from patients.actions.edits.writing import create_case, move_part, remove_part, save_rows

__all__ = [
    "create_case",
    "edits_of",
    "move_part",
    "redo",
    "remove_part",
    "save_rows",
    "undo",
]
