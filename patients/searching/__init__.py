"""Finding cases: codes of facets, queries, the engine that answers them, and what is shown of it.

`engine` is the one way to the index: nothing else reads its tables, so that another engine can
take its place.
"""
