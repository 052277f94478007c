"""Proposals: written in the editor, kept apart from the record, decided by curators."""
