"""The editor: a case is written and changed on one page, row by row, with its figure beside it."""
