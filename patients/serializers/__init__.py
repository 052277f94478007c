"""The JSON of cases: what is read (dataclasses) and what may be written."""
