"""Readers, imports and curators at once, for as long as asked, at a share of what a machine can."""
