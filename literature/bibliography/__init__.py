"""References formatted in a citation style: numbered, sanitised, and as files."""
