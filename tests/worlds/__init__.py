"""The same world with and without what is hidden: no reader can tell the two apart."""
