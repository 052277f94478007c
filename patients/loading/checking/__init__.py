"""What a document must be beyond its shape, before it becomes rows. Pure.

The database has the last word: what it refuses is named with its own constraint.
"""

from patients.loading.checking.document import problems_of

__all__ = ["problems_of"]
