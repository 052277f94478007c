"""References as files: bibliographic formats to write, the way back of `literature.importers`."""
