"""Bringing references in: reading, deciding, saving, undoing, and what is left of it."""
