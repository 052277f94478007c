"""A reference list as papers print it: lines to items, items to fields, each with a confidence."""

from literature.importers.pasted.importer import Pasted

__all__ = ["Pasted"]
