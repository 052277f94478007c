"""Case documents as JSON lines, brought in as published cases in bulk.

`reading` gives lines, `decoding` and `checking` say what is wrong with one, `batches` writes many
in one transaction, `loads` keeps how far a file has come.
"""
